"""Nothing that a name or a source holds reaches a terminal as anything but text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codemods.report.visible import git_quoted, is_active, shown_source, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("src/a.py", "src/a.py"),
        ("größe 名前 🎉.py", "größe 名前 🎉.py"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("\x7f\x00", r"\x7f\x00"),
        ("caf\udce9", r"caf\xe9"),
        ("\ud800", r"\ud800"),
        ("admin\u202egnp.exe", r"admin\u202egnp.exe"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\U000e0041", r"\U000e0041"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_active_characters_of_a_name_are_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("x = 1", "x = 1"),
        ("\tx\ty", "    x   y"),
        ("\x0cx", "\u240cx"),
        ("'\x1b[2J'", "'\u241b[2J'"),
        ("'\x7f'", "'\u2421'"),
        ("'\u202e'", "'\ufffd'"),
        ("ä 名 🎉", "ä 名 🎉"),
    ],
)
def test_source_is_shown_one_for_one(line: str, shown: str) -> None:
    assert shown_source(line) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_active_is_left(text: str) -> None:
    for shown in (visible(text), shown_source(text)):
        assert not any(is_active(character) for character in shown)
        assert not set(shown) & {"\x1b", "\x9b", "\n", "\r", "\x07", "\x08"}


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        (b"a/src/a.py", b"a/src/a.py"),
        (b"a/with space.py", b"a/with space.py"),
        ("a/größe.py".encode(), rb'"a/gr\303\266\303\237e.py"'),
        (b"a/caf\xe9.py", rb'"a/caf\351.py"'),
        (b'a/q"b\\c.py', rb'"a/q\"b\\c.py"'),
        (b"a/new\nline\ttab.py", rb'"a/new\nline\ttab.py"'),
        (b"a/\x07\x7f", rb'"a/\a\177"'),
    ],
)
def test_paths_are_quoted_as_git_does(path: bytes, quoted: bytes) -> None:
    assert git_quoted(path) == quoted
