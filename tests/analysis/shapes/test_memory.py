"""What speaks for a memory in a mutable default."""

from __future__ import annotations

import ast
import textwrap

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.memory import evidence, plain_name, says_so
from codemods.analysis.shapes.parameters import Parameter, with_defaults


def last(source: str) -> tuple[Parameter, Module]:
    """The last parameter with a default of the first function that has one."""
    module = Module(source, ast.parse(source))
    functions = (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))
    return next(found[-1] for function in functions if (found := list(with_defaults(function)))), module


def kind(source: str, *, named: bool = True) -> str | None:
    found = evidence(*last(source), named=named)
    return found.kind if found is not None else None


def function(body: str, default: str = "[]", tail: str = "") -> str:
    return f"def f(a, x={default}):\n{textwrap.indent(body, '    ')}\n{tail}\n"


def test_what_a_name_says() -> None:
    names = ["cache", "_memo", "seenIds", "_state", "_last_rows"], ["state", "_rows", "x", "lastRow", "incache"]
    assert [[says_so(name) for name in some] for some in names] == [[True] * 5, [False] * 5]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("cache_rows=[]", "rows"),
        ("_memo=[]", "values"),
        ("_memo={}", "mapping"),
        ("_cachedNames=[]", "names"),
        ("rows, cache_rows=[]", "rows_2"),
    ],
)
def test_a_name_that_speaks_of_no_memory(head: str, expected: str) -> None:
    found = plain_name(*last(f"def f({head}): pass"))
    assert found == expected or (expected == "rows_2" and found != "rows")


def test_a_name_counts_where_it_is_asked_for() -> None:
    source = "def f(a, cache={}):\n    return len(cache)"
    assert kind(source) == "name"
    assert kind(source, named=False) is None
    assert kind("def f(a, cache={}):\n    cache.pop(1)", named=False) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a, x=[]):  # noqa: B006\n    pass", "meant"), ("def f(a, x=[]):  # a list\n    pass", None), ("def f(a, x=[]):\n    pass  # noqa: B006", None),
        ("f.__defaults__", "read"), ("f.__annotations__", None), ("g.__defaults__", None), ("g.__annotations__", None), ("u.__defaults__", "read"),
        ("u().__defaults__", "read"), ("o.f.__defaults__", "read"), ("o.g.__defaults__", None), ("u.__annotations__", None),
        ("getattr(g, '__defaults__')", "read"), ("print('defaults')", None), ("v = 3\nv.__defaults__", "read"), ("f.__name__", None),
        ("import inspect\ninspect.signature(f)", "read"), ("import inspect\ninspect.signature(g)", None), ("import inspect\ninspect.signature(u)", None),
        ("import inspect\ninspect.signature(u)\nregister(f)", "read"), ("import inspect\ninspect.signature()\nregister(f)", "read"),
        ("import typing\ntyping.get_type_hints(f)", None), ("import typing\ntyping.get_type_hints(u)\nregister(f)", None),
        ("import inspect\ninspect.isfunction(f)", None),
    ],
)  # fmt: skip
def test_a_look_at_the_defaults(source: str, expected: str | None) -> None:
    if not source.startswith("def f"):
        source = f"def f(a, x=[]): pass\ndef g(): pass\n{source}"
    assert kind(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f.__annotations__", "annotation"), ("f.__defaults__", "read"), ("u.__annotations__", None), ("u.__annotations__\nregister(f)", "annotation"),
        ("import typing\ntyping.get_type_hints(f)", "annotation"), ("import typing\ntyping.get_type_hints(u)", None),
        ("import typing\ntyping.get_type_hints(u)\nregister(f)", "annotation"),
    ],
)  # fmt: skip
def test_a_look_at_the_annotations(source: str, expected: str | None) -> None:
    assert kind(f"def f(a, x: list = []): pass\n{source}") == expected


def test_a_look_at_the_class() -> None:
    source = "import inspect\nclass C:\n    def __init__(self, x=[]): pass\nclass D: pass\ninspect.signature({})"
    assert kind(source.format("C")) == "read"
    assert kind(source.format("D")) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return x is a", "identity"), ("return a is not x", "identity"), ("return x is None", None), ("return x == a", None),
        ("return id(x)", "identity"), ("def id(b): pass\nreturn id(x)", None), ("return len(x)", None),
    ],
)  # fmt: skip
def test_identity(body: str, expected: str | None) -> None:
    assert kind(function(body)) == expected


PURE = "def g(b, c=1): return len(b)"
STARRED = "def g(*b): return len(b)"
CHANGES = "def g(b, c=1): b.append(1)"


