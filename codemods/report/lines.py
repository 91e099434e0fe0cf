"""From an outcome's edits to the lines that differ, without comparing whole files.

Lines are counted from 0 and stretches of lines are half open. Two notions of a line are needed: Python's, which ends at LF, CRLF and CR, to
show; and git's, which ends at LF, for diffs that git reads.
"""

from __future__ import annotations

import difflib
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from typing import AnyStr

from msgspec import Struct

from codemods.model.outcome import Edit

PYTHON_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
GIT_LINE = re.compile(r"[^\n]*\n|[^\n]+")
CONTEXT = 3


class Change(Struct, frozen=True):
    """Lines [old_start, old_end) of the old file become [new_start, new_end) of the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class Hunk(Struct, frozen=True):
    """Changes near each other, and the stretch of both files that shows them with their context."""

    changes: tuple[Change, ...]
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def decoded(data: bytes) -> str:
    """The text of a file whose bytes the engine could decode, without its byte order mark. Never fails."""
    return data.decode(encoding_of(data), "replace").removeprefix("\ufeff")


def encoding_of(data: bytes) -> str:
    """The encoding that a file's byte order mark or cookie states, else UTF-8. The mark stays in what it decodes."""
    try:
        return tokenize.detect_encoding(io.BytesIO(data).readline)[0].removesuffix("-sig")
    except SyntaxError:
        return "utf-8"


def python_lines(text: str) -> list[str]:
    """The lines of `text` with their ends."""
    return PYTHON_LINE.findall(text)


def git_lines(data: bytes) -> list[bytes]:
    """The lines of `data` with their ends, as git counts them."""
    return io.BytesIO(data).readlines()


def spans(old: str, edits: Sequence[Edit], line: re.Pattern[str] = PYTHON_LINE) -> list[Change]:
    """The stretches of whole lines that hold the edits, disjoint and by position. `old` is the text the edits are for."""
    found: list[Change] = []
    shift = 0
    for edit, first, last in _lines_of(edits, old, line):
        grown = first + _ends(edit.text, line) - last
        change = Change(first, last + 1, first + shift, last + 1 + shift + grown)
        shift += grown
        if found and change.old_start < found[-1].old_end:
            before = found.pop()
            change = Change(before.old_start, max(before.old_end, change.old_end), before.new_start, max(before.new_end, change.new_end))
        found.append(change)
    return found


def rules_by_line(old: str, edits: Sequence[Edit]) -> dict[int, set[str]]:
    """Which rules touched each line of the old text, for the lines that any touched."""
    found: dict[int, set[str]] = {}
    for edit, first, last in _lines_of(edits, old, PYTHON_LINE):
        for number in range(first, last + 1):
            found.setdefault(number, set()).update(edit.rules)
    return found


def edited(text: str, edits: Sequence[Edit]) -> str:
    """`text` with the edits made."""
    pieces, position = [], 0
    for edit in edits:
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])


def changes(old: Sequence[AnyStr], new: Sequence[AnyStr], within: Sequence[Change]) -> list[Change]:
    """The changes between two lists of lines. `within` says where they can be; where it turns out to be wrong, everything is compared."""
    if not _covers(old, new, within):
        within = [Change(0, len(old), 0, len(new))]
    return [change for span in within for change in _compared(old, new, span)]


def joined(found: Sequence[Change]) -> list[Change]:
    """The changes with those that touch made one, as diffs are read by habit: all that goes, then all that comes."""
    result: list[Change] = []
    for change in found:
        if result and result[-1].old_end == change.old_start:
            change = Change(result[-1].old_start, change.old_end, result.pop().new_start, change.new_end)
        result.append(change)
    return result


def hunks(found: Sequence[Change], old_count: int, *, context: int = CONTEXT, apart: int = 2 * CONTEXT) -> list[Hunk]:
    """The changes in groups, each with up to `context` lines around it.

    Changes with more than `apart` unchanged lines between them are in different groups, which share what lies between them if that is
    less than they both would show. The default is what diffs do by habit.
    """
    groups: list[list[Change]] = []
    for change in found:
        if groups and change.old_start - groups[-1][-1].old_end <= apart:
            groups[-1].append(change)
        else:
            groups.append([change])
    result: list[Hunk] = []
    for index, group in enumerate(groups):
        first, last = group[0], group[-1]
        room = first.old_start - (result[-1].old_end if result else 0)
        space = (groups[index + 1][0].old_start if index + 1 < len(groups) else old_count + 2 * context) - last.old_end
        before, after = min(context, room), min(context, (space + 1) // 2, old_count - last.old_end)
        result.append(Hunk(tuple(group), first.old_start - before, last.old_end + after, first.new_start - before, last.new_end + after))
    return result


def _lines_of(edits: Sequence[Edit], old: str, line: re.Pattern[str]) -> Iterator[tuple[Edit, int, int]]:
    """Each edit with the line on which it starts and the one on which it ends, in the old text."""
    number = position = 0
    for edit in edits:
        first = number + _ends(old, line, position, edit.start)
        number = first + _ends(old, line, edit.start, edit.end)
        position = edit.end
        yield edit, first, number


def _ends(text: str, line: re.Pattern[str], start: int = 0, end: int | None = None) -> int:
    """How many ends of lines there are in a stretch, which cuts none of them through."""
    found = text.count("\n", start, end)
    if line is PYTHON_LINE and "\r" in text:
        found += text.count("\r", start, end) - text.count("\r\n", start, end)
    return found


def _covers(old: Sequence[AnyStr], new: Sequence[AnyStr], within: Sequence[Change]) -> bool:
    """Whether the two files are the same outside the spans."""
    old_at = new_at = 0
    for span in within:
        if old[old_at : span.old_start] != new[new_at : span.new_start]:
            return False
        old_at, new_at = span.old_end, span.new_end
    return bool(within) and old[old_at:] == new[new_at:]


def _compared(old: Sequence[AnyStr], new: Sequence[AnyStr], span: Change) -> Iterator[Change]:
    old_start, old_end = span.old_start, min(span.old_end, len(old))
    new_start, new_end = span.new_start, min(span.new_end, len(new))
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    matcher = difflib.SequenceMatcher(None, old[old_start:old_end], new[new_start:new_end], autojunk=False)
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag != "equal":
            yield Change(old_start + one, old_start + two, new_start + three, new_start + four)
