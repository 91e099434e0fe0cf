"""From edits to lines: exact, and right also where the edits say too little."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codemods.model.outcome import Edit
from codemods.report.lines import (
    GIT_LINE,
    PYTHON_LINE,
    Change,
    changes,
    decoded,
    edited,
    git_lines,
    hunks,
    joined,
    python_lines,
    rules_by_line,
    spans,
)

TEXTS = st.lists(st.sampled_from(["a", "bb", "", " c", "\x0c", "é", "\u2028"]), max_size=12).flatmap(
    lambda pieces: st.lists(st.sampled_from(["\n", "\r\n", "\r", ""]), min_size=len(pieces), max_size=len(pieces)).map(
        lambda ends: "".join(piece + end for piece, end in zip(pieces, ends, strict=True))
    )
)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    places = draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    # An end of line is never cut through, by the engine either.
    places = [place for place in places if text[place - 1 : place + 1] != "\r\n"]
    edits = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        if edits and edits[-1].end >= start:
            continue
        new = draw(st.sampled_from(["", "x", "x\ny", "\n", "z\n"]))
        if text[start - 1 : start] != "\r" and text[end : end + 1] != "\n":
            edits.append(Edit(start, end, new, ("rule",)))
    return text, edits


def rebuilt(old: list[str], new: list[str], found: list[Change]) -> list[str]:
    """The new lines, made of the old ones and the changes."""
    result: list[str] = []
    position = 0
    for change in found:
        assert change.old_start >= position
        result += old[position : change.old_start] + new[change.new_start : change.new_end]
        position = change.old_end
    return result + old[position:]


@given(texts_with_edits(), st.sampled_from([PYTHON_LINE, GIT_LINE]))
def test_the_changes_make_the_new_file_of_the_old_one(case: tuple[str, list[Edit]], line: object) -> None:
    text, edits = case
    pattern = PYTHON_LINE if line is PYTHON_LINE else GIT_LINE
    old, new = pattern.findall(text), pattern.findall(edited(text, edits))
    found = changes(old, new, spans(text, edits, pattern))
    assert rebuilt(old, new, found) == new
    assert rebuilt(old, new, joined(found)) == new
    assert rebuilt(old, new, changes(old, new, [])) == new


@given(texts_with_edits())
def test_the_spans_hold_every_edit_and_cover_no_more_than_they_must(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    found = spans(text, edits)
    assert all(one.old_end <= other.old_start and one.new_end <= other.new_start for one, other in pairwise(found))
    old, new = python_lines(text), python_lines(edited(text, edits))
    position = shift = 0
    for span in found:
        assert old[position : span.old_start] == new[position + shift : span.new_start]
        position, shift = span.old_end, span.new_end - span.old_end


@given(texts_with_edits(), st.integers(0, 4), st.integers(0, 8))
def test_hunks_neither_overlap_nor_leave_a_change_out(case: tuple[str, list[Edit]], context: int, apart: int) -> None:
    text, edits = case
    old, new = python_lines(text), python_lines(edited(text, edits))
    found = changes(old, new, spans(text, edits))
    groups = hunks(found, len(old), context=context, apart=apart)
    assert [change for hunk in groups for change in hunk.changes] == found
    for hunk in groups:
        assert 0 <= hunk.old_start <= hunk.changes[0].old_start
        assert hunk.changes[-1].old_end <= hunk.old_end <= len(old)
        assert old[hunk.old_start : hunk.changes[0].old_start] == new[hunk.new_start : hunk.changes[0].new_start]
        assert old[hunk.changes[-1].old_end : hunk.old_end] == new[hunk.changes[-1].new_end : hunk.new_end]
        assert hunk.changes[0].old_start - hunk.old_start <= context
    assert all(one.old_end <= other.old_start for one, other in pairwise(groups))


def test_near_changes_share_what_lies_between_them() -> None:
    found = [Change(10, 11, 10, 11), Change(14, 15, 14, 15)]
    one, other = hunks(found, 100, apart=2)
    assert (one.old_start, one.old_end, other.old_start, other.old_end) == (7, 13, 13, 18)
    assert len(hunks(found, 100)) == 1


def test_lines_far_from_the_edits_are_not_compared() -> None:
    """A long file with two edits has two short spans, whatever its other lines hold."""
    text = "x\n" * 100_000
    edits = [Edit(10, 11, "y", ("r",)), Edit(150_000, 150_001, "y", ("r",))]
    assert spans(text, edits) == [Change(5, 6, 5, 6), Change(75_000, 75_001, 75_000, 75_001)]


def test_wrong_edits_do_not_make_a_wrong_diff() -> None:
    old, new = ["a\n", "b\n", "c\n"], ["a\n", "B\n", "C\n"]
    assert rebuilt(old, new, changes(old, new, [Change(0, 1, 0, 1)])) == new


def test_lines_end_where_python_ends_them() -> None:
    assert python_lines("a\x0cb\u2028c\r\nd\re\nf") == ["a\x0cb\u2028c\r\n", "d\r", "e\n", "f"]
    assert git_lines(b"a\rb\r\nc") == [b"a\rb\r\n", b"c"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"x = 1\n", "x = 1\n"),
        ("\ufeffx = 'é'\n".encode(), "x = 'é'\n"),
        ("# coding: latin-1\nx = 'é'\n".encode("latin-1"), "# coding: latin-1\nx = 'é'\n"),
        (b"# coding: nonsense\n\xff", "# coding: nonsense\n\ufffd"),
        (b"\xff", "\ufffd"),
    ],
)
def test_decoding_for_show_never_fails(data: bytes, text: str) -> None:
    assert decoded(data) == text


def test_which_rules_touched_a_line() -> None:
    edits = [Edit(0, 3, "x", ("a", "b")), Edit(5, 6, "", ("c",))]
    assert rules_by_line("1\n2\n3\n4\n", edits) == {0: {"a", "b"}, 1: {"a", "b"}, 2: {"c"}, 3: {"c"}}
