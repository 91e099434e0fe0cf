"""Operators against CPython: what the tables say is what comes out."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from typing import Any

import pytest

from codemods.analysis.types import operations
from codemods.analysis.types.vocabulary import NEVER, STR, Type

SAMPLES: dict[str, list[Any]] = {
    "str": ["", "a"],
    "bytes": [b"", b"a"],
    "bytearray": [bytearray(b"a")],
    "int": [0, 2, -1],
    "bool": [True, False],
    "float": [0.5, -2.0],
    "complex": [1j],
    "None": [None],
    "list": [[], [1]],
    "tuple": [(), (1,)],
    "dict": [{}, {1: 2}],
    "set": [set(), {1}],
    "frozenset": [frozenset({1})],
    "range": [range(2)],
}

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod, ast.Pow: operator.pow, ast.LShift: operator.lshift, ast.RShift: operator.rshift, ast.BitOr: operator.or_,
    ast.BitXor: operator.xor, ast.BitAnd: operator.and_, ast.MatMult: operator.matmul,
}  # fmt: skip

INPLACE: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.iadd, ast.Sub: operator.isub, ast.Mult: operator.imul, ast.BitOr: operator.ior, ast.BitXor: operator.ixor,
    ast.BitAnd: operator.iand, ast.Mod: operator.imod,
}  # fmt: skip

COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip

UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert,
}  # fmt: skip


def name(value: object) -> str:
    return "None" if value is None else type(value).__name__


def fresh(value: Any) -> Any:
    return type(value)(value) if isinstance(value, list | set | dict | bytearray) else value


def results(function: Callable[..., Any], *kinds: str) -> set[str]:
    """The classes of what comes out, over all samples of these classes that do not raise."""
    found = set()
    for values in product(*(SAMPLES[kind] for kind in kinds)):
        with suppress(TypeError, ZeroDivisionError, ValueError, OverflowError):
            found.add(name(function(*map(fresh, values))))
    return found


def covers(kind: Type | None, found: set[str]) -> bool:
    """Whether the type says nothing, or all that came out."""
    return kind is None or kind is NEVER or found <= {member.name for member in kind.members()}


@pytest.mark.parametrize("op", BINARY, ids=lambda op: op.__name__)
def test_binary_operators(op: type[ast.operator]) -> None:
    for left, right in product(SAMPLES, repeat=2):
        kind = operations.binary(op(), Type(left), Type(right))
        assert covers(kind, results(BINARY[op], left, right)), (left, right, kind)


@pytest.mark.parametrize("op", INPLACE, ids=lambda op: op.__name__)
def test_augmented_operators(op: type[ast.operator]) -> None:
    for left, right in product(SAMPLES, repeat=2):
        kind = operations.augmented(op(), Type(left), Type(right))
        assert covers(kind, results(INPLACE[op], left, right)), (left, right, kind)


@pytest.mark.parametrize("op", COMPARED, ids=lambda op: op.__name__)
def test_comparisons(op: type[ast.cmpop]) -> None:
    for left, right in product(SAMPLES, repeat=2):
        kind = operations.comparison(op(), Type(left), Type(right))
        assert covers(kind, results(COMPARED[op], left, right)), (left, right, kind)


@pytest.mark.parametrize("op", UNARY, ids=lambda op: op.__name__)
def test_unary_operators(op: type[ast.unaryop]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn_explicit", lambda *args, **kwargs: None)
        for operand in set(SAMPLES) - {"bool"}:
            assert covers(operations.unary(op(), Type(operand)), results(UNARY[op], operand)), operand


@pytest.mark.parametrize("power", [-2, -1, 0, 1, 2])
def test_powers_written_out(power: int) -> None:
    for left in ("int", "bool", "float", "complex"):
        found = results(lambda base: base**power, left)
        assert covers(operations.binary(ast.Pow(), Type(left), Type("int"), power), found), left


def test_enough_is_known_to_be_of_use() -> None:
    """The tests above would pass if nothing were known."""
    known = sum(
        operations.binary(op(), Type(left), Type(right)) is not None and bool(results(BINARY[op], left, right))
        for op in BINARY
        for left, right in product(SAMPLES, repeat=2)
    )
    possible = sum(bool(results(BINARY[op], left, right)) for op in BINARY for left, right in product(SAMPLES, repeat=2))
    assert known / possible > 0.75


def test_nothing_is_said_of_what_python_refuses() -> None:
    """Where the builtins raise, an operand of a class below one may have the operator; but a text is formatted, whatever with."""
    texts = ("str", "bytes", "bytearray")
    for (table, typed), left, right in product(((BINARY, operations.binary), (INPLACE, operations.augmented)), SAMPLES, SAMPLES):
        for op, function in table.items():
            if not results(function, left, right) and not (op is ast.Mod and left in texts):
                assert typed(op(), Type(left), Type(right)) is None, (op, left, right)
    assert all(operations.unary(ast.Invert(), Type(one)) is None for one in ("float", "complex", "str"))
    assert all(operations.unary(ast.USub(), Type(one)) is None for one in ("None", "str", "list"))


def test_unknown_operands() -> None:
    assert operations.binary(ast.Mod(), STR, None) == STR
    assert operations.binary(ast.Add(), STR, None) is None
    assert operations.binary(ast.Add(), None, STR) is None
    assert operations.binary(ast.Add(), NEVER, None) is NEVER
    assert operations.augmented(ast.Add(), Type("list", (STR,)), None) is None
    assert operations.comparison(ast.In(), None, None) == Type("bool")
    assert operations.comparison(ast.Lt(), STR, None) is None
    assert operations.comparison(ast.Lt(), STR, NEVER) is operations.comparison(ast.Eq(), NEVER, STR) is NEVER
    assert operations.unary(ast.Not(), None) == Type("bool")
    assert operations.unary(ast.USub(), None) is None
    assert operations.unary(ast.USub(), NEVER) is operations.binary(ast.Add(), None, NEVER) is NEVER


def test_a_foreign_operand_may_answer_first() -> None:
    assert operations.binary(ast.Add(), STR, Type(".Odd")) is None
    assert operations.augmented(ast.Add(), Type("list"), Type("numpy.ndarray")) is None
    assert operations.binary(ast.Div(), Type("pathlib.Path"), Type(".Odd")) is None
    assert operations.comparison(ast.Eq(), STR, Type(".Odd")) is None
    odd = Type(".Odd")
    for op, name in product(BINARY, [*SAMPLES, "pathlib.Path", "dict_items"]):
        if op is not ast.Mod or name not in ("str", "bytes", "bytearray"):
            assert operations.binary(op(), Type(name), odd) is operations.augmented(op(), Type(name), odd) is None, (op, name)
        assert operations.binary(op(), odd, Type(name)) is operations.augmented(op(), odd, Type(name)) is None, (op, name)
    for compared, name in product(COMPARED, [*SAMPLES, "pathlib.Path"]):
        assert operations.comparison(compared(), Type(name), odd) is operations.comparison(compared(), odd, Type(name)) is None


def test_an_order_of_collections_is_that_of_what_is_in_them() -> None:
    for name, other in product(("list", "tuple"), ("list", "tuple", "str")):
        assert operations.comparison(ast.Lt(), Type(name), Type(other)) is operations.comparison(ast.Lt(), Type(other), Type(name)) is None
        assert operations.comparison(ast.Eq(), Type(name), Type(other)) == Type("bool")


def test_tuples_of_unknown_lengths_are_not_joined_place_by_place() -> None:
    pair, several = Type("tuple", (STR, STR)), Type("tuple", (STR,), variadic=True)
    assert operations.binary(ast.Add(), pair, several) == several
    assert operations.binary(ast.Add(), several, pair) == several
    assert operations.binary(ast.Add(), pair, Type("tuple")) == Type("tuple", (None,), variadic=True)
    assert operations.binary(ast.Add(), Type("tuple"), pair) == Type("tuple", (None,), variadic=True)
