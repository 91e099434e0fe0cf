"""What is known of a method's receiver although its type is not."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.calls import known_calls
from codemods.analysis.change.fillings import fillings
from codemods.analysis.change.freshness import BUILTINS
from codemods.analysis.types.vocabulary import SCALARS, Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module


def is_builtin_element(element: ast.expr, module: Module) -> bool:
    """Whether an element of such a collection is certainly of a builtin class."""
    values = fillings(element, module)
    return values is not None and all((kind := module.type_of(value)) is not None and kind.is_all(*BUILTINS) for value in values)


def is_outside_object(receiver: ast.expr, module: Module) -> bool:
    """Whether a variable only ever holds an object made by the standard library, such as a `csv.writer`."""
    if not isinstance(receiver, ast.Name):
        return _makes_outside_object(receiver, module)
    bindings = module.bindings(receiver.id, receiver)
    values = [one.value for one in bindings if one.kind in ("assign", "with") and one.path == ()]
    made = [one for one in values if one is not None and _makes_outside_object(one, module)]
    return bool(made) and len(made) == len(bindings)


def _makes_outside_object(value: ast.expr, module: Module) -> bool:
    """Whether a call makes such an object, where none of the file's is given to its like: a `csv.writer(Log())` runs `Log.write`."""
    if not isinstance(value, ast.Call) or (origin := module.origin(value.func)) not in known_calls.OBJECTS:
        return False
    return origin.partition(".")[0] not in module.unseen.lent


def is_of_library(receiver: ast.expr, module: Module) -> bool:
    """Whether a receiver is of a class of the standard library, which may hold what runs: a `datetime` its time zone."""
    kind = module.type_of(receiver)
    return kind is not None and all(one.name.partition(".")[0] in known_calls.STDLIB_PLAIN for one in kind.members())


def is_tame(kind: Type) -> bool:
    """A scalar, or a tuple of scalars: neither it nor what is in it ever changes, and none of its operators runs code of the file."""
    return all(
        one.name in SCALARS or (one.name in ("tuple", "frozenset") and one.args and all(part and is_tame(part) for part in one.args))
        for one in kind.members()
    )
