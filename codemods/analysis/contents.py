"""Whether what was seen in a collection when it was made is still all that it holds when a variable of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codemods.analysis.containers import settled
from codemods.analysis.scopes import Binding
from codemods.analysis.types import Type

if TYPE_CHECKING:
    from codemods.analysis.inference import Inference


class Contents:
    """Decides for each variable that holds a collection."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def kept(self, binding: Binding, kind: Type) -> Type | None:
        """The type of what is assigned, with as much of its contents as will stay true for all reads of the variable."""
        return settled(kind)
