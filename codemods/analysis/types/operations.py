"""Operators on values of builtin types, as functions of types."""

from __future__ import annotations

import ast
from itertools import product

from codemods.analysis.types.containers import element, tuple_of
from codemods.analysis.types.vocabulary import BOOL, COMPLEX, FLOAT, INT, NEVER, STR, Type, union

_RANK = {"bool": 0, "int": 1, "float": 2, "complex": 3}
_NUMBERS = (BOOL, INT, FLOAT, COMPLEX)
_SETS = frozenset({"set", "frozenset", "dict_keys", "dict_items"})
_TEXTS = frozenset({"str", "bytes", "bytearray"})
_PATHS = frozenset({"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath"})

COMPARABLE = frozenset({
    "str", "bytes", "bytearray", "int", "float", "bool", "complex", "None", "list", "tuple", "dict", "set", "frozenset", "range",
})  # fmt: skip
"""Classes whose comparisons with each other give a bool."""

_SCALAR = COMPARABLE - {"list", "tuple"}

_ADDED_TO_LISTS = frozenset({
    "list", "tuple", "set", "frozenset", "dict", "str", "bytes", "range", "dict_keys", "dict_values", "dict_items", "map", "filter", "zip",
    "enumerate", "types.GeneratorType", "collections.deque", "collections.OrderedDict", "collections.defaultdict",
})  # fmt: skip
"""What `list += x` takes elements from. Anything else may have an `__radd__`, as arrays do, and make something else of the list."""

_TOO_MANY = 16


def binary(op: ast.operator, left: Type | None, right: Type | None, power: int | None = None) -> Type | None:
    """`left op right`. `power` is the exponent of `**` where it is written out."""
    if left is NEVER or right is NEVER:
        return NEVER
    if left is not None and left.is_all("str") and isinstance(op, ast.Mod):
        return STR  # `str.__mod__` comes first unless the right side is of a subclass of str
    if left is None or right is None:
        return None
    pairs = list(product(left.members(), right.members()))
    return union(_binary(op, *pair, power) for pair in pairs) if len(pairs) <= _TOO_MANY else None


def _binary(op: ast.operator, left: Type, right: Type, power: int | None) -> Type | None:
    if left.name in _RANK and right.name in _RANK:
        return _arithmetic(op, left.name, right.name, power)
    match op:
        case ast.Add():
            return _concatenation(left, right)
        case ast.Mult():
            if right.name in ("int", "bool"):
                return _repeated(left)
            return _repeated(right) if left.name in ("int", "bool") else None
        case ast.Mod() if left.name in ("bytes", "bytearray"):
            return Type(left.name)
        case ast.Div() if left.name in _PATHS and right.name in (_PATHS | {"str"}):
            return Type(left.name)
        case ast.BitOr() | ast.BitAnd() | ast.Sub() | ast.BitXor():
            return _of_sets(op, left, right)
        case _:
            return None


def _arithmetic(op: ast.operator, left: str, right: str, power: int | None) -> Type | None:
    highest = max(_RANK[left], _RANK[right])
    whole = _NUMBERS[max(highest, 1)]
    match op:
        case ast.Add() | ast.Sub() | ast.Mult():
            return whole
        case ast.Div():
            return COMPLEX if highest == 3 else FLOAT
        case ast.FloorDiv() | ast.Mod():
            return None if highest == 3 else whole
        case ast.Pow():
            return _power(highest, power)
        case ast.BitAnd() | ast.BitOr() | ast.BitXor() if highest < 2:
            return BOOL if highest == 0 else INT
        case ast.LShift() | ast.RShift() if highest < 2:
            return INT
        case _:
            return None


def _power(highest: int, power: int | None) -> Type | None:
    """A negative exponent makes a float of an int, a fractional one a complex of a negative float."""
    if highest == 3:
        return COMPLEX
    if power is None:
        return None if highest == 2 else Type("Union", (INT, FLOAT))
    if highest == 2 or power < 0:
        return FLOAT
    return INT


def _concatenation(left: Type, right: Type) -> Type | None:
    if left.name == right.name and left.name in ("str", "bytes", "bytearray"):
        return Type(left.name)
    if left.name == right.name == "list":
        return Type("list", _joined(left, right))
    if left.name == right.name == "tuple":
        if left.args and right.args and not left.variadic and not right.variadic:
            return Type("tuple", left.args + right.args)
        return tuple_of(union([element(left), element(right)]))
    return Type(left.name) if {left.name, right.name} == {"bytes", "bytearray"} else None


def _joined(left: Type, right: Type) -> tuple[Type | None, ...]:
    if len(left.args) != len(right.args):
        return ()
    return tuple(union(pair) for pair in zip(left.args, right.args, strict=True))


def _repeated(kind: Type) -> Type | None:
    if kind.name in _TEXTS:
        return Type(kind.name)
    if kind.name == "list":
        return Type("list", kind.args)
    return tuple_of(element(kind)) if kind.name == "tuple" else None


def _of_sets(op: ast.operator, left: Type, right: Type) -> Type | None:
    if left.name in _SETS and right.name in _SETS:
        result = left.name if {left.name, right.name} <= {"set", "frozenset"} else "set"
        if isinstance(op, ast.BitOr | ast.BitXor):
            return Type(result, _joined(left, right) if left.name == right.name else (union([element(left), element(right)]),))
        return Type(result, left.args[:1] if left.name != "dict_items" else (element(left),))
    if isinstance(op, ast.BitOr) and left.name == right.name == "dict":
        return Type("dict", _joined(left, right))
    return None


def augmented(op: ast.operator, left: Type | None, right: Type | None) -> Type | None:
    """`left op= right`: as the operator, but a list takes elements from any builtin collection, and sets and dicts stay what they are."""
    if left is not None and left.is_all("list") and isinstance(op, ast.Add) and right is not None:
        inner = element(right)
        if right.is_all(*_ADDED_TO_LISTS):
            return union(Type("list", (union([member.argument(0), inner]),) if member.args else ()) for member in left.members())
    return binary(op, left, right)


def unary(op: ast.unaryop, operand: Type | None) -> Type | None:
    """`not x`, `-x`, `+x`, `~x`."""
    if isinstance(op, ast.Not):
        return BOOL
    if operand is None or operand is NEVER:
        return operand
    return union(_unary(op, member) for member in operand.members())


def _unary(op: ast.unaryop, operand: Type) -> Type | None:
    if operand.name in ("int", "bool"):
        return INT
    if operand.name in ("float", "complex") and not isinstance(op, ast.Invert):
        return operand
    return None


def comparison(op: ast.cmpop, left: Type | None, right: Type | None) -> Type | None:
    """`left op right`. Identity and membership always give a bool; the others only between builtins."""
    if isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn):
        return BOOL
    if left is NEVER or right is NEVER:
        return NEVER
    if left is None or right is None:
        return None
    if not isinstance(op, ast.Eq | ast.NotEq) and not (left.is_all(*_SCALAR) and right.is_all(*_SCALAR)):
        return None  # `[a] < [b]` is whatever `a < b` is
    return BOOL if left.is_all(*COMPARABLE) and right.is_all(*COMPARABLE) else None
