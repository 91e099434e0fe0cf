"""Attributes of this file's classes."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]


def with_init(stores: str, rest: str = "", base: str = "") -> str:
    """A class whose `__init__` does `stores`, with a method that shows `self.x`, and `rest` behind it."""
    return f"class C{base}:\n    def __init__(self, y=None):\n        {stores}\n    def show(self): repr(self.x)\n{rest}"


DATA = "import dataclasses\n@dataclasses.dataclass\nclass C:\n    x: str\n    def show(self): repr(self.x)\nc = C('a')\n"
TUPLE = "import typing\nclass C(typing.NamedTuple):\n    x: str\n    def show(self): repr(self.x)\nc = C('a')\n"
REPLACED = [
    ("class C:\n    x: dict[str, int] = {}\n    def f(self): repr(self.x)\nC().x = {1: 2}", "?"),
    ("class C:\n    x: dict[str, int] = {}\n    def f(self): repr(self.x)\nC().x = {'a': 2}", "dict[str, int]"),
    ("class C:\n    x: list[str]\n    def f(self): repr(self.x)\n    def g(self): self.x.append(1)", "list"),
    ("class C:\n    x: list[str]\n    def f(self): repr(self.x)\nclass D:\n    def g(self): self.x.append(1)", "list[str]"),
    ("class C:\n    x: str\n    def __init__(self, y: int): self.x = str(y)\n    def f(self): repr(self.x)\nC(1)", "str"),
    ("class C:\n    def set(self, y): self.x: str = y\n    def f(self): repr(self.x)\nother._replace(x=1)", "str"),
    ("class C:\n    x: str\n    def __init__(self, y: int): self.x = str(y)\n    def f(self): repr(self.x)\nother._replace(x=1)", "str"),
    (DATA, "str"),
    (f"{DATA}dataclasses.replace(c, x='b')", "str"),
    (f"{DATA}dataclasses.replace(c, x=1)", "?"),
    (f"{DATA}C(**{{'x': 1}})", "?"),
    (f"{DATA}C(*[1])", "?"),
    (TUPLE, "str"),
    (f"{TUPLE}c._replace(x=1)", "?"),
    (f"{TUPLE}c._replace(y=1)", "str"),
]

STORED = [
    (with_init("self.x = 'a'"), "str"),
    (with_init("self.x = y"), "?"),
    (with_init("self.x = []"), "list"),
    (with_init("self.x = ['a']"), "list"),
    (with_init("self.x = ('a', 1)"), "tuple[str, int]"),
    (with_init("self.x = y or []"), "?"),
    (with_init("self.x = 'a' if y else None"), "str | None"),
    (with_init("self.x = None"), "?"),
    (with_init("self.x, self.y = 'a', 1"), "str"),
    (with_init("self.y, (self.z, self.x) = 1, (2, 'a')"), "str"),
    (with_init("self.x, *self.y = y"), "?"),
    (with_init("self.x = self.y = 'a'"), "str"),
    (with_init("self.y, self.x, self.z = *y, 1"), "?"),
    (with_init("self.y, self.x = 1,"), "?"),
    (with_init("self.x = [][0]", "    def more(self): repr(self.x.y() if y else 1)"), "?; int"),
    (with_init("for self.x in 'abc': pass"), "str"),
    (with_init("with open(y) as self.x: pass"), "TextIOWrapper[str]"),
    (with_init("self.x = 1; self.x = 'a'"), "int | str"),
    (with_init("self.x = 0", "    def more(self): self.x += 1"), "int"),
    (with_init("self.x = ''", "    def more(self): self.x += 'a'"), "str"),
    (with_init("self.x = 0", "    def more(self): self.x += y"), "?"),
    (with_init("self.x = 'a'", "    def more(self): del self.x"), "str"),
    (with_init("self.x = 'a'", "    def more(self, z): self.x = z"), "?"),
    (with_init("self.x = 'a'", "c = C()\nc.x = 1"), "str | int"),
    (with_init("self.x = 'a'", "def f(c): c.x = 1"), "str | int"),
    (with_init("self.x = 'a'", "def f(c): c.x = z"), "?"),
    (with_init("self.x = 'a'", "class D:\n    def __init__(self): self.x = 1"), "str"),
    (with_init("self.x = 'a'", "class D(C):\n    def __init__(self): self.x = 1"), "str | int"),
    (with_init("self.x = 'a'", "class D(C):\n    x = 1"), "str | int"),
    (with_init("self.x = 'a'", "class D(C):\n    @property\n    def x(self): return 1"), "?"),
    (with_init("self.x = 'a'", "class M:\n    def m(self): self.x = 1\nclass D(C, M): pass"), "str | int"),
    (with_init("self.x = 'a'", "class D(C):\n    def __getattr__(self, n): return 1"), "?"),
    (with_init("pass"), "?"),
    ("class C:\n    def f(self): repr(self._x if y else 1)", "?"),
    (with_init("self.x = 'a'", "def f(c): type(c).x = z"), "?"),
    (with_init("self.x = 'a'", "    def more(self): [1 for self.x in y]"), "?"),
    ("class C:\n    def f(self): repr(self.x)\nc = C()\nc.x: str = y", "str"),
    (with_init("self.x: str = y"), "str"),
    (with_init("self.x: str"), "str"),
    (with_init("self.x: list[int] = []"), "list[int]"),
    (with_init("self.x: str = None"), "str | None"),
    (with_init("self.x: str = 1"), "?"),
    (with_init("self.x: str = y", "    def more(self): self.x = 1"), "?"),
    (with_init("self.x: str = y", "    def more(self): self.x = None"), "str | None"),
    (with_init("self.x: str = y", "    def more(self, z): self.x = z"), "str"),
]

FOREIGN = [
    ("from foo import Base\n" + with_init("self.x = 'a'", base="(Base)"), "?"),
    (f"from foo import Base\n{with_init('self.x: str = y', base='(Base)')}", "str"),
    ("from foo import Base\n" + with_init("self.x = 'a'", "class D(C, Base): pass"), "?"),
    (with_init("self.x = 'a'", base="(object)"), "str"),
    (with_init("self.x = 'a'", base="(Exception)"), "str"),
    (with_init("self.x = 'a'", base="(ValueError)"), "str"),
    ("import threading\n" + with_init("self.x = 'a'", base="(threading.Thread)"), "str"),
    ("from abc import ABC\n" + with_init("self.x = 'a'", base="(ABC)"), "str"),
    ("from typing import Generic, TypeVar\nT = TypeVar('T')\n" + with_init("self.x = 'a'", base="(Generic[T])"), "str"),
    (with_init("self.x = 'a'", base="(metaclass=M)"), "?"),
    ("@unknown\n" + with_init("self.x = 'a'"), "?"),
    (with_init("self.x = 'a'", "    def __getattr__(self, n): return 1"), "?"),
    (with_init("self.x = 'a'", "    def __setattr__(self, n, v): pass"), "?"),
    (with_init("self.x = 'a'", "    def more(self, n, v): setattr(self, n, v)"), "?"),
    (with_init("self.x = 'a'", "    def more(self, v): setattr(self, 'x', v)"), "?"),
    (with_init("self.x = 'a'", "    def more(self): setattr(self, 'x', 1)"), "str | int"),
    (with_init("self.x = 'a'", "    def more(self, v): setattr(self, 'y', v)"), "str"),
    (with_init("self.x = 'a'", "    def more(self, v): object.__setattr__(self, 'x', v)"), "?"),
    (with_init("self.x = 'a'", "    def more(self, v): self.__dict__.update(v)"), "?"),
    (with_init("self.x = 'a'", "    def more(self, v): self.__dict__['x'] = v"), "?"),
    (with_init("self.x = 'a'", "    def more(self, v): vars(self).update(v)"), "?"),
    (with_init("self.x = 'a'", "    def more(self): return self.__dict__['x']"), "str"),
    (with_init("self.x = 'a'", "    def more(self): return dict(self.__dict__)"), "str"),
    (with_init("self.x = 'a'", "def f(o, n, v): setattr(o, n, v)"), "?"),
    (with_init("self.x = 'a'", "class D:\n    def f(self, n, v): setattr(self, n, v)"), "str"),
    (with_init("self.x = 'a'", "f = setattr"), "?"),
    (with_init("self.x = 'a'", "class D: pass\nsetattr(D(), 'x', z)"), "str"),
    ("B = foo()\n" + with_init("self.x = 'a'", base="(B)"), "?"),
    ("import threading\n" + with_init("self._args = []", base="(threading.Thread)").replace("self.x", "self._args"), "?"),
    ("class M(type):\n    def __init__(cls, *y): cls.x = 'a'\n    def f(cls): repr(cls.x)", "?"),
    ("class C(Exception):\n    def f(self): self.args = 1; repr(self.args)", "?"),
]

BODIES = [
    ("class C:\n    x: str\n    def f(self): repr(self.x)", "str"),
    ("class C:\n    x: str = 'a'\n    def f(self): repr(self.x)", "str"),
    (
        "class C:\n    def __init__(self): self._x = 1 if y else 'a'\n    def f(self):\n        if isinstance(self._x, str): repr(self._x)",
        "str",
    ),
    ("class C:\n    x: Any = other()\n    def f(self): self.x = 1; repr(self.x)", "int"),
    ("class C:\n    _x = field(default='a')\n    def f(self): repr(self._x)", "?"),
    (
        "class C:\n    @property\n    def x(self): return 'a'\n    @x.setter\n    def x(self, v): pass\n    def _f(self): self.x = 1; repr(self.x)",
        "?",
    ),
    (
        "class _C:\n    @property\n    def x(self): return 'a'\n    @x.setter\n    def x(self, v): pass\n    def f(self): self.x = 1; repr(self.x)",
        "str",
    ),
    ("class C:\n    x: str = None\n    def f(self): repr(self.x)", "str | None"),
    ("class C:\n    x: str\n    def f(self): self.x = 1; repr(self.x)", "int"),
    ("class C:\n    x: str\n    def f(self): self.x = 1\n    def g(self): repr(self.x)", "?"),
    ("from typing import ClassVar\nclass C:\n    x: ClassVar[str] = 'a'\nrepr(C.x)", "str"),
    ("from typing import Final\nclass C:\n    x: Final = 'a'\n    def _f(self): self.y = 1\nrepr(C.x)", "str"),
    ("class C:\n    x = 'a'\nrepr(C.x)", "str"),
    ("class C:\n    x = 'a'\n    def f(self): repr(self.x)", "?"),
    ("class C:\n    X = 'a'\n    def f(self): repr(self.X)", "str"),
    ("class C:\n    _x = 'a'\n    def f(self): repr(self._x)", "str"),
    ("class _C:\n    x = 'a'\n    def f(self): repr(self.x)", "str"),
    ("class C:\n    x = None\n    def __init__(self): self.x = 'a'\n    def f(self): repr(self.x)", "None | str"),
    ("class C:\n    x = ''\n    def __init__(self): self.x = 'a'\n    def f(self): repr(self.x)", "str"),
    ("class C:\n    x = y\n    def __init__(self): self.x = 'a'\n    def f(self): repr(self.x)", "?"),
    ("class C:\n    x: str\nclass D(C):\n    def f(self): repr(self.x)", "str"),
    ("class C:\n    x: str\nclass D(C):\n    x: int\n    def f(self): repr(self.x)", "?"),
    ("class C:\n    def __init__(self): self.x = y\n    def f(self): repr(self.x)\nclass D(C):\n    x: int", "?"),
    ("class C:\n    def __init__(self): self.x = 'a'\n    def f(self): repr(self.x)\nclass D(C):\n    x: int", "?"),
    ("class C:\n    def f(self): repr(self.x)\nclass D(C):\n    def __init__(self): self.x: str = y", "?"),
    ("class C:\n    __slots__ = ('x',)\n    def __init__(self): self.x = 'a'\n    def f(self): repr(self.x)", "str"),
    ("class C:\n    def __init__(self): self.__x = 'a'\n    def f(self): repr(self.__x)", "str"),
]


def filled(rest: str, first: str = "['a']", base: str = "") -> str:
    """A class that keeps a list in `_x`, shows one of its elements, and has `rest` behind it."""
    return f"class C{base}:\n    def __init__(self):\n        self._x = {first}\n    def show(self): repr(self._x[0])\n{rest}"


CONTENTS = [
    (filled(""), "str"),
    (filled("", "[]"), "?"),
    (filled("    def add(self, y: str): self._x.append(y)"), "str"),
    (filled("    def add(self, y: str): self._x.append(y)", "[]"), "str"),
    (filled("    def add(self, y: str): self._x.insert(0, y); self._x[0] = y"), "str"),
    (filled("    def add(self, y: list[str]): self._x.extend(y); self._x += y; self._x[1:] = y"), "str"),
    (filled("    def add(self): self._x.append(self._x[0] + 'b')"), "str"),
    (filled("    def add(self, y: str): self._x[y] = y.upper(); self._x.setdefault(y, y)", "{}"), "str"),
    (filled("    def add(self): self._x = ['b']; self._x.sort(); del self._x[0]; print(self._x, *self._x)"), "str"),
    (filled("    def add(self): self._x.append(1)"), "str | int"),
    (filled("    def add(self): self._x = [1]"), "str | int"),
    (filled("class D(C):\n    def add(self): self._x.append(1)"), "str | int"),
    (filled("class D(C):\n    def add(self): self._x = [1]"), "str | int"),
    (filled("def f(c): c._x.append(1)"), "str | int"),
    (filled("def f(c, d): (c._x if d else d._x).append(1)"), "str | int"),
    (filled("    def drop(self): del self._x"), "str"),
    (filled("class D:\n    def __init__(self): self._x = [1]"), "str"),
    (filled("    def add(self, y): self._x.append(y)"), "?"),
    (filled("    def add(self, y): self._x.extend(y)"), "?"),
    (filled("    def add(self, y): self._x += y"), "?"),
    (filled("    def add(self, y): self._x[0] = y"), "?"),
    (filled("    def add(self, y): self._x[0], y = y, 1"), "?"),
    (filled("    def add(self, y):\n        for self._x[0] in y: pass"), "?"),
    (filled("    def add(self, y): self._x.__setitem__(0, y)"), "?"),
    (filled("    def add(self, y): list.append(self._x, y)"), "?"),
    (filled("    def add(self, y): add = self._x.append; add(y)"), "?"),
    (filled("    def add(self, y): x = self._x; x.append(y)"), "?"),
    (filled("    def add(self, y): (x := self._x).append(y)"), "?"),
    (filled("    def add(self, y): y(self._x)"), "?"),
    (filled("    def add(self, y): y.x = self._x"), "?"),
    (filled("    def add(self, y): return self._x"), "?"),
    (filled("    def add(self, y): yield self._x"), "?"),
    (filled("    def add(self, y):\n        for x in (self._x, y): x.append(1)"), "?"),
    (filled("    def add(self, y): self._x = y"), "?"),
    (filled("    def drop(self): self._x = None"), "?"),
    (filled("    def add(self, y): self._x, self.z = [1], 2"), "?"),
    (filled("    def add(self, y): setattr(self, '_x', y)"), "?"),
    (filled("    def add(self, y, z): setattr(self, y, z)"), "?"),
    (filled("    def add(self, y): self.__dict__.update(y)"), "?"),
    (filled("    def add(self, y): self.__dict__['_x'].append(y)"), "?"),
    (filled("    def add(self, y): vars(self)['_x'].append(y)"), "?"),
    (filled("    def add(self, y): getattr(self, '_x').append(y)"), "?"),
    (filled("    def add(self, y, z): getattr(self, z).append(y)"), "?"),
    (filled("    _x = 1"), "?"),
    (filled("", base="(Base)"), "?"),
    (filled("").replace("_x", "x"), "?"),
    (filled("").replace("_x", "__x"), "str"),
]


DATA = """from dataclasses import dataclass, field
from typing import NamedTuple
@dataclass
class D:
    a: int
    b: str = 'x'
    c: list[int] = field(default_factory=list)
    d: str = field(default=None)
