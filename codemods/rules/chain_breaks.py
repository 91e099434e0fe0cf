"""What stands where one line of a chain ends and its next begins: comments, plus signs, the indentation. Imports no LibCST."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.text.comments import comments
from codemods.analysis.text.lexing import String, scan

_LEAST_GAP = 2
"""How many spaces PEP 8 wants before a comment behind code."""


class Break(Struct, frozen=True):
    """What stands between a literal and the one on the next line.

    Attributes:
        indent: the next literal's indentation.
        comment: a comment behind the first literal, with the space before it; "" for none.
        between: the lines between the two, which hold nothing but comments.
    """

    indent: str
    comment: str = ""
    between: tuple[str, ...] = ()


class Row(Struct, frozen=True):
    """A line of the chain that holds literals: its number, and the column, from 0, where they are to end."""

    number: int
    end: int


class Seams:
    """The ends of a chain's lines. `start` and `end` are the chain's span in characters."""

    def __init__(self, start: int, end: int, module: Module) -> None:
        self.module, self.start, self.end = module, start, end
        text = module.text[start:end]
        found = [start + one.start for one in comments(text)] if "#" in text else []
        self.comments = {module.lines.line(offset): module.lines.column(offset) - 1 for offset in found}
        """The columns, from 0, of the comments inside the chain, by line."""

    def code(self, line: int) -> str:
        """A line without the comment behind it and the space around."""
        return self.module.lines.line_text(line)[: self.comments.get(line)].strip()

    def nests(self) -> bool:
        """Whether a line starts in brackets that open inside of the chain, `"a" + (b +`, and so stands where it would not without them."""
        text, position, code = self.module.text[self.start : self.end], 0, ""
        for found in scan(text):
            code += text[position : found.start]
            position = found.end if isinstance(found, String) else found.start + len(found.text)
        above = re.split("[\r\n]", code + text[position:])[:-1]
        return any(depth > 0 for depth in accumulate(sum(map(line.count, "([{")) - sum(map(line.count, ")]}")) for line in above))

    def joins_literals(self, numbers: Sequence[int]) -> bool:
        """Whether no plus sign stands between some line and the next: literals that are joined by standing beside each other."""
        return any(
            not self.code(above).endswith("+") and not self.code(below).startswith("+") and not any(map(self.code, range(above + 1, below)))
            for above, below in pairwise(numbers)
        )

    def breaks(self, rows: Sequence[Row], indents: Sequence[str]) -> list[Break] | None:
        """What is to stand between the lines; `None` where a comment stands elsewhere, as beside an empty literal, or would go over the
        line's end."""
        if any(not rows[0].number <= line < rows[-1].number for line in self.comments):
            return None
        columns = self._columns(rows)
        found: list[Break] = []
        for (row, below), indent in zip(pairwise(rows), indents, strict=True):
            between = [*range(row.number + 1, below.number)] if self.comments else []
            if any(map(self.code, between)):
                return None
            comment = ""
            if row.number in columns:
                text = self.module.lines.line_text(row.number)
                at = self.comments[row.number]
                gap = text[len(text[:at].rstrip()) : at]
                comment = (gap if "\t" in gap else " " * (columns[row.number] - row.end)) + text[at:]
                if row.end + len(comment) > max(self.module.line_length, len(text)):
                    return None
            found.append(Break(indent, comment, tuple(self.module.lines.line_text(line).rstrip() for line in between)))
        return found

    def _columns(self, rows: Sequence[Row]) -> dict[int, int]:
        """Where the comments are to start, by line. Those below each other stay so, as far behind the longest line as they are now."""
        columns: dict[int, int] = {}
        for column in {*self.comments.values()}:
            above = [row for row in rows if self.comments.get(row.number) == column]
            if above:
                longest = max(row.end for row in above)
                gap = min(column - self._code_end(row.number) for row in above)
                moved = self._moved(column, rows[-1])
                columns |= {row.number: moved if moved >= longest + min(gap, _LEAST_GAP) else longest + gap for row in above}
        return columns

    def _code_end(self, line: int) -> int:
        """The column, from 0, where the code before a comment ends."""
        return len(self.module.lines.line_text(line)[: self.comments[line]].rstrip())

    def _moved(self, column: int, last: Row) -> int:
        """Where the comment behind the whole chain comes to stand, which moves as the chain's end does, if it stands in `column` now."""
        if not any(one.start == column for one in comments(self.module.lines.line_text(last.number))):
            return -1
        return column + last.end - (self.module.lines.column(self.end) - 1)


def indentation(line: str) -> str:
    """The spaces and tabs that a line starts with."""
    return line[: len(line) - len(line.lstrip(" \t"))]
