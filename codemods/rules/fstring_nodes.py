"""LibCST nodes of f-strings and of the text around them. Imports LibCST: import it inside `rewrite` only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import libcst as cst

from codemods.rules.chain_brackets import Brackets
from codemods.rules.chain_breaks import Break
from codemods.rules.chain_lines import Plan
from codemods.rules.fstrings import Hole, Piece, Quote, Step
from codemods.rules.lone_fields import CallPlan

_String = cst.SimpleString | cst.FormattedString
_NOTHING = cst.SimpleWhitespace("")
_WITH_PARENTHESES_IN_CALLS = (cst.Yield, cst.Tuple)
_WITH_PARENTHESES = (*_WITH_PARENTHESES_IN_CALLS, cst.GeneratorExp, cst.NamedExpr, cst.Lambda)


_Replaced = cst.BinaryOperation | cst.Call


class _OneExpression(cst.CSTTransformer):
    """Replaces the n-th `BinaryOperation`, or the n-th `Call`, counted as `analysis.positions.in_source_order` counts them."""

    def __init__(self, kind: type[_Replaced], ordinal: int, replacement: Callable[[_Replaced], cst.BaseExpression]) -> None:
        super().__init__()
        self.kind = kind
        self.ordinal = ordinal
        self.replacement = replacement
        self.count = 0
        self.open: list[int] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, self.kind):
            self.open.append(self.count)
            self.count += 1
        return True

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        if isinstance(original_node, self.kind) and self.open.pop() == self.ordinal:
            return self.replacement(updated_node)
        return updated_node


def replace_chain(anchor: cst.CSTNode, plan: Plan) -> cst.CSTNode:
    """`anchor` with the `+` chain, or the template with its values, of the plan replaced by its pieces."""

    def replacement(chain: _Replaced) -> cst.BaseExpression:
        string = _implicit([_literal(piece, chain) for piece in plan.pieces], plan.breaks)
        if plan.wrapped:
            template = _template(chain)
            return string.with_changes(lpar=template.lpar, rpar=template.rpar)
        return _bracketed(string, chain, plan.brackets)

    return _replaced(anchor, plan, replacement)


def replace_template(anchor: cst.CSTNode, plan: CallPlan) -> cst.CSTNode:
    """`anchor` with the template and its values replaced by the call, or the value, that says the same."""

    def replacement(template: _Replaced) -> cst.BaseExpression:
        value = _part(template, plan.called.path)
        if not isinstance(value, _WITH_PARENTHESES_IN_CALLS):
            value = value.with_changes(lpar=(), rpar=())
        function = plan.called.function
        return _bracketed(cst.Call(cst.Name(function), [cst.Arg(value)]) if function else value, template, plan.brackets)

    return _replaced(anchor, plan, replacement)


def _bracketed(string: cst.BaseExpression, chain: _Replaced, brackets: Brackets | None) -> cst.BaseExpression:
    """What stands for the chain, in its parentheses or in those that are to be there."""
    if brackets is None or brackets.of_call:
        return string.with_changes(lpar=chain.lpar, rpar=chain.rpar)
    if brackets.inner is None:
        return string
    opening = cst.LeftParen(whitespace_after=_line_break(brackets.inner))
    return string.with_changes(lpar=[opening], rpar=[cst.RightParen(whitespace_before=_line_break(brackets.outer))])


def _replaced(anchor: cst.CSTNode, plan: Plan | CallPlan, replacement: Callable[[_Replaced], cst.BaseExpression]) -> cst.CSTNode:
    """`anchor` with the chain of the plan replaced, and the brackets of the call around it closed up or spread."""
    kind = cst.Call if plan.call else cst.BinaryOperation
    if plan.ordinal == 0 and isinstance(anchor, kind):  # the first is the anchor itself, mostly: visiting all of it takes long
        changed: Any = replacement(anchor)
    else:
        changed = anchor.visit(_OneExpression(kind, plan.ordinal, replacement))
    assert isinstance(changed, cst.CSTNode)
    if plan.brackets is None or not plan.brackets.of_call:
        return changed
    assert isinstance(changed, cst.Call)
    hanging = plan.brackets.inner is not None
    argument = changed.args[0].with_changes(whitespace_after_arg=_line_break(plan.brackets.outer) if hanging else _NOTHING)
    return changed.with_changes(whitespace_before_args=_line_break(plan.brackets.inner) if hanging else _NOTHING, args=[argument])


def _template(formatting: _Replaced) -> cst.BaseExpression:
    """The literal of `"…" % …` and of `"…".format(…)`."""
    if isinstance(formatting, cst.BinaryOperation):
        return formatting.left
    assert isinstance(formatting.func, cst.Attribute)
    return formatting.func.value


def _line_break(indent: str | None) -> cst.ParenthesizedWhitespace:
    return cst.ParenthesizedWhitespace(indent=False, last_line=cst.SimpleWhitespace(indent or ""))


def _between(one: Break) -> cst.ParenthesizedWhitespace:
    """The end of a line with its comment, the comments on lines of their own, and the next line's indentation."""
    code = one.comment.lstrip()
    behind = cst.SimpleWhitespace(one.comment.removesuffix(code))
    first = cst.TrailingWhitespace(behind, cst.Comment(code)) if code else cst.TrailingWhitespace()
    return _line_break(one.indent).with_changes(first_line=first, empty_lines=[_own_line(line) for line in one.between])


