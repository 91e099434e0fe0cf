"""A turn of a loop or comprehension clause: what runs in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.order.flow import Event
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

LoopNode = ast.For | ast.comprehension


def body_of(loop: LoopNode, module: Module) -> list[ast.AST]:
    """What runs once a turn: a `for` statement's body, or a clause's conditions, the clauses after it and the comprehension's result."""
    if isinstance(loop, ast.For):
        return list(loop.body)
    around = module.parent(loop)
    assert isinstance(around, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)
    later = around.generators[around.generators.index(loop) + 1 :]
    result: list[ast.AST] = [around.key, around.value] if isinstance(around, ast.DictComp) else [around.elt]
    return [*loop.ifs, *later, *result]


def nodes_of(loop: LoopNode, module: Module) -> list[ast.AST]:
    """All nodes of a turn."""
    return [node for part in body_of(loop, module) for node in walk(part)]


def events_of(loop: LoopNode, module: Module) -> list[Event]:
    """The events of a turn: they stand together, after the head and the target's stores."""
    flow = module.flow(loop)
    inside = set(nodes_of(loop, module))
    target = set(walk(loop.target))
    events: list[Event] = []
    for index in range(flow.heads[loop] + 1, len(flow.events)):  # no slice: a file may hold thousands of loops in one body
        event = flow.events[index]
        if event.node in inside:
            events.append(event)
        elif event.node not in target:
            break
    return events
