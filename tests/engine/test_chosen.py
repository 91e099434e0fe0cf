"""A run in which only chosen sites may be rewritten: it is made from the file as read, and the sites of later passes are chosen as well."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed, Outcome, Place
from codemods.model.settings import Settings
from tests.engine.toys import ADD, ELSE, FLAT, KEYS, Toys, book

MIXED = """\
def f():
    for k in d.keys():
        if 1:
            print(k + 1 + len(e.keys()) + 2)
    return a + b + c + (d + e)
"""
REAL = """\
def report(rows: list[str], sizes: dict[str, int], names=[]) -> str:
    text = "rows: " + str(len(rows)) + ", " + "%s of %s" % (rows[0], len(sizes))
    for i in range(len(rows)):
        text = text + "%d: " % i + rows[i] + "\\n"
    found = []
    for name in sizes.keys():
        if name in sizes.keys():
            found.append("{}={}".format(name, sizes[name]))
    return text + ", ".join(found)
"""


def judged(text: str, toys: Toys | None, chosen: Counter[Place] | None) -> Outcome:
    rules = tuple(toys) if toys is not None else registry.select(["ALL"])
    settings = Settings(rules, unsafe_fixes=True)
    if chosen is None:
        return process(text.encode(), settings, rules=toys)
    return process(text.encode(), settings, rules=toys, chosen=lambda place, before: before < chosen[place])


def fixed_at(outcome: Outcome) -> Counter[Place]:
    assert isinstance(outcome, Fixed | Clean)
    return Counter(one.place for one in outcome.diagnostics if one.fixed)


def after(outcome: Outcome, text: str) -> str:
    return outcome.after.decode() if isinstance(outcome, Fixed) else text


CASES = [
    pytest.param(MIXED, book(KEYS, ADD, ELSE, FLAT), id="toys"),
    pytest.param(REAL, None, id="all rules"),
    pytest.param(REAL.replace("\n", "\r\n"), None, id="other line ends"),
]


@pytest.mark.parametrize(("text", "toys"), CASES)
def test_all_sites_chosen_is_a_run_as_ever(text: str, toys: Toys | None) -> None:
    whole = judged(text, toys, None)
    assert isinstance(whole, Fixed)
    again = judged(text, toys, fixed_at(whole))
    assert isinstance(again, Fixed)
    assert (again.after, again.diagnostics, again.edits) == (whole.after, whole.diagnostics, whole.edits)


@pytest.mark.parametrize(("text", "toys"), CASES)
def test_no_site_chosen_leaves_the_file(text: str, toys: Toys | None) -> None:
    outcome = judged(text, toys, Counter())
    assert isinstance(outcome, Clean)
    assert not outcome.defects
    assert not any(one.fixed for one in outcome.diagnostics)


@pytest.mark.parametrize(("text", "toys"), CASES)
def test_only_what_is_chosen_is_rewritten(text: str, toys: Toys | None) -> None:
    whole = fixed_at(judged(text, toys, None))
    chance = random.Random(7)
    for _ in range(5):
        some = Counter({place: times for place, times in whole.items() if chance.random() < 0.5})
        outcome = judged(text, toys, some)
        assert fixed_at(outcome) <= some
        assert not getattr(outcome, "defects", ())
        compile(after(outcome, text), "", "exec")
        # What was in fact rewritten, chosen alone, gives the same text: the others had no part in it.
        assert after(judged(text, toys, fixed_at(outcome)), text) == after(outcome, text)


@pytest.mark.parametrize(("text", "toys"), CASES)
def test_each_site_left_out_leaves_the_others_of_its_pass(text: str, toys: Toys | None) -> None:
    whole = fixed_at(judged(text, toys, None))
    for place in whole:
        left = fixed_at(judged(text, toys, without(whole, place)))
        assert place not in left
        # What is missing besides stood around the one left out, or upon it.
        assert all(_meets(one, place) for one in without(whole, place) - left)


def without(places: Counter[Place], place: Place) -> Counter[Place]:
    return Counter({one: times for one, times in places.items() if one != place})


def _meets(one: Place, other: Place) -> bool:
    return (one.line, one.column) < (other.end_line, other.end_column) and (other.line, other.column) < (one.end_line, one.end_column)


def test_an_outer_site_without_the_inner_one() -> None:
    toys = book(ADD)
    text = "x = a + b + c\n"
    outer = Place("add", 1, 5, 1, 14)
    assert fixed_at(judged(text, toys, None)) == Counter([outer, Place("add", 1, 5, 1, 10)])
    assert after(judged(text, toys, Counter([outer])), text) == "x = add(a + b, c)\n"
    assert after(judged(text, toys, Counter([Place("add", 1, 5, 1, 10)])), text) == "x = add(a, b) + c\n"


def test_a_site_that_only_another_s_rewrite_makes_is_asked_for_too() -> None:
    text = "if 1:\n    if 1:\n        x = 1\n"
    toys = book(FLAT)
    places = sorted(fixed_at(judged(text, toys, None)), key=lambda one: one.line)
    assert [one.line for one in places] == [1, 2]
    assert after(judged(text, toys, Counter(places[1:])), text) == "if 1:\n    x = 1\n"


def test_what_is_not_chosen_is_told_as_it_was_judged() -> None:
    outcome = judged("for k in d.keys(): pass\n", book(KEYS), Counter())
    assert isinstance(outcome, Clean)
    assert [(one.fixed, type(one.verdict).__name__) for one in outcome.diagnostics] == [(False, "Safe")]
