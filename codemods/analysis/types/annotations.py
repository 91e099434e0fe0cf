"""Annotations as types.

A concrete builtin annotation means that builtin. What it means less than a reader may think: `float` lets an `int` in, and the abstract
classes say nothing about the class at hand, only about its elements.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import Scope, mangled
from codemods.analysis.types.vocabulary import BOOL, BYTES, COMPLEX, FLOAT, INT, NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_TYPING = ("typing", "typing_extensions")

_ALIASES = {
    "List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple", "Type": "type", "Text": "str",
    "Deque": "collections.deque", "DefaultDict": "collections.defaultdict", "OrderedDict": "collections.OrderedDict",
    "Counter": "collections.Counter", "ChainMap": "collections.ChainMap", "Pattern": "re.Pattern", "Match": "re.Match",
    "AbstractSet": "collections.abc.Set", "LiteralString": "str",
}  # fmt: skip
"""Names of `typing` for classes that have another name."""

_ABSTRACT = frozenset({
    "Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Iterable", "Iterator", "Generator", "Reversible",
    "Container", "Collection", "Callable", "Set", "MutableSet", "Mapping", "MutableMapping", "Sequence", "MutableSequence", "Hashable",
    "Sized", "MappingView", "KeysView", "ItemsView", "ValuesView", "ByteString",
})  # fmt: skip
"""Names that `typing` and `collections.abc` share."""

_WRAPPERS = frozenset({"Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly", "InitVar"})
"""`Wrapper[X, …]` means X."""

_UNKNOWN = frozenset({"Any", "AnyStr", "TypeVar", "ParamSpec", "NoReturn", "Never", "Concatenate", "Unpack", "Protocol", "Generic"})

_BUILTIN = {
    "str": STR, "int": INT, "bool": BOOL, "bytes": BYTES,
    "float": Type("Union", (INT, FLOAT)), "complex": Type("Union", (INT, FLOAT, COMPLEX)),
    **{name: Type(name) for name in ("list", "dict", "set", "frozenset", "tuple", "bytearray", "range", "memoryview", "slice", "type")},
}  # fmt: skip
"""What each builtin class means as an annotation."""

_DEEPEST = 12


class Annotations:
    """Reads annotations of one file."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._parsed: dict[ast.Constant, ast.expr | None] = {}
        self.records: dict[str, ast.ClassDef | ast.Call] = {}

    def read(self, node: ast.expr | None, scope: Scope | None = None, depth: int = 0) -> Type | None:
        """The type that an annotation means; `None` for none and for what is not known."""
        if node is None or depth > _DEEPEST:
            return None
        scope = scope or self.module.scope(node)
        match node:
            case ast.Constant(value=None):
                return NONE
            case ast.Constant(value=str()):
                return self.read(self._parse(node), scope, depth + 1)
            case ast.BinOp(op=ast.BitOr()):
                return union([self.read(node.left, scope, depth + 1), self.read(node.right, scope, depth + 1)])
            case ast.Subscript():
                return self._subscript(node, scope, depth)
            case ast.Name() | ast.Attribute():
                return self._named(node, scope, depth)
            case _:
                return None

    def _parse(self, node: ast.Constant) -> ast.expr | None:
        if node not in self._parsed:
            try:
                self._parsed[node] = ast.parse(str(node.value).strip(), mode="eval").body
            except (SyntaxError, ValueError, RecursionError):
                self._parsed[node] = None
        return self._parsed[node]

    def is_bare_final(self, node: ast.expr | None) -> bool:
        """Whether an annotation is `Final` or `ClassVar` alone, which says nothing of the type."""
        if not isinstance(node, ast.Name | ast.Attribute):
            return False
        return self.name_of(node, self.module.scope(node)) in ("typing.Final", "typing.ClassVar")

    def name_of(self, node: ast.expr, scope: Scope) -> str | None:
        """The class or special form that an annotation names: a type's name, or `typing.Something`."""
        full = self.module.origins.named(node, scope)
        if full is None:
            return None
        root, _, rest = full.partition(".")
        if root == "builtins":
            return rest
        if root in _TYPING:
            if rest in _ALIASES:
                return _ALIASES[rest]
            return f"collections.abc.{rest}" if rest in _ABSTRACT else f"typing.{rest}"
        return full

    def _named(self, node: ast.expr, scope: Scope, depth: int) -> Type | None:
        name = self.name_of(node, scope)
        if name is None:
            return self._of_this_file(node, scope, depth)
        if name in self.module.subclassed:
            return None
        if name in _BUILTIN:
            return _BUILTIN[name]
        root, _, rest = name.partition(".")
        if root == "typing":
            return self._special(rest, scope)
        if not rest:
            return Type(name) if name[:1].isupper() else None
        return Type(name)

    def _special(self, name: str, scope: Scope) -> Type | None:
        if name == "Self":
            around = next((one.node for one in scope.outward() if one.kind == "class"), None)
            return self.class_type(around) if isinstance(around, ast.ClassDef) else None
        if name in ("TextIO", "BinaryIO"):
            return Type(f"typing.{name}", (STR if name == "TextIO" else BYTES,))
        return None if name in _UNKNOWN or name in _WRAPPERS else Type(f"typing.{name}")

    def class_type(self, node: ast.ClassDef) -> Type | None:
        """Instances of a class of this file, where its name is the only such in the file."""
        return Type(f".{node.name}") if len(self.module.calls.classes.get(node.name, ())) == 1 else None

    def _of_this_file(self, node: ast.expr, scope: Scope, depth: int) -> Type | None:
        """A class, an alias of a type or a NewType of the file."""
        if not isinstance(node, ast.Name):
            return None
        owner = scope.owner(mangled(node.id, scope))
        bindings = owner.bindings.get(mangled(node.id, scope), []) if owner is not None else []
        if len(bindings) != 1:
            return None
        binding = bindings[0]
        match binding.statement:
            case ast.ClassDef() as definition:
                return self.instance(definition)
            case ast.Assign() if binding.path == () and binding.value is not None:
                return self._alias(binding.value, binding.scope, depth, binding.name)
            case ast.AnnAssign(annotation=said) if binding.value is not None and self.name_of(said, binding.scope) == "typing.TypeAlias":
                return self._alias(binding.value, binding.scope, depth)
            case statement if type(statement).__name__ == "TypeAlias" and not statement.type_params:  # type: ignore[union-attr]
                return self.read(statement.value, binding.scope, depth + 1)  # type: ignore[union-attr]
            case _:
                return None

    def instance(self, definition: ast.ClassDef) -> Type | None:
        """What a class of the file means as an annotation: a protocol any class that fits, a TypedDict a dict."""
        for base in definition.bases:
            name = self.name_of(base.value if isinstance(base, ast.Subscript) else base, self.module.scope(base))
            if name == "typing.Protocol":
                return None
        if self.module.inference.classes.is_typed_dict(definition):
            known = self.class_type(definition) is not None
            return self._typed_dict(definition, definition.name if known else "")
        return self.class_type(definition)

    def _typed_dict(self, definition: ast.ClassDef | ast.Call, name: str) -> Type | None:
        """A dict of which the file says what is behind its keys."""
        if "dict" in self.module.subclassed:
            return None
        record = f"{name}:{definition.lineno}" if name else ""
        self.records.setdefault(record, definition)
        return Type("dict", (STR, None), declared=True, record=record)

    def _alias(self, value: ast.expr, scope: Scope, depth: int, name: str = "") -> Type | None:
        if isinstance(value, ast.Call):
            if len(value.args) == 2:
                match self.name_of(value.func, scope):
                    case "typing.NewType":
                        return self.read(value.args[1], scope, depth + 1)
                    case "typing.TypedDict":
                        return self._typed_dict(value, name)
            return None
        return self.read(value, scope, depth + 1)

    def _subscript(self, node: ast.Subscript, scope: Scope, depth: int) -> Type | None:
        name = self.name_of(node.value, scope)
        if name is None or name in self.module.subclassed:
            return None
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        root, _, special = name.partition(".")
        if root == "typing" or name.startswith("dataclasses."):
            return self._form(special, parts, scope, depth)
        if name == "tuple":
            return self._tuple(parts, scope, depth)
        if name == "collections.abc.Callable":
            return Type(name, (self.read(parts[-1], scope, depth + 1),), declared=True)
        if name == "collections.Counter":
            return Type(name, (self.read(parts[0], scope, depth + 1), INT), declared=True)
        if name in _BUILTIN and not _takes_arguments(name):
            return None
        return Type(name, tuple(self.read(part, scope, depth + 1) for part in parts), declared=True)

    def _tuple(self, parts: list[ast.expr], scope: Scope, depth: int) -> Type:
        if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is Ellipsis:
            return Type("tuple", (self.read(parts[0], scope, depth + 1),), variadic=True, declared=True)
        if any(isinstance(part, ast.Starred) for part in parts):
            return Type("tuple")
        return Type("tuple", tuple(self.read(part, scope, depth + 1) for part in parts), declared=True)

    def _form(self, form: str, parts: list[ast.expr], scope: Scope, depth: int) -> Type | None:
        """`Optional[…]` and its like."""
        if form == "Optional":
            return union([self.read(parts[0], scope, depth + 1), NONE])
        if form == "Union":
            return union([self.read(part, scope, depth + 1) for part in parts])
        if form in _WRAPPERS:
            return self.read(parts[0], scope, depth + 1)
        if form in ("TypeGuard", "TypeIs"):
            return BOOL
        if form == "IO":
            return Type("typing.IO", (self.read(parts[0], scope, depth + 1),), declared=True)
        if form == "Literal":
            return union([self._literal(part, scope) for part in parts])
        return None

    def _literal(self, part: ast.expr, scope: Scope) -> Type | None:
        match part:
            case ast.Constant(value=None):
                return NONE
            case ast.Constant(value=bool() | int() | str() | bytes() as value):
                name = type(value).__name__
                return None if name in self.module.subclassed else Type(name)
            case ast.UnaryOp(operand=ast.Constant(value=int())):
                return INT
            case _:
                return None


def _takes_arguments(name: str) -> bool:
    return name in ("list", "dict", "set", "frozenset", "tuple", "type")
