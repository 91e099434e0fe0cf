"""What stands behind one key of a dictionary that was written out: `config = {"name": "m", "rate": 0.1}`; `config["name"]` is a text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codemods.analysis.types.containers import settled
from codemods.analysis.types.vocabulary import Type, union

if TYPE_CHECKING:
    from codemods.analysis.names.scopes import Binding
    from codemods.analysis.types.inference import Inference


def value_displayed(inference: Inference, node: ast.Subscript) -> Type | None:
    """The type of `config["name"]`, where `config` only ever holds dict displays, to which only known items are added."""
    match node:
        case ast.Subscript(value=ast.Name() as name, slice=ast.Constant(value=str(key))):
            variable = inference.module.variable(name)
        case _:
            return None
    bindings = variable[0].bindings.get(variable[1], []) if variable is not None else []
    displays = [display for one in bindings if (display := _display(one)) is not None]
    if variable is None or not displays or len(displays) != len(bindings):
        return None
    additions = inference.contents.additions(variable)
    others = (additions.elements, additions.iterables, additions.merges, additions.updates, additions.increments)
    if additions.lost or any(others):
        return None
    values = [value for display in displays for value in _behind(display, key)]
    values += [value for index, value in additions.items if not isinstance(index, ast.Constant) or index.value == key]
    kind = settled(union(inference.infer(value) for value in values)) if values else None
    return kind.said(f'what is put under "{key}"') if kind is not None and kind.name != "Never" else kind


def _display(binding: Binding) -> ast.Dict | None:
    """The display that a binding gives to one variable, if its keys are all written out."""
    match binding.statement:
        case ast.Assign(targets=[ast.Name()], value=ast.Dict() as display) | ast.AnnAssign(value=ast.Dict() as display):
            return display if all(isinstance(key, ast.Constant) for key in display.keys) else None
        case _:
            return None


def _behind(display: ast.Dict, key: str) -> Iterator[ast.expr]:
    """The value behind the key, the last of several."""
    found = [value for one, value in zip(display.keys, display.values, strict=True) if isinstance(one, ast.Constant) and one.value == key]
    yield from found[-1:]
