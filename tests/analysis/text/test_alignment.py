"""What of a line may be lined up with its neighbours."""

from __future__ import annotations

import pytest

from codemods.analysis.text.alignment import Alignment, slots
from codemods.analysis.text.positions import Lines


@pytest.mark.parametrize(
    ("line", "edges"),
    [
        ("a.b  + c", []),
        ("x == 1", []),
        ("x += 1", [["before = 3"], ["= end 6", "= start 5"]]),
        ("f(a,)", [["( end 3", "( start 2"], ["before , 3"], ["before ) 4"]]),
        ("f(a - b)", [["( end 7", "( start 2"], ["before ) 7"]]),
        ("x = 22.25  # c", [["before = 2"], ["= end 9", "= point 6", "= start 4"], ["before # 11"]]),
    ],
)
def test_the_edges_of_a_line(line: str, edges: list[list[str]]) -> None:
    assert [sorted(f"{name} {column}" for name, column in slot.edges) for slot in slots(line)] == edges


@pytest.mark.parametrize(
    ("line", "extra"),
    [
        ("x  = 1", [True, False]),
        ("x =  1", [False, True]),
        ("x=-1", [False, False]),
        ("x = 1  # c", [False, False, False]),
        ("x = 1   # c", [False, False, True]),
        ("f(a,-1)", [False, False, True, False]),
        ("f(a, -1)", [False, False, False, False]),
        ("f(a,b)", [False, False, False, False]),
        ("f( a )", [True, True]),
        ("{a : b}", [False, True, False, False]),
    ],
)
def test_what_is_wider_than_it_need_be(line: str, extra: list[bool]) -> None:
    assert [slot.extra for slot in slots(line)] == extra


def test_comments_between_lines_do_not_count_and_are_lined_up_with_nothing() -> None:
    alignment = Alignment(Lines("a  = 1\n# why\nbc = 2\n"))
    assert {(one.line, one.other) for one in alignment.of(1)} == {(1, 3)}
    assert alignment.of(2) == []


def test_what_stands_outside_of_all_brackets() -> None:
    assert [slot.outer for slot in slots("x = y")] == [True, True]
    assert [slot.outer for slot in slots("f(x = y)")] == [False, False, False, False]
    assert [slot.outer for slot in slots("x, y")] == [False, False]
