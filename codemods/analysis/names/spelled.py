"""Names that the file spells as strings, or takes from a module, where they may stand for its own variables and attributes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_BY_NAME = frozenset({
    "getattr", "setattr", "delattr", "hasattr", "attrgetter", "methodcaller", "__getattr__", "__getattribute__", "__setattr__",
})  # fmt: skip
_NAMESPACES = frozenset({"globals", "locals", "vars", "__dict__"})


def names_spelled(module: Module) -> frozenset[str]:
    """The names in `getattr(x, "name")` and its like, in `globals()["name"]` and `x.__dict__["name"]`, and those imported by name."""
    found = set(names_in_strings(module))
    for node in module.names.nodes(ast.ImportFrom):
        found.update(alias.name for alias in node.names if (alias.asname or alias.name) != alias.name)
    return frozenset(found)


def names_in_strings(module: Module) -> frozenset[str]:
    """Those of `names_spelled` that stand in strings."""
    found: set[str] = set()
    for node in module.names.nodes(ast.Constant):
        match node:
            case ast.Constant(value=str(name)) if _reaches(module.parent(node)):
                found.update(name.split("."))
            case _:
                pass
    return frozenset(found)


def _reaches(around: ast.AST | None) -> bool:
    match around:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _BY_NAME or _of_namespace(around.func)
        case ast.Subscript():
            return _of_namespace(around.value)
        case _:
            return False


def _of_namespace(node: ast.expr) -> bool:
    """`globals()`, `vars(x)`, `x.__dict__`, and what is looked up in them."""
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Attribute(attr=name):
            return name in _NAMESPACES or (isinstance(node, ast.Attribute) and _of_namespace(node.value))
        case _:
            return False
