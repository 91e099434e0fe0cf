"""What a collection is filled with: `groups[key].append(x)` does not change `words` if nothing that is put into `groups` may be `words`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from codemods.analysis.freshness import is_fresh
from codemods.analysis.known_calls import BORROWS_ALL
from codemods.analysis.places import Place, place_of

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_FILLING = frozenset({"append", "appendleft", "add", "insert", "setdefault"})
_TAKING = frozenset({
    "get", "pop", "popitem", "popleft", "keys", "values", "items", "index", "count", "remove", "discard", "clear", "sort", "reverse",
    "copy",
})  # fmt: skip
_FACTORIES = frozenset({"list", "dict", "set", "int", "float", "str", "bool", "tuple"})


def container_of(node: ast.expr) -> ast.expr | None:
    """`groups` of `groups[key]`, `groups.setdefault(key, …)`, `groups.get(key)`."""
    match node:
        case ast.Subscript(value=container) if not isinstance(node.slice, ast.Slice):
            return container
        case ast.Call(func=ast.Attribute(value=container, attr="setdefault" | "get")):
            return container
        case _:
            return None


class Fillings:
    """Whether the elements of a collection may be a certain object, which `may_be` asks for."""

    def __init__(self, module: Module, may_be: Callable[[ast.expr], bool]) -> None:
        self.module = module
        self.may_be = may_be
        self._asked: set[Place] = set()
        """The collections that are being looked at: one that is filled from itself holds nothing new."""

    def rules_out(self, element: ast.expr) -> bool:
        """Whether an element, as it is written, comes from a collection that only this file fills, and never with the object."""
        container = container_of(element)
        place = place_of(container, self.module) if container is not None else None
        if container is None or place is None:
            return False
        if isinstance(element, ast.Call) and any(self.may_be(argument) for argument in element.args[1:]):
            return False
        if place.attributes:
            name = place.attributes[-1]
            if not self.module.private_attributes.own(name):
                return False
            uses: Iterable[ast.expr] = self.module.calls.attributes[name]
        else:
            event = self.module.event(container)
            if event is None or not self.module.ownership(place).owned_at(event):
                return False
            names = (scope.uses.get(place.name, ()) for scope in place.scope.below() if scope.owner(place.name) is place.scope)
            uses = [use for found in names for use in found]
        if place in self._asked:
            return True
        self._asked.add(place)
        try:
            return all(self._harmless(use) for use in uses)
        finally:
            self._asked.discard(place)

    def _harmless(self, use: ast.expr) -> bool:
        """Whether a use of the collection does not put the object into it."""
        parent = self.module.parent(use)
        if not isinstance(getattr(use, "ctx", ast.Load()), ast.Load):
            return self._stored(use, parent)
        match parent:
            case ast.Subscript() if parent.value is use:
                return isinstance(parent.ctx, ast.Load | ast.Del) or self._stored_in(parent)
            case ast.Attribute(attr=name):
                call = self.module.parent(parent)
                if not isinstance(call, ast.Call) or call.func is not parent:
                    return False
                return name in _TAKING or (name in _FILLING and not call.keywords and not any(map(self._may_come_in, call.args)))
            case ast.Call():
                return parent.func is not use and (self.module.origin(parent.func) or "").removeprefix("builtins.") in BORROWS_ALL
            case ast.For() | ast.comprehension() | ast.Compare() | ast.Return() | ast.If() | ast.While() | ast.UnaryOp() | ast.Expr():
                return True
            case ast.FormattedValue() | ast.Assert() | ast.Starred():
                return True
            case _:
                return False

    def _may_come_in(self, value: ast.expr) -> bool:
        return isinstance(value, ast.Starred) or self.may_be(value)

    def _stored(self, use: ast.expr, parent: ast.AST | None) -> bool:
        """The collection itself is bound here: what it holds at first."""
        match parent:
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                return self._holds_at_first(value)
            case ast.AnnAssign():
                return True
            case _:
                return False

    def _stored_in(self, target: ast.Subscript) -> bool:
        parent = self.module.parent(target)
        match parent:
            case ast.Assign(value=value) if not isinstance(target.slice, ast.Slice):
                return not self.may_be(value)
            case ast.AugAssign(value=value):
                return is_fresh(value, self.module)  # the element changes in place, or becomes a new one
            case _:
                return False

    def _holds_at_first(self, value: ast.expr) -> bool:
        match value:
            case ast.List(elts=parts) | ast.Set(elts=parts):
                return not any(map(self._may_come_in, parts))
            case ast.Dict():
                return None not in value.keys and not any(map(self.may_be, value.values))
            case ast.ListComp() | ast.SetComp():
                return not self.may_be(value.elt)
            case ast.DictComp():
                return not self.may_be(value.value)
            case ast.BinOp(left=left, op=ast.Mult()):
                return self._holds_at_first(left)
            case ast.Call(args=[], keywords=[]):
                return is_fresh(value, self.module)
            case ast.Call(args=[factory], keywords=[]) if self.module.origin(value.func) == "collections.defaultdict":
                return self._makes_new(factory)
            case _:
                return False

    def _makes_new(self, factory: ast.expr) -> bool:
        match factory:
            case ast.Name(id=name):
                return name in _FACTORIES and self.module.is_builtin(name, factory)
            case ast.Lambda(body=body):
                return is_fresh(body, self.module)
            case _:
                return self.module.origin(factory) in ("collections.Counter", "collections.deque", "collections.OrderedDict")
