"""What one call may change."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.calls.summaries import CallEffect
from codemods.analysis.module import Module

Facts = Callable[[str], Module]

HEAD = """
import csv, functools, heapq, json, operator, random, re
def put(value, into=[]): into[0] = value
def change(value): value[0] = 1
def read(value): return value[0]
class Box:
    def __init__(self, held):
        self.held = held
        held[0] = 1
class Plain:
    def __init__(self, held): self.held = held
class Kind(type): pass
class Meta(metaclass=Kind): pass
def f(xs: list, d: dict, g):
    writer = csv.writer(g)
"""


def effect(call: str, facts: Facts) -> CallEffect:
    module = facts(f"{HEAD}    {call}")
    statement = module.tree.body[-1].body[-1]  # type: ignore[attr-defined]
    assert isinstance(statement.value, ast.Call)
    return module.effect_of_call(statement.value)


def targets(found: CallEffect) -> list[str]:
    return [ast.unparse(target) for target in found.targets]


@pytest.mark.parametrize(
    "call",
    ["len(xs)", "print(xs)", "sorted(xs)", "xs.index(1)", "d.get(1)", "read(xs)", "Plain(xs)", "json.dumps(xs)", "writer.writerow(xs)",
     "sorted(xs, key=len)", "sorted(xs, key=lambda v: v)", "sorted(xs, key=d.get)", "map(str, xs)", "ValueError(xs)", "re.sub('a', 'b', 'c')",
     "sorted(xs, key=operator.itemgetter(0))", "'a'.join(xs)", "json.dumps(g)", "json.loads(g, parse_int=int)"],
)  # fmt: skip
def test_it_changes_nothing(call: str, facts: Facts) -> None:
    found = effect(call, facts)
    assert (found.unknown, found.elsewhere, found.targets, found.contents, found.variables) == (None, None, [], set(), set())


@pytest.mark.parametrize(
    ("call", "wanted"),
    [("xs.append(1)", ["xs"]), ("d.update(a=1)", ["d"]), ("xs.__setitem__(0, 1)", ["xs"]), ("random.shuffle(xs)", ["xs"]),
     ("heapq.heappush(xs, 1)", ["xs"]), ("operator.setitem(xs, 0, 1)", ["xs"]), ("list.append(xs, 1)", ["xs"]), ("change(xs)", ["xs"]),
     ("change(*xs)", ["xs"]), ("change(value=xs)", ["xs"]), ("put(1, xs)", ["xs"]), ("Box(xs)", ["xs"]), ("map(xs.append, d)", ["xs"])],
)  # fmt: skip
def test_it_changes_an_object_of_the_caller(call: str, wanted: list[str], facts: Facts) -> None:
    assert targets(effect(call, facts)) == wanted


@pytest.mark.parametrize("call", ["g()", "g.x()", "map(g, xs)", "sorted(xs, key=g)", "exec('1')", "Meta()", "setattr(g, d, 1)",
                                  "json.dumps(1, default=g)", "json.loads('1', object_hook=g)", "json.dump(1, Box(g))"])  # fmt: skip
def test_nothing_is_known_of_it(call: str, facts: Facts) -> None:
    assert effect(call, facts).unknown


@pytest.mark.parametrize("call", ["put(1)", "map(change, xs)", "map(operator.methodcaller('clear'), xs)", "sorted(xs, key=change)"])
def test_it_changes_something_else(call: str, facts: Facts) -> None:
    assert effect(call, facts).elsewhere


def test_a_function_of_the_library_that_the_file_replaces(facts: Facts) -> None:
    module = facts("import random\nrandom.random = f\nrandom.random()")
    (call,) = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    assert module.effect_of_call(call).unknown
