"""LibCST pieces that several rules' `rewrite` share. Imports LibCST: import it inside `rewrite` only."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

import libcst as cst

_Node = TypeVar("_Node", bound=cst.CSTNode)


class _SubscriptsByOrdinal(cst.CSTTransformer):
    """Replaces the n-th subscripts, counted as `analysis.positions.in_source_order` counts them, by a name."""

    def __init__(self, ordinals: Collection[int], name: str) -> None:
        super().__init__()
        self.ordinals = ordinals
        self.name = name
        self.count = 0
        self.open: list[int] = []

    def visit_Subscript(self, node: cst.Subscript) -> None:
        self.open.append(self.count)
        self.count += 1

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        if self.open.pop() in self.ordinals:
            return cst.Name(self.name, lpar=updated_node.lpar, rpar=updated_node.rpar)
        return updated_node


def replace_subscripts(node: _Node, ordinals: Collection[int], name: str) -> _Node:
    """`node` with the subscripts named by their ordinals replaced by `name`; parentheses around them stay."""
    changed = node.visit(_SubscriptsByOrdinal(ordinals, name))
    assert isinstance(changed, type(node))
    return changed


class _CallByOrdinal(cst.CSTTransformer):
    """Puts what `change` makes of it in place of the n-th call, counted as `analysis.positions.in_source_order` counts."""

    def __init__(self, ordinal: int, change: Callable[[cst.Call], cst.BaseExpression]) -> None:
        super().__init__()
        self.ordinal = ordinal
        self.change = change
        self.count = 0
        self.open: list[int] = []

    def visit_Call(self, node: cst.Call) -> None:
        self.open.append(self.count)
        self.count += 1

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        return self.change(updated_node) if self.open.pop() == self.ordinal else updated_node


def replace_call(node: _Node, ordinal: int, change: Callable[[cst.Call], cst.BaseExpression]) -> _Node:
    """`node` with the call of that ordinal replaced by what `change` makes of it."""
    changed = node.visit(_CallByOrdinal(ordinal, change))
    assert isinstance(changed, type(node))
    return changed


def drop_first_statement(loop: cst.For) -> cst.For:
    """A loop without the first statement of its body; the comments above and behind it go to the statement that follows."""
    block = loop.body
    assert isinstance(block, cst.IndentedBlock)
    first, second, *rest = block.body
    assert isinstance(first, cst.SimpleStatementLine)
    comments = [line for line in first.leading_lines if line.comment is not None]
    if first.trailing_whitespace.comment is not None:
        comments.append(cst.EmptyLine(comment=first.trailing_whitespace.comment))
    assert isinstance(second, cst.SimpleStatementLine | cst.BaseCompoundStatement)
    below = list(second.leading_lines)
    while below and below[0].comment is None and not comments:
        del below[0]
    second = second.with_changes(leading_lines=[*comments, *below])
    return loop.with_changes(body=block.with_changes(body=[second, *rest]))


def with_header(loop: _Node, target: str, iterable: cst.BaseExpression) -> _Node:
    """A `for` loop or comprehension clause with another target and iterable, spaced so that nothing runs into `for` and `in`."""
    assert isinstance(loop, cst.For | cst.CompFor)
    space = cst.SimpleWhitespace(" ")
    changes: dict[str, object] = {"target": cst.parse_expression(target), "iter": iterable}
    for name in ("whitespace_after_for", "whitespace_before_in", "whitespace_after_in"):
        if getattr(loop, name).empty:
            changes[name] = space
    changed = loop.with_changes(**changes)
    assert isinstance(changed, type(loop))
    return changed


def with_clause(
    node: cst.CSTNode, clause: int | None, target: str, iterable: Callable[[cst.BaseExpression], cst.BaseExpression]
) -> cst.CSTNode:
    """A `for` statement (`clause` is `None`), or a comprehension's clause of that number, with another target, and its iterable mapped."""
    if clause is None:
        assert isinstance(node, cst.For)
        return with_header(node, target, iterable(node.iter))
    assert isinstance(node, cst.BaseComp)
    chain: list[cst.CompFor] = [node.for_in]
    while len(chain) <= clause:
        inner = chain[-1].inner_for_in
        assert inner is not None
        chain.append(inner)
    changed = with_header(chain[clause], target, iterable(chain[clause].iter))
    for outer in reversed(chain[:clause]):
        changed = outer.with_changes(inner_for_in=changed)
    return node.with_changes(for_in=changed)
