"""A parameter as one variable: its default, where its function uses it, and what the calls in the file pass for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct

from codemods.analysis.calls.handed_on import Handed, handed_on
from codemods.analysis.names.scopes import FunctionNode, Scope, mangled

if TYPE_CHECKING:
    from codemods.analysis.module import Module


class Parameter(Struct, frozen=True, eq=False):
    """A parameter that has a default.

    Attributes:
        index: its place among all parameters but `*args` and `**kwargs`, as they are written.
        node: the `arg`.
        default: the default's expression.
    """

    function: FunctionNode
    index: int
    node: ast.arg
    default: ast.expr

    @property
    def name(self) -> str:
        return self.node.arg


def with_defaults(function: FunctionNode) -> Iterator[Parameter]:
    """The parameters of a function or lambda that have a default, as they are written."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    first = len(positional) - len(arguments.defaults)
    for index, default in enumerate(arguments.defaults, first):
        yield Parameter(function, index, positional[index], default)
    for index, (node, keyword_default) in enumerate(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True), len(positional)):
        if keyword_default is not None:
            yield Parameter(function, index, node, keyword_default)


def names_of(function: FunctionNode) -> set[str]:
    """The names of all parameters, `*args` and `**kwargs` included."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return {one.arg for one in every if one is not None}


def uses(parameter: Parameter, module: Module) -> list[ast.Name]:
    """Every mention of the parameter in its function and the functions inside, stores included, by position."""
    scope = module.scope_inside(parameter.function)
    key = mangled(parameter.name, scope)
    return sorted(scope.mentions(key), key=lambda use: (use.lineno, use.col_offset))


def rebound(parameter: Parameter, module: Module) -> bool:
    """Whether the parameter's name is bound to anything else in its function."""
    scope = module.scope_inside(parameter.function)
    return len(scope.bindings.get(mangled(parameter.name, scope), ())) > 1


_ASKING = frozenset({"builtins.isinstance", "builtins.issubclass", "builtins.super", "typing.cast"})


