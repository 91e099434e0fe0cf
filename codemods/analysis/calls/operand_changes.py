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
    """Whether one of them may. Nothing is known of those that a class is given by an assignment."""
    names = (one for one in module.names.nodes(ast.Name) if isinstance(one.ctx, ast.Store) and one.id in _OPERATORS)
    attributes = (one for one in module.names.stored(ast.Attribute) if one.attr in _OPERATORS)
    if any(map(module.hidden.gives_method, names)) or any(map(module.hidden.gives_method, attributes)):
        return True
    written = (node for node in module.names.nodes(ast.FunctionDef) if node.name in _OPERATORS and module.class_of(node) is not None)
    return any(_changes_operand(node, module) for node in written)


def keeps_operand(function: FunctionNode, module: Module) -> bool:
    """Whether a method of an operator may keep its operand, or hand it back."""
    return function.args.vararg is not None or any(_may_keep(use, module) for use in _operands(function))


def _operands(function: FunctionNode) -> list[ast.Name]:
    """The uses of the parameters that may be given an operand."""
    names = {one.arg for one in [*function.args.posonlyargs, *function.args.args][1:]}
    return [node for node in walk(function) if isinstance(node, ast.Name) and node.id in names]


def _may_keep(use: ast.Name, module: Module) -> bool:
    match module.parent(use):
        case ast.Compare() | ast.BinOp() | ast.Attribute() | ast.Subscript() | ast.If() | ast.UnaryOp():
            return False
        case ast.Call(func=function):
            return (module.origin(function) or "").removeprefix("builtins.") not in known_calls.BORROWS_ALL
        case _:
            return True


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
    return function.args.vararg is not None or any(_may_change(use, module) for use in _operands(function))


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
    while isinstance(around, ast.BoolOp) or (isinstance(around, ast.IfExp) and around.test is not inner):
        inner, around = around, module.parent(around)  # `other or []` may be `other`
    match around:
        case ast.Compare() | ast.BinOp() | ast.If() | ast.IfExp() | ast.UnaryOp() | ast.Expr() | ast.FormattedValue():
            return False
        case ast.Call(func=ast.Attribute(attr=name) as called) if called is inner:
            return name in known_calls.ANY_MUTATOR or name in ("get", "values", "items", "copy", "pop")
        case ast.Call() if inner is use:
            return (module.origin(around.func) or "").removeprefix("builtins.") not in known_calls.BORROWS_ALL
        case _:
            return True
