r"""Unified diffs as bytes, such as `git apply` takes: relative names, quoted as git quotes them, `\ No newline at end of file`.

A line ends at LF and nowhere else, as for git; a CR is part of its line.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

CONTEXT = 3

_PLAIN = re.compile(rb'[^\x00-\x1f"\\\x7f-\xff]*')
_NAMED = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a hunk: its sign (space, `-`, `+`), its 1-based number in the old and new file (0: not there), its bytes with LF."""

    sign: str
    old: int
    new: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of changed lines with their context; starts are 1-based, counts in lines."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int
    lines: tuple[Line, ...]


def split(data: bytes) -> list[bytes]:
    """Lines with their LF."""
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def hunks(before: bytes, after: bytes) -> Iterator[Hunk]:
    """The hunks between two versions of a file."""
    old, new = split(before), split(after)
    head, tail = _common(old, new)
    matcher = difflib.SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail])
    codes = [(tag, i1 + head, i2 + head, j1 + head, j2 + head) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]
    changes = [code[1:] for code in codes if code[0] != "equal"]
    group: list[tuple[int, int, int, int]] = []
    for change in changes:
        if group and change[0] - group[-1][1] > 2 * CONTEXT:
            yield _hunk(group, old, new)
            group = []
        group.append(change)
    if group:
        yield _hunk(group, old, new)


def _common(old: list[bytes], new: list[bytes]) -> tuple[int, int]:
    """How many lines at the start and at the end are the same: most of a file, which `difflib` need not look at."""
    shorter = min(len(old), len(new))
    head = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    tail = next((index for index in range(shorter - head) if old[-1 - index] != new[-1 - index]), shorter - head)
    return head, tail


def _hunk(group: list[tuple[int, int, int, int]], old: list[bytes], new: list[bytes]) -> Hunk:
    i, j = max(group[0][0] - CONTEXT, 0), max(group[0][2] - CONTEXT, 0)
    i = group[0][0] - min(group[0][0] - i, group[0][2] - j)
    j = group[0][2] - (group[0][0] - i)
    first_old, first_new = i, j
    lines: list[Line] = []
    for i1, i2, j1, j2 in group:
        while i < i1:
            lines.append(Line(" ", i + 1, j + 1, old[i]))
            i, j = i + 1, j + 1
        lines += [Line("-", k + 1, 0, old[k]) for k in range(i1, i2)]
        lines += [Line("+", 0, k + 1, new[k]) for k in range(j1, j2)]
        i, j = i2, j2
    end = min(i + CONTEXT, len(old))
    while i < end:
        lines.append(Line(" ", i + 1, j + 1, old[i]))
        i, j = i + 1, j + 1
    return Hunk(first_old + 1, i - first_old, first_new + 1, j - first_new, tuple(lines))


def unified(path: str, before: bytes, after: bytes) -> bytes:
    """The whole diff of one file; empty where nothing differs. `path` is relative, as it should stand behind `a/` and `b/`."""
    name = os.fsencode(path.replace(os.sep, "/"))
    parts: list[bytes] = []
    for hunk in hunks(before, after):
        if not parts:
            parts += [b"--- ", quoted(b"a/" + name), b"\n+++ ", quoted(b"b/" + name), b"\n"]
        old = _range(hunk.old_start, hunk.old_count)
        parts.append(f"@@ -{old} +{_range(hunk.new_start, hunk.new_count)} @@\n".encode())
        for line in hunk.lines:
            parts += [line.sign.encode(), line.content]
            if not line.content.endswith(b"\n"):
                parts.append(b"\n\\ No newline at end of file\n")
    return b"".join(parts)


def _range(start: int, count: int) -> str:
    if count == 1:
        return str(start)
    return f"{start if count else start - 1},{count}"


def quoted(name: bytes) -> bytes:
    """A file name as git writes it: in quotes with escapes where it holds quotes, backslashes, control or non-ASCII bytes."""
    plain = _PLAIN.fullmatch(name)
    if plain is not None:
        return name + b"\t" if b" " in name else name  # the tab keeps `patch` from taking what follows a space for a date
    return b'"' + b"".join(_byte(byte) for byte in name) + b'"'


def _byte(byte: int) -> bytes:
    if byte in _NAMED:
        return b"\\" + _NAMED[byte]
    return bytes([byte]) if 0x20 <= byte < 0x7F else b"\\%03o" % byte
