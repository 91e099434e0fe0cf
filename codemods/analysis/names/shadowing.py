"""The refusal of a name that looks like a builtin's and is not, with the line that makes it something else."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.text.walking import walk
from codemods.model.verdict import Refusal, Refused

if TYPE_CHECKING:
    from codemods.analysis.module import Module

SHADOWED = Refusal("shadowed", "`{name}` is not the builtin here{cause}")


def shadowed(name: str, at: ast.AST, module: Module) -> Refused:
    """Says what `name` is at `at`, where `module.is_builtin` says that it is not the builtin."""
    return SHADOWED(name=name, cause=_cause(name, at, module))


def _cause(name: str, at: ast.AST, module: Module) -> str:
    """A clause with the line of the binding, the star import or the assignment to an attribute of that name; "" where there is none."""
    for binding in module.bindings(name, at):
        return f": line {module.line(binding.node)} binds it"
    for node in walk(module.tree):
        match node:
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                return f": the star import at line {node.lineno} may bind it"
            case ast.Attribute(attr=attribute, ctx=ast.Store()) if attribute == name:
                return f": line {node.lineno} may set it in `builtins`"
            case _:
                pass
    return ""
