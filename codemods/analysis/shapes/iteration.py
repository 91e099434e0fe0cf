"""Loops over a collection by index or key: which reads of `rows[i]` are the element that this turn of the loop is about.

A read may be replaced by a name bound when the turn begins, if between the two nothing changes that element and nothing makes the place
stand for another object. A loop may take its elements from the collection itself instead of counting, if also nothing that changes the
number of elements can be followed by another turn.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

from msgspec import Struct, field

from codemods.analysis.change.effects import Effect, Effects
from codemods.analysis.change.places import Place, bound_name, place_of
from codemods.analysis.names.scopes import mangled
from codemods.analysis.order.flow import CREATE, DELETE, STORE, Event, Flow
from codemods.analysis.order.turns import LoopNode, body_of, events_of, nodes_of
from codemods.analysis.text.fields import shows_source
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.names.scopes import Scope


class Iteration(Struct):
    """What a loop's body does with the collection and the index.

    Attributes:
        reads: loads of `place[index]` that are certainly the element of the turn.
        assumed: loads that are, if a change that only may happen does not; with that change.
        stale: loads that come after a certain change of an element in the same turn.
        delayed: loads in functions, lambdas and lazy generators, which run at another time.
        shown: loads in f-string fields that print their own source, `f"{rows[i]=}"`.
        swapped: loads that an assignment puts in another place of the collection, `rows[i], rows[j] = rows[j], rows[i]`.
        stores: `place[index]` stored, deleted or augmented.
        index_uses: other uses of the index in the body.
        neighbours: the place with another subscript.
        strangers: other expressions subscripted with the index, or with something that holds it.
        rebound: the node that binds the index again in the body.
        effects: every effect on the place in the body.
        again: those of them after which another turn of the loop can come.
    """

    reads: list[ast.Subscript] = field(default_factory=list)
    assumed: list[tuple[ast.Subscript, Effect]] = field(default_factory=list)
    stale: list[ast.Subscript] = field(default_factory=list)
    delayed: list[ast.Subscript] = field(default_factory=list)
    shown: list[ast.Subscript] = field(default_factory=list)
    swapped: list[ast.Subscript] = field(default_factory=list)
    stores: list[ast.Subscript] = field(default_factory=list)
    index_uses: list[ast.Name] = field(default_factory=list)
    neighbours: list[ast.Subscript] = field(default_factory=list)
    strangers: list[ast.Subscript] = field(default_factory=list)
    rebound: ast.AST | None = None
    effects: list[Effect] = field(default_factory=list)
    again: list[Effect] = field(default_factory=list)

    def repeats(self, kinds: int, certain: bool | None = None) -> Effect | None:
        """The first effect of one of `kinds` that another turn can follow; only certain or only possible ones, if so asked."""
        for effect in self.again:
            if effect.kinds & kinds and (certain is None or effect.certain is certain):
                return effect
        return None


def study(loop: LoopNode, place: Place, index: ast.Name, effects: Effects) -> Iteration:
    """Look through the body of `loop`, whose target is or holds the name `index`, for all that concerns `place` and the index.

    The loop runs where it stands: it is no part of a generator expression that runs later.
    """
    module = effects.module
    found = Iteration()
    variable = module.variable(index)
    assert variable is not None
    nodes = nodes_of(loop, module)
    flow = module.flow(loop)
    head = flow.heads[loop]
    candidates = _sort_uses(nodes, place, variable, module, found)
    events = events_of(loop, module)
    _find_effects(flow, head, events, effects, found)
    for event in events:
        if found.rebound is None and event.kind in (STORE, DELETE, CREATE) and _binds(event, variable, module):
            found.rebound = event.node
    if found.rebound is None:
        found.rebound = module.flows.bound_elsewhere(variable)
    _judge(candidates, flow, head, found, set(nodes))
    return found


def _sort_uses(nodes: list[ast.AST], place: Place, variable: tuple[Scope, str], module: Module, found: Iteration) -> list[ast.Subscript]:
    """Files every subscript and every use of the index; hands back the loads of `place[index]`."""
    candidates: list[ast.Subscript] = []
    exact: set[ast.AST] = set()
    for node in nodes:
        if not isinstance(node, ast.Subscript):
            continue
        by_index = isinstance(node.slice, ast.Name) and module.variable(node.slice) == variable
        if place_of(node.value, module) == place:
            if not by_index:
                found.neighbours.append(node)
                continue
            exact.add(node.slice)
            if isinstance(node.ctx, ast.Load):
                kept = found.shown if shows_source(node, module, "[") else found.swapped if _swapped(node, place, module) else candidates
                kept.append(node)
            else:
                found.stores.append(node)
        elif _counts_by(node.slice, place, variable, module):
            found.strangers.append(node)
    for node in nodes:
        if isinstance(node, ast.Name) and node not in exact and module.variable(node) == variable:
            found.index_uses.append(node)
    return candidates


def _swapped(element: ast.Subscript, place: Place, module: Module) -> bool:
    """Whether an element changes places with another one: `rows[i], rows[j] = rows[j], rows[i]`."""
    values = module.parent(element)
    match module.parent(values) if isinstance(values, ast.Tuple) else None:
        case ast.Assign(targets=[ast.Tuple(elts=targets)]):
            stores = [one for one in targets if isinstance(one, ast.Subscript) and place_of(one.value, module) == place]
            return len(stores) == len(targets) and ast.unparse(element) in map(ast.unparse, stores)
        case _:
            return False


def _counts_by(subscript: ast.AST, place: Place, variable: tuple[Scope, str], module: Module) -> bool:
    """Whether a subscript is made of the index itself: `other[i + 1]`, but not `other[rows[i]]`."""
    match subscript:
        case ast.Name():
            return module.variable(subscript) == variable
        case ast.Subscript(slice=ast.Name()) if place_of(subscript.value, module) == place:
            return False
        case _:
            return any(_counts_by(one, place, variable, module) for one in ast.iter_child_nodes(subscript))


def _find_effects(flow: Flow, head: int, events: list[Event], effects: Effects, found: Iteration) -> None:
    stop = frozenset([head])
    for event in events:
        made = effects.of(event)
        found.effects += made
        if made and head in flow.reachable([event.index], stop):
            found.again += made


def _binds(event: Event, variable: tuple[Scope, str], module: Module) -> bool:
    if isinstance(event.node, ast.Name):
        return module.variable(event.node) == variable
    name, scope = bound_name(event.node), module.scope(event.node)
    return name is not None and (scope.owner(key := mangled(name, scope)), key) == variable


def _judge(candidates: list[ast.Subscript], flow: Flow, head: int, found: Iteration, body: set[ast.AST]) -> None:
    stop = frozenset([head])
    after_certain: set[int] = set()
    for effect in found.effects:
        if effect.certain:
            after_certain |= flow.reachable([effect.event.index], stop)
    after_possible: dict[int, Effect] = {}
    for effect in found.effects:
        if not effect.certain:
            for index in flow.reachable([effect.event.index], stop):
                after_possible.setdefault(index, effect)
    for read in candidates:
        position = flow.index.get(read)
        if position is None:
            found.delayed.append(read)
        elif position in after_certain:
            found.stale.append(read)
        elif position in after_possible:
            found.assumed.append((read, after_possible[position]))
        else:
            found.reads.append(read)


def used_afterwards(name: ast.Name, loop: LoopNode, module: Module) -> ast.AST | None:
    """A use of a loop's variable outside the loop's body that may see what the loop left in it; `None` where there is none.

    Uses in other functions, in the loop's own `else`, in `del`, `global` and `nonlocal` declarations of it, and `locals()` all count.
    """
    target = set(walk(loop.target))
    inside = target | {node for part in body_of(loop, module) for node in walk(part)}
    return use_outside(name, loop, target, inside, module)


def use_outside(name: ast.Name, loop: ast.AST, stores: Set[ast.AST], inside: Set[ast.AST], module: Module) -> ast.AST | None:
    """A use of a variable, not one of `inside`, that would notice if the loop's `stores` no longer bound it.

    That is a use that one of them reaches, at once or in another function; and, in a function that binds it nowhere else, any use at all:
    what raised `UnboundLocalError` would then be a global variable.
    """
    variable = module.variable(name)
    assert variable is not None
    flow = module.flow(loop)
    seen = module.flows.seen_uses(flow, variable)
    own = [flow.index[node] for node in stores if node in flow.index]
    for index in sorted(use for store in own for use in seen.get(store, ())):
        node = flow.events[index].node
        use = node.target if isinstance(node, ast.AugAssign) else node
        if use not in inside:
            return use
    scope, own_name = variable
    uses: Iterable[ast.AST] = module.flows.delayed_uses(variable)
    if scope.kind == "function" and all(one.node in stores for one in scope.bindings.get(own_name, ())):
        uses = [*uses, *scope.uses.get(own_name, ())]
    return next((use for use in uses if use not in inside), None)
