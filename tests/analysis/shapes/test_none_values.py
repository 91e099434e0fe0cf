"""What `None` means for a parameter whose default is a collection."""

from __future__ import annotations

import ast
import textwrap

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.none_values import gets_through, handled, may_be_none, passed, truth_test
from codemods.analysis.shapes.parameters import Parameter, with_defaults


def parameter(source: str) -> tuple[Parameter, Module]:
    """The first parameter with a default of the first function."""
    module = Module(source, ast.parse(source))
    function = next(node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return next(with_defaults(function)), module


def function(body: str, default: str = "[]", head: str = "def") -> str:
    return f"{head} f(a, x={default}):\n{textwrap.indent(body, '    ')}\n"


def shown(node: ast.AST | None) -> str | None:
    return ast.unparse(node).partition(":\n")[0] if node is not None else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return x is None", "x is None"), ("return None != x", "None != x"), ("return x == a", None), ("x = x or []", "x or []"),
        ("x = x if x else []", "x if x else []"), ("x: list = x or []", "x or []"), ("y = x or []", None), ("a.x = x or []", None),
        ("return x or []", None), ("x = x and []", None), ("return isinstance(x, type(None))", "isinstance(x, type(None))"),
        ("return isinstance(x, NoneType)", "isinstance(x, NoneType)"), ("return isinstance(x, (str, types.NoneType))", "isinstance(x, (str, types.NoneType))"),
        ("return isinstance(x, str)", None), ("return type(x) is list", "type(x)"), ("print(type(x))", None), ("return type(x, a) is list", None),
        ("match x:\n    case None: pass", "match x"), ("match x:\n    case [None]: pass", "match x"), ("match x:\n    case [1, True, *_]: pass", None),
        ("return a", None),
    ],
)  # fmt: skip
def test_where_none_is_handled(body: str, expected: str | None) -> None:
    assert shown(handled(*parameter(function(body)))) == expected


