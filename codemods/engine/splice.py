"""Edits into a text, and positions back to the file as read.

A pass edits the text that the pass before it left. `Spliced` keeps the text together with the edits, all passes composed, that lead to it
from the file as read, so that outcome and diagnostics speak of the file as read only.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import force_setattr

from codemods.model.outcome import Edit

_WORD_END = re.compile(r"\w\Z")
_WORD_START = re.compile(r"\w")
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")

_COMPARABLE = 4_000_000
"""Pairs of lines up to which two fragments are compared line by line; `difflib` may take quadratic time."""


def spliced(text: str, edits: Sequence[Edit]) -> str:
    """`text` with disjoint edits, sorted by position, put in."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts.append(text[position : edit.start])
        parts.append(edit.text)
        position = edit.end
    parts.append(text[position:])
    return "".join(parts)


def fitted(text: str, start: int, end: int, new: str) -> str:
    """`new`, with a space before or after it where it would otherwise grow together with a neighbouring word.

    `return"a"+b` leaves no room for `f"a{b}"`, `k in d.keys()and x` none for `d`.
    """
    if not new:
        return new
    if start and _WORD_START.match(text[start - 1]) and _WORD_START.match(new[0]):
        new = f" {new}"
    if end < len(text) and _WORD_START.match(text[end]) and _WORD_END.search(new):
        new += " "
    return new


def narrowed(text: str, edit: Edit) -> list[Edit]:
    """The edit as several smaller ones that leave out the lines, and the ends of lines, that do not change."""
    old = text[edit.start : edit.end]
    if old == edit.text:
        return []
    olds, news = _LINES.findall(old), _LINES.findall(edit.text)
    starts = list(accumulate(map(len, olds), initial=edit.start))
    if len(olds) * len(news) > _COMPARABLE:
        return [_trimmed(text, edit.start, edit.end, edit.text, edit.rules)]
    small: list[Edit] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            small.extend(_trimmed(text, starts[a + at], starts[a + at + 1], news[c + at], edit.rules) for at in range(b - a))
        else:
            small.append(_trimmed(text, starts[a], starts[b], "".join(news[c:d]), edit.rules))
    return small


def _trimmed(text: str, start: int, end: int, new: str, rules: tuple[str, ...]) -> Edit:
    """Without the words that are the same at both ends."""
    old = text[start:end]
    limit = min(len(old), len(new))
    head = next((at for at in range(limit) if old[at] != new[at]), limit)
    while head and (_inside_word(old, head) or _inside_word(new, head)):
        head -= 1
    limit -= head
    tail = next((at for at in range(limit) if old[-1 - at] != new[-1 - at]), limit)
    while tail and (_inside_word(old, len(old) - tail) or _inside_word(new, len(new) - tail)):
        tail -= 1
    return Edit(start + head, end - tail, new[head : len(new) - tail], rules)


def _inside_word(text: str, at: int) -> bool:
    """Whether `at` cuts a word, or a CRLF, in two."""
    return 0 < at < len(text) and (text[at - 1 : at + 1] == "\r\n" or bool(_WORD_START.match(text[at - 1]) and _WORD_START.match(text[at])))


class Spliced(Struct, frozen=True):
    """A text and the edits that made it of the file as read: disjoint, by position, in characters of the file as read."""

    original: str
    text: str
    edits: tuple[Edit, ...] = ()
    _starts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        starts: list[int] = []
        shift = 0
        for edit in self.edits:
            starts.append(edit.start + shift)
            shift += len(edit.text) - (edit.end - edit.start)
        force_setattr(self, "_starts", tuple(starts))

    def to_original(self, offset: int, *, end: bool = False) -> int:
        """The place in the file as read of what starts (with `end`: ends) at `offset` in `text`.

        What starts inside new text is said to start where the text it replaced does, and to end where that ends.
        """
        index = (bisect_left if end else bisect_right)(self._starts, offset) - 1
        if index < 0:
            return offset
        edit, start = self.edits[index], self._starts[index]
        behind = start + len(edit.text)
        if end and offset <= behind:
            return edit.end
        if not end and offset < behind:
            return edit.start
        return edit.end + offset - behind

    def written(self) -> Iterator[tuple[int, int]]:
        """Where in `text` the edits' own text stands; where an edit only takes away, the empty span there."""
        for edit, start in zip(self.edits, self._starts, strict=True):
            yield start, start + len(edit.text)

    def apply(self, edits: Sequence[Edit]) -> Spliced:
        """With `edits` put in: disjoint, by position, in characters of `text`. One that touches earlier ones is joined with them."""
        merged: list[Edit] = []
        index = 0
        cluster: _Cluster | None = None
        for edit in edits:
            if cluster is None or edit.start > cluster.reach:
                if cluster is not None:
                    merged.append(cluster.joined(self))
                while index < len(self.edits) and self._behind(index) < edit.start:
                    merged.append(self.edits[index])
                    index += 1
                cluster = _Cluster(edit.start, edit.end)
            cluster.new.append(edit)
            cluster.end = max(cluster.end, edit.end)
            while index < len(self.edits) and self._starts[index] <= cluster.end:
                cluster.take(self.edits[index], self._starts[index], self._behind(index))
                index += 1
        if cluster is not None:
            merged.append(cluster.joined(self))
        return Spliced(self.original, spliced(self.text, edits), (*merged, *self.edits[index:]))

    def _behind(self, index: int) -> int:
        return self._starts[index] + len(self.edits[index].text)


class _Cluster:
    """New edits and the earlier ones they touch, which become one. `start`, `end` are places in the text between the two passes."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.reach = -1
        self.new: list[Edit] = []
        self.old: list[Edit] = []

    def take(self, edit: Edit, start: int, behind: int) -> None:
        self.start = min(self.start, start)
        self.end = max(self.end, behind)
        self.reach = max(self.reach, behind)
        self.old.append(edit)

    def joined(self, before: Spliced) -> Edit:
        moved = [Edit(edit.start - self.start, edit.end - self.start, edit.text, edit.rules) for edit in self.new]
        text = spliced(before.text[self.start : self.end], moved)
        start, end = before.to_original(self.start), before.to_original(self.end, end=True)
        if self.old:
            start, end = min(start, self.old[0].start), max(end, self.old[-1].end)
        rules = dict.fromkeys(name for edit in (*self.old, *self.new) for name in edit.rules)
        return Edit(start, end, text, tuple(sorted(rules)))
