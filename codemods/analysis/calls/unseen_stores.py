"""Which attributes code of the file sets that runs without being called: `__len__`, a property, a function that one of them calls.

Functions are found by their names alone, and attributes are taken to be of any object, so that nothing has to be known of the types that
are being worked out while this is asked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import FunctionNode, mangled
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

ANY = "*"
"""Stands for every attribute: the name is put together, or the code is not seen."""

_FILLING = ("__init__", "__post_init__")
_MAKING = ("__new__", *_FILLING)


class UnseenStores:
    """Answers by function, each looked at once."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._known: dict[ast.AST, frozenset[str]] = {}

    def may_set(self, attributes: frozenset[str], sources: Iterable[ast.AST]) -> bool:
        """Whether one of the pieces of code sets an attribute of one of these (mangled) names, itself or by a call."""
        return any(ANY in (found := self._stored(one)) or not attributes.isdisjoint(found) for one in sources)

    @cached_property
    def _makers(self) -> dict[str, list[FunctionNode]]:
        """What runs where an object of a class of the file is made, by the class's name."""
        found: dict[str, list[FunctionNode]] = {}
        for node in (one for name in _MAKING for one in self.module.unseen.functions.get(name, ())):
            owner = self.module.class_of(node)
            if owner is not None:
                found.setdefault(owner.name, []).append(node)
        return found

    def _named(self, name: str) -> list[FunctionNode]:
        """The functions and methods of the file of that name; of a class, those that make its objects."""
        return [*self.module.unseen.functions.get(name, ()), *self._makers.get(name, ())]

    def _stored(self, code: ast.AST) -> frozenset[str]:
        known = self._known.get(code)
        if known is None:
            found: set[str] = set()
            pending, seen = [code], {code}
            while pending:
                one = pending.pop()
                for node in walk(one):
                    found.update(self._names(node, one))
                    for function in self._called(node, one):
                        if function not in seen:
                            seen.add(function)
                            pending.append(function)
            known = self._known[code] = frozenset(found)
        return known

    def _names(self, node: ast.AST, around: ast.AST) -> Iterator[str]:
        match node:
            case ast.Name() | ast.Attribute() if node is around:
                yield ANY  # `C.__add__ = f`
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                if not self._is_being_made(node.value, around):
                    yield mangled(node.attr, self.module.scope(node))
            case ast.Name(id="setattr" | "delattr"):
                call = self.module.parent(node)
                match call:
                    case ast.Call(func=function, args=[_, ast.Constant(value=str(name)), *_]) if function is node:
                        yield name
                    case _:
                        yield ANY
            case ast.Name(id="vars" | "exec" | "eval") | ast.Attribute(attr="__dict__" | "__setattr__" | "__delattr__"):
                yield ANY
            case _:
                pass

    def _is_being_made(self, thing: ast.expr, around: ast.AST) -> bool:
        """`self` in an `__init__` that is run for a new object, where nothing else is bound to it, and not in a function inside that."""
        if not isinstance(around, ast.FunctionDef) or around.name not in _FILLING or not isinstance(thing, ast.Name):
            return False
        bound = [one.node for one in self.module.bindings(thing.id, thing)]
        first = [*around.args.posonlyargs, *around.args.args][:1]
        return bound == first != [] and self.module.scope(thing) is self.module.scope_inside(around)

    def _called(self, node: ast.AST, around: ast.AST) -> list[FunctionNode]:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if isinstance(around, ast.Call):
                return self._named(name)  # `map(self.take, rows)` calls what it is given
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                return self._named(name)
            case ast.Attribute(ctx=ast.Load(), attr=name):
                return [one for one in self.module.implicit.getters(name) if isinstance(one, FunctionNode)]
            case _:
                return []
