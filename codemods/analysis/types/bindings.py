"""The type that one binding gives its variable: an assignment, a loop, a `with`, a `case`, a definition."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import Binding
from codemods.analysis.types import signatures
from codemods.analysis.types.containers import settled
from codemods.analysis.types.narrowing import with_article
from codemods.analysis.types.operations import augmented
from codemods.analysis.types.vocabulary import NEVER, NONE, Type, fits, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


class Bindings:
    """Types of the bindings of one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module
        self.annotations = inference.annotations

    def of(self, binding: Binding) -> Type | None:
        """The type of the variable right after `binding`: what it is given, less contents that the file itself speaks against."""
        return self.inference.fixpoint.ask(binding, self._checked, binding)

    def _checked(self, binding: Binding) -> Type | None:
        return self.inference.contents.checked((binding.scope, binding.name), self._of(binding))

    def _of(self, binding: Binding) -> Type | None:
        match binding.kind:
            case "assign" | "walrus":
                return self._assigned(binding)
            case "parameter":
                return self.inference.parameters.of(binding)
            case "augment":
                return self._augmented(binding)
            case "for":
                return self._said(self._looped(binding), "from what is looped over", binding)
            case "with":
                entered = self.inference.managers.entered(binding.value, isinstance(binding.statement, ast.AsyncWith))
                return self._said(settled(self._part(entered, binding)), "from `with`", binding)
            case "match":
                return self._matched(binding.node)
            case "except":
                return self.inference.narrowing.classes(binding.value) if binding.value is not None else None
            case "class" | "function":
                return self.defined(binding.node)
            case "delete":
                return NEVER
            case _:
                return None

    def _value(self, value: ast.expr | None) -> Type | None:
        return self.inference.infer(value) if value is not None else None

    def _looped(self, binding: Binding) -> Type | None:
        """A loop variable. What a reader of the standard library gives (`csv.reader`) is made for it, what a collection holds is not."""
        iterable = self._value(binding.value)
        if self._asynchronous(binding.statement):
            return settled(self._part(self.inference.awaited_element(iterable), binding))
        kind = self._part(self.inference.element(iterable), binding)
        if iterable is None or kind is None or signatures.iterated(iterable) is None:
            return settled(kind)
        return self.inference.contents.kept(binding, kind)

    def _part(self, value: Type | None, binding: Binding) -> Type | None:
        """The part of a value that an unpacking target gets; of a starred target's a list, and behind it any element."""
        if binding.path is not None:
            return self.inference.place(value, binding.path)
        starred = self.module.parent(binding.node)
        target = self.module.parent(starred) if isinstance(starred, ast.Starred) else starred
        if not isinstance(target, ast.Tuple | ast.List) or isinstance(self.module.parent(target), ast.Tuple | ast.List | ast.Starred):
            return None
        inner = self.inference.element(value)
        return Type("list", (inner,)) if isinstance(starred, ast.Starred) else inner

    @staticmethod
    def _asynchronous(statement: ast.AST | None) -> bool:
        return isinstance(statement, ast.AsyncFor) or (isinstance(statement, ast.comprehension) and bool(statement.is_async))

    def _assigned(self, binding: Binding) -> Type | None:
        value = self._part(self._value(binding.value), binding)
        if binding.annotation is not None:
            return self.annotated(binding.annotation, value)
        if value is None:
            return self._declared(binding)
        return self._said(self.inference.contents.kept(binding, value), "", binding)

    def _declared(self, binding: Binding) -> Type | None:
        """What the one bare `x: int` of the body says of an assignment whose value is not known."""
        said = [one for one in binding.scope.bindings.get(binding.name, ()) if one.annotation is not None]
        if len(said) != 1 or said[0].kind != "annotation":
            return None
        assert said[0].annotation is not None
        return self.annotated(said[0].annotation, None)

    def _augmented(self, binding: Binding) -> Type | None:
        """`x += y`: the same as `x = x + y`, but a list takes from any collection."""
        assert isinstance(binding.statement, ast.AugAssign)
        before = self.inference.variables.at((binding.scope, binding.name), binding.statement)
        kind = augmented(binding.statement.op, before, self._value(binding.value))
        return self._said(self.inference.contents.kept(binding, kind), "", binding) if kind is not None else None

    def annotated(self, annotation: ast.expr, value: Type | None) -> Type | None:
        """A variable annotated where it is assigned: the annotation, unless the value shows more, or something else."""
        said = self.annotations.read(annotation)
        if said is None:
            return settled(value)
        because = f"annotated `{ast.unparse(annotation)}` at line {self.module.line(annotation)}"
        if value is None or value is NEVER:
            return said.said(because)
        kind = union(_sharper(said, member) for member in value.members())
        return kind.said(because) if kind is not None else None

    def defined(self, node: ast.AST) -> Type | None:
        """What a `def` or `class` binds its name to."""
        match node:
            case ast.ClassDef():
                kind = self.annotations.class_type(node)
                return Type("type", (kind,)) if kind is not None and self.inference.classes.plain(node) else None
            case ast.FunctionDef() | ast.AsyncFunctionDef() if not node.decorator_list:
                return Type("function")
            case _:
                return None

    def _matched(self, pattern: ast.AST) -> Type | None:
        """A name captured by the whole of a `case`: `case str() as s`, `case other`, or by a builtin's class pattern: `case str(s)`."""
        match pattern:
            case ast.MatchStar():
                return Type("list")
            case ast.MatchMapping():
                return Type("dict")
            case ast.MatchAs(pattern=inner):
                before = self._matched_against(pattern)
                kind = self.inference.narrowing.pattern(before, inner) if inner is not None else before
                return settled(kind)
            case _:
                return None

    def _matched_against(self, pattern: ast.AST) -> Type | None:
        """What is known of the value that a capture pattern is held against."""
        around = self.module.parent(pattern)
        match around:
            case ast.match_case():
                match = self.module.parent(around)
                return self._value(match.subject) if isinstance(match, ast.Match) else None
            case ast.MatchSequence():
                whole = self._matched_against(around)
                return self.inference.element(whole) if whole is not None and whole.is_all("list", "tuple") else None
            case ast.MatchAs() | ast.MatchOr():
                return self._matched_against(around)
            case ast.MatchClass(patterns=[alone]) if alone is pattern:
                kind = self.inference.narrowing.classes(around.cls)
                return kind if kind is not None and kind.is_all(*_CAPTURING) else None
            case _:
                return None

    def _said(self, kind: Type | None, how: str, binding: Binding) -> Type | None:
        """The type with a clause that says where the variable got it."""
        if kind is None or kind is NEVER:
            return kind
        noun = "None" if kind == NONE else with_article(str(kind))
        line = self.module.line(binding.node)
        return kind.said(f"{noun} {how} at line {line}" if how else f"assigned {noun} at line {line}")


_CAPTURING = frozenset({"bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"})
"""Classes whose pattern with one positional captures the value itself."""


def _sharper(said: Type, value: Type) -> Type:
    """The value's class, with the contents that the annotation promises for it."""
    for member in said.members():
        if member.name == value.name:
            return member if member.args and fits(value, member) else _bare(value)
        if member.name.startswith("collections.abc.") and len(member.args) == len(value.args) and value.name != "tuple":
            return Type(value.name, member.args, declared=True)
    return _bare(value)


def _bare(value: Type) -> Type:
    kind = settled(value)
    assert kind is not None
    return kind
