"""The report of a migration as Markdown, for an issue or a wiki."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from codemods.model.migration import Culprit, Repository
from codemods.report.migration.text import WORDS
from codemods.report.migration.totals import ORDER, Totals, by_left, by_rule
from codemods.report.visible import visible

Rows = Callable[[], Iterable[Repository]]
# What a page that people read can hold; the JSON report has all.
REASONS = 30
REPOSITORIES = 1000
DIFF_LINES = 200


def document(rows: Rows, totals: Totals, plan: str, program: str) -> Iterator[str]:
    """The whole report, in pieces. `rows` gives the repositories anew each time it is called."""
    yield f"# Migration of {totals.repositories} repositor{'y' if totals.repositories == 1 else 'ies'}\n\n"
    yield f"Plan {code(plan)}, pyfix {program}: {totals.sites} places in {totals.changed} files rewritten.\n\n"
    yield from _table(("state", "repositories"), ((WORDS[state], totals.states[state]) for state in ORDER if totals.states[state]))
    if totals.rules:
        yield "## By rule\n\n"
        yield from _table(("rule", "places", "files", "repositories"), ((code(rule), *counts) for rule, counts in by_rule(totals)))
    if totals.kinds:
        yield "## Skipped and failed\n\n"
        yield from _table(("state", "kind", "repositories"), ((state, kind, n) for (state, kind), n in totals.kinds.most_common()))
    if totals.left:
        yield from _reasons(totals)
    if totals.culprits:
        yield "## Found by the verification, and dropped\n\n"
        for one in rows():
            for culprit in one.result.culprits if one.result else ():
                yield from _culprit(one.name, culprit)
    yield "## Repositories\n\n"
    yield from _table(("repository", "state", "places", "files", "seconds", ""), _listed(rows()))
    if totals.repositories > REPOSITORIES:
        yield f"The first {REPOSITORIES} of {totals.repositories}; the JSON report has all.\n"


def _reasons(totals: Totals) -> Iterator[str]:
    yield "## Left alone, by reason\n\n"
    found = list(by_left(totals))
    rows = ((code(rule), kind, why, *counts, cell(totals.examples[rule, kind, why])) for (rule, kind, why), counts in found[:REASONS])
    yield from _table(("rule", "kind", "reason", "places", "repositories", "for example"), rows)
    if len(found) > REASONS:
        yield f"And {len(found) - REASONS} reasons that come less often.\n\n"


def _listed(rows: Iterable[Repository]) -> Iterator[tuple[object, ...]]:
    for number, one in enumerate(rows):
        if number == REPOSITORIES:
            return
        sites = sum(work.sites for work in one.result.rules) if one.result else 0
        said = f"{one.kind}: {one.cause}" if one.kind else ", ".join(one.requests)
        yield code(one.name), one.state, sites, one.result.changed if one.result else 0, f"{one.seconds:.1f}", cell(said)


def _culprit(name: str, culprit: Culprit) -> Iterator[str]:
    yield f"In {code(name)}: {', '.join(map(code, culprit.sites))}\n\n"
    for language, text in (("diff", culprit.diff), ("", culprit.output)):
        if text:
            yield _fenced(text, language)


def _fenced(text: str, language: str) -> str:
    """A block that nothing in it can end."""
    lines = [visible(line) for line in text.split("\n")[:DIFF_LINES]]
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    body = "\n".join(lines).rstrip("\n")
    return f"{fence}{language}\n{body}\n{fence}\n\n"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}\n"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |\n"
    yield "\n"


def code(text: str) -> str:
    """Text as code, whatever it holds, also in a table."""
    shown = visible(text).replace("|", "\\|")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def cell(text: str) -> str:
    """Words in a table: nothing in them ends the cell, begins a tag or a link."""
    shown = visible(text)
    for character in "\\|<[*_":
        shown = shown.replace(character, f"\\{character}")
    return shown
