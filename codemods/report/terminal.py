"""Diffs for people, in a terminal: syntax-coloured, numbered, the changed words marked, and every hunk headed by the rule and its reason.

Only the terminal's own sixteen colours, bold, dim and reverse are used, and no background of ours: what is legible is the user's choice of
palette, dark or light. Long lines are folded, never cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len, chop_cells
from rich.text import Text

from codemods.model.outcome import Diagnostic, Fixed
from codemods.model.verdict import Unsafe
from codemods.report.entry import Entry, by_cell, message
from codemods.report.lines import Change, Hunk, changes, decoded, hunks, python_lines, rules_by_line, spans
from codemods.report.source import Source
from codemods.report.visible import visible
from codemods.report.words import changed_words, pairs

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST = 40
# So few lines between two changes do not part them. More do, so that the reason stands right over what it is for.
TOGETHER = 2
_SITE = re.compile(r"(?P<path>.*?):(?:cell \d+:)?\d+:\d+: (?P<rule>[a-z-]+) ")
_COLOURS = {"-": "red", "+": "green", " ": ""}


class _Row(Struct, frozen=True):
    """One line to show. `old`, `new` are its 1-based numbers, 0 where it has none."""

    sign: str
    old: int
    new: int
    code: Text


class _Page(Struct, frozen=True):
    """How wide the terminal is, in cells, and whether it shows ASCII only."""

    width: int
    ascii_only: bool

    @property
    def bar(self) -> str:
        return "|" if self.ascii_only else "\u2502"

    @property
    def rule(self) -> str:
        return "-" if self.ascii_only else "\u2500"


def print_diff(entry: Entry, outcome: Fixed, console: Console) -> None:
    """Show what changes in one file, or in each cell of a notebook."""
    for one in by_cell(entry) if outcome.cells else [entry]:
        assert isinstance(one.outcome, Fixed)
        for line in diff_lines(one, one.outcome, console.width, ascii_only=not console.encoding.lower().startswith("utf")):
            console.print(line, soft_wrap=True)


def print_line(line: str, console: Console) -> None:
    """Show a line of the report, with its file and its rule standing out where it is about a site."""
    text = Text(line)
    if match := _SITE.match(line):
        text.stylize("bold", *match.span("path"))
        text.stylize("cyan", *match.span("rule"))
    console.print(text, soft_wrap=True)


def diff_lines(entry: Entry, outcome: Fixed, width: int, *, ascii_only: bool = False) -> Iterator[Text]:
    """The lines to print, each at most `width` cells wide, unless that is less than a terminal has."""
    page = _Page(max(width, NARROWEST), ascii_only)
    before = decoded(outcome.before)
    old, new = Source(python_lines(before)), Source(python_lines(decoded(outcome.after)))
    found = changes(old.lines, new.lines, spans(before, outcome.edits))
    yield from _file_header(entry, page)
    digits = len(str(max(len(old.lines), len(new.lines))))
    headers = _Headers(entry, rules_by_line(before, outcome.edits))
    for hunk in hunks(found, len(old.lines), apart=TOGETHER):
        yield from headers.of(hunk, page)
        for row in _rows(hunk, old, new):
            yield from _folded(row, digits, page)
        yield Text()


def _file_header(entry: Entry, page: _Page) -> Iterator[Text]:
    """The file's name and a line over the whole width; a long name is folded."""
    count = len(entry.fixed)
    right = f" {count} rewrite{'' if count == 1 else 's'}"
    *full, last = chop_cells(visible(entry.path), page.width) or [""]
    for piece in full:
        yield Text(piece, style="bold")
    room = page.width - cell_len(last) - len(right) - 1
    line = Text(last, style="bold")
    if room > 0:
        line.append(f" {page.rule * room}{right}", style="not bold dim")
    yield line


