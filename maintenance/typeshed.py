"""Reads typeshed and writes what calls and attributes of the standard library give to `codemods/analysis/types/library.json`.

    python -m maintenance.typeshed [FOLDER]

FOLDER is typeshed's `stdlib`; by default the one that mypy brings along. Only what holds on every platform and for every version that
typeshed describes is written: where branches or overloads disagree the result is their union, and where any of them is not known, nothing.

`Self` is the receiver's class. `float` in a stub means that an int may come as well, and so it is written. An `AnyStr` in a result is
followed by the place of the parameter that decides (`list[AnyStr]@0`).
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TARGET = Path(__file__).parent.parent / "codemods" / "analysis" / "types" / "library.json"

LEFT_OUT = frozenset(
    """
    builtins types typing typing_extensions enum _typeshed ctypes _ctypes tkinter turtle curses _curses distutils lib2to3 msilib winreg
    _dbm unittest.mock idlelib antigravity this pydoc_data imp asynchat asyncore smtpd encodings ensurepip profiling
""".split()
)
"""Modules whose results say little, or that their own rules describe."""

ENUM_INTS = frozenset("socket _socket ssl _ssl signal _signal http inspect re selectors asyncio urllib wsgiref".split())
"""Modules in whose stubs an attribute called `int` may be an IntEnum."""

NOT_AS_SAID = frozenset({"xml.etree.ElementTree.Element.tag", "calendar.format"})
"""What is something else than the stub says: an element's tag may be a function, `calendar.format` prints."""

PLAIN = {
    "str": "str", "bytes": "bytes", "bool": "bool", "int": "int", "float": "int | float", "complex": "int | float | complex",
    "bytearray": "bytearray", "list": "list", "dict": "dict", "set": "set", "frozenset": "frozenset", "tuple": "tuple", "None": "None",
    "range": "range", "memoryview": "memoryview",
}  # fmt: skip

FORMS = {
    "List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple", "LiteralString": "str", "Text": "str",
    "AbstractSet": "collections.abc.Set",
}  # fmt: skip

ABSTRACT = frozenset(
    """
    Iterable Iterator Generator Reversible Container Collection Set MutableSet Mapping MutableMapping Sequence MutableSequence KeysView
    ItemsView ValuesView AsyncIterator AsyncIterable AsyncGenerator
""".split()
)

SHOWN = {"posixpath": "os.path"}
"""Modules that programs know by another name."""

GENERIC = {"collections.OrderedDict", "collections.defaultdict", "collections.deque", "contextlib.AbstractContextManager"}
"""Classes of the standard library whose arguments are kept, besides the builtins and the abstract ones."""

DUNDERS = frozenset({"__iter__", "__next__", "__enter__", "__getitem__", "__truediv__"})

DECIDING = frozenset({"AnyStr", "AnyOrLiteralStr", "PathLike[AnyStr]", "GenericPath[AnyStr]", "os.PathLike[AnyStr]"})
"""Annotations of a parameter whose argument's class is what `AnyStr` in the result stands for."""

DECORATORS = frozenset({"overload", "property", "cached_property", "abstractmethod", "classmethod", "staticmethod", "deprecated", "final"})


@dataclass
class Class:
    bases: list[str] = field(default_factory=list)
    methods: dict[str, list[str | None]] = field(default_factory=dict)
    attributes: dict[str, list[str | None]] = field(default_factory=dict)
    makes: bool = True


