"""What an f-string's field had better not hold, and what its fields had better not hold together. Imports no LibCST."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from codemods.analysis.module import Module
from codemods.analysis.shapes.chains import is_literal
from codemods.analysis.text.string_literals import Words
from codemods.analysis.text.walking import walk
from codemods.model.verdict import Refusal, Refused
from codemods.rules.fstrings import Hole

IN_FIELD = Refusal("field", "`{text}` is too much for a field of an f-string", sort="style")
CHOICE = Refusal("choice", "`{text}` chooses between literals, and reads better apart from {others}", sort="style")

_ESCAPED = re.compile(r"\\.")
_BRACKETS = frozenset("()[]{}")
_TOO_MUCH = (ast.JoinedStr, ast.Lambda, ast.NamedExpr)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
OPERATIONS = (ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.Compare, ast.IfExp)

WIDEST_FIELD = 52
"""How wide an expression that calls or computes may be in a field: so wide that a line of 88 has a third of it for text."""

Part = Words | Hole


class Unfit(Exception):
    """The chain cannot become an f-string, for the reason it carries."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def too_much(node: ast.expr, module: Module) -> bool:
    """Whether it holds what has no place in a field: f-strings, more than a comprehension with one loop and one condition, a computation
    with a literal or with many brackets. Nobody prints a generator."""
    loops = [clause for inner in walk(node) if isinstance(inner, _COMPREHENSIONS) for clause in inner.generators]
    if len(loops) > 1 or any(len(loop.ifs) > 1 for loop in loops) or isinstance(node, ast.GeneratorExp):
        return True
    for inner in walk(node):
        computes = isinstance(inner, ast.BinOp) and (is_literal(inner.left) or is_literal(inner.right))
        if isinstance(inner, _TOO_MUCH) or (computes and not (inner is node and repeated_text(node))):
            return True
        if isinstance(inner, ast.Slice) and _grouped(inner, module):
            return True
    return _grouped(node, module) > 1


def _grouped(node: ast.expr, module: Module) -> int:
    """How many operations in it stand in brackets, as operands of others. `{(a + b) / 2}` reads well, `{n * (-(-a // 10))}` does not."""
    count = 0
    for inner in walk(node):
        for part in ast.iter_child_nodes(inner):
            if isinstance(inner, OPERATIONS) and isinstance(part, OPERATIONS):
                before = module.text[module.span(inner)[0] : module.span(part)[0]]
                count += before.rstrip().endswith("(")
    return count


def is_plain(node: ast.expr) -> bool:
    """Names, attributes and subscripts, which read well at any length."""
    plain = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Slice, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context)
    return all(isinstance(inner, plain) for inner in ast.walk(node))


def check_together(nodes: Iterable[ast.expr], parts: Sequence[Part], module: Module) -> None:
    """Raises `Unfit` for fields that each would do, and not beside each other. `nodes` are the values and the literals in order."""
    fields = [node for node in nodes if not is_literal(node)]
    _check_choices(fields, module)
    _check_repeats(fields, parts, module)


def _check_choices(fields: Sequence[ast.expr], module: Module) -> None:
    """Raises `Unfit` for a choice between literals (`"s" if many else ""`) that is not the only field with literals, or has brackets.

    One such choice in a sentence reads well. Of two, or beside a `", ".join(...)`, one no longer sees which quotes are whose.
    """
    busy = [node for node in fields if any(_texts(node))]
    for node in busy:
        for inner in walk(node):
            if isinstance(inner, ast.IfExp | ast.BoolOp):
                texts = "".join(_texts(inner))
                if texts and len(busy) > 1:
                    raise Unfit(CHOICE(text=brief(inner, module), others="other fields with literals"))
                if not _BRACKETS.isdisjoint(texts):
                    raise Unfit(CHOICE(text=brief(inner, module), others="the brackets around it"))


def _texts(node: ast.expr) -> list[str]:
    """The string literals in an expression, but for the keys of subscripts."""
    keys = {inner.slice for inner in walk(node) if isinstance(inner, ast.Subscript)}
    constants = (inner for inner in walk(node) if isinstance(inner, ast.Constant) and inner not in keys)
    return [one.value for one in constants if isinstance(one.value, str)]


def _check_repeats(fields: Sequence[ast.expr], parts: Sequence[Part], module: Module) -> None:
    """Raises `Unfit` for text repeated by `*` with no other value beside it, and for spaces that do not stand between two things.

    `f"{name}: {'*' * count}"` reads well, `f"{'=' * 40}end"` and `f"{' ' * depth}{name}"` are no better than what they were.
    """
    repeated = [node for node in fields if repeated_text(node)]
    if repeated and len(repeated) == len(fields):
        raise Unfit(IN_FIELD(text=brief(repeated[0], module)))
    spaces = [node for node in repeated if not repeated_text(node).strip()]
    texts = [module.segment(node) for node in spaces]
    for index, part in enumerate(parts):
        if isinstance(part, Hole) and part.text in texts and not (any(map(_says, parts[:index])) and any(map(_says, parts[index + 1 :]))):
            raise Unfit(IN_FIELD(text=brief(spaces[texts.index(part.text)], module)))


def _says(part: Part) -> bool:
    """Whether it is a value, or words with letters or digits other than those of escapes."""
    return isinstance(part, Hole) or any(letter.isalnum() for letter in _ESCAPED.sub("", part.body))


def repeated_text(node: ast.expr) -> str:
    """The text that `"-" * width` repeats; "" for what is nothing of the kind."""
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) else ()
    return next((side.value for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)), "")


def brief(node: ast.expr, module: Module) -> str:
    """The text of an expression as `cut`."""
    return cut(module.segment(node))


def cut(text: str) -> str:
    """A piece of the program, for a message: on one line, and cut where it is long."""
    head = re.sub(r"\s+", " ", text[:1000])  # each of a thousand fields may say this of one long statement
    if len(head) <= 40 < len(text):
        head = re.sub(r"\s+", " ", text)
    return head if len(head) <= 40 else f"{head[:37]}..."
