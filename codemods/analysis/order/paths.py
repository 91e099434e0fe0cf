"""Dotted paths followed through a body: `if self.name is None: return` proves something of `self.name` until something may set it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.callbacks import called_by_library, is_code
from codemods.analysis.calls.unseen_calls import lends
from codemods.analysis.change.places import Place, place_of
from codemods.analysis.names.scopes import mangled
from codemods.analysis.order.flow import CALL, DELETE, ENTER, EXIT, ITERATE, STORE, SUSPEND, USE, Event, Flow
from codemods.analysis.types.vocabulary import Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

_LONGEST_WALK = 1000
"""A path is not followed further back than this many events."""

_RUN_NOTHING = frozenset({
    "abs", "ascii", "bin", "bool", "bytes", "callable", "chr", "complex", "divmod", "float", "format", "hash", "hex", "id", "input", "int",
    "isinstance", "issubclass", "len", "object", "oct", "open", "ord", "pow", "print", "range", "repr", "round", "slice", "str", "super",
    "type",
})  # fmt: skip
"""Builtins that run no code of the program's but operators and conversions."""


class Paths:
    """Types of attributes where they are read, as far as the body they are read in shows more than the class does."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self._uses: dict[Flow, dict[Place, list[int]]] = {}
        self._followed: set[tuple[Place, Flow, Type | None]] = set()
        self._storing: dict[frozenset[str], list[str]] = {}

    def at(self, node: ast.Attribute, overall: Type | None) -> Type | None:
        """The type of `node`, of which `overall` is known wherever it is read."""
        if not isinstance(node.ctx, ast.Load):
            return overall
        place = place_of(node, self.module)
        flow = self.module.flow(node)
        index = flow.index.get(node)
        if place is None or index is None or not self._touched(place, flow):
            return overall
        return self._before(place, flow, index, overall)

    def _touched(self, place: Place, flow: Flow) -> bool:
        """Whether the body tests or sets the path at all."""
        if place in self.inference.variables.states.tests(flow):
            return True
        stores = self.inference.classes.stores.get(place.attributes[-1], ())
        return any(one in flow.index and place_of(one, self.module) == place for one in stores)

    def _before(self, place: Place, flow: Flow, index: int, overall: Type | None) -> Type | None:
        """What is known right before an event. `overall` is part of the question: it may rest on answers that are still open."""
        uses = self._uses_in(flow).get(place, [])
        if (place, flow, overall) not in self._followed:
            self._followed.add((place, flow, overall))
            for use in uses:  # from the first on, so that each has to look no further back than the one before it
                if use < index:
                    self._before(place, flow, use, overall)
        key = ("path", place, flow, index, overall)
        return self.inference.fixpoint.ask(key, self._sources, (place, flow, index, overall))

    def _uses_in(self, flow: Flow) -> dict[Place, list[int]]:
        """The reads of dotted paths in a body."""
        known = self._uses.get(flow)
        if known is None:
            known = self._uses[flow] = {}
            for event in flow.events:
                place = place_of(event.node, self.module) if event.kind == USE and isinstance(event.node, ast.Attribute) else None
                if place is not None:
                    known.setdefault(place, []).append(event.index)
        return known

    def _sources(self, about: tuple[Place, Flow, int, Type | None]) -> Type | None:
        place, flow, index, overall = about
        tests = {event.index: subject for event, subject in self.inference.variables.states.tests(flow).get(place, ())}
        uses = set(self._uses_in(flow).get(place, ()))
        found: list[Type | None] = []
        seen: set[int] = set()
        stack = [flow.events[before] for before in flow.predecessors[index]]
        found += [overall] * (index == flow.entry)
        while stack:
            event = stack.pop()
            if event.index in seen:
                continue
            seen.add(event.index)
            if event.index in tests:
                before = self._before(place, flow, event.index, overall)
                found.append(self.inference.narrowing.apply(before, event.node, tests[event.index], event.positive))
            elif event.index in uses:
                found.append(self._before(place, flow, event.index, overall))
            elif self._may_change(event, place):
                found.append(self._stored(event, place, overall))
            else:
                found += [overall] * (event.index == flow.entry)
                stack += [flow.events[before] for before in flow.predecessors[event.index]]
            if len(seen) > _LONGEST_WALK or (found and found[-1] is None):
                return overall  # which holds wherever the path is read
        return union(found)

    def _stored(self, event: Event, place: Place, overall: Type | None) -> Type | None:
        """What is known of the path right after an event that may change it."""
        node = event.node
        if place_of(node, self.module) != place:
            return overall
        assert isinstance(node, ast.Attribute)  # as of all that names a dotted path
        receiver = self.inference.infer(node.value)
        owner = self.inference.classes.definition(receiver) if receiver is not None else None
        if owner is None or not self.inference.attributes.is_plain(owner, place.attributes[-1]):
            return overall
        return self.inference.attributes.stored(node)[0]

    def _may_change(self, event: Event, place: Place) -> bool:
        return self._changes(event, place) or self._runs_a_store(event.node, frozenset(place.attributes))

    def _runs_a_store(self, node: ast.AST, attributes: frozenset[str]) -> bool:
        """Whether code of the file that runs unseen, an operator, a conversion, a property, may set one of the path's attributes."""
        if isinstance(node, ast.Attribute) and self.module.implicit.stores.may_set(attributes, self.module.implicit.accessors(node)):
            return True
        if attributes not in self._storing:
            self._storing[attributes] = self.module.hidden.storing(attributes)
        return bool(self.module.hidden.categories_at(node, self._storing[attributes]))

    def _changes(self, event: Event, place: Place) -> bool:
        match event.kind:
            case _ if event.kind in (STORE, DELETE):
                return self._sets(event.node, place)
            case _ if event.kind == CALL:
                return not self._harmless(event.node)
            case _ if event.kind == ITERATE:
                assert isinstance(event.node, ast.For | ast.AsyncFor | ast.comprehension)
                return not self._builtin(event.node.iter)
            case _ if event.kind == ENTER:
                assert isinstance(event.node, ast.withitem)
                return not self._builtin(event.node.context_expr)
            case _ if event.kind == EXIT:
                return not isinstance(event.node, ast.With) or not all(self._builtin(item.context_expr) for item in event.node.items)
            case _:
                return event.kind == SUSPEND

    def _sets(self, node: ast.AST, place: Place) -> bool:
        """A store to an attribute of one of the path's names, of whatever object, or to the variable it begins with."""
        if isinstance(node, ast.Attribute):
            return mangled(node.attr, self.module.scope(node)) in place.attributes
        return isinstance(node, ast.Name) and self.module.variable(node) == (place.scope, place.name)

    def _builtin(self, node: ast.expr) -> bool:
        """Whether a value is known to be of a class whose iteration, entering and leaving run no code of the program's."""
        kind = self.inference.infer(node)
        return kind is not None and all(_runs_nothing(member.name) for member in kind.members())

    def _harmless(self, call: ast.AST) -> bool:
        """Whether a call can set no attribute of an object of the program."""
        assert isinstance(call, ast.Call)
        origin = self.module.origin(call.func)
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        if origin is not None:
            root, _, name = origin.partition(".")
            if root != "builtins":
                own = bool(called_by_library(call, origin)) or self.module.unseen.runs_own(origin)
                plain = root in known_calls.STDLIB_PLAIN and not own
                lent = root in known_calls.RUNS_METHODS and lends(call, self.module)
                return plain and not lent and not any(is_code(one, self.module) for one in call.args) and self._all_data(call.keywords)
            if name in _RUN_NOTHING or name.endswith(known_calls.EXCEPTIONS_END):
                return True
            return name in known_calls.READS_ONLY and all(isinstance(one, ast.GeneratorExp) or self._builtin(one) for one in given)
        if not isinstance(call.func, ast.Attribute) or not self._builtin(call.func.value):
            return False
        return not call.keywords and all(not isinstance(one, ast.Lambda) for one in given)

    def _all_data(self, keywords: list[ast.keyword]) -> bool:
        """Whether nothing that keywords give can be called: no `key=`, no `default=`."""
        return all(self._builtin(one.value) for one in keywords)


_LAZY = frozenset({"map", "filter", "types.GeneratorType", "zip", "enumerate", "function", "type"})


def _runs_nothing(name: str) -> bool:
    root = name.partition(".")[0]
    if name in _LAZY or name.startswith((".", "collections.abc.", "typing.")):
        return False
    return "." not in name or root in known_calls.STDLIB_PLAIN
