"""Which expressions may be evaluated earlier or later, and what is evaluated before a part."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.commuting import always_found, before, commutes, out_of_turn

BODY = """\
import math, os, sys
G = 1
def other():
    global H
    H = 2
H = 1
class C:
    def m(self): pass
    @property
    def wrapped(self): pass
    class Inner: pass
    def f(self, a, s: str, n: int, x: float, t: tuple[int, str], v: tuple[int, ...], r: list[str], i: int | None):
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
        "str(s)", "other", "math", "t[1]", "s[n:i]", "f'{s}'", "f'x{s}y'", "{'k': 1, 'l': s}", "i",
    ],
)  # fmt: skip
def test_these_commute(text: str) -> None:
    assert commutes(*returned(text))


@pytest.mark.parametrize(
    "text",
    [
        "H", "unknown", "maybe", "a.b", "a[0]", "s[0]", "s[n]", "a + 1", "n + x", "n / 2", "n ** n", "s * n", "a.lower()", "s.lower(1)", "f'{a}'",
        "str(n)", "len(a)", "{a: 1}", "{a}", "a()", "sys.stdout", "self.m", "a or s", "[*a]", "{**a}", "lambda: 1", "[z for z in s]",
        "s.encode()", "a[1:]", "s[1:2:n]", "{'k': a()}", "s[a:]", "s[len(a):]", "str(a)[1:]", "(1, a())[0]", "t[2]", "v[0]", "r[0]",
        "str(a) + s", "s + str(a)", "n + s", "s + n", "s - s", "s * s", "f'{n}'", "f'{str(a)}'", "f'{s:>9}'", "str(a).lower()",
        "len(str(a))", "str(a) * n",
    ],
)  # fmt: skip
def test_these_do_not(text: str) -> None:
    assert not commutes(*returned(text))


def test_a_part_that_is_not_asked_about() -> None:
    value, module = returned("(a(), [a(), s])")
    calls = [node for node in ast.walk(value) if isinstance(node, ast.Call)]
    assert commutes(value, module, calls)
    assert not commutes(value, module, calls[:1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("math.floor(a)", True), ("s.upper()", True), ("self.m()", True), ("r.append(1)", True), ("r.add(1)", False), ("a.upper()", False),
        ("str(a).upper()", False), ("C().m()", False), ("self.wrapped()", False), ("self.Inner()", False), ("i.real()", False),
        ("sys.displayhook(a)", False),
    ],
)  # fmt: skip
def test_what_is_called_is_the_same_at_any_time(text: str, expected: bool) -> None:
    value, module = returned(text)
    assert isinstance(value, ast.Call)
    assert commutes(value.func, module) is expected


def test_what_is_no_function_may_be_set() -> None:
    value, module = returned("print(os.environ)")
    assert isinstance(value, ast.Call)
    assert not commutes(value.args[0], module)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a):\n    return a", True),
        ("def outer(z):\n    def f():\n        return z", False),
        ("G = 1\ndef f():\n    return G", True),
        ("def f():\n    return G\nG = 1", True),
        ("G = 1\nglobals()['G'] = 2\ndef f():\n    return G", False),
        ("G = 1\nfrom m import *\ndef f():\n    return G", False),
        ("globals()['G'] = 2\nfrom m import *\ndef f(a):\n    return a", True),
        ("def f(a):\n    def g():\n        nonlocal a\n        a = 1\n    return a", False),
        ("def len(x):\n    pass\ndef f(a: str):\n    return len(a)", False),
        ("def f(a):\n    if a:\n        b = 1\n    return b", False),
        ("def f(a):\n    b = 1\n    return b", True),
    ],
)
def test_a_variable(source: str, expected: bool) -> None:
    module = Module(source, ast.parse(source))
    value = next(node.value for node in ast.walk(module.tree) if isinstance(node, ast.Return))
    assert commutes(value, module) is expected


def test_a_variable_that_is_read_later() -> None:
    module = Module(source := "def f(a):\n    return (a for _ in range(3)), [a for _ in range(3)]", ast.parse(source))
    later, now = (node.elt for node in ast.walk(module.tree) if isinstance(node, ast.GeneratorExp | ast.ListComp))
    assert not commutes(later, module)
    assert commutes(now, module)


