"""What leads a body in, how far it is indented, and how far the lines of a default move."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.text import bodies

Facts = Callable[[str], Module]


def function_of(module: Module) -> ast.FunctionDef:
    return next(node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(
    ("body", "stay"),
    [
        ("import os", 1), ("import x", 0), ("import x.y", 0), ("import y.x", 1), ("import os as x", 0), ("import x as os", 1), ("from os import x", 0),
        ("global g", 1), ("if a is None: a = 1", 1), ("if a is None: b = 1", 0), ("if b is None: b = 1", 0), ("if c is None: c = 1", 0),
        ("if a is None: a = x", 0), ("if a is None: a = 1\n    else: pass", 0), ("if a == None: a = 1", 0), ("'text'\n    import os", 2), ("...", 0), ("1", 0),
    ],
)  # fmt: skip
def test_what_stays_in_front(body: str, stay: int, facts: Facts) -> None:
    assert bodies.lead(function_of(facts(f"def f(a, x=[], b=1):\n    {body}\n    return x\n")), {"x"}) == stay


@pytest.mark.parametrize(
    ("source", "step"),
    [
        ("def f():\n  return 1\n", "  "),
        ("def f(): return 1\ndef g():\n\treturn 1\n", "\t"),
        ("class C:\n  def f(self): return 1\n", "  "),
        ("class C:\n  def f(self): \\\n return 1\n", "  "),
        ("class C:\n  def f(self): \\\n  return 1\n", "  "),
        ("class C:\n  def f(self): \\\n\t\t\treturn 1\n", "  "),
        ("def f(): \\\n  return 1\n", "  "),
        ("def f(): return 1\n", "    "),
    ],
)
def test_how_far_a_body_is_indented(source: str, step: str, facts: Facts) -> None:
    """A body that goes on behind a backslash may start in any column."""
    module = facts(source)
    assert bodies.step(function_of(module), module) == step


@pytest.mark.parametrize(
    ("source", "shift"),
    [
        ("def f(xs=[1, 2]):\n    return xs\n", 0),
        ("def f(xs=[1,\n          2]):\n    return xs\n", -4),
        ("def f(xs=[\n\n          2]):\n    return xs\n", -4),
        ("def f(xs=[\n    1]):\n    return xs\n", 0),
        ("def f(a,\n      xs=[1]):\n    return xs\n", 0),
        ("class C:\n    def f(self,\n  xs=[\n    1]):\n        return xs\n", 2),
    ],
)
def test_how_far_the_lines_of_a_default_move(source: str, shift: int, facts: Facts) -> None:
    module = facts(source)
    function = function_of(module)
    assert bodies.shift_of(function.args.defaults[0], "xs", function, module) == shift


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f(xs=[]):  # type: (list) -> list\n    return xs\n", 1),
        ("def f(xs=[]):\n    # type: (list) -> list\n    return xs\n", 2),
        ("def f(xs=[]):\n    return xs  # type: (list) -> list\n", None),
        ("def f(xs=[]): return xs  # type: (list) -> list\n", 1),
        ("def f(xs=[]): return xs  # type: (list) -> list", 1),
        ("def f(xs=[]): return [\n    xs]  # type: (list) -> list\n", 2),
        ("def f(xs=[]):  # type: ignore\n    return xs\n", None),
    ],
)
def test_a_comment_that_gives_the_types(source: str, line: int | None, facts: Facts) -> None:
    module = facts(source)
    assert bodies.type_comment(function_of(module), module) == line
