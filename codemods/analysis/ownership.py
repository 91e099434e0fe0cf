"""Who else can hold the object that a variable holds: freshness and leaks."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis import known_calls
from codemods.analysis.flow import CREATE, STORE, Event
from codemods.analysis.places import Place, bound_name
from codemods.analysis.scopes import Binding, mangled
from codemods.analysis.types import IMMUTABLE, Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_COLLECTIONS = frozenset({*known_calls.MUTATORS, "frozenset", "tuple", "str", "bytes"})


def is_fresh(value: ast.expr, module: Module, depth: int = 0) -> bool:
    """Whether an expression makes an object that nothing else holds when it is done."""
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return True
        case ast.IfExp():
            return is_fresh(value.body, module) and is_fresh(value.orelse, module)
        case ast.Subscript(slice=ast.Slice()) | ast.BinOp():
            kind = module.type_of(value)
            return kind is not None and kind.is_all(*_COLLECTIONS, *IMMUTABLE)
        case ast.Call():
            return _makes_fresh(value, module, depth)
        case _:
            kind = module.type_of(value)
            return kind is not None and kind.is_all(*IMMUTABLE)


def _makes_fresh(call: ast.Call, module: Module, depth: int) -> bool:
    """Constructors, `sorted`, and methods and standard library functions that hand back new collections."""
    origin = module.origin(call.func) or ""
    root, _, name = origin.partition(".")
    if root == "builtins":
        return name in ("list", "dict", "set", "sorted", "bytearray", "frozenset", "tuple", "str", "range")
    if root in known_calls.STDLIB_PLAIN:
        return name not in ("chain", "gettext")
    if isinstance(call.func, ast.Attribute):
        receiver = module.type_of(call.func.value)
        if receiver is not None and receiver.is_all(*_COLLECTIONS):
            return call.func.attr not in ("pop", "get", "setdefault", "popitem", "popleft", "__getitem__")
    callee = module.callee(call)
    if isinstance(callee, ast.FunctionDef) and depth < 3:
        return _returns_fresh(callee, module, depth + 1)
    return False


def _returns_fresh(function: ast.FunctionDef, module: Module, depth: int) -> bool:
    """Whether every `return` hands back a fresh object, or a local that holds one and never leaked."""
    scope = module.scope_inside(function)
    returns = [node for node in module.own_nodes(function) if isinstance(node, ast.Return)]
    if not returns or any(isinstance(node, ast.Yield | ast.YieldFrom) for node in module.own_nodes(function)):
        return False
    for node in returns:
        if node.value is None:
            continue
        if isinstance(node.value, ast.Name) and module.owner(node.value.id, node.value) is scope:
            place = Place(scope, mangled(node.value.id, scope), (), node.value.id)
            event = module.event(node.value)
            if event is None or not Ownership(module, place).owned_at(event, depth):
                return False
        elif not is_fresh(node.value, module, depth):
            return False
    return True


class Ownership:
    """Whether the object held by a variable can be reached by anything but that variable."""

    def __init__(self, module: Module, place: Place) -> None:
        self.module = module
        self.place = place

    def definitions(self, event: Event) -> list[Event] | None:
        """The events that can have bound the variable last before `event`; `None` if that is not known."""
        place = self.place
        if any(binding.scope is not self.module.scope(binding.node).function() for binding in self._plain_bindings()):
            return None  # bound by `nonlocal` or `global` elsewhere too
        flow = self.module.flow(event.node)
        if not self._in_flow(event.node):
            return None
        stores = self.module.flows.stores_of(flow, (place.scope, place.name))
        if len(stores) == 1 == len(place.scope.bindings.get(place.name, ())):
            return [flow.events[stores[0]]]  # the one binding: nothing to search for
        found, from_entry = flow.last(event.index, lambda one: self._binds(one))
        if from_entry and any(binding.kind == "parameter" for binding in place.scope.bindings.get(place.name, ())):
            return None
        return found

    def _plain_bindings(self) -> list[Binding]:
        return [one for one in self.place.scope.bindings.get(self.place.name, ()) if one.kind != "parameter"]

    def _in_flow(self, node: ast.AST) -> bool:
        """Whether `node` runs in the body that the variable belongs to (or in a comprehension or class body inside it)."""
        scope = self.module.scope(node)
        while scope.kind in ("comprehension", "class", "typeparams") and scope is not self.place.scope and scope.parent is not None:
            scope = scope.parent
        return scope is self.place.scope

    def _binds(self, event: Event) -> bool:
        if event.kind not in (STORE, CREATE):
            return False
        if isinstance(event.node, ast.Name):
            return self.module.variable(event.node) == (self.place.scope, self.place.name)
        return bound_name(event.node) == self.place.name and self.module.scope(event.node) is self.place.scope

    def owned_at(self, event: Event, depth: int = 0) -> bool:
        """Whether at `event` the variable holds an object made for it that has not leaked on any path to here."""
        if self.place.attributes:
            return False
        definitions = self.definitions(event)
        if not definitions or not all(self._fresh_definition(one, depth) for one in definitions):
            return False
        flow = self.module.flow(event.node)
        leaky = [use for use in self._leaky if flow.index.get(use) is not None]
        if leaky:  # only then is it worth looking whether one of them comes before
            before = flow.reaching([event.index]) | {event.index}
            if any(flow.index[use] in before for use in leaky):
                return False
        return not self._captured()

    @cached_property
    def _leaky(self) -> list[ast.Name]:
        uses = self.place.scope.uses.get(self.place.name, ())
        return [use for use in uses if isinstance(use.ctx, ast.Load) and self.leaks(use)]

    def _fresh_definition(self, event: Event, depth: int) -> bool:
        if not isinstance(event.node, ast.Name):
            return False
        for binding in self.place.scope.bindings.get(self.place.name, ()):
            if binding.node is event.node:
                plain = binding.kind in ("assign", "walrus") and binding.path == () and binding.value is not None
                if binding.kind == "augment":
                    return True  # `xs += …` keeps the object, and copies what is added
                assert binding.value is None or isinstance(binding.value, ast.expr)
                return plain and self._single_target(binding.statement) and is_fresh(binding.value, self.module, depth)  # type: ignore[arg-type]
        return False

    @staticmethod
    def _single_target(statement: ast.AST | None) -> bool:
        """`a = b = []` makes one list for two names."""
        return not isinstance(statement, ast.Assign) or len(statement.targets) == 1

    def never_leaks(self) -> bool:
        """For a variable of the module: whether no use in the file leaks the object, and no function or lambda changes it."""
        for scope in self.place.scope.below():
            if scope.owner(self.place.name) is not self.place.scope:
                continue
            for use in scope.uses.get(self.place.name, ()):
                if isinstance(use.ctx, ast.Load) and self.leaks(use):
                    return False
                if not self._in_flow(use) and (not isinstance(use.ctx, ast.Load) or self._changes(use)):
                    return False
        return True

    def _captured(self) -> bool:
        """Whether a function or lambda that can run at any time does more with the variable than read elements."""
        for scope in self.place.scope.below():
            if scope is self.place.scope or scope.owner(self.place.name) is not self.place.scope:
                continue
            for use in scope.uses.get(self.place.name, ()):
                if self._in_flow(use) and self.module.flow(use).index.get(use) is not None:
                    if self.leaks(use):
                        return True
                elif not isinstance(use.ctx, ast.Load) or self.leaks(use) or self._changes(use):
                    return True
        return False

    def _changes(self, use: ast.Name) -> bool:
        parent = self.module.parent(use)
        match parent:
            case ast.Subscript() if parent.value is use:
                return not isinstance(parent.ctx, ast.Load)
            case ast.Attribute():
                return parent.attr not in known_calls.READING_METHODS
            case ast.AugAssign():
                return True
            case _:
                return False

    def leaks(self, use: ast.expr) -> bool:
        """Whether a read of the variable may hand the object itself to something that keeps it."""
        return leaks(use, self.module)


def leaks(use: ast.expr, module: Module) -> bool:
    """Whether the value of `use` itself (not its elements) may be kept by something else than where it comes from."""
    parent = module.parent(use)
    match parent:
        case ast.Subscript() if parent.value is use:
            return False
        case ast.Attribute():
            around = module.parent(parent)
            called = isinstance(around, ast.Call) and around.func is parent
            return not (called or not isinstance(parent.ctx, ast.Load))
        case ast.For() | ast.AsyncFor() | ast.comprehension():
            return False
        case ast.Compare() | ast.BinOp() | ast.UnaryOp() | ast.FormattedValue() | ast.Expr() | ast.Return() | ast.Starred() | ast.Delete():
            return False
        case ast.If() | ast.While() | ast.Assert() | ast.AugAssign():
            return False
        case ast.IfExp() if parent.test is use:
            return False
        case ast.BoolOp() | ast.IfExp():
            return leaks(parent, module)
        case ast.Tuple() | ast.List() | ast.Set() | ast.Dict():
            return _display_leaks(parent, module)
        case ast.Call():
            return _kept_by_call(parent, use, module)
        case ast.keyword():
            call = module.parent(parent)
            return not isinstance(call, ast.Call) or _kept_by_call(call, use, module)
        case _:
            return True


def _display_leaks(display: ast.expr, module: Module) -> bool:
    """Whether a display that holds the object lets it out: `return xs, ys` and `print("%s" % (xs,))` do not, `for a in (xs, ys)` does."""
    parent = module.parent(display)
    match parent:
        case ast.Return() | ast.Expr() | ast.Compare() | ast.BinOp(op=ast.Mod()) | ast.FormattedValue():
            return False
        case ast.Call():
            return module.origin(parent.func) not in ("builtins.print", "builtins.len", "builtins.str", "builtins.repr")
        case _:
            return True


def _kept_by_call(call: ast.Call, argument: ast.expr, module: Module) -> bool:
    origin = module.origin(call.func) or ""
    root, _, name = origin.partition(".")
    if root == "builtins":
        return not (name in known_calls.READS_ONLY or name in ("map", "filter"))
    if root in known_calls.STDLIB_PLAIN:
        return origin in ("functools.partial", "itertools.repeat", "itertools.cycle", "types.SimpleNamespace", "types.MappingProxyType")
    if isinstance(call.func, ast.Attribute):
        receiver = module.type_of(call.func.value)
        if receiver is not None and receiver.is_all(*_COLLECTIONS):
            return call.func.attr in known_calls.KEEPING_METHODS
    callee = module.callee(call)
    if isinstance(callee, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        summary = module.summary(callee)
        parameter = module.calls.parameter_for(call, argument, callee)
        return parameter is None or parameter in summary.keeps
    return True


def immutable(kind: Type | None) -> bool:
    """Whether a value of this type can never change."""
    return kind is not None and kind.is_all(*IMMUTABLE)
