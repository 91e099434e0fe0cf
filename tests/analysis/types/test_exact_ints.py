"""Ints that are no bools."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.exact_ints import is_exact_int

TEXT = """
import os
import random
def f(n: int, flag: bool, xs: list[int], x):
    count = len(xs)
    total = 0
    total += flag
    either = 0
    either = flag
    masked = 1
    masked &= flag
    given = n
    one = count
    two = one
    three = two
    four = three
    around = around + 1 if x else 1
    first, second = 1, flag
    for place in range(3):
        for index, item in enumerate(xs):
            print({})
    del count
"""


@pytest.mark.parametrize(
    "expression",
    [
        "3",
        "-flag",
        "len(xs)",
        "int(x)",
        "ord('a')",
        "n + 1",
        "flag + flag",
        "count",
        "two",
        "total",
        "place",
        "index",
        "random.randint(True, n)",
        "os.getpid()",
    ],
)
def test_it_is_one(expression: str) -> None:
    assert asked(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "True",
        "n",
        "flag",
        "x",
        "x + 1",
        "flag & flag",
        "not n",
        "either",
        "masked",
        "given",
        "item",
        "second",
        "four",
        "2.5",
        "n / 2",
        "len",
    ],
)
def test_it_may_be_something_else(expression: str) -> None:
    assert not asked(expression)


def asked(expression: str) -> bool:
    text = TEXT.replace("{}", expression)
    tree = ast.parse(text)
    (value,) = [node.args[0] for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]
    return is_exact_int(value, Module(text, tree))
