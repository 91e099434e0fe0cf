"""The harness can fail: for each check a deliberately broken rule, or a wrong case, that it must catch."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from codemods.model.rule import Rule, Site
from codemods.model.verdict import Assumption, Refusal, Safe
from tests.harness import Case, Declines, Ignores, Rewrites, behaviour, check, dedented, names

MUTATED = Refusal("mutated", "`{name}` changes at line {line}")
IS_DICT = Assumption("is-dict", "`{name}` is a dict")


def find(node: ast.Call, module: Any) -> Iterator[Site]:
    """A toy: `d.keys()` becomes `d`; not where the name starts with `m`, and only on an assumption where it starts with `u`."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(name), attr="keys"), args=[]):
            if name.startswith("m"):
                yield Site(node, MUTATED(name=name, line=module.line(node)))
            elif name.startswith("u"):
                yield Site(node, IS_DICT(name=name))
            else:
                yield Site(node, Safe("it is a dict"))


def rewrite(node: Any, plan: Any) -> Any:
    return node.func.value


GOOD = Rule(triage=rb"\.keys\b", visits=(ast.Call,), find=find, rewrite=rewrite)

CASE = Rewrites(
    "keys of a dict",
    """
    def total(d):
        # every key
        found = []
        for key in d.keys():  # in order
            found.append(key)
        return found
    print(total({"a": 1}))
    """,
    """
    def total(d):
        # every key
        found = []
        for key in d:  # in order
            found.append(key)
        return found
    print(total({"a": 1}))
    """,
    calls=("total({'b': 2, 'a': 1})", "total({})"),
)

GOOD_CASES: list[Case] = [
    CASE,
    Rewrites("an assumption", "u = {}\nprint(u.keys())", "u = {}\nprint(u)", unsafe="is-dict", same_output=False),
    Declines("a dict that changes", "m.keys()", "mutated", mentions="line 1"),
    Declines("an assumption, declined", "u.keys()", "is-dict", unsafe=True),
    Ignores("another method", "d.keyset()"),
    Ignores("another method of a file that triage admits", "d.keys.x()"),
]


@pytest.mark.parametrize("case", GOOD_CASES, ids=names(GOOD_CASES))
def test_a_good_rule_passes(case: Case) -> None:
    check(case, GOOD)


def fails(case: Case, rule: Rule, check_name: str) -> None:
    with pytest.raises(AssertionError) as caught:
        check(case, rule)
    assert str(caught.value).startswith(f"[{check_name}]"), caught.value


def anchored(kind: type[ast.AST], transform: Callable[[Any, Any], Any], **changes: Any) -> Rule:
    """A rule that rewrites every node of a kind."""

    def find_all(node: Any, module: Any) -> Iterator[Site]:
        yield Site(node, Safe("because"))

    return replace(GOOD, **{"visits": (kind,), "find": find_all, "rewrite": transform, **changes})


def test_a_triage_that_is_too_narrow() -> None:
    fails(CASE, replace(GOOD, triage=rb"\.keys\(\)\n"), "triage")
    fails(Declines("declined", "m.keys()", "mutated"), replace(GOOD, triage=rb"\.keys\(\)\s*:"), "triage")


def test_a_rule_that_does_nothing() -> None:
    fails(CASE, replace(GOOD, find=lambda node, module: ()), "rewrites")


def test_a_rule_whose_result_is_another() -> None:
    fails(dataclasses.replace(CASE, after=CASE.after.replace("in d", "in (d)")), GOOD, "rewrites")


def test_a_rule_that_crashes_in_find() -> None:
    def crash(node: Any, module: Any) -> Iterator[Site]:
        raise KeyError("oops")

    for case in (CASE, Declines("declined", "m.keys()", "mutated"), Ignores("ignored", "x.keys(1)")):
        fails(case, replace(GOOD, find=crash), "crash")


def test_a_rule_that_crashes_in_rewrite() -> None:
    def crash(node: Any, plan: Any) -> Any:
        return node.no_such_attribute

    fails(CASE, replace(GOOD, rewrite=crash), "crash")


