"""The types of parameters: what their annotation says, less what the file itself shows otherwise."""

from __future__ import annotations

import ast
import re
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls.handed_on import Handed, handed_on
from codemods.analysis.names.scopes import Binding
from codemods.analysis.types.agreed_arguments import AgreedArguments
from codemods.analysis.types.calls_by_name import CallsByName, Function
from codemods.analysis.types.vocabulary import NEVER, NONE, Type, fits, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

_BINDING = frozenset({
    "builtins.classmethod", "builtins.property", "functools.cached_property", "functools.lru_cache", "functools.cache", "functools.wraps",
    "functools.singledispatchmethod", "abc.abstractmethod", "typing.overload", "typing.override", "typing.final", "typing.no_type_check",
    "typing_extensions.override", "typing_extensions.final", "contextlib.contextmanager", "contextlib.asynccontextmanager",
    "unittest.skip", "unittest.skipIf", "unittest.skipUnless", "unittest.mock.patch", "unittest.mock.patch.object",
})  # fmt: skip
"""Decorators under which the first parameter of a method still is its instance (or its class)."""


class Parameters:
    """Types of the parameters of functions of one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self.agreed = AgreedArguments(inference)
        self.calls = CallsByName(inference)

    def of(self, binding: Binding) -> Type | None:
        """The type that a parameter has when the body begins."""
        function = binding.statement
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return None
        node = binding.node
        assert isinstance(node, ast.arg)
        said = self.inference.annotations.read(binding.annotation) if binding.annotation is not None else None
        line = self.module.line(node)
        if node in (function.args.vararg, function.args.kwarg):
            for kind in self._gathered(function, node) if said is not None else ():
                for member in kind.members() if kind is not None and kind is not NEVER else ():
                    said = self._widened(said, member) if said is not None else None
        if node is function.args.vararg:
            return Type("tuple", (said,), True, f"`*{node.arg}`, at line {line}", declared=True)
        if node is function.args.kwarg:
            return Type("dict", (Type("str"), said), False, f"`**{node.arg}`, at line {line}", declared=True)
        if binding.annotation is None:
            return self._receiver(function, node) or self._agreed(function, node, binding.value)
        if _is_sentinel(binding.value):
            return None
        default = [self.inference.infer(binding.value)] if binding.value is not None else []
        for kind in [*default, *self.arguments(function, node.arg)]:
            for member in kind.members() if kind is not None and kind is not NEVER else ():
                said = self._widened(said, member) if said is not None else None
        return said.said(f"annotated `{ast.unparse(binding.annotation)}` at line {line}") if said is not None else None

    def _agreed(self, function: Function | ast.Lambda, node: ast.arg, default: ast.expr | None) -> Type | None:
        """What all calls pass, for a parameter that is no `self`."""
        first = [*function.args.posonlyargs, *function.args.args][:1] == [node]
        return None if first and self.module.class_of(function) is not None else self.agreed.of(function, node, default)

    @staticmethod
    def _widened(said: Type, other: Type) -> Type | None:
        """The annotation's type where something of another type is passed: None joins it, anything else makes it worthless."""
        if other == NONE:
            return union([said, NONE])
        return said if fits(other, said) else None

    def _receiver(self, function: Function | ast.Lambda, node: ast.arg) -> Type | None:
        """`self` of a method, `cls` of a class method."""
        owner = self.module.class_of(function)
        if owner is None or isinstance(function, ast.Lambda) or [*function.args.posonlyargs, *function.args.args][:1] != [node]:
            return None
        decorators = {self._origin(one) for one in function.decorator_list}
        kind = self.inference.annotations.class_type(owner)
        if kind is None or not decorators <= _BINDING or function.name == "_generate_next_value_":
            return None
        if any(self.module.origin(base) == "builtins.type" for base in owner.bases) or self._used_as_function(owner, function.name):
            return None
        if "builtins.classmethod" in decorators or function.name in ("__new__", "__init_subclass__", "__class_getitem__"):
            return Type("type", (kind,))
        return kind if self._only_theirs(owner, function.name) else None

    def _origin(self, decorator: ast.expr) -> str | None:
        if _of_property(decorator):
            return "builtins.property"
        return self.module.origin(decorator.func if isinstance(decorator, ast.Call) else decorator)

    def _used_as_function(self, owner: ast.ClassDef, method: str) -> bool:
        """Whether the class's body itself uses the method, as a plain function: `__add__ = wrap(_add)`."""
        uses = self.module.scope_inside(owner).uses.get(method, ())
        return any(isinstance(use.ctx, ast.Load) and not _of_property(self.module.parent(use)) for use in uses)

    def _only_theirs(self, owner: ast.ClassDef, method: str) -> bool:
        """Whether no call `C.method(other)` in the file hands the method something else than an instance of its class."""
        theirs = {one.name for one in [owner, *self.module.calls.descendants(owner)]}
        for attribute in self._through_names.get(method, ()):
            assert isinstance(attribute.value, ast.Name)
            if attribute.value.id not in theirs:
                continue
            match self.module.parent(attribute):
                case ast.Call(func=function, args=[first, *_]) if function is attribute:
                    given = self.inference.infer(first)
                    if given is None or not given.is_all("Never", *(f".{name}" for name in theirs)):
                        return False
                case _:
                    return False  # it goes somewhere as a plain function
        return True

    @cached_property
    def _through_names(self) -> dict[str, list[ast.Attribute]]:
        """The attributes `name.attribute` of the file by their own name."""
        found: dict[str, list[ast.Attribute]] = {}
        for node in self.module.names.nodes(ast.Attribute):
            if isinstance(node.value, ast.Name):
                found.setdefault(node.attr, []).append(node)
        return found

    def arguments(self, function: Function | ast.Lambda, name: str) -> list[Type | None]:
        """The types of what calls that may be of this function pass for the parameter."""
        if isinstance(function, ast.Lambda):
            return []
        positional = [one.arg for one in [*function.args.posonlyargs, *function.args.args]]
        index = positional.index(name) if name in positional else None
        found = [kind for call, bound in self.calls.of(function) for kind in self._passed(call, name, index, bound)]
        method = self.module.class_of(function) is not None and not self.calls.is_static(function)
        place = index - method if index is not None else None
        return found + [self._given_by(one, name, place) for one in handed_on(self.calls.name_of(function), self.module)]

    def of_field(self, owner: ast.ClassDef, name: str, place: int | None) -> list[Type | None]:
        """The types of what calls pass for a field of a dataclass or named tuple, which stands at that place among all its fields."""
        index = place + 1 if place is not None else None  # `self` comes first
        found = [kind for call, bound in self.calls.making(owner) for kind in self._passed(call, name, index, bound)]
        return found + [self._given_by(one, name, place) for one in handed_on(owner.name, self.module)]

    def of_copies(self, name: str) -> list[Type | None]:
        """The types of what `replace(…)` and `_replace(…)` pass for a field of that name."""
        copying = [call for maker in ("_replace", "replace") for call in self.module.calls.made_by(maker)]
        return [kind for call in copying for kind in self._passed(call, name, None, False)]

    def _passed(self, call: ast.Call, name: str, index: int | None, bound: bool) -> list[Type | None]:
        """What one call passes. `bound`: its first argument is for the second parameter."""
        values, keywords = spelled_out(call)
        place = index - bound if index is not None else None
        at_place = values[place : place + 1] if place is not None else []
        return [self.inference.infer(one) for one in [*(value for key, value in keywords if key == name), *at_place]]

    def _gathered(self, function: Function | ast.Lambda, star: ast.arg) -> list[Type | None]:
        """The types of what calls that may be of this function pass for `*star` or `**star`."""
        if isinstance(function, ast.Lambda):
            return []
        positional = [one.arg for one in [*function.args.posonlyargs, *function.args.args]]
        named = {*positional, *(one.arg for one in function.args.kwonlyargs)}
        found: list[Type | None] = []
        for call, bound in self.calls.of(function):
            values, keywords = spelled_out(call)
            if star is function.args.kwarg:
                found += [self.inference.infer(value) for name, value in keywords if name not in named]
            else:
                found += [self.inference.infer(one) for one in values[len(positional) - bound :]]
        return found

    def _given_by(self, handed: Handed, name: str, place: int | None) -> Type | None:
        """What a function that a call hands on is called with, as far as it is written there."""
        for keyword, value in handed.keywords:
            if keyword == name:
                return self.inference.infer(value)
        if place is None or not 0 <= place < len(handed.values):
            return None
        kind = self.inference.infer(handed.values[place])
        return self.inference.element(kind) if handed.elements else kind


