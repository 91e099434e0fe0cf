"""The lines that a run is limited to. A site is within where its shown span, or something that its rewrite changes, touches one of them."""

from __future__ import annotations

from collections.abc import Iterable

from codemods.analysis.text.positions import Lines
from codemods.engine.splice import Spliced, narrowed
from codemods.model.outcome import Edit
from codemods.model.settings import LineRanges

Span = tuple[int, int]


class Limit:
    """What of one pass's text is within.

    Args:
        ranges: lines of the file as read (`Settings.lines`); None for all.
        original: the lines of the file as read; `lines` those of the pass's text, which `spliced` holds.

    What earlier passes wrote is within too, with the lines it stands on: whoever looks at the result, as the next run of a hook does, finds
    these lines changed.
    """

    def __init__(self, ranges: LineRanges | None, spliced: Spliced, original: Lines, lines: Lines) -> None:
        self._ranges, self._spliced, self._original, self._lines = ranges, spliced, original, lines
        self._own = [_on(lines, span) for span in spliced.written()] if ranges is not None else []

    def takes(self, *spans: Span) -> bool:
        """Whether one of the spans, in characters of the pass's text, is within."""
        return self._ranges is None or any(self._touches(span) for span in spans)

    def takes_edit(self, edit: Edit) -> bool:
        """Whether something that the edit changes is within."""
        return self._ranges is None or any(self._touches((small.start, small.end)) for small in narrowed(self._lines.text, edit))

    def _touches(self, span: Span) -> bool:
        if _meets(_on(self._lines, span), self._own):
            return True
        start, end = self._spliced.to_original(span[0]), self._spliced.to_original(span[1], end=True)
        return _meets(_on(self._original, (start, max(start, end))), self._ranges or ())


def _on(lines: Lines, span: Span) -> Span:
    """The first and the last line of a span of characters."""
    start, end = span
    return lines.line(start), lines.line(max(start, end - 1))


def _meets(lines: Span, ranges: Iterable[Span]) -> bool:
    return any(first <= lines[1] and lines[0] <= last for first, last in ranges)
