"""`pyfix undo` from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.commands.call import SAFE, SAFE_AFTER, call, spawn

Write = Callable[[dict[str, bytes]], None]


def test_the_last_run_is_put_back(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "sub/b.py": SAFE})
    call(".")
    result = call("undo")
    assert (result.status, result.lines, result.err) == (0, ["put back a.py", "put back sub/b.py"], b"")
    assert (work / "a.py").read_bytes() == (work / "sub/b.py").read_bytes() == SAFE


def test_a_file_that_changed_since_is_left_and_named(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": SAFE})
    call(".")
    write({"a.py": b"mine\n"})
    result = call("undo")
    assert (result.status, result.lines) == (2, ["put back b.py"])
    assert result.complaints[0].startswith("a.py: not put back: changed since")
    assert (work / "a.py").read_bytes() == b"mine\n"


def test_nothing_to_undo(work: Path) -> None:
    result = call("undo")
    assert (result.status, result.out) == (0, b"")
    assert "there is nothing to undo below" in result.complaints[0]


def test_runs_are_listed_and_put_back_by_name(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    call(".")
    call("undo")
    listed = call("undo", "--list").lines
    assert [line.split()[1:] for line in listed] == [["undo", "1", "file"], ["fix", "1", "file", "undone"]]
    assert call("undo", "--run", listed[0].split()[0]).status == 0
    assert (work / "a.py").read_bytes() == SAFE_AFTER
    assert call("undo", "--run", "nonsense").status == 2


def test_a_run_of_another_process_is_put_back(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    spawn(".")
    assert spawn("undo").out == b"put back a.py\n"
    assert (work / "a.py").read_bytes() == SAFE
