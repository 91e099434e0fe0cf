"""What one call may change: by tables for what comes from outside the file, by its summary for what stands in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.callbacks import add_callbacks, called_by_library, is_code, written
from codemods.analysis.calls.hooks import is_left_open
from codemods.analysis.calls.summaries import CallEffect
from codemods.analysis.calls.unseen_calls import lends
from codemods.analysis.change.freshness import BUILTINS
from codemods.analysis.names.scopes import FunctionNode, mangled
from codemods.analysis.types.receivers import is_builtin_element, is_outside_object
from codemods.analysis.types.vocabulary import IMMUTABLE

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def effect_of_call(call: ast.Call, module: Module) -> CallEffect:
    """What a call may change: by the tables for what comes from outside, by its summary for a function of the file."""
    origin = module.origin(call.func)
    if origin is not None:
        return _outside(call, origin, module)
    if isinstance(call.func, ast.Attribute):
        effect = _method(call, call.func, module)
        if effect is not None:
            return effect
    callee = module.callee(call)
    if isinstance(callee, ast.ClassDef):
        return effect_of_construction(call, callee, module)
    if callee is not None and not is_left_open(call.func, callee, module):
        return _inside(call, callee, module)
    return _unknown(call)


def _unknown(call: ast.Call) -> CallEffect:
    """Code of which nothing is known: a method may change its receiver too, whoever else can reach that."""
    effect = CallEffect(unknown=written(call))
    if isinstance(call.func, ast.Attribute) and call.func.attr not in known_calls.READING_METHODS:
        effect.touched.append(call.func.value)
    return effect


def effect_of_method(owner: ast.ClassDef, name: str, receiver: ast.expr | None, module: Module) -> CallEffect:
    """What calling a method of the file's class on `receiver` may do, of which no call is written."""
    method = module.calls.method(owner, name)
    if method is None or not module.calls.undisguised(method):
        return CallEffect(unknown=name)
    summary = module.summary(method)
    effect = CallEffect()
    effect.absorb(summary)
    if (summary.parameters or summary.touches) and receiver is not None:
        effect.targets.append(receiver)
    if summary.inner:
        effect.elsewhere = effect.elsewhere or name
    return effect


# --- from outside ---


def _outside(call: ast.Call, origin: str, module: Module) -> CallEffect:
    root, _, name = origin.partition(".")
    if origin in known_calls.MAKING_CLASSES and len(call.args) > 1 and not known_calls.RUN_BY_CLASSES.isdisjoint(module.unseen.methods):
        return CallEffect(unknown=written(call))
    if root == "builtins":
        return _builtin(call, name, module)
    known = root in known_calls.STDLIB_PLAIN or origin in known_calls.CALLING_BACK or origin in known_calls.MANAGERS
    if not known or module.unseen.runs_own(origin):
        return CallEffect(unknown=written(call))
    effect = CallEffect()
    keywords = [keyword.value for keyword in call.keywords]
    if origin in known_calls.CHANGED_ARGUMENT:
        effect.targets += call.args[:1]
    elif origin in known_calls.CHANGED_SECOND:
        effect.targets += call.args[1:2]
    elif origin in ("dataclasses.replace", "copy.replace"):
        effect.absorb(_remade(call, module))
    if _spread(call) or (root in known_calls.RUNS_METHODS and lends(call, module)):
        effect.unknown = written(call)
    called = called_by_library(call, origin)
    add_callbacks(call, [*(one for one in call.args if one in called or is_code(one, module)), *keywords], effect, module)
    return effect