@pytest.mark.parametrize(
    ("default", "kinds", "expected"),
    [
        ("[]", "list", True), ("[]", "dict", False), ("[i for i in 'ab']", "list", True), ("{}", "dict", True), ("{}", "list", False),
        ("{i: i for i in 'ab'}", "(str, dict)", True), ("{1}", "set", True), ("{1}", "list", False), ("{i for i in 'ab'}", "set", True),
        ("defaultdict(list)", "defaultdict", True), ("collections.deque()", "collections.deque", True), ("defaultdict(list)", "list", False),
        ("[]", "collections.abc.Sequence", True), ("[]", "Mapping", True), ("[]", "collections.abc.Hashable", False), ("[1] * 2", "list", False),
    ],
)  # fmt: skip
def test_where_the_class_of_the_default_is_asked_for(default: str, kinds: str, expected: bool) -> None:
    found = handled(*parameter(function(f"return isinstance(x, {kinds})", default)))
    assert (found is not None) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("if x: pass", "if x"), ("while x: pass", "while x"), ("return 1 if x else 2", "1 if x else 2"), ("return x if a else 2", None),
        ("assert x", "assert x"), ("return [i for i in a if x]", "x"), ("return [i for i in x]", None), ("return not x", "not x"),
        ("return -x", None), ("return x and a", "x and a"), ("return a or x", None), ("if a or x: pass", "if a or x"), ("if a == x: pass", None),
        ("return not (a or x)", "a or x"), ("x = 1", None),
    ],
)  # fmt: skip
def test_where_the_truth_is_asked_for(body: str, expected: str | None) -> None:
    found = truth_test(*parameter(function(body)))
    assert shown(found) == (expected if body != "if a or x: pass" else "a or x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("None", True), ("1", False), ("None if a else 1", True), ("None if a else w", True), ("1 if a else d.get(1)", True), ("1 if a else None", True), ("1 if a else 2", False), ("a or None", True),
        ("None or 1", False), ("a or 1", False), ("a and None", True), ("None and a", True), ("a and 1", False), ("(q := d.get(1))", True),
        ("(q := 1)", False), ("o", True), ("s", False), ("d.get(1)", True), ("d.get(1, 2)", False), ("d.get(1, None)", True),
        ("d.pop(1, None)", True), ("d.pop(1)", False), ("getattr(a, 'b')", False), ("getattr(a, 'b', None)", True), ("next(a, None)", True),
        ("n", True), ("1 or n", True), ("t", False), ("r", False), ("e", False), ("w", False), ("unknown", False), ("len(d)", False), ("a.b", False),
    ],
)  # fmt: skip
def test_what_may_be_none(text: str, expected: bool) -> None:
    source = f"def f(a, d, o: int | None, s: str, n=None, t=None, r=None):\n    import e\n    r = 1\n    w = u()\n    if t: pass\n    g({text})\n"
    module = Module(source, ast.parse(source))
    call = next(
        node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "g"
    )
    assert may_be_none(call.args[0], module) is expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("f(1, None)", "f(1, None)"), ("f(1, x=None)", "f(1, x=None)"), ("f(1)", None), ("f(None, [])", None), ("f(*[1, u.get(1)])", "f(*[1, u.get(1)])"),
        ("f(*(1, 2))", None), ("z: list[int | None] = u()\nf(*z)", "f(*z)"), ("z: list[int] = u()\nf(*z)", None), ("f(*u)", None),
        ("f(1, **{'x': None})", "f(1, **{'x': None})"), ("f(1, **{'y': None})", None), ("f(1, **{k: None})", None),
        ("kw = {'x': None}\nf(1, **kw)", "f(1, **kw)"), ("kw = {'x': 1}\nf(1, **kw)", None), ("kw = u()\nf(1, **kw)", None),
        ("kw: dict[str, int | None] = u()\nf(1, **kw)", "f(1, **kw)"), ("f(1, **u())", None), ("f(1, x={'x': None})", None),
        ("kw = u()\nf(1, x={'x': None}, **kw)", None), ("partial(f, 1, None)", "partial(f, 1, None)"), ("partial(f, None)", None),
        ("partial(f, 1, x=None)", "partial(f, 1, x=None)"), ("partial(f, 1, y=None)", None), ("partial(f, 1, x=2)", None),
        ("map(f, [1], [None])", "map(f, [1], [None])"), ("map(f, [None], [1])", None), ("map(f, [None], u)", None), ("partial(g, 1, None)", None),
    ],
)  # fmt: skip
def test_who_passes_none(tail: str, expected: str | None) -> None:
    assert shown(passed(*parameter(function("pass") + tail))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a, *, x=[]): pass\npartial(f, 1, None)", None),
        ("def f(a, *, x=[]): pass\npartial(f, 1, x=None)", "partial(f, 1, x=None)"),
        ("class C:\n    def f(self, x=[]): pass\n    def g(self):\n        partial(self.f, None)", "partial(self.f, None)"),
        ("class C:\n    def f(self, a, x=[]): pass\n    def g(self):\n        partial(self.f, None)", None),
        ("class C:\n    def f(x=[]): pass\npartial(C().f, None)", None),
        ("class C:\n    def m(self):\n        def __f(x=[]): pass\n        __f(None)\nclass D:\n    def __f(self): pass", "__f(None)"),
    ],
)
def test_who_passes_none_to_other_functions(source: str, expected: str | None) -> None:
    module = Module(source, ast.parse(source))
    one = next(found for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) for found in with_defaults(node))
    assert shown(passed(one, module)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return x", 2), ("x[0]", None), ("a[x]", 2), ("x.append(1)", None), ("print(*x)", None), ("for i in x: pass", None),
        ("return [i for i in x]", None), ("return [i for i in a if x]", 2), ("return (i for j in a for i in x)", 2), ("return 1 in x", None),
        ("return x in a", 2), ("return x < 1", 2), ("a(**x)", None), ("a(b=x)", 2), ("len(x)", None), ("print(x)", 2),
        ("if a:\n    return 1\nx[0]", None), ("if a:\n    x[0]\nreturn x", 4), ("x[0]\nx = a", 2), ("return lambda: x", 2),
        ("return lambda: x[0]", 2), ("return x[0], x", None), ("a()", None),
        ("x.__class__", 2), ("x.__class__ = a", 2), ("x.__len__()", None), ("try:\n    x[0]\nexcept E:\n    pass", 3), ("try:\n    x[0]\nfinally:\n    a()", None),
        ("try:\n    x[0]\nexcept* E:\n    pass", 3), ("try:\n    pass\nexcept E:\n    pass\nx[0]", None), ("with a:\n    x[0]", 3), ("with open(a):\n    x[0]", None),
        ("with open(a), a:\n    x[0]", 3),
    ],
)  # fmt: skip
def test_a_use_that_none_can_reach(body: str, expected: int | None) -> None:
    found = gets_through(*parameter(function(body)))
    assert (found.lineno if found is not None else None) == expected


def test_a_loop_of_a_coroutine_fails_on_none_too() -> None:
    assert gets_through(*parameter(function("async for i in x: pass\nreturn x", head="async def"))) is None


def test_what_stands_around_the_function_catches_nothing_in_it() -> None:
    assert gets_through(*parameter("try:\n    def f(x=[]): x[0]\nexcept E:\n    pass\n")) is None
