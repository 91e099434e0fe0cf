"""From rewrites to those that stand: the code as it was, judged twice; all of them; a failure on purpose; where it is bad, the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from codemods.workspace.verify.bisect import Answer, Search
from codemods.workspace.verify.judges import Judge, Verdict
from codemods.workspace.verify.problem import BudgetSpentError, UnsteadyError, VerifyError
from codemods.workspace.verify.sites import Rewrites, Site
from codemods.workspace.verify.trials import REPEATS, Trials, said
from codemods.workspace.verify.workplace import Workplace

BUDGET = 100


class Culprit(Struct, frozen=True):
    """Rewrites that fail together, and none of which does without the others. `verdict` is what was said of them alone."""

    sites: tuple[Site, ...]
    verdict: Verdict


class Verified(Struct, frozen=True):
    """What came of it.

    Attributes:
        kept: the rewrites that were verified, all together.
        culprits: found and left out.
        dropped: left out besides, since no more runs were allowed: one of them fails, or stands where one does.
        flaky: the judge said different things of one tree.
        runs: how often the judge ran, from the first time to the last.
    """

    kept: tuple[Site, ...]
    culprits: tuple[Culprit, ...] = ()
    dropped: tuple[Site, ...] = ()
    flaky: bool = False
    runs: int = 0


Tell = Callable[[str], None]


def verify(rewrites: Rewrites, judge: Judge, place: Workplace, *, budget: int | None = BUDGET, tell: Tell = lambda line: None) -> Verified:
    """Which of the rewrites the judge has nothing against. Raises VerifyError where that cannot be told.

    Args:
        place: the files of `rewrites` lie in it as they were read. They are left as the last run needed them.
        budget: how many runs the search may take; None for any number. Three more may come, to find what can be kept all the same.
        tell: is given lines on how it goes.
    """
    trials = Trials(rewrites, judge, place, tell)
    _baseline(trials, tell)
    verdict = trials.verdict(rewrites.sites)
    _require_judged(verdict, trials)
    if verdict.answer is Answer.GOOD:
        _require_seen(trials, rewrites.sites, tell)
        return Verified(rewrites.sites, flaky=trials.flaky, runs=trials.runs)
    found, dropped = _searched(trials, budget, tell)
    out = {site.id for sites in (*found, dropped) for site in sites}
    kept = tuple(site for site in rewrites.sites if site.id not in out)
    trials.budget = None
    if kept:
        _require_judged(trials.verdict(kept), trials)
        _require_seen(trials, kept, tell)
    culprits = tuple(Culprit(sites, trials.verdict(sites)) for sites in found)
    return Verified(kept, culprits, dropped, trials.flaky, trials.runs)


def _baseline(trials: Trials, tell: Tell) -> None:
    """Judge the code as it was, twice. Raises VerifyError where it is no good, or cannot be judged."""
    judge = trials.judge
    first = judge()
    second = first if judge.steady else judge()
    trials.runs += 1 if judge.steady else 2
    for verdict in (first, second):
        if verdict.answer is Answer.UNKNOWN:
            raise VerifyError(f"{judge.name} cannot judge the code as it is ({verdict.words})", verdict.tail)
    can_compare = judge.begin(first, second)
    if not can_compare and first.answer is Answer.BAD and second.answer is Answer.BAD:
        raise VerifyError(f"{judge.name} fails on the code as it is, before any rewrite ({first.words})", first.tail, "baseline-red")
    if not can_compare and first.answer is not second.answer:
        trials.turn_flaky()
    trials.note((), Verdict(Answer.GOOD, "as it was"))
    times = f"{first.seconds:.1f} s" if judge.steady else f"twice, {first.seconds:.1f} s and {second.seconds:.1f} s"
    tell(f"the code as it is: {_of_baseline(trials, can_compare, first)} ({times})")


def _of_baseline(trials: Trials, can_compare: bool, first: Verdict) -> str:
    if trials.judge.steady:
        return first.words
    if trials.flaky:
        return f"sometimes good, sometimes bad; from here on a tree is bad where {REPEATS} runs in a row are"
    return "bad; what failed before may fail again" if can_compare else "good"


def _require_judged(verdict: Verdict, trials: Trials) -> None:
    if verdict.answer is Answer.UNKNOWN:
        raise VerifyError(f"{trials.judge.name} cannot judge the rewritten code ({verdict.words})", verdict.tail)


def _require_seen(trials: Trials, kept: Sequence[Site], tell: Tell) -> None:
    """Put a failure into the rewritten code, and see the judge fail. Raises VerifyError where it does not."""
    tree = trials.rewrites.tree(kept)
    planted = {}
    for path in tree:
        of_file = [site for site in kept if site.path == path]
        data = trials.judge.canary(tree[path], path, of_file) if of_file else None
        if data is not None:
            planted[path] = data
    verdict = trials.of({**tree, **planted}) if planted else Verdict(Answer.GOOD)
    if verdict.answer is not Answer.BAD:
        raise VerifyError(
            f"{trials.judge.name} cannot see the change: with a failure put into the rewritten functions on purpose it still ends well",
            verdict.tail,
            "blind",
        )
    tell(f"with a failure put into the rewritten functions on purpose: {said(verdict)}, as it should")


def _searched(trials: Trials, budget: int | None, tell: Tell) -> tuple[list[tuple[Site, ...]], tuple[Site, ...]]:
    """The culprits, and what else is to be left out. Starts anew, once, where a culprit does not fail again."""
    trials.budget = None if budget is None else trials.runs + budget
    while True:
        search = Search(trials.rewrites.sites, trials.ask)
        try:
            answer = search.run()
        except UnsteadyError:
            if trials.flaky:
                raise VerifyError(f"{trials.judge.name} judges the same tree now so, now so: nothing can be told from it") from None
            tell(f"a culprit did not fail again; from here on a tree is bad where {REPEATS} runs in a row are")
            trials.turn_flaky()
            continue
        except BudgetSpentError:
            spent = f"{budget} run is" if budget == 1 else f"{budget} runs are"
            tell(f"the allowed {spent} spent; what is suspected is left out, with its whole files or rules")
            return search.found, _widened(trials, search)
        if answer is Answer.UNKNOWN:
            raise VerifyError(f"{trials.judge.name} cannot judge the rewritten code without its culprits")
        for culprit in search.found:
            tell(f"culprit: {' with '.join(f'{site.rule} at {site.path}:{site.place.line}' for site in culprit)}")
        return search.found, ()


def _widened(trials: Trials, search: Search[Site]) -> tuple[Site, ...]:
    """What is left out where the search had to stop: the suspects' files, else all of their rules, else everything."""
    trials.budget = None
    files = {site.path for site in search.suspects}
    rules = {site.rule for site in search.suspects}
    steps: Iterable[Callable[[Site], bool]] = (lambda site: site.path in files, lambda site: site.rule in rules or site.path in files)
    for out in steps:
        kept = tuple(site for site in search.left if not out(site))
        if kept and trials.ask(kept) is Answer.GOOD:
            return tuple(site for site in search.left if out(site))
    return search.left
