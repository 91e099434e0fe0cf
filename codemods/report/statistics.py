"""The counts of a run: sites by rule and by what became of them, files by how far they came, and the work done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from codemods.model.outcome import Clean, Failed, Fixed, Skipped, TriagedAway, Work
from codemods.model.verdict import SORTS
from codemods.report.entry import Entry, code, counts, kind, sort

if TYPE_CHECKING:
    from codemods.report.verification import Verification

KINDS = ("rewritten", "unsafe", "refused", "suppressed")
_WORDS = {"unsafe": "unsafe, by assumption", "refused": "refused, by reason"}


class Tally(Struct):
    """Counts over the files added so far.

    Attributes:
        seen, triaged, skipped, parsed, failed: files. `failed` are those that make the exit status 2.
        changed: files with something rewritten, or in a run that writes nothing, to rewrite.
        sites: sites by `entry.kind`; by_rule: the same by rule; codes: by (rule, kind, code); sorts: of what sort those are.
        work: the sums of what the engine counts.
        verification: what came of verifying the rewrites; None where nothing was verified.
    """

    seen: int = 0
    triaged: int = 0
    skipped: int = 0
    parsed: int = 0
    failed: int = 0
    changed: int = 0
    sites: Counter[str] = field(default_factory=Counter)
    by_rule: dict[str, Counter[str]] = field(default_factory=dict)
    codes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    sorts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    work: Work = field(default_factory=Work)
    verification: Verification | None = None

    def add(self, entry: Entry) -> None:
        """Count a file. One that should have been written and was not counts as failed, and its sites not at all."""
        self.seen += 1
        match entry.outcome:
            case TriagedAway():
                self.triaged += 1
            case Skipped():
                self.skipped += 1
            case Failed():
                self.failed += 1
            case Clean(work=work) | Fixed(work=work):
                self._add_judged(entry, work)

    def _add_judged(self, entry: Entry, work: Work) -> None:
        self.parsed += 1
        self.work = Work(self.work.passes + work.passes, self.work.parses + work.parses, self.work.fragments + work.fragments)
        if entry.cause or entry.defects:
            self.failed += 1
        if entry.cause:
            return
        self.changed += bool(entry.fixed)
        for one in entry.diagnostics:
            which = kind(one)
            self.sites[which] += 1
            self.by_rule.setdefault(one.rule, Counter())[which] += 1
            if which in ("unsafe", "refused"):
                self.codes[one.rule, which, code(one)] += 1
                self.sorts[one.rule, which, code(one)] = sort(one)

    def reasons(self, rule: str, which: str) -> dict[str, int]:
        """For one rule the codes of its `unsafe` or `refused` sites and how often each came, the most frequent first."""
        found = (one for (name, kind, one), count in self.codes.items() if (name, kind) == (rule, which) for _ in range(count))
        return dict(counts(found))

    def by_frequency(self, which: str) -> list[tuple[str, str, int, str]]:
        """All `unsafe` or `refused` codes as (rule, code, count, sort), the most frequent first."""
        found = [(rule, name, count, self.sorts[rule, kind, name]) for (rule, kind, name), count in self.codes.items() if kind == which]
        return sorted(found, key=lambda one: (-one[2], one[0], one[1]))


def lines(tally: Tally) -> Iterator[str]:
    """The table for people: a line a rule, then its reasons, then files and work."""
    width = max([len("rule"), *map(len, tally.by_rule)])
    yield "  ".join(["rule".ljust(width), *(which.rjust(10) for which in KINDS)])
    for rule in sorted(tally.by_rule):
        yield "  ".join([rule.ljust(width), *(str(tally.by_rule[rule][which]).rjust(10) for which in KINDS)])
    if len(tally.by_rule) > 1:
        yield "  ".join(["all".ljust(width), *(str(tally.sites[which]).rjust(10) for which in KINDS)])
    for which, words in _WORDS.items():
        if tally.sites[which]:
            yield ""
            yield words
            for rule, name, count, sort in tally.by_frequency(which):
                yield f"  {rule.ljust(width)}  {str(count).rjust(8)}  {f'{name} ({SORTS[sort]})' if sort in SORTS else name}"
    yield ""
    files = [("seen", tally.seen), ("triaged away", tally.triaged), ("parsed", tally.parsed), ("skipped", tally.skipped)]
    yield "files: " + ", ".join(f"{count} {words}" for words, count in [*files, ("failed", tally.failed)])
    yield f"work: {tally.work.parses} whole files parsed, {tally.work.fragments} fragments parsed, {tally.work.passes} passes"


def as_data(tally: Tally) -> dict[str, Any]:
    """The same for programs, as `docs/output.schema.json` describes it."""
    rules = {
        rule: {which: tally.by_rule[rule][which] for which in KINDS}
        | {"unsafe_by_code": tally.reasons(rule, "unsafe"), "refused_by_code": tally.reasons(rule, "refused")}
        for rule in sorted(tally.by_rule)
    }
    return {
        "rules": rules,
        "reasons": [
            {"rule": rule, "verdict": which, "code": name, "count": count, "sort": sort}
            for which in _WORDS
            for rule, name, count, sort in tally.by_frequency(which)
        ],
        "files": {
            "seen": tally.seen,
            "triaged_away": tally.triaged,
            "parsed": tally.parsed,
            "skipped": tally.skipped,
            "failed": tally.failed,
        },
        "work": {"parses": tally.work.parses, "fragments": tally.work.fragments, "passes": tally.work.passes},
    }
