"""When a loop may bind the variable of another loop once more."""

from __future__ import annotations

import ast
import textwrap

import pytest

from codemods.analysis.module import Module
from codemods.analysis.names.loop_names import is_loop_name


def free(source: str) -> bool:
    """Whether the loop over `rows` in `source` may bind `item`."""
    text = textwrap.dedent(source)
    module = Module(text, ast.parse(text))
    loops = (node for node in ast.walk(module.tree) if isinstance(node, ast.For | ast.comprehension))
    return is_loop_name("item", module, next(loop.target for loop in loops if ast.unparse(loop.iter) == "rows"))


@pytest.mark.parametrize(
    "source",
    [
        "for item in a: print(item)\nfor i in rows: print(i)",
        "for i in rows: print(i)\nfor item in a: print(item)",
        "def f(a, rows):\n    for item in a: print(item)\n    for i in rows: print(i)",
        "def f(a, rows):\n    for _ in a:\n        for item in a: print(item)\n        for i in rows: print(i)",
        "def f(a, rows):\n    b = [item for item in a]\n    for i in rows: print(i)",
        "def f(a, rows):\n    for item in a: print(item)\n    return [i for i in rows]",
        "item = 1\ndef f(a, rows):\n    for item in a: print(item)\n    for i in rows: print(i)",
        "def f(a, rows):\n    for item in a: print(item)\n    return\n    for i in rows: print(i)",
        "def f(a, rows):\n    for item in a: print(item)\n    def g(): pass\n    for i in rows: print(i)",
        "def f(a, rows):\n    for item in a: print(item)\n    for i in rows: print(i)\n    return [item for item in a]",
    ],
)
def test_another_loops_name(source: str) -> None:
    assert free(source)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("for item in a: print(item)\nfor i in rows: print(i)\nprint(item)", "it is read afterwards"),
        ("for item in a: print(item)\nfor i in rows: print(item)", "the loop reads it"),
        ("for item in a:\n    for i in rows: print(i)", "a loop around binds it"),
        ("b = [[i for i in rows] for item in a]", "a comprehension around binds it"),
        ("item = 1\nfor item in a: pass\nfor i in rows: print(i)", "something else binds it"),
        ("def f(item):\n    for item in a: pass\n    for i in rows: print(i)", "it is a parameter"),
        ("def f():\n    for item in a: g = lambda: item\n    for i in rows: print(i)", "a function sees it"),
        ("def f():\n    global item\n    for item in a: pass\n    for i in rows: print(i)", "it is global"),
        ("for item in a: pass\ndef f():\n    global item\n    item = 2\nfor i in rows: print(i)", "a function binds it"),
        ("item = 1\ndef f():\n    for i in rows: print(i)\n    return item", "it is a global's name"),
        ("item = 1\ndef f():\n    b = [item for item in a]\n    for i in rows: print(i)", "only a comprehension of the function binds it"),
        ("def f():\n    b = [item for _ in a]\n    for i in rows: print(i)", "it means something outside"),
        ("print(item)\ndef f():\n    b = [item for item in a]\n    for i in rows: print(i)", "it means something in the module"),
        ("def f():\n    for item in a: pass\n    del item\n    for i in rows: print(i)", "it is deleted"),
        ("__all__ = ['item']\nfor item in a: pass\nfor i in rows: print(i)", "it is exported"),
        ("class C:\n    for item in a: pass\n    for i in rows: print(i)", "it is an attribute"),
        (
            "for _ in a:\n    for i in rows: print(i)\n    print(item)\n    for item in a: pass",
            "it is read before the loop in the next turn",
        ),
        ("def f():\n    for item in a: pass\n    for i in rows: print(i)\n    item += 1", "it is changed afterwards"),
        (
            "def f():\n    for item in a: pass\n    def g():\n        for item in a: pass\n    for i in rows: print(i)",
            "a function has one too",
        ),
        (
            "def o():\n    item = 1\n    def f():\n        nonlocal item\n        for item in a: pass\n        for i in rows: print(i)",
            "it is nonlocal",
        ),
        ("def o():\n    item = 1\n    def f():\n        nonlocal item\n        for i in rows: print(i)", "it is nonlocal and not used"),
        (
            "def f():\n    for item in a: pass\n    def g():\n        nonlocal item\n        for item in a: pass\n    for i in rows: print(i)",
            "it is nonlocal in a function",
        ),
    ],
)
def test_a_name_with_another_use(source: str, why: str) -> None:
    assert not free(source), why
