"""f-strings put together in text, from words and expressions: which prefix, which quotes, how wide. Imports no LibCST.

A `Piece` says all that `patterns.formatted_string` needs to build the literal, so that what is measured is what is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from codemods.analysis.text.string_literals import Words, between, double_braces, escapes_quote, requoted, runs_on
from codemods.model.verdict import Refusal, Refused

MIXED_RAW = Refusal(
    "raw", "the raw literal `{text}`, with backslashes, is joined with a literal that has escapes, and one f-string cannot spell both"
)
RAW_BRACES = Refusal(
    "raw-braces", "the braces of the raw literal `{text}`, which is a pattern more often than not, would have to be doubled", sort="style"
)
BRACES = Refusal("braces", "braces of the text, in `{text}` for one, would have to be doubled, and read better as they are", sort="style")
QUOTES = Refusal("quotes", "whichever quotes the f-string had, a backslash would be needed: for {places}", sort="style")
OCTAL = Refusal("octal", "the escape at the end of `{one}` would take in the first digit of `{other}`")

MOST_BRACES = 2
_BRACES = frozenset("{}")
_COUNT = re.compile(r"\{\s*[\d,\0][\d\s,\0]*\}")

Quote = Literal['"', "'", '"""', "'''"]

Step = str | int
"""A step from an expression to a part of it: "left", "right", "argument" (of a call with one), or the number of an element of a tuple or
dict, or of an argument of a call."""


class Hole(Struct, frozen=True):
    """An expression for a replacement field.

    Attributes:
        text: the expression as it stands in the file; of a kept field all of it, braces included.
        start: the character offset of the operand it belongs to.
        path: the steps to it from the chain.
        kept: which field of the f-string at `path` it is, from 0; -1 where it is an expression of its own.
        conversion, spec: what stands behind `!` and behind `:`.
        calls: it is a call with arguments.
        access: the look-ups behind the expression that the field makes: `.real`, `[0]`.
        bracketed: the expression stands in parentheses, which are in `text`.
    """

    text: str
    start: int
    path: tuple[Step, ...]
    kept: int = -1
    conversion: str = ""
    spec: str = ""
    calls: bool = False
    access: str = ""
    bracketed: bool = False

    @property
    def width(self) -> int:
        if self.kept >= 0:
            return len(self.text)
        marks = sum(1 + len(mark) for mark in (self.conversion, self.spec) if mark)
        return len(self.text) + len(self.access) + 2 + marks + self.spaced

    @property
    def spaced(self) -> bool:
        """A brace that starts the expression must not touch the field's own; not asked of a kept field."""
        return self.text.startswith("{")

    def allows(self, quote: str) -> bool:
        """Whether it can stand between `quote`s, its own literals put between the other quotes where they have the same."""
        if quote in self.spec:
            return False
        text = self.text + self.access
        if len(quote) > 1:
            return quote not in text
        if quote not in text:
            return True
        # What follows `=` is printed as it is spelled, and a format spec is no expression: neither can change.
        return (self.kept < 0 or not any(mark in text for mark in "=:")) and requoted(text, quote)


class Piece(Struct, frozen=True):
    """One literal of the result. `parts` are its words as they are to be spelled, and its fields."""

    prefix: str
    quote: Quote
    parts: tuple[str | Hole, ...]

    @property
    def width(self) -> int:
        return len(self.prefix) + 2 + sum(len(part) if isinstance(part, str) else part.width for part in self.parts)

    @property
    def doubles_braces(self) -> bool:
        """Whether braces of its words have to be doubled: it has fields too."""
        return "f" in self.prefix and any(isinstance(part, str) and not _BRACES.isdisjoint(part) for part in self.parts)


def _raw(words: Sequence[Words]) -> str:
    """The first raw literal, for a sentence."""
    return _shown(next(part.body for part in words if part.raw))


def _shown(text: str) -> str:
    """Words for a sentence: on one line, and short."""
    text = " ".join(text.split())
    return text if len(text) <= 30 else f"{text[:29]}…"


