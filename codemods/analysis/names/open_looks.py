"""Whether a file gets at what a variable of it holds without naming that: `globals()["rows"]`, `eval(…)`, `sys.modules[__name__].rows`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import Scope, Variable
from codemods.analysis.names.spelled import may_import_itself, names_imported
from codemods.analysis.text.walking import may_hold

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_WORDS = (
    "globals", "locals", "vars", "eval", "exec", "modules", "import_module", "__import__", "__main__", "getattr", "attrgetter", "__dict__",
)  # fmt: skip
_SHOWERS = ("globals", "locals", "vars", "eval", "exec")
_BY_KEY = frozenset({"get", "pop", "setdefault", "__getitem__"})
_NAMES_ALONE = frozenset({"keys", "__contains__", "update", "clear", "__len__"})
_READERS = frozenset(
    f"builtins.{name}" for name in ("len", "sorted", "list", "tuple", "set", "repr", "str", "iter", "print", "bool", "dir")
)
"""Builtins that make of a dict of variables their names, or a text."""


class OpenLooks:
    """Looks the file over for them, once."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def _none(self) -> bool:
        return not may_hold(self.module.text, *_WORDS)

    @cached_property
    def _imported(self) -> frozenset[str]:
        return names_imported(self.module)

    @cached_property
    def _modules(self) -> list[ast.expr]:
        return list(self.module.hidden_writes.own_modules())

    @cached_property
    def _shown_in(self) -> list[tuple[Scope, ast.Name]]:
        """Uses of the builtins that show variables, each with its scope."""
        scopes = [] if self._none else self.module.names.module.below()
        return [
            (one, use) for one in scopes for word in _SHOWERS if one.uses.get(word) and one.owner(word) is None for use in one.uses[word]
        ]

    @cached_property
    def _taken_by_classes(self) -> frozenset[str]:
        """Names that a class's body reads and binds: `rows = rows` takes what they are outside of it."""
        classes = (one for one in self.module.names.module.below() if one.kind == "class")
        return frozenset(
            name for one in classes for name in one.bindings for use in one.uses.get(name, ()) if isinstance(use.ctx, ast.Load)
        )

    def may_see(self, scope: Scope, name: str) -> bool:
        """Whether the file may get hold of what this variable of the scope holds, otherwise than by its name."""
        if name in self._taken_by_classes:
            return True
        top = scope.kind == "module"
        if top and (name in self._imported or any(self._of_import(node.value) for node in self.module.calls.attributes.get(name, ()))):
            return True
        if self._none:
            return False
        if any(self._may_show(use, name) for use in self._shown(scope, top)):
            return True
        return top and (name in self.module.names_spelled or any(self._gives(one, name) for one in self._modules))

    def _of_import(self, receiver: ast.expr) -> bool:
        """Whether it is, or is in, what an import binds that may be this very module: `me` and `app.me`."""
        while isinstance(receiver, ast.Attribute):
            receiver = receiver.value
        variable = self.module.variable(receiver) if isinstance(receiver, ast.Name) else None
        bindings = variable[0].bindings.get(variable[1], ()) if variable is not None else ()
        return any(may_import_itself(one.statement) for one in bindings)

    def _shown(self, scope: Scope, top: bool) -> Iterator[ast.Name]:
        """Uses of the builtins that show the variables of a scope."""
        for one, use in self._shown_in:
            if use.id == "globals" and not top:
                continue
            inside = scope in (one, one.function())
            if (inside or one.kind == "class" or use.id not in ("locals", "vars")) and scope in one.outward():
                yield use

    def _may_show(self, use: ast.Name, name: str) -> bool:
        call = self.module.parent(use)
        if use.id in ("eval", "exec") or not isinstance(call, ast.Call) or call.func is not use:
            return True
        return not call.args and self._shows(call, name)

    def _shows(self, mapping: ast.expr, name: str, seen: tuple[Variable, ...] = ()) -> bool:
        """Whether a dict of variables hands out what the variable holds; `seen` are the variables that held it on the way."""
        around = self.module.parent(mapping)
        match around:
            case ast.Subscript(slice=key):
                return _may_be(key, name)
            case ast.Attribute(attr=method):
                call = self.module.parent(around)
                if method in _BY_KEY and isinstance(call, ast.Call) and call.func is around and call.args:
                    return _may_be(call.args[0], name)
                return method not in _NAMES_ALONE
            case ast.Compare() | ast.Expr() | ast.BinOp(op=ast.Mod()) | ast.FormattedValue() | ast.For() | ast.comprehension():
                return False
            case ast.keyword(arg=None):
                call = self.module.parent(around)
                return not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "format")
            case ast.Call():
                return self.module.origin(around.func) not in _READERS
            case ast.Assign(targets=[ast.Name() as target]):
                variable = self.module.variable(target)
                if variable in seen:
                    return False
                return variable is None or any(
                    self._shows(use, name, (*seen, variable)) for use in variable[0].mentions(variable[1]) if isinstance(use.ctx, ast.Load)
                )
            case _:
                return True

    def _gives(self, own: ast.expr, name: str) -> bool:
        """Whether what may be this very module hands out what its variable holds."""
        around = self.module.parent(own)
        match around:
            case ast.Attribute(attr=attribute):
                return attribute == name or (attribute == "__dict__" and self._shows(around, name))
            case ast.Call(func=ast.Name(id="getattr"), args=[_, key, *_]) if around.args[0] is own:
                return _may_be(key, name)
            case ast.Call(func=ast.Name(id="vars")):
                return self._shows(around, name)
            case _:
                return name in self.module.calls.attributes


def _may_be(key: ast.expr, name: str) -> bool:
    return not isinstance(key, ast.Constant) or key.value == name
