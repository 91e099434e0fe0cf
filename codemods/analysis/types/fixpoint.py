"""Answers that depend on each other: `x = x + "a"` in a loop, functions that call each other.

A question asked while it is being answered gets a hypothesis, first `NEVER`. When the outermost question of such a cycle has its answer,
everything is asked again under what came out, until no answer goes beyond the hypothesis made of it. Only then are answers kept: all of
them together are then consistent, which for types means that they hold. A cycle that does not settle is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from codemods.analysis.types.vocabulary import NEVER, Type, union

Q = TypeVar("Q")

_ROUNDS = 10
"""How often a cycle is asked before it is given up."""

_DEEPEST = 90
"""How many questions may be open at once. Each takes some five Python frames."""

_FREE = 1 << 30
"""No open question."""


class Fixpoint:
    """Asks, keeps answers, and settles cycles.

    An answer given while others are open is on trial if it rests on a hypothesis of theirs, or on an answer that was cut short because
    too many questions were open. Trials are kept when the hypotheses hold and dropped when not.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, Type | None] = {}
        self._open: dict[Hashable, int] = {}
        self._used: set[Hashable] = set()
        self._hypotheses: dict[Hashable, Type | None] = {}
        self._trials: dict[Hashable, tuple[Type | None, int, bool]] = {}
        self._order: list[Hashable] = []
        self._lowest = _FREE
        """The depth of the outermost open question whose hypothesis the answer being made rests on."""
        self._cut = False
        """Whether the answer being made rests on one that was cut short."""
        self._changed = False
        """Whether an answer of this round went beyond its hypothesis."""
        self.cut_short = False
        """Whether the last outermost question was answered by not looking all the way. Such answers are not kept."""
        self._final = False

    def answered(self, key: Hashable) -> bool:
        """Whether asking again costs nothing."""
        return key in self._kept or key in self._trials

    def ask_finally(self, key: Hashable, answer: Callable[[Q], Type | None], about: Q) -> Type | None:
        """As `ask`, and what is cut short is kept all the same: asking again would find no more."""
        self._final = True
        try:
            return self.ask(key, answer, about)
        finally:
            self._final = self.cut_short = False

    def ask(self, key: Hashable, answer: Callable[[Q], Type | None], about: Q) -> Type | None:
        """`answer(about)`, computed once for each `key`."""
        if key in self._kept:
            return self._kept[key]
        trial = self._trials.get(key)
        if trial is not None:
            self._lowest = min(self._lowest, trial[1])
            self._cut = self._cut or trial[2]
            return trial[0]
        depth = self._open.get(key)
        if depth is not None:
            self._used.add(key)
            self._lowest = min(self._lowest, depth)
            return self._hypotheses.get(key, NEVER)
        if len(self._open) >= _DEEPEST:
            self._cut = True
            return None
        around, cut_around, changed_around = self._lowest, self._cut, self._changed
        self._open[key] = len(self._open)
        try:
            value = self._settle(key, answer, about)
        finally:
            del self._open[key]
            if not self._open:
                self._forget()
        self._lowest = min(around, self._lowest)
        self._cut = self._cut or cut_around
        self._changed = self._changed or changed_around
        return value

    def _settle(self, key: Hashable, answer: Callable[[Q], Type | None], about: Q) -> Type | None:
        depth, mark = self._open[key], len(self._order)
        for _ in range(_ROUNDS):
            self._lowest, self._cut, self._changed = _FREE, False, False
            self._used.discard(key)
            value = answer(about)
            if key in self._used:
                self._widen(key, value)
            if self._lowest < depth:  # part of a cycle whose head is further out, and will ask again
                self._try(key, value)
                return value
            if not self._changed:
                self._keep(mark)
                self._lowest = _FREE
                if not self._cut or self._final:
                    self._kept[key] = value
                else:
                    self._try(key, value)
                self.cut_short = self._cut and not depth
                return value
            self._drop(mark)
        self._kept[key] = None
        self._lowest, self._cut, self._changed = _FREE, False, False
        return None

    def _widen(self, key: Hashable, value: Type | None) -> None:
        before = self._hypotheses.get(key, NEVER)
        after = union([before, value])
        if after != before:
            self._hypotheses[key] = after
            self._changed = True

    def _try(self, key: Hashable, value: Type | None) -> None:
        self._trials[key] = (value, self._lowest, self._cut)
        self._order.append(key)

    def _drop(self, mark: int) -> None:
        """Forget the trial answers made since `mark`."""
        for key in self._order[mark:]:
            del self._trials[key]
        del self._order[mark:]

    def _keep(self, mark: int) -> None:
        """The hypotheses behind the trial answers made since `mark` hold: keep those answers, but for the ones cut short."""
        made = self._order[mark:]
        del self._order[mark:]
        for key in made:
            value, _, cut = self._trials.pop(key)
            if cut and not self._final:
                self._trials[key] = (value, _FREE, True)
                self._order.append(key)
            else:
                self._kept[key] = value

    def _forget(self) -> None:
        self._trials.clear()
        self._order.clear()
        self._hypotheses.clear()
        self._used.clear()
        self._lowest, self._cut, self._changed = _FREE, False, False
