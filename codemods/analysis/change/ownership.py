"""Who else can hold the object that a variable holds."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.change.freshness import is_fresh
from codemods.analysis.change.leaks import leaks
from codemods.analysis.change.places import Place
from codemods.analysis.names.scopes import Binding
from codemods.analysis.order.flow import Event

if TYPE_CHECKING:
    from codemods.analysis.module import Module


class Ownership:
    """Whether the object held by a variable can be reached by anything but that variable."""

    def __init__(self, module: Module, place: Place) -> None:
        self.module = module
        self.place = place

    @cached_property
    def _bindings(self) -> list[Binding]:
        return self.place.scope.bindings.get(self.place.name, [])

    def definitions(self, event: Event) -> list[Event] | None:
        """The events that can have bound the variable to its object before `event`; `None` if that is not known.

        `xs += …` is none of them: it keeps the object.
        """
        if any(binding.scope is not self.module.scope(binding.node).function() for binding in self._bindings):
            return None  # bound by `nonlocal` or `global` elsewhere too
        flow = self.module.flow(event.node)
        if not self._in_flow(event.node):
            return None
        stores = self.module.flows.stores_of(flow, (self.place.scope, self.place.name))
        if len(stores) == 1 == len(self._bindings):
            return [flow.events[stores[0]]]  # the one binding: nothing to search for
        own = {index for index in stores if not isinstance(self.module.parent(flow.events[index].node), ast.AugAssign)}
        found, from_entry = flow.last(event.index, lambda one: one.index in own) if own else ([], True)
        if from_entry and any(binding.kind == "parameter" for binding in self._bindings) and not self._own_dict():
            return None
        return found

    def _own_dict(self) -> bool:
        """Whether the variable is the `**kwargs` of its function: each call makes a dict for it."""
        arguments = getattr(self.place.scope.node, "args", None)
        return isinstance(arguments, ast.arguments) and arguments.kwarg is not None and arguments.kwarg.arg == self.place.name

    def _in_flow(self, node: ast.AST) -> bool:
        """Whether `node` runs in the body that the variable belongs to (or in a comprehension or class body inside it)."""
        scope = self.module.scope(node)
        while scope.kind in ("comprehension", "class", "typeparams") and scope is not self.place.scope and scope.parent is not None:
            scope = scope.parent
        return scope is self.place.scope

    def owned_at(self, event: Event, through: Iterable[int] = (), depth: int = 0) -> bool:
        """Whether at `event`, and all through the events `through`, the variable holds an object made for it that has not leaked."""
        if self.place.attributes:
            return False
        definitions = self.definitions(event)
        if definitions is None or not (definitions or self._own_dict()):
            return False
        if not all(self._fresh_definition(one, depth) for one in definitions):
            return False
        flow = self.module.flow(event.node)
        if self._used_late:
            return False
        if self._leaky:  # only then is it worth looking whether one of them comes before
            ends = {event.index, *through}
            before = flow.reaching(ends, frozenset(one.index for one in definitions)) | ends
            if any(flow.index[use] in before for use in self._leaky):
                return False
        return not self._captured

    @cached_property
    def _used_late(self) -> bool:
        """Whether a use in the variable's own scope that is evaluated when it is asked for, as the value of a `type` statement is, lets the
        object out or changes it."""
        uses = self.place.scope.uses.get(self.place.name, ())
        late = (use for use in uses if isinstance(use.ctx, ast.Load) and self.module.flow(use).index.get(use) is None)
        return any(leaks(use, self.module) or changes(use, self.module) for use in late)

    @cached_property
    def _leaky(self) -> list[ast.Name]:
        uses = self.place.scope.uses.get(self.place.name, ())
        return [use for use in uses if isinstance(use.ctx, ast.Load) and leaks(use, self.module)]

    def _fresh_definition(self, event: Event, depth: int) -> bool:
        if isinstance(self.module.parent(event.node), ast.Starred):
            return True  # `first, *rest = …` makes a list for `rest`
        binding = next((one for one in self._bindings if one.node is event.node), None)
        if binding is None or binding.kind not in ("assign", "walrus") or binding.path != () or binding.value is None:
            return False
        return self._single_target(binding.statement) and is_fresh(binding.value, self.module, depth)

    def _single_target(self, statement: ast.AST | None) -> bool:
        """`a = b = []` makes one list for two names, and so does `a = (b := [])`."""
        match statement:
            case ast.Assign():
                return len(statement.targets) == 1
            case ast.NamedExpr():
                return not leaks(statement, self.module, returned=True)
            case _:
                return True

    # --- inner functions ---

    def _inner_uses(self) -> Iterable[tuple[ast.Name, bool]]:
        """The uses in the scopes below the variable's own, and whether they run at times of their own."""
        for scope in self.place.scope.users(self.place.name):
            if scope is self.place.scope:
                continue
            for use in scope.uses[self.place.name]:
                yield use, not (self._in_flow(use) and self.module.flow(use).index.get(use) is not None)

    @cached_property
    def _captured(self) -> bool:
        """Whether a function or lambda that can run at any time does more with the variable than read elements."""
        for use, delayed in self._inner_uses():
            if not delayed:
                if isinstance(use.ctx, ast.Load) and leaks(use, self.module):
                    return True
            elif not isinstance(use.ctx, ast.Load) or leaks(use, self.module, returned=True) or changes(use, self.module):
                return True
        return False

    # --- a variable of the module ---

    @cached_property
    def never_leaks(self) -> bool:
        """For a variable of the module: whether it only ever holds objects made for it, no use in the file leaks them, and no function,
        lambda or lazy generator changes them.

        Other files could still reach it by importing this one: see `shared`.
        """
        if self._reached_by_name():
            return False
        for binding in self._bindings:
            if binding.kind in ("augment", "annotation"):
                continue
            fresh = binding.kind == "assign" and binding.path == () and binding.value is not None and is_fresh(binding.value, self.module)
            if not (fresh and self._single_target(binding.statement)):
                return False
        uses = self.place.scope.uses.get(self.place.name, ())
        if any(isinstance(use.ctx, ast.Load) and (leaks(use, self.module) or self._changed_later(use)) for use in uses):
            return False
        return not self._captured

    def _changed_later(self, use: ast.Name) -> bool:
        """A use in the module's own scope that runs at a time of its own: a default, an annotation never evaluated."""
        return self.module.flow(use).index.get(use) is None and changes(use, self.module)

    def shared(self) -> bool:
        """Whether other files may be expected to change the variable of the module: not if it is private or written as a constant, unless
        it starts out empty and nothing here fills it."""
        name = self.place.name
        if not (name.startswith("_") or name.isupper()):
            return True
        return all(_is_empty(binding.value) for binding in self._bindings) and not any(
            changes(use, self.module) for use in self.place.scope.uses.get(name, ())
        )

    def _reached_by_name(self) -> bool:
        """`globals()["rows"]`, `getattr(module, "rows")`, `module.rows`, `from module import rows as others`."""
        name = self.place.name
        if any("eval" in scope.uses or "globals" in scope.uses for scope in self.place.scope.below()):
            return True
        if self.module.hidden_writes.writes_globals:
            return True
        return name in self.module.names_spelled or any(
            not self._of_instance(node.value) for node in self.module.calls.attributes.get(name, ())
        )

    def _of_instance(self, receiver: ast.expr) -> bool:
        """Whether the receiver is the first parameter of a method: what it holds is no module's."""
        function = self.module.function(receiver)
        if not isinstance(receiver, ast.Name) or function is None or self.module.class_of(function) is None:
            kind = self.module.type_of(receiver)
            return kind is not None and kind.name.startswith(".")
        return [one.arg for one in [*function.args.posonlyargs, *function.args.args]][:1] == [receiver.id]


def changes(use: ast.expr, module: Module) -> bool:
    """Whether a use of a variable changes its object where it stands."""
    parent = module.parent(use)
    match parent:
        case ast.Subscript() if parent.value is use:
            return not isinstance(parent.ctx, ast.Load)
        case ast.Attribute():
            return parent.attr not in known_calls.READING_METHODS
        case ast.AugAssign():
            return parent.target is use
        case ast.BoolOp() | ast.IfExp() | ast.Starred():
            return changes(parent, module)
        case ast.Call():
            return _changed_by_call(parent, use, module)
        case ast.keyword():
            call = module.parent(parent)
            return not isinstance(call, ast.Call) or _changed_by_call(call, use, module)
        case _:
            return False


def _changed_by_call(call: ast.Call, argument: ast.expr, module: Module) -> bool:
    effect = module.effect_of_call(call)
    inner = argument.value if isinstance(argument, ast.Starred) else argument
    return effect.unknown is not None or inner in effect.targets


def _is_empty(value: ast.expr | None) -> bool:
    match value:
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Call(args=[], keywords=[]):
            return True
        case _:
            return False
