"""Places: which expressions name a variable's path, and what a binding node binds."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.places import bound_name, place_of
from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def named(module: Module, text: str) -> list[ast.expr]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.expr) and ast.unparse(node) == text]


def test_a_dotted_path_is_a_variable_and_attributes(facts: Facts) -> None:
    module = facts("def f(run):\n    run.model.rows")
    place = place_of(named(module, "run.model.rows")[0], module)
    assert place is not None
    assert (place.name, place.attributes, place.text) == ("run", ("model", "rows"), "run.model.rows")


def test_private_attributes_are_mangled(facts: Facts) -> None:
    module = facts("class C:\n    def f(self):\n        self.__rows")
    place = place_of(named(module, "self.__rows")[0], module)
    assert place is not None
    assert place.attributes == ("_C__rows",)


def test_the_same_name_in_two_functions_is_two_places(facts: Facts) -> None:
    module = facts("def f(xs):\n    xs\ndef g(xs):\n    xs")
    first, second = (place_of(node, module) for node in named(module, "xs"))
    assert first != second


def test_a_path_starts_with_its_beginnings(facts: Facts) -> None:
    module = facts("def f(a, b):\n    a.x.y\n    a.x\n    b.x\ndef g(a):\n    a.x")
    long, short, other = (place_of(named(module, text)[0], module) for text in ("a.x.y", "a.x", "b.x"))
    elsewhere = place_of(next(node for node in named(module, "a.x") if getattr(node, "lineno", 0) == 6), module)
    assert long is not None
    assert short is not None
    assert other is not None
    assert long.starts_with(short)
    assert not short.starts_with(long)
    assert not long.starts_with(other)
    assert elsewhere is not None
    assert not long.starts_with(elsewhere)


@pytest.mark.parametrize("text", ["f()", "f().x", "xs[0]", "xs[0].y", "unknown", "(1).real"])
def test_no_place(text: str, facts: Facts) -> None:
    module = facts(f"def g(f, xs):\n    {text}")
    statement = module.tree.body[0].body[0]  # type: ignore[attr-defined]
    assert place_of(statement.value, module) is None


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import a.b", "a"), ("import a.b as c", "c"), ("from a import b", "b"), ("def f(): pass", "f"), ("class C: pass", "C"),
        ("try: pass\nexcept E as e: pass", "e"), ("match x:\n    case [y]: pass", "y"), ("match x:\n    case [*y]: pass", "y"),
        ("match x:\n    case {**y}: pass", "y"), ("lambda: 0", None),
    ],
)  # fmt: skip
def test_what_a_node_binds(source: str, name: str | None) -> None:
    names = {found for node in ast.walk(ast.parse(source)) if (found := bound_name(node)) is not None}
    assert names == ({name} if name else set())
