"""The type of a variable right before an event, from the bindings and tests that can have come last."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.places import Place, bound_name, place_of
from codemods.analysis.names.scopes import Binding, Variable
from codemods.analysis.order.flow import NARROW, Event, Flow
from codemods.analysis.order.flows import body_scope
from codemods.analysis.order.reaching import ENTRY, Marks, Reaching, Sources
from codemods.analysis.types.narrowing import subjects
from codemods.analysis.types.vocabulary import NEVER, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


Test = tuple[Event, ast.expr]

_MOST_SOURCES = 48
"""A variable that so many bindings and tests can have touched last is not followed."""

_MANY_MARKS = 16
"""A variable bound and tested so often is followed from the first on, so that none of the answers needs a deep recursion."""


class _Marked:
    """The events of one body that bind or test one variable."""

    def __init__(self, marks: Marks, bindings: dict[int, Binding], tests: dict[int, Test]) -> None:
        self.marks = marks
        self.bindings = bindings
        self.tests = tests
        self.followed = len(marks.indexes) <= _MANY_MARKS


class States:
    """Answers for the bodies of one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self._tests: dict[Flow, dict[Place, list[Test]]] = {}
        self.contested: dict[Flow, set[Place]] = {}
        """The places that a body, once asked for its `tests`, tests for more than their truth."""
        self._reaching: dict[Flow, Reaching] = {}
        self._marked: dict[tuple[Variable, Flow], _Marked] = {}

    def before(self, variable: Variable, flow: Flow, index: int) -> Type | None:
        """The type of a variable right before the event `index` of a body."""
        reaching = self._reaching.get(flow)
        if reaching is None:
            reaching = self._reaching[flow] = Reaching(flow, _MOST_SOURCES)
        marked = self._marked.get((variable, flow))
        if marked is None:
            marked = self._marked[variable, flow] = self._mark(variable, flow)
        if not marked.followed:
            self._follow(variable, flow, marked, index)
        sources = reaching.last(marked.marks, index)
        if sources is None:
            return None
        return self.inference.fixpoint.ask((variable, flow, sources), self._joined, (variable, flow, sources))

    def _mark(self, variable: Variable, flow: Flow) -> _Marked:
        scope, name = variable
        bindings = {flow.index[one.node]: one for one in scope.bindings[name] if one.node in flow.index}
        tests = {test[0].index: test for test in self.tests(flow).get(Place(scope, name), ())}
        stars = [event.index for event in flow.events if bound_name(event.node) == "*"] if scope.stars else []
        return _Marked(Marks([*bindings, *tests, *stars]), bindings, tests)

    def _follow(self, variable: Variable, flow: Flow, marked: _Marked, stop: int) -> None:
        marked.followed = True
        for index in marked.marks.indexes:
            if index >= stop:
                break
            self._after(variable, flow, index)

    def _joined(self, about: tuple[Variable, Flow, Sources]) -> Type | None:
        variable, flow, sources = about
        found: list[Type | None] = []
        for index in sorted(sources):
            found.append(self._at_entry(variable, flow) if index == ENTRY else self._after(variable, flow, index))
            if found[-1] is None:
                return None
        return union(found)

    def _after(self, variable: Variable, flow: Flow, index: int) -> Type | None:
        """The type of a variable right behind one of its marks."""
        marked = self._marked[variable, flow]
        if index in marked.tests:
            event, subject = marked.tests[index]
            before = self.before(variable, flow, index)
            return self.inference.narrowing.apply(before, event.node, subject, event.positive)
        binding = marked.bindings.get(index)
        return self.inference.bindings.of(binding) if binding is not None else None

    def _at_entry(self, variable: Variable, flow: Flow) -> Type | None:
        """The type when the body begins: a parameter's, that of all bindings where the variable is another body's, else none yet."""
        scope, name = variable
        if self.module.flow_of(body_scope(scope).node) is not flow:
            return self.inference.variables.overall(variable)
        parameter = next((one for one in scope.bindings[name] if one.kind == "parameter"), None)
        if parameter is not None:
            return self.inference.bindings.of(parameter)
        return None if scope.kind in ("class", "module") and self.inference.variables.means_another(variable) else NEVER

    def tests(self, flow: Flow) -> dict[Place, list[Test]]:
        """The NARROW events of a body by the places they may say something of, with how the test names them."""
        known = self._tests.get(flow)
        if known is None:
            known = self._tests[flow] = {}
            for event in flow.events:
                if event.kind != NARROW:
                    continue
                for subject in self._subjects(event.node):
                    where = place_of(subject, self.module)
                    if where is not None:
                        known.setdefault(where, []).append((event, subject))
            self.contested[flow] = {
                where for where, found in known.items() if any(not isinstance(event.node, ast.Name | ast.Attribute) for event, _ in found)
            }
        return known

    def _subjects(self, test: ast.AST) -> list[ast.expr]:
        if not isinstance(test, ast.match_case):
            return list(subjects(test))
        match = self.module.parent(test)
        return [match.subject] if isinstance(match, ast.Match) else []
