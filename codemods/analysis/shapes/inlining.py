"""What CPython's inlined comprehensions (PEP 709, 3.12 and later) do to each other when they stand in one function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import mangled
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.names.scopes import Scope


def name_lost(code: ast.AST, module: Module) -> ast.Name | None:
    """A name in `code`, a statement of a function, that would have no value if `code` were a comprehension; `None` if there is none.

    Where one comprehension of a function binds a name that another one reads from outside of the function, the reader raises
    `UnboundLocalError`: for globals and builtins up to 3.12.3 (python/cpython#118513), for names of a function around at least up to
    3.13.0 (python/cpython#156664).
    """
    scope = module.scope(code)
    if scope.kind not in ("function", "lambda"):
        return None
    bound = {name for sibling in _inlined(scope) if not module.inside(sibling.node, code) for name in sibling.bindings}
    if not bound:
        return None
    for node in walk(code):
        if isinstance(node, ast.Name) and mangled(node.id, scope) in bound:
            variable = module.variable(node)
            if variable is None or scope not in variable[0].outward():
                return node
    return None


def _inlined(scope: Scope) -> Iterator[Scope]:
    for child in scope.children:
        if child.kind == "comprehension":
            if not isinstance(child.node, ast.GeneratorExp):
                yield child
            yield from _inlined(child)
