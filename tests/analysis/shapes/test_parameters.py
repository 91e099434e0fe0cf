"""What the calls of a file pass for a parameter."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.parameters import argument_for, calls_of, handed_to, is_handed_out, names_of, rebound, uses, with_defaults


def first(source: str, name: str = "f") -> tuple[ast.FunctionDef, Module]:
    """The first function of that name."""
    module = Module(source, ast.parse(source))
    return next(node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == name), module


def test_parameters_with_a_default() -> None:
    function, module = first("def f(a, b=1, /, c=2, *d, e, g=3, **h): a = e")
    assert [(one.name, one.index) for one in with_defaults(function)] == [("b", 1), ("c", 2), ("g", 4)]
    assert names_of(function) == set("abcdegh")
    assert names_of(ast.parse("lambda: 1", mode="eval").body) == set()  # type: ignore[arg-type]
    assert not any(rebound(one, module) for one in with_defaults(function))


def test_uses_and_other_bindings() -> None:
    function, module = first("def f(a=1, b=2):\n    print(a, b)\n    b = lambda: a\n    def b(): pass")
    one, other = with_defaults(function)
    assert [use.lineno for use in uses(one, module)] == [2, 3]
    assert [rebound(one, module), rebound(other, module)] == [False, True]


CLASS = "class C:\n    def f(self, x=[]): pass\n"
MADE = "class C:\n    def f(self): pass\n    def __init__(self, x=[]): pass\n"


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("def f(x=[]): pass\nf(1)\ng.f(2)\nh(3)\ndef g(f):\n    f(4)", "f", ["f(1) 0"]),
        ("def f(x=[]): pass\ndef h(g): g(1)\nh(f)\nt[0](2)\nk()(3)\nprint(4)", "f", ["g(1) 0", "k()(3) 0", "t[0](2) 0"]),
        ("def f(x=[]): pass\ndef h(g): g(1)\nh(f())\nt[0](2)", "f", ["f() 0"]),
        (f"{CLASS}C().f(1)\nC.f(c, 2)\nunknown.f(3)\nf(4)", "f", ["C().f(1) 1", "C.f(c, 2) 0", "unknown.f(3) 1"]),
        (f"{CLASS}class D(C): pass\nclass E: pass\nD.f(c, 1)\nE.f(2)", "f", ["D.f(c, 1) 0"]),
        (f"{CLASS}import mod\nfrom q import Base, obj\nmod.f(1)\nBase.f(2)\nobj.f(3)", "f", ["obj.f(3) 1"]),
        (f"{CLASS}x = X = C()\nx.f(1)\nX.f(2)", "f", ["X.f(2) 1", "x.f(1) 1"]),
        ("class C:\n    @staticmethod\n    def f(x=[]): pass\nC().f(1)\nC.f(2)", "f", ["C().f(1) 0", "C.f(2) 0"]),
        ("class C:\n    @classmethod\n    def f(cls, x=[]): pass\nC().f(1)\nC.f(2)", "f", ["C().f(1) 1", "C.f(2) 1"]),
        ("class C:\n    def __call__(self, x=[]): pass\nc = C()\nc(1)\nlen(2)\nc.__call__(3)", "__call__", ["c(1) 1", "c.__call__(3) 1"]),
        ("class C:\n    def __call__(self, x=[]): pass\nclass D(C): pass\nd = D()\nd(1)\ni = 1\ni(2)", "__call__", ["d(1) 1"]),
        ("class C:\n    def f(self, x=[]): pass\nc = C()\nc(1)", "f", []),
        (f"{MADE}C(1)\ndef h(g): g(2)\nisinstance(o, C)\nk(C(3))", "__init__", ["C(1) 1", "C(3) 1"]),
        (f"{MADE}C(1)\ndef h(g): g(2)\nh(C)", "__init__", ["C(1) 1", "g(2) 1"]),
        (f"{MADE}def h(g): g(2)\nh(k=C)", "__init__", ["g(2) 1"]),
        (
            f"{MADE}class D(C):\n    def __init__(self):\n        super().__init__(1)\n        C.__init__(self, 2)\n        E.__init__(3)\n"
            "D(4)\nsuper().__init__(5)\n",
            "__init__",
            ["C.__init__(self, 2) 0", "D(4) 1", "super().__init__(1) 1"],
        ),
        (
            "class C:\n    def __init__(self, x=[]): cls(1), type(self)(2), self.__class__(3), other(4)\ncls(5)\ntype(c)(6)",
            "__init__",
            ["cls(1) 1", "self.__class__(3) 1", "type(self)(2) 1"],
        ),
    ],
)  # fmt: skip
def test_the_calls_that_may_run_a_function(source: str, name: str, expected: list[str]) -> None:
    assert sorted(f"{ast.unparse(call)} {filled}" for call, filled in calls_of(*first(source, name))) == expected


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("def f(a): pass\npartial(f, 1)\npartial(o.f, 2)\ndef g(f): partial(f, 3)", "f", ["partial(f, 1)"]),
        (f"{CLASS}partial(o.f, 1)\npartial(f, 2)", "f", ["partial(o.f, 1)"]),
        (f"{MADE}partial(C, 1)\npartial(o.C, 2)\npartial(o.__init__, 3)", "__init__", ["partial(C, 1)"]),
        (f"{MADE}partial(C, 1)\npartial(o.f, 2)", "f", ["partial(o.f, 2)"]),
    ],
)
def test_where_a_function_is_handed_on(source: str, name: str, expected: list[str]) -> None:
    assert [ast.unparse(one.call) for one in handed_to(*first(source, name))] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x=[]): pass\nf()", False), ("def f(x=[]): pass\ng(f)", True), ("def f(x=[]): pass\ndef h(f): g(f)", False),
        ("def f(x=[]): pass\ndel f", False), (f"{CLASS}o.f()", False), (f"{CLASS}g(o.f)", True), (f"{CLASS}o.f = 1", False),
        ("class C:\n    def m(self):\n        def f(): pass\n        return f", True),
    ],
)  # fmt: skip
def test_a_function_that_is_used_as_a_value(source: str, expected: bool) -> None:
    assert is_handed_out(*first(source)) is expected


def test_a_private_inner_function_that_is_used_as_a_value() -> None:
    source = "class C:\n    def m(self):\n        def __f(x=[]): pass\n        __f(1){}"
    assert not is_handed_out(*first(source.format(""), "__f"))
    assert is_handed_out(*first(source.format("\n        return __f"), "__f"))


@pytest.mark.parametrize(
    ("head", "call", "filled", "expected"),
    [
        ("a, x=[]", "f(1, 2)", 0, "2"), ("a, x=[]", "f(1)", 0, None), ("a, x=[]", "f(1, x=3)", 0, "3"), ("a, x=[]", "f(1, y=3)", 0, None),
        ("a, x=[]", "f(*z)", 0, "*z"), ("a, x=[]", "f(1, 2, *z)", 0, "2"), ("a, x=[]", "f(1, *z)", 0, "*z"), ("a, x=[]", "f(1, **k)", 0, "k"),
        ("a, *, x=[]", "f(1, 2, *z)", 0, None), ("a, *, x=[]", "f(1, x=2)", 0, "2"), ("self, x=[]", "o.f(2)", 1, "2"), ("x=[]", "o.f(*z)", 1, None),
        ("a, /, x=[]", "f(1, 2)", 0, "2"),
    ],
)  # fmt: skip
def test_what_a_call_passes(head: str, call: str, filled: int, expected: str | None) -> None:
    function, _ = first(f"def f({head}): pass")
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    found = argument_for(next(with_defaults(function)), node, filled)
    assert (ast.unparse(found) if found is not None else None) == expected
