"""The guards of a Python file: where they stand, how to switch one off, and how to record when one decides.

A guard is what a function asks before it goes on: the test of an `if`, an operand of `and` or `or`, the `case` of a `match` and its `if`,
a condition of a comprehension. Each has one value at which it holds something back; switched off, it never has that value. What is
evaluated stays the same, so that names bound on the way still are.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator
from dataclasses import dataclass, replace

PROBE = "__guard_probe__"
"""The builtin that a watched file calls with a guard's number and its value, and that gives the value back."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard, and where in the tree its expression hangs.

    Attributes:
        path: the file, relative to the repository.
        function: the outermost function that holds it (`Class.method`); only functions are looked at.
        how: `if never`, `if always`, `and`, `or`, `case`, `case if`, `for if`.
        decides: the value at which it makes a difference.
        owner, field, at: the expression is `owner.field`, or element `at` of it; of a `case` without condition, nothing hangs there.
        twin: which one it is of those of the file that are otherwise called the same.
    """

    path: str
    function: str
    line: int
    how: str
    text: str
    decides: bool
    owner: ast.AST
    field: str
    at: int | None
    twin: int = 0

    @property
    def name(self) -> str:
        """What it is called in lists: the same wherever in the file it moves."""
        twin = f" #{self.twin + 1}" if self.twin else ""
        return f"{self.path} {self.function} [{self.how}] {self.text}{twin}"

    def wrap(self, around: ast.expr | None) -> None:
        """Puts `around` in the place of the expression."""
        if self.at is None:
            setattr(self.owner, self.field, around)
        else:
            getattr(self.owner, self.field)[self.at] = around

    def expression(self) -> ast.expr | None:
        value = getattr(self.owner, self.field)
        found: ast.expr | None = value if self.at is None else value[self.at]
        return found


def guards(tree: ast.Module, path: str) -> list[Guard]:
    """The guards of a file, always in the same order."""
    found: list[Guard] = []
    seen: dict[str, int] = {}
    for name, function in _functions(tree.body, ""):
        for node in (one for statement in function.body for one in ast.walk(statement)):
            for how, decides, owner, field, at, text in _at(node):
                one = Guard(path, name, 0, how, text, decides, owner, field, at)
                one = replace(one, line=_line(one))
                twin = seen[one.name] = seen.get(one.name, -1) + 1
                found.append(replace(one, twin=twin))
    return found


def _functions(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, Function]]:
    for statement in body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield prefix + statement.name, statement
            case ast.ClassDef():
                yield from _functions(statement.body, f"{prefix}{statement.name}.")
            case ast.If() | ast.Try():
                yield from _functions(statement.body, prefix)


def _line(guard: Guard) -> int:
    place = guard.owner.pattern if isinstance(guard.owner, ast.match_case) else guard.expression()
    return getattr(place, "lineno", 0)


def _at(node: ast.AST) -> Iterator[tuple[str, bool, ast.AST, str, int | None, str]]:
    """The guards that hang at one node."""
    match node:
        case ast.If():
            text = _short(node.test)
            yield "if never", True, node, "test", None, text
            if not node.orelse and isinstance(node.body[0], ast.Return) and _is_true(node.body[0].value):
                yield "if always", False, node, "test", None, text
        case ast.BoolOp(op=ast.Or(), values=[*_, ast.Constant()]):
            pass  # `found or ""` asks nothing
        case ast.BoolOp():
            off = isinstance(node.op, ast.Or)
            for at, value in enumerate(node.values):
                yield "or" if off else "and", off, node, "values", at, f"{_short(value)} of {_short(node)}"
        case ast.match_case():
            text = _short(node.pattern)
            if not (_takes_all(node.pattern) and node.guard is None and _does_nothing(node.body)):
                yield "case", True, node, "guard", None, text
            if node.guard is not None:
                yield "case if", False, node, "guard", None, f"{text} if {_short(node.guard)}"
        case ast.comprehension():
            for at, value in enumerate(node.ifs):
                yield "for if", False, node, "ifs", at, _short(value)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:60]}…{text[-27:]}"


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _takes_all(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _does_nothing(body: list[ast.stmt]) -> bool:
    """What falls out of a `match` gives `None`, which is as false as `False`."""
    match body:
        case [ast.Pass() | ast.Return(value=None | ast.Constant(value=None | False))]:
            return True
        case _:
            return False


def changed(source: str, path: str, number: int) -> ast.Module:
    """The file's tree with one guard, by its place in the list of `guards`, switched off."""
    tree = ast.parse(source)
    guard = guards(tree, path)[number]
    expression = guard.expression()
    operator = ast.And() if guard.decides else ast.Or()
    never = ast.Constant(not guard.decides)
    guard.wrap(never if expression is None else ast.BoolOp(operator, [expression, never]))
    return ast.fix_missing_locations(tree)


def without(source: str, path: str, number: int) -> types.CodeType:
    """The compiled file with one guard switched off."""
    return _compiled(changed(source, path, number), path)


def watched(source: str, path: str, first: int) -> types.CodeType:
    """The file's code that tells `PROBE` each guard's value; the guards are numbered from `first`."""
    tree = ast.parse(source)
    for number, guard in enumerate(guards(tree, path), first):
        called = ast.Name(PROBE, ast.Load())
        expression = guard.expression()
        if isinstance(guard.owner, ast.match_case) and guard.how == "case":
            call = ast.Call(called, [ast.Constant(number), ast.Constant(True)], [])
            guard.owner.body.insert(0, ast.copy_location(ast.Expr(call), guard.owner.body[0]))
        elif expression is not None:
            guard.wrap(ast.copy_location(ast.Call(called, [ast.Constant(number), expression], []), expression))
    return _compiled(tree, path)


def _compiled(tree: ast.Module, path: str) -> types.CodeType:
    code: types.CodeType = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
    return code


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """A code object and all those in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes(constant)
