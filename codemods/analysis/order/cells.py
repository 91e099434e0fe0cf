"""A notebook's code cells as one program, in which any cell may run after any other, again, and break off in its middle.

The text of that program holds the cells one after the other, each below a line that marks its beginning. Its tree is not what the parser
makes of it, but what may happen:

    while …:
        try:
            if …: the first cell
            elif …: the second cell
            else: what is left alone, which may do anything
        except: pass

So every proof about order holds whichever way the notebook is run, without a word about notebooks in any of them.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct

from codemods.analysis.text.positions import Lines
from codemods.model.settings import NOTEBOOK

SUFFIX = NOTEBOOK

MARK, MAGIC = "\ue000", "\ue001"
"""Characters for private use, which no cell that is read holds: one begins the comment above each cell, one stands for a magic's first."""

_MARKED = re.compile(rf"^#{MARK}([-=!*]+)([^\r\n]*)", re.MULTILINE)
_ANY = "__cells__"

Place = tuple[int, int]
Node = TypeVar("Node", bound=ast.AST)


class Unknown(Struct, frozen=True):
    """What the cells that are left alone may do: run anything (`code`), bind any name (`star`), bind these `names`."""

    code: bool = False
    star: bool = False
    names: frozenset[str] = frozenset()

    def __or__(self, other: Unknown) -> Unknown:
        return Unknown(self.code or other.code, self.star or other.star, self.names | other.names)


class Stretch(Struct, frozen=True):
    """The text of one cell in the program: characters [start, end), and the cell's number. `frozen`: it is read, and not rewritten."""

    start: int
    end: int
    number: int
    frozen: bool


def program(cells: Iterable[tuple[int, str, bool]], unknown: Unknown) -> str:
    """The text of the program: the number of each cell, its text, and whether it is frozen; and what the others may do."""
    pieces: list[str] = []
    for number, text, frozen in cells:
        pieces += [f"#{MARK}{'=' if frozen else '-'}{number}\n", text, "" if text.endswith("\n") else "\n"]
    flags = ("!" if unknown.code else "") + ("*" if unknown.star else "")
    return "".join([*pieces, f"#{MARK}{flags or '-'}{' '.join(sorted(unknown.names))}"])


def stretches(text: str) -> list[Stretch]:
    """Where the cells stand in the program."""
    marks = list(_MARKED.finditer(text))
    return [Stretch(one.end() + 1, other.start(), int(one[2]), one[1] == "=") for one, other in pairwise(marks)]


class Cells:
    """Maps lines of the program to cells and their own lines."""

    def __init__(self, text: str, lines: Lines) -> None:
        found = stretches(text)
        self._firsts = [lines.line(one.start) for one in found]
        self._numbers = [one.number for one in found]
        self._last = len(lines.starts)

    def place(self, line: int) -> Place:
        """The cell's number, and the line in it. Cell 0 is none: what is left alone stands there."""
        index = bisect_right(self._firsts, line) - 1
        return (self._numbers[index], line - self._firsts[index] + 1) if index >= 0 and line < self._last else (0, line)


def running(text: str, tree: ast.Module) -> ast.Module:
    """The tree of what may happen, from the program's text and the parser's tree of it."""
    lines = Lines(text)
    starts = [lines.line(one.start) for one in stretches(text)]
    bodies: list[list[ast.stmt]] = [[] for _ in starts]
    for statement in tree.body:
        bodies[bisect_right(starts, statement.lineno) - 1].append(statement)
    end = (len(lines.starts), 0)
    rest = _left_alone(text, end)
    for body in reversed([body for body in bodies if body]):
        rest = [_placed(ast.If(_any(end), body, rest), _first(body), end)]
    handler = _placed(ast.ExceptHandler(None, None, [_placed(ast.Pass(), end, end)]), end, end)
    tried = _placed(ast.Try(rest or [_placed(ast.Pass(), end, end)], [handler], [], []), (1, 0), end)
    return ast.Module([_placed(ast.While(_any(end), [tried], []), (1, 0), end)], [])


def at_the_top(tree: ast.Module) -> list[list[ast.stmt]]:
    """The statements of each cell, of a tree that `running` made; of any other, none."""
    match tree.body:
        case [ast.While(test=ast.Name(id="__cells__"), body=[ast.Try(body=[ast.If() as branch])])]:
            found = [branch.body]
            while len(branch.orelse) == 1 and isinstance(following := branch.orelse[0], ast.If):
                branch = following
                found.append(branch.body)
            return found
        case _:
            return []


def top(tree: ast.Module) -> list[ast.stmt]:
    """The statements at the top of the file, or of the notebook's cells."""
    return [statement for cell in at_the_top(tree) for statement in cell] or tree.body


def _left_alone(text: str, end: Place) -> list[ast.stmt]:
    """What the cells that are left alone may do, as statements behind the last line's beginning."""
    *_, last = _MARKED.finditer(text)
    made: list[ast.stmt] = []
    if "*" in last[1]:
        made.append(_placed(ast.ImportFrom(_ANY, [_placed(ast.alias("*"), end, end)], 0), end, end))
    if "!" in last[1]:
        call = ast.Call(_placed(ast.Name("exec", ast.Load()), end, end), [_any(end)], [])
        made.append(_placed(ast.Expr(_placed(call, end, end)), end, end))
    for name in last[2].split():
        target = _placed(ast.Name(name, ast.Store()), end, end)
        made.append(_placed(ast.Assign([target], _any(end)), end, end))
    return made


def _any(place: Place) -> ast.Name:
    """A value of which nothing is known."""
    return _placed(ast.Name(_ANY, ast.Load()), place, place)


def _first(body: Sequence[ast.stmt]) -> Place:
    first = (getattr(body[0], "decorator_list", None) or body)[0]
    return first.lineno, first.col_offset


def _placed(node: Node, start: Place, end: Place) -> Node:
    node.lineno, node.col_offset = start  # type: ignore[attr-defined]
    node.end_lineno, node.end_col_offset = end  # type: ignore[attr-defined]
    return node
