"""One file whose sites are decided one by one, by hand: what is still to be decided, what each site alone would change, and what comes out.

Every answer is worked out from the file as read, with the declined sites held back. So what is written is what a run would have written
that knew those sites alone; only what the reviewer wrote instead of a rewrite is not proved, and is checked to be Python.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from codemods.engine import pipeline, syntax
from codemods.engine.decode import decode
from codemods.engine.splice import spliced
from codemods.model.outcome import Clean, Diagnostic, Edit, Failed, Fixed, Outcome
from codemods.model.settings import Settings


class NotTakenError(ValueError):
    """What was written by hand cannot stand there. `str()` is one line."""


class Review:
    """The decisions about one file. `first`: its outcome with nothing held back and `explain` asked for."""

    def __init__(self, first: Fixed, settings: Settings) -> None:
        self.data = first.before
        self._settings = settings
        self._decoded = decode(first.before)
        self._outcome: Outcome = first
        self._accepted: list[str] = []
        self._declined: list[str] = []
        self._written: dict[str, Edit] = {}
        self._order: list[str] = []

    def undecided(self) -> list[Diagnostic]:
        """The sites to decide about, by position. Those that only a decision shows come when all others are decided."""
        own = [one for one in self._left() if one.edits]
        if own:
            return own
        if self._order:
            self._outcome = self._judged([*self._settings.held, *self._declined])
        return self._left()

    def accept(self, site: Diagnostic) -> None:
        """The site is rewritten."""
        self._accepted.append(site.id)
        self._order.append(site.id)

    def decline(self, site: Diagnostic) -> None:
        """The site is left as it is."""
        self._declined.append(site.id)
        self._order.append(site.id)

    def back(self) -> str:
        """Take the last decision back. Returns the id of its site, or nothing where none was decided."""
        if not self._order:
            return ""
        last = self._order.pop()
        self._accepted = [one for one in self._accepted if one != last]
        self._declined = [one for one in self._declined if one != last]
        self._written.pop(last, None)
        self._outcome = self._judged([*self._settings.held, *self._declined])
        return last

    def shown(self, site: Diagnostic) -> Fixed:
        """The file with this site rewritten and no other; with what is accepted already, where it cannot be without."""
        text = self._decoded.text
        if site.edits:
            after = self._decoded.encode(spliced(text, site.edits))
            return Fixed(self.data, after, (site,), site.edits)
        others = [one.id for one in self._left() if one.id != site.id]
        held = [*self._settings.held, *self._declined, *others]
        without, with_it = self._judged([*held, site.id]), self._judged(held)
        return Fixed(_bytes(without, self.data), _bytes(with_it, self.data), (site,))

    def template(self, site: Diagnostic) -> tuple[Edit, str]:
        """The whole lines that a site's rewrite changes, as the edit that the rewrite is, and what stands there now.

        Raises NotTakenError for a site that is not there without another's rewrite.
        """
        if not site.edits:
            raise NotTakenError("this rewrite builds on another one, and cannot be edited")
        text = self._decoded.text
        start, end = _whole_lines(text, site.edits[0].start, site.edits[-1].end)
        moved = [replace(one, start=one.start - start, end=one.end - start) for one in site.edits]
        return Edit(start, end, spliced(text[start:end], moved), (site.rule,)), text[start:end]

    def write(self, site: Diagnostic, edit: Edit) -> None:
        """Put what the reviewer wrote in the place of `template`'s lines. Raises NotTakenError."""
        if any(one.start < edit.end and edit.start < one.end for one in self._made()):
            raise NotTakenError("another rewrite that was accepted changes the same lines")
        try:
            syntax.parse(spliced(self._decoded.text, [edit]))
            self._decoded.encode(edit.text)
        except syntax.Unreadable as error:
            raise NotTakenError(f"the file {error.cause}") from None
        except UnicodeEncodeError:
            raise NotTakenError(f"the file's encoding, {self._decoded.encoding}, lacks a character of it") from None
        self.decline(site)
        self._written[site.id] = edit

    def outcome(self) -> Outcome:
        """What is to be written, from all decisions; what is not decided counts as declined."""
        held = [*self._settings.held, *self._declined, *(one.id for one in self._left())]
        outcome = self._judged(held)
        while isinstance(outcome, Fixed):
            unasked = [one.id for one in outcome.diagnostics if one.fixed and one.id not in self._accepted]
            if not unasked:
                break
            held += unasked
            outcome = self._judged(held)
        return self._with_written(outcome)

    def declined(self) -> frozenset[str]:
        """The ids of the sites that were declined, and not written by hand."""
        return frozenset(self._declined) - frozenset(self._written)

    def _left(self) -> list[Diagnostic]:
        decided = {*self._accepted, *self._declined}
        if not isinstance(self._outcome, Fixed):
            return []
        sites = [one for one in self._outcome.diagnostics if one.fixed and one.id not in decided]
        return [one for one in sites if not any(_touch(one, edit) for edit in self._written.values())]

    def _judged(self, held: Iterable[str]) -> Outcome:
        return pipeline.process(self.data, replace(self._settings, held=tuple(sorted(set(held)))), named=True)

    def _made(self) -> list[Edit]:
        """The edits of what is accepted or written so far."""
        held = [*self._settings.held, *self._declined, *(one.id for one in self._left())]
        outcome = self._judged(held)
        return [*(outcome.edits if isinstance(outcome, Fixed) else ()), *self._written.values()]

    def _with_written(self, outcome: Outcome) -> Outcome:
        if not self._written:
            return outcome
        edits: list[Edit] = list(outcome.edits) if isinstance(outcome, Fixed) else []
        edits = sorted([*edits, *self._written.values()], key=lambda edit: (edit.start, edit.end))
        diagnostics = outcome.diagnostics if isinstance(outcome, Fixed | Clean) else ()
        marked = tuple(replace(one, fixed=one.fixed or one.id in self._written) for one in diagnostics)
        text = spliced(self._decoded.text, edits)
        try:
            syntax.parse(text)
        except syntax.Unreadable as error:
            return Failed(error.line, f"what was written by hand does not go with the other rewrites: the file {error.cause}")
        return Fixed(self.data, self._decoded.encode(text), marked, tuple(edits))


def _bytes(outcome: Outcome, data: bytes) -> bytes:
    return outcome.after if isinstance(outcome, Fixed) else data


def _touch(site: Diagnostic, edit: Edit) -> bool:
    """Whether a site's own rewrite meets what was written by hand."""
    return any(one.start < edit.end and edit.start < one.end for one in site.edits)


def _whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """The lines that hold characters [start, end), the end of the last one apart."""
    start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    ends = [at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0]
    return start, min(ends, default=len(text))