@pytest.mark.parametrize(
    ("body", "tail", "expected"),
    [
        ("x.append(1)\nf(a)", "", "recursion"), ("x.append(1)\nf(a, x)", "", None), ("print(x)\nf(a)", "", None), ("x.pop()\nf(a)", "", "recursion"),
        ("x.append(1)", "f(a)", None), ("g(x)\nf(a)", "", "recursion"), ("g(x)\nf(a)", PURE, None), ("g(x)\nf(a)", CHANGES, "recursion"),
        ("g(b=x)\nf(a)", CHANGES, "recursion"), ("g(a, c=x)\nf(a)", CHANGES, None), ("g(*a, x)\nf(a)", STARRED, "recursion"), ("g(x)\nf(a)", STARRED, "recursion"), ("print(a, sep=x)\nf(a)", "", None), ("setattr(x, a, 1)\nf(a)", "", "recursion"), ("f(*a, x)\nf(a)", "", None),
        ("x.append(1)\na(1)", "h(f)", None), ("return x\nf(a)", "", None),
    ],
)  # fmt: skip
def test_recursion(body: str, tail: str, expected: str | None) -> None:
    assert kind(function(body, tail=tail)) == expected


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("self.f()", "recursion"),
        ("C.f(self)", "recursion"),
        ("other.f()", None),
        ("D.f(self)", None),
        ("g().f()", None),
        ("f()", None),
        ("self.f(x)", None),
    ],
)
def test_recursion_of_a_method(call: str, expected: str | None) -> None:
    assert kind(f"class C:\n    def f(self, x=[]):\n        x.append(1)\n        {call}\n") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a, cache={}, x=[]):\n    x.append(a)", "beside"),
        ("def f(a, cache={}, x=[]):\n    len(x)", None),
        ("def f(a, cache={}, x=[]):\n    x.pop()", "beside"),
        ("def f(a, cache=None, x=[]):\n    x.append(a)", None),
        ("def f(a, y=[], x=[]):\n    x.append(a)\n    y is a", None),
        ("def f(a, y=[], x=[]):\n    x.append(a)", None),
    ],
)
def test_what_stands_beside_a_memory(source: str, expected: str | None) -> None:
    assert kind(source) == expected


@pytest.mark.parametrize(
    ("default", "body", "expected"),
    [
        ("[None]", "x[0] = a", "cell"), ("[None]", "x[1] = a", None), ("[None]", "return x[0]", None), ("[None, 1]", "x[0] = a", None),
        ("[g()]", "x[0] = a", None), ("[None]", "x[a] = 1", None), ("{0: None}", "x[0] = a", None), ("[None]", "x += a", None),
        ("{}", "x['n'] = x.get('n', 0) + 1", "counter"), ("{}", "for i in a:\n    x['n'] += 1", None), ("{'n': 0}", "for i in a:\n    x['n'] += 1", "counter"),
        ("{'n': None}", "for i in a:\n    x['n'] += 1", None), ("{'n': g()}", "for i in a:\n    x['n'] += 1", None), ("{'m': 0, 'n': 1}", "for i in a:\n    x['n'] += 1", "counter"),
        ("{k: 0}", "for i in a:\n    x['n'] += 1", None), ("{'m': 0}", "for i in a:\n    x['n'] += 1", None), ("['m', 0]", "for i in a:\n    x[1] += 1", "counter"),
        ("['m', 0]", "for i in a:\n    x[0] += 1", None), ("[0, 0]", "for i in a:\n    x[5] += 1", None), ("[0, 0]", "for i in a:\n    x['n'] += 1", None),
        ("{'n': 0}", "for i in a:\n    x['n'] += 1\nreturn x", None), ("[g(), 0]", "for i in a:\n    x[0] += 1", None), ("{'n': 0}", "x['n'] += a", "keyed"),
        ("[]", "x.append(1)\nreturn len(x)", "counter"), ("[]", "for i in a:\n    x.append(1)\nreturn len(x)", None), ("[]", "x.append(1)", None),
        ("[]", "x.append(1)\nreturn len(x), x", None), ("[]", "x.append(1)\nreturn sum(x)", None), ("[]", "return len(x)", None), ("[1]", "x.pop()\nreturn len(x)", None),
        ("[]", "[x.append(i) for i in a]\nreturn len(x)", None), ("[]", "while a:\n    x.append(1)\nreturn len(x)", None),
        ("[]", "def g():\n    x.append(1)\ng()\nreturn len(x)", None),
    ],
)  # fmt: skip
def test_cells_and_counters(default: str, body: str, expected: str | None) -> None:
    assert kind(function(body, default)) == expected


