"""What calls and attributes of builtins and of the standard library give, looked up by name."""

from __future__ import annotations

import ast
import builtins
import json
from functools import cache
from pathlib import Path
from typing import Any

from codemods.analysis.types import builtin_signatures
from codemods.analysis.types.containers import element
from codemods.analysis.types.vocabulary import Type, union

LIKE_ARGUMENT = builtin_signatures.LIKE_ARGUMENT

_DICT_LIKE = frozenset({"collections.OrderedDict", "collections.defaultdict", "collections.Counter"})

EXCEPTIONS = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException))
"""The names of the builtin exceptions."""

_DEEPEST = 8
"""How far up the bases of a library class are followed."""


@cache
def written(notation: str) -> Type | None:
    """A type as the tables write it; `None` for `?`."""
    return _read(ast.parse(notation.replace("?", "_"), mode="eval").body)


def _read(node: ast.expr) -> Type | None:
    match node:
        case ast.Constant(value=int() as index):
            return Type(f"?{index}")
        case ast.Name(id="_"):
            return None
        case ast.BinOp():
            return union([_read(node.left), _read(node.right)])
        case ast.Subscript(value=head, slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            variadic = len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is Ellipsis
            return Type(ast.unparse(head), tuple(_read(part) for part in (parts[:1] if variadic else parts)), variadic)
        case _:
            return Type(ast.unparse(node))


@cache
def _library() -> dict[str, dict[str, Any]]:
    """`library.json`: functions, values and classes of the standard library, and other names of classes."""
    found: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("library.json").read_text("utf-8"))
    return found


def _table(source: dict[str, str]) -> dict[str, str]:
    return {name: result for result, names in source.items() for name in names.split()}


@cache
def _functions() -> dict[str, str]:
    return _table(builtin_signatures.FUNCTIONS)


@cache
def _values() -> dict[str, str]:
    return _table(builtin_signatures.VALUES)


@cache
def _own(table: str, kind: str) -> dict[str, str]:
    source = builtin_signatures.METHODS if table == "methods" else builtin_signatures.ATTRIBUTES
    return _table(source.get(kind, {}))


@cache
def _member(table: str, kind: str, name: str, depth: int = 0) -> str | None:
    """How a method or attribute of a class is written in the tables, its own or an inherited one."""
    if kind in EXCEPTIONS:
        return next((said[name] for one in lineage(kind) if name in (said := _own(table, one))), None)
    found = _own(table, kind).get(name)
    if found is not None or "." not in kind:
        return found
    kind = _library()["aliases"].get(kind, kind)
    record = _library()["classes"].get(kind, {})
    if name in record.get(table, ()):
        return str(record[table][name])
    bases = ["dict"] if kind in _DICT_LIKE else record.get("bases", ())
    for base in bases if depth < _DEEPEST else ():
        found = _member(table, base, name, depth + 1)
        if found is not None:
            return found
    return None


def own_name(kind: str) -> str:
    """The name by which the tables know a class that has several: `IOError` is `OSError`."""
    if "." in kind:
        return str(_library()["aliases"].get(kind, kind))
    return getattr(vars(builtins).get(kind), "__name__", kind)


@cache
def lineage(kind: str) -> frozenset[str]:
    """The own names of a class of the library, and of all those above it that the tables tell of."""
    kind = own_name(kind)
    if "." in kind:
        above = _library()["classes"].get(kind, {}).get("bases", ())
    else:
        above = [one.__name__ for one in getattr(vars(builtins).get(kind), "__bases__", ())]
    return frozenset((kind,)).union(*map(lineage, above))


def function_result(origin: str) -> Type | None:
    """What a call of a function or class gives, whatever its arguments are."""
    notation = _functions().get(origin)
    if notation is None and not origin.startswith("builtins."):
        notation = _library()["functions"].get(origin) or _made(origin)
    return written(notation) if notation is not None and "@" not in notation else None


def _made(origin: str) -> str | None:
    """A class that is called, or a method that is called through its class (`datetime.datetime.now`)."""
    classes, aliases = _library()["classes"], _library()["aliases"]
    if aliases.get(origin, origin) in classes:
        return None if classes[aliases.get(origin, origin)].get("abstract") else origin
    owner, _, name = origin.rpartition(".")
    found = _member("methods", owner, name) if aliases.get(owner, owner) in classes else None
    return found.replace("Self", owner) if found is not None else None


def of_text(origin: str) -> tuple[str, int] | None:
    """A function that gives `str` or `bytes` as one argument is: its result as it is written, and the argument's place."""
    notation, _, place = str(_library()["functions"].get(origin, "")).partition("@")
    return (notation, int(place)) if place else None


def value(origin: str) -> Type | None:
    """The type of a variable of the standard library: `sys.argv`."""
    notation = _values().get(origin)
    if notation is None:
        notation = _library()["values"].get(origin)
    return written(notation) if notation is not None else None


def attribute(kind: Type, name: str) -> Type | None:
    """An attribute, not called, of a value of a builtin or library class."""
    notation = _member("attributes", kind.name, name)
    return _filled(written(notation), kind) if notation is not None else None


def method_result(kind: Type, name: str) -> Type | None:
    """What a method of a value of a builtin or library class gives, whatever its arguments are."""
    notation = _member("methods", kind.name, name)
    return _filled(written(notation), kind) if notation is not None else None


def iterated(kind: Type) -> Type | None:
    """What a `for` over a value of a library class gets."""
    found = method_result(kind, "__next__")
    return found if found is not None else element(method_result(kind, "__iter__"))


def _filled(result: Type | None, receiver: Type) -> Type | None:
    """The result with the receiver's arguments for `0` and `1`, and the receiver's class for `Self`."""
    if result is None:
        return None
    if result.name == "Self":
        return Type(receiver.name, receiver.args)
    if result.name.startswith("?"):
        return receiver.argument(int(result.name[1:]))
    if result.name == "Union":
        return union(_filled(arg, receiver) for arg in result.args)
    if not receiver.args and any(arg is not None and arg.name.startswith("?") for arg in result.args):
        return Type(result.name)
    return Type(result.name, tuple(_filled(arg, receiver) for arg in result.args), result.variadic)
