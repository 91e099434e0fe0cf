"""What became of a file, as a sum type of frozen, picklable records.

Positions are 1-based lines and 1-based columns counted in characters of the file as it was read; lines end at LF, CRLF and CR only.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from codemods.model.verdict import Verdict


class Place(Struct, frozen=True):
    """Which site of a file: its rule, and the shown span in the file as read, as in `Diagnostic`."""

    rule: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int = 0


Chosen = Callable[[Place, int], bool]
"""Whether a site may be rewritten, given how many others, said to stand at the very same place, are rewritten before it: what stands in new
text is said to stand where that text does.
"""


class Edit(Struct, frozen=True):
    """One replaced stretch of the file as read: characters [start, end) of the decoded text become `text`. `rules` made it."""

    start: int
    end: int
    text: str
    rules: tuple[str, ...]


class Diagnostic(Struct, frozen=True):
    """One site and what was decided.

    Attributes:
        rule: the rule's name.
        line, column, end_line, end_column: the shown span in the file as read; 1-based, the end column exclusive.
        verdict: safe, unsafe or refused.
        fixed: the rewrite stands in the outcome's new text.
        suppressed: a `# pyfix: ignore` comment holds it back (then `fixed` is false).
        held: the settings hold it back by its id (then `fixed` is false).
        id: unique in the file, and the same while the site's own code is; `engine.identity` says what it rests on.
        edits: what its rewrite alone makes of the file as read, where `Settings.explain` asks for that; empty where it is not fixed, or
            cannot be without another one.
        scope: the function or class around it, as `__qualname__` has it; empty at a module's top level.
        cell: in a notebook the cell that the lines are of, from 1 among all its cells; else 0.
        file_span: in a notebook the span in the file itself, whose text is JSON: line, column, end line, end column; else empty.
    """

    rule: str
    line: int
    column: int
    end_line: int
    end_column: int
    verdict: Verdict
    fixed: bool = False
    suppressed: bool = False
    held: bool = False
    id: str = ""
    scope: str = ""
    edits: tuple[Edit, ...] = ()
    cell: int = 0
    file_span: tuple[int, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.rule, self.line, self.column, self.end_line, self.end_column, self.cell)


class Defect(Struct, frozen=True):
    """A rule crashed, or its result did not hold, on one site. `kind` is `crash` or `bound`; `cause` is one line."""

    rule: str
    line: int
    kind: str
    cause: str
    cell: int = 0


class CellChange(Struct, frozen=True):
    """What changes in one cell of a notebook: its number from 1 among all cells, its text before and after, and the edits of that text."""

    cell: int
    before: str
    after: str
    edits: tuple[Edit, ...]


class Work(Struct, frozen=True):
    """Counts of work done, for `--statistics` and the guards against regression: passes, whole-file parses, LibCST fragments parsed."""

    passes: int = 0
    parses: int = 0
    fragments: int = 0


class TriagedAway(Struct, frozen=True):
    """No selected rule can have a site here. The file was not parsed."""


class Skipped(Struct, frozen=True):
    """The file asks to be left alone, in the words of `reason` (skip-file, generated)."""

    reason: str


class Failed(Struct, frozen=True):
    """The file could not be processed: undecodable, unparsable. `line` is 1-based, or 0 where there is none; `cause` is one line."""

    line: int
    cause: str


class Clean(Struct, frozen=True):
    """Nothing to rewrite. `diagnostics` are the unsafe, refused and suppressed sites."""

    diagnostics: tuple[Diagnostic, ...] = ()
    defects: tuple[Defect, ...] = ()
    work: Work = field(default_factory=Work)


class Fixed(Struct, frozen=True):
    """Something to rewrite.

    Attributes:
        before, after: the file's bytes as read and as they should be.
        diagnostics: all sites, fixed ones (`fixed=True`) and left ones, by position.
        edits: what changed, in the text as read, disjoint and by position.
        cells: of a notebook, whose text is JSON, the same by cell.
    """

    before: bytes
    after: bytes
    diagnostics: tuple[Diagnostic, ...]
    edits: tuple[Edit, ...] = ()
    defects: tuple[Defect, ...] = ()
    work: Work = field(default_factory=Work)
    cells: tuple[CellChange, ...] = ()


def fingerprint(path: str, diagnostic: Diagnostic) -> str:
    """A site's name among the sites of many files: 16 digits. `path` is relative to what stays where it is, with `/` between its parts."""
    import hashlib

    return hashlib.sha256(f"{path}\0{diagnostic.id}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


Outcome = TriagedAway | Skipped | Failed | Clean | Fixed
