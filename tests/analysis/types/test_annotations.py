"""What annotations mean."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

IMPORTS = """from __future__ import annotations
import collections, typing, pathlib, typing as t, collections.abc as cabc
from typing import *
from typing import (Annotated, Any, AnyStr, Callable, ClassVar, DefaultDict, Dict, Final, FrozenSet, Generic, IO, Iterable, Iterator, List,
    Literal, LiteralString, Mapping, Match, NewType, NoReturn, Optional, Pattern, Sequence, Set, TextIO, Tuple, Type, TypeAlias, TypeGuard,
    TypeVar, Union)
from foo import Foo, Bar
T = TypeVar("T")
S = TypeVar("S", bound=str)
Vector = list[float]
Name: TypeAlias = "str | None"
UserId = NewType("UserId", int)
Twice = str
Twice = int
class Local: pass
class Box(Generic[T]): pass
"""

MEANINGS = [
    ("str", "str"),
    ("bytes", "bytes"),
    ("bool", "bool"),
    ("int", "int"),
    ("float", "int | float"),
    ("complex", "int | float | complex"),
    ("None", "None"),
    ("list", "list"),
    ("list[int]", "list[int]"),
    ("list[float]", "list[int | float]"),
    ("dict[str, list[int]]", "dict[str, list[int]]"),
    ("set[str]", "set[str]"),
    ("frozenset[str]", "frozenset[str]"),
    ("tuple[int, str]", "tuple[int, str]"),
    ("tuple[int, ...]", "tuple[int, ...]"),
    ("tuple[int, None]", "tuple[int, None]"),
    ("str[int]", "?"),
    ("tuple[()]", "tuple"),
    ("tuple[int, *Ts]", "tuple"),
    ("tuple", "tuple"),
    ("type", "type"),
    ("type[int]", "type[int]"),
    ("str | None", "str | None"),
    ("str | int | None", "str | int | None"),
    ("None | str", "None | str"),
    ("Optional[str]", "str | None"),
    ("Union[str, int]", "str | int"),
    ("Union[str, None]", "str | None"),
    ("Optional[Union[str, int]]", "str | int | None"),
    ("Union[str, Any]", "?"),
    ("Annotated[str, 'note']", "str"),
    ("Final[str]", "str"),
    ("ClassVar[str]", "str"),
    ("Literal['a', 'b']", "str"),
    ("Literal['a', 1]", "str | int"),
    ("Literal[-1]", "int"),
    ("Literal[True]", "bool"),
    ("Literal[None]", "None"),
    ("Literal[Foo.x]", "?"),
    ("LiteralString", "str"),
    ("'str'", "str"),
    ("'list[int]'", "list[int]"),
    ("list['str']", "list[str]"),
    ("'Foo | None'", "Foo | None"),
    ("'str'.x", "?"),
    ("'not valid('", "?"),
    ("List[int]", "list[int]"),
    ("List", "list"),
    ("typing.List[int]", "list[int]"),
    ("t.List[int]", "list[int]"),
    ("Dict[str, int]", "dict[str, int]"),
    ("Set[int]", "set[int]"),
    ("FrozenSet[int]", "frozenset[int]"),
    ("Tuple[int, str]", "tuple[int, str]"),
    ("Tuple[int, ...]", "tuple[int, ...]"),
    ("DefaultDict[str, int]", "defaultdict[str, int]"),
    ("Type[int]", "type[int]"),
    ("typing.Text", "str"),
    ("collections.OrderedDict[str, int]", "OrderedDict[str, int]"),
    ("collections.Counter[str]", "Counter[str, int]"),
    ("collections.deque[str]", "deque[str]"),
    ("Pattern[str]", "Pattern[str]"),
    ("Match[str]", "Match[str]"),
    ("Sequence[int]", "Sequence[int]"),
    ("Mapping[str, int]", "Mapping[str, int]"),
    ("Iterable[str]", "Iterable[str]"),
    ("cabc.Sequence[int]", "Sequence[int]"),
    ("Callable[[int], str]", "Callable[str]"),
    ("Callable[..., str]", "Callable[str]"),
    ("IO[str]", "IO[str]"),
    ("TextIO", "TextIO[str]"),
    ("TypeGuard[str]", "bool"),
    ("pathlib.Path", "Path"),
    ("Foo", "Foo"),
    ("Foo[int]", "Foo[int]"),
    ("Local", "Local"),
    ("Box[int]", "?"),
    ("ValueError", "ValueError"),
    ("Any", "?"),
    ("Final", "?"),
    ("ClassVar", "?"),
    ("object", "?"),
    ("AnyStr", "?"),
    ("NoReturn", "?"),
    ("T", "?"),
    ("S", "?"),
    ("list[T]", "list"),
    ("Vector", "list[int | float]"),
    ("Name", "str | None"),
    ("UserId", "int"),
    ("list[UserId]", "list[int]"),
    ("Twice", "?"),
    ("unknown", "?"),
    ("1", "?"),
    ("[int]", "?"),
    ("int()", "?"),
]


@pytest.mark.parametrize(("annotation", "expected"), MEANINGS)
def test_an_annotation(shown: Shown, annotation: str, expected: str) -> None:
    assert shown(f"{IMPORTS}def f(x: {annotation}): repr(x)") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x: str): repr(x)\nstr = 1", "?"),
        ("from typing import Self\nclass C:\n    def f(self):\n        x: Self = y\n        repr(x)", "C"),
        ("A, B, C = 'int'\ndef f(x: A): repr(x)", "?"),
        ("X: type = str\ndef f(x: X): repr(x)", "?"),
        ("import dataclasses\ndef f(x: dataclasses.InitVar[str]): repr(x)", "str"),
        ("from y import str\ndef f(x: str): repr(x)", "str"),
        ("class str: pass\ndef f(x: str): repr(x)", "str"),
        ("def f(str, x: str): repr(x)", "str"),
        ("class C:\n    str = 1\n    def f(self, x: str): repr(x)", "?"),
        ("class C:\n    def list(self): pass\n    def f(self, x: list[int]): repr(x)", "?"),
        ("from typing import Self\nclass C:\n    def f(self, x: Self): repr(x)", "C"),
        ("from typing import Protocol\nclass P(Protocol): ...\ndef f(x: P): repr(x)", "?"),
        ("from typing import TypedDict\nclass D(TypedDict):\n    a: int\ndef f(x: D): repr(x)", "dict[str, ?]"),
        ("A = 'B'\nB = 'A'\ndef f(x: A): repr(x)", "?"),
        ("A = list[A]\ndef f(x: A): repr(x)", "list[list[list[list[list[list[list[list[list[list[list[list]]]]]]]]]]]"),
        ("if c: X = str\nelse: X = int\ndef f(x: X): repr(x)", "?"),
    ],
)
def test_names_in_annotations(shown: Shown, source: str, expected: str) -> None:
    kind = shown(source)
    assert kind == expected or (expected.startswith("list[list") and kind.startswith("list"))


SUBCLASSES = [
    ("class S(str): pass", "str", "?"),
    ("class S(str): pass", "list[str]", "list"),
    ("class S(str): pass", "int", "int"),
    ("from markupsafe import Markup", "str", "?"),
    ("import markupsafe", "str", "?"),
    ("from django.utils.safestring import mark_safe", "str", "?"),
    ("from enum import StrEnum", "str", "?"),
    ("import enum\nclass E(enum.StrEnum): pass", "str", "?"),
    ("import enum\nclass E(str, enum.Enum): pass", "str", "?"),
    ("from enum import IntEnum", "int", "?"),
    ("from enum import Enum", "str", "str"),
    ("class D(dict): pass", "dict[str, int]", "?"),
    ("from collections import OrderedDict\nclass D(OrderedDict): pass", "dict", "?"),
    ("from typing import Dict\nclass D(Dict[str, int]): pass", "dict", "?"),
    ("class L(list): pass", "list", "?"),
    ("class L(list): pass", "Sequence", "?"),
    ("from collections import UserString\nclass S(UserString): pass", "str", "str"),
]


@pytest.mark.parametrize(("before", "annotation", "expected"), SUBCLASSES)
def test_a_subclass_in_sight_makes_an_annotation_worthless(shown: Shown, before: str, annotation: str, expected: str) -> None:
    assert shown(f"{before}\ndef f(x: {annotation}): repr(x)") == expected


VARIABLES = [
    ("x: list = y", "list"),
    ("x: list[int] = []", "list[int]"),
    ("x: dict[str, int] = {}", "dict[str, int]"),
    ("x: float = 1", "int"),
    ("x: str = None", "None"),
    ("x: str = 1", "int"),
    ("x: str | None = None", "None"),
    ("x: Sequence[int] = [1]", "list[int]"),
    ("x: Mapping[str, int] = {}", "dict[str, int]"),
    ("x: Any = 'a'", "str"),
    ("x: Foo = 'a'", "str"),
    ("x: int\nx = y", "int"),
    ("x: int\nx = 'a'", "str"),
    ("x: int\nif c: x = y\nelse: x = z", "int"),
    ("x: str = y\nx = z", "?"),
    ("x: Final = 'a'", "str"),
    ("x: 'list[str]' = y", "list[str]"),
]


@pytest.mark.parametrize(("source", "expected"), VARIABLES)
def test_an_annotated_variable(shown: Shown, source: str, expected: str) -> None:
    names = "from typing import Any, Final, Mapping, Sequence\nfrom foo import Foo\n"
    assert shown(f"{names}{source}\nrepr(x)") == expected


@pytest.mark.skipif(not hasattr(__import__("ast"), "TypeAlias"), reason="Python 3.12 syntax")
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("type X = list[int]\ndef f(x: X): repr(x)", "list[int]"),
        ("type X[T] = list[T]\ndef f(x: X[int]): repr(x)", "?"),
        ("def f[T](x: T, y: list[T]): repr(x); repr(y)", "?; list"),
        ("def f[str](x: str): repr(x)", "?"),
    ],
)
def test_python_3_12_syntax(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
