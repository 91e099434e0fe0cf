"""Chains of `+`, and what is added in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.types.vocabulary import Type


class Operand(Struct, frozen=True):
    """One term of a chain, and the steps ("left", "right") that lead to it from the chain's root."""

    node: ast.expr
    path: tuple[str, ...]


def outermost(node: ast.BinOp, module: Module) -> bool:
    """Whether `node` is an addition that is no part of a longer one."""
    parent = module.parent(node)
    return isinstance(node.op, ast.Add) and not (isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add))


def operands(chain: ast.BinOp, module: Module) -> list[Operand]:
    """The terms of a chain in order.

    A sum on the right, which has parentheses around it, is taken apart where it holds a literal or is proved a str: then all its terms
    are, and the parentheses mean nothing. `x + (y + z)` of unknown things is the sum of two.
    """
    return list(_operands(chain, (), module))


def _operands(chain: ast.expr, path: tuple[str, ...], module: Module) -> Iterator[Operand]:
    spine: list[Operand] = []
    while isinstance(chain, ast.BinOp) and isinstance(chain.op, ast.Add):
        spine.append(Operand(chain.right, (*path, "right")))
        chain, path = chain.left, (*path, "left")
    yield Operand(chain, path)
    for operand in reversed(spine):
        if _is_sum_of_texts(operand.node, module):
            yield from _operands(operand.node, operand.path, module)
        else:
            yield operand


def _is_sum_of_texts(node: ast.expr, module: Module) -> bool:
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add):
        return False
    if any(is_literal(term) for term in terms(node)):
        return True
    kind = module.type_of(node)
    return kind is not None and kind.is_all("str")


def terms(chain: ast.BinOp) -> Iterator[ast.expr]:
    """All that is added anywhere in the chain, in no particular order."""
    stack: list[ast.expr] = [chain]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            stack += (node.left, node.right)
        else:
            yield node


def is_literal(node: ast.expr) -> bool:
    """Whether it is a str literal or an f-string."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def may_be_str(kind: Type | None) -> bool:
    """Whether a value of that type can be a `str`: nothing is known of it, it may be one among others, or only what it can do is known."""
    if kind is None:
        return True
    return any(one.name in ("str", "object") or one.name.startswith(("typing.", "collections.abc.")) for one in kind.members())
