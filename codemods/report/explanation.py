"""What was decided about a line, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codemods.model.outcome import Clean, Diagnostic, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.verdict import Refused, Safe, Unsafe
from codemods.report.entry import Entry, reason, reason_lines
from codemods.report.lines import decoded, python_lines, rules_by_line
from codemods.report.visible import visible


def problem(path: str, cause: str, *, names_itself: bool) -> str:
    """A line for what keeps a file from being read. `names_itself`: the cause says already where it is."""
    return visible(cause) if names_itself else f"{visible(path)}: {visible(cause)}"


def beyond(entry: Entry, data: bytes, line: int) -> str | None:
    """What to say of a line that the file does not have."""
    count = len(python_lines(decoded(data)))
    if 1 <= line <= max(count, 1):
        return None
    return f"{visible(entry.path)}: has {count} line{'' if count == 1 else 's'}, and no line {line}"


def of_cell(entry: Entry, cell: int) -> Entry:
    """One cell of a notebook as if it were a file."""
    own = tuple(one for one in entry.diagnostics if one.cell == cell)
    outcome = Clean(own) if isinstance(entry.outcome, Clean | Fixed) else entry.outcome
    return Entry(f"{entry.path}:cell {cell}", outcome)


def sites_at(entry: Entry, line: int, column: int = 0) -> list[Diagnostic]:
    """The sites on a line, or only those at a column where one is given and a site stands there."""
    here = [one for one in entry.diagnostics if one.line <= line <= one.end_line]
    exact = [one for one in here if column and (one.line, one.column) <= (line, column) < (one.end_line, one.end_column)]
    return exact or here


def sites_reaching(entry: Entry, line: int, daring: Outcome) -> list[Diagnostic]:
    """The sites further up whose rewrite changes a line, as a loop's does in its body. `daring`: the outcome with assumptions granted."""
    if not isinstance(daring, Fixed):
        return []
    rules = rules_by_line(decoded(daring.before), daring.edits).get(line - 1, set())
    above = [one for one in entry.diagnostics if one.line < line and not isinstance(one.verdict, Refused)]
    return [own[-1] for rule in sorted(rules) if (own := [one for one in above if one.rule == rule])]


def introduction(entry: Entry, sites: Sequence[Diagnostic], line: int) -> Iterator[str]:
    """What is to be said before the sites: why there are none, or that they stand elsewhere."""
    place = f"{visible(entry.path)}:{line}"
    match entry.outcome:
        case Failed():
            return
        case TriagedAway():
            yield f"{place}: no rule finds its pattern anywhere in this file"
        case Skipped(reason=reason):
            yield f"{place}: the file is left alone: {visible(reason)}"
        case _ if not sites:
            yield f"{place}: no rule sees anything to rewrite on this line{_nearest(entry, line)}"
        case _ if all(one.line > line or one.end_line < line for one in sites):
            yield f"{place}: changes with what is rewritten above it"


def verdict_lines(path: str, site: Diagnostic, *, selected: bool) -> Iterator[str]:
    """The site and its verdict. `selected`: its rule is on for this file."""
    yield f"{visible(path)}:{site.line}:{site.column}: {site.rule}"
    match site.verdict:
        case Safe():
            said = "safe, rewritten by default"
        case Unsafe(code=code):
            said = f"unsafe [{code}], rewritten with --unsafe-fixes"
        case Refused(code=code):
            said = f"refused [{code}]"
    held = "suppressed by a comment; without it " if site.suppressed else ""
    yield f"  {held}{said}: {visible(reason(site))}"
    yield from reason_lines(site, "    ")
    if not selected:
        yield f"  the rule is not selected for this file; --select {site.rule} selects it"
    yield f"  `pyfix explain {site.rule}` shows the rule's page"


def _nearest(entry: Entry, line: int) -> str:
    near = sorted(entry.diagnostics, key=lambda one: (abs(one.line - line), one.line))[:3]
    if not near:
        return ""
    places = ", ".join(f"line {one.line} ({one.rule})" for one in sorted(near, key=lambda one: one.line))
    return f"; the nearest sites are on {places}"