class _Headers:
    """What stands over each hunk: its sites, each once, with the reason."""

    def __init__(self, entry: Entry, rules: dict[int, set[str]]) -> None:
        self._waiting = list(entry.fixed)
        self._rules = rules

    def of(self, hunk: Hunk, page: _Page) -> Iterator[Text]:
        """A line, folded, for each site that is seen in the hunk; where none is, the rules whose rewrite goes on there."""
        rules = {rule for change in hunk.changes for line in _lines(change) for rule in self._rules.get(line, ())}
        here = [one for one in self._waiting if hunk.old_start < one.line <= hunk.old_end and (not rules or one.rule in rules)]
        if not here:
            here = [one for one in self._waiting if one.rule in rules and one.line <= hunk.old_end][-1:]
        width = max((len(one.rule) for one in here), default=0)
        said: dict[str, Text] = {}
        for one in here:
            self._waiting.remove(one)
            # Two sites of a line that rest on the same are said once.
            said.setdefault(f"line {one.line}: {visible(message(one))}", _name(one))
        for words, name in said.items():
            yield from _hanging(name, width, words, page)
        if not here:
            yield from _hanging(Text(", ".join(sorted(rules)), style="bold cyan"), 0, "goes on", page)


def _lines(change: Change) -> range:
    """The old lines of a change, from 0; for an insertion the lines around it."""
    return range(change.old_start, change.old_end) if change.old_end > change.old_start else range(change.old_start - 1, change.old_end + 1)


def _name(one: Diagnostic) -> Text:
    return Text(one.rule, style="bold yellow" if isinstance(one.verdict, Unsafe) else "bold cyan")


def _hanging(name: Text, width: int, words: str, page: _Page) -> Iterator[Text]:
    """A name, padded to `width`, and a sentence, folded at its words and indented to where it began."""
    from textwrap import wrap

    name.pad_right(max(0, width - len(name)))
    indent = min(len(name) + 4, page.width // 2)
    pieces = [piece for line in wrap(words, page.width - indent, break_on_hyphens=False) for piece in chop_cells(line, page.width - indent)]
    for index, piece in enumerate(pieces or [""]):
        yield Text.assemble("  ", name, "  ", piece) if index == 0 else Text(" " * indent + piece)


def _rows(hunk: Hunk, old: Source, new: Source) -> Iterator[_Row]:
    old_at, new_at = hunk.old_start, hunk.new_start
    for change in hunk.changes:
        yield from _kept(old, old_at, change.old_start, new_at)
        yield from _changed(change, old, new)
        old_at, new_at = change.old_end, change.new_end
    yield from _kept(old, old_at, hunk.old_end, new_at)


def _kept(old: Source, start: int, end: int, new_start: int) -> Iterator[_Row]:
    for index in range(start, end):
        yield _Row(" ", index + 1, new_start + index - start + 1, old.line(index))


def _changed(change: Change, old: Source, new: Source) -> Iterator[_Row]:
    gone = [old.line(index) for index in range(change.old_start, change.old_end)]
    come = [new.line(index) for index in range(change.new_start, change.new_end)]
    for one, other in pairs([line.plain for line in gone], [line.plain for line in come]):
        old_words, new_words = changed_words(gone[one].plain, come[other].plain)
        _mark(gone[one], old_words, _COLOURS["-"])
        _mark(come[other], new_words, _COLOURS["+"])
    for index, line in enumerate([*gone, *come]):
        sign = "-" if index < len(gone) else "+"
        number = change.old_start + index + 1 if sign == "-" else change.new_start + index - len(gone) + 1
        yield _Row(sign, number if sign == "-" else 0, number if sign == "+" else 0, line)


def _mark(line: Text, stretches: Sequence[tuple[int, int]], colour: str) -> None:
    for start, end in stretches:
        line.stylize(f"not dim not italic bold {colour} reverse", start, end)


def _folded(row: _Row, digits: int, page: _Page) -> Iterator[Text]:
    """A row as lines of the terminal: numbers, bar, sign, code; the code goes on below itself."""
    colour = _COLOURS[row.sign]
    room = page.width - 2 * digits - 7
    *ends, _ = accumulate(len(piece) for piece in chop_cells(row.code.plain, room) or [""])
    for index, piece in enumerate(row.code.divide(ends)):
        numbers = [str(number) if number and index == 0 else "" for number in (row.old, row.new)]
        line = Text(" ").append(" ".join(number.rjust(digits) for number in numbers), style=colour or "dim")
        line.append(f" {page.bar} ", style=colour or "dim")
        line.append(f"{row.sign} " if index == 0 else "  ", style=colour and f"bold {colour}")
        yield line.append_text(piece)
