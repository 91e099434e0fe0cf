"""Whether an expression makes an object that nothing else holds when it is done."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.change.places import Place
from codemods.analysis.names.scopes import mangled
from codemods.analysis.types.vocabulary import IMMUTABLE, Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module

BUILTINS = frozenset({*known_calls.MUTATORS, *IMMUTABLE})
"""Builtin and standard library classes whose operators and methods are known."""

_MAKERS = frozenset({
    "list", "dict", "dict.fromkeys", "set", "sorted", "bytearray", "frozenset", "tuple", "str", "range", "enumerate", "zip", "reversed",
})  # fmt: skip

_DECORATORS = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "abc.abstractmethod", "typing.override", "typing.final", "typing_extensions.override",
})  # fmt: skip
"""Decorators under which each call still makes its result anew (`lru_cache` hands out the same list again)."""

_DEEPEST = 3
"""Through how many functions of the file a result is followed."""


def immutable(kind: Type | None) -> bool:
    """Whether a value of this type can never change."""
    return kind is not None and kind.is_all(*IMMUTABLE)


def is_builtin_value(node: ast.expr, module: Module) -> bool:
    """Whether the value's class is one whose operators and methods are known."""
    kind = module.type_of(node)
    return kind is not None and kind.is_all(*BUILTINS)


def is_fresh(value: ast.expr, module: Module, depth: int = 0) -> bool:
    """Whether an expression makes an object that nothing else holds when it is done."""
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return True
        case ast.IfExp():
            return is_fresh(value.body, module, depth) and is_fresh(value.orelse, module, depth)
        case ast.BoolOp():
            return all(is_fresh(one, module, depth) for one in value.values)
        case ast.Await(value=ast.Call() as call):
            callee = module.callee(call)
            return isinstance(callee, ast.AsyncFunctionDef) and depth < _DEEPEST and _returns_fresh(callee, module, depth + 1)
        case ast.Subscript(slice=ast.Slice()) if is_builtin_value(value.value, module):
            return True
        case ast.BinOp() if is_builtin_value(value.left, module) and is_builtin_value(value.right, module):
            return True
        case ast.Call() if _makes_fresh(value, module, depth):
            return True
        case _:
            return immutable(module.type_of(value))


def _makes_fresh(call: ast.Call, module: Module, depth: int) -> bool:
    """Constructors, `sorted`, and methods and standard library functions that hand back new collections."""
    origin = module.origin(call.func) or ""
    root, _, name = origin.partition(".")
    if root == "builtins":
        return name in _MAKERS
    if root in known_calls.STDLIB_PLAIN:
        return origin in known_calls.NEW_COLLECTIONS
    if isinstance(call.func, ast.Attribute) and is_builtin_value(call.func.value, module):
        return call.func.attr in known_calls.COPYING_METHODS
    callee = module.callee(call)
    return isinstance(callee, ast.FunctionDef) and depth < _DEEPEST and _returns_fresh(callee, module, depth + 1)


def _returns_fresh(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module, depth: int) -> bool:
    """Whether every `return` hands back a fresh object, or a local that holds one and never leaked."""
    if any(module.origin(one) not in _DECORATORS for one in function.decorator_list):
        return False
    scope = module.scope_inside(function)
    nodes = list(module.own_nodes(function))
    returns = [node.value for node in nodes if isinstance(node, ast.Return) and node.value is not None]
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes):
        return False
    for value in returns:
        if isinstance(value, ast.Name) and module.owner(value.id, value) is scope:
            place = Place(scope, mangled(value.id, scope), (), value.id)
            event = module.event(value)
            if event is None or not module.ownership(place).owned_at(event, depth=depth):
                return False
        elif not is_fresh(value, module, depth):
            return False
    return bool(returns)
