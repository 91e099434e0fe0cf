"""Methods that are there to be overridden: what a call of one does is said in another class, perhaps in another file.

    def walk(self):
        for name in self.rows:
            self.visit(name)
            print(self.rows[name])

    def visit(self, name):
        pass

leaves it to a class below what `visit` does to the rows.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls.calls import Method

if TYPE_CHECKING:
    from codemods.analysis.calls.calls import Callee
    from codemods.analysis.module import Module


def is_left_open(function: ast.expr, callee: Callee | None, module: Module) -> bool:
    """Whether what `function` names, here `callee`, may well be another method: a hook, of an object that may be of a class below."""
    if not isinstance(function, ast.Attribute) or not isinstance(callee, Method) or not _is_hook(callee, module):
        return False
    receiver, owner = function.value, module.class_of(callee)
    if isinstance(receiver, ast.Call) and module.origin(receiver.func) == "builtins.super":
        return False
    return not _is_exact(receiver, module) and owner is not None and not module.inference.classes.is_closed(owner)


def _is_hook(method: Method, module: Module) -> bool:
    """Whether a method is abstract, refuses, or does nothing but pass or give a constant. (Private ones and operators may do nothing.)"""
    if any(module.origin(one) == "abc.abstractmethod" for one in method.decorator_list):
        return True
    if not all(_does_nothing(one, module) for one in method.body):
        return False
    return not method.name.startswith("_") or any(isinstance(one, ast.Raise) for one in method.body)


def _does_nothing(statement: ast.stmt, module: Module) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant()):
            return True
        case ast.Raise(exc=ast.Name() as raised) | ast.Raise(exc=ast.Call(func=ast.Name() as raised)):
            return module.origin(raised) == "builtins.NotImplementedError"
        case _:
            return False


def _is_exact(receiver: ast.expr, module: Module) -> bool:
    """Whether a receiver is a class by its name, or made by calling it, where the file says so."""
    match receiver:
        case ast.Call(func=ast.Name() as made):
            return isinstance(module.calls.named(made), ast.ClassDef)
        case ast.Name(id=name):
            values = [one.value if one.kind == "assign" and one.path == () else None for one in module.bindings(name, receiver)]
            made_here = bool(values) and all(isinstance(one, ast.Call) and _is_exact(one, module) for one in values)
            return made_here or isinstance(module.calls.named(receiver), ast.ClassDef)
        case _:
            return False
