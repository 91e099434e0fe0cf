"""The parentheses directly around a `+` chain, and what may become of them. Imports no LibCST."""

from __future__ import annotations

import ast
import re

from msgspec import Struct

from codemods.analysis.module import Module

_OPENED = re.compile(r"\(\s*\Z")
_CLOSED = re.compile(r"\s*\)")


class Frame(Struct, frozen=True):
    """The brackets directly around a chain: its own parentheses, or those of the call whose only argument it is.

    Attributes:
        start, end: their span in characters.
        call: the call they belong to.
        holder: the expression or simple statement around its own parentheses, whose text has them; `None` where there is none.
    """

    start: int
    end: int
    call: ast.Call | None
    holder: ast.expr | ast.stmt | None

    @property
    def anchor(self) -> ast.expr | ast.stmt | None:
        return self.call or self.holder


class Brackets(Struct, frozen=True):
    """What is to become of the brackets around a chain, own ones or those of the call.

    `inner` and `outer` are the indentations behind the opening and before the closing one. With `inner` `None` a call's are closed up and
    own ones go away.
    """

    of_call: bool
    inner: str | None = None
    outer: str = ""


def frame_of(chain: ast.BinOp | ast.Call, module: Module) -> Frame | None:
    """The brackets directly around `chain`, with nothing but space between; `None` where there are none."""
    frame: Frame | None = None
    span = _brackets_around(module.span(chain), module)
    while span is not None:
        match module.parent(chain):
            case ast.Call(args=[_], keywords=[]) as call if module.span(call)[1] == span[1]:
                return frame or Frame(*span, call, None)
        # Of `return("a" + b)` nothing would be left between the two words.
        frame = Frame(*span, None, None if module.text[span[0] - 1 : span[0]].isalnum() else _holder(chain, module))
        span = _brackets_around(span, module)
    return frame


def _brackets_around(span: tuple[int, int], module: Module) -> tuple[int, int] | None:
    """The span of the parentheses that directly enclose a span."""
    start, end = span
    opened, closed = _OPENED.search(module.text, max(0, start - 400), start), _CLOSED.match(module.text, end)
    if opened is None or closed is None:
        return None
    line = module.lines.line(opened.start())
    if line < module.lines.line(start) and "#" in module.lines.line_text(line):
        return None  # the parenthesis may be a comment's
    return opened.start(), closed.end()


def _holder(chain: ast.BinOp | ast.Call, module: Module) -> ast.expr | ast.stmt | None:
    """The smallest expression or simple statement around the chain's parentheses that can be cut out as text."""
    for around in module.ancestors(chain):
        match around:
            case ast.Starred() | ast.Slice() | ast.keyword() | ast.comprehension() | ast.arguments():
                continue
            case ast.Tuple() if isinstance(module.parent(around), ast.Subscript):
                continue
            case ast.expr() | ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.Return() | ast.Expr() | ast.Assert() | ast.Raise():
                return around
            case _:
                return None
    return None
