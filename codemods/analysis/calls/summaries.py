"""What a function of the file may do to objects that are not its own, in one record."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from codemods.analysis.names.scopes import FunctionNode, Variable

if TYPE_CHECKING:
    from codemods.analysis.module import Module

LazyNode = FunctionNode | ast.GeneratorExp


class Changes(Struct):
    """What code may change at worst, as far as it does not depend on who runs it.

    Attributes:
        unknown: a call of which nothing is known, as it is written; it may do anything to anything it can reach.
        elsewhere: a change of an object that could not be told, as it is written.
        rebinds: (mangled) attribute names that may be set or deleted, on any object.
        contents: (mangled) attribute names whose object may be changed.
        elements: (mangled) attribute names of whose object an element may be changed.
        bound: variables outside the function that may be bound anew or deleted.
        variables: variables outside the function whose object may be changed.
        named: the names of the methods that calls of which nothing is known call.
        hands: whether such a call calls a value, which may be any function that the file hands out.
    """

    unknown: str | None = None
    elsewhere: str | None = None
    rebinds: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    elements: set[str] = field(default_factory=set)
    bound: set[Variable] = field(default_factory=set)
    variables: set[Variable] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    hands: bool = False

    def merge(self, other: Changes, seen: Callable[[Variable], bool] | None = None) -> None:
        """Add what other code may change; of variables, only those that can be `seen` from here."""
        self.unknown = self.unknown or other.unknown
        self.elsewhere = self.elsewhere or other.elsewhere
        self.rebinds |= other.rebinds
        self.contents |= other.contents
        self.elements |= other.elements
        self.named |= other.named
        self.hands = self.hands or other.hands
        self.bound |= other.bound if seen is None else set(filter(seen, other.bound))
        self.variables |= other.variables if seen is None else set(filter(seen, other.variables))

    def any_known(self) -> bool:
        """Whether a change is known that does not depend on who runs the code; `unknown` is not looked at."""
        return bool(self.elsewhere or self.rebinds or self.contents or self.elements or self.bound or self.variables)


class Summary(Changes):
    """What a function may do, whoever calls it.

    Attributes:
        parameters: parameters whose object may be changed.
        inner: parameters of which an element, or something in one, may be changed.
        touches: parameters of which a method is called that is not known.
        keeps: parameters whose object may be kept or handed back.
    """

    parameters: set[str] = field(default_factory=set)
    inner: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)
    keeps: set[str] = field(default_factory=set)

    def silent(self) -> bool:
        """Whether a call changes nothing but its own objects."""
        return not (self.unknown or self.any_known() or self.parameters or self.inner)

    def size(self) -> int:
        """Grows with everything that is added."""
        sets = (self.parameters, self.inner, self.touches, self.keeps, self.rebinds, self.contents, self.elements, self.named)
        known = sum(len(one) for one in sets) + len(self.bound) + len(self.variables)
        return known + (self.unknown is not None) + (self.elsewhere is not None) + self.hands


class CallEffect(Changes):
    """What one call may do, with the expressions of the caller whose objects it may change (`targets`), whose elements it may change
    (`inner`), or whose objects unknown code in it may change (`touched`).
    """

    targets: list[ast.expr] = field(default_factory=list)
    inner: list[ast.expr] = field(default_factory=list)
    touched: list[ast.expr] = field(default_factory=list)

    def absorb(self, other: CallEffect | Summary) -> None:
        """Add what another call may do. The parameters that a summary says are changed are not carried over."""
        self.merge(other)
        if isinstance(other, CallEffect):
            self.targets += other.targets
            self.inner += other.inner
            self.touched += other.touched

    def silent(self) -> bool:
        """Whether the call changes nothing at all."""
        return not (self.unknown or self.any_known() or self.targets or self.inner or self.touched)


def known_part(summary: Summary) -> CallEffect:
    """What a summary says of objects and variables that it names; without the unknown calls in it, and without its parameters."""
    effect = CallEffect()
    effect.absorb(summary)
    effect.unknown = None
    return effect


class Summaries:
    """Summaries of the functions of one file, each made once.

    Functions that call each other are read again whenever something was added to what they rest on, until nothing is added any more.
    Summaries only ever grow, so that ends.
    """

    def __init__(self, module: Module) -> None:
        self.module = module
        self._known: dict[LazyNode | str, Summary] = {}
        self._open: list[LazyNode | str] = []
        self._resting_on: dict[LazyNode | str, dict[LazyNode | str, None]] = {}
        """By a function, those whose summaries rest on its own."""
        self._doubtful: dict[LazyNode | str, None] = {}
        """Functions that were read when one they rest on was not finished."""
        self._settling = False

    def of(self, function: LazyNode | str) -> Summary:
        """The summary of a function, of what a lazy generator does when it runs, or of a category of hidden code (see `hidden_code`)."""
        if self._open:
            self._resting_on.setdefault(function, {})[self._open[-1]] = None
        known = self._known.get(function)
        if known is not None:
            if function in self._open and not self._settling:
                self._doubtful[self._open[-1]] = None
            return known
        summary = self._known[function] = Summary()
        self._read(function)
        if not self._open:
            self._settling = True
            self._settle()
            self._settling = False
        return summary

    def _read(self, function: LazyNode | str) -> None:
        from codemods.analysis.calls.summary_reader import SummaryReader

        summary = self._known[function]
        self._open.append(function)
        if isinstance(function, str):
            self.module.hidden.read(function, summary)
        else:
            SummaryReader(self.module, function, summary).read()
        self._open.pop()

    def _settle(self) -> None:
        while self._doubtful:
            function = next(iter(self._doubtful))
            del self._doubtful[function]
            before = self._known[function].size()
            self._read(function)
            if self._known[function].size() != before:
                self._doubtful.update(self._resting_on.get(function, {}))
