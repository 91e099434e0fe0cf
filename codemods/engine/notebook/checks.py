"""What a notebook asks of a rewrite beyond what any file asks: which sites it refuses, and what must hold of a result."""

from __future__ import annotations

import ast
import warnings

from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.analysis.order.cells import MAGIC, at_the_top, stretches
from codemods.engine.find import Found
from codemods.model.verdict import Refusal

_SHOWS_MORE = "ast_node_interactivity"
"""The option of IPython's that has values shown of other statements than a cell's last expression."""

DISPLAYED = Refusal("displayed", "what the statement at line {line} comes to can be shown below its cell")
FROZEN = Refusal("magic-cell", "it stands in a cell that a magic runs")
AROUND_MAGIC = Refusal("around-magic", "a magic stands among what would be rewritten")


def judged(found: list[Found], module: Module) -> list[Found]:
    """The sites with those refused that a notebook must keep as they are."""
    top = [statement for cell in at_the_top(module.tree) for statement in cell]
    frozen = [one for one in stretches(module.text) if one.frozen]
    return [_judged(one, module.text, top, any(cell.start <= one.start < cell.end for cell in frozen)) for one in found]


def _judged(found: Found, text: str, top: list[ast.stmt], frozen: bool) -> Found:
    anchor = found.site.anchor
    if frozen:
        refused = FROZEN()
    elif MAGIC in text[found.start : found.end]:
        refused = AROUND_MAGIC()
    elif anchor in top and (isinstance(anchor, ast.Expr) or _SHOWS_MORE in text):
        refused = DISPLAYED(line=anchor.lineno)
    else:
        return found
    return replace(found, site=replace(found.site, verdict=refused, plan=None, why=None))


def fault(old: str, new: str) -> str | None:
    """What does not hold of a new text of the program: a cell is gone, shows something else, or does not compile."""
    before, after = stretches(old), stretches(new)
    if [(one.number, one.frozen) for one in before] != [(one.number, one.frozen) for one in after]:
        return "it would change where a cell begins"
    for one, other in zip(before, after, strict=True):
        text, result = old[one.start : one.end], new[other.start : other.end]
        if text != result and (clause := _cell_fault(text, result, one.frozen)):
            return clause
    return None


def _cell_fault(old: str, new: str, frozen: bool) -> str | None:
    if frozen:
        return "it would change a cell that a magic runs"
    if _shown(old) != _shown(new):
        return "it would change what the cell shows"
    return compiles(new) if compiles(old) is None else None


def _shown(cell: str) -> list[bool]:
    """For each expression at the cell's top whether it is the last statement: by default, that one's value is shown."""
    body = ast.parse(cell).body
    return [statement is body[-1] for statement in body if isinstance(statement, ast.Expr)]


def compiles(cell: str) -> str | None:
    """Why the compiler refuses a cell, in which `await` may stand outside of functions; None where it takes it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(cell, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        return f"the result does not compile: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"the result does not compile: {' '.join(str(error).split())}"
    return None
