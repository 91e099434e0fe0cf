"""`pyfix -i` in a real terminal: a key for each site, and nothing on disk before the last one."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.call import BROKEN, SAFE, SAFE_AFTER, call, in_dialogue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

LOOP = b"def show(rows: list[str], d: dict[str, int]) -> None:\n    for i in range(len(rows)):\n        print(rows[i])\n    print(list(d.keys()))\n"
LOOP_AFTER = LOOP.replace(b"for i in range(len(rows))", b"for row in rows").replace(b"rows[i]", b"row")
COLOURS = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


def words(out: bytes) -> str:
    return COLOURS.sub(b"", out).decode()


def test_a_key_for_each_site(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "b.py": LOOP, "none.py": b"pass\n"})
    result = in_dialogue(".", "-i", keys="ynyn")
    shown = words(result.out)
    assert result.status == 0
    assert [(work / name).read_bytes() for name in ("a.py", "b.py")] == [SAFE_AFTER, LOOP.replace(b".keys()", b"")]
    assert "(1/3) Rewrite this? [y,n,a,r,f,d,e,s,b,q,?] y" in shown
    assert "Say `# pyfix: ignore[rule]` on the 1 site that you left? [y,n] n" in shown
    assert shown.index("for i in range") < shown.index("(2/3)")
    assert "rewrote a.py: 1 site (dict-keys 1)" in shown
    assert call("undo").status == 0
    assert (work / "a.py").read_bytes() == SAFE


def test_rules_and_files_as_a_whole(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "b.py": LOOP, "c.py": LOOP})
    result = in_dialogue(".", "-i", keys="adfn")  # dict-keys for good; the rest of b.py left; all of c.py
    assert result.status == 0
    assert (work / "a.py").read_bytes() == SAFE_AFTER
    assert (work / "b.py").read_bytes() == LOOP
    assert (work / "c.py").read_bytes() == LOOP_AFTER.replace(b".keys()", b"")


def test_no_more_of_a_rule_and_back_again(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": LOOP + LOOP.replace(b"show", b"more")})
    result = in_dialogue("a.py", "-i", keys="rbyyq")  # range-len never; no, all the same; the first loop, its keys
    assert result.status == 0
    assert (work / "a.py").read_bytes() == LOOP_AFTER.replace(b".keys()", b"") + LOOP.replace(b"show", b"more")


def test_why_and_an_unknown_key(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE})
    result = in_dialogue("a.py", "-i", keys="?zbq")
    shown = words(result.out)
    assert shown.count("safe, rewritten by default: `d` is a dict[str, int]") == 2
    assert "leave this site, and say so in a comment" in shown
    assert "this is the file's first site" in shown
    assert "nothing was rewritten" in shown
    assert (work / "a.py").read_bytes() == SAFE


@pytest.mark.parametrize("keys", ["sq", "ny"], ids=["one by its key", "all at the end"])
def test_what_is_left_can_get_a_comment(work: Path, write: Callable[..., None], keys: str) -> None:
    write({"a.py": SAFE})
    assert in_dialogue("a.py", "-i", keys=keys.rstrip("q")).status == 0
    assert (work / "a.py").read_bytes() == SAFE.replace(b"keys():", b"keys():  # pyfix: ignore[dict-keys]")
    assert call("a.py", "--check").status == 0


def test_an_editor_may_write_something_else(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": LOOP, "editor.sh": b'#!/bin/sh\nsed -i "s/row /zeile /; s/(row)/(zeile)/" "$1"\n'})
    (work / "editor.sh").chmod(0o755)
    result = in_dialogue("a.py", "-i", keys="enn", EDITOR=str(work / "editor.sh"))
    assert result.status == 0
    assert (work / "a.py").read_bytes() == LOOP_AFTER.replace(b"for row ", b"for zeile ").replace(b"(row)", b"(zeile)")


def test_what_an_editor_breaks_is_asked_again(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "editor.sh": b'#!/bin/sh\nprintf "    for (" > "$1"\n'})
    (work / "editor.sh").chmod(0o755)
    result = in_dialogue("a.py", "-i", keys="ey", EDITOR=str(work / "editor.sh"))
    assert "not taken: the file cannot be parsed" in words(result.out)
    assert (work / "a.py").read_bytes() == SAFE_AFTER


def test_an_interrupt_writes_nothing(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "b.py": LOOP})
    result = in_dialogue(".", "-i", keys="y\x03")
    assert result.status == 130
    assert "interrupted; nothing was written" in words(result.out)
    assert (work / "a.py").read_bytes() == SAFE


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_asked_about(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "bad.py": BROKEN})
    result = in_dialogue(".", "-i", keys="y")
    assert result.status == 2
    assert "bad.py:1: cannot be parsed" in words(result.out)
    assert (work / "a.py").read_bytes() == SAFE_AFTER


def test_without_colours_the_diff_is_plain(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE})
    result = in_dialogue("a.py", "-i", keys="y", NO_COLOR="1")
    assert b"-    for key in d.keys():\n+    for key in d:\n" in result.out


def test_it_needs_a_terminal_and_goes_with_no_other_mode(write: Callable[..., None]) -> None:
    write({"a.py": SAFE})
    assert "needs a terminal" in call("a.py", "-i").complaints[-1]
    for more in ("--check", "--diff", "--output-format=json"):
        assert call("a.py", "-i", more).status == 2
