"""Dotted paths followed through a body."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

START = """class C:
    def __init__(self, name: str | None, other=None):
        self.name = name
        self.other = other
        self.size = 1
    def harmless(self) -> int: return 1
    def f(self, o, xs: list[str]):
"""

ROWS = [
    ("repr(self.name)", "str | None"),
    ("if self.name is None: return\nrepr(self.name)", "str"),
    ("if self.name is None: return\nprint(1)\nrepr(self.name)", "str"),
    ("if self.name is None: return\nlen(o)\nrepr(self.name)", "str"),
    ("if self.name is None: return\no()\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nself.harmless()\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\no.x = 1\nrepr(self.name)", "str"),
    ("if self.name is None: return\no.name = None\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nself = o\nrepr(self.name)", "?"),
    ("if self.name is None: return\nxs.append('a')\nrepr(self.name)", "str"),
    ("if self.name is None: return\nxs.sort(key=o)\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nfor x in xs: repr(self.name)", "str"),
    ("if self.name is None: return\nfor x in o: repr(self.name)", "str | None"),
    ("if self.name is None: return\nsum(o)\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nsum(xs)\nrepr(self.name)", "str"),
    ("if self.name is None: return\nwith open(o) as h: repr(self.name)", "str"),
    ("if self.name is None: return\nwith o: repr(self.name)", "str | None"),
    ("if self.name is None: return\nyield\nrepr(self.name)", "str | None"),
    ("if self.name is None: self.name = ''\nrepr(self.name)", "str"),
    ("if self.name is None: self.name = o\nrepr(self.name)", "?"),
    ("if self.name: repr(self.name)", "str"),
    ("self.name and repr(self.name)", "str"),
    ("while self.name is None: self.name = input()\nrepr(self.name)", "str"),
    ("while self.name is None: o()\nrepr(self.name)", "str"),
    ("[repr(self.name) for x in xs if self.name]", "str"),
    ("lambda: repr(self.name) if self.name else 1", "str"),
    ("if self.name:\n    def g(): repr(self.name)", "str | None"),
    ("repr(self.other)", "?"),
    ("if isinstance(self.other, str): repr(self.other)", "str"),
    ("if isinstance(self.other, str):\n    o()\n    repr(self.other)", "?"),
    ("self.other = 'a'\nrepr(self.other)", "str"),
    ("self.other = 'a'\no()\nrepr(self.other)", "?"),
    ("self.other = 'a'\nself.other += 'b'\nrepr(self.other)", "?"),
    ("o.x = 'a'\nrepr(o.x)", "?"),
    ("if isinstance(o.x, str): repr(o.x)", "str"),
    ("if isinstance(o.x.y, str): repr(o.x.y)", "str"),
    ("if isinstance(o.x.y, str):\n    o.x = 1\n    repr(o.x.y)", "?"),
    ("if isinstance(o.x, str):\n    del o.x\n    repr(o.x)", "?"),
    ("self.size = 'a'\nrepr(self.size)", "str"),
]


@pytest.mark.parametrize(("source", "expected"), ROWS)
def test_a_path(shown: Shown, source: str, expected: str) -> None:
    assert shown(START + "\n".join(f"        {line}" for line in source.split("\n"))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "class C:\n    @property\n    def x(self) -> int: ...\n    @x.setter\n    def x(self, v): ...\n    def f(self): self.x = 'a'; repr(self.x)",
            "int",
        ),
        ("class C:\n    x = field()\n    def f(self): self.x = 'a'; repr(self.x)", "?"),
        ("class C:\n    def __setattr__(self, n, v): ...\n    def f(self): self.x = 'a'; repr(self.x)", "?"),
        ("from foo import B\nclass C(B):\n    def f(self): self.x = 'a'; repr(self.x)", "?"),
        ("import a\nif isinstance(a.b, str): repr(a.b)", "str"),
    ],
)
def test_what_a_store_keeps(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
