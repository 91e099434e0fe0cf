"""Whether what was seen in a collection when it was made is all that it ever holds.

`names = ["a"]` says that the elements are str. That stays true as long as every use of the variable either only looks, or adds something
whose type is known, which is then joined. A use that lets the collection out of sight makes the contents unknown.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls.operand_changes import is_plain, operators_at
from codemods.analysis.change.additions import Additions, Follower
from codemods.analysis.change.evidence import Evidence
from codemods.analysis.change.inwards import Inwards
from codemods.analysis.change.nested import MOST_LEVELS, Nested
from codemods.analysis.names.open_looks import OpenLooks
from codemods.analysis.names.scopes import Binding, Variable
from codemods.analysis.types.containers import KEYED, item, settled, shallow
from codemods.analysis.types.operations import augmented
from codemods.analysis.types.vocabulary import BOOL, NEVER, SCALARS, Type, fits, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


_NEW = frozenset({"list", "set"})
_TRACKED = KEYED | {"list", "set", "collections.deque"}


class Contents:
    """Decides for each variable that holds a collection."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self._additions: dict[Variable, Additions] = {}
        self._of_attributes: dict[str, Additions] = {}
        self._nested: dict[Variable, Nested] = {}
        self.looks = OpenLooks(self.module)

    def operated(self, operation: ast.AST, use: ast.expr, inside: bool = False) -> bool:
        """Whether an operator with a collection as an operand may change it, or with `inside` its elements, keep it or hand it on."""
        return not (is_plain(operation, use) or self.module.hidden.operators_that_change.isdisjoint(operators_at(operation, use, inside)))

    def kept(self, binding: Binding, kind: Type) -> Type | None:
        """The type of what is assigned, with as much of its contents as is true for all reads of the variable."""
        inner = shallow(kind)
        fresh = binding.path == () or isinstance(self.module.parent(binding.node), ast.Starred)
        if inner is None or inner == settled(kind) or not fresh:
            return settled(kind)
        if self._shared(binding):
            return settled(kind)
        variable = (binding.scope, binding.name)
        additions = self.additions(variable)
        if additions.lost:
            return settled(kind)
        if inner != kind and (deep := self._deep(variable, kind)) is not None:
            return deep
        return union(self._joined(member, variable, additions) for member in inner.members())

    # --- collections in collections ---

    def _deep(self, variable: Variable, kind: Type) -> Type | None:
        """The type with the contents of all that is inside, where that is what it was made of and what is put in; `None` if not."""
        nested = self.inside(variable)
        return self.inwards(kind, variable, nested, 0) if nested is not None else None

    def inside(self, variable: Variable) -> Nested | None:
        """What is done to the collections inside that of a variable; `None` where not all is in sight."""
        nested = self._nested.get(variable)
        if nested is None:
            nested = self._nested[variable] = Inwards(self.inference).of(variable)
        if nested.lost or self.inference.fixpoint.ask(("nested", variable), self._as_taken, nested) is None:
            return None
        return nested

    def _as_taken(self, nested: Nested) -> Type | None:
        """Something if all that was taken to be no collection, or a new one of such, is that."""
        kinds = [*map(self.inference.infer, nested.plain)]
        kinds += [self._of_new(self.inference.infer(one)) for one in nested.fresh]
        return BOOL if all(kind is not None and all(map(self._holds_nothing, kind.members())) for kind in kinds) else None

    @staticmethod
    def _of_new(kind: Type | None) -> Type | None:
        """What is in a new collection; of a text or a number, that itself."""
        if kind is None:
            return None
        members = ((one.argument(0) if one.name in _NEW else one) for one in kind.members())
        return union(members)

    def _holds_nothing(self, kind: Type) -> bool:
        """Whether a value is no collection, nor anything that could be one: a number, a text, a member of an enum."""
        if kind.name in SCALARS or kind.name == "Never":
            return True
        owner = self.inference.classes.definition(kind)
        return owner is not None and self.inference.classes.lineage(owner)[1:] == ["enum.Enum"]

    def inwards(self, kind: Type | None, variable: Variable, nested: Nested, level: int) -> Type | None:
        """A type of a level, with what is put into its collections and into all that are inside of them."""
        if kind is None or level >= MOST_LEVELS:
            return settled(kind)
        return union(self._member_inwards(one, variable, nested, level) for one in kind.members())

    def _member_inwards(self, kind: Type, variable: Variable, nested: Nested, level: int) -> Type | None:
        if not kind.args or kind.name not in (_TRACKED | {"tuple"}):
            return settled(kind)
        keyed = kind.name in KEYED
        added: Type | None = Type("additions", (NEVER,) * len(kind.args))
        if kind.name != "tuple":
            key = ("nested", variable, level, keyed, kind.name == "collections.defaultdict")
            added = self.inference.fixpoint.ask(key, self._added, (nested.levels[level], keyed, kind.name, True))
        if added is None:
            return Type(kind.name, because=kind.because)
        given = added.args if added is not NEVER else (NEVER,) * len(kind.args)
        inner = [union(pair) for pair in zip(kind.args, given, strict=False)]
        inner = [self.inwards(one, variable, nested, level + 1) for one in inner]
        return Type(kind.name, tuple(inner), kind.variadic, kind.because, declared=level > 0)

    # --- of other variables and attributes ---

    def of_attribute(self, name: str, kind: Type) -> Type | None:
        """The type of what attributes of this (mangled) name hold, with as much of its contents as is true for all reads.

        `kind` is what is stored there. Its contents count where the attribute is private, the only way to the collection, and all that
        the file puts in is to be seen.
        """
        inner = shallow(kind)
        private = name.startswith("_") and not name.endswith("__") and self.module.private_attributes.own(name)
        private = private and not self.inference.parameters.agreed.finds_by_name
        if inner is None or not private or self._attribute_additions(name).lost:
            return settled(kind)
        return union(self._joined(member, name, self._attribute_additions(name)) for member in inner.members())

    def _attribute_additions(self, name: str) -> Additions:
        known = self._of_attributes.get(name)
        if known is None:
            known = self._of_attributes[name] = Additions()
            Follower(self.inference, known).follow_attribute(name)
        return known

    def checked(self, variable: Variable, said: Type | None) -> Type | None:
        """What annotations say of a variable's value, less the contents where the file itself puts in something else."""
        if said is None or not _declares(said):
            return said
        scope, name = variable
        uses = [use for use in scope.mentions(name) if isinstance(use.ctx, ast.Load)]
        return self._less_inwards(self._less(said, self.additions(variable)), Evidence(self.inference).from_uses(uses, said), 0)

    def _less_inwards(self, said: Type | None, nested: Nested, level: int) -> Type | None:
        """The same of what is inside of collections inside."""
        if said is None or level >= MOST_LEVELS:
            return said
        said = self._less(said, nested.levels[level])
        return union(self._member_less(one, nested, level) for one in (said.members() if said is not None else ()))

    def _member_less(self, said: Type, nested: Nested, level: int) -> Type:
        args = tuple(self._less_inwards(arg, nested, level + 1) for arg in said.args)
        return Type(said.name, args, said.variadic, said.because, said.declared, said.record)

    def checked_attribute(self, uses: list[ast.Attribute], said: Type) -> Type | None:
        """The same of an attribute, of which these are the uses."""
        if not _declares(said):
            return said
        additions = Additions()
        Follower(self.inference, additions).follow_uses(uses)
        for use in uses:
            match self.module.parent(use):
                case ast.Assign(targets=[target], value=value) | ast.AnnAssign(target=target, value=ast.expr() as value) if target is use:
                    kind = self.inference.infer(value)
                    if kind is not None and not all(member.name == "Never" or fits(member, said) for member in kind.members()):
                        return None
        loads = [use for use in uses if isinstance(use.ctx, ast.Load)]
        return self._less_inwards(self._less(said, additions), Evidence(self.inference).from_uses(loads, said), 0)

    def _less(self, said: Type, additions: Additions) -> Type | None:
        elements = self._elements(additions) + [self.inference.infer(value) for _, value in additions.items]
        kept: list[Type | None] = []
        for member in said.members():
            given: list[tuple[Type | None, ...]] = [(one,) for one in elements]
            if member.name in KEYED:
                given = [*self._pairs(additions, member.name)]
            holds = member.name not in _TRACKED or all(fits(Type(member.name, one), member) for one in given)
            kept.append(member if holds else Type(member.name, because=member.because))
        return union(kept)

    @staticmethod
    def _shared(binding: Binding) -> bool:
        """`a = b = []` makes one list for two names."""
        return isinstance(binding.statement, ast.Assign) and len(binding.statement.targets) > 1

    def _joined(self, kind: Type, variable: Variable | str, additions: Additions) -> Type | None:
        if kind.declared or kind.name not in _TRACKED:
            return kind
        keyed = kind.name in KEYED
        key = ("contents", variable, keyed, kind.name == "collections.defaultdict")
        added = self.inference.fixpoint.ask(key, self._added, (additions, keyed, kind.name, False))
        if added is None or added is NEVER:
            return kind if added is NEVER else settled(kind)
        args = tuple(union(pair) for pair in zip(kind.args, added.args, strict=False))
        return Type(kind.name, args if len(args) == len(kind.args) else (), because=kind.because)

    def _added(self, about: tuple[Additions, bool, str, bool]) -> Type | None:
        """What is put in, as the args of a collection of that kind; with all its contents where those are known to be all."""
        additions, keyed, name, whole = about
        infer = self.inference.infer
        settle = (lambda kind: kind) if whole else settled
        if not keyed:
            found = self._elements(additions) + [infer(value) for _, value in additions.items]
            found += [self._incremented(one) for one in additions.increments]
            return Type("additions", (settle(union(found)),))
        if additions.elements or additions.iterables:
            return None
        pairs = self._pairs(additions, name)
        keys = [key for key, _ in pairs] + [infer(_index(one)) for one in additions.increments]
        values = [value for _, value in pairs] + [self._incremented(one) for one in additions.increments]
        if name == "collections.defaultdict":
            keys += [infer(one) for one in additions.reads]
        return Type("additions", (settled(union(keys)), settle(union(values))))

    def _elements(self, additions: Additions) -> list[Type | None]:
        """What is put into a list, set or the like, but for what is stored at an index."""
        iterables = [*additions.iterables, *additions.merges, *(one for call in additions.updates for one in call.args)]
        return [*map(self.inference.infer, additions.elements), *map(self._element, iterables)]

    def _pairs(self, additions: Additions, name: str) -> list[tuple[Type | None, Type | None]]:
        """The keys and values that are put into a dict of the class called `name`, but for those that are counted up."""
        infer, as_dict = self.inference.infer, self.inference.calls.as_dict
        pairs = [(infer(index), infer(value)) for index, value in additions.items]
        given = [*map(infer, additions.merges), *(as_dict(call, counting=name == "collections.Counter") for call in additions.updates)]
        for one in given:
            pairs.append((one.argument(0), one.argument(1)) if one is not None and one.name in KEYED else (None, None))
        return pairs

    def _element(self, iterable: ast.expr) -> Type | None:
        return self.inference.element(self.inference.infer(iterable))

    def _incremented(self, statement: ast.AugAssign) -> Type | None:
        """`d[k] += v` stores what comes out."""
        assert isinstance(statement.target, ast.Subscript)
        infer = self.inference.infer
        before = item(infer(statement.target.value), infer(statement.target.slice))
        return augmented(statement.op, before, infer(statement.value))

    # --- what the uses do ---

    def additions(self, variable: Variable) -> Additions:
        """What all uses of the variable, and of the variables that are given its collection, put in."""
        known = self._additions.get(variable)
        if known is None:
            known = self._additions[variable] = Additions()
            Follower(self.inference, known).follow(variable, returnable=True)
        return known


def _declares(kind: Type) -> bool:
    """Whether an annotation says what a collection holds, that of the type or one inside."""
    return any(
        (member.declared and member.name in _TRACKED) or any(arg is not None and _declares(arg) for arg in member.args)
        for member in kind.members()
    )


def _index(statement: ast.AugAssign) -> ast.expr:
    assert isinstance(statement.target, ast.Subscript)
    return statement.target.slice
