"""Who could see a collection that is not filled: what stands between its birth and the loop, and what follows where the loop does not end.

    found = []
    limit = read()
    for row in rows[:limit]:
        found.append(row)

As a comprehension, `found` is born where the loop stands. So nothing may touch it before, and where `read()` returns from the function,
jumps or raises, nothing that follows may find the empty list, or miss it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.order.evaluation_order import is_quiet
from codemods.analysis.order.managers import lets_through
from codemods.analysis.shapes.accumulation import Accumulation, LoopStatement
from codemods.analysis.shapes.loop_checks import is_public
from codemods.analysis.text.walking import walk
from codemods.model.verdict import Refusal, Refused

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.names.scopes import Scope

TOUCHED = Refusal("touched", "`{name}` is used between its birth and the loop, at line {line}")
SEEN_EMPTY = Refusal("seen-empty", "where the loop is not reached, `{name}` is used empty, at line {line}")
MODULE_BUSY = Refusal("module-busy", "what runs at line {line} may see the module's `{name}`, which would not be bound yet")
ANNOTATED = Refusal("annotated", "the annotation of `{name}` would be evaluated later")
FAR = Refusal("far", "`{name}` is made {count} before the loop", sort="style")
COMMENT_ABOVE = Refusal("comment-above", "the comment above `{name}` would stand above another statement", sort="style")
PARTIAL = Refusal("partial", "if something raises, `{name}` is used half filled, at line {line}")

_LETTING_MODULES = frozenset({"io", "threading", "tempfile", "zipfile", "tarfile"})
"""Modules all of whose managers let exceptions through."""

_IMPORTERS = frozenset({"import_module", "reload", "run_path", "run_module", "load_module", "exec_module"})

MOST_STATEMENTS = 3
MOST_LINES = 10


def between(found: Accumulation, birth: ast.Assign | ast.AnnAssign, loop: LoopStatement, module: Module) -> Refused | None:
    """Whether the birth may move behind the statements that stand between it and the loop; they stay as they are."""
    if not found.crossed:
        return None
    variable = module.variable(found.name)
    assert variable is not None
    name = found.name.id
    touched = min((module.line(one) for one in _touches(variable) if any(module.inside(one, part) for part in found.crossed)), default=None)
    if touched is not None:
        return TOUCHED(name=name, line=touched)
    empty = _seen_empty(birth, loop, variable, module)
    if empty is not None:
        return SEEN_EMPTY(name=name, line=module.line(empty))
    if variable[0].kind == "module":
        public = is_public(name, module)
        busy = next((one for one in found.crossed if _imports(one) or (public and not _plain(one, module))), None)
        if busy is not None:
            return MODULE_BUSY(name=name, line=module.line(busy))
        if isinstance(birth, ast.AnnAssign):
            return ANNOTATED(name=name)
    return _layout(found, birth, module)


def _layout(found: Accumulation, birth: ast.stmt, module: Module) -> Refused | None:
    """Whether the new statement still reads as what it was: its birth near, its comment its own."""
    count = len(found.between) + len(found.managers) + len(found.within)
    lines = module.line(found.clauses[0].target) - module.line(birth) - 1  # type: ignore[union-attr]
    if count > MOST_STATEMENTS:
        return FAR(name=found.name.id, count=f"{count} statements")
    if lines > MOST_LINES:
        return FAR(name=found.name.id, count=f"{lines} lines")
    above = module.line(birth) - 1
    if not found.between:
        return None  # it stands above the block, whose purpose it tells more often than not
    if above and module.lines.line_text(above).lstrip().startswith("#"):
        return COMMENT_ABOVE(name=found.name.id)
    return None


def _touches(variable: tuple[Scope, str]) -> Iterator[ast.AST]:
    """All that binds or uses a variable."""
    scope, name = variable
    yield from (one.node for one in scope.bindings.get(name, ()))
    yield from scope.mentions(name)


def _needs(variable: tuple[Scope, str], module: Module) -> Iterator[ast.AST]:
    """The uses of a variable that fail where it is not bound, each as the node that has an event."""
    scope, name = variable
    for use in scope.mentions(name):
        if not isinstance(use.ctx, ast.Store):
            yield use
        elif isinstance(around := module.parent(use), ast.AugAssign):
            yield around
    yield from (one.node for one in scope.bindings.get(name, ()) if one.kind == "delete")


def _seen_empty(birth: ast.stmt, loop: LoopStatement, variable: tuple[Scope, str], module: Module) -> ast.AST | None:
    """A use that can follow the birth without the loop in between, nor another binding: behind a `continue`, in a handler."""
    flow = module.flow(loop)
    target = birth.targets[0] if isinstance(birth, ast.Assign) else birth.target  # type: ignore[attr-defined]
    stops = frozenset([flow.heads[loop], *module.flows.stores_of(flow, variable)])
    reached = flow.reachable([flow.index[target]], stops)
    seeing = module.flows.delayed_uses(variable)
    made = (use for node, index in flow.delayed if index in reached for use in seeing if module.inside(use, node))
    return next((use for use in _needs(variable, module) if flow.index.get(use) in reached), None) or next(made, None)


def _imports(code: ast.AST) -> bool:
    """Whether it may import a module, which may import this one in turn and look at its variables."""
    for node in walk(code):
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Name(id="__import__"):
                return True
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _IMPORTERS:
                return True
            case _:
                pass
    return False


def _plain(statement: ast.AST, module: Module) -> bool:
    """Whether a statement of a module runs no code that could look at the module: an assignment of what is quiet."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=value):
            return is_quiet(value, module)
    return False


