"""Scopes and what binds names in them, from one pass over the tree.

`symtable` would answer most of this, but differently in 3.11 and 3.12 (PEP 709 inlines comprehensions), and without nodes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct, field

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
ComprehensionNode = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Binding(Struct, eq=False):
    """One place that binds (or unbinds) a name.

    Attributes:
        kind: assign, annotation (a bare `x: int`), augment, parameter, for, with, import, function, class, except, match, walrus,
            delete, typeparam.
        node: the node that binds: a `Name` in Store or Del context, `arg`, `alias`, `ExceptHandler`, definition, pattern.
        value: for assign, walrus and augment the value bound; for `for` the iterable; for `with` the context expression; a parameter's
            default.
        path: which part of the value, where a target is unpacked: `a, (b, c) = v` binds `c` with path (1, 1). A starred part and all
            behind it have path `None`, as nothing is known of their place.
        annotation: the annotation written at this place.
        statement: the statement (or comprehension clause) that binds.
    """

    name: str
    kind: str
    node: ast.AST
    scope: Scope
    value: ast.expr | None = None
    path: tuple[int, ...] | None = ()
    annotation: ast.expr | None = None
    statement: ast.AST | None = None


class Scope(Struct, eq=False):
    """A module, class, function, lambda or comprehension with the names bound in it.

    Attributes:
        shower: what makes the scope `dynamic`, the first such name.
        stars: modules imported with `*` here (module scope only).
        globals_declared: the names in `global` statements of the file, each with a scope that has it (module scope only).
    """

    kind: str
    node: ast.AST
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    uses: dict[str, list[ast.Name]] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)
    children: list[Scope] = field(default_factory=list)
    shower: ast.Name | None = None
    stars: list[str] = field(default_factory=list)
    globals_declared: dict[str, Scope] = field(default_factory=dict)
    _users: dict[tuple[Scope | None, str], list[Scope]] = field(default_factory=dict)

    @property
    def dynamic(self) -> bool:
        """Whether the scope may gain or show names that the text does not name here: `exec`, `eval`, `locals`, `vars`, `globals`, `dir`."""
        return self.shower is not None

    def owner(self, name: str) -> Scope | None:
        """The scope whose variable `name` means when used here; `None` where it is a builtin or unknown."""
        scope: Scope | None = self
        first = True
        while scope is not None:
            if scope.kind == "class" and not first:
                scope = scope.parent
                continue
            if name in scope.global_names:
                module = scope.root()
                return module if name in module.bindings else None
            if name in scope.bindings and name not in scope.nonlocal_names:
                return scope
            # The body of a comprehension in a class sees the class's names no more than a function would.
            first = False
            scope = scope.parent
        return None

    def root(self) -> Scope:
        """The module's scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def function(self) -> Scope:
        """The nearest scope around that is no comprehension: where a walrus binds and `locals()` looks."""
        scope = self
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        return scope

    def outward(self) -> Iterator[Scope]:
        """This scope and all around it, the module's last."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def mentions(self, name: str) -> Iterator[ast.Name]:
        """The loads, stores and deletions of this scope's own variable, in it and in all scopes nested in it."""
        for scope in self.users(name):
            yield from scope.uses[name]

    def users(self, name: str) -> list[Scope]:
        """The scopes that use this scope's own variable. To be asked when all is bound."""
        return self.root()._users_by_variable().get((self, name), [])

    def outer_users(self, name: str) -> Iterator[Scope]:
        """This scope and those nested in it, as far as they use a variable of that name, or a builtin, that is not theirs."""
        root = self.root()
        users = root._users_by_variable()
        for owner in {self.owner(name): None, (root if name in root.bindings else None): None}:
            for scope in users.get((owner, name), ()):
                if owner is not self and self in scope.outward():
                    yield scope

    def _users_by_variable(self) -> dict[tuple[Scope | None, str], list[Scope]]:
        """Of the module's scope: for each variable of the file, by its owner (`None` for builtins) and name, the scopes that use it."""
        if not self._users:
            for scope in self.below():
                for used in scope.uses:
                    self._users.setdefault((scope.owner(used), used), []).append(scope)
        return self._users

    def below(self) -> Iterator[Scope]:
        """This scope and all nested in it."""
        stack = [self]
        while stack:
            scope = stack.pop()
            yield scope
            stack.extend(scope.children)


Variable = tuple[Scope, str]
"""A variable: the scope that owns it, and its name there."""

DYNAMIC = frozenset({"exec", "eval", "locals", "vars", "globals", "dir"})


def mangled(name: str, scope: Scope) -> str:
    """A private name as the compiler stores it: `__x` inside `class C` is `_C__x`."""
    if name[:2] != "__" or name.endswith("__"):
        return name
    around = next((one.node for one in scope.outward() if one.kind == "class"), None)
    if not isinstance(around, ast.ClassDef):
        return name
    bare = around.name.lstrip("_")
    return f"_{bare}{name}" if bare else name
