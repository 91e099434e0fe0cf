"""What a report is made from: a file, its outcome, and whether the new bytes are on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from codemods.model.outcome import Clean, Defect, Diagnostic, Edit, Fixed, Outcome
from codemods.model.verdict import Fact, Reasons, Refused, Safe, Unsafe, Verdict
from codemods.report.visible import visible

Mode = Literal["fix", "diff", "check"]
"""What a run does with what it finds: writes it, shows it, or lists it."""


class Entry(Struct, frozen=True):
    """One file of a run.

    Attributes:
        path: as the user would spell it, decoded as `os.fsdecode` does.
        outcome: what became of it.
        written: the new bytes are on disk.
        cause: why a `Fixed` outcome that should have been written was not; one line, empty otherwise.
    """

    path: str
    outcome: Outcome
    written: bool = False
    cause: str = ""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All sites, by position; none where the file was not looked into."""
        match self.outcome:
            case Fixed(diagnostics=diagnostics) | Clean(diagnostics=diagnostics):
                return diagnostics
            case _:
                return ()

    @property
    def fixed(self) -> tuple[Diagnostic, ...]:
        """The sites that the new text rewrites."""
        return tuple(one for one in self.diagnostics if one.fixed)

    @property
    def left(self) -> tuple[Diagnostic, ...]:
        """The sites that were seen and left."""
        return tuple(one for one in self.diagnostics if not one.fixed)

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What went wrong in our own code."""
        match self.outcome:
            case Fixed(defects=defects) | Clean(defects=defects):
                return defects
            case _:
                return ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What changes, in characters of the decoded text as read."""
        return self.outcome.edits if isinstance(self.outcome, Fixed) else ()


def kind(diagnostic: Diagnostic) -> str:
    """How a site counts: `rewritten`, `suppressed`, `unsafe` or `refused`."""
    if diagnostic.fixed:
        return "rewritten"
    if diagnostic.suppressed or diagnostic.held:
        return "suppressed"
    match diagnostic.verdict:
        case Unsafe():
            return "unsafe"
        case Refused() | Safe():  # a proved site is left only where the engine gives a file up, which is a defect of its own
            return "refused"


def code(diagnostic: Diagnostic) -> str:
    """The stable code of an assumption or a reason; `proved` for a proof."""
    match diagnostic.verdict:
        case Unsafe(code=code) | Refused(code=code):
            return code
        case Safe():
            return "proved"


def reason(diagnostic: Diagnostic) -> str:
    """Why it was decided so, as one clause."""
    match diagnostic.verdict:
        case Safe(because=because):
            return because
        case Unsafe(assumption=assumption):
            return f"assumes that {assumption}"
        case Refused(reason=reason):
            return reason


def sort(diagnostic: Diagnostic) -> str:
    """Of what sort the reason is, as in `verdict.SORTS`; `proved` for a proof."""
    match diagnostic.verdict:
        case Unsafe(sort=sort) | Refused(sort=sort):
            return sort
        case Safe():
            return "proved"


def reasons(diagnostic: Diagnostic) -> Reasons:
    """What the verdict rests on; empty where nobody asked for it."""
    return diagnostic.verdict.reasons


def reason_lines(diagnostic: Diagnostic, indent: str) -> Iterator[str]:
    """The facts that a verdict rests on, and what would prove it, a line each."""
    found = reasons(diagnostic)
    for fact in found.facts:
        yield f"{indent}- {visible(str(fact))}"
    if found.remedies:
        said = "a step towards a proof would be to" if sort(diagnostic) == "change" else "provable, if you"
        yield f"{indent}+ {said} {visible(' and '.join(map(str, found.remedies)))}"


def message(diagnostic: Diagnostic) -> str:
    """The reason, and that the site is suppressed where it is."""
    if diagnostic.suppressed:
        return f"suppressed by a comment; {reason(diagnostic)}"
    return f"held back; {reason(diagnostic)}" if diagnostic.held else reason(diagnostic)


def in_cell(cell: int) -> str:
    """What stands before a line, where that is of a notebook's cell."""
    return f"cell {cell}:" if cell else ""


def in_file(entry: Entry) -> Entry:
    """A notebook's entry for what knows lines of files only: the sites where they stand in the JSON, their cells named in words."""
    outcome = entry.outcome
    if not isinstance(outcome, Fixed | Clean):
        return entry
    if not any(one.cell for one in outcome.diagnostics) and not any(one.cell for one in outcome.defects):
        return entry
    sites = tuple(_in_file(one) if one.file_span else one for one in outcome.diagnostics)
    defects = tuple(replace(one, line=0, cell=0, cause=f"{one.cause} (cell {one.cell}, line {one.line})") for one in outcome.defects)
    return replace(entry, outcome=replace(outcome, diagnostics=sites, defects=defects))


def _in_file(one: Diagnostic) -> Diagnostic:
    line, column, end_line, end_column = one.file_span
    where = f" (cell {one.cell}, line {one.line})"
    facts = tuple(Fact(str(fact)) for fact in one.verdict.reasons.facts)
    reasons = Reasons(facts, one.verdict.reasons.remedies, one.verdict.reasons.typed)
    verdict: Verdict
    match one.verdict:
        case Safe(because=text):
            verdict = Safe(f"{text}{where}", reasons)
        case Unsafe(assumption=text):
            verdict = replace(one.verdict, assumption=f"{text}{where}", reasons=reasons)
        case Refused(reason=text):
            verdict = replace(one.verdict, reason=f"{text}{where}", reasons=reasons)
    return replace(one, line=line, column=column, end_line=end_line, end_column=end_column, cell=0, verdict=verdict)


def by_cell(entry: Entry) -> Iterator[Entry]:
    """A notebook's changes, each cell as if it were a file; any other file as it is."""
    match entry.outcome:
        case Fixed(cells=(_, *_) as cells):
            for one in cells:
                sites = tuple(site for site in entry.diagnostics if site.cell == one.cell)
                before, after = (text.encode("utf-8", "surrogatepass") for text in (one.before, one.after))
                yield Entry(f"{entry.path}:cell {one.cell}", Fixed(before, after, sites, one.edits))
        case _:
            yield entry


def counts(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each name and how often it comes, the most frequent first, then by name."""
    numbers: dict[str, int] = {}
    for name in names:
        numbers[name] = numbers.get(name, 0) + 1
    yield from sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
