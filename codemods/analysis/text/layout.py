"""How a file is laid out, for what is written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.analysis.order.cells import top

if TYPE_CHECKING:
    from codemods.analysis.module import Module

FOUR_SPACES = "    "


def indent_step(module: Module) -> str:
    """What the first indented block at the file's top level is indented with; four spaces where there is none."""
    for statement in top(module.tree):
        for block in ("body", "orelse", "finalbody"):
            inner = getattr(statement, block, None)
            if inner:
                start = module.span(inner[0])[0]
                before = module.text[module.lines.starts[module.lines.line(start) - 1] : start]
                if before and not before.strip(" \t"):
                    return before
    return FOUR_SPACES
