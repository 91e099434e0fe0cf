"""Which code of the file a call runs, and which parameter an argument becomes."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls.heirs import Heirs
from codemods.analysis.names.scopes import Binding, FunctionNode, mangled
from codemods.analysis.names.spelled import last_name

if TYPE_CHECKING:
    from codemods.analysis.module import Module

Method = ast.FunctionDef | ast.AsyncFunctionDef

Callee = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef

TRANSPARENT = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "builtins.property", "functools.wraps", "functools.lru_cache", "functools.cache",
    "functools.cached_property", "abc.abstractmethod", "typing.override", "typing.final", "typing.overload", "typing.no_type_check",
    "contextlib.contextmanager", "contextlib.asynccontextmanager", "typing_extensions.override", "typing_extensions.final",
})  # fmt: skip
"""Decorators under which a call still runs the function that is written there, and nothing else of the program's."""

_PLAIN_BASES = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "builtins.Exception", "builtins.ValueError"})
"""Bases from outside that run nothing of the program's but what is written in the class."""


class Calls:
    """Resolves calls within one file. Anything that is not certain resolves to `None`."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def heirs(self) -> Heirs:
        """Which classes derive from which."""
        return Heirs(self.module)

    @property
    def classes(self) -> dict[str, list[ast.ClassDef]]:
        """All classes of the file by name."""
        return self.heirs.classes

    @cached_property
    def attributes(self) -> dict[str, list[ast.Attribute]]:
        """Every attribute that is read, stored or deleted in the file, by its mangled name."""
        found: dict[str, list[ast.Attribute]] = {}
        for node in self.module.names.nodes(ast.Attribute):
            found.setdefault(mangled(node.attr, self.module.scope(node)), []).append(node)
        return found

    @cached_property
    def stored_attributes(self) -> dict[str, list[ast.Attribute]]:
        """Every attribute store or deletion of the file, by attribute name as written."""
        found: dict[str, list[ast.Attribute]] = {}
        for node in self.module.names.nodes(ast.Attribute):
            if not isinstance(node.ctx, ast.Load):
                found.setdefault(node.attr, []).append(node)
        return found

    def made_by(self, name: str) -> list[ast.Call]:
        """The calls of what has that last name, by position: of `f`, `x.f`; those of what `f()` gives under `f()`."""
        return self.by_last_name.get(name, [])

    @cached_property
    def by_last_name(self) -> dict[str, list[ast.Call]]:
        """All calls of the file, as `made_by` gives them."""
        found: dict[str, list[ast.Call]] = {}
        for node in self.module.names.nodes(ast.Call):
            found.setdefault(_called(node.func), []).append(node)
        for calls in found.values():
            calls.sort(key=lambda call: (call.lineno, call.col_offset))
        return found

    def callee(self, call: ast.Call) -> Callee | None:
        """The function, lambda or class of this file that `call` runs."""
        return self.resolved(call.func)

    def resolved(self, function: ast.expr) -> Callee | None:
        """The function, lambda or class of this file that an expression certainly gives."""
        match function:
            case ast.Name():
                return self.named(function)
            case ast.Lambda():
                return function
            case ast.Attribute():
                return self._method(function)
            case _:
                return None

    def named(self, name: ast.Name) -> Callee | None:
        """The one definition behind a name, if it has no other binding and no decorator that could replace it."""
        bindings = self.module.bindings(name.id, name)
        if len(bindings) != 1:
            return None
        if bindings[0].scope.kind == "module" and self._hidden_writes_may_follow(bindings[0]):
            return None
        match bindings[0].node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() as definition:
                return definition if self.undisguised(definition) else None
            case ast.Name() if bindings[0].kind == "assign" and isinstance(bindings[0].value, ast.Lambda):
                return bindings[0].value if bindings[0].path == () else None
            case _:
                return None

    def _hidden_writes_may_follow(self, binding: Binding) -> bool:
        """Whether a star import, or something that writes variables by name, may put another thing in place of a definition."""
        hidden = self.module.hidden_writes
        return hidden.writes_globals or any(line > self.module.line(binding.node) for line in hidden.star_lines)

    def undisguised(self, definition: Method | ast.ClassDef) -> bool:
        """Whether its decorators leave the function or class what it is."""
        known = TRANSPARENT | {"dataclasses.dataclass"}
        if "__code__" in self.stored_attributes:
            return False
        return all((self.module.origin(one.func if isinstance(one, ast.Call) else one) or "") in known for one in definition.decorator_list)

    # --- methods ---

    def _method(self, attribute: ast.Attribute) -> Callee | None:
        """`self.m`, `cls.m`, `C.m` or `x.m` with `x` known to be of a class of the file: the only `m` it can be."""
        if isinstance(attribute.value, ast.Call) and self.module.origin(attribute.value.func) == "builtins.super":
            return self._inherited(attribute)
        owner = self.class_of_receiver(attribute.value)
        found = self.method(owner, attribute.attr) if owner is not None else None
        return found if found is not None and self.undisguised(found) else None

    def may_be_another(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether an attribute of an instance may be another than the classes say: stored, set by name, or given by `__getattribute__`."""
        family = {*self.lineage(owner), *self.descendants(owner)}
        for thing, said, _ in self.module.hidden_writes.attribute_setters:
            if said == name:
                return True
            whose = self._class_of_first_parameter(thing) if isinstance(thing, ast.Name) else None
            if said is None and (whose is None or whose in family):
                return True  # `setattr(x, name, value)`
        stored = name in self.stored_attributes or self.heirs.overrides(owner, mangled(name, self.module.scope_inside(owner)))
        return stored or any(one is not None and self._decides(one) for one in family)

    def _decides(self, owner: ast.ClassDef) -> bool:
        """Whether a class, or its metaclass, may give an attribute another value than the one in a class's body."""
        metaclass = any(keyword.arg in (None, "metaclass") for keyword in owner.keywords)
        return metaclass or "__getattribute__" in self.module.scope_inside(owner).bindings

    def method(self, owner: ast.ClassDef, name: str) -> Method | None:
        """The only method `name` that an instance of `owner`, or of a class of this file below it, can have."""
        key = mangled(name, self.module.scope_inside(owner))
        beside = {one for heir in self.descendants(owner) for one in self.lineage(heir)} - {*self.lineage(owner)}
        if any(one is not None and key in self.module.scope_inside(one).bindings for one in beside) or self.may_be_another(owner, name):
            return None
        if any(self._unknown_before(heir, owner) for heir in self.descendants(owner)):
            return None  # `class Both(Unknown, Owner)`
        found: list[Method | None] = []
        for one in self.lineage(owner):
            if one is None:
                found.append(None)
            elif key in self.module.scope_inside(one).bindings:
                found.append(self.own_method(one, key))
        several = any(one is not None and len(one.bases) > 1 for one in self.lineage(owner))
        return found[0] if found and (len(found) == 1 or not several or found[1:] == [None]) else None

    def _unknown_before(self, heir: ast.ClassDef, owner: ast.ClassDef) -> bool:
        """Whether a base that is not known comes before the one by which a class derives from `owner`."""
        for base in heir.bases:
            above = self._base(base)
            if any(one is not None and owner in self.lineage(one) for one in above):
                return False
            if None in above:
                return True
        return False

    def _inherited(self, attribute: ast.Attribute) -> Method | None:
        """`super().m`, where each class has one base at most."""
        function = self.module.function(attribute)
        owner = self.module.class_of(function) if function is not None else None
        if owner is None or attribute.value.args or self.may_be_another(owner, attribute.attr):  # type: ignore[attr-defined]
            return None
        if len(owner.bases) > 1 or self.descendants(owner):
            return None  # in `class C(A, B)`, a base of both comes behind B
        for one in self.lineage(owner)[1:]:
            if one is None or len(one.bases) > 1:
                return None
            if attribute.attr in self.module.scope_inside(one).bindings:
                found = self.own_method(one, attribute.attr)
                return found if found is not None and self.undisguised(found) else None
        return None

    def class_of_receiver(self, receiver: ast.expr) -> ast.ClassDef | None:
        """The class of this file of which the receiver is an instance (or of a class below it), or which it is."""
        if isinstance(receiver, ast.Name):
            owner = self._class_of_first_parameter(receiver)
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

    def _class_of_first_parameter(self, name: ast.Name) -> ast.ClassDef | None:
        bindings = self.module.bindings(name.id, name)
        if len(bindings) != 1 or not isinstance(bindings[0].statement, Method):
            return None
        function = bindings[0].statement
        first = [*function.args.posonlyargs, *function.args.args][:1]
        if first != [bindings[0].node] or any(self.module.origin(one) == "builtins.staticmethod" for one in function.decorator_list):
            return None
        return self.module.class_of(function)

    def own_method(self, owner: ast.ClassDef, name: str) -> Method | None:
        """The method of that name in the class's own body, if nothing else is bound to the name there (but overloads before it)."""
        bindings = self.module.scope_inside(owner).bindings.get(name, ())
        methods = [one.node for one in bindings if isinstance(one.node, Method)]
        if not methods or len(methods) < len(bindings):
            return None
        *others, last = methods
        overloads = all(any(self.module.origin(deco) == "typing.overload" for deco in one.decorator_list) for one in others)
        return last if overloads else None

    def lineage(self, owner: ast.ClassDef) -> list[ast.ClassDef | None]:
        """The class and its bases in this file, depth first; `None` stands for a base that is not known."""
        found: list[ast.ClassDef | None] = []
        pending: list[ast.ClassDef | None] = [owner]
        while pending:
            one = pending.pop()
            if one is None:
                found.append(None)
            elif one not in found:
                found.append(one)
                pending += [base for part in reversed(one.bases) for base in self._base(part)]
        return found

    def has_metaclass(self, owner: ast.ClassDef) -> bool:
        """Whether the file gives the class, or one above it, a metaclass: making the class, and an instance, may do anything then."""
        above = (one for one in self.lineage(owner) if one is not None)
        return any(keyword.arg in (None, "metaclass") and not self._plain_meta(keyword.value) for one in above for keyword in one.keywords)

    def _plain_meta(self, metaclass: ast.expr) -> bool:
        return self.module.origin(metaclass) in ("abc.ABCMeta", "builtins.type")

    def _base(self, base: ast.expr) -> list[ast.ClassDef | None]:
        """A class of this file; `None` for one that is not known; nothing for one that adds nothing."""
        plain = base.value if isinstance(base, ast.Subscript) else base
        named = self.named(plain) if isinstance(plain, ast.Name) else None
        if isinstance(named, ast.ClassDef):
            return [named]
        return [] if self.module.origin(plain) in _PLAIN_BASES else [None]

    def descendants(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The classes of the file below `owner`."""
        return self.heirs.below(owner)

    # --- arguments ---

    def parameter_for(self, call: ast.Call, argument: ast.expr, callee: FunctionNode) -> str | None:
        """The (mangled) parameter that `argument` of `call` becomes; `None` where stars blur it."""
        inside = self.module.scope_inside(callee)
        for keyword in call.keywords:
            if keyword.value is argument:
                names = {one.arg for one in [*callee.args.posonlyargs, *callee.args.args, *callee.args.kwonlyargs]}
                return mangled(keyword.arg, inside) if keyword.arg in names else None
        positional = [mangled(one.arg, inside) for one in [*callee.args.posonlyargs, *callee.args.args]]
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


def _called(function: ast.expr) -> str:
    return f"{_called(function.func)}()" if isinstance(function, ast.Call) else last_name(function)
