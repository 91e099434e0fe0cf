"""What the operands of a `+` chain become in an f-string: words, and expressions for its fields. Imports no LibCST."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec.structs import replace

from codemods.analysis.calls.message_calls import translates
from codemods.analysis.module import Module
from codemods.analysis.order.evaluation_order import prints_alike
from codemods.analysis.shapes.chains import Operand, is_literal
from codemods.analysis.text.comments import comments
from codemods.analysis.text.percent_format import FORMATS_AS_STR, Specifier, formats_as_str, split_template
from codemods.analysis.text.string_literals import Kept, Token, Words, tokens
from codemods.analysis.text.walking import walk
from codemods.analysis.types.exact_ints import is_exact_int
from codemods.model.verdict import Refusal
from codemods.rules.field_fit import IN_FIELD, OPERATIONS, WIDEST_FIELD, Part, Unfit, brief, cut, is_plain, repeated_text, too_much
from codemods.rules.fstrings import Hole, Quote, Step

COMMENT = Refusal("comment", "the comment at line {line} stands between the operands", sort="style")
TRIPLE = Refusal("triple-quoted", "the triple-quoted literal at line {line} is one of the operands")
BROKEN_LITERAL = Refusal("continued-literal", "a literal goes on behind a backslash at the end of line {line}", sort="style")
BROKEN_OPERAND = Refusal("multi-line-operand", "`{text}` is written over several lines", sort="style")
BACKSLASH = Refusal("backslash", "`{text}` has a backslash, which no field may have before Python 3.12")
HASH = Refusal("hash", "`{text}` has a `#`, which no field may have before Python 3.12")
MESSAGE = Refusal("message", "`{text}` is a message for translators, whose tools do not look for messages inside f-strings")
TEMPLATE_OPERAND = Refusal("template-operand", "`{text}` is formatted by other means and should become an f-string first", sort="style")

CONVERSIONS = {"str": "s", "repr": "r", "ascii": "a"}
"""What stands behind `!` for a builtin."""


_Values = list[tuple[ast.expr, tuple[Step, ...]]]


def parts(operands: list[Operand], module: Module) -> list[Part]:
    """The words and fields of the whole chain in order. Raises `Unfit`."""
    found_parts = [part for operand in operands for part in _parts(operand, module)]
    for part in found_parts:
        if isinstance(part, Hole):
            check(part, module)
    for operand in operands:
        text = "" if is_literal(operand.node) else module.segment(operand.node)
        if (comment := next(comments(text), None)) is not None:
            raise Unfit(COMMENT(line=module.line(operand.node) + text.count("\n", 0, comment.start)))
    return found_parts


def _parts(operand: Operand, module: Module) -> Iterator[Part]:
    match operand.node:
        case node if is_literal(node):
            yield from _literal(operand, module)
        case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str())):
            yield from _percent(operand, module)
        case ast.Call(func=ast.Attribute(value=value, attr="format")) if is_literal(value):
            raise Unfit(TEMPLATE_OPERAND(text=brief(operand.node, module)))
        case _:
            node, path, conversion = unwrapped(operand.node, operand.path, module)
            yield field_of(node, path, module.span(operand.node)[0], module, conversion)


def field_of(node: ast.expr, path: tuple[Step, ...], start: int, module: Module, conversion: str, spec: str = "") -> Hole:
    text = module.segment(node)
    _on_one_line(text)
    if too_much(node, module) or (len(text) > WIDEST_FIELD and not is_plain(node)):
        raise Unfit(IN_FIELD(text=brief(node, module)))
    for inner in walk(node):
        if isinstance(inner, ast.Call) and translates(inner, module) and any(map(is_literal, inner.args)):
            raise Unfit(MESSAGE(text=brief(inner, module)))
    if conversion and repeated_text(node):
        raise Unfit(IN_FIELD(text=brief(node, module)))
    # `{size or 0!s}` reads as if `!s` were for the 0
    bracketed = isinstance(node, ast.Yield | ast.YieldFrom) or bool(conversion and isinstance(node, OPERATIONS))
    text = f"({text})" if bracketed else text
    calls = isinstance(node, ast.Call) and bool(node.args or node.keywords)
    return Hole(text, start, path, conversion=conversion, spec=spec, calls=calls, bracketed=bracketed)


def _on_one_line(text: str) -> None:
    """Raises `Unfit` for an expression written over several lines."""
    if "\n" in text or "\r" in text:
        raise Unfit(BROKEN_OPERAND(text=cut(text)))


def _percent(operand: Operand, module: Module) -> Iterator[Part]:
    """`"%s: %d" % (name, count)` as the words and fields that say the same."""
    assert isinstance(operand.node, ast.BinOp)
    template, right = operand.node.left, operand.node.right
    assert isinstance(template, ast.Constant)
    values: _Values = [(right, (*operand.path, "right"))]
    if isinstance(right, ast.Tuple):
        values = [(value, (*operand.path, "right", index)) for index, value in enumerate(right.elts)]
    words = words_of(template, module)
    try:
        pieces = [(word, piece) for word in words for piece in split_template(word.body)]
    except ValueError:
        pieces = []
    specifiers = [piece for _, piece in pieces if isinstance(piece, Specifier)]
    # An escape may stand for a percent sign that the spelling does not show.
    shown = sum(word.body.count("%") for word in words) == str(template.value).count("%")
    if not shown or len(specifiers) != len(values) or not _in_any_order(values, right, module):
        raise Unfit(TEMPLATE_OPERAND(text=brief(operand.node, module)))
    remaining = iter(values)
    for word, piece in pieces:
        if isinstance(piece, str):
            yield replace(word, body=piece)
            continue
        value, path = next(remaining)
        field = piece.field(module.type_of(value))
        if field is None:
            raise Unfit(TEMPLATE_OPERAND(text=brief(operand.node, module)))
        if field == ("", "d") and is_exact_int(value, module):
            field = ("", "")
        yield field_of(value, path, word.start, module, *field)


def _in_any_order(values: _Values, right: ast.expr, module: Module) -> bool:
    """Whether formatting each value as soon as it is evaluated shows no difference, and no lone value is a tuple of several."""
    kinds = [module.type_of(value) for value, _ in values]
    if not isinstance(right, ast.Tuple):
        return kinds[0] is not None and kinds[0].is_all(*FORMATS_AS_STR - {"tuple"})
    if any(isinstance(value, ast.Starred) for value, _ in values):
        return False
    known = all(prints_alike(kind) for kind in kinds[:-1])
    return known or all(isinstance(value, ast.Constant) for value, _ in values[1:])


def _literal(operand: Operand, module: Module) -> Iterator[Part]:
    count = 0
    for token in tokens(module.text, *module.span(operand.node)):
        for part in _checked(token, module):
            if isinstance(part, Words):
                yield part
            else:
                _on_one_line(part.text)
                yield Hole(part.text, part.start, operand.path, kept=count)
                count += 1


def words_of(literal: ast.expr, module: Module, triple: bool = False) -> list[Words]:
    """The words of a literal without fields, which, if it stands alone, may be `triple`-quoted. Raises `Unfit`."""
    found = list(tokens(module.text, *module.span(literal)))
    if triple and len(found) == 1 and len(found[0].quote) > 1:
        return [part for part in found[0].parts if isinstance(part, Words)]
    return [part for token in found for part in _words(token, module)]


def _words(token: Token, module: Module) -> Iterator[Words]:
    return (part for part in _checked(token, module) if isinstance(part, Words))


def _checked(token: Token, module: Module) -> tuple[Words | Kept, ...]:
    """What the token holds, if it is a plain one on one line."""
    if len(token.quote) > 1:
        raise Unfit(TRIPLE(line=module.lines.line(token.start)))
    if any(isinstance(part, Words) and ("\n" in part.body or "\r" in part.body) for part in token.parts):
        raise Unfit(BROKEN_LITERAL(line=module.lines.line(token.start)))
    return token.parts


def own_quote(operands: list[Operand], module: Module) -> Quote:
    """The quotes most of the chain's literals have; of as many, the first one's. Comes after `parts`: no triple ones are left."""
    literals = [operand.node for operand in operands if is_literal(operand.node)]
    quotes = [token.quote for literal in literals for token in tokens(module.text, *module.span(literal))]
    return '"' if max(quotes, key=quotes.count) == '"' else "'"


def unwrapped(node: ast.expr, path: tuple[Step, ...], module: Module) -> tuple[ast.expr, tuple[Step, ...], str]:
    """Of `str(x)`, `repr(x)` and `ascii(x)` the `x` with the conversion that says the same."""
    match node:
        case ast.Call(func=ast.Name(id="str" | "repr" | "ascii" as name), args=[argument], keywords=[]) if (
            module.is_builtin(name, node) and not isinstance(argument, ast.Starred | ast.GeneratorExp) and not is_literal(argument)
        ):
            plain = name == "str" and formats_as_str(module.type_of(argument))
            return argument, (*path, "argument"), "" if plain else CONVERSIONS[name]
    return node, path, ""


def check(hole: Hole, module: Module) -> None:
    """Raises `Unfit` for what no field may hold. One that is in an f-string already may stay there, unless it could change meaning."""
    shown = cut(hole.text)
    if "\\" in hole.text and (hole.kept >= 0 or module.target < (3, 12)):
        raise Unfit(BACKSLASH(text=shown))
    if "#" in hole.text and hole.kept < 0 and module.target < (3, 12):
        raise Unfit(HASH(text=shown))
