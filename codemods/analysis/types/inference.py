"""Local type inference: the class of an expression's value, as far as the file proves it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.contents import Contents
from codemods.analysis.names.scopes import Scope
from codemods.analysis.order.flows import body_scope
from codemods.analysis.order.paths import Paths
from codemods.analysis.types import signatures
from codemods.analysis.types.annotations import Annotations
from codemods.analysis.types.attributes import Attributes
from codemods.analysis.types.bindings import Bindings
from codemods.analysis.types.call_types import Calls
from codemods.analysis.types.classes import Classes
from codemods.analysis.types.containers import element, place
from codemods.analysis.types.enum_members import EnumMembers
from codemods.analysis.types.expression_types import EXPRESSIONS
from codemods.analysis.types.fixpoint import Fixpoint
from codemods.analysis.types.foreign_heirs import ForeignHeirs
from codemods.analysis.types.function_types import Functions
from codemods.analysis.types.managers import Managers
from codemods.analysis.types.namespaces import Namespaces
from codemods.analysis.types.narrowing import Narrowing
from codemods.analysis.types.parameter_types import Parameters
from codemods.analysis.types.typed_dicts import TypedDicts
from codemods.analysis.types.variables import Variables
from codemods.analysis.types.vocabulary import NEVER, Type, union

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_SPINE = 30
"""A chain `a + b + c …` longer than this is answered from its inside out, not by recursion."""


class Inference:
    """Types of the expressions of one file, each computed once, when it is asked for."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.fixpoint = Fixpoint()
        self._followed: set[Scope] = set()
        self.hidden = module.hidden_writes
        self.annotations = Annotations(module)
        self.narrowing = Narrowing(self)
        self.contents = Contents(self)
        self.parameters = Parameters(self)
        self.classes = Classes(self)
        self.foreign_heirs = ForeignHeirs(self)
        self.functions = Functions(self)
        self.managers = Managers(self)
        self.calls: Calls = Calls(self)
        self.attributes = Attributes(self)
        self.enum_members = EnumMembers(self)
        self.bindings = Bindings(self)
        self.variables: Variables = Variables(self)
        self.paths = Paths(self)
        self.typed_dicts = TypedDicts(self)
        self.namespaces = Namespaces(self)

    def of(self, node: ast.expr) -> Type | None:
        """The class of the value of `node`; `None` where it is not known."""
        return _shown(self.infer(node))

    def infer(self, node: ast.expr) -> Type | None:
        """As `of`, but `NEVER` for what no path gives."""
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            return None
        if isinstance(node, ast.BinOp | ast.Attribute | ast.Call):
            self._from_inside(node)
        kind = self.fixpoint.ask(node, self._answer, node)
        return self._from_the_front(node) if self.fixpoint.cut_short else kind

    def _from_the_front(self, node: ast.expr) -> Type | None:
        """The answer where too long a chain of variables leads to it: asked again when all bindings of the body are known, in order."""
        self.fixpoint.cut_short = False
        body = body_scope(self.module.scope(node))
        if body not in self._followed:
            self._followed.add(body)
            index = self.module.flow_of(body.node).index
            bindings = [one for scope in body.below() for found in scope.bindings.values() for one in found if one.node in index]
            for binding in sorted(bindings, key=lambda one: index[one.node]):
                self.bindings.of(binding)
        return self.fixpoint.ask_finally(node, self._answer, node)

    def _answer(self, node: ast.expr) -> Type | None:
        return EXPRESSIONS[type(node)](self, node)

    def _from_inside(self, node: ast.expr) -> None:
        spine: list[ast.expr] = []
        inner: ast.expr | None = node
        while inner is not None and not self.fixpoint.answered(inner):
            spine.append(inner)
            match inner:
                case ast.BinOp():
                    inner = inner.left
                case ast.Attribute():
                    inner = inner.value
                case ast.Call():
                    inner = inner.func
                case _:
                    inner = None
        if len(spine) > _SPINE:
            for one in reversed(spine):
                if type(one) in EXPRESSIONS:
                    self.fixpoint.ask(one, self._answer, one)

    # --- what iteration and unpacking see ---

    def element(self, kind: Type | None) -> Type | None:
        """What a `for` over a value of this type gets; classes of this file included."""
        if kind is None or kind.name == "Union":  # what is None gives no element at all
            return union(self.element(member) for member in kind.members() if member.name != "None") if kind is not None else None
        if kind.name == "type":
            owner = self.classes.definition(kind.args[0]) if kind.args and kind.args[0] is not None else None
            if owner is None or not self.classes.is_enum(owner):
                return None
            return kind.args[0] if all(self.classes.plain(one) for one in self.classes.relatives(owner)) else None
        if kind.name.startswith("."):
            seen = self.classes.tuple_view(kind)
            return element(seen) if seen is not kind else element(self.classes.result(kind, "__iter__", called=True))
        found = element(kind)
        return found if found is not None else signatures.iterated(kind)

    def place(self, kind: Type | None, path: tuple[int, ...] | None) -> Type | None:
        """The part of an unpacked value that a target at `path` gets: `a, (b, c) = v` binds `c` to the part (1, 1)."""
        if path is None:
            return None
        for index in path:
            members = [self.classes.tuple_view(one) for one in kind.members()] if kind is not None else [None]
            kind = union(place(one, index) if one is not None and "." not in one.name else self.element(one) for one in members)
        return kind

    @staticmethod
    def awaited_element(kind: Type | None) -> Type | None:
        """What an `async for` gets."""
        return element(kind) if kind is None or kind is NEVER or kind.name in _ASYNCHRONOUS else None


_ASYNCHRONOUS = frozenset({
    "types.AsyncGeneratorType", "collections.abc.AsyncIterator", "collections.abc.AsyncIterable", "collections.abc.AsyncGenerator",
})  # fmt: skip


def _shown(kind: Type | None) -> Type | None:
    """Without `NEVER`, which means nothing outside."""
    if kind is None or kind.name == "Never":
        return None
    if not kind.args or all(arg is None or (not arg.args and arg.name != "Never") for arg in kind.args):
        return kind
    return Type(kind.name, tuple(_shown(arg) for arg in kind.args), kind.variadic, kind.because, kind.declared, kind.record)
