"""A run that is limited to some lines of the file as read."""

from __future__ import annotations

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import LineRanges, Settings
from tests.engine.toys import sites

KEYS = "def f(d: dict[str, int], e: dict[str, int]) -> None:\n    for k in d.keys():\n        print(k)\n    for k in e.keys():\n        print(k)\n"
LOOP = "def f(xs: list[int]) -> None:\n    for i in range(len(xs)):\n        print('begin')\n        print(xs[i])\n    print('end')\n"
RULES = ("comprehension", "dict-items", "dict-keys", "format-string", "mutable-default", "range-len", "string-concat")


def limited(text: str, lines: LineRanges | None, *rules: str, **more: bool) -> Clean | Fixed:
    outcome = process(text.encode(), Settings(rules or RULES, lines=lines, **more))  # type: ignore[arg-type]
    assert isinstance(outcome, Clean | Fixed), outcome
    assert not outcome.defects
    return outcome


def fixed_lines(outcome: Clean | Fixed) -> list[int]:
    return [one.line for one in outcome.diagnostics if one.fixed]


@pytest.mark.parametrize(
    ("lines", "fixed"),
    [
        (None, [2, 4]),
        (((1, 5),), [2, 4]),
        (((2, 2),), [2]),
        (((4, 4),), [4]),
        (((2, 2), (4, 5)), [2, 4]),
        (((1, 1), (3, 3), (5, 5)), []),
        ((), []),
    ],
)
def test_only_what_touches_the_lines_is_rewritten(lines: LineRanges | None, fixed: list[int]) -> None:
    assert fixed_lines(limited(KEYS, lines)) == fixed


@pytest.mark.parametrize(("line", "touched"), [(1, False), (2, True), (3, False), (4, True), (5, False)])
def test_a_compound_statement_is_touched_in_its_header_and_where_it_would_change(line: int, touched: bool) -> None:
    """Line 3 is of the loop and stays as it is; line 4 is where `xs[i]` becomes the element."""
    assert isinstance(limited(LOOP, ((line, line),)), Fixed) == touched


@pytest.mark.parametrize(("lines", "touched"), [(((4, 3),), True), (((3, 2),), True), (((2, 1),), False), (((6, 5),), False)])
def test_where_lines_were_deleted_what_goes_across_is_touched(lines: LineRanges, touched: bool) -> None:
    chain = "def f(a: str, b: str) -> str:\n    x = (a\n        + 'x'\n        + b)\n    return x\n"
    assert isinstance(limited(chain, lines, "string-concat"), Fixed) == touched


def test_what_is_left_is_reported_within_the_lines_only() -> None:
    unsafe = KEYS.replace(": dict[str, int]", "")
    assert [line for line, _, _ in sites(limited(unsafe, ((4, 4),)))] == [4]
    assert [line for line, _, _ in sites(limited(LOOP.replace(": list[int]", ""), ((4, 4),)))] == []
    assert sites(limited(unsafe, ())) == []


def test_the_lines_are_those_of_the_file_as_read_in_every_pass() -> None:
    """The first pass takes lines away above what the second one finds."""
    text = (
        "def f(rows: list[str], d: dict[str, str]) -> list[str]:\n"
        "    found = []\n"
        "    for row in rows:\n"
        "        found.append('<' + row + '>')\n"
        "    for k in d.keys():\n"
        "        print(k)\n"
        "    return found\n"
    )
    assert fixed_lines(limited(text, ((5, 5),))) == [5]
    outcome = limited(text, ((4, 4),))
    assert isinstance(outcome, Fixed)
    assert b"found = [f'<{row}>' for row in rows]" in outcome.after
    assert b"d.keys()" in outcome.after


def test_lines_that_a_rewrite_changed_are_within_from_then_on() -> None:
    """Line 2 changes because of line 3, and holds another site: the next run since the same base would find it changed."""
    text = "def f(xs: list[int]) -> None:\n    for i in range(len(xs)): print('a' + str(i),\n        xs[i])\n"
    outcome = limited(text, ((3, 3),), "range-len", "string-concat")
    assert isinstance(outcome, Fixed)
    assert sorted(one.rule for one in outcome.diagnostics if one.fixed) == ["range-len", "string-concat"]
    assert not isinstance(process(outcome.after, Settings(RULES, lines=((2, 3),))), Fixed)


def test_lines_end_as_git_has_it() -> None:
    assert fixed_lines(limited(KEYS.replace("\n", "\r\n"), ((4, 4),))) == [4]
    assert fixed_lines(limited(f"\r\r{KEYS}", ((4, 4),))) == [6]  # a lone CR ends a line for Python alone


def test_facts_are_asked_for_what_is_within_only() -> None:
    outcome = limited(KEYS.replace("e: dict[str, int]", "e"), ((4, 4),), explain=True)
    assert [(one.line, bool(one.verdict.reasons.facts)) for one in outcome.diagnostics] == [(4, True)]
