"""The tables of `docs/real-packages.md`, out of what the runs gave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.packages import Package
from benchmarks.suites import Result

ANOTHER = frozenset(
    {"not-a-dict", "not-a-sequence", "not-a-str", "not-the-class", "another-class", "not-first", "own-keys", "touched", "read-inside"}
)
"""Codes of refusals that say that the site is another case than the rule's: what looks like a dict is known to be none, `super(A, self)`
asks for another class than its own on purpose, the list that a loop adds to is not fresh, or its elements depend on it (`if x not in out`):
no comprehension says that, whatever were proved."""

FIRST_SHARES = {"dict-keys": 94, "string-concat": 76, "mutable-default": 71, "range-len": 46, "dict-items": 32}
"""The shares of known sites that the first version rewrote, in per cent, on boltons, more-itertools, pygments, docutils, rich and mako."""

BEGIN, END = "<!-- by hand: begin -->", "<!-- by hand: end -->"
NOTHING_YET = "Nothing has been judged yet."


@dataclass(slots=True)
class Tally:
    """What became of a rule's sites, by reason code.

    Attributes:
        another: those that are another case than the rule's, see `ANOTHER`.
        untyped: those left where the class of a value that matters is not known.
        worse: those left, of known type, because the result would read worse.
    """

    rewritten: int = 0
    suppressed: int = 0
    another: int = 0
    untyped: int = 0
    worse: int = 0
    unsafe: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        return self.rewritten + self.suppressed + self.unsafe.total() + self.refused.total()

    @property
    def known(self) -> int:
        """The rule's own sites where the types of all values that matter are known."""
        return self.seen - self.suppressed - self.another - self.untyped

    @property
    def unproved(self) -> int:
        """The sites of known type whose rewrite would read well and cannot be proved."""
        return self.known - self.worse - self.rewritten

    def add(self, site: dict[str, Any]) -> None:
        """Counts one site of pyfix's JSON report."""
        match site:
            case {"fixed": True}:
                self.rewritten += 1
                return
            case {"suppressed": True}:
                self.suppressed += 1
                return
            case {"verdict": "unsafe", "code": str(code)}:
                self.unsafe[code] += 1
            case {"code": str(code)}:
                self.refused[code] += 1
            case _:
                code = "left"
                self.refused[code] += 1
        if site["verdict"] == "refused" and code in ANOTHER:
            self.another += 1
        elif not site["typed"]:
            self.untyped += 1
        elif site.get("sort") == "style":
            self.worse += 1

    def merge(self, other: Tally) -> None:
        self.rewritten += other.rewritten
        self.suppressed += other.suppressed
        self.another += other.another
        self.untyped += other.untyped
        self.worse += other.worse
        self.unsafe += other.unsafe
        self.refused += other.refused


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that is known of one package after its run.

    Attributes:
        files, lines: how much Python there is.
        tallies: by rule.
        defects: crashes of rules and files that failed, a line each.
        changed: files that pyfix changed.
        exercised: those of them, in the package itself, that its tests import.
        seconds: how long pyfix took for the whole tree.
        before, package_only, everything: the tests' results on the sources as they are, with the package rewritten, and with the rest of
            the tree (the tests themselves too) rewritten.
        different: tests that did not end as before, a line each.
        canary: the tests fail when the rewritten package cannot be imported.
        settled: a second run finds nothing to rewrite.
    """

    package: Package
    files: int
    lines: int
    tallies: dict[str, Tally]
    defects: tuple[str, ...]
    changed: int
    exercised: tuple[int, int]
    seconds: float
    before: Result
    package_only: Result
    everything: Result
    different: tuple[str, ...]
    canary: bool
    settled: bool


def tallies(document: dict[str, Any]) -> dict[str, Tally]:
    """Counts by rule out of pyfix's JSON report."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for file in document["files"]:
        for site in file.get("sites", ()):
            found[site["rule"]].add(site)
    return dict(sorted(found.items()))


