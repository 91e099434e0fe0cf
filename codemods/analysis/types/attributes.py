"""Attributes of instances of this file's classes: an annotation, or all that the file stores there if it agrees."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec import Struct

from codemods.analysis.types import signatures
from codemods.analysis.types.builtin_calls import field_default
from codemods.analysis.types.containers import settled
from codemods.analysis.types.operations import augmented
from codemods.analysis.types.record_fields import fields_by_place, own_fields
from codemods.analysis.types.vocabulary import NEVER, NONE, Type, fits, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


_READ_ONLY = ("pathlib.", "re.", "datetime.", "os.", "urllib.parse.", "uuid.", "ipaddress.", "types.", "sys.", "collections.")
"""Where the library's classes take no stores to their attributes. (A thread makes a str of the name that it is given.)"""


_HOLDING = ("list", "dict", "set", "collections.deque", "collections.defaultdict", "collections.Counter", "collections.OrderedDict")


class Stored(Struct, frozen=True):
    """One store to an attribute.

    Attributes:
        kind: what is stored, `None` if it cannot be said.
        annotation: the annotation written there.
        line: where it is.
        on_instance: it is stored on an object, not on a class.
        below: it stands in a class below the one asked about, so that its annotation does not speak for that.
    """

    kind: Type | None
    annotation: ast.expr | None
    line: int
    on_instance: bool = True
    below: bool = False


