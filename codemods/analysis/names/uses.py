"""Every mention of each variable of a file."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import Scope

if TYPE_CHECKING:
    from codemods.analysis.module import Module


class Uses:
    """The names of one file by the variable they stand for."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def _by_variable(self) -> dict[tuple[Scope, str], list[ast.Name]]:
        found: dict[tuple[Scope, str], list[ast.Name]] = {}
        for scope in self.module.names.module.below():
            for name, uses in scope.uses.items():
                owner = scope.owner(name)
                if owner is not None:
                    found.setdefault((owner, name), []).extend(uses)
        return found

    def of(self, variable: tuple[Scope, str]) -> list[ast.Name]:
        """The names that stand for a variable, loads, stores and deletions, in no order."""
        return self._by_variable.get(variable, [])
