"""What is known of a value's class: the vocabulary of `Module.type_of`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Type:
    """The class of a value, as far as it is proved (design: a builtin annotation or an `isinstance` test means that builtin).

    Attributes:
        name: a builtin by its bare name ("str", "dict", "None" for the class of None); any other importable class by its full name
            ("collections.OrderedDict", "collections.abc.Sequence", "pathlib.Path"); a class of this file by a dot and its name
            (".Point"); "Union" for one of several, which are `args`.
        args: what is known of the contents: (element,) of list, set, frozenset, deque, iterators and generators; (key, value) of
            dicts; one for each place of a tuple, or (element,) with `variadic` for a tuple of any length; the class itself of a
            "type"; the result of a "function". `None` stands for an unknown argument, `()` for nothing known.
        because: a clause for people that says from what it is known ("assigned a list at line 3"). Not part of equality.
    """

    name: str
    args: tuple[Type | None, ...] = ()
    variadic: bool = False
    because: str = field(default="", compare=False)

    def members(self) -> tuple[Type, ...]:
        """The alternatives of a union, or this type alone."""
        return tuple(arg for arg in self.args if arg is not None) if self.name == "Union" else (self,)

    def argument(self, index: int) -> Type | None:
        """`args[index]`, or `None` where it is not known."""
        return self.args[index] if index < len(self.args) else None

    def is_all(self, *names: str) -> bool:
        """Whether the value is certainly of one of the classes named."""
        return all(member.name in names for member in self.members())

    def __str__(self) -> str:
        """As a person writes it: `list[int]`, `str | None`."""
        if self.name == "Union":
            return " | ".join(str(member) for member in self.members())
        shown = self.name.lstrip(".").rpartition(".")[2]
        known = [str(arg) if arg else "?" for arg in self.args]
        return f"{shown}[{', '.join(known)}]" if known and any(self.args) else shown


STR, INT, FLOAT, BOOL, BYTES, NONE = (Type(name) for name in ("str", "int", "float", "bool", "bytes", "None"))

IMMUTABLE = frozenset({"str", "bytes", "int", "float", "bool", "complex", "None", "tuple", "range", "frozenset"})
"""Builtin classes whose instances never change."""

SEQUENCES = frozenset({"list", "tuple", "str", "bytes", "bytearray", "range", "collections.deque", "array.array"})
"""Classes that give the same elements, in the same order, to `for` as to indexes from 0 to `len() - 1`."""

DICTS = frozenset({"dict", "collections.OrderedDict", "collections.defaultdict", "collections.Counter"})
"""Classes that iterate over exactly their keys, and whose `keys()`, `in` and `items()` agree with that."""


def union(types: list[Type | None]) -> Type | None:
    """One type for a value that is one of `types`: unknown if any is unknown, the type itself if all agree."""
    members: list[Type] = []
    for one in types:
        if one is None:
            return None
        members.extend(member for member in one.members() if member not in members)
    if not members:
        return None
    return members[0] if len(members) == 1 else Type("Union", tuple(members), because=members[0].because)
