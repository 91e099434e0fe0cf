"""What stands behind one key of a dictionary that was written out: `config = {"name": "m", "rate": 0.1}`; `config["name"]` is a text.

The same of a loop's variable, where what is looped over is a list of such dictionaries:

    people = [{"name": "a", "age": 1}, {"name": "b", "age": 2}]
    for person in people:
        print(person["name"])
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from codemods.analysis.types.containers import settled
from codemods.analysis.types.vocabulary import Type, union

if TYPE_CHECKING:
    from codemods.analysis.names.scopes import Binding, Scope
    from codemods.analysis.types.inference import Inference

Variable: TypeAlias = "tuple[Scope, str]"


def value_displayed(inference: Inference, node: ast.Subscript) -> Type | None:
    """The type of `config["name"]`, where `config` only ever holds dict displays, to which only known items are added."""
    match node:
        case ast.Subscript(value=ast.Name() as name, slice=ast.Constant(value=str(key))):
            variable = inference.module.variable(name)
        case _:
            return None
    bindings = variable[0].bindings.get(variable[1], []) if variable is not None else []
    if variable is None:
        return None
    if len(bindings) == 1 and bindings[0].kind == "for":
        return _value_in_rows(inference, variable, bindings[0], key)
    displays = [display for one in bindings if (display := _display(one)) is not None]
    if len(displays) != len(bindings):
        return None
    additions = inference.contents.additions(variable)
    others = (additions.elements, additions.iterables, additions.merges, additions.updates, additions.increments)
    if additions.lost or any(others):
        return None
    return _joined(inference, displays, additions.items, key)


def _joined(inference: Inference, displays: list[ast.Dict], items: list[tuple[ast.expr, ast.expr]], key: str) -> Type | None:
    """What the displays and the stores put behind the key."""
    values = [value for display in displays for value in behind(display, key)]
    values += [value for index, value in items if not isinstance(index, ast.Constant) or index.value == key]
    kind = settled(union(inference.infer(value) for value in values)) if values else None
    return kind.said(f'what is put under "{key}"') if kind is not None else None


def _display(binding: Binding) -> ast.Dict | None:
    """The display that a binding gives to one variable, if its keys are all written out."""
    match binding.statement:
        case ast.Assign(targets=[ast.Name()], value=ast.Dict() as display) | ast.AnnAssign(value=ast.Dict() as display):
            return display if spelled(display) else None
        case _:
            return None


def spelled(node: ast.expr) -> TypeGuard[ast.Dict]:
    """Whether it is a dict display whose keys are all written out."""
    return isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys)


def _value_in_rows(inference: Inference, variable: Variable, binding: Binding, key: str) -> Type | None:
    """What is behind the key in the rows of a list, of which `variable` is one after the other."""
    rows = inference.module.variable(binding.value) if isinstance(binding.value, ast.Name) else None
    if rows is None or (displays := _rows(inference, rows)) is None:
        return None
    items: list[tuple[ast.expr, ast.expr]] = []
    for use in rows[0].mentions(rows[1]):
        row = _row(use, inference)
        if row is None:
            return None
        for name in row:
            additions = inference.contents.additions(name)
            others = (additions.elements, additions.iterables, additions.merges, additions.updates, additions.increments)
            if additions.lost or any(others):
                return None
            items += additions.items
    return _joined(inference, displays, items, key)


def _rows(inference: Inference, variable: Variable) -> list[ast.Dict] | None:
    """All displays that the list of a variable is made of, or given later."""
    found: list[ast.expr] = []
    for binding in variable[0].bindings.get(variable[1], ()):
        match binding.statement:
            case ast.Assign(targets=[ast.Name()], value=ast.List(elts=elements)) | ast.AnnAssign(value=ast.List(elts=elements)):
                found += elements
            case _:
                return None
    additions = inference.contents.additions(variable)
    if additions.lost:
        return None
    found += additions.elements
    rows = [one for one in found if spelled(one)]
    return rows if len(rows) == len(found) else None


def _row(use: ast.Name, inference: Inference) -> list[Variable] | None:
    """The variables that a use of the list gives one of its rows; `None` where it may hand one to anything else."""
    module = inference.module
    around = module.parent(use)
    match around:
        case _ if not isinstance(use.ctx, ast.Load):
            return []
        case ast.For(target=ast.Name() as target) | ast.comprehension(target=ast.Name() as target) if around.iter is use:
            variable = module.variable(target)
            return [variable] if variable is not None else None
        case ast.Attribute(attr="append"):
            return []
        case ast.Call(func=ast.Name(id="len")):
            return []
        case ast.Subscript():
            read = module.parent(around)
            return [] if isinstance(read, ast.Subscript) and read.value is around and isinstance(read.ctx, ast.Load) else None
        case _:
            return None


def behind(display: ast.Dict, key: str) -> list[ast.expr]:
    """The value behind the key, the last of several."""
    found = [value for one, value in zip(display.keys, display.values, strict=True) if isinstance(one, ast.Constant) and one.value == key]
    return found[-1:]
