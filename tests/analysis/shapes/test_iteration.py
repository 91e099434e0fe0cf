"""Which reads in a loop are the element that the turn is about."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.effects import REBIND, SIZE, Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module
from codemods.analysis.shapes.iteration import Iteration, study, used_afterwards

Facts = Callable[[str], Module]


def studied(body: str, facts: Facts, tail: str = "") -> tuple[Iteration, ast.AST | None]:
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    module = facts(f"def f(rows: list, g, other):\n    for i in range(len(rows)):\n{lines}\n{tail}")
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


@pytest.mark.parametrize("body", ["i = 1", "def i(): pass", "class i: pass", "del i", "import i", "print(i := 1)", "for i in g: pass"])
def test_the_index_bound_again(body: str, facts: Facts) -> None:
    assert studied(body, facts)[0].rebound is not None


@pytest.mark.parametrize(
    ("tail", "used"),
    [("    return i", True), ("    del i", True), ("    i += 1", True), ("    i = 1\n    return i", False), ("    for i in g: print(i)", False),
     ("    return lambda: i", True), ("    return [i for i in g]", False), ("", False)],
)  # fmt: skip
def test_the_index_after_the_loop(tail: str, used: bool, facts: Facts) -> None:
    assert (studied("print(rows[i])", facts, tail)[1] is not None) is used
