"""What a collection is filled with: `groups[key].append(x)` does not change `words` if nothing that is put into `groups` may be `words`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from codemods.analysis.calls.known_calls import BORROWS_ALL
from codemods.analysis.change.freshness import is_fresh
from codemods.analysis.change.places import Place, place_of

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_FILLING = frozenset({"append", "appendleft", "add", "insert", "setdefault"})
_TAKING = frozenset({
    "get", "pop", "popitem", "popleft", "keys", "values", "items", "index", "count", "remove", "discard", "clear", "sort", "reverse",
    "copy",
})  # fmt: skip
_FACTORIES = frozenset({"list", "dict", "set", "int", "float", "str", "bool", "tuple"})
_MORE_FACTORIES = frozenset({"collections.Counter", "collections.deque", "collections.OrderedDict"})

Values = list[ast.expr]


def container_of(element: ast.expr, module: Module) -> Place | None:
    """`groups` of `groups[key]`, `groups.setdefault(key, …)`, `groups.get(key)`."""
    container = _container(element)
    return place_of(container, module) if container is not None else None


def _container(element: ast.expr) -> ast.expr | None:
    match element:
        case ast.Subscript(value=container) if not isinstance(element.slice, ast.Slice):
            return container
        case ast.Call(func=ast.Attribute(value=container, attr="setdefault" | "get")):
            return container
        case _:
            return None


def fillings(element: ast.expr, module: Module) -> Values | None:
    """All that `element`, taken from a collection that only this file fills, may be; `None` if that is not known.

    Collections that a `defaultdict` makes are not among them: those are new.
    """
    container = _container(element)
    place = container_of(element, module)
    if container is None or place is None:
        return None
    values: Values | None
    if place.attributes:
        values = attribute_fillings(place.attributes[-1], module)
    else:
        event = module.event(container)
        if event is None or not module.ownership(place).owned_at(event):
            return None
        values = _all_put_in(place.scope.mentions(place.name), module)
    return values + element.args[1:] if values is not None and isinstance(element, ast.Call) else values


def attribute_fillings(name: str, module: Module) -> Values | None:
    """All that is put into the collections that attributes of this (mangled) name hold; `None` if that is not known."""
    if not module.private_attributes.own(name):
        return None
    return _all_put_in(module.calls.attributes[name], module)


def _all_put_in(uses: Iterable[ast.expr], module: Module) -> Values | None:
    values: Values = []
    for use in uses:
        found = _put_in(use, module)
        if found is None:
            return None
        values += found
    return values


def _put_in(use: ast.expr, module: Module) -> Values | None:
    """What a use of the collection puts into it."""
    parent = module.parent(use)
    if not isinstance(getattr(use, "ctx", ast.Load()), ast.Load):
        return _bound(parent, module)
    match parent:
        case ast.Subscript() if parent.value is use:
            return [] if isinstance(parent.ctx, ast.Load | ast.Del) else _stored(parent, module)
        case ast.Attribute(attr=name):
            call = module.parent(parent)
            if not isinstance(call, ast.Call) or call.func is not parent:
                return None
            if name in _TAKING:
                return []
            plain = name in _FILLING and not call.keywords and not any(isinstance(one, ast.Starred) for one in call.args)
            return call.args[1 if name in ("setdefault", "insert") else 0 :] if plain else None
        case ast.Call():
            borrowed = (module.origin(parent.func) or "").removeprefix("builtins.") in BORROWS_ALL
            return [] if borrowed else None
        case ast.For() | ast.comprehension() | ast.Compare() | ast.Return() | ast.If() | ast.While() | ast.UnaryOp() | ast.Expr():
            return []
        case ast.FormattedValue() | ast.Assert() | ast.Starred():
            return []
        case _:
            return None


def _bound(statement: ast.AST | None, module: Module) -> Values | None:
    """The collection itself is bound here: what it holds at first."""
    match statement:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _first(value, module)
        case ast.AnnAssign():
            return []
        case _:
            return None


def _stored(target: ast.Subscript, module: Module) -> Values | None:
    match module.parent(target):
        case ast.Assign(value=value) if not isinstance(target.slice, ast.Slice):
            return [value]
        case ast.AugAssign(value=value) if is_fresh(value, module):
            return []  # the element changes in place, or becomes a new one
        case _:
            return None


def _first(value: ast.expr, module: Module) -> Values | None:
    match value:
        case ast.List(elts=parts) | ast.Set(elts=parts):
            return parts if not any(isinstance(part, ast.Starred) for part in parts) else None
        case ast.Dict():
            return value.values if None not in value.keys else None
        case ast.ListComp() | ast.SetComp():
            return [value.elt]
        case ast.DictComp():
            return [value.value]
        case ast.BinOp(left=left, op=ast.Mult()):
            return _first(left, module)
        case ast.Call(args=[], keywords=[]) if is_fresh(value, module):
            return []
        case ast.Call(args=[factory], keywords=[]) if module.origin(value.func) == "collections.defaultdict":
            return [] if _makes_new(factory, module) else None
        case _:
            return None


def _makes_new(factory: ast.expr, module: Module) -> bool:
    match factory:
        case ast.Name(id=name) if module.is_builtin(name, factory):
            return name in _FACTORIES
        case ast.Lambda(body=body):
            return is_fresh(body, module) and not isinstance(body, ast.Call)
        case _:
            return module.origin(factory) in _MORE_FACTORIES
