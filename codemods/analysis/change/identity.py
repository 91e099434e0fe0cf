"""Whether an expression may give the very object that a place holds."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.change.fillings import attribute_fillings, container_of, fillings
from codemods.analysis.change.freshness import immutable, is_fresh
from codemods.analysis.change.ownership import Ownership
from codemods.analysis.change.places import Place, place_of
from codemods.analysis.change.taken import attribute_lets_out, takes_out
from codemods.analysis.names.scopes import Scope
from codemods.analysis.order.flow import STORE, Event
from codemods.analysis.order.turns import LoopNode, events_of
from codemods.analysis.types.vocabulary import DICTS, SCALARS, Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_KNOWN = DICTS | {"collections.deque"}
"""Classes of the standard library of which it is known from which other they derive."""


class Identity:
    """Who else may hold the object of one place, while one loop runs.

    Args:
        place: the place.
        kind: the type of its value, if known.
        loop: the loop over it.
    """

    def __init__(self, module: Module, place: Place, kind: Type | None, loop: LoopNode) -> None:
        self.module = module
        self.place = place
        self.kind = kind
        self.loop = loop
        self._asked: set[Place] = set()

    @cached_property
    def changeless(self) -> bool:
        """Whether the object can never change."""
        return immutable(self.kind)

    @cached_property
    def private(self) -> bool:
        """Whether only code that names the variable can reach the object."""
        return self._owned or (self._global and self._ownership.never_leaks)

    @cached_property
    def _ownership(self) -> Ownership:
        return self.module.ownership(self.place)

    @cached_property
    def _owned(self) -> bool:
        flow = self.module.flow(self.loop)
        through = [event.index for event in events_of(self.loop, self.module)]
        return self._ownership.owned_at(flow.events[flow.heads[self.loop]], through)

    @property
    def _global(self) -> bool:
        """Of a path from a variable of the module nothing is known by that: what reads the path lets the variable's object out."""
        return self.place.scope.kind == "module"

    @cached_property
    def rebound_elsewhere(self) -> bool:
        """`global` or `nonlocal` in a function that binds the variable, or something that writes variables by name."""
        if self._global and self.module.hidden_writes.writes_globals:
            return True
        return self.module.flows.bound_elsewhere((self.place.scope, self.place.name)) is not None

    @cached_property
    def rebindable(self) -> bool:
        """Whether code that is not shown here may make the place stand for another object."""
        if self.place.attributes:
            return not all(map(self.module.private_attributes.settled, self.place.attributes))
        return self.rebound_elsewhere

    @cached_property
    def exposed(self) -> bool:
        """Whether a call of unknown code may change the object."""
        if self.changeless:
            return False
        if self.place.attributes:
            return not self.module.private_attributes.settled(self.place.attributes[-1])
        if self._owned:
            return False
        return not self.private or self._ownership.shared()

    # --- aliases ---

    def may_be(self, node: ast.expr) -> bool:
        """Whether an expression may give the very object that the place holds."""
        if self.changeless:
            return False
        match node:
            case ast.BoolOp():
                return any(self.may_be(value) for value in node.values)
            case ast.IfExp():
                return self.may_be(node.body) or self.may_be(node.orelse)
            case ast.NamedExpr() | ast.Starred() | ast.Await():
                return self.may_be(node.value)
        if place_of(node, self.module) == self.place:
            return True
        if self.private or self._disjoint(node) or self._element(node):
            return False
        if isinstance(node, ast.Attribute) and self._other_attribute(node):
            return False
        if self._own_attribute and self.place.attributes[-1].startswith("_") and not isinstance(node, ast.Attribute):
            return False  # no other file takes hold of a private attribute, and this one gives it to no variable
        if is_fresh(node, self.module) or self._holds_own(node):
            return False
        return not self._never_put_in(node)

    def may_be_inside(self, node: ast.expr) -> bool:
        """Whether an element of what an expression gives, or something in one, may be the object. It is not in itself."""
        if self.changeless or self.private or place_of(node, self.module) == self.place or self._element(node):
            return False
        kind = self.module.type_of(node)
        return kind is None or self.kind is None or _holds(kind, self.kind)

    def may_be_element_of(self, attribute: str) -> bool:
        """Whether an element of what attributes of this name hold may be the object."""
        if self.changeless or self.private:
            return False
        values = attribute_fillings(attribute, self.module)
        return values is None or any(map(self.may_be, values)) or attribute_lets_out(attribute, self.place, self.module)

    def held_by(self, attribute: str) -> bool:
        """Whether an attribute of this name may hold the object, on any instance."""
        if self.changeless or self.private:
            return False
        mine = self.place.attributes[-1:]
        if attribute in mine:
            return True
        attributes = self.module.private_attributes
        if mine and attributes.made(attribute) and all(map(attributes.made, mine)):
            return False
        # other files may pass what a public attribute holds to what stores it in another, but not what a private one holds
        return not any(name.startswith("_") and attributes.own(name) for name in (attribute, *mine))

    @property
    def _own_attribute(self) -> bool:
        """Whether the place is an attribute whose object the file stores nowhere else."""
        return bool(self.place.attributes) and self.module.private_attributes.own(self.place.attributes[-1])

    def held_by_variable(self, scope: Scope, name: str) -> bool:
        """Whether another variable, outside the function that changes its object, may hold the object too."""
        if scope.kind != "module":
            return True
        return not self.module.ownership(Place(scope, name)).never_leaks

    def _other_attribute(self, node: ast.Attribute) -> bool:
        place = place_of(node, self.module)
        return place is not None and (not self.held_by(place.attributes[-1]) or self._made_since_entry(node, place))

    def _made_since_entry(self, node: ast.Attribute, attribute: Place) -> bool:
        """Whether the object of an attribute was made by the function that was given ours: `self.names = []` stands before `node`."""
        mine = self.place.scope.bindings.get(self.place.name, ())
        if self.place.attributes or [one.kind for one in mine] != ["parameter"]:
            return False
        event = self.module.event(node)
        if event is None or not self.module.private_attributes.own(attribute.attributes[-1]):
            return False
        flow = self.module.flow(node)
        stores, from_entry = flow.last(event.index, lambda one: one.kind == STORE and place_of(one.node, self.module) == attribute)
        return not from_entry and not self._may_be_set(attribute, event, stores)

    def _may_be_set(self, attribute: Place, event: Event, stores: list[Event]) -> bool:
        """Whether code that is not shown here may set the attribute between `stores` and `event`: it may have our object, too."""
        from codemods.analysis.change.effects import REBIND, Effects

        effects = Effects(self.module, attribute, None, self.loop)
        flow = self.module.flow(event.node)
        last = frozenset(one.index for one in stores)
        between = flow.reaching({event.index}, last) - last
        return any(effect.kinds & REBIND for index in between for effect in effects.of(flow.events[index]))

    def _element(self, node: ast.expr) -> bool:
        """`rows[i]`, `rows[i][j]`: a collection does not hold itself. (`rows[i].parent.rows` may well be `rows` again.)"""
        base = node
        while isinstance(base, ast.Subscript):
            base = base.value
            if place_of(base, self.module) == self.place:
                return True
        return False

    def _never_put_in(self, node: ast.expr) -> bool:
        """An element of a collection that only this file fills, and never with the object."""
        container = container_of(node, self.module)
        if container is None:
            return False
        if container in self._asked:  # filled from itself: that puts in nothing new
            return True
        self._asked.add(container)
        try:
            values = fillings(node, self.module)
            if values is None or any(map(self.may_be, values)):
                return False
            return not takes_out(node, container, self.place, self.module)
        finally:
            self._asked.discard(container)

    def _holds_own(self, node: ast.expr) -> bool:
        """A variable that holds an object of its own cannot hold ours."""
        place = place_of(node, self.module)
        event = self.module.event(node)
        return place is not None and event is not None and self.module.ownership(place).owned_at(event)

    def _disjoint(self, node: ast.expr) -> bool:
        """Whether the types are known and have no class in common."""
        other = self.module.type_of(node) if isinstance(getattr(node, "ctx", ast.Load()), ast.Load) else None
        return other is not None and self.kind is not None and not _may_share(other, self.kind)


def _holds(kind: Type, wanted: Type) -> bool:
    """Whether a value of a type may hold one of another, at whatever depth."""
    for member in kind.members():
        if member.name not in SCALARS and (not member.args or any(_is_or_holds(argument, wanted) for argument in member.args)):
            return True
    return False


def _is_or_holds(kind: Type | None, wanted: Type) -> bool:
    return kind is None or _may_share(kind, wanted) or _holds(kind, wanted)


def _may_share(kind: Type, other: Type) -> bool:
    """Whether one object may be of both types."""
    return any(_related(a, b) for a in kind.members() for b in other.members())


def _related(one: Type, other: Type) -> bool:
    """Whether one object that may change may be of both classes."""
    names = {one.name, other.name}
    if len(names) == 1 or ("dict" in names and names <= DICTS):
        return True
    return any("." in name and name not in _KNOWN for name in names)
