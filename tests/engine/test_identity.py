"""A site keeps its id while its own code stays, and no two of a file share one."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.text.positions import Lines
from codemods.engine.identity import Identities
from codemods.model.outcome import Clean, Diagnostic, Fixed, fingerprint
from codemods.model.verdict import Safe
from tests.engine.toys import ADD, ELSE, KEYS, book, renaming, run, sites

TEXT = """\
def first(d, e):
    d.keys()
    e.keys()


class Holder:
    def second(self):
        def inner():
            d.keys()
        d.keys()
        d.keys()
"""


def named(text: str, *toys: object, **settings: object) -> dict[tuple[str, int], str]:
    """The id of each site, by scope and how many came before it there."""
    outcome = run(text, book(*(toys or (KEYS,))), **settings)  # type: ignore[arg-type]
    assert isinstance(outcome, Clean | Fixed)
    found: dict[tuple[str, int], str] = {}
    for one in outcome.diagnostics:
        found[one.scope, sum(scope == one.scope for scope, _ in found)] = one.id
    return found


def test_each_site_has_an_id_of_its_own() -> None:
    found = named(TEXT)
    assert list(found) == [("first", 0), ("first", 1), ("Holder.second.<locals>.inner", 0), ("Holder.second", 0), ("Holder.second", 1)]
    assert len(set(found.values())) == 5
    assert all(len(one) == 16 for one in found.values())


@pytest.mark.parametrize(
    "changed",
    [
        f"import os\n\n\n{TEXT}",
        TEXT.replace("d.keys()", "d . keys( )"),
        TEXT.replace("d.keys()", "d.keys(  # why\n        )"),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("    ", "\t"),
        TEXT.replace("        def inner", "        print(inner)\n        def inner"),
        TEXT.replace("class Holder:", "@final\nclass Holder(object):"),
    ],
    ids=["lines moved", "spaces", "a comment and a line end", "line ends", "tabs", "other code before", "another header"],
)
def test_an_id_outlives_what_is_changed_elsewhere(changed: str) -> None:
    assert named(changed) == named(TEXT)


def test_an_id_does_not_rest_on_the_verdict_or_on_other_rules() -> None:
    text = "u.keys()\nd.keys()\nfor x in a + b:\n    pass\n"
    assert list(named(text, KEYS).values()) == list(named(text, KEYS, unsafe_fixes=True).values())
    with_more = run(text, book(ADD, ELSE, KEYS))
    assert isinstance(with_more, Fixed)
    assert [one.id for one in with_more.diagnostics if one.rule == "keys"] == list(named(text, KEYS).values())


def test_an_id_changes_with_the_code_the_rule_and_the_place() -> None:
    found = {
        *named("d.keys()\n").values(),
        *named("e.keys()\n").values(),
        *named("def f():\n    d.keys()\n").values(),
        *named("class F:\n    d.keys()\n").values(),
        *named("def g():\n    d.keys()\n").values(),
    }
    assert len(found) == 5
    assert Identities(ast.parse("a"), Lines("a")).of("one", 0, 1) != Identities(ast.parse("a"), Lines("a")).of("two", 0, 1)


def test_a_site_that_is_put_before_others_takes_no_id_of_theirs() -> None:
    before, after = named("def f():\n    d.keys()\n"), named("def f():\n    e.keys()\n    d.keys()\n")
    assert before["f", 0] == after["f", 1]


def test_what_is_rewritten_several_times_has_several_ids() -> None:
    outcome = run("x = a + b + c + (d + e)\n", book(ADD))
    assert isinstance(outcome, Fixed)
    assert len({one.id for one in outcome.diagnostics}) == len(outcome.diagnostics) == 4


@pytest.mark.parametrize("which", range(3))
def test_a_held_site_is_left_and_no_other(which: int) -> None:
    text = "a.keys()\na.keys()\na.keys()\n"
    held = named(text)["", which]
    outcome = run(text, book(KEYS), held=(held,))
    assert isinstance(outcome, Fixed)
    assert outcome.after.decode().splitlines() == ["a.keys()" if line == which else "a" for line in range(3)]
    assert [one.held for one in outcome.diagnostics] == [line == which for line in range(3)]
    assert [one.id for one in outcome.diagnostics] == list(named(text).values())


def test_a_site_stays_held_while_passes_change_what_is_inside_it() -> None:
    text = "for k in d.keys():\n    x = a + b + c\n"
    held = next(one.id for one in run(text, book(ELSE, KEYS, ADD)).diagnostics if one.rule == "else")  # type: ignore[union-attr]
    outcome = run(text, book(ELSE, KEYS, ADD), held=(held,))
    assert isinstance(outcome, Fixed)
    assert outcome.after.decode() == "for k in d:\n    x = add(add(a, b), c)\n"
    assert sites(outcome)[0] == (1, 1, "safe")


def test_with_all_of_them_held_nothing_is_rewritten() -> None:
    text = "for k in d.keys():\n    x = a + b + c\n"
    toys = book(ELSE, KEYS, ADD)
    outcome = run(text, toys, held=tuple(one.id for one in run(text, toys).diagnostics))  # type: ignore[union-attr]
    assert isinstance(outcome, Clean)
    assert all(one.held for one in outcome.diagnostics)


def test_deep_nesting_is_no_obstacle() -> None:
    text = "".join(f"{' ' * depth}if x:\n" for depth in range(90)) + f"{' ' * 90}d.keys()\n"
    assert list(named(text)) == [("", 0)]


def test_a_fingerprint_tells_files_and_sites_apart() -> None:
    one = Diagnostic("keys", 1, 1, 1, 2, Safe("x"), id="a" * 16)
    other = Diagnostic("keys", 9, 9, 9, 9, Safe("y"), id="a" * 16)
    assert fingerprint("a.py", one) == fingerprint("a.py", other) != fingerprint("b.py", one)
    assert len(fingerprint("caf\udce9.py", one)) == 16


def edits(text: str, *toys: object) -> list[list[tuple[int, int, str]]]:
    """What each site's rewrite alone would be."""
    outcome = run(text, book(*toys), explain=True)  # type: ignore[arg-type]
    assert isinstance(outcome, Fixed)
    return [[(edit.start, edit.end, edit.text) for edit in one.edits] for one in outcome.diagnostics]


def test_each_site_has_the_edits_of_its_rewrite_alone() -> None:
    assert edits("d.keys()\ne.keys()\n", KEYS) == [[(1, 8, "")], [(10, 17, "")]]


def test_a_site_that_waits_for_an_inner_one_is_rewritten_without_it() -> None:
    outer, inner = edits("for k in d.keys():\n    pass\n", ELSE, KEYS)
    assert inner == [(10, 17, "")]
    assert [(start, text.split()) for start, _, text in outer] == [(27, ["else:", "if", "done:", "pass"])]


def test_a_site_that_another_rewrite_makes_has_no_edits_of_its_own() -> None:
    first, second = renaming("first", "a", "d.keys()"), KEYS
    assert edits("a\n", first, second) == [[(0, 1, "d.keys()")], []]


def test_edits_are_only_for_whoever_asks() -> None:
    outcome = run("d.keys()\n", book(KEYS))
    assert isinstance(outcome, Fixed)
    assert outcome.diagnostics[0].edits == ()
