"""Calls over several lines whose further lines stand under the first argument, or further to the right."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def hanging_call(inner: ast.Call, module: Module) -> ast.Call | None:
    """The call of what `inner` gives whose further lines would be out of line where `inner` took less room.

    super(Base, self).__init__(name,
                               size)
    """
    longer = [call for call in _calls_of(inner, module) if call.end_lineno != inner.end_lineno]
    if not longer:
        return None
    opening = module.text.index("(", module.span(longer[0].func)[1])  # on a further line, it stands right of where that begins
    if not module.lines.line_text(inner.lineno)[module.lines.column(opening) :].strip():
        return None
    fitting = [call for call in longer if _stands_right_of(module.lines.column(opening), call, module)]
    return fitting[-1] if fitting else None


def _calls_of(inner: ast.expr, module: Module) -> Iterator[ast.Call]:
    """The calls of what an expression gives, from the inside: `inner.f(…)`, `inner.f(…).g(…)`."""
    while True:
        match module.parent(inner):
            case ast.Attribute() as outer:
                inner = outer
            case ast.Call(func=function) as call if function is inner:
                yield call
                inner = call
            case _:
                return


def _stands_right_of(column: int, call: ast.Call, module: Module) -> bool:
    """Whether all further lines of a call begin right of a bracket in its first, and none of them belongs to a text."""
    texts = (one for one in walk(call) if isinstance(one, ast.Constant | ast.JoinedStr))
    if any(one.end_lineno != one.lineno for one in texts):
        return False
    further = [module.lines.line_text(number) for number in range(call.lineno + 1, (call.end_lineno or 0) + 1)]
    return all(len(line) - len(line.lstrip(" ")) >= column for line in further if line.strip())
