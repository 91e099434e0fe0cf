"""The order in which a scope's expressions are evaluated, as a graph of events.

One `Flow` covers the body of a module, a function or a lambda. Class bodies, comprehensions and generator expressions that are
consumed at once run inside it and are part of it; the bodies of nested functions, lambdas and other generator expressions run at another
time, if at all: they are `delayed`, and only their creation is an event here.

The graph answers "can this write come between those two reads", which the text's order cannot: an inner loop runs later text before
earlier text, `d[a()] = b()` runs `b` first, and `finally` runs after `return`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from msgspec import Struct, field

USE, STORE, DELETE, CALL, ITERATE, ENTER, EXIT, SUSPEND, CREATE, NARROW, POINT = range(11)
"""Kinds of event. USE: a name, attribute or subscript is read. ITERATE: the next element of a `for`'s iterable is taken. SUSPEND: yield,
await. CREATE: a function, lambda or lazy generator comes to be. NARROW: a test just turned out true or false. POINT: a mere junction."""


class Event(Struct, eq=False):
    """One step. `node` is the `ast` node; `positive` the outcome of the test of a NARROW."""

    index: int
    kind: int
    node: ast.AST
    successors: list[int] = field(default_factory=list)
    positive: bool = True


class Flow:
    """The events of one body, in an order in which straight-line code increases."""

    def __init__(self, events: list[Event], delayed: list[tuple[ast.AST, int]]) -> None:
        self.events = events
        self.delayed = delayed
        self.entry = 0
        self.index: dict[ast.AST, int] = {}
        for event in events:
            if event.kind not in (NARROW, POINT, ITERATE, ENTER, EXIT):
                self.index[event.node] = event.index
        self.heads: dict[ast.AST, int] = {event.node: event.index for event in events if event.kind == ITERATE}
        self._successors = [event.successors for event in events]
        self.predecessors: list[list[int]] = [[] for _ in events]
        alive = self.reachable([self.entry]) | {self.entry}
        for event in events:
            for successor in event.successors:
                if event.index in alive or successor not in alive:  # dead code leads nowhere
                    self.predecessors[successor].append(event.index)

    def reachable(self, starts: Iterable[int], stops: frozenset[int] = frozenset()) -> set[int]:
        """The events that can come after `starts` (these not counted unless they come again) without passing one of `stops`.

        A stop that is reached is in the answer, but nothing behind it.
        """
        return _closure(self._successors, starts, stops)

    def reaching(self, targets: Iterable[int], stops: frozenset[int] = frozenset()) -> set[int]:
        """The events from which one of `targets` can be reached without passing one of `stops` in between."""
        return _closure(self.predecessors, targets, stops)

    def last(self, start: int, wanted: Callable[[Event], bool]) -> tuple[list[Event], bool]:
        """The events that satisfy `wanted` and can be the last such before `start`, and whether the entry is reached without one."""
        found: list[Event] = []
        from_entry = start == self.entry
        seen: set[int] = set()
        stack = list(self.predecessors[start])
        while stack:
            index = stack.pop()
            if index in seen:
                continue
            seen.add(index)
            event = self.events[index]
            if wanted(event):
                found.append(event)
                continue
            if index == self.entry:
                from_entry = True
            stack.extend(self.predecessors[index])
        found.sort(key=lambda event: event.index)
        return found, from_entry


def _closure(edges: list[list[int]], starts: Iterable[int], stops: frozenset[int]) -> set[int]:
    """What can be reached over `edges` from `starts` without going on behind one of `stops`."""
    seen: set[int] = set()
    stack = [index for start in starts for index in edges[start]]
    while stack:
        index = stack.pop()
        if index in seen:
            continue
        seen.add(index)
        if index not in stops:
            stack.extend(edges[index])
    return seen
