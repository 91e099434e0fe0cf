"""Whether a comprehension may evaluate the parts of a loop's body in its own order: a dict's key first, a temporary in its place."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.shapes.accumulation import Accumulation, Filter
from codemods.analysis.shapes.commuting import before, commutes

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def use_of_temporary(found: Accumulation) -> ast.Name | None:
    """The one use of the temporary behind it; `None` where there is none, or another."""
    if found.temporary is None:
        return None
    target = found.temporary.targets[0]
    assert isinstance(target, ast.Name)
    clauses = found.clauses[found.before_temporary :]
    parts = [one.test if isinstance(one, Filter) else one.iter for one in clauses]
    parts += [part for part in (found.key, found.element) if part is not None]
    uses = [node for part in parts for node in ast.walk(part) if isinstance(node, ast.Name) and node.id == target.id]
    return uses[0] if len(uses) == 1 else None


def carried(found: Accumulation, loop: ast.stmt) -> ast.Name | None:
    """A read of the temporary that may see what an earlier turn left in it: `total = total + x`, `if total > 9: continue`.

    Where the loop whose body assigns it binds the same name, each turn has a value of its own.
    """
    use = use_of_temporary(found)
    if use is None:
        return None
    own = [clause.target for clause in found.clauses[: found.before_temporary] if not isinstance(clause, Filter)][-1]
    if any(isinstance(node, ast.Name) and node.id == use.id for node in ast.walk(own)):
        return None
    reads = (node for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id == use.id)
    return next((node for node in reads if node is not use), None)


def key_first(found: Accumulation, module: Module) -> bool:
    """Whether a dict's key may be evaluated before the value. `d[k] = v` evaluates `v` first, `{k: v}` evaluates `k` first."""
    if found.key is None:
        return True
    use = use_of_temporary(found)
    return commutes(found.key, module, hole=use) or commutes(found.element, module, hole=use)


def put_in_place(found: Accumulation, module: Module) -> bool:
    """Whether the temporary's value may be evaluated where its name is used, once, instead of in a statement before."""
    use = use_of_temporary(found)
    if use is None or found.temporary is None:
        return False
    if _is_test(use, module) and _has_tested(found.temporary.value, module):
        return False
    harmless = commutes(found.temporary.value, module)
    for clause in found.clauses[found.before_temporary :]:
        part = clause.test if isinstance(clause, Filter) else clause.iter
        if any(node is use for node in ast.walk(part)):
            return _in_place(use, [], part, harmless, module)
        if not isinstance(clause, Filter) or not harmless:
            return False  # behind a loop it would be evaluated several times, behind a condition not always
    if found.key is None:
        return _in_place(use, [], found.element, harmless, module)
    if any(node is use for node in ast.walk(found.key)):
        return _in_place(use, [], found.key, harmless, module)
    return _in_place(use, [found.key], found.element, harmless, module)


def _in_place(use: ast.Name, earlier: list[ast.expr], whole: ast.expr, harmless: bool, module: Module) -> bool:
    """Whether what is evaluated before the use, `earlier` and the first parts of `whole`, or else the value itself, is `harmless`."""
    parts = before(use, whole)
    return parts is not None and (harmless or all(commutes(part, module) for part in [*earlier, *parts]))


def _is_test(use: ast.Name, module: Module) -> bool:
    """Whether it is asked there whether the value is true."""
    parent = module.parent(use)
    match parent:
        case ast.BoolOp() | ast.If() | ast.comprehension() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.IfExp():
            return parent.test is use
        case _:
            return False


def _has_tested(value: ast.expr, module: Module) -> bool:
    """Whether evaluating it asks a part of it whether it is true, which may then be the value: `x or y`, `x < y < z`.

    `t = x or y; if t` asks twice, `if x or y` once, which a class's `__bool__` could tell.
    """
    match value:
        case ast.BoolOp() | ast.Compare(ops=[_, _, *_]):
            kind = module.type_of(value)
            return kind is None or not kind.is_all("str", "int", "float", "bool", "bytes", "None")
        case ast.IfExp():
            return _has_tested(value.body, module) or _has_tested(value.orelse, module)
        case ast.NamedExpr():
            return _has_tested(value.value, module)
        case _:
            return False
