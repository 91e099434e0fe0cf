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
        ("def g():\n    def f(): pass\n    globals()['f'] = 1\n    f()", "f()", 2),
        (f"{CLASS}A().m()", "A().m()", 2),
        (f"{CLASS}class Z:\n    class A: pass", "self.m()", 2),
        (f"{CLASS}class Z:\n    def put(self, name): setattr(self, name, 1)", "self.m()", 2),
        (f"{CLASS}    def put(self): setattr(self, 'other', 1)", "self.m()", 2),
        (f"{CLASS}setattr(x, 'other', 1)", "self.m()", 2),
        (f"{CLASS}class B(A, Unknown): pass", "self.m()", 2),
        (f"class Plain: pass\n{CLASS}class B(Plain, A): pass", "self.m()", 3),
        ("class A:\n    def m(self): pass\nclass B(A):\n    def m(self): pass\n    def go(self): self.m()", "self.m()", 4),
        ("class A:\n    def m(self): pass\nclass C: pass\nclass B(C, A):\n    def go(self): self.m()", "self.m()", 2),
        ("class A:\n    def m(self): pass\nclass B(A, Unknown):\n    def go(self): self.m()", "self.m()", 2),
        ("class A(Unknown):\n    def m(self): pass\n    def go(self): self.m()", "self.m()", 2),
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
        ("class A:\n    def go(self): self.m()", "self.m()"),
        ("with (lambda: 0) as f: f()", "f()"),
        ("def f(): pass\nf.__code__ = g.__code__\nf()", "f()"),
        (f"{CLASS}setattr(x.y, name, 1)", "self.m()"),
        (f"{CLASS}    def put(self, name): setattr(self, name, 1)", "self.m()"),
        (f"{CLASS}class B(A):\n    def put(self, name): setattr(self, name, 1)", "self.m()"),
        ("class A:\n    @other\n    def m(self): pass\n    def go(self): self.m()", "self.m()"),
        (f"class Plain: pass\n{CLASS}class B(Plain, Unknown, A): pass", "self.m()"),
        ("class ist:\n    def append(self): pass\nx = []\nx.append()", "x.append()"),
        (f"{CLASS}setattr(x, name, 1)", "self.m()"),
        (f"{CLASS}type('B', (A,), {{'m': 1}})", "self.m()"),
        ("class A(metaclass=M):\n    def m(self): pass\n    def go(self): self.m()", "self.m()"),
        ("class A(**given):\n    def m(self): pass\n    def go(self): self.m()", "self.m()"),
        (f"{CLASS}class B(Unknown, A): pass", "self.m()"),
        ("class A(Unknown):\n    def m(self): pass\n    def go(self): self.m()\nclass B(Other, A): pass", "self.m()"),
        ("class A:\n    def m(self): pass\nclass C:\n    def m(self): pass\nclass B(A, C):\n    def go(self): self.m()", "self.m()"),
        ("def f():\n    super().m()", "super().m()"),
        ("class A:\n    m = 1\nclass B(A):\n    def go(self): super().m()", "super().m()"),
        ("class A:\n    def m(self): pass\n    f = lambda self: self.m()", "self.m()"),
        ("class A:\n    m = 1\n    def m(self): pass\n    def go(self): self.m()", "self.m()"),
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


def test_a_lambda_of_a_class_is_given_what_is_written(facts: Facts) -> None:
    module = facts("f = lambda a, b: 0\nf(1, X)")
    call = module.tree.body[-1].value  # type: ignore[attr-defined]
    found = module.callee(call)
    assert isinstance(found, ast.Lambda)
    assert module.calls.parameter_for(call, call.args[1], found) == "b"


def test_a_method_is_given_its_receiver_first(facts: Facts) -> None:
    module = facts("class A:\n    def m(self, v): pass\n    def go(self, x):\n        self.m(x)\n        A.m(self, x)")
    for call in (node for node in ast.walk(module.tree) if isinstance(node, ast.Call)):
        found = module.callee(call)
        assert isinstance(found, ast.FunctionDef)
        assert module.calls.parameter_for(call, call.args[-1], found) == "v"


@pytest.mark.parametrize(
    ("call", "parameter"), [("A.make(X)", "v"), ("a.make(X)", "v"), ("A.still(X)", "v"), ("a.still(X)", "v"), ("A.plain(X)", "this")]
)
def test_a_method_of_a_class_is_given_the_class_first(call: str, parameter: str, facts: Facts) -> None:
    text = "class A:\n    @classmethod\n    def make(cls, v): pass\n    @staticmethod\n    def still(v): pass\n    def plain(this): pass\na = A()\n"
    module = facts(text + call)
    node = module.tree.body[-1].value  # type: ignore[attr-defined]
    found = module.callee(node)
    assert isinstance(found, ast.FunctionDef)
    assert module.calls.parameter_for(node, node.args[0], found) == parameter


def test_classes_that_name_each_other_as_bases_end(facts: Facts) -> None:
    module = facts("class A(B): pass\nclass B(A): pass")
    assert len(module.calls.lineage(module.calls.classes["A"][0])) == 2
