"""Which defaults are mutable, empty, and the same whenever they are evaluated."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.defaults import is_empty, is_mutable, unsteady
from codemods.analysis.shapes.parameters import with_defaults


def found(source: str) -> tuple[ast.expr, str | None]:
    """The default of the function `f`, and the kind of what in it may differ when it is called."""
    module = Module(source, ast.parse(source))
    function = next(node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == "f")
    parameter = next(with_defaults(function))
    cause = unsteady(parameter, module)
    return parameter.default, cause.kind if cause is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", True), ("{}", True), ("{1}", True), ("[i for i in a]", True), ("{i for i in a}", True), ("{i: 1 for i in a}", True), ("list()", True),
        ("deque()", True), ("Deque()", False), ("dq()", False), ("m.list()", False), ("[1] * 2", True), ("1 + 2", False), ("()", False), ("None", False), ("tuple()", False),
    ],
)  # fmt: skip
def test_a_mutable_default(text: str, expected: bool) -> None:
    source = f"from collections import deque, deque as dq, deque as Deque\nx = {text}"
    module = Module(source, ast.parse(source))
    value = next(node.value for node in ast.walk(module.tree) if isinstance(node, ast.Assign))
    assert is_mutable(value, module) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", True), ("{}", True), ("list()", True), ("[1]", False), ("{1: 2}", False), ("list(a)", False), ("dict(a=1)", False), ("defaultdict(list)", True),
        ("collections.defaultdict(list)", True), ("defaultdict(list, a)", False), ("defaultdict(list, a=1)", False), ("deque(maxlen=3)", True),
        ("collections.deque(maxlen=3)", True), ("deque(a, maxlen=3)", False), ("deque(iterable=a)", False), ("Counter(maxlen=3)", False), ("{1}", False),
    ],
)  # fmt: skip
def test_an_empty_default(text: str, expected: bool) -> None:
    assert is_empty(ast.parse(text, mode="eval").body) is expected


@pytest.mark.parametrize(
    "text",
    [
        "[]", "[1, (2, 3)]", "[G]", "[lambda: U]", "[lambda: g(U)]", "[lambda: m.x]", "[lambda *, q: q]", "[lambda q=G: q]", "{**{1: 2}}", "{1: G, 'a': 2}", "[*(1, 2)]",
        "list(str)", "[i for i in (1, 2) if i]", "{i: i for i in (1, 2)}", "dict(a=G)", "defaultdict(G)", "defaultdict(list)", "[__name__]", "[m.ROWS]", "[m.Rows]", "[m._X]", "[Rows.X]",
        "[K.B]", "[string.digits]", "['{}'.format(1)]", "[f'{1}']", "[-1, not 2, 1 < 2, 1 or 2]", "['ab'[0], 'ab'[0:1]]", "[*T]", "[*'ab']", "[len]", "[lambda: [*G]]", "[[*i] for i in ((1,), (2,))]", "[re.compile('a')]",
        "list(range(3))", "[len(i) for i in ('a', 'b')]", "[i * 2 for i in range(3)]", "[i for i in R]", "[*R]", "list(R)", "[R[0]]", "[str(T)]", "[1 if T else 2]", "[*E]", "[str(frozenset({1}))]",
        "[f'{1:{2}}']", "[T == (1, 2)]",
    ],
)  # fmt: skip
def test_a_default_that_stays(text: str) -> None:
    assert found(SOURCE.format(text))[1] is None


SOURCE = """\
import m, re, string
from m import Rows, rows
from collections import defaultdict
G = [1]
T = (1, 2)
R = ([1], [2])
E = tuple(g())
B: tuple = g()
S = (1, E)
Other = g()
class K:
    B = 1
