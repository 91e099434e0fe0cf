"""Characters of a text as lines and columns, both counted from 1; lines end at LF, CRLF and CR."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from codemods.report.lines import python_lines


class Places:
    """The places of one text."""

    def __init__(self, text: str) -> None:
        self._starts = list(accumulate(map(len, python_lines(text)), initial=0))
        if len(self._starts) > 1 and not text.endswith(("\n", "\r")):
            self._starts.pop()  # the end of the last line is on it, and on no line after it

    def of(self, offset: int) -> tuple[int, int]:
        """The line and column of the character at `offset`, or of the end."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
