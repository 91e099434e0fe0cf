"""What would happen if a comprehension's variable were one of the scope around it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import mangled
from codemods.analysis.order.flows import body_scope
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.names.scopes import Scope


def leak(name: ast.Name, made: ast.expr, module: Module) -> ast.AST | None:
    """A use that would see, or be changed by, the variable `name` of the comprehension `made` if that stayed bound after it.

    A scope that does not bind the name yet must not use it either, in itself or in a function nested in it: the use would turn from an
    outer variable to this one. In a scope that binds it, no use may be reached from here before it is bound anew.
    """
    scope = body_scope(module.scope(made))
    inside = set(walk(made))
    key = mangled(name.id, scope)
    if key in scope.global_names or key in scope.nonlocal_names:
        return made
    if key not in scope.bindings:
        return _outer_use(key, scope)
    variable = (scope, key)
    flow = module.flow(made)
    here = [flow.index[node] for node in inside if node in flow.index]
    stores = frozenset(module.flows.stores_of(flow, variable))
    for index in flow.reachable(here, stores):
        node = flow.events[index].node
        use = node.target if isinstance(node, ast.AugAssign) else node
        if not isinstance(use, ast.Name) or module.variable(use) != variable:
            continue  # the comprehension's own uses are of another variable; its first iterable's are not
        if isinstance(node, ast.AugAssign) or not isinstance(use.ctx, ast.Store):
            return use
    return next(iter(module.flows.delayed_uses(variable)), None)


def _outer_use(name: str, scope: Scope) -> ast.AST | None:
    """A use of the name in the scope or below it that now means a variable further out (or a builtin)."""
    for inner in scope.outer_users(name):
        return inner.uses[name][0]
    if name in scope.globals_declared:
        return scope.globals_declared[name].node
    return None
