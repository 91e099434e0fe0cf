"""The inside of string literals: their words and replacement fields, and how the same words are spelled between other quotes.

Bodies are handed out as a literal without `f` spells them, so that pieces of f-strings and of other literals can be joined: braces stand
single. Escape sequences keep the spelling they have in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from codemods.analysis.text.lexing import String, scan

_BRACES = re.compile(r"\\N\{[^}]*\}|\\[^N{}]|\{\{|\}\}|[{}]", re.DOTALL)
_RAW_BRACES = re.compile(r"\{\{|\}\}|[{}]")
_ESCAPES = re.compile(r"\\(?:\r\n|[\s\S])|['\"]")
_OPEN_OCTAL = re.compile(r"(?:[^\\]|\A)(?:\\\\)*\\[0-7]{1,2}\Z")


class Words(Struct, frozen=True):
    """A stretch of a literal's text, as spelled. `start` is its literal's character offset, `quote` its literal's quotes."""

    body: str
    quote: str
    raw: bool
    start: int

    @property
    def escapes(self) -> bool:
        """Whether it means something else with an `r` before it, or without."""
        return "\\" in self.body


class Kept(Struct, frozen=True):
    """A replacement field of an f-string, braces included. `start` is its literal's character offset."""

    text: str
    start: int


class Token(Struct, frozen=True):
    """One literal of a (perhaps implicitly concatenated) string: its span in the file, its quotes and what it holds."""

    start: int
    end: int
    quote: str
    parts: tuple[Words | Kept, ...]


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The literals of the string expression at characters [start, end) of `text`, comments between them left out."""
    segment = text[start:end]
    for found in scan(segment):
        if isinstance(found, String):
            yield Token(start + found.start, start + found.end, found.quote, tuple(_parts(segment, found, start)))


def _parts(text: str, string: String, offset: int) -> Iterator[Words | Kept]:
    raw, start = "r" in string.prefix.lower(), offset + string.start
    position, end = string.start + len(string.prefix) + len(string.quote), string.end - len(string.quote)
    for field in string.fields:
        opening = field.start - 1
        if opening < position:
            continue  # stands in the format spec of the field before it
        if opening > position:
            yield Words(_single_braces(text[position:opening], raw), string.quote, raw, start)
        position = _behind_field(text, field.end)
        yield Kept(text[opening:position], start)
    if position < end:
        body = text[position:end]
        yield Words(_single_braces(body, raw) if string.formatted else body, string.quote, raw, start)


def _behind_field(text: str, position: int) -> int:
    """Behind the `}` that closes a field whose expression ends at `position`; its format spec may hold fields of its own."""
    depth = 1
    while depth:
        match text[position]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
        position += 1
    return position


def _single_braces(body: str, raw: bool) -> str:
    pattern = _RAW_BRACES if raw else _BRACES
    return pattern.sub(lambda match: match[0][0] if match[0] in ("{{", "}}") else match[0], body)


def double_braces(body: str, raw: bool) -> str:
    """A plain literal's body as an f-string spells it."""
    pattern = re.compile(r"[{}]") if raw else re.compile(r"\\N\{[^}]*\}|\\[^N{}]|[{}]", re.DOTALL)
    return pattern.sub(lambda match: match[0] * 2 if match[0] in "{}" else match[0], body)


def between(words: Words, quote: str) -> str | None:
    """The body as it is spelled between `quote`s, or `None` where it would need an escape that is not there now.

    Triple quotes take only what stands between such already.

    An escaped quote that no longer needs its backslash loses it; in a raw literal the backslash is part of the text and stays.
    """
    if words.quote == quote:
        return words.body
    if len(quote) > 1:
        return None
    if words.raw:
        return None if quote in words.body else words.body
    possible = True

    def spelled(match: re.Match[str]) -> str:
        nonlocal possible
        if match[0] == quote:
            possible = False
        return match[0][1] if match[0] == f"\\{words.quote}" else match[0]

    body = _ESCAPES.sub(spelled, words.body)
    return body if possible else None


def escapes_quote(body: str, quote: str) -> bool:
    """Whether the body, between `quote`s, holds that quote behind a backslash."""
    return any(match[0] == f"\\{quote}" for match in _ESCAPES.finditer(body))


def runs_on(before: str, after: str) -> bool:
    """Whether an octal escape at the end of one body would take in the first digit of the next: `"\\1" + "2"`."""
    return bool(after) and after[0] in "01234567" and _OPEN_OCTAL.search(before) is not None


def requoted(expression: str, quote: str) -> bool:
    """Whether every literal in `expression` that holds `quote` is simple enough to be put between the other quotes instead.

    That is: `quote` occurs as the quotes of plain literals only, which hold neither the other quote nor an escaped one.
    """
    other = "'" if quote == '"' else '"'
    rest: list[str] = []
    position = 0
    for found in scan(expression):
        if not isinstance(found, String):
            return False
        body = expression[found.start : found.end]
        if found.quote == quote and (found.formatted or other in body or f"\\{quote}" in body):
            return False
        if found.quote != quote and quote in body:
            return False
        rest.append(expression[position : found.start])
        position = found.end
    rest.append(expression[position:])
    return quote not in "".join(rest)
