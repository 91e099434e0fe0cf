"""What of a cell is Python, where IPython reads more than that: `%magics`, `!commands`, `%%cells`, `help?`.

A cell that the parser takes is Python as it stands: IPython changes none of those. In any other, lines that certainly bind no name and run
no code of the notebook's become comments of the same length, if each stands where a statement of the cell's own could. What then still is
no Python is left alone, and may do anything.
"""

from __future__ import annotations

import re

from msgspec import Struct

from codemods.analysis.order.cells import MAGIC, MARK, Unknown
from codemods.analysis.text.positions import Lines
from codemods.engine import syntax

_WORD = re.compile(r"[^\W\d]\w*(?!\w)(?!\s*\()|(?<=def )\w+|(?<=class )\w+")
"""A name that may be bound where it stands: not one that is called."""

_PROMPT = re.compile(r"(?:>>>|\.\.\.|In \[\d+\]:)")
_HELP = re.compile(r"\s*\?{0,2}[\w.]+\?{0,2}\s*")
_LINE = re.compile(r"[^\r\n]*")
_ESCAPE = re.compile(r"^(?:[%!?].*|[\w.]+\?{1,2}[ \t\r]*$)", re.MULTILINE)

_QUIET_LINE = re.compile(
    r"!.*|%(?:matplotlib|pip|conda|mamba|uv|cd|pwd|ls|mkdir|env|set_env|who|whos|who_ls|lsmagic|precision|xmode|colors)\b.*"
    r"|%autoreload(?: [012])?\s*|%(?:re)?load_ext (?:autoreload|tensorboard|line_profiler|memory_profiler|watermark)\s*"
    r"|%config InlineBackend\..*|%(?:tensorboard|watermark)\b.*|\?{1,2}[\w.]+\s*|[\w.]+\?{1,2}\s*"
)
"""Lines that bind no name and run none of the notebook's code, unless they take values from it (`{name}`, `$name`)."""

_QUIET_CELL = re.compile(r"%%(?:bash|sh|html|HTML|javascript|js|latex|markdown|svg|writefile|file)\b[^-{$]*")
_RUN_HERE = re.compile(r"%%(?:time|capture)\s*")
"""Cells whose body runs as if the first line were not there."""

_WRITTEN_OUT = re.compile(r"(?:[\w, ]+= *)?(?:!|%%?(?:time|timeit|prun|capture|pip|cd|env|ls|pwd)\b)")
"""Lines that run what is written in the cell, and bind nothing but names that stand there."""


class Reading(Struct, frozen=True):
    """A cell as Python of the same length, empty where it is none; whether it is read only; and what else it may do."""

    text: str = ""
    frozen: bool = False
    unknown: Unknown = Unknown()


def read(source: str, language: str) -> Reading:
    """What is known of a cell from its text and from what its metadata say it is written in."""
    if language not in ("", "python", "ipython") or any(sign in source for sign in (MARK, MAGIC, "\ufeff")):
        return Reading(unknown=_anything(source))
    first = _LINE.match(source)
    assert first is not None
    if _PROMPT.match(source) or not _is_text(source):
        return Reading(unknown=_anything(source))
    if _parses(source):
        return Reading(source)
    if _QUIET_CELL.fullmatch(first[0]) or ("?" in source and _HELP.fullmatch(source)):
        return Reading()
    if _RUN_HERE.fullmatch(first[0]):
        body = _commented(source, 0)
        return Reading(body, frozen=True) if _parses(body) else Reading(unknown=_anything(source))
    replaced = _without_quiet_lines(source)
    return Reading(replaced) if replaced is not None else Reading(unknown=_anything(source))


def _parses(text: str) -> bool:
    try:
        syntax.parse(text)
    except syntax.Unreadable:
        return False
    return True


def _is_text(source: str) -> bool:
    """JSON can hold halves of characters, and null bytes."""
    try:
        return b"\0" not in source.encode()
    except UnicodeEncodeError:
        return False


def _commented(text: str, at: int) -> str:
    return f"{text[:at]}#{MAGIC}{text[at + 2 :]}"


def _without_quiet_lines(source: str) -> str | None:
    """The cell with its magics as comments; None where one may do more than it says, or does not stand at the cell's top.

        total = (a
    % b)

    is no magic: were there a statement in the place of that line, the parser would not take it.
    """
    lines = list(_ESCAPE.finditer(source))
    if not lines or not all(_is_quiet(one[0]) for one in lines):
        return None
    commented = probe = source
    for one in lines:
        commented = _commented(commented, one.start())
        probe = f"{probe[: one.start()]}...{' ' * (one.end() - one.start() - 3)}{probe[one.end() :]}"
    try:
        tree = syntax.parse(probe)
    except syntax.Unreadable:
        return None
    # A bare `...` at the top, in the first column of each of those lines: so none of them lies in a string or in brackets.
    found = {statement.lineno for statement in tree.body if statement.col_offset == 0}
    line = Lines(source).line
    return commented if found.issuperset(line(one.start()) for one in lines) and _parses(commented) else None


def _is_quiet(line: str) -> bool:
    return len(line) >= 3 and _QUIET_LINE.fullmatch(line) is not None and not re.search(r"[{$]|\\\s*$", line)


def _anything(source: str) -> Unknown:
    """What a cell that is left alone may do: run anything, bind its names, and where it runs something else than itself any name at all."""
    foreign = [line for line in source.split("\n") if re.match(r"\s*(?:[\w, ]+= *)?[%!?,;/]|.*\?\s*$", line)]
    written_out = all(_is_quiet(line) or _WRITTEN_OUT.match(line.strip()) for line in foreign) and not re.search(r"import\s*\*", source)
    return Unknown(code=True, star=not written_out, names=frozenset(_WORD.findall(source)))
