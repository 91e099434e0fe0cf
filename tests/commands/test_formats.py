"""`--output-format`: each format in each mode, on standard output and alone there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.commands.formats import FORMATS
from codemods.commands.options import FORMATS as NAMES
from tests.commands.call import BROKEN, SAFE, SAFE_AFTER, UNSAFE, call, spawn

FILES = {"pkg/a b.py": SAFE, "pkg/u.py": UNSAFE, "pkg/r.py": b'x = "Loss: " + 3\n', "pkg/none.py": b"pass\n"}
READ = {"json": json.loads, "sarif": json.loads, "gitlab": json.loads, "github": bytes.splitlines, "diff": bytes.splitlines}


def test_every_format_has_a_report() -> None:
    assert {"text", *FORMATS} == set(NAMES)


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize(("mode", "status"), [(["--check"], 1), (["--diff"], 1), ([], 0)], ids=["check", "diff", "fix"])
def test_every_format_in_every_mode(work: Path, write: Callable[..., None], name: str, mode: list[str], status: int) -> None:
    write(FILES)
    result = call(".", *mode, "--output-format", name)
    assert result.status == status
    assert READ[name](result.out)
    assert (work / "pkg/a b.py").read_bytes() == (SAFE if mode else SAFE_AFTER)
    said = (
        []
        if name == "json"
        else [
            f"{'would rewrite' if mode else 'rewrote'} 1 site in 1 file; 1 more with --unsafe-fixes; 1 refused (--show-refused lists them)"
        ]
    )
    assert result.complaints == said


@pytest.mark.parametrize("name", READ)
def test_quiet_leaves_only_errors_on_standard_error(write: Callable[..., None], name: str) -> None:
    write({**FILES, "bad.py": BROKEN})
    result = call(".", "--check", "-q", "--output-format", name)
    assert result.status == 2
    assert [line.partition(":")[0] for line in result.complaints] == ["bad.py"]
    assert READ[name](result.out)


@pytest.mark.parametrize("mode", [["--check"], ["--diff"], []], ids=["check", "diff", "fix"])
def test_the_diff_can_be_applied(work: Path, write: Callable[..., None], mode: list[str]) -> None:
    write(FILES)
    subprocess.run(["git", "init", "--quiet"], check=True)
    result = call(".", *mode, "--output-format", "diff", "-q")
    (work / "pkg/a b.py").write_bytes(SAFE)
    subprocess.run(["git", "apply", "-"], input=result.out, check=True)
    assert (work / "pkg/a b.py").read_bytes() == SAFE_AFTER


def test_paths_are_relative_to_where_the_report_is_read(work: Path, write: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder inside a repository for files outside that folder: relative to the repository."""
    write({**FILES, "docs/.keep": b""})
    subprocess.run(["git", "init", "--quiet"], check=True)
    monkeypatch.chdir(work / "docs")
    log = json.loads(call("../pkg", "--check", "--output-format", "sarif").out)
    uris = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]]
    assert uris == ["pkg/a%20b.py", "pkg/r.py", "pkg/u.py"]
    assert b"file=pkg/a b.py," in call("../pkg", "--check", "--output-format", "github").out


@pytest.mark.parametrize("name", READ)
def test_standard_input_gives_a_report_and_not_its_text(name: str) -> None:
    result = call("--stdin-filename", "src/a.py", "-", "--output-format", name, stdin=SAFE)
    assert result.status == 0
    assert READ[name](result.out)
    assert b"src/a.py" in result.out
    assert SAFE_AFTER not in result.out


def test_what_was_left_is_said_beside_a_diff(write: Callable[..., None]) -> None:
    write(FILES)
    result = call(".", "--output-format", "diff", "--check", "--show-refused", "--statistics")
    assert any("pkg/r.py:1:5: string-concat refused:" in line for line in result.complaints)
    assert any(line.startswith("files: 4 seen") for line in result.complaints)
    assert not any(line.startswith(b"files:") for line in result.out.splitlines())


def test_an_unknown_format_is_wrong_usage(write: Callable[..., None]) -> None:
    write(FILES)
    result = call(".", "--output-format", "xml")
    assert (result.status, result.out) == (2, b"")


def test_a_cached_run_says_the_same(write: Callable[..., None]) -> None:
    write(FILES)
    for name in set(READ) - {"json"}:  # which counts the work
        first, again, fresh = (call(".", "--check", "--output-format", name, *more).out for more in ([], [], ["--no-cache"]))
        assert first == again == fresh


@pytest.mark.parametrize("name", ["sarif"])
def test_as_a_program(work: Path, write: Callable[..., None], name: str) -> None:
    write(FILES)
    result = spawn(".", "--check", "--output-format", name, "-j", "2", PYFIX_CACHE_DIR=str(work / "c"), PYFIX_STATE_DIR=str(work / "s"))
    assert (result.status, bool(READ[name](result.out))) == (1, True)