def _remade(call: ast.Call, module: Module) -> CallEffect:
    """`replace(thing, …)` makes another object of the thing's class, of its fields."""
    owner = module.calls.class_of_receiver(call.args[0]) if call.args else None
    if owner is None:
        makers = ("__post_init__", "__replace__", "__init__", "__new__")
        classes = (one for same in module.calls.classes.values() for one in same)
        anywhere = any(name in module.scope_inside(one).bindings for one in classes for name in makers)
        return CallEffect(unknown=written(call)) if anywhere else CallEffect()
    written_out = ("__init__", "__new__", "__replace__")
    if any(one is None or any(name in module.scope_inside(one).bindings for name in written_out) for one in module.calls.lineage(owner)):
        return CallEffect(unknown=written(call))
    return effect_of_construction(ast.Call(call.func, [], call.keywords), owner, module)


def _builtin(call: ast.Call, name: str, module: Module) -> CallEffect:
    effect = CallEffect()
    if name in ("getattr", "hasattr", "setattr", "delattr"):
        for one in module.implicit.by_name(name, call.args):
            effect.absorb(one)
    if name in known_calls.CALLBACKS and _spread(call):
        effect.unknown = written(call)
    elif name in known_calls.CALLBACKS:
        values = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
        calls_first = name in ("map", "filter") or (name == "iter" and len(call.args) > 1)
        add_callbacks(call, [*call.args[:1], *values] if calls_first else values, effect, module)
    elif name in ("setattr", "delattr"):
        match call.args:
            case [_, ast.Constant(value=str(attribute)), *_]:
                effect.rebinds.add(mangled(attribute, module.names.module))
            case _:
                effect.unknown = written(call)
    elif "." in name:
        owner, _, method = name.partition(".")
        if method in known_calls.MUTATORS.get(owner, ()):
            effect.targets += call.args[:1]
        elif owner not in BUILTINS:
            effect.unknown = written(call)
        if method == "sort":
            add_callbacks(call, [keyword.value for keyword in call.keywords if keyword.arg == "key"], effect, module)
            effect.unknown = written(call) if _spread(call) else effect.unknown
    elif not (name in known_calls.READS_ONLY or name.endswith(known_calls.EXCEPTIONS_END)):
        effect.unknown = written(call)
    return effect


def _spread(call: ast.Call) -> bool:
    """Whether keywords come out of a dict, `sorted(rows, **{"key": f})`, where what is called back cannot be seen."""
    return any(keyword.arg is None for keyword in call.keywords)


# --- methods of classes from outside ---


def _method(call: ast.Call, function: ast.Attribute, module: Module) -> CallEffect | None:
    """A method of a builtin or standard library class; `None` where the receiver's class is not known or is of this file."""
    if function.attr in known_calls.RUNNING_METHODS or (function.attr in ("encode", "decode") and module.unseen.is_hooked("codecs")):
        return None
    receiver = module.type_of(function.value)
    builtin = receiver.is_all(*BUILTINS) if receiver is not None else is_builtin_element(function.value, module)
    effect = CallEffect()
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    if receiver is None and builtin:
        effect.targets += [function.value] if function.attr not in known_calls.READING_METHODS else []
    elif receiver is None and not is_outside_object(function.value, module):
        return None
    elif receiver is None and function.attr in known_calls.CHANGING_METHODS:
        effect.targets += values
    for member in receiver.members() if receiver is not None else ():
        if member.name in known_calls.RUNNING_TYPES:
            return None
        if member.name in known_calls.MUTATORS:
            if function.attr in known_calls.MUTATORS[member.name] and function.value not in effect.targets:
                effect.targets.append(function.value)
        elif member.name not in IMMUTABLE and member.name.partition(".")[0] not in known_calls.STDLIB_PLAIN:
            return None
        elif member.name not in IMMUTABLE:
            if member.name.partition(".")[0].lstrip("_") in module.unseen.lent:
                return None
            effect.targets += values if function.attr in known_calls.CHANGING_METHODS else []
    if _spread(call) and (function.attr == "sort" or not builtin):
        effect.unknown = written(call)
    called = function.attr in known_calls.CALLING_METHODS
    code = [one for one in values if is_code(one, module) or (called and one in call.args[:1])]
    keys = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
    add_callbacks(call, keys if builtin else [*code, *keys], effect, module)
    return effect


