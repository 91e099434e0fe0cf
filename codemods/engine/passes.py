"""Find, plan, rewrite, splice, verify; over and over, until nothing is left to rewrite."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from codemods.analysis.module import Module
from codemods.analysis.order import cells
from codemods.analysis.release import release
from codemods.analysis.text.positions import Lines
from codemods.analysis.text.pragmas import Pragmas, pragmas
from codemods.engine import triage, verify
from codemods.engine.decode import Decoded
from codemods.engine.find import Found, crash, explained, find, visitors
from codemods.engine.identity import Identities
from codemods.engine.landing import CRASHED, IN_STRING, UNFORMATTED, UNVERIFIED, Landing, Unwritable, Written
from codemods.engine.limit import Limit
from codemods.engine.plan import choose, place_of, taken_of, wanted
from codemods.engine.registry import NamedRule
from codemods.engine.splice import Spliced, narrowed
from codemods.model.outcome import Chosen, Defect, Diagnostic, Edit, Work
from codemods.model.settings import Settings
from codemods.model.verdict import Reasons, Refused, Safe, Unsafe, Verdict, with_reasons

if TYPE_CHECKING:
    from codemods.engine.rewrite import Layout

BOUND = 100
"""More passes than this are a defect: two rules that undo each other's work, most likely. Python itself takes 99 blocks in each other."""

_LINE = re.compile(r"\bline (\d+)\b")

_Key = tuple[str, int, int, str]


class _Placed(Struct, frozen=True):
    """A diagnostic whose place is still a span of characters of the file as read."""

    rule: str
    start: int
    end: int
    verdict: Verdict
    fixed: bool
    suppressed: bool
    held: bool
    edits: tuple[Edit, ...] = ()