class Attributes:
    """Types of attributes of one file's classes."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self.classes = inference.classes

    def of(self, owner: ast.ClassDef, name: str, exact: bool = False) -> Type | None:
        """The type of `instance.name` for an instance of `owner` or of a class below it, whenever it is read.

        `name` is mangled if it is private; `exact`: it is read from the class itself, or an instance of no class below it.
        """
        return self.inference.fixpoint.ask(("attribute", owner, name, exact), self._of, (owner, name, exact))

    def _of(self, about: tuple[ast.ClassDef, str, bool]) -> Type | None:
        owner, name, exact = about
        if self.classes.is_enum(owner):
            if name in ("name", "value"):
                return self.inference.enum_members.attribute(owner, name)
            bound = self.inference.enum_members.bound(owner, name)
            if bound:
                return Type(f".{owner.name}") if self.inference.enum_members.are(owner, bound) else None
        bodies = self.bodies(owner, name)
        if self._defined(bodies, name):
            return self.classes.result(Type(f".{owner.name}"), name, called=False, exact=exact)
        stores = [store for one in bodies for store in self._in_body(owner, one, name)]
        stores += self.stores(owner, name)
        stores.sort(key=lambda store: store.line)
        annotated = [store for store in stores if store.annotation is not None]
        own = [store for store in annotated if not store.below]
        if own and (not all(store.on_instance for store in stores) or self.inference.annotations.read(own[0].annotation) is not None):
            return self._annotated(owner, name, annotated, stores)
        if (annotated and not own) or not stores or self.classes.sets_aside(owner, name) or self.set_by_name(owner):
            return None
        if any(self.classes.sets_aside(heir, name) for heir in self.module.calls.descendants(owner)):
            return None
        if not exact and not any(store.on_instance for store in stores) and self._meant_to_be_replaced(owner, name):
            return None
        kind = settled(union(store.kind for store in stores))
        if kind is not None and not kind.args and kind.is_all(*_HOLDING):
            kind = self._with_contents(owner, name) or kind
        if kind is None or kind is NEVER or kind == NONE:
            return kind if kind is NEVER else None  # what is None in this file is something else in another
        lines = sorted({store.line for store in stores})
        return kind.said(f"`{name}` is only ever set to it (line {', '.join(map(str, lines[:3]))}{', …' if len(lines) > 3 else ''})")

    def _meant_to_be_replaced(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether classes in other files may well give an attribute of a class body another value: a public one, of a public class."""
        return not (name.startswith("_") or name.isupper() or self.classes.is_closed(owner))

    def of_library(self, kind: Type, name: str) -> Type | None:
        """The type of an attribute of a value of a builtin or library class, if nothing else is set there."""
        said = self.inference.namespaces.attribute(kind, name) if kind.name == "argparse.Namespace" else signatures.attribute(kind, name)
        if said is None or ("." not in kind.name and kind.name not in signatures.EXCEPTIONS):
            return said
        if self.inference.foreign_heirs.override(kind.name, name):
            return None
        if kind.name.startswith(_READ_ONLY) or (kind.name, name) == ("threading.Thread", "name"):
            return said
        for node in self.classes.stores.get(name, ()):
            if isinstance(node.ctx, ast.Store) and self._is_of(kind, node.value):
                stored, _ = self.stored(node)
                if stored is None or not all(fits(member, said) for member in stored.members() if member.name != "Never"):
                    return None
        setters = self.inference.hidden.attribute_setters
        return said if not any(written in (name, None) and self._is_of(kind, thing) for thing, written, _ in setters) else None

    def _is_of(self, kind: Type, thing: ast.expr | None) -> bool:
        """Whether an attribute that is set on `thing` may be set on a value of the class `kind`, which is none of this file's."""
        if thing is None:
            return True
        origin = self.module.origin(thing)
        if origin is not None and "." not in origin:
            return False  # a module: `sys.stdout = …`
        receiver = self.inference.infer(thing)
        heirs = self.inference.foreign_heirs.of(kind.name)
        return receiver is None or any(one.name == kind.name or self.classes.definition(one) in heirs for one in receiver.members())

    def is_method(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether the name is that of a method or property, in the class or one that is related to it."""
        return self._defined(self.bodies(owner, name), name)

    def bodies(self, owner: ast.ClassDef, name: str) -> list[ast.ClassDef]:
        """The classes of the file that have a say in an instance's attribute and bind its name in their body."""
        return [one for one in self.classes.relatives(owner) if name in self.module.scope_inside(one).bindings]

    def _defined(self, bodies: list[ast.ClassDef], name: str) -> bool:
        """Whether the name is that of a method or property."""
        bound = [binding.node for one in bodies for binding in self.module.scope_inside(one).bindings[name]]
        return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in bound)

    def _with_contents(self, owner: ast.ClassDef, name: str) -> Type | None:
        """The collections that are stored there, each in one assignment, with what is in them."""
        found: list[Type | None] = []
        for node in self.classes.stores.get(name, ()):
            if not isinstance(node.ctx, ast.Store) or not self._may_concern(owner, node.value):
                continue
            match self.module.parent(node):
                case ast.Assign(targets=[_], value=value):
                    found.append(self.inference.infer(value))
                case ast.AugAssign():
                    pass  # an addition
                case _:
                    return None
        kind = union(found)
        return self.inference.contents.of_attribute(name, kind) if kind is not None else None

    def is_plain(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether a store to the attribute of an instance keeps just what is stored, for the next read to find."""
        bodies = self.bodies(owner, name)
        if any(self.classes.sets_aside(one, name) for one in self.classes.relatives(owner)):
            return False
        kinds = [store.kind for one in bodies for store in self._in_body(owner, one, name) if store.annotation is None]
        return all(kind is not None for kind in kinds)  # a descriptor may stand in the class's body

    def _annotated(self, owner: ast.ClassDef, name: str, annotated: list[Stored], stores: list[Stored]) -> Type | None:
        """What the annotations say, if they say the same and nothing stored says otherwise; a stored None joins in."""
        first = annotated[0].annotation
        assert first is not None
        said = self.inference.annotations.read(first)
        if said is None or any(self.inference.annotations.read(one.annotation) != said for one in annotated[1:]):
            return None
        kinds = [*(store.kind for store in stores), *self._passed(owner, name)]
        for kind in kinds:
            for member in kind.members() if kind is not None and kind is not NEVER else ():
                if member.name == "None":
                    joined = union([said, NONE])
                    assert joined is not None
                    said = joined
                elif not fits(member, said):
                    return None
        uses = [node for node in self.module.calls.attributes.get(name, ()) if self._may_concern(owner, node.value)]
        checked = self.inference.contents.checked_attribute(uses, said)
        return checked.said(f"annotated `{ast.unparse(first)}` at line {annotated[0].line}") if checked is not None else None

    def _passed(self, owner: ast.ClassDef, name: str) -> list[Type | None]:
        """The types of what calls of a dataclass or NamedTuple, or of one below it, pass for a field."""
        if name not in own_fields(owner) or "__init__" in self.module.scope_inside(owner).bindings:
            return []
        found = self.inference.parameters.of_copies(name)
        for one in (owner, *self.module.calls.descendants(owner)):
            fields = fields_by_place(one, self.module)
            if "__init__" not in self.module.scope_inside(one).bindings:
                found += self.inference.parameters.of_field(one, name, fields.index(name) if name in fields else None)
        return found

    # --- what is stored ---

    def _in_body(self, owner: ast.ClassDef, body: ast.ClassDef, name: str) -> list[Stored]:
        """What the body of a class related to `owner` binds the name to."""
        found: list[Stored] = []
        below = body not in self.classes.lineage(owner)
        for binding in self.module.scope_inside(body).bindings[name]:
            kind = NEVER if binding.kind == "annotation" else self.inference.bindings.of(binding)
            if binding.annotation is not None and isinstance(binding.value, ast.Call):
                kind = field_default(self.inference, binding.value, kind)
            wrapped = self.inference.annotations.is_bare_final(binding.annotation)
            found.append(Stored(kind, None if wrapped else binding.annotation, self.module.line(binding.node), False, below))
        return found

    def stores(self, owner: ast.ClassDef, name: str) -> list[Stored]:
        """What `anything.name = …` in the file may store on an instance of the class."""
        found: list[Stored] = []
        for node in self.classes.stores.get(name, ()):
            if isinstance(node.ctx, ast.Store) and self._may_concern(owner, node.value):
                kind, annotation = self.stored(node)
                receiver = self.inference.infer(node.value)
                around = self.module.function(node)
                theirs = self.module.class_of(around) if around is not None else None
                below = theirs is not None and theirs not in self.classes.lineage(owner)
                found.append(Stored(kind, annotation, node.lineno, receiver is None or receiver.name != "type", below))
        for thing, written, value in self.inference.hidden.attribute_setters:
            if written == name and thing is not None and self._may_concern(owner, thing):
                kind = self.inference.infer(value) if value is not None else None
                found.append(Stored(kind, None, self.module.line(thing)))
        return found

    def _may_concern(self, owner: ast.ClassDef, receiver: ast.expr) -> bool:
        """Whether the receiver of a store may be an instance of the class, of one below it, or one of these classes."""
        kind = self.inference.infer(receiver)
        if kind is None:
            return True
        relatives = {f".{one.name}" for one in self.classes.relatives(owner)}
        for member in kind.members():
            inner = member.argument(0) if member.name == "type" else member
            if inner is None or inner.name in relatives:
                return True
        return False

    def stored(self, node: ast.Attribute) -> tuple[Type | None, ast.expr | None]:
        """What one store stores, with the annotation written at it."""
        path: tuple[int, ...] = ()
        target: ast.AST = node
        around = self.module.parent(node)
        while isinstance(around, ast.Tuple | ast.List):
            path = (around.elts.index(target), *path)  # type: ignore[arg-type]
            target, around = around, self.module.parent(around)
        infer = self.inference.infer
        match around:
            case ast.Starred():
                return Type("list"), None
            case ast.AnnAssign(value=None):
                return NEVER, around.annotation
            case ast.AnnAssign(value=value):
                bare = self.inference.annotations.is_bare_final(around.annotation)
                return settled(infer(value)), None if bare else around.annotation  # type: ignore[arg-type]
            case ast.Assign():
                return settled(_part(around.value, path, self.inference)), None
            case ast.AugAssign():
                return settled(augmented(around.op, infer(node), infer(around.value))), None
            case ast.For():
                return settled(self.inference.place(self.inference.element(infer(around.iter)), path)), None
            case ast.withitem():
                asynchronous = isinstance(self.module.parent(around), ast.AsyncWith)
                return settled(self.inference.place(self.inference.managers.entered(around.context_expr, asynchronous), path)), None
            case _:
                return None, None

    def set_by_name(self, owner: ast.ClassDef) -> bool:
        """Whether attributes may be set where their names are not written out."""
        return any(
            written is None and (thing is None or self._may_concern(owner, thing))
            for thing, written, _ in self.inference.hidden.attribute_setters
        )


def _part(value: ast.expr, path: tuple[int, ...], inference: Inference) -> Type | None:
    """The part of an assigned value that a target at `path` gets, looked up in the displays as they are written."""
    while path and isinstance(value, ast.Tuple | ast.List) and not any(isinstance(one, ast.Starred) for one in value.elts):
        if path[0] >= len(value.elts):
            return None
        value, path = value.elts[path[0]], path[1:]
    return inference.place(inference.infer(value), path)
