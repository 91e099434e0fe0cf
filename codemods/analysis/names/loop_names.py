"""Names of loop variables that another loop may bind as well: `for key, value in a.items()` twice in one function."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.names.scopes import Scope

_LOOPS = ast.For | ast.AsyncFor | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def is_loop_name(name: str, module: Module, at: ast.AST) -> bool:
    """Whether `name`, where it means anything around `at`, is a variable of other loops alone, which that of `at` does not disturb.

    Args:
        at: the target of the loop that is to bind the name.
    """
    loops = [around for around in (at, *module.ancestors(at)) if isinstance(around, _LOOPS)]
    if any(_mentions(loops[0], name) or _binds(around, name) for around in loops):
        return False
    owner = module.scope(at).function()
    if owner.kind not in ("function", "module") or name in module.exported:
        return False
    return _alone(name, owner) and _passes(name, loops[0], owner, module)


def _mentions(loop: ast.AST, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in walk(loop))


def _binds(loop: ast.AST, name: str) -> bool:
    targets = [loop.target] if isinstance(loop, ast.For | ast.AsyncFor) else [one.target for one in loop.generators]  # type: ignore[attr-defined]
    return any(_mentions(target, name) for target in targets)


def _alone(name: str, owner: Scope) -> bool:
    """Whether loops alone bind the name in the function, and no function or class in it, nor the module around it, knows the name."""
    scopes = list(owner.below())
    for one in scopes:
        if name in one.global_names or any(binding.kind != "for" for binding in one.bindings.get(name, ())):
            return False
        if name in one.uses and one.owner(name) not in scopes:
            return False
        if one is not owner and one.kind != "comprehension" and name in one.uses:
            return False
    return name in owner.bindings or not any(name in one.bindings or name in one.uses for one in owner.outward())


def _passes(name: str, loop: ast.AST, owner: Scope, module: Module) -> bool:
    """Whether no other use of the variable can come behind the loop before the variable is bound anew."""
    if not isinstance(loop, ast.For):
        return True  # a comprehension keeps its variable to itself
    flow = module.flow(loop)
    stops = frozenset(module.flows.stores_of(flow, (owner, name)))
    for index in flow.reachable([flow.heads[loop]], stops):
        node = flow.events[index].node
        use = node.target if isinstance(node, ast.AugAssign) else node
        if isinstance(use, ast.Name) and module.variable(use) == (owner, name) and not isinstance(use.ctx, ast.Store):
            return False
    return True
