"""What evaluating an expression earlier, later, twice or not at all could change."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from codemods.analysis.module import Module
from codemods.analysis.order.flows import body_scope
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
_KEEPS_KEYS = frozenset({
    "str", "bytes", "list", "tuple", "range", "dict", "collections.OrderedDict", "collections.Counter", "collections.deque",
})  # fmt: skip
"""Classes in which looking up an index or a key adds nothing, as `defaultdict` and any `__missing__` may."""

_SIZED = ("str", "bytes", "list", "tuple", "range", "set", "frozenset")
_STEPS = frozenset({"builtins.next", "builtins.anext", "builtins.input", "builtins.print", "builtins.open"})


def is_steady(node: ast.expr, module: Module) -> bool:
    """Whether it may be evaluated at another time, several times or never: names, constants, and attributes of such.

    Looking up an attribute is taken to change nothing, but where the file itself says what that does.
    """
    inner = list(ast.walk(node))
    return all(isinstance(one, _STEADY) for one in inner) and not any(
        isinstance(one, ast.Attribute) and module.hidden.changes_by_reading(one) for one in inner
    )


def is_quiet(node: ast.expr, module: Module) -> bool:
    """Whether evaluating it changes nothing: operators and look-ups on any values, and calls that are known to change nothing."""
    pending: list[ast.AST] = [node]
    while pending:
        inner = pending.pop()
        if isinstance(inner, ast.Call) and not _changes_nothing(inner, module):
            return False
        if not isinstance(inner, (*_QUIET, ast.Call)):
            return False
        if isinstance(inner, ast.Attribute) and module.hidden.changes_by_reading(inner):
            return False
        if isinstance(inner, ast.Lambda):  # only its defaults are evaluated
            pending += [*inner.args.defaults, *(one for one in inner.args.kw_defaults if one is not None)]
        else:
            pending.extend(ast.iter_child_nodes(inner))
    return True


def _changes_nothing(call: ast.Call, module: Module) -> bool:
    return module.origin(call.func) not in _STEPS and module.effect_of_call(call).silent()


def prints_alike(kind: Type | None) -> bool:
    """Whether a value of that type prints the same whenever it is printed, and printing it runs no code of the program's."""
    return kind is not None and kind.is_all(*PRINTS_ALIKE)


def interference(values: Sequence[ast.expr], module: Module) -> tuple[ast.expr, ast.expr] | None:
    """A value that may print otherwise before a later one is evaluated than after, and that later one; `None` if there is none.

    `values` are in the order in which they are evaluated. Printing a value is taken to change nothing that the others read, but where a
    `__format__` of the file does.
    """
    for index, later in enumerate(values[1:], 1):
        if not isinstance(later, ast.Name | ast.Constant):
            changing = (one for one in values[:index] if not isinstance(one, ast.Constant) and not prints_alike(module.type_of(one)))
            if (first := next(changing, None)) is not None and module.hidden.changes_by_printing:
                return first, later
        if not is_quiet(later, module):
            for value in values[:index]:
                if not isinstance(value, ast.Constant) and not prints_alike(module.type_of(value)):
                    return value, later
    return None


def is_bound(name: ast.Name, module: Module) -> bool:
    """Whether reading the name certainly finds a value, so that nothing is lost where it is no longer read.

    The `NameError` of `"{0}".format(a, b)` is lost with `b`.
    """
    variable = module.variable(name)
    if variable is None:
        return module.is_builtin(name.id, name)
    scope, own = variable
    bindings = scope.bindings[own]
    if any(one.kind in ("delete", "except") for one in bindings):
        return False
    home = body_scope(scope).node
    if any(one.kind == "parameter" for one in bindings):
        return True
    flow = module.flow_of(home)
    index = flow.index.get(name) if module.flow(name) is flow else None
    if index is None:  # it is read in a function or generator that is made there
        index = next(made for node, made in flow.delayed if module.inside(name, node))
    stores = frozenset(module.flows.stores_of(flow, variable))
    return not flow.last(index, lambda event: event.index in stores)[1]


def disturbance(values: Sequence[ast.expr], looks: Sequence[str], module: Module) -> tuple[str, ast.expr] | None:
    """A look-up that a template makes in a value, and a later value that it may change; `None` if there is none.

    `.format` evaluates all values before it looks anything up in one: with a `defaultdict`, `"{[x]} {}".format(d, len(d))` prints the
    length before `x` is in it. `looks` are the look-ups of each value, as Python spells them, "" for none.
    """
    for index, (value, look) in enumerate(zip(values, looks, strict=True)):
        if look and isinstance(value, ast.Constant):  # `"{.missing} {}".format(1, note())` fails, but notes before
            for later in values[index + 1 :]:
                if not is_quiet(later, module):
                    return f"{module.segment(value)}{look}", later
        computed = any(module.implicit.is_computed(part) for part in look.replace("[", ".[").split(".")[1:])
        kind = module.type_of(value)
        keyed = "[" in look and not (look.startswith("[") and look.count("[") == 1 and kind is not None and kind.is_all(*_KEEPS_KEYS))
        for later in values[index + 1 :] if computed or keyed else ():
            if not _is_undisturbed(later, computed, module):
                return f"{module.segment(value)}{look}", later
    return None


def _is_undisturbed(value: ast.expr, computed: bool, module: Module) -> bool:
    """Whether it gives the same object before a look-up in another value and after. `computed`: one that runs code of the file."""
    if isinstance(value, ast.Name | ast.Constant):
        return True
    if computed:
        return False
    if is_steady(value, module):
        return not any(isinstance(one, ast.Attribute) and module.implicit.is_computed(one.attr) for one in ast.walk(value))
    match value:
        case ast.Call(func=ast.Name(id="len"), args=[sized], keywords=[]) if module.is_builtin("len", value):
            kind = module.type_of(sized)
            return kind is not None and kind.is_all(*_SIZED) and is_steady(sized, module)
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.UnaryOp(operand=operand):
            parts = [operand]
        case _:
            return False
    return all(_is_undisturbed(one, computed, module) and prints_alike(module.type_of(one)) for one in parts)
