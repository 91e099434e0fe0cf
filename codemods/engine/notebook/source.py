"""The code cells of a notebook's file, and where each of their characters stands in it, so that only those are touched that change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from codemods.model.outcome import Edit

_SPACE = re.compile(r"[ \t\n\r]*")
_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
_ESCAPED = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_DECODER = json.JSONDecoder()


class NotRead(ValueError):
    """The text is no notebook that can be read. `line` is 1-based, 0 for none; `asks` tells a file that is merely not for us."""

    def __init__(self, line: int, cause: str, *, asks: bool = False) -> None:
        super().__init__(cause)
        self.line = line
        self.cause = cause
        self.asks = asks


class CodeCell(Struct, frozen=True):
    """One code cell.

    Attributes:
        number: which of all the notebook's cells it is, from 1.
        source: its text.
        language: what the cell's own metadata say it is written in; empty where they say nothing.
        starts, ends: where the JSON of each character of the text begins and ends in the file's.
        gap: what the file has between two lines of a cell, quotes included; empty where the text is a single string.
        ascii_only: whether the file spells other characters with `\\u`.
    """

    number: int
    source: str
    language: str
    starts: list[int]
    ends: list[int]
    gap: str
    ascii_only: bool

    def edit(self, edit: Edit) -> Edit:
        """An edit of the cell's text as one of the file's. In a list of lines each new line is an element of its own."""
        count = len(self.source)
        start, stop = (self.starts[at] if at < count else self.ends[-1] for at in (edit.start, edit.end))
        text = json.dumps(edit.text, ensure_ascii=self.ascii_only)[1:-1]
        if not self.gap or (not text and start == stop):
            return Edit(start, stop, text, edit.rules)
        lines = re.split(r"(?<=\n)", edit.text)
        pieces = [json.dumps(line, ensure_ascii=self.ascii_only)[1:-1] for line in lines]
        if edit.end == count and not lines[-1]:  # the last element has nothing behind it, not even an empty one
            if edit.text:
                pieces.pop()
            elif edit.start:
                start = self.ends[edit.start - 1]
        text = self.gap.join(pieces)
        if edit.start == count and self.source.endswith("\n"):
            text = self.gap + text
        return Edit(start, stop, text, edit.rules)


def code_cells(text: str) -> list[CodeCell]:
    """The code cells of the notebook that `text` is the JSON of. Raises NotRead."""
    try:
        start = _behind_space(text, 0)
        members = _members(text, start)
        end = max([end for _, end, _ in members.values()], default=start + 1)
        if text[end:].strip(" \t\n\r") != "}":
            raise NotRead(0, "is not JSON: there is something behind its end")
    except json.JSONDecodeError as error:
        raise NotRead(error.lineno, f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise NotRead(0, "is nested too deeply") from None
    found = {name: value for name, (_, _, value) in members.items()}
    if not isinstance(found.get("cells"), list) or not isinstance(found.get("nbformat"), int):
        raise NotRead(0, "is a notebook of another format than 4", asks="worksheets" in found or "nbformat" in found)
    if found["nbformat"] != 4:
        raise NotRead(0, f"is a notebook of format {found['nbformat']}; only format 4 is read", asks=True)
    if (language := _language(found.get("metadata"))) not in ("", "python", "ipython"):
        raise NotRead(0, f"is a notebook for {language}", asks=True)
    ascii_only = text.isascii() and _ESCAPED.search(text) is not None
    return list(_cells(text, members["cells"][0], ascii_only))


def _language(metadata: object) -> str:
    """What the notebook is written in, in lower case; Sage calls itself Python, and reads numbers in its own way."""
    match metadata:
        case {"kernelspec": {"name": str(name)}} if "sage" in name.lower():
            return "sage"
        case {"kernelspec": {"language": str(language)}} | {"language_info": {"name": str(language)}}:
            return language.lower()
        case _:
            return ""


def _cells(text: str, at: int, ascii_only: bool) -> Iterator[CodeCell]:
    for number, (start, _, value) in enumerate(_elements(text, at), 1):
        match value:
            case {"cell_type": "code", "source": str() | list()}:
                cell = _members(text, start)
                yield _cell(text, cell["source"], number, _own_language(value), ascii_only)
            case {"cell_type": "code"} | str() | int() | float() | list() | None:
                raise NotRead(0, f"holds no code where its cell {number} should have some")
            case _:
                pass


def _own_language(cell: dict[str, Any]) -> str:
    match cell:
        case {"metadata": {"vscode": {"languageId": str(language)}}}:
            return language.lower()
        case _:
            return ""


def _cell(text: str, member: tuple[int, int, Any], number: int, language: str, ascii_only: bool) -> CodeCell:
    start, end, value = member
    strings = [(start, end, value)] if isinstance(value, str) else list(_elements(text, start))
    if not all(isinstance(one, str) for _, _, one in strings):
        raise NotRead(0, f"holds something else than text in its cell {number}")
    starts: list[int] = []
    ends: list[int] = []
    for first, last, _ in strings:
        for found in _CHARACTER.finditer(text, first + 1, last - 1):
            starts.append(found.start())
            ends.append(found.end())
    source = "".join(one for _, _, one in strings)
    assert len(starts) == len(source)
    return CodeCell(number, source, language, starts, ends, "" if isinstance(value, str) else _gap(text, start, strings), ascii_only)


def _gap(text: str, start: int, strings: list[tuple[int, int, Any]]) -> str:
    if len(strings) > 1:
        return text[strings[0][1] - 1 : strings[1][0] + 1]
    space = text[start + 1 : strings[0][0]] if strings else ""
    return f'",{space or (" " if ": " in text[:200] else "")}"'


def _members(text: str, at: int) -> dict[str, tuple[int, int, Any]]:
    """The members of the object at `at`: where each value begins and ends, and the value. Raises NotRead and JSONDecodeError."""
    if text[at : at + 1] != "{":
        raise json.JSONDecodeError("a notebook is an object", text, at)
    found: dict[str, tuple[int, int, Any]] = {}
    at = _behind_space(text, at + 1)
    while text[at : at + 1] != "}":
        name, at = _DECODER.raw_decode(text, at)
        at = _behind_space(text, at)
        if not isinstance(name, str) or text[at : at + 1] != ":":
            raise json.JSONDecodeError("a name and a colon should stand here", text, at)
        start = _behind_space(text, at + 1)
        value, end = _DECODER.raw_decode(text, start)
        if name in found:
            raise NotRead(text.count("\n", 0, start) + 1, f"names `{name}` twice")
        found[name] = (start, end, value)
        at = _next(text, end, "}")
    return found


def _elements(text: str, at: int) -> Iterator[tuple[int, int, Any]]:
    """The elements of the array at `at`: where each begins and ends, and its value."""
    at = _behind_space(text, at + 1)
    while text[at : at + 1] != "]":
        value, end = _DECODER.raw_decode(text, at)
        yield at, end, value
        at = _next(text, end, "]")


def _next(text: str, at: int, closing: str) -> int:
    at = _behind_space(text, at)
    if text[at : at + 1] == closing:
        return at
    if text[at : at + 1] != ",":
        raise json.JSONDecodeError(f"a comma or `{closing}` should stand here", text, at)
    return _behind_space(text, at + 1)


def _behind_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
