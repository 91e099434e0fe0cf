"""Which imports of a project mean one of its files.

What is on `sys.path` at run time is not known. A dotted name means a file where its parts are the end of the file's path; where they are
the end of several files' paths, nobody can tell.
"""

from __future__ import annotations

import ast
import os

from codemods.workspace.rename.sources import Source


def dotted_names(path: str, root: str) -> set[str]:
    """All names by which the file at `path`, below `root`, can be imported: `m`, `pkg.m`, `src.pkg.m`."""
    parts = os.path.relpath(path, root).split(os.sep)
    parts[-1] = parts[-1].partition(".")[0]
    if parts[-1] == "__init__":
        parts.pop()
    return {".".join(parts[index:]) for index in range(len(parts))}


def imported_from(source: Source, node: ast.ImportFrom, root: str) -> str:
    """The full name of the module that `from … import` names; for a relative import from the project's root down."""
    if not node.level:
        return node.module or ""
    folder = os.path.dirname(source.real)
    for _ in range(node.level - 1):
        folder = os.path.dirname(folder)
    parts = [part for part in os.path.relpath(folder, root).split(os.sep) if part != os.curdir]
    return ".".join([*parts, *(node.module.split(".") if node.module else ())])


def means(name: str, target: Source, root: str) -> bool:
    """Whether an import of `name` can mean the file."""
    return bool(name) and name in dotted_names(target.real, root)


def module_expressions(source: Source, target: Source, root: str) -> list[ast.expr]:
    """The names and dotted names in a file that stand for the module `target`, where they are used."""
    found: list[ast.expr] = []
    for node in source.module.names.parents:
        if isinstance(node, ast.Name | ast.Attribute) and (name := module_name(source, node, root)) and means(name, target, root):
            found.append(node)
    return found


def module_name(source: Source, node: ast.expr, root: str) -> str | None:
    """The dotted name that a name or dotted name stands for, by any import that binds its first part."""
    match node:
        case ast.Name():
            variable = source.module.variable(node)
            for binding in variable[0].bindings.get(variable[1], ()) if variable else ():
                match binding.node, binding.statement:
                    case ast.alias(name=name, asname=alias), ast.Import():
                        return name if alias else name.partition(".")[0]
                    case ast.alias(name=name), ast.ImportFrom() as statement:
                        above = imported_from(source, statement, root)
                        return f"{above}.{name}" if above else name
            return None
        case ast.Attribute(value=value, attr=name):
            base = module_name(source, value, root)
            return f"{base}.{name}" if base else None
        case _:
            return None
