"""The words that the eye should fall on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codemods.report.words import changed_words, pairs


def marked(line: str, stretches: list[tuple[int, int]]) -> str:
    for start, end in reversed(stretches):
        line = f"{line[:start]}[{line[start:end]}]{line[end:]}"
    return line


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("for k in d.keys():", "for k in d:", "for k in d[.keys()]:", "for k in d:"),
        ("for i in range(len(xs)):", "for x in xs:", "for [i] in [range(len(]xs[))]:", "for [x] in xs:"),
        ("    print(xs[i])", "    print(x)", "    print([xs[i]])", "    print([x])"),
        ("def f(to=[]):", "def f(to=None):", "def f(to=[[]]):", "def f(to=[None]):"),
        ("same", "same", "same", "same"),
        ("  a", "      a", "  a", "      a"),
    ],
)
def test_changed_words(old: str, new: str, gone: str, come: str) -> None:
    one, other = changed_words(old, new)
    assert (marked(old, one), marked(new, other)) == (gone, come)


@given(st.text("ab .[]()", max_size=20), st.text("ab .[]()", max_size=20))
def test_what_is_not_marked_is_the_same_but_for_space(old: str, new: str) -> None:
    def rest(line: str, stretches: list[tuple[int, int]]) -> str:
        for start, end in reversed(stretches):
            assert 0 <= start < end <= len(line)
            line = line[:start] + line[end:]
        return "".join(line.split())

    one, other = changed_words(old, new)
    assert rest(old, one) == rest(new, other)


def test_lines_are_paired_in_order_with_what_they_became() -> None:
    old = ["for i in range(len(rows)):", "    row = rows[i]", "    print(row)"]
    new = ["for row in rows:", "    print(row)"]
    assert list(pairs(old, new)) == [(0, 0), (2, 1)]


def test_lines_that_have_nothing_in_common_are_no_pair() -> None:
    assert list(pairs(["import os"], ["x = [1, 2, 3]"])) == []
    assert list(pairs([], ["x"])) == []
    assert list(pairs(["x"], [])) == []


def test_lines_that_are_too_long_to_compare_are_marked_from_where_they_differ_to_where_they_do_not() -> None:
    old = f"x = [{'1, ' * 50_000}] + list(d.keys()) + [{'2, ' * 50_000}]"
    new = old.replace(".keys()", "")
    ((start, end),), come = changed_words(old, new)
    assert (old[start:end], come) == (".keys()", [])
    assert list(pairs([old], [new])) == [(0, 0)]
    assert list(pairs([old], ["y" * 60_000 + "- " * 60_000])) == []
