"""What is printed about a migration: a line for each repository, and the sums."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.model.migration import Repository
from codemods.report.migration.totals import ORDER, Totals, by_rule
from codemods.report.visible import visible

WORDS = {
    "planned": "not begun",
    "cloned": "fetched, not judged",
    "baseline": "in verification",
    "applied": "would change",
    "verified": "would change, verified",
    "culled": "would change, verified after some sites were dropped",
    "committed": "with a branch",
    "pushed": "pushed",
    "pr-open": "with a pull request",
    "no-change": "with nothing to change",
    "skipped": "skipped",
    "failed": "failed",
}


def line(one: Repository) -> str:
    """One repository."""
    said = f"{visible(one.name)}: {one.state}"
    if one.kind:
        said += f" ({one.kind}): {visible(one.cause)}"
    elif one.result is not None and one.result.branches:
        sites = sum(work.sites for work in one.result.rules)
        names = ", ".join(visible(branch.name) for branch in one.result.branches)
        said += f", {sites} place{'' if sites == 1 else 's'} in {one.result.changed} file{'' if one.result.changed == 1 else 's'}, {names}"
        if one.result.culprits:
            said += f"; {len(one.result.culprits)} dropped by the verification"
    return said + (f", {', '.join(map(visible, one.requests))}" if one.requests else "")


def summary(totals: Totals) -> Iterator[str]:
    """The sums, a line each."""
    states = ", ".join(f"{totals.states[state]} {WORDS[state]}" for state in ORDER if totals.states[state])
    yield f"{totals.repositories} repositor{'y' if totals.repositories == 1 else 'ies'}: {states or 'none'}"
    for rule, (sites, files, repositories) in by_rule(totals):
        yield f"  {rule}: {sites} places, {files} files, {repositories} repositories"
    for (state, kind), number in totals.kinds.most_common():
        yield f"  {state} ({kind}): {number}"
