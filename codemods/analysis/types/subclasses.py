"""Builtins of which the file defines or imports a subclass: there an annotation or an `isinstance` test no longer means the builtin."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_BASES = {
    **{f"builtins.{name}": (name,) for name in ("str", "bytes", "bytearray", "int", "float", "complex")},
    **{f"builtins.{name}": (name,) for name in ("list", "dict", "set", "frozenset", "tuple")},
    **{f"typing.{name}": (name.lower(),) for name in ("List", "Dict", "Set", "FrozenSet", "Tuple")},
    **{f"collections.{name}": ("dict", f"collections.{name}") for name in ("OrderedDict", "defaultdict", "Counter")},
    "collections.deque": ("collections.deque",),
    "enum.StrEnum": ("str",), "enum.IntEnum": ("int",), "enum.IntFlag": ("int",), "http.HTTPStatus": ("int",),
}  # fmt: skip
"""What a class that names one of these as a base is an instance of."""

_KNOWN = {
    "Markup": "str", "SafeString": "str", "SafeText": "str", "SafeStr": "str", "mark_safe": "str", "format_html": "str",
    "format_html_join": "str", "conditional_escape": "str", "StrEnum": "str", "TextChoices": "str", "NavigableString": "str",
    "BeautifulSoup": "str", "HTTPMethod": "str", "IntEnum": "int", "IntFlag": "int", "IntegerChoices": "int", "HTTPStatus": "int",
}  # fmt: skip
"""Classes of well-known libraries that are subclasses of a builtin, and functions that return such, by their last name."""

_MODULES = {"markupsafe": "str", "bs4": "str"}


_ENUMS = frozenset({"enum.Enum", "enum.Flag", "enum.StrEnum", "enum.IntEnum", "enum.IntFlag"})
_TUPLES = frozenset({"typing.NamedTuple", "typing_extensions.NamedTuple", "collections.namedtuple"})
_OF_TUPLES = frozenset({"__format__", "__iter__", "__len__", "__getitem__", "__contains__", "__add__", "__radd__", "__mul__", "__hash__"})
"""Methods by which a named tuple is no longer used as the tuple it is."""
_DEEPEST = 4


def subclassed(module: Module) -> frozenset[str]:
    """The names of the builtins (and collections) that have a subclass in sight."""
    found: set[str] = set()
    for node in module.names.nodes(ast.ClassDef, ast.Call, ast.ImportFrom, ast.Import):
        match node:
            case ast.ClassDef():
                for base in node.bases:
                    found.update(_bases(base, module))
                    found.update({"tuple"} if _is_tuple(base, module) and _methods(node) & _OF_TUPLES else ())
            case ast.Call():
                found.update(_made(node, module))
            case ast.ImportFrom():
                found.update(_KNOWN[alias.name] for alias in node.names if alias.name in _KNOWN)
            case ast.Import():
                found.update(_MODULES[alias.name] for alias in node.names if alias.name in _MODULES)
            case _:
                pass
    return frozenset(found)


def _bases(base: ast.expr, module: Module, depth: int = 0) -> set[str]:
    """The builtins that a class with such a base is an instance of: `str`, `list[int]`, a variable or function that gives a class."""
    known = _BASES.get(module.origin(base.value if isinstance(base, ast.Subscript) else base) or "")
    if known is not None or depth > _DEEPEST:
        return set() if known is None else set(known)
    found: set[str] = set()
    match base:
        case ast.Name(id=name):
            for binding in module.bindings(name, base):
                if binding.value is not None:
                    found |= _bases(binding.value, module, depth + 1)
        case ast.Call():
            callee = module.callee(base)
            made = module.own_nodes(callee) if isinstance(callee, ast.FunctionDef) else ()
            for node in made:
                if isinstance(node, ast.Return) and node.value is not None:
                    found |= _bases(node.value, module, depth + 1)
        case ast.Starred() | ast.Tuple() | ast.List() | ast.IfExp() | ast.BoolOp() | ast.NamedExpr():
            for part in ast.iter_child_nodes(base):
                if isinstance(part, ast.expr):
                    found |= _bases(part, module, depth + 1)
        case _:
            pass
    return found


def _made(call: ast.Call, module: Module) -> set[str]:
    """A class that a call makes: `type("S", (str,), {})`, `types.new_class("S", (str,))`, `StrEnum("Color", "RED")`."""
    origin = module.origin(call.func) or ""
    if origin in ("builtins.type", "types.new_class") and len(call.args) > 1:
        return _bases(call.args[1], module)
    if origin in _ENUMS and (len(call.args) > 1 or call.keywords):
        mixed = [keyword.value for keyword in call.keywords if keyword.arg == "type"]
        return set(_BASES.get(origin, ())).union(*(_bases(one, module) for one in mixed))
    return set()


def _is_tuple(base: ast.expr, module: Module) -> bool:
    return module.origin(base.func if isinstance(base, ast.Call) else base) in _TUPLES


def _methods(definition: ast.ClassDef) -> set[str]:
    return {one.name for one in definition.body if isinstance(one, ast.FunctionDef)}
