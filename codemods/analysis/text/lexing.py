"""Comments and string literals of a text, by our own scanner.

`tokenize` would do, but it sees f-strings as one token before Python 3.12 and as many after, so the same text would get different
answers from different Pythons. This scanner reads f-strings as 3.12 does (PEP 701); every f-string that 3.11 accepts reads the same.
It works on fragments as well as on files, and never fails: what is no Python comes out somehow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_NEXT = re.compile(r"""\#[^\r\n]*|(?:(?<!\w)([bBfFrRuU]{1,2}))?(\"{3}|'{3}|"|')""")
_IN_FIELD = re.compile(r"""\#[^\r\n]*|(?:(?<!\w)([bBfFrRuU]{1,2}))?(\"{3}|'{3}|"|')|[\[\](){}:]|!(?!=)""")
_REST = {
    '"': re.compile(r'[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*"?'),
    "'": re.compile(r"[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'?"),
    '"""': re.compile(r'[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*(?:""")?'),
    "'''": re.compile(r"[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*(?:''')?"),
}
_SPECIAL = re.compile(r"[\\{}'\"\r\n]")


class Comment(Struct, frozen=True):
    """A comment, from its `#` to the end of its line. `start` is a character offset; `in_field`: it stands in an f-string's field."""

    start: int
    text: str
    in_field: bool = False


class Field(Struct, frozen=True):
    """The expression of an f-string's replacement field: characters [start, end) between `{` and `!`, `:`, `=}` or `}`.

    `comments` and `strings` are those of the expression itself, the strings' own fields not included. A `=` sign is part of the span.
    """

    start: int
    end: int
    comments: tuple[Comment, ...]
    strings: tuple[String, ...]


class String(Struct, frozen=True):
    """One string literal, prefix and quotes included: characters [start, end). `fields` are those of an f-string, format specs' too."""

    start: int
    end: int
    prefix: str
    quote: str
    fields: tuple[Field, ...] = ()

    @property
    def formatted(self) -> bool:
        return "f" in self.prefix.lower()


def scan(text: str) -> Iterator[Comment | String]:
    """The comments and string literals of `text` in order. Those inside f-strings are found in the `String`'s fields."""
    position = 0
    while match := _NEXT.search(text, position):
        if match[2] is None:
            yield Comment(match.start(), match[0])
            position = match.end()
        else:
            string = _string(text, match)
            yield string
            position = string.end


def _string(text: str, match: re.Match[str]) -> String:
    prefix, quote = match[1] or "", match[2]
    if "f" not in prefix.lower():
        rest = _REST[quote].match(text, match.end())
        return String(match.start(), rest.end() if rest else match.end(), prefix, quote)
    fields: list[Field] = []
    end = _literal(text, match.end(), quote, "r" in prefix.lower(), False, fields)
    return String(match.start(), end, prefix, quote, tuple(fields))


def _literal(text: str, position: int, quote: str, raw: bool, in_spec: bool, fields: list[Field]) -> int:
    """Reads an f-string's literal part (or a field's format spec); returns where it ends: behind the quote, or at the spec's `}`."""
    while match := _SPECIAL.search(text, position):
        position = match.end()
        match match[0]:
            case "\\":
                position = _escape(text, position, raw)
            case "{" if not in_spec and text.startswith("{", position):
                position += 1
            case "{":
                position = _field(text, position, quote, raw, fields)
            case "}" if in_spec:
                return match.start()
            case "\r" | "\n" if len(quote) == 1:
                return match.start()  # unterminated: no Python, or a field that spans lines, which `_field` reads
            case "'" | '"' if text.startswith(quote, match.start()):
                return match.start() if in_spec else match.start() + len(quote)
    return len(text)


def _escape(text: str, position: int, raw: bool) -> int:
    """Behind a backslash: where the escape sequence ends. A brace behind one still opens a field; `\\N{…}` is no field."""
    if not raw and text.startswith("N{", position):
        return text.find("}", position) + 1 or len(text)
    if text.startswith(("{", "}"), position):
        return position
    return position + (2 if text.startswith("\r\n", position) else 1)


def _field(text: str, start: int, quote: str, raw: bool, fields: list[Field]) -> int:
    """Reads a replacement field from behind its `{`; returns the offset behind its `}`."""
    depth, position, end = 0, start, len(text)
    comments: list[Comment] = []
    strings: list[String] = []
    inner: list[Field] = []
    while match := _IN_FIELD.search(text, position):
        position = match.end()
        if match[2] is not None:
            string = _string(text, match)
            strings.append(string)
            position = string.end
            continue
        sign = match[0]
        if sign[0] == "#":
            comments.append(Comment(match.start(), sign, True))
        elif sign in "([{":
            depth += 1
        elif depth and sign in ")]}":
            depth -= 1
        elif not depth and sign in "!:}":
            end = match.start()
            position = _behind(text, match, quote, raw, inner)
            break
    else:
        position = len(text)
    fields.append(Field(start, end, tuple(comments), tuple(strings)))
    fields.extend(inner)
    return position


def _behind(text: str, match: re.Match[str], quote: str, raw: bool, inner: list[Field]) -> int:
    """From the `!`, `:` or `}` that ends a field's expression to behind the field."""
    if match[0] == "}":
        return match.end()
    position = _literal(text, match.end(), quote, raw, True, inner)  # a conversion reads like a part of the spec
    return position + 1 if text.startswith("}", position) else position
