"""What evaluating an expression earlier, later, twice or not at all could change."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from codemods.analysis.module import Module
from codemods.analysis.types.vocabulary import Type

PRINTS_ALIKE = frozenset({
    "str", "int", "float", "bool", "complex", "None", "bytes", "range", "type", "function", "datetime.datetime", "datetime.date",
    "datetime.timedelta", "datetime.time", "pathlib.Path", "pathlib.PurePath", "decimal.Decimal", "fractions.Fraction", "uuid.UUID",
})  # fmt: skip
"""Classes whose values never change, and so print the same whenever they are printed."""

_STEADY = (ast.Name, ast.Attribute, ast.Constant, ast.expr_context)
_QUIET = (
    *_STEADY, ast.Subscript, ast.Slice, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp,
    ast.JoinedStr, ast.FormattedValue, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.keyword, ast.Lambda,
)  # fmt: skip
_STEPS = frozenset({"builtins.next", "builtins.anext", "builtins.input", "builtins.print", "builtins.open"})


def is_steady(node: ast.expr) -> bool:
    """Whether it may be evaluated at another time, several times or never: names, constants, and attributes of such.

    Looking up an attribute is taken to change nothing, as everywhere.
    """
    return all(isinstance(inner, _STEADY) for inner in ast.walk(node))


def is_quiet(node: ast.expr, module: Module) -> bool:
    """Whether evaluating it changes nothing: operators and look-ups on any values, and calls that are known to change nothing."""
    pending: list[ast.AST] = [node]
    while pending:
        inner = pending.pop()
        if isinstance(inner, ast.Call) and not _changes_nothing(inner, module):
            return False
        if not isinstance(inner, (*_QUIET, ast.Call)):
            return False
        if not isinstance(inner, ast.Lambda):
            pending.extend(ast.iter_child_nodes(inner))
    return True


def _changes_nothing(call: ast.Call, module: Module) -> bool:
    if module.origin(call.func) in _STEPS:
        return False
    effect = module.effect_of_call(call)
    writes = effect.targets or effect.rebinds or effect.contents or effect.bound or effect.variables
    return not (effect.unknown or effect.elsewhere or writes)


def prints_alike(kind: Type | None) -> bool:
    """Whether a value of that type prints the same whenever it is printed, and printing it runs no code of the program's."""
    return kind is not None and kind.is_all(*PRINTS_ALIKE)


def interference(values: Sequence[ast.expr], module: Module) -> tuple[ast.expr, ast.expr] | None:
    """A value that may print otherwise before a later one is evaluated than after, and that later one; `None` if there is none.

    `values` are in the order in which they are evaluated. Printing a value is taken to change nothing that the others read.
    """
    for index, later in enumerate(values):
        if index and not is_quiet(later, module):
            for value in values[:index]:
                if not isinstance(value, ast.Constant) and not prints_alike(module.type_of(value)):
                    return value, later
    return None
