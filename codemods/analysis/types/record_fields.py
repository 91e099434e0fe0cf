"""The fields of dataclasses and named tuples, and which of them a call gives by place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.names.spelled import last_name

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def own_fields(owner: ast.ClassDef) -> list[str]:
    """The names that a class's body annotates."""
    return [name for name, _ in _declared(owner)]


def fields_by_place(owner: ast.ClassDef, module: Module) -> list[str]:
    """The fields that the `__init__` made for a class takes by place, in that order: those of its bases in the file come first."""
    found: dict[str, None] = {}
    for one in reversed(module.calls.lineage(owner)):
        if one is None or (one is not owner and not one.decorator_list) or _is_told(one.decorator_list, "kw_only", True):
            continue
        for name, statement in _declared(one):
            annotation = statement.annotation
            said = last_name(annotation.value if isinstance(annotation, ast.Subscript) else annotation)
            if said == "KW_ONLY":
                break
            value = [statement.value] if statement.value is not None else []
            if said != "ClassVar" and not _is_told(value, "init", False) and not _is_told(value, "kw_only", True):
                found.setdefault(name)
    return list(found)


def _declared(owner: ast.ClassDef) -> Iterator[tuple[str, ast.AnnAssign]]:
    for statement in owner.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, statement


def _is_told(calls: list[ast.expr], name: str, what: bool) -> bool:
    """Whether one of the calls has such a keyword, `kw_only=True`."""
    keywords = [keyword for call in calls if isinstance(call, ast.Call) for keyword in call.keywords if keyword.arg == name]
    return any(isinstance(one.value, ast.Constant) and one.value.value is what for one in keywords)
