"""The page `docs/side-by-side.md`, out of what the runs of `side_by_side` gave."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.changes import Changes
from benchmarks.ledger import table
from benchmarks.tools import FIXIT_RULES, RUFF_CODES, Tool


@dataclass(frozen=True, slots=True)
class Run:
    """What one tool did to one package.

    Attributes:
        failure: why the tool did not come to an end, if so.
        different: the tests that ended otherwise than before; None if they were not run.
        settled: a second run changed nothing; None if there was none.
    """

    tool: str
    package: str
    changes: Changes
    failure: str
    different: tuple[str, ...] | None
    settled: bool | None


def page(tools: Sequence[Tool], runs: Sequence[Run]) -> str:
    """The whole document."""
    packages = list(dict.fromkeys(run.package for run in runs))
    parts = [
        "# Side by side",
        f"Made by `python -m benchmarks.side_by_side` on CPython {platform.python_version()}. Each tool rewrote the sources of "
        f"{len(packages)} packages, tests included: {', '.join(packages)}.",
        "A place is a statement whose syntax tree differs afterwards, counted alike for all tools; several rewrites in one statement count "
        "once. A test suite is broken if one test ends otherwise than on the sources as they are. Where a suite was not run on what a tool "
        "made, the page says so: it proves nothing for that tool.",
        "## Tools\n\n" + table(("tool", "version"), ([f"`{tool.label}`", ", ".join(tool.requires) or "this checkout"] for tool in tools)),
        f"Ruff was given the codes that do what rules of pyfix do: {', '.join(RUFF_CODES)}; of Fixit the rules "
        f"{', '.join(rule.rpartition(':')[2] for rule in FIXIT_RULES)}. Pyupgrade cannot be told to do only some of what it does, so that "
        "most of its other places are no business of pyfix.",
        "## Altogether\n\n" + table(TOTALS, _total_rows(tools, runs)),
        "## Places in each package\n\n" + table(("package", *(f"`{tool.label}`" for tool in tools)), _package_rows(tools, packages, runs)),
        *_broken(runs),
    ]
    return "\n\n".join(parts) + "\n"


TOTALS = (
    "tool", "places", "f-strings", "super", "other", "files", "no longer parse", "suites broken", "tests that differ", "comments lost",
    "second run clean",
)  # fmt: skip


def _total_rows(tools: Sequence[Tool], runs: Sequence[Run]) -> Iterator[list[str]]:
    for tool in tools:
        own = [run for run in runs if run.tool == tool.label]
        tested = [run.different for run in own if run.different is not None]
        again = [run.settled for run in own if run.settled is not None]
        kinds = [sum(run.changes.kinds[kind] for run in own) for kind in ("f-string", "super", "other")]
        numbers = [
            sum(run.changes.places for run in own),
            *kinds,
            sum(run.changes.files for run in own),
            sum(len(run.changes.unparsable) for run in own),
        ]
        yield [
            f"`{tool.label}`",
            *map(str, numbers),
            f"{sum(map(bool, tested))} of {len(tested)} run",
            str(sum(map(len, tested))),
            str(sum(run.changes.comments for run in own)),
            f"{sum(again)} of {len(again)}",
        ]


def _package_rows(tools: Sequence[Tool], packages: Sequence[str], runs: Sequence[Run]) -> Iterator[list[str]]:
    found = {(run.tool, run.package): run for run in runs}
    for package in packages:
        yield [package, *(_cell(found[tool.label, package]) for tool in tools)]


def _cell(run: Run) -> str:
    """Places, and what went wrong."""
    if run.failure:
        return "failed"
    if run.different is None:
        return f"{run.changes.places}, not tested"
    return f"{run.changes.places}, **broken**" if run.different else str(run.changes.places)


SHOWN = 5
"""How many tests that differ are named for one tool and package."""


def _broken(runs: Sequence[Run]) -> Iterator[str]:
    lines = []
    for run in runs:
        lines += [f"- `{run.tool}` on {run.package}: {run.failure}"] if run.failure else []
        lines += [f"- `{run.tool}` on {run.package}: `{name}` no longer parses" for name in run.changes.unparsable]
        different = run.different or ()
        lines += [f"- `{run.tool}` on {run.package}: {line}" for line in (text.splitlines()[0] for text in different[:SHOWN])]
        if len(different) > SHOWN:
            lines.append(f"- `{run.tool}` on {run.package}: and {len(different) - SHOWN} more")
    if lines:
        yield "## What went wrong\n\n" + "\n".join(lines)
