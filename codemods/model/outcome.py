"""What became of a file, as a sum type of frozen, picklable records.

Positions are 1-based lines and 1-based columns counted in characters of the file as it was read; lines end at LF, CRLF and CR only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codemods.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One site and what was decided.

    Attributes:
        rule: the rule's name.
        line, column, end_line, end_column: the shown span in the file as read; 1-based, the end column exclusive.
        verdict: safe, unsafe or refused.
        fixed: the rewrite stands in the outcome's new text.
        suppressed: a `# pyfix: ignore` comment holds it back (then `fixed` is false).
    """

    rule: str
    line: int
    column: int
    end_line: int
    end_column: int
    verdict: Verdict
    fixed: bool = False
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced stretch of the file as read: characters [start, end) of the decoded text become `text`. `rules` made it."""

    start: int
    end: int
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defect:
    """A rule crashed, or its result did not hold, on one site. `kind` is `crash` or `bound`; `cause` is one line."""

    rule: str
    line: int
    kind: str
    cause: str


@dataclass(frozen=True, slots=True)
class Work:
    """Counts of work done, for `--statistics` and the guards against regression: passes, whole-file parses, LibCST fragments parsed."""

    passes: int = 0
    parses: int = 0
    fragments: int = 0


@dataclass(frozen=True, slots=True)
class TriagedAway:
    """No selected rule can have a site here. The file was not parsed."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """The file asks to be left alone, in the words of `reason` (skip-file, generated)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The file could not be processed: undecodable, unparsable. `line` is 1-based, or 0 where there is none; `cause` is one line."""

    line: int
    cause: str


@dataclass(frozen=True, slots=True)
class Clean:
    """Nothing to rewrite. `diagnostics` are the unsafe, refused and suppressed sites."""

    diagnostics: tuple[Diagnostic, ...] = ()
    defects: tuple[Defect, ...] = ()
    work: Work = field(default_factory=Work)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Something to rewrite.

    Attributes:
        before, after: the file's bytes as read and as they should be.
        diagnostics: all sites, fixed ones (`fixed=True`) and left ones, by position.
        edits: what changed, in the text as read, disjoint and by position.
    """

    before: bytes
    after: bytes
    diagnostics: tuple[Diagnostic, ...]
    edits: tuple[Edit, ...] = ()
    defects: tuple[Defect, ...] = ()
    work: Work = field(default_factory=Work)


Outcome = TriagedAway | Skipped | Failed | Clean | Fixed
