"""Nodes inside the replacement fields of f-strings."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def f_string_around(node: ast.AST, module: Module) -> ast.JoinedStr | None:
    """The outermost f-string of the same statement that `node` stands in.

    What is in it has to be rewritten as part of it: CPython 3.11 knows no position inside.
    """
    outermost: ast.JoinedStr | None = None
    for around in module.ancestors(node):
        if isinstance(around, ast.stmt):
            break
        if isinstance(around, ast.JoinedStr):
            outermost = around
    return outermost


def shows_source(node: ast.AST, module: Module, hint: str) -> bool:
    """Whether `node` stands in a field that prints its own source, `f"{len(xs)=}"`, so that no rewrite of it goes unseen.

    The tree holds that source as text in front of the field. `hint` is a word that the source of `node` holds; text in front that ends in
    `=` and holds it too is taken for the source.
    """
    inner = node
    for around in module.ancestors(node):
        if isinstance(around, ast.stmt):
            break
        if isinstance(around, ast.JoinedStr):
            index = next((at for at, part in enumerate(around.values) if part is inner), 0)
            match around.values[index - 1] if index else None:
                case ast.Constant(value=str(text)) if text.rstrip().endswith("=") and hint in text:
                    return True
        inner = around
    return False