class Passes:
    """The run over one file. After `run`, `spliced` holds the text, and `diagnostics`, `defects` and `work` what there is to say."""

    def __init__(
        self, module: Module, decoded: Decoded, settings: Settings, rules: Mapping[str, NamedRule], chosen: Chosen | None = None
    ) -> None:
        self.module = module
        self.decoded = decoded
        self.settings = settings
        self.rules = rules
        self._chosen = chosen
        self.spliced = Spliced(module.text, module.text)
        self.defects: dict[tuple[str, int, str], Defect] = {}
        self._original = module.lines
        self._limit = Limit(settings.lines, self.spliced)
        self._identities = Identities(module.tree, module.lines)
        self._pragmas = Pragmas()
        self._dropped: dict[_Key, Refused] = {}
        self._outside: set[_Key] = set()
        self._fixed: list[_Placed] = []
        self._left: list[Found] = []
        self._first: dict[tuple[str, int, int, str], Verdict] = {}
        self._passes, self._parses, self._fragments = 0, 1, 0

    @property
    def work(self) -> Work:
        return Work(self._passes, self._parses, self._fragments)

    def run(self) -> None:
        seen = {self.module.text}
        while self._passes < BOUND and self._pass():
            if self.module.text in seen:
                break
            seen.add(self.module.text)
        else:
            if self._passes < BOUND:
                return
        self._look()
        if ready := self._ready():
            names = ", ".join(sorted({one.named.name for one in ready}))
            line = self._original.line(min(self.spliced.to_original(one.start) for one in ready))
            self._report(Defect(names, line, "bound", f"there is still something to rewrite after {self._passes} passes"))

    def diagnostics(self, lines: Lines) -> Iterator[Diagnostic]:
        used: set[str] = set()
        left = (self._placed(found) for found in self._left if self._limit.takes(found.shown))
        for one in (*self._fixed, *left):
            name = self._identities.of(one.rule, one.start, one.end)
            if name in used:
                name = self._identities.another(one.rule, one.start, one.end)
            used.add(name)
            at = place_of(one.rule, (one.start, one.end), lines)
            place = (one.rule, at.line, at.column, at.end_line, at.end_column)
            yield Diagnostic(*place, one.verdict, one.fixed, one.suppressed, one.held, name, self._identities.scope(one.start), one.edits)

    def _look(self) -> None:
        """Finds the sites of the text as it stands."""
        self._left = []
        names = triage.admits(self.decoded.encode(self.module.text), self.settings.rules, self.rules)
        self._pragmas = pragmas(self.module.text, self.module.lines)
        self._left, crashes = find(self.module, visitors(self.rules, names), self._pragmas)
        if self.settings.filename.endswith(cells.SUFFIX):
            from codemods.engine.notebook import checks

            self._left = checks.judged(self._left, self.module)
        self._left = [self._identified(one) for one in self._left]
        self._limit = Limit(self.settings.lines, self.spliced)
        self._left = [one for one in self._left if self._limit.takes(one.shown, (one.start, one.end))]
        self._outside = set()
        if self._passes > 1:
            self._left = [replace(one, site=replace(one.site, verdict=self._relined(one.site.verdict))) for one in self._left]
        if self.settings.explain:
            self._left = [self._explained(one) for one in self._left]
        if self._passes == 1:
            self._first = {(one.named.name, *one.shown, _kind(one.site.verdict)): one.site.verdict for one in self._left}
        for defect in crashes:
            self._report(Defect(defect.rule, self._original_line(defect.line), defect.kind, defect.cause))

    def _identified(self, found: Found) -> Found:
        """The site, held back where the settings say so. All are asked for their ids, so that those of the first pass come first."""
        name = self._identities.of(found.named.name, *self._span(found))
        return replace(found, held=True) if name in self.settings.held else found

    def _explained(self, found: Found) -> Found:
        """The site with its reasons; one whose reasons cannot be given goes without, which is a defect."""
        try:
            return explained(found, self._original_line)
        except Exception as error:  # noqa: BLE001 - an explanation that fails must not cost the site
            defect = crash(found.named, found.site.anchor.lineno, error)
            self._report(Defect(defect.rule, self._original_line(defect.line), defect.kind, defect.cause))
            return found

    def _pass(self) -> Sequence[Written]:
        """One pass. Returns what landed."""
        self._passes += 1
        self._look()
        while ready := self._ready():
            # A site that is dropped makes room for those around it.
            if landed := self._landed(choose(ready)):
                return landed
        return ()

    def _ready(self) -> list[Found]:
        """The sites found that are to be rewritten, those apart that were tried in vain."""
        daring = self.settings.unsafe_fixes
        tried = {*self._dropped, *self._outside}
        ready = [one for one in self._left if wanted(one, unsafe_fixes=daring) and self._key(one) not in tried]
        if self._chosen is None:
            return ready
        before = [place_of(one.rule, (one.start, one.end), self._original) for one in self._fixed]
        places = [place_of(one.named.name, self._span(one), self._original) for one in ready]
        return [one for one, taken in zip(ready, taken_of(places, before, self._chosen), strict=True) if taken]

    def _span(self, found: Found) -> tuple[int, int]:
        """Where the site is said to stand in the file as read."""
        start, end = self.spliced.to_original(found.shown[0]), self.spliced.to_original(found.shown[1], end=True)
        return start, max(start, end)

    def _landed(self, chosen: Sequence[Found]) -> Sequence[Written]:
        # Here and not above: most files have nothing to rewrite, and LibCST is slow to load.
        from codemods.engine.rewrite import layout_of

        layout = layout_of(self.module)
        written: list[Written] = []
        for found in chosen:
            try:
                one = self._written(found, layout)
            except Unwritable as error:
                self._drop(found, error.refused)
                continue
            if self._limit.takes(found.shown) or self._limit.takes_edit(one.edit(self.module.text)):
                written.append(one)
            else:
                self._outside.add(self._key(found))
        landing = Landing(self.module, self.decoded, self.settings, layout.newline)
        landed = landing.land(written)
        self._parses += landing.parses
        for found, clause in landing.dropped.items():
            self._drop(found, UNVERIFIED(line=self._line_of(found), cause=clause))
        if landed is None:
            return ()
        first = self._passes == 1 and self.settings.explain
        for one in landed.kept:
            edits = one.alone(self.module, layout.newline) if first else ()
            self._fixed.append(replace(self._placed(one.found, fixed=True), edits=edits))
        self.spliced = self.spliced.apply([small for edit in landed.edits for small in narrowed(self.module.text, edit)])
        release(self.module)
        self.module = landed.module
        return landed.kept

    def _written(self, found: Found, layout: Layout) -> Written:
        """The site with its new text. Raises `Unwritable`."""
        from codemods.engine.rewrite import rewrite

        old = self.module.text[found.start : found.end]
        if found.in_string:
            raise Unwritable(IN_STRING(line=self._line_of(found)))
        self._fragments += 1
        try:
            new, imports = rewrite(found, self.module, layout)
        except Unwritable:
            raise
        except Exception as error:  # whatever a rule raises costs this site only, and is reported as a defect
            defect = crash(found.named, found.site.anchor.lineno, error)
            self._report(Defect(defect.rule, self._original_line(defect.line), defect.kind, defect.cause))
            raise Unwritable(CRASHED(rule=found.named.name, line=self._line_of(found))) from error
        if new == old:
            raise Unwritable(UNVERIFIED(line=self._line_of(found), cause="it would leave the code as it is"))
        if clause := verify.fragment(old, new, self.settings.target):
            raise Unwritable(UNVERIFIED(line=self._line_of(found), cause=clause))
        written = Written(found, new, imports)
        if self._unformatted(written.edit(self.module.text)):
            raise Unwritable(UNFORMATTED(line=self._line_of(found)))
        return written

    def _unformatted(self, edit: Edit) -> bool:
        """Whether the edit touches a line that is to keep its form."""
        if not self._pragmas.unformatted and not self._pragmas.unformatted_ends:
            return False
        line = self.module.lines.line
        regions = [*self._pragmas.unformatted, *_skipped(self.module.tree, self._pragmas)]
        touched = [(line(small.start), line(small.end)) for small in narrowed(self.module.text, edit)]
        return any(first <= end and start <= last for start, end in touched for first, last in regions)

    def _key(self, found: Found) -> _Key:
        start, end = self.spliced.to_original(found.start), self.spliced.to_original(found.end, end=True)
        return found.named.name, start, end, self.module.text[found.start : found.end]

    def _drop(self, found: Found, refused: Refused) -> None:
        self._dropped[self._key(found)] = refused

    def _report(self, defect: Defect) -> None:
        self.defects.setdefault((defect.rule, defect.line, defect.cause), defect)

    def _original_line(self, line: int) -> int:
        starts = self.module.lines.starts
        return self._original.line(self.spliced.to_original(starts[min(line, len(starts)) - 1])) if line else 0

    def _line_of(self, found: Found) -> int:
        return self._original_line(self.module.lines.line(found.shown[0]))

    def _relined(self, verdict: Verdict) -> Verdict:
        """A verdict with the lines of this pass's text that its words name mapped to the file as read."""

        def mapped(text: str) -> str:
            parts = text.split("`")  # what is between backquotes is the program's
            parts[::2] = [_LINE.sub(lambda found: f"line {self._original_line(int(found[1]))}", part) for part in parts[::2]]
            return "`".join(parts)

        match verdict:
            case Safe(because=text):
                return replace(verdict, because=mapped(text))
            case Unsafe(assumption=text):
                return replace(verdict, assumption=mapped(text))
            case Refused(reason=text):
                return replace(verdict, reason=mapped(text))

    def _placed(self, found: Found, *, fixed: bool = False) -> _Placed:
        verdict = found.site.verdict if fixed else self._dropped.get(self._key(found), found.site.verdict)
        start, end = self._span(found)
        # What the first pass said of the same site is about the code as read, not about what has become of it.
        verdict = self._first.get((found.named.name, start, end, _kind(verdict)), verdict)
        if isinstance(verdict, Refused) and not verdict.reasons.facts:
            verdict = with_reasons(verdict, Reasons(found.site.verdict.reasons.facts))  # what a later step refused was proved before
        return _Placed(found.named.name, start, end, verdict, fixed, found.suppressed, found.held)


def _kind(verdict: Verdict) -> str:
    return f"{type(verdict).__name__} {getattr(verdict, 'code', '')}"


def _skipped(tree: ast.Module, pragmas: Pragmas) -> Iterator[tuple[int, int]]:
    """The lines of the statements (of compound ones, the headers) at whose end a `fmt: skip` stands."""
    for node in ast.walk(tree) if pragmas.unformatted_ends else ():
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno
            yield from ((node.lineno, last) for last in pragmas.unformatted_ends if node.lineno <= last <= end)
