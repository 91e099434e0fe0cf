"""The calls of a file that may be of one of its functions, found by name: what they pass speaks for or against an annotation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

Function = ast.FunctionDef | ast.AsyncFunctionDef
Found = tuple[ast.Call, bool]
"""A call, and whether its first argument is for the second parameter, as something else fills the first."""

_MAKERS = frozenset({"__init__", "__new__"})


class CallsByName:
    """Answers for the functions of one file. A call of something that only has the same name is taken for one of theirs."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def name_of(self, function: Function) -> str:
        """The name by which a function is called: a class's for its `__init__`."""
        owner = self.module.class_of(function)
        return owner.name if owner is not None and function.name in _MAKERS else function.name

    def is_static(self, function: Function) -> bool:
        """Whether it is a method that no object, and no class, is handed to."""
        return self._is_under(function, "builtins.staticmethod")

    def of(self, function: Function) -> list[Found]:
        """The calls that may be of a function."""
        owner = self.module.class_of(function)
        if owner is not None and function.name in _MAKERS:
            return list(self._making(owner, function.name))
        named = self.module.calls.made_by(function.name)
        if owner is None or self.is_static(function):
            return [(call, False) for call in named]
        of_class = self._is_under(function, "builtins.classmethod")
        return [(call, of_class or self._on_object(call)) for call in named]

    def making(self, owner: ast.ClassDef) -> list[Found]:
        """The calls that make an object of a class whose `__init__` is not written out, but follows from its fields."""
        return list(self._making(owner, "__init__"))

    def _is_under(self, function: Function, decorator: str) -> bool:
        return any(self.module.origin(one) == decorator for one in function.decorator_list)

    def _on_object(self, call: ast.Call) -> bool:
        """Whether the first parameter is filled by something in front of the dot."""
        if not isinstance(call.func, ast.Attribute):
            return True
        value = call.func.value
        return not (isinstance(value, ast.Name) and value.id in self.module.calls.classes)

    # --- what makes objects ---

    def _making(self, owner: ast.ClassDef, maker: str) -> Iterator[Found]:
        """What runs the `__init__` or `__new__` of a class: `C(…)`, also of a class that inherits it, `cls(…)`, `super().__init__(…)`."""
        below = self.module.calls.descendants(owner)
        heirs = {owner.name, *(one.name for one in below if self._first(self.module.calls.lineage(one), owner, maker) is owner)}
        for name in sorted(heirs):
            yield from ((call, True) for call in self.module.calls.made_by(name))
        for call in (*self.module.calls.made_by("cls"), *self.module.calls.made_by("__class__"), *self.module.calls.made_by("type()")):
            kind = self.inference.infer(call.func)
            made = kind.argument(0) if kind is not None and kind.name == "type" else None
            if made is not None and made.name[1:] in heirs:
                yield call, True
        for call in self.module.calls.made_by(maker):
            match call.func:
                case ast.Attribute(value=ast.Name(id=name)) if name == owner.name:
                    yield call, False
                case ast.Attribute(value=ast.Call(func=ast.Name(id="super"))):
                    around = self.module.class_of(self.module.function(call) or call)
                    if around is not None and self._first(self.module.calls.lineage(around)[1:], owner, maker) is owner:
                        yield call, maker == "__init__"

    def _first(self, lineage: list[ast.ClassDef | None], owner: ast.ClassDef, maker: str) -> ast.ClassDef | None:
        """Of classes in the order in which they are asked, the first that has such a method, or perhaps is given one; `owner` has one."""
        for one in lineage:
            if one is not None and (one is owner or one.decorator_list or maker in self.module.scope_inside(one).bindings):
                return one
        return None
