"""Which sites go into one pass."""

from __future__ import annotations

import ast
import itertools
import random

from codemods.engine.find import Found
from codemods.engine.plan import choose, wanted
from codemods.model.rule import Site
from codemods.model.verdict import Refused, Unsafe, Verdict
from tests.engine.toys import BECAUSE, KEYS


def found(start: int, end: int, verdict: Verdict = BECAUSE, *, suppressed: bool = False) -> Found:
    return Found(KEYS, Site(ast.Name("x"), verdict), start, end, (start, end), suppressed)


def spans(chosen: list[Found]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in chosen]


def test_disjoint_sites_all_go() -> None:
    assert spans(choose([found(5, 9), found(0, 5), found(9, 10)])) == [(0, 5), (5, 9), (9, 10)]


def test_of_nested_ones_the_innermost_goes() -> None:
    assert spans(choose([found(0, 9), found(1, 8), found(2, 3), found(4, 5)])) == [(2, 3), (4, 5)]


def test_of_overlapping_ones_the_smaller_goes() -> None:
    assert spans(choose([found(0, 6), found(4, 8)])) == [(4, 8)]
    assert spans(choose([found(0, 4), found(3, 9), found(8, 10)])) == [(0, 4), (8, 10)]


def test_of_equal_ones_one_goes() -> None:
    assert spans(choose([found(0, 4), found(0, 4)])) == [(0, 4)]


def test_any_choice_is_disjoint_and_leaves_nothing_that_would_fit() -> None:
    rnd = random.Random(2)
    for _ in range(200):
        sites = [found(start, start + rnd.randint(1, 9)) for start in (rnd.randint(0, 60) for _ in range(rnd.randint(0, 30)))]
        chosen = choose(sites)
        assert chosen == sorted(chosen, key=lambda one: one.start)
        assert all(first.end <= second.start for first, second in itertools.pairwise(chosen))
        for one in sites:
            assert one in chosen or any(one.start < other.end and other.start < one.end for other in chosen)


def test_who_is_wanted() -> None:
    assert wanted(found(0, 1), unsafe_fixes=False)
    assert not wanted(found(0, 1, suppressed=True), unsafe_fixes=True)
    assert not wanted(found(0, 1, Unsafe("a", "b")), unsafe_fixes=False)
    assert wanted(found(0, 1, Unsafe("a", "b")), unsafe_fixes=True)
    assert not wanted(found(0, 1, Unsafe("a", "b"), suppressed=True), unsafe_fixes=True)
    assert not wanted(found(0, 1, Refused("a", "b")), unsafe_fixes=True)
