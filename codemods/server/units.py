"""Places in an editor's document: lines from 0, and columns in the units that client and server agreed on, mostly those of UTF-16.

Lines end at LF, CRLF and CR, for the protocol as for us; `str.splitlines` would end them at form feeds and U+2028, too.
"""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from codemods.analysis.text.positions import Lines
from codemods.model.outcome import Diagnostic, Edit

BOM = "\ufeff"

_BYTES = {types.PositionEncodingKind.Utf8: ("utf-8", 1), types.PositionEncodingKind.Utf16: ("utf-16-le", 2)}


class Places:
    """Converts between the text of a document and the client's positions in it.

    An editor may leave a byte order mark in the text, which the core does not count.
    """

    def __init__(self, text: str, encoding: str | None) -> None:
        self._codec, self._size = _BYTES.get(types.PositionEncodingKind(encoding or "utf-16"), ("utf-32-le", 4))
        self._lead = self._units(BOM) if text.startswith(BOM) else 0
        self._lines = Lines(text.removeprefix(BOM))

    def position(self, offset: int) -> types.Position:
        """The position of a character, counted as the core counts them."""
        line = self._lines.line(offset)
        start = self._lines.starts[line - 1]
        return types.Position(line - 1, self._units(self._lines.text[start:offset]) + (self._lead if line == 1 else 0))

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.position(start), self.position(end))

    def of_site(self, one: Diagnostic) -> types.Range:
        """Where a site is shown."""
        starts = self._lines.starts
        return self.range(starts[one.line - 1] + one.column - 1, starts[one.end_line - 1] + one.end_column - 1)

    def edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        return [types.TextEdit(self.range(one.start, one.end), one.text) for one in edits]

    def _units(self, text: str) -> int:
        return len(text) if text.isascii() else len(text.encode(self._codec, "surrogatepass")) // self._size


def overlap(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges share a place; an empty one is a place of its own."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def holds(one: types.Range, place: types.Position) -> bool:
    return _key(one.start) <= _key(place) <= _key(one.end)


def _key(place: types.Position) -> tuple[int, int]:
    return place.line, place.character
