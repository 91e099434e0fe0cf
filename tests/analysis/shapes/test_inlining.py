"""What inlined comprehensions of one function do to each other's names."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.inlining import name_lost


@pytest.mark.parametrize(
    ("source", "lost"),
    [
        ("def f(a):\n    b = [y for y in a]\n    for z in a: print(y)", "y"),
        ("def f(a):\n    b = {y for y in a}\n    for z in a: print(z)", None),
        ("def f(a):\n    for z in a: print(y)", None),
        ("def f(a):\n    b = list(y for y in a)\n    for z in a: print(y)", None),
        ("def f(a):\n    b = list([y for y in z] for z in a)\n    for z in a: print(y)", "y"),
        ("def f(a):\n    g = lambda: [y for y in a]\n    for z in a: print(y)", None),
        ("def f(a):\n    for z in a: print([y for y in z], y)", None),
        ("b = [y for y in a]\nfor z in a: print(y)", None),
        ("class C:\n    b = [y for y in a]\n    for z in a: print(y)", None),
        ("def f(a, y):\n    b = [y for y in a]\n    for z in a: print(y)", None),
        ("def o(y):\n    def f(a):\n        b = [y for y in a]\n        for z in a: print(y)", "y"),
        ("class C:\n    def f(self, a):\n        b = [__y for __y in a]\n        for z in a: print(__y)", "__y"),
    ],
)
def test_a_name_that_would_have_no_value(source: str, lost: str | None) -> None:
    module = Module(source, ast.parse(source))
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For))
    found = name_lost(loop, module)
    assert (found.id if found is not None else None) == lost
