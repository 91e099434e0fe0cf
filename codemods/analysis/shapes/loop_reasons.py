"""What the verdict on a loop over a collection rests on: the collection's type, and what its body does to it and to the index."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from codemods.analysis.change.effects import REBIND, SIZE, Effect, Effects
from codemods.analysis.change.places import Place
from codemods.analysis.order.flow import CALL
from codemods.analysis.order.turns import LoopNode, events_of
from codemods.analysis.shapes.iteration import Iteration, used_afterwards
from codemods.analysis.types.dict_likes import shortened
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.model.verdict import Fact, Reasons

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_MOST = 4
"""So many facts of one sort; more tell nobody anything."""


def reasons_of_loop(
    loop: LoopNode, collection: ast.expr, found: Iteration, effects: Effects, wanted: str, accepted: Collection[str]
) -> Reasons:
    """The facts behind a loop over `collection` as far as `study` looked, and what would show that it is `wanted`."""
    module, place = effects.module, effects.place
    kind = reasons_of_type(collection, wanted, accepted, module)
    facts = [*kind.facts, *_index(loop, found, module), *_changes(found, place, effects), *_calls(loop, found, effects)]
    return Reasons((*facts, *_reads(collection, loop, found, module)), kind.remedies, kind.typed)


def _index(loop: LoopNode, found: Iteration, module: Module) -> Iterator[Fact]:
    if not isinstance(loop.target, ast.Name):
        return
    name = loop.target.id
    if found.rebound is not None:
        yield Fact(f"`{name}` is bound again", module.line(found.rebound))
        return
    yield Fact(f"`{name}` is not bound again in the loop", module.line(loop.target))
    used = used_afterwards(loop.target, loop, module) if isinstance(loop, ast.For) else None
    if used is not None:
        yield Fact(f"`{name}` is used after the loop, and so stays bound", module.line(used))


def _changes(found: Iteration, place: Place, effects: Effects) -> Iterator[Fact]:
    """What changes the collection, certainly or perhaps; or that nothing does."""
    for effect in found.effects[:_MOST]:
        line = effects.module.line(effect.event.node)
        if effect.certain:
            by = f" {_done(effect)} `{effect.what}`" if effect.what != place.text else " is bound again"
            yield Fact(f"`{place.text}`{by}", line)
        else:
            yield Fact(f"`{effect.what}` may change `{place.text}`: {_doubt(effect, place, effects)}", line)
    if found.repeats(SIZE | REBIND) is None:
        yield Fact(f"nothing that another turn can follow binds `{place.text}` again or changes how many elements it has")


def _done(effect: Effect) -> str:
    if effect.kinds & REBIND:
        return "is bound again by"
    return "may change in size by" if effect.kinds & SIZE else "gets a new element from"


def _doubt(effect: Effect, place: Place, effects: Effects) -> str:
    """Why a change cannot be ruled out."""
    if effects.identity.rebindable:
        return f"what `{place.text}` stands for can be changed by code that does not name it here"
    bindings = place.scope.bindings.get(place.name, ())
    line = effects.module.line(bindings[0].node) if bindings else 0
    where = f" (line {line})" if line else ""
    if any(one.kind == "parameter" for one in bindings):
        return f"it is not seen here what it does, and the caller holds the object of the parameter `{place.name}`{where} too"
    if place.scope.kind == "module":
        return f"it is not seen here what it does, and `{place.name}`{where} is a variable of the module"
    return f"it is not seen here what it does, and others may hold the object of `{place.text}`{where}"


def _calls(loop: LoopNode, found: Iteration, effects: Effects) -> Iterator[Fact]:
    """Calls of this file's functions that were looked into and change nothing here."""
    module = effects.module
    loud = {effect.event.index for effect in found.effects}
    quiet = [event for event in events_of(loop, module) if event.kind == CALL and event.index not in loud]
    for event in quiet[:_MOST]:
        if not isinstance(event.node, ast.Call):
            continue
        callee = module.callee(event.node)
        text, line = shortened(event.node.func), module.line(event.node)
        if isinstance(callee, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Fact(f"`{text}` is a function of this file (line {callee.lineno}) that does not change `{effects.place.text}`", line)
        elif (origin := module.origin(event.node.func)) is not None:
            said = f"the builtin `{text}`" if origin == f"builtins.{text}" else f"`{text}`, which is `{origin}`,"
            yield Fact(f"{said} does not change `{effects.place.text}`", line)


def _reads(collection: ast.expr, loop: LoopNode, found: Iteration, module: Module) -> Iterator[Fact]:
    index = ast.unparse(loop.target)
    text = f"`{shortened(collection)}[{index}]`"
    for read in found.reads[:1]:
        yield Fact(f"{text} is read before anything in its turn can change it", module.line(read))
    for read, effect in found.assumed[:1]:
        yield Fact(f"{text} is read after `{effect.what}`", module.line(read))
    for read in found.stale[:1]:
        yield Fact(f"{text} is read after it has changed, and stays", module.line(read))
    for read in found.delayed[:1]:
        yield Fact(f"{text} is read by code that runs at another time, and stays", module.line(read))
    for store in found.stores[:1]:
        yield Fact(f"{text} is written, and stays", module.line(store))
    for other in found.strangers[:1]:
        yield Fact(f"`{ast.unparse(other)}` is another thing with the same index", module.line(other))
