"""What binds a name, and what is recorded of it."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.names.scopes import Binding

Facts = Callable[[str], Module]


def bindings(module: Module, name: str = "x") -> list[Binding]:
    """Every binding of a name in the file, in the order in which the scopes stand."""
    return [binding for scope in module.names.module.below() for binding in scope.bindings.get(name, ())]


def told(binding: Binding) -> tuple[str, str | None, tuple[int, ...] | None]:
    """A binding's kind, the text of its value, and which part of it."""
    return binding.kind, ast.unparse(binding.value) if binding.value is not None else None, binding.path


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a", ("assign", "a", ())),
        ("x = y = a", ("assign", "a", ())),
        ("x, y = a", ("assign", "a", (0,))),
        ("y, x = a", ("assign", "a", (1,))),
        ("y, (z, x) = a", ("assign", "a", (1, 1))),
        ("[y, x] = a", ("assign", "a", (1,))),
        ("y, x = a, b", ("assign", "b", ())),
        ("y, (z, x) = a, b", ("assign", "b", (1,))),
        ("y, (z, x) = a, (b, c)", ("assign", "c", ())),
        ("y, x = a, *b", ("assign", "(a, *b)", (1,))),
        ("y, x = a, b, c", ("assign", "(a, b, c)", (1,))),
        ("*y, (z, x) = a, b", ("assign", "(a, b)", None)),
        ("for y, x in (a, b): pass", ("for", "(a, b)", (1,))),
        ("*x, y = a", ("assign", "a", None)),
        ("*y, x = a", ("assign", "a", None)),
        ("x, *y = a", ("assign", "a", (0,))),
        ("x: int = a", ("assign", "a", ())),
        ("x: int", ("annotation", None, ())),
        ("x += a", ("augment", "a", ())),
        ("(x := a)", ("walrus", "a", ())),
        ("for x in a: pass", ("for", "a", ())),
        ("for y, x in a: pass", ("for", "a", (1,))),
        ("async def f():\n    async for x in a: pass", ("for", "a", ())),
        ("[y for x in a]", ("for", "a", ())),
        ("[y for z, x in a]", ("for", "a", (1,))),
        ("with a as x: pass", ("with", "a", ())),
        ("with b as y, a as x: pass", ("with", "a", ())),
        ("with a as (y, x): pass", ("with", "a", (1,))),
        ("async def f():\n    async with a as x: pass", ("with", "a", ())),
        ("import x", ("import", None, ())),
        ("import x.y", ("import", None, ())),
        ("import y as x", ("import", None, ())),
        ("from y import x", ("import", None, ())),
        ("from y import z as x", ("import", None, ())),
        ("def x(): pass", ("function", None, ())),
        ("async def x(): pass", ("function", None, ())),
        ("class x: pass", ("class", None, ())),
        ("try: pass\nexcept a as x: pass", ("except", "a", ())),
        ("match a:\n    case x: pass", ("match", None, ())),
        ("match a:\n    case [*x]: pass", ("match", None, ())),
        ("match a:\n    case {**x}: pass", ("match", None, ())),
        ("match a:\n    case int() as x: pass", ("match", None, ())),
        ("match a:\n    case C(x): pass", ("match", None, ())),
        ("match a:\n    case C(y=x): pass", ("match", None, ())),
        ("del x", ("delete", None, ())),
        ("def f(x): pass", ("parameter", None, ())),
        ("def f(x=a): pass", ("parameter", "a", ())),
        ("def f(y, x=a, /): pass", ("parameter", "a", ())),
        ("def f(*, x=a): pass", ("parameter", "a", ())),
        ("def f(*x): pass", ("parameter", None, None)),
        ("def f(**x): pass", ("parameter", None, None)),
        ("lambda x=a: 1", ("parameter", "a", ())),
    ],
)
def test_one_binding(facts: Facts, source: str, expected: tuple[str, str | None, tuple[int, ...] | None]) -> None:
    assert [told(binding) for binding in bindings(facts(source))] == [expected]


@pytest.mark.parametrize("source", ["x", "x.y = a", "x[0] = a", "for x.y in a: pass", "f(x=1)", "global x", "x.y: int = 1", "del x.y"])
def test_no_binding(facts: Facts, source: str) -> None:
    assert bindings(facts(source)) == []


def test_the_node_of_a_binding_is_the_name_stored(facts: Facts) -> None:
    module = facts("x = 1\nx, y = z")
    assert [type(binding.node) for binding in bindings(module)] == [ast.Name, ast.Name]
    assert [binding.node.lineno for binding in bindings(module)] == [1, 2]  # type: ignore[attr-defined]


def test_an_annotation_is_recorded_where_it_is_written(facts: Facts) -> None:
    (plain,) = bindings(facts("x: int = 1"))
    (parameter,) = bindings(facts("def f(x: str = 'a'): pass"))
    assert [ast.unparse(one.annotation) for one in (plain, parameter) if one.annotation] == ["int", "str"]


def test_bindings_of_one_variable_are_in_the_order_of_the_text(facts: Facts) -> None:
    module = facts("def f():\n    global x\n    x = 2\nx = 1\ndef g():\n    global x\n    x = 3")
    assert [binding.value.value for binding in bindings(module)] == [2, 1, 3]  # type: ignore[union-attr]


def test_a_global_binding_belongs_to_the_module(facts: Facts) -> None:
    module = facts("def f():\n    global x\n    x = 1")
    assert [binding.scope.kind for binding in bindings(module)] == ["module"]


def test_a_nonlocal_binding_belongs_to_the_function_around(facts: Facts) -> None:
    module = facts("def f():\n    def g():\n        nonlocal x\n        x = 2\n    x = 1")
    assert [(binding.scope.kind, binding.scope.node.name) for binding in bindings(module)] == [("function", "f")] * 2  # type: ignore[attr-defined]


def test_every_node_has_a_parent_and_a_scope(facts: Facts) -> None:
    source = "@d\ndef f(a: b = c, *e, g=h, **i) -> j:\n    return lambda k: [l for l in m if n]\nclass C(D, metaclass=E):\n    o = p\n"
    module = facts(source)
    contexts = (ast.Load, ast.Store, ast.Del, ast.operator, ast.cmpop, ast.boolop, ast.unaryop)
    for node in ast.walk(module.tree):
        if not isinstance(node, contexts):
            assert node in module.names.scope_of
            assert node is module.tree or module.parent(node) is not None


def test_deep_expressions_do_not_recurse(facts: Facts) -> None:
    assert facts(f"x = {'+'.join(['a'] * 900)}").names.module.bindings["x"]


@pytest.mark.skipif(not hasattr(ast, "TypeAlias"), reason="Python 3.12 syntax")
def test_type_parameters_have_a_scope_of_their_own(facts: Facts) -> None:
    module = facts("def f[T](a: T) -> T: pass\nclass C[T]: pass\ntype X[T] = list[T]")
    assert [scope.kind for scope in module.names.module.below()].count("typeparams") == 3
    assert [binding.kind for binding in bindings(module, "T")] == ["typeparam"] * 3
    assert [binding.kind for binding in bindings(module, "X")] == ["assign"]
