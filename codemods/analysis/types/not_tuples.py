"""Values that are certainly no tuples, nor of a subclass of it."""

from __future__ import annotations

import ast
import builtins

from codemods.analysis.module import Module
from codemods.analysis.order.evaluation_order import PRINTS_ALIKE
from codemods.analysis.types.vocabulary import Type

_KNOWN = PRINTS_ALIKE | {
    "list", "dict", "set", "frozenset", "bytearray", "collections.OrderedDict", "collections.defaultdict", "collections.Counter",
    "collections.deque", "types.GeneratorType", "re.Match", "re.Pattern", "dict_keys", "dict_values", "dict_items", "map", "filter", "zip",
    "enumerate", "reversed",
}  # fmt: skip
_EXCEPTIONS = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException))


def is_no_tuple(node: ast.expr, module: Module) -> bool:
    """Whether it is proved that the value of `node` is no tuple. An exception never is: no class can be a subclass of both."""
    return _cannot_be(module.type_of(node)) or (isinstance(node, ast.Name) and _is_caught(node, module))


def _cannot_be(kind: Type | None) -> bool:
    return kind is not None and all(member.name in _KNOWN or member.name in _EXCEPTIONS for member in kind.members())


def _is_caught(name: ast.Name, module: Module) -> bool:
    """Whether the name is bound by nothing but `except … as name`."""
    bindings = module.bindings(name.id, name)
    return bool(bindings) and all(isinstance(one.node, ast.ExceptHandler) for one in bindings)
