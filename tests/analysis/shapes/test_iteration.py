"""Which reads in a loop are the element that the turn is about."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.effects import REBIND, SIZE, Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module
from codemods.analysis.shapes.iteration import Iteration, study, used_afterwards

Facts = Callable[[str], Module]


def studied(body: str, facts: Facts, tail: str = "", head: str = "") -> tuple[Iteration, ast.AST | None]:
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    return studied_in(f"def f(rows: list, g, other):\n{head}    for i in range(len(rows)):\n{lines}\n{tail}", facts)


def studied_in(source: str, facts: Facts) -> tuple[Iteration, ast.AST | None]:
    """What the first loop of a program does, and the use of its variable behind it."""
    module = facts(source)
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For))
    collection = loop.iter.args[0].args[0]  # type: ignore[attr-defined]
    place = place_of(collection, module)
    assert place is not None
    assert isinstance(loop.target, ast.Name)
    found = study(loop, place, loop.target, Effects(module, place, module.type_of(collection), loop))
    return found, used_afterwards(loop.target, loop, module)


@pytest.mark.parametrize(
    ("body", "part", "count"),
    [
        ("print(rows[i], rows[i])", "reads", 2),
        ("rows[i] = 1\nprint(rows[i])", "stale", 1),
        ("print(rows[i])\nrows[i] = 1", "reads", 1),
        ("while rows[i]:\n    rows[i] -= 1", "stale", 1),
        ("g()\nprint(rows[i])", "assumed", 1),
        ("lambda: rows[i]", "delayed", 1),
        ("print((rows[i] for _ in g))", "delayed", 1),
        ("f'{rows[i]=}'", "shown", 1),
        ("rows[i] = rows[i]", "stores", 1),
        ("print(i, rows[i])", "index_uses", 1),
        ("print(rows[i + 1])", "neighbours", 1),
        ("print(other[i])", "strangers", 1),
        ("print(other[i + 1], other[g(k=i)])", "strangers", 2),
        ("print(other[rows[i]])", "strangers", 0),
        ("print(other[g[i]])", "strangers", 2),
        ("print(other[g])", "strangers", 0),
        ("print(rows[g])", "neighbours", 1),
        ("rows[i], rows[0] = rows[0], rows[i]", "swapped", 1),
        ("rows[0], rows[1] = rows[i], 2", "swapped", 0),
        ("g, rows[i] = rows[i], 2", "swapped", 0),
        ("g, other = rows[i], 2", "swapped", 0),
        ("other[i], rows[i] = 2, rows[i]", "swapped", 0),
        ("g.a = rows[i], 2", "swapped", 0),
        ("print((rows[i], 2))", "swapped", 0),
        ("rows[i] += 1", "stores", 1),
        ("del rows[i]", "stores", 1),
        ("rows.sort()\nprint(rows[i])", "stale", 1),
    ],
)
def test_where_a_use_belongs(body: str, part: str, count: int, facts: Facts) -> None:
    found, _ = studied(body, facts)
    assert len(getattr(found, part)) == count


def test_a_write_on_the_way_out_is_followed_by_no_turn(facts: Facts) -> None:
    found, _ = studied("if rows[i]:\n    del rows[i]\n    break", facts)
    assert found.effects
    assert found.repeats(SIZE | REBIND) is None


def test_a_write_that_stays_in_the_loop_is(facts: Facts) -> None:
    found, _ = studied("print(rows[i])\nrows.pop()", facts)
    assert found.repeats(SIZE, certain=True) is not None
    assert found.repeats(SIZE, certain=False) is None
    assert found.repeats(SIZE) is not None


def test_a_write_to_an_element_leaves_the_size(facts: Facts) -> None:
    found, _ = studied("rows[i] = 1\nprint(rows[i])", facts)
    assert found.again
    assert found.repeats(SIZE) is None


@pytest.mark.parametrize("body", ["i = 1", "def i(): pass", "class i: pass", "del i", "import i", "print(i := 1)", "for i in g: pass"])
def test_the_index_bound_again(body: str, facts: Facts) -> None:
    assert studied(body, facts)[0].rebound is not None


@pytest.mark.parametrize(
    "body", ["print(i)", "j = 1", "def j(): pass", "lambda: i", "[i for i in g]", "class C:\n    def i(self): pass", "def j():\n    i = 1"]
)
def test_the_index_that_is_not(body: str, facts: Facts) -> None:
    assert studied(body, facts)[0].rebound is None


def test_a_private_index_bound_again(facts: Facts) -> None:
    source = "class C:\n    def f(self, rows):\n        for __i in range(len(rows)):\n            def __i(): pass"
    assert studied_in(source, facts)[0].rebound is not None
    source = (
        "class C:\n    def f(self, rows):\n        for __i in range(len(rows)):\n            class D:\n                def __i(self): pass"
    )
    assert studied_in(source, facts)[0].rebound is None


def test_where_the_index_is_bound_again_first(facts: Facts) -> None:
    rebound = studied("i = 1\ni = 2", facts, "    def h():\n        nonlocal i\n        i = 0")[0].rebound
    assert rebound is not None
    assert rebound.lineno == 3  # type: ignore[attr-defined]


def test_the_index_bound_by_an_inner_function(facts: Facts) -> None:
    assert studied("print(i)", facts, "    def h():\n        nonlocal i\n        i = 0")[0].rebound is not None


def test_a_use_before_the_loop_that_would_mean_a_variable_further_out(facts: Facts) -> None:
    assert studied("print(rows[i])", facts, head="    print(i)\n")[1] is not None
    assert studied("print(rows[i])", facts, head="    i = 0\n    print(i)\n")[1] is None
    assert studied_in("rows = [1]\nprint(i)\nfor i in range(len(rows)):\n    print(rows[i])", facts)[1] is None


def test_one_of_two_variables_after_the_loop(facts: Facts) -> None:
    module = facts("def f(rows):\n    for i, row in enumerate(rows):\n        print(row)\n    return i")
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For))
    i, row = loop.target.elts  # type: ignore[attr-defined]
    assert used_afterwards(i, loop, module) is not None
    assert used_afterwards(row, loop, module) is None


@pytest.mark.parametrize(
    ("tail", "used"),
    [("    return i", True), ("    del i", True), ("    i += 1", True), ("    i = 1\n    return i", False), ("    for i in g: print(i)", False),
     ("    return lambda: i", True), ("    return [i for i in g]", False), ("", False)],
)  # fmt: skip
def test_the_index_after_the_loop(tail: str, used: bool, facts: Facts) -> None:
    assert (studied("print(rows[i])", facts, tail)[1] is not None) is used
