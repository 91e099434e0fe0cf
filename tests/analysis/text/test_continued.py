"""Which calls over several lines would be out of line where what they start with took less room."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.text.continued import hanging_call


@pytest.mark.parametrize(
    ("source", "hanging"),
    [
        ("super(A, b).f(a,\n              b)", True),
        ("super(A, b).f(a,\n               b)", True),
        ("super(A, b).f(a,\n\n              b)", True),
        ("super(A, b).f(a,\n    b)", False),
        ("super(A, b).f(a, b)", False),
        ("super(A, b).f(\n              b)", False),
        ("super(A, b).f(a, '''\n              ''')", False),
        ("super(A,\n      b).f(a,\n              b)", False),
        ("super(A, b) \\\n.f(a,\n              b)", False),
        ("(super(A, b)\n.f(a,\n              b))", False),
        ("super(A, b).f(a).g(a,\n                   b)", True),
        ("super(A, b).f(a,\n              b).g()", True),
        ("super(A, b).f(a,\n              b).g(c,\n     d)", True),
    ],
)
def test_a_call_that_hangs_on_another(source: str, hanging: bool, facts: Callable[[str], Module]) -> None:
    module = facts(source)
    inner = next(node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "super")
    assert (hanging_call(inner, module) is not None) is hanging
