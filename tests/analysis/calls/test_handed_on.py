"""What functions that are handed on will be called with."""

import ast

import pytest

from codemods.analysis.calls.handed_on import handed_on
from codemods.analysis.module import Module
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings

HANDED = [
    "map(f, {}, {})",
    "pool.imap(f, {}, {})",
    "partial(f, b={0}, a={0})",
    "functools.partial(f, {0[0]}, {0[0]})",
    "pool.submit(f, {0[0]}, {0[0]})",
    "loop.run_in_executor(None, f, {0[0]}, {0[0]})",
    "loop.call_later(1, f, {0[0]}, {0[0]})",
    "pool.apply(f, ({0[0]}, {0[0]}))",
    "pool.apply_async(f, ({0[0]}, {0[0]}))",
    "pool.apply_async(f, kwds=dict(a={0[0]}, b={0[0]}))",
    "itertools.starmap(f, [('1', '2'), ({0[0]}, {0[0]})])",
    "Thread(target=f, args=({0[0]}, {0[0]}))",
    "threading.Thread(target=f, kwargs={{'a': {0[0]}, 'b': {0[0]}}})",
    "threading.Timer(1, f, [{0[0]}, {0[0]}])",
    "threading.Timer(1, function=f, kwargs=dict(a={0[0]}, b={0[0]}))",
]
SORTED = ["sorted({0}, key=f)", "max({0}, key=f)", "{0}.sort(key=f)", "itertools.groupby({0}, key=f)"]


def filled(how: str, value: str) -> str:
    """The call with `value`, in a display where elements are passed."""
    if "0[0]" in how:
        return how.replace("{0[0]}", value).replace("{{", "{").replace("}}", "}")
    listed = value if "partial" in how else f"[{value}]"
    return how.replace("{0}", listed).replace("{}", listed)


def fixed(text: str, rule: str) -> bool:
    outcome = process(text.encode(), Settings((rule,)))
    assert isinstance(outcome, Fixed | Clean)
    return isinstance(outcome, Fixed)


@pytest.mark.parametrize("how", HANDED)
def test_none_that_a_function_is_handed_on_with(how: str) -> None:
    head = "import functools, itertools, threading\nfrom functools import partial\nfrom threading import Thread\n"
    text = f"{head}def f(a, b=[]):\n    return a, len(b)\nit = {filled(how, 'None')}\n"
    assert not fixed(text, "mutable-default")
    assert fixed(
        text.replace("None,", "[1],").replace("None)", "[1])").replace("None]", "[1]]").replace("None}", "[1]}"), "mutable-default"
    )


@pytest.mark.parametrize("how", HANDED + SORTED)
def test_what_a_function_is_handed_on_with_speaks_against_its_annotation(how: str) -> None:
    head = "import functools, itertools, threading\nfrom functools import partial\nfrom threading import Thread\n"
    text = f"{head}def f(a: str, b=''):\n    return 'x' + a\nit = {filled(how, '5')}\n"
    assert not fixed(text, "string-concat")
    assert fixed(text.replace(filled(how, "5"), filled(how, "'5'")), "string-concat")


@pytest.mark.parametrize(
    ("text", "gives_none", "gives_another"),
    [
        ("class A:\n    def m(self, a, b=[]): return a, len(b)\ndef g(a: A):\n    return pool.submit(a.m, 1, None)\n", "None", "[]"),
        ("class A:\n    def __init__(self, b=[]): self.b = len(b)\nit = partial(A, None)\n", "None", "[]"),
        ("class A:\n    def __call__(self, b=[]): return len(b)\nA()(None)\n", "None", "[]"),
        (
            "class A:\n    def __init__(self, b=[]): self.b = len(b)\ndef make(it): return it(None)\nmake(A)\n",
            "make(A)",
            "isinstance(1, A)",
        ),
    ],
)
def test_methods_and_classes_are_handed_on_too(text: str, gives_none: str, gives_another: str) -> None:
    assert not fixed(text, "mutable-default")
    assert fixed(text.replace(gives_none, gives_another), "mutable-default")


def test_another_function_of_that_name_is_not_meant() -> None:
    text = "def f(b=[]):\n    return len(b)\ndef g(f):\n    return partial(f, None)\n"
    assert fixed(text, "mutable-default")


def test_hints_that_are_read() -> None:
    text = "import typing\ndef f(b: list[int] = []):\n    return len(b)\nprint(typing.get_type_hints(f))\n"
    assert not fixed(text, "mutable-default")
    assert not fixed(text.replace("typing.get_type_hints(f)", "f.__annotations__"), "mutable-default")
    assert fixed(text.replace("typing.get_type_hints(f)", "typing.get_type_hints(C)"), "mutable-default")
    assert fixed(text.replace(": list[int] =", "="), "mutable-default")


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("map(f, xs, ys)", "f of each of xs, ys"), ("map(f)", "f of each of "), ("map()", ""), ("filter(None, xs)", ""), ("pool.imap(o.f, xs)", "f of each of xs"),
        ("partial(f, 1, *xs, 2, a=3, **d)", "f of 1, a=3"), ("partial()", ""), ("submit(f, b=1)", "f of b=1"), ("call_later(1)", ""), ("call_later(1, f, 2)", "f of 2"),
        ("call_later(1, f)", "f of "), ("apply()", ""), ("apply(f)", "f of "), ("apply(f, (1, 2), {})", "f of 1, 2"), ("apply(f, args=[1], kwds={'a': 2})", "f of 1, a=2"),
        ("apply(f, args)", "f of "), ("starmap(f, [(1, 2), [3], x])", "f of 1, 2; f of 3; f of "), ("starmap(f)", ""), ("starmap(f, [(1,)], 2)", ""),
        ("Thread(None, f)", "f of "), ("Thread(None, f, 'name', (1,), {'a': 2})", "f of 1, a=2"), ("Thread(None, f, args=[1])", "f of 1"), ("Timer(1, f, [2], {'a': 3})", "f of 2, a=3"), ("Thread()", ""), ("Thread(None)", ""), ("Thread(target=f, args=(1,), kwargs={'a': 2, b: 3, **c, 4: 5})", "f of 1, a=2"), ("Thread(target=f, kwargs=dict(a=1, **b))", "f of a=1"),
        ("Thread(target=f, kwargs=other(a=1))", "f of "), ("Timer(1, f)", "f of "), ("Timer(1, f, [2])", "f of 2"), ("Timer(1)", ""), ("Timer(1, f, args=[2])", "f of 2"),
        ("Timer(1, args=[2], function=f)", "f of 2"), ("Thread(1, f, [2])", "f of "), ("sorted(xs, key=f)", "f of each of xs"), ("xs.sort(key=f)", "f of each of xs"),
        ("sorted(key=f)", "f of each of "), ("sorted(xs)", ""), ("max(xs, key=lambda x: 1)", ""), ("other(f, 1)", ""), ("other(1, f)", ""), ("run()(f, 1)", ""),
    ],
)  # fmt: skip
def test_what_a_call_hands_on(call: str, expected: str) -> None:
    module = Module(call, ast.parse(call))
    told = []
    for one in handed_on("f", module):
        given = [*map(ast.unparse, one.values), *(f"{name}={ast.unparse(value)}" for name, value in one.keywords)]
        told.append(f"{one.name} of {'each of ' if one.elements else ''}{', '.join(given)}")
    assert "; ".join(told) == expected
    assert handed_on("g", module) == []
