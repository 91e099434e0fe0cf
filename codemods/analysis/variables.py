"""The types of variables: from all that binds them, or where those differ, from what can have bound them last."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.containers import element, place
from codemods.analysis.flow import DELETE, NARROW, STORE, Event, Flow
from codemods.analysis.flows import body_scope
from codemods.analysis.narrowing import subjects
from codemods.analysis.operations import augmented
from codemods.analysis.origins import BUILTINS
from codemods.analysis.places import Place, bound_name, place_of
from codemods.analysis.scopes import Binding, Scope
from codemods.analysis.types import NEVER, NONE, STR, Type, union

if TYPE_CHECKING:
    from codemods.analysis.inference import Inference

Variable = tuple[Scope, str]

_DUNDERS = {"__name__": STR, "__file__": STR}

_MOST_SOURCES = 48
"""A variable that so many bindings and tests can have touched last is not followed."""


class Variables:
    """Answers for names. Everything that may depend on itself goes through the inference's `fixpoint`."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self.fixpoint = inference.fixpoint
        self._tests: dict[Flow, dict[Place, list[tuple[Event, ast.expr]]]] = {}
        self._written_elsewhere: dict[Variable, bool] = {}

    def of_name(self, name: ast.Name) -> Type | None:
        """The type of a name where it is read; of one that is stored, what is stored."""
        variable = self.module.variable(name)
        if variable is None:
            return _DUNDERS.get(name.id) if name.id not in self.module.names.module.bindings else None
        if not isinstance(name.ctx, ast.Load):
            binding = next((one for one in self._bindings(variable) if one.node is name), None)
            return self.of_binding(binding) if binding is not None else None
        return self.at(variable, name)

    def at(self, variable: Variable, node: ast.AST) -> Type | None:
        """The type of a variable where `node`, an event of the flow or not, reads it."""
        if self._untrusted(variable):
            return None
        overall = self.fixpoint.ask(variable, self._of_all, variable)
        always_bound = variable[0].kind not in ("class", "module") or not self._falls_through(variable)
        if overall is not None and overall.name != "Union" and always_bound:
            return overall
        flow = self.module.flow(node)
        index = flow.index.get(node)
        if index is not None and self._runs_in(variable[0], node) and not self.written_elsewhere(variable):
            return self._before(variable, flow, index)
        return overall if always_bound else None

    def _bindings(self, variable: Variable) -> list[Binding]:
        return variable[0].bindings.get(variable[1], [])

    def _falls_through(self, variable: Variable) -> bool:
        """Whether a name that is not bound yet means another thing: the module's, or a builtin."""
        scope, name = variable
        if name in BUILTINS or name in _DUNDERS:
            return True
        return scope.kind == "class" and (name in scope.root().bindings or bool(scope.root().stars))

    def _untrusted(self, variable: Variable) -> bool:
        """Whether something that is no binding may write the variable: `exec`, `globals()[…] =`, a star import."""
        scope, _ = variable
        if scope.kind == "module":
            return self.inference.globals_written or bool(scope.stars and self._star_may_follow(variable))
        return scope.kind == "class" and scope.dynamic

    def _star_may_follow(self, variable: Variable) -> bool:
        """Whether a star import may come after the first binding and so replace it."""
        first = min((getattr(one.node, "lineno", 0) for one in self._bindings(variable)), default=0)
        return any(line >= first for line in self.inference.star_lines)

    def _of_all(self, variable: Variable) -> Type | None:
        """The type that every binding gives."""
        found: list[Type | None] = []
        for binding in self._bindings(variable):
            if binding.kind in ("delete", "annotation"):
                continue
            kind = self.of_binding(binding)
            if kind is None:
                return None
            found.append(kind)
        return union(found)

    def written_elsewhere(self, variable: Variable) -> bool:
        """Whether a `global`, a `nonlocal` or a walrus in a lazy generator binds the variable outside the body it belongs to."""
        known = self._written_elsewhere.get(variable)
        if known is None:
            scope = variable[0]
            known = self._written_elsewhere[variable] = any(
                binding.kind != "parameter" and not self._bound_in(scope, binding) for binding in self._bindings(variable)
            )
        return known

    def _bound_in(self, scope: Scope, binding: Binding) -> bool:
        if not self._runs_in(scope, binding.node):
            return False
        return binding.kind in ("annotation", "typeparam") or binding.node in self.module.flow(binding.node).index

    def _runs_in(self, scope: Scope, node: ast.AST) -> bool:
        """Whether `node` is evaluated in the body that `scope` is, or is part of."""
        return body_scope(scope) is body_scope(self.module.scope(node))

    # --- what came last ---

    def _before(self, variable: Variable, flow: Flow, index: int) -> Type | None:
        return self.fixpoint.ask((variable, index), self._sources, (variable, flow, index))

    def _sources(self, about: tuple[Variable, Flow, int]) -> Type | None:
        variable, flow, index = about
        scope, name = variable
        bindings = {flow.index[one.node]: one for one in self._bindings(variable) if one.node in flow.index}
        tests = {event.index: subject for event, subject in self.tests(flow).get(Place(scope, name), ())}
        stars = scope.kind == "module" and bool(scope.stars)

        def wanted(event: Event) -> bool:
            return event.index in bindings or event.index in tests or (stars and bound_name(event.node) == "*" and event.kind == STORE)

        events, from_entry = flow.last(index, wanted)
        if len(events) > _MOST_SOURCES:
            return None
        found = [self._at_entry(variable)] if from_entry else []
        for event in events:
            if event.index in tests:
                before = self._before(variable, flow, event.index)
                kind = self.inference.narrowing.apply(before, event.node, tests[event.index], event.positive)
            elif event.index in bindings:
                kind = self.of_binding(bindings[event.index]) if event.kind != DELETE else NEVER
            else:
                kind = None
            if kind is None:
                return None
            found.append(kind)
        return union(found)

    def _at_entry(self, variable: Variable) -> Type | None:
        parameter = next((one for one in self._bindings(variable) if one.kind == "parameter"), None)
        if parameter is not None:
            return self.of_binding(parameter)
        if variable[0].kind in ("class", "module") and self._falls_through(variable):
            return None
        return NEVER

    def tests(self, flow: Flow) -> dict[Place, list[tuple[Event, ast.expr]]]:
        """The NARROW events of a flow by the places they may say something of."""
        known = self._tests.get(flow)
        if known is None:
            known = self._tests[flow] = {}
            for event in flow.events:
                if event.kind != NARROW:
                    continue
                node = event.node
                tested = [self._subject(node)] if isinstance(node, ast.match_case) else subjects(node)
                for subject in tested:
                    where = place_of(subject, self.module)
                    if where is not None:
                        known.setdefault(where, []).append((event, subject))
        return known

    def _subject(self, case: ast.match_case) -> ast.expr:
        match = self.module.parent(case)
        assert isinstance(match, ast.Match)
        return match.subject

    # --- bindings ---

    def of_binding(self, binding: Binding | None) -> Type | None:
        """The type that one binding gives its variable."""
        return self.fixpoint.ask(binding, self._of_binding, binding) if binding is not None else None

    def _of_binding(self, binding: Binding) -> Type | None:
        match binding.kind:
            case "assign" | "walrus":
                return self._assigned(binding)
            case "parameter":
                return self.inference.parameters.of(binding)
            case "augment":
                assert isinstance(binding.statement, ast.AugAssign)
                before = self.at((binding.scope, binding.name), binding.statement)
                kind = augmented(binding.statement.op, before, self._value(binding.value))
                return self._said(kind, "made", binding)
            case "for":
                return self._said(place(element(self._value(binding.value)), binding.path), "an element", binding)
            case "with":
                return self._said(place(self.inference.entered(binding.value), binding.path), "opened", binding)
            case "match":
                return self._matched(binding)
            case "except":
                return self.inference.caught(binding.value)
            case "class" | "function":
                return self.inference.defined(binding.node)
            case "delete":
                return NEVER
            case _:
                return None

    def _value(self, value: ast.expr | None) -> Type | None:
        return self.inference.infer(value) if value is not None else None

    def _assigned(self, binding: Binding) -> Type | None:
        value = place(self._value(binding.value), binding.path)
        if binding.annotation is not None:
            return self.inference.annotated(binding.annotation, value, binding.statement)
        if value is None:
            return self._declared(binding)
        return self._said(self.inference.contents.kept(binding, value), "assigned", binding)

    def _declared(self, binding: Binding) -> Type | None:
        """What a bare `x: int` in the same body says of an assignment whose value is not known."""
        said = [one for one in self._bindings((binding.scope, binding.name)) if one.kind == "annotation"]
        if len(said) != 1:
            return None
        return self.inference.annotated(said[0].annotation, None, said[0].statement)

    def _matched(self, binding: Binding) -> Type | None:
        """A name captured by the whole of a `case`: `case str() as s`, `case other`, or by a builtin's class pattern: `case str(s)`."""
        pattern = binding.node
        if isinstance(pattern, ast.MatchStar):
            return Type("list")
        if isinstance(pattern, ast.MatchMapping):
            return Type("dict")
        around = self.module.parent(pattern)
        inner = pattern.pattern if isinstance(pattern, ast.MatchAs) else None
        before: Type | None = None
        if isinstance(around, ast.match_case):
            before = self._value(self._subject(around))
        elif isinstance(around, ast.MatchClass) and around.patterns == [pattern]:
            kind = self.inference.narrowing.classes(around.cls)
            before = kind if kind is not None and all("." not in one.name for one in kind.members()) else None
        return self.inference.narrowing.pattern(before, inner) if inner is not None else before

    def _said(self, kind: Type | None, how: str, binding: Binding) -> Type | None:
        """The type with a clause that says where the variable got it."""
        if kind is None or kind is NEVER:
            return kind
        line = self.module.line(binding.node)
        noun = "None" if kind == NONE else f"an {kind}" if str(kind)[:1] in "aeiou" else f"a {kind}"
        match how:
            case "assigned":
                return kind.said(f"assigned {noun} at line {line}")
            case "an element":
                return kind.said(f"{noun} from what is looped over at line {line}")
            case _:
                return kind.said(f"{how} {noun} at line {line}")
