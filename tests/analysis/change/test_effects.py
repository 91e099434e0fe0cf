"""What the events of a loop's body may do to the collection that the loop runs over."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.effects import ELEMENT, REBIND, SIZE, Effect, Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module
from codemods.analysis.order.flow import ITERATE
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


OWN = "_XS = [1]\ndef change(*a): _XS.append(1)\n"
CLASS = "class C:\n    def __init__(self): self.rows = [1]\n"
TAKEN = f"{CLASS}def h(c): vars(c).update(g)\n"
SETTLED = f"{CLASS.replace('rows', '_rows')}class D:\n    def h(self): vars(self).update(g)\n"
LAZY = "def f(rows: list, h, other: list):\n    gen = (h() for _ in other)"
EQUAL = f"{OWN}class C:\n    def __eq__(self, o): change()\ndef f(g):"
GIVEN = "_GIVEN: list = g\ndef change(*a): _GIVEN.append(1)\n"
PUT = "def put(x): x.append(1)\nclass P:\n    def put(self, x): x.append(1)\n"
ALL = ELEMENT | SIZE | REBIND
PERHAPS = (ELEMENT | SIZE, False, None)


@pytest.mark.parametrize(
    ("head", "over", "body", "expected"),
    [
        (f"{OWN}class E(Exception):\n    def __init__(self): change()\ndef f(g):", "_XS", "try: raise E\nexcept E: pass", [PERHAPS]),
        ("xs = [1]\nif xs:", "xs", "from os.path import *", [(ALL, False, None)]),
        ("def f(rows: list):", "rows", "import os\ndef h(): pass", []),
        ("def f(rows: list, other: list):", "rows", "out = []\nout += other", []),
        ("def f(rows: list, other: list):", "rows", "other += 1", []),
        (f"{CLASS}def f(c: C, other):", "c.rows", "other.rows = 1", [(ALL, False, None)]),
        (f"{CLASS}def f(c: C, other):", "c.rows", "other.unknown = 1", []),
        (f"{TAKEN}def f(c: C, d: dict):", "c.rows", "d['x'] = 1", [(ALL, False, None)]),
        (f"{TAKEN}def f(c: C, d: dict[str, int] | None):", "c.rows", "d['x'] = 1", [(ALL, False, None)]),
        (f"{CLASS}def f(c: C, d: dict):", "c.rows", "d['x'] = 1", []),
        (f"{TAKEN}def f(rows: list, d: dict):", "rows", "d['x'] = 1", []),
        (f"{TAKEN}def f(c: C, d: dict):", "c.rows", "d.update(a=1)", [(ALL, False, None)]),
        (f"{CLASS}def f(c: C, d: dict):", "c.rows", "d.update(a=1)", []),
        (f"{TAKEN.replace('[1]', '{}')}def f(c: C):", "c.rows", "c.rows[0] = 1", [(ELEMENT, True, "0")]),
        ("def f(rows: tuple):", "rows", "rows[0] = 1", [(ELEMENT | SIZE, True, "0")]),
        ("def f(rows: dict):", "rows", "rows[0] = 1", [(ELEMENT | SIZE, True, "0")]),
        ("def f(rows: list, other: list):", "rows", "other[0] = 1", [(ELEMENT | SIZE, False, "0")]),
        ("async def f(rows: list, g):", "rows", "async with open('x') as h: pass", [PERHAPS, PERHAPS]),
        (f"{OWN}def f(g):", "_XS", "with g.x: pass", [PERHAPS] * 2),
        ("def f(g):\n    rows = ''\n    class C:\n        def __eq__(self, o):\n            nonlocal rows\n            rows = 'a'", "rows", "C() == g",
         [(ALL, False, None)] * 2),
        (EQUAL, "_XS", "if g == C(): pass", [PERHAPS] * 2),
        (EQUAL, "_XS", "with open('x') as h, g == C(): pass", [PERHAPS] * 4),
        (LAZY, "rows", "gen", []),
        (LAZY, "rows", "h2 = lambda: gen", []),
        *((LAZY, "rows", body, [PERHAPS]) for body in ("next(gen)", "for x in gen: pass", "[x for x in gen]", "a, b = gen", "[*gen]", "1 in gen")),
        (f"{PUT}def f(rows: list):", "rows", "put(rows)", [PERHAPS]),
        (f"{PUT}def f(rows: tuple):", "rows", "put(rows)", []),
        (f"{PUT}def f(rows: list, p: P):", "rows", "p.put(rows)", [PERHAPS]),
        ("def f(rows: list, other: list):", "rows", "list(map(rows.append, other))", [PERHAPS] * 3),
        ("def f(rows: dict, g: dict):", "rows", "rows.update(g)", [(ELEMENT | SIZE, True, None)]),
        ("def f(rows: dict, g):", "rows", "rows.pop(g)", [(ELEMENT | SIZE, True, "g")]),
        ("def f(rows: dict, g):", "rows", "dict.pop(rows, g)", [(ELEMENT | SIZE, True, None)]),
        ("def f(rows: list, g):", "rows", "rows.pop(g)", [(ELEMENT | SIZE, True, None)]),
        (f"{GIVEN}def f(rows: list):", "rows", "change()", [PERHAPS]),
        (f"{GIVEN}def f(rows: tuple):", "rows", "change()", []),
        (f"{GIVEN}def f():\n    rows = [1]", "rows", "change()", []),
        ("_XS = [1]\nrows: list = g\nif g:", "rows", "any(_XS.append(x) for x in g)", []),
        ("_XS: list = g\nrows: list = g\nif g:", "rows", "any(_XS.append(x) for x in g)", [PERHAPS]),
        (f"{SETTLED}def f(c: C, d: dict):", "c._rows", "d.update(a=1)", []),
        (LAZY, "rows", "if next(gen): pass", [PERHAPS]),
        (f"{CLASS}def put(x):\n    x.rows.append(1)\n    x.rows = g\ndef f(c: C):", "c.rows", "put(c)", [(ALL, False, None)]),
        (f"{CLASS}def put(x, y):\n    x.append(1)\n    y.rows = g\ndef f(c: C):", "c.rows", "put(c.rows, c)", [(ALL, False, None)]),
        (f"{OWN}def f(g):", "_XS", "change()", [PERHAPS]),
        ("def f(rows):", "rows", "rows.append(1)", [(ELEMENT | SIZE, True, None)]),
        ("def f(rows):", "rows", "rows.unknown()", [(ELEMENT | SIZE, True, None)]),
        ("def f(rows):", "rows", "rows.index(1)", []),
        ("class R(list):\n    def put(self): g()\ndef f(rows: R):", "rows", "rows.put()", [PERHAPS]),
        (f"{OWN}class C:\n    @property\n    def x(self): change()\ndef f(c: C):", "_XS", "if c.x: pass", [PERHAPS]),
        (f"{OWN}class C:\n    @property\n    def x(self): change()\ndef f(g):", "_XS", "match g:\n    case C(x=1): pass", [PERHAPS]),
        (f"{OWN}class C:\n    @property\n    def x(self): change()\ndef f(c: C):", "_XS", "match c:\n    case 1: pass", []),
    ],
)  # fmt: skip
def test_what_may_happen_to_it(head: str, over: str, body: str, expected: list[tuple[int, bool, str | None]], facts: Facts) -> None:
    found = effects(body, facts, head, over)
    assert [(effect.kinds, effect.certain, effect.key and ast.unparse(effect.key)) for effect in found] == expected


def test_a_lazy_map_calls_at_each_turn(facts: Facts) -> None:
    found = effects("for x in map(change, other): pass", facts, f"{OWN}def f(other):", "_XS")
    assert ITERATE in {effect.event.kind for effect in found if effect.what == "map(change, other)"}


def test_a_star_import_is_named_as_it_is_written(facts: Facts) -> None:
    assert [effect.what for effect in effects("from os.path import *", facts, "xs = [1]\nif xs:", "xs")] == ["from os.path import *"]


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
