"""Trees given to a judge: each judged once, counted, and within a budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from codemods.workspace.verify.bisect import Answer
from codemods.workspace.verify.judges import Judge, Verdict
from codemods.workspace.verify.problem import BudgetSpentError
from codemods.workspace.verify.sites import Rewrites, Site
from codemods.workspace.verify.workplace import Workplace

# How often a tree is judged where the judge is not steady, unless it is found good sooner.
REPEATS = 3

_Tree = tuple[bytes, ...]


def said(verdict: Verdict) -> str:
    """A verdict for people."""
    return f"{verdict.answer.value} ({verdict.words})" if verdict.words else verdict.answer.value


class Trials:
    """Which sets of rewrites are good.

    Attributes:
        runs: of the judge, all together.
        flaky: the judge has said different things of one tree. From then on a tree is bad only where `REPEATS` runs say so: one that fails
            by chance may not cost a rewrite, and one that fails for a reason fails each time.
        budget: how many runs there may be; None for any number.
    """

    def __init__(self, rewrites: Rewrites, judge: Judge, place: Workplace, tell: Callable[[str], None]) -> None:
        self.rewrites, self.judge, self._place, self._tell = rewrites, judge, place, tell
        self.runs = 0
        self.flaky = False
        self.budget: int | None = None
        self._known: dict[_Tree, Verdict] = {}

    def ask(self, enabled: Sequence[Site], *, again: bool = False) -> Answer:
        """As `bisect.Ask`. Raises BudgetSpentError and VerifyError."""
        return self.verdict(enabled, again=again).answer

    def verdict(self, enabled: Sequence[Site], *, again: bool = False) -> Verdict:
        """What is said of the tree with these rewrites; from memory, unless it is to be judged again."""
        tree = self.rewrites.tree(enabled)
        key = tuple(tree.values())
        if again or key not in self._known:
            verdict = self._known[key] = self.of(tree)
            count = len(self.rewrites.sites)
            some = f"all {count}" if len(enabled) == count else f"{len(enabled)} of {count}"
            self._tell(f"with {some} rewrites{', once more' if again else ''}: {said(verdict)}")
        return self._known[key]

    def of(self, tree: Mapping[str, bytes]) -> Verdict:
        """What is said of any tree, not from memory."""
        self._place.put(tree)
        verdict = self.once()
        for _ in range(REPEATS - 1 if self.flaky else 0):
            if verdict.answer is not Answer.BAD:
                break
            verdict = self.once()
        return verdict

    def once(self) -> Verdict:
        """What one run says of the tree as it lies in the workplace."""
        if self.budget is not None and self.runs >= self.budget:
            raise BudgetSpentError
        self.runs += 1
        return self.judge()

    def note(self, enabled: Sequence[Site], verdict: Verdict) -> None:
        """Remember what is known of a tree."""
        self._known[tuple(self.rewrites.tree(enabled).values())] = verdict

    def turn_flaky(self) -> None:
        """From here on one run is not enough; and what single runs said is forgotten."""
        self.flaky = True
        self._known.clear()
