"""Which of the sites found go into one pass."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator

from codemods.analysis.text.positions import Lines
from codemods.engine.find import Found
from codemods.model.outcome import Chosen, Place
from codemods.model.verdict import Safe, Unsafe


def wanted(one: Found, *, unsafe_fixes: bool) -> bool:
    """Whether the site is to be rewritten: proved, or assumed where the user allows that, and held back by no comment or id."""
    match one.site.verdict:
        case Safe():
            return not (one.suppressed or one.held)
        case Unsafe():
            return unsafe_fixes and not (one.suppressed or one.held)
        case _:
            return False


def place_of(rule: str, span: tuple[int, int], lines: Lines) -> Place:
    """A rule and characters of a text as a place in it."""
    start, end = span
    return Place(rule, lines.line(start), lines.column(start), lines.line(end), lines.column(end))


def taken_of(places: Iterable[Place], before: Iterable[Place], chosen: Chosen) -> Iterator[bool]:
    """For each of the sites at `places`, whether it is chosen, where those at `before` are rewritten already."""
    counted = Counter(before)
    for place in places:
        if taken := chosen(place, counted[place]):
            counted[place] += 1
        yield taken


def choose(sites: Iterable[Found]) -> list[Found]:
    """Disjoint sites out of `sites`, by position, innermost (smallest) first; what overlaps or holds a chosen one waits for the next pass.

    The inner one goes first because the outer one's `rewrite` then sees its result; the other way round the inner site's plan would speak
    of nodes that have moved.
    """
    chosen: list[Found] = []
    for one in sorted(sites, key=lambda one: (one.end - one.start, one.start, one.named.name)):
        at = bisect_left(chosen, one.end, key=_start)
        if at == 0 or chosen[at - 1].end <= one.start:
            insort(chosen, one, key=_start)
    return chosen


def _start(one: Found) -> int:
    return one.start
