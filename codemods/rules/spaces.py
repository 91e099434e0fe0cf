"""Changing nothing but spaces in a LibCST node. Imports LibCST: import it inside `rewrite` only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import TypeVar

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, WhitespaceInclusivePositionProvider

_Node = TypeVar("_Node", bound=cst.CSTNode)
_LINE_END = re.compile(r"\r\n?|\n")


class _Respaced(cst.CSTTransformer):
    """Gives the spaces at some places another width. Several nodes may stand at one place; the first takes it all."""

    def __init__(self, module: cst.Module, positions: Mapping[cst.CSTNode, CodeRange], spaces: Mapping[int, str]) -> None:
        super().__init__()
        self.positions = positions
        self.spaces = spaces
        self.done: set[int] = set()
        self.lines = _LINE_END.split(module.code)
        self.before = list(accumulate(map(_letters, self.lines), initial=0))

    def leave_SimpleWhitespace(self, original_node: cst.SimpleWhitespace, updated_node: cst.SimpleWhitespace) -> cst.SimpleWhitespace:
        span = self.positions.get(original_node)
        if span is None:  # a node that is not printed, such as the space behind a star that is not there
            return updated_node
        start = span.start
        place = self.before[start.line - 1] + _letters(self.lines[start.line - 1][: start.column])
        if place not in self.spaces:
            return updated_node
        first = place not in self.done
        self.done.add(place)
        return updated_node.with_changes(value=self.spaces[place] if first else "")


def _letters(text: str) -> int:
    """How many characters of a text are no space."""
    return sum(map(len, text.split()))


def respaced(node: _Node, spaces: Mapping[int, str]) -> _Node:
    """A statement or expression with other spaces at some places, each named by the number of characters before it that are no space.

    That number is the same however far the node is indented, and however its lines end.
    """
    match node:
        case cst.BaseExpression():
            statement: cst.SimpleStatementLine | cst.BaseCompoundStatement = cst.SimpleStatementLine([cst.Expr(node)])
        case cst.SimpleStatementLine() | cst.BaseCompoundStatement():
            statement = node
        case _:
            raise TypeError(f"a {type(node).__name__} has no spaces of its own")
    wrapper = MetadataWrapper(cst.Module([statement]), unsafe_skip_copy=True)
    positions = wrapper.resolve(WhitespaceInclusivePositionProvider)
    changed = node.visit(_Respaced(wrapper.module, positions, spaces))
    assert isinstance(changed, type(node))
    return changed
