"""Guards against growing slower, counted and not timed: parses of a file, LibCST's parses of a site, files opened and looked at, modules
imported.

What is counted is what Python itself reports (audit events, calls of `os.stat`) in a process of its own, not what pyfix says of itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import libcst
import pytest

from benchmarks.programs import PLAIN, SITES, program_of_sites
from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
MARK = "# the whole file\n"
SETTINGS = Settings(registry.select(None))
SCRIPT = f"""
import os, sys
opened, parses, looked_at = [], [], []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        opened.append(os.path.abspath(os.fsdecode(arguments[0])))
    elif event == "compile" and isinstance(arguments[0], (str, bytes)):
        text = arguments[0] if isinstance(arguments[0], bytes) else arguments[0].encode("utf-8", "replace")
        parses.extend(line for line in text.splitlines() if line.startswith({MARK.strip().encode()!r}))
sys.addaudithook(hook)
def stat(path, *arguments, original=os.stat, **named):
    if isinstance(path, (str, bytes, os.PathLike)):
        looked_at.append(os.path.abspath(os.fsdecode(path)))
    return original(path, *arguments, **named)
os.stat = stat
from codemods.commands import main
status = main(sys.argv[1:])
sys.stdout.flush()
loaded = sorted(sys.modules)
import json
print(json.dumps([opened, looked_at, len(parses), loaded]), file=sys.stderr)
sys.exit(status)
"""
"""Runs pyfix and prints, as the last line on standard error, the paths opened, those looked at, the parses of marked files, and the
modules loaded."""

PLAIN_FILE = f"{MARK}x = 1\n"  # no rule asks to have it parsed
SEEN_FILE = f"{MARK}def show(d):\n    for key in d.keys():\n        print(key)\n"  # one site, and it is left
SITE_FILE = MARK + program_of_sites(len(SITES))
NOT_FOR_ONE_FILE = {
    "multiprocessing",
    "pickle",
    "asyncio",
    "concurrent.futures",
    "importlib.metadata",
    "unittest",
    "email",
    "rich",
    "pathspec",
}

ALWAYS = {"click", "click_default_group", "msgspec", "typing_extensions"}  # the last one by msgspec, where it is installed
if sys.platform != "linux":
    ALWAYS.add("platformdirs")
NEW_PIECES = {"comprehension": 1, "side-effect-comprehension": 1, "string-concat": 2, "format-string": 2, "range-len": 1, "dict-items": 1}
"""What rules have LibCST parse besides the site: the two values of an f-string, the target of a loop, a statement put together."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a run did: how often each file below the folder was opened, how often its status was asked for, parses of whole files, modules
    loaded."""

    opened: Counter[str]
    looked_at: Counter[str]
    parses: int
    loaded: set[str]

    @property
    def ours(self) -> int:
        return sum(name.partition(".")[0] == "codemods" for name in self.loaded)

    @property
    def foreign(self) -> set[str]:
        """The packages that are neither ours nor Python's own."""
        tops = {name.partition(".")[0] for name in self.loaded}
        return {name for name in tops if not name.startswith("_")} - sys.stdlib_module_names - {"codemods"}


Pyfix = Callable[..., Work]


