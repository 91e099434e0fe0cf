"""Names as they are spelled: in strings, or taken from a module, where they may stand for the file's own variables and attributes."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_BY_NAME = frozenset({
    "getattr", "setattr", "delattr", "hasattr", "attrgetter", "methodcaller", "__getattr__", "__getattribute__", "__setattr__",
})  # fmt: skip
_NAMESPACES = frozenset({"globals", "locals", "vars", "__dict__"})


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name, `c` of `a.b.c`; "" for anything else."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def names_spelled(module: Module) -> frozenset[str]:
    """The names in `getattr(x, "name")` and its like, in `globals()["name"]` and `x.__dict__["name"]`, and those imported by name."""
    return names_in_strings(module) | names_imported(module)


def names_imported(module: Module) -> frozenset[str]:
    """The names that imports from what may be this very module give to other variables than the module's of that name."""
    found: set[str] = set()
    for node in module.names.nodes(ast.ImportFrom):
        if may_import_itself(node):
            inside = module.scope(node).kind != "module"
            found.update(alias.name for alias in node.names if inside or (alias.asname or alias.name) != alias.name)
    return frozenset(found)


def may_import_itself(statement: ast.AST | None) -> bool:
    """Whether a statement imports a module, or from one, that is not of the standard library: it may be the one that it stands in."""
    match statement:
        case ast.Import(names=names):
            modules = [alias.name for alias in names]
        case ast.ImportFrom(module=name):
            modules = [name or ""]
        case _:
            return False
    return any(module.partition(".")[0] not in sys.stdlib_module_names for module in modules)


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
