"""The flows of one file, each built once, with what is indexed over them: the events that bind a variable, its uses at other times."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from codemods.analysis.calls.known_calls import READS_ONLY
from codemods.analysis.change.places import bound_name
from codemods.analysis.names.scopes import Scope, Variable, mangled
from codemods.analysis.order.flow import CREATE, STORE, Event, Flow
from codemods.analysis.order.flow_blocks import build
from codemods.analysis.order.flow_expressions import EAGER
from codemods.analysis.order.managers import lets_through
from codemods.analysis.text.walking import walk

if TYPE_CHECKING:
    from codemods.analysis.module import Module

FlowNode = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def body_scope(scope: Scope) -> Scope:
    """The module, function or lambda in whose flow a scope's expressions run."""
    while scope.kind not in ("module", "function", "lambda") and scope.parent is not None:
        scope = scope.parent
    return scope


class Flows:
    """Builds flows when they are asked for, and keeps them."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._flows: dict[ast.AST, Flow] = {}
        self._stores: dict[Flow, dict[Variable, list[int]]] = {}
        self._elsewhere: dict[Variable, ast.AST | None] = {}
        self._seen: dict[Flow, dict[Variable, dict[int, list[int]]]] = {}
        self._uses: dict[Flow, dict[Variable, list[int]]] = {}
        self._delayed: dict[Variable, list[ast.Name]] = {}

    def of(self, body: ast.AST) -> Flow:
        """The flow of a module, function or lambda."""
        flow = self._flows.get(body)
        if flow is None:
            assert isinstance(body, FlowNode)
            flow = self._flows[body] = build(body, self.consumed_at_once, partial(lets_through, module=self.module))
        return flow

    def consumed_at_once(self, node: ast.GeneratorExp) -> bool:
        """See `Module.consumed_at_once`."""
        call = self.module.parent(node)
        if not isinstance(call, ast.Call):
            return False
        match call.func:
            case ast.Name(id=name):
                others = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
                known = name in EAGER and self.module.is_builtin(name, call)
                return known and all(map(_is_made_at_once, others)) and not self._calls(call)
            case ast.Attribute(attr="join", value=separator):
                return len(call.args) == 1 and not call.keywords and self._is_text(separator)
            case _:
                return False

    def _calls(self, call: ast.Call) -> bool:
        """Whether a builtin that consumes a generator may run code of the program between two elements: `min` and `max` with a `key`."""
        if not isinstance(call.func, ast.Name) or call.func.id not in ("min", "max"):
            return False
        for keyword in call.keywords:
            match keyword.value:
                case ast.Constant():
                    pass
                case ast.Lambda(body=body):
                    if any(isinstance(one, ast.Call | ast.NamedExpr | ast.Await | ast.Yield | ast.YieldFrom) for one in walk(body)):
                        return True
                case ast.Name(id=name) if keyword.arg == "default" or (name in READS_ONLY and self.module.is_builtin(name, call)):
                    pass
                case _:
                    return True
        return False

    def _is_text(self, separator: ast.expr) -> bool:
        """Whether a receiver of `join` is a str or bytes, going by how it is written: types are not known before flows are."""
        match separator:
            case ast.Constant(value=str() | bytes()) | ast.JoinedStr():
                return True
            case ast.Name():
                found = self.module.bindings(separator.id, separator)
                return len(found) == 1 and isinstance(found[0].value, ast.Constant | ast.JoinedStr) and found[0].kind == "assign"
            case ast.Attribute():
                return self.module.origin(separator) in ("os.linesep", "os.sep", "os.pathsep")
            case _:
                return False

    def stores_of(self, flow: Flow, variable: Variable) -> list[int]:
        """The events of a flow that bind a variable, by index."""
        stores = self._stores.get(flow)
        if stores is None:
            stores = self._stores[flow] = {}
            for event in flow.events:
                if event.kind in (STORE, CREATE):
                    bound = self._bound_by(event)
                    if bound is not None:
                        stores.setdefault(bound, []).append(event.index)
        return stores.get(variable, [])

    def uses_of(self, flow: Flow, variable: Variable) -> list[int]:
        """The events of a flow that read or delete a variable, by index."""
        uses = self._uses.get(flow)
        if uses is None:
            uses = self._uses[flow] = {}
            for event in flow.events:
                name = event.node.target if isinstance(event.node, ast.AugAssign) else event.node
                if isinstance(name, ast.Name) and (name is not event.node or not isinstance(name.ctx, ast.Store)):
                    used = self.module.variable(name)
                    if used is not None:
                        uses.setdefault(used, []).append(event.index)
        return uses.get(variable, [])

    def seen_uses(self, flow: Flow, variable: Variable) -> dict[int, list[int]]:
        """For each event that binds a variable the events in the same flow that may read or delete what it bound, by index."""
        of_flow = self._seen.setdefault(flow, {})
        seen = of_flow.get(variable)
        if seen is None:
            seen = of_flow[variable] = {}
            stores = set(self.stores_of(flow, variable))
            for use in self.uses_of(flow, variable):
                for store in flow.last(use, lambda event: event.index in stores)[0]:
                    seen.setdefault(store.index, []).append(use)
        return seen

    def bound_elsewhere(self, variable: Variable) -> ast.AST | None:
        """What binds a variable in another function than its own, by `nonlocal` or `global`: the first such place."""
        if variable not in self._elsewhere:
            scope, name = variable
            own = scope.function()
            others = (one.node for one in scope.bindings.get(name, ()))
            self._elsewhere[variable] = next((one for one in others if self.module.scope(one).function() is not own), None)
        return self._elsewhere[variable]

    def _bound_by(self, event: Event) -> Variable | None:
        if isinstance(event.node, ast.Name):
            return self.module.variable(event.node)
        name = bound_name(event.node)
        if name is None:
            return None
        owner = self.module.owner(name, event.node)
        return (owner, mangled(name, self.module.scope(event.node))) if owner is not None else None

    def delayed_uses(self, variable: Variable) -> list[ast.Name]:
        """Uses of a variable in bodies that run at another time than its own scope's: functions, lambdas, lazy generators."""
        known = self._delayed.get(variable)
        if known is None:
            scope, name = variable
            home = self.of(body_scope(scope).node)
            known = self._delayed[variable] = [use for use in scope.mentions(name) if home.index.get(use) is None]
        return known


def _is_made_at_once(value: ast.expr) -> bool:
    """Whether evaluating an argument runs nothing: `lambda row, by=read(): …` calls `read`."""
    if isinstance(value, ast.Lambda):
        return all(isinstance(one, ast.Constant | ast.Name | None) for one in (*value.args.defaults, *value.args.kw_defaults))
    return isinstance(value, ast.Constant | ast.Name)
