"""What a module says of its tree and its names."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TypeVar

from codemods.analysis.module import Module

Facts = Callable[[str], Module]
N = TypeVar("N", bound=ast.AST)


def all_of(module: Module, kind: type[N]) -> list[N]:
    return [node for node in ast.walk(module.tree) if isinstance(node, kind)]


def named(module: Module, name: str) -> list[ast.Name]:
    """The names of that spelling as they stand."""
    return sorted((node for node in all_of(module, ast.Name) if node.id == name), key=lambda node: (node.lineno, node.col_offset))


def test_what_has_no_place_of_its_own_begins_with_its_first_part(facts: Facts) -> None:
    module = facts("x\nwith a as b: [c for\n d in e]")
    assert [module.line(all_of(module, kind)[0]) for kind in (ast.withitem, ast.comprehension)] == [2, 3]  # type: ignore[type-var]


def test_own_nodes_are_none_of_what_is_nested(facts: Facts) -> None:
    module = facts("def f():\n    a\n    def g(): b\n    class C: c\n    return lambda: d")
    own = module.own_nodes(module.tree.body[0])
    assert [node.id for node in own if isinstance(node, ast.Name)] == ["a"]
    (function,) = all_of(module, ast.Lambda)
    assert [node.id for node in module.own_nodes(function) if isinstance(node, ast.Name)] == ["d"]


def test_statements_and_functions_around(facts: Facts) -> None:
    module = facts("a\ndef f():\n    class C: b\n    [c for x in y]\n    return lambda: d")
    function = module.tree.body[1]
    (a,), (b,), (c,), (d,) = (named(module, name) for name in "abcd")
    assert module.statement(a) is module.tree.body[0]
    assert module.statement(function) is function
    assert module.statement(c) is function.body[1]  # type: ignore[attr-defined]
    assert module.statement(module.tree) is None
    assert module.function(a) is None
    assert module.function(b) is module.function(c) is function
    assert module.function(d) is all_of(module, ast.Lambda)[0]
    assert [module.inside(b, one) for one in (b, function, module.tree.body[0])] == [True, True, False]


def test_a_walrus_binds_outside_of_a_comprehension_and_reads_inside(facts: Facts) -> None:
    module = facts("def f():\n    [(y := x) for x in z]\n    y\n    x")
    inner, around = module.variable(named(module, "y")[0]), module.variable(named(module, "y")[1])
    assert inner is not None
    assert inner == around
    assert module.variable(named(module, "x")[0]) == module.variable(named(module, "x")[1])
    assert module.variable(named(module, "x")[2]) is None


def test_what_is_exported(facts: Facts) -> None:
    module = facts("__all__ = ['a', b, 1]\n__all__ += ['c']\nif __all__: d = 'e'\nf = 'g'")
    assert module.exported == {"a", "c", "e"}


def test_the_order_among_nodes_of_a_class(facts: Facts) -> None:
    module = facts("f(a if b else c)")
    assert [module.ordinal(named(module, name)[0], module.tree) for name in "fabc"] == [0, 1, 2, 3]
