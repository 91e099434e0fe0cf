"""LibCST pieces that several rules' `rewrite` share. Imports LibCST: import it inside `rewrite` only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

import libcst as cst

_Node = TypeVar("_Node", bound=cst.CSTNode)


class _SubscriptsByOrdinal(cst.CSTTransformer):
    """Replaces the n-th subscripts, counted as `analysis.positions.in_source_order` counts them, each by its name."""

    def __init__(self, names: Mapping[int, str]) -> None:
        super().__init__()
        self.names = names
        self.count = 0
        self.open: list[int] = []

    def visit_Subscript(self, node: cst.Subscript) -> None:
        self.open.append(self.count)
        self.count += 1

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        name = self.names.get(self.open.pop())
        if name is not None:
            return cst.Name(name, lpar=updated_node.lpar, rpar=updated_node.rpar)
        return updated_node


class _RoomForWords(cst.CSTTransformer):
    """Puts a space between a subscript and the word that follows: `xs[i]if c`, `xs[i]for i in y`, `xs[i]and c`."""

    def _spaced(self, node: _Node, name: str, before: cst.CSTNode) -> _Node:
        if not getattr(node, name).empty or not cst.Module([]).code_for_node(before).endswith("]"):
            return node
        changed = node.with_changes(**{name: cst.SimpleWhitespace(" ")})
        assert isinstance(changed, type(node))
        return changed

    def leave_IfExp(self, original_node: cst.IfExp, updated_node: cst.IfExp) -> cst.BaseExpression:
        changed = self._spaced(updated_node, "whitespace_before_if", original_node.body)
        return self._spaced(changed, "whitespace_before_else", original_node.test)

    def leave_BooleanOperation(self, original_node: cst.BooleanOperation, updated_node: cst.BooleanOperation) -> cst.BaseExpression:
        return updated_node.with_changes(operator=self._spaced(updated_node.operator, "whitespace_before", original_node.left))

    def leave_Comparison(self, original_node: cst.Comparison, updated_node: cst.Comparison) -> cst.BaseExpression:
        left, targets = original_node.left, []
        for target in updated_node.comparisons:
            targets.append(target.with_changes(operator=self._spaced(target.operator, "whitespace_before", left)))
            left = target.comparator
        return updated_node.with_changes(comparisons=targets)

    def leave_ListComp(self, original_node: cst.ListComp, updated_node: cst.ListComp) -> cst.BaseExpression:
        return updated_node.with_changes(for_in=self._spaced(updated_node.for_in, "whitespace_before", original_node.elt))

    def leave_SetComp(self, original_node: cst.SetComp, updated_node: cst.SetComp) -> cst.BaseExpression:
        return updated_node.with_changes(for_in=self._spaced(updated_node.for_in, "whitespace_before", original_node.elt))

    def leave_GeneratorExp(self, original_node: cst.GeneratorExp, updated_node: cst.GeneratorExp) -> cst.BaseExpression:
        return updated_node.with_changes(for_in=self._spaced(updated_node.for_in, "whitespace_before", original_node.elt))

    def leave_DictComp(self, original_node: cst.DictComp, updated_node: cst.DictComp) -> cst.BaseExpression:
        return updated_node.with_changes(for_in=self._spaced(updated_node.for_in, "whitespace_before", original_node.value))

    def leave_CompFor(self, original_node: cst.CompFor, updated_node: cst.CompFor) -> cst.CompFor:
        before: cst.CSTNode = original_node.iter
        tests = []
        for test in updated_node.ifs:
            tests.append(self._spaced(test, "whitespace_before", before))
            before = test.test
        changed = updated_node.with_changes(ifs=tests)
        inner = updated_node.inner_for_in
        return changed if inner is None else changed.with_changes(inner_for_in=self._spaced(inner, "whitespace_before", before))


def replace_subscripts(node: _Node, ordinals: Collection[int], name: str) -> _Node:
    """`node` with the subscripts named by their ordinals replaced by `name`; parentheses around them stay."""
    return replace_each_subscript(node, dict.fromkeys(ordinals, name))


def replace_each_subscript(node: _Node, names: Mapping[int, str]) -> _Node:
    """`node` with the subscripts of these ordinals replaced, each by its name; parentheses around them stay."""
    changed = node.visit(_RoomForWords()).visit(_SubscriptsByOrdinal(names))  # type: ignore[union-attr]
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


def drop_first_statement(loop: cst.For, room: int) -> cst.For:
    """A loop without the first statement of its body. The comments above it go to the statement that follows; the one behind it goes
    behind the loop's header, if that has none and it is no longer than `room`, else it goes with the others."""
    block = loop.body
    assert isinstance(block, cst.IndentedBlock)
    first, second, *rest = block.body
    assert isinstance(first, cst.SimpleStatementLine)
    comments = [line for line in first.leading_lines if line.comment is not None]
    header, behind = block.header, first.trailing_whitespace
    if behind.comment is not None and header.comment is None and len(behind.comment.value) <= room:
        header = header.with_changes(whitespace=cst.SimpleWhitespace("  "), comment=behind.comment)
    elif behind.comment is not None:
        comments.append(cst.EmptyLine(comment=behind.comment))
    assert isinstance(second, cst.SimpleStatementLine | cst.BaseCompoundStatement)
    below = list(second.leading_lines)
    while below and below[0].comment is None and not comments:
        del below[0]
    second = second.with_changes(leading_lines=[*comments, *below])
    return loop.with_changes(body=block.with_changes(header=header, body=[second, *rest]))


