"""`str.format` templates as they are spelled: their text and their replacement fields."""

from __future__ import annotations

import keyword
import re
import string
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

_STEP = re.compile(r"\\N\{[^}]*\}|\\[^{}]|\{\{|\}\}|[{}]", re.DOTALL)
_RAW_STEP = re.compile(r"\{\{|\}\}|[{}]")
_FIELD = re.compile(r"(?P<name>(?:[^!:{}\[\]]|\[[^\[\]{}]*\])*)(?:!(?P<conversion>[sra]))?(?P<spec>:.*)?", re.DOTALL)
_NAME = re.compile(r"(?P<first>[^.\[\]]*)(?P<access>(?:\.[^.\[\]]+|\[[^\[\]]+\])*)")
_ACCESS = re.compile(r"\.([^.\[\]]+)|\[([^\[\]]+)\]")
_NESTED = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"0|[1-9][0-9]*")
_KEY = re.compile(r"[^\\'\"{}#\r\n]+")


class Field(Struct, frozen=True):
    """One `{…}` of a template.

    Attributes:
        name: which argument: a number, a name, or "" for the next one.
        access: the look-ups behind it as Python spells them: `.real`, `[0]`, `['key']`.
        conversion: the letter behind `!`, or "".
        spec: what stands behind the colon, text and fields in order.
        written: name, spec and conversion as `string.Formatter.parse` gives them.
    """

    name: str
    access: str
    conversion: str
    spec: tuple[str | Field, ...]
    written: tuple[str, str, str | None]


def split_fields(body: str, raw: bool) -> Iterator[str | Field]:
    """A template's text, braces single, and its fields in order. `body` is spelled as in the file.

    Raises `ValueError` where it is no valid template, or one of which an f-string cannot say the same.
    """
    text, position = "", 0
    pattern = _RAW_STEP if raw else _STEP
    while match := pattern.search(body, position):
        text += body[position : match.start()]
        position = match.end()
        match match[0]:
            case "{{" | "}}" as braces:
                text += braces[0]
            case "}":
                raise ValueError("a brace closes nothing")
            case "{":
                if text:
                    yield text
                end = _closing(body, position)
                yield _field(body[position:end], nested=False)
                text, position = "", end + 1
            case escape:
                text += escape
    if text + body[position:]:
        yield text + body[position:]


def _closing(body: str, position: int) -> int:
    """Where the brace stands that closes the field which starts at `position`."""
    depth = 1
    for match in re.compile(r"[{}]").finditer(body, position):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    raise ValueError("a brace is not closed")


def _field(written: str, nested: bool) -> Field:
    match = _FIELD.fullmatch(written)
    if match is None or "\\" in written:
        raise ValueError(f"`{{{written}}}` is no plain field")
    name = _NAME.fullmatch(match["name"])
    if name is None or not (name["first"] == "" or _NUMBER.fullmatch(name["first"]) or is_plain_name(name["first"])):
        raise ValueError(f"`{match['name']}` is no plain name")
    spec = (match["spec"] or ":")[1:]
    if nested and match["spec"] is not None:
        raise ValueError("a field in a format spec has one of its own")
    access = "".join(_access(one[1], one[2]) for one in _ACCESS.finditer(name["access"]))
    return Field(name["first"], access, match["conversion"] or "", tuple(_spec(spec)), (match["name"], spec, match["conversion"]))


def _access(attribute: str | None, key: str | None) -> str:
    if attribute is not None:
        if not is_plain_name(attribute):
            raise ValueError(f"`.{attribute}` is no plain attribute")
        return f".{attribute}"
    assert key is not None
    if _NUMBER.fullmatch(key):
        return f"[{key}]"
    if key.isdigit() or not _KEY.fullmatch(key):
        raise ValueError(f"`[{key}]` is no plain key")
    return f"['{key}']"


def is_plain_name(name: str) -> bool:
    """Whether Python reads the name as it is: no keyword, not mangled in classes, not normalised."""
    mangled = name.startswith("__") and not name.endswith("__")
    return name.isidentifier() and not keyword.iskeyword(name) and not mangled and unicodedata.normalize("NFKC", name) == name


def _spec(spec: str) -> Iterator[str | Field]:
    position = 0
    for match in _NESTED.finditer(spec):
        yield from _spec_text(spec[position : match.start()])
        yield _field(match[1], nested=True)
        position = match.end()
    yield from _spec_text(spec[position:])


def _spec_text(text: str) -> Iterator[str]:
    if "{" in text:  # the first of those that are not closed
        raise ValueError("a brace stands in a format spec")
    if text:
        yield text


def reads_the_same(parts: Sequence[str | Field], value: str) -> bool:
    """Whether `str.format` finds those very fields, and as many other braces, in `value`: escapes may hide some. Raises `ValueError`."""
    found = list(string.Formatter().parse(value))
    fields = [(name, spec or "", conversion) for _, name, spec, conversion in found if name is not None]
    shown = "".join(re.sub(r"\\N\{[^}]*\}", "", part) for part in parts if isinstance(part, str))
    text = "".join(part for part, *_ in found)
    same_braces = all(shown.count(brace) == text.count(brace) for brace in "{}")
    return same_braces and fields == [part.written for part in parts if isinstance(part, Field)]
