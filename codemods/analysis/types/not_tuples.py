"""Values that are certainly no tuples, nor of a subclass of it."""

from __future__ import annotations

import ast

from codemods.analysis.module import Module
from codemods.analysis.order.evaluation_order import PRINTS_ALIKE
from codemods.analysis.types.signatures import EXCEPTIONS
from codemods.analysis.types.vocabulary import Type

_KNOWN = PRINTS_ALIKE | {
    "list", "dict", "set", "frozenset", "bytearray", "collections.OrderedDict", "collections.defaultdict", "collections.Counter",
    "collections.deque", "types.GeneratorType", "re.Match", "re.Pattern", "dict_keys", "dict_values", "dict_items", "map", "filter", "zip",
    "enumerate", "reversed", "function",
}  # fmt: skip
NO_TUPLES = _KNOWN | EXCEPTIONS
"""The builtin and library classes whose instances are known to be no tuples."""
_SOLID = {
    *(f"builtins.{name}" for name in EXCEPTIONS),
    *(f"builtins.{name}" for name in ("dict", "list", "set", "frozenset", "str", "bytes", "bytearray", "int", "float", "complex")),
    *(f"collections.{name}" for name in ("OrderedDict", "defaultdict", "Counter", "deque")),
}
"""Classes whose instances are laid out otherwise than tuples, so that no class can be a subclass of one of them and of `tuple`."""
_TEXT = ("str", "enum.StrEnum")
_PLAIN = ("builtins.", "enum.")
"""Where classes come from that have no `__rmod__` for a text."""


def is_no_tuple(node: ast.expr, module: Module) -> bool:
    """Whether it is proved that the value of `node` is no tuple. An exception never is, nor a dict: no class can be a subclass of both."""
    return _cannot_be(module.type_of(node), module) or (isinstance(node, ast.Name) and _is_caught(node, module))


def reflects(kind: Type | None, module: Module) -> bool:
    """Whether `"…" % x` asks `x`, and not the template: a class of the file is below `str` and has, or may have, an `__rmod__`."""
    return kind is not None and any(_reflects(one.name, module) for one in kind.members() if one.name.startswith("."))


def _reflects(name: str, module: Module) -> bool:
    inference = module.inference
    texts = (text for library in _TEXT for text in inference.foreign_heirs.of(library) if text.name == name[1:])
    above = [one for text in texts for one in inference.classes.lineage(text)]
    return bool(above) and ("__rmod__" in module.text or any(isinstance(one, str) and not one.startswith(_PLAIN) for one in above))


def _cannot_be(kind: Type | None, module: Module) -> bool:
    if kind is None:
        return False
    return all(one.name in NO_TUPLES or _is_solid(one.name, module) for one in kind.members())


def _is_solid(name: str, module: Module) -> bool:
    """Whether a class of the file has a base that no tuple can have. One of a plain base may be mixed into a named tuple elsewhere."""
    found = module.calls.classes.get(name[1:], []) if name.startswith(".") else []
    return len(found) == 1 and _has_solid_base(found[0], module, frozenset())


def _has_solid_base(owner: ast.ClassDef, module: Module, below: frozenset[ast.ClassDef]) -> bool:
    for base in owner.bases:
        base = base.value if isinstance(base, ast.Subscript) else base
        if module.origin(base) in _SOLID:
            return True
        bindings = module.bindings(base.id, base) if isinstance(base, ast.Name) else []
        above = bindings[0].node if len(bindings) == 1 else None
        if isinstance(above, ast.ClassDef) and above not in below and _has_solid_base(above, module, below | {owner}):
            return True
    return False


def _is_caught(name: ast.Name, module: Module) -> bool:
    """Whether the name is bound by nothing but `except … as name`."""
    bindings = module.bindings(name.id, name)
    return bool(bindings) and all(isinstance(one.node, ast.ExceptHandler) for one in bindings)
