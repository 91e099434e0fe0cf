"""The search for culprits, on simulated commands: what it finds, and in how many runs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

import pytest

from codemods.workspace.verify.bisect import Answer, Item, Search
from codemods.workspace.verify.problem import BudgetSpentError, UnsteadyError


@dataclass(frozen=True)
class Edit:
    """A rewrite of a simulated tree."""

    number: int
    rule: str
    path: str

    @property
    def id(self) -> str:
        return str(self.number)


Judge = Callable[[frozenset[int]], Answer]


def edits(count: int, chance: random.Random) -> list[Edit]:
    """As a run makes them: by rule, by file, several in a file."""
    made = sorted((f"rule-{chance.randrange(6)}", f"{chance.randrange(max(count // 4, 1))}.py") for _ in range(count))
    return [Edit(number, rule, path) for number, (rule, path) in enumerate(made)]


class Command:
    """A simulated command. It counts its runs, and remembers trees as the real thing does."""

    def __init__(self, judge: Judge, budget: int | None = None) -> None:
        self.runs = 0
        self._judge, self._budget = judge, budget
        self._known: dict[frozenset[int], Answer] = {}

    def __call__(self, enabled: Sequence[Item], *, again: bool = False) -> Answer:
        tree = numbers(enabled)
        if again or tree not in self._known:
            if self.runs == self._budget:
                raise BudgetSpentError
            self.runs += 1
            self._known[tree] = self._judge(tree)
        return self._known[tree]


def numbers(some: Iterable[Item]) -> frozenset[int]:
    return frozenset(int(one.id) for one in some)


def failing(*sets: Iterable[int]) -> Judge:
    """Fails where all of one of the sets is there."""
    culprits = [frozenset(one) for one in sets]
    return lambda tree: Answer.BAD if any(one <= tree for one in culprits) else Answer.GOOD


def searched(count: int, sets: Sequence[set[int]], chance: random.Random) -> int:
    """The number of runs in which exactly these sets are found; the last one is of all the rest."""
    command = Command(failing(*sets))
    search = Search(edits(count, chance), command)
    assert search.run() is Answer.GOOD
    assert sorted(sorted(numbers(found)) for found in search.found) == sorted(map(sorted, sets))
    assert len(search.left) == count - sum(map(len, sets))
    return command.runs


def apart(count: int, sizes: Sequence[int], chance: random.Random) -> list[set[int]]:
    """Random sets of these sizes, disjoint."""
    numbers = iter(chance.sample(range(count), sum(sizes)))
    return [{next(numbers) for _ in range(size)} for size in sizes]


@pytest.mark.parametrize(
    ("count", "sizes", "usual", "worst"),
    [
        (50, [1], 11, 11),
        (200, [1], 14, 14),
        (1000, [1], 17, 17),
        (50, [1] * 3, 30, 30),
        (200, [1] * 3, 39, 39),
        (200, [1] * 10, 123, 123),
        (50, [2], 18, 18),
        (200, [2], 22, 22),
        (1000, [2], 28, 28),
        (200, [2, 1], 34, 34),
    ],
)
def test_the_number_of_runs(count: int, sizes: list[int], usual: int, worst: int) -> None:
    """All of them counted: the first, which fails, the one that repeats each culprit alone, and the last, of all that is kept."""
    chance = random.Random(f"{count} {sizes}")
    runs = [searched(count, apart(count, sizes, chance), chance) for _ in range(12)]
    assert mean(runs) <= usual
    assert max(runs) <= worst


@pytest.mark.parametrize("seed", range(20))
def test_any_sets_are_found(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randrange(1, 60)
    sizes = [size for size in (chance.randrange(1, 4) for _ in range(chance.randrange(1, 5))) if size]
    while sum(sizes) > count:
        sizes.pop()
    if sizes:
        searched(count, apart(count, sizes, chance), chance)


@pytest.mark.parametrize("seed", range(30))
def test_however_rewrites_act_together_what_is_found_fails_and_what_is_left_does_not(seed: int) -> None:
    """An answer drawn for each tree anew: no order in it at all, but that the tree as it was is good."""

    def judge(tree: frozenset[int]) -> Answer:
        if not tree:
            return Answer.GOOD
        return random.Random(f"{seed} {sorted(tree)}").choice([Answer.GOOD, Answer.BAD])

    command = Command(judge)
    search = Search(edits(24, random.Random(seed)), command)
    assert search.run() is Answer.GOOD
    for found in search.found:
        assert judge(numbers(found)) is Answer.BAD
    assert judge(numbers(search.left)) is Answer.GOOD


def test_trees_that_cannot_be_judged_are_walked_around() -> None:
    def judge(tree: frozenset[int]) -> Answer:
        if len(tree) in (8, 9, 10, 11):
            return Answer.UNKNOWN
        return Answer.BAD if 13 in tree else Answer.GOOD

    search = Search(edits(20, random.Random(1)), Command(judge))
    assert search.run() is Answer.GOOD
    assert [numbers(found) for found in search.found] == [{13}]


def test_what_cannot_be_told_apart_is_one_culprit() -> None:
    """Between 3 and 7 rewrites no tree can be judged."""

    def judge(tree: frozenset[int]) -> Answer:
        if tree and max(tree) - min(tree) < 6 and 3 <= max(tree) <= 5:
            return Answer.UNKNOWN
        return Answer.BAD if 5 in tree else Answer.GOOD

    search = Search(edits(9, random.Random(1)), Command(judge))
    assert search.run() is Answer.GOOD
    assert [5 in numbers(found) for found in search.found] == [True]


def test_a_rest_that_cannot_be_judged_is_said_to_be_so() -> None:
    def judge(tree: frozenset[int]) -> Answer:
        return Answer.BAD if 2 in tree else Answer.UNKNOWN if 7 in tree else Answer.GOOD

    assert Search(edits(9, random.Random(1)), Command(judge)).run() is Answer.UNKNOWN


def test_all_of_them() -> None:
    search = Search(edits(5, random.Random(1)), Command(failing(*([number] for number in range(5)))))
    assert search.run() is Answer.GOOD
    assert (len(search.found), search.left) == (5, ())


def test_the_cuts_lie_between_rules_and_files() -> None:
    """Of 40 rewrites by three rules, in six files, the first cut is between the rules, the second between the files."""
    made = [Edit(number, f"rule-{number // 18}", f"{number // 7}.py") for number in range(40)]
    asked: list[int] = []

    def ask(enabled: Sequence[Item], *, again: bool = False) -> Answer:
        asked.append(len(enabled))
        return Answer.BAD if made[3] in enabled else Answer.GOOD

    Search(made, ask).run()
    assert asked[0] == 40
    assert made[asked[1]].rule != made[asked[1] - 1].rule
    assert made[asked[2]].path != made[asked[2] - 1].path


@pytest.mark.parametrize("budget", range(1, 11))
def test_when_the_budget_ends_the_culprit_is_among_the_suspects(budget: int) -> None:
    search = Search(edits(200, random.Random(budget)), Command(failing([150]), budget))
    try:
        search.run()
    except BudgetSpentError:
        assert 150 in numbers(search.suspects)
        assert len(search.suspects) <= max(256 >> (budget - 1), 1)
    else:
        assert search.found


def test_a_culprit_that_does_not_fail_again_ends_the_search() -> None:
    command = Command(failing([4]))
    calls: list[bool] = []

    def ask(enabled: Sequence[Item], *, again: bool = False) -> Answer:
        calls.append(again)
        return Answer.GOOD if again else command(enabled)

    with pytest.raises(UnsteadyError):
        Search(edits(9, random.Random(1)), ask).run()
    assert calls.count(True) == 1
