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
from codemods.analysis.calls.hidden_methods import ARITHMETIC, gives_method
from codemods.analysis.change.freshness import BUILTINS
from codemods.analysis.names.scopes import FunctionNode
from codemods.analysis.text.walking import walk
from codemods.analysis.types.vocabulary import SCALARS, Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_COLLECTION_METHODS = frozenset(name for one in (list, dict, set, tuple) for name in dir(one))
_FOR_ARITHMETIC = frozenset(f"__{side}{name}__" for name in ARITHMETIC for side in ("", "r", "i"))
_COMPARING = frozenset({"__eq__"})
_FOR_ORDER = _COMPARING | {"__ne__", "__lt__", "__le__", "__gt__", "__ge__"}
_OPERATORS = _FOR_ARITHMETIC | _FOR_ORDER | {"__contains__"}


def operators_that_change(module: Module) -> frozenset[str]:
    """The names of those that may. Nothing is known of those that a class is given by an assignment."""
    stored = [one for one in module.names.nodes(ast.Name) if isinstance(one.ctx, ast.Store) and one.id in _OPERATORS]
    found = {one.id for one in stored if gives_method(one, module)}
    found |= {one.attr for one in module.names.stored(ast.Attribute) if one.attr in _OPERATORS and gives_method(one, module)}
    written = (node for node in module.names.nodes(ast.FunctionDef) if node.name in _OPERATORS and module.class_of(node) is not None)
    return frozenset(found | {node.name for node in written if _changes_operand(node, module)})


def operators_at(operation: ast.AST, use: ast.expr, inside: bool) -> frozenset[str]:
    """The names of those that may be given a builtin collection, `use`, or with `inside` its elements, by an operation on it.

    `x in rows` gives `x` an element after the other, but never the rows; that `x` has a `__contains__` does not matter. A sum, too, may
    compare elements.
    """
    elements = _COMPARING if inside else frozenset[str]()
    match operation:
        case ast.Compare(ops=[ast.In() | ast.NotIn()], left=left):
            return elements | {"__eq__", "__contains__"} if use is left else elements
        case ast.Compare():
            return _FOR_ORDER | {"__contains__"}
        case ast.BinOp():
            return _FOR_ARITHMETIC | elements
        case _:
            return elements


def keeps_operand(function: FunctionNode, module: Module) -> bool:
    """Whether a method of an operator may keep its operand, or hand it back."""
    return function.args.vararg is not None or any(_may_keep(use, module) for use in _uses_of_operands(function))


def _uses_of_operands(function: FunctionNode) -> list[ast.Name]:
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


def operands(operation: ast.AST) -> list[ast.expr]:
    """What an operation is about; of a call, what it passes by position."""
    match operation:
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.AugAssign(target=target, value=value):
            return [target, value]
        case ast.Call(args=args):
            return args
        case _:
            return []


def is_plain(operation: ast.AST, use: ast.expr) -> bool:
    """Whether all operands but one are constants, and displays of such."""
    return all(one is use or _written_out(one) for one in operands(operation))


def runs_no_operator(value: ast.expr, module: Module) -> bool:
    """Whether no operator of the file's can be at work where a value, or something inside of it, is an operand."""
    return _written_out(value) or _is_plain_type(module.type_of(value))


def _is_plain_type(kind: Type | None) -> bool:
    """Whether a value of a type is a builtin all the way down."""
    return kind is not None and all(
        one.name in SCALARS or (one.name in BUILTINS and bool(one.args) and all(map(_is_plain_type, one.args))) for one in kind.members()
    )


def _written_out(value: ast.expr | None) -> bool:
    match value:
        case ast.Constant() | ast.JoinedStr():
            return True
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return all(map(_written_out, elements))
        case ast.Dict(keys=keys, values=values):
            return all(map(_written_out, [*keys, *values]))
        case ast.ListComp(elt=element) | ast.SetComp(elt=element):
            return _written_out(element)
        case ast.DictComp(key=key, value=element):
            return _written_out(key) and _written_out(element)
        case _:
            return False


def _changes_operand(function: FunctionNode, module: Module) -> bool:
    return function.args.vararg is not None or any(_may_change(use, module) for use in _uses_of_operands(function))


def _may_change(use: ast.Name, module: Module) -> bool:
    """Whether a use of the operand may do so, if that is a collection."""
    inner: ast.expr = use
    around = module.parent(inner)
    while isinstance(around, ast.Subscript | ast.Attribute) and around.value is inner:
        if isinstance(around, ast.Attribute) and around.attr not in _COLLECTION_METHODS:
            return False  # it is none
        inner, around = around, module.parent(around)
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
