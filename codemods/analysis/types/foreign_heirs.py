"""Classes of the file below those of the library: `class Failed(OSError): errno = ("a", 1)` has a say in what `error.errno` is."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.types import signatures

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


class ForeignHeirs:
    """Answers for one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self._heirs: dict[str, list[ast.ClassDef]] = {}

    def of(self, library: str) -> list[ast.ClassDef]:
        """The classes of the file whose instances are, as far as it shows, of the library's class called `library` as well."""
        library = signatures.own_name(library)
        known = self._heirs.get(library)
        if known is None:
            owners = self.module.names.nodes(ast.ClassDef)
            known = self._heirs[library] = [one for one in owners if self._is_below(one, library)]
        return known

    def override(self, library: str, name: str) -> bool:
        """Whether one of them gives a method or attribute of that (mangled) name anew in a class's body."""
        bodies = (one for heir in self.of(library) for one in self.inference.classes.lineage(heir) if isinstance(one, ast.ClassDef))
        return any(name in self.module.scope_inside(one).bindings for one in bodies)

    def _is_below(self, owner: ast.ClassDef, library: str) -> bool:
        above = (one for one in self.inference.classes.lineage(owner) if isinstance(one, str))
        return any(library in signatures.lineage(one.removeprefix("builtins.")) for one in above)