@pytest.fixture
def pyfix(tmp_path: Path) -> Pyfix:
    """Runs pyfix in a folder with a file of each kind, with state and cache of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name, text in (("plain.py", PLAIN_FILE), ("seen.py", SEEN_FILE), ("site.py", SITE_FILE)):
        (folder / name).write_text(text)
        os.utime(folder / name, (1_600_000_000, 1_600_000_000))
    places = {"PYFIX_STATE_DIR": str(tmp_path / "state"), "PYFIX_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}

    def run(*arguments: str, status: int = 0) -> Work:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env={**os.environ, **places},
        )
        assert done.returncode == status, done.stderr
        opened, looked_at, parses, loaded = json.loads(done.stderr.splitlines()[-1])
        return Work(_files(opened, folder), _files(looked_at, folder), parses, set(loaded))

    return run


def _files(paths: list[str], folder: Path) -> Counter[str]:
    """How often each Python file of the folder is among the paths."""
    return Counter(str(Path(path).relative_to(folder)) for path in paths if Path(path).is_relative_to(folder) and path.endswith(".py"))


def parses_by_libcst(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Fixed | Clean, int]:
    """The outcome, and how often anything was given to LibCST to parse."""
    counted = [0]
    with monkeypatch.context() as patch:
        for name in ("parse_module", "parse_statement", "parse_expression"):
            original = getattr(libcst, name)

            def counting(*arguments: object, original: Callable[..., object] = original, **named: object) -> object:
                counted[0] += 1
                return original(*arguments, **named)

            patch.setattr(libcst, name, counting)
        outcome = process(text.encode(), SETTINGS)
    assert isinstance(outcome, Fixed | Clean)
    return outcome, counted[0]


@pytest.mark.parametrize("rule", sorted(SITES))
def test_a_site_is_parsed_by_libcst_once_and_its_file_never(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = SITES[rule].replace("$n", "1")
    alone, own = parses_by_libcst(one, monkeypatch)
    among, with_others = parses_by_libcst("\n\n".join([PLAIN[0].replace("$n", "1") * 20, one]), monkeypatch)
    assert isinstance(alone, Fixed)
    assert isinstance(among, Fixed)
    assert (alone.work.fragments, among.work.fragments) == (1, 1)
    assert own == with_others
    assert own <= 1 + NEW_PIECES.get(rule, 0)


@pytest.mark.parametrize("rounds", [1, 4])
def test_a_file_is_parsed_as_often_with_few_sites_as_with_many(rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sites = rounds * len(SITES)
    outcome, parses = parses_by_libcst(program_of_sites(sites), monkeypatch)
    assert isinstance(outcome, Fixed)
    assert (outcome.work.passes, outcome.work.parses, outcome.work.fragments) == (2, 2, sites)
    assert parses <= 2 * sites


def test_nothing_is_given_to_libcst_where_nothing_is_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, parses = parses_by_libcst(SEEN_FILE, monkeypatch)
    assert isinstance(outcome, Clean)
    assert (outcome.work.passes, outcome.work.parses, outcome.work.fragments, parses) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("file", "status", "parses"),
    [("plain.py", 0, 0), ("seen.py", 0, 1), ("site.py", 1, 2)],
)
def test_python_parses_a_file_no_oftener_than_it_must(pyfix: Pyfix, file: str, status: int, parses: int) -> None:
    """Nothing where no rule can have a site; once to judge it; and once the new text, whose tree the compiler gets."""
    assert pyfix("--diff", "--no-cache", file, status=status).parses <= parses


@pytest.mark.parametrize("options", [("--diff",), ("--check",), ("--diff", "--no-cache"), ("--check", "--show-refused")], ids=" ".join)
def test_a_run_that_writes_nothing_opens_each_file_once(pyfix: Pyfix, options: tuple[str, ...]) -> None:
    assert pyfix(*options, "-j1", ".", status=1).opened == {"plain.py": 1, "seen.py": 1, "site.py": 1}


def test_a_second_run_opens_and_parses_nothing_but_what_its_diff_shows(pyfix: Pyfix) -> None:
    pyfix("--diff", "-j1", ".", status=1)
    again = pyfix("--diff", "-j1", ".", status=1)
    assert (again.opened, again.parses) == ({"site.py": 1}, 0)
    assert "libcst" not in again.loaded
    assert again.ours <= 60
    assert {name: again.looked_at[name] for name in ("plain.py", "seen.py")} == {"plain.py": 1, "seen.py": 1}
    assert again.looked_at["site.py"] <= 2


def test_a_file_without_a_site_imports_no_rule_once_their_triage_is_known(pyfix: Pyfix, tmp_path: Path) -> None:
    first = pyfix("plain.py")
    (tmp_path / "project" / "plain.py").write_text(f"{PLAIN_FILE}y = 2\n")
    again = pyfix("plain.py")
    assert first.ours > 100
    assert again.ours <= 70
    assert not [name for name in again.loaded if name.startswith(("codemods.analysis.", "codemods.rules."))]


def test_a_run_that_writes_opens_what_it_leaves_once(pyfix: Pyfix) -> None:
    opened = pyfix("-j1", ".").opened
    assert (opened["plain.py"], opened["seen.py"]) == (1, 1)
    assert opened["site.py"] <= 3  # read; compared before it is replaced; and its attributes


@pytest.mark.parametrize(
    ("arguments", "status", "foreign", "ours"),
    [
        (("--version",), 0, set(), 16),
        (("--help",), 0, set(), 16),
        (("--diff", "plain.py"), 0, set(), 185),
        (("--diff", "seen.py"), 0, set(), 232),
        (("--diff", "site.py"), 1, {"libcst"}, 238),
        (("plain.py",), 0, set(), 185),
        (("site.py",), 0, {"libcst"}, 242),
    ],
    ids=["version", "help", "nothing to see", "a site left", "a site rewritten", "nothing to write", "a site written"],
)
def test_no_more_is_imported_than_the_command_needs(
    pyfix: Pyfix, arguments: tuple[str, ...], status: int, foreign: set[str], ours: int
) -> None:
    """The counts of our own modules have room for a few more; whoever adds one to a run that needs it not is told here."""
    work = pyfix(*arguments, status=status)
    assert work.foreign <= ALWAYS | foreign
    assert work.ours <= ours
    assert not work.loaded & NOT_FOR_ONE_FILE
