"""Reads one function for its summary."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.calls.summaries import CallEffect, known_part
from codemods.analysis.change.freshness import is_fresh
from codemods.analysis.change.in_place import in_place
from codemods.analysis.change.leaks import leaks
from codemods.analysis.change.places import bound_name, place_of
from codemods.analysis.names.scopes import Binding, Scope, mangled
from codemods.analysis.order.flows import body_scope
from codemods.analysis.text.walking import walk
from codemods.analysis.types.vocabulary import IMMUTABLE

if TYPE_CHECKING:
    from codemods.analysis.calls.summaries import LazyNode, Summary
    from codemods.analysis.module import Module


class SummaryReader:
    """Fills one summary. Nested functions count as run: the worst case."""

    def __init__(self, module: Module, function: LazyNode, summary: Summary) -> None:
        self.module = module
        self.function = function
        self.summary = summary
        self.scope = module.scope_inside(function)
        self.generates = False
        self.parameters: set[str] = set()
        if not isinstance(function, ast.GeneratorExp):
            self.generates = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in module.own_nodes(function))
            arguments = function.args
            named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
            self.parameters = {mangled(one.arg, self.scope) for one in named if one is not None}

    def read(self) -> None:
        loud = self.module.hidden.loud()
        for part in self._parts():
            for node in walk(part):
                self._node(node)
                for category in self.module.hidden.categories_at(node, loud):
                    self._absorb(known_part(self.module.hidden.summary(category)))

    def _parts(self) -> list[ast.AST]:
        match self.function:
            case ast.Lambda():
                return [self.function.body]
            case ast.GeneratorExp():
                first, *rest = self.function.generators
                return [first.target, *first.ifs, *rest, self.function.elt]
            case _:
                return list(self.function.body)

    def _node(self, node: ast.AST) -> None:
        match node:
            case ast.Name():
                self._name(node)
            case ast.Attribute():
                self._attribute(node)
            case ast.Subscript() if not isinstance(node.ctx, ast.Load):
                self.changes(node.value)
            case ast.AugAssign():
                self._augmented(node)
            case ast.Call():
                effect = self.module.effect_of_call(node)
                self._absorb(effect)
                if effect.unknown is not None:
                    self._unseen(node)
            case ast.Await() | ast.AsyncFor() | ast.AsyncWith():  # other tasks run
                self.summary.unknown = self.summary.unknown or "await"
            case ast.comprehension() if node.is_async:
                self.summary.unknown = self.summary.unknown or "async for"
            case ast.withitem():
                self._absorb(self.module.implicit.of_manager(node))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                for effect in self.module.implicit.of_definition(node):
                    self._absorb(effect)
                self._binding(node)
            case ast.MatchClass():
                for effect in self.module.implicit.of_pattern(node):
                    self._absorb(effect)
            case ast.Raise():
                for effect in self.module.implicit.of_raise(node):
                    self._absorb(effect)
            case ast.alias() | ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() | ast.MatchMapping():
                self._binding(node)
            case _:
                pass

    def _absorb(self, effect: CallEffect) -> None:
        self.summary.merge(effect, lambda variable: not self._own(variable[0]))
        for target in effect.targets:
            self.changes(target)
        for target in effect.inner:
            self._changes_inside(target)
        for target in effect.touched:
            self._touch(target)

    def _unseen(self, call: ast.Call) -> None:
        """What of the file's own code a call may run of which nothing is known. `hidden_code` looks it up, which alone asks for that."""
        match call.func:
            case ast.Attribute(value=receiver, attr=name) if name in known_calls.ANY_MUTATOR:
                self.changes(receiver)
        if isinstance(call.func, ast.Attribute) and call.func.attr in self.module.unseen.methods:
            self.summary.named.add(call.func.attr)
        self.summary.hands = self.summary.hands or self.module.unseen.runs_handed_out(call)

    def _changes_element(self, element: ast.Subscript) -> None:
        """`rows[i]` may be changed, or `self.rows[i]`."""
        holder = place_of(element.value, self.module)
        if holder is not None and holder.attributes:
            self.summary.elements.add(holder.attributes[-1])
        else:
            self._changes_inside(element)

    def _changes_inside(self, holder: ast.expr) -> None:
        """An element of what `holder` names may be changed, or something in one."""
        base = holder
        while isinstance(base, ast.Subscript):
            base = base.value
        name = self._parameter(base) or self._element_of(base)
        if name is not None:
            self.summary.inner.add(name)
        else:
            self.summary.elsewhere = self.summary.elsewhere or ast.unparse(holder)

    def _parameter(self, node: ast.expr) -> str | None:
        """The parameter that a name is, if nothing else binds it."""
        variable = self.module.variable(node) if isinstance(node, ast.Name) else None
        if variable is None or variable[0] is not self.scope or variable[1] not in self.parameters:
            return None
        return variable[1] if len(self.scope.bindings[variable[1]]) == 1 else None

    def _element_of(self, node: ast.expr) -> str | None:
        """The parameter of which a name is a loop's element, and nothing else."""
        bindings = self.module.bindings(node.id, node) if isinstance(node, ast.Name) else []
        if len(bindings) != 1 or bindings[0].kind != "for" or bindings[0].value is None:
            return None
        over = bindings[0].value
        match over:
            case ast.Call(func=ast.Name(id="enumerate" | "reversed" | "sorted" | "list" as name), args=[inner, *_]):
                over = inner if self.module.is_builtin(name, over) else over
            case ast.Call(func=ast.Attribute(value=inner, attr="values" | "items" as name), args=[]):
                over = inner if name not in self.module.unseen.methods else over
        while isinstance(over, ast.Subscript):
            over = over.value
        return self._parameter(over)

    def _touch(self, target: ast.expr) -> None:
        """A parameter whose method is called, of which nothing is known; what else may happen to what else is in `unknown`."""
        for one in walk(target):
            if isinstance(one, ast.Name):
                variable = self.module.variable(one)
                if variable is not None and variable[0] is self.scope and variable[1] in self.parameters:
                    self.summary.touches.add(variable[1])

    # --- names and attributes ---

    def _name(self, node: ast.Name) -> None:
        variable = self.module.variable(node)
        if variable is None:
            return
        scope, name = variable
        if not isinstance(node.ctx, ast.Load):
            if not self._own(scope):
                self.summary.bound.add(variable)
        elif scope is self.scope and name in self.parameters and self._keeps(node):
            self.summary.keeps.add(name)

    def _keeps(self, node: ast.Name) -> bool:
        """A generator keeps all it is given, an inner function what it names."""
        outside = body_scope(self.module.scope(node)) is not self.scope
        return outside or self.generates or self.module.event(node) is None or leaks(node, self.module, returned=True)

    def _binding(self, node: ast.AST) -> None:
        """`def`, `import`, `except … as`, patterns bind names too, which may be `global`."""
        name = bound_name(node)
        if name is not None:
            owner = self.module.owner(name, node)
            if owner is not None and not self._own(owner):
                self.summary.bound.add((owner, mangled(name, self.module.scope(node))))

    def _attribute(self, node: ast.Attribute) -> None:
        name = mangled(node.attr, self.module.scope(node))
        if not isinstance(node.ctx, ast.Load):
            self.summary.rebinds.add(name)
        for effect in self.module.implicit.of_attribute(node, name):
            self._absorb(effect)

    def _own(self, scope: Scope) -> bool:
        return self.scope in scope.outward()

    # --- changes of objects ---

    def _augmented(self, node: ast.AugAssign) -> None:
        """`x += y` changes the object of `x` where that is a list or the like."""
        if not in_place(node, self.module):
            return
        match node.target:
            case ast.Name():
                self.changes(node.target)
            case ast.Attribute():
                self.summary.contents.add(mangled(node.target.attr, self.module.scope(node)))
            case _:
                self.summary.elsewhere = self.summary.elsewhere or ast.unparse(node.target)

    def changes(self, target: ast.expr) -> None:
        """The object that `target` names may be changed by this function: whose is it?"""
        match target:
            case ast.BoolOp():
                for value in target.values:
                    self.changes(value)
                return
            case ast.IfExp():
                self.changes(target.body)
                self.changes(target.orelse)
                return
            case ast.NamedExpr():
                self.changes(target.value)
                return
        place = place_of(target, self.module)
        if place is None:
            if isinstance(target, ast.Subscript):
                self._changes_element(target)
            elif not is_fresh(target, self.module):
                self.summary.elsewhere = self.summary.elsewhere or ast.unparse(target)
        elif (name := self._element_of(target)) is not None:
            self.summary.inner.add(name)
        elif place.attributes:
            self.summary.contents.add(place.attributes[-1])
        elif not self._own(place.scope):
            self.summary.variables.add((place.scope, place.name))
        elif place.scope is self.scope and place.name in self.parameters:
            self.summary.parameters.add(place.name)
            if any(not self._is_fresh(one) for one in place.scope.bindings[place.name] if one.kind != "parameter"):
                self.summary.elsewhere = self.summary.elsewhere or place.text
        elif not all(self._is_fresh(one) for one in place.scope.bindings.get(place.name, ())):
            self.summary.elsewhere = self.summary.elsewhere or place.text

    def _is_fresh(self, binding: Binding) -> bool:
        """Whether what a local is bound to is made by this function, so that nobody else can be holding it before."""
        if binding.kind in ("augment", "delete", "annotation"):
            return True
        if binding.kind in ("assign", "walrus") and binding.path == () and binding.value is not None:
            return is_fresh(binding.value, self.module)
        kind = self.module.type_of(binding.node) if isinstance(binding.node, ast.Name) else None
        return kind is not None and kind.is_all(*IMMUTABLE)
