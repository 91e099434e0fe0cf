"""The lines that a run is limited to. A site is within where its shown span, or something that its rewrite changes, touches one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from codemods.engine.splice import Spliced, narrowed
from codemods.model.outcome import Edit
from codemods.model.settings import LineRanges

Span = tuple[int, int]


class Limit:
    """What of one pass's text is within.

    Args:
        ranges: lines of the file as read (`Settings.lines`); None for all.
        spliced: the pass's text, and how it came from the file as read.

    Lines end at LF here, as git counts them, also where the tokenizer sees more of them.

    What earlier passes wrote is within too, with the lines it stands on: whoever looks at the result, as the next run of a hook does, finds
    these lines changed.
    """

    def __init__(self, ranges: LineRanges | None, spliced: Spliced) -> None:
        self._ranges, self._spliced = ranges, spliced
        self._original: tuple[int, ...] = ()
        self._lines: tuple[int, ...] = ()
        self._own: tuple[Span, ...] = ()
        if ranges is not None:
            self._original = _starts(spliced.original)
            self._lines = self._original if spliced.text is spliced.original else _starts(spliced.text)
            self._own = tuple(_on(self._lines, span) for span in spliced.written())

    def takes(self, *spans: Span) -> bool:
        """Whether one of the spans, in characters of the pass's text, is within."""
        return self._ranges is None or any(self._touches(span) for span in spans)

    def takes_edit(self, edit: Edit) -> bool:
        """Whether something that the edit changes is within."""
        return self._ranges is None or any(self._touches((small.start, small.end)) for small in narrowed(self._spliced.text, edit))

    def _touches(self, span: Span) -> bool:
        if _meets(_on(self._lines, span), self._own):
            return True
        start, end = self._spliced.to_original(span[0]), self._spliced.to_original(span[1], end=True)
        return _meets(_on(self._original, (start, max(start, end))), self._ranges or ())


def _starts(text: str) -> tuple[int, ...]:
    return (0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1]))


def _on(starts: Sequence[int], span: Span) -> Span:
    """The first and the last line of a span of characters."""
    start, end = span
    return bisect_right(starts, start), bisect_right(starts, max(start, end - 1))


def _meets(lines: Span, ranges: Iterable[Span]) -> bool:
    return any(first <= lines[1] and lines[0] <= last for first, last in ranges)
