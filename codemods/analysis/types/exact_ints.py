"""Values that are certainly of class `int` itself, not `bool`: an annotation `int` allows both."""

from __future__ import annotations

import ast

from codemods.analysis.module import Module
from codemods.analysis.names.scopes import Binding

_GIVES_INT = frozenset({
    "builtins.len", "builtins.int", "builtins.ord", "builtins.id", "builtins.hash",
    "random.randint", "random.randrange", "os.getpid", "os.getppid", "time.time_ns", "time.monotonic_ns", "time.perf_counter_ns",
})  # fmt: skip
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.Pow, ast.LShift, ast.RShift)
"""Operators that make an int even of two bools."""

_DEPTH = 3


def is_exact_int(node: ast.expr, module: Module, depth: int = _DEPTH) -> bool:
    """Whether the value of `node` is proved to be an int and no bool. Names are followed to what binds them, `depth` steps at most."""
    kind = module.type_of(node)
    if kind is None or not kind.is_all("int"):
        return False
    match node:
        case ast.Constant(value=value):
            return type(value) is int
        case ast.BinOp(op=op):
            return isinstance(op, _ARITHMETIC)
        case ast.UnaryOp():
            return True
        case ast.Call(func=function):
            return module.origin(function) in _GIVES_INT
        case ast.Name(id=name) if depth:
            bindings = module.bindings(name, node)
            return all(_binds_int(one, module, depth - 1) for one in bindings)
        case _:
            return False


def _binds_int(binding: Binding, module: Module, depth: int) -> bool:
    match binding.kind, binding.value, binding.path:
        case "assign" | "walrus", ast.expr() as value, ():
            return is_exact_int(value, module, depth)
        case "augment", _, _:
            return isinstance(getattr(binding.statement, "op", None), _ARITHMETIC)
        case "for", ast.Call(func=function), ():
            return module.origin(function) == "builtins.range"
        case "delete", _, _:
            return True
        case "for", ast.Call(func=function), (0,):
            return module.origin(function) == "builtins.enumerate"
        case _:
            return False
