"""Plain lines for people: one a site, one a file, a summary, the statistics."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.model.outcome import Clean, Defect, Diagnostic, Failed, Fixed, Outcome
from codemods.model.verdict import Refused, Safe, Unsafe
from codemods.report.shown import clause, shown
from codemods.report.totals import Totals


def plural(count: int, noun: str) -> str:
    """`1 site`, `2 sites`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def verdict_clause(diagnostic: Diagnostic) -> str:
    """What was decided on a site and why, without its place."""
    match diagnostic.verdict:
        case Safe(because=because):
            return clause(because)
        case Unsafe(assumption=assumption):
            return f"assumes that {clause(assumption)}"
        case Refused(reason=reason):
            return clause(reason)


def site_line(path: str, diagnostic: Diagnostic, doing: str = "") -> str:
    """`path:line:column: rule: …` for one site; `doing` is `rewrites` or `would rewrite`."""
    place = f"{shown(path)}:{diagnostic.line}:{diagnostic.column}: {diagnostic.rule}"
    if diagnostic.fixed:
        return f"{place}: {doing}: {verdict_clause(diagnostic)}"
    if diagnostic.suppressed:
        return f"{place}: suppressed by a comment"
    match diagnostic.verdict:
        case Unsafe(code=code):
            return f"{place}: unsafe [{code}]: {verdict_clause(diagnostic)}"
        case Refused(code=code):
            return f"{place}: refused [{code}]: {verdict_clause(diagnostic)}"
        case Safe():
            return f"{place}: left: {verdict_clause(diagnostic)}"


def left(outcome: Outcome) -> Iterator[Diagnostic]:
    """The sites of a file that were seen and not rewritten."""
    if isinstance(outcome, Clean | Fixed):
        yield from (one for one in outcome.diagnostics if not one.fixed)


def failure_line(path: str, outcome: Failed) -> str:
    """The one line for a file that could not be processed."""
    place = f"{shown(path)}:{outcome.line}" if outcome.line else shown(path)
    return f"{place}: {clause(outcome.cause)}"


def defect_line(path: str, defect: Defect) -> str:
    """The one line for a crash of a rule."""
    return f"{shown(path)}:{defect.line}: {defect.rule}: defect ({defect.kind}): {clause(defect.cause)}; please report it"


def file_line(path: str, outcome: Fixed) -> str:
    """`path: 2 range-len, 1 dict-keys`."""
    counts: dict[str, int] = {}
    for diagnostic in outcome.diagnostics:
        if diagnostic.fixed:
            counts[diagnostic.rule] = counts.get(diagnostic.rule, 0) + 1
    return f"{shown(path)}: {', '.join(f'{count} {rule}' for rule, count in sorted(counts.items()))}"


def summary(totals: Totals, *, would: bool, unsafe_on: bool, refused_shown: bool) -> str:
    """The last line: what was (or would be) rewritten, and what more there is."""
    verb = "would rewrite" if would else "rewrote"
    if totals.sites:
        parts = [f"{verb} {plural(totals.sites, 'site')} in {plural(totals.changed, 'file')}"]
    else:
        parts = [f"nothing to rewrite in {plural(totals.files, 'file')}"]
    if totals.unsafe and not unsafe_on:
        parts.append(f"{totals.unsafe.total()} more with --unsafe-fixes")
    if totals.refused:
        parts.append(f"{totals.refused.total()} refused{'' if refused_shown else ' (--show-refused says why)'}")
    if totals.suppressed:
        parts.append(f"{totals.suppressed.total()} suppressed")
    if totals.failed:
        parts.append(f"{plural(totals.failed, 'file')} could not be processed")
    if totals.defects:
        parts.append(plural(totals.defects, "defect"))
    return "; ".join(parts)


def statistics(totals: Totals) -> Iterator[str]:
    """The lines of `--statistics`: a table by rule, then the reasons by frequency, then the work done."""
    rules = sorted({*totals.rewritten, *(rule for rule, _ in totals.unsafe), *(rule for rule, _ in totals.refused), *totals.suppressed})
    width = max((len(rule) for rule in rules), default=4)
    yield f"{'rule':{width}}  rewritten  unsafe  refused  suppressed"
    for rule in rules:
        unsafe = sum(count for (name, _), count in totals.unsafe.items() if name == rule)
        refused = sum(count for (name, _), count in totals.refused.items() if name == rule)
        yield f"{rule:{width}}  {totals.rewritten[rule]:9}  {unsafe:6}  {refused:7}  {totals.suppressed[rule]:10}"
    for title, table in (("unsafe, by assumption", totals.unsafe), ("refused, by reason", totals.refused)):
        if table:
            yield f"{title}:"
            for (rule, code), count in sorted(table.items(), key=lambda item: (-item[1], item[0])):
                yield f"  {count:6}  {rule} {code}"
    yield (
        f"files: {totals.files} seen, {totals.triaged} triaged away, {totals.parsed} parsed, {totals.skipped} skipped, "
        f"{totals.changed} changed, {totals.failed} failed; {totals.parses} parses, {totals.fragments} fragments parsed"
    )
