"""Templates that are nothing but one field, `"%s" % x`: the call that says the same, `str(x)`, and where it goes. Imports no LibCST."""

from __future__ import annotations

import ast

from msgspec import Struct

from codemods.analysis.module import Module
from codemods.analysis.shapes.chains import is_literal, terms
from codemods.analysis.text.percent_format import formats_as_str
from codemods.model.verdict import Refusal, Refused
from codemods.rules.chain_brackets import Brackets
from codemods.rules.chain_lines import Fitting
from codemods.rules.chain_parts import CONVERSIONS
from codemods.rules.field_fit import cut, repeated_text
from codemods.rules.fstrings import Step

TOO_WIDE = Refusal("too-long", "`{text}` would make line {line} {width} wide, where {limit} is the most", sort="style")

_FUNCTIONS = {letter: name for name, letter in CONVERSIONS.items()}


class Called(Struct, frozen=True):
    """What stands for a template.

    Attributes:
        function: the builtin that is called with the value; "" where the value is a str already, whatever it is made of.
        text: the value as it stands between the call's parentheses.
        path: the steps to it from the template with its values.
        operation: an operation stands alone, which needs the brackets that a call does not.
    """

    function: str
    text: str
    path: tuple[Step, ...]
    operation: bool = False

    @property
    def written(self) -> str:
        return f"{self.function}({self.text})" if self.function else self.text


class CallPlan(Struct, frozen=True):
    """The plan for `called`; `ordinal`, `brackets` and `call` as those of a chain's `Plan`."""

    ordinal: int
    called: Called
    brackets: Brackets | None
    call: bool


def called(site: ast.BinOp | ast.Call, node: ast.expr, path: tuple[Step, ...], conversion: str, module: Module) -> Called | None:
    """What does as well as an f-string with nothing in it but the field `{node!conversion}`; `None` where it has to be the f-string.

    `format(x)`, which a field without conversion shows, may be another text than `str(x)`.
    """
    text = _argument(node, module)
    if "\n" in text or "\r" in text or _is_template(node):
        return None
    if conversion in ("", "s") and _is_text(node, module):
        return Called("", text, path, isinstance(node, ast.BinOp))
    if becomes_part(site, module):
        return None
    if not formats_as_str(module.type_of(node)) and not (conversion and _keeps_class(site, path, module)):
        return None
    function = _FUNCTIONS[conversion or "s"]
    return Called(function, text, path) if module.is_builtin(function, site) else None


def _keeps_class(site: ast.BinOp | ast.Call, path: tuple[Step, ...], module: Module) -> bool:
    """Whether the template gives what `x.__str__` gives, of whatever class, as `str(x)` does, or no subclass of `str` is in sight.

    It does for a value behind `%`. `.format`, a tuple behind `%`, and `"%s" % str(x)` make a plain str of it.
    """
    as_given = isinstance(site, ast.BinOp) and not isinstance(site.right, ast.Tuple) and path[-1] != "argument"
    return as_given or "str" not in module.subclassed


def _argument(node: ast.expr, module: Module) -> str:
    """An expression as the only argument of a call."""
    text = module.segment(node)
    match node:
        case ast.Yield() | ast.YieldFrom():
            return f"({text})"
        case ast.GeneratorExp():
            return text[1:-1].strip()
        case _:
            return text


def _is_text(node: ast.expr, module: Module) -> bool:
    """Whether it makes a plain str, whatever is in it."""
    match node:
        case ast.JoinedStr(values=[_, _, *_]) | ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="join")):
            return True
        case ast.BinOp() if repeated_text(node) or any(map(is_literal, terms(node))):
            kind = module.type_of(node)
            return kind is not None and kind.is_all("str")
        case _:
            return False


def _is_template(node: ast.expr) -> bool:
    """A value that had better become something else first: another template, or an f-string with one field, which may be no plain str."""
    match node:
        case ast.BinOp(op=ast.Mod(), left=left):
            return is_literal(left)
        case ast.JoinedStr(values=[_]):
            return True
        case _:
            return False


def becomes_part(site: ast.BinOp | ast.Call, module: Module) -> bool:
    """Whether it is added to nothing but what is proved a str: then the whole chain can become one f-string."""
    chain: ast.expr = site
    while isinstance(parent := module.parent(chain), ast.BinOp) and isinstance(parent.op, ast.Add):
        chain = parent
    others = [term for term in terms(chain) if term is not site] if isinstance(chain, ast.BinOp) else []
    kinds = [module.type_of(one) for one in others]
    return bool(others) and all(kind is not None and kind.is_all("str") for kind in kinds)


def placed_call(site: ast.BinOp | ast.Call, called: Called, module: Module) -> tuple[ast.expr | ast.stmt, CallPlan] | Refused:
    """The anchor and the plan: all on one line, in the brackets that are there unless they can be closed up."""
    fitting = Fitting(site, (), '"', module)
    brackets = fitting.closed_up()
    if called.operation and brackets is not None and not brackets.of_call:
        brackets = None  # `("%s" % ("-" * n)).join(xs)`
    if fitting.spread and len(called.written) + sum(fitting.around(brackets)) > module.line_length:
        brackets = None
    width = len(called.written) + sum(fitting.around(brackets))
    if width > max(module.line_length, fitting.widest()):
        return TOO_WIDE(text=cut(called.written), line=fitting.first, width=width, limit=module.line_length)
    anchor = fitting.anchor(brackets)
    return anchor, CallPlan(module.ordinal(site, anchor), called, brackets, isinstance(site, ast.Call))
