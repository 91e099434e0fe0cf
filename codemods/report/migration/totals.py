"""The sums over all repositories: by state, by rule, by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from codemods.model.migration import ENDS, STEPS, Repository

ORDER = (*reversed(STEPS), *ENDS)
"""How states are listed: the furthest first, then the ends."""


class Totals(Struct):
    """Sums over the repositories added so far.

    Attributes:
        states: repositories by state; kinds: the skipped and failed ones by (state, kind).
        rules: by rule the sites and files rewritten, and the repositories that they are in.
        left: sites left alone, by (rule, kind, code), and how many repositories have such; examples: one of each.
        culprits: how many sets of sites the verification found out.
    """

    repositories: int = 0
    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    files: int = 0
    changed: int = 0
    rules: dict[str, list[int]] = field(default_factory=dict)
    left: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    examples: dict[tuple[str, str, str], str] = field(default_factory=dict)
    culprits: int = 0
    seconds: float = 0.0

    def add(self, one: Repository) -> None:
        """Count a repository."""
        self.repositories += 1
        self.states[one.state] += 1
        if one.kind:
            self.kinds[one.state, one.kind] += 1
        self.seconds += one.seconds
        if one.result is None:
            return
        self.files += one.result.files
        self.changed += one.result.changed
        self.culprits += len(one.result.culprits)
        for work in one.result.rules:
            _add(self.rules.setdefault(work.rule, [0, 0, 0]), work.sites, work.files, 1)
        for left in one.result.left:
            key = (left.rule, left.kind, left.code)
            _add(self.left.setdefault(key, [0, 0]), left.sites, 1)
            self.examples.setdefault(key, f"{one.name}: {left.example}")

    @property
    def sites(self) -> int:
        return sum(counts[0] for counts in self.rules.values())


def total(rows: Iterable[Repository]) -> Totals:
    """The sums over all `rows`."""
    totals = Totals()
    for one in rows:
        totals.add(one)
    return totals


def as_data(totals: Totals) -> dict[str, Any]:
    """The sums as JSON has them, the most frequent first."""
    return {
        "repositories": totals.repositories,
        "states": {state: totals.states[state] for state in ORDER if totals.states[state]},
        "kinds": [{"state": state, "kind": kind, "repositories": n} for (state, kind), n in totals.kinds.most_common()],
        "files": totals.files,
        "changed_files": totals.changed,
        "sites": totals.sites,
        "culprits": totals.culprits,
        "seconds": round(totals.seconds, 3),
        "rules": [
            {"rule": rule, "sites": sites, "files": files, "repositories": repositories}
            for rule, (sites, files, repositories) in by_rule(totals)
        ],
        "left": [
            {
                "rule": rule,
                "kind": kind,
                "code": code,
                "sites": sites,
                "repositories": within,
                "example": totals.examples[rule, kind, code],
            }
            for (rule, kind, code), (sites, within) in by_left(totals)
        ],
    }


def by_rule(totals: Totals) -> list[tuple[str, list[int]]]:
    """The rules with their sites, files and repositories, those with most sites first."""
    return sorted(totals.rules.items(), key=lambda item: (-item[1][0], item[0]))


def by_left(totals: Totals) -> list[tuple[tuple[str, str, str], list[int]]]:
    """What was left by (rule, kind, code), with its sites and repositories, the most frequent first."""
    return sorted(totals.left.items(), key=lambda item: (-item[1][0], item[0]))


def _add(counts: list[int], *more: int) -> None:
    for place, number in enumerate(more):
        counts[place] += number
