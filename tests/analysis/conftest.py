"""What the tests of analysis share: `facts` reads a program, `shown` tells the types of the arguments of its `repr(…)` calls."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module


def _facts(source: str) -> Module:
    return Module(source, ast.parse(source))


def _shown(source: str) -> str:
    """The types of the arguments of `repr(…)`, as they stand, with semicolons between; `?` for unknown.

    `repr` is the mark because, as a builtin, it changes and keeps nothing.
    """
    module = _facts(source)
    marks = [
        node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "repr"
    ]
    marks.sort(key=lambda call: (call.lineno, call.col_offset))
    kinds = [module.type_of(call.args[0]) for call in marks]
    return "; ".join("?" if kind is None else str(kind) for kind in kinds)


@pytest.fixture
def facts() -> Callable[[str], Module]:
    return _facts


@pytest.fixture
def shown() -> Callable[[str], str]:
    return _shown
