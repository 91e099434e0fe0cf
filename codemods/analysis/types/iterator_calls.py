"""What the iterators of `itertools` give, where that depends on their arguments."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from codemods.analysis.types.builtin_calls import argument
from codemods.analysis.types.containers import tuple_of
from codemods.analysis.types.vocabulary import INT, NONE, Type, union

if TYPE_CHECKING:
    from codemods.analysis.types.inference import Inference

_ITERATOR = "collections.abc.Iterator"


def _chain(inference: Inference, call: ast.Call) -> Type | None:
    return Type(_ITERATOR, (union(inference.element(inference.infer(one)) for one in call.args),))


def _flattened(inference: Inference, call: ast.Call) -> Type | None:
    return Type(_ITERATOR, (inference.element(inference.element(argument(inference, call, 0))),))


def _same_elements(inference: Inference, call: ast.Call) -> Type | None:
    return Type(_ITERATOR, (inference.element(argument(inference, call, 0)),))


def _second_elements(inference: Inference, call: ast.Call) -> Type | None:
    return Type(_ITERATOR, (inference.element(argument(inference, call, 1)),))


def _tuples_of_elements(inference: Inference, call: ast.Call) -> Type | None:
    return Type(_ITERATOR, (tuple_of(inference.element(argument(inference, call, 0))),))


def _pairs(inference: Inference, call: ast.Call) -> Type | None:
    inner = inference.element(argument(inference, call, 0))
    return Type(_ITERATOR, (Type("tuple", (inner, inner)),))


def _product(inference: Inference, call: ast.Call) -> Type | None:
    kinds = [inference.element(inference.infer(one)) for one in call.args if not isinstance(one, ast.Starred)]
    if len(kinds) != len(call.args) or call.keywords:
        return Type(_ITERATOR, (tuple_of(union(kinds) if len(kinds) == len(call.args) else None),))
    return Type(_ITERATOR, (Type("tuple", tuple(kinds)),))


def _zip_longest(inference: Inference, call: ast.Call) -> Type | None:
    if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
        return Type(_ITERATOR)
    filling = next((inference.infer(one.value) for one in call.keywords), NONE)
    return Type(_ITERATOR, (Type("tuple", tuple(union([inference.element(inference.infer(one)), filling]) for one in call.args)),))


def _count(inference: Inference, call: ast.Call) -> Type | None:
    kinds = [inference.infer(one) for one in [*call.args, *(keyword.value for keyword in call.keywords)]]
    return Type(_ITERATOR, (INT,)) if all(one is not None and one.is_all("int") for one in kinds) else Type(_ITERATOR)


def _repeat(inference: Inference, call: ast.Call) -> Type | None:
    return Type(_ITERATOR, (argument(inference, call, 0),))


def _grouped(inference: Inference, call: ast.Call) -> Type | None:
    inner = inference.element(argument(inference, call, 0))
    key = inner if len(call.args) == 1 and not call.keywords else None
    return Type(_ITERATOR, (Type("tuple", (key, Type(_ITERATOR, (inner,)))),))


ITERATORS: dict[str, Callable[[Inference, ast.Call], Type | None]] = {
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _flattened,
    "itertools.islice": _same_elements,
    "itertools.cycle": _same_elements,
    "itertools.takewhile": _second_elements,
    "itertools.dropwhile": _second_elements,
    "itertools.filterfalse": _second_elements,
    "itertools.permutations": _tuples_of_elements,
    "itertools.combinations": _tuples_of_elements,
    "itertools.combinations_with_replacement": _tuples_of_elements,
    "itertools.pairwise": _pairs,
    "itertools.product": _product,
    "itertools.zip_longest": _zip_longest,
    "itertools.count": _count,
    "itertools.repeat": _repeat,
    "itertools.groupby": _grouped,
}
