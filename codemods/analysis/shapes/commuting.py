"""Which expressions may be evaluated before or after any other code: they do nothing, never fail, and always give the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.order.evaluation_order import is_bound, is_steady
from codemods.analysis.types.display_paths import is_always_there

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_NUMBERS = ("int", "float", "bool")

_TEXT = frozenset({
    "capitalize", "casefold", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isspace",
    "istitle", "isupper", "lower", "lstrip", "rstrip", "split", "splitlines", "strip", "swapcase", "title", "upper",
})  # fmt: skip
"""Methods of `str` that never fail when they are given nothing."""

_MODULES = (known_calls.STDLIB_PLAIN - {"sys"}) | {"os.path", "urllib.parse", "collections.abc", "xml.etree.ElementTree"}
"""Modules whose functions nobody replaces. (`sys.displayhook` and its like are there to be replaced.)"""

_CLASSES: dict[str, type] = {one.__name__: one for one in (str, bytes, int, float, list, dict, set, frozenset, tuple, range)}
_CLASSES |= {"re.Pattern": re.Pattern, "re.Match": re.Match}
"""Classes whose methods nobody can replace, by their name as a type."""

_FIXED = ("str", "bytes", "tuple", "range")
"""Builtin collections whose length and slices are always the same."""


_MAKERS = frozenset({"__init__", "__new__", "__getattribute__", "__setattr__", "__delattr__"})
_PAST_BIRTH = ("__new__", "__dict__", "vars(", "pickle", "delattr")
"""Words without which no instance lacks a field."""


def commutes(node: ast.expr | None, module: Module, holes: Container[ast.expr] = ()) -> bool:
    """Whether evaluating `node` commutes with everything else that its function does there.

    True of constants, of variables that nothing else binds meanwhile, and of displays, arithmetic and texts made of such by operators of
    builtins that cannot fail. `holes`: parts that are not asked about.
    """
    if node is None or node in holes:
        return True
    match node:
        case ast.Constant():
            return True
        case ast.Name():
            return keeps_its_value(node, module)
        case ast.Attribute():
            return _certainly_there(node, module)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return all(commutes(one, module, holes) for one in elements)
        case ast.Dict(keys=keys, values=values):
            return all(isinstance(one, ast.Constant) for one in keys) and all(commutes(one, module, holes) for one in values)
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=None)):
            whole = all(_is(one, module, "int", "None") and commutes(one, module) for one in (lower, upper))
            return whole and _is(value, module, *_FIXED) and commutes(value, module, holes)
        case ast.Subscript(value=value, slice=ast.Constant(value=int(index))):
            kind = module.type_of(value)
            size = len(kind.args) if kind is not None and kind.name == "tuple" and not kind.variadic else 0
            return index < size and commutes(value, module, holes)
        case ast.BinOp(left=left, op=op, right=right):
            return _cannot_fail(op, left, right, module) and commutes(left, module, holes) and commutes(right, module, holes)
        case ast.JoinedStr(values=parts):
            return all(isinstance(one, ast.Constant) or _inserted(one, module, holes) for one in parts)
        case ast.Call(func=ast.Attribute(value=value, attr=method), args=[], keywords=[]) if method in _TEXT:
            return _is(value, module, "str") and commutes(value, module, holes)
        case ast.Call(func=ast.Name(id="len" | "str" as name), args=[value], keywords=[]) if module.is_builtin(name, node):
            return _is(value, module, *(_FIXED if name == "len" else ("str",))) and commutes(value, module, holes)
        case _:
            return False


def out_of_turn(values: Sequence[ast.expr], taken: Sequence[int], module: Module) -> ast.expr | None:
    """The first of some values that may give, or do, something else in another order; `None` if none does.

    Args:
        values: expressions, as they are evaluated now, one after the other.
        taken: their places in `values` in the order in which they would be; one may be there several times.
    """
    evaluated = [place for place, value in enumerate(values) if not isinstance(value, ast.Constant)]
    if [place for place in taken if place in evaluated] == evaluated:
        return None
    binds = any(isinstance(part, ast.NamedExpr) for value in values for part in ast.walk(value))
    bound = [place for place in evaluated if binds or not _is_free(values[place], taken.count(place), module)]
    moving = [values[place] for place in bound if not is_steady(values[place], module)]
    return moving[0] if moving and [place for place in taken if place in bound] != bound else None


def _is_free(value: ast.expr, times: int, module: Module) -> bool:
    return keeps_its_value(value, module) if isinstance(value, ast.Name) else times == 1 and commutes(value, module)


def always_found(node: ast.expr, module: Module) -> bool:
    """Whether evaluating it does nothing and cannot fail, as long as nothing changes meanwhile: what is behind a key that is there."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=method), args=[], keywords=[]) if method in _TEXT:
            return _is(value, module, "str") and always_found(value, module)
        case ast.Subscript():
            return is_always_there(module.inference, node)
        case ast.Attribute(value=ast.Name() as owner, attr=name):
            kind = module.type_of(owner)
            definition = module.inference.classes.definition(kind) if kind is not None else None
            return definition is not None and _has_field(definition, name, module)
        case _:
            return False


