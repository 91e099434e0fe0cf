"""Which methods run without a call being written, and where, from the documentation of CPython 3.13; and what gives a class one."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from codemods.analysis.calls.known_calls import READS_ONLY
from codemods.analysis.types.vocabulary import SCALARS, Type

if TYPE_CHECKING:
    from codemods.analysis.module import Module

ITERATE, OPERATE, AUGMENT, STORE, GET, SET, WRITE = "iterate", "operate", "augment", "store", "get", "set", "write"
KEY, UNPACK, READ, LOG = "key", "unpack", "read", "log"
"""What runs for a value that is looked up in a builtin collection, for a mapping that is unpacked or matched, for any attribute, and for a
message that goes to the handlers of a log.
"""

ARITHMETIC = ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow", "lshift", "rshift", "and", "xor", "or")

METHODS = {
    "__iter__": ITERATE, "__next__": ITERATE, "__reversed__": ITERATE, "__setitem__": STORE, "__delitem__": STORE, "__getattr__": GET,
    "__getattribute__": GET, "__get__": GET, "__setattr__": SET, "__delattr__": SET, "__set__": SET, "__delete__": SET, "write": WRITE,
    "_from_iterable": OPERATE, "utcoffset": OPERATE, "tzname": OPERATE, "dst": OPERATE, "fromutc": OPERATE,
    "default_factory": KEY, "keys": UNPACK, "get": UNPACK, "flush": WRITE, "emit": LOG, "filter": LOG, "format": LOG, "handle": LOG,
    **{f"__{side}{name}__": OPERATE for name in ARITHMETIC for side in ("", "r")},
    **{f"__i{name}__": AUGMENT for name in ARITHMETIC},
    **{f"__{name}__": KEY for name in ("hash", "eq", "index", "missing")},
    **{f"__{name}__": OPERATE for name in (
        "ne", "lt", "le", "gt", "ge", "bool", "len", "length_hint", "contains", "getitem", "str", "repr", "format",
        "bytes", "int", "float", "complex", "round", "trunc", "floor", "ceil", "neg", "pos", "abs", "invert", "fspath", "dir",
        "set_name", "class_getitem", "instancecheck", "subclasscheck", "subclasshook", "copy", "deepcopy", "reduce", "reduce_ex",
        "getstate", "setstate", "getnewargs", "getnewargs_ex", "sizeof", "prepare", "mro_entries",
    )},
}  # fmt: skip
"""The methods that run without being called, by what runs them. (Constructors, `with` and calls are looked at as such.)"""

STORED = frozenset({"default_factory", *(name for name in METHODS if name.startswith("_"))})
"""Those that run where they are given to a class, or a `defaultdict`, by an assignment."""

_BY_BASE = {"send": "throw", "readline": "readline"}
"""Methods that a base from outside calls for the next element, as `Generator` and the classes of `io` do, and what is defined with them."""

NO_MAPPING = frozenset(f"builtins.{name}" for name in READS_ONLY - {"dict"})
"""Functions that run operators of what they are given, but ask nothing for its `keys`, or by key with `get`."""

WRITERS = frozenset({"json", "logging", "pprint", "traceback", "warnings"})
"""Modules whose functions write to what they are given, or to `sys.stdout` and `sys.stderr`, which the program may have replaced."""


def category_of(method: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> str | None:
    """What runs a method of a class without a call being written, if anything does."""
    owner = module.class_of(method)
    beside = _BY_BASE.get(method.name)
    if owner is not None and beside in module.scope_inside(owner).bindings and None in module.calls.lineage(owner):
        return ITERATE
    return METHODS.get(method.name)


def goes_through(operation: ast.BinOp, operand: ast.expr, module: Module) -> bool:
    """Whether an operator may iterate over an operand, as those of a dict's views and of `collections.abc.Set` do."""
    other = operation.right if operand is operation.left else operation.left
    kind = module.type_of(other)
    if kind is None or not kind.is_all(*SCALARS):
        return isinstance(operation.op, ast.BitAnd | ast.BitOr | ast.BitXor | ast.Sub)
    return False


def keys_at(node: ast.Subscript, module: Module) -> list[str]:
    """What may run where an item is looked up or set: a `defaultdict` makes it, a dict compares keys, a `bytearray` asks for an index."""
    kind = module.type_of(node.value)
    return [] if kind is not None and all(map(_takes_plain_keys, kind.members())) else [KEY]


def _takes_plain_keys(kind: Type) -> bool:
    """Whether looking up, or setting, an item of a builtin container runs nothing, if the index or key does not."""
    if kind.name in ("dict", "collections.OrderedDict", "collections.Counter"):
        return kind.args[:1] != () and kind.args[0] is not None and kind.args[0].is_all(*SCALARS)
    return kind.name in ("list", "tuple", "str", "bytes", "range", "collections.deque")


def unpacked(targets: Iterable[ast.expr | None], iterated: list[str]) -> list[str]:
    """What runs where a value goes to targets, of which some may go through it, and `(a, b), c` through its elements."""
    several = [one for one in targets if isinstance(one, ast.Tuple | ast.List)]
    slices = any(isinstance(one, ast.Subscript) and isinstance(one.slice, ast.Slice) for one in targets)
    deep = any(isinstance(inner, ast.Tuple | ast.List) for one in several for inner in one.elts)
    return [ITERATE] if deep else iterated if several or slices else []


def gives_method(target: ast.Name | ast.Attribute, module: Module) -> bool:
    """Whether `C.__add__ = f`, or `__add__ = f` in a class, gives a class a method that is not listed as one anyway."""
    if isinstance(target, ast.Name) and module.scope(target).kind != "class":
        return False
    match module.parent(target):
        case ast.Assign(value=ast.Constant(value=None)):
            return False  # `__hash__ = None`
        case ast.Assign(value=ast.Name(id=name)) if isinstance(target, ast.Name):
            return METHODS.get(name) != METHODS[target.id]  # `__radd__ = __add__` does what is looked at there
        case _:
            return True
