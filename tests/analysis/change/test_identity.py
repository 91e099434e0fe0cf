"""Whether something else than a place may give, hold or change the object that a loop runs over."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.identity import Identity
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def identity(source: str, facts: Facts) -> Identity:
    """Of what the loop over `i` runs over."""
    module = facts(source)
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For | ast.comprehension) and ast.unparse(node.target) == "i")
    collection = loop.iter.args[0].args[0]  # type: ignore[attr-defined]
    place = place_of(collection, module)
    assert place is not None
    return Identity(module, place, module.type_of(collection), loop)


def marked(module: Module) -> ast.expr:
    """The argument of `repr(…)`."""
    return next(node.args[0] for node in ast.walk(module.tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "repr")


def over(collection: str, node: str, before: str = "pass") -> str:
    lines = "\n".join(f"    {line}" for line in before.split("\n"))
    head = "async def f(xs: list, ys: list, d: dict, s: str, t: tuple, g, o: dict[str, list], p: list[str], q: list[dict[str, int]]):"
    return f"from collections import Counter, OrderedDict, deque\n{head}\n{lines}\n    for i in range(len({collection})):\n        repr({node})\n"


def method(collection: str, node: str, before: str = "pass", others: str = "pass") -> str:
    lines = "\n".join(f"        {line}" for line in before.split("\n"))
    made = "class A:\n    def __init__(self, g):\n        self._own = [1]\n        self.own = [1]\n        self._other = g\n        self.more = [2]\n"
    loop = f"        for i in range(len({collection})):\n            repr({node})\n"
    return f"{made}    def f(self, g, xs: list, t: tuple, a: 'A'):\n{lines}\n{loop}    {others}\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (over("xs", "xs"), True),
        (over("xs", "xs", "xs = [1]"), True),
        (over("t", "t"), False),
        (over("xs", "ys"), True),
        (over("xs", "g"), True),
        (over("xs", "g", "xs = [1]"), False),
        (over("xs", "d"), False),
        (over("xs", "s or xs", "xs = [1]"), True),
        (over("xs", "s or g", "xs = [1]"), False),
        (over("xs", "xs if g else s", "xs = [1]"), True),
        (over("xs", "s if g else xs", "xs = [1]"), True),
        (over("xs", "s if xs else g", "xs = [1]"), False),
        (over("xs", "(n := xs)", "xs = [1]"), True),
        (over("xs", "*xs", "xs = [1]"), True),
        (over("xs", "await xs", "xs = [1]"), True),
        (over("xs", "xs[0]"), False),
        (over("xs", "xs[0][g]"), False),
        (over("xs", "ys[0]"), True),
        (over("xs", "xs[0].rows"), True),
        (over("xs", "[*xs]"), False),
        (over("xs", "ys", "ys = [1]"), False),
        (over("xs", "ys", "ys = ys or [1]"), True),
        (over("xs", "g.own"), True),
        (over("xs", "h['a']", "h = {}\nh['a'] = [1]\nh['b'] = h['a']"), False),  # filled from itself
        (over("xs", "h['a']", "h = {}\nh['a'] = xs\nh['b'] = h['a']"), True),
        (over("xs", "h['a']", "h = {}\nh['a'] = g"), True),
        (over("xs", "h['a']", "h = {}\nh['a'] = [1]\ng(h)"), True),
        (over("xs", "h", "h: OrderedDict = g"), False),
        (over("d", "h", "h: OrderedDict = g"), True),
        (over("h", "d", "h: OrderedDict = g"), True),
        (over("h", "k", "h: OrderedDict = g\nk: Counter = g"), False),
        (over("xs", "h", "h: deque = g"), False),
        (over("h", "xs", "h: deque = g"), False),
        (over("xs", "h", "import array\nh = array.array('i', s)\ng(h)"), True),
        (over("xs", "h", "class C(list): pass\nh: C = g"), True),
        (over("xs", "h", "h: int | str | list = g"), True),
        (over("xs", "h", "h: int | str | dict = g"), False),
        (over("h", "d", "h: bool | list = g"), False),
    ],
)
def test_what_an_expression_may_give(source: str, expected: bool, facts: Facts) -> None:
    found = identity(source, facts)
    assert found.may_be(marked(found.module)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (method("self._own", "g"), False),
        (method("self._own", "a._own"), True),
        (method("self._own", "self._other"), False),
        (method("self._own", "a.unknown"), False),
        (method("self.own", "g"), True),
        (method("self.own", "self.more"), False),
        (method("self.own", "self.more", others="def h(self): return self.more"), False),
        (method("self.own", "self.more", others="def h(self): return self.own"), False),
        (method("self._own", "self._other", others="def h(self): return self._own"), True),
        (method("self.own", "self._other"), True),  # `a = A(rows); a._other = …`, and the rows are `a.own`
        (method("self._other", "g"), True),
        (method("self._other", "self._own"), False),
        (method("self._other", "self.own"), True),
        (method("xs", "self._own"), False),
        (method("xs", "self._other"), True),
        (method("xs", "self.own"), True),
        (method("xs", "self.own", "self.own = []"), False),
        (method("xs", "self.own", "self.own = []\nprint(g)"), False),
        (method("xs", "self.own", "self.own = []\nself.own.append(1)"), False),
        (method("xs", "self.own", "self.own = []\ng(self)"), True),  # which may do `self.own = xs`
        (method("xs", "self.own", "g(self)\nself.own = []"), False),
        (method("xs", "self.own", "self.own = []\nwith g: pass"), True),
        (method("xs", "self.own", "self.own = []\nself = a"), True),
        (method("xs", "self.own", "self.own = []\na.own = []"), True),
        (method("xs", "self.own", "if g: self.own = []"), True),
        (method("xs", "self.own", "if g: self.own = []\nelse: self.own = [1]"), False),
        (method("xs", "self.own", "print(self.own[0])"), True),
        (method("xs", "self.own", "a.own = []"), True),
        (method("xs", "self.own", "self.more = []"), True),
        (method("xs", "self._other", "self._other = []"), True),
        (method("self._other", "self.own", "self.own = []\nself._other = xs"), True),
        (method("xs", "self.own", "self.own = []\nxs = g.rows"), True),
        (method("xs", "self.own", "for n in g:\n    self.own = []\n    print(n)"), True),
        (method("n", "self.own", "n = xs\nself.own = []"), True),
        (
            "class A:\n    def f(self, xs):\n        def h():\n            self.a = []\n            for i in range(len(xs)): repr(self.a)",
            False,
        ),
        ("class A:\n    def f(self, xs):\n        self.a = []\n        def h():\n            for i in range(len(xs)): repr(self.a)", True),
    ],
)
def test_what_an_attribute_may_give(source: str, expected: bool, facts: Facts) -> None:
    found = identity(source, facts)
    assert found.may_be(marked(found.module)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (over("xs", "g"), True),
        (over("t", "g"), False),
        (over("xs", "g", "xs = [1]"), False),
        (over("xs", "xs"), False),
        (over("xs", "xs[0]"), False),
        (over("xs", "ys"), True),
        (over("xs", "s"), False),
        (over("xs", "p"), False),
        (over("xs", "q"), False),
        (over("xs", "o"), True),
        (over("d", "o"), True),  # its lists may hold anything
        (over("d", "q"), True),
        (over("g", "p"), True),
        (over("xs", "h", "h: list[dict[str, list[int]]] = g"), True),
        (over("xs", "h", "h: list[dict[str, int]] | int = g"), False),
        (over("xs", "h", "h: list[dict[str, int]] | dict[str, list] = g"), True),
        (over("xs", "h", "h: dict[str, g] = g"), True),
        (over("h", "p", "h: list | str = g"), True),
    ],
)
def test_what_an_expression_may_hold(source: str, expected: bool, facts: Facts) -> None:
    found = identity(source, facts)
    assert found.may_be_inside(marked(found.module)) is expected


@pytest.mark.parametrize(
    ("source", "private", "exposed", "rebindable"),
    [
        (over("xs", "g"), False, True, False),
        (over("t", "g"), False, False, False),
        (over("xs", "g", "xs = [1]"), True, False, False),
        ("_XS = [1]\ndef f(g):\n    for i in range(len(_XS)): repr(g)", True, False, False),
        ("xs = [1]\ndef f(g):\n    for i in range(len(xs)): repr(g)", True, True, False),
        ("xs = [1]\nfor i in range(len(xs)): repr(g)", True, False, False),
        ("_XS = g\ndef f(g):\n    for i in range(len(_XS)): repr(g)", False, True, False),
        ("_XS = [1]\ndef h():\n    global _XS\n    _XS = []\ndef f(g):\n    for i in range(len(_XS)): repr(g)", False, True, True),
        ("_XS = [1]\nglobals()['_XS'] = []\ndef f(g):\n    for i in range(len(_XS)): repr(g)", False, True, True),
        ("globals()['xs'] = []\ndef f(g, xs):\n    for i in range(len(xs)): repr(g)", False, True, False),
        ("def f(g):\n    xs = [1]\n    g(locals())\n    def h():\n        for i in range(len(xs)): repr(g)", False, True, False),
        ("import collections\nD = collections.defaultdict(g)\nfor i in range(len(D.default_factory)): repr(g)", False, True, True),
        (method("self._own", "g"), False, False, False),
        (method("self.own", "g"), False, True, True),
        (method("self._other", "g"), False, True, True),
        (method("self.a._own", "g"), False, False, True),
        (method("self._own", "g", others="def h(self): self._own.append(1)"), False, True, True),
    ],
)
def test_who_may_reach_it(source: str, private: bool, exposed: bool, rebindable: bool, facts: Facts) -> None:
    found = identity(source, facts)
    assert (found.private, found.exposed, found.rebindable) == (private, exposed, rebindable)


@pytest.mark.parametrize(
    ("source", "held"),
    [
        (method("xs", "g"), {"own", "_other", "unknown"}),
        (method("xs", "g", "xs = [1]"), set()),
        (method("t", "g"), set()),
        (method("self._own", "g"), {"_own"}),
        (method("self.own", "g"), {"own", "_other", "unknown"}),
        (method("self._other", "g"), {"own", "_other", "unknown"}),
        (method("self.unknown", "g"), {"own", "_other", "unknown"}),
    ],
)
def test_which_attributes_may_hold_it(source: str, held: set[str], facts: Facts) -> None:
    found = identity(source, facts)
    assert {name for name in ("_own", "own", "_other", "unknown") if found.held_by(name)} == held


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (method("xs", "g"), False),
        (method("xs", "g", others="def h(self): self._own.append(g)"), True),
        (method("xs", "g", others="def h(self): self._own.append([1])"), False),
        (method("xs", "g", others="def h(self): return self._own"), True),
        (method("xs", "g", others="def h(self): return self._own[0]"), True),
        (method("xs", "g", "xs = [1]", others="def h(self): return self._own"), False),
        (method("t", "g", others="def h(self): return self._own"), False),
    ],
)
def test_whether_an_element_of_an_attribute_may_be_it(source: str, expected: bool, facts: Facts) -> None:
    assert identity(source, facts).may_be_element_of("_own") is expected


def test_which_variables_may_hold_it(facts: Facts) -> None:
    found = identity("_OWN = [1]\n_GIVEN = g\ndef f(xs, g):\n    own = [1]\n    g(locals())\n    for i in range(len(xs)): pass", facts)
    module = found.module.names.module
    assert [found.held_by_variable(module, name) for name in ("_OWN", "_GIVEN")] == [False, True]
    assert found.held_by_variable(found.place.scope, "own")