def spelled_out(call: ast.Call) -> tuple[list[ast.expr], list[tuple[str, ast.expr]]]:
    """The arguments of a call as far as their places are known, and those with names; what stars take out of displays among them."""
    values: list[ast.expr] = []
    for one in call.args:
        match one:
            case ast.Starred(value=ast.List(elts=parts) | ast.Tuple(elts=parts)) if not any(isinstance(p, ast.Starred) for p in parts):
                values += parts
            case ast.Starred():
                break
            case _:
                values.append(one)
    keywords: list[tuple[str, ast.expr]] = []
    for keyword in call.keywords:
        match keyword:
            case ast.keyword(arg=str(name), value=value):
                keywords.append((name, value))
            case ast.keyword(value=ast.Dict(keys=keys, values=given)):
                pairs = zip(keys, given, strict=True)
                keywords += [(key.value, value) for key, value in pairs if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return values, keywords


def _of_property(node: ast.AST | None) -> bool:
    """`name.setter` and its like."""
    return isinstance(node, ast.Attribute) and node.attr in ("setter", "getter", "deleter")


_SENTINELS = re.compile("missing|unset|undefined|sentinel|not_?given|not_?set|no_?default|marker|nothing", re.IGNORECASE)


def _is_sentinel(default: ast.expr | None) -> bool:
    """Whether a default stands for "nothing was given", so that the annotation does not speak of it."""
    match default:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _SENTINELS.search(name) is not None
        case ast.Constant(value=value):
            return value is Ellipsis
        case _:
            return False
