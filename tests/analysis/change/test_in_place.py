"""Whether `x op= y` may change the object that `x` holds."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.in_place import in_place
from codemods.analysis.module import Module

Facts = Callable[[str], Module]

METHOD = "class A:\n    def f(self, g):\n        "


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x, g): x += g", True),
        ("def f(x, g): x /= g", False),
        ("def f(x, g): x -= g", True),
        ("def f(x): x += 1", False),
        ("def f(x): x *= 2", True),
        ("def f(g):\n    x = 1\n    x += g", False),
        ("def f(g):\n    x: int\n    x = 1\n    del x\n    x = ''\n    x += g", False),
        ("def f(g):\n    x = []\n    x += g", True),
        ("def f(t: tuple, g):\n    x, y = t\n    x += g", True),
        ("def f(g):\n    for x in (g, g): x += g", True),
        ("def f(g, x): x[0] += g", True),
        (f"{METHOD}self.n = 0\n        print(self.n)\n        self.n += g", False),
        (f"{METHOD}self.n: int = 0\n        self.n += g", False),
        (f"{METHOD}self.n = []\n        self.n += g", True),
        (f"{METHOD}self.n = 0\n        self.n, self.m = g\n        self.n += g", True),
        (f"{METHOD}self.n = 0\n        for self.n in g: pass\n        self.n += g", True),
        (f"{METHOD}self.n += g", True),
        (f"{METHOD}self.n = 0\n        self.n += g\nclass B:\n    n = []", True),
        (f"{METHOD}self.n = 0\n        self.n += g\nclass B:\n    n = 1", False),
    ],
)
def test_whether_the_object_may_change(source: str, expected: bool, facts: Facts) -> None:
    module = facts(source)
    (statement,) = [node for node in ast.walk(module.tree) if isinstance(node, ast.AugAssign)]
    assert in_place(statement, module) is expected
