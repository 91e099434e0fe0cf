"""What is known of a value's class: the vocabulary of `Module.type_of`."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Type(Struct, frozen=True):
    """The class of a value, as far as it is proved (design: a builtin annotation or an `isinstance` test means that builtin).

    Attributes:
        name: a builtin by its bare name ("str", "dict", "None" for the class of None); any other importable class by its full name
            ("collections.OrderedDict", "collections.abc.Sequence", "pathlib.Path"); a class of this file by a dot and its name
            (".Point"); "Union" for one of several, which are `args`.
        args: what is known of the contents: (element,) of list, set, frozenset, deque, iterators and generators; (key, value) of
            dicts; one for each place of a tuple, or (element,) with `variadic` for a tuple of any length; the class itself of a
            "type"; the result of a "function". `None` stands for an unknown argument, `()` for nothing known.
        because: a clause for people that says from what it is known ("assigned a list at line 3"). Not part of equality.
        declared: the contents are what an annotation says, and so hold whatever is done to the value. Contents that were only seen
            when the value was made hold until it may have been changed. Not part of equality.
        record: of a dict, which TypedDict of the file says what is behind its keys; of a pattern or match, its groups (`regex_types`).
    """

    name: str
    args: tuple[Type | None, ...] = ()
    variadic: bool = False
    because: str = ""
    declared: bool = False
    record: str = ""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Type):
            return False
        return self.name == other.name and self.args == other.args and self.variadic == other.variadic and self.record == other.record

    def __hash__(self) -> int:
        return hash((self.name, self.args, self.variadic, self.record))

    def members(self) -> tuple[Type, ...]:
        """The alternatives of a union, or this type alone."""
        return tuple(arg for arg in self.args if arg is not None) if self.name == "Union" else (self,)

    def argument(self, index: int) -> Type | None:
        """`args[index]`, or `None` where it is not known."""
        return self.args[index] if index < len(self.args) else None

    def is_all(self, *names: str) -> bool:
        """Whether the value is certainly of one of the classes named."""
        return all(member.name in names for member in self.members())

    def said(self, because: str) -> Type:
        """The same type, known from something else."""
        return Type(self.name, self.args, self.variadic, because, self.declared, self.record)

    def __str__(self) -> str:
        """As a person writes it: `list[int]`, `str | None`."""
        if self.name == "Union":
            return " | ".join(str(member) for member in self.members())
        shown = self.name.lstrip(".").rpartition(".")[2]
        known = [str(arg) if arg else "?" for arg in self.args]
        if self.variadic:
            known.append("...")
        return f"{shown}[{', '.join(known)}]" if any(self.args) else shown


STR, INT, FLOAT, BOOL, BYTES, COMPLEX, NONE = (Type(name) for name in ("str", "int", "float", "bool", "bytes", "complex", "None"))

NEVER = Type("Never")
"""The type of a value that no path gives: what an empty list holds, a variable before its first binding. Unions leave it out. Inside
`Inference` only; `Module.type_of` never hands it out."""

IMMUTABLE = frozenset({"str", "bytes", "int", "float", "bool", "complex", "None", "tuple", "range", "frozenset"})
"""Builtin classes whose instances never change."""

SCALARS = frozenset({"str", "bytes", "int", "float", "bool", "complex", "None", "range"})
"""Builtin classes whose instances hold no objects of the program's, all have a hash, and whose operators run no code of it."""

SEQUENCES = frozenset({"list", "tuple", "str", "bytes", "bytearray", "range", "collections.deque", "array.array"})
"""Classes that give the same elements, in the same order, to `for` as to indexes from 0 to `len() - 1`."""

DICTS = frozenset({"dict", "collections.OrderedDict", "collections.defaultdict", "collections.Counter"})
"""Classes that iterate over exactly their keys, and whose `keys()`, `in` and `items()` agree with that."""

_WIDEST = 8
"""More alternatives than this tell nobody anything."""


def union(types: Iterable[Type | None]) -> Type | None:
    """One type for a value that is one of `types`: unknown if any is unknown, the type itself if all agree.

    Collections of one class become one whose contents are those of either. `NEVER` is left out, and is the answer for nothing else.
    """
    members: list[Type] = []
    first: Type | None = None
    for one in types:
        if one is None:
            return None
        if one.name == "Never":
            continue
        first = first or one
        for member in one.members():
            _join(members, member)
    if first is None or len(members) > _WIDEST:
        return NEVER if first is None else None
    if len(members) == 1:
        return members[0]
    joined = Type("Union", tuple(members), because=first.because)
    same = first == joined and all(old.declared == new.declared for old, new in zip(first.members(), members, strict=True))
    return first if same else joined


def _join(members: list[Type], new: Type) -> None:
    for index, old in enumerate(members):
        if old.name != new.name:
            continue
        declared = old.declared and new.declared
        if old == new:
            if declared != old.declared:
                members[index] = new
            return
        if len(old.args) == len(new.args) and old.variadic == new.variadic:
            args = tuple(union(pair) for pair in zip(old.args, new.args, strict=True))
            members[index] = Type(old.name, args, old.variadic, old.because, declared)
            return
        if old.name != "tuple" or not old.args or not new.args:
            members[index] = Type(old.name, (), False, old.because, declared)
            return
    members.append(new)


def without(kind: Type | None, *names: str) -> Type | None:
    """The type less the alternatives of the classes named. `NEVER` if nothing is left."""
    if kind is None:
        return None
    left = [member for member in kind.members() if member.name not in names]
    return kind if len(left) == len(kind.members()) else union(left)


def fits(kind: Type, said: Type) -> bool:
    """Whether an instance of the one class `kind` may stand where an annotation says `said`, for all that is known."""
    foreign = "." in kind.name and not kind.name.startswith(".") and kind.name not in _CONCRETE
    return foreign or any(_fits(kind.name, one.name) and _holds(kind, one) for one in said.members())


def _holds(kind: Type, said: Type) -> bool:
    """Whether what is known of the contents may be what an annotation says of them: `["a", 5]` is no `list[str]`."""
    wanted = said.args * len(kind.args) if said.variadic else said.args
    if len(wanted) != len(kind.args) or ("." in said.name and said.name not in _CONCRETE):
        return True
    pairs = ((given, want) for given, want in zip(kind.args, wanted, strict=True) if given is not None and want is not None)
    return all(member.name == "Never" or fits(member, want) for given, want in pairs for member in given.members())


def _fits(name: str, said: str) -> bool:
    if name == said or (name, said) == ("bool", "int") or (said == "dict" and name in DICTS):
        return True
    return "." in said and said not in _CONCRETE


_CONCRETE = DICTS | {
    "collections.deque", "collections.ChainMap", "collections.UserDict", "collections.UserList", "collections.UserString", "array.array",
    "os._Environ", "types.MappingProxyType", "types.SimpleNamespace", "types.GeneratorType", "argparse.Namespace", "shelve.Shelf",
    "weakref.WeakKeyDictionary", "weakref.WeakValueDictionary", "io.StringIO", "io.BytesIO", "io.TextIOWrapper", "pathlib.Path", "re.Match",
    "re.Pattern", "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "decimal.Decimal", "fractions.Fraction",
    "uuid.UUID",
}  # fmt: skip
"""Classes from outside the file of which an instance of another class is no instance, or not plainly one."""