FIELDS = """\
from dataclasses import dataclass, field
from typing import NamedTuple
{}
def f(u: U):
    return u.x
"""


@pytest.mark.parametrize(
    "text",
    [
        "@dataclass\nclass U:\n    y: int\n    x: int = 0\n    z = 3", "@dataclass(frozen=True)\nclass U:\n    x: int",
        "class U(NamedTuple):\n    x: int", "@dataclass\nclass U:\n    x: int\n    other.x: int = 1\n    def m(self): pass",
        "@dataclass\nclass U:\n    y: int = field(default=1)\n    x: int = field(default=1)\ndef g(u): del u.z",
    ],
)  # fmt: skip
def test_a_field_that_is_always_there(text: str) -> None:
    assert found_there(FIELDS.format(text))


@pytest.mark.parametrize(
    "text",
    [
        "class U:\n    x: int", "@dataclass\nclass U(Unknown):\n    x: int", "@dataclass\nclass U(metaclass=M):\n    x: int",
        "@other\n@dataclass\nclass U:\n    x: int", "@other\nclass U(NamedTuple):\n    x: int", "class U(Unknown):\n    x: int",
        "@dataclass\nclass U:\n    x: int\n    def __init__(self): pass", "@dataclass\nclass U:\n    x: int\nU.__new__(U)",
        "@dataclass\nclass U:\n    y: int\n    x = 3", "@dataclass(init=False)\nclass U:\n    x: int", "@dataclass(**k)\nclass U:\n    x: int",
        "@dataclass\nclass U:\n    x: int = field(init=False)", "@dataclass\nclass U:\n    x: int\ndef g(u): del u.x",
        "@dataclass\nclass U:\n    x: int\ngetattr(u, 'x')", "@dataclass\nclass U:\n    x: int\n    @property\n    def x(self): return 1",
        "U = str",
    ],
)  # fmt: skip
def test_a_field_that_may_be_missing(text: str) -> None:
    assert not found_there(FIELDS.format(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("row['k']", True), ("row['k'].strip()", True), ("row['k'].encode()", False), ("row['n'].strip()", False), ("row['q']", False),
        ("str(row).strip()", False), ("row['k'].strip(' ')", False), ("row", False), ("other.k", False),
    ],
)  # fmt: skip
def test_what_is_behind_a_key_that_is_there(text: str, expected: bool) -> None:
    assert found_there(f"def f(other):\n    rows = [{{'k': 'v', 'n': 1}}]\n    for row in rows:\n        return {text}\n") is expected


def found_there(source: str) -> bool:
    """Whether what a program returns, behind all else in it, is always found."""
    module = Module(source, ast.parse(source))
    function = next(node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == "f")
    value = next(node.value for node in ast.walk(function) if isinstance(node, ast.Return))
    assert value is not None
    return always_found(value, module)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t", []), ("t.a.b", []), ("a + t", ["a"]), ("t + a", []), ("f(a, t, k=c)", ["f", "a"]), ("f(a, k=t)", ["f", "a"]),
        ("f(*a, *t)", ["f", "*a"]), ("a[t]", ["a"]), ("a[b:t]", ["a", "b"]), ("a < t < b", ["a"]), ("t and a", []), ("a if t else b", []),
        ("{a: b, c: t}", ["a", "b", "c"]), ("[x for x in t]", []), ("(a, [b, t])", ["a", "b"]), ("f(a)(t)", ["f(a)"]),
        ("a[:t]", ["a"]), ("{**a, b: t}", ["a", "b"]),
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
        ("1, (b := a), 2", [2, 1, 0], None),
    ],
)
def test_what_cannot_be_evaluated_in_another_order(values: str, taken: list[int], moved: str | None) -> None:
    value, module = returned(values)
    assert isinstance(value, ast.Tuple)
    found = out_of_turn(value.elts, taken, module)
    assert (found and ast.unparse(found)) == moved
