"""Which lines are lined up by hand: their columns say so, line by line.

A slot is the space before a token, beside a separator or a bracket. Slots of neighbouring lines belong together where their edges stand in
the same column: the separator itself, or where what follows it starts, ends or has its decimal point. They were lined up where one of them
is wider than it need be, and not all are alike. So `{"a" : 1,` above `"b" : 2}` is a habit, while `"a"  : 1,` above `"bc" : 2` is a table.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from msgspec import Struct

from codemods.analysis.text.positions import Lines
from codemods.analysis.text.spacing import ASSIGN, CLOSERS, COMMENT, OPENERS, Token, tokens

TAB = 8
REACH = 12
"""How many lines up and down a column is followed."""
_SEPARATORS = frozenset({",", ":", ASSIGN})
_ENDS = _SEPARATORS | OPENERS | CLOSERS | {COMMENT}


class Slot(Struct, frozen=True):
    """The space before a token of a line.

    Attributes:
        at: where in the line it ends, in characters.
        size: how wide it is.
        extra: it is wider than it need be; or, before a sign, narrower.
        edges: what may be lined up: a name and a column each.
        outer: it stands beside a separator outside of all brackets of the line.
        comment: a comment follows.
    """

    at: int
    size: int
    extra: bool
    edges: frozenset[tuple[str, int]]
    outer: bool
    comment: bool


class Aligned(Struct, frozen=True):
    """A slot that is lined up with one of a neighbouring line, `other`. Lines are 1-based."""

    line: int
    other: int
    slot: Slot


def slots(line: str) -> tuple[Slot, ...]:
    """The slots of a line, which is read on its own."""
    parts = list(tokens(line))
    columns = _columns(line)
    found: list[Slot] = []
    depth = 0
    for index, (before, behind) in enumerate(pairwise(parts), 1):
        depth += (before.mark in OPENERS) - (before.mark in CLOSERS)
        left, right = _role(before.mark), _role(behind.mark)
        edges = {(f"before {right}", columns[behind.end - 1 if right == ASSIGN else behind.start])} if right in _ENDS - OPENERS else set()
        if left in _SEPARATORS | OPENERS and not edges:
            edges = _edges(left, parts, index, columns)
        if not edges:
            continue
        size = columns[behind.start] - columns[before.end]
        signed = left == "," and not size and right in ("-", "+")
        extra = size > _needed(left, right) or signed
        outer = depth <= 0 and bool({left, right} & {ASSIGN, ":"})
        found.append(Slot(behind.start, size, extra, frozenset(edges), outer, right == COMMENT))
    return tuple(found)


def _role(mark: str) -> str:
    """`=` for augmented assignments too."""
    return ASSIGN if mark.endswith("=") and mark not in ("==", "!=", "<=", ">=", ":=") else mark


def _needed(left: str, right: str) -> int:
    if right == COMMENT:
        return 2
    if right in CLOSERS or right in (",", ":"):
        return 0
    return 0 if left in OPENERS else 1


def _edges(left: str, parts: list[Token], index: int, columns: list[int]) -> set[tuple[str, int]]:
    """Where the item behind a separator or bracket starts, ends, and has its point."""
    last = index
    while last + 1 < len(parts) and _role(parts[last + 1].mark) not in _ENDS:
        last += 1
    edges = {(f"{left} start", columns[parts[index].start]), (f"{left} end", columns[parts[last].end])}
    return edges | {(f"{left} point", columns[part.start]) for part in parts[index : last + 1] if part.mark == "."}


def _columns(line: str) -> list[int]:
    """The column on the screen of each character, and of the end."""
    if line.isascii() and not {"\t", "\f"} & set(line):
        return list(range(len(line) + 1))
    columns = [0]
    for char in line:
        columns.append(_moved(columns[-1], char))
    return columns


def _moved(column: int, char: str) -> int:
    """The column behind a character. A form feed starts the line anew."""
    if char == "\t":
        return (column // TAB + 1) * TAB
    if char == "\f":
        return 0
    return column + (2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1)


class Alignment:
    """What is lined up among the lines of a text. Each line is read once."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._known: dict[int, dict[tuple[str, int], Slot] | None] = {}

    def of(self, line: int) -> list[Aligned]:
        """The slots of a 1-based line that are lined up with those of its neighbours."""
        found: list[Aligned] = []
        edges = self._edges(line)
        for edge, slot in edges.items() if edges is not None else ():
            above, below = self._run(line, edge, -1), self._run(line, edge, 1)
            run = [slot, *(one for _, one in (*above, *below))]
            sizes = {one.size for one in run}
            by_hand = len(sizes) > 1 or (max(sizes) > 1 and not slot.comment)
            if by_hand and any(one.extra for one in run):
                found.extend(Aligned(line, side[0][0], slot) for side in (above, below) if side)
        return found

    def _run(self, line: int, edge: tuple[str, int], step: int) -> list[tuple[int, Slot]]:
        """The next lines that have a slot with that edge, one after the other; comments between them do not count."""
        found: list[tuple[int, Slot]] = []
        for number in range(line + step, line + step * REACH, step):
            edges = self._edges(number)
            if edges is None:
                continue
            slot = edges.get(edge)
            if slot is None:
                break
            found.append((number, slot))
        return found

    def _edges(self, line: int) -> dict[tuple[str, int], Slot] | None:
        """The slots of a line by their edges, none where there is no such line; `None` for a line that only holds a comment."""
        if line not in self._known:
            text = self._lines.line_text(line) if 0 < line <= len(self._lines.starts) else ""
            of_comment = text.lstrip().startswith("#")
            self._known[line] = None if of_comment else {edge: slot for slot in slots(text) for edge in sorted(slot.edges)}
        return self._known[line]
