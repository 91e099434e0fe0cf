"""Loops that only build up a fresh list, set or dict: their shape, taken apart into the clauses of a comprehension.

    found = []
    for row in rows:
        if not row:
            continue
        for cell in row:
            found.append(cell.text)

is taken apart into `for row in rows if row` and `for cell in row`, and the element `cell.text`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from codemods.analysis.module import Module

LoopStatement = ast.For | ast.AsyncFor

MOST_TEMPORARIES = 3

_LISTED = (ast.Starred, ast.List, ast.Tuple, ast.Set, ast.Constant, ast.JoinedStr)
"""What is not spread by a second loop: elements that stand there one by one."""


class Filter(Struct, frozen=True):
    """A condition under which the turn goes on: `test` as it is, or its opposite."""

    test: ast.expr
    negated: bool


class Temporary(Struct, frozen=True, eq=False):
    """An assignment in the body, whose value is to be put where its name is used.

    Attributes:
        statement: the assignment.
        target, value: its two sides.
        before: how many of the loop's clauses come before it.
    """

    statement: ast.Assign | ast.AnnAssign
    target: ast.Name
    value: ast.expr
    before: int


class Accumulation(Struct):
    """A loop taken apart.

    Attributes:
        name: the collection's name where the loop adds to it.
        kind: list, set or dict.
        clauses: the loops and filters, outermost first.
        element: what is added; the value for a dict.
        choice: the element, where both branches of an `if` add something, made of them.
        also: the collection's name in the second of these branches.
        spread: not the element is added, but all that it gives: `out.extend(element)`.
        key: a dict's key.
        temporaries: the assignments in the body, in order.
        named: those that keep their name, bound by `:=` in a condition, and the use there that becomes `(name := value)`.
        between: the statements between the birth and the loop, or the `with` statement that holds the loop.
        managers: the `with` statements, outermost first, behind the birth that hold the loop.
        within: what stands in them before the loop.
    """

    name: ast.Name
    kind: str
    element: ast.expr
    key: ast.expr | None = None
    choice: ast.IfExp | None = None
    also: ast.Name | None = None
    spread: bool = False
    clauses: list[LoopStatement | Filter] = field(default_factory=list)
    temporaries: list[Temporary] = field(default_factory=list)
    named: dict[Temporary, ast.Name] = field(default_factory=dict)
    between: list[ast.stmt] = field(default_factory=list)
    managers: list[ast.With] = field(default_factory=list)
    within: list[ast.stmt] = field(default_factory=list)

    @property
    def crossed(self) -> list[ast.AST]:
        """All that is evaluated between the birth and the loop."""
        return [*self.between, *(item for manager in self.managers for item in manager.items), *self.within]


def take_apart(loop: LoopStatement) -> Accumulation | None:
    """The loop as an accumulation; `None` where its body does anything else."""
    clauses: list[LoopStatement | Filter] = []
    temporaries: list[Temporary] = []
    statement: ast.stmt = loop
    while True:
        match statement:
            case ast.For() | ast.AsyncFor() if not statement.orelse:
                clauses.append(statement)
                body = statement.body
            case ast.If() if not statement.orelse:
                clauses.append(Filter(statement.test, False))
                body = statement.body
            case ast.If() if (chosen := _chosen(statement)) is not None:
                chosen.clauses, chosen.temporaries = clauses, temporaries
                return chosen
            case _:
                return None
        body = _behind_guards(body, clauses, temporaries)
        if len(body) != 1 or len(temporaries) > MOST_TEMPORARIES:
            return None
        statement = body[0]
        added = _added(statement)
        if added is not None:
            added.clauses, added.temporaries = clauses, temporaries
            return added


def _behind_guards(body: list[ast.stmt], clauses: list[LoopStatement | Filter], temporaries: list[Temporary]) -> list[ast.stmt]:
    """Turns leading `if …: continue` into filters and sets assignments aside; hands back what remains."""
    for index, statement in enumerate(body[:-1]):
        match statement:
            case ast.If(body=[ast.Continue()], orelse=[]):
                clauses.append(Filter(statement.test, True))
            case ast.Assign(targets=[ast.Name() as name], value=value):
                temporaries.append(Temporary(statement, name, value, len(clauses)))
            case ast.AnnAssign(target=ast.Name() as name, value=ast.expr() as value):
                temporaries.append(Temporary(statement, name, value, len(clauses)))
            case _:
                return body[index:]
    return body[-1:]


def _added(statement: ast.stmt) -> Accumulation | None:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="append"), args=[element], keywords=[])):
            return None if isinstance(element, ast.Starred) else Accumulation(name, "list", element)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="add"), args=[element], keywords=[])):
            return None if isinstance(element, ast.Starred) else Accumulation(name, "set", element)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="extend"), args=[element], keywords=[])):
            return None if isinstance(element, _LISTED) else Accumulation(name, "list", element, spread=True)
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="update"), args=[element], keywords=[])):
            return None if isinstance(element, _LISTED) else Accumulation(name, "set", element, spread=True)
        case ast.Assign(targets=[ast.Subscript(value=ast.Name() as name, slice=key)], value=element):
            return None if isinstance(key, ast.Slice) else Accumulation(name, "dict", element, key)
        case _:
            return None


def _chosen(statement: ast.If) -> Accumulation | None:
    """What an `if` adds that adds one thing in its body and another in its `else`, under the same key."""
    match statement:
        case ast.If(test=test, body=[first], orelse=[second]):
            one, other = _added(first), _added(second)
        case _:
            return None
    if one is None or other is None or (one.name.id, one.kind) != (other.name.id, other.kind):
        return None
    if one.spread or other.spread:
        return None
    if len({ast.dump(key) for key in (one.key, other.key) if key is not None}) > 1:
        return None
    choice = ast.copy_location(ast.IfExp(test, one.element, other.element), statement)
    return Accumulation(one.name, one.kind, choice, one.key, choice, other.name)


def block_of(statement: ast.stmt, module: Module) -> list[ast.stmt]:
    """The list of statements that `statement` stands in."""
    parent = module.parent(statement)
    for name in ("body", "orelse", "finalbody"):
        block: list[ast.stmt] = getattr(parent, name, [])
        if statement in block:
            return block
    raise ValueError("a statement outside any block")


def birth_of(found: Accumulation, loop: LoopStatement, module: Module) -> ast.Assign | ast.AnnAssign | None:
    """The statement that makes the empty collection: the nearest of those before the loop in its block, or before the `with` around it.

    What stands between is set down in `found`.
    """
    inner: ast.stmt = loop
    while True:
        block = block_of(inner, module)
        before = block[: block.index(inner)]
        for index in range(len(before) - 1, -1, -1):
            if _binds(before[index], found.name.id):
                birth = before[index]
                assert isinstance(birth, ast.Assign | ast.AnnAssign)
                found.between = before[index + 1 :]
                return birth if _empty(birth.value) == found.kind else None
        around = module.parent(inner)
        if not isinstance(around, ast.With):
            return None
        found.managers.insert(0, around)
        found.within[:0] = before
        inner = around


def _binds(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id=bound)]) | ast.AnnAssign(target=ast.Name(id=bound), value=ast.expr()):
            return bound == name
        case _:
            return False


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