def partial(found: Accumulation, birth: ast.stmt, loop: LoopStatement, module: Module) -> Refused | None:
    """Where an exception can be caught (or swallowed) around the loop, nothing behind it may use the collection.

    Before, it was half filled there; as a comprehension it would not be bound at all, or still hold what it held before.
    """
    variable = module.variable(found.name)
    assert variable is not None
    for around in module.ancestors(loop):
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.Module):
            return None
        if not isinstance(around, ast.Try | ast.TryStar | ast.With | ast.AsyncWith) or _never_swallows(around, module):
            continue
        guarded = {node for part in _guarded(around, loop, module) for node in walk(part)}
        again = _come_again(guarded, loop, variable, module)
        for use in _needs(variable, module):
            if use not in guarded or use in again:
                return PARTIAL(name=found.name.id, line=module.line(use))
    return None


def _come_again(guarded: set[ast.AST], loop: LoopStatement, variable: tuple[Scope, str], module: Module) -> set[ast.AST]:
    """What of a guarded block can come, in another turn of a loop around it, before the variable is bound anew."""
    flow = module.flow(loop)
    outside = [index for index in flow.reachable([flow.heads[loop]]) if flow.events[index].node not in guarded]
    stops = frozenset(module.flows.stores_of(flow, variable))
    return {flow.events[index].node for index in flow.reachable(outside, stops)} & guarded


def _never_swallows(around: ast.stmt, module: Module) -> bool:
    """Files, locks and the like let every exception through."""
    return isinstance(around, ast.With) and all(_lets_through(item.context_expr, module) for item in around.items)


def _lets_through(manager: ast.expr, module: Module) -> bool:
    kind = module.type_of(manager)
    known = kind is not None and all(one.name.partition(".")[0] in _LETTING_MODULES for one in kind.members())
    return known or lets_through(manager, module)


def _guarded(around: ast.stmt, loop: ast.AST, module: Module) -> list[ast.stmt]:
    """The statements of the block of `around` that the loop stands in, and of its `else`: what comes after an exception is none of them."""
    for block in ("body", "orelse", "finalbody"):
        statements: list[ast.stmt] = getattr(around, block, [])
        if any(module.inside(loop, statement) for statement in statements):
            return [*statements, *getattr(around, "orelse", [])] if block == "body" else statements
    return []
