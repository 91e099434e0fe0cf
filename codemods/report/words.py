"""Which words of a changed line changed: what the eye should fall on first."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Lines that share less than this have been rewritten as a whole; marking the words they happen to share would be confetti.
LIKENESS = 0.35
# Of two lines with more tokens together, which nobody reads, only where they begin and cease to differ: what is in between takes the square
# of their number to compare, and minutes for a line of a megabyte.
COMPARED = 4_000

Stretch = tuple[int, int]


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which removed line became which added line, by index, in order; lines that became nothing alike are in no pair."""
    start = 0
    for index, line in enumerate(old):
        likeness, best = max(((_likeness(line, new[other]), -other) for other in range(start, len(new))), default=(0.0, 0))
        if likeness >= LIKENESS:
            yield index, -best
            start = 1 - best


def changed_words(old: str, new: str) -> tuple[list[Stretch], list[Stretch]]:
    """The stretches of characters that differ, in the old line and in the new one. Whole tokens; nearly touching stretches are joined."""
    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(old_tokens) + len(new_tokens) > COMPARED:
        return _between_what_is_the_same(old, new)
    old_at, new_at = _offsets(old_tokens), _offsets(new_tokens)
    gone: list[Stretch] = []
    come: list[Stretch] = []
    for tag, one, two, three, four in difflib.SequenceMatcher(None, old_tokens, new_tokens, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if one < two:
            gone.append((old_at[one], old_at[two]))
        if three < four:
            come.append((new_at[three], new_at[four]))
    return _tidy(gone, old), _tidy(come, new)


def _between_what_is_the_same(old: str, new: str) -> tuple[list[Stretch], list[Stretch]]:
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    one, other = (start, len(old) - end), (start, len(new) - end)
    return [one] * (one[0] < one[1]), [other] * (other[0] < other[1])


def _common(old: str, new: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))


def _likeness(old: str, new: str) -> float:
    """How much two lines have in common, from 0 to 1, indentation aside."""
    one, two = _TOKEN.findall(old.strip()), _TOKEN.findall(new.strip())
    if len(one) + len(two) > COMPARED:
        return 2 * (Counter(one) & Counter(two)).total() / (len(one) + len(two))
    same = sum(block.size for block in difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks())
    return 2 * same / (len(one) + len(two) or 1)


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _tidy(stretches: Sequence[Stretch], line: str) -> list[Stretch]:
    """Without the gaps that hold only space, and without the indentation."""
    indentation = len(line) - len(line.lstrip())
    joined: list[Stretch] = []
    for start, end in ((max(start, indentation), end) for start, end in stretches if end > indentation):
        if joined and not line[joined[-1][1] : start].strip():
            start = joined.pop()[0]
        joined.append((start, end))
    return joined
