"""Which expressions make an object of their own."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.freshness import is_fresh
from codemods.analysis.module import Module

Facts = Callable[[str], Module]

HEAD = """
import copy, functools, json, operator, random, typing
def new():
    made = []
    made.append(1)
    return made
def same(value): return value
def kept():
    made = []
    KEPT.append(made)
    return made
@functools.lru_cache
def cached(): return []
def generated():
    yield []
def ending(s):
    yield 1
    return []
def maybe(s):
    if s: return
    return []
def again(n): return again(n) if n else []
def limit(): return LIMIT
def mixed(s):
    if s: return []
    return LIMIT
def shown(): return KEPT
async def anew(): return []
async def asame(value): return value
async def aagain(n): return await aagain(n) if n else []
KEPT = []
LIMIT = 1
async def f(xs: list, d: dict, s: str, other):
"""


def fresh(text: str, facts: Facts) -> bool:
    module = facts(f"{HEAD}    {text}")
    statement = module.tree.body[-1].body[-1]  # type: ignore[attr-defined]
    assert isinstance(statement, ast.Expr)
    return is_fresh(statement.value, module)


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "{1}", "[x for x in xs]", "list(xs)", "dict(d)", "sorted(xs)", "xs[1:]", "xs + xs", "xs.copy()", "d.copy()", "s.split()",
     "copy.copy(xs)", "json.loads(s)", "random.sample(xs, 1)", "new()", "dict.fromkeys(xs)", "{}.fromkeys(xs, xs)", "[] if s else [1]", "s", "1",
     "await anew()", "[] or {}", "maybe(s)", "limit()", "mixed(s)"],
)  # fmt: skip
def test_it_is_fresh(text: str, facts: Facts) -> None:
    assert fresh(text, facts)


@pytest.mark.parametrize(
    "text",
    ["xs", "d[1]", "xs[0]", "other", "other()", "same(xs)", "kept()", "cached()", "generated()", "xs or []", "xs if s else []", "max(xs, xs)",
     "d.get(1)", "d.setdefault(1, [])", "xs.pop()", "random.choice(xs)", "typing.cast(list, xs)", "operator.iadd(xs, xs)", "other[1:]", "other.fromkeys(xs)",
     "other + other", "other.copy()", "xs + other", "other + xs", "[] if s else xs", "[] or xs", "ending(s)", "again(s)", "shown()",
     "await asame(xs)", "await other()", "await aagain(s)"],
)  # fmt: skip
def test_it_is_not(text: str, facts: Facts) -> None:
    assert not fresh(text, facts)