# --- functions and classes of the file ---


def _inside(call: ast.Call, callee: FunctionNode, module: Module) -> CallEffect:
    summary = module.summary(callee)
    effect = CallEffect()
    effect.absorb(summary)
    changed = summary.parameters | summary.touches
    if not changed and not summary.inner:
        return effect
    given: set[str | None] = set()
    arguments: list[ast.expr] = [*call.args, *(keyword.value for keyword in call.keywords)]
    for argument in arguments:
        parameter = module.calls.parameter_for(call, argument, callee)
        given.add(parameter)
        if parameter is None or parameter in changed:
            effect.targets.append(argument.value if isinstance(argument, ast.Starred) else argument)
        if parameter is None or parameter in summary.inner:
            effect.inner.append(argument.value if isinstance(argument, ast.Starred) else argument)
    if isinstance(call.func, ast.Attribute) and module.calls.bound(call, callee):
        effect.targets.append(call.func.value)
    for name, default in _defaults(callee):
        if name in changed | summary.inner and name not in given:
            if isinstance(default, ast.Name | ast.Attribute):
                effect.targets.append(default)
            else:  # one object for all calls, which an earlier one may have handed out
                effect.elsewhere = effect.elsewhere or f"{name}={ast.unparse(default)}"
    return effect


def _defaults(function: FunctionNode) -> list[tuple[str, ast.expr]]:
    """The parameters that have defaults, and those."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    found = [(one.arg, default) for one, default in zip(reversed(positional), reversed(arguments.defaults), strict=False)]
    return found + [(one.arg, default) for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default]


def effect_of_construction(call: ast.Call, owner: ast.ClassDef, module: Module) -> CallEffect:
    """`C(…)`: `__new__`, `__init__`, `__post_init__`, of the class or the first of its bases in the file that has one."""
    effect = CallEffect()
    lineage = module.calls.lineage(owner)
    for name in ("__new__", "__init__", "__post_init__"):
        if module.calls.may_be_another(owner, name):
            return CallEffect(unknown=written(call))
        for one in lineage:
            if one is None:
                return CallEffect(unknown=written(call))
            if name in module.scope_inside(one).bindings:
                found = module.calls.own_method(one, name)
                if found is None:
                    return CallEffect(unknown=written(call))
                inner = _inside(call, found, module)
                # What `__init__` sets, it sets on the new object: `rebinds` of `self` concern nobody else.
                inner.rebinds = {attribute for attribute in inner.rebinds if not _only_on_self(attribute, found, module)}
                effect.absorb(inner)
                break
    for factory in (factory for one in lineage if one is not None and one.decorator_list for factory in _factories(one)):
        made = module.calls.resolved(factory)
        if isinstance(made, ast.ClassDef) and not any(map(_factories, filter(None, module.calls.lineage(made)))):
            effect.absorb(effect_of_construction(ast.Call(factory, [], []), made, module))
        else:
            add_callbacks(call, [factory], effect, module)
    return effect


def _factories(owner: ast.ClassDef) -> list[ast.expr]:
    """What makes the values of a dataclass's fields (or checks them, with attrs) when an instance is made."""
    values = (one.value for one in owner.body if isinstance(one, ast.AnnAssign | ast.Assign) and isinstance(one.value, ast.Call))
    return [one.value for call in values for one in call.keywords if one.arg in ("default_factory", "factory", "converter", "validator")]


def _only_on_self(attribute: str, function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    first = [one.arg for one in [*function.args.posonlyargs, *function.args.args]][:1]
    nodes = [node for node in module.calls.attributes.get(attribute, ()) if module.inside(node, function)]
    stores = [node for node in nodes if not isinstance(node.ctx, ast.Load)]
    return bool(stores) and all(isinstance(node.value, ast.Name) and [node.value.id] == first for node in stores)
