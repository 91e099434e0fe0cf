"""Text to tree, and why not."""

from __future__ import annotations

import ast
import sys
import warnings

import pytest

from codemods.engine import syntax
from codemods.engine.syntax import Unreadable, compiles, compiles_tree, outline, parse

HERE = sys.version_info[:2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("x = (\n", 1, "cannot be parsed: '(' was never closed"),
        ("x\ndef f(:\n", 2, "cannot be parsed"),
        ("print 'a'\n", 1, "Missing parentheses"),
        ("if 1:\nx\n", 2, "cannot be parsed: expected an indented block"),
        ("if 1:\n\tx\n        y\n", 3, "cannot be parsed"),
        ("x = '\\N{no such name}'\n", 1, "cannot be parsed"),
    ],
)
def test_no_python(text: str, line: int, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    assert caught.value.line == line
    assert words in caught.value.cause
    assert "\n" not in caught.value.cause


@pytest.mark.parametrize("text", ["x = " + "-" * 200_000 + "1\n", "x = " + "a." * 200_000 + "b\n"], ids=["signs", "dots"])
def test_too_deep_for_the_parser_itself(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    assert caught.value.line == 0
    assert "too deeply" in caught.value.cause or "cannot be parsed" in caught.value.cause


@pytest.mark.parametrize(
    ("text", "line", "version"),
    [
        ("x\ndef f[T](x: T) -> T: ...\n", 2, (3, 12)),
        ("class A[T]: ...\n", 1, (3, 12)),
        ("if 1:\n    async def f [*T](): ...\n", 2, (3, 12)),
        ("type X = int\n", 1, (3, 12)),
        ("type X[T] = list[T]\n", 1, (3, 12)),
        ('x = f"{d["a"]}"\n', 1, (3, 12)),
        ("x = f\"{'\\n'.join(y)}\"\n", 1, (3, 12)),
        ('x = (f"a{\n  1  # one\n}")\n', 1, (3, 12)),
        ("try: pass\nexcept A, B: pass\n", 2, (3, 14)),
        ("x = t'{a}'\n", 1, (3, 14)),
    ],
)
def test_syntax_of_a_newer_python(text: str, line: int, version: tuple[int, int]) -> None:
    if version <= HERE:
        parse(text)
        return
    with pytest.raises(Unreadable) as caught:
        parse(text)
    assert caught.value.cause == f"needs Python {version[0]}.{version[1]} to read; this is {HERE[0]}.{HERE[1]}"
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["def f[T(x): ...\n", "type = = 3\n", "x = 't\"{'\nt = = 'a'\n"])
def test_a_mere_mistake_may_look_newer_but_is_never_silent(text: str) -> None:
    with pytest.raises(Unreadable):
        parse(text)


def test_warnings_are_the_authors_business() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse("x = '\\d'\nassert (1, 2)\n1 is 1\n")
        assert compiles("x = '\\d'\nassert (1, 2)\n1 is 1\n") is None


@pytest.mark.parametrize("text", ["return 1\n", "def f():\n    nonlocal x\n", "[(yield) for x in y]\n", "def f(a, a): ...\n", "await x\n"])
def test_what_only_the_compiler_catches(text: str) -> None:
    parse(text)
    assert compiles(text)


def test_the_compiler_does_not_inherit_our_own_future() -> None:
    """`from __future__ import annotations` at the top of our files must not change how others' are compiled."""
    assert syntax.annotations  # the module under test does have one
    assert compiles("x: (y := 1)\n") is None
    assert compiles("from __future__ import annotations\nx: (y := 1)\n")


TWO = "@d\ndef f():\n    {0}\n\n\nclass C:\n    y = 1\n\n    def g(self):\n        {1}\n\n    async def h(self):\n        {2}\n"


@pytest.mark.parametrize(
    ("bodies", "changed", "taken"),
    [
        (("return", "return", "await x"), [(1, 13)], True),
        (("nonlocal x", "return", "return"), [(3, 3)], False),
        (("nonlocal x", "return", "return"), [(1, 1)], False),
        (("return", "await x", "return"), [(10, 10)], False),
        (("return", "await x", "return"), [(7, 10)], False),
        (("return", "return", "nonlocal x"), [(4, 20)], False),
        # What did not change is not compiled, that is the point of it.
        (("nonlocal x", "return", "return"), [(7, 13)], True),
        (("return", "nonlocal x", "return"), [(7, 7), (13, 13)], True),
        (("return", "nonlocal x", "nonlocal x"), [(3, 3)], True),
    ],
)
def test_the_compiler_judges_the_functions_that_changed(bodies: tuple[str, ...], changed: list[tuple[int, int]], taken: bool) -> None:
    assert compiles_tree(outline(parse(TWO.format(*bodies)), changed)) is taken


@pytest.mark.parametrize(
    "text",
    [
        "return 1\n",
        "x = 1\nglobal x\n",
        "def x(): ...\nglobal x\n",
        "if a:\n    def f():\n        nonlocal x\n",
        "from __future__ import annotations\nx: (y := 1)\n",
        "@(yield)\ndef f(): ...\n",
        "def f(a, a): ...\n",
        "def f(a=(yield)): ...\n",
    ],
)
def test_what_no_function_holds_is_always_judged(text: str) -> None:
    assert compiles(text)
    assert not compiles_tree(outline(parse(text), []))


def test_a_tree_can_still_be_used_when_it_was_compiled_in_part() -> None:
    text = TWO.format("return", "return", "await x")
    tree = parse(text)
    before = ast.dump(tree, include_attributes=True)
    assert compiles_tree(outline(tree, [(3, 3)]))
    assert ast.dump(tree, include_attributes=True) == before
