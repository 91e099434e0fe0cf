"""Several statements made one, their comments kept. Imports LibCST: import it inside `rewrite` only."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst


class _Comments(cst.CSTVisitor):
    """Collects comments in source order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Comment] = []

    def visit_Comment(self, node: cst.Comment) -> None:
        self.found.append(node)


class _Indents(cst.CSTTransformer):
    """Gives every block the same step of indentation."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step = step

    def leave_IndentedBlock(self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock) -> cst.IndentedBlock:
        return updated_node.with_changes(indent=self.step)


def merged(nodes: Sequence[cst.CSTNode], text: str, step: str) -> cst.BaseStatement:
    """The statement `text` in the place of several; their comments go above it, a line each. Its blocks are indented by `step`."""
    return _statement(text, step, [cst.EmptyLine(comment=comment) for comment in _comments(nodes)])


def _statement(text: str, step: str, above: Sequence[cst.EmptyLine]) -> cst.BaseStatement:
    statement = cst.parse_statement(text).visit(_Indents(step))
    assert isinstance(statement, cst.SimpleStatementLine | cst.BaseCompoundStatement)
    return statement.with_changes(leading_lines=above)


def _comments(nodes: Sequence[cst.CSTNode]) -> list[cst.Comment]:
    found = _Comments()
    for node in nodes:
        node.visit(found)
    return found.found


def merged_around(
    first: cst.CSTNode, kept: Sequence[cst.CSTNode], last: Sequence[cst.CSTNode], text: str, step: str
) -> cst.FlattenSentinel[cst.CSTNode]:
    """The statement `text` in the place of the `last` ones and of the `first` one, which goes, while those `kept` between them stay.

    The empty lines and comments above the last ones stay; the other comments go above the new statement, too.
    """
    front, *others = kept
    return cst.FlattenSentinel([_in_first_place(front), *others, _behind(first, last, text, step)])


def merged_within(
    nodes: Sequence[cst.CSTNode], path: Sequence[int], tail: int, text: str, step: str
) -> cst.FlattenSentinel[cst.CSTNode] | cst.CSTNode:
    """As `merged_around`, where the last of `nodes` is a `with` statement that holds the ones that go, `tail` in number: the first of them
    at the end of `path`, as places in the `with` statements' blocks."""
    first, *others = nodes
    holder = _replaced(others.pop(), path, first, tail, text, step)
    kept = [*others, holder]
    return cst.FlattenSentinel([_in_first_place(kept[0]), *kept[1:]])


def _replaced(holder: cst.CSTNode, path: Sequence[int], first: cst.CSTNode, tail: int, text: str, step: str) -> cst.CSTNode:
    assert isinstance(holder, cst.With)
    index, *further = path
    block = list(holder.body.body)
    if further:
        inner = _replaced(block[index], further, first, tail, text, step)
        assert isinstance(inner, cst.With)
        block[index] = inner
    else:
        block[index : index + tail] = [_behind(first, block[index : index + tail], text, step)]
    return holder.with_changes(body=holder.body.with_changes(body=block))


def _in_first_place(front: cst.CSTNode) -> cst.CSTNode:
    """What comes to stand where the birth stood, without the empty lines above it, however far left its comment was."""
    assert isinstance(front, cst.SimpleStatementLine | cst.BaseCompoundStatement)
    above = list(front.leading_lines)
    while above and above[0].comment is None:
        del above[0]
    if above:
        above[0] = cst.EmptyLine(comment=above[0].comment)
    return front.with_changes(leading_lines=above)


def _behind(first: cst.CSTNode, last: Sequence[cst.CSTNode], text: str, step: str) -> cst.BaseStatement:
    """The new statement in the place of the `last` ones, with the comments of all that go."""
    loop = last[0]
    assert isinstance(loop, cst.For)
    lines = list(loop.leading_lines)
    blank = max((index for index, line in enumerate(lines, 1) if line.comment is None), default=0)
    behind = [cst.EmptyLine(comment=comment) for comment in _comments([first])]
    inside = [cst.EmptyLine(comment=comment) for comment in _comments([loop.with_changes(leading_lines=[]), *last[1:]])]
    return _statement(text, step, [*lines[:blank], *behind, *lines[blank:], *inside])
