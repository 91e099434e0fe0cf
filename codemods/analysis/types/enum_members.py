"""Enums of the file: which names of the class are members, and what `name` and `value` of a member are."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import Binding
from codemods.analysis.types.containers import settled
from codemods.analysis.types.vocabulary import INT, NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

_FLAGS = ("enum.Flag", "enum.IntFlag")


class EnumMembers:
    """Answers for enums of one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def bound(self, owner: ast.ClassDef, name: str) -> list[Binding]:
        """What makes a name of the class a member, or something else that is no plain attribute: all but methods and declarations."""
        found = self.module.scope_inside(owner).bindings.get(name, ())
        sunder = name.startswith("_") and name.endswith("_")
        return [one for one in found if not sunder and one.kind not in ("function", "class", "annotation")]

    def are(self, owner: ast.ClassDef, bindings: list[Binding]) -> bool:
        """Whether the bindings of a name make it a member: a value, and no descriptor such as a function."""
        if len(bindings) != 1 or bindings[0].kind != "assign" or "_ignore_" in self.module.scope_inside(owner).bindings:
            return False
        kind = self._assigned(bindings[0])
        private = bindings[0].name.startswith(f"_{owner.name}__")
        return not private and kind is not None and all(one.name not in ("function", "type") for one in kind.members())

    def has_any(self, owner: ast.ClassDef) -> bool:
        """Whether the enum has a member, so that nothing can be derived from it."""
        return any(self.are(owner, self.bound(owner, name)) for name in self.module.scope_inside(owner).bindings)

    def attribute(self, owner: ast.ClassDef, name: str) -> Type | None:
        """What all members have: `name` is a str, of flags together perhaps None; `value` what the members are assigned."""
        attributes, classes = self.inference.attributes, self.inference.classes
        if any(attributes.bodies(owner, one) for one in (name, "__new__", "_generate_next_value_")):
            return None
        above = [one for one in classes.lineage(owner) if isinstance(one, str)]
        if any(one.partition(".")[0] not in ("enum", "builtins") for one in above):
            return None
        if name == "name":
            return union([STR, NONE]) if any(one in _FLAGS for one in above) else STR
        if above != ["enum.Enum"] or attributes.set_by_name(owner) or attributes.stores(owner, "_value_"):
            return None
        return self._values(owner)

    def _values(self, owner: ast.ClassDef) -> Type | None:
        found = [one for name in self.module.scope_inside(owner).bindings for one in self.bound(owner, name)]
        found.sort(key=lambda one: self.module.line(one.node))
        return settled(union(self._assigned(one) if one.kind == "assign" else None for one in found))

    def _assigned(self, binding: Binding) -> Type | None:
        """What the name is given, as the class's body runs."""
        if isinstance(binding.value, ast.Call) and self.module.origin(binding.value.func) == "enum.auto":
            return INT
        return self.inference.bindings.of(binding)
