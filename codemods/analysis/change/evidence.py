"""What the file puts into collections inside of others whose annotation says what they hold, as far as it is seen: `rows[0].append(5)`.

Other than `Inwards`, this proves nothing: what goes out of sight is passed over, as the annotation is believed until something speaks
against it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from codemods.analysis.change.inwards import MOST_USES, Inwards
from codemods.analysis.change.nested import MOST_LEVELS, Nested


class Evidence(Inwards):
    """Follows all uses, whatever else is done with the collections."""

    def from_uses(self, uses: Iterable[ast.expr]) -> Nested:
        """What is put in by way of these uses of a collection."""
        self.found.shapes = [{"list"} for _ in range(MOST_LEVELS)]
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
