"""`--stdin-filename NAME -`: the text that came in goes out, rewritten or as it was, whatever happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codemods.engine import pipeline
from tests.commands.call import BROKEN, NOTHING, SAFE, SAFE_AFTER, UNSAFE, call, spawn

Write = Callable[[dict[str, bytes]], None]


@pytest.mark.parametrize(
    ("text", "after", "status"),
    [
        (SAFE, SAFE_AFTER, 0),
        (SAFE.replace(b"\n", b"\r\n"), SAFE_AFTER.replace(b"\n", b"\r\n"), 0),
        (SAFE.rstrip(b"\n"), SAFE_AFTER.rstrip(b"\n"), 0),
        (b"# coding: latin-1\n# \xe9\n" + SAFE, b"# coding: latin-1\n# \xe9\n" + SAFE_AFTER, 0),
        (NOTHING, NOTHING, 0),
        (b"", b"", 0),
        (BROKEN, BROKEN, 2),
        (b"\xff\x00" + SAFE, b"\xff\x00" + SAFE, 2),
        (b"# pyfix: skip-file\n" + SAFE, b"# pyfix: skip-file\n" + SAFE, 0),
    ],
)
def test_the_result_and_nothing_else_comes_out(work: Path, text: bytes, after: bytes, status: int) -> None:
    result = call("--stdin-filename", "a.py", "-", stdin=text)
    assert (result.status, result.out) == (status, after)
    assert not list(work.iterdir())


def test_in_a_process_of_its_own(work: Path) -> None:
    assert spawn("-", stdin=SAFE).out == SAFE_AFTER


def test_errors_name_the_file(work: Path) -> None:
    assert call("--stdin-filename", "sub/x.py", "-q", "-", stdin=BROKEN).complaints[0].startswith("sub/x.py:")
    assert call("-q", "-", stdin=BROKEN).complaints[0].startswith("<stdin>:")


def test_the_settings_are_those_of_the_name(work: Path, write: Write) -> None:
    write({"sub/pyproject.toml": b"[tool.pyfix]\nunsafe-fixes = true\n"})
    assert call("--stdin-filename", "sub/a.py", "-", stdin=UNSAFE).out == UNSAFE.replace(b".keys()", b"")
    assert call("--stdin-filename", "a.py", "-", stdin=UNSAFE).out == UNSAFE


def test_an_excluded_name_is_passed_over_only_with_force(work: Path, write: Write) -> None:
    write({"pyproject.toml": b'[tool.pyfix]\nexclude = ["gen"]\n'})
    assert call("--stdin-filename", "gen/a.py", "-", stdin=SAFE).out == SAFE_AFTER
    assert call("--stdin-filename", "gen/a.py", "--force-exclude", "-", stdin=SAFE).out == SAFE


def test_looks_print_their_report_instead(work: Path) -> None:
    diff = call("--stdin-filename", "a.py", "--diff", "-", stdin=SAFE)
    assert (diff.status, diff.out.splitlines()[0]) == (1, b"--- a/a.py")
    check = call("--stdin-filename", "a.py", "--check", "-", stdin=SAFE)
    assert (check.status, check.lines[0][:20]) == (1, "a.py:2:16: dict-keys")
    data = json.loads(call("--stdin-filename", "a.py", "--output-format", "json", "-", stdin=SAFE).out)
    assert [file["path"] for file in data["files"]] == ["a.py"]


def test_what_is_said_besides_goes_to_standard_error(work: Path) -> None:
    result = call("--stdin-filename", "a.py", "--show-refused", "--statistics", "-v", "-", stdin=UNSAFE)
    assert result.out == UNSAFE
    assert any("assumes that" in line for line in result.complaints)
    assert any(line.startswith("files: 1 seen") for line in result.complaints)


def test_exit_non_zero_on_fix(work: Path) -> None:
    assert call("--exit-non-zero-on-fix", "-", stdin=SAFE).status == 1


def test_the_text_survives_a_crash(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crashing(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("an accident")

    monkeypatch.setattr(pipeline, "process", crashing)
    result = call("-", stdin=SAFE)
    assert (result.status, result.out) == (2, SAFE)
    assert result.complaints[0] == "pyfix: internal error: ZeroDivisionError: an accident"
