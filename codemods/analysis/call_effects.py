"""What one call may change: by tables for what comes from outside the file, by its summary for what stands in it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.analysis import known_calls
from codemods.analysis.scopes import FunctionNode, Scope
from codemods.analysis.summaries import Summary
from codemods.analysis.types import IMMUTABLE

if TYPE_CHECKING:
    from codemods.analysis.module import Module


@dataclass(slots=True)
class CallEffect:
    """What one call may do at worst, with the expressions of the caller whose objects it may change (`targets`)."""

    unknown: str | None = None
    elsewhere: str | None = None
    targets: list[ast.expr] = field(default_factory=list)
    rebinds: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    variables: set[tuple[Scope, str]] = field(default_factory=set)


def effect_of_call(call: ast.Call, module: Module) -> CallEffect:
    """What a call may change: by the tables for what comes from outside, by its summary for a function of the file."""
    origin = module.origin(call.func)
    if origin is not None:
        effect = _outside(call, origin, module)
        if effect is not None:
            return effect
    if isinstance(call.func, ast.Attribute):
        effect = _method(call, call.func, module)
        if effect is not None:
            return effect
    callee = module.callee(call)
    if isinstance(callee, ast.ClassDef):
        return _construction(call, callee, module)
    if callee is not None:
        return _inside(call, callee, module)
    return CallEffect(unknown=_written(call))


def _written(call: ast.Call) -> str:
    return f"{ast.unparse(call.func)}({'…' if call.args or call.keywords else ''})"


def _outside(call: ast.Call, origin: str, module: Module) -> CallEffect | None:
    root, _, name = origin.partition(".")
    if root == "builtins":
        return _builtin(call, name, module)
    if root not in known_calls.STDLIB_PLAIN and root not in ("functools", "contextlib", "threading"):
        return CallEffect(unknown=_written(call))
    effect = CallEffect()
    if origin in known_calls.CHANGED_ARGUMENT:
        effect.targets += call.args[:1]
    if origin in known_calls.CALLING_BACK:
        _callbacks(call, [*call.args, *(keyword.value for keyword in call.keywords)], effect, module)
    elif root not in known_calls.STDLIB_PLAIN:
        return CallEffect(unknown=_written(call))
    else:
        _callbacks(call, [keyword.value for keyword in call.keywords], effect, module)
    return effect


def _builtin(call: ast.Call, name: str, module: Module) -> CallEffect:
    effect = CallEffect()
    if name in known_calls.CALLBACKS:
        values = [keyword.value for keyword in call.keywords if keyword.arg in ("key", None)]
        _callbacks(call, [*call.args[:1], *values] if name in ("map", "filter", "iter") else values, effect, module)
    elif name in ("setattr", "delattr"):
        match call.args:
            case [_, ast.Constant(value=str(attribute)), *_]:
                effect.rebinds.add(attribute)
            case _:
                effect.unknown = _written(call)
    elif not (name in known_calls.READS_ONLY or name.endswith(known_calls.EXCEPTIONS_END) or name == "StopIteration"):
        effect.unknown = _written(call)
    return effect


def _callbacks(call: ast.Call, values: list[ast.expr], effect: CallEffect, module: Module) -> None:
    """Arguments that may be called: functions of the file by their summary, classes and functions from outside as known."""
    for value in values:
        kind = module.type_of(value)
        if isinstance(value, ast.Constant) or (kind is not None and kind.name not in ("function", "type", "object")):
            continue
        callee = module.calls.named(value) if isinstance(value, ast.Name) else None
        if isinstance(value, ast.Lambda):
            callee = value
        if isinstance(callee, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            _merge(module.summary(callee), effect, [])
            continue
        origin = module.origin(value) or ""
        root, _, name = origin.partition(".")
        if root == "builtins" and name in known_calls.READS_ONLY:
            continue
        if root in known_calls.STDLIB_PLAIN or (isinstance(value, ast.Call) and (module.origin(value.func) or "").startswith("operator.")):
            continue
        effect.unknown = effect.unknown or _written(call)


def _merge(summary: Summary, effect: CallEffect, targets: list[ast.expr]) -> None:
    effect.unknown = effect.unknown or summary.unknown
    effect.elsewhere = effect.elsewhere or summary.elsewhere
    effect.rebinds |= summary.rebinds
    effect.contents |= summary.contents
    effect.variables |= summary.variables
    effect.targets += targets


def _method(call: ast.Call, function: ast.Attribute, module: Module) -> CallEffect | None:
    """A method of a builtin or standard library class; `None` where the receiver's class is not known or is of this file."""
    receiver = module.type_of(function.value)
    if receiver is None:
        return None
    effect = CallEffect()
    for member in receiver.members():
        if member.name.startswith("."):
            return None
        if member.name in known_calls.MUTATORS:
            if function.attr in known_calls.MUTATORS[member.name] and function.value not in effect.targets:
                effect.targets.append(function.value)
        elif member.name not in IMMUTABLE and member.name != "set" and member.name.partition(".")[0] not in known_calls.STDLIB_PLAIN:
            return None
    _callbacks(call, [keyword.value for keyword in call.keywords if keyword.arg == "key"], effect, module)
    return effect


def _inside(call: ast.Call, callee: FunctionNode, module: Module) -> CallEffect:
    summary = module.summary(callee)
    effect = CallEffect()
    _merge(summary, effect, [])
    if not summary.parameters:
        return effect
    arguments: list[ast.expr] = [*call.args, *(keyword.value for keyword in call.keywords)]
    for argument in arguments:
        parameter = module.calls.parameter_for(call, argument, callee)
        if parameter is None or parameter in summary.parameters:
            effect.targets.append(argument.value if isinstance(argument, ast.Starred) else argument)
    if isinstance(call.func, ast.Attribute) and module.calls.bound(call, callee):
        effect.targets.append(call.func.value)
    return effect


def _construction(call: ast.Call, owner: ast.ClassDef, module: Module) -> CallEffect:
    """`C(…)`: `__new__`, `__init__`, `__post_init__`, of the class or the first of its bases in the file that has one."""
    effect = CallEffect()
    if owner.keywords:
        return CallEffect(unknown=_written(call))  # a metaclass may do anything
    lineage = module.calls.lineage(owner)
    for name in ("__new__", "__init__", "__post_init__"):
        for one in lineage:
            if one is None:
                return CallEffect(unknown=_written(call))
            found = module.calls.own_method(one, name)
            if found is not None:
                inner = _inside(call, found, module)
                effect.unknown = effect.unknown or inner.unknown
                effect.elsewhere = effect.elsewhere or inner.elsewhere
                effect.contents |= inner.contents
                effect.variables |= inner.variables
                effect.targets += inner.targets
                # What `__init__` sets, it sets on the new object: `rebinds` of `self` concern nobody else.
                effect.rebinds |= {attribute for attribute in inner.rebinds if not _only_on_self(attribute, found, module)}
                break
    return effect


def _only_on_self(attribute: str, function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    first = [one.arg for one in [*function.args.posonlyargs, *function.args.args]][:1]
    stores = [node for node in module.calls.stored_attributes.get(attribute, ()) if module.inside(node, function)]
    return bool(stores) and all(isinstance(node.value, ast.Name) and [node.value.id] == first for node in stores)
