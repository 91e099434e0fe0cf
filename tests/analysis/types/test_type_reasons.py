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


MORE = [
    # what is known
    ("class C: pass\ndef f(x: C):\n    ask(x)", "str", ["`x` is a C: annotated `C`, line 2"], []),
    (
        "class C:\n    def __g(self): return 'a'\n    def f(self):\n        ask(self.__g())",
        "str",
        ["`self.__g()` is a str: what `__g` returns (line 2), line 4"],
        [],
    ),
    # several bindings
    (
        "def f(y, a):\n    if a:\n        x = 'a'\n    else:\n        x = y\n    ask(x)",
        "str",
        ["`x` is assigned `y`, line 5", "`y` may be anything: a parameter without annotation, line 1"],
        ["annotate `x` as `str` at line 5"],
    ),
    (
        "def f(y, z):\n    if z:\n        x = z\n    else:\n        x = y\n    ask(x)",
        "str",
        [
            "`x` is assigned `z`, line 3",
            "`z` may be anything: a parameter without annotation, line 1",
            "`x` is assigned `y`, line 5",
            "`y` may be anything: a parameter without annotation, line 1",
        ],
        ["test `isinstance(x, str)` before line 6"],
    ),
    (
        "x = 'a'\ndef f():\n    ask(x)\ndef g():\n    globals()['x'] = 3",
        "str",
        ["`x` may be bound to something else by code that does not name it, or not be bound yet, line 1"],
        [],
    ),
    (
        "def f():\n    def z(): pass\n    for x in z:\n        ask(x)",
        "str",
        ["`x` is taken from `z`, line 3", "`z` is a function, line 3"],
        ["test `isinstance(x, str)` before line 4"],
    ),
    # arguments
    (
        "def f(x):\n    ask(x)\nf([][0])",
        "str",
        ["`x` may be anything: a parameter without annotation, line 1"],
        ["annotate `x` as `str` at line 1"],
    ),
    (
        "def f(x):\n    ask(x)\nf(3)",
        "str",
        ["`x` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 2"],
    ),
    ("from m import str\ndef f(x):\n    ask(x)", "str", ["`x` may be anything: a parameter without annotation, line 2"], []),
    (
        "ask(g().h())",
        "str",
        ["nothing is known of what `g().h()` gives, line 1"],
        ["give `g().h()` at line 1 a name first, annotated as `str`"],
    ),
    (
        "from collections.abc import Sequence\nclass C:\n    def __init__(self, x: Sequence[str]):\n        self.x = x\n    def f(self):\n        ask(self.x)",
        "list",
        ["`self.x` is a Sequence[str]: `x` is only ever set to it (line 4), line 6"],
        ["test `isinstance(self.x, list)` before line 6"],
    ),
    (
        "from collections.abc import Sequence\ndef f(x: Sequence[str] | int):\n    ask(x)",
        "list",
        ["`x` is a Sequence[str] | int: annotated `Sequence[str] | int`, line 2"],
        ["test `isinstance(x, list)` before line 3"],
    ),
    # a name
    (
        "def f(y):\n    x: List\n    x = y\n    ask(x)",
        "str",
        ["`x` is assigned `y`, line 3", "`y` may be anything: a parameter without annotation, line 1"],
        ["annotate `x` as `str` at line 3"],
    ),
    (
        "def f(y):\n    x: List = y\n    ask(x)",
        "str",
        ["`x` is assigned `y`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 3"],
    ),
    (
        "try:\n    pass\nexcept e() as x:\n    ask(x)",
        "str",
        ["`x` is bound by an `except`, which says nothing of its class, line 3"],
        ["test `isinstance(x, str)` before line 4"],
    ),
    (
        "def f(y):\n    x = z = y\n    ask(x)",
        "str",
        ["`x` is assigned `y`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 3"],
    ),
    (
        "def f(y):\n    x, z = y\n    ask(x)",
        "str",
        ["`x` is assigned a part of `y`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 3"],
    ),
    (
        "def f(y):\n    if (x := y):\n        ask(x)",
        "str",
        ["`x` is assigned `y`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 3"],
    ),
    (
        "class T(str): pass\ndef f(y):\n    x = y\n    ask(x)",
        "str",
        ["`x` is assigned `y`, line 3", "`y` may be anything: a parameter without annotation, line 2"],
        [],
    ),
    # a parameter
    (
        "def f(x: str):\n    ask(x)\nf(3)",
        "str",
        ["`x` is annotated `str`, but its default or a call in this file gives something else, line 1"],
        ["test `isinstance(x, str)` before line 2"],
    ),
    ("class T(str): pass\ndef f(x):\n    ask(x)", "str", ["`x` may be anything: a parameter without annotation, line 2"], []),
    (
        "class T(str): pass\ndef f(x: str):\n    ask(x)",
        "str",
        ["`x` is annotated `str`, but a class that this file derives from `str` may be passed too, line 2"],
        [],
    ),
    (
        "class T(str): pass\ndef g() -> str:\n    return h()\nask(g())",
        "str",
        ["`g` says that it returns `str`, but a class that this file derives from `str` may be returned too, line 2"],
        [],
    ),
    # a loop
    (
        "def f(y):\n    for x in y:\n        ask(x)",
        "str",
        ["`x` is taken from `y`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["annotate `y` as `list[str]` at line 1"],
    ),
    (
        "def f(y: list):\n    for x in y:\n        ask(x)",
        "str",
        ["`x` is taken from `y`, line 2", "`y` is a list: annotated `list`, line 1"],
        ["annotate `y` as `list[str]` at line 1"],
    ),
    (
        "def f(y):\n    for x, z in y:\n        ask(x)",
        "str",
        ["`x` is taken from `y`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 3"],
    ),
    (
        "class T(str): pass\ndef f(y):\n    for x in y:\n        ask(x)",
        "str",
        ["`x` is taken from `y`, line 3", "`y` may be anything: a parameter without annotation, line 2"],
        [],
    ),
    (
        "def f(*y):\n    for x in y:\n        ask(x)",
        "str",
        ["`x` is taken from `y`, line 2", "`y` is a tuple: `*y`, line 1"],
        ["test `isinstance(x, str)` before line 3"],
    ),
    (
        "def f(y):\n    for x in y():\n        ask(x)",
        "str",
        ["`x` is taken from `y()`, line 2", "nothing is known of what `y()` gives, line 2"],
        ["test `isinstance(x, str)` before line 3"],
    ),
    (
        "def f(y):\n    z = g()\n    for x in z:\n        ask(x)",
        "str",
        ["`x` is taken from `z`, line 3", "`z` is assigned `g()`, line 2", "nothing is known of what `g()` gives, line 2"],
        ["test `isinstance(x, str)` before line 4"],
    ),
    # an attribute
    (
        "def f(s: str):\n    ask(s.t)",
        "str",
        ["`s.t` is an attribute of `s`, a str, and nothing is known of it, line 2"],
        ["test `isinstance(s.t, str)` before line 2"],
    ),
    (
        "def f(s):\n    ask(s.t)",
        "str",
        ["`s.t` is an attribute of `s` and nothing is known of it, line 2", "`s` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(s.t, str)` before line 2"],
    ),
    (
        "def f(s):\n    ask(s.t.u)",
        "str",
        ["`s.t.u` is an attribute of `s.t` and nothing is known of it, line 2"],
        ["test `isinstance(s.t.u, str)` before line 2"],
    ),
    (
        "class C:\n    def f(self):\n        ask(self.x)",
        "str",
        ["`self.x` may be set to something else by a class or a file that is not seen here, line 1"],
        ["test `isinstance(self.x, str)` before line 3"],
    ),
    (
        "class C:\n    def __init__(self, x):\n        self.x = x\n    def g(self):\n        del self.x\n    def f(self):\n        ask(self.x)",
        "str",
        ["`self.x` is set to something of which nothing is known, line 3"],
        ["annotate `self.x` as `str` at line 3"],
    ),
    (
        "class C:\n    def __init__(self, x):\n        self.x = 'a'\n        self.x = x\n    def f(self):\n        ask(self.x)",
        "str",
        ["`self.x` is set to something of which nothing is known, line 4"],
        ["test `isinstance(self.x, str)` before line 6"],
    ),
    (
        "class C:\n    def __init__(self, x):\n        self.x = x\n    def g(self, x):\n        self.x = x\n    def f(self):\n        ask(self.x)",
        "str",
        [
            "`self.x` is set to something of which nothing is known, line 3",
            "`self.x` is set to something of which nothing is known, line 5",
        ],
        ["test `isinstance(self.x, str)` before line 7"],
    ),
    (
        "class C:\n    def __init__(self, x):\n        self.x = x\n    def f(self):\n        y = self.x\n        ask(y)",
        "str",
        ["`y` is assigned `self.x`, line 5", "`self.x` is set to something of which nothing is known, line 3"],
        ["annotate `y` as `str` at line 5"],
    ),
    (
        "class T(str): pass\nclass C:\n    def __init__(self, x):\n        self.x = x\n    def f(self):\n        ask(self.x)",
        "str",
        ["`self.x` is set to something of which nothing is known, line 4"],
        [],
    ),
    (
        "class C:\n    def f(self):\n        ask(self.x)\ndef g(c: C, y):\n    c.x = y",
        "str",
        ["`c.x` is set to something of which nothing is known, line 5"],
        ["test `isinstance(self.x, str)` before line 3"],
    ),
    (
        "class C:\n    def __init__(self, x):\n        self.x = self.y = x\n    def f(self):\n        ask(self.x)",
        "str",
        ["`self.x` is set to something of which nothing is known, line 3"],
        ["test `isinstance(self.x, str)` before line 5"],
    ),
    # a property
    (
        "class C:\n    @property\n    def g(self): return h()\n    def f(self):\n        ask(self.g)",
        "str",
        ["`g` does not say what it returns, line 3"],
        ["say that `g` returns `str`, at line 3"],
    ),
    (
        "class C:\n    @property\n    def g(self): return h()\n    def f(self):\n        x = self.g\n        ask(x)",
        "str",
        ["`x` is assigned `self.g`, line 5", "`g` does not say what it returns, line 3"],
        ["annotate `x` as `str` at line 5"],
    ),
    (
        "class C:\n    def _g(self): return 'a'\n    def f(self):\n        ask(self._g)",
        "str",
        ["`self._g` is a method, line 2"],
        ["test `isinstance(self._g, str)` before line 4"],
    ),
    (
        "class C:\n    @d\n    def g(self) -> str: return h()\n    def f(self):\n        ask(self.g)",
        "str",
        ["`self.g` may be set to something else by a class or a file that is not seen here, line 1"],
        ["test `isinstance(self.g, str)` before line 5"],
    ),
    (
        "class C:\n    @d\n    def _g(self): return 'a'\n    def f(self):\n        ask(self._g)",
        "str",
        ["`_g` does not say what it returns, line 3"],
        ["say that `_g` returns `str`, at line 3"],
    ),
    (
        "class C:\n    @property\n    def g(self) -> List: return h()\n    def f(self):\n        ask(self.g)",
        "str",
        ["`g` says that it returns `List`, which proves no class, line 3"],
        ["test `isinstance(self.g, str)` before line 5"],
    ),
    (
        "class T(str): pass\nclass C:\n    @property\n    def g(self): return h()\n    def f(self):\n        ask(self.g)",
        "str",
        ["`g` does not say what it returns, line 4"],
        [],
    ),
    # a call
    (
        "from contextlib import contextmanager\n@contextmanager\ndef g() -> str: yield 1\ndef f():\n    ask(g())",
        "str",
        ["`g` is decorated, and may give something else than it returns, line 3"],
        ["give `g()` at line 5 a name first, annotated as `str`"],
    ),
    (
        "def g() -> List: return 1\ndef f():\n    ask(g())",
        "str",
        ["`g` says that it returns `List`, which proves no class, line 1"],
        ["give `g()` at line 3 a name first, annotated as `str`"],
    ),
    (
        "from contextlib import contextmanager\n@contextmanager\ndef g(): yield 'a'\ndef f():\n    ask(g())",
        "str",
        ["`g` is decorated, and may give something else than it returns, line 3"],
        ["give `g()` at line 5 a name first, annotated as `str`"],
    ),
    (
        "def g(): return h()\ndef f():\n    x = g()\n    ask(x)",
        "str",
        ["`x` is assigned `g()`, line 3", "`g` does not say what it returns, line 1"],
        ["annotate `x` as `str` at line 3"],
    ),
    ("class T(str): pass\ndef g(): return h()\ndef f():\n    ask(g())", "str", ["`g` does not say what it returns, line 2"], []),
    (
        "class C:\n    def g(self): return h()\n    def f(self):\n        ask(self.g())",
        "str",
        ["`g` does not say what it returns, line 2"],
        ["say that `g` returns `str`, at line 2"],
    ),
    # another expression
    (
        "def f(y):\n    ask(y + ...)",
        "str",
        ["nothing is known of `y + ...`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["give `y + ...` at line 2 a name first, annotated as `str`"],
    ),
    (
        "def f(y, n: int):\n    ask(y[n])",
        "str",
        ["nothing is known of `y[n]`, line 2", "`y` may be anything: a parameter without annotation, line 1"],
        ["give `y[n]` at line 2 a name first, annotated as `str`"],
    ),
    (
        "def f(y, n):\n    ask(y[n])",
        "str",
        [
            "nothing is known of `y[n]`, line 2",
            "`y` may be anything: a parameter without annotation, line 1",
            "`n` may be anything: a parameter without annotation, line 1",
        ],
        ["give `y[n]` at line 2 a name first, annotated as `str`"],
    ),
    # what is abstract
    (
        "from collections.abc import Sequence\ndef f(x: Sequence[str]):\n    ask(x)",
        "list",
        ["`x` is a Sequence[str]: annotated `Sequence[str]`, line 2"],
        ["annotate `x` as `list` at line 2"],
    ),
    (
        "from collections.abc import Sequence\ndef f(y: Sequence[str]):\n    x = y\n    ask(x)",
        "list",
        ["`x` is a Sequence[str]: assigned a Sequence[str], line 3"],
        ["test `isinstance(x, list)` before line 4"],
    ),
    (
        "from collections.abc import Sequence\nclass T(list): pass\ndef f(x: Sequence[str]):\n    ask(x)",
        "list",
        ["`x` is a Sequence[str]: annotated `Sequence[str]`, line 3"],
        [],
    ),
    (
        "from collections.abc import Sequence\nx: Sequence[str] = g()\nask(x)",
        "list",
        ["`x` is a Sequence[str]: annotated `Sequence[str]`, line 2"],
        ["test `isinstance(x, list)` before line 3"],
    ),
    # a test
    (
        "def f(a, x=None):\n    for _ in ask(x): pass",
        "str",
        ["`x` may be anything: a parameter without annotation, line 1"],
        ["test `isinstance(x, str)` before line 2"],
    ),
    ("def f(a, x=None):\n    while ask(x): pass", "str", ["`x` may be anything: a parameter without annotation, line 1"], []),
    ("def f(a, x=None):\n    if ask(x): pass", "str", ["`x` may be anything: a parameter without annotation, line 1"], []),
    (
        "def f(a, x=None):\n    if a: pass\n    elif ask(x): pass",
        "str",
        ["`x` may be anything: a parameter without annotation, line 1"],
        [],
    ),
    ("def f(a, x=None):\n    def g(b=ask(x)): pass", "str", ["`x` may be anything: a parameter without annotation, line 1"], []),
    ("def f(a, x=None):\n    a = 1; ask(x)", "str", ["`x` may be anything: a parameter without annotation, line 1"], []),
    ("def f(a, x=None):\n    return lambda: ask(x)", "str", ["`x` may be anything: a parameter without annotation, line 1"], []),
    (
        "def f(a, x=None):\n    return lambda: ask(x.b)",
        "str",
        ["`x.b` is an attribute of `x` and nothing is known of it, line 2", "`x` may be anything: a parameter without annotation, line 1"],
        ["give `x.b` at line 2 a name first, annotated as `str`"],
    ),
]
"""Where the chain goes on or ends, and which remedies there are none of."""


@pytest.mark.parametrize(("text", "wanted", "facts", "remedies"), MORE, ids=[case[0] for case in MORE])
def test_what_is_said_of_each_kind_of_value(text: str, wanted: str, facts: list[str], remedies: list[str]) -> None:
    found = asked(text, wanted)
    assert [str(fact) for fact in found.facts] == facts
    assert [str(remedy) for remedy in found.remedies] == remedies


def test_what_an_abstract_class_says_is_no_class() -> None:
    assert asked("def f(x: str):\n    ask(x)").typed
    assert not asked("from collections.abc import Sequence\ndef f(x: Sequence[str]):\n    ask(x)").typed
    assert not asked("def f(x):\n    ask(x)").typed


def test_a_chain_without_end_ends() -> None:
    lines = "\n".join(f"    x{number} = x{number - 1}" for number in range(1, 50))
    assert len(asked(f"def f(x0):\n{lines}\n    ask(x49)").facts) < 10


def test_variables_that_are_each_other() -> None:
    assert asked("def f(a, b):\n    while a:\n        a, b = b, a\n    ask(a)").facts