class N(NamedTuple):
    a: int
    b: str
"""

FACTORIES = """from dataclasses import dataclass, field
def made(): return [1]
@dataclass
class D:
    a: list[str] = field(default_factory=lambda: [1])
    b: list[str] = field(default_factory=made)
    c: list[str] = field(default_factory=lambda: ['a'])
    d: str = field(default=5)
    e: str = field(default_factory=str)
    f: dict[str, int] = field(default_factory=list)
    g: str = other(default=5)
    h: list[int] = other(default_factory=str)
    i: str = other(default=None)
    j: list[str] = field(metadata=dict, default_factory=list)
"""

RECORDS = [
    (f"{FACTORIES}d = D()\nrepr(d.a); repr(d.b); repr(d.c); repr(d.d); repr(d.e); repr(d.f); repr(d.g)", "?; ?; list[str]; ?; str; ?; str"),
    (f"{FACTORIES}d = D()\nrepr(d.h); repr(d.i); repr(d.j)", "list[int]; str | None; list[str]"),
    ("class C:\n    x: str\n    def f(self, y): *self.x, z = y\n    def g(self): repr(self.x)", "?"),
    ("class C:\n    x: str = 'a'\n    def f(self): repr(self.x)\nc = C()\nc.__dict__.update(x=3)", "?"),
    ("class C:\n    x: str = 'a'\n    def f(self): repr(self.x)\nc = C()\nc.__dict__.update(y=3)", "str"),
    ("class C:\n    x: str = 'a'\n    def f(self): repr(self.x)\nc = C()\nvars(c)['x'] = 3", "?"),
    ("from unittest import mock\nclass C:\n    x: str = 'a'\n    def f(self): repr(self.x)\nmock.patch.object(C, 'x', 3)", "?"),
    (f"{DATA}d = D(y)\nrepr(d.a); repr(d.b); repr(d.c); repr(d.d)", "int; str; list[int]; str | None"),
    (f"{DATA}d = D('x')\nrepr(d.a)", "?"),
    (f"{DATA}d = D(1, b=None)\nrepr(d.b)", "str | None"),
    (f"{DATA}def f(d: D): repr(d.b)", "str"),
    (f"{DATA}def f(d: list[D]):\n    for e in d: repr(e.b)", "str"),
    (f"{DATA}n = N(1, 'a')\nrepr(n.a); repr(n.b); repr(n[1])", "int; str; str"),
    (f"{DATA}n = N(1, 'a')\nx, y = n\nrepr(x); repr(y)", "int; str"),
    (f"{DATA}for x, y in [N(1, 'a')]: repr(x); repr(y)", "int; str"),
    (f"{DATA}for x in N(1, 'a'): repr(x)", "int | str"),
]


@pytest.mark.parametrize(("source", "expected"), [*STORED, *REPLACED, *CONTENTS, *FOREIGN, *BODIES, *RECORDS])
def test_an_attribute(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


def test_an_annotation_that_a_subclass_in_the_file_takes_the_force_from_leaves_what_is_stored(shown: Callable[[str], str]) -> None:
    body = "    def __init__(self, given):\n        self.logs: dict[str, int] = {}\n    def show(self):\n        repr(self.logs)\n"
    head = "class Config(dict): pass\nclass A:\n"
    assert shown(f"{head}{body}") == "dict"
    assert shown(f"{head}{body.replace('{}', 'given')}") == "?"
    assert shown(f"{head}    logs: dict[str, int] = {{}}\n{body}") == "?"
