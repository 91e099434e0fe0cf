"""Values that are certainly no tuples."""

from __future__ import annotations

import ast
from collections import OrderedDict, deque

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.not_tuples import is_no_tuple

HEAD = """
import datetime, pathlib
from collections import namedtuple
class Own: pass
class Mine(Exception): pass
class Table(dict[str, int]): pass
class Wide(Table): pass
class Loop(Loop): pass
Pair = namedtuple("Pair", "a b")
def f(n: int, s: str | None, xs: list[int], t: tuple[int], u: int | tuple[int], x, own: Own, p: Pair, kinds):
    try:
        pass
    except Mine as mine:
        pass
    except kinds as any_kind:
        pass
    except OSError as twice:
        twice = x
    print({})
"""


@pytest.mark.parametrize(
    "expression",
    [
        "n",
        "s",
        "xs",
        "{'a': 1}",
        "f'{x}'",
        "len(x)",
        "mine",
        "any_kind",
        "pathlib.Path('a')",
        "datetime.date.today()",
        "type(x)",
        "mine.x.__class__",
        "lambda: x",
        "Table()",
        "Wide()",
        "x.__class__.__name__",
    ],
)
def test_it_is_none(expression: str) -> None:
    assert asked(expression)


@pytest.mark.parametrize(
    "expression", ["t", "u", "x", "own", "p", "twice", "x.a", "(1,)", "x or n", "Pair(1, 2)", "missing", "Own()", "Loop()", "x.__name__"]
)
def test_it_may_be_one(expression: str) -> None:
    assert not asked(expression)


@pytest.mark.parametrize("base", [Exception, dict, list, set, frozenset, str, bytes, bytearray, int, float, complex, OrderedDict, deque])
def test_it_cannot_be_one(base: type) -> None:
    with pytest.raises(TypeError, match="lay-out"):
        type("Both", (base, tuple), {})
    with pytest.raises(TypeError, match="lay-out"):
        type("Both", (tuple, type("Below", (base,), {})), {})


def asked(expression: str) -> bool:
    text = HEAD.replace("{}", expression, 1)
    tree = ast.parse(text)
    (value,) = [node.args[0] for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]
    return is_no_tuple(value, Module(text, tree))
