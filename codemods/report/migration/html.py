"""The report of a migration as one page for a browser: complete in itself, asking the network for nothing, readable on a telephone.

The page is there without its script as well, which only filters. Whatever comes from a repository is escaped, and the page forbids itself
to load or run anything but its own style and script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from codemods.model.migration import Branch, Culprit, Repository, Result
from codemods.report.migration.page import SCRIPT, STYLE
from codemods.report.migration.text import WORDS
from codemods.report.migration.totals import ORDER, Totals, by_left, by_rule
from codemods.report.visible import shown_source, visible

Rows = Callable[[], Iterable[Repository]]
# What a browser on a telephone still scrolls through; the JSON report has all.
REPOSITORIES = 5000
REASONS = 100
SLOWEST = 10
DIFF_LINES = 400


def document(rows: Rows, totals: Totals, plan: str, program: str) -> Iterator[str]:
    """The whole page, in pieces. `rows` gives the repositories anew each time it is called."""
    yield _head(totals, plan, program)
    yield from _rules(totals)
    yield from _culprits(rows, totals)
    yield _filters(totals)
    for number, one in enumerate(rows()):
        if number == REPOSITORIES:
            yield f"<p class=note>The first {REPOSITORIES} of {totals.repositories}; the JSON report has all.</p>\n"
            break
        yield _repository(one)
    yield "</section>\n"
    yield from _left(totals)
    yield from _time(rows, totals)
    yield f"</main>\n<script>{SCRIPT}</script>\n</html>\n"


def text(value: object) -> str:
    """Words from anywhere, harmless in a page."""
    return escape(visible(str(value)))


def _head(totals: Totals, plan: str, program: str) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    states = [state for state in ORDER if totals.states[state]]
    tiles = "".join(
        f'<a class="tile {state}" href="#state={state}"><b>{totals.states[state]}</b> {text(WORDS[state])}</a>' for state in states
    )
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Migration of {totals.repositories} repositories</title>\n<style>{STYLE}</style>\n<main>\n"
        f"<h1>{totals.repositories} repositor{'y' if totals.repositories == 1 else 'ies'}</h1>\n"
        f"<p>{totals.sites} places in {totals.changed} files rewritten. Plan <code>{text(plan)}</code>, pyfix {text(program)}.</p>\n"
        f"<div class=tiles>{tiles}</div>\n"
    )


def _rules(totals: Totals) -> Iterator[str]:
    if not totals.rules:
        return
    most = max(counts[0] for counts in totals.rules.values())
    yield "<section id=rules><h2>By rule</h2>\n"
    rows = (
        (f"<code>{text(rule)}</code>", f"<meter max={most} value={sites}>{sites}</meter> {sites}", files, within)
        for rule, (sites, files, within) in by_rule(totals)
    )
    yield from _table(("Rule", "Places", "Files", "Repositories"), rows)
    yield "</section>\n"


def _left(totals: Totals) -> Iterator[str]:
    if not totals.left:
        return
    yield "<section id=left><h2>Left alone, by reason</h2>\n"
    found = list(by_left(totals))
    rows = (
        (f"<code>{text(rule)}</code>", text(kind), text(why), sites, within, f"<small>{text(totals.examples[rule, kind, why])}</small>")
        for (rule, kind, why), (sites, within) in found[:REASONS]
    )
    yield from _table(("Rule", "Verdict", "Reason", "Places", "Repositories", "For example"), rows)
    if len(found) > REASONS:
        yield f"<p class=note>And {len(found) - REASONS} reasons that come less often.</p>"
    yield "</section>\n"


def _culprits(rows: Rows, totals: Totals) -> Iterator[str]:
    if not totals.culprits:
        return
    yield "<section id=culprits><h2>Found by the verification, and dropped</h2>\n"
    for one in rows():
        for culprit in one.result.culprits if one.result else ():
            yield f"<h3>{text(one.name)}</h3>{_culprit(culprit)}\n"
    yield "</section>\n"


def _culprit(culprit: Culprit) -> str:
    sites = ", ".join(f"<code>{text(site)}</code>" for site in culprit.sites)
    said = f"<details><summary>What the verification said</summary><pre>{_lines(culprit.output)}</pre></details>" if culprit.output else ""
    case = f"<details><summary>A case for a test</summary><pre>{_lines(culprit.case)}</pre></details>" if culprit.case else ""
    return f"<p>{sites}</p><pre>{_diff(culprit.diff)}</pre>{said}{case}"


def _diff(diff: str) -> str:
    lines = []
    for line in diff.rstrip("\n").split("\n")[:DIFF_LINES]:
        kind = {"+": "ins", "-": "del", "@": "b"}.get(line[:1])
        shown = escape(shown_source(line))
        lines.append(f"<{kind}>{shown}</{kind}>" if kind else shown)
    return "\n".join(lines)


def _lines(said: str) -> str:
    return "\n".join(escape(shown_source(line)) for line in said.rstrip("\n").split("\n")[-DIFF_LINES:])


def _time(rows: Rows, totals: Totals) -> Iterator[str]:
    import heapq

    slow = heapq.nlargest(SLOWEST, ((one.seconds, one.name, _steps(one.result)) for one in rows() if one.seconds > 0))
    if slow:
        yield f"<section id=time><h2>Time</h2><p>{totals.seconds:.1f} seconds of work. The longest:</p>\n"
        yield from _table(("Repository", "Seconds", "Of which"), ((text(name), f"{took:.1f}", text(steps)) for took, name, steps in slow))
        yield "</section>\n"


def _steps(result: Result | None) -> str:
    return ", ".join(f"{name} {seconds:.1f}" for name, seconds in (result.seconds if result else {}).items())


def _filters(totals: Totals) -> str:
    states = "".join(f"<option value={state}>{state} ({totals.states[state]})</option>" for state in ORDER if totals.states[state])
    rules = "".join(f'<option value="{text(rule)}">{text(rule)}</option>' for rule, _ in by_rule(totals))
    return (
        "<section id=repositories><h2>Repositories</h2>\n<form id=filter hidden>"
        '<input id=words type=search placeholder="name, cause, branch" aria-label="Words">'
        f'<select id=state aria-label="State"><option value="">all states</option>{states}</select>'
        f'<select id=rule aria-label="Rule"><option value="">all rules</option>{rules}</select><output id=count></output></form>\n'
    )


def _repository(one: Repository) -> str:
    result = one.result or Result(one.state)
    sites = sum(work.sites for work in result.rules)
    rules = " ".join(work.rule for work in result.rules)
    brief = text(f"{one.kind}: {one.cause}") if one.kind else f"{sites} places, {result.changed} files" if sites else ""
    base = f"<code>{text(one.base)}</code>" if one.base else ""
    facts = [("Source", text(one.source)), ("Base", base), ("Requests", _links(one.requests))]
    facts += [("Branch", _branch(branch)) for branch in result.branches]
    facts += [("Time", text(f"{one.seconds:.1f} s, begun {one.attempts} times; {_steps(result)}"))]
    facts += [("Verified", f"by {result.runs} runs")] if result.runs else []
    facts += [("Left", f"{text(left.rule)}, {text(left.kind)}, {text(left.code)}: {left.sites}") for left in result.left]
    facts += [("Problem", text(f"{problem.path}:{problem.line}: {problem.cause}")) for problem in result.problems]
    listed = "".join(f"<dt>{name}<dd>{value}" for name, value in facts if value)
    said = "".join(map(_culprit, result.culprits))
    if result.output:
        said += f"<p>What the verification said:</p><pre>{_lines(result.output)}</pre>"
    return (
        f'<details class=repository data-state={one.state} data-rules="{text(rules)}"><summary><b>{text(one.name)}</b> '
        f"<span class={one.state}>{one.state}</span> <span class=brief>{brief}</span></summary><dl>{listed}</dl>{said}</details>\n"
    )


def _branch(branch: Branch) -> str:
    commits = ", ".join(f"{text(one.rule)} <code>{text(one.oid[:10])}</code>" for one in branch.commits)
    owners = f" for {text(' '.join(branch.owners))}" if branch.owners else ""
    return f"<code>{text(branch.name)}</code>{owners}: {commits}"


def _links(urls: Iterable[str]) -> str:
    return ", ".join(
        f'<a href="{text(url)}" rel=noreferrer>{text(url)}</a>' if url.startswith(("https://", "http://")) else text(url) for url in urls
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    """A table, whose cells carry their column's name, so that they can stand below each other on a narrow screen."""
    yield f"<table><thead><tr>{''.join(f'<th>{head}' for head in heads)}</thead><tbody>\n"
    for row in rows:
        cells = "".join(f'<td data-head="{head}">{value}' for head, value in zip(heads, row, strict=True))
        yield f"<tr>{cells}\n"
    yield "</tbody></table>\n"
