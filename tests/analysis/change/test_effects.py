"""What the events of a loop's body may do to the collection that the loop runs over."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.effects import ELEMENT, REBIND, SIZE, Effect, Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module
from codemods.analysis.order.turns import events_of
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings

Facts = Callable[[str], Module]


def effects(body: str, facts: Facts, head: str = "def f(rows: list, g, other: list):", over: str = "rows") -> list[Effect]:
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    module = facts(f"{head}\n    for i in range(len({over})):\n{lines}")
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For) and ast.unparse(node.target) == "i")
    collection = loop.iter.args[0].args[0]  # type: ignore[attr-defined]
    place = place_of(collection, module)
    assert place is not None
    found = Effects(module, place, module.type_of(collection), loop)
    return [effect for event in events_of(loop, module) for effect in found.of(event)]


@pytest.mark.parametrize(
    "body",
    ["print(rows[i])", "rows[i].x", "rows[i][0] = 1", "x = rows[i]", "len(rows)", "out = []\nout.append(1)", "rows.index(1)", "n = 0\nn += 1",
     "sorted(other)", "with open('x') as h: pass"],
)  # fmt: skip
def test_nothing_happens(body: str, facts: Facts) -> None:
    assert effects(body, facts) == []


@pytest.mark.parametrize(
    ("body", "kinds"),
    [("rows[i] = 1", ELEMENT), ("rows[0] += 1", ELEMENT), ("del rows[i]", ELEMENT | SIZE), ("rows[1:] = g", ELEMENT | SIZE),
     ("rows.append(1)", ELEMENT | SIZE), ("rows.sort()", ELEMENT), ("rows = g", REBIND), ("rows += g", REBIND | SIZE), ("del rows", REBIND),
     ("for rows in g: pass", REBIND), ("import rows", REBIND), ("def rows(): pass", REBIND), ("rows[i], x = 1, 2", ELEMENT),
     ("with open('x') as rows[i]: pass", ELEMENT)],
)  # fmt: skip
def test_what_is_written_is_certain(body: str, kinds: int, facts: Facts) -> None:
    (found,) = effects(body, facts)
    assert (found.kinds, found.certain) == (kinds, True)


@pytest.mark.parametrize(
    "body",
    [
        "g()",
        "other[0] = 1",
        "other.append(1)",
        "other += [1]",
        "other *= 2",
        "(other or rows).append(1)",
        "(other if g else rows)[0] = 1",
        "with g: pass",
        "g.rows.append(1)",
    ],
)
def test_what_may_happen_is_not(body: str, facts: Facts) -> None:
    found = effects(body, facts)
    assert found
    assert not any(effect.certain for effect in found)


def test_unknown_code_cannot_rebind_a_local(facts: Facts) -> None:
    assert not any(effect.kinds & REBIND for effect in effects("g()", facts))


def test_unknown_code_may_rebind_an_attribute(facts: Facts) -> None:
    head = "class C:\n    def __init__(self): self.rows = [1]\ndef f(c: C, g):"
    assert any(effect.kinds & REBIND for effect in effects("g()", facts, head, "c.rows"))


def test_unknown_code_does_nothing_to_a_tuple(facts: Facts) -> None:
    assert effects("g(rows)", facts, "def f(rows: tuple, g):") == []


def test_unknown_code_may_rebind_what_a_closure_binds(facts: Facts) -> None:
    head = "def f(g):\n    rows = 'abc'\n    def h():\n        nonlocal rows\n        rows = ''"
    assert [effect.kinds & REBIND for effect in effects("g(h)", facts, head)] == [REBIND]


def test_a_dicts_store_has_its_key(facts: Facts) -> None:
    (store,) = effects("rows[i] = 1", facts, "def f(rows: dict):")
    (popped,) = effects("rows.pop(i)", facts, "def f(rows: dict):")
    assert [ast.unparse(one.key) for one in (store, popped) if one.key is not None] == ["i", "i"]


CHANGES = {
    "a star import": "xs = [1]\nfor i in range(len(xs)):\n    from os.path import *\n    print(xs[i])\n",
    "an import of the name": "def f(xs: list):\n    for i in range(len(xs)):\n        import xs\n        print(xs[i])\n",
    "a handler that binds the name": "def f(xs: list, g):\n    for i in range(len(xs)):\n        try: g\n        except ValueError as xs: pass\n        print(xs[i])\n",
    "an attribute set through `vars`": "class A:\n    def f(self):\n        self.xs = [1]\n        for i in range(len(self.xs)):\n            vars(self)['xs'] = [2]\n            print(self.xs[i])\n",
    "an attribute set through a dict of all attributes": "class A:\n    def f(self, d: dict):\n        self.xs = [1]\n        v = self.__dict__\n        for i in range(len(self.xs)):\n            d['xs'] = [2]\n            print(self.xs[i])\n",
    "an asynchronous loop": "async def f(xs: list, g):\n    for i in range(len(xs)):\n        async for _ in g: pass\n        print(xs[i])\n",
    "an asynchronous `with`": "async def f(xs: list, g):\n    for i in range(len(xs)):\n        async with g: pass\n        print(xs[i])\n",
    "an asynchronous comprehension": "async def f(xs: list, g):\n    for i in range(len(xs)):\n        [_ async for _ in g]\n        print(xs[i])\n",
    "`+=` of another name": "def f(xs: list, ys: list):\n    ys = xs\n    for i in range(len(xs)):\n        ys += [1]\n        print(xs[i])\n",
    "`+=` of an element that is the list": "def f(xs: list):\n    held = [xs]\n    for i in range(len(xs)):\n        held[0] += [1]\n        print(xs[i])\n",
    "`+=` of an attribute that is the list": "class A:\n    def f(self, xs: list):\n        self.ys = xs\n        for i in range(len(xs)):\n            self.ys += [1]\n            print(xs[i])\n",
    "`*=` of an attribute that is the list": "class A:\n    def f(self, xs: list):\n        self.ys = xs\n        for i in range(len(xs)):\n            self.ys *= 2\n            print(xs[i])\n",
    "a store into an element that is the list": "class A:\n    def f(self, xs: list):\n        self.ys = [xs]\n        for i in range(len(xs)):\n            self.ys[0][0] = 2\n            print(xs[i])\n",
    "a generator that is advanced": "def f(xs: list):\n    g = (xs.pop() for _ in 'ab')\n    for i in range(len(xs)):\n        next(g)\n        print(xs[i])\n",
    "a generator that is unpacked": "def f(xs: list, h):\n    g = (h() for _ in 'ab')\n    for i in range(len(xs)):\n        a, b = g\n        print(xs[i])\n",
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_may_change_the_list_keeps_the_index(name: str) -> None:
    program = CHANGES[name]
    compile(program, "a program", "exec")
    outcome = process(program.encode(), Settings(("range-len",)))
    assert not isinstance(outcome, Fixed)
    assert outcome.diagnostics  # type: ignore[union-attr]
