"""A failure put into rewritten functions on purpose: a command that stays green with it would stay green whatever was rewritten."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from codemods.analysis.text.positions import Lines
from codemods.engine import syntax
from codemods.engine.decode import decode
from codemods.engine.splice import spliced
from codemods.model.outcome import Edit
from codemods.workspace.verify.sites import Site

RAISE = 'raise AssertionError("pyfix put this here, to see whether it is noticed")'


def raising(data: bytes, sites: Collection[Site]) -> bytes | None:
    """The file, rewritten at `sites`, with a `raise` at the top of each function that holds one of them.

    Where none does, the sites being in classes and at the module's top, at the top of the module. None where the file cannot be read.
    """
    decoded = decode(data)
    text = decoded.text
    try:
        tree = syntax.parse(text)
    except syntax.Unreadable:
        return None
    scopes = {one.scope for site in sites for one in site.diagnostics}
    lines = Lines(text)
    bodies = [node.body for name, node in _functions(tree) if name in scopes] or [tree.body]
    edits = {edit.start: edit for body in bodies if (edit := _planted(body, text, lines)) is not None}
    return decoded.encode(spliced(text, [edits[start] for start in sorted(edits)])) if edits else None


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The functions with their qualified names."""
    pending: list[tuple[ast.AST, str]] = [(tree, "")]
    while pending:
        node, prefix = pending.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield prefix + name, node
                prefix = f"{prefix}{name}.<locals>."
            case ast.ClassDef(name=name):
                prefix = f"{prefix}{name}."
        pending.extend((child, prefix) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.expr))


def _planted(body: list[ast.stmt], text: str, lines: Lines) -> Edit | None:
    """The `raise` in front of the first statement that is no docstring and no import from the future."""
    first = next((one for one in body if not _is_head(one)), None)
    if first is None:
        last = body[-1] if body else None
        if last is None or last.end_lineno is None or last.end_col_offset is None:
            return None
        end = lines.offset(last.end_lineno, last.end_col_offset)
        return Edit(end, end, f"; {RAISE}", ())
    start = lines.offset(first.lineno, first.col_offset)
    if decorators := getattr(first, "decorator_list", ()):
        start = lines.starts[decorators[0].lineno - 1]
        start += len(text[start:]) - len(text[start:].lstrip(" \t\f"))
    before = text[lines.starts[lines.line(start) - 1] : start]
    return Edit(start, start, RAISE + ("; " if before.strip() else f"\n{before}"), ())


def _is_head(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())) | ast.ImportFrom(module="__future__"):
            return True
        case _:
            return False
