"""What `benchmarks.speed` measures with: the tools in environments of their own, and trees of real and of made code, all in one folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import suites
from benchmarks.packages import Package
from benchmarks.tools import FIXIT_RULES, RUFF_CODES

ROOT = Path(__file__).resolve().parent.parent
DJANGO = Package("Django", "5.2", "django", (), ())
LIBRARIES = ("click==8.5.1", "click-default-group==1.2.4", "libcst==1.9.0", "msgspec==0.22.0", "platformdirs==4.14.7", "rich==15.0.0")
"""What pyfix needs."""
BUILDER = "hatchling==1.33.0"
PEERS = ("ruff==0.17.6", "flynt==1.0.6", "pyupgrade==3.22.0", "fixit==2.2.1", "libcst==1.9.0")
CODEMODS = ("convert_percent_format_to_fstring.ConvertPercentFormatStringCommand", "convert_format_to_fstring.ConvertFormatStringCommand")
"""LibCST's own commands that do together what `format-string` does."""
FIXIT_EQUIVALENTS = "format-string,super-args"
CODEMOD_EQUIVALENTS = "format-string"
PARSE = """
import ast, gc, pathlib, sys
gc.disable()
for path in pathlib.Path(sys.argv[1]).rglob("*.py"):
    try:
        ast.parse(path.read_bytes())
    except SyntaxError:
        pass
"""


@dataclass(frozen=True)
class Bench:
    """A folder to work in. What is needed is made or fetched when first asked for; raises `suites.Impossible` where it cannot be had."""

    folder: Path

    @cached_property
    def pyfix(self) -> Path:
        """The command, installed from this checkout as it is now."""
        python = suites.virtual_environment((*LIBRARIES, BUILDER), self.folder / "pyfix")
        suites.run([str(python), "-m", "pip", "uninstall", "-q", "-y", "pyfix-codemods"], self.folder)
        options = ("-q", "--disable-pip-version-check", "--no-deps", "--no-build-isolation")
        suites.run([str(python), "-m", "pip", "install", *options, str(ROOT)], self.folder)
        return python.parent / "pyfix"

    @cached_property
    def peers(self) -> Path:
        """The Python that has the other tools."""
        return suites.virtual_environment(PEERS, self.folder / "peers")

    @cached_property
    def django(self) -> Path:
        """Django's source distribution, read once, so that the first tool does not pay for the disk."""
        root = suites.sources(DJANGO, self.folder / "django")
        for path in python_files(root):
            path.read_bytes()
        return root

    @property
    def variables(self) -> dict[str, str]:
        """The environment of what is run: nothing is read from, or left in, the user's own folders."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYFIX_", "RUFF_"))}
        state = {"PYFIX_STATE_DIR": str(self.folder / "state"), "PYFIX_CACHE_DIR": str(self.folder / "cache")}
        return {**kept, **state, "XDG_CACHE_HOME": str(self.folder / "caches"), "NO_COLOR": "1"}

    def empty(self, name: str) -> Path:
        """A folder without anything in it."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def copy(self, source: Path, name: str) -> Path:
        """A copy of a tree, the times of its files as they were."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder, symlinks=True)
        return folder

    def pyfix_diff(self, *arguments: str) -> list[str]:
        """Pyfix on all processors, writing diffs to where its output goes."""
        return [str(self.pyfix), "--isolated", "--target-version", "3.11", "--diff", *arguments]

    def ruff(self, *arguments: str) -> list[str]:
        """Ruff with the codes that do what rules of pyfix do."""
        options = ("--isolated", "--target-version", "py311", "--select", ",".join(RUFF_CODES))
        return [str(self.peers.parent / "ruff"), "check", *options, *arguments]

    def parser(self, tree: Path) -> list[str]:
        """Python's own parser, in one process, for all files and nothing else."""
        return [str(self.pyfix.parent / "python"), "-W", "ignore", "-c", PARSE, str(tree)]

    def flynt(self, tree: Path) -> list[str]:
        """Flynt with its concatenations, printing diffs."""
        return [str(self.peers.parent / "flynt"), "-tc", "--dry-run", str(tree)]

    def pyupgrade(self, tree: Path) -> list[str]:
        """Pyupgrade, which can only write."""
        return [str(self.peers.parent / "pyupgrade"), "--py311-plus", "--exit-zero-even-if-changed", *map(str, python_files(tree))]

    def fixit(self, tree: Path) -> list[str]:
        """Fixit 2, printing diffs. It uses all processors for a folder, and one for files that are named."""
        return [str(self.peers.parent / "fixit"), "--rules", ",".join(FIXIT_RULES), "lint", "--diff", str(tree)]

    def codemod(self, command: str, tree: Path) -> list[str]:
        """LibCST's tool with one of its commands, printing diffs."""
        options = ("--unified-diff", "--no-format", "--hide-progress")
        return [str(self.peers), "-m", "libcst.tool", "codemod", command, *options, "--jobs", str(os.cpu_count() or 1), str(tree)]

    def install(self) -> None:
        """Makes both environments, so that what cannot be had is known at once."""
        _ = self.pyfix, self.peers


def python_files(root: Path) -> list[Path]:
    """The files of a tree that end in `.py`, sorted."""
    return sorted(path for path in root.rglob("*.py") if path.is_file())


def lines_of(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def sample(files: Sequence[Path], part: float) -> list[Path]:
    """A part, above 0 and at most 1, of the files, taken evenly from all ordered by size: large and small ones keep their share."""
    ordered = sorted(files, key=lambda path: (path.stat().st_size, str(path)))
    amount = max(1, round(len(ordered) * part))
    return [ordered[int((number + 0.5) * len(ordered) / amount)] for number in range(amount)]


def grown(files: Sequence[Path], root: Path, lines: int, target: Path) -> int:
    """Fills `target` with copies of files below `root`: all of them as often as they go into `lines`, and a sample for the rest.

    Returns how many bytes that is. Needs files with lines.
    """
    whole = sum(map(lines_of, files))
    times, rest = divmod(lines, whole)
    chosen = [(number, path) for number in range(times) for path in files]
    chosen += [(times, path) for path in (sample(files, rest / whole) if rest else ())]
    for number, path in chosen:
        copy = target / str(number) / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return sum(path.stat().st_size for _, path in chosen)
