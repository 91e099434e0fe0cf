"""Which uses of a variable let its object out."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.leaks import leaks
from codemods.analysis.module import Module

Facts = Callable[[str], Module]

HEAD = """
import functools, itertools, json, typing
def reads(value): return len(value)
def same(value): return value
def keeps(value):
    def inner(): return value[0]
    return inner
def generates(value):
    yield value[0]
def f(xs, ys: list, d: dict, g):
"""


def leaking(statement: str, facts: Facts, returned: bool = False, head: str = HEAD) -> bool:
    module = facts(head + "\n".join(f"    {line}" for line in statement.split("\n")))
    uses = [
        node for node in ast.walk(module.tree.body[-1]) if isinstance(node, ast.Name) and node.id == "xs" and isinstance(node.ctx, ast.Load)
    ]
    return any(leaks(use, module, returned) for use in uses)


@pytest.mark.parametrize(
    "statement",
    ["xs[0]", "xs[0] = 1", "xs.append(1)", "for x in xs: pass", "[x for x in xs]", "if xs: pass", "not xs", "len(xs)", "print(xs)", "max(xs)",
     "dict(xs)", "list(xs)", "reads(xs)", "reads(value=xs)", "f'{xs}'", "xs == ys", "g(*xs)", "xs += ys", "ys.extend(xs)", "json.dumps(xs)",
     "itertools.chain(xs)", "(xs or ys).append(1)", "return xs", "assert xs", "y = 1 if xs else 2", "xs.a = 1", "[xs]", "f'{[xs]}'", "(xs,) == g", "len([xs])", "import random\nrandom.shuffle(xs)",
     "import heapq\nheapq.heappush(xs, 1)", "import copy\ncopy.copy(xs)", "import math\nmath.fsum(xs)", "ys.index(xs)", "return xs, ys", "print('%s' % (xs,))"],
)  # fmt: skip
def test_the_object_stays(statement: str, facts: Facts) -> None:
    assert not leaking(statement, facts)


@pytest.mark.parametrize(
    "statement",
    ["y = xs", "y = [xs]", "d[0] = xs", "g(xs)", "g(k=xs)", "g.x = xs", "yield xs", "lambda: xs", "push = xs.append", "ys.append(xs)",
     "d.setdefault(0, xs)", "d.get(0, xs)", "d.update(k=xs)", "y = xs or ys", "y = xs if g else ys", "same(xs)", "keeps(xs)", "generates(xs)",
     "max(xs, ys)", "sum(ys, xs)", "next(g, xs)", "getattr(g, 'a', xs)", "dict(k=xs)", "memoryview(xs)", "typing.cast(list, xs)",
     "functools.partial(g, xs)", "itertools.repeat(xs)", "xs.__iadd__(ys)", "for y in (xs, ys): pass", "y = sorted([xs])", "with xs as y: pass",
     "match xs:\n    case y: pass", "print(y := xs)", "g[xs]", "assert g, xs", "g(xs.append)", "class C(k=xs): pass", "sorted([xs])", "import requests\nrequests.get(xs)",
     "import pathlib\npathlib.Path('a').write_text(xs)", "reads(1, xs)", "print(file=xs)", "import heapq\nheapq.heappush(ys, xs)",
     "import operator\noperator.iadd(xs, ys)", "import random\nrandom.sample(population=xs, k=1)", "import math\nmath.fsum(seq=xs)", "import io\nio.StringIO(xs)",
     "ys.index(value=xs)", "def h(v=xs): pass"],
)  # fmt: skip
def test_the_object_gets_out(statement: str, facts: Facts) -> None:
    assert leaking(statement, facts)


@pytest.mark.parametrize("statement", ["return xs", "return xs or ys", "return xs, ys"])
def test_returning_counts_where_it_is_asked_for(statement: str, facts: Facts) -> None:
    assert leaking(statement, facts, returned=True)


KEEPING = """
class K:
    def __eq__(self, other): self.kept = other
    def __radd__(self, other): self.kept = other
def f(xs: list, ys: list, d: dict, g):
"""


@pytest.mark.parametrize(
    ("statement", "expected"),
    [("xs == ys", False), ("xs + ys", False), ("xs += ys", False), ("xs == g", True), ("ys == xs == g", True), ("xs + g", True), ("g + xs", True),
     ("g += xs", True)],
)  # fmt: skip
def test_operators_of_the_file_may_keep_it(statement: str, expected: bool, facts: Facts) -> None:
    assert leaking(statement, facts, head=KEEPING) is expected


OPERATORS = (
    "import operator\nclass C:\n    def __eq__(self, other): other.append(1)\ndef f(xs, ys: list, g, strs: list[str], cs: list[C]):\n"
)


@pytest.mark.parametrize(
    ("statement", "out"),
    [
        ("xs == g", True), ("g == xs", True), ("xs in [C()]", True), ("xs in cs", True), ("xs in ys", True), ("g == xs in ys", True), ("1 == xs in ys", True), ("(xs, 1) == g", True), ("{1: xs} == {1: g}", True),
        ("xs + g", True), ("g += xs", True), ("cs.index(xs)", True), ("cs.count(xs)", True), ("divmod(xs, g)", True), ("pow(g, xs)", True),
        ("operator.eq(xs, g)", True), ("operator.contains(g, xs)", True), ("(xs or g) == g", True), ("[[xs]] == g", True), ("strs.index(xs, g)", True),
        ("xs == strs", False), ("xs == cs", False), ("xs + ys", False), ("xs in strs", False), ("ys in xs", False), ("g not in xs", False), ("xs == ['a', (1, 2)]", False), ("xs in [f'{g}']", False), ("xs + strs", False), ("strs.index(xs)", False),
        ("(xs, 1) == ('a', 1)", False), ("pow(xs, 2)", False), ("operator.eq(xs, strs)", False), ("len(xs)", False), ("xs.index(g)", False), ("print(xs, g)", False),
        ("zip(xs, g)", False), ("xs[0] == g", False),
    ],
)  # fmt: skip
def test_operators_of_the_file(statement: str, out: bool, facts: Facts) -> None:
    """One that changes what it is given is as bad as one that keeps it, wherever it may stand: in a collection, in an element of it."""
    assert leaking(statement, facts, head=OPERATORS) is out


def test_a_metaclass_may_be_asked_for_the_object(facts: Facts) -> None:
    head = "class M(type):\n    def __instancecheck__(cls, one): one.append(1)\ndef f(xs, g):\n"
    assert leaking("isinstance(xs, g)", facts, head=head)
    assert not leaking("isinstance(xs, g)", facts, head="def f(xs, g):\n")
    assert not leaking("len(xs)", facts, head=head)
