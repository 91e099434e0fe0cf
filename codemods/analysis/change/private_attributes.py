"""Attributes that hold objects of their own: whatever the file stores there is made for it, and nothing in the file hands it on."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.freshness import is_fresh
from codemods.analysis.change.leaks import leaks
from codemods.analysis.change.ownership import changes

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_BEGINNINGS = frozenset({"__init__", "__new__", "__post_init__", "setUp"})


class PrivateAttributes:
    """Answers by (mangled) attribute name, for all classes of the file together."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._own: dict[str, bool] = {}
        self._made: dict[str, bool] = {}

    def own(self, name: str) -> bool:
        """Whether the object at an attribute of this name can be reached through the attribute only (as far as this file decides)."""
        known = self._own.get(name)
        if known is None:
            known = self._own[name] = self.made(name) and not any(map(self._leaks, self.module.calls.attributes[name]))
        return known

    def made(self, name: str) -> bool:
        """Whether all that attributes of this name hold is made for them (as far as this file decides); it may be handed on."""
        known = self._made.get(name)
        if known is None:
            known = self._made[name] = self._holds_its_own(name)
        return known

    def settled(self, name: str) -> bool:
        """Whether code that this file does not show changes neither the attribute nor its object: private, and left as it was made."""
        if not name.startswith("_") or not self.own(name):
            return False
        return all(self._beginning(node) for node in self.module.calls.attributes[name] if self._changes(node))

    def _leaks(self, node: ast.Attribute) -> bool:
        return isinstance(node.ctx, ast.Load) and leaks(node, self.module, returned=True)

    def _changes(self, node: ast.Attribute) -> bool:
        return not isinstance(node.ctx, ast.Load) or changes(node, self.module)

    def _beginning(self, node: ast.AST) -> bool:
        function = self.module.function(node)
        return isinstance(function, ast.FunctionDef) and function.name in _BEGINNINGS

    def _holds_its_own(self, name: str) -> bool:
        nodes = self.module.calls.attributes.get(name, ())
        if name in self.module.names_spelled or self._bound_in_a_class(name):
            return False
        stores = [node for node in nodes if isinstance(node.ctx, ast.Store)]
        if any(self._may_set(thing, setter, name, stores) for thing, setter, _ in self.module.hidden_writes.attribute_setters):
            return False
        return bool(stores) and all(self._stores_its_own(node) for node in stores)

    def _may_set(self, thing: ast.expr | None, written: str | None, name: str, stores: list[ast.Attribute]) -> bool:
        """Whether `setattr(thing, …)` may set the attribute: not where it is of another class than all that the file stores it on."""
        if written is not None:
            return written == name
        calls = self.module.calls
        owner = calls.class_of_receiver(thing) if thing is not None else None
        if owner is None:
            return True
        family = {owner, *calls.descendants(owner), *calls.lineage(owner)}
        return any(calls.class_of_receiver(node.value) in {None, *family} for node in stores)

    def _bound_in_a_class(self, name: str) -> bool:
        """A method, property, class attribute or dataclass field of that name: another thing, or filled by who makes the instance."""
        for classes in self.module.calls.classes.values():
            for one in classes:
                for binding in self.module.scope_inside(one).bindings.get(name, ()):
                    if binding.kind != "annotation" or one.decorator_list or one.bases:
                        return True
        return False

    def _stores_its_own(self, node: ast.Attribute) -> bool:
        match self.module.parent(node):
            case ast.Assign(targets=[_], value=value) | ast.AnnAssign(value=ast.expr() as value):
                return is_fresh(value, self.module)
            case ast.AnnAssign() | ast.AugAssign():
                return True
            case _:
                return False
