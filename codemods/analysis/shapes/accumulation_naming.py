"""Temporaries that keep their name in a comprehension, bound by `:=` where the condition right behind the assignment asks for them.

    for line in lines:
        found = pattern.match(line)
        if found:
            names.append(found[1])

    names = [found[1] for line in lines if (found := pattern.match(line))]

It is the same variable, and it is bound at the same moment.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.shapes.accumulation import Accumulation, Filter, Temporary
from codemods.analysis.shapes.accumulation_order import all_uses
from codemods.analysis.shapes.commuting import commutes
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def keep_names(found: Accumulation, module: Module) -> None:
    """Sets down in `found` which temporaries keep their name: those used more than once, where a condition has a place for it."""
    for one in reversed(found.temporaries):
        place = _place(found, one, module) if len(all_uses(found, one)) > 1 else None
        if place is not None:
            found.named[one] = place


def _place(found: Accumulation, temporary: Temporary, module: Module) -> ast.Name | None:
    """The use in the condition right behind an assignment, before which nothing is evaluated that matters."""
    name = temporary.target.id
    index = found.temporaries.index(temporary)
    if any(one.before == temporary.before for one in found.temporaries[index + 1 :]):
        return None
    if any(one.target.id == name for one in found.temporaries if one is not temporary):
        return None
    for clause in found.clauses:
        if not isinstance(clause, Filter) and any(isinstance(one, ast.Name) and one.id == name for one in walk(clause.target)):
            return None  # a comprehension's own variable cannot be bound so
    match found.clauses[temporary.before : temporary.before + 1]:
        case [Filter(test=test)]:
            return _asked_first(test, name, module)
        case _:
            return None


def _asked_first(test: ast.expr, name: str, module: Module) -> ast.Name | None:
    """The place in a condition that is evaluated before all else: `if m`, `if not m`, `if m is None`, `if m and m[1] > 0`."""
    match test:
        case ast.Name(id=asked):
            return test if asked == name else None
        case ast.UnaryOp(op=ast.Not(), operand=inner) | ast.BoolOp(values=[inner, *_]):
            return _asked_first(inner, name, module)
        case ast.Compare(left=ast.Name(id=asked) as left) if asked == name:
            return left
        case ast.Compare(left=ast.Name() | ast.Constant() as left, comparators=[ast.Name(id=asked) as right, *_]) if asked == name:
            return right if commutes(left, module) else None
        case _:
            return None
