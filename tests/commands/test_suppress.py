"""`pyfix suppress`: comments written through the journal, shown, listed, and taken away again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.commands.call import BROKEN, SAFE, SUPPRESSED, UNSAFE, call

MARKED = SAFE.replace(b".keys():", b".keys():  # pyfix: ignore[dict-keys]")


def test_what_would_be_rewritten_is_left_from_now_on(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "u.py": UNSAFE, "none.py": b"pass\n"})
    result = call("suppress", ".")
    assert (result.status, result.lines[0]) == (0, "rewrote a.py: 1 site (suppress 1)")
    assert (work / "a.py").read_bytes() == MARKED
    assert (work / "u.py").read_bytes() == UNSAFE
    assert call(".", "--check").status == 0
    assert call("suppress", ".").lines == ["nothing to rewrite in 3 files"]
    assert call("undo").status == 0
    assert (work / "a.py").read_bytes() == SAFE


def test_it_can_be_undone_by_name(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE})
    call("suppress", ".")
    assert call("undo", "--rule", "dict-keys").lines == []
    assert call("undo", "--rule", "suppress").lines == ["put back a.py"]
    assert (work / "a.py").read_bytes() == SAFE


def test_which_sites_can_be_chosen(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "u.py": UNSAFE})
    assert call("suppress", ".", "--ignore", "dict-keys").status == 0
    assert (work / "a.py").read_bytes() == SAFE
    call("suppress", "u.py", "--unsafe-fixes")
    assert b"# pyfix: ignore[dict-keys]" in (work / "u.py").read_bytes()


def test_shown_or_listed_only(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE})
    listed = call("suppress", ".", "--check")
    assert (listed.status, listed.lines[0]) == (1, "a.py:2:16: suppress dict-keys leaves this alone from now on")
    shown = call("suppress", ".", "--diff")
    assert shown.status == 1
    assert b"+    for key in d.keys():  # pyfix: ignore[dict-keys]\n" in shown.out
    assert (work / "a.py").read_bytes() == SAFE


def test_unused_ones_are_listed_and_taken_away(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": b"x = 1  # pyfix: ignore[dict-keys]\n", "b.py": SUPPRESSED})
    listed = call("suppress", ".", "--unused-ignores", "--check")
    assert (listed.status, listed.lines[0]) == (1, "a.py:1:8: suppress nothing here needs `dict-keys`")
    assert call("suppress", ".", "--unused-ignores").status == 0
    assert ((work / "a.py").read_bytes(), (work / "b.py").read_bytes()) == (b"x = 1\n", SUPPRESSED)
    assert call("suppress", ".", "--unused-ignores", "--check").status == 0


def test_a_file_that_cannot_be_read_is_said(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "bad.py": BROKEN})
    result = call("suppress", ".")
    assert (result.status, [line.partition(":")[0] for line in result.complaints]) == (2, ["bad.py"])
    assert (work / "a.py").read_bytes() == MARKED


def test_wrong_usage() -> None:
    assert call("suppress").status == 2
    assert call("suppress", "-").status == 2
    assert call("suppress", ".", "-q", "-v").status == 2
