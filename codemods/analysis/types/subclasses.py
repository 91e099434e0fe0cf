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


def subclassed(module: Module) -> frozenset[str]:
    """The names of the builtins (and collections) that have a subclass in sight."""
    found: set[str] = set()
    for node in module.names.nodes(ast.ClassDef, ast.ImportFrom, ast.Import):
        match node:
            case ast.ClassDef():
                for base in node.bases:
                    found.update(_BASES.get(module.origin(base.value if isinstance(base, ast.Subscript) else base) or "", ()))
            case ast.ImportFrom():
                found.update(_KNOWN[alias.name] for alias in node.names if alias.name in _KNOWN)
            case ast.Import():
                found.update(_MODULES[alias.name] for alias in node.names if alias.name in _MODULES)
            case _:
                pass
    return frozenset(found)
