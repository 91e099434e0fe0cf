"""What the file puts into collections inside of others whose annotation says what they hold, as far as it is seen: `rows[0].append(5)`.

Other than `Inwards`, this proves nothing: what goes out of sight is passed over, as the annotation is believed until something speaks
against it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from codemods.analysis.change.inwards import MOST_USES, Inwards
from codemods.analysis.change.nested import MOST_LEVELS, Nested
from codemods.analysis.types.containers import KEYED
from codemods.analysis.types.vocabulary import Type


class Evidence(Inwards):
    """Follows all uses, whatever else is done with the collections."""

    def from_uses(self, uses: Iterable[ast.expr], said: Type) -> Nested:
        """What is put in by way of these uses of a collection that is said to be of a type."""
        self._shaped_as(said, 0)
        self._waiting[0] += uses
        while (ready := self._ready()) is not None and self._uses <= MOST_USES:
            level, waiting, targets = ready
            for use in waiting:
                self.found.lost = False
                self._use(use, level)
            for target in targets:
                self.found.lost = False
                self._bound(target, level + 1)
        return self.found

    def _shaped_as(self, said: Type | None, level: int) -> None:
        for member in said.members() if said is not None and level < MOST_LEVELS else ():
            keyed = member.name in KEYED
            self.found.shapes[level].add("dict" if keyed else "list")
            for inner in member.args[keyed:]:
                self._shaped_as(inner, level + 1)
