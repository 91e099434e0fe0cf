"""Which attributes hold objects of their own."""

from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Facts = Callable[[str], Module]

MADE, OWN, SETTLED = 1, 3, 7


def known(source: str, facts: Facts, name: str = "_x") -> int:
    attributes = facts(source).private_attributes
    return attributes.made(name) + 2 * attributes.own(name) + 4 * attributes.settled(name)


def in_class(body: str, before: str = "self._x = []", head: str = "class A:") -> str:
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    return f"{head}\n    def __init__(self, g):\n        {before}\n{lines}\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (in_class("pass"), SETTLED),
        (in_class("pass", "self._x: list = []"), SETTLED),
        (in_class("pass", "self._x: list; self._x = []"), SETTLED),
        (in_class("pass", "self._x = []; self._x += g"), SETTLED),
        (in_class("pass", "self._x = []; self._x.append(g)"), SETTLED),
        (in_class("def f(self): return self._x[0]"), SETTLED),
        (in_class("def f(self): self._x = []"), OWN),
        (in_class("def f(self): self._x.append(1)"), OWN),
        (in_class("f = lambda self: self._x.clear()"), OWN),
        (in_class("def f(self): del self._x"), OWN),
        (in_class("def f(self): return self._x"), MADE),
        (in_class("def f(self, g): g(self._x)"), MADE),
        (in_class("pass", "self._x = g"), 0),
        (in_class("pass", "self._x: list = g"), 0),
        (in_class("pass", "self._x = self.y = []"), 0),
        (in_class("pass", "self._x, self.y = [], []"), 0),
        (in_class("pass", "for self._x in g: pass"), 0),
        (in_class("def f(self, g): self._x = g"), 0),
        (in_class("pass", "pass"), 0),
        (in_class("def f(self): print(self._x)", "pass"), 0),
        (in_class("_x = []"), 0),
        (in_class("def _x(self): pass"), 0),
        (in_class("_x: list"), SETTLED),
        (in_class("_x: list", head="@dataclass\nclass A:"), 0),
        (in_class("_x: list", head="class A(B):"), 0),
        (in_class("def f(self): getattr(self, '_x').clear()"), 0),
        (in_class("def f(self, g): setattr(self, g, 1)"), 0),
        (in_class("def f(self, g): setattr(self, 'y', g)"), SETTLED),
        (in_class("def f(self, g): setattr(g, g, 1)"), 0),
        (f"{in_class('pass')}class B:\n    def f(self, g): setattr(self, g, 1)", SETTLED),
        (f"{in_class('pass')}class B(A):\n    def f(self, g): setattr(self, g, 1)", 0),
        (f"class B:\n    def f(self, g): setattr(self, g, 1)\n{in_class('pass', head='class A(B):')}", 0),
        (f"{in_class('pass')}class B:\n    def f(self, g): setattr(self, g, 1)\ndef h(a): a._x = []", 0),
    ],
)
def test_what_an_attribute_holds(source: str, expected: int, facts: Facts) -> None:
    assert known(source, facts) == expected


def test_only_a_private_one_is_settled(facts: Facts) -> None:
    assert known(in_class("pass", "self.x = []"), facts, "x") == OWN
