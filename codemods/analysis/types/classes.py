"""The classes of the file as types: what stands above and below each, what its attributes and methods are."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import mangled
from codemods.analysis.types.foreign_bases import ENUMS, has
from codemods.analysis.types.vocabulary import Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

Method = ast.FunctionDef | ast.AsyncFunctionDef

PROPERTIES = frozenset({"builtins.property", "abc.abstractproperty"})

_TUPLES = frozenset({"typing.NamedTuple", "typing_extensions.NamedTuple"})

_DECORATORS = frozenset({
    "dataclasses.dataclass", "functools.total_ordering", "typing.final", "typing_extensions.final", "typing.runtime_checkable",
    "enum.unique", "attr.s", "attr.attrs", "attrs.define", "attrs.frozen", "attr.define",
})  # fmt: skip
"""Class decorators that leave a class with the attributes and methods written in it."""


class Classes:
    """Facts about the classes of one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self._relatives: dict[ast.ClassDef, list[ast.ClassDef]] = {}
        self._lineages: dict[ast.ClassDef, list[ast.ClassDef | str]] = {}

    @cached_property
    def stores(self) -> dict[str, list[ast.Attribute]]:
        """Every attribute store and deletion of the file, by the name that the attribute has at run time (`_C__x`), as they stand."""
        found: dict[str, list[ast.Attribute]] = {}
        for nodes in self.module.calls.stored_attributes.values():
            for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
                found.setdefault(mangled(node.attr, self.module.scope(node)), []).append(node)
        return found

    @cached_property
    def disguised(self) -> bool:
        """Whether a class of the file says itself what the class of its instances is, or what its name is."""
        bodies = (scope for scope in self.module.names.module.below() if scope.kind == "class")
        return any("__class__" in scope.bindings or "__name__" in scope.bindings for scope in bodies)

    def definition(self, kind: Type) -> ast.ClassDef | None:
        """The class of this file that a type names."""
        if not kind.name.startswith("."):
            return None
        found = self.module.calls.classes.get(kind.name[1:], [])
        return found[0] if len(found) == 1 else None

    def lineage(self, owner: ast.ClassDef) -> list[ast.ClassDef | str]:
        """The class and what it derives from, in the order in which Python looks there: classes of this file, and others by their full
        name ("?" if unknown)."""
        known = self._lineages.get(owner)
        if known is None:
            self._lineages[owner] = [owner]  # a class may stand in its own bases, where the name means another
            above = [self._base(base) for base in owner.bases]
            known = self._lineages[owner] = [owner, *_merged(above)]
        return known

    def _base(self, base: ast.expr) -> list[ast.ClassDef | str]:
        if isinstance(base, ast.Subscript):
            base = base.value
        origin = self.module.origin(base)
        if origin is not None:
            return [origin.replace("typing.", "collections.abc.") if origin.partition(".")[2] in _TYPING_ABC else origin]
        if isinstance(base, ast.Name):
            bindings = self.module.bindings(base.id, base)
            if len(bindings) == 1 and isinstance(bindings[0].node, ast.ClassDef):
                return self.lineage(bindings[0].node)
        return ["?"]

    def relatives(self, owner: ast.ClassDef) -> list[ast.ClassDef]:
        """The classes of this file whose code may run on an instance of `owner` or of a class of this file that derives from it."""
        known = self._relatives.get(owner)
        if known is None:
            known = self._relatives[owner] = []
            for heir in [owner, *self.module.calls.descendants(owner)]:
                known += [one for one in self.lineage(heir) if isinstance(one, ast.ClassDef) and one not in known]
        return known

    def plain(self, owner: ast.ClassDef) -> bool:
        """Whether nothing but the class's own text decides what the class is: no metaclass, no decorator that may replace it."""
        if any(keyword.arg in (None, "metaclass") for keyword in owner.keywords):
            return False
        return all(self._origin_of(one) in _DECORATORS for one in owner.decorator_list)

    def _origin_of(self, decorator: ast.expr) -> str | None:
        return self.module.origin(decorator.func if isinstance(decorator, ast.Call) else decorator)

    def sets_aside(self, owner: ast.ClassDef, attribute: str) -> bool:
        """Whether a base from outside, a metaclass or attribute hook may have a say in the attribute."""
        for one in self.lineage(owner):
            if isinstance(one, str):
                if has(one, attribute):
                    return True
            elif not self.plain(one) or any(hook in self.module.scope_inside(one).bindings for hook in _HOOKS):
                return True
        return self.module.calls.heirs.overrides(owner, attribute)

    def called_back(self, owner: ast.ClassDef, method: str) -> bool:
        """Whether a base from outside may call, or look up, a method that the class writes."""
        return any(isinstance(one, str) and has(one, method) for one in self.lineage(owner))

    def is_enum(self, owner: ast.ClassDef) -> bool:
        return any(one in ENUMS for one in self.lineage(owner))

    def is_typed_dict(self, owner: ast.ClassDef) -> bool:
        return any(one in ("typing.TypedDict", "typing_extensions.TypedDict") for one in self.lineage(owner))

    def tuple_view(self, kind: Type) -> Type | None:
        """A NamedTuple of this file as the tuple it is; any other type as it is, and one that says itself what its items are."""
        owner = self.definition(kind)
        if owner is None:
            return kind
        lineage = [one for one in self.lineage(owner) if isinstance(one, ast.ClassDef)]
        made = next((one for one in lineage if any(self._base(base)[0] in _TUPLES for base in one.bases)), None)
        own = {"__iter__", "__getitem__"}
        if made is None or any(own & self.module.scope_inside(one).bindings.keys() for one in self.relatives(owner)):
            return kind
        fields = [one.annotation for one in made.body if isinstance(one, ast.AnnAssign)]
        return Type("tuple", tuple(self.inference.annotations.read(one) for one in fields))

    def methods(self, owner: ast.ClassDef, name: str) -> list[Method] | None:
        """The definitions that `instance.name` may mean: the class's own or inherited one, and those of the classes below it.

        `None` where it may mean something else.
        """
        mine = self._method(owner, name)
        if mine is None or self._replaced(owner, mine, name):
            return None
        if any("__getattribute__" in self.module.scope_inside(one).bindings for one in self.relatives(owner)):
            return None
        found = [mine]
        for heir in self.module.calls.descendants(owner):
            theirs = self._method(heir, name)
            if theirs is None:
                return None
            found.append(theirs)
        return list(dict.fromkeys(found))

    def _replaced(self, owner: ast.ClassDef, method: Method, name: str) -> bool:
        """Whether the file sets the attribute that the method is. A store to a property of an instance goes to its setter."""
        stores = [one for one in self.stores.get(name, ()) if not self._of_another(owner, one.value)]
        is_property = any(self._origin_of(one) in PROPERTIES for one in method.decorator_list)
        if any(not is_property or self._to_class(one.value) for one in stores) or self.module.calls.heirs.overrides(owner, name):
            return True
        return any(written == name for _, written, _ in self.inference.hidden.attribute_setters)

    def _to_class(self, receiver: ast.expr) -> bool:
        kind = self.inference.infer(receiver)
        return kind is not None and any(one.name == "type" for one in kind.members())

    def _of_another(self, owner: ast.ClassDef, receiver: ast.expr) -> bool:
        """Whether a store's receiver is certainly neither of the class or one related to it, nor one of these classes."""
        kind = self.inference.infer(receiver)
        if kind is None:
            return False
        relatives = {f".{one.name}" for one in self.relatives(owner)}
        inner = [one.argument(0) if one.name == "type" else one for one in kind.members()]
        return all(one is not None and one.name.startswith(".") and one.name not in relatives for one in inner)

    def is_closed(self, owner: ast.ClassDef) -> bool:
        """Whether other files derive nothing from this class and from those below it: each is private, final, or an enum with members."""
        return all(self._is_closed(one) for one in [owner, *self.module.calls.descendants(owner)])

    def _is_closed(self, owner: ast.ClassDef) -> bool:
        if any(self._origin_of(one) in ("typing.final", "typing_extensions.final") for one in owner.decorator_list):
            return True
        if self.is_enum(owner) and self.inference.enum_members.has_any(owner):
            return True
        return owner.name.startswith("_") and owner.name not in self.module.exported and owner.name not in self._renamed

    @cached_property
    def _renamed(self) -> frozenset[str]:
        """The names of which an assignment makes another name."""
        kinds: tuple[type[ast.Assign | ast.AnnAssign | ast.NamedExpr], ...] = (ast.Assign, ast.AnnAssign, ast.NamedExpr)
        values = (node.value for node in self.module.names.nodes(*kinds))
        return frozenset(value.id for value in values if isinstance(value, ast.Name))

    def is_exact(self, receiver: ast.expr) -> bool:
        """Whether a receiver is a class of the file by its name, or made by calling it, and so no instance of a class below it.

        A variable of a module is not taken for it: another file may well put an object of a class of its own there.
        """
        match receiver:
            case ast.Call(func=ast.Name() as made):
                return isinstance(self.module.calls.named(made), ast.ClassDef)
            case ast.Name():
                if isinstance(self.module.calls.named(receiver), ast.ClassDef):
                    return True
                match self.module.bindings(receiver.id, receiver):
                    case [one] if one.kind == "assign" and one.path == () and one.scope.kind == "function":
                        return isinstance(one.value, ast.Call) and self.is_exact(one.value)
        return False

    def _method(self, owner: ast.ClassDef, name: str) -> Method | None:
        for one in self.lineage(owner):
            if isinstance(one, str):
                if has(one, name):
                    return None
            elif name in self.module.scope_inside(one).bindings:
                return self._own(one, name)
        return None

    def _own(self, owner: ast.ClassDef, name: str) -> Method | None:
        """The one definition of a name in a class's body (or the property, where its setter has the same name)."""
        found = [binding.node for binding in self.module.scope_inside(owner).bindings[name]]
        if isinstance(found[0], Method) and all(isinstance(one, Method) and _is_setter(one, name) for one in found[1:]):
            return found[0]
        return None

    def result(self, kind: Type, name: str, called: bool, exact: bool = False) -> Type | None:
        """What `instance.name(…)` gives, or for a property (`called` false) what `instance.name` gives.

        `exact`: it is one of `owner` itself, not of a class below it.
        """
        owner = self.definition(kind)
        if owner is None or any(not self.plain(one) for one in self.relatives(owner)):
            return None
        methods = self.methods(owner, name)
        if methods is None:
            return None
        functions = self.inference.functions
        own = (exact or self.is_closed(owner)) and "__class__" not in self.stores and not self.inference.attributes.set_by_name(owner)
        return union((functions.method_result if called else functions.property_result)(method, own) for method in methods)


_HOOKS = ("__getattr__", "__getattribute__", "__setattr__")

_TYPING_ABC = frozenset({
    "Mapping", "MutableMapping", "Sequence", "MutableSequence", "Iterable", "Iterator", "Hashable", "Sized", "Collection",
})  # fmt: skip


def _merged(above: list[list[ast.ClassDef | str]]) -> list[ast.ClassDef | str]:
    """The lineages of the bases as one, each class before those it derives from (C3); depth first where that cannot be."""
    rest = [*map(list, above), list(dict.fromkeys(one[0] for one in above))]
    found: list[ast.ClassDef | str] = []
    while rest := [one for one in rest if one]:
        tails = [one for line in rest for one in line[1:]]
        first = next((line[0] for line in rest if line[0] not in tails), rest[0][0])
        found.append(first)
        rest = [[one for one in line if one != first] for line in rest]
    return found


def _is_setter(node: ast.AST, name: str) -> bool:
    assert isinstance(node, Method)
    match node.decorator_list:
        case [ast.Attribute(value=ast.Name(id=decorated), attr="setter" | "deleter")]:
            return decorated == name
        case _:
            return False
