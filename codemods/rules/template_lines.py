"""Where the f-string of a template goes: on one line, or on the lines the template has. Imports no LibCST."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.text.positions import Lines
from codemods.analysis.text.string_literals import tokens
from codemods.model.verdict import Refusal, Refused
from codemods.rules.chain_brackets import Frame, frame_of
from codemods.rules.chain_breaks import Break
from codemods.rules.chain_lines import TOO_LONG, Fitting, Plan
from codemods.rules.field_fit import Part
from codemods.rules.fstrings import Piece, Quote, piece
from codemods.rules.template_parts import Template
from codemods.rules.word_wrap import pushed

CONTINUED = Refusal("continued-line", "line {line} goes on behind a backslash", sort="style")

Placed = tuple[ast.expr | ast.stmt, Plan]


def placed(site: ast.BinOp | ast.Call, template: Template, module: Module) -> Placed | Refused:
    """The anchor and the plan for a template, or why there is none."""
    literals = list(tokens(module.text, *module.span(template.literal)))
    doubled = isinstance(site, ast.Call)
    if module.lines.line(literals[0].start) != module.lines.line(literals[-1].start):
        return _line_by_line(site, template, module, doubled)
    own = _quote_at(literals[0].start, module)
    whole = piece(template.parts, own, doubled)
    if isinstance(whole, Refused):
        return whole
    if len(own) > 1:
        return _as_text(site, whole, module)
    fitting = Fitting(site, template.parts, own, module, doubled)
    there = _there(site, whole, module)
    if there is not None and fitting.first == fitting.last and not _in_own(fitting.frame, fitting.first, module):
        return there
    found = fitting.plan()
    hangs = isinstance(found, Refused) or (found[1].brackets is not None and found[1].brackets.inner is not None)
    return there if there is not None and hangs else found


def _there(site: ast.BinOp | ast.Call, whole: Piece, module: Module) -> Placed | None:
    """One literal where the template starts, the brackets around it as they are; `None` where the line would get too long."""
    start, end = module.span(site)
    lines = module.lines
    width = lines.column(start) - 1 + whole.width + _behind(site, lines)
    longest = len(lines.line_text(lines.line(start))) if lines.line(start) == lines.line(end) else 0
    if width > max(module.line_length, longest):
        return None
    return site, Plan(module.ordinal(site, site), (whole,), call=isinstance(site, ast.Call))


def _as_text(site: ast.BinOp | ast.Call, whole: Piece, module: Module) -> Placed | Refused:
    """A triple-quoted literal where the template is, unless a line of it gets too long."""
    text = "".join(part if isinstance(part, str) else " " * part.width for part in whole.parts)
    first, *further = f"{whole.prefix}{whole.quote}{text}{whole.quote}{' ' * _behind(site, module.lines)}".splitlines()
    lines = module.lines
    start, end = module.span(site)
    now = max(len(lines.line_text(number)) for number in range(lines.line(start), lines.line(end) + 1))
    width = max(lines.column(start) - 1 + len(first), *map(len, further), 0)
    if width > max(module.line_length, now):
        return TOO_LONG(line=lines.line(start), width=width, limit=module.line_length)
    return site, Plan(module.ordinal(site, site), (whole,), call=isinstance(site, ast.Call))


def _in_own(frame: Frame | None, line: int, module: Module) -> bool:
    """Whether parentheses of its own, which an f-string does not need, stand on the same line."""
    return frame is not None and frame.call is None and module.lines.line(frame.start) == line == module.lines.line(frame.end)


def _by_line(template: Template, module: Module) -> Iterator[tuple[int, list[Part]]]:
    """The numbers of the lines with the parts that stand there."""
    for number, group in groupby(template.parts, key=lambda part: module.lines.line(part.start)):
        yield number, list(group)


def _line_by_line(site: ast.BinOp | ast.Call, template: Template, module: Module, doubled: bool) -> Placed | Refused:
    """A literal for each line that holds literals now."""
    lines = module.lines
    start, end = module.span(template.literal)
    first, last = lines.line(start), lines.line(end)
    for number in range(first, last):
        if lines.line_text(number).endswith("\\"):
            return CONTINUED(line=number)
    opening = module.span(site)[0]
    wrapped = module.text[opening] == "("
    frame = frame_of(site, module)
    alone = wrapped and frame is not None and frame.call is not None and frame.start == opening - 1
    written: list[_Line] = []
    for number, parts in _by_line(template, module):
        made = piece(parts, _quote_at(parts[0].start, module), doubled)
        if isinstance(made, Refused):
            return made
        written.append(_Line(number, lines.column(parts[0].start) - 1, parts, made))
    pieces = _fitted(written, _behind(site, lines) + wrapped, module, doubled)
    if isinstance(pieces, Refused):
        return pieces
    breaks = [lines.line_text(one.number)[: one.start] for one in written]
    if any(text.strip() for text in breaks[1:]):
        breaks = [" " * len(text) for text in breaks]
    if alone and lines.line(opening) == written[0].number:  # the call's parentheses will do; what was aligned stays aligned
        breaks = [text[:-1] if len(text) == written[0].start else text for text in breaks]
        wrapped = False
    breaks += breaks[-1:] * (len(pieces) - len(breaks))
    return site, Plan(module.ordinal(site, site), tuple(pieces), tuple(map(Break, breaks[1:])), None, doubled, wrapped)


class _Line(Struct, frozen=True):
    """A line of a template: its number, the width of what stands before its literal, what the literal holds and becomes."""

    number: int
    start: int
    parts: list[Part]
    piece: Piece


def _fitted(written: Sequence[_Line], behind: int, module: Module, doubled: bool) -> Sequence[Piece] | Refused:
    """The literals of the lines, words that one has no room for pushed to the next. `behind` is the width of what follows the last."""
    limit = module.line_length
    rooms = [max(limit, len(module.lines.line_text(one.number))) - one.start for one in written]
    rooms[-1] -= behind
    widest = max(zip(written, rooms, strict=True), key=lambda line: line[0].piece.width - line[1])
    if widest[0].piece.width <= widest[1]:
        return [one.piece for one in written]
    rooms.append(limit - written[-1].start - behind)
    parts, quotes = [one.parts for one in written], [one.piece.quote for one in written]
    width = limit + widest[0].piece.width - widest[1]
    return pushed(parts, rooms, quotes, doubled) or TOO_LONG(line=widest[0].number, width=width, limit=limit)


def _quote_at(start: int, module: Module) -> Quote:
    """The quotes of the literal at `start`: behind its prefix."""
    while module.text[start] not in "'\"":
        start += 1
    quotes: tuple[Quote, ...] = ('"""', "'''", '"', "'")
    return next(quote for quote in quotes if module.text.startswith(quote, start))


def _behind(site: ast.expr, lines: Lines) -> int:
    """How many characters stand behind the site on its last line."""
    end = lines.span(site)[1]
    return len(lines.line_text(lines.line(end))) - lines.column(end) + 1
