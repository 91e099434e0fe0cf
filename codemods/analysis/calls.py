"""Which function of the file a call runs, and which parameter an argument becomes."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.scopes import FunctionNode

if TYPE_CHECKING:
    from codemods.analysis.module import Module

Callee = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef

TRANSPARENT = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "builtins.property", "functools.wraps", "functools.lru_cache", "functools.cache",
    "functools.cached_property", "abc.abstractmethod", "typing.override", "typing.final", "typing.overload", "typing.no_type_check",
    "contextlib.contextmanager", "contextlib.asynccontextmanager", "typing_extensions.override", "typing_extensions.final",
})  # fmt: skip
"""Decorators under which a call still runs the function that is written there, and nothing else of the program's."""


class Calls:
    """Resolves calls within one file. Anything that is not certain resolves to `None`."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def classes(self) -> dict[str, list[ast.ClassDef]]:
        """All classes of the file by name."""
        found: dict[str, list[ast.ClassDef]] = {}
        for node in self.module.names.scope_at:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(node)
        return found

    @cached_property
    def stored_attributes(self) -> dict[str, list[ast.Attribute]]:
        """Every attribute store or deletion of the file, by attribute name."""
        found: dict[str, list[ast.Attribute]] = {}
        for node in self.module.names.parents:
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                found.setdefault(node.attr, []).append(node)
        return found

    @cached_property
    def properties(self) -> dict[str, list[ast.FunctionDef]]:
        """Methods of the file that run when an attribute is read, stored or deleted, by the attribute's name."""
        found: dict[str, list[ast.FunctionDef]] = {}
        for node in self.module.names.scope_at:
            if isinstance(node, ast.FunctionDef) and node.decorator_list and self.module.class_of(node) is not None:
                for one in node.decorator_list:
                    setter = isinstance(one, ast.Attribute) and one.attr in ("setter", "deleter", "getter")
                    name = one.id if isinstance(one, ast.Name) else one.attr if isinstance(one, ast.Attribute) else ""
                    if setter or name.endswith("property"):
                        found.setdefault(node.name, []).append(node)
        return found

    @cached_property
    def _heirs(self) -> dict[str, list[ast.ClassDef]]:
        """The classes of the file that name a class as a base, by the base's last name."""
        found: dict[str, list[ast.ClassDef]] = {}
        for classes in self.classes.values():
            for one in classes:
                for base in one.bases:
                    name = base.id if isinstance(base, ast.Name) else base.attr if isinstance(base, ast.Attribute) else ""
                    found.setdefault(name, []).append(one)
        return found

    def callee(self, call: ast.Call) -> Callee | None:
        """The function, lambda or class of this file that `call` runs."""
        match call.func:
            case ast.Name():
                return self.named(call.func)
            case ast.Lambda():
                return call.func
            case ast.Attribute(value=ast.Name()):
                return self._method(call.func)
            case _:
                return None

    def named(self, name: ast.Name) -> Callee | None:
        """The one definition behind a name, if it has no other binding and no decorator that could replace it."""
        bindings = self.module.bindings(name.id, name)
        if len(bindings) != 1:
            return None
        match bindings[0].node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() as definition:
                return definition if self.undisguised(definition) else None
            case ast.Name() if bindings[0].kind == "assign" and isinstance(bindings[0].value, ast.Lambda):
                return bindings[0].value
            case _:
                return None

    def undisguised(self, definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
        """Whether its decorators leave the function or class what it is."""
        known = TRANSPARENT | {"dataclasses.dataclass"}
        return all(
            (self.module.origin(one.func if isinstance(one, ast.Call) else one) or "") in known for one in definition.decorator_list
        )

    def _method(self, attribute: ast.Attribute) -> Callee | None:
        """`self.m`, `cls.m`, `C.m` or `x.m` with `x` known to be of a class of the file: the only `m` it can be."""
        owner = self._class_of_receiver(attribute.value)
        if owner is None or attribute.attr in self.stored_attributes:
            return None
        if any(self.own_method(heir, attribute.attr) for heir in self.descendants(owner)):
            return None
        for one in self.lineage(owner):
            if one is None:
                return None
            found = self.own_method(one, attribute.attr)
            if found is not None:
                return found if self.undisguised(found) else None
        return None

    def _class_of_receiver(self, receiver: ast.expr) -> ast.ClassDef | None:
        if isinstance(receiver, ast.Name):
            function = self.module.function(receiver)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                first = [*function.args.posonlyargs, *function.args.args][:1]
                if first and first[0].arg == receiver.id and len(self.module.bindings(receiver.id, receiver)) == 1:
                    owner = self.module.class_of(function)
                    if owner is not None:
                        return owner
            named = self.named(receiver)
            if isinstance(named, ast.ClassDef):
                return named
        kind = self.module.type_of(receiver)
        if kind is not None and kind.name.startswith("."):
            classes = self.classes.get(kind.name[1:], [])
            return classes[0] if len(classes) == 1 else None
        return None

    def own_method(self, owner: ast.ClassDef, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The method of that name in the class's own body: the last one written, and only if no branch may choose another."""
        found: ast.FunctionDef | ast.AsyncFunctionDef | None = None
        for binding in self.module.scope_inside(owner).bindings.get(name, ()):
            found = binding.node if isinstance(binding.node, ast.FunctionDef | ast.AsyncFunctionDef) else None
        return found

    def lineage(self, owner: ast.ClassDef) -> list[ast.ClassDef | None]:
        """The class and its bases in this file, depth first; `None` stands for a base that is not known."""
        found: list[ast.ClassDef | None] = [owner]
        for base in owner.bases:
            named = self.named(base) if isinstance(base, ast.Name) else None
            if isinstance(named, ast.ClassDef) and named is not owner:
                found += [one for one in self.lineage(named) if one not in found]
            elif self.module.origin(base) not in ("builtins.object", "abc.ABC", "builtins.Exception", "builtins.ValueError"):
                found.append(None)
        return found

    def descendants(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The classes of the file below `owner`."""
        found: list[ast.ClassDef] = []
        stack = [owner]
        while stack:
            for heir in self._heirs.get(stack.pop().name, ()):
                if heir not in found and heir is not owner:
                    found.append(heir)
                    stack.append(heir)
        return found

    def parameter_for(self, call: ast.Call, argument: ast.expr, callee: FunctionNode) -> str | None:
        """The parameter that `argument` of `call` becomes; `None` where stars blur it."""
        for keyword in call.keywords:
            if keyword.value is argument:
                names = {one.arg for one in [*callee.args.posonlyargs, *callee.args.args, *callee.args.kwonlyargs]}
                return keyword.arg if keyword.arg in names else None
        positional = [one.arg for one in [*callee.args.posonlyargs, *callee.args.args]]
        if self.bound(call, callee):
            positional = positional[1:]
        for index, one in enumerate(call.args):
            if isinstance(one, ast.Starred):
                return None
            if one is argument:
                return positional[index] if index < len(positional) else None
        return None

    def bound(self, call: ast.Call, callee: FunctionNode) -> bool:
        """Whether the callee's first parameter is filled by the receiver (or by the new object of a class that is called)."""
        if isinstance(callee, ast.Lambda) or self.module.class_of(callee) is None:
            return False
        decorators = {self.module.origin(one) for one in callee.decorator_list}
        if "builtins.staticmethod" in decorators:
            return False
        if "builtins.classmethod" in decorators or not isinstance(call.func, ast.Attribute):
            return True
        return not isinstance(call.func.value, ast.Name) or not isinstance(self.named(call.func.value), ast.ClassDef)
