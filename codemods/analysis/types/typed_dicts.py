"""TypedDicts of the file: what is behind a key that is written out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from codemods.analysis.types.vocabulary import NEVER, Type, fits

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference


class TypedDicts:
    """Answers for values whose type has a `record`."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.module = inference.module

    def value(self, kind: Type, key: ast.expr | None) -> Type | None:
        """What is behind `key` in a dict of the type `kind`: what it is annotated with, unless the file puts something else there."""
        if kind.name != "dict" or not kind.record or not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            return None
        return self.inference.fixpoint.ask(("typed dict", kind.record, key.value), self._value, (kind.record, key.value))

    def _value(self, about: tuple[str, str]) -> Type | None:
        record, key = about
        fields = self._fields(self.inference.annotations.records[record])
        annotation = fields.get(key)
        if annotation is None:
            return None
        said = self.inference.annotations.read(annotation)
        if said is None or not all(self._agrees(value, said) for value in self._put(record, key, fields)):
            return None
        return said.said(f"`{key}` is annotated `{ast.unparse(annotation)}` at line {self.module.line(annotation)}")

    def _agrees(self, value: ast.expr | None, said: Type) -> bool:
        kind = self.inference.infer(value) if value is not None else None
        if kind is None or kind is NEVER:
            return value is not None
        return all(fits(member, said) for member in kind.members())

    def _fields(self, definition: ast.ClassDef | ast.Call) -> dict[str, ast.expr]:
        """Key → annotation, of the class and what it derives from, or of the call that makes one."""
        if isinstance(definition, ast.Call):
            match definition.args[1:]:
                case [ast.Dict() as display]:
                    pairs = zip(display.keys, display.values, strict=True)
                    return {key.value: value for key, value in pairs if isinstance(key, ast.Constant) and isinstance(key.value, str)}
                case _:
                    return {}
        found: dict[str, ast.expr] = {}
        for one in self.inference.classes.lineage(definition):
            for statement in one.body if isinstance(one, ast.ClassDef) else ():
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                    found.setdefault(statement.target.id, statement.annotation)
        return found

    # --- what the file puts into dicts ---

    def _put(self, record: str, key: str, fields: dict[str, ast.expr]) -> Iterator[ast.expr | None]:
        """All that the file stores under such a key in what may be such a dict; `None` for a store whose value is not to be seen."""
        for target in self._stores.get(key, ()):
            if self._may_be(target.value, record):
                yield self._stored(target)
        for display in self._displays.get(key, ()):
            keys = [one.value if isinstance(one, ast.Constant) else one for one in display.keys]
            if all(one is None or one in fields for one in keys):
                yield from (value for one, value in zip(keys, display.values, strict=True) if one == key)
        for call in self._calls.get(key, ()):
            yield from (one.value for one in call.keywords if one.arg == key)
        for call in self._defaults.get(key, ()):
            yield call.args[1]

    def _may_be(self, receiver: ast.expr, record: str) -> bool:
        kind = self.inference.infer(receiver)
        return kind is None or any(one.name == "dict" and one.record in ("", record) for one in kind.members())

    def _stored(self, target: ast.Subscript) -> ast.expr | None:
        match self.module.parent(target):
            case ast.Assign(value=value):
                return value
            case ast.AugAssign(op=ast.Add(), value=value):
                return value
            case _:
                return None

    @cached_property
    def _stores(self) -> dict[str, list[ast.Subscript]]:
        found: dict[str, list[ast.Subscript]] = {}
        for node in self.module.names.nodes(ast.Subscript):
            match node:
                case ast.Subscript(ctx=ast.Store(), slice=ast.Constant(value=str() as key)):
                    found.setdefault(key, []).append(node)
                case _:
                    pass
        return found

    @cached_property
    def _displays(self) -> dict[str, list[ast.Dict]]:
        found: dict[str, list[ast.Dict]] = {}
        for node in self.module.names.nodes(ast.Dict):
            if self._defines(self.module.parent(node)):
                continue
            for key in node.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    found.setdefault(key.value, []).append(node)
        return found

    def _defines(self, around: ast.AST | None) -> bool:
        """Whether a display in a call stands for the keys and annotations of a TypedDict."""
        return isinstance(around, ast.Call) and (self.module.origin(around.func) or "").endswith(".TypedDict")

    @cached_property
    def _calls(self) -> dict[str, list[ast.Call]]:
        """Calls that make or update a dict by keywords: `TD(name=…)`, `dict(name=…)`, `d.update(name=…)`."""
        made = {record.partition(":")[0] for record in self.inference.annotations.records} | {"dict", "update"}
        found: dict[str, list[ast.Call]] = {}
        for node in self.module.names.nodes(ast.Call):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=keywords) if name in made:
                    for keyword in keywords:
                        if keyword.arg is not None:
                            found.setdefault(keyword.arg, []).append(node)
                case _:
                    pass
        return found

    @cached_property
    def _defaults(self) -> dict[str, list[ast.Call]]:
        found: dict[str, list[ast.Call]] = {}
        for node in self.module.names.nodes(ast.Call):
            match node:
                case ast.Call(func=ast.Attribute(attr="setdefault"), args=[ast.Constant(value=str() as key), _]):
                    found.setdefault(key, []).append(node)
                case _:
                    pass
        return found
