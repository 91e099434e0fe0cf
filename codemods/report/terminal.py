"""Diffs for people at a terminal: coloured as Python, numbered, the changed words marked, every hunk with its rules and reasons.

Only the sixteen colours that a terminal's own theme defines are used, and no background: that is readable on dark and on light ones.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from codemods.model.outcome import Diagnostic, Fixed
from codemods.report.diff import Hunk, Line, hunks
from codemods.report.shown import shown
from codemods.report.text import plural, verdict_clause

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")

SIGN_STYLES = {"-": "red", "+": "green", " ": "dim"}
MARK_STYLES = {"-": "bold red underline", "+": "bold green underline"}


def print_diff(console: Console, path: str, outcome: Fixed) -> None:
    """Print the diff of one file."""
    from rich.text import Text

    fixed = [one for one in outcome.diagnostics if one.fixed]
    console.print(Text.assemble((shown(path), "bold"), (f"  {plural(len(fixed), 'site')}", "dim")), soft_wrap=True)
    decode = _decoder(outcome.before)
    for hunk in hunks(outcome.before, outcome.after):
        for line in _reasons(hunk, fixed):
            console.print(line, soft_wrap=False)
        console.print(_body(hunk, decode), soft_wrap=False)
        console.print()


def _reasons(hunk: Hunk, fixed: Iterable[Diagnostic]) -> Iterator[Text]:
    """A line for every site that the hunk rewrites."""
    from rich.text import Text

    numbers = [line.old for line in hunk.lines if line.sign == "-"] or [hunk.old_start]
    first, last = min(numbers), max(numbers)
    for one in fixed:
        if one.line <= last and one.end_line >= first:
            why = "" if one.verdict.__class__.__name__ == "Safe" else "unsafe, "
            yield Text.assemble(
                ("  ● ", "cyan"), (one.rule, "bold cyan"), (f" line {one.line}: ", "cyan"), (f"{why}{verdict_clause(one)}", "default")
            )


def _decoder(before: bytes) -> str:
    """The encoding for showing the file: its cookie's, else UTF-8; wrong bytes are shown as escapes."""
    for line in before.split(b"\n", 2)[:2]:
        match = _COOKIE.match(line)
        if match:
            try:
                b"".decode(match.group(1).decode())
            except LookupError:
                return "utf-8"
            return match.group(1).decode()
    return "utf-8"


def _body(hunk: Hunk, encoding: str) -> Text:
    """The hunk's lines with numbers, signs, colours and marks."""
    from rich.text import Text

    texts = [_shown_line(line, encoding) for line in hunk.lines]
    old = _highlighted([text for line, text in zip(hunk.lines, texts, strict=True) if line.sign != "+"])
    new = _highlighted([text for line, text in zip(hunk.lines, texts, strict=True) if line.sign != "-"])
    width = len(str(max(hunk.old_start + hunk.old_count, hunk.new_start + hunk.new_count)))
    marks = _marks(hunk.lines, texts)
    rows: list[Text] = []
    for index, line in enumerate(hunk.lines):
        code = next(old) if line.sign != "+" else next(new)
        if line.sign == " ":
            code = next(new)
        for start, end in marks.get(index, ()):
            code.stylize(MARK_STYLES[line.sign], start, end)
        numbers = f"  {line.old or '':>{width}} {line.new or '':>{width}} "
        rows.append(Text.assemble((numbers, "dim"), (f"{line.sign} ", SIGN_STYLES[line.sign]), code))
    return Text("\n").join(rows)


def _shown_line(line: Line, encoding: str) -> str:
    text = line.content.rstrip(b"\r\n").decode(encoding, "backslashreplace").removeprefix("\ufeff")
    return shown(text.expandtabs(4))


def _highlighted(lines: list[str]) -> Iterator[Text]:
    """The lines coloured together, so that strings over several lines keep their colour."""
    from rich.syntax import Syntax
    from rich.text import Text

    text = Syntax("", "python", theme="ansi_dark", background_color="default").highlight("\n".join(lines))
    found = text.split("\n", allow_blank=True)
    for index in range(len(lines)):
        yield found[index] if index < len(found) and found[index].plain == lines[index] else Text(lines[index])


def _marks(lines: tuple[Line, ...], texts: list[str]) -> dict[int, list[tuple[int, int]]]:
    """The spans to mark, by line: words that differ between a run of removed lines and the run of added ones behind it."""
    marks: dict[int, list[tuple[int, int]]] = {}
    index = 0
    while index < len(lines):
        removed = [k for k in range(index, len(lines)) if all(lines[m].sign == "-" for m in range(index, k + 1))]
        start = index + len(removed)
        added = [k for k in range(start, len(lines)) if all(lines[m].sign == "+" for m in range(start, k + 1))]
        for old, new in zip(removed, added, strict=False):
            marks[old], marks[new] = _words(texts[old], texts[new])
        index = start + len(added) + (0 if removed or added else 1)
    return marks


def _words(old: str, new: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The spans of words that differ; none where the lines have little in common, as marking all of both says nothing."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < 0.3:
        return [], []
    starts_a, starts_b = _starts(a), _starts(b)
    left: list[tuple[int, int]] = []
    right: list[tuple[int, int]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            left.append((starts_a[i1], starts_a[i2]))
            right.append((starts_b[j1], starts_b[j2]))
    return [span for span in left if span[0] < span[1]], [span for span in right if span[0] < span[1]]


def _starts(words: list[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts
