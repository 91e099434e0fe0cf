"""What an event may do to a place: the question behind every proof that a value read twice is the same value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.summaries import CallEffect, known_part
from codemods.analysis.change.identity import Identity
from codemods.analysis.change.in_place import in_place
from codemods.analysis.change.places import Place, bound_name, place_of
from codemods.analysis.names.scopes import mangled
from codemods.analysis.order.flow import CALL, CREATE, DELETE, ENTER, EXIT, ITERATE, POINT, STORE, SUSPEND, USE, Event
from codemods.analysis.order.turns import LoopNode
from codemods.analysis.types.vocabulary import Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module

ELEMENT, SIZE, REBIND = 1, 2, 4
"""Kinds of change, to be combined: an element is replaced, the number of elements may change, the place stands for another object."""

_SIZED_BY_SLICES = ("list", "bytearray", "array.array", "collections.deque")
"""Where storing at one index leaves the size as it is."""

_KEYED = frozenset({"pop", "setdefault", "__setitem__", "__delitem__"})
"""Methods of a dict that change nothing but what is under the key they are given."""


class Effect(Struct, frozen=True, eq=False):
    """A change that an event makes, certainly or perhaps.

    Attributes:
        kinds: ELEMENT, SIZE and REBIND, added up.
        certain: whether the text writes to this very place; else it is a call or an alias that might.
        event: the event.
        what: the code that does it, as it is written.
        key: the subscript, for a store or deletion of one element; of a dict's method, the key that it is given.
    """

    kinds: int
    certain: bool
    event: Event
    what: str
    key: ast.expr | None = None


class Effects:
    """The effects of events on one place that a loop runs over.

    Args:
        place: the place whose changes are asked for.
        kind: the type of its value, if known.
        loop: the loop.
    """

    def __init__(self, module: Module, place: Place, kind: Type | None, loop: LoopNode) -> None:
        self.module = module
        self.place = place
        self.kind = kind
        self.loop = loop
        self.identity = Identity(module, place, kind, loop)

    def of(self, event: Event) -> list[Effect]:
        """What `event` may do to the place; empty for nothing."""
        return [effect for effect in [*self._direct(event), *self._hidden(event)] if effect is not None and effect.kinds]

    def _direct(self, event: Event) -> Iterator[Effect | None]:
        node = event.node
        match event.kind:
            case k if k in (STORE, DELETE):
                yield from self._store(event)
            case k if k == CREATE:
                yield self._binding(event)
                for effect in self.module.implicit.of_definition(node):
                    yield self._apply(event, effect, node)
            case k if k == CALL:
                assert isinstance(node, ast.Call)
                yield self._apply(event, self.module.effect_of_call(node), node)
            case k if k == SUSPEND:
                yield self._unknown(event, "await" if isinstance(node, ast.Await) else "yield")
            case k if k == ITERATE:
                assert isinstance(node, ast.For | ast.AsyncFor | ast.comprehension)
                yield from self._iteration(event, node)
            case k if k in (ENTER, EXIT):
                yield from self._manager(event)
            case k if k == USE and isinstance(node, ast.Attribute):
                yield from self._accessors(event, node)
            case _ if isinstance(node, ast.Raise):
                for effect in self.module.implicit.of_raise(node):
                    yield self._apply(event, effect, node)
            case k if k == POINT and isinstance(node, ast.match_case):
                for pattern in ast.walk(node.pattern):
                    if isinstance(pattern, ast.MatchClass):
                        for effect in [*self.module.implicit.of_pattern(pattern), *self._unseen(pattern)]:
                            yield self._apply(event, effect, pattern)

    # --- stores ---

    def _store(self, event: Event) -> Iterator[Effect | None]:
        node = event.node
        match node:
            case ast.Name():
                yield self._name(event, node)
            case ast.Attribute():
                yield self._attribute(event, node)
                yield from self._accessors(event, node)
            case ast.Subscript():
                yield self._subscript(event, node)
            case _:
                yield self._binding(event)

    def _binding(self, event: Event) -> Effect | None:
        """A definition, import, handler or pattern that binds the root variable."""
        node = event.node
        name = bound_name(node)
        if name == "*":
            return Effect(REBIND | SIZE | ELEMENT, False, event, self._text(self.module.parent(node) or node))
        if name is None or mangled(name, self.module.scope(node)) != self.place.name:
            return None
        return Effect(REBIND, True, event, name) if self.module.owner(name, node) is self.place.scope else None

    def _name(self, event: Event, node: ast.Name) -> Effect | None:
        statement = self.module.parent(node)
        if self.module.variable(node) == (self.place.scope, self.place.name):
            if isinstance(statement, ast.AugAssign):
                return Effect(REBIND | SIZE, True, event, self._text(statement))
            return Effect(REBIND, True, event, self._text(node))
        return self._augmented(event, node)

    def _augmented(self, event: Event, node: ast.Name | ast.Attribute | ast.Subscript) -> Effect | None:
        """`x += y` changes the object that `x` holds, where that is a list or the like."""
        statement = self.module.parent(node)
        if isinstance(statement, ast.AugAssign) and in_place(statement, self.module) and self.identity.may_be(node):
            return Effect(SIZE | ELEMENT, False, event, self._text(statement))
        return None

    def _attribute(self, event: Event, node: ast.Attribute) -> Effect | None:
        stored = place_of(node, self.module)
        if stored is not None and self.place.starts_with(stored):
            return Effect(REBIND | SIZE, True, event, stored.text)
        if mangled(node.attr, self.module.scope(node)) in self.place.attributes:
            return Effect(REBIND | SIZE | ELEMENT, False, event, self._text(node))
        return self._augmented(event, node)

    def _subscript(self, event: Event, node: ast.Subscript) -> Effect | None:
        same = place_of(node.value, self.module) == self.place
        if not same and self._is_namespace(node.value):
            return self._unknown(event, self._text(node))
        if not same and not self.identity.may_be(node.value):
            return self._augmented(event, node)
        sized = isinstance(node.slice, ast.Slice) or isinstance(node.ctx, ast.Del)
        if self.kind is not None and not self.kind.is_all(*_SIZED_BY_SLICES):
            sized = True  # a new key of a dict
        parent = self.module.parent(node)
        what = self._text(parent if isinstance(parent, ast.AugAssign) else node)
        return Effect(ELEMENT | (SIZE if sized or not same else 0), same, event, what, node.slice)

    def _is_namespace(self, node: ast.expr) -> bool:
        """Whether a dict that is stored to may be the attributes of an object: only where the file takes hold of such a dict at all."""
        if not self.place.attributes or not self.module.hidden_writes.takes_namespaces:
            return False
        kind = self.module.type_of(node)
        return kind is None or any(member.name == "dict" for member in kind.members())

    # --- code that runs ---

    def _iteration(self, event: Event, node: ast.For | ast.AsyncFor | ast.comprehension) -> Iterator[Effect | None]:
        if isinstance(node, ast.AsyncFor) or (isinstance(node, ast.comprehension) and node.is_async):
            yield self._unknown(event, f"async for … in {ast.unparse(node.iter)}")
        if isinstance(node.iter, ast.Call):
            yield self._apply(event, self.module.effect_of_call(node.iter), node.iter)

    def _manager(self, event: Event) -> Iterator[Effect | None]:
        """`__enter__` and `__exit__` are calls."""
        node = event.node
        items = [node] if isinstance(node, ast.withitem) else list(node.items)  # type: ignore[attr-defined]
        statement = self.module.parent(node) if isinstance(node, ast.withitem) else node
        for item in items:
            if isinstance(statement, ast.AsyncWith):
                yield self._unknown(event, f"async with {ast.unparse(item.context_expr)}")
            yield self._apply(event, self.module.implicit.of_manager(item), item)

    def _accessors(self, event: Event, node: ast.Attribute) -> Iterator[Effect | None]:
        """Properties of the file."""
        for effect in self.module.implicit.of_attribute(node, mangled(node.attr, self.module.scope(node))):
            yield self._apply(event, effect, node)

    @cached_property
    def _loud(self) -> list[str]:
        """The hidden code that could matter: none where only code that names the variable can reach the object, and that is an effect."""
        identity = self.identity
        out_of_reach = (identity.changeless or identity.private) and not identity.rebindable
        return [] if out_of_reach else self.module.hidden.loud()

    def _hidden(self, event: Event) -> Iterator[Effect | None]:
        """Operators, iteration and the like that the file defines."""
        if event.kind not in (USE, STORE, DELETE, CALL, ITERATE, SUSPEND, CREATE):
            return
        for effect in self._unseen(event.node):
            yield self._apply(event, effect, event.node)
        consumed: list[ast.expr] = []
        match event.node:
            case ast.Call(args=args):
                consumed = args
            case ast.For(iter=iterable) | ast.comprehension(iter=iterable) | ast.YieldFrom(value=iterable):
                consumed = [iterable]
            case ast.Name() if isinstance(self.module.parent(event.node), ast.Starred | ast.Compare | ast.Assign | ast.AugAssign):
                consumed = [event.node]
        for one in consumed:
            if (text := self.module.hidden.unknown_behind(one)) is not None:
                yield self._unknown(event, text)

    def _unseen(self, node: ast.AST) -> list[CallEffect]:
        """What the hidden code that runs at a node does, as far as it is known."""
        hidden = self.module.hidden
        return [known_part(hidden.summary(category)) for category in hidden.categories_at(node, self._loud)]

    def _apply(self, event: Event, effect: CallEffect, node: ast.AST) -> Effect | None:
        text = self._text(node)
        rebinds = REBIND | SIZE | ELEMENT if self._rebinds(effect) else 0
        for target in effect.targets:
            if place_of(target, self.module) == self.place and not self.identity.changeless:
                method = self._method_on(target, node)
                kinds = ELEMENT if method in known_calls.REORDERS else ELEMENT | SIZE
                return Effect(kinds | rebinds, method is not None, event, text, self._key(node) if method is not None else None)
        if rebinds:
            return Effect(rebinds, False, event, text)
        if any(self.identity.may_be(target) for target in effect.targets):
            return Effect(ELEMENT | SIZE, False, event, text)
        if any(self.identity.may_be_inside(holder) for holder in effect.inner):
            return Effect(ELEMENT | SIZE, False, event, text)
        if effect.unknown:
            return self._unknown(event, effect.unknown)
        return Effect(ELEMENT | SIZE, False, event, text) if self._changes_object(effect) else None

    def _rebinds(self, effect: CallEffect) -> bool:
        """Whether a call may make the place stand for another object, going by what it sets and by the dicts it changes."""
        if effect.rebinds & set(self.place.attributes) or (self.place.scope, self.place.name) in effect.bound:
            return True
        return self.identity.rebindable and any(map(self._is_namespace, effect.targets))

    def _method_on(self, target: ast.expr, call: ast.AST) -> str | None:
        """The name of what certainly changes `target`: `rows.sort()`, but also `list.sort(rows)` and `random.shuffle(rows)`."""
        match call:
            case ast.Call(func=ast.Attribute(value=receiver, attr=name)) if receiver is target:
                return name
            case ast.Call(func=function, args=[first, *_]) if first is target:
                origin = self.module.origin(function) or ""
                builtin = origin.startswith("builtins.")
                return origin.rpartition(".")[2] if builtin or origin in known_calls.CHANGED_ARGUMENT else None
            case _:
                return None

    def _key(self, call: ast.AST) -> ast.expr | None:
        match call:
            case ast.Call(func=ast.Attribute(value=receiver, attr=name), args=[key, *_]) if name in _KEYED and self.kind is not None:
                own = place_of(receiver, self.module) == self.place  # of `dict.pop(d, k)` the first argument is no key
                return key if own and not self.kind.is_all(*_SIZED_BY_SLICES) else None
            case _:
                return None

    def _changes_object(self, effect: CallEffect) -> bool:
        """Whether a call may change the object, going by the variables and attributes that it changes objects of."""
        identity = self.identity
        if identity.changeless:
            return False
        if identity.private:
            return False
        return (
            effect.elsewhere is not None
            or any(identity.held_by_variable(*variable) for variable in effect.variables)
            or any(identity.held_by(attribute) for attribute in effect.contents)
            or any(identity.may_be_element_of(attribute) for attribute in effect.elements)
        )

    def _unknown(self, event: Event, what: str) -> Effect | None:
        node = event.node
        if self.kind is None and isinstance(node, ast.Call) and self._is_method_of_place(node):
            sized = node.func.attr not in known_calls.READING_METHODS  # type: ignore[attr-defined]
            return Effect(ELEMENT | SIZE, True, event, self._text(node)) if sized else None
        kinds = (ELEMENT | SIZE if self.identity.exposed else 0) | (REBIND | SIZE if self.identity.rebindable else 0)
        return Effect(kinds, False, event, what)

    def _is_method_of_place(self, call: ast.Call) -> bool:
        return isinstance(call.func, ast.Attribute) and place_of(call.func.value, self.module) == self.place

    def _text(self, node: ast.AST) -> str:
        text = " ".join(ast.unparse(node).split())
        return text if len(text) <= 60 else f"{text[:57]}…"
