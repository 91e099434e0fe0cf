"""Why a value's class is known, or not."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.type_reasons import reasons_of_type
from codemods.model.verdict import Reasons


def asked(text: str, wanted: str = "str") -> Reasons:
    """The reasons for the argument of the call of `ask` in a program."""
    tree = ast.parse(text)
    [call] = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "ask"]
    return reasons_of_type(call.args[0], wanted, (wanted,), Module(text, tree))


CASES = [
    ("def f(x: str):\n    ask(x)", ["`x` is a str: annotated `str`, line 1"], []),
    ("x = 'a'\nask(x)", ["`x` is a str: assigned a str, line 1"], []),
    ("def f(x):\n    ask(x)", ["`x` may be anything: a parameter without annotation, line 1"], ["annotate `x` as `str` at line 1"]),
    (
        "def f(y):\n    x = y\n    ask(x)",
        ["`x` is assigned `y`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["annotate `x` as `str` at line 2"],
    ),
    (
        "def g(): return h()\ndef f():\n    ask(g())",
        ["`g` does not say what it returns, line 1"],
        ["say that `g` returns `str`, at line 1"],
    ),
    (
        "class C:\n    def g(self): return 'a'\n    def f(self):\n        ask(self.g())",
        ["`g` does not say what it returns, and may be overridden in another file, line 2"],
        ["say that `g` returns `str`, at line 2"],
    ),
    (
        "class C:\n    @property\n    def g(self): return 'a'\n    def f(self):\n        ask(self.g)",
        ["`g` does not say what it returns, and may be overridden in another file, line 3"],
        ["say that `g` returns `str`, at line 3"],
    ),
    (
        "import m\ndef f():\n    ask(m.g())",
        ["nothing is known of what `m.g()`, a call of `m.g`, gives, line 3", "`m` is imported, and nothing is known of it, line 1"],
        ["give `m.g()` at line 3 a name first, annotated as `str`"],
    ),
    (
        "import json\ndef f():\n    ask(json.loads(''))",
        ["nothing is known of what `json.loads('')`, a call of `json.loads`, gives, line 3"],
        ["give `json.loads('')` at line 3 a name first, annotated as `str`"],
    ),
    (
        "with g() as x:\n    ask(x)",
        ["`x` is what `g()` gives on entering, line 1"],
        ["test `isinstance(x, str)` before line 2"],
    ),
    (
        "def f(a, x=None):\n    ask(x)",
        ["`x` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 2"],
    ),
    ("f = lambda x: ask(x)", ["`x` may be anything: a parameter without annotation, line 1"], []),
    ("ask(nowhere)", ["`nowhere` is bound nowhere in this file, line 1"], []),
    (
        "class C:\n    def __init__(self, x):\n        self.x = x\n    def f(self):\n        ask(self.x)",
        ["`self.x` is set to something of which nothing is known, line 3"],
        ["annotate `self.x` as `str` at line 3"],
    ),
]


@pytest.mark.parametrize(("text", "facts", "remedies"), CASES, ids=[case[0] for case in CASES])
def test_the_chain_of_facts(text: str, facts: list[str], remedies: list[str]) -> None:
    found = asked(text)
    assert [str(fact) for fact in found.facts] == facts
    assert [str(remedy) for remedy in found.remedies] == remedies


def test_a_chain_without_end_ends() -> None:
    lines = "\n".join(f"    x{number} = x{number - 1}" for number in range(1, 50))
    assert len(asked(f"def f(x0):\n{lines}\n    ask(x49)").facts) < 10


def test_variables_that_are_each_other() -> None:
    assert asked("def f(a, b):\n    while a:\n        a, b = b, a\n    ask(a)").facts
