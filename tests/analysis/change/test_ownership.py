"""Who else can hold the object that a variable holds."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def owned(source: str, facts: Facts) -> bool:
    """Whether `xs` is owned where `use(xs)` reads it."""
    module = facts(source)
    (use,) = [node.args[0] for node in ast.walk(module.tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "len"]
    place, event = place_of(use, module), module.event(use)
    assert place is not None
    assert event is not None
    return module.ownership(place).owned_at(event)


@pytest.mark.parametrize(
    "body",
    ["xs = []\nlen(xs)", "xs = []\nxs.append(1)\nlen(xs)", "xs = g()\nxs = []\nlen(xs)", "if g: xs = []\nelse: xs = [1]\nlen(xs)",
     "ys = xs = []\nxs = []\nlen(xs)", "first, *xs = g\nlen(xs)", "xs = []\nxs += g\nlen(xs)", "xs = []\nlen(xs)\nreturn xs",
     "xs = []\nlen(xs)\ny = xs", "xs = []\ndef h(): return xs[0]\nlen(xs)", "xs = []\ny = xs\nxs = []\nlen(xs)"],
)  # fmt: skip
def test_the_variable_alone_holds_it(body: str, facts: Facts) -> None:
    assert owned("def f(g):\n" + "\n".join(f"    {line}" for line in body.split("\n")), facts)


@pytest.mark.parametrize(
    "body",
    ["len(xs)", "xs += g\nlen(xs)", "xs = g\nlen(xs)", "xs = ys = []\nlen(xs)", "print(ys := (xs := []))\nlen(xs)", "xs = []\ny = xs\nlen(xs)",
     "xs = []\ng(xs)\nlen(xs)", "xs = []\ndef h(): return xs\nlen(xs)", "xs = []\ndef h(): xs.append(1)\nlen(xs)",
     "xs = []\nh = lambda: xs\nlen(xs)", "xs = []\nh = (xs.append(1) for _ in g)\nlen(xs)", "xs = []\nwhile g:\n    len(xs)\n    y = xs",
     "xs = []\nif g: xs = g\nlen(xs)", "for xs in g: len(xs)", "with g as xs: len(xs)"],
)  # fmt: skip
def test_others_may_hold_it(body: str, facts: Facts) -> None:
    assert not owned("def f(g, xs=None):\n" + "\n".join(f"    {line}" for line in body.split("\n")), facts)


def test_keyword_arguments_are_the_functions_own(facts: Facts) -> None:
    assert owned("def f(**xs):\n    len(xs)", facts)
    assert not owned("def f(g, **xs):\n    g(xs)\n    len(xs)", facts)


@pytest.mark.parametrize(
    ("source", "never"),
    [
        ("XS = [1]\ndef f(): print(XS[0])", True),
        ("XS = [1]\nXS.append(2)", True),
        ("XS = [1]\ndef f(): XS.append(2)", False),
        ("XS = [1]\ndef f(): return XS", False),
        ("XS = [1]\nYS = XS", False),
        ("XS = g()", False),
        ("XS = [1]\ng = (XS.append(1) for _ in 'a')", False),
        ("XS = [1]\ndef f(): globals()['XS']", False),
        ("XS = [1]\ndef f(): eval('XS')", False),
        ("XS = [1]\nimport me\nme.XS", False),
        ("XS = [1]\nfrom me import XS as ys", False),
        ("XS = [1]\ndef f():\n    from me import XS\n    XS.append(2)", False),
        ("XS = [1]\ndef f():\n    from os import XS\n    XS.append(2)", True),
        ("XS = [1]\nclass C:\n    def f(self): self.XS", True),
    ],
)
def test_a_variable_of_the_module_that_never_leaks(source: str, never: bool, facts: Facts) -> None:
    module = facts(source)
    place = place_of(next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "XS"), module)
    assert place is not None
    assert module.ownership(place).never_leaks is never