@pytest.mark.parametrize(
    ("default", "body", "expected"),
    [
        ("{}", "if a in x:\n    return x[a]\nx[a] = 1", "keyed"), ("{}", "x[a] = 1\nreturn x[a]", None), ("{}", "if 'k' in x:\n    return x['k']\nx['k'] = 1", None),
        ("{}", "if a in x:\n    return x['k']\nx['k'] = 1", None), ("{}", "if 'k' in x:\n    return 1\nx[a] = 1", None), ("{}", "x[a] = 1\nx[a] += 1", "keyed"),
        ("{}", "def g():\n    return x[a]\nx[a] = 1\nreturn g", "keyed"), ("{}", "def g():\n    x[a] = 1\ng()\nreturn x[a]", "keyed"),
        ("{'l': None}", "b = x['l']\nx['l'] = a\nreturn b", "keyed"), ("{'l': g()}", "b = x['l']\nx['l'] = a\nreturn b", None),
        ("{k: None}", "b = x['l']\nx['l'] = a\nreturn b", None), ("{'m': None}", "b = x['l']\nx['l'] = a\nreturn b", None), ("{'l': None}", "b = x['l']\nreturn b", None),
        ("{'l': None}", "x['l'] = a\nreturn x['l']", None), ("{'l': None}", "for i in a:\n    b = x['l']\n    x['l'] = i", None), ("[0, 0]", "b = x[0]\nx[0] = a", None),
        ("{'l': None, 'm': 1}", "b = x['l']\nx['m'] = a\nreturn b", None), ("{'l': None}", "b = x['l']\nfor i in b:\n    x[i] = 1", None),
        ("{'l': None}", "x['l']\nx.update(b=1)", None),
    ],
)  # fmt: skip
def test_what_is_kept_under_a_key(default: str, body: str, expected: str | None) -> None:
    assert kind(function(body, default)) == expected


@pytest.mark.parametrize(
    ("default", "body", "expected"),
    [
        ("[]", "if not x:\n    x.append(g())\nreturn x[0]", "made-once"), ("[]", "if not x:\n    x.append(g())\nreturn x", None),
        ("[]", "if a:\n    x.append(g())\nreturn x[0]", None), ("[]", "if x:\n    pass\nelse:\n    x.append(g())", "made-once"), ("[]", "if x:\n    g()\nelse:\n    x.append(1)", None),
        ("{}", "try:\n    return x['k']\nexcept KeyError:\n    x['k'] = g()", "made-once"), ("{}", "try:\n    return a['k']\nexcept KeyError:\n    x['k'] = g()", None),
        ("{}", "for i in a:\n    if 'k' not in x:\n        x['k'] = g()", None), ("{}", "for i in a:\n    if i not in x:\n        x[i] = g(i)", "made-once"),
        ("{}", "if 'k' not in x:\n    x['k'] = g()", "made-once"), ("{}", "if g(1) not in x:\n    x[g(1)] = 1", None), ("[]", "if not x:\n    x.append(str(a))", None),
        ("[]", "if not x:\n    x.append(open(a))", "made-once"), ("[]", "import collections\nif not x:\n    x.append(collections.deque())", None),
        ("[]", "if not x:\n    x.append(a.upper())", None), ("[]", "if not x:\n    x.append(a.load())", "made-once"), ("[]", "if not x:\n    x.append(x.copy())", None),
        ("[]", "if not x:\n    x.append((1).bit_length())", None), ("[]", "if not x:\n    def g():\n        x.append(h(a))\n    g()", "made-once"),
        ("[]", "if not x:\n    h()\n    return x[0]", None), ("[]", "while not x:\n    x.append(g())", None),
    ],
)  # fmt: skip
def test_what_is_made_once(default: str, body: str, expected: str | None) -> None:
    assert kind(function(body, default)) == expected


@pytest.mark.parametrize(
    ("default", "body", "expected"),
    [
        ("[1]", "if x:\n    x.clear()", "first-time"), ("[]", "if x:\n    x.clear()", None), ("[1]", "x.clear()", None), ("[1]", "if x:\n    x.clear()\nreturn x", None),
        ("[1]", "for i in a:\n    if x:\n        x.pop()", None), ("[1]", "if a:\n    x.clear()", None), ("[1, 2]", "if x:\n    x[0] = a", None),
        ("[]", "x.append(a)\ndef g():\n    x.pop()\nreturn g", "stack"), ("[]", "def g():\n    x.append(a)\n    x.pop()\nreturn g", None), ("[]", "x.append(a)\nx.pop()", None),
        ("[]", "def g():\n    x.append(a)\nx.pop()", None), ("[]", "if a in x:\n    pass\ndef g():\n    x.pop()\nreturn g", None), ("[]", "x.append(a)\ndef g():\n    x.append(1)", None),
        ("[]", "x.append(a)\nif len(x) > 9:\n    x.clear()", "stack"), ("[]", "x.append(a)\nwhile len(x) > 9:\n    x.pop(0)", "stack"),
        ("[]", "for i in a:\n    x.append(i)\nif len(x) > 9:\n    x.clear()", None), ("[]", "x.append(a)\nif a:\n    x.clear()", None), ("[1]", "x.append(a)\nif a < len(x):\n    x.clear()", "first-time"),
        ("[1]", "x.append(a)\nwhile a < len(x):\n    x.clear()\nreturn x", None), ("{}", "x['k'] = a\nif len(x) > 9:\n    x.clear()", None), ("[]", "if len(x) > 9:\n    x.clear()", None),
        ("[]", "x.append(a)\nif x:\n    x.append(1)", None), ("[]", "x.append(a)\nfor i in x:\n    x.clear()", None),
    ],
)  # fmt: skip
def test_what_is_used_up_or_taken_out(default: str, body: str, expected: str | None) -> None:
    assert kind(function(body, default)) == expected
