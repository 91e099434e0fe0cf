"""The state of a flow being built from statements: the loops and `finally` blocks around, and how jumps go through them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from msgspec import Struct, field

from codemods.analysis.order.flow_expressions import Expressions


class Loop(Struct, eq=False):
    """A loop being built: where `continue` goes, and the loose ends of its `break`s."""

    head: int
    breaks: list[int] = field(default_factory=list)


class Finally(Struct, eq=False):
    """A `try` with `finally` being built: jumps that must run it first, as (loose ends, `break` or `continue`)."""

    jumps: list[tuple[list[int], str]] = field(default_factory=list)


Handler = Callable[["Statements", ast.stmt], None]


class Statements(Expressions):
    """Builds a `Flow` from a body."""

    def __init__(
        self,
        consumed: Callable[[ast.GeneratorExp], bool],
        lets_through: Callable[[ast.expr], bool],
        handlers: dict[type[ast.stmt], Handler],
    ) -> None:
        super().__init__(consumed)
        self.lets_through = lets_through
        self.handlers = handlers
        self.frames: list[Loop | Finally] = []

    def body(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            handler = self.handlers.get(type(statement))
            if handler is not None:
                handler(self, statement)
            else:
                for child in ast.iter_child_nodes(statement):
                    if isinstance(child, ast.expr):
                        self.expression(child)

    def jump(self, kind: str) -> None:
        """`break` or `continue`: through every `finally` between here and the loop."""
        match self.frames[-1:]:
            case [Finally(jumps=jumps)]:
                jumps.append((self.here, kind))
            case [Loop() as loop] if kind == "break":
                loop.breaks += self.here
            case [Loop(head=head)]:
                self.tie(head)
        self.here = []

    def loop(self, head: int, ends: list[int], body: list[ast.stmt], orelse: list[ast.stmt], exhausted: list[int] | None) -> None:
        """A loop's body from `ends`, back to `head`; `orelse` from where the loop runs out; then the breaks."""
        frame = Loop(head)
        self.frames.append(frame)
        self.here = ends
        self.body(body)
        self.tie(head)
        self.frames.pop()
        self.here = [head] if exhausted is None else exhausted
        self.body(orelse)
        self.here = [*self.here, *frame.breaks]

    def exceptional(self, first: int, target: int) -> None:
        """Anything from event `first` to the last but one before `target` may raise and lead to `target`.

        What stands right before `first` leads there too: `first` itself may raise before it has done anything.
        """
        for event in self.events[max(first - 1, 0) : target]:
            if target not in event.successors:
                event.successors.append(target)