def f(x={}): pass
G: list
K.c = 1
Other.C = 2
setattr(K, "LIMIT", 3)
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[U]", "unknown-name"), ("[*U]", "unknown-name"), ("[*G]", "contents"), ("[*m.ROWS]", "contents"), ("{**U}", "unknown-name"), ("{**G}", "contents"), ("{'a': U}", "unknown-name"),
        ("{U: 1}", "unknown-name"), ("[lambda q=U: q]", "unknown-name"), ("[lambda *, q=U: q]", "unknown-name"), ("[i for i in (1, 2) if U]", "unknown-name"),
        ("[U for i in (1, 2)]", "unknown-name"), ("{1: U for i in (1, 2)}", "unknown-name"), ("[i for i in G]", "contents"), ("[g(1)]", "call"), ("[g()()]", "call"), ("dict(a=U)", "unknown-name"),
        ("dict(**G)", "contents"), ("dict(G)", "contents"), ("defaultdict(U)", "unknown-name"), ("defaultdict(list, G)", "contents"), ("[m.rows]", "attribute"), ("[int.X]", "attribute"),
        ("[rows.X]", "attribute"), ("[Other.X]", "attribute"), ("[ValueError.X]", "attribute"), ("[K.b]", "attribute"), ("[K.a.B]", "attribute"), ("[K.A.B]", "attribute"), ("[1 + U]", "unknown-name"), ("[(1, 2) + G]", "contents"), ("[K.C.D]", "attribute"), ("[m.a.B]", "attribute"),
        ("[1 if G else 2]", "contents"), ("[i for i in (1, 2) if G]", "contents"), ("[R == 1]", "contents"), ("[str(R)]", "contents"), ("[f'{R}']", "contents"),
        ("[f'{1:{U}}']", "unknown-name"), ("[T[U]]", "unknown-name"), ("[G[0]]", "contents"), ("[R[0][0]]", "contents"), ("[1 if U else 2]", "unknown-name"), ("[1 if 1 else U]", "unknown-name"),
        ("[str(B)]", "contents"), ("[str(E)]", "contents"), ("[str(S)]", "contents"), ("[[*i] for i in R]", "contents"), ("[i[0] for i in R]", "contents"), ("[len(i) for i in R]", "contents"), ("{1: i + [1] for i in R}", "contents"),
        ("[m.C]", "attribute"), ("[Rows.C]", "attribute"), ("[K.LIMIT]", "attribute"), ("[m.LIMIT]", "attribute"),
        ("[(yield)]", "construct"), ("['{}'.format(G)]", "contents"), ("[f'{G}']", "contents"), ("[G + [1]]", "contents"), ("[U.X]", "unknown-name"), ("[g]", "rebound"),
    ],
)  # fmt: skip
def test_a_default_that_may_differ(text: str, kind: str) -> None:
    head = "g = 1\ndef h():\n    global g\n    g = 2\n" if kind == "rebound" else ""
    assert found(head + SOURCE.format(text))[1] == kind


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("class C:\n    A = 1\n    def f(self, x=[A]): pass", "class-name"), ("class C:\n    class A:\n        B = 1\n    def f(self, x=[A.B]): pass", "class-name"),
        ("def o():\n    U = 1\n    def f(x=[U]):\n        nonlocal U\n        U = 2", "shadowed"), ("U = 1\ndef f(x=[U]):\n    global U", "shadowed"), ("U = 1\ndef f(x=[U]):\n    U = 2", "shadowed"),
        ("def o():\n    def f(x=[G]): pass\nG = 1", None), ("def o():\n    def f(x=[G]): pass\nG = 1\nG = 2", "rebound"), ("U = 1\ndef f(x=[lambda: U]):\n    U = 2", "shadowed"), ("def f(x=list(range(3))):\n    range = 1", "shadowed"), ("def f(x=[G]): pass\nG = 1", "rebound"), ("G = 1\ndef f(x=[G]): pass\nG = 2", "rebound"), ("G: int\nG = 1\ndef f(x=[G]): pass", None),
        ("G = 1\ndef f(x=[G]): pass\nG: int", None), ("G = 1\ndef f(x=[G]): pass\ndel G", "rebound"), ("try:\n    pass\nexcept E as G:\n    def f(x=[G]): pass", "rebound"),
        ("for G in a:\n    def f(x=[G]): pass", "loop"), ("while a:\n    G = 1\n    def f(x=[G]): pass", "loop"), ("for G in a: pass\ndef f(x=[G]): pass", None),
        ("for i in a:\n    def o(G):\n        def f(x=[G]): pass", None), ("def o(G):\n    def f(x=[G]): pass\n    return f", None), ("def o(G):\n    for i in a:\n        def f(x=[G]): pass", None),
        ("def o():\n    def f(x=[G]): pass\nfor G in a: o()", "loop"), ("def o():\n    def f(x=[G]): pass\nwhile a:\n    G = 1\n    o()", "loop"),
        ("def o():\n    def f(x=[G]): pass\n[o() for i in a if (G := i)]", "loop"), ("for G in a: pass\nclass C:\n    def f(self, x=[G]): pass", None),
        ("import G\ndef f(x=[G]): pass", None), ("def o():\n    for i in a:\n        import G\n        def f(x=[G]): pass", "loop"),
        ("def o():\n    G = 1\n    def p():\n        nonlocal G\n        G = 2\n    def f(x=[G]): pass", "rebound"), ("while a:\n    def G(): pass\n    def f(x=[G]): pass", "loop"),
        ("for i in a:\n    class C:\n        def o():\n            G = 1\n            def f(x=[G]): pass", None), ("match a:\n    case [G]:\n        def f(x=[G]): pass", None),
    ],
)  # fmt: skip
def test_a_variable_in_a_default(source: str, kind: str | None) -> None:
    assert found(source)[1] == kind
