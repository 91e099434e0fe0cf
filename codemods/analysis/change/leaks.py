"""Whether a use of a variable lets the object itself out, to something that keeps it; its elements may go anywhere."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.operand_changes import operands, runs_no_operator
from codemods.analysis.change.freshness import BUILTINS, is_builtin_value

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_SHOWING = frozenset(f"builtins.{name}" for name in ("print", "len", "str", "repr", "isinstance", "bool"))

_OPERATING = frozenset({"builtins.divmod", "builtins.pow"})
"""Builtins that give one argument to an operator of another, and hand neither back."""


def leaks(use: ast.expr, module: Module, returned: bool = False) -> bool:
    """Whether the value of `use` itself may be kept by something else than where it comes from.

    Args:
        returned: to hand it to the caller counts too. It does not for a function's own local, which is gone then.
    """
    parent = module.parent(use)
    match parent:
        case ast.Subscript() if parent.value is use:
            return False
        case ast.Attribute():
            around = module.parent(parent)
            called = isinstance(around, ast.Call) and around.func is parent
            return isinstance(parent.ctx, ast.Load) and (not called or parent.attr in known_calls.GIVES_BACK)
        case ast.For() | ast.AsyncFor() | ast.comprehension() | ast.UnaryOp() | ast.FormattedValue() | ast.Expr() | ast.Starred():
            return False
        case ast.Delete() | ast.If() | ast.While():
            return False
        case ast.Assert():
            return parent.msg is use  # the exception keeps it
        case ast.Compare(ops=[ast.In() | ast.NotIn()], left=left) if left is not use:
            return False
        case ast.Compare() | ast.BinOp() | ast.AugAssign():
            inside = isinstance(parent, ast.Compare) and any(isinstance(one, ast.In | ast.NotIn) for one in parent.ops)
            return _operated(use, operands(parent), module, inside)
        case ast.Return():
            return returned
        case ast.IfExp() if parent.test is use:
            return False
        case ast.BoolOp() | ast.IfExp():
            return leaks(parent, module, returned)
        case ast.Tuple() | ast.List() | ast.Set() | ast.Dict():
            return _display_leaks(parent, module, returned)
        case ast.Call():
            return _kept_by_call(parent, use, module)
        case ast.keyword():
            call = module.parent(parent)
            return not isinstance(call, ast.Call) or _kept_by_call(call, use, module)
        case _:
            return True


def _operated(use: ast.expr, others: list[ast.expr], module: Module, inside: bool) -> bool:
    """Whether an operator that the file defines may be given an operand, or what that operand holds, and change it or keep it.

    Args:
        inside: what is inside of the others gets it too: `xs in [c]` asks `c`, `xs == [c]` only asks whether that is a list.
    """
    if not module.hidden.operators_take:
        return False
    plain = runs_no_operator if inside else is_builtin_value
    return not all(one is use or plain(one, module) for one in others)


def _display_leaks(display: ast.expr, module: Module, returned: bool) -> bool:
    """Whether a display that holds the object lets it out: `print("%s" % (xs,))` does not, `for a in (xs, ys)` does."""
    parent = module.parent(display)
    match parent:
        case ast.Return():
            return returned
        case ast.Expr() | ast.FormattedValue():
            return False
        case ast.Compare():
            return _operated(display, operands(parent), module, inside=True)
        case ast.BinOp(op=ast.Mod()):
            return not is_builtin_value(parent.left, module)
        case ast.Call():
            return module.origin(parent.func) not in _SHOWING
        case _:
            return True


def _kept_by_call(call: ast.Call, argument: ast.expr, module: Module) -> bool:
    """Whether a call may keep or hand back an argument of its own."""
    origin = module.origin(call.func)
    if origin is not None and origin.partition(".")[0] in ("builtins", *known_calls.STDLIB_PLAIN):
        if origin == "builtins.isinstance" and module.unseen.functions.get("__instancecheck__"):
            return True  # a metaclass of the file gets the object
        operates = origin.startswith("operator.") or origin in _OPERATING
        return _kept_outside(origin, call, argument) or (operates and _operated(argument, call.args, module, inside=True))
    if isinstance(call.func, ast.Attribute):
        receiver = module.type_of(call.func.value)
        if receiver is not None and receiver.is_all(*BUILTINS):
            keeps = call.func.attr in known_calls.KEEPING_METHODS or argument not in call.args
            return keeps or _operated(argument, [call.func.value, *call.args], module, inside=True)
    callee = module.callee(call)
    if isinstance(callee, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        parameter = module.calls.parameter_for(call, argument, callee)
        return parameter is None or parameter in module.summary(callee).keeps
    return True


def _kept_outside(origin: str, call: ast.Call, argument: ast.expr) -> bool:
    root, _, name = origin.partition(".")
    first = bool(call.args) and call.args[0] is argument
    if root == "builtins":
        if name == "print":
            return argument not in call.args
        borrowed = known_calls.BORROWS_ALL if len(call.args) > 1 or not first else known_calls.BORROWS
        return name not in borrowed
    if origin in known_calls.CHANGED_ARGUMENT:
        return not first or origin.startswith("operator.i")
    if origin in known_calls.NEW_COLLECTIONS:
        return argument not in call.args
    plain = argument in call.args and name.rpartition(".")[2][:1].islower()
    return not plain or root in known_calls.KEEPING_MODULES or origin in known_calls.HANDS_BACK