class Stub:
    """One stub file."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.package = name if path.name == "__init__.pyi" else name.rpartition(".")[0]
        self.tree = ast.parse(path.read_text("utf-8"))
        self.names: dict[str, str] = {}
        self.aliases: dict[str, ast.expr] = {}
        self.stars: list[str] = []
        self.variables: set[str] = set()
        self.functions: dict[str, list[str | None]] = {}
        self.values: dict[str, list[str | None]] = {}
        self.classes: dict[str, Class] = {}
        for node in self.statements(self.tree.body):
            self._declare(node)

    @staticmethod
    def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
        """All statements, those of every branch included."""
        for node in body:
            match node:
                case ast.If():
                    yield from Stub.statements(node.body)
                    yield from Stub.statements(node.orelse)
                case ast.Try():
                    yield from Stub.statements(node.body)
                case _:
                    yield node

    def _declare(self, node: ast.stmt) -> None:
        match node:
            case ast.Import():
                for alias in node.names:
                    self.names[alias.asname or alias.name.partition(".")[0]] = alias.name if alias.asname else alias.name.partition(".")[0]
            case ast.ImportFrom():
                base = node.module or ""
                if node.level:
                    parts = self.package.split(".")
                    base = ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])
                for alias in node.names:
                    if alias.name == "*":
                        self.stars.append(base)
                    else:
                        self.names[alias.asname or alias.name] = f"{base}.{alias.name}"
            case ast.ClassDef(name=name):
                self.names[name] = f"{self.name}.{name}"
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="TypeVar" | "ParamSpec" | "TypeVarTuple"))):
                self.variables.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.aliases[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value):
                if "TypeAlias" in ast.unparse(annotation):
                    self.aliases[name] = value
            case _:
                pass


class Reader:
    """All stubs, and what they say."""

    def __init__(self, folder: Path) -> None:
        self.stubs: dict[str, Stub] = {}
        for path in sorted(folder.rglob("*.pyi")):
            parts = list(path.relative_to(folder).with_suffix("").parts)
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if not any(name == one or name.startswith(f"{one}.") for one in LEFT_OUT):
                self.stubs[name] = Stub(name, path)
        for stub in self.stubs.values():
            for star in stub.stars:
                for name in self.stubs[star].names if star in self.stubs else ():
                    stub.names.setdefault(name, f"{star}.{name}")
        self.public = self._public_names()
        self.known = {
            self.full(f"{stub.name}.{node.name}")
            for stub in self.stubs.values()
            for node in Stub.statements(stub.tree.body)
            if isinstance(node, ast.ClassDef)
        }
        for stub in self.stubs.values():
            self._read(stub)

    def _public_names(self) -> dict[str, str]:
        """Classes of private modules by the name under which a public module shows them."""
        found: dict[str, str] = {}
        for stub in self.stubs.values():
            if not stub.name.startswith("_"):
                for name, full in stub.names.items():
                    module, _, last = full.rpartition(".")
                    if module.startswith("_") and last == name and module in self.stubs:
                        found.setdefault(full, f"{stub.name}.{name}")
        return found

    def _read(self, stub: Stub) -> None:
        for node in Stub.statements(stub.tree.body):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    stub.functions.setdefault(node.name, []).append(self._result(node, stub, None))
                case ast.ClassDef():
                    stub.classes[node.name] = self._class(node, stub)
                case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="Final"), value=ast.Constant() as value):
                    stub.values.setdefault(name, []).append(_literal(value))
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                    stub.values.setdefault(name, []).append(self.notation(annotation, stub, None))
                case _:
                    pass

    def _class(self, node: ast.ClassDef, stub: Stub) -> Class:
        found = Class()
        full = self.full(f"{stub.name}.{node.name}")
        for base in node.bases:
            name = self.resolve(base.value if isinstance(base, ast.Subscript) else base, stub)
            if name in ("typing.Protocol", "typing_extensions.Protocol", "typing.TypedDict", "typing.NamedTuple") or "Enum" in (name or ""):
                found.makes = False
            if name is not None and "." in name and not name.startswith(("typing", "builtins")):
                found.bases.append(name)
            found.makes = found.makes and name != "builtins.type"
        found.makes = found.makes and not node.keywords
        for part in Stub.statements(node.body):
            match part:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self._member(part, stub, full, found)
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if not name.startswith("_"):
                    found.attributes.setdefault(name, []).append(self._attribute(annotation, stub, full, name))
                case _:
                    pass
        return found

    def _member(self, node: ast.FunctionDef | ast.AsyncFunctionDef, stub: Stub, full: str, found: Class) -> None:
        if node.name == "__new__" and (node.returns is None or ast.unparse(node.returns) not in ("Self", full.rpartition(".")[2])):
            found.makes = False
        if node.name.startswith("_") and node.name not in DUNDERS:
            return
        decorators = [ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in node.decorator_list]
        if any(one.endswith((".setter", ".deleter")) for one in decorators):
            return
        if any("property" in one for one in decorators):
            found.attributes.setdefault(node.name, []).append(self._attribute(node.returns, stub, full, node.name))
        else:
            found.methods.setdefault(node.name, []).append(self._result(node, stub, full))

    def _attribute(self, annotation: ast.expr | None, stub: Stub, full: str, name: str) -> str | None:
        said = self.notation(annotation, stub, full)
        if said is not None and "AnyStr" in said:
            return None
        if f"{full}.{name}" in NOT_AS_SAID or (said is not None and "int" in said and stub.name.partition(".")[0] in ENUM_INTS):
            return None
        return said

    def _result(self, node: ast.FunctionDef | ast.AsyncFunctionDef, stub: Stub, owner: str | None) -> str | None:
        """What a definition says that a call gives; `None` where that is not known."""
        decorators = [ast.unparse(one.func if isinstance(one, ast.Call) else one).rpartition(".")[2] for one in node.decorator_list]
        if any(one not in DECORATORS for one in decorators):
            return None
        said = self.notation(node.returns, stub, owner)
        if said is not None and "AnyStr" in said:
            positional = [*node.args.posonlyargs, *node.args.args]
            if owner is not None or isinstance(node, ast.AsyncFunctionDef):
                return None
            deciding = [index for index, one in enumerate(positional) if one.annotation and ast.unparse(one.annotation) in DECIDING]
            return f"{said}@{deciding[0]}" if deciding else None
        return f"types.CoroutineType[{said}]" if said is not None and isinstance(node, ast.AsyncFunctionDef) else said

    # --- types ---

    def resolve(self, node: ast.expr, stub: Stub) -> str | None:
        """The full name of what a name in a stub stands for."""
        match node:
            case ast.Name(id=name):
                return self.full(stub.names[name]) if name in stub.names else f"builtins.{name}"
            case ast.Attribute(value=base, attr=attr):
                around = self.resolve(base, stub)
                return self.full(f"{around.removeprefix('builtins.')}.{attr}") if around is not None else None
            case _:
                return None

    def full(self, name: str) -> str:
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            module, _, last = name.rpartition(".")
            if name in self.__dict__.get("public", ()):
                return self.public[name]
            stub = self.stubs.get(module)
            if stub is not None and last in stub.names:
                name = stub.names[last]
        return name

    def notation(self, node: ast.expr | None, stub: Stub, owner: str | None, depth: int = 0) -> str | None:
        """A type as the tables write it; `None` where it is not known."""
        if node is None or depth > 8:
            return None
        match node:
            case ast.Constant(value=None):
                return "None"
            case ast.Constant(value=str() as text):
                return self.notation(ast.parse(text, mode="eval").body, stub, owner, depth + 1)
            case ast.BinOp(op=ast.BitOr()):
                return joined([self.notation(one, stub, owner, depth + 1) for one in (node.left, node.right)])
            case ast.Subscript():
                return self._subscript(node, stub, owner, depth)
            case ast.Name() | ast.Attribute():
                return self._named(node, stub, owner, depth)
            case _:
                return None

    def _named(self, node: ast.expr, stub: Stub, owner: str | None, depth: int) -> str | None:
        if isinstance(node, ast.Name):
            if node.id in stub.variables or node.id in ("AnyStr", "AnyOrLiteralStr"):
                return "AnyStr" if node.id in ("AnyStr", "AnyOrLiteralStr") else None
            if node.id in stub.aliases and node.id not in PLAIN:
                return self.notation(stub.aliases[node.id], stub, owner, depth + 1)
        name = self.resolve(node, stub)
        if name is None:
            return None
        root, _, last = name.partition(".")
        if root == "builtins":
            return PLAIN.get(last)
        if root in ("typing", "typing_extensions", "_typeshed"):
            if last == "Self":
                return "Self" if owner is not None else None
            return {"AnyStr": "AnyStr", "AnyOrLiteralStr": "AnyStr"}.get(last) or FORMS.get(last)
        module, _, last = name.rpartition(".")
        found = self.stubs.get(module)
        if found is not None and last in found.aliases and found is not stub:
            return self.notation(found.aliases[last], found, owner, depth + 1)
        if name.startswith("collections.abc.") or root in LEFT_OUT:
            return None
        return name if name in self.known else None

    def _subscript(self, node: ast.Subscript, stub: Stub, owner: str | None, depth: int) -> str | None:
        name = self.resolve(node.value, stub) or ""
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        last = name.rpartition(".")[2]
        if last == "Literal":
            return joined([_literal(one) for one in parts])
        said = [self.notation(one, stub, owner, depth + 1) for one in parts]
        if last in ("Optional", "Union"):
            return joined([*said, *(["None"] if last == "Optional" else [])])
        if last in ("Final", "ClassVar", "Annotated"):
            return said[0]
        if last == "tuple" and len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is Ellipsis:
            return f"tuple[{said[0] or '?'}, ...]"
        if last in ("dict_keys", "dict_values", "dict_items"):
            kept = {"dict_keys": said[:1], "dict_values": said[1:], "dict_items": [f"tuple[{', '.join(one or '?' for one in said)}]"]}[last]
            return f"{last}[{', '.join(one or '?' for one in kept)}]"
        if name.startswith("builtins.") and last in ("list", "dict", "set", "frozenset", "tuple"):
            if not said:
                return last
            return f"{last}[{', '.join(one or '?' for one in said)}]"
        if last in ABSTRACT and name.partition(".")[0] in ("typing", "typing_extensions", "collections", "_collections_abc"):
            count = 2 if last in ("Mapping", "MutableMapping", "ItemsView") else 1
            return f"collections.abc.{last}[{', '.join(one or '?' for one in said[:count])}]"
        if name in GENERIC:
            return f"{name}[{', '.join(one or '?' for one in (said[:1] if 'Context' in name else said))}]"
        if name.startswith(("builtins.", "typing", "_typeshed", "types.", "collections.abc.")) or name == "collections.Counter":
            return None
        return self._named(node.value, stub, owner, depth)


def _literal(node: ast.expr) -> str | None:
    """The class of a value in `Literal[…]`; `None` for an enum's member."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return "None" if value is None else PLAIN.get(type(value).__name__)


