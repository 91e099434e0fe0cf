"""What `with` binds: the value of a context manager's `__enter__`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.types import signatures
from codemods.analysis.types.vocabulary import Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


class Managers:
    """Types of what context managers give."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def entered(self, manager: ast.expr | None, asynchronous: bool) -> Type | None:
        """What `with manager as x` (`async with`) binds to `x`."""
        if manager is None:
            return None
        if isinstance(manager, ast.Call):
            found = self._generated(manager)
            if found is not None or self._temporary_folder(manager):
                return found or Type("str")
        kind = self.inference.infer(manager)
        if kind is None or kind.name == "Never" or asynchronous:
            return kind if kind is not None and kind.name == "Never" else None
        return union(self._of(member) for member in kind.members())

    def _of(self, kind: Type) -> Type | None:
        if kind.name.startswith("."):
            return self.inference.classes.result(kind, "__enter__", called=True)
        if kind.name == "contextlib.AbstractContextManager":
            return kind.argument(0)
        return signatures.method_result(kind, "__enter__")

    def _temporary_folder(self, call: ast.Call) -> bool:
        return self.module.origin(call.func) == "tempfile.TemporaryDirectory" and not call.args and not call.keywords

    def _generated(self, call: ast.Call) -> Type | None:
        """What a function of this file under `@contextmanager` yields."""
        function = call.func
        callee = self.module.calls.named(function) if isinstance(function, ast.Name) else None
        if not isinstance(callee, ast.FunctionDef) or len(callee.decorator_list) != 1:
            return None
        if self.module.origin(callee.decorator_list[0]) != "contextlib.contextmanager":
            return None
        return self.inference.element(self.inference.functions.body_result(callee))
