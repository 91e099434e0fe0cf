"""What a function of the file may do to objects that are not its own, in one record."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codemods.analysis.ownership import is_fresh, leaks
from codemods.analysis.places import Place, place_of
from codemods.analysis.scopes import FunctionNode, Scope
from codemods.analysis.types import IMMUTABLE

if TYPE_CHECKING:
    from codemods.analysis.module import Module


@dataclass(slots=True)
class Summary:
    """What one call may do, at worst.

    Attributes:
        unknown: a call of which nothing is known, as it is written; it may do anything to anything it can reach.
        elsewhere: a change of an object that could not be told, as it is written.
        parameters: parameters whose object may be changed.
        keeps: parameters whose object may be kept after the call.
        rebinds: attribute names that may be set or deleted, on any object.
        contents: attribute names whose object may be changed.
        variables: variables outside the function that may be rebound, or whose object may be changed.
    """

    unknown: str | None = None
    elsewhere: str | None = None
    parameters: set[str] = field(default_factory=set)
    keeps: set[str] = field(default_factory=set)
    rebinds: set[str] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)
    variables: set[tuple[Scope, str]] = field(default_factory=set)

    def silent(self) -> bool:
        """Whether the call changes nothing but its own objects."""
        return not (self.unknown or self.elsewhere or self.parameters or self.rebinds or self.contents or self.variables)


class Summaries:
    """Summaries of the functions of one file, each made once. Recursion is taken to do what the rest of the cycle does."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._known: dict[ast.AST, Summary] = {}

    def of(self, function: FunctionNode) -> Summary:
        summary = self._known.get(function)
        if summary is None:
            summary = self._known[function] = Summary()
            _Reader(self.module, function, summary).read()
        return summary


class _Reader:
    """Fills one summary."""

    def __init__(self, module: Module, function: FunctionNode, summary: Summary) -> None:
        self.module = module
        self.function = function
        self.summary = summary
        self.scope = module.scope_inside(function)
        arguments = function.args
        self.parameters = {one.arg for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}
        self.parameters |= {one.arg for one in (arguments.vararg, arguments.kwarg) if one is not None}

    def read(self) -> None:
        """Nested functions count as run: the worst case."""
        body = [self.function.body] if isinstance(self.function, ast.Lambda) else self.function.body
        for part in body:
            for node in ast.walk(part):
                match node:
                    case ast.Name():
                        self._name(node)
                    case ast.Attribute() if not isinstance(node.ctx, ast.Load):
                        self.summary.rebinds.add(node.attr)
                    case ast.Subscript() if not isinstance(node.ctx, ast.Load):
                        self.changes(node.value)
                    case ast.AugAssign():
                        self._augmented(node)
                    case ast.Call():
                        self._call(node)
                    case ast.Await():  # other tasks run
                        self.summary.unknown = self.summary.unknown or "await"
                    case _:
                        pass

    def _name(self, node: ast.Name) -> None:
        variable = self.module.variable(node)
        if variable is None:
            return
        scope, name = variable
        if not isinstance(node.ctx, ast.Load):
            if not self._own(scope):
                self.summary.variables.add(variable)
        elif scope is self.scope and name in self.parameters and leaks(node, self.module):
            self.summary.keeps.add(name)

    def _own(self, scope: Scope) -> bool:
        around: Scope | None = scope
        while around is not None:
            if around is self.scope:
                return True
            around = around.parent
        return False

    def _augmented(self, node: ast.AugAssign) -> None:
        """`x += y` changes the object of `x` where that is a list or the like."""
        if isinstance(node.target, ast.Name):
            kind = self.module.type_of(node.value)
            if kind is None or not kind.is_all("int", "float", "bool", "complex", "None"):
                self.changes(node.target)
        elif isinstance(node.target, ast.Attribute):
            self.summary.contents.add(node.target.attr)

    def changes(self, target: ast.expr) -> None:
        """The object that `target` names may be changed by this function: whose is it?"""
        place = place_of(target, self.module)
        if place is None:
            if not is_fresh(target, self.module):
                self.summary.elsewhere = self.summary.elsewhere or ast.unparse(target)
        elif place.attributes:
            self.summary.contents.add(place.attributes[-1])
        elif not self._own(place.scope):
            self.summary.variables.add((place.scope, place.name))
        elif place.scope is self.scope and place.name in self.parameters:
            self.summary.parameters.add(place.name)
        elif not self._only_fresh(place):
            self.summary.elsewhere = self.summary.elsewhere or place.text

    def _only_fresh(self, place: Place) -> bool:
        """Whether a local variable only ever holds objects made by this function, which nobody else can be holding before."""
        for binding in place.scope.bindings.get(place.name, ()):
            if binding.kind == "augment":
                continue
            if binding.kind not in ("assign", "walrus") or binding.path != () or binding.value is None:
                kind = self.module.type_of(binding.node) if isinstance(binding.node, ast.Name) else None
                if kind is None or not kind.is_all(*IMMUTABLE):
                    return False
            elif not is_fresh(binding.value, self.module):
                return False
        return True

    def _call(self, call: ast.Call) -> None:
        effect = self.module.effect_of_call(call)
        summary = self.summary
        summary.unknown = summary.unknown or effect.unknown
        summary.elsewhere = summary.elsewhere or effect.elsewhere
        summary.rebinds |= effect.rebinds
        summary.contents |= effect.contents
        summary.variables |= {variable for variable in effect.variables if not self._own(variable[0])}
        for target in effect.targets:
            self.changes(target)