def calls_of(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[tuple[ast.Call, int]]:
    """The calls in the file that may run `function`, each with how many leading parameters the receiver fills.

    A method is known by its name alone, since the receiver's class seldom is; `__init__` and its like by the classes called.
    """
    scope = module.scope(function)
    owner = module.class_of(function)
    if owner is None:
        for call in module.calls.made_by(function.name):
            if isinstance(call.func, ast.Name) and _means(call.func, function.name, scope, module):
                yield call, 0
        if is_handed_out(function, module):
            yield from ((call, 0) for call in _indirect_calls(module))
        return
    filled = 0 if _is(function, "builtins.staticmethod", module) else 1
    if function.name == "__call__":
        yield from ((call, 1) for call in module.names.nodes(ast.Call) if _calls_instance(call, owner, module))
    if function.name in ("__init__", "__new__"):
        yield from _constructions(owner, function.name, module)
        return
    for call in module.calls.made_by(function.name):
        if isinstance(call.func, ast.Attribute):
            match _receiver(call.func, owner, module):
                case "object":
                    yield call, filled
                case "class":
                    yield call, 1 if _is(function, "builtins.classmethod", module) else 0


def handed_to(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> list[Handed]:
    """Where the file hands the function on, to be called with what is written there; one made by a class, by the class."""
    owner = module.class_of(function)
    if owner is not None and function.name not in ("__init__", "__new__"):
        return [one for one in handed_on(function.name, module) if isinstance(one.function, ast.Attribute)]
    called = owner or function
    found = handed_on(called.name, module)
    return [one for one in found if isinstance(one.function, ast.Name) and _means(one.function, called.name, module.scope(called), module)]


def is_handed_out(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    """Whether the function is used as a value anywhere in the file: returned, stored, passed; for a method, as an attribute."""
    if module.class_of(function) is not None:
        return any(_is_value(node, module) for node in _attributes(module).get(function.name, ()))
    scope = module.scope(function)
    key = mangled(function.name, scope)
    owner = scope.owner(key)
    if owner is None:
        return True
    return any(_is_value(use, module) for use in owner.mentions(key))


def _goes_to_a_call(use: ast.Name, module: Module) -> bool:
    """Whether a class is passed to something that may call it."""
    around = module.parent(use)
    call = module.parent(around) if isinstance(around, ast.keyword) else around
    return isinstance(call, ast.Call) and call.func is not use and module.origin(call.func) not in _ASKING


def _calls_instance(call: ast.Call, owner: ast.ClassDef, module: Module) -> bool:
    """Whether what is called is an object of a class or of one below it."""
    kind = module.type_of(call.func)
    return kind is not None and any(
        one.name in {f".{each.name}" for each in (owner, *module.calls.descendants(owner))} for one in kind.members()
    )


def _is_value(use: ast.Name | ast.Attribute, module: Module) -> bool:
    """Whether a function is read here but not called."""
    parent = module.parent(use)
    return isinstance(use.ctx, ast.Load) and not (isinstance(parent, ast.Call) and parent.func is use)


_ATTRIBUTES: WeakKeyDictionary[Module, dict[str, list[ast.Attribute]]] = WeakKeyDictionary()


def _attributes(module: Module) -> dict[str, list[ast.Attribute]]:
    known = _ATTRIBUTES.get(module)
    if known is None:
        known = _ATTRIBUTES[module] = {}
        for node in module.names.nodes(ast.Attribute):
            known.setdefault(node.attr, []).append(node)
    return known


def _indirect_calls(module: Module) -> Iterator[ast.Call]:
    """Calls of what a variable, a subscript or another call gives: they may run any function that is handed out."""
    for name, calls in module.calls.by_last_name.items():
        for call in calls:
            if not name or name.endswith("()"):
                yield call
            elif isinstance(call.func, ast.Name):
                kinds = {binding.kind for binding in module.bindings(call.func.id, call.func)}
                if not kinds <= {"function", "class", "import"}:
                    yield call


def _means(name: ast.Name, key: str, scope: Scope, module: Module) -> bool:
    return module.owner(key, name) is scope.owner(mangled(key, scope))


def _is(function: ast.FunctionDef | ast.AsyncFunctionDef, decorator: str, module: Module) -> bool:
    return any(module.origin(one) == decorator for one in function.decorator_list)


def _receiver(called: ast.Attribute, owner: ast.ClassDef, module: Module) -> str:
    """Through what a method of `owner` may be called: "class" where it is passed its object, "object", or "other" for another class."""
    if not isinstance(called.value, ast.Name):
        return "object"
    bindings = module.bindings(called.value.id, called.value)
    if bindings and all(isinstance(binding.node, ast.ClassDef) for binding in bindings):
        family = [owner, *module.calls.descendants(owner)]
        return "class" if any(binding.node in family for binding in bindings) else "other"
    if bindings and all(isinstance(binding.node, ast.alias) for binding in bindings):
        # `Base.m(self, x)` of an imported class, and functions of imported modules.
        modules = all(isinstance(binding.statement, ast.Import) for binding in bindings)
        return "other" if modules or called.value.id[:1].isupper() else "object"
    return "object"


def _constructions(owner: ast.ClassDef, name: str, module: Module) -> Iterator[tuple[ast.Call, int]]:
    """`C(…)` for the class and those of the file below it, `cls(…)` inside them, and `super().__init__(…)` below it."""
    family = [owner, *module.calls.descendants(owner)]
    for one in family:
        for call in module.calls.made_by(one.name):
            yield call, 1
        if any(_goes_to_a_call(use, module) for use in module.scope(one).mentions(one.name)):
            yield from ((call, 1) for call in _indirect_calls(module))
    for called in ("cls", "type()", "__class__"):
        for call in module.calls.made_by(called):
            if any(module.inside(call, one) for one in family):
                yield call, 1
    for call in module.calls.made_by(name):
        if isinstance(call.func, ast.Attribute):
            receiver = call.func.value
            if isinstance(receiver, ast.Call) and any(module.inside(call, one) for one in family):
                yield call, 1
            elif isinstance(receiver, ast.Name) and receiver.id in {one.name for one in family}:
                yield call, 0


def argument_for(parameter: Parameter, call: ast.Call, filled: int) -> ast.expr | None:
    """What `call` passes for the parameter, `filled` leading parameters being filled by the receiver.

    `None` where it passes nothing; the starred argument or the keyword's value where a star may pass it.
    """
    for keyword in call.keywords:
        if keyword.arg == parameter.name:
            return keyword.value
    arguments = parameter.function.args
    place = parameter.index - filled
    if parameter.index < len(arguments.posonlyargs) + len(arguments.args):
        for index, argument in enumerate(call.args):
            if isinstance(argument, ast.Starred) and index <= place:
                return argument
            if index == place:
                return argument
    return next((keyword.value for keyword in call.keywords if keyword.arg is None), None)