def test_a_rule_that_drops_a_comment() -> None:
    def drop(node: Any, plan: Any) -> Any:
        import libcst

        block = libcst.ensure_type(libcst.parse_statement("if 1:\n    pass"), libcst.If).body
        return node.with_changes(body=block) if node.name.value == "total" else node

    case = Rewrites("a comment goes", "def total():\n    # why\n    f()\n", "def total():\n    pass\n")
    fails(case, anchored(ast.FunctionDef, drop, triage=b"def"), "comments")
    # Nor does the engine let it through, whatever the case expects.
    kept = Rewrites("a comment stays", "def total():\n    # why\n    f()\n", "def total():\n    # why\n    pass\n")
    fails(kept, anchored(ast.FunctionDef, drop, triage=b"def"), "rewrites")


def test_a_rule_that_is_not_idempotent() -> None:
    def add(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.Integer(str(int(node.value) + 1)) if plan else node

    def find_small(node: ast.Constant, module: Any) -> Iterator[Site]:
        if node.value == 7:
            yield Site(node, Safe("because"), True)

    def find_once(node: ast.Constant, module: Any) -> Iterator[Site]:
        # What no rule can do by fair means: behave differently in the second run.
        if (seen.append(node.value) or len(seen)) in (1, 3):
            yield Site(node, Safe("because"), True)

    seen: list[Any] = []
    case = Rewrites("one more", "x = 7\n", "x = 8\n")
    check(case, Rule(rb"\d", (ast.Constant,), find_small, add))
    fails(case, Rule(rb"\d", (ast.Constant,), find_once, add), "idempotent")


def test_a_rule_that_undoes_its_own_work() -> None:
    def flip(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.Name("b" if node.value == "a" else "a")

    fails(Rewrites("back and forth", "a\n", "b\n"), anchored(ast.Name, flip, triage=b""), "crash")


def test_a_rule_that_changes_behaviour() -> None:
    def reverse(node: Any, plan: Any) -> Any:
        import libcst

        return libcst.parse_expression(f"reversed({node.func.value.value})")

    before = CASE.before.replace('{"a": 1}', '{"a": 1, "b": 2}')
    for text in (before, before.replace("print", "str")):
        case = dataclasses.replace(CASE, before=text, after=text.replace("d.keys()", "reversed(d)"))
        fails(case, replace(GOOD, rewrite=reverse), "behaviour")
    case = dataclasses.replace(CASE, before=before, after=before.replace("d.keys()", "reversed(d)"), calls=())
    fails(case, replace(GOOD, rewrite=reverse), "behaviour")


@pytest.mark.parametrize(
    ("before", "after", "calls"),
    [
        ("def f(d): return list(d.keys())", "def f(d): return tuple(d)", ("f({1: 2})",)),
        ("def f(d): return [*d.keys()]", "def f(d): d[0] = 1; return [1]", ("f({1: 2})",)),
        ("def f(d): raise KeyError(d.keys())", "def f(d): raise KeyError(d)", ("f({})",)),
        ("def f(d): print(1)", "def f(d): print(2)", ("f({})",)),
        ("def f(d): return [d] * 2", "def f(d): return [d, dict(d)]", ("f({})",)),
        ("def f(d): return 1", "def f(d): return True", ("f({})",)),
        ("def f(d): return d", "def f(d): return dict(reversed(d.items()))", ("f({1: 1, 2: 2})",)),
        ("def f(d): yield 1", "def f(d): yield 2", ("f({})",)),
        ("def f(d): return 1", "def f(d): return 1\nraise ValueError(3)", ()),
    ],
    ids=["result", "argument", "exception", "printed", "aliasing", "class", "order", "generator", "module"],
)
def test_a_difference_that_only_running_shows(before: str, after: str, calls: tuple[str, ...]) -> None:
    assert behaviour(before, calls) == behaviour(before, calls)
    assert behaviour(before, calls) != behaviour(after, calls)


def test_calls_that_cannot_run_prove_nothing() -> None:
    case = Rewrites("broken", "import no_such_module_\nd.keys()", "import no_such_module_\nd", calls=("1",))
    fails(case, GOOD, "behaviour")
    fails(dataclasses.replace(case, execute=False), GOOD, "execute")


def test_a_rule_that_touches_what_stands_around() -> None:
    def tidy(node: Any, plan: Any) -> Any:
        import libcst

        class Tidy(libcst.CSTTransformer):
            def leave_Assign(self, original_node: Any, updated_node: Any) -> Any:  # noqa: N802 - LibCST's name
                tidied = libcst.parse_statement(printer.code_for_node(updated_node).replace("  ", " "))
                return libcst.ensure_type(tidied, libcst.SimpleStatementLine).body[0]

        printer = libcst.Module([])
        return node.visit(Tidy())

    def find_spaced(node: ast.FunctionDef, module: Any) -> Iterator[Site]:
        if "=  " in module.segment(node) or ": x  =" in module.segment(node):
            yield Site(node, Safe("because"))

    rule = replace(GOOD, triage=b"=", visits=(ast.FunctionDef,), find=find_spaced, rewrite=tidy)
    case = Rewrites("a tidy function", "def f():\n    x  =  1\n", "def f():\n    x = 1\n")
    check(dataclasses.replace(case, wrap=False), rule)
    fails(case, rule, "rewrites")


def test_a_rule_that_yields_invalid_syntax() -> None:
    def spoil(node: Any, plan: Any) -> Any:
        import libcst

        # LibCST prints `f"{lambda: 1}"`, which is no Python.
        field = libcst.FormattedStringExpression(libcst.Lambda(libcst.Parameters(), libcst.Integer("1")))
        return libcst.FormattedString([field])

    fails(dataclasses.replace(CASE, after=CASE.after.replace("in d", "in f'{lambda: 1}'")), replace(GOOD, rewrite=spoil), "parses")
    fails(CASE, replace(GOOD, rewrite=spoil), "rewrites")


def test_a_rule_that_only_knows_line_feeds() -> None:
    def find_lf(node: ast.Call, module: Any) -> Iterator[Site]:
        if "\r" not in module.text:
            yield from find(node, module)

    fails(CASE, replace(GOOD, find=find_lf), "rewrites")
    fails(Declines("declined", "m.keys()", "mutated"), replace(GOOD, find=find_lf), "declines")
    check(dataclasses.replace(CASE, skip=("crlf",)), replace(GOOD, find=find_lf))


def test_a_rule_that_only_works_at_the_top() -> None:
    def find_top(node: ast.Call, module: Any) -> Iterator[Site]:
        if node.col_offset < 20:
            yield from find(node, module)

    fails(CASE, replace(GOOD, find=find_top), "rewrites")
    check(dataclasses.replace(CASE, wrap=False), replace(GOOD, find=find_top))


def test_a_wrong_reason() -> None:
    fails(Declines("declined", "m.keys()", "aliased"), GOOD, "declines")
    fails(Declines("declined", "m.keys()", "mutated", mentions="line 2"), GOOD, "words")
    fails(Declines("declined", "m.keys()", "mutated", unsafe=True), GOOD, "declines")
    fails(Declines("declined", "u.keys()", "is-dict"), GOOD, "declines")
    fails(Declines("declined", "m.keys()\nu.keys()", "mutated"), GOOD, "declines")
    check(Declines("declined", "m.keys()\nu.keys()", "mutated", others=True), GOOD)


def test_a_case_that_is_declined_but_rewritten() -> None:
    fails(Declines("declined", "d.keys()", "mutated"), GOOD, "declines")
    fails(Declines("declined", "d.keys(), m.keys()", "mutated"), GOOD, "declines")


def test_a_case_that_is_ignored_but_seen() -> None:
    fails(Ignores("ignored", "d.keys()"), GOOD, "ignores")
    fails(Ignores("ignored", "m.keys()"), GOOD, "ignores")


def test_an_unsafe_rewrite_that_is_applied_by_default() -> None:
    fails(dataclasses.replace(CASE, unsafe=True), GOOD, "verdict")
    fails(dataclasses.replace(GOOD_CASES[1], unsafe="is-list"), GOOD, "verdict")
    fails(dataclasses.replace(GOOD_CASES[1], unsafe=False), GOOD, "rewrites")


def test_an_empty_reason() -> None:
    rule = replace(GOOD, find=lambda node, module: [Site(node, Safe(" "))] if isinstance(node.func, ast.Attribute) else [])
    fails(Rewrites("no words", "d.keys()", "d"), rule, "words")
    fails(dataclasses.replace(CASE, because="is a list"), GOOD, "verdict")


def test_a_before_that_is_no_python() -> None:
    fails(Rewrites("before", "d.keys(", "d"), GOOD, "parses")
    fails(Ignores("before", "d.keys("), GOOD, "parses")


def test_names_are_distinct() -> None:
    with pytest.raises(AssertionError):
        names([CASE, CASE])


def test_dedented_keeps_what_matters() -> None:
    assert dedented("\n    a\n      b\n    ") == "a\n  b\n"
    assert dedented("a") == "a\n"
