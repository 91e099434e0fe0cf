"""What a collection of the file's own is filled with."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.fillings import fillings
from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def filled(made: str, rest: str, facts: Facts, element: str = "g[0]", parameters: str = "xs: list, h, other") -> list[str] | None:
    """What the element may be that `repr(…)` shows before `rest`."""
    lines = "\n".join(f"    {line}" for line in rest.split("\n"))
    head = "from collections import Counter, OrderedDict, defaultdict\nimport copy\n"
    module = facts(f"{head}def f({parameters}):\n    {made}\n    repr({element})\n{lines}\n")
    (call,) = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "repr"]
    values = fillings(call.args[0], module)
    return None if values is None else [ast.unparse(value) for value in values]


@pytest.mark.parametrize(
    ("made", "rest", "expected"),
    [
        ("g = []", "g.append(xs)", ["xs"]),
        ("g = []", "g.insert(0, xs)", ["xs"]),
        ("g = {}", "g.setdefault('a', xs)", ["xs"]),
        ("g = {}", "g['a'] = xs", ["xs"]),
        ("g = {}", "g['a'] += [1]", []),
        ("g = [xs, h]", "del g[0]", ["xs", "h"]),
        ("g = {'a': xs}", "g.pop('a')", ["xs"]),
        ("g = [x for x in xs]", "f'{g}'", ["x"]),
        ("g = {x: h for x in xs}", "assert g", ["h"]),
        ("g = [xs] * 2", "print(*g)", ["xs"]),
        ("g = list()", "print(sorted(g))", []),
        ("g: list = [xs]", "return g", ["xs"]),
        ("g: list", "g = [xs]\nrepr", None),  # which comes later
        ("g: list; g = [xs]", "for x in g: pass", ["xs"]),
        ("g = defaultdict(list)", "if not g: pass", []),
        ("g = defaultdict(Counter)", "g['a'] = xs", ["xs"]),
        ("g = defaultdict(lambda: [])", "while g: pass", []),
        ("g = []", "g.append(*xs)", None),
        ("g = []", "g.insert(0, object=xs)", None),
        ("g = []", "g.extend(xs)", None),
        ("g = []", "g[:] = xs", None),
        ("g = []", "g[0] += xs", None),
        ("g = [*xs]", "pass", None),
        ("g = {**h}", "pass", None),
        ("g = list(xs)", "pass", None),
        ("g = OrderedDict(dict)", "pass", None),
        ("g = defaultdict(h)", "pass", None),
        ("g = defaultdict(object)", "pass", None),
        ("g = defaultdict(lambda: xs)", "pass", None),
        ("g = defaultdict(lambda: copy.copy(h))", "pass", None),
        ("g = []", "other[g]", None),
        ("g = []", "h(g.append)", None),
        ("g = []", "add = g.append", None),
        ("g = []", "h(g)", None),
        ("g = []", "g = h()", None),
        ("g = []", "for g in xs: pass", None),
        ("g = xs", "pass", None),
    ],
)
def test_what_is_put_in(made: str, rest: str, expected: list[str] | None, facts: Facts) -> None:
    assert filled(made, rest, facts) == expected


@pytest.mark.parametrize(
    ("made", "rest", "element", "expected"),
    [
        ("g = {'a': xs}", "pass", "g.get('a')", ["xs"]),
        ("g = {'a': xs}", "pass", "g.get(h, other)", ["xs", "other"]),
        ("g = {'a': xs}", "g.update(h)", "g.get(h, other)", None),
        ("g = [xs]", "pass", "g[1:]", None),
        ("g = [xs]", "pass", "g.pop()", None),
        ("g = [xs]", "pass", "g", None),
        ("g = [xs]", "pass", "h()[0]", None),
    ],
)
def test_what_an_element_may_be(made: str, rest: str, element: str, expected: list[str] | None, facts: Facts) -> None:
    assert filled(made, rest, facts, element) == expected


def test_a_factory_may_be_another_function_of_that_name(facts: Facts) -> None:
    assert filled("g = defaultdict(list)", "pass", facts, parameters="list") is None
