"""Whether the variable of a loop that the loop does not read may vanish."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.order.turns import LoopNode, nodes_of
from codemods.analysis.shapes.iteration import used_afterwards
from codemods.analysis.shapes.loop_checks import NAMES_SEEN, in_class_body, is_looked_at
from codemods.analysis.text.walking import walk
from codemods.model.verdict import Refusal, Refused

if TYPE_CHECKING:
    from codemods.analysis.module import Module

KEY_TARGET = Refusal("key-target", "the key is stored in `{text}`, which is no plain variable of this scope")
KEY_REBOUND = Refusal("key-rebound", "`{key}` is bound again or deleted at line {line}")
KEY_SEEN = Refusal("key-seen", "`{key}` is still used at line {line}, behind the loop or in a function")
KEY_PUBLIC = Refusal("key-public", "`{key}` is a name of the module that others may import")
SAME_NAME = Refusal("same-name", "`{key}` is bound twice by the loop")


def is_read(key: ast.expr, loop: LoopNode, module: Module) -> bool:
    """Whether the loop reads a name of `key`, a part of its target: in its body, in the rest of its target, or in its comprehension."""
    names = _names(key)
    variables = [module.variable(one) for one in names]
    around = loop if isinstance(loop, ast.For) else module.parent(loop)
    assert around is not None
    inside = [*nodes_of(loop, module), *walk(loop.target)] if around is loop else walk(around)
    return any(isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load) and module.variable(one) in variables for one in inside)


def _names(target: ast.expr) -> list[ast.Name]:
    """The names that a target binds."""
    return [one for one in walk(target) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]


def must_stay(loop: LoopNode, key: ast.expr, value: ast.expr | None, module: Module) -> Refused | None:
    """A reason why a loop has to go on binding `key`, a part of its target; the loop itself is known not to read it.

    Args:
        key: a name, or names in tuples and lists.
        value: the other part of the target, if there is one.
    """
    names = _names(key)
    plain = all(isinstance(one, ast.Name | ast.Tuple | ast.List | ast.Starred | ast.expr_context) for one in ast.walk(key))
    if not plain:
        return KEY_TARGET(text=ast.unparse(key))
    if isinstance(loop, ast.For) and module.scope(loop.iter).kind == "class":
        return in_class_body(key, loop, module)
    if (shower := module.shows_names(loop.iter)) is not None:
        return NAMES_SEEN(text=shower.id, line=module.line(shower))
    for name in names:
        refused = _bound_elsewhere(name, loop, value, module) or _seen(name, loop, module)
        if refused is not None:
            return refused
    return None


def _bound_elsewhere(name: ast.Name, loop: LoopNode, value: ast.expr | None, module: Module) -> Refused | None:
    variable = module.variable(name)
    if variable is None or variable[0] is not module.scope(loop.target):
        return KEY_TARGET(text=name.id)
    others = _names(value) if value is not None else []
    if any(module.variable(one) == variable for one in others):
        return SAME_NAME(key=name.id)
    for node in nodes_of(loop, module):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) and module.variable(node) == variable:
            return KEY_REBOUND(key=name.id, line=module.line(node))
    return None


def _seen(name: ast.Name, loop: LoopNode, module: Module) -> Refused | None:
    if module.scope(loop).kind == "module":
        public = module.filename == "__init__.py" and not name.id.startswith("_")
        if public or is_looked_at(name.id, module):
            return KEY_PUBLIC(key=name.id)
    use = used_afterwards(name, loop, module)
    return KEY_SEEN(key=name.id, line=module.line(use)) if use is not None else None
