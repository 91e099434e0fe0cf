"""Whether the variable of a loop that the loop does not read may vanish."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.order.turns import LoopNode
from codemods.analysis.shapes.unused_targets import is_read, must_stay


def first(source: str, filename: str = "") -> tuple[LoopNode, ast.expr, ast.expr | None, Module]:
    """The first loop of a program, with the two parts of its target."""
    module = Module(source, ast.parse(source), filename=filename)
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For | ast.comprehension))
    if isinstance(loop.target, ast.Tuple):
        return loop, loop.target.elts[0], loop.target.elts[1], module
    return loop, loop.target, None, module


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for k, v in d.items(): print(k)", True), ("for k, v in d.items(): print(v)", False), ("for k, v in d.items(): k = v", False),
        ("for k, v in d.items(): print([k for k in v])", False), ("for k, v[k] in d.items(): print(v)", True), ("for k, v in d.items(): pass\nprint(k)", False),
        ("for (j, k), v in d.items(): print(k)", True), ("for (j, k), v in d.items(): print(v)", False), ("for k, v in d.items():\n    def f(): return k", True),
        ("[k for k, v in d.items()]", True), ("[v for k, v in d.items()]", False), ("[v for k, v in d.items() if k]", True), ("[v for k, v in d.items() for z in k]", True),
        ("{k: 1 for k, v in d.items()}", True), ("(1 for k, v in d.items())", False), ("[z for z, _ in w for k, v in z]", True),
    ],
)  # fmt: skip
def test_whether_it_is_read(source: str, expected: bool) -> None:
    loop, key, _, module = first(source)
    assert is_read(key, loop, module) is expected


LOOP = "for k, v in d.items(): print(v)"


@pytest.mark.parametrize(
    ("source", "filename", "expected"),
    [
        (LOOP, "", None), ("for k in d: print(1)", "", None), ("for (a, [b, *c]), v in d.items(): print(v)", "", None), ("[v for k, v in d.items()]", "", None),
        ("for k.a, v in d.items(): print(v)", "", "key-target"), ("for (a, b[0]), v in d.items(): print(v)", "", "key-target"),
        (f"class C:\n    {LOOP}", "", "class-body"), ("class C:\n    x = [v for k, v in d.items()]", "", None), (f"def f(d):\n    locals()\n    {LOOP}", "", "names-seen"),
        (f"def f(d):\n    global k\n    {LOOP}", "", "key-target"), ("for k, k in d.items(): print(1)", "", "same-name"), ("for (a, b), (c, b) in d.items(): print(1)", "", "same-name"),
        ("for k, v in d.items():\n    k = v", "", "key-rebound"), ("for k, v in d.items():\n    del k", "", "key-rebound"), ("for k, v in d.items():\n    j = v", "", None),
        ("for k, v in d.items():\n    print([k for k in v])", "", None), ("for (a, b), v in d.items():\n    b = v", "", "key-rebound"),
        (f"def f(d):\n    {LOOP}\n    return k", "", "key-seen"), (f"def f(d):\n    {LOOP}\n    return lambda: k", "", "key-seen"), (f"def f(d):\n    {LOOP}\n    return v", "", None),
        (LOOP, "__init__.py", "key-public"), ("for _k, v in d.items(): print(v)", "__init__.py", None), (f"def f(d):\n    {LOOP}", "__init__.py", None), ("[v for k, v in d.items()]", "__init__.py", None),
        (f"__all__ = ['k']\n{LOOP}", "", "key-public"), (f"__all__ = ['k']\ndef f(d):\n    {LOOP}", "", None), (f"getattr(m, 'k')\n{LOOP}", "", "key-public"),
        (f"import sys\n{LOOP}\nsys.modules[__name__].k", "", "key-public"), (f"import app\n{LOOP}\napp.k", "", "key-public"),
        (f"import app\n{LOOP}\napp.v", "", None),
    ],
)  # fmt: skip
def test_why_it_has_to_stay(source: str, filename: str, expected: str | None) -> None:
    loop, key, value, module = first(source, filename)
    found = must_stay(loop, key, value, module)
    assert (found.code if found is not None else None) == expected
