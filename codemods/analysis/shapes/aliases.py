"""The line with which such loops often begin: `row = rows[i]`. Its name is the one a person chose for the element."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from codemods.analysis.shapes.iteration import Iteration
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module


class LeadingAlias(Struct, frozen=True):
    """The first statement of a loop's body, binding the element.

    Attributes:
        target: how the target is written, with the parentheses it needs inside another target: `row`, `(x, y)`.
        read: the subscript it reads.
        serves: whether the target is one name that keeps the element all through the body, so that other reads can use it.
    """

    target: str
    read: ast.Subscript
    serves: bool


def leading_alias(loop: ast.For, found: Iteration, module: Module, position: int = 0) -> LeadingAlias | None:
    """The alias of a `for` loop whose body has more than it; `None` where there is none that could become the loop's own target.

    `position`: which statement of the body it is, where those before it are aliases of other sequences.
    """
    if len(loop.body) < position + 2:
        return None
    first = loop.body[position]
    if not isinstance(first, ast.Assign) or len(first.targets) != 1 or first.value not in found.reads:
        return None
    if module.lines.line(module.span(first)[0]) == module.lines.line(module.span(loop.body[position + 1])[0]):
        return None  # two statements on one line
    assert isinstance(first.value, ast.Subscript)
    target = first.targets[0]
    match target:
        case ast.Name():
            return LeadingAlias(target.id, first.value, not _bound_again(target, loop, module, first))
        case ast.Tuple(elts=[_, *_]) if all(_is_name(part) for part in target.elts):
            names = ", ".join(map(ast.unparse, target.elts))
            return LeadingAlias(f"({names},)" if len(target.elts) == 1 else f"({names})", first.value, False)
        case _:
            return None


def _is_name(part: ast.expr) -> bool:
    return isinstance(part.value if isinstance(part, ast.Starred) else part, ast.Name)


def _bound_again(target: ast.Name, loop: ast.For, module: Module, own: ast.stmt) -> bool:
    """Whether the alias may come to mean something else in the loop's body."""
    variable = module.variable(target)
    if variable is None:
        return True
    inside = {node for statement in loop.body if statement is not own for node in walk(statement)}
    scope, name = variable
    return any(
        binding.node in inside or module.scope(binding.node).function() is not scope.function() for binding in scope.bindings.get(name, ())
    )


def room_behind(loop: ast.For, header: str, module: Module) -> int:
    """How many characters of comment fit behind a loop's new header, two spaces off; none where the header is broken over lines."""
    if loop.iter.end_lineno != loop.lineno:
        return 0
    indent = module.lines.column(module.span(loop)[0]) - 1
    return module.line_length - indent - len(header) - 2
