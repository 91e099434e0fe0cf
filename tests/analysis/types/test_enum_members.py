"""Members of the file's enums, with their names and values."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

MEMBERS = [
    ("class E(Enum):\n    A = 1\nrepr(E.A); repr(E.A.name); repr(E.A.value)", "E; str; int"),
    ("class E(Enum):\n    A = auto()\n    B = auto()\nrepr(E.A.value)", "int"),
    ("class E(Enum):\n    A = 'a'\n    B = 2\nrepr(E.A.value)", "str | int"),
    ("class E(Enum):\n    A = 'a'\n    B = y\nrepr(E.A.value); repr(E.A.name)", "?; str"),
    ("class E(Enum):\n    A = 'a'\n    def _generate_next_value_(name, *a): return name\nrepr(E.A.value); repr(E.A.name)", "?; ?"),
    ("class E(Enum):\n    A = 'a'\n    name = 1\nrepr(E.A.name)", "?"),
    ("class E(str, Enum):\n    A = 'a'\nrepr(E.A); repr(E.A.name); repr(E.A.value)", "E; str; ?"),
    ("class E(Enum):\n    A = 1\nfor e in E: repr(e); repr(e.name)", "E; str"),
    ("class E(Enum):\n    A = 1\ndef f(e: E): repr(e.name)", "str"),
    ("class E(Enum):\n    A = 1\n    def f(self): repr(self.name); repr(self.A)", "str; E"),
    ("class E(Enum):\n    A = 1\n    if x:\n        B = 'a'\ndef f(e: E): repr(e.value)", "int | str"),
    ("class E(Enum):\n    A, B = 1, 'a'\nrepr(E.A); repr(E.A.value)", "E; int | str"),
    ("class E(Enum):\n    A: int = 1\n    _B = 2\nrepr(E.A); repr(E._B); repr(E.A.value)", "E; E; int"),
    ("class E(Enum):\n    A = x\nrepr(E.A)", "?"),
    ("class E(Enum):\n    A = auto()\n    B = (auto(), 1)\nrepr(E.A); repr(E.B); repr(E.B.value)", "E; E; int | tuple[?, int]"),
    ("class E(Enum):\n    size: int\n    A = 1\n    def __init__(self, n): self.size = n\n    def f(self): repr(self.size)", "int"),
    ("class E(Flag):\n    A = 1\ndef f(e: E): repr(e.name); repr(e.value)", "str | None; ?"),
    ("class E(Enum):\n    A = 1\n    for B in 'ab': pass\nrepr(E.B)", "?"),
    ("class E(Enum):\n    A_ = 1\n    __x__ = 1\nrepr(E.A_); repr(E.__x__)", "E; ?"),
    ("class E(Enum):\n    __B = 1\n    def f(self): repr(self.__B)", "?"),
    ("class E(Enum):\n    A = 1\n    def f(self): repr(self.value)", "int"),
    ("class B(Enum):\n    def f(self): pass\nclass E(B):\n    A = 1\nrepr(E.A); repr(E.A.name)", "E; str"),
]

NO_MEMBERS = [
    ("lambda self: 1", "a function is a method"),
    ("given", "a function under its name is a method"),
    ("property(given)", "a property"),
    ("staticmethod(given)", "a static method"),
    ("x", "anything"),
    ("int", "a class, which need not be a member"),
]

UNLIKE_THEIR_VALUE = [
    "    A = 1\n    def __init__(self, n): self._value_ = 'a'\n",
    "    A = 1\n    def __new__(cls, n): return x\n",
    "    A = 1\n    def value(self): return 'a'\n",
    "    A = 1\nE.A._value_ = 'a'\n",
    "    A = 1\nsetattr(E.A, '_value_', 'a')\n",
    "    A = 1\nsetattr(E.A, x, 'a')\n",
    "    A = 1\n    for B in x: pass\n",
]


@pytest.mark.parametrize(("source", "expected"), MEMBERS)
def test_a_member(shown: Shown, source: str, expected: str) -> None:
    assert shown(f"from enum import Enum, Flag, auto\n{source}") == expected


@pytest.mark.parametrize(("value", "why"), NO_MEMBERS, ids=[why for _, why in NO_MEMBERS])
def test_what_is_no_member(shown: Shown, value: str, why: str) -> None:
    assert (
        shown(f"from enum import Enum\ndef given(self): return 1\nclass E(Enum):\n    A = 1\n    B = {value}\nrepr(E.A); repr(E.B)")
        == "E; ?"
    )


@pytest.mark.parametrize("rest", UNLIKE_THEIR_VALUE)
def test_a_value_that_is_not_what_is_written(shown: Shown, rest: str) -> None:
    assert shown(f"from enum import Enum\nclass E(Enum):\n{rest}def f(e: E): repr(e.value)") == "?"


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("class B:\n    @property\n    def name(self): return 1", "?"),
        ("class B:\n    pass", "str"),
        ("from foo import B", "?"),
        ("B = str", "str"),
    ],
)
def test_a_name_that_another_base_may_have(shown: Shown, base: str, expected: str) -> None:
    base = base.replace("B = str", "from builtins import str as B")
    assert shown(f"from enum import Enum\n{base}\nclass E(B, Enum):\n    A = 1\ndef f(e: E): repr(e.name)") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A = 1", "int"),
        ("_ignore_ = []", "?"),
        ("B = lambda self: 1", "?"),
        ("def g(self): pass", "?"),
        ("_ignore_ = ['A']\n    A = 1", "?"),
    ],
)
def test_an_enum_with_members_has_no_class_below_it(shown: Shown, body: str, expected: str) -> None:
    source = f"from enum import Enum\nclass E(Enum):\n    {body}\n    def f(self): return 1\ndef g(e: E): repr(e.f())"
    assert shown(source) == expected


def test_an_enum_whose_metaclass_says_what_it_holds(shown: Shown) -> None:
    source = "from enum import Enum\nclass B(Enum{}): pass\nclass E(B):\n    A = 1\nfor e in E: repr(e)"
    assert shown(source.format("")) == "E"
    assert shown(source.format(", metaclass=M")) == "?"
