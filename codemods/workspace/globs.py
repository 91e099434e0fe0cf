"""Gitignore's patterns, as git reads them: `*`, `?`, `[…]`, `**`, `!` and the trailing slash.

A library for this takes 15 ms to import and reads some patterns otherwise than git (`docs/**` and then `!docs/conf.py`; `*.py` and then
`!src`). No pattern can make matching slow: a star is settled at the first place where what follows it fits, and never tried again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from msgspec import Struct

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t-\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
_NOTHING = "(?!)"
_SPECIAL = re.compile(r"[*?\[\\]")


class Globs:
    """Patterns relative to one folder. `Globs(lines)` raises ValueError, one line, for the first that cannot be read."""

    __slots__ = ("_general", "_names", "_patterns", "_suffixes")

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = [pattern for line in lines if (pattern := _parse(line)) is not None]
        # Most paths match nothing, and most patterns are of two simple kinds: all of them are asked in three steps.
        self._names = {pattern.name for pattern in self._patterns if pattern.name}
        self._suffixes = tuple({pattern.suffix for pattern in self._patterns if pattern.suffix})
        general = [pattern.regex for pattern in self._patterns if pattern.regex]
        self._general = re.compile("|".join(f"(?:{regex})" for regex in general)) if general else None

    def verdict(self, relative: str) -> bool | None:
        """Whether the last pattern that matches `relative` itself takes it (True) or lets it be (False); None where none matches.

        `relative` has forward slashes; a folder ends in one.
        """
        path = _as_git_sees(relative.removesuffix("/"))
        name = path[path.rfind("/") + 1 :]
        if name not in self._names and not name.endswith(self._suffixes) and not (self._general and self._general.fullmatch(path)):
            return None
        for pattern in reversed(self._patterns):
            if pattern.matches(path, name, folder=relative.endswith("/")):
                return pattern.takes
        return None

    def takes(self, relative: str) -> bool:
        """Whether the patterns take `relative` or a folder above it."""
        end = relative.find("/")
        while 0 <= end < len(relative) - 1:
            if self.verdict(relative[: end + 1]):
                return True
            end = relative.find("/", end + 1)
        return bool(self.verdict(relative))


class _Pattern(Struct, frozen=True):
    """One pattern; just one of `name` (a file's whole name), `suffix` (its end) and `regex` (of the whole path) is not empty."""

    takes: bool
    folders_only: bool
    name: str = ""
    suffix: str = ""
    regex: str = ""

    def matches(self, path: str, name: str, *, folder: bool) -> bool:
        if self.folders_only and not folder:
            return False
        if self.name:
            return name == self.name
        if self.suffix:
            return name.endswith(self.suffix)
        return re.fullmatch(self.regex, path) is not None


def _as_git_sees(text: str) -> str:
    """For git a character is a byte: `?` matches half of an é."""
    return text if text.isascii() else os.fsencode(text).decode("latin-1")


def _parse(line: str) -> _Pattern | None:
    """The pattern in a line, None for a comment and an empty line. Raises ValueError."""
    text = _as_git_sees(_without_trailing_spaces(line))
    if not text or text.startswith("#"):
        return None
    takes = not text.startswith("!")
    glob = text if takes else text[1:]
    folders_only = glob.endswith("/")
    glob = re.sub(r"(?<=[^\\])((?:\\\\)*)\\/", r"\1/", glob.removesuffix("/"))  # inside, a backslash before a slash says nothing
    if not glob:
        raise ValueError(f"{line.strip()!r} matches nothing")
    if "/" not in glob:
        if not _SPECIAL.search(glob):
            return _Pattern(takes, folders_only, name=glob)
        if glob.startswith("*") and len(glob) > 1 and not _SPECIAL.search(glob, 1):
            return _Pattern(takes, folders_only, suffix=glob[1:])
        return _Pattern(takes, folders_only, regex=f"(?:[^/]+/)*{_segment(glob)}")
    return _Pattern(takes, folders_only, regex=_path(glob.removeprefix("/").split("/")))


def _without_trailing_spaces(line: str) -> str:
    text = line.rstrip(" ")
    backslashes = len(text) - len(text.rstrip("\\"))
    return f"{text} " if backslashes % 2 and len(text) < len(line) else text


def _path(segments: list[str]) -> str:
    """The regex of a pattern with slashes. Between two `**` the first place that fits leaves the most to what follows, so it is kept."""
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment == "**":
            runs.append([])
        else:
            runs[-1].append(_segment(segment) if segment else _NOTHING)
    if len(runs) == 1:
        return "/".join(runs[0])
    first, *middle, last = runs
    parts = ["".join(f"{segment}/" for segment in first)]
    for run in middle:
        if run:
            parts.append("(?>(?:[^/]+/)*?" + "".join(f"{segment}/" for segment in run) + ")")
    parts.append(f"(?:[^/]+/)*{'/'.join(last)}" if last else "[^/].*")
    return f"(?s:{''.join(parts)})"


def _segment(glob: str) -> str:
    """The regex of a name's pattern. Raises ValueError."""
    runs = [""]
    position = 0
    while position < len(glob):
        character = glob[position]
        position += 1
        match character:
            case "*":
                runs.append("")
            case "?":
                runs[-1] += "[^/]"
            case "[":
                regex, position = _set(glob, position)
                runs[-1] += regex
            case "\\":
                if position == len(glob):
                    raise ValueError(f"{glob!r} ends in a backslash")
                runs[-1] += re.escape(glob[position])
                position += 1
            case _:
                runs[-1] += re.escape(character)
    if len(runs) == 1:
        return runs[0]
    first, *middle, last = runs
    return first + "".join(f"(?>[^/]*?{run})" for run in middle if run) + "[^/]*" + last


def _set(glob: str, position: int) -> tuple[str, int]:
    """The regex of the `[…]` whose inside begins at `position`, and the position after it. Raises ValueError."""
    negated = glob[position : position + 1] in ("!", "^")
    position += negated
    first = position
    members: list[str] = []
    while (character := glob[position : position + 1]) != "]" or position == first:
        if not character:
            raise ValueError(f"{glob!r} has a `[` that is not closed")
        if named := re.compile(r"\[:(\w+):\]").match(glob, position):
            if named[1] not in _CLASSES:
                raise ValueError(f"{glob!r} names {named[0]}, which is no class of characters")
            members.append(_CLASSES[named[1]])
            position = named.end()
            continue
        low, position = _member(glob, position)
        if glob[position : position + 1] == "-" and glob[position + 1 : position + 2] not in ("]", ""):
            high, position = _member(glob, position + 1)
            # Git has taken the first character by itself before it sees a range, so that one the wrong way round still holds it.
            members.append(f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low))
        else:
            members.append(re.escape(low))
    return f"(?!/)[{'^' if negated else ''}{''.join(members)}]", position + 1


def _member(glob: str, position: int) -> tuple[str, int]:
    """One character of a `[…]`, a backslash taken away, and the position after it."""
    if glob[position] != "\\":
        return glob[position], position + 1
    if position + 1 == len(glob):
        raise ValueError(f"{glob!r} ends in a backslash")
    return glob[position + 1], position + 2
