"""Whether `x op= y` may change the object that `x` holds, instead of giving `x` another."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from codemods.analysis.names.scopes import mangled
from codemods.analysis.types.vocabulary import IMMUTABLE

if TYPE_CHECKING:
    from codemods.analysis.module import Module

_NUMBERS = ("int", "float", "bool", "complex", "None")

_OPERATORS = (ast.Add, ast.Mult, ast.BitOr, ast.BitAnd, ast.BitXor, ast.Sub)
"""What lists and the like, dicts and sets can do in place."""


def in_place(statement: ast.AugAssign, module: Module) -> bool:
    """Not where `y` is a number (but for `*=`), nor where all that is ever assigned to `x` cannot change."""
    if not isinstance(statement.op, _OPERATORS):
        return False
    kind = module.type_of(statement.value)
    if kind is not None and kind.is_all(*_NUMBERS) and not isinstance(statement.op, ast.Mult):
        return False
    match statement.target:
        case ast.Name() as name:
            bindings = [one for one in module.bindings(name.id, name) if one.kind not in ("augment", "annotation", "delete")]
            values = [one.value if one.kind == "assign" and one.path == () else None for one in bindings]
        case ast.Attribute() as attribute:
            values = _stored(attribute, module)
        case _:
            return True
    return not values or not all(value is not None and _is_immutable(value, module) for value in values)


def _stored(attribute: ast.Attribute, module: Module) -> list[ast.expr | None]:
    """All that the file stores in attributes of that name; `None` for what is not written out."""
    name = mangled(attribute.attr, module.scope(attribute))
    values: list[ast.expr | None] = []
    for node in module.calls.attributes.get(name, ()):
        if isinstance(node.ctx, ast.Store):
            match module.parent(node):
                case ast.AugAssign():
                    pass
                case ast.Assign(targets=[ast.Attribute()], value=value) | ast.AnnAssign(value=ast.expr() as value):
                    values.append(value)
                case _:
                    values.append(None)
    for classes in module.calls.classes.values():
        for one in classes:
            values += [binding.value for binding in module.scope_inside(one).bindings.get(name, ())]
    return values


def _is_immutable(value: ast.expr, module: Module) -> bool:
    kind = module.type_of(value)
    return kind is not None and kind.is_all(*IMMUTABLE)
