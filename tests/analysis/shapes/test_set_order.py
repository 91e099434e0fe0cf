"""When the order of a new set can be seen."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.set_order import order_would_show
from codemods.analysis.types.vocabulary import INT, NONE, STR, Type

NUMBERS = Type("dict", (INT, None))


def shows(text: str, source: Type | None = NUMBERS) -> bool:
    """Whether the order of what is made around the name `d` would show."""
    module = Module(text, ast.parse(text))
    name = next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "d")
    return order_would_show(module.parent(name), source, module)


@pytest.mark.parametrize(
    "text",
    [
        "x = set(d)",
        "print(frozenset(d))",
        "for x in set(d): pass",
        "list(set(d))",
        "set(d) | e",
        "min(set(d), key=f)",
        "sorted(set(d), key=f)",
        "'%s' % set(d) == e",
    ],
)
def test_it_shows(text: str) -> None:
    assert shows(text)


@pytest.mark.parametrize(
    "text",
    [
        "set(d) == e",
        "x in set(d)",
        "len(set(d))",
        "any(set(d))",
        "bool(set(d) - e)",
        "sorted(set(d))",
        "min(set(d) & e)",
        "set(d) - e <= f",
    ],
)
def test_it_does_not_show(text: str) -> None:
    assert not shows(text)


@pytest.mark.parametrize("text", ["x = d", "list(d)", "len(d)", "m.set(d)"])
def test_nothing_else_is_a_set(text: str) -> None:
    assert not shows(text)


def test_strings_have_another_order_in_every_process_anyway() -> None:
    assert not shows("x = set(d)", Type("dict", (STR, None)))
    assert shows("x = set(d)", Type("dict", (None, STR)))
    assert shows("x = set(d)", Type("dict"))


def test_only_an_exact_dict_is_copied_table_and_all() -> None:
    assert not shows("x = set(d)", Type("collections.defaultdict", (INT, None)))
    assert not shows("x = set(d)", None)
    assert shows("x = set(d)", Type("Union", (NUMBERS, NONE)))


def test_sorting_hides_the_order_only_of_what_has_one() -> None:
    assert shows("sorted(set(d))", Type("dict", (Type("frozenset"), None)))


def test_a_builtin_must_be_the_builtin() -> None:
    assert shows("def len(x): pass\nlen(set(d))")
    assert shows("def sorted(x): pass\nsorted(set(d))")
