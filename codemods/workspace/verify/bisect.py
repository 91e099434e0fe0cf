"""Which few of many rewrites make a check fail, in as few checks as can be.

The rewrites are put in order, by rule, file and place, and the shortest beginning of that order which fails is looked for by halving: its
last rewrite is needed for the failure. What fails together with it is looked for among those before it, in the same way, until what was
found fails alone. One culprit among n costs log2(n) checks and a few, a set of k that fails only together k times that. Nothing is taken
for granted of how rewrites act together: whatever is reported was seen to fail, by itself and twice.

Of the cuts that leave no longer a way, the one between two rules is taken, else one between two files: so the first answers are about whole
rules and files, which is what is dropped when the budget ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Generic, Protocol, TypeVar

from codemods.workspace.verify.problem import UnsteadyError


class Answer(Enum):
    """What a check says of a set of rewrites."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "cannot be judged"


class Item(Protocol):
    """A rewrite: the search knows no more of it."""

    @property
    def id(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def path(self) -> str: ...


AnyItem = TypeVar("AnyItem", bound=Item)
Asked = TypeVar("Asked", bound=Item, contravariant=True)


class Ask(Protocol[Asked]):
    """Checks the tree with these rewrites and no others. `again`: whatever is remembered of it. May raise to end the search."""

    def __call__(self, enabled: Sequence[Asked], *, again: bool = False) -> Answer: ...


class Search(Generic[AnyItem]):
    """A search among `items`, which are in order and fail together.

    Attributes:
        found: the sets that fail, each by itself, with nothing to spare.
        left: the items that are in none of them.
        suspects: while a set is being looked for, where it is: some of these fail, together with `left`.
    """

    def __init__(self, items: Sequence[AnyItem], ask: Ask[AnyItem]) -> None:
        self._ask = ask
        self.found: list[tuple[AnyItem, ...]] = []
        self.left = tuple(items)
        self.suspects = tuple(items)

    def run(self) -> Answer:
        """Take one set after the other out of what is left until it does not fail, and say what it does. What `ask` raises goes through."""
        known = 0
        while self.left and (answer := self._ask(self.left)) is Answer.BAD:
            culprits, known = self._failing(self.left, known)
            if self._ask(culprits, again=True) is not Answer.BAD:
                raise UnsteadyError
            self.found.append(culprits)
            known -= sum(one in culprits for one in self.left[:known])
            self.left = self.suspects = tuple(one for one in self.left if one not in culprits)
        return answer if self.left else self._ask(())

    def _failing(self, items: Sequence[AnyItem], known: int) -> tuple[tuple[AnyItem, ...], int]:
        """A set out of `items` that fails, and how many of the items it was seen not to be among. The first `known` do not fail."""
        taken: tuple[AnyItem, ...] = ()
        pool = items
        reached: int | None = None
        while True:
            low, high = self._shortest(pool, taken, known)
            reached = low if reached is None else reached
            taken = (*pool[low:high], *taken)
            pool, known = pool[:low], 0
            if not pool or self._ask(taken) is Answer.BAD:
                return taken, reached

    def _shortest(self, pool: Sequence[AnyItem], taken: tuple[AnyItem, ...], low: int) -> tuple[int, int]:
        """Between which lengths a beginning of `pool` starts to fail, `taken` being there too: one apart where each could be judged."""
        high = len(pool)
        while high - low > 1:
            self.suspects = (*pool[low:high], *taken)
            for cut in _cuts(pool, low, high):
                match self._ask((*pool[:cut], *taken)):
                    case Answer.BAD:
                        high = cut
                        break
                    case Answer.GOOD:
                        low = cut
                        break
            else:
                break
        self.suspects = (*pool[low:high], *taken)
        return low, high


def _cuts(pool: Sequence[Item], low: int, high: int) -> Iterator[int]:
    """Where to cut between `low` and `high`, the best place first; the others are for trees that cannot be judged."""
    middle = (low + high) / 2
    half = 1 << max((high - low - 1).bit_length() - 1, 0)
    nearest = sorted(range(low + 1, high), key=lambda cut: abs(cut - middle))
    allowed = [cut for cut in nearest if max(cut - low, high - cut) <= half]
    rules = [cut for cut in allowed if pool[cut - 1].rule != pool[cut].rule]
    files = [cut for cut in allowed if pool[cut - 1].path != pool[cut].path]
    first = (rules or files or nearest)[0]
    yield first
    yield from (cut for cut in nearest if cut != first)