def with_header(loop: _Node, target: str, iterable: cst.BaseExpression) -> _Node:
    """A `for` loop or comprehension clause with another target and iterable, spaced so that nothing runs into `for` and `in`."""
    assert isinstance(loop, cst.For | cst.CompFor)
    space = cst.SimpleWhitespace(" ")
    changes: dict[str, object] = {"target": cst.parse_expression(target), "iter": iterable}
    for name in ("whitespace_before", "whitespace_after_for", "whitespace_before_in", "whitespace_after_in"):
        if hasattr(loop, name) and getattr(loop, name).empty:
            changes[name] = space
    if isinstance(loop, cst.CompFor):
        changes |= _behind(loop)
    changed = loop.with_changes(**changes)
    assert isinstance(changed, type(loop))
    return changed


def _behind(clause: cst.CompFor) -> dict[str, object]:
    """What follows a clause's iterable, with a space in front of it: the new iterable may end in a letter."""
    space = cst.SimpleWhitespace(" ")
    if clause.ifs:
        first, *others = clause.ifs
        return {"ifs": [first.with_changes(whitespace_before=space), *others]} if first.whitespace_before.empty else {}
    inner = clause.inner_for_in
    return {"inner_for_in": inner.with_changes(whitespace_before=space)} if inner is not None and inner.whitespace_before.empty else {}


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


class _Shifted(cst.CSTTransformer):
    """Moves the further lines of an expression, inside its brackets, by some columns beyond the indentation of its block."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.columns = columns

    def _moved(self, space: cst.SimpleWhitespace) -> cst.SimpleWhitespace:
        if self.columns >= 0:
            return cst.SimpleWhitespace(space.value + " " * self.columns)
        return cst.SimpleWhitespace(space.value[: self.columns] if space.value[self.columns :].isspace() else "")

    def leave_ParenthesizedWhitespace(
        self, original_node: cst.ParenthesizedWhitespace, updated_node: cst.ParenthesizedWhitespace
    ) -> cst.ParenthesizedWhitespace:
        if not updated_node.indent:
            return updated_node
        return updated_node.with_changes(last_line=self._moved(updated_node.last_line))

    def leave_EmptyLine(self, original_node: cst.EmptyLine, updated_node: cst.EmptyLine) -> cst.EmptyLine:
        if updated_node.comment is None:
            return updated_node.with_changes(indent=False)  # LibCST would print the block's indentation, and nothing behind it
        return updated_node.with_changes(whitespace=self._moved(updated_node.whitespace)) if updated_node.indent else updated_node


def shifted(node: _Node, columns: int) -> _Node:
    """An expression whose further lines stand `columns` further to the right of their block's indentation (to the left, if negative)."""
    changed = node.visit(_Shifted(columns))
    assert isinstance(changed, type(node))
    return changed


def none_guard(name: str, value: cst.BaseExpression, step: str) -> cst.If:
    """`if name is None:`, and below it `name = value`, indented by `step`."""
    assign = cst.Assign([cst.AssignTarget(cst.Name(name))], value)
    return cst.If(
        cst.Comparison(cst.Name(name), [cst.ComparisonTarget(cst.Is(), cst.Name("None"))]),
        cst.IndentedBlock([cst.SimpleStatementLine([assign])], indent=step),
    )


def put_at_top(function: cst.FunctionDef, added: Sequence[cst.If], lead: int, step: str) -> cst.FunctionDef:
    """A function with statements put behind the first `lead` small statements of its body; a body on the header's line becomes a block.

    The empty lines that stood there come to stand above what is added, with the comments above them; comments directly above the statement
    that follows stay with it, and so does an empty line above a function or class.
    """
    match function.body:
        case cst.SimpleStatementSuite() as suite:
            lines = [cst.SimpleStatementLine(suite.body, trailing_whitespace=suite.trailing_whitespace)]
            block = cst.IndentedBlock(lines, indent=step)
        case cst.IndentedBlock() as block:
            pass
        case _:
            raise TypeError(f"a function's body is no {type(function.body).__name__}")
    front, back = _split(list(block.body), lead)
    first, *others = added
    if back:
        leading = list(back[0].leading_lines)
        blank = max((index for index, line in enumerate(leading, 1) if line.comment is None), default=0)
        first = first.with_changes(leading_lines=leading[:blank])
        apart = [cst.EmptyLine(indent=False)] if isinstance(back[0], cst.FunctionDef | cst.ClassDef) else []
        back[0] = back[0].with_changes(leading_lines=[*apart, *leading[blank:]])
    return function.with_changes(body=block.with_changes(body=[*front, first, *others, *back]))


_Line = cst.SimpleStatementLine | cst.BaseCompoundStatement


def _split(lines: list[cst.BaseStatement], count: int) -> tuple[list[cst.BaseStatement], list[_Line]]:
    """The lines up to the `count`th small statement and those behind it; a line that holds both is cut in two."""
    front: list[cst.BaseStatement] = []
    back: list[_Line] = []
    for line in lines:
        assert isinstance(line, cst.SimpleStatementLine | cst.BaseCompoundStatement)
        size = len(line.body) if isinstance(line, cst.SimpleStatementLine) else 1
        if count <= 0:
            back.append(line)
        elif size <= count or not isinstance(line, cst.SimpleStatementLine):
            front.append(line)
        else:
            *before, last = line.body[:count]
            ended = [*before, last.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)]
            front.append(line.with_changes(body=ended, trailing_whitespace=cst.TrailingWhitespace()))
            back.append(cst.SimpleStatementLine(line.body[count:], trailing_whitespace=line.trailing_whitespace))
        count -= size
    return front, back
