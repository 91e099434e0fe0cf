"""What runs in one turn of a loop or clause."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.order.flow import NARROW
from codemods.analysis.order.turns import body_of, events_of, nodes_of


@pytest.mark.parametrize(
    ("text", "body", "names"),
    [
        ("for a in b:\n    c\n    d\ne", "c; d", "c d"), ("for a.b[c] in d: e\nelse: f", "e", "e"), ("for a in b:\n    for c in d: e\nf", "for c in d:\n    e", "d c e"),
        ("[a for b in c if d for e in f if g]", "d;  for e in f if g; a", "d f e g a"), ("{a: b for c in d}\ne", "a; b", "a b"),
        ("{a for b in c}", "a", "a"), ("sum(a for b in c)", "a", "a"), ("for a, b in c: pass\nd", "pass", ""),
        ("for a in b:\n    def f(): c\n    d", "def f():\n    c; d", "d"), ("while a:\n    for b in c: d\ne", "d", "d"),
    ],
)  # fmt: skip
def test_a_turn(text: str, body: str, names: str) -> None:
    tree = ast.parse(text)
    module = Module(text, tree)
    loop = next(node for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension))
    assert "; ".join(ast.unparse(part) for part in body_of(loop, module)) == body
    assert {ast.unparse(node) for node in nodes_of(loop, module) if isinstance(node, ast.Name)} >= set(names.split())
    assert [
        event.node.id for event in events_of(loop, module) if event.kind != NARROW and isinstance(event.node, ast.Name)
    ] == names.split()
