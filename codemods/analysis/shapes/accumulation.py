"""Loops that only build up a fresh list, set or dict: their shape, taken apart into the clauses of a comprehension.

    found = []
    for row in rows:
        if not row:
            continue
        for cell in row:
            found.append(cell.text)
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from codemods.analysis.module import Module

LoopStatement = ast.For | ast.AsyncFor


class Filter(Struct, frozen=True):
    """A condition under which the turn goes on: `test` as it is, or its opposite."""

    test: ast.expr
    negated: bool


class Accumulation(Struct):
    """A loop taken apart.

    Attributes:
        name: the collection's name where the loop adds to it.
        kind: list, set or dict.
        clauses: the loops and filters, outermost first.
        element: what is added; the value for a dict.
        key: a dict's key.
        temporary: an assignment in the body, whose value is to be put where its name is used.
        before_temporary: how many of the clauses come before it.
        between: the statements between the birth and the loop.
    """

    name: ast.Name
    kind: str
    element: ast.expr
    key: ast.expr | None = None
    clauses: list[LoopStatement | Filter] = field(default_factory=list)
    temporary: ast.Assign | None = None
    before_temporary: int = 0
    between: list[ast.stmt] = field(default_factory=list)


def take_apart(loop: LoopStatement) -> Accumulation | None:
    """The loop as an accumulation; `None` where its body does anything else."""
    clauses: list[LoopStatement | Filter] = []
    temporaries: list[tuple[ast.Assign, int]] = []
    statement: ast.stmt = loop
    while True:
        match statement:
            case ast.For() | ast.AsyncFor() if not statement.orelse:
                clauses.append(statement)
                body = statement.body
            case ast.If() if not statement.orelse:
                clauses.append(Filter(statement.test, False))
                body = statement.body
            case _:
                return None
        body = _behind_guards(body, clauses, temporaries)
        if len(body) != 1 or len(temporaries) > 1:
            return None
        statement = body[0]
        added = _added(statement)
        if added is not None:
            added.clauses = clauses
            if temporaries:
                added.temporary, added.before_temporary = temporaries[0]
            return added


def _behind_guards(
    body: list[ast.stmt], clauses: list[LoopStatement | Filter], temporaries: list[tuple[ast.Assign, int]]
) -> list[ast.stmt]:
    """Turns leading `if …: continue` into filters and sets assignments aside; hands back what remains."""
    for index, statement in enumerate(body[:-1]):
        match statement:
            case ast.If(body=[ast.Continue()], orelse=[]):
                clauses.append(Filter(statement.test, True))
            case ast.Assign(targets=[ast.Name()]):
                temporaries.append((statement, len(clauses)))
            case _:
                return body[index:]
    return body[-1:]


def _added(statement: ast.stmt) -> Accumulation | None:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="append"), args=[element], keywords=[])):
            return None if isinstance(element, ast.Starred) else Accumulation(name, "list", element)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="add"), args=[element], keywords=[])):
            return None if isinstance(element, ast.Starred) else Accumulation(name, "set", element)
        case ast.Assign(targets=[ast.Subscript(value=ast.Name() as name, slice=key)], value=element):
            return None if isinstance(key, ast.Slice) else Accumulation(name, "dict", element, key)
        case _:
            return None


def block_of(statement: ast.stmt, module: Module) -> list[ast.stmt]:
    """The list of statements that `statement` stands in."""
    parent = module.parent(statement)
    for name in ("body", "orelse", "finalbody"):
        block: list[ast.stmt] = getattr(parent, name, [])
        if statement in block:
            return block
    raise ValueError("a statement outside any block")


def birth_of(found: Accumulation, before: list[ast.stmt]) -> ast.Assign | ast.AnnAssign | None:
    """The statement that makes the empty collection, the nearest of those before the loop in its block, which are `before`.

    What stands between is set down in `found`.
    """
    own = found.name.id
    for index in range(len(before) - 1, -1, -1):
        match birth := before[index]:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()) if name == own:
                assert isinstance(birth, ast.Assign | ast.AnnAssign)
                found.between = before[index + 1 :]
                return birth if _empty(birth.value) == found.kind else None
            case _:
                pass
    return None


def _empty(value: ast.expr | None) -> str | None:
    """Which collection an expression makes empty. Whether `list` is the builtin is for the caller to ask."""
    match value:
        case ast.List(elts=[]):
            return "list"
        case ast.Dict(keys=[]):
            return "dict"
        case ast.Call(func=ast.Name(id="list" | "set" | "dict" as name), args=[], keywords=[]):
            return name
        case _:
            return None
