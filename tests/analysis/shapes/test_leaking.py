"""What would see a comprehension's variable that stayed bound after it."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.leaking import leak

MADE = "[print(x) for x in xs]"
PRIVATE = "[print(__x) for __x in xs]"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (f"def f(xs):\n    {MADE}", None),
        (f"def f(xs):\n    global x\n    {MADE}", 3),
        (f"def o(xs):\n    x = 1\n    def f():\n        nonlocal x\n        {MADE}", 5),
        (f"x = 1\ndef f(xs):\n    {MADE}\n    return x", 4),
        (f"x = 1\ndef f(xs):\n    {MADE}\n    return lambda: x", 4),
        (f"x = 1\ndef f(xs):\n    {MADE}\ndef g():\n    return x", None),
        (f"def f(xs):\n    x = 1\n    {MADE}\n    return x", 4),
        (f"def f(xs):\n    x = 1\n    {MADE}\n    x = 2\n    return x", None),
        (f"def f(xs):\n    x = 1\n    {MADE}\n    x += 1", 4),
        (f"def f(xs):\n    x = 1\n    {MADE}\n    del x", 4),
        (f"def f(xs):\n    x = 1\n    {MADE}\n    for x in xs: pass", None),
        (f"def f(xs):\n    x = 1\n    {MADE}\n    xs.x = y = xs.x\n    return y", None),
        (f"def f(xs):\n    x = 1\n    {MADE}\n    return [x for x in xs]", None),
        (f"def f(xs):\n    x = 1\n    print(x)\n    {MADE}", None),
        (f"def f(xs):\n    x = 1\n    for y in xs:\n        print(x)\n        {MADE}", 4),
        ("def f(xs):\n    x = 1\n    [print(x) for x in [x]]", None),
        ("def f(xs):\n    x = 1\n    for y in xs:\n        [print(x) for x in [x]]", 4),
        (f"def f(xs):\n    x = 1\n    g = lambda: x\n    {MADE}", 3),
        ("def f(xs):\n    x = 1\n    [print(x) for x in xs(lambda: x)]", 3),
        (f"xs = [1]\n{MADE}\ndef g():\n    global x\n", 3),
        (f"xs = [1]\n{MADE}\ndef g():\n    global y\n", None),
        (f"def f(xs):\n    {MADE}\ndef g():\n    global x\n", None),
        (f"class C:\n    def f(self, xs):\n        __x = 1\n        {PRIVATE}\n        return __x", 5),
        (f"class C:\n    def f(self, xs):\n        {PRIVATE}\n        return __x", 4),
        (f"class C:\n    def f(self, xs):\n        global __x\n        {PRIVATE}", 4),
        (f"class C:\n    def f(self, xs):\n        {PRIVATE}\n    def g(self):\n        global __x\n", None),
    ],
)
def test_a_leak(source: str, line: int | None) -> None:
    module = Module(source, ast.parse(source))
    made = next(node.value for node in ast.walk(module.tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.ListComp))
    assert isinstance(made, ast.ListComp)
    target = made.generators[0].target
    assert isinstance(target, ast.Name)
    found = leak(target, made, module)
    assert (module.line(found) if found is not None else None) == line
