"""Outcomes made by hand, so that reports are tested without rules or an engine."""

from __future__ import annotations

from codemods.model.outcome import Diagnostic, Edit, Fixed, Work
from codemods.model.verdict import Fact, Reasons, Refused, Remedy, Safe, Unsafe, Verdict, with_reasons
from codemods.report.entry import Entry

SAFE = Safe("`rows` is a list")
UNSAFE = Unsafe("type", "`rows` is a list", sort="type")
REFUSED = Refused("index-rebound", "`i` is bound again at line 14")
REASONS = Reasons((Fact("`rows` may be anything", 3), Fact("nothing changes it")), (Remedy("annotate", "rows", 3, "list"),))
EXPLAINED = with_reasons(UNSAFE, REASONS)


def site(
    line: int, rule: str = "range-len", verdict: Verdict = SAFE, *, column: int = 1, fixed: bool = False, suppressed: bool = False
) -> Diagnostic:
    """A site ten characters wide."""
    return Diagnostic(rule, line, column, line, column + 10, verdict, fixed, suppressed)


def rewritten(text: str, *replaced: tuple[str, str] | tuple[str, str, str], encoding: str = "utf-8", bom: bytes = b"") -> Fixed:
    """The outcome of replacing pieces of `text`, in order: (old, new) by `range-len`, or (old, new, rule). Each is a fixed site."""
    edits: list[Edit] = []
    sites: list[Diagnostic] = []
    at = 0
    for old, new, *named in replaced:
        start = text.index(old, at)
        at = start + len(old)
        rule = named[0] if named else "range-len"
        edits.append(Edit(start, at, new, (rule,)))
        line = text.count("\n", 0, start) + 1
        column = start - (text.rfind("\n", 0, start) + 1) + 1
        sites.append(Diagnostic(rule, line, column, line, column + len(old), SAFE, fixed=True))
    after, position = "", 0
    for edit in edits:
        after += text[position : edit.start] + edit.text
        position = edit.end
    after += text[position:]
    return Fixed(bom + text.encode(encoding), bom + after.encode(encoding), tuple(sites), tuple(edits), (), Work(2, 3, len(edits)))


def entry(outcome: Fixed, path: str = "src/a.py") -> Entry:
    """The outcome as a written file."""
    return Entry(path, outcome, written=True)