def page(entries: Sequence[Entry], python: str, pyfix: str, by_hand: str) -> str:
    """The whole document."""
    parts = [
        "# Real packages",
        f"Made by `python -m benchmarks.real_packages` with pyfix {pyfix} on CPython {python}; the section between the marks is written by "
        "hand.",
        "Each package's own tests are run three times: on its source distribution as it is, after `pyfix PATH` at the default level on the "
        "package alone, and after it on the whole tree, tests included. Every test must end as it did before. That the tests really run on "
        "the rewritten copy is proved twice: each module of the package that they imported comes from that copy, and they fail once the "
        "copy cannot be imported (the canary).",
        "## Tests\n\n" + table(TESTS, (_tests_row(entry) for entry in entries)),
        *_differences(entries),
        "## Shares\n\n"
        "Every site that a rule sees is counted once. Another case are those that look like the rule's and are known to be none: what is "
        "looped over is no dict or sequence, what is added no str, `super(A, self)` asks for another class on purpose, a loop adds to a "
        "list that is not fresh, or that it reads while it does. Untyped are those "
        "left where the class of a value that matters is not known, whatever the reason to leave them. The rest is known. Worse are those "
        "of them left because the result would read worse, unproved the rest of those left. Two shares follow: of all known sites, and of "
        "those where a rewrite would read well. (Before, a refused site counted as known whether or not its type was; an unsafe one as "
        "unknown where its assumption was about the type, though that was known, say to be a str or None; and another case as unproved, "
        "the two of a loop's list until lately.) "
        "Beside them stands what the first version rewrote of all known sites, counted as it was before, on the first six packages.\n\n"
        + table(SHARES, _share_rows(entries)),
        "## Sites\n\nThe same for each package. Unsafe sites need one assumption that pyfix names; mostly it is the type.\n\n"
        + table(SITES, _site_rows(entries)),
        f"## Reasons\n\n{table(REASONS, _reason_rows(entries))}",
        f"## Diffs judged bad\n\n{BEGIN}\n{by_hand.strip() or NOTHING_YET}\n{END}",
    ]
    return "\n\n".join(parts) + "\n"


def by_hand_of(text: str) -> str:
    """What a person has written between the marks of an earlier version of the document."""
    _, found, rest = text.partition(BEGIN)
    return rest.partition(END)[0] if found else ""


TESTS = ("package", "files", "lines", "changed", "imported by tests", "pyfix", "tests before", "seconds", "after", "canary", "settled")
COUNTS = ("seen", "another case", "untyped", "known", "rewritten", "worse", "unproved")
SHARES = ("rule", *COUNTS, "of known", "of those that read well", "first version")
SITES = ("package", "rule", *COUNTS, "of known", "of well", "unsafe", "refused", "suppressed")
REASONS = ("rule", "verdict", "reason", "sites", "where")


def _tests_row(entry: Entry) -> list[str]:
    same = "the same" if not entry.different else f"**{len(entry.different)} differ**"
    imported, changed = entry.exercised
    return [
        f"{entry.package.name} {entry.package.version}",
        f"{entry.files:,}",
        f"{entry.lines:,}",
        str(entry.changed),
        f"{imported} of {changed}",
        f"{entry.seconds:.1f} s",
        str(entry.before),
        f"{entry.before.seconds:.0f}",
        same,
        "dies" if entry.canary else "**lives**",
        "yes" if entry.settled else "**no**",
    ]


def _differences(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        trouble = [*entry.different, *entry.defects]
        if trouble:
            yield f"### {entry.package.name}: what went wrong\n\n" + "\n".join(f"- {line}" for line in trouble)


def _totals(entries: Sequence[Entry]) -> dict[str, Tally]:
    """By rule, over all packages."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for entry in entries:
        for rule, tally in entry.tallies.items():
            found[rule].merge(tally)
    return dict(sorted(found.items()))


def _share_rows(entries: Sequence[Entry]) -> Iterator[list[str]]:
    together = Tally()
    for rule, tally in _totals(entries).items():
        first = f"{FIRST_SHARES[rule]} %" if rule in FIRST_SHARES else "–"
        yield [rule, *map(str, _counts(tally)), *_shares(tally), first]
        together.merge(tally)
    yield ["**all**", *map(str, _counts(together)), *_shares(together), "–"]


def _site_rows(entries: Sequence[Entry]) -> Iterator[list[str]]:
    for entry in entries:
        for rule, tally in entry.tallies.items():
            yield _site_row(entry.package.name, rule, tally)
    for rule, tally in _totals(entries).items():
        yield _site_row("**all**", f"**{rule}**", tally)


def _site_row(package: str, rule: str, tally: Tally) -> list[str]:
    counts = _counts(tally)
    rest = (tally.unsafe.total(), tally.refused.total(), tally.suppressed)
    return [package, rule, *map(str, counts), *_shares(tally), *map(str, rest)]


def _counts(tally: Tally) -> tuple[int, ...]:
    return tally.seen, tally.another, tally.untyped, tally.known, tally.rewritten, tally.worse, tally.unproved


def _shares(tally: Tally) -> tuple[str, str]:
    return _share(tally.rewritten, tally.known), _share(tally.rewritten, tally.known - tally.worse)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _reason_rows(entries: Sequence[Entry]) -> Iterator[list[str]]:
    found: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for rule, tally in entry.tallies.items():
            for verdict, codes in (("unsafe", tally.unsafe), ("refused", tally.refused)):
                for code, count in codes.items():
                    found[rule, verdict, code][entry.package.name] += count
    for (rule, verdict, code), where in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1], -pair[1].total(), pair[0][2])):
        places = ", ".join(f"{name} {count}" for name, count in where.most_common())
        yield [rule, verdict, f"`{code}`", str(where.total()), places]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
