"""Whether elements of a collection get to anything that keeps them: `row = groups[key]`, `for row in groups`, `return groups[key]`.

What is put into a collection nowhere but there is still what a variable holds that took it out again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from codemods.analysis.change.leaks import leaks
from codemods.analysis.change.places import Place, place_of
from codemods.analysis.names.scopes import FunctionNode, Scope
from codemods.analysis.types.vocabulary import DICTS

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_GIVING = frozenset({"get", "setdefault", "pop", "popleft"})
_KEEPING = frozenset({
    "append", "appendleft", "add", "insert", "keys", "index", "count", "remove", "discard", "clear", "reverse", "__setitem__", "__len__",
    "__contains__",
})  # fmt: skip
_MEASURING = frozenset(f"builtins.{name}" for name in ("len", "print", "str", "repr", "bool", "isinstance", "range"))
_PASSING = frozenset(f"builtins.{name}" for name in ("enumerate", "reversed", "sorted", "list", "tuple", "zip"))


def takes_out(element: ast.expr, container: Place, holder: Place, module: Module) -> bool:
    """Whether `holder` may hold an element of `container` when `element`, which looks one up there, is evaluated."""
    if not container.attributes and _only_passed(holder):
        return False
    if container.attributes:
        return attribute_lets_out(container.attributes[-1], holder, module)
    return _any_lets_out(_before(element, container, module), holder, module)


def attribute_lets_out(name: str, holder: Place, module: Module) -> bool:
    """Whether `holder` may hold an element of a collection that attributes of this (mangled) name hold."""
    return _any_lets_out(module.calls.attributes.get(name, ()), holder, module)


def _any_lets_out(uses: Iterable[ast.Name | ast.Attribute], holder: Place, module: Module) -> bool:
    return any(isinstance(use.ctx, ast.Load) and _lets_out(use, holder, module) for use in uses)


def _only_passed(holder: Place) -> bool:
    """Whether a variable holds nothing but what its function was given, before that, or a function in it, made the container."""
    bindings = holder.scope.bindings.get(holder.name, ())
    return not holder.attributes and [one.kind for one in bindings] == ["parameter"]


def _before(element: ast.expr, container: Place, module: Module) -> list[ast.Name]:
    """The uses of a variable that may come before `element`, since the collection was made."""
    event = module.event(element)
    uses = container.scope.mentions(container.name)
    definitions = module.ownership(container).definitions(event) if event is not None else None
    if event is None or definitions is None:
        return list(uses)
    flow = module.flow(event.node)
    before = flow.reaching({event.index}, frozenset(one.index for one in definitions)) | {event.index}
    return [use for use in uses if flow.index.get(use) is None or flow.index[use] in before]


def _lets_out(use: ast.expr, holder: Place, module: Module) -> bool:
    parent = module.parent(use)
    match parent:
        case ast.Subscript() if parent.value is use:
            return isinstance(parent.ctx, ast.Load) and (isinstance(parent.slice, ast.Slice) or _gets_on(parent, holder, module))
        case ast.Attribute(attr=name):
            call = module.parent(parent)
            if not isinstance(call, ast.Call) or call.func is not parent:
                return True
            if name in ("values", "items"):
                return _iterated(call, holder, module)
            return not (name in _KEEPING or (name in _GIVING and not _gets_on(call, holder, module)))
        case ast.For() | ast.comprehension():
            return not _keyed(use, module) and _iterated(use, holder, module)
        case ast.Call():
            origin = module.origin(parent.func)
            return not (origin in _PASSING and _keyed(use, module)) and _iterated(use, holder, module)
        case ast.Compare() | ast.If() | ast.While() | ast.UnaryOp() | ast.Expr() | ast.FormattedValue() | ast.Assert():
            return False
        case ast.Starred():
            return not _keyed(use, module)
        case _:
            return True


def _gets_on(element: ast.expr, holder: Place, module: Module, followed: bool = False) -> bool:
    """Whether something keeps an element, or it is passed to a function of the file and the holder is a parameter.

    Not where it is a function's own variable that does, which is not the holder, and of which the same is to be said (unless `followed`).
    """
    target = _own_variable(element, module)
    if target is not None and not followed:
        scope, name = target
        if (holder.scope, holder.name) == target:
            return True
        return any(_gets_on(use, holder, module, True) for use in scope.mentions(name) if isinstance(use.ctx, ast.Load))
    if leaks(element, module, returned=True):
        return True
    around = module.parent(element)
    call = module.parent(around) if isinstance(around, ast.keyword) else around
    if not isinstance(call, ast.Call) or not isinstance(module.callee(call), FunctionNode):
        return False
    return any(one.kind == "parameter" for one in holder.scope.bindings.get(holder.name, ()))


def _own_variable(element: ast.expr, module: Module) -> tuple[Scope, str] | None:
    """The variable of a function that alone gets the element, where nothing reads that function's variables without naming them."""
    match module.parent(element):
        case ast.Assign(targets=[ast.Name() as target]) | ast.AnnAssign(target=ast.Name() as target):
            variable = module.variable(target)
            if variable is not None and variable[0].kind == "function" and variable[0].shower is None:
                return variable
    return None


def _keyed(use: ast.expr, module: Module) -> bool:
    """Whether iterating over a collection gives keys, and no value of it."""
    kind = module.type_of(use)
    return kind is not None and kind.is_all(*DICTS)


def _iterated(iterable: ast.expr, holder: Place, module: Module) -> bool:
    """Whether elements that a loop goes through get further than its own variables, or one of these is the holder."""
    parent = module.parent(iterable)
    if isinstance(parent, ast.Call) and iterable in parent.args:
        origin = module.origin(parent.func)
        return origin not in _MEASURING and not (origin in _PASSING and not _iterated(parent, holder, module))
    if not isinstance(parent, ast.For | ast.comprehension) or parent.iter is not iterable:
        return True
    for name in ast.walk(parent.target):
        if not isinstance(name, ast.Name):
            if not isinstance(name, ast.Tuple | ast.List | ast.expr_context):
                return True
            continue
        if place_of(name, module) == holder:
            return True
        variable = module.variable(name)
        if variable is None:
            return True
        loads = (use for use in variable[0].mentions(variable[1]) if isinstance(use.ctx, ast.Load))
        if any(_gets_on(use, holder, module) for use in loads):
            return True
    return False
