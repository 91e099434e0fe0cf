"""An f-string too long for a line, broken over several between words. Imports no LibCST."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from codemods.analysis.text.string_literals import Words
from codemods.model.verdict import Refused
from codemods.rules.fstrings import Hole, Piece, Quote, piece

Part = Words | Hole
Stretch = list[Part]

MOST_LINES = 4
"""Over more lines than this nobody sees the text as it will be."""

SHORTEST_LINE = 16
"""How many characters a line of one word has at least, unless it is the last."""

_TOO_MANY = 120
"""A text of more words than this is no message."""

_BEHIND = re.compile(r"(?:\\N\{[^}]*\}|\\(?!n)[\s\S]|[^\\ ])*(?:[ ]*(?:\\n)+|[ ]+|\Z)")
_RAW_BEHIND = re.compile(r"[^ ]*(?:[ ]+|\Z)")
_BEFORE = re.compile(r"[ ]*(?:\\N\{[^}]*\}|\\[\s\S]|[^\\ ])*")
_RAW_BEFORE = re.compile(r"[ ]*[^ ]*")

_POINTS = (",", ";", ":", ".", "-")


def stretches(parts: Sequence[Part], leading: bool = False) -> list[Stretch]:
    """What a line holds whole: words with the spaces behind them (`leading`: before them), and the fields they touch."""
    found: list[Stretch] = [[]]
    for part in parts:
        for one in [part] if isinstance(part, Hole) else _split(part, leading):
            if found[-1] and (_starts(one) if leading else _ends(found[-1][-1])):
                found.append([])
            found[-1].append(one)
    return found


def _split(words: Words, leading: bool) -> Iterator[Words]:
    """The words one by one, no escape sequence divided."""
    pattern = (_RAW_BEFORE if words.raw else _BEFORE) if leading else (_RAW_BEHIND if words.raw else _BEHIND)
    for match in pattern.finditer(words.body):
        if match[0]:
            yield replace(words, body=match[0])


def _starts(part: Part) -> bool:
    """Whether a line may start with it, where the spaces stand before the words."""
    return isinstance(part, Words) and part.body.startswith(" ")


def _ends(part: Part) -> bool:
    """Whether a line may end behind it."""
    return isinstance(part, Words) and (part.body.endswith(" ") or (not part.raw and part.body.endswith("\\n")))


def has_words(line: Sequence[Part]) -> bool:
    """Whether more than fields stands there."""
    return any(isinstance(part, Words) for part in line)


def belongs_below(above: Sequence[Stretch], below: Sequence[Stretch]) -> bool:
    """Whether the last operand of the line above had better stand at the start of the line below."""
    last, before, first = above[-1], above[-2][-1], below[0][0]
    if not any(map(has_words, below)):
        return has_words(last)
    starts = first.body[0] if isinstance(first, Words) else ""
    ends = before.body[-1] if isinstance(before, Words) else ""
    return not has_words(last) and starts in (" ", ",", ".", ";", ":", ")") and ends == " "


def joined(line: Sequence[Sequence[Part]]) -> Stretch:
    return [part for stretch in line for part in stretch]


def reads_alone(line: Sequence[Part]) -> bool:
    """Whether a line says something of its own: it holds more than fields and spaces."""
    return any(isinstance(part, Words) and part.body.strip(" ") for part in line)


def balanced(parts: Sequence[Part], own: Quote, room: int, behind: int = 0, doubled: bool = False) -> list[Piece] | None:
    """The fewest lines that do, about as long as each other, and rather broken behind a comma or a stop; `None` where none do.

    A newline in the text ends a line.
    `room` is the width of a line, `behind` that of what stands behind the last one.
    """
    words = stretches(parts)
    if len(words) > _TOO_MANY:
        return None
    # best[i]: what the words from i on cost, over how few lines, and where the first of these ends.
    best: dict[int, tuple[int, int, int, Piece | None]] = {len(words): (0, 0, 0, None)}
    for first in range(len(words) - 1, -1, -1):
        for end in range(first + 1, len(words) + 1):
            line = joined(words[first:end])
            made = piece(line, own, doubled)
            if isinstance(made, Refused):
                break  # as is one of more words
            space = room - made.width - (behind if end == len(words) else 0)
            if space < 0:
                break
            if end not in best or not reads_alone(line) or any(map(_ends_line, words[first : end - 1])):
                continue
            if end < len(words) and _is_short(line):
                continue
            lines, cost, *_ = best[end]
            found = (lines + 1, cost + space * space + _cost_of_break(line), end, made)
            if first not in best or found[:2] < best[first][:2]:
                best[first] = found
    if 0 not in best or best[0][0] > MOST_LINES:
        return None
    pieces: list[Piece] = []
    position = 0
    while position < len(words):
        *_, position, chosen = best[position]
        assert chosen is not None
        pieces.append(chosen)
    return pieces


def _is_short(line: Stretch) -> bool:
    """Whether it is a single word that does not end a line of the text, which looks lost on a line of its own."""
    match line:
        case [Words(body=body)]:
            return len(body) < SHORTEST_LINE and not _ends_line(line)
        case _:
            return False


def _cost_of_break(line: Stretch) -> int:
    """Behind a stop or a comma a line ends well."""
    body = line[-1].body if isinstance(line[-1], Words) else ""
    return 300 if body.rstrip(" ").endswith(_POINTS) else 500


def _ends_line(line: Sequence[Part]) -> bool:
    """Whether its text ends with a newline; one with nothing before it may start the text of a line."""
    last = line[-1]
    return isinstance(last, Words) and not last.raw and last.body.endswith("\\n") and (len(line) > 1 or bool(last.body.strip("\\n")))


def pushed(lines: Sequence[Sequence[Part]], rooms: Sequence[int], own: Sequence[Quote], doubled: bool = False) -> list[Piece] | None:
    """The author's lines, where words that a line has no room for start the next one; `None` where that comes out badly.

    `rooms` is the width of each line and, last, that of the lines that come to be added; `own` are the quotes of each line.
    """
    leading = any(_starts(line[0]) for line in lines[1:])
    pieces: list[Piece] = []
    carried: list[Stretch] = []
    for index, line in enumerate(lines):
        carried += stretches(line, leading)
        while carried:
            taken = _filled(carried, rooms[min(len(pieces), len(rooms) - 1)], own[index], doubled)
            if taken is None:
                return None
            count, made = taken
            pieces.append(made)
            carried = carried[count:]
            if index < len(lines) - 1 and not _ends_line(line):
                break
    if len(pieces) > len(lines) and not leading and not any(map(_ends_line, lines[:-1])):
        # One line more is better filled than left with the word or two that the others had no room for.
        even = balanced(joined(lines), own[0], min(rooms), 0, doubled)
        pieces = even if even is not None and len(even) <= len(pieces) else pieces
    return pieces if len(pieces) <= max(MOST_LINES, len(lines) + 1) else None


def _filled(words: Sequence[Stretch], room: int, own: Quote, doubled: bool) -> tuple[int, Piece] | None:
    """How many of the words one line takes, and that line."""
    for count in range(len(words), 0, -1):
        made = piece(joined(words[:count]), own, doubled)
        if isinstance(made, Piece) and made.width <= room:
            return (count, made) if reads_alone(joined(words[:count])) else None
    return None
