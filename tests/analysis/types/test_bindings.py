"""What one binding gives its variable."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

UNPACKED = [
    ("x, (*y, z) = [b'ab', b'cd']\nrepr(y)", "?"),
    ("x, *y = [b'ab', b'cd']\nrepr(y); repr(x)", "list[bytes]; bytes"),
    ("*x, y = [b'ab', b'cd']\nrepr(y)", "bytes"),
    ("*x, y = z\nrepr(x); repr(y)", "list; ?"),
    ("try: pass\nexcept ValueError as e: repr(e)", "ValueError"),
    ("class C(metaclass=M): pass\nrepr(C.__name__)", "?"),
    ("class C: pass\nrepr(C.__name__)", "str"),
    ("if z:\n    class C: pass\nelse:\n    class C: pass\nrepr(C.__name__)", "?"),
]

ANNOTATED = [
    ("x: int = [][0]\nrepr(x)", "int"),
    ("x: list[str] = [1]\nrepr(x)", "list"),
    ("from foo import Bar\nx: Bar[str] = [1]\nrepr(x)", "list"),
    ("x: tuple = (1, 'a')\nrepr(x)", "tuple[int, str]"),
    ("def f(y: list[str]):\n    x: list = y\n    repr(x)", "list[str]"),
    ("x: list[str] = ['a']\nrepr(x)", "list[str]"),
    ("x: Iterable[str] = ['a']\nrepr(x)", "list[str]"),
    ("x: Iterable[str] = {'a': 1}\nrepr(x)", "dict"),
    ("x: Sequence[str | int] = ('a',)\nrepr(x)", "tuple[str]"),
]

MATCHED = [
    ("case (a as b): repr(a); repr(b)", "str; str"),
    ("case float(a) | (str() as a): repr(a)", "float | str"),
    ("case float(b, hex=a): repr(b); repr(a)", "float; ?"),
    ("case {'a': 1, **a}: repr(a)", "dict"),
    ("case [1, *a]: repr(a)", "list"),
    ("case C(a): repr(a)", "?"),
]


@pytest.mark.parametrize(("source", "expected"), [*UNPACKED, *ANNOTATED])
def test_an_assignment(shown: Shown, source: str, expected: str) -> None:
    assert shown(f"from collections.abc import Iterable, Sequence\n{source}") == expected


@pytest.mark.parametrize(("case", "expected"), MATCHED)
def test_a_capture(shown: Shown, case: str, expected: str) -> None:
    assert shown(f"class C: pass\ndef f(x: str):\n    match x:\n        {case}") == expected


def test_a_sequence_whose_items_are_not_what_it_iterates_over(shown: Shown) -> None:
    """A pattern asks for items, a loop for `__iter__`."""
    body = "    def __iter__(self): yield 'a'\n    def __getitem__(self, i): return 1\n    def __len__(self): return 1\n"
    use = "def f(s: _S):\n    match s:\n        case [a]: repr(a)\n    for a in s: repr(a)"
    assert shown(f"from collections.abc import Sequence\nclass _S(Sequence):\n{body}{use}") == "?; str"
    assert shown("def f(s: list[str]):\n    match s:\n        case [a]: repr(a)") == "str"