def _has_field(owner: ast.ClassDef, name: str, module: Module) -> bool:
    """Whether an attribute is a field of a dataclass or named tuple that each instance has from its birth, and that nothing deletes."""
    decorators = [module.origin(one.func if isinstance(one, ast.Call) else one) for one in owner.decorator_list]
    tuples = [module.origin(one) for one in owner.bases] == ["typing.NamedTuple"] and not decorators
    plain = decorators == ["dataclasses.dataclass"] and not owner.bases and not owner.keywords
    own = _MAKERS & module.scope_inside(owner).bindings.keys()
    if not (tuples or plain) or own or any(word in module.text for word in _PAST_BIRTH):
        return False
    told = [keyword for one in (*owner.decorator_list, *owner.body) for keyword in ast.walk(one) if isinstance(keyword, ast.keyword)]
    fields = [one.target.id for one in owner.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    deleted = any(isinstance(one.ctx, ast.Del) for one in module.calls.attributes.get(name, ()))
    inner = module.inference.attributes
    initialised = not any(one.arg in ("init", None) for one in told)
    return name in fields and initialised and not deleted and name not in module.names_spelled and not inner.is_method(owner, name)


def _inserted(field: ast.expr, module: Module, holes: Container[ast.expr]) -> bool:
    """A text in a text. (An int may have too many digits to be printed.)"""
    if not isinstance(field, ast.FormattedValue) or field.format_spec is not None:
        return False
    return _is(field.value, module, "str") and commutes(field.value, module, holes)


def _is(node: ast.expr | None, module: Module, *names: str) -> bool:
    if node is None:
        return True
    kind = module.type_of(node)
    return kind is not None and kind.is_all(*names)


def _cannot_fail(op: ast.operator, left: ast.expr, right: ast.expr, module: Module) -> bool:
    if isinstance(op, ast.Add) and _is(left, module, "str") and _is(right, module, "str"):
        return True
    # An int may be too large for a float: `10 ** 400 + 0.5` fails.
    kinds = (("int", "bool"), ("float",))
    return isinstance(op, ast.Add | ast.Sub | ast.Mult) and any(_is(left, module, *one) and _is(right, module, *one) for one in kinds)


def keeps_its_value(name: ast.Name, module: Module) -> bool:
    """Whether the variable stands for the same object whatever other code runs: a builtin's name, a variable of this function that no
    inner one binds, a variable of the module that no function binds.

    What binds it in the body at hand is for the caller to look at.
    """
    variable = module.variable(name)
    if variable is None:
        return module.is_builtin(name.id, name)
    owner, key = variable
    here = module.scope(name).function()
    if owner.function() is not here and owner.kind != "module":
        return False  # a generator or coroutine around may go on meanwhile, and bind it again
    if owner.kind == "module" and (module.hidden_writes.writes_globals or owner.stars):
        return False
    found = owner.bindings.get(key, ())
    if any(module.scope(one.node).function() is not owner.function() for one in found):
        return False
    return owner.function() is not here or (module.event(name) is not None and is_bound(name, module))


def _certainly_there(node: ast.Attribute, module: Module) -> bool:
    """Whether what is called is the same function at any time: of the standard library, or a method of this file."""
    call = module.parent(node)
    if not (isinstance(call, ast.Call) and call.func is node):
        return False  # `sys.stdout`, `os.environ`: whatever code runs may set them
    origin = module.origin(node)
    if origin is not None:
        return origin.rpartition(".")[0] in _MODULES
    kind = module.type_of(node.value)
    if kind is not None and all(_has_method(one.name, node.attr) for one in kind.members()):
        return commutes(node.value, module)
    found = module.calls.resolved(node)
    return isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) and not found.decorator_list and commutes(node.value, module)


def _has_method(name: str, method: str) -> bool:
    """Whether instances of the class certainly have the method, which nobody can replace."""
    return name in _CLASSES and hasattr(_CLASSES[name], method)


def before(use: ast.expr, whole: ast.expr) -> Sequence[ast.expr] | None:
    """What `whole` evaluates before it comes to its part `use`, in order; `None` where it may come to it never, later or twice."""
    if whole is use:
        return []
    match whole:
        case ast.Attribute(value=inner) | ast.UnaryOp(operand=inner) | ast.Starred(value=inner):
            parts: list[ast.expr | None] = [inner]
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            parts = [value, lower, upper, step]
        case ast.Subscript(value=value, slice=index):
            parts = [value, index]
        case ast.BinOp(left=left, right=right):
            parts = [left, right]
        case ast.Compare(left=left, comparators=[right, *_]):
            parts = [left, right]
        case ast.BoolOp(values=[first, *_]) | ast.IfExp(test=first):
            parts = [first]
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            parts = list(elements)
        case ast.Dict(keys=keys, values=values):
            parts = [one for pair in zip(keys, values, strict=True) for one in pair]
        case ast.Call(func=function, args=arguments, keywords=keywords):
            parts = [function, *arguments, *(one.value for one in keywords)]
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            clause = whole.generators[0]
            parts = [clause.iter] if not clause.is_async else []
        case _:
            return None
    found: list[ast.expr] = []
    for part in parts:
        if part is None:
            continue
        inner_parts = before(use, part) if any(one is use for one in ast.walk(part)) else None
        if inner_parts is not None:
            return [*found, *inner_parts]
        found.append(part)
    return None
