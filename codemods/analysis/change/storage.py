"""How a function uses one collection: what it stores there and looks up, under keys that come from where, and whether it lets it out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from codemods.analysis.calls import known_calls
from codemods.analysis.names.scopes import Binding, mangled
from codemods.analysis.shapes.parameters import Parameter

if TYPE_CHECKING:
    from codemods.analysis.module import Module

FIXED, ARGUMENT, ELEMENT = range(3)
"""Where a key comes from: nothing that differs from call to call, another argument, or what a loop or an inner function runs over."""


class Access(Struct, frozen=True, eq=False):
    """One store into the collection, one look-up, or both at once (`x[k] += 1`, `x.setdefault(k, v)`).

    Attributes:
        use: the mention of the collection; `node` the subscript, call or comparison around it; `statement` the statement.
        key: the key, element or index; `None` where it is not told.
        grows: something is added at no place of its own (`append`, `add`).
        removes: something is taken out, or the order changes.
        counts: a number is added to what was there.
    """

    use: ast.Name
    node: ast.expr
    statement: ast.stmt
    key: ast.expr | None
    stores: bool = False
    looks_up: bool = False
    grows: bool = False
    removes: bool = False
    counts: bool = False


def accesses(uses: list[ast.Name], module: Module) -> Iterator[Access]:
    """The accesses among the mentions of a collection, by position."""
    for use in uses:
        statement = module.statement(use)
        parent = module.parent(use)
        if statement is None:
            continue
        match parent:
            case ast.Subscript() if parent.value is use:
                yield from _subscript(use, parent, statement)
            case ast.Attribute() if isinstance(call := module.parent(parent), ast.Call) and call.func is parent:
                yield from _method(use, parent.attr, call, statement)
            case ast.Compare(ops=[ast.In() | ast.NotIn()]) if use in parent.comparators:
                yield Access(use, parent, statement, parent.left, looks_up=True)
            case ast.AugAssign() if parent.target is use:
                yield Access(use, use, statement, None, stores=True)


def _subscript(use: ast.Name, node: ast.Subscript, statement: ast.stmt) -> Iterator[Access]:
    key = node.slice
    if isinstance(node.ctx, ast.Load):
        yield Access(use, node, statement, key, looks_up=True)
        return
    if isinstance(node.ctx, ast.Del):
        yield Access(use, node, statement, key, removes=True)
        return
    augmented = isinstance(statement, ast.AugAssign) and statement.target is node
    counts = isinstance(statement, ast.Assign | ast.AugAssign) and _counts(use, node, statement)
    yield Access(use, node, statement, key, stores=True, looks_up=augmented, counts=counts)


def _counts(use: ast.Name, target: ast.Subscript, statement: ast.Assign | ast.AugAssign) -> bool:
    """`x[k] += 1`, `x[k] = x[k] + 1`, `x[k] = x.get(k, 0) + 1`, with a key written out."""
    if not isinstance(target.slice, ast.Constant):
        return False
    match statement:
        case ast.AugAssign(op=ast.Add() | ast.Sub()):
            return _is_number(statement.value)
        case ast.Assign(value=ast.BinOp(op=ast.Add() | ast.Sub()) as sum_):
            before = sum_.left if _is_number(sum_.right) else sum_.right
            match before:
                case ast.Subscript(value=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
                    return name == use.id
    return False


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _method(use: ast.Name, name: str, call: ast.Call, statement: ast.stmt) -> Iterator[Access]:
    first = call.args[0] if call.args else None
    match name:
        case "setdefault":
            yield Access(use, call, statement, first, stores=True, looks_up=True)
        case "get" | "index" | "count" | "__getitem__" | "__contains__" | "has_key":
            yield Access(use, call, statement, first, looks_up=True)
        case "pop":
            yield Access(use, call, statement, first, looks_up=True, removes=True)
        case "append" | "add" | "appendleft":
            yield Access(use, call, statement, first, stores=True, grows=True)
        case "update" if isinstance(first, ast.Dict):
            for key in first.keys:
                yield Access(use, call, statement, key, stores=True)
        case "extend" | "update" | "insert" | "extendleft" | "__setitem__":
            yield Access(use, call, statement, None, stores=True)
        case _ if name in known_calls.ANY_MUTATOR:
            yield Access(use, call, statement, None, removes=True)


def leaves(use: ast.Name, module: Module) -> bool:
    """Whether a mention lets the object itself out of the function: returned, stored, or given to a call that is no builtin's."""
    parent = module.parent(use)
    match parent:
        case ast.Subscript() if parent.value is use:
            return False
        case ast.Attribute():
            call = module.parent(parent)
            return not (isinstance(call, ast.Call) and call.func is parent and parent.attr in _PLAIN_METHODS)
        case ast.Compare() | ast.For() | ast.AsyncFor() | ast.comprehension() | ast.UnaryOp() | ast.If() | ast.While() | ast.Assert():
            return False
        case ast.BoolOp() | ast.IfExp():
            return not _only_tested(use, module)
        case ast.Call():
            origin = module.origin(parent.func) or ""
            return not (origin.startswith("builtins.") and origin.removeprefix("builtins.") in known_calls.READS_ONLY)
        case ast.AugAssign() | ast.Delete():
            return False
        case _:
            return isinstance(use.ctx, ast.Load)


def _only_tested(value: ast.expr, module: Module) -> bool:
    """Whether nothing but its truth is asked of a value, be it an operand of `and` or `or`."""
    parent = module.parent(value)
    match parent:
        case ast.BoolOp():
            return _only_tested(parent, module)
        case ast.IfExp():
            return parent.test is value or _only_tested(parent, module)
        case _:
            return isinstance(parent, ast.If | ast.While | ast.UnaryOp)


_PLAIN_METHODS = known_calls.ANY_MUTATOR | known_calls.READING_METHODS
"""Methods that hand back elements, views or nothing."""


def source_of(key: ast.expr, parameter: Parameter, module: Module) -> int:
    """Where a key used in the parameter's function comes from; a key of several parts is what its least steady part is."""
    return max((_source(name, parameter, module, set()) for name in ast.walk(key) if isinstance(name, ast.Name)), default=FIXED)


def _source(name: ast.Name, parameter: Parameter, module: Module, seen: set[Binding]) -> int:
    owner = module.owner(name.id, name)
    body = module.scope_inside(parameter.function)
    if owner is None or owner not in body.below():
        return FIXED
    if owner is not body:
        return ELEMENT
    found = FIXED
    for binding in body.bindings.get(mangled(name.id, body), ()):
        if binding not in seen:
            seen.add(binding)
            found = max(found, _bound(binding, parameter, module, seen))
    return found


def _bound(binding: Binding, parameter: Parameter, module: Module, seen: set[Binding]) -> int:
    match binding.kind:
        case "parameter":
            return FIXED if binding.node is parameter.node else ARGUMENT
        case "for":
            return ELEMENT
        case "assign" | "walrus" | "augment" | "with" | "match" if binding.value is not None:
            names = [name for name in ast.walk(binding.value) if isinstance(name, ast.Name)]
            return max((_source(name, parameter, module, seen) for name in names), default=FIXED)
        case _:
            return FIXED
