"""Which of some marked events can have come last before an event, for many questions about one body without walking it each time."""

from __future__ import annotations

from bisect import bisect_left

from codemods.analysis.order.flow import Flow

ENTRY = -1
"""In an answer: the body's beginning is reached without a mark."""

_SHORT_WALK = 120
"""A question that needs more steps than this backwards is answered by one pass over the whole body, which answers all later ones too."""

Sources = frozenset[int]

_TOO_MANY: Sources = frozenset({-2})


class Marks:
    """Marked events of one body in order, and what was found out about them."""

    def __init__(self, indexes: list[int]) -> None:
        self.indexes = sorted(indexes)
        self.at_heads: dict[int, Sources] | None = None


class Reaching:
    """Answers for one body.

    Events with one predecessor, the one right before them, form stretches that are passed in one step. `heads` holds for each event the
    first one of its stretch.
    """

    def __init__(self, flow: Flow, most: int) -> None:
        self.flow = flow
        self.most = most
        self.heads: list[int] = []
        for index, before in enumerate(flow.predecessors):
            self.heads.append(self.heads[-1] if before == [index - 1] else index)

    def last(self, marks: Marks, index: int) -> Sources | None:
        """The marks that can have come last before the event `index`, and `ENTRY`; `None` if they are more than `most`."""
        if marks.at_heads is None:
            found = self._walk(marks, index)
            if found is not None:
                return found if len(found) <= self.most else None
            marks.at_heads = self._pass(marks)
        mark = self._mark_in(marks, self.heads[index], index)
        answer = frozenset({mark}) if mark is not None else marks.at_heads[self.heads[index]]
        return None if answer is _TOO_MANY else answer

    @staticmethod
    def _mark_in(marks: Marks, head: int, stop: int) -> int | None:
        """The last mark from `head` on and before `stop`."""
        place = bisect_left(marks.indexes, stop)
        return marks.indexes[place - 1] if place and marks.indexes[place - 1] >= head else None

    def _walk(self, marks: Marks, index: int) -> Sources | None:
        """The answer by a walk backwards; `None` if that gets long."""
        found: set[int] = set()
        seen: set[int] = set()
        stack = [(self.heads[index], index)]
        while stack:
            head, stop = stack.pop()
            mark = self._mark_in(marks, head, stop)
            if mark is not None:
                found.add(mark)
                continue
            if head == self.flow.entry:
                found.add(ENTRY)
            for before in self.flow.predecessors[head]:
                if before not in seen:
                    seen.add(before)
                    stack.append((self.heads[before], before + 1))
            if len(seen) > _SHORT_WALK:
                return None
        return frozenset(found)

    def _pass(self, marks: Marks) -> dict[int, Sources]:
        """What comes last before the head of each stretch, by going over all of them until nothing changes."""
        order = [index for index, head in enumerate(self.heads) if index == head]
        at_heads: dict[int, Sources] = dict.fromkeys(order, frozenset())
        changed = True
        while changed:
            changed = False
            for head in order:
                joined = self._joined(marks, head, at_heads)
                if joined != at_heads[head]:
                    at_heads[head] = joined
                    changed = True
        return at_heads

    def _joined(self, marks: Marks, head: int, at_heads: dict[int, Sources]) -> Sources:
        found: Sources = frozenset({ENTRY}) if head == self.flow.entry else frozenset()
        for before in self.flow.predecessors[head]:
            mark = self._mark_in(marks, self.heads[before], before + 1)
            theirs = frozenset({mark}) if mark is not None else at_heads[self.heads[before]]
            if theirs is _TOO_MANY:
                return _TOO_MANY
            if not theirs <= found:
                found = found | theirs
        return found if len(found) <= self.most else _TOO_MANY
