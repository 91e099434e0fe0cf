"""What the verdict on a loop that builds up a collection rests on: the checks that it passed, in order, up to the one that decides."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.shapes.accumulation import Accumulation, LoopStatement
from codemods.analysis.shapes.accumulation_checks import loops_of, passed
from codemods.analysis.shapes.accumulation_spread import COPIED, inner_loop
from codemods.analysis.text.walking import walk
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.model.verdict import Fact, Reasons

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def reasons_of_accumulation(found: Accumulation, birth: ast.Assign | ast.AnnAssign, loop: LoopStatement, module: Module) -> Reasons:
    """The facts behind a verdict on `loop`, which fills the collection made at `birth`."""
    name, here = found.name.id, module.line(loop)
    targets = [node for one in loops_of(found) for node in walk(one.target) if isinstance(node, ast.Name)]
    words = {
        "_scope": [Fact(f"`{name}` is a variable of the scope that the loop stands in", module.line(birth))],
        "_birth": [Fact(f"`{name}` is made, empty, before the loop", module.line(birth))],
        "_content": [Fact("nothing in the loop yields, or assigns as a comprehension cannot, or makes a function", here)],
        "_collection": [Fact(f"nothing else in the loop reads `{name}`, and no function can see it half filled", module.line(found.name))],
        "_targets": [Fact(f"`{node.id}` is not used after the loop", module.line(node)) for node in targets],
        "_order": [Fact("key and value may be evaluated in either order", here)] if found.key is not None else [],
        "_temporary": list(_temporary(found, module)),
        "between": [Fact(f"nothing between uses `{name}`, or finds it empty", module.line(one)) for one in found.crossed[:1]],
        "partial": [Fact(f"where an exception is caught around the loop, `{name}` is not used behind it", here)],
    }
    checks = passed(found, birth, loop, module)
    found_out = Reasons(tuple(fact for check in checks for fact in words.get(check, ())))
    if not found.spread or inner_loop(found, loop, module) is not None:
        return found_out
    return found_out + reasons_of_type(found.element, "list", COPIED[found.kind], module)


def _temporary(found: Accumulation, module: Module) -> Iterator[Fact]:
    for one in found.temporaries:
        if one in found.named:
            yield Fact(f"`{one.target.id}` keeps its name, bound in the condition right behind", module.line(one.statement))
            continue
        yield Fact(f"`{one.target.id}` is used once, where nothing else is evaluated before it", module.line(one.statement))
