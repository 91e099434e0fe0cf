"""Where a name comes from: the builtin it is, or the import that bound it."""

from __future__ import annotations

import ast
import builtins
from functools import cached_property

from codemods.analysis.names.binder import Binder
from codemods.analysis.names.scopes import Scope, mangled

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) - {"copyright", "credits", "exit", "license", "quit"}
"""The builtin names. `site` adds the five taken out, and only to interactive sessions' benefit."""

_KEEPS_BUILTINS = frozenset({
    "abc", "argparse", "asyncio", "base64", "collections", "collections.abc", "contextlib", "copy", "csv", "ctypes",
    "dataclasses", "datetime", "decimal", "enum", "errno", "fractions", "functools", "glob", "itertools", "json",
    "logging", "operator", "pathlib", "pprint", "queue", "random", "re", "shutil", "socket", "string", "struct",
    "subprocess", "sys", "tempfile", "textwrap", "threading", "time", "tkinter", "tkinter.constants", "tkinter.ttk",
    "turtle", "types", "typing", "unittest", "uuid", "warnings",
})
"""Standard library modules whose star import binds no name that is a builtin's.

`math` (pow), `os` (open), `codecs` (open), `io` (open), `gzip`, `asyncio` (TimeoutError, which is the builtin) and others are not here.
"""


class Origins:
    """Answers where names come from, over the scopes of one file."""

    def __init__(self, names: Binder) -> None:
        self._names = names
        self._stars = [star for scope in names.module.below() for star in scope.stars]
        self._hidden = any(star not in _KEEPS_BUILTINS for star in self._stars)
        self._patches = "builtins" in names.module.uses or "__builtins__" in names.module.uses

    def is_builtin(self, name: str, scope: Scope) -> bool:
        if name not in BUILTINS or self._hidden:
            return False
        return scope.owner(mangled(name, scope)) is None and not (self._patches and name in self._stored)

    @cached_property
    def _stored(self) -> frozenset[str]:
        """The names of all attributes that the file stores: `builtins.print = …` may be among them."""
        return frozenset(
            node.attr for node in self._names.nodes(ast.Attribute) if isinstance(node.ctx, ast.Store)
        )

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """The full names of what the file sets in other modules: `os.getcwd = …`, `setattr(os, "getcwd", …)`."""
        found: set[str | None] = set()
        for node in self._names.nodes(ast.Attribute, ast.Call):
            match node:
                case ast.Attribute(ctx=ast.Store() | ast.Del()):
                    found.add(self._dotted(node))
                case ast.Call(func=ast.Name(id="setattr"), args=[thing, ast.Constant(value=str() as name), _]):
                    base = self._dotted(thing)
                    found.add(f"{base}.{name}" if base is not None else None)
                case _:
                    pass
        return frozenset(name for name in found if name is not None)

    def of(self, node: ast.expr) -> str | None:
        """The full name of what a name or dotted name of the file stands for, where it is certain."""
        found = self._dotted(node)
        return found if found is None or found not in self._replaced else None

    def _dotted(self, node: ast.expr) -> str | None:
        match node:
            case ast.Name():
                return self._named(node.id, self._names.scope_of[node])
            case ast.Attribute():
                base = self._dotted(node.value)
                return f"{base}.{node.attr}" if base is not None else None
            case _:
                return None

    def named(self, node: ast.expr, scope: Scope) -> str | None:
        """The same for an expression that need not stand in the file's tree (a string annotation), as if it stood in `scope`."""
        match node:
            case ast.Name():
                return self._named(node.id, scope)
            case ast.Attribute():
                base = self.named(node.value, scope)
                return f"{base}.{node.attr}" if base is not None else None
            case _:
                return None

    def _named(self, name: str, scope: Scope) -> str | None:
        key = mangled(name, scope)
        owner = scope.owner(key)
        if owner is None:
            return f"builtins.{name}" if self.is_builtin(name, scope) else None
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
