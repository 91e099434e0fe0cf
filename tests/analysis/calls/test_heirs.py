"""Which classes of a file derive from which, and what a class that a call makes may have of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Facts = Callable[[str], Module]

A = "class A:\n    n = 'a'\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class B(A): pass", ["B"]),
        ("class B(A[int]): pass\nclass C(B): pass", ["B", "C"]),
        ("class B(other.A): pass", ["B"]),
        ("Base = A\nclass B(Base): pass", ["B"]),
        ("Base = A if x else object\nclass B(Base): pass", ["B"]),
        ("class B(*[A]): pass", ["B"]),
        ("class B(Other if x else object): pass\nf(A)", []),
        ("class X: pass\nclass B(X): pass\nf(A)", []),
        ("from m import X\nclass B(X): pass\nf(A)", []),
        ("for base in things:\n    class B(base): pass\nf(A)", ["B"]),
        ("class B(make()): pass\nfor A in []: pass", []),
        ("class M: pass\nclass B(M()): pass\nf(A)", []),
        ("def mixed(base):\n    class B(base): pass\n    return B\nmixed(A)", ["B"]),
        ("def mixed(base):\n    class B(base): pass\n    return B\nA()", []),
        ("def mixed(base):\n    class B(base): pass\n    return B\nisinstance(x, A)\ndef f(a: A) -> A: raise A", []),
        ("for base in [A]:\n    class B(base): pass", ["B"]),
        ("class B(make()): pass\nbases = [A]", ["B"]),
        ("from collections import namedtuple\nclass B(namedtuple('B', 'x')): pass\nbases = [A]", []),
        ("class B(Other): pass\nbases = [A]", []),
        ("import functools\nBase, x = functools.reduce(f, [A])\nclass B(Base): pass", ["B"]),
        ("X = Y\nY = X\nclass B(X): pass\nf(A)", ["B"]),
        ("X = Y\nY = X\nclass B(X): pass", []),
        ("X: type\nclass B(X): pass\nf(A)", ["B"]),
        ("X: type\nclass B(X): pass\nf(print(A)())", []),
    ],
)
def test_classes_below(source: str, expected: list[str], facts: Facts) -> None:
    module = facts(f"{A}{source}")
    (owner,) = module.calls.classes["A"]
    assert [one.name for one in module.calls.descendants(owner)] == expected


def test_a_class_is_not_below_itself(facts: Facts) -> None:
    module = facts("class A(B): pass\nclass B(A): pass")
    assert [one.name for one in module.calls.descendants(module.calls.classes["A"][0])] == ["B"]


def test_a_decorated_class_is_handed_out(facts: Facts) -> None:
    module = facts(f"def deco(base):\n    class B(base): pass\n    return B\n@deco\n{A}")
    assert [one.name for one in module.calls.descendants(module.calls.classes["A"][0])] == ["B"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("type('B', (A,), {'n': 1})", True),
        ("type('B', (A,), {'m': 1})", False),
        ("type('B', (A,), names)", True),
        ("type('B', (Other,), {'n': 1})", False),
        ("type('B', bases, {'n': 1})\nbases = (A,)", True),
        ("class C(A): pass\ntype('B', (C,), {'n': 1})", True),
        ("import types\ntypes.new_class('B', (A,))", True),
        ("import dataclasses\ndataclasses.make_dataclass('B', ['n'], bases=(A,))", True),
        ("meta('B', (A,), {'n': 1})", True),
        ("print('B', (A,), {'n': 1})", False),
        ("type(A)", False),
        ("import dataclasses\ndataclasses.make_dataclass('B', ['n'], eq=A)", False),
        ("other('B', ['n'], bases=(A,))", False),
        ("meta('B', (), {'n': 1})\nf(A)", False),
        ("meta('B', (make(),), {'n': 1})\nf(A)", False),
        ("meta('B', (A,))", False),
        ("meta('B', (A,), {'n': 1}, 2)", False),
        ("meta('B', [A], {'n': 1})", False),
        ("type('B', (A,), {**names})", True),
        ("type('B', (A,), {name: 1})", True),
        ("type('B', (A,), {1: 1})", False),
        ("def f(base): return type('B', (base,), {'n': 1})\nf(A)", True),
        ("def f(base): return type('B', (base,), {'n': 1})", False),
    ],
)
def test_attributes_of_classes_that_calls_make(source: str, expected: bool, facts: Facts) -> None:
    module = facts(f"{A}{source}")
    assert module.calls.heirs.overrides(module.calls.classes["A"][0], "n") is expected


@pytest.mark.parametrize("below", ["type('B', (A,), {'_n': 1})", "Base = A\nclass B(Base):\n    _n = 1"])
def test_an_attribute_that_a_class_below_has_otherwise(below: str, facts: Facts) -> None:
    module = facts(f"class A:\n    _n = 'a'\n    def f(self): return self._n\n{below}")
    attribute = module.calls.attributes["_n"][0]
    kind = module.type_of(attribute)
    assert kind is None or not kind.is_all("str")


def test_a_base_that_a_method_makes() -> None:
    """Which method makes it hangs on the classes below its class, and those on the bases."""
    import ast

    text = "class A:\n    def make(self): pass\nclass B(A.make()): pass\nA.make()\nclass D(A): pass\n"
    tree = ast.parse(text)
    module = Module(text, tree)
    assert {one.name for one in module.calls.descendants(tree.body[0])} >= {"D"}  # type: ignore[arg-type]
