"""The order in which a set is iterated over, which is that of its hash table.

`set(d)` of an exact dict makes its table for all keys at once; a set made from any other iterable lets it grow, and ends up with a table of
another size. Integers then come out in another order, every time. The order of strings and bytes is another in every process anyway.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codemods.analysis.module import Module
    from codemods.analysis.types.vocabulary import Type

_MAKERS = ("set", "frozenset")


def order_would_show(made: ast.AST | None, source: Type | None, module: Module) -> bool:
    """Whether `made` is a new set of a dict's keys whose order could be seen, and would be another if it were made from the dict itself.

    Args:
        made: the expression around the keys.
        source: the type of what holds the keys.
    """
    if not (isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id in _MAKERS):
        return False
    if source is None or all(member.name != "dict" for member in source.members()):
        return False
    key = source.argument(0) if source.name == "dict" else None
    if key is not None and key.is_all("str", "bytes"):
        return False
    user = module.parent(made)
    while isinstance(user, ast.BinOp) and isinstance(user.op, ast.BitOr | ast.BitAnd | ast.BitXor | ast.Sub):
        user = module.parent(user)
    match user:
        case ast.Compare():
            return False
        case ast.Call(func=ast.Name(id="len" | "any" | "all" | "bool" as name)):
            return not module.is_builtin(name, user)
        case ast.Call(func=ast.Name(id="sorted" | "min" | "max" as name), args=[_], keywords=[]):
            return not (module.is_builtin(name, user) and key is not None and key.is_all("int"))
        case _:
            return True
