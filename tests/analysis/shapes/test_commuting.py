"""Which expressions may be evaluated earlier or later, and what is evaluated before a part."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.commuting import before, commutes, out_of_turn

BODY = """\
import math, sys
G = 1
def other():
    global H
    H = 2
H = 1
class C:
    def m(self): pass
    def f(self, a, s: str, n: int, x: float):
        if a:
            maybe = 1
        return ({})
"""


def returned(text: str) -> tuple[ast.expr, Module]:
    """The returned expression of a method."""
    module = Module(source := BODY.format(text), ast.parse(source))
    value = next(node.value for node in ast.walk(module.tree) if isinstance(node, ast.Return))
    assert value is not None
    return value, module


@pytest.mark.parametrize(
    "text",
    [
        "1", "a", "len", "G", "(a, [s, 1])", "{'k': a}", "n + 1", "n * n - 1", "0.5 + 1.5", "s + 'x'", "s.lower().strip()", "s[1:]", "len(s)",
        "str(s)", "other", "math",
    ],
)  # fmt: skip
def test_these_commute(text: str) -> None:
    assert commutes(*returned(text))


@pytest.mark.parametrize(
    "text",
    [
        "H", "unknown", "maybe", "a.b", "a[0]", "s[0]", "s[n]", "a + 1", "n + x", "n / 2", "n ** n", "s * n", "a.lower()", "s.lower(1)", "f'{a}'",
        "str(n)", "len(a)", "{a: 1}", "{a}", "a()", "sys.stdout", "self.m", "a or s", "[*a]", "{**a}", "lambda: 1", "[z for z in s]",
        "s.encode()", "a[1:]", "s[1:2:n]",
    ],
)  # fmt: skip
def test_these_do_not(text: str) -> None:
    assert not commutes(*returned(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t", []), ("t.a.b", []), ("a + t", ["a"]), ("t + a", []), ("f(a, t, k=c)", ["f", "a"]), ("f(a, k=t)", ["f", "a"]),
        ("f(*a, *t)", ["f", "*a"]), ("a[t]", ["a"]), ("a[b:t]", ["a", "b"]), ("a < t < b", ["a"]), ("t and a", []), ("a if t else b", []),
        ("{a: b, c: t}", ["a", "b", "c"]), ("[x for x in t]", []), ("(a, [b, t])", ["a", "b"]), ("f(a)(t)", ["f(a)"]),
    ],
)  # fmt: skip
def test_what_comes_before(text: str, expected: list[str]) -> None:
    whole = ast.parse(text, mode="eval").body
    use = next(node for node in ast.walk(whole) if isinstance(node, ast.Name) and node.id == "t")
    parts = before(use, whole)
    assert parts is not None
    assert [ast.unparse(one) for one in parts] == expected


@pytest.mark.parametrize(
    "text",
    ["a and t", "t if a else b", "a if b else t", "a < b < t", "[t for x in a]", "[x for x in a if t]", "lambda: t", "f'{t}'", "{t}"],
)
def test_what_may_be_evaluated_never_later_or_twice(text: str) -> None:
    whole = ast.parse(text, mode="eval").body
    use = next(node for node in ast.walk(whole) if isinstance(node, ast.Name) and node.id == "t")
    assert before(use, whole) is None


@pytest.mark.parametrize(
    ("values", "taken", "moved"),
    [
        ("(a, b(), 1)", [2, 0, 1], None),
        ("(a, a())", [0, 1, 0], None),
        ("(a, a())", [1, 0], None),
        ("(a.b, a.c)", [1, 0, 1], None),
        ("(a(), s.strip())", [1, 0], None),
        ("(a(), s.strip())", [1, 0, 1], "a()"),
        ("(a.b, a())", [1, 0], "a()"),
        ("(a.b, a(), a)", [0, 2, 1, 2], None),
        ("(a(), G)", [1, 0], None),
        ("(a(), H)", [1, 0], "a()"),
        ("(s, (s := a()))", [1, 0], "(s := a())"),
        ("(a(), n())", [1, 0], "a()"),
        ("(a(), n())", [0, 1, 0], "a()"),
    ],
)
def test_what_cannot_be_evaluated_in_another_order(values: str, taken: list[int], moved: str | None) -> None:
    value, module = returned(values)
    assert isinstance(value, ast.Tuple)
    found = out_of_turn(value.elts, taken, module)
    assert (found and ast.unparse(found)) == moved
