"""Where the f-string of a `+` chain goes: on one line, on the lines the chain had, or in parentheses of its own. Imports no LibCST."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.text.comments import comments
from codemods.analysis.text.string_literals import Words
from codemods.model.verdict import Refusal, Refused
from codemods.rules.chain_brackets import Brackets, Frame, frame_of
from codemods.rules.chain_breaks import Break, Row, Seams, indentation
from codemods.rules.chain_parts import COMMENT
from codemods.rules.fstrings import BRACES, MIXED_RAW, OCTAL, RAW_BRACES, Hole, Piece, Quote, piece
from codemods.rules.word_wrap import balanced, belongs_below, has_words

TOO_LONG = Refusal(
    "too-long",
    "the f-string would make line {line} {width} wide, where {limit} is the most, and there is no good place to break it",
    sort="style",
)

Part = Words | Hole

_OF_ONE_LITERAL = (RAW_BRACES.code, BRACES.code, MIXED_RAW.code, OCTAL.code)
"""What speaks against one literal, and not against one for each line."""

_GOES_ON = re.compile(r"\)* (?:async )?for\b")
_ALONE = re.compile(r"\s*(?:\w+ ?= ?|(?:\w+|\"\w*\"|'\w*') ?: ?)?")


class Plan(Struct, frozen=True):
    """A chain's new text.

    Attributes:
        ordinal: which `BinaryOperation` of the anchor the chain is; of a template which `Call`, if `call` is true.
        pieces, breaks: its literals, each on a line of its own, and what stands between two of them.
        brackets: what becomes of the brackets around it; `None` leaves them as they are.
        call: it is a call of `.format`.
        wrapped: it is a template, whose own parentheses stay.
    """

    ordinal: int
    pieces: tuple[Piece, ...]
    breaks: tuple[Break, ...] = ()
    brackets: Brackets | None = None
    call: bool = False
    wrapped: bool = False


Lines = list[list[Part]]


class Fitting:
    """Finds the place for one chain's f-string. `parts` are in order and never empty words; `own` are the quotes to prefer.

    A template with its values does as well as a chain. `doubled` as for `piece`.
    """

    def __init__(self, chain: ast.BinOp | ast.Call, parts: Sequence[Part], own: Quote, module: Module, doubled: bool = False) -> None:
        self.chain, self.parts, self.own, self.module = chain, parts, own, module
        self.doubled = doubled
        self.start, self.end = module.span(chain)
        self.first = module.lines.line(self.start)
        self.last = module.lines.line(self.end)
        self.limit = module.line_length
        self.frame = frame_of(chain, module)
        self.seams = Seams(self.start, self.end, module)

    def plan(self) -> tuple[ast.expr | ast.stmt, Plan] | Refused:
        """The anchor and the plan, or why there is none."""
        if self.seams.comments:
            return self._as_written(apart=True) or COMMENT(line=min(self.seams.comments))
        whole = piece(self.parts, self.own, self.doubled)
        if isinstance(whole, Refused):
            return (self._as_written(apart=True) if whole.code in _OF_ONE_LITERAL else None) or whole
        brackets = self.closed_up()
        before, behind = self.around(brackets)
        width = before + whole.width + behind
        fits = self._fits(width) or (not self._fits(self.widest()) and self._fits(width - self._comment()))
        if fits and not self._kept_apart():
            return self._planned((whole,), (), brackets)
        broken = self._as_written() or self._hanging()
        if broken is not None:
            return broken
        if self.first == self.last and width <= self.widest():
            return self._planned((whole,), (), brackets)
        # A value above its text would push all of the text to the right.
        between_words = self._aligned() or self._hanging(between_words=True) if has_words(self._written()[0]) else None
        return between_words or TOO_LONG(line=self.first, width=width, limit=self.limit)

    def _fits(self, width: int) -> bool:
        return width <= self.limit

    def _comment(self) -> int:
        """How wide the comment behind the chain is: where only that goes over the line's end, breaking the code brings nothing."""
        behind = self._behind()
        return next((len(behind) - len(behind[: one.start].rstrip()) for one in comments(behind)), 0)

    def widest(self) -> int:
        """The width of the widest line the chain stands on now."""
        return max(len(self.module.lines.line_text(line)) for line in range(self.first, self.last + 1))

    def _planned(self, pieces: Sequence[Piece], breaks: Sequence[Break], brackets: Brackets | None) -> tuple[ast.expr | ast.stmt, Plan]:
        anchor = self.anchor(brackets)
        ordinal = self.module.ordinal(self.chain, anchor)
        return anchor, Plan(ordinal, tuple(pieces), tuple(breaks), brackets, isinstance(self.chain, ast.Call))

    def anchor(self, brackets: Brackets | None) -> ast.expr | ast.stmt:
        """What is rewritten: the chain, or what holds its brackets where something becomes of these."""
        around = self.frame.anchor if brackets is not None and self.frame is not None else None
        return around or self.chain

    def closed_up(self) -> Brackets | None:
        """What to do with the brackets when all goes on one line: own ones are not needed, a call's need no room inside."""
        frame = self.frame
        if frame is None or frame.anchor is None:
            return None
        if frame.call is not None:
            return Brackets(of_call=True) if self.spread else None
        return Brackets(of_call=False)

    @property
    def spread(self) -> bool:
        """Whether there are brackets, and on other lines than the chain."""
        line = self.module.lines.line
        return self.frame is not None and (line(self.frame.start) < self.first or line(self.frame.end) > self.last)

    def around(self, brackets: Brackets | None) -> tuple[int, int]:
        """How many characters stand before and behind the f-string on its line, with the brackets as they are to be."""
        start, end = self.start, self.end
        extra = 0
        if brackets is not None and self.frame is not None:
            start, end = self.frame.start, self.frame.end
            extra = 1 if brackets.of_call else 0
        lines = self.module.lines
        behind = lines.line_text(lines.line(end))[lines.column(end) - 1 :]
        return lines.column(start) - 1 + extra, len(behind) + extra

    def _kept_apart(self) -> bool:
        """Whether the chain shows the lines of its text as lines: it is broken behind a newline in the text."""
        written = self._written()
        return any(_ends_line(one) and has_words(other) for one, other in pairwise(written))

    def _written(self) -> Lines:
        """The parts by the line they stand on now."""
        return [list(group) for _, group in groupby(self.parts, key=lambda part: self.module.lines.line(part.start))]

    def _with_words(self) -> Lines:
        """The parts by the line they stand on now, lines without words joined to the one before them, or behind."""
        lines: Lines = []
        for line in self._written():
            if lines and not (has_words(line) and has_words(lines[-1])):
                lines[-1] += line
            else:
                lines.append(line)
        return lines

    def _as_written(self, apart: bool = False) -> tuple[ast.expr | ast.stmt, Plan] | None:
        """The lines the chain has now, in brackets that are there already. `apart`: no line joins the one before, and no brace is doubled,
        for the braces all stand in literals that need no field."""
        written = self._written() if apart else self._with_words()
        numbers = [self.module.lines.line(line[0].start) for line in written]
        if len(written) == 1 or self._continued() or self._exploded() or self.seams.nests():
            return None
        element = self.frame is None and isinstance(self.module.parent(self.chain), ast.List | ast.Tuple | ast.Set)
        if element and not self.seams.joins_literals(numbers):
            return None  # would look like elements with a comma missing
        pieces = self._pieces(written)
        if pieces is None or (apart and any(one.doubles_braces for one in pieces)):
            return None
        lines = self.module.lines
        indents = [indentation(lines.line_text(number)) for number in numbers]
        before, behind = lines.column(self.start) - 1, len(lines.line_text(self.last)) - lines.column(self.end) + 1
        rows: list[Row] = []
        for number, indent, one in zip(numbers, indents, pieces, strict=True):
            row = Row(number, (len(indent) if rows else before) + one.width)
            rows.append(row)
            if row.end + (behind if one is pieces[-1] else 0) > max(self.limit, len(lines.line_text(number))):
                return None
        breaks = self.seams.breaks(rows, indents[1:])
        return None if breaks is None else self._planned(pieces, breaks, None)

    def _exploded(self) -> bool:
        """Whether each operand has a line to itself, as formatters write chains that do not fit on one line."""
        return all(len(line) == 1 for line in self._written())

    def _continued(self) -> bool:
        """Whether a backslash continues one of the chain's lines."""
        return any(self.module.lines.line_text(line).endswith("\\") for line in range(self.first, self.last))

    def _hanging(self, between_words: bool = False) -> tuple[ast.expr | ast.stmt, Plan] | None:
        """Pieces below each other between brackets that stand on lines of their own, broken between operands or between words."""
        frame, module = self.frame, self.module
        if frame.anchor is None if frame else not self._alone():
            return None
        if frame is not None and not self._ends_there(frame):
            return None
        outer = indentation(module.lines.line_text(module.lines.line(frame.start if frame else self.start)))
        inner = outer + ("\t" if outer.endswith("\t") else "    ")
        room = self.limit - len(inner)
        if between_words:
            pieces = balanced(self.parts, self.own, room, 0 if frame else len(self._behind()), self.doubled)
        else:
            groups = [list(self.parts)] if self._exploded() else self._with_words()
            pieces = self._pieces([line for group in groups for line in self._filled(group, room)])
        if pieces is None or any(one.width > room for one in pieces) or (len(pieces) == 1 and self._nested()):
            return None
        return self._planned(
            pieces, [Break(inner)] * (len(pieces) - 1), Brackets(frame is not None and frame.call is not None, inner, outer)
        )

    def _nested(self) -> bool:
        """Whether its brackets stand in others on their line, or its own are an operand. The line was too long before, and reads better
        than `print(a, len(` or `count * (` and the text below it."""
        if self.frame is None or self.first != self.last:
            return False
        if isinstance(self.module.parent(self.chain), ast.BinOp | ast.BoolOp | ast.Compare | ast.UnaryOp):
            return True
        lines = self.module.lines
        text, column = lines.line_text(lines.line(self.frame.start)), lines.column(self.frame.start) - 1
        return any(text[:column].count(one) > text[:column].count(other) for one, other in ("()", "[]", "{}"))

    def _ends_there(self, frame: Frame) -> bool:
        """Whether the brackets may be spread over lines: no clause of a comprehension goes on behind them."""
        lines = self.module.lines
        return not _GOES_ON.match(lines.line_text(lines.line(frame.end))[lines.column(frame.end) - 1 :])

    def _alone(self) -> bool:
        """Whether it is a statement's value, or has its lines to itself but for a keyword or a key before it and a comma behind it."""
        lines = self.module.lines
        if isinstance(self.module.parent(self.chain), ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return):
            return True
        before = lines.line_text(self.first)[: lines.column(self.start) - 1]
        return bool(_ALONE.fullmatch(before)) and self._behind() in ("", ",")

    def _aligned(self) -> tuple[ast.expr | ast.stmt, Plan] | None:
        """Pieces below each other where the chain starts, as one of a call's arguments."""
        around = self.module.parent(self.chain)
        call = self.module.parent(around) if isinstance(around, ast.keyword) else around
        column = self.module.lines.column(self.start) - 1
        if self.frame is not None or not isinstance(call, ast.Call) or self._continued() or 2 * column > self.limit:
            return None
        text = self.module.lines.line_text(self.first)[:column]
        pieces = balanced(self.parts, self.own, self.limit - column, len(self._behind()), self.doubled)
        if pieces is None:
            return None
        indent = text if not text.strip() else indentation(text) + " " * (column - len(indentation(text)))
        return self._planned(pieces, [Break(indent)] * (len(pieces) - 1), None)

    def _behind(self) -> str:
        """What stands behind the chain on its last line."""
        return self.module.lines.line_text(self.last)[self.module.lines.column(self.end) - 1 :]

    def _filled(self, parts: Sequence[Part], room: int) -> Lines:
        """The parts, as many operands on a line as there is room for.

        An operand of the line before comes down where a line would have no words, or would start with the space between two words.
        """
        lines: list[Lines] = [[]]
        for operand in ([*group] for _, group in groupby(parts, key=lambda part: part.start)):
            if lines[-1] and (_ends_line(lines[-1][-1]) or not self._has_room([*lines[-1], operand], room)):
                above, below = lines[-1], [operand]
                while len(above) > 1 and belongs_below(above, below) and self._has_room([above[-1], *below], room):
                    below.insert(0, above.pop())
                lines.append(below)
            else:
                lines[-1].append(operand)
        return [[part for operand in line for part in operand] for line in lines]

    def _has_room(self, line: Lines, room: int) -> bool:
        whole = piece([part for operand in line for part in operand], self.own, self.doubled)
        return isinstance(whole, Piece) and whole.width <= room

    def _pieces(self, lines: Lines) -> list[Piece] | None:
        """A literal for each line; `None` where one cannot be written, or would hold nothing but fields."""
        if not all(map(has_words, lines)):
            return None
        pieces = [piece(line, self.own, self.doubled) for line in lines]
        return None if any(isinstance(one, Refused) for one in pieces) else [one for one in pieces if isinstance(one, Piece)]


def _ends_line(line: Sequence[Part]) -> bool:
    """Whether the text of the line ends with a newline."""
    return isinstance(line[-1], Words) and not line[-1].raw and line[-1].body.endswith("\\n")
