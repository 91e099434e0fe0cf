"""Several sites, nested ones, overlapping ones, crashes, and the bound on passes."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from typing import Any

import pytest

from codemods.analysis.module import Module
from codemods.engine import passes
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.rule import Site
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Safe, Unsafe
from tests.engine.toys import ADD, BECAUSE, ELSE, FLAT, KEYS, book, fixed, renaming, run, sites, toy


def test_several_sites_of_one_statement() -> None:
    assert fixed("f(a.keys(), b.keys(), [c.keys()])\n", book(KEYS)) == "f(a, b, [c])\n"


def test_nested_sites_of_one_rule() -> None:
    assert fixed("x = a + b + c + (d + e)\n", book(ADD)) == "x = add(add(add(a, b), c), (add(d, e)))\n"


def test_nested_sites_of_several_rules() -> None:
    before = "def f():\n    for k in d.keys():\n        if 1:\n            print(k + 1)\n"
    after = "def f():\n    for k in d:\n        print(add(k, 1))\n    else:\n        if done:\n            pass\n"
    assert fixed(before, book(ELSE, KEYS, FLAT, ADD)) == after
    # Whatever the order in which rules are asked.
    assert fixed(before, book(ADD, FLAT, KEYS, ELSE)) == after


def test_the_inner_site_goes_first() -> None:
    outcome = run("for k in d.keys():\n    pass\n", book(ELSE, KEYS))
    assert isinstance(outcome, Fixed)
    assert outcome.work.passes == 3
    assert sites(outcome) == [(1, 1, "fixed"), (1, 10, "fixed")]


def test_two_rules_that_see_the_same_expression() -> None:
    first, second = renaming("first", "a", "b"), renaming("second", "a", "c")
    assert fixed("a\n", book(first, second)) == "b\n"


def test_a_rule_that_gives_work_to_another_whose_triage_did_not_match() -> None:
    first, second = renaming("first", "a", "d.keys()"), KEYS
    assert fixed("a\n", book(first, second)) == "d\n"


def test_a_site_that_is_dropped_makes_room_for_the_one_around_it() -> None:
    broken = toy("broken", ast.Name, lambda node, module: [Site(node, BECAUSE)] if node.id == "d" else [], lambda node, plan: node)
    outcome = run("for k in d:\n    pass\n", book(broken, ELSE))
    assert isinstance(outcome, Fixed)
    assert b"else:" in outcome.after
    assert sites(outcome) == [(1, 1, "fixed"), (1, 10, "unverified")]


def test_unsafe_sites_wait_for_leave() -> None:
    text = "f(u.keys(), d.keys(), r.keys())\n"
    outcome = run(text, book(KEYS))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"f(u.keys(), d, r.keys())\n"
    assert sites(outcome) == [(1, 3, "is-dict"), (1, 13, "fixed"), (1, 23, "read")]
    assert fixed(text, book(KEYS), unsafe_fixes=True) == "f(u, d, r.keys())\n"


def test_diagnostics_of_the_last_pass_speak_of_the_file_as_read() -> None:
    text = "for k in d.keys():\n    if 1:\n        r.keys()\n    a + b\nr.keys()\nu.keys()\n"
    outcome = run(text, book(ELSE, KEYS, FLAT, ADD))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"for k in d:\n    r.keys()\n    add(a, b)\nelse:\n    if done:\n        pass\nr.keys()\nu.keys()\n"
    left = [one for one in sites(outcome) if one[2] != "fixed"]
    assert left[1:] == [(5, 1, "read"), (6, 1, "is-dict")]
    # It stands in new text, and is said to start where the text that was replaced does.
    assert left[0][0] in (2, 3)


def test_a_crash_in_find_costs_that_site_only() -> None:
    def find(node: ast.Name, module: Module) -> Iterator[Site]:
        if node.id == "bad":
            raise KeyError("no\nsuch thing")
        if node.id == "a":
            yield Site(node, BECAUSE)

    def rewrite(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.Name("b")

    outcome = run("a\nbad\na\n\n\nbad\n", book(toy("crashing", ast.Name, find, rewrite)))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"b\nbad\nb\n\n\nbad\n"
    assert [(one.rule, one.line, one.kind) for one in sorted(outcome.defects, key=lambda one: one.line)] == [
        ("crashing", 2, "crash"),
        ("crashing", 6, "crash"),
    ]
    assert outcome.defects[0].cause.startswith("KeyError: 'no\\nsuch thing' (test_passes.py:")


def test_what_a_rule_found_before_it_crashed_is_kept() -> None:
    def find(node: ast.Call, module: Module) -> Iterator[Site]:
        yield Site(node.args[0], BECAUSE)
        raise ValueError

    def rewrite(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.Name("b")

    outcome = run("f(a)\n", book(toy("crashing", ast.Call, find, rewrite)))
    # `b` is found in the next pass, and so on: it is this rule that never comes to an end.
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"f(b)\n"
    assert len(outcome.defects) == 1


def test_a_crash_in_rewrite_costs_that_site_only_and_is_seen() -> None:
    def rewrite(node: Any, plan: Any) -> Any:
        if node.func.value.value == "bad":
            raise AttributeError("oops")
        return node.func.value

    crashing = toy("crashing", KEYS.rule.visits, KEYS.rule.find, rewrite)
    outcome = run("f(bad.keys())\nf(d.keys(),\n  bad.keys())\n", book(crashing))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"f(bad.keys())\nf(d,\n  bad.keys())\n"
    assert [(one.line, one.kind) for one in outcome.defects] == [(1, "crash"), (3, "crash")]
    assert sites(outcome) == [(1, 3, "crashed"), (2, 3, "fixed"), (3, 3, "crashed")]


def test_a_rewrite_that_parses_no_python_is_a_crash() -> None:
    outcome = run("a\n", book(renaming("broken", "a", "no python")))
    assert isinstance(outcome, Clean)
    assert [one.kind for one in outcome.defects] == ["crash"]
    assert outcome.defects[0].cause.startswith("ParserSyntaxError")


@pytest.mark.parametrize("returned", [None, "text", ast.Name("x"), 3])
def test_a_rewrite_that_returns_no_node(returned: object) -> None:
    outcome = run("d.keys()\n", book(toy("odd", KEYS.rule.visits, KEYS.rule.find, lambda node, plan: returned)))
    assert isinstance(outcome, Clean)
    assert [one.kind for one in outcome.defects] == ["crash"]


def test_an_anchor_that_cannot_stand_alone() -> None:
    sliced = toy("sliced", ast.Slice, lambda node, module: [Site(node, BECAUSE)], lambda node, plan: node)
    outcome = run("x[1:2]\n", book(sliced))
    assert isinstance(outcome, Clean)
    assert [one.kind for one in outcome.defects] == ["crash"]


def test_a_rule_that_recurses_too_deeply_refuses_the_statement() -> None:
    def find(node: ast.Name, module: Module) -> Iterator[Site]:
        return find(node, module)

    outcome = run("x = [a, b]\ny\n", book(toy("deep", ast.Name, find, lambda node, plan: node)))
    assert isinstance(outcome, Clean)
    assert not outcome.defects
    assert sites(outcome) == [(1, 1, "too-deep"), (2, 1, "too-deep")]


def test_a_chain_too_long_for_libcst_is_refused() -> None:
    text = "x = " + " + ".join(f"a{number}" for number in range(900)) + "\n"
    whole = toy("whole", ast.Assign, lambda node, module: [Site(node, BECAUSE)], lambda node, plan: node)
    outcome = run(f"{text}d.keys()\n", book(whole, KEYS))
    assert isinstance(outcome, Fixed)
    assert not outcome.defects
    assert sites(outcome) == [(1, 1, "too-deep"), (2, 1, "fixed")]


def test_two_rules_that_undo_each_other_are_a_defect() -> None:
    outcome = run("x = a\n", book(renaming("there", "a", "b"), renaming("back", "b", "a")))
    assert isinstance(outcome, Clean)
    assert [(one.rule, one.line, one.kind) for one in outcome.defects] == [("there", 1, "bound")]
    assert not [one for one in outcome.diagnostics if one.fixed]


def test_a_rule_without_end_is_a_defect() -> None:
    outcome = run("# 1\nx = a\n", book(renaming("growing", "a", "[a]")))
    assert isinstance(outcome, Fixed)
    assert [(one.rule, one.line, one.kind) for one in outcome.defects] == [("growing", 2, "bound")]
    assert outcome.work.passes == passes.BOUND
    assert math.isclose(outcome.after.count(b"["), passes.BOUND)


def test_work_that_ends_at_the_bound_is_no_defect() -> None:
    deep = passes.BOUND
    text = "x = " + "(" * deep + "a" + " + b)" * deep + "\n"
    outcome = run(text, book(ADD))
    assert isinstance(outcome, Fixed)
    assert not outcome.defects
    assert outcome.work.passes == deep
    assert b"+" not in outcome.after


def test_functions_as_deep_in_each_other_as_anybody_nests_them_are_done_in_one_run() -> None:
    deep = 40
    text = "".join(f"{' ' * depth}def f{depth}(a{depth}=[]):\n" for depth in range(deep)) + " " * deep + "return a0\n"
    outcome = process(text.encode(), Settings(("mutable-default",)))
    assert isinstance(outcome, Fixed)
    assert not outcome.defects
    assert outcome.after.count(b"=[]") == 0 < outcome.after.count(b" is None:") == deep


def test_a_site_that_does_not_hold_is_not_tried_again() -> None:
    tried: list[int] = []

    def rewrite(node: Any, plan: Any) -> Any:
        import libcst

        tried.append(1)
        field = libcst.FormattedStringExpression(libcst.Lambda(libcst.Parameters(), libcst.Integer("1")))
        return libcst.FormattedString([field])

    bad = toy("bad", ast.Constant, lambda node, module: [Site(node, BECAUSE)] if node.value == 7 else [], rewrite)
    outcome = run("x = a + b + c + d + 7\n", book(bad, ADD))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"x = add(add(add(add(a, b), c), d), 7)\n"
    # Once, and once more when the text around it has changed; not in each of the five passes.
    assert outcome.work.passes == 5
    assert len(tried) == 2
    verdicts = [one.verdict for one in outcome.diagnostics if one.rule == "bad"]
    assert len(verdicts) == 1
    assert isinstance(verdicts[0], Refused)
    assert "cannot be parsed" in verdicts[0].reason


def test_the_other_sites_land_where_one_does_not_hold() -> None:
    def rewrite(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.Name("yield_") if node.func.value.value != "bad" else libcst.parse_expression("(yield)")

    mixed = toy("mixed", KEYS.rule.visits, KEYS.rule.find, rewrite)
    outcome = run("a.keys()\nb.keys()\nbad.keys()\nc.keys()\nbad.keys()\n", book(mixed))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"yield_\nyield_\nbad.keys()\nyield_\nbad.keys()\n"
    assert [became for _, _, became in sites(outcome)] == ["fixed", "fixed", "unverified", "fixed", "unverified"]


def test_counts_of_work() -> None:
    outcome = run("d.keys()\nr.keys()\n", book(KEYS))
    assert isinstance(outcome, Fixed)
    assert (outcome.work.passes, outcome.work.parses, outcome.work.fragments) == (2, 2, 1)
    outcome = run("r.keys()\n", book(KEYS))
    assert isinstance(outcome, Clean)
    assert (outcome.work.passes, outcome.work.parses, outcome.work.fragments) == (1, 1, 0)


def test_an_assumption_is_reported_as_fixed_with_its_verdict() -> None:
    outcome = run("u.keys()\n", book(KEYS), unsafe_fixes=True)
    assert isinstance(outcome, Fixed)
    assert isinstance(outcome.diagnostics[0].verdict, Unsafe)
    assert outcome.diagnostics[0].fixed


def test_a_compound_statement_is_shown_by_its_header() -> None:
    outcome = run("async def f():\n  for x in (y,\n      z) :  # why\n    pass\n", book(ELSE))
    assert isinstance(outcome, Fixed)
    one = outcome.diagnostics[0]
    assert (one.line, one.column, one.end_line, one.end_column) == (2, 3, 3, 11)


def test_reasons_of_later_passes_name_the_lines_of_the_file_as_read() -> None:
    text = """\
def g(n: int):
    out = []
    for i in range(n):
        out.append(i)
    return out


def f(d: dict[str, int]):
    out = {}
    for key in d.keys():
        out["at line 3", d[key]] = key
    return out
"""
    outcome = process(text.encode(), Settings(("comprehension", "dict-items", "dict-keys")))
    assert isinstance(outcome, Fixed)
    assert outcome.work.passes > 2
    because = {one.rule: one.verdict.because for one in outcome.diagnostics if isinstance(one.verdict, Safe) and one.line > 7}
    assert "at line 8)" in because["dict-items"]
    assert "at line 9 " in because["comprehension"]


def test_what_a_step_behind_find_refused_names_its_line_of_the_file_as_read() -> None:
    loop = "    out = []\n    for i in range(n):\n        out.append(i)\n    return out\n"
    text = f"def g(n: int):\n{loop}\n\ndef f(s: str):\n    return 'a' + s  # fmt: skip\n"
    outcome = process(text.encode(), Settings(("comprehension", "string-concat")))
    assert isinstance(outcome, Fixed)
    assert [str(one.verdict.reason) for one in outcome.diagnostics if isinstance(one.verdict, Refused)] == [
        "the code says `fmt: off` or `fmt: skip` around line 9"
    ]
