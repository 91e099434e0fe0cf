"""From rewritten fragments to a verified text: the whole batch at once, and where that does not hold, without the sites at fault."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.analysis.order import cells
from codemods.engine import imports, nesting, syntax, verify
from codemods.engine.decode import Decoded
from codemods.engine.find import Found
from codemods.engine.splice import fitted, narrowed, spliced
from codemods.model.outcome import Edit
from codemods.model.settings import Settings
from codemods.model.verdict import Refusal, Refused

UNVERIFIED = Refusal("unverified", "the rewrite of line {line} did not pass its own checks: {cause}")
IN_STRING = Refusal("in-f-string", "it stands inside the f-string at line {line}")
CRASHED = Refusal("crashed", "the rule `{rule}` crashed at line {line}; please report it")
UNFORMATTED = Refusal("fmt-off", "the code says `fmt: off` or `fmt: skip` around line {line}", sort="style")


TOO_DEEP = "comprehensions and blocks around it are nested too deeply for Python's own compiler"


class Unwritable(Exception):
    """The site cannot be rewritten, for a reason that is no fault of the rule's."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def analysed(text: str, tree: ast.Module, settings: Settings) -> Module:
    """The facts about a text, for the settings' target, width and kind of file."""
    if settings.filename.endswith(cells.SUFFIX):
        tree = cells.running(text, tree)
    return Module(text, tree, settings.target, settings.line_length, settings.filename)


class Written(Struct, frozen=True, eq=False):
    """A site with the text that is to stand in its place, and the names to import for it, as (module, name) pairs."""

    found: Found
    text: str
    imports: tuple[tuple[str, str], ...] = ()

    def edit(self, text: str) -> Edit:
        """As an edit of `text`, which it is a site of."""
        start, end = self.found.start, self.found.end
        return Edit(start, end, fitted(text, start, end, self.text), (self.found.named.name,))

    def alone(self, module: Module, newline: str) -> tuple[Edit, ...]:
        """What it changes in the text of `module`, its imports included, as small edits by position."""
        needed = [imports.Needed(name, attribute, self.found.named.name) for name, attribute in self.imports]
        edits = [self.edit(module.text), *(one.edit for one in imports.additions(module, needed, newline))]
        return tuple(small for edit in sorted(edits, key=lambda edit: edit.start) for small in narrowed(module.text, edit))


class Landed(Struct, frozen=True, eq=False):
    """A verified text: the sites that made it, the edits they and their imports are in the text before, and the facts about it."""

    kept: tuple[Written, ...]
    edits: tuple[Edit, ...]
    module: Module


class Landing(Struct, eq=False):
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

    def land(self, batch: Sequence[Written]) -> Landed | None:
        """What of the batch holds together; `None` where nothing does. The rest is `dropped`, or waits for the next pass."""
        if not batch:
            return None
        outcome = self._tried(batch)
        if isinstance(outcome, Landed):
            return outcome
        if len(batch) == 1:
            wrapped = self._in_parentheses(batch[0])
            if wrapped is None:
                self.dropped[batch[0].found] = outcome
            return wrapped
        middle = len(batch) // 2
        first, second = self.land(batch[:middle]), self.land(batch[middle:])
        if first is None or second is None:
            return first or second
        both = self._tried([*first.kept, *second.kept])
        # Should the halves hold alone but not together, the second one waits for the next pass.
        return both if isinstance(both, Landed) else first

    def _in_parentheses(self, written: Written) -> Landed | None:
        """An expression that binds less tightly than what stood in its place, or goes over several lines, holds in parentheses."""
        if written.found.in_string or not isinstance(written.found.site.anchor, ast.expr):
            return None
        outcome = self._tried([replace(written, text=f"({written.text})")])
        return outcome if isinstance(outcome, Landed) else None

    def _tried(self, batch: Sequence[Written]) -> Landed | str:
        """The batch as it lands, or the clause that says why it does not hold."""
        old = self.module
        needed = [imports.Needed(module, name, one.found.named.name) for one in batch for module, name in one.imports]
        if needed and self.settings.filename.endswith(cells.SUFFIX):
            return "it needs an import, and no cell certainly runs before all others"
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
            new = analysed(text, syntax.parse(text), self.settings)
        except UnicodeEncodeError:
            return f"the file's encoding, {self.decoded.encoding}, lacks a character of it"
        except syntax.Unreadable as error:
            return f"the result {error.cause}"
        moved = _moved(edits)
        pairs = zip((one.found for one in batch), by_site, strict=True)
        changes = [verify.Change(found.site.anchor, *moved(edit), found.in_string, found.site.until) for found, edit in pairs]
        inserted = []
        for one in added:
            start, end = moved(one.edit)
            if one.statement is not None:
                first = old.span(one.statement)
                changes.append(verify.Change(one.statement, start - (one.edit.start - first[0]), end + (first[1] - one.edit.end)))
            else:
                inserted.append((start, end))
        return self._fault(new, changes, inserted) or Landed(tuple(batch), tuple(edits), new)

    def _fault(self, new: Module, changes: Sequence[verify.Change], inserted: Sequence[tuple[int, int]]) -> str | None:
        if fault := verify.outside(self.module, new, changes, inserted):
            return fault
        if self.settings.filename.endswith(cells.SUFFIX):
            from codemods.engine.notebook import checks

            return checks.fault(self.module.text, new.text)
        runs = not self.settings.filename.endswith(".pyi")
        count = verify.unions_at_run_time
        if runs and self.settings.target < (3, 10) and count(new.tree) > count(self.module.tree):
            return "`X | None` in an annotation that is evaluated needs Python 3.10"
        line = new.lines.line
        touched = [(line(start), line(end)) for start, end in (*((one.start, one.end) for one in changes), *inserted)]
        outline = syntax.outline(new.tree, touched)
        if nesting.is_too_deep(outline):
            return TOO_DEEP
        if syntax.compiles_tree(outline):
            return None
        if nesting.is_too_deep(new.tree) or nesting.is_too_deep(self.module.tree):
            return TOO_DEEP
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
