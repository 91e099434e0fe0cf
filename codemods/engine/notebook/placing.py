"""From lines of a notebook's program to cells and their own lines, in places and in words."""

from __future__ import annotations

import re

from msgspec.structs import replace

from codemods.analysis.order.cells import Cells
from codemods.analysis.text.positions import Lines
from codemods.model.outcome import Chosen, Defect, Diagnostic, Place
from codemods.model.verdict import Fact, Reasons, Refused, Remedy, Safe, Unsafe, Verdict

_LINE = re.compile(r"\bline (\d+)\b")


class _OutsideError(Exception):
    """A sentence is about what no cell holds."""


LEFT_ALONE = "a cell that is left alone may do anything"
RUN_AGAIN = "a cell may run again, after any other"


class Places:
    """Maps what was said of the program `text` to what is said of the notebook."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._of = Cells(text, lines).place

    def chosen(self, chosen: Chosen) -> Chosen:
        """The choice as one between places in the program."""

        def taken(place: Place, before: int) -> bool:
            cell, line = self._of(place.line)
            return chosen(replace(place, cell=cell, line=line, end_line=place.end_line - place.line + line), before)

        return taken

    def diagnostic(self, one: Diagnostic) -> Diagnostic:
        """The site in its cell."""
        cell, line = self._of(one.line)
        end = one.end_line - one.line + line
        return replace(one, cell=cell, line=line, end_line=end, verdict=self._verdict(one.verdict, cell))

    def defect(self, one: Defect) -> Defect:
        """The defect in its cell."""
        cell, line = self._of(one.line)
        return replace(one, cell=cell, line=line)

    def _verdict(self, verdict: Verdict, cell: int) -> Verdict:
        facts = tuple(self._fact(one, cell) for one in verdict.reasons.facts)
        reasons = Reasons(facts, tuple(self._remedy(one, cell) for one in verdict.reasons.remedies), verdict.reasons.typed)
        match verdict:
            case Safe(because=text):
                return replace(verdict, because=self._words(text, cell), reasons=reasons)
            case Unsafe(assumption=text):
                return replace(verdict, assumption=self._words(text, cell), reasons=reasons)
            case Refused(reason=text):
                return replace(verdict, reason=self._words(text, cell), reasons=reasons)

    def _fact(self, fact: Fact, cell: int) -> Fact:
        other, line = self._of(fact.line) if fact.line else (cell, 0)
        if not other:
            return Fact(LEFT_ALONE if line > 1 else RUN_AGAIN)
        return Fact(self._words(fact.sentence, cell), line, 0 if other == cell else other)

    def _remedy(self, remedy: Remedy, cell: int) -> Remedy:
        other, line = self._of(remedy.line) if remedy.line else (cell, 0)
        text = self._words(remedy.text, cell) if remedy.kind == "other" else remedy.text
        return replace(remedy, line=line, text=text, cell=0 if other == cell else other)

    def _words(self, text: str, cell: int) -> str:
        """A sentence with the lines that it names; what is between backquotes is the program's."""

        def placed(found: re.Match[str]) -> str:
            other, line = self._of(int(found[1]))
            if not other:
                raise _OutsideError(LEFT_ALONE if line > 1 else RUN_AGAIN)
            return f"line {line}" if other == cell else f"line {line} of cell {other}"

        parts = text.split("`")
        try:
            parts[::2] = [_LINE.sub(placed, part) for part in parts[::2]]
        except _OutsideError as error:
            return str(error)
        return "`".join(parts)
