"""What may be evaluated at another time."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.order.evaluation_order import disturbance, interference, is_bound, is_quiet, is_steady


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
    (value,), module = values(expression)
    assert is_steady(value, module) is steady


COUNTS = "class C:\n    @property\n    def next(self):\n        self.n += 1\n        return self.n\n    @property\n    def last(self): return self.n\n"


@pytest.mark.parametrize(
    ("classes", "expression", "steady"),
    [
        (COUNTS, "x.next", False), (COUNTS, "x.last", True), (COUNTS, "x.next.y", False),
        ("class C:\n    def __getattr__(self, name): self.seen.append(name)\n", "x.y", False),
        ("class C:\n    def __getattr__(self, name): return 1\n", "x.y", True),
    ],
)  # fmt: skip
def test_what_the_file_says_of_an_attribute_is_looked_at(classes: str, expression: str, steady: bool) -> None:
    text = f"{classes}def f(x): return {expression}\n"
    tree = ast.parse(text)
    returned = [node.value for node in ast.walk(tree.body[-1]) if isinstance(node, ast.Return)]
    assert returned[0] is not None
    module = Module(text, tree)
    assert is_steady(returned[0], module) is steady
    assert is_quiet(returned[0], module) is steady


@pytest.mark.parametrize(
    ("body", "expression", "found"),
    [
        ("self.n += 1", "x, x.n", "x.n"), ("self.n += 1", "x, y", None), ("self.n += 1", "x.n, x", None), ("self.n += 1", "1, x.n", None),
        ("self.n += 1", "a, x.n", None), ("self.n += 1", "..., x.n", None), ("self.n += 1", "x, len(y)", "len(y)"), ("return 'a'", "x, x.n", None),
    ],
)  # fmt: skip
def test_printing_may_change_what_is_read_later(body: str, expression: str, found: str | None) -> None:
    text = f"class C:\n    def __format__(self, spec): {body}\ndef f(x, y, a: int): return [{expression}]\n"
    tree = ast.parse(text)
    listed = next(node for node in ast.walk(tree) if isinstance(node, ast.List))
    pair = interference(listed.elts, Module(text, tree))
    assert (pair and ast.unparse(pair[1])) == found


@pytest.mark.parametrize(
    ("expression", "quiet"),
    [
        ("x + y[0].b", True), ("len(xs)", True), ("s.upper()", True), ("str(x)", True), ("lambda: g()", True), ("lambda q=g(): q", False), ("lambda *, p, q=g(): q", False), ("lambda *, p, q=x.y: q", True), ("x if y else -a", True),
        ("g()", False), ("next(x)", False), ("input()", False), ("xs.pop()", False), ("x.m()", False), ("(y := x)", False),
        ("[g() for _ in xs]", False), ("(yield)", False), ("len(g())", False),
    ],
)  # fmt: skip
def test_calls_that_are_not_known_are_not_quiet(expression: str, quiet: bool) -> None:
    (value,), module = values(expression)
    assert is_quiet(value, module) is quiet


def test_a_function_that_changes_an_element_is_not_quiet() -> None:
    """Of what it is given, or of what an attribute holds."""
    text = (
        "def inner(groups): groups[0].append(1)\nclass C:\n    def __init__(self): self._rows = [[0]]\n"
        "    def go(self): self._rows[0].append(1)\n    def look(self): return len(self._rows[0])\n"
        "def f(groups): return [inner(groups), C().go(), C().look()]\n"
    )
    module = Module(text, ast.parse(text))
    listed = next(node for node in ast.walk(module.tree) if isinstance(node, ast.List) and len(node.elts) == 3)
    assert [is_quiet(one, module) for one in listed.elts] == [False, False, True]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("x, y", None), ("g(), x", None), ("a, s, g()", None), ("1, g()", None), ("x, len(xs)", None), ("g()", None),
        ("x, g()", ("x", "g()")), ("a, x, 1, g()", ("x", "g()")), ("..., g()", None), ("xs, xs.pop()", ("xs", "xs.pop()")), ("g(), g()", ("g()", "g()")),
    ],
)  # fmt: skip
def test_a_call_interferes_with_what_may_change_before_it(expression: str, found: tuple[str, str] | None) -> None:
    listed, module = values(expression)
    pair = interference(listed, module)
    assert (pair and tuple(map(ast.unparse, pair))) == found


@pytest.mark.parametrize(
    ("expression", "looks", "found"),
    [
        ("1, g()", ".a ", "g()"), ("1, x.a", ".a ", None), ("x, y", "[0] ", None), ("x, 1, a, s", "[0] . . .", None), ("x, len(x)", "[0] ", "len(x)"), ("x, x.y", "[0] ", None),
        ("x, x[1]", "[0] ", "x[1]"), ("x, a + 1, -a, len(xs)", "[0] . . .", None), ("x, a + y", "[0] ", "a + y"),
        ("x, str(x)", ".b[0] ", "str(x)"), ("x, g(y)", ".b ", None), ("xs, len(x)", "[0] ", None), ("xs, len(x)", "[0][1] ", "len(x)"),
        ("1, g()", " ", None), ("c, len(c.d)", ".d[x] ", "len(c.d)"), ("c, len(c)", "[0] ", None), ("dd, len(dd)", "[0] ", "len(dd)"),
        ("x, len(dd)", "[0] ", "len(dd)"), ("x, len(xs[1:])", "[0] ", "len(xs[1:])"), ("x, len(x) + 1", "[0] ", "len(x) + 1"),
        ("g(), x.y", ".n ", "x.y"), ("g(), x", ".n ", None), ("x, y.n", "[0] ", "y.n"), ("x, y.z", ".b ", None), ("y.n, x", " [0]", None),
    ],
)  # fmt: skip
def test_a_look_up_may_change_what_a_later_value_gives(expression: str, looks: str, found: str | None) -> None:
    text = (
        "class C:\n    @property\n    def n(self): self.y += 1\n"
        "import collections\n"
        "def f(a: int, s: str, xs: list[int], x, y, g, c: collections.Counter[str], dd: collections.defaultdict[str, int]):\n"
        f"    return [{expression}]\n"
    )
    tree = ast.parse(text)
    listed = next(node.value.elts for node in ast.walk(tree) if isinstance(node, ast.Return) and isinstance(node.value, ast.List))
    one_each = [look.strip(".") if look == "." else look for look in looks.split(" ")]
    pair = disturbance(listed, one_each, Module(text, tree))
    assert (pair and ast.unparse(pair[1])) == found


@pytest.mark.parametrize(("parameter", "disturbs"), [("len", True), ("size", False)])
def test_another_len_is_not_the_builtin(parameter: str, disturbs: bool) -> None:
    text = f"def f(x, s: str, {parameter}):\n    return [x, len(s)]\n"
    tree = ast.parse(text)
    listed = next(node for node in ast.walk(tree) if isinstance(node, ast.List))
    assert (disturbance(listed.elts, ["[0]", ""], Module(text, tree)) is not None) is disturbs


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("def f(x):\n    x", True), ("def f(x):\n    del x\n    x", False), ("def f():\n    x = 1\n    x", True),
        ("def f(c):\n    if c:\n        x = 1\n    x", False), ("def f(c):\n    x = 1 if c else 2\n    x", True),
        ("def f(c):\n    for x in c: pass\n    x", False), ("def f(c):\n    for x in c:\n        x", True),
        ("def f(c, g):\n    with c:\n        g()\n        x = 1\n    x", False), ("def f():\n    try: pass\n    except E as x:\n        x", False),
        ("def f(c):\n    while c: x = 1\n    x", False), ("x = 1\ndef f():\n    x", True), ("def f():\n    x\nx = 1", False),
        ("x = 1\ndel x\ndef f():\n    x", False), ("if c:\n    x = 1\ndef f():\n    x", False), ("import x\ndef f():\n    x", True),
        ("def x(): pass\ndef f():\n    x", True), ("def f(x):\n    def g():\n        x", True), ("x", False), ("x = 1\nx", True),
        ("def f():\n    def g():\n        x\n    x = 1", False), ("def f():\n    x = 1\n    def g():\n        x", True),
        ("class C:\n    x = 1\n    x", True), ("class C:\n    x\n    x = 1", False), ("from m import *\nx", False), ("x: int\nx", False),
        ("def f():\n    global x\n    x = 1\ndef g():\n    x", False),
        ("for x in c: pass\ndef f():\n    x", False), ("for x in c:\n    def f():\n        x", True), ("x: int\ndef f():\n    x", False),
        ("with c, d as x: pass\ndef f():\n    x", False), ("with open(c) as x: pass\ndef f():\n    x", True),
        ("class C:\n    def f(self):\n        x\nx = 1", False), ("x = 1\nclass C:\n    def f(self):\n        def g():\n            x", True),
        ("if c: x = 1\nelse: x = 2\ndef f():\n    x", True),
    ],
)  # fmt: skip
def test_a_name_that_certainly_has_a_value(text: str, bound: bool) -> None:
    tree = ast.parse(text)
    use = next(node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Name))
    assert is_bound(use, Module(text, tree)) is bound


@pytest.mark.parametrize(
    ("text", "bound"),
    [("def f(y):\n    x = 1\n    (x for _ in y)", True), ("def f(y):\n    (x for _ in y)\n    x = 1", False), ("def f(x, y):\n    (x for _ in y)", True)],
)  # fmt: skip
def test_a_name_in_a_generator_that_runs_later(text: str, bound: bool) -> None:
    tree = ast.parse(text)
    generator = next(node for node in ast.walk(tree) if isinstance(node, ast.GeneratorExp))
    assert isinstance(generator.elt, ast.Name)
    assert is_bound(generator.elt, Module(text, tree)) is bound


def test_a_builtin_has_a_value() -> None:
    tree = ast.parse("print")
    use = next(node for node in ast.walk(tree) if isinstance(node, ast.Name))
    assert is_bound(use, Module("print", tree))
