"""What a function of the file may do to objects that are not its own."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.calls.summaries import Summary
from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def summary(source: str, facts: Facts, name: str = "f") -> Summary:
    module = facts(source)
    (function,) = [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == name]
    return module.summary(function)


@pytest.mark.parametrize(
    "body",
    ["return v[0]", "x = []; x.append(v)", "print(v)", "return len(v)", "[print(x) for x in v]", "x = sorted(v); x.pop()", "n = 0; n += 1"],
)
def test_it_changes_nothing(body: str, facts: Facts) -> None:
    assert summary(f"def f(v): {body}", facts).silent()


@pytest.mark.parametrize(
    ("body", "part", "names"),
    [
        ("v[0] = 1", "parameters", {"v"}),
        ("del v[0]", "parameters", {"v"}),
        ("v += [1]", "parameters", {"v"}),
        ("v *= 2", "parameters", {"v"}),
        ("(v or w)[0] = 1", "parameters", {"v", "w"}),
        ("g(v)\ndef g(x): x[0] = 1", "parameters", {"v"}),
        ("v[0][1] = 2", "inner", {"v"}),
        ("for x in v: x[0] = 1", "inner", {"v"}),
        ("v.append(1)", "touches", {"v"}),
        ("return v", "keeps", {"v"}),
        ("x = v", "keeps", {"v"}),
        ("return lambda: v[0]", "keeps", {"v"}),
        ("yield v[0]", "keeps", {"v"}),
        ("v.rows = 1", "rebinds", {"rows"}),
        ("setattr(v, 'rows', 1)", "rebinds", {"rows"}),
        ("v.rows[0] = 1", "contents", {"rows"}),
        ("v.rows[0][1] = 1", "elements", {"rows"}),
    ],
)
def test_what_it_does(body: str, part: str, names: set[str], facts: Facts) -> None:
    first, *others = body.split("\n")
    source = "\n".join([f"def f(v, w=None):\n    {first}", *others])
    assert getattr(summary(source, facts), part) == names


def test_variables_outside(facts: Facts) -> None:
    found = summary("XS = []\nN = 0\ndef f():\n    global N\n    N += 1\n    XS[0] = 1", facts)
    assert {name for _, name in found.bound} == {"N"}
    assert {name for _, name in found.variables} == {"XS"}


def test_an_import_and_a_definition_bind_globals_too(facts: Facts) -> None:
    found = summary("def f():\n    global a, b\n    import a\n    def b(): pass\na = b = 0", facts)
    assert {name for _, name in found.bound} == {"a", "b"}


@pytest.mark.parametrize("first", ["f", "g"])
def test_functions_that_call_each_other_do_what_either_does(first: str, facts: Facts) -> None:
    module = facts("XS = []\ndef f(n):\n    g(n)\n    XS[0] = 1\ndef g(n):\n    if n: f(n - 1)")
    functions = {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}
    module.summary(functions[first])
    for function in functions.values():
        assert {name for _, name in module.summary(function).variables} == {"XS"}


def test_a_call_of_which_nothing_is_known(facts: Facts) -> None:
    assert summary("def f(v): other(v)", facts).unknown == "other(…)"
    assert summary("async def g(): pass\ndef f(v):\n    async def h(): await v", facts).unknown == "await"
