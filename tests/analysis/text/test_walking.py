"""A tree is walked for a name that its text can spell, in whatever letters."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.text.walking import may_hold, walk


def test_what_is_walked_is_all_but_contexts_and_operators() -> None:
    text = (
        "@d\nasync def f(a, /, b: int = 1, *c, e=2, **g) -> str:\n    global h\n    with a as b: x[1:2], y.z = {**u, k: v}\n    match a:\n"
    )
    text += "        case {'a': None, **r} | [True, *s] if not a < b + c: return f'{a!r:{w}}'\nimport m as n\nlambda q, *, t: (yield)\n"
    tree = ast.parse(text)
    leaves = ast.expr_context | ast.operator | ast.unaryop | ast.cmpop
    assert list(walk(tree)) == [node for node in ast.walk(tree) if not isinstance(node, leaves)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("setattr(a, 'b', c)", True),
        ("a.b = c", False),
        ("ｓetattr(a, 'b', c)", True),
        ("x = 'ä'", True),
    ],
)
def test_may_hold(text: str, held: bool) -> None:
    assert may_hold(text, "setattr", "vars") is held


@pytest.mark.parametrize("setter", ["setattr", "ｓetattr", "ſetattr", "s\u212fta\u1d57tr"])
def test_a_name_in_compatible_letters_is_the_same_name(setter: str) -> None:
    text = f"import os\n{setter}(os, 'getcwd', f)\nos.getcwd\n"
    tree = ast.parse(text)
    module = Module(text, tree)
    assert len(module.hidden_writes.attribute_setters) == 1
    assert module.origin(tree.body[-1].value) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("word", ["global", "nonlocal"])
def test_declarations_are_seen(word: str) -> None:
    text = f"x = 1\ndef f():\n    x = 2\n    def g():\n        {word} x\n        x = 3\n"
    module = Module(text, ast.parse(text))
    outer, inner = module.names.module.bindings["x"], module.names.module.children[0].bindings["x"]
    assert (len(outer), len(inner)) == ((2, 1) if word == "global" else (1, 2))
