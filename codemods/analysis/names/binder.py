"""The walk that fills `scopes`: parents, the scope in which each node is evaluated, and the targets of each construct that binds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from codemods.analysis.names.scopes import Binding, Scope, mangled
from codemods.analysis.text.walking import FIELDS, may_hold

Handler = Callable[["Binder", ast.AST, Scope], None]
Node = TypeVar("Node", bound=ast.AST)
Target = TypeVar("Target", ast.Attribute, ast.Subscript)


class Binder:
    """Walks a tree once. Afterwards `parents` and `scope_of` are keyed by node, and `module` is the outermost scope."""

    def __init__(self, tree: ast.Module, handlers: dict[type[ast.AST], Handler], text: str) -> None:
        self.handlers = handlers
        self.declares = may_hold(text, "global", "nonlocal")
        self.nonlocals: list[Binding] = []
        self.parents: dict[ast.AST, ast.AST] = {}
        self.scope_of: dict[ast.AST, Scope] = {}
        self.scope_at: dict[ast.AST, Scope] = {}
        self.module = self.open("module", tree, None)
        self.scope_of[tree] = self.module
        self.pending: list[tuple[ast.AST, Scope]] = [(tree, self.module)]
        self._run()

    def _run(self) -> None:
        """An explicit stack, not recursion: deep expressions must not end in RecursionError."""
        pending, handler_of, children_of = self.pending, self.handlers.get, self.all
        while pending:
            node, scope = pending.pop()
            handler = handler_of(node.__class__)
            if handler is not None:
                handler(self, node, scope)
            else:
                children_of(node, scope)
        for binding in self.nonlocals:
            around = binding.scope.parent
            binding.scope = (around.owner(binding.name) if around else None) or binding.scope
            binding.scope.bindings.setdefault(binding.name, []).append(binding)
        for opened in self.module.below():
            for bindings in opened.bindings.values():
                if len(bindings) > 1:
                    bindings.sort(key=_position)

    def open(self, kind: str, node: ast.AST, parent: Scope | None) -> Scope:
        scope = Scope(kind, node, parent)
        if parent is not None:
            parent.children.append(scope)
        self.scope_at[node] = scope
        return scope

    def child(self, child: ast.AST | None, parent: ast.AST, scope: Scope) -> None:
        if child is not None:
            self.parents[child] = parent
            self.scope_of[child] = scope
            self.pending.append((child, scope))

    def children(self, children: Iterable[ast.AST | None], parent: ast.AST, scope: Scope) -> None:
        for child in children:
            self.child(child, parent, scope)

    def all(self, node: ast.AST, scope: Scope) -> None:
        parents, scope_of, pending = self.parents, self.scope_of, self.pending
        for name in FIELDS[node.__class__]:
            value = getattr(node, name, None)
            if value.__class__ is list:
                for child in value:
                    if child is not None:
                        parents[child] = node
                        scope_of[child] = scope
                        if child.__class__ is not ast.Constant:
                            pending.append((child, scope))
            elif value is not None:
                parents[value] = node
                scope_of[value] = scope
                if value.__class__ is not ast.Constant:  # which has nothing below
                    pending.append((value, scope))

    @cached_property
    def shower(self) -> ast.Name | None:
        """What shows the names of some scope of the file (see `Scope.dynamic`), the first such name."""
        return next((one.shower for one in self.module.below() if one.shower is not None), None)

    # --- what there is ----------------------------------------------------------------------------------------------------------

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        """All nodes of these classes, the module apart, class by class."""
        for kind in kinds:
            yield from self._nodes.get(kind, ())  # type: ignore[misc]

    def stored(self, kind: type[Target]) -> list[Target]:
        """The nodes of a class that are stored or deleted where they stand."""
        return [node for node in self.nodes(kind) if node.ctx.__class__ is not ast.Load]

    @cached_property
    def _nodes(self) -> dict[type[ast.AST], list[ast.AST]]:
        """The nodes by their classes, so that none but those that matter are looked at."""
        found: dict[type[ast.AST], list[ast.AST]] = {}
        for node in self.parents:
            found.setdefault(type(node), []).append(node)
        return found

    # --- what binds -------------------------------------------------------------------------------------------------------------

    def bind(self, binding: Binding) -> None:
        """Files the binding under the scope that owns the name; those of `nonlocal` names when all scopes are known."""
        scope = binding.scope
        name = binding.name = mangled(binding.name, scope)
        if name in scope.nonlocal_names:
            self.nonlocals.append(binding)
            return
        if name in scope.global_names:
            binding.scope = scope.root()
        binding.scope.bindings.setdefault(name, []).append(binding)

    def target(
        self,
        target: ast.AST,
        scope: Scope,
        kind: str,
        value: ast.expr | None,
        statement: ast.AST,
        path: tuple[int, ...] | None = (),
        annotation: ast.expr | None = None,
    ) -> None:
        match target:
            case ast.Name():
                self.bind(Binding(target.id, kind, target, scope, value, path, annotation, statement))
            case ast.Starred():
                self.target(target.value, scope, kind, value, statement, None)
            case ast.Tuple() | ast.List():
                self._unpack(target, scope, kind, value, statement, path)
            case _:
                pass  # an attribute or a subscript binds no name

    def _unpack(
        self,
        target: ast.Tuple | ast.List,
        scope: Scope,
        kind: str,
        value: ast.expr | None,
        statement: ast.AST,
        path: tuple[int, ...] | None,
    ) -> None:
        parts: list[ast.expr] | None = None
        if (
            kind == "assign"
            and path == ()
            and isinstance(value, ast.Tuple | ast.List)
            and len(value.elts) == len(target.elts)
            and not any(isinstance(part, ast.Starred) for part in [*value.elts, *target.elts])
        ):
            parts = value.elts
        starred = False
        for index, element in enumerate(target.elts):
            starred = starred or isinstance(element, ast.Starred)
            if parts is not None:
                self.target(element, scope, kind, parts[index], statement, ())
            else:
                inner = None if starred or path is None else (*path, index)
                self.target(element, scope, kind, value, statement, inner)

    def parameters(self, arguments: ast.arguments, scope: Scope, statement: ast.AST) -> None:
        positional = [*arguments.posonlyargs, *arguments.args]
        defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
        defaults.extend(arguments.defaults)
        for argument, default in [
            *zip(positional, defaults, strict=True),
            *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        ]:
            self.bind(Binding(argument.arg, "parameter", argument, scope, default, (), argument.annotation, statement))
        for rest in (arguments.vararg, arguments.kwarg):
            if rest is not None:
                self.bind(Binding(rest.arg, "parameter", rest, scope, None, None, rest.annotation, statement))


def _position(binding: Binding) -> tuple[int, int]:
    return getattr(binding.node, "lineno", 0), getattr(binding.node, "col_offset", 0)
