"""Which attributes a piece of code may set, going by names alone."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module

HEAD = """
class C:
    def __init__(self, other):
        self.made = other.given = 1
    def turn(self): self.turned = 1
    @property
    def p(self): self.by_property = 1
def go(thing): thing.gone = 1
def __init__(self): self.outside = 1
"""


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("return x.a", ""), ("x.a = 1", "a"), ("del x.a", "a"), ("x.a += 1", "a"), ("x.a[0] = 1", ""), ("for x.a, y.b in z: pass", "a b"),
        ("setattr(x, 'a', 1)", "a"), ("delattr(x, 'a')", "a"), ("setattr(x, y, 1)", "*"), ("f(setattr, 'a', 1)", "*"), ("f(x, 'a', setattr)", "*"),
        ("delattr(x, 1)", "*"), ("setattr('a')", "*"), ("g = setattr", "*"), ("vars(x)['a'] = 1", "*"), ("exec(x)", "*"), ("x.__dict__", "*"),
        ("x.__setattr__('a', 1)", "*"), ("go(x)", "gone"), ("x.go()", "gone"), ("C(x)", "given"), ("x.C()", "given"), ("x.turn()", "turned"),
        ("x.turn", ""), ("x.p", "by_property"), ("x.q", ""), ("turn()", "turned"), ("other()", ""), ("self.x = 1", "x"), ("f()()", ""),
    ],
)  # fmt: skip
def test_attributes_that_a_function_sets(code: str, names: str) -> None:
    text = f"{HEAD}def f(self, x, y, z):\n    {code}\n"
    tree = ast.parse(text)
    stores = Module(text, tree).implicit.stores
    every = ("a", "b", "x", "made", "given", "turned", "by_property", "gone")
    found = [name for name in every if stores.may_set(frozenset({name}), [tree.body[-1]])]
    assert found == list(every) if names == "*" else sorted(found) == names.split()


@pytest.mark.parametrize(
    ("maker", "sets"),
    [
        ("__init__(self, other): self.a = 1", False), ("__post_init__(this): this.a = 1", False), ("__init__(self, /, other): del self.a", False),
        ("__init__(self, other): other.a = 1", True), ("__init__(self, other):\n        self = other\n        self.a = 1", True),
        ("__init__(self, other): other().a = 1", True), ("__init__(self, other): self.b.a = 1", True), ("__init__(*self): unbound.a = 1", True),
        ("__init__(self):\n        def inner(self): self.a = 1", True), ("__init__(self):\n        def inner(): self.a = 1", True),
        ("__init__(*self): self.a = 1", True), ("__new__(cls, other): cls.a = 1", True), ("turn(self): self.a = 1", True),
        ("__new__(cls):\n        self = cls.one\n        self.a = 1", True),
    ],
)  # fmt: skip
def test_what_makes_an_object_sets_what_is_another(maker: str, sets: bool) -> None:
    text = f"class C:\n    def {maker}\n"
    tree = ast.parse(text)
    assert Module(text, tree).implicit.stores.may_set(frozenset({"a"}), tree.body[0].body) is sets  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lazy", "sets"), [("map(x.turn, y)", True), ("map(turn, y)", True), ("map(x, y)", False), ("iter(x.go, y)", False)]
)
def test_what_a_lazy_call_is_given_is_called(lazy: str, sets: bool) -> None:
    tree = ast.parse(f"{HEAD}{lazy}\n")
    assert Module(HEAD, tree).implicit.stores.may_set(frozenset({"turned"}), [tree.body[-1].value]) is sets  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", ["C.turn", "turn"])
def test_what_is_given_to_a_class_may_set_anything(given: str) -> None:
    text = f"{HEAD}{given} = f\n"
    tree = ast.parse(text)
    assert Module(text, tree).implicit.stores.may_set(frozenset({"a"}), [tree.body[-1].targets[0]])  # type: ignore[attr-defined]
