"""What functions, methods and classes of the file give when they are called."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.types import NEVER, NONE, Type, union

if TYPE_CHECKING:
    from codemods.analysis.inference import Inference

Function = ast.FunctionDef | ast.AsyncFunctionDef

_TRANSPARENT = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "functools.lru_cache", "functools.cache", "abc.abstractmethod", "typing.override",
    "typing.final", "typing.no_type_check", "typing_extensions.override", "typing_extensions.final",
})  # fmt: skip
"""Decorators under which a call gives what the function returns."""


class Functions:
    """Types of calls of this file's own functions and classes."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def of_call(self, call: ast.Call) -> Type | None:
        """What a call of something of this file gives."""
        function = call.func
        if isinstance(function, ast.Name):
            callee = self.module.calls.named(function)
            if isinstance(callee, ast.ClassDef):
                return self.inference.annotations.class_type(callee)
            if isinstance(callee, ast.Lambda):
                return self.inference.infer(callee.body)
            return self.result(callee) if callee is not None else None
        return None

    def result(self, function: Function) -> Type | None:
        """What a call of a function or method gives; unknown under a decorator that may change it."""
        for decorator in function.decorator_list:
            named = decorator.func if isinstance(decorator, ast.Call) else decorator
            if self.module.origin(named) not in _TRANSPARENT:
                return None
        return self.inference.fixpoint.ask(("returns", function), self._result, function)

    def _result(self, function: Function) -> Type | None:
        if function.returns is not None:
            found = self.inference.annotations.read(function.returns)
            because = f"`{function.name}` returns `{ast.unparse(function.returns)}` (line {self.module.line(function)})"
            kind = found.said(because) if found is not None else None
        elif isinstance(function, ast.AsyncFunctionDef):
            kind = self.returned(function)
        else:
            kind = self.returned(function)
        if isinstance(function, ast.AsyncFunctionDef):
            return Type("types.CoroutineType", (kind,)) if not _yields(self.own(function)) else None
        return kind

    def own(self, function: Function) -> list[ast.AST]:
        return list(self.module.own_nodes(function))

    def returned(self, function: Function) -> Type | None:
        """What all the `return`s of a function without annotation agree on."""
        nodes = self.own(function)
        if _yields(nodes):
            return None
        found: list[Type | None] = []
        for node in nodes:
            if isinstance(node, ast.Return):
                found.append(self.inference.infer(node.value) if node.value is not None else NONE)
                if found[-1] is None:
                    return None
        if not _ends(function.body):
            found.append(NONE)
        kind = union(found)
        if kind is None or kind is NEVER:
            return kind
        from codemods.analysis.containers import settled

        settled_kind = settled(kind)
        return settled_kind.said(f"what `{function.name}` returns (line {self.module.line(function)})") if settled_kind else None


def _yields(nodes: list[ast.AST]) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes)


def _ends(body: list[ast.stmt]) -> bool:
    """Whether a body surely ends in `return` or `raise`, so that nothing falls off its end."""
    match body[-1]:
        case ast.Return() | ast.Raise():
            return True
        case ast.If() as branch:
            return bool(branch.orelse) and _ends(branch.body) and _ends(branch.orelse)
        case ast.While(test=ast.Constant(value=value)) as loop if value:
            return not any(isinstance(node, ast.Break) for part in loop.body for node in ast.walk(part))
        case ast.Try() as attempt:
            if attempt.finalbody and _ends(attempt.finalbody):
                return True
            return _ends(attempt.orelse or attempt.body) and all(_ends(handler.body) for handler in attempt.handlers)
        case _:
            return False
