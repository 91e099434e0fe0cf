"""Arguments that a call may call: what that may change."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.hooks import is_left_open
from codemods.analysis.calls.summaries import CallEffect
from codemods.analysis.change.freshness import BUILTINS

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def written(call: ast.Call) -> str:
    """The call as a sentence names it, without its arguments."""
    return f"{ast.unparse(call.func)}({'…' if call.args or call.keywords else ''})"


def is_code(argument: ast.expr, module: Module) -> bool:
    """Whether an argument is a function, going by how it is written."""
    match argument:
        case ast.Lambda():
            return True
        case ast.Name() | ast.Attribute():
            kind = module.type_of(argument)
            return (kind is not None and kind.name == "function") or module.calls.resolved(argument) is not None
        case _:
            return False


def called_by_library(call: ast.Call, origin: str) -> list[ast.expr]:
    """The arguments by place that the function `origin` of the standard library calls, if they are callable."""
    first = 0 if origin in known_calls.CALLING_BACK else known_calls.CALLED_FROM.get(origin)
    return [one for place, one in enumerate(call.args) if first is not None and (place >= first or isinstance(one, ast.Starred))]


def add_callbacks(call: ast.Call, values: list[ast.expr], effect: CallEffect, module: Module) -> None:
    """Arguments that may be called: functions of the file by their summary, classes and functions from outside as known."""
    for value in values:
        kind = module.type_of(value)
        if kind is not None and kind.is_all(*BUILTINS):
            continue
        found = callback_effect(value, module)
        if found is None:
            effect.unknown = effect.unknown or written(call)
        else:
            effect.absorb(found)


def callback_effect(value: ast.expr, module: Module) -> CallEffect | None:
    """What calling `value` may do, with arguments that are not known; `None` for a value that is not known."""
    effect = CallEffect()
    callee = module.calls.resolved(value)
    if is_left_open(value, callee, module):
        return None
    if isinstance(callee, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        summary = module.summary(callee)
        effect.absorb(summary)
        if summary.parameters or summary.inner:
            effect.elsewhere = effect.elsewhere or ast.unparse(value)
            if isinstance(value, ast.Attribute):
                effect.targets.append(value.value)
        return effect
    origin = module.origin(value) or ""
    root, _, name = origin.partition(".")
    if root == "builtins" and (name in known_calls.READS_ONLY or name.startswith(("str.", "int.", "float."))):
        return effect
    if root in known_calls.STDLIB_PLAIN:
        return effect if origin not in known_calls.CHANGED_ARGUMENT else CallEffect(elsewhere=origin)
    match value:
        case ast.Call() if module.origin(value.func) == "operator.itemgetter":
            return effect
        case ast.Call() if module.origin(value.func) == "operator.attrgetter":
            for one in module.implicit.by_names(value.args):
                effect.absorb(one)
                effect.elsewhere = effect.elsewhere or (ast.unparse(value) if one.targets or one.inner else None)
            effect.targets, effect.inner = [], []
            return effect
        case ast.Call() if module.origin(value.func) == "operator.methodcaller":
            return CallEffect(elsewhere=ast.unparse(value))
        case ast.Attribute(value=receiver, attr=method):
            kind = module.type_of(receiver)
            if kind is not None and kind.is_all(*BUILTINS):
                changes = any(method in known_calls.MUTATORS.get(member.name, ()) for member in kind.members())
                effect.targets += [receiver] if changes else []
                return effect
    return None
