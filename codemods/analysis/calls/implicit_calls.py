"""Code of the file that runs without a call being written: decorators, context managers, properties."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.call_effects import effect_of_call, effect_of_construction, effect_of_method
from codemods.analysis.calls.calls import TRANSPARENT, Method
from codemods.analysis.calls.summaries import CallEffect
from codemods.analysis.calls.unseen_stores import UnseenStores
from codemods.analysis.names.scopes import Binding, mangled
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

GET, SET = "get", "set"

_METHOD_DECORATORS = TRANSPARENT - {"builtins.property", "functools.cached_property"}
"""Decorators under which an attribute is a plain method."""

_LATE = frozenset({
    "__annotate__", "__annotations__", "__bound__", "__constraints__", "__default__", "__value__",
    "evaluate_bound", "evaluate_constraints", "evaluate_default", "evaluate_value",
})  # fmt: skip
"""Attributes that evaluate an expression of a `type` statement, a type parameter (PEP 695, 696) or an annotation (PEP 649) when they are
first read."""


class ImplicitCalls:
    """What runs at a definition, a `with` item, an attribute."""

    def __init__(self, module: Module) -> None:
        self.module = module

    # --- decorators ---

    def of_definition(self, node: ast.AST) -> list[CallEffect]:
        """What happens when a function or class comes to be, beyond its body and the calls written there."""
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return []
        found = [self._decorated(one) for one in node.decorator_list]
        if isinstance(node, ast.ClassDef):
            if self.module.calls.has_metaclass(node):
                found.append(CallEffect(unknown=f"class {node.name}"))
            for base in self.module.calls.lineage(node)[1:]:
                if base is not None and self.module.calls.own_method(base, "__init_subclass__") is not None:
                    found.append(effect_of_method(base, "__init_subclass__", None, self.module))
        return found

    def _decorated(self, decorator: ast.expr) -> CallEffect:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        origin = self.module.origin(function)
        root = (origin or "").partition(".")[0]
        if root in ("builtins", "functools", "contextlib", *known_calls.STDLIB_PLAIN) and origin not in known_calls.CALLING_BACK:
            return CallEffect()
        if isinstance(function, ast.Attribute) and function.attr in ("setter", "getter", "deleter"):
            return CallEffect()
        callee = self.module.calls.resolved(decorator)
        if isinstance(callee, ast.FunctionDef):
            effect = CallEffect()
            effect.absorb(self.module.summary(callee))
            return effect
        return CallEffect(unknown=f"@{ast.unparse(decorator)}")

    # --- raise ---

    def of_raise(self, node: ast.Raise) -> list[CallEffect]:
        """`raise Failed`, `raise … from Failed`: a class is called for the instance, without arguments."""
        return [effect for one in (node.exc, node.cause) if one is not None for effect in self._raised(one)]

    def _raised(self, raised: ast.expr) -> list[CallEffect]:
        owner = self.module.calls.resolved(raised) if isinstance(raised, ast.Name | ast.Attribute) else None
        if isinstance(owner, ast.ClassDef):
            return [effect_of_construction(ast.Call(raised, [], []), owner, self.module)]
        if self._is_no_class_of_the_file(raised):
            return []
        return [effect_of_construction(ast.Call(raised, [], []), one, self.module) for one in self._constructing]

    def _is_no_class_of_the_file(self, raised: ast.expr, steps: int = 2) -> bool:
        """Whether a value is none of the file's classes, which may be told from what is assigned to a name, that many steps back."""
        match raised:
            case ast.Name():
                known = all(
                    one.kind in ("except", "import") or self._gets_no_class(one, steps) for one in self.module.bindings(raised.id, raised)
                )
            case ast.Attribute():
                known = raised.attr not in self.module.calls.classes and self.module.origin(raised) is not None
            case ast.Call():
                known = not isinstance(self.module.callee(raised), ast.FunctionDef)  # of which a class makes an instance
            case _:
                known = False
        kind = None if known else self.module.type_of(raised)
        return known or (kind is not None and all(member.name != "type" for member in kind.members()))

    def _gets_no_class(self, binding: Binding, steps: int) -> bool:
        match binding:
            case Binding(kind="assign", path=(), value=ast.expr() as value) if steps:
                return self._is_no_class_of_the_file(value, steps - 1)
            case _:
                return False

    @cached_property
    def _constructing(self) -> list[ast.ClassDef]:
        """The classes of the file that may be raised, and of which a constructor of the file makes an instance."""
        return [one for found in self.module.calls.classes.values() for one in found if one.bases and self._has_constructor(one)]

    def _has_constructor(self, owner: ast.ClassDef) -> bool:
        bodies = [self.module.scope_inside(one).bindings for one in self.module.calls.lineage(owner) if one is not None]
        return any(name in body for body in bodies for name in ("__new__", "__init__", "__post_init__"))

    # --- with ---

    def of_manager(self, item: ast.withitem) -> CallEffect:
        """What entering or leaving a context manager may do."""
        manager = item.context_expr
        origin = self.module.origin(manager.func) if isinstance(manager, ast.Call) else None
        if origin is not None and (origin in known_calls.MANAGERS or origin.partition(".")[0] in known_calls.STDLIB_PLAIN):
            return CallEffect()
        if isinstance(manager, ast.Call):
            callee = self.module.callee(manager)
            if isinstance(callee, ast.FunctionDef) and self._makes_manager(callee):
                return effect_of_call(manager, self.module)
        owner = self.module.calls.class_of_receiver(manager)
        if owner is not None:
            enter = effect_of_method(owner, "__enter__", manager, self.module)
            enter.absorb(effect_of_method(owner, "__exit__", manager, self.module))
            return enter
        kind = self.module.type_of(manager)
        if kind is not None and all(
            member.name in known_calls.MANAGERS or member.name.partition(".")[0] in known_calls.STDLIB_PLAIN for member in kind.members()
        ):
            return CallEffect()
        return CallEffect(unknown=f"with {ast.unparse(manager)}")

    def _makes_manager(self, function: ast.FunctionDef) -> bool:
        return any(self.module.origin(one) == "contextlib.contextmanager" for one in function.decorator_list)

    # --- attributes ---

    @cached_property
    def _accessors(self) -> dict[tuple[str, str], list[Method | ast.expr]]:
        """What runs when an attribute is read (or set, or deleted), by the attribute's name."""
        found: dict[tuple[str, str], list[Method | ast.expr]] = {}
        for classes in self.module.calls.classes.values():
            for one in classes:
                for name, bindings in self.module.scope_inside(one).bindings.items():
                    for binding in bindings:
                        for kind, function in self._of_binding(binding):
                            found.setdefault((kind, name), []).append(function)
        for name, stores in self.module.calls.stored_attributes.items():
            for store in stores:
                match self.module.parent(store):
                    case ast.Assign(value=ast.Call() as call):
                        for kind, function in self._of_call(call):  # `C.name = property(f)`
                            found.setdefault((kind, mangled(name, self.module.scope(store))), []).append(function)
        return found

    def _of_binding(self, binding: Binding) -> list[tuple[str, Method | ast.expr]]:
        """What an attribute that a class's body binds runs, each with when."""
        if isinstance(binding.value, ast.Call):
            return [*self._of_call(binding.value)]
        if not isinstance(binding.node, Method):
            return []
        made = [one for one in binding.node.decorator_list if self._makes_property(one)]
        found: list[tuple[str, Method | ast.expr]] = [(kind, binding.node) for kind in self._accesses(binding.node)]
        return found + [(kind, _unknown(one)) for one in made for kind in (GET, SET)]

    def _of_call(self, call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
        if self.module.origin(call.func) == "builtins.property":
            yield from _of_property(call)
        elif self._makes_property(call):
            yield from ((kind, _unknown(call)) for kind in (GET, SET))

    def _makes_property(self, maker: ast.expr) -> bool:
        """Whether a call, or a decorator, is of a function of the file that may make a property, going by the words in it."""
        function = maker.func if isinstance(maker, ast.Call) else maker
        named = self.module.calls.named(function) if isinstance(function, ast.Name) else None
        return named is not None and any(isinstance(one, ast.Name) and one.id.endswith("property") for one in walk(named))

    def _accesses(self, method: Method) -> list[str]:
        kinds: list[str] = []
        for one in method.decorator_list:
            if isinstance(one, ast.Attribute) and one.attr in ("setter", "deleter"):
                kinds.append(SET)
            elif self.module.origin(one.func if isinstance(one, ast.Call) else one) not in _METHOD_DECORATORS:
                kinds.append(GET)
        return kinds

    def is_computed(self, name: str) -> bool:
        """Whether some class of the file computes an attribute of this name anew when it is read."""
        return bool(self._accessors.get((GET, name))) or self._reads_everything

    @cached_property
    def _reads_everything(self) -> bool:
        """Whether some class of the file has a say in every attribute that is read."""
        every = (one for classes in self.module.calls.classes.values() for one in classes)
        return any("__getattribute__" in self.module.scope_inside(one).bindings for one in every)

    def of_attribute(self, node: ast.Attribute, name: str) -> list[CallEffect]:
        """What reading, setting or deleting an attribute of this (mangled) name may run in the file."""
        if name in _LATE:
            return [CallEffect(unknown=f"….{name}")]
        return [effect for kind in self._kinds(node) for effect in self._run(kind, name, node.value)]

    def by_name(self, function: str, args: list[ast.expr]) -> list[CallEffect]:
        """What `getattr(thing, name)`, `hasattr`, `setattr` or `delattr` runs in the file, by any name where it is computed."""
        kind = GET if function in ("getattr", "hasattr") else SET
        match args:
            case [ast.Starred(), *_] | [_, ast.Starred(), *_] | []:
                return [CallEffect(unknown=f"{function}(…)")] if self._accessors else []
            case [thing, ast.Constant(value=str(name)), *_]:
                return self._run(kind, name, thing)
            case _:
                return [effect for one, name in self._accessors if one == kind for effect in self._run(kind, name, args[0])]

    def by_names(self, names: list[ast.expr]) -> list[CallEffect]:
        """The same for an `attrgetter`, which looks up each of the dotted names."""
        spelled = [one.value for one in names if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        parts = {part for one in spelled for part in one.split(".")}
        wanted = [name for kind, name in self._accessors if kind == GET and (name in parts or len(spelled) < len(names))]
        return [effect for name in wanted for effect in self._run(GET, name, ast.Name(name))]

    def getters(self, name: str | None = None) -> list[Method | ast.expr]:
        """What runs when an attribute is read, of any name or of one."""
        if name is not None:
            return self._accessors.get((GET, name), [])
        return [one for (kind, _), found in self._accessors.items() if kind == GET for one in found]

    @cached_property
    def stores(self) -> UnseenStores:
        """Which attributes such code sets."""
        return UnseenStores(self.module)

    def accessors(self, node: ast.Attribute) -> list[Method | ast.expr]:
        """What runs where an attribute of this name is read, set or deleted, whatever it is an attribute of."""
        name = mangled(node.attr, self.module.scope(node))
        return [one for kind in self._kinds(node) for one in self._accessors.get((kind, name), [])]

    def _kinds(self, node: ast.Attribute) -> list[str]:
        """`x.a += 1` reads and sets."""
        if isinstance(node.ctx, ast.Load):
            return [GET]
        return [GET, SET] if isinstance(self.module.parent(node), ast.AugAssign) else [SET]

    def of_pattern(self, pattern: ast.MatchClass) -> list[CallEffect]:
        """What matching a class pattern may run: it reads attributes, by position whichever `__match_args__` names."""
        names = [name for kind, name in self._accessors if kind == GET and (pattern.patterns or name in pattern.kwd_attrs)]
        match = next((around for around in self.module.ancestors(pattern) if isinstance(around, ast.Match)), None)
        return [effect for name in names if match is not None for effect in self._run(GET, name, match.subject)]

    def _run(self, kind: str, name: str, receiver: ast.expr) -> list[CallEffect]:
        found: list[CallEffect] = []
        for function in self._accessors.get((kind, name), ()):
            callee = self.module.calls.resolved(function) if isinstance(function, ast.expr) else function
            if not isinstance(callee, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                found.append(CallEffect(unknown=f"{ast.unparse(receiver)}.{name}"))
                continue
            summary = self.module.summary(callee)
            effect = CallEffect()
            effect.absorb(summary)
            if summary.parameters:
                effect.targets.append(receiver)
            if summary.inner:
                effect.inner.append(receiver)
            found.append(effect)
        return found


def _unknown(maker: ast.expr) -> ast.expr:
    """What stands for a function of which nothing is known."""
    return ast.Call(maker, [], [])


def _of_property(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """The functions that `property(fget, fset, fdel)` is given, each with what runs it; all of them with both where a star blurs them."""
    blurred = any(isinstance(one, ast.Starred) for one in call.args) or any(keyword.arg is None for keyword in call.keywords)
    given = [*zip(("fget", "fset", "fdel"), call.args, strict=False), *((keyword.arg, keyword.value) for keyword in call.keywords)]
    for name, function in given:
        if name != "doc":
            yield from ((kind, function) for kind in (GET, SET) if blurred or (kind == GET) == (name == "fget"))
