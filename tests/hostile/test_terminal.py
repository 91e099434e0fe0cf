"""Whatever a file is called and holds, nothing in it acts on the terminal: in every way in which pyfix shows something."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.call import call, in_terminal, spawn

Write = Callable[..., None]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo terminals")

NAME = "na\x1b]0;title\x07\nme\u202e.py"
SOURCE = """\
# \x1b[31m \x9b31m \u202e\u2066 \x07\x08\x7f \u2028
def show(d: dict[str, int], e: dict[str, int], \u00e9\u0301="\u202e\x1b[2J") -> None:
    for key in d.keys():  # \x1b]8;;http://example.com\x07 \u2067
        print(key, "\x1b[2J\u202e")
    for odd in e.keys():
        e.pop("\x1b[2J")

def f(x, y):
    return "%s\x1b[2J" % x + "\u202e" + y["\x1b[2J"].keys()
"""
BROKEN = "for k in d.keys():\n  '\x1b[2J\u202e\n"
# What we send ourselves: colours and weights, and where a run takes long, what takes the line that counts its files away again.
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[(?:2?K|1?A|\?25[lh])|\r")
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

CALLS = [
    ("--diff",),
    ("--check", "--show-refused", "--statistics"),
    ("--check", "--output-format", "json"),
    ("-v", "--unsafe-fixes", "--show-refused"),
    ("explain", f"{NAME}:3"),
]


def broken(text: str) -> set[str]:
    return set(ACTIVE.findall(OURS.sub("", text)))


@pytest.mark.parametrize("arguments", CALLS, ids=[" ".join(one).partition(" na")[0] for one in CALLS])
def test_in_a_terminal(work: Path, write: Write, arguments: tuple[str, ...]) -> None:
    write({NAME: SOURCE.encode(), "broken\x1b[2J.py": BROKEN.encode()})
    shown = in_terminal(*arguments, *(() if arguments[0] == "explain" else (".",)))
    assert broken(shown.out.decode()) == set()
    assert b"na\\x1b" in shown.out or b"na\\u001b" in shown.out


@pytest.mark.parametrize("arguments", [CALLS[1], CALLS[2]], ids=["sites", "json"])
def test_in_a_pipe(work: Path, write: Write, arguments: tuple[str, ...]) -> None:
    """A diff in a pipe holds the bytes themselves, since it is for programs; the lines are for people."""
    write({NAME: SOURCE.encode(), "broken\x1b[2J.py": BROKEN.encode()})
    result = spawn(*arguments, ".")
    assert broken((result.out + result.err).decode()) == set()


def test_undo(work: Path, write: Write) -> None:
    write({NAME: SOURCE.encode()})
    spawn(".")
    assert broken(in_terminal("undo", "--list").out.decode()) == set()
    put_back = in_terminal("undo")
    assert b"put back" in put_back.out
    assert broken(put_back.out.decode()) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--select", "\x1b[2J"),
        ("--target-version", "\x1b[2J"),
        ("--config", "\x1b[2J", "."),
        ("explain", "\x1b[2J"),
        ("\x1b[2J",),
        ("--\x1b[2J",),
        ("undo", "--run", "\x1b[2J"),
        ("undo", "--rule", "\x1b[2J"),
        ("undo", "--file", "\x1b[2J"),
    ],
    ids=lambda one: " ".join(one).replace("\x1b", "ESC"),
)
def test_what_is_wrong_on_the_command_line(work: Path, arguments: tuple[str, ...]) -> None:
    result = call(*arguments)
    assert broken((result.out + result.err).decode()) == set()
