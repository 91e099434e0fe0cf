"""What is known of a receiver by what made it, where its type is not known."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.receivers import is_builtin_element, is_of_library, is_outside_object

HEAD = (
    "import csv, datetime, urllib.request\nclass C: pass\ndef f(g, c: C, when: datetime.datetime, s: str, either: datetime.datetime | C):\n"
)


def last(body: str) -> tuple[ast.expr, Module]:
    """The expression that a function's body ends with."""
    text = HEAD + "".join(f"    {line}\n" for line in body.splitlines())
    tree = ast.parse(text)
    return tree.body[-1].body[-1].value, Module(text, tree)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "builtin"),
    [
        ("rows = []\nrows.append([1])\nrows[0]", True), ("rows = []\nrows.append(g)\nrows[0]", False), ("rows = [[1], 'a']\nrows[0]", True),
        ("rows = []\nrows.append([1])\nrows.append(g)\nrows[0]", False), ("rows = [[1], g]\nrows[0]", False), ("rows = g\nrows[0]", False),
        ("rows = [c]\nrows[0]", False), ("rows = {}\nrows.setdefault(1, [])", True), ("rows = {}\nrows.setdefault(1, g)", False), ("g", False),
    ],
)  # fmt: skip
def test_an_element_of_a_builtin_class(body: str, builtin: bool) -> None:
    assert is_builtin_element(*last(body)) is builtin


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        ("csv.writer(g)", True), ("g(csv)", False), ("w = csv.writer(g)\nw", True), ("with urllib.request.urlopen(g) as w: pass\nw", True),
        ("if g: w = csv.writer(g)\nelse: w = csv.writer(s)\nw", True), ("w = csv.writer(g)\nw = g\nw", False), ("w, x = csv.writer(g)\nw", False),
        ("for w in csv.writer(g): pass\nw", False), ("with urllib.request.urlopen(g) as (w, x): pass\nw", False), ("g", False), ("nowhere", False),
        ("w = csv.writer(C())\nw", False), ("w: csv.writer(g)\nw", False),
    ],
)  # fmt: skip
def test_an_object_that_the_library_makes(body: str, outside: bool) -> None:
    assert is_outside_object(*last(body)) is outside


@pytest.mark.parametrize(("name", "of_library"), [("when", True), ("either", False), ("c", False), ("s", False), ("g", False)])
def test_an_object_of_a_class_of_the_library(name: str, of_library: bool) -> None:
    assert is_of_library(*last(name)) is of_library
