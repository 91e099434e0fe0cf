"""Chains of `+` taken apart."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.chains import is_literal, may_be_str, operands, outermost, terms
from codemods.analysis.types.vocabulary import INT, NONE, STR, Type


def chain_of(text: str) -> tuple[ast.BinOp, Module]:
    """The addition that stands last in a text, with nothing of it in another one."""
    module = Module(text, ast.parse(text))
    found = [node for node in ast.walk(module.tree) if isinstance(node, ast.BinOp) and outermost(node, module)]
    return found[0], module


def reached(chain: ast.BinOp, path: tuple[str, ...]) -> ast.AST:
    node: ast.AST = chain
    for step in path:
        node = getattr(node, step)
    return node


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("a + b", ["a", "b"]),
        ("a + b + c", ["a", "b", "c"]),
        ("(a + b) + c", ["a", "b", "c"]),
        ("a + (b + c)", ["a", "b + c"]),
        ("a + ('x' + c)", ["a", "'x'", "c"]),
        ("a + (s + t)", ["a", "s", "t"]),
        ("a + (b + ('x' + c)) + d", ["a", "b", "'x'", "c", "d"]),
        ("a * b + c - d", ["a * b", "c"]),
        ("a + b % c", ["a", "b % c"]),
        ("a + (n + m)", ["a", "n + m"]),
        ("a + (b * 'x' + c)", ["a", "b * 'x' + c"]),
    ],
)
def test_operands(expression: str, found: list[str]) -> None:
    chain, module = chain_of(f"def f(a, b, c, d, s: str, t: str, n: int, m: int):\n    return {expression}\n")
    listed = operands(chain, module)
    assert [ast.unparse(operand.node) for operand in listed] == found
    assert all(reached(chain, operand.path) is operand.node for operand in listed)


def test_deep_chains_are_taken_apart_without_recursion() -> None:
    chain, module = chain_of(f"x = {' + '.join(['a'] * 900)}\n")
    assert len(list(terms(chain))) == 900
    assert len(operands(chain, module)) == 900


def test_only_the_whole_chain_is_the_outermost() -> None:
    module = Module("a + b + c", ast.parse("a + b + c"))
    additions = [node for node in ast.walk(module.tree) if isinstance(node, ast.BinOp)]
    assert [outermost(node, module) for node in additions] == [True, False]


def test_what_may_be_a_str() -> None:
    assert may_be_str(None)
    assert may_be_str(Type("Union", (STR, NONE)))
    assert may_be_str(Type("object"))
    assert may_be_str(Type("collections.abc.Sequence"))
    assert not may_be_str(INT)
    assert not may_be_str(Type("Union", (INT, NONE)))
    assert not may_be_str(Type(".Markup"))


def test_literals() -> None:
    texts = ["'a'", "f'{a}'", "b'a'", "1", "a"]
    assert [is_literal(ast.parse(text, mode="eval").body) for text in texts] == [True, True, False, False, False]
