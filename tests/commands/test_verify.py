"""`pyfix PATH --verify CMD`: what stands is written, and can be undone; what fails is left out and told; the user's tree is left alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from codemods.engine import registry
from tests.commands.call import ROOT, call, environment
from tests.report.schema import problems
from tests.workspace.verify.seeded import CHECK, PROJECT, install, project

SELECT = ("--select", "bad-abs,dict-keys,range-len", "-j1")


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    install(monkeypatch)


def copies(tmp_path: Path) -> list[str]:
    return os.listdir(tmp_path / "tmp")


def test_the_culprit_is_left_out_and_the_rest_is_written(work: Path, tmp_path: Path) -> None:
    project(work)
    result = call("pkg", "--verify", CHECK, *SELECT, "--show-refused")
    assert result.status == 0
    sizes = (work / "pkg" / "sizes.py").read_text()
    assert "return abs(a - b)" in sizes
    assert "return width * height" in sizes
    said = result.out.decode()
    assert "rewrote pkg/rows.py: 1 site (range-len 1)" in said
    assert f"pkg/sizes.py:6:12: bad-abs refused: `{CHECK}` fails with it [verification]" in said
    assert f"left out: pkg/sizes.py:6:12 (bad-abs): `{CHECK}` fails with it: status 1" in said
    assert "-    return abs(a - b)\n" in said.replace("\n  ", "\n")
    assert "the distance is negative" in said
    assert f"`{CHECK}` has nothing against 4 rewrites; 1 left out" in said
    assert copies(tmp_path) == []
    assert call("undo").status == 0
    assert (work / "pkg" / "sizes.py").read_text() == PROJECT["pkg/sizes.py"]


def test_the_test_that_is_handed_over_fails_now_and_passes_once_the_rule_is_mended(work: Path) -> None:
    project(work)
    result = call("pkg", "--verify", CHECK, *SELECT, "--output-format", "json")
    report = json.loads(result.out)
    assert not list(problems(report, json.loads((ROOT / "docs" / "output.schema.json").read_text())))
    [failure] = report["verification"]["failures"]
    [site] = failure["sites"]
    assert (site["rule"], site["path"], site["line"]) == ("bad-abs", "pkg/sizes.py", 6)
    assert "def area" not in site["case"]
    space: dict[str, Any] = {}
    exec(compile(site["case"], "case", "exec"), space)
    keys = registry.rule("dict-keys")
    with pytest.raises(AssertionError):
        space["test_bad_abs_leaves_it"]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "rule", lambda name: keys)
        space["test_bad_abs_leaves_it"]()


def test_a_diff_shows_what_would_stand_and_writes_nothing(work: Path) -> None:
    project(work)
    result = call("pkg", "--verify", CHECK, *SELECT, "--diff")
    assert result.status == 1
    assert b"+    return width * height\n" in result.out
    assert b"a - b" not in result.out.replace(b"def length(a: int", b"")
    assert b"left out" in result.err
    assert (work / "pkg" / "sizes.py").read_text() == PROJECT["pkg/sizes.py"]


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("assert False, 'broken already'", "fails on the code as it is, before any rewrite (status 1); nothing was rewritten"),
        ("import pkg.sizes", "cannot see the change: with a failure put into the rewritten functions on purpose it still ends well"),
    ],
    ids=["red before", "sees nothing"],
)
def test_nothing_is_written_where_nothing_can_be_told(work: Path, tmp_path: Path, check: str, said: str) -> None:
    project(work, check=f"{check}\n")
    result = call("pkg", "--verify", CHECK, *SELECT)
    assert result.status == 2
    assert said in result.complaints[-1]
    assert result.out.decode() == "nothing to rewrite in 3 files; 5 refused (--show-refused lists them)\n"
    assert (work / "pkg" / "sizes.py").read_text() == PROJECT["pkg/sizes.py"]
    assert copies(tmp_path) == []


def test_a_file_that_changes_meanwhile_stops_it(work: Path) -> None:
    """The command itself plays the user who goes on working, in the user's own tree."""
    own = work / "pkg" / "rows.py"
    project(work, check=f"from pkg.sizes import area\nassert area(2, 3) == 6\nopen({str(own)!r}, 'a').write('# more\\n')\n")
    result = call("pkg", "--verify", CHECK, *SELECT)
    assert result.status == 2
    assert "rows.py was changed while it was verified; nothing was rewritten" in result.complaints[-1]
    assert (work / "pkg" / "sizes.py").read_text() == PROJECT["pkg/sizes.py"]


def test_nothing_to_rewrite_runs_nothing(work: Path) -> None:
    project(work, pkg__sizes="", pkg__rows="", check="raise SystemExit('it was run')\n")
    result = call("pkg", "--verify", CHECK, *SELECT)
    assert (result.status, result.complaints) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--verify", CHECK, "-"), "--verify needs files"),
        (("--known-failures", "a.xml", "pkg"), "go with --verify"),
        (("--verify-timeout", "3", "pkg"), "go with --verify"),
        (("--verify", CHECK, "--bisect-budget", "0", "pkg"), "--bisect-budget"),
    ],
)
def test_options_that_make_no_sense(work: Path, arguments: tuple[str, ...], said: str) -> None:
    result = call(*arguments)
    assert result.status == 2
    assert said in result.err.decode()


def _hears_interrupts() -> None:
    """What a shell starts in the background ignores them, and hands that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing(work: Path, tmp_path: Path, number: int) -> None:
    waits = "import os, pathlib, time\npathlib.Path(os.environ['BEGUN']).write_text(str(os.getpid()))\ntime.sleep(600)\n"
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    project(work, check=waits, pkg__rows="def f(d: dict[str, int]) -> list[str]:\n    return list(d.keys())\n")
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "a"], check=True)
    begun = tmp_path / "begun"
    command = [sys.executable, "-m", "codemods", "pkg", "--verify", CHECK]
    with subprocess.Popen(
        command, env=environment(BEGUN=str(begun)), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=_hears_interrupts
    ) as process:
        try:
            until = time.monotonic() + 120
            while not (begun.exists() and begun.read_text()) and time.monotonic() < until:
                time.sleep(0.05)
            assert len(copies(tmp_path)) == 1
            process.send_signal(number)
            assert process.wait(120) == 130
        finally:
            process.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)
    assert copies(tmp_path) == []
    listed = subprocess.run(["git", "worktree", "list"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(listed) == 1
