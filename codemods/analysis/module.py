"""The facade: one file's text and tree, and every fact about them, computed when it is first asked for and kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.calls.call_effects import effect_of_call
from codemods.analysis.calls.calls import Callee, Calls
from codemods.analysis.calls.hidden_code import HiddenCode
from codemods.analysis.calls.implicit_calls import ImplicitCalls
from codemods.analysis.calls.summaries import CallEffect, Summaries, Summary
from codemods.analysis.calls.unseen_calls import UnseenCalls
from codemods.analysis.change.ownership import Ownership
from codemods.analysis.change.places import Place
from codemods.analysis.change.private_attributes import PrivateAttributes
from codemods.analysis.names.binder import Binder
from codemods.analysis.names.constructs import bind_names
from codemods.analysis.names.hidden_writes import HiddenWrites
from codemods.analysis.names.origins import Origins
from codemods.analysis.names.scopes import Binding, FunctionNode, Scope, mangled
from codemods.analysis.names.spelled import names_spelled
from codemods.analysis.order.flow import Event, Flow
from codemods.analysis.order.flows import Flows, body_scope
from codemods.analysis.text.positions import Lines, in_source_order
from codemods.analysis.types.subclasses import subclassed
from codemods.analysis.types.vocabulary import Type

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


class Module:
    """Facts about one file.

    Args:
        text: the decoded text, line ends as they stand, without a byte order mark.
        tree: what `ast.parse(text)` gave.
        target: the lowest Python that must run the result.
        line_length: the width in characters that a rewritten line may have.
        filename: the file's name without its folder, where it is known: `__init__.py` and stubs are different.
    """

    def __init__(self, text: str, tree: ast.Module, target: tuple[int, int] = (3, 11), line_length: int = 88, filename: str = "") -> None:
        self.text = text
        self.tree = tree
        self.target = target
        self.line_length = line_length
        self.filename = filename
        self._ownerships: dict[Place, Ownership] = {}
        self._ordinals: dict[ast.AST, dict[ast.AST, int]] = {}

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def names(self) -> Binder:
        """Scopes, parents and bindings."""
        return bind_names(self.tree, self.text)

    @cached_property
    def origins(self) -> Origins:
        return Origins(self.names, self.text)

    # --- text and positions ---

    def span(self, node: ast.AST) -> tuple[int, int]:
        """The node's half-open span in characters of `text`."""
        return self.lines.span(node)

    def segment(self, node: ast.AST) -> str:
        """The node's text."""
        start, end = self.span(node)
        return self.text[start:end]

    def line(self, node: ast.AST) -> int:
        """The node's first line, 1-based; of a node that has no place of its own (`with` items, clauses) that of its first part."""
        return next(int(one.lineno) for one in ast.walk(node) if hasattr(one, "lineno"))

    def ordinal(self, node: ast.AST, anchor: ast.AST) -> int:
        """Which `node` is among the nodes of its own class in `anchor`, in source order, from 0. See `positions.in_source_order`."""
        known = self._ordinals.get(anchor)
        if known is None:
            counts: dict[type[ast.AST], int] = {}
            known = self._ordinals[anchor] = {}
            for one in in_source_order(anchor):
                count = counts.get(type(one), 0)
                known[one] = count
                counts[type(one)] = count + 1
        return known[node]

    # --- the tree ---

    def parent(self, node: ast.AST) -> ast.AST | None:
        return self.names.parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around `node`, innermost first."""
        parents = self.names.parents
        around = parents.get(node)
        while around is not None:
            yield around
            around = parents.get(around)

    def own_nodes(self, function: ast.AST) -> Iterator[ast.AST]:
        """The nodes of a function's (module's, class's) body, without those of functions, lambdas and classes nested in it."""
        stack: list[ast.AST] = list(function.body) if isinstance(function.body, list) else [function.body]  # type: ignore[attr-defined]
        while stack:
            node = stack.pop()
            yield node
            if not isinstance(node, FunctionNode | ast.ClassDef):
                stack.extend(ast.iter_child_nodes(node))

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The innermost statement that holds `node`, or `node` itself."""
        if isinstance(node, ast.stmt):
            return node
        return next((around for around in self.ancestors(node) if isinstance(around, ast.stmt)), None)

    def inside(self, node: ast.AST, around: ast.AST) -> bool:
        """Whether `node` is `around` or stands in it."""
        return node is around or any(one is around for one in self.ancestors(node))

    def function(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | None:
        """The innermost function or lambda whose body or parameters hold `node`."""
        for scope in self.scope(node).outward():
            if isinstance(scope.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and scope.kind != "typeparams":
                return scope.node
        return None

    def class_of(self, function: ast.AST) -> ast.ClassDef | None:
        """The class whose method `function` is, directly in its body."""
        parent = self.parent(function)
        while isinstance(parent, ast.If | ast.Try):
            parent = self.parent(parent)
        return parent if isinstance(parent, ast.ClassDef) else None

    # --- names ---

    def scope(self, node: ast.AST) -> Scope:
        """The scope in which `node` is evaluated."""
        return self.names.scope_of[node]

    def scope_inside(self, node: ast.AST) -> Scope:
        """The scope that `node` (a module, function, lambda, class, comprehension) opens."""
        return self.names.scope_at[node]

    def owner(self, name: str, at: ast.AST) -> Scope | None:
        """The scope whose variable `name` is, used at `at`; `None` for builtins and unknown names."""
        scope = self.scope(at)
        return scope.owner(mangled(name, scope))

    def variable(self, name: ast.Name) -> tuple[Scope, str] | None:
        """The variable a name stands for: its scope and its (mangled) name. Equal for equal variables."""
        scope = self.scope(name)
        key = mangled(name.id, scope)
        owner = scope.owner(key)
        return (owner, key) if owner is not None else None

    def bindings(self, name: str, at: ast.AST) -> list[Binding]:
        """All places in the file that bind the variable that `name` means at `at`."""
        owner = self.owner(name, at)
        return owner.bindings.get(mangled(name, self.scope(at)), []) if owner is not None else []

    def is_builtin(self, name: str, at: ast.AST) -> bool:
        """Whether `name` at `at` is the builtin: bound nowhere around, and not perhaps by a star import or a write to `builtins`."""
        return self.origins.is_builtin(name, self.scope(at))

    def origin(self, node: ast.expr) -> str | None:
        """The full name of what a name or dotted name stands for ("builtins.len", "os.path.join"), where it is certain.

        Names bound by one import and nothing else, and builtins. A thing of this file has none.
        """
        return self.origins.of(node)

    @cached_property
    def exported(self) -> frozenset[str]:
        """The names in the strings that statements about `__all__` hold."""
        names: set[str] = set()
        for use in self.names.module.uses.get("__all__", ()):
            statement = self.statement(use)
            if statement is not None:
                names.update(n.value for n in ast.walk(statement) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        return frozenset(names)

    def shows_names(self, at: ast.AST) -> ast.Name | None:
        """What may see the names of the scope at `at` other than by writing them: `locals()`, `exec`, `globals()` and the like."""
        scope = self.scope(at).function()
        return self.names.shower if scope.kind == "module" else scope.shower

    # --- calls ---

    @cached_property
    def calls(self) -> Calls:
        return Calls(self)

    @cached_property
    def summaries(self) -> Summaries:
        """What each function of the file may do."""
        return Summaries(self)

    @cached_property
    def implicit(self) -> ImplicitCalls:
        """What decorators, context managers and properties run."""
        return ImplicitCalls(self)

    @cached_property
    def hidden(self) -> HiddenCode:
        """What operators, iteration and the like run."""
        return HiddenCode(self)

    @cached_property
    def unseen(self) -> UnseenCalls:
        """What unknown calls may run of the file's own code."""
        return UnseenCalls(self)

    def callee(self, call: ast.Call) -> Callee | None:
        """The function, lambda or class of this file that a call certainly runs."""
        return self.calls.callee(call)

    def summary(self, function: FunctionNode) -> Summary:
        """What a function of this file may do to objects that are not its own."""
        return self.summaries.of(function)

    def effect_of_call(self, call: ast.Call) -> CallEffect:
        """What a call may change, at worst."""
        return effect_of_call(call, self)

    @cached_property
    def hidden_writes(self) -> HiddenWrites:
        """What may write variables or attributes without naming them."""
        return HiddenWrites(self)

    # --- who holds what ---

    def ownership(self, place: Place) -> Ownership:
        """Who else may hold the object of a variable."""
        return self._ownerships.setdefault(place, Ownership(self, place))

    @cached_property
    def private_attributes(self) -> PrivateAttributes:
        return PrivateAttributes(self)

    @cached_property
    def names_spelled(self) -> frozenset[str]:
        """See `spelled.names_spelled`."""
        return names_spelled(self)

    # --- types and flow ---

    @cached_property
    def subclassed(self) -> frozenset[str]:
        """The builtins of which the file defines or imports a subclass."""
        return subclassed(self)

    def type_of(self, node: ast.expr) -> Type | None:
        """The class of the value of `node` where it stands, as far as it is proved; `None` where it is not known."""
        return self.inference.of(node)

    @cached_property
    def inference(self) -> Inference:
        """What answers `type_of`, and can say why."""
        from codemods.analysis.types.inference import Inference

        return Inference(self)

    @cached_property
    def flows(self) -> Flows:
        return Flows(self)

    def flow(self, node: ast.AST) -> Flow:
        """The flow of the body in which `node` is evaluated. Nested comprehensions and class bodies belong to the body around them."""
        return self.flows.of(body_scope(self.scope(node)).node)

    def flow_of(self, body: ast.AST) -> Flow:
        """The flow of a module, function or lambda."""
        return self.flows.of(body)

    def consumed_at_once(self, node: ast.GeneratorExp) -> bool:
        """Whether a generator expression is the first argument of a builtin that uses it up before anything else runs, or of `str.join`.

        `sum(x for …)` is; a loop over the generator is not, nor `min(…, key=f)`, where `f` runs in between.
        """
        return self.flows.consumed_at_once(node)

    def event(self, node: ast.AST) -> Event | None:
        """The event of a use, store, call or creation; `None` where `node` is delayed, unreachable or no event of its own."""
        flow = self.flow(node)
        index = flow.index.get(node)
        return flow.events[index] if index is not None else None
