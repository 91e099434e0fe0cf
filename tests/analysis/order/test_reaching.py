"""Which marks come last, against a plain walk over the graph."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.order import reaching
from codemods.analysis.order.flow import Flow
from codemods.analysis.order.reaching import ENTRY, Marks, Reaching

Facts = Callable[[str], Module]

PROGRAM = """
a
if b:
    c
    while d:
        e
        if f: continue
        if g: break
        h
    else:
        i
elif j:
    k
    return
try:
    l
    for m in n:
        o
        try:
            p
        finally:
            q
except r:
    s
else:
    t
finally:
    u
with v as w:
    x
    if y: raise z
[aa for bb in cc if dd]
match ee:
    case 1: ff
    case [gg] if hh: ii
jj
"""


def plainly(flow: Flow, marks: list[int], index: int) -> set[int]:
    events, from_entry = flow.last(index, lambda event: event.index in marks)
    return {event.index for event in events} | ({ENTRY} if from_entry else set())


@pytest.fixture
def flow(facts: Facts) -> Flow:
    module = facts("def f():" + PROGRAM.replace("\n", "\n    "))
    assert isinstance(module.tree.body[0], ast.FunctionDef)
    return module.flow_of(module.tree.body[0])


@pytest.mark.parametrize("walk", [0, 5, 1000])
def test_short_and_long_questions_agree_with_a_plain_walk(flow: Flow, walk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "_SHORT_WALK", walk)
    chance = random.Random(7)
    for _ in range(60):
        indexes = chance.sample(range(1, len(flow.events)), chance.randrange(1, 8))
        answers = Reaching(flow, most=100)
        marks = Marks(indexes)
        for index in range(1, len(flow.events)):
            assert answers.last(marks, index) == plainly(flow, indexes, index), (indexes, index)


def test_more_than_the_most_is_no_answer(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    indexes = list(range(1, len(flow.events)))
    end = len(flow.events) - 1
    many = len(plainly(flow, indexes[::3], end))
    assert many > 2
    for walk in (0, 1000):
        monkeypatch.setattr(reaching, "_SHORT_WALK", walk)
        assert Reaching(flow, most=many - 1).last(Marks(indexes[::3]), end) is None
        assert Reaching(flow, most=many).last(Marks(indexes[::3]), end) is not None


@pytest.mark.parametrize("walk", [0, 1000])
def test_more_than_the_most_on_the_way_is_no_answer(flow: Flow, walk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "_SHORT_WALK", walk)
    indexes = list(range(1, len(flow.events), 3))
    answers = Reaching(flow, most=2)
    marks = Marks(indexes)
    seen = set()
    for index in range(1, len(flow.events)):
        plain = plainly(flow, indexes, index)
        assert answers.last(marks, index) == (plain if len(plain) <= 2 else None)
        seen.add(len(plain) <= 2)
    assert seen == {True, False}


def test_the_beginning_is_reached_from_everywhere_without_marks(flow: Flow) -> None:
    answers = Reaching(flow, most=10)
    alive = flow.reachable([flow.entry])
    assert all(answers.last(Marks([]), index) == {ENTRY} for index in alive)


def test_dead_code_is_reached_from_nowhere(facts: Facts) -> None:
    module = facts("def f():\n    a\n    return\n    b")
    assert isinstance(module.tree.body[0], ast.FunctionDef)
    flow = module.flow_of(module.tree.body[0])
    (b,) = [event.index for event in flow.events if isinstance(event.node, ast.Name) and event.node.id == "b"]
    assert Reaching(flow, most=10).last(Marks([1]), b) == frozenset()
