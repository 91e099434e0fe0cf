"""Whether operators that the file defines may change, keep or hand on a collection that is their operand, or what is inside of it.

    class Log:
        def __eq__(self, other):
            other.append(self)

Such a class in the file is rare; then an operator on a collection is taken to be its, unless the other operands are written out.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.names.scopes import FunctionNode
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_COLLECTION_METHODS = frozenset(name for one in (list, dict, set, tuple) for name in dir(one))
_WRITTEN_OUT = (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.JoinedStr)
_ARITHMETIC = ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow", "lshift", "rshift", "and", "xor", "or")
_OPERATORS = frozenset({
    *(f"__{side}{name}__" for name in _ARITHMETIC for side in ("", "r", "i")),
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__",
})  # fmt: skip


def operators_change(module: Module) -> bool:
    """Whether one of them may."""
    return any(
        node.name in _OPERATORS and _changes_operand(node, module)
        for node in module.names.nodes(ast.FunctionDef)
        if isinstance(node, ast.FunctionDef) and module.class_of(node) is not None
    )


def is_plain(operation: ast.AST, use: ast.expr) -> bool:
    """Whether all operands but one are displays and constants."""
    match operation:
        case ast.Compare(left=left, comparators=others):
            return all(one is use or isinstance(one, _WRITTEN_OUT) for one in (left, *others))
        case ast.BinOp(left=left, right=right):
            return all(one is use or isinstance(one, _WRITTEN_OUT) for one in (left, right))
        case ast.Call(args=args):
            return all(isinstance(one, _WRITTEN_OUT) for one in args)
        case _:
            return True


def _changes_operand(function: FunctionNode, module: Module) -> bool:
    operands = {one.arg for one in function.args.args[1:]}
    return any(isinstance(node, ast.Name) and node.id in operands and _may_change(node, module) for node in walk(function))


def _may_change(use: ast.Name, module: Module) -> bool:
    """Whether a use of the operand may do so, if that is a collection."""
    inner: ast.expr = use
    around = module.parent(inner)
    while isinstance(around, ast.Subscript | ast.Attribute) and around.value is inner:
        if isinstance(around, ast.Attribute) and around.attr not in _COLLECTION_METHODS:
            return False  # it is none
        inner, around = around, module.parent(around)
    if not isinstance(getattr(inner, "ctx", None), ast.Load):
        return True
    match around:
        case ast.Compare() | ast.BinOp() | ast.If() | ast.IfExp() | ast.UnaryOp() | ast.BoolOp() | ast.Expr() | ast.FormattedValue():
            return False
        case ast.Call(func=ast.Attribute(attr=name) as called) if called is inner:
            return name in known_calls.ANY_MUTATOR or name in ("get", "values", "items", "copy", "pop")
        case ast.Call() if inner is use:
            return (module.origin(around.func) or "").removeprefix("builtins.") not in known_calls.BORROWS_ALL
        case _:
            return True
