"""The types of parameters without annotation, where all the calls there can be stand in the file, and agree."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import mangled
from codemods.analysis.types.containers import settled
from codemods.analysis.types.vocabulary import NEVER, NONE, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

Function = ast.FunctionDef | ast.AsyncFunctionDef

_FINDERS = frozenset({"__dict__", "__getattribute__", "__class_getitem__", "attrgetter", "methodcaller", "getmembers", "getattr_static"})
"""Names of what finds a method by a name that the file need not spell."""

_LOOKING = frozenset({"getattr", "vars", "dir", "eval", "exec"})
"""Builtins that do."""


class AgreedArguments:
    """Answers for functions nested in functions, and for private functions and methods: others do not call these."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self._calls: dict[Function, list[ast.Call] | None] = {}

    def of(self, function: ast.AST, parameter: ast.arg, default: ast.expr | None) -> Type | None:
        """What every call passes for a parameter, or leaves to its default; `None` where that is not all to be seen, or differs."""
        calls = self._calls_of(function) if isinstance(function, Function) else None
        if not calls:
            return None
        assert isinstance(function, Function)
        kind = settled(union(self._passed(call, function, parameter.arg, default) for call in calls))
        if kind is None or kind is NEVER or kind == NONE:
            return None  # what is None here may come to be something else
        return kind.said(f"what every call of `{function.name}` passes for `{parameter.arg}`")

    def _passed(self, call: ast.Call, function: Function, name: str, default: ast.expr | None) -> Type | None:
        by_place = name in [one.arg for one in function.args.posonlyargs]
        for keyword in call.keywords:
            if keyword.arg is None:
                return None
            if keyword.arg == name and not by_place:
                return self.inference.infer(keyword.value)
        positional = [one.arg for one in [*function.args.posonlyargs, *function.args.args]]
        if name in positional:
            index = positional.index(name) - (self.module.class_of(function) is not None)
            if any(isinstance(one, ast.Starred) for one in call.args[: index + 1]):
                return None
            if index < len(call.args):
                return self.inference.infer(call.args[index])
        return self.inference.infer(default) if default is not None else NEVER  # such a call raises

    # --- which calls there are ---

    def _calls_of(self, function: Function) -> list[ast.Call] | None:
        """All calls of a function; `None` where there may be others."""
        if function not in self._calls:
            self._calls[function] = self._found(function) if not function.decorator_list else None
        return self._calls[function]

    def _found(self, function: Function) -> list[ast.Call] | None:
        owner = self.module.class_of(function)
        if owner is not None:
            return self._of_method(function, owner)
        scope, name = self.module.owner(function.name, function), function.name
        if scope is None or any(one.dynamic for one in scope.below()):
            return None
        if scope.kind != "function" and not self._private_here(name):
            return None
        found = [self._called(use) for use in sorted(scope.mentions(name), key=_position)]
        return [call for call in found if call is not None] if all(found) else None

    def _private_here(self, name: str) -> bool:
        """Whether a function of the module is its own: by its name, and as nothing hands it out."""
        if not name.startswith("_") or name.startswith("__"):
            return False
        attributes = self.module.calls.attributes
        handed_out = name in self.module.exported or name in self.module.names_spelled or name in attributes
        return not handed_out and "modules" not in attributes and not self.inference.hidden.writes_globals

    def _called(self, use: ast.Name | ast.Attribute) -> ast.Call | None:
        """The call of what is read; `None` where it goes somewhere else."""
        around = self.module.parent(use)
        return around if isinstance(around, ast.Call) and around.func is use else None

    def _of_method(self, method: Function, owner: ast.ClassDef) -> list[ast.Call] | None:
        """The calls `self._method(…)`, of a private method of a class that nothing from outside calls back."""
        name = mangled(method.name, self.module.scope_inside(owner))
        classes = self.inference.classes
        if not method.name.startswith("_") or method.name.endswith("__") or name in self.module.names_spelled or self.finds_by_name:
            return None
        if any(not classes.plain(one) or classes.called_back(one, name) for one in classes.relatives(owner)):
            return None
        inside = self.module.scope_inside(owner)
        if [one.node for one in inside.bindings.get(name, ())] != [method] or inside.uses.get(name):
            return None
        calls: list[ast.Call] = []
        for attribute in sorted(self.module.calls.attributes.get(name, ()), key=_position):
            call = self._called(attribute)
            if call is None or not self._on_instance(attribute.value):
                return None
            calls.append(call)
        return calls

    def _on_instance(self, receiver: ast.expr) -> bool:
        """Whether the method is called on an object, which then is its first argument: `self`, `super()`, an instance of a known class."""
        match receiver:
            case ast.Call(func=ast.Name(id="super"), args=[]):
                function = self.module.function(receiver)
                return not getattr(function, "decorator_list", True)
            case _:
                kind = self.inference.infer(receiver)
                return kind is not None and all(one.name.startswith(".") for one in kind.members())

    @cached_property
    def finds_by_name(self) -> bool:
        """Whether the file takes attributes by names that it does not spell: `getattr(self, "_visit_" + kind)`."""
        for node in self.module.names.nodes(ast.Name, ast.Attribute, ast.alias):
            match node:
                case ast.Name(id="getattr"):
                    if not _spelled(self.module.parent(node), node):
                        return True
                case ast.Name(id=name) | ast.alias(name=name) if name in _LOOKING:
                    return True
                case ast.Attribute(attr=name) if name in _LOOKING and self.module.origin(node) == f"builtins.{name}":
                    return True
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in _FINDERS:
                    return True
                case _:
                    pass
        return False


def _spelled(around: ast.AST | None, name: ast.Name) -> bool:
    """Whether `getattr` is called there, with a name that is written out."""
    return isinstance(around, ast.Call) and around.func is name and len(around.args) > 1 and isinstance(around.args[1], ast.Constant)


def _position(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset
