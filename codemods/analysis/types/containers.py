"""What comes out of a collection: its elements, the item behind an index, the part at a place of an unpacked target."""

from __future__ import annotations

from codemods.analysis.types.vocabulary import DICTS, INT, NEVER, STR, Type, union

KEYED = DICTS | {
    "os._Environ", "collections.ChainMap", "types.MappingProxyType", "collections.abc.Mapping", "collections.abc.MutableMapping",
}  # fmt: skip
"""Classes whose args are (key, value)."""

INDEXED = frozenset({"list", "collections.deque", "collections.abc.Sequence", "collections.abc.MutableSequence"})
"""Classes whose args are (element,) and which an integer indexes."""

_ITERATE_ARGUMENT = INDEXED | {
    "set", "frozenset", "dict_keys", "dict_values", "dict_items", "map", "filter", "zip", "enumerate", "array.array",
    "collections.abc.Iterable", "collections.abc.Iterator", "collections.abc.Collection", "collections.abc.Generator",
    "collections.abc.Set", "collections.abc.MutableSet", "collections.abc.KeysView", "collections.abc.ValuesView",
    "collections.abc.Reversible", "collections.abc.Container", "io.TextIOWrapper", "io.BufferedReader", "io.StringIO", "io.BytesIO",
    "typing.IO", "typing.TextIO", "typing.BinaryIO", "collections.abc.AsyncIterator", "collections.abc.AsyncIterable",
    "collections.abc.AsyncGenerator", "types.GeneratorType", "types.AsyncGeneratorType",
}  # fmt: skip
"""Classes that give their first argument to `for`."""

_LASTING = frozenset({
    "tuple", "frozenset", "type", "function", "range", "io.TextIOWrapper", "io.BufferedReader", "io.StringIO", "io.BytesIO", "typing.IO",
    "typing.TextIO", "typing.BinaryIO", "os._Environ", "dict_keys", "dict_values", "dict_items", "map", "filter", "zip", "enumerate",
    "types.GeneratorType", "types.AsyncGeneratorType", "types.CoroutineType", "collections.abc.Iterator",
    "collections.abc.Callable", "re.Match", "re.Pattern", "os.DirEntry", "subprocess.CompletedProcess", "subprocess.Popen",
})  # fmt: skip
"""Classes that nothing can be put into. What a view or an iterator shows of its collection is as lasting as what is known of that."""


def element(kind: Type | None) -> Type | None:
    """What a `for` over a value of this type gets."""
    if kind is None or kind.name == "Never":
        return kind
    if kind.name == "Union":
        return union(element(member) for member in kind.members())
    match kind.name:
        case "str":
            return STR
        case "bytes" | "bytearray" | "range":
            return INT
        case "tuple":
            return union(kind.args) if kind.args else None
        case name if name in KEYED or name in _ITERATE_ARGUMENT:
            return kind.argument(0)
        case "collections.abc.ItemsView":
            return Type("tuple", kind.args) if kind.args else None
        case _:
            return None


def place(kind: Type, index: int) -> Type | None:
    """What the target at a place gets of an unpacked value of a builtin class."""
    if kind.name == "tuple" and not kind.variadic:
        return kind.argument(index)
    return NEVER if kind.name == "None" else element(kind)


def element_word(kind: Type | None) -> str:
    """What an element is called where its collection's name does not say: `char` of a text, `row` of a list of lists, else `item`."""
    if kind is not None and kind.is_all("str"):
        return "char"
    inner = element(kind) if kind is not None and kind.is_all("list", "tuple") else None
    return "row" if inner is not None and inner.is_all("list") else "item"


def item(kind: Type | None, index: Type | None, constant: int | None = None) -> Type | None:
    """What `value[index]` gives. `constant` is the index itself where it is written out."""
    if kind is None or kind.name == "Never":
        return kind
    if kind.name == "Union":
        return union(item(member, index, constant) for member in kind.members())
    if kind.name in KEYED:
        return union([kind.argument(1), INT]) if kind.name == "collections.Counter" else kind.argument(1)  # 0 where there is none
    if index is None or not index.is_all("int", "bool"):
        return NEVER if index is NEVER else None
    match kind.name:
        case "str":
            return STR
        case "bytes" | "bytearray" | "range":
            return INT
        case "tuple" if not kind.variadic and constant is not None:
            return kind.args[constant] if -len(kind.args) <= constant < len(kind.args) else None
        case "tuple":
            return union(kind.args) if kind.args else None
        case name if name in INDEXED:
            return kind.argument(0)
        case _:
            return None


def sliced(kind: Type | None) -> Type | None:
    """What `value[a:b]` gives."""
    if kind is None or kind.name == "Never":
        return kind
    if kind.name == "Union":
        return union(sliced(member) for member in kind.members())
    match kind.name:
        case "str" | "bytes" | "bytearray" | "range":
            return Type(kind.name)
        case "list":
            return Type("list", kind.args)
        case "tuple":
            return tuple_of(element(kind)) if kind.args else Type("tuple")
        case _:
            return None


def tuple_of(inner: Type | None) -> Type:
    """A tuple of any length."""
    return Type("tuple", (inner,), variadic=True)


def settled(kind: Type | None) -> Type | None:
    """What stays true of a value while code that is not looked at may change it: contents that were not declared are forgotten."""
    if kind is None or not kind.args:
        return kind
    if kind.name == "Union":
        return union(settled(member) for member in kind.members())
    if kind.name not in _LASTING and not kind.declared:
        return Type(kind.name, (), False, kind.because)
    args = tuple(settled(arg) for arg in kind.args)
    return kind if args == kind.args else Type(kind.name, args, kind.variadic, kind.because, kind.declared, kind.record)


def shallow(kind: Type | None) -> Type | None:
    """The same, where the value itself is looked at, but not what it contains."""
    if kind is None:
        return None
    if kind.name == "Union":
        return union(shallow(member) for member in kind.members())
    args = tuple(settled(arg) for arg in kind.args)
    return kind if args == kind.args else Type(kind.name, args, kind.variadic, kind.because, kind.declared, kind.record)
