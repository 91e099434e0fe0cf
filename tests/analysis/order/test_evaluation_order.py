"""What may be evaluated at another time."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.order.evaluation_order import interference, is_quiet, is_steady


def values(expression: str) -> tuple[list[ast.expr], Module]:
    text = f"def f(a: int, s: str, xs: list[int], x, y, g):\n    return [{expression}]\n"
    tree = ast.parse(text)
    listed = next(node.value for node in ast.walk(tree) if isinstance(node, ast.Return))
    assert isinstance(listed, ast.List)
    return listed.elts, Module(text, tree)


@pytest.mark.parametrize(
    ("expression", "steady"), [("x", True), ("x.a.b", True), ("1", True), ("x[0]", False), ("x + 1", False), ("g()", False)]
)
def test_names_constants_and_attributes_are_steady(expression: str, steady: bool) -> None:
    (value,), _ = values(expression)
    assert is_steady(value) is steady


@pytest.mark.parametrize(
    ("expression", "quiet"),
    [
        ("x + y[0].b", True), ("len(xs)", True), ("s.upper()", True), ("str(x)", True), ("lambda: g()", True), ("x if y else -a", True),
        ("g()", False), ("next(x)", False), ("input()", False), ("xs.pop()", False), ("x.m()", False), ("(y := x)", False),
        ("[g() for _ in xs]", False), ("(yield)", False), ("len(g())", False),
    ],
)  # fmt: skip
def test_calls_that_are_not_known_are_not_quiet(expression: str, quiet: bool) -> None:
    (value,), module = values(expression)
    assert is_quiet(value, module) is quiet


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("x, y", None), ("g(), x", None), ("a, s, g()", None), ("1, g()", None), ("x, len(xs)", None), ("g()", None),
        ("x, g()", ("x", "g()")), ("a, x, 1, g()", ("x", "g()")), ("xs, xs.pop()", ("xs", "xs.pop()")), ("g(), g()", ("g()", "g()")),
    ],
)  # fmt: skip
def test_a_call_interferes_with_what_may_change_before_it(expression: str, found: tuple[str, str] | None) -> None:
    listed, module = values(expression)
    pair = interference(listed, module)
    assert (pair and tuple(map(ast.unparse, pair))) == found
