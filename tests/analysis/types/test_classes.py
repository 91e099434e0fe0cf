"""The file's classes: which method a name means, and what a NamedTuple is as a tuple."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Shown = Callable[[str], str]

TUPLE = "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n"

ITEMS = [
    ("def f(p: P):\n    for v in p: repr(v)\n    repr(p[0])", "int; int"),
    ("class Q(P):\n    y: str = 'a'\ndef f(q: Q):\n    for v in q: repr(v)\n    repr(q[0])", "int; int"),
    ("    def __getitem__(self, i): return 'a'\ndef f(p: P): repr(p[0])", "?"),
    ("class Q(P):\n    def __iter__(self): yield 'a'\ndef f(p: P):\n    for v in p: repr(v)\n    a, = p\n    repr(a)", "?; ?"),
    ("    def f(self): pass\ndef g(p: P): repr(p[0])", "int"),
    ("class C: pass\nrepr(C()[0])", "?"),
    ("class Q(P):\n    def __iter__(self): yield 'a'\ndef f(q: Q):\n    for v in q: repr(v)", "str"),
]

METHODS = [
    ("class _C:\n    def f(self): return 1\nrepr(_C().f())", "int"),
    ("class M:\n    def f(self): return 1\nclass C(ABC, M): pass\nrepr(C().f())", "int"),
    ("class M:\n    def join(self): return 1\nclass C(Thread, M): pass\nrepr(C().join())", "?"),
    ("class M:\n    def join(self): return 1\nclass C(M, Thread): pass\nrepr(C().join())", "int"),
    ("class _C:\n    def f(self): return 1\n    def __getattribute__(self, n): return n\nrepr(_C().f())", "?"),
    ("class _C:\n    def f(self): return 1\nclass _D(_C):\n    def __getattribute__(self, n): return n\ndef f(c: _C): repr(c.f())", "?"),
    ("class _C:\n    @property\n    def x(self): return 1\n    @x.setter\n    def x(self, v): pass\nrepr(_C().x)", "int"),
    ("class _C:\n    @property\n    def x(self): return 1\n    @x.deleter\n    def x(self): pass\nrepr(_C().x)", "int"),
    ("class _C:\n    @property\n    def x(self): return 1\n    @x.getter\n    def x(self): return 'a'\nrepr(_C().x)", "?"),
    ("class _C:\n    def f(self): return 1\n    f = wrap(f)\nrepr(_C().f())", "?"),
    ("class _C:\n    def f(self): return 1\ntype('B', (_C,), {'f': x})\ndef g(c: _C): repr(c.f())", "?"),
    ("class _C:\n    def f(self): return 1\nclass D: pass\nD().f = x\nrepr(_C().f())", "int"),
    ("class _C(Thread):\n    def f(self): return 1\ndef g(t: Thread): t.f = x\nrepr(_C().f())", "?"),
    ("class C(metaclass=M):\n    def _f(self): return 1\ndef g(c: C): repr(c._f())", "?"),
    ("def g(k: type[int]): repr(k.mro())", "?"),
    ("class M:\n    def f(self): return 1\nclass C(Exception, M): pass\nrepr(C().f())", "int"),
    ("class M:\n    def add_note(self): return 1\nclass C(Exception, M): pass\nrepr(C().add_note())", "?"),
    ("class M:\n    def __str__(self): return 1\nclass C(Thread, M): pass\nrepr(C().__str__())", "?"),
    ("class _C:\n    @property\n    def x(self): return 1\n    @y.setter\n    def x(self): return 'a'\nrepr(_C().x)", "?"),
]


@pytest.mark.parametrize(("source", "expected"), ITEMS)
def test_a_named_tuple(shown: Shown, source: str, expected: str) -> None:
    assert shown(f"{TUPLE}{source}") == expected


@pytest.mark.parametrize(("source", "expected"), METHODS)
def test_a_method(shown: Shown, source: str, expected: str) -> None:
    assert shown(f"from abc import ABC\nfrom threading import Thread\n{source}") == expected


EXACT = """class D:
    def f(self): return 1
class C:
    def f(self): return 1
    def __enter__(self): return self
    def __exit__(self, *a): pass
    def __iter__(self): yield D()
def make() -> C: ...
def g(c: C):
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("c.f()", "?"),
        ("C().f()", "int"),
        ("x = C()\nx.f()", "int"),
        ("x = make()\nx.f()", "?"),
        ("x = c\nx.f()", "?"),
        ("x, y = C()\nx.f()", "?"),
        ("with C() as x: x.f()", "?"),
        ("for x in C(): x.f()", "?"),
    ],
)
def test_a_method_that_classes_elsewhere_may_override(shown: Shown, body: str, expected: str) -> None:
    """Where the object is known to be one of the class itself, they do not matter."""
    head, _, last = body.rpartition("\n")
    start, _, call = last.rpartition(" ")
    lines = [*filter(None, [head]), f"{start} repr({call})".strip()]
    assert shown(EXACT + "\n".join(f"    {line}" for line in lines)) == expected


@pytest.mark.parametrize(
    ("receiver", "exact"),
    [
        ("C", True), ("C()", True), ("made", True), ("made()", False), ("c", False), ("itself", False), ("one", False), ("C().x", False),
        ("several", False), ("in_module", False), ("make()", False), ("part", False),
    ],
)  # fmt: skip
def test_a_receiver_that_is_of_no_class_below(receiver: str, exact: bool) -> None:
    text = (
        "class C: pass\ndef make(): pass\nin_module = C()\n"
        "def f(c: C):\n    made = C()\n    itself = itself\n    one = other\n    other = one\n    several = C()\n    several = C()\n    part, _ = C()\n"
        f"    {receiver}\n"
    )
    tree = ast.parse(text)
    assert Module(text, tree).inference.classes.is_exact(tree.body[-1].body[-1].value) is exact  # type: ignore[attr-defined]
