"""The types of variables: from all that binds them, or where those differ, from what can have bound them last."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.places import Place
from codemods.analysis.names.origins import BUILTINS
from codemods.analysis.names.scopes import Binding, Scope, Variable
from codemods.analysis.order.flow import Flow
from codemods.analysis.order.flows import body_scope
from codemods.analysis.types.flow_states import States
from codemods.analysis.types.narrowing import subjects
from codemods.analysis.types.vocabulary import NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


_MODULE_NAMES = {"__name__": STR, "__file__": STR}

_CLASSES = frozenset({
    "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "object", "range", "set", "str", "tuple", "type",
})  # fmt: skip
"""Builtin names that stand for classes."""


class Variables:
    """Answers for names. Everything that may depend on itself goes through the inference's `fixpoint`."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self.fixpoint = inference.fixpoint
        self.states = States(inference)
        self._written_elsewhere: dict[Variable, bool] = {}

    def of(self, name: ast.Name) -> Type | None:
        """The type of a name where it is read; of one that is stored, what is stored."""
        variable = self.module.variable(name)
        if variable is None:
            return self._unbound(name)
        if not isinstance(name.ctx, ast.Load):
            binding = next((one for one in variable[0].bindings[variable[1]] if one.node is name), None)
            return self.inference.bindings.of(binding) if binding is not None else None
        return self.at(variable, name)

    def _unbound(self, name: ast.Name) -> Type | None:
        """A name that nothing in the file binds."""
        if name.id in _MODULE_NAMES:
            return _MODULE_NAMES[name.id]
        if name.id in _CLASSES and self.module.is_builtin(name.id, name):
            return Type("type", (Type(name.id),))
        return None

    def at(self, variable: Variable, node: ast.AST) -> Type | None:
        """The type of a variable where `node`, an event of the flow or not, reads it."""
        if self._untrusted(variable):
            return None
        overall = self.overall(variable)
        if overall == NONE and variable[0].kind == "module" and not self._runs_in(variable[0], node):
            return None  # a module's variable that is None and nothing else in this file is set by another
        always_bound = variable[0].kind not in ("class", "module") or not self.means_another(variable)
        flow = self.module.flow(node)
        certain = overall is not None and overall.name != "Union" and always_bound
        if certain and not self._contested(variable, flow):
            return overall
        index = flow.index.get(node)
        if index is not None and self._runs_in(variable[0], node) and not self.written_elsewhere(variable):
            differs = not always_bound or self._may_differ(variable, flow, overall)
            return self.states.before(variable, flow, index) if differs else overall
        if not always_bound:
            return None
        if index is not None and Place(*variable) in self.states.tests(flow) and self._stable(variable, node):
            return self.states.before(variable, flow, index)
        return self._delayed(variable, node, overall)

    def _contested(self, variable: Variable, flow: Flow) -> bool:
        """Whether the body itself asks what the variable's class is."""
        self.states.tests(flow)
        return Place(*variable) in self.states.contested[flow]

    def means_another(self, variable: Variable) -> bool:
        """Whether a name that is not bound yet means another thing: the module's, or a builtin."""
        scope, name = variable
        if name in BUILTINS or name in _MODULE_NAMES:
            return True
        return scope.kind == "class" and (name in scope.root().bindings or bool(scope.root().stars))

    def _untrusted(self, variable: Variable) -> bool:
        """Whether something that is no binding may write the variable: `exec`, `globals()[…] =`, a star import."""
        scope, _ = variable
        if scope.kind == "module":
            return self.inference.hidden.writes_globals or (bool(scope.stars) and self._star_may_follow(variable))
        return scope.kind == "class" and scope.dynamic

    def _star_may_follow(self, variable: Variable) -> bool:
        """Whether a star import may come after the first binding and so replace it."""
        first = min((getattr(one.node, "lineno", 0) for one in variable[0].bindings[variable[1]]), default=0)
        return any(line >= first for line in self.inference.hidden.star_lines)

    def overall(self, variable: Variable) -> Type | None:
        """The type of a variable wherever it is read."""
        return self.fixpoint.ask(variable, self._of_all, variable)

    def _of_all(self, variable: Variable) -> Type | None:
        """The type that every binding gives."""
        found: list[Type | None] = []
        for binding in variable[0].bindings[variable[1]]:
            if binding.kind == "annotation":
                continue
            kind = self.inference.bindings.of(binding)
            if kind is None:
                return None
            found.append(kind)
        return union(found)

    def _may_differ(self, variable: Variable, flow: Flow, overall: Type | None) -> bool:
        """Whether the type at one place can be another than the type of all bindings together."""
        if len(variable[0].bindings[variable[1]]) > 1 or self._contested(variable, flow):
            return True
        return overall is not None and Place(*variable) in self.states.tests(flow)

    def written_elsewhere(self, variable: Variable) -> bool:
        """Whether a `global`, a `nonlocal` or a walrus in a lazy generator binds the variable outside the body it belongs to."""
        known = self._written_elsewhere.get(variable)
        if known is None:
            scope, name = variable
            known = self._written_elsewhere[variable] = not all(
                binding.kind == "parameter" or self._bound_in(scope, binding) for binding in scope.bindings[name]
            )
        return known

    def _bound_in(self, scope: Scope, binding: Binding) -> bool:
        if not self._runs_in(scope, binding.node):
            return False
        return binding.kind in ("annotation", "typeparam") or binding.node in self.module.flow(binding.node).index

    def _runs_in(self, scope: Scope, node: ast.AST) -> bool:
        """Whether `node` is evaluated in the body that `scope` is, or is part of."""
        return body_scope(scope) is body_scope(self.module.scope(node))

    # --- read from an inner function ---

    def _stable(self, variable: Variable, node: ast.AST) -> bool:
        """Whether a variable of a body around cannot change while the body that reads it runs."""
        scope, name = variable
        if self.written_elsewhere(variable):
            return False
        if [binding.kind for binding in scope.bindings[name]] == ["parameter"]:
            return True
        function = self.module.function(node)
        return scope.kind == "module" and isinstance(function, ast.FunctionDef) and not self.inference.functions.yields(function)

    def _delayed(self, variable: Variable, node: ast.AST, overall: Type | None) -> Type | None:
        """Read in a lambda or lazy generator: a parameter that is bound nowhere else is what it is where the lambda is made."""
        scope, name = variable
        kinds = [binding.kind for binding in scope.bindings[name]]
        if isinstance(scope.node, ast.GeneratorExp) and len(kinds) == 1:
            return self._guarded(scope.node, variable, node, overall)
        if kinds != ["parameter"]:
            return overall
        flow = self.module.flow_of(body_scope(scope).node)
        for around in self.module.ancestors(node):
            index = flow.index.get(around)
            if index is not None:
                return self.states.before(variable, flow, index) if Place(scope, name) in self.states.tests(flow) else overall
        return overall

    def _guarded(self, generator: ast.GeneratorExp, variable: Variable, node: ast.AST, kind: Type | None) -> Type | None:
        """A lazy generator's own variable behind the generator's `if`s."""
        for clause in generator.generators:
            for test in clause.ifs:
                if self.module.inside(node, test):
                    return kind
                for part in test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]:
                    for subject in subjects(part):
                        if isinstance(subject, ast.Name) and self.module.variable(subject) == variable:
                            kind = self.inference.narrowing.apply(kind, part, subject, True)
        return kind
