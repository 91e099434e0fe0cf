"""What stands behind a key deep in collections that were written out: `config["db"]["host"]`, where `config = {"db": {"host": "h"}}`.

The way to it goes from the variable that holds the whole inwards, by keys, any index, or a loop:

    stock = {"apple": {"price": 1.5, "count": 3}}
    for name, item in stock.items():
        print(item["price"])

It counts for as long as all that is inside stays in sight: see `change.nested`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.change.nested import MOST_LEVELS, Nested
from codemods.analysis.names.scopes import Variable
from codemods.analysis.types.displays import behind, spelled
from codemods.analysis.types.vocabulary import Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

Step = str | int | None
"""One level inwards: a key or index, or anything that is there."""

_MOST_STEPS = MOST_LEVELS - 1


def is_always_there(inference: Inference, node: ast.expr) -> bool:
    """Whether `person["name"]` never fails: each dictionary that the loop's variable can be is written out, with that key."""
    match node:
        case ast.Subscript(value=ast.Name() as row, slice=ast.Constant(value=str(key))):
            way = _way(inference, row, 0)
        case _:
            return False
    if way is None or not way[1]:
        return False
    nested = inference.contents.inside(way[0])
    if nested is None or nested.less:
        return False
    found = _at(way, nested)
    if not found:
        return False
    return all(spelled(one) and behind(one, key) for one in found)


def value_at_path(inference: Inference, node: ast.Subscript) -> Type | None:
    """The type of `stock[name]["price"]`, as far as it is known from the displays."""
    way = _way(inference, node, 0)
    if way is None:
        return None
    variable, steps = way
    nested = inference.contents.inside(variable)
    if nested is None:
        return None
    found = _at(way, nested)
    kind = union(inference.infer(one) for one in found) if found else None
    key = next((one for one in reversed(steps) if isinstance(one, str)), None)
    if kind is None or kind.name == "Never" or key is None:
        return None
    kept = inference.contents.inwards(kind, variable, nested, len(steps))
    return kept.said(f'what is put under "{key}"') if kept is not None else None


def _at(way: tuple[Variable, list[Step]], nested: Nested) -> list[ast.expr] | None:
    """All that is written out at the end of the way."""
    (scope, name), steps = way
    if len(steps) > _MOST_STEPS:
        return None
    found: list[ast.expr] | None = [one.value for one in scope.bindings.get(name, ()) if one.value is not None]
    for level, step in enumerate(steps):
        found = _inside(found, step, level, nested) if found is not None else None
    return found


def _inside(found: list[ast.expr], step: Step, level: int, nested: Nested) -> list[ast.expr] | None:
    """What stands one level further in; `None` where that is not written out."""
    inner: list[ast.expr] = []
    for one in found:
        match one:
            case ast.Dict() if spelled(one) and not isinstance(step, int):
                inner += one.values if step is None else behind(one, step)
            case ast.Tuple(elts=parts) if isinstance(step, int) and -len(parts) <= step < len(parts):
                inner.append(parts[step])
            case ast.List(elts=parts) | ast.Tuple(elts=parts) if not isinstance(step, str):
                inner += parts
            case _:
                return None
    added = nested.levels[level]
    if added.increments:
        return None
    inner += added.elements if not isinstance(step, str) else []
    # An element that is stored under one index may come to stand under another.
    by_key = isinstance(step, str)
    inner += [value for index, value in added.items if not by_key or not isinstance(index, ast.Constant) or index.value == step]
    return inner


def _way(inference: Inference, node: ast.expr, depth: int) -> tuple[Variable, list[Step]] | None:
    """The variable that an expression starts from, and the steps inwards from it."""
    if depth > 2 * MOST_LEVELS:
        return None
    match node:
        case ast.Subscript(value=value, slice=key) if not isinstance(key, ast.Slice):
            way = _way(inference, value, depth + 1)
            step = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str | int) else None
            return (way[0], [*way[1], step]) if way is not None else None
        case ast.Name():
            variable = inference.module.variable(node)
            if variable is None:
                return None
            bindings = variable[0].bindings[variable[1]]
            if any(one.kind != "for" for one in bindings):
                return variable, []
            ways = [_looped(inference, one.value, one.path, depth) for one in bindings if one.value is not None]
            return ways[0] if all(one == ways[0] for one in ways) else None
        case _:
            return None


def _looped(inference: Inference, iterable: ast.expr, path: tuple[int, ...] | None, depth: int) -> tuple[Variable, list[Step]] | None:
    """The way to what a loop's variable gets."""
    match iterable, path:
        case ast.Call(func=ast.Attribute(value=whole, attr="items"), args=[], keywords=[]), (1,):
            pass
        case ast.Call(func=ast.Attribute(value=whole, attr="values"), args=[], keywords=[]), ():
            pass
        case ast.Call(func=ast.Name(id="enumerate")), _ if inference.module.origin(iterable.func) != "builtins.enumerate":
            return None
        case (ast.Call(func=ast.Name(id="enumerate"), args=[whole], keywords=[]), (1,)) | (ast.Name() | ast.Subscript() as whole, ()):
            kind = inference.infer(whole)
            if kind is None or not kind.is_all("list", "tuple"):
                return None  # of a dict, a loop gets the keys
        case _:
            return None
    way = _way(inference, whole, depth + 1)
    return (way[0], [*way[1], None]) if way is not None else None