def joined(parts: list[str | None]) -> str | None:
    """The union of several notations; unknown if one is."""
    members: list[str] = []
    for part in parts:
        if part is None:
            return None
        for member in part.split(" | ") if "[" not in part else [part]:
            if member not in members:
                members.append(member)
    return " | ".join(members) if len(members) <= 4 else None


def settled(found: dict[str, list[str | None]]) -> dict[str, str]:
    """What all definitions of each name agree on, without what gives nothing or nothing known."""
    kept: dict[str, str] = {}
    for name, parts in sorted(found.items()):
        said = parts[0] if len(set(parts)) == 1 else None if any(one is None or "@" in one for one in parts) else joined(parts)
        if said not in (None, "None", "types.CoroutineType[None]"):
            kept[name] = str(said)
    return kept


def tables(reader: Reader) -> dict[str, dict[str, object]]:
    """The content of the file."""
    functions: dict[str, object] = {}
    values: dict[str, object] = {}
    classes: dict[str, object] = {}
    for stub in reader.stubs.values():
        shown = SHOWN.get(stub.name, stub.name)
        for name, said in settled(stub.functions).items():
            if f"{stub.name}.{name}" in NOT_AS_SAID:
                continue
            functions[reader.public.get(f"{stub.name}.{name}", f"{shown}.{name}")] = said
        for name, said in settled(stub.values).items():
            if said in ("str", "bytes", "list[str]", "dict[str, str]", "frozenset[str]", "tuple[str, ...]") and not name.startswith("_"):
                values[f"{shown}.{name}"] = said
        for name, one in stub.classes.items():
            record: dict[str, object] = {"bases": one.bases, "methods": settled(one.methods), "attributes": settled(one.attributes)}
            record["abstract"] = not one.makes
            classes[reader.public.get(f"{stub.name}.{name}", f"{shown}.{name}")] = {key: value for key, value in record.items() if value}
    for stub in reader.stubs.values():
        shown = SHOWN.get(stub.name, stub.name)
        for name, full in [] if stub.name.startswith("_") else stub.names.items():
            if full in functions:
                functions.setdefault(f"{shown}.{name}", functions[full])
        for star in stub.stars:
            for name, said in settled(reader.stubs[star].functions).items() if star in reader.stubs else ():
                functions.setdefault(f"{shown}.{name}", said)
    aliases = {
        f"{stub.name}.{name}": reader.full(full)
        for stub in reader.stubs.values()
        for name, full in ([] if stub.name.startswith("_") else stub.names.items())
        if f"{stub.name}.{name}" not in classes and reader.full(full) in classes and not name.startswith("_")
    }
    return {"functions": functions, "values": values, "classes": classes, "aliases": aliases}


def main() -> None:
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
    else:
        import mypy

        folder = Path(mypy.__file__).parent / "typeshed" / "stdlib"
    found = tables(Reader(folder))
    lines = [f'"{table}": {{\n' + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(rows.items())) + "\n}"
             for table, rows in found.items()]  # fmt: skip
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8", newline="\n")
    print(f"{TARGET}: " + ", ".join(f"{len(rows)} {table}" for table, rows in found.items()))


if __name__ == "__main__":
    main()
