"""Python source as coloured text, in colours that any palette of sixteen shows well on its own background."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from pygments.lexers.python import PythonLexer
from pygments.token import Token, _TokenType
from rich.text import Text

from codemods.report.visible import shown_source

# The first that holds decides. Few colours: the eye is to fall on what changes.
_STYLES: tuple[tuple[_TokenType, str], ...] = (
    (Token.Comment, "dim italic"),
    (Token.Keyword, "magenta"),
    (Token.Operator.Word, "magenta"),
    (Token.Literal.String.Interpol, ""),
    (Token.Literal.String.Escape, "bold cyan"),
    (Token.Literal, "cyan"),
    (Token.Name.Decorator, "blue"),
    (Token.Name.Function, "bold"),
    (Token.Name.Class, "bold"),
)
# Colouring takes a second for a million characters.
LONGEST_COLOURED = 500_000


class Source:
    """A file's text to show. `lines` are its lines as they are, with their ends."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._shown = [shown_source(line.rstrip("\r\n")) for line in lines]

    def line(self, index: int) -> Text:
        """The line at `index`, from 0, coloured and harmless, without its end."""
        text = Text(self._shown[index])
        start = self._starts[index]
        end = start + len(text)
        for first, last, style in self._styled[max(0, bisect_right(self._styled, (start,)) - 1) :]:
            if first >= end:
                break
            if last > start:
                text.stylize(style, max(first, start) - start, min(last, end) - start)
        return text

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self._shown), initial=0))

    @cached_property
    def _styled(self) -> list[tuple[int, int, str]]:
        """The stretches that are not plain, by position, in characters of the shown lines."""
        text = "\n".join(self._shown)
        if len(text) > LONGEST_COLOURED:
            return []
        found = []
        for index, kind, value in PythonLexer().get_tokens_unprocessed(text):
            if style := style_of(kind):
                found.append((index, index + len(value), style))
        return found


def style_of(kind: _TokenType) -> str:
    """The style of a token's kind; empty for a plain one."""
    return next((style for family, style in _STYLES if kind in family), "")
