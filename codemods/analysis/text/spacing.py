"""The spaces between the tokens of a statement that PEP 8 wants otherwise.

Works on text alone, with a stack of brackets, so that nothing needs to be parsed again. What stands in strings and comments is a token of
its own and never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from codemods.analysis.text.lexing import Comment, scan

_CODE = re.compile(r"\w+|:=|->|[<>=!]=|(?:\*\*|//|>>|<<|[-+*/%@&|^])=|\S")
_AUGMENTED = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**="})
_SPACES = frozenset(" \t")

STRING, COMMENT, ASSIGN = "''", "#", "="
OPENERS, CLOSERS = frozenset("([{"), frozenset(")]}")


class Token(Struct, frozen=True):
    """Characters [start, end) of a text. `mark` is the text itself; `STRING` for any string, `COMMENT` for any comment."""

    start: int
    end: int
    mark: str


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text, well enough for judging the spaces between them: a number may come out in pieces."""
    position = 0
    for found in scan(text):
        yield from _plain(text, position, found.start)
        is_comment = isinstance(found, Comment)
        position = found.start + len(found.text) if isinstance(found, Comment) else found.end
        yield Token(found.start, position, COMMENT if is_comment else STRING)
    yield from _plain(text, position, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    return (Token(match.start(), match.end(), match[0]) for match in _CODE.finditer(text, start, end))


class Gap(Struct, frozen=True):
    """Spaces, perhaps none, at characters [start, end) that should be `new`. `in_slices`: beside the indices of a subscript with slices."""

    start: int
    end: int
    new: str
    in_slices: bool = False


class Bracket(Struct):
    """A pair of brackets, or (with no `kind`) what stands outside of all: its two places in the text, and what is known inside it.

    Attributes:
        kind: the opening sign.
        lambdas: how many `lambda`s wait for their colon.
        annotated: the parameter being read has an annotation.
        sliced: a slice was seen.
        wanted: the spaces wanted before the token of that number.
    """

    kind: str = ""
    start: int = 0
    end: int = 0
    lambdas: int = 0
    annotated: bool = False
    sliced: bool = False
    wanted: dict[int, str] = field(default_factory=dict)


class Spacing:
    """The gaps of one statement, of one expression, or (with `header`) of a definition up to its colon.

    Attributes:
        gaps: those to be changed, by position; none of them holds a line end, a backslash or a comment, or stands beside one.
        brackets: all pairs, in the order of their ends.
    """

    def __init__(self, text: str, *, header: bool = False) -> None:
        self.brackets: list[Bracket] = []
        self._text = text
        self._tokens = list(tokens(text))
        self._header = header
        self._open = [Bracket()]
        self._read()
        self.gaps = sorted(self._found(), key=lambda gap: gap.start)

    def _read(self) -> None:
        for index, token in enumerate(self._tokens):
            inner = self._open[-1]
            mark = token.mark
            if mark in OPENERS:
                self._open.append(Bracket(mark, token.start))
                self._open[-1].wanted[index + 1] = ""
            elif mark in CLOSERS:
                if len(self._open) == 1:
                    break
                inner.wanted[index] = ""
                inner.end = token.end
                self.brackets.append(self._open.pop())
            elif mark == "lambda":
                inner.lambdas += 1
            elif mark == ":" and inner.lambdas:
                inner.lambdas -= 1
            elif mark == ":" and self._header and not inner.kind:
                break
            elif not inner.lambdas:
                self._separator(index, mark, inner)

    def _separator(self, index: int, mark: str, inner: Bracket) -> None:
        if mark == ",":
            inner.annotated = False
            inner.wanted.update({index: "", index + 1: " "})
        elif mark == ":" and inner.kind == "[":  # a list has none
            inner.sliced = True
        elif mark == ":":
            inner.annotated = True
            inner.wanted.update({index: "", index + 1: " "})
        elif mark == ASSIGN:
            space = " " if not inner.kind or inner.annotated else ""
            inner.wanted.update({index: space, index + 1: space})
        elif mark in _AUGMENTED:
            inner.wanted.update({index: " ", index + 1: " "})

    def _found(self) -> Iterator[Gap]:
        for bracket in (*self.brackets, *self._open):
            for index, new in bracket.wanted.items():
                if not 0 < index < len(self._tokens):
                    continue
                before, behind = self._tokens[index - 1], self._tokens[index]
                old = self._text[before.end : behind.start]
                if old != new and _SPACES.issuperset(old) and not {before.mark, behind.mark} & {"\\", COMMENT}:
                    yield Gap(before.end, behind.start, new, bracket.sliced)
