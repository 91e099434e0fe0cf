"""What an event may do to a place: the question behind every proof that a value read twice is the same value."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis import known_calls
from codemods.analysis.call_effects import CallEffect
from codemods.analysis.flow import CALL, CREATE, DELETE, ENTER, EXIT, ITERATE, STORE, SUSPEND, USE, Event
from codemods.analysis.ownership import Ownership, immutable, is_fresh
from codemods.analysis.places import Place, bound_name, place_of
from codemods.analysis.types import Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module

ELEMENT, SIZE, REBIND = 1, 2, 4
"""Kinds of change, to be combined: an element is replaced, the number of elements may change, the place stands for another object."""


@dataclass(frozen=True, eq=False, slots=True)
class Effect:
    """A change that an event makes, certainly or perhaps.

    Attributes:
        kinds: ELEMENT, SIZE and REBIND, added up.
        certain: whether the text writes to this very place; else it is a call or an alias that might.
        event: the event.
        what: the code that does it, as it is written.
        key: the subscript, for a store or deletion of one element.
    """

    kinds: int
    certain: bool
    event: Event
    what: str
    key: ast.expr | None = None


class Effects:
    """The effects of events on one place.

    Args:
        place: the place whose changes are asked for.
        kind: the type of its value, if known.
        use: the expression that reads the place where its value matters (the loop's iterable); ownership is judged there.
    """

    def __init__(self, module: Module, place: Place, kind: Type | None, use: ast.AST, event: Event) -> None:
        self.module = module
        self.place = place
        self.kind = kind
        self.use = use
        self.at = event

    @cached_property
    def owned(self) -> bool:
        """Whether nothing else can hold the object, so that only code that names the variable can change it."""
        return Ownership(self.module, self.place).owned_at(self.at)

    @cached_property
    def exposed(self) -> bool:
        """Whether a call of unknown code may change the object or what the place stands for."""
        place = self.place
        if immutable(self.kind) and not place.attributes:
            return place.scope.kind == "module" and self._rebound_elsewhere
        if place.scope.kind == "module" and not place.attributes and not self._rebound_elsewhere:
            return not self._untouched_global()
        return place.attributes != () or self._rebound_elsewhere or not self.owned

    @cached_property
    def _rebound_elsewhere(self) -> bool:
        """`global` or `nonlocal` in a function that binds the variable."""
        bindings = self.place.scope.bindings.get(self.place.name, ())
        return any(
            binding.kind != "parameter" and self.module.scope(binding.node).function() is not self.place.scope.function()
            for binding in bindings
        )

    def _untouched_global(self) -> bool:
        """A module's variable that holds a fresh object, and whose every use in the file neither leaks nor, in a function, changes it.

        Other files could still reach it by importing this one; they do not run in the middle of its loops.
        """
        for binding in self.place.scope.bindings.get(self.place.name, ()):
            if binding.kind != "assign" or binding.value is None or binding.path != () or not is_fresh(binding.value, self.module):
                return False
        return self.owned or Ownership(self.module, self.place).never_leaks()

    def of(self, event: Event) -> Effect | None:
        """What `event` may do to the place; `None` for nothing."""
        match event.kind:
            case k if k in (STORE, DELETE):
                return self._store(event)
            case k if k == CREATE:
                return self._binding(event)
            case k if k == CALL:
                assert isinstance(event.node, ast.Call)
                return self._call(event, event.node)
            case k if k == SUSPEND:
                return self._unknown(event, "yield" if isinstance(event.node, ast.Yield) else "await")
            case k if k == ITERATE:
                iterable = event.node.iter  # type: ignore[attr-defined]
                return self._call(event, iterable) if isinstance(iterable, ast.Call) else None
            case k if k == ENTER:
                return self._manager(event, [event.node])
            case k if k == EXIT:
                return self._manager(event, event.node.items)  # type: ignore[attr-defined]
            case k if k == USE and isinstance(event.node, ast.Attribute):
                return self._property(event, event.node)
            case _:
                return None

    # --- stores ---

    def _store(self, event: Event) -> Effect | None:
        node = event.node
        match node:
            case ast.Name():
                return self._name(event, node)
            case ast.Attribute():
                return self._attribute(event, node)
            case ast.Subscript():
                return self._subscript(event, node)
            case _:
                return self._binding(event)

    def _binding(self, event: Event) -> Effect | None:
        """A definition, import, handler or pattern that binds the root variable."""
        node = event.node
        name = bound_name(node)
        if name == self.place.name and self.module.owner(name, node) is self.place.scope:
            return Effect(REBIND, True, event, name)
        return None

    def _name(self, event: Event, node: ast.Name) -> Effect | None:
        statement = self.module.parent(node)
        augmented = isinstance(statement, ast.AugAssign) and statement.target is node
        if self.module.variable(node) == (self.place.scope, self.place.name):
            return Effect(REBIND | SIZE if augmented else REBIND, True, event, self._text(statement if augmented else node))
        if augmented and self._in_place(statement) and self.may_be(node):
            return Effect(SIZE | ELEMENT, False, event, self._text(statement))
        return None

    def _in_place(self, statement: ast.AST | None) -> bool:
        """Whether `x op= y` may change the object of `x`: not where `y` is a number, nor where `x` starts as one."""
        assert isinstance(statement, ast.AugAssign)
        value = self.module.type_of(statement.value)
        if value is not None and value.is_all("int", "float", "bool", "complex"):
            return False
        if not isinstance(statement.target, ast.Name):
            return True
        others = [one for one in self.module.bindings(statement.target.id, statement.target) if one.kind != "augment"]
        starts = [one.value if one.kind == "assign" and one.path == () else None for one in others]
        return not starts or not all(value is not None and immutable(self.module.type_of(value)) for value in starts)

    def _attribute(self, event: Event, node: ast.Attribute) -> Effect | None:
        stored = place_of(node, self.module)
        if stored is not None and self.place.starts_with(stored):
            return Effect(REBIND, True, event, stored.text)
        if node.attr in self.place.attributes:
            return Effect(REBIND, False, event, self._text(node))
        statement = self.module.parent(node)
        if isinstance(statement, ast.AugAssign) and self._in_place(statement) and not self.owned and self._same_kind(node):
            return Effect(SIZE | ELEMENT, False, event, self._text(statement))
        return None

    def _subscript(self, event: Event, node: ast.Subscript) -> Effect | None:
        same = place_of(node.value, self.module) == self.place
        if isinstance(node.value, ast.Attribute) and node.value.attr == "__dict__":
            return Effect(REBIND, False, event, self._text(node)) if self.place.attributes else None
        if not same and not self.may_be(node.value):
            return None
        sized = isinstance(node.slice, ast.Slice) or isinstance(node.ctx, ast.Del)
        if self.kind is not None and not self.kind.is_all("list", "bytearray", "array.array", "collections.deque"):
            sized = True  # a new key of a dict
        parent = self.module.parent(node)
        what = self._text(parent if isinstance(parent, ast.AugAssign) else node)
        return Effect(ELEMENT | (SIZE if sized else 0), same, event, what, node.slice)

    # --- code that runs ---

    def _call(self, event: Event, call: ast.Call) -> Effect | None:
        return self._apply(event, self.module.effect_of_call(call), call)

    def _apply(self, event: Event, effect: CallEffect, call: ast.Call | None) -> Effect | None:
        for target in effect.targets:
            if place_of(target, self.module) == self.place and not immutable(self.kind):
                certain = call is not None and isinstance(call.func, ast.Attribute) and call.func.value is target
                kinds = ELEMENT if certain and call.func.attr in known_calls.REORDERS else ELEMENT | SIZE  # type: ignore[union-attr]
                return Effect(kinds, certain, event, self._text(call))
        for target in effect.targets:
            if self.may_be(target):
                return Effect(ELEMENT | SIZE, False, event, self._text(call))
        if effect.rebinds & set(self.place.attributes):
            return Effect(REBIND | SIZE | ELEMENT, False, event, self._text(call))
        if (self.place.scope, self.place.name) in effect.variables:
            return Effect(REBIND | SIZE | ELEMENT, False, event, self._text(call))
        if effect.unknown:
            return self._unknown(event, effect.unknown)
        mutable = not immutable(self.kind)
        if mutable and (effect.elsewhere or effect.contents or effect.variables) and (self.place.attributes or not self.owned):
            return Effect(ELEMENT | SIZE, False, event, self._text(call))
        return None

    def _unknown(self, event: Event, what: str) -> Effect | None:
        if isinstance(event.node, ast.Call) and self._method_of_unknown_place(event.node):
            sized = event.node.func.attr not in known_calls.READING_METHODS  # type: ignore[attr-defined]
            return Effect(ELEMENT | SIZE, True, event, self._text(event.node)) if sized else None
        if not self.exposed:
            return None
        return Effect(REBIND | SIZE | ELEMENT, False, event, what)

    def _method_of_unknown_place(self, call: ast.Call) -> bool:
        return isinstance(call.func, ast.Attribute) and self.kind is None and place_of(call.func.value, self.module) == self.place

    def _manager(self, event: Event, items: list[ast.AST]) -> Effect | None:
        """`__enter__` and `__exit__` are calls; those of files and of the standard library's managers touch nothing of ours."""
        for item in items:
            assert isinstance(item, ast.withitem)
            manager = item.context_expr
            kind = self.module.type_of(manager)
            origin = self.module.origin(manager.func) if isinstance(manager, ast.Call) else None
            known = origin or (kind.name if kind is not None else "") or ""
            if known.partition(".")[0] in ("builtins", "contextlib", "threading", *known_calls.STDLIB_PLAIN):
                continue
            callee = self.module.callee(manager) if isinstance(manager, ast.Call) else None
            if isinstance(callee, ast.FunctionDef) and self.module.summary(callee).silent():
                continue
            found = self._unknown(event, f"with {ast.unparse(manager)}")
            if found is not None:
                return found
        return None

    def _property(self, event: Event, node: ast.Attribute) -> Effect | None:
        """Reading an attribute that some class of the file defines as a property runs that property."""
        for function in self.module.calls.properties.get(node.attr, ()):
            summary = self.module.summary(function)
            if not summary.silent():
                effect = CallEffect(summary.unknown, summary.elsewhere, [], summary.rebinds, summary.contents, summary.variables)
                if summary.parameters:
                    effect.targets.append(node.value)
                found = self._apply(event, effect, None)
                if found is not None:
                    return found
        return None

    # --- aliases ---

    def may_be(self, node: ast.expr) -> bool:
        """Whether an expression may give the very object that the place holds."""
        if immutable(self.kind):
            return False
        place = place_of(node, self.module)
        if place == self.place:
            return True
        if self.owned or not self._same_kind(node) or self._element(node):
            return False
        return not (is_fresh(node, self.module) or (isinstance(node, ast.Name) and self._holds_own(node)))

    def _element(self, node: ast.expr) -> bool:
        """`rows[i]` and what hangs on it: a collection does not hold itself."""
        base = node
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
            if place_of(base, self.module) == self.place:
                return True
        return False

    def _holds_own(self, node: ast.Name) -> bool:
        """A variable that holds an object of its own cannot hold ours."""
        place = place_of(node, self.module)
        event = self.module.event(node)
        return place is not None and event is not None and Ownership(self.module, place).owned_at(event)

    def _same_kind(self, node: ast.expr) -> bool:
        """Types that are known and have no class in common rule out that two expressions give one object."""
        other = self.module.type_of(node) if isinstance(getattr(node, "ctx", ast.Load()), ast.Load) else None
        if other is None or self.kind is None:
            return True
        if any("." in member.name for member in [*other.members(), *self.kind.members()]):
            return True
        return not {member.name for member in other.members()}.isdisjoint(member.name for member in self.kind.members())

    def _text(self, node: ast.AST | None) -> str:
        text = " ".join(ast.unparse(node).split()) if node is not None else self.place.text
        return text if len(text) <= 60 else f"{text[:57]}…"
