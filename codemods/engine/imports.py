"""The names that rewrites need imported: where `from module import name` goes at a file's top."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.model.outcome import Edit


class Clash(ValueError):
    """The name to import means something else in the file."""


class Needed(Struct, frozen=True):
    """A name to import and the rule that needs it."""

    module: str
    name: str
    rule: str


def missing(module: Module, needed: Iterable[Needed]) -> list[Needed]:
    """Those not yet imported at the file's top level, each name once. Raises `Clash` where a name is bound to something else."""
    result: dict[tuple[str, str], Needed] = {}
    for one in needed:
        bindings = module.names.module.bindings.get(one.name, [])
        if not bindings:
            result.setdefault((one.module, one.name), one)
            continue
        for binding in bindings:
            statement = binding.statement
            if not (
                isinstance(statement, ast.ImportFrom)
                and statement.module == one.module
                and not statement.level
                and statement in module.tree.body
                and isinstance(binding.node, ast.alias)
                and binding.node.name == one.name
            ):
                raise Clash(f"`{one.name}` is not {one.module}.{one.name} in this file")
    return list(result.values())


class Added(Struct, frozen=True, eq=False):
    """One edit that adds imports. `statement` is the import that it is joined to, if it is."""

    edit: Edit
    statement: ast.ImportFrom | None = None


def additions(module: Module, needed: Iterable[Needed], newline: str) -> list[Added]:
    """The edits that import what is missing: joined to the first import from that module, else on a line of its own."""
    by_module: dict[str, list[Needed]] = {}
    for one in missing(module, needed):
        by_module.setdefault(one.module, []).append(one)
    added: list[Added] = []
    lines: list[str] = []
    rules: set[str] = set()
    for name, group in sorted(by_module.items()):
        names = sorted({one.name for one in group})
        statement = _joinable(module, name)
        if statement is not None:
            end = module.span(statement.names[-1])[1]
            made_by = tuple(sorted({one.rule for one in group}))
            added.append(Added(Edit(end, end, "".join(f", {one}" for one in names), made_by), statement))
        else:
            lines.append(f"from {name} import {', '.join(names)}{newline}")
            rules.update(one.rule for one in group)
    if lines:
        added.append(Added(_insert(module, lines, tuple(sorted(rules)), newline)))
    return added


def _joinable(module: Module, name: str) -> ast.ImportFrom | None:
    """The first `from name import …` among the imports at the file's top."""
    for statement in module.tree.body:
        match statement:
            case ast.ImportFrom(module=found, level=0) if found == name and statement.names[0].name != "*":
                return statement
            case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant(value=str())):
                continue
            case _:
                return None
    return None


def _insert(module: Module, lines: list[str], rules: tuple[str, ...], newline: str) -> Edit:
    """Before the first statement that is neither docstring nor `from __future__`; behind those where they are all there is."""
    body = module.tree.body
    before = 0
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, str):
        before = 1
    while before < len(body) and isinstance(one := body[before], ast.ImportFrom) and one.module == "__future__":
        before += 1
    new = "".join(lines)
    if before < len(body):
        following = body[before]
        decorators = getattr(following, "decorator_list", None)
        at = module.span(decorators[0] if decorators else following)[0]
        start = module.lines.starts[module.lines.line(at) - 1]
        if not module.text[start:at].strip() and not isinstance(following, ast.Import | ast.ImportFrom):
            new += newline * 2 if not before else newline
        elif module.text[start:at].strip():
            # Behind `"docstring"; ` or on the line of a decorator's `@`.
            if module.text[start:at].strip() != "@":
                return Edit(at, at, new.replace(newline, "; "), rules)
            new += newline * 2
        return Edit(start, start, new, rules)
    end = len(module.text)
    return Edit(end, end, ("" if not end or module.text[end - 1] in "\r\n" else newline) + new, rules)
