"""Places: variables and dotted paths from them, the things whose changes can be followed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from codemods.analysis.names.scopes import Scope, mangled

if TYPE_CHECKING:
    from codemods.analysis.module import Module


class Place(Struct, frozen=True):
    """A variable, or an attribute path from one: `rows`, `self.rows`, `self.model.rows`.

    Attributes:
        scope, name: the variable at the root.
        attributes: the attribute names after it.
        text: how it is written.
    """

    scope: Scope
    name: str
    attributes: tuple[str, ...] = ()
    text: str = ""

    def __eq__(self, other: object) -> bool:
        """However it is written."""
        return isinstance(other, Place) and self.scope is other.scope and self.name == other.name and self.attributes == other.attributes

    def __hash__(self) -> int:
        return hash((self.scope, self.name, self.attributes))

    def starts_with(self, other: Place) -> bool:
        """Whether `other` is this place or stands in front of it: `self.model` in front of `self.model.rows`."""
        return self.scope is other.scope and self.name == other.name and self.attributes[: len(other.attributes)] == other.attributes


def place_of(node: ast.AST, module: Module) -> Place | None:
    """The place an expression names, whether it is read, stored or deleted; `None` for anything but a known variable's path."""
    attributes: list[str] = []
    base = node
    while isinstance(base, ast.Attribute):
        attributes.append(mangled(base.attr, module.scope(base)))
        base = base.value
    if not isinstance(base, ast.Name):
        return None
    variable = module.variable(base)
    if variable is None:
        return None
    scope, name = variable
    text = ".".join([base.id, *reversed(attributes)])
    return Place(scope, name, tuple(reversed(attributes)), text)


def bound_name(node: ast.AST) -> str | None:
    """The name that a binding node (of a STORE or CREATE event) binds, where it is no expression."""
    match node:
        case ast.alias():
            return node.asname or node.name.partition(".")[0]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar():
            return node.name
        case ast.MatchMapping():
            return node.rest
        case _:
            return None