def _own_line(line: str) -> cst.EmptyLine:
    text = line.lstrip()
    return cst.EmptyLine(False, cst.SimpleWhitespace(line.removesuffix(text)), cst.Comment(text) if text else None)


def _implicit(literals: Sequence[_String], breaks: Sequence[Break]) -> _String | cst.ConcatenatedString:
    """The literals below each other."""
    *before, last = literals
    string: _String | cst.ConcatenatedString = last
    for literal, one in zip(reversed(before), reversed(breaks), strict=True):
        string = cst.ConcatenatedString(left=literal, right=string, whitespace_between=_between(one))
    return string


def _literal(piece: Piece, chain: _Replaced) -> _String:
    if "f" not in piece.prefix:
        return cst.SimpleString(piece.prefix + piece.quote + "".join(part for part in piece.parts if isinstance(part, str)) + piece.quote)
    parts = [cst.FormattedStringText(part) if isinstance(part, str) else _field(part, chain, piece.quote) for part in piece.parts]
    return cst.FormattedString(parts=parts, start=piece.prefix + piece.quote, end=piece.quote)


def _field(hole: Hole, chain: _Replaced, quote: Quote) -> cst.FormattedStringExpression:
    expression = _part(chain, hole.path)
    if hole.kept >= 0:
        field = list(_fields(expression))[hole.kept]
    else:
        if hole.access:
            expression = cst.parse_expression(hole.text + hole.access)
        elif hole.bracketed:
            expression = expression.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        elif not isinstance(expression, _WITH_PARENTHESES):
            expression = expression.with_changes(lpar=(), rpar=())
        field = cst.FormattedStringExpression(
            expression=expression,
            conversion=hole.conversion or None,
            format_spec=[cst.FormattedStringText(hole.spec)] if hole.spec else None,  # fields in it are printed as the text they are
            whitespace_before_expression=cst.SimpleWhitespace(" " if hole.spaced else ""),
        )
    changed = field if _is_dotted(expression) else field.visit(_Requoted(quote))
    assert isinstance(changed, cst.FormattedStringExpression)
    return changed


def _is_dotted(expression: cst.BaseExpression) -> bool:
    """Whether it is a name, or a name with attributes: no literal stands in it."""
    while isinstance(expression, cst.Attribute):
        expression = expression.value
    return isinstance(expression, cst.Name)


def _part(chain: cst.BaseExpression, path: Sequence[Step]) -> cst.BaseExpression:
    """The part of the chain to which the steps lead."""
    node: Any = chain
    for step in path:
        match step:
            case "argument":
                node = node.args[0].value
            case int() if isinstance(node, cst.Call):
                node = node.args[step].value
            case int():
                node = node.elements[step].value
            case _:
                node = getattr(node, step)
    assert isinstance(node, cst.BaseExpression)
    return node


def _fields(string: cst.BaseExpression) -> Iterator[cst.FormattedStringExpression]:
    """The replacement fields of a string, implicitly concatenated ones included, in order."""
    match string:
        case cst.ConcatenatedString(left=left, right=right):
            yield from _fields(left)
            yield from _fields(right)
        case cst.FormattedString(parts=parts):
            yield from (part for part in parts if isinstance(part, cst.FormattedStringExpression))


class _Requoted(cst.CSTTransformer):
    """Puts the literals that have the quotes of the f-string around them between the other ones."""

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self.quote = quote
        self.other = "'" if quote == '"' else '"'

    def leave_SimpleString(self, original_node: cst.SimpleString, updated_node: cst.SimpleString) -> cst.SimpleString:
        if updated_node.quote != self.quote:
            return updated_node
        return updated_node.with_changes(value=f"{updated_node.prefix}{self.other}{updated_node.raw_value}{self.other}")
