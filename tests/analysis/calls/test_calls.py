"""Which code of the file a call runs, and which parameter an argument becomes."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def callee(source: str, call: str, facts: Facts) -> int | None:
    """The line of what the call runs."""
    module = facts(source)
    node = next(node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and ast.unparse(node) == call)
    found = module.callee(node)
    return found.lineno if found is not None else None


CLASS = "class A:\n    def m(self): pass\n    def go(self): self.m()\n"


@pytest.mark.parametrize(
    ("source", "call", "line"),
    [
        ("def f(): pass\nf()", "f()", 1),
        ("f = lambda: 0\nf()", "f()", 1),
        ("class C: pass\nC()", "C()", 1),
        (CLASS, "self.m()", 2),
        (f"{CLASS}class B(A): pass", "self.m()", 2),
        ("class A:\n    def m(self): pass\nclass B(A):\n    def go(self): self.m()", "self.m()", 2),
        ("class A:\n    def m(self): pass\nclass B(A):\n    def m(self): super().m()", "super().m()", 2),
        ("import functools\n@functools.cache\ndef f(): pass\nf()", "f()", 3),
    ],
)
def test_a_call_that_is_certain(source: str, call: str, line: int, facts: Facts) -> None:
    assert callee(source, call, facts) == line


@pytest.mark.parametrize(
    ("source", "call"),
    [
        ("def f(): pass\nf = 1\nf()", "f()"),
        ("if x:\n    def f(): pass\nelse:\n    def f(): pass\nf()", "f()"),
        ("@other\ndef f(): pass\nf()", "f()"),
        ("def f(): pass\nfrom lib import *\nf()", "f()"),
        ("def f(): pass\nglobals()['f'] = 1\nf()", "f()"),
        (f"{CLASS}class B(A):\n    def m(self): pass", "self.m()"),
        (f"{CLASS}class B(A[int]):\n    def m(self): pass", "self.m()"),
        (f"{CLASS}A.m = 1", "self.m()"),
        (f"{CLASS}setattr(A, 'm', 1)", "self.m()"),
        ("class A:\n    if x:\n        def m(self): pass\n    else:\n        def m(self): pass\n    def go(self): self.m()", "self.m()"),
        ("class A:\n    def m(self): pass\nclass B(A):\n    m = other\n    def go(self): self.m()", "self.m()"),
        ("class A(Unknown):\n    def go(self): self.m()", "self.m()"),
        ("class A:\n    def m(self): pass\n    @staticmethod\n    def go(x): x.m()", "x.m()"),
    ],
)
def test_a_call_that_is_not(source: str, call: str, facts: Facts) -> None:
    assert callee(source, call, facts) is None


@pytest.mark.parametrize(
    ("call", "parameter"),
    [("f(X)", "a"), ("f(1, X)", "b"), ("f(b=X)", "b"), ("f(k=X)", "k"), ("f(1, 2, X)", None), ("f(other=X)", None), ("f(*y, X)", None)],
)
def test_the_parameter_of_an_argument(call: str, parameter: str | None, facts: Facts) -> None:
    module = facts(f"def f(a, b=1, *rest, k=2, **named): pass\nX = y = 0\n{call}")
    node = next(node for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    argument = next(node for node in ast.walk(node) if isinstance(node, ast.Name) and node.id == "X")
    function = module.tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    assert module.calls.parameter_for(node, argument, function) == parameter


def test_a_method_is_given_its_receiver_first(facts: Facts) -> None:
    module = facts("class A:\n    def m(self, v): pass\n    def go(self, x):\n        self.m(x)\n        A.m(self, x)")
    for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
        found = module.callee(call)
        assert isinstance(found, ast.FunctionDef)
        assert module.calls.parameter_for(call, call.args[-1], found) == "v"


def test_classes_that_name_each_other_as_bases_end(facts: Facts) -> None:
    module = facts("class A(B): pass\nclass B(A): pass")
    assert len(module.calls.lineage(module.calls.classes["A"][0])) == 2
