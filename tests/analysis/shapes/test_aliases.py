"""The first line of a loop that names its element."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.effects import Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module
from codemods.analysis.shapes.aliases import LeadingAlias, leading_alias, room_behind
from codemods.analysis.shapes.iteration import study

Facts = Callable[[str], Module]


def alias(body: str, facts: Facts, tail: str = "") -> LeadingAlias | None:
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    module = facts(f"def f(rows: list, g):\n    for i in range(len(rows)):\n{lines}\n{tail}")
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For))
    collection = loop.iter.args[0].args[0]  # type: ignore[attr-defined]
    place = place_of(collection, module)
    assert place is not None
    assert isinstance(loop.target, ast.Name)
    found = study(loop, place, loop.target, Effects(module, place, module.type_of(collection), loop))
    return leading_alias(loop, found, module)


@pytest.mark.parametrize(
    ("body", "target", "serves"),
    [
        ("row = rows[i]\nprint(row)", "row", True),
        ("row = rows[i]\nrow += 1", "row", False),
        ("row = rows[i]\nfor row in g: pass", "row", False),
        ("a, b = rows[i]\nprint(a)", "(a, b)", False),
        ("(a,) = rows[i]\nprint(a)", "(a,)", False),
        ("a, *b = rows[i]\nprint(a)", "(a, *b)", False),
        ("*a, = rows[i]\nprint(a)", "(*a,)", False),
    ],
)
def test_an_alias(body: str, target: str, serves: bool, facts: Facts) -> None:
    found = alias(body, facts)
    assert found is not None
    assert (found.target, found.serves) == (target, serves)


def test_an_alias_that_an_inner_function_binds(facts: Facts) -> None:
    found = alias("row = rows[i]\nprint(row)", facts, "    def g():\n        nonlocal row\n        row = 1\n")
    assert found is not None
    assert not found.serves


@pytest.mark.parametrize(
    "body",
    ["row = rows[i]", "row = rows[i]; print(row)", "row = rows[i + 1]\nprint(row)", "a = b = rows[i]\nprint(a)", "g.x = rows[i]\nprint(g)",
     "a, *b.x = rows[i]\nprint(a)", "row = rows[i][0]\nprint(row)", "print(i)\nrow = rows[i]"],
)  # fmt: skip
def test_none(body: str, facts: Facts) -> None:
    assert alias(body, facts) is None


def test_the_room_behind_a_header(facts: Facts) -> None:
    module = facts("for x in xs:\n    pass\nfor x in (\n    xs\n):\n    pass")
    one, broken = (node for node in module.tree.body if isinstance(node, ast.For))
    assert room_behind(one, "for x in xs:", module) == module.line_length - len("for x in xs:") - 2
    assert room_behind(broken, "for x in xs:", module) == 0