def _last_of(text: str) -> str:
    """The same from the words' end."""
    text = " ".join(text.split())
    return text if len(text) <= 30 else f"…{text[-29:]}"


def piece(parts: Sequence[Words | Hole], own: Quote, doubled: bool = False) -> Piece | Refused:
    """One literal of `parts`, in `own` quotes where these need no backslash, else in the others, else in `own` with those it has.

    Triple quotes stay as they are, and only the words that stand between such fit there.
    `doubled`: the braces of the words are doubled in the file already, so that it makes no difference how many there are.
    """
    words = [part for part in parts if isinstance(part, Words)]
    formatted = len(words) < len(parts)
    raw = any(part.raw and part.escapes for part in words)
    if raw and any(not part.raw and part.escapes for part in words):
        return MIXED_RAW(text=_raw(words))
    raw = raw or (bool(words) and all(part.raw for part in words))
    braces = sum(len(double_braces(part.body, raw)) - len(part.body) for part in words) if formatted else 0
    if braces and not doubled and any(part.raw for part in words):
        return RAW_BRACES(text=_raw(words))
    if not doubled and (braces > MOST_BRACES or (braces and _crowded(parts))):
        return BRACES(text=_shown(next(part.body for part in words if "{" in part.body or "}" in part.body)))
    for one, other in pairwise(words):
        if not one.raw and runs_on(one.body, other.body):
            return OCTAL(one=_last_of(one.body), other=_shown(other.body))
    prefix = ("r" if raw else "") + ("f" if formatted else "")
    spelled: Piece | None = None
    others: dict[Quote, tuple[Quote, ...]] = {'"': ("'",), "'": ('"',)}
    for quote in (own, *others.get(own, ())):
        joined = _joined(parts, quote, raw, formatted)
        if joined is None:
            continue
        if raw or not any(isinstance(part, str) and escapes_quote(part, quote) for part in joined):
            return Piece(prefix, quote, joined)
        spelled = spelled or Piece(prefix, quote, joined)
    return spelled or QUOTES(places=" and ".join(_backslash(parts, quote) for quote in (own, *others.get(own, ()))))


def _backslash(parts: Sequence[Words | Hole], quote: Quote) -> str:
    """The first part that cannot stand between `quote`s, in words."""
    part = next(one for one in parts if (not one.allows(quote) if isinstance(one, Hole) else between(one, quote) is None))
    name = {'"': "double", "'": "single"}.get(quote, "triple")
    return f"`{_shown(part.text + part.access if isinstance(part, Hole) else part.body)}` between {name} quotes"


def _crowded(parts: Sequence[Words | Hole]) -> bool:
    """Whether more than a name touches braces of the text, `{{{names["office"]!s}}}`, `{self.indent()}}}`, or they hold a pattern's count,
    `{{0,{width}}}`, `x{{2,4}}`."""
    text = "".join(part.body if isinstance(part, Words) else "\0" for part in parts)
    if any(found != "{\0}" for found in _COUNT.findall(text)):
        return True
    for one, other in pairwise(parts):
        match one, other:
            case (Words(body=body), Hole(kept=-1) as hole) if body.endswith("{"):
                touched = hole
            case (Hole(kept=-1) as hole, Words(body=body)) if body.startswith("}"):
                touched = hole
            case _:
                continue
        if touched.conversion or touched.spec or not touched.text.isidentifier():
            return True
    return False


def _joined(parts: Sequence[Words | Hole], quote: str, raw: bool, formatted: bool) -> tuple[str | Hole, ...] | None:
    """The parts as they stand between `quote`s; `None` where a new backslash would be needed."""
    joined: list[str | Hole] = []
    for part in parts:
        if isinstance(part, Hole):
            if not part.allows(quote):
                return None
            joined.append(part)
            continue
        body = between(part, quote)
        if body is None:
            return None
        joined.append(double_braces(body, raw) if formatted else body)
    return tuple(joined)
