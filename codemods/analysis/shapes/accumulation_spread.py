"""Loops that add all elements of something at once: what the second `for` of the comprehension is.

    names = []
    for folder in folders:
        names.extend(list_names(folder))

becomes

    names = [name for folder in folders for name in list_names(folder)]
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.naming import element_name
from codemods.analysis.order.evaluation_order import is_quiet
from codemods.analysis.shapes.accumulation import Accumulation, LoopStatement
from codemods.analysis.text.walking import walk
from codemods.analysis.types.containers import element_word
from codemods.analysis.types.vocabulary import DICTS, SCALARS, SEQUENCES

if TYPE_CHECKING:
    from codemods.analysis.module import Module

UNSIZED = frozenset({
    "enumerate", "zip", "map", "filter", "types.GeneratorType", "io.TextIOWrapper", "io.BufferedReader", "csv.Reader", "csv.DictReader",
    "dict_keys", "dict_values", "dict_items",
})  # fmt: skip
"""What `list` asks for no length, or for that of a dict."""

COPIED = {"list": SEQUENCES | DICTS | UNSIZED | {"set", "frozenset"}, "set": SEQUENCES | UNSIZED}
"""The classes whose elements a list or set may be given all at once or one by one, and is the same. A set that is given a set or dict makes
its table for all of them, so that its elements come in another order."""


def inner_loop(found: Accumulation, loop: LoopStatement, module: Module) -> ast.comprehension | None:
    """The clause of a comprehension that is spread, where it may become the second clause of the new one:

        out.extend([x.name for x in row if x])

    Its variables are its own, so nothing else in the loop may use their names. A generator turns a `StopIteration` of what it calls into
    another error, so it calls nothing. A list has all its elements before a set asks the first for its hash, which may fail.
    """
    match found.element:
        case ast.ListComp(elt=element, generators=[ast.comprehension(is_async=0) as clause]):
            if found.kind == "set" and not _hashes_in_turn(element, clause, module):
                return None
        case ast.GeneratorExp(elt=element, generators=[ast.comprehension(is_async=0) as clause]):
            inside = [element, clause.target, *clause.ifs, clause.iter]
            if any(isinstance(node, ast.Call | ast.Await) for part in inside for node in walk(part)):
                return None
        case _:
            return None
    own = {node.id for node in walk(clause.target) if isinstance(node, ast.Name)}
    free = {node for part in (element, clause.target, *clause.ifs) for node in walk(part)}
    others = (node for node in walk(loop) if node not in free)
    return None if any(isinstance(node, ast.Name) and node.id in own for node in others) else clause


def _hashes_in_turn(element: ast.expr, clause: ast.comprehension, module: Module) -> bool:
    """Whether it makes no difference that an element is hashed before the next is made."""
    kind, source = module.type_of(element), module.type_of(clause.iter)
    if kind is not None and kind.is_all(*SCALARS):
        return True
    collection = source is not None and source.is_all(*SEQUENCES, *DICTS, "set", "frozenset")  # else a generator may go on meanwhile
    return collection and all(is_quiet(one, module) for one in (element, clause.iter, *clause.ifs))


def spread_name(found: Accumulation, loop: LoopStatement, module: Module) -> str | None:
    """A name for one of the elements that are added; `None` where there is none that nothing in the loop uses."""
    name = element_name(found.element, module, loop, element_word(module.type_of(found.element)))
    used = {node.id for node in walk(loop) if isinstance(node, ast.Name)}
    return name if name not in used else None
