"""Where a name comes from: the builtin it is, or the import that bound it."""

from __future__ import annotations

import ast
import builtins
from functools import cached_property

from codemods.analysis.names.binder import Binder
from codemods.analysis.names.scopes import Scope, mangled
from codemods.analysis.text.walking import may_hold

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) - {"copyright", "credits", "exit", "license", "quit"}
"""The builtin names. `site` adds the five taken out, and only to interactive sessions' benefit."""

_KEEPS_BUILTINS = frozenset({
    "abc", "argparse", "asyncio", "base64", "collections", "collections.abc", "contextlib", "copy", "csv", "ctypes",
    "dataclasses", "datetime", "decimal", "enum", "errno", "fractions", "functools", "glob", "itertools", "json",
    "logging", "operator", "pathlib", "pprint", "queue", "random", "re", "shutil", "socket", "string", "struct",
    "subprocess", "sys", "tempfile", "textwrap", "threading", "time", "tkinter", "tkinter.constants", "tkinter.ttk",
    "turtle", "types", "typing", "unittest", "uuid", "warnings",
})  # fmt: skip
"""Standard library modules whose star import binds no name that is a builtin's.

`math` (pow), `os` (open), `codecs` (open), `io` (open), `gzip`, `asyncio` (TimeoutError, which is the builtin) and others are not here.
"""

_SETTERS = frozenset({"setattr", "delattr", "patch", "object"})
"""Functions and methods, those of pytest's `monkeypatch` and of `mock.patch` too, that put another thing into a module."""


class Origins:
    """Answers where names come from, over the scopes of one file."""

    def __init__(self, names: Binder, text: str) -> None:
        self._names = names
        self._text = text
        self._stars = [star for scope in names.module.below() for star in scope.stars]
        self._hidden = any(star not in _KEEPS_BUILTINS for star in self._stars)
        self._patches = any("builtins" in scope.uses or "__builtins__" in scope.uses for scope in names.module.below())

    def is_builtin(self, name: str, scope: Scope) -> bool:
        return self._builtin_as_bound(name, scope) and f"builtins.{name}" not in self._replaced

    def _builtin_as_bound(self, name: str, scope: Scope) -> bool:
        """Whether nothing in the file binds the name to something else; what sets it in `builtins` is in `_replaced`."""
        if name not in BUILTINS or self._hidden:
            return False
        return scope.owner(mangled(name, scope)) is None and not (self._patches and name in self._stored)

    @cached_property
    def _stored(self) -> frozenset[str]:
        """The names of all attributes that the file stores: `builtins.print = …` may be among them, under whatever name."""
        return frozenset(node.attr for node in self._names.stored(ast.Attribute))

    @cached_property
    def _replaced(self) -> frozenset[str | None]:
        """The full names of what the file sets in other modules: `os.getcwd = …`, `setattr(os, "getcwd", …)`, `patch("os.getcwd")`."""
        found = {self._dotted(node) for node in self._names.stored(ast.Attribute)}
        for subscript in self._names.stored(ast.Subscript):
            match subscript:
                case ast.Subscript(value=mapping, slice=ast.Constant(value=str() as name)):
                    found.add(self._member(_holder(mapping), name))
                case _:
                    pass
        for call in self._names.nodes(ast.Call) if may_hold(self._text, *_SETTERS) else ():
            match call:
                case ast.Call(func=ast.Name(id=setter) | ast.Attribute(attr=setter), args=args) if setter in _SETTERS:
                    found.add(self._set_by(args))
                case _:
                    pass
        return frozenset(found)

    def _set_by(self, args: list[ast.expr]) -> str | None:
        match args:
            case [ast.Constant(value=str() as name), *_]:
                return name
            case [thing, ast.Constant(value=str() as name), *_]:
                return self._member(thing, name)
            case _:
                return None

    def _member(self, thing: ast.expr, name: str) -> str | None:
        base = self._dotted(thing)
        return f"{base}.{name}" if base is not None else None

    def of(self, node: ast.expr) -> str | None:
        """The full name of what a name or dotted name of the file stands for, where it is certain."""
        found = self._dotted(node)
        return None if found in self._replaced else found

    def _dotted(self, node: ast.expr) -> str | None:
        match node:
            case ast.Name():
                return self._named(node.id, self._names.scope_of[node])
            case ast.Attribute():
                return self._member(node.value, node.attr)
            case _:
                return None

    def named(self, node: ast.expr, scope: Scope) -> str | None:
        """The same for an expression that need not stand in the file's tree (a string annotation), as if it stood in `scope`."""
        match node:
            case ast.Name():
                found = self._named(node.id, scope)
                return None if found in self._replaced else found
            case ast.Attribute():
                base = self.named(node.value, scope)
                return f"{base}.{node.attr}" if base is not None else None
            case _:
                return None

    def _named(self, name: str, scope: Scope) -> str | None:
        key = mangled(name, scope)
        owner = scope.owner(key)
        if owner is None:
            if name == "__builtins__":
                return "builtins"
            return f"builtins.{name}" if self._builtin_as_bound(name, scope) else None
        return self._imported(owner, key)

    def _imported(self, owner: Scope, name: str) -> str | None:
        """The full name behind imports; several imports of the same thing (`import os`, `import os.path`; try/except) agree."""
        found: set[str | None] = set()
        for binding in owner.bindings[name]:
            match binding.statement:
                case ast.Import() if isinstance(binding.node, ast.alias):
                    found.add(binding.node.name if binding.node.asname else binding.node.name.partition(".")[0])
                case ast.ImportFrom(module=str(module), level=0) if isinstance(binding.node, ast.alias):
                    found.add(f"{module}.{binding.node.name}")
                case _:
                    return None
        return found.pop() if len(found) == 1 else None


def _holder(mapping: ast.expr) -> ast.expr:
    """The `thing` of `vars(thing)` and `thing.__dict__`; `__builtins__` may be the dict itself."""
    match mapping:
        case ast.Attribute(attr="__dict__", value=thing) | ast.Call(func=ast.Name(id="vars"), args=[thing]):
            return thing
        case _:
            return mapping
