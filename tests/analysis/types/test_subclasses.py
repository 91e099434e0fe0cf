"""Which builtins have a subclass in sight."""

from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Facts = Callable[[str], Module]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class A: pass", set()),
        ("class A(str): pass", {"str"}),
        ("class A(B, str): pass", {"str"}),
        ("class A(dict[str, int]): pass", {"dict"}),
        ("from typing import Dict, List\nclass A(Dict[str, int]): pass\nclass B(List): pass", {"dict", "list"}),
        ("import enum\nclass A(str, enum.Enum): pass", {"str"}),
        ("import enum\nclass A(enum.StrEnum): pass", {"str"}),
        ("from enum import IntEnum", {"int"}),
        ("import enum\nclass A(enum.Enum): pass", set()),
        ("import collections\nclass A(collections.OrderedDict): pass", {"dict", "collections.OrderedDict"}),
        ("import collections\nclass A(collections.UserDict): pass", set()),
        ("from markupsafe import Markup", {"str"}),
        ("from markupsafe import escape", set()),
        ("import markupsafe", {"str"}),
        ("from bs4 import BeautifulSoup", {"str"}),
        ("from http import HTTPStatus", {"int"}),
        ("def str(): pass\nclass A(str): pass", set()),
        ("def f():\n    class A(list): pass", {"list"}),
        ("B = str\nclass A(B): pass", {"str"}),
        ("def b(): return str\nclass A(b()): pass", {"str"}),
        ("b = (str,)\nclass A(*b): pass", {"str"}),
        ("class A(str if b else int): pass", {"str", "int"}),
        ("A = type('A', (str,), {})", {"str"}),
        ("import types\nA = types.new_class('A', (list,))", {"list"}),
        ("import enum\nA = enum.StrEnum('A', 'b c')", {"str"}),
        ("import enum\nA = enum.Enum('A', {'b': 'c'}, type=str)", {"str"}),
        ("import enum\nA = enum.Enum('A', 'b c')", set()),
        ("import enum\nA = enum.Enum('A', 'b', module=str)", set()),
        ("import enum\nA = enum.StrEnum(value='A', names='b')", {"str"}),
        ("import enum\nenum.StrEnum(a)", set()),
        ("import collections\ncollections.OrderedDict(a, b)\nf(a, type=str)", set()),
        ("B = C\nC = B\nclass A(B): pass", set()),
        ("type(a)", set()),
        ("import typing\nclass A(typing.NamedTuple):\n    b: int\n    def __format__(self, spec): pass", {"tuple"}),
        ("import collections\nclass A(collections.namedtuple('A', 'b')):\n    def __iter__(self): pass", {"tuple"}),
        ("class A(B):\n    def __iter__(self): pass", set()),
        ("import typing\nclass A(typing.NamedTuple):\n    b: int\n    def __str__(self): pass", set()),
    ],
)
def test_in_sight(facts: Facts, source: str, expected: set[str]) -> None:
    assert facts(source).subclassed == expected
