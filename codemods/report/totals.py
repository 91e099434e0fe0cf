"""What a run adds up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from codemods.model.outcome import Clean, Diagnostic, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.verdict import Refused, Safe, Unsafe


@dataclass(slots=True)
class Totals:
    """Counts over the files of a run, filled by `add`.

    Attributes:
        rewritten, unsafe, refused: sites by rule; `refused` by (rule, reason code).
        suppressed: sites held back by a comment, by rule.
        files, triaged, parsed, skipped, changed, failed: files seen; of them ruled out by triage; parsed; asking to be left alone; with
            something rewritten; that could not be processed.
        fragments: LibCST fragments parsed. `parses`: whole files parsed, again for every pass that changed them.
        defects: crashes of rules.
    """

    rewritten: Counter[str] = field(default_factory=Counter)
    unsafe: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    suppressed: Counter[str] = field(default_factory=Counter)
    files: int = 0
    triaged: int = 0
    parsed: int = 0
    skipped: int = 0
    changed: int = 0
    failed: int = 0
    fragments: int = 0
    parses: int = 0
    defects: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one file."""
        self.files += 1
        match outcome:
            case TriagedAway():
                self.triaged += 1
            case Skipped():
                self.skipped += 1
            case Failed():
                self.failed += 1
            case Clean() | Fixed():
                self.parsed += 1
                self.changed += isinstance(outcome, Fixed)
                self.fragments += outcome.work.fragments
                self.parses += outcome.work.parses
                self.defects += len(outcome.defects)
                for diagnostic in outcome.diagnostics:
                    self._site(diagnostic)

    def _site(self, diagnostic: Diagnostic) -> None:
        if diagnostic.fixed:
            self.rewritten[diagnostic.rule] += 1
        elif diagnostic.suppressed:
            self.suppressed[diagnostic.rule] += 1
        else:
            match diagnostic.verdict:
                case Unsafe(code=code):
                    self.unsafe[diagnostic.rule, code] += 1
                case Refused(code=code):
                    self.refused[diagnostic.rule, code] += 1
                case Safe():  # verified away for a reason that the verdict would name; nothing leaves one behind
                    self.refused[diagnostic.rule, "left"] += 1

    @property
    def sites(self) -> int:
        """Sites rewritten."""
        return self.rewritten.total()
