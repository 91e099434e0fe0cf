"""From rewritten fragments to a verified text: the whole batch at once, and where that does not hold, without the sites at fault."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from codemods.analysis.module import Module
from codemods.engine import imports, syntax, verify
from codemods.engine.decode import Decoded
from codemods.engine.find import Found
from codemods.engine.splice import fitted, spliced
from codemods.model.outcome import Edit
from codemods.model.settings import Settings
from codemods.model.verdict import Refused


class Unwritable(Exception):
    """The site cannot be rewritten, for a reason that is no fault of the rule's."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def unverified(clause: str) -> Refused:
    """The refusal of a site whose rewrite did not pass the check that `clause` names."""
    return Refused("unverified", f"the rewrite did not pass its own checks: {clause}")


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A site with the text that is to stand in its place, and the names to import for it, as (module, name) pairs."""

    found: Found
    text: str
    imports: tuple[tuple[str, str], ...] = ()

    def edit(self, text: str) -> Edit:
        """As an edit of `text`, which it is a site of."""
        start, end = self.found.start, self.found.end
        return Edit(start, end, fitted(text, start, end, self.text), (self.found.named.name,))


@dataclass(eq=False)
class Landing:
    """Tries batches of rewritten sites on one text.

    Attributes:
        dropped: the sites that do not hold, with the clause that says why.
        parses: how many whole files were parsed.
    """

    module: Module
    decoded: Decoded
    settings: Settings
    newline: str
    dropped: dict[Found, str] = field(default_factory=dict)
    parses: int = 0

    def land(self, batch: Sequence[Written]) -> tuple[list[Written], list[Edit], Module | None]:
        """Those of the batch that hold together, the edits they make, and the text they lead to; `None` where none holds."""
        kept = self._holding(batch)
        if not kept:
            return [], [], None
        outcome = self._tried(kept)
        if isinstance(outcome, str):
            raise AssertionError(f"what held before does not hold now: {outcome}")
        return kept, outcome[0], outcome[1]

    def _holding(self, batch: Sequence[Written]) -> list[Written]:
        if not batch:
            return []
        outcome = self._tried(batch)
        if not isinstance(outcome, str):
            return list(batch)
        if len(batch) == 1:
            if (wrapped := self._in_parentheses(batch[0])) is not None:
                return [wrapped]
            self.dropped[batch[0].found] = outcome
            return []
        middle = len(batch) // 2
        first, second = self._holding(batch[:middle]), self._holding(batch[middle:])
        if not first or not second:
            return first or second
        # Should the halves hold alone but not together, the second one waits for the next pass.
        return first if isinstance(self._tried([*first, *second]), str) else [*first, *second]

    def _in_parentheses(self, written: Written) -> Written | None:
        """An expression that binds less tightly than what stood in its place, or goes over several lines, holds in parentheses."""
        if written.found.in_string or not isinstance(written.found.site.anchor, ast.expr):
            return None
        wrapped = replace(written, text=f"({written.text})")
        return None if isinstance(self._tried([wrapped]), str) else wrapped

    def _tried(self, batch: Sequence[Written]) -> tuple[list[Edit], Module] | str:
        """The edits and the new text with its tree, or the clause that says why the batch does not hold."""
        old = self.module
        needed = [imports.Needed(module, name, one.found.named.name) for one in batch for module, name in one.imports]
        try:
            added = imports.additions(old, needed, self.newline)
        except imports.Clash as clash:
            return str(clash)
        by_site = [one.edit(old.text) for one in batch]
        edits = sorted([*by_site, *(one.edit for one in added)], key=lambda edit: (edit.start, edit.end))
        text = spliced(old.text, edits)
        try:
            self.decoded.encode(text)
            self.parses += 1
            new = Module(text, syntax.parse(text), self.settings.target, self.settings.line_length)
        except UnicodeEncodeError:
            return f"the file's encoding, {self.decoded.encoding}, lacks a character of it"
        except syntax.Unreadable as error:
            return f"the result {error.cause}"
        moved = _moved(edits)
        pairs = zip((one.found for one in batch), by_site, strict=True)
        changes = [verify.Change(found.site.anchor, *moved(edit), found.in_string) for found, edit in pairs]
        inserted = []
        for one in added:
            start, end = moved(one.edit)
            if one.statement is not None:
                first = old.span(one.statement)
                changes.append(verify.Change(one.statement, start - (one.edit.start - first[0]), end + (first[1] - one.edit.end)))
            else:
                inserted.append((start, end))
        return self._fault(new, changes, inserted) or (edits, new)

    def _fault(self, new: Module, changes: Sequence[verify.Change], inserted: Sequence[tuple[int, int]]) -> str | None:
        if fault := verify.outside(self.module, new, changes, inserted):
            return fault
        if self.settings.target < (3, 10) and verify.unions_at_run_time(new.tree) > verify.unions_at_run_time(self.module.tree):
            return "`X | None` in an annotation that is evaluated needs Python 3.10"
        # What the compiler refused before, it may refuse still: then it is no judge here.
        if (fault := syntax.compiles(new.text)) and syntax.compiles(self.module.text) is None:
            return f"the result does not compile: {fault}"
        return None


def _moved(edits: Sequence[Edit]) -> Callable[[Edit], tuple[int, int]]:
    """Where in the new text an edit's text stands."""
    places: dict[int, tuple[int, int]] = {}
    shift = 0
    for edit in edits:
        places[id(edit)] = (edit.start + shift, edit.start + shift + len(edit.text))
        shift += len(edit.text) - (edit.end - edit.start)
    return lambda edit: places[id(edit)]
