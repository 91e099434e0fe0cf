"""Whether functions of the file that run unseen, as `__str__` and properties do, change anything themselves.

Such code is taken to change nothing, wherever it comes from; so what a call in it may run that is not known plays no part here. What the
file itself writes out does: `self.n += 1` in a `__format__`, in a property, or in a function of the file that one of them certainly calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.calls import Method
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

Code = Method | ast.Lambda


class OwnChanges:
    """Answers by function, each looked at once."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._known: dict[ast.AST, bool] = {}

    def by_any(self, functions: Iterable[ast.AST]) -> bool:
        """Whether one of the functions changes something that is there before it runs, itself or by a call."""
        return any(map(self._changes, functions))

    @cached_property
    def described(self) -> frozenset[str]:
        """The attributes that may be descriptors: `name = Field()` in a class, `@Cached` above a method, `C.name = Field()`."""
        classes = self.module.calls.classes
        stored = ((name, store.value) for name, stores in self.module.calls.stored_attributes.items() for store in stores)
        found = {name for name, owner in stored if isinstance(owner, ast.Name) and (owner.id in classes or owner.id == "cls")}
        for one in (one for same in classes.values() for one in same):
            for name, bindings in self.module.scope_inside(one).bindings.items():
                values = [getattr(binding.node, "decorator_list", None) or binding.value for binding in bindings]
                if any(value is not None and not isinstance(value, ast.Constant) for value in values):
                    found.add(name)
        return frozenset(found)

    def _changes(self, code: ast.AST) -> bool:
        function = self._function(code)
        if function is None:
            return False
        known = self._known.get(function)
        if known is None:
            self._known[function] = False  # while it is looked at: it may call itself
            known = self._known[function] = any(self._is_change(node, function) for node in walk(function)) or any(
                map(self._changes, self._called(function))
            )
        return known

    def _function(self, code: ast.AST) -> Code | None:
        """An expression in place of a function, as in `property(operator.attrgetter("x"))`, is looked at where it gives one of the file."""
        function = self.module.calls.resolved(code) if isinstance(code, ast.expr) else code
        return function if isinstance(function, Code) else None

    def _called(self, function: Code) -> Iterator[ast.AST]:
        for node in walk(function):
            match node:
                case ast.Call():
                    callee = self.module.callee(node)
                    if callee is not None:
                        yield callee
                case ast.Attribute(ctx=ast.Load(), attr=name):
                    yield from self.module.implicit.getters(name)
                case _:
                    pass

    def _is_change(self, node: ast.AST, function: Code) -> bool:
        match node:
            case ast.Global() | ast.Nonlocal():
                return True
            case ast.Attribute(value=thing) | ast.Subscript(value=thing) if not isinstance(node.ctx, ast.Load):
                return not self._is_own(thing, function)
            case ast.Call(func=ast.Attribute(value=thing, attr=name)) if name in known_calls.ANY_MUTATOR:
                return not self._is_own(thing, function)
            case ast.Call(func=ast.Name(id="setattr" | "delattr" | "next"), args=[thing, *_]):
                return not self._is_own(thing, function)
            case _:
                return False

    def _is_own(self, thing: ast.expr, function: Code) -> bool:
        """Whether it is, or is reached through, an object that the function has made: a variable of its own that only such are given to."""
        while isinstance(thing, ast.Attribute | ast.Subscript):
            thing = thing.value
        if not isinstance(thing, ast.Name):
            return not isinstance(thing, ast.Call)
        variable = self.module.variable(thing)
        if variable is None or variable[0] is not self.module.scope_inside(function):
            return False
        values = [one.value if one.kind in ("assign", "walrus") else None for one in variable[0].bindings.get(variable[1], ())]
        return all(value is not None and not isinstance(value, ast.Name | ast.Attribute | ast.Subscript) for value in values)
