"""The check on every renamed file: but for the one name, both versions say the same, and every name means what it meant."""

from __future__ import annotations

import ast

from codemods.analysis.module import Module
from codemods.analysis.names.scopes import Scope
from codemods.analysis.text.lexing import Comment, scan
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source


def require_same(before: Source, after: Source, old: str, new: str, count: int) -> None:
    """That `after` is `before` with `count` mentions of `old` now `new`. Raises NotRenamedError."""
    changed = 0
    pairs: list[tuple[ast.AST, ast.AST]] = []
    stack: list[tuple[ast.AST, ast.AST]] = [(before.module.tree, after.module.tree)]
    while stack:
        one, other = stack.pop()
        if type(one) is not type(other):
            raise NotRenamedError(f"{before.where(one)}: the program would change")
        pairs.append((one, other))
        for field in one._fields:
            left, right = _listed(getattr(one, field, None)), _listed(getattr(other, field, None))
            if len(left) != len(right):
                raise NotRenamedError(f"{before.where(one)}: the program would change")
            for a, b in zip(left, right, strict=True):
                if isinstance(a, ast.AST) and isinstance(b, ast.AST):
                    stack.append((a, b))
                elif type(a) is not type(b) or a != b:
                    if (a, b) != (old, new):
                        raise NotRenamedError(f"{before.where(one)}: the program would change")
                    changed += 1
    if changed != count or _comments(before.module.text) != _comments(after.module.text):
        raise NotRenamedError(f"{before.path}: {changed} names would change instead of {count}, or a comment")
    _require_same_bindings(before, after, pairs, old, new)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _comments(text: str) -> list[str]:
    return [one.text for one in scan(text) if isinstance(one, Comment)]


def _require_same_bindings(before: Source, after: Source, pairs: list[tuple[ast.AST, ast.AST]], old: str, new: str) -> None:
    numbers = {node: number for number, pair in enumerate(pairs) for node in pair}
    renamed: set[tuple[int, str]] = set()
    kept: set[tuple[int, str]] = set()
    for one, other in pairs:
        if not isinstance(one, ast.Name) or not isinstance(other, ast.Name):
            continue
        was, now = _meant(before.module, one, numbers), _meant(after.module, other, numbers)
        if one.id != other.id and was is not None:
            renamed.add(was[0])
            was = ((was[0][0], new), was[1])
        elif was is not None and one.id == old:
            kept.add(was[0])
        if was != now:
            raise NotRenamedError(f"{before.where(one)}: {other.id!r} would mean another variable")
    if renamed & kept:
        raise NotRenamedError(f"{before.path}: {old!r} would be renamed in some places only")


def _meant(module: Module, name: ast.Name, numbers: dict[ast.AST, int]) -> tuple[tuple[int, str], tuple[object, ...]] | None:
    """The variable of a name, such that it can be compared between two versions: its scope, key, and all that binds it."""
    variable = module.variable(name)
    if variable is None:
        return None
    scope: Scope = variable[0]
    bindings = tuple((binding.kind, numbers[binding.node]) for binding in scope.bindings[variable[1]])
    return (numbers[scope.node], variable[1]), (scope.kind, bindings)
