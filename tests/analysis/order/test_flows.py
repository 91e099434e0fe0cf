"""What is indexed over the flows of a file, and which generators are used up where they stand."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Facts = Callable[[str], Module]


@pytest.mark.parametrize(
    ("call", "at_once"),
    [
        ("sum(G)", True), ("list(G)", True), ("sorted(G, key=f)", True), ("sorted(G, key=lambda x: f(x))", True),
        ("sorted(G, key=lambda x, *, a, b=n: f(x))", True), ("sorted(G, key=lambda x, a=f(): x)", False), ("sorted(G, key=lambda x, *, a=f(): x)", False),
        ("sum(G, n)", True),
        ("sum(G, f())", False), ("print(G)", False), ("enumerate(G)", False), ("f(G)", False), ("o.sum(G)", False), ("list(n, G)", False),
        ("dict(a=G)", False), ("G()", False), ("tuple(*G)", False), ("sum([G])", False), ("(G)", False),
        ("min(G)", True), ("min(G, default=n)", True), ("min(G, default=f())", False), ("min(G, key=None)", True), ("min(G, key=len)", True),
        ("max(G, key=f)", False), ("max(G, key=print)", True), ("max(G, key=map)", False), ("max(G, **n)", False), ("max(G, key=lambda x: -x)", True),
        ("max(G, key=lambda x: f(x))", False), ("max(G, key=lambda x: (n := x))", False), ("max(G, key=lambda x: (yield x))", False),
        ("max(G, key=lambda x: x, default=lambda: f())", False), ("', '.join(G)", True), ("b''.join(G)", True), ("f'{n}'.join(G)", True),
        ("', '.join(G, G)", False), ("', '.join(G, key=1)", False), ("text.join(G)", True), ("shown.join(G)", True), ("n.join(G)", False),
        ("twice.join(G)", False), ("made.join(G)", False), ("given.join(G)", False), ("os.sep.join(G)", True), ("o.sep.join(G)", False),
        ("f().join(G)", False), ("any(G)", True),
    ],
)  # fmt: skip
def test_a_generator_that_is_used_up_before_anything_else_runs(facts: Facts, call: str, at_once: bool) -> None:
    text = "import os\ntext, *n = ',', 1\ntext = ','\nshown = f'{n}'\ntwice = ','\ntwice = ';'\nmade = f()\ndef g(given=','): "
    module = facts(text.replace("text, *n = ',', 1\n", "") + call.replace("G", "(x for x in xs)"))
    found = [node for node in ast.walk(module.tree) if isinstance(node, ast.GeneratorExp)]
    assert module.consumed_at_once(found[0]) is at_once


@pytest.mark.parametrize("name", ["sum", "min", "len"])
def test_what_a_file_calls_like_a_builtin_is_not_it(facts: Facts, name: str) -> None:
    call = "min((x for x in xs), key=len)" if name == "len" else f"{name}(x for x in xs)"
    for head, at_once in (("", True), (f"def {name}(xs): pass\n", False)):
        module = facts(head + call)
        generator = next(node for node in ast.walk(module.tree) if isinstance(node, ast.GeneratorExp))
        assert module.consumed_at_once(generator) is at_once


PROGRAM = """
def f(x):
    x.a = 1
    x += 1
    if x:
        y = x
        del x
    x = y
    def g(): return x, y
    (x for _ in y)
    import z.w, v as u
    match y:
        case {**x}: x
    try: pass
    except E as t: t
    [x for y in y]
"""


def lines(module: Module, name: str, of: str) -> list[int]:
    function = module.tree.body[0]
    flow = module.flow_of(function)
    scope = module.scope_inside(function)
    found = module.flows.stores_of(flow, (scope, name)) if of == "stores" else module.flows.uses_of(flow, (scope, name))
    return [flow.events[index].node.lineno for index in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "stores", "uses"),
    [
        ("x", [4, 8, 13], [3, 4, 5, 5, 5, 6, 7, 13, 16]), ("y", [6], [8, 10, 12, 16]), ("g", [9], []), ("z", [11], []), ("u", [11], []), ("v", [], []),
        ("t", [15], [15]), ("w", [], []),
    ],
)  # fmt: skip
def test_the_stores_and_uses_of_a_variable(facts: Facts, name: str, stores: list[int], uses: list[int]) -> None:
    module = facts(PROGRAM)
    assert (lines(module, name, "stores"), lines(module, name, "uses")) == (stores, uses)
    assert (lines(module, name, "uses"), lines(module, name, "stores")) == (uses, stores)  # asked again


def test_the_uses_that_see_a_store(facts: Facts) -> None:
    module = facts("def f(c):\n    x = 1\n    if c:\n        x = 2\n        x\n    x\n    del x\n    x")
    function = module.tree.body[0]
    flow = module.flow_of(function)
    for _ in range(2):
        seen = module.flows.seen_uses(flow, (module.scope_inside(function), "x"))
        at = {flow.events[one].node.lineno: [flow.events[use].node.lineno for use in uses] for one, uses in seen.items()}  # type: ignore[attr-defined]
        assert at == {2: [6, 7, 8], 4: [5, 6, 7, 8]}


@pytest.mark.parametrize(
    ("text", "elsewhere", "delayed"),
    [
        ("def f(x):\n    x = 1\n    [x for _ in x]", None, []), ("def f(x):\n    def g():\n        nonlocal x\n        x = 1", 4, [4]),
        ("def f(x):\n    def g(): return x\n    x = 1\n    lambda: x", None, [2, 4]), ("def f():\n    x = 1\n    (x for _ in x)", None, [3]),
        ("def f(x):\n    [(x := y) for y in x]", None, []),
    ],
)  # fmt: skip
def test_what_other_bodies_do_with_a_variable(facts: Facts, text: str, elsewhere: int | None, delayed: list[int]) -> None:
    module = facts(text)
    variable = (module.scope_inside(module.tree.body[0]), "x")
    for _ in range(2):
        found = module.flows.bound_elsewhere(variable)
        assert (found.lineno if found is not None else None) == elsewhere  # type: ignore[attr-defined]
        assert sorted(use.lineno for use in module.flows.delayed_uses(variable)) == delayed
