"""What functions, methods and classes of the file give."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

ANNOTATED = [
    ("def f() -> str: ...\nrepr(f())", "str"),
    ("def f() -> list[int]: ...\nrepr(f())", "list[int]"),
    ("def f() -> Any: ...\nrepr(f())", "?"),
    ("def f() -> None: ...\nrepr(f())", "None"),
    ("def f() -> str: return None\nrepr(f())", "str | None"),
    ("def f() -> str: return 1\nrepr(f())", "?"),
    ("def f() -> Any: return 1\nrepr(f())", "?"),
    ("from typing import Iterator\ndef f() -> Iterator[str]:\n    yield 'a'\n    return\nrepr(f())", "Iterator[str]"),
    ("def f():\n    print()\n    ...\nrepr(f())", "None"),
    ("def f(): ...\nrepr(f())", "?"),
    ("def f(): return [][0]\nrepr(f() + 1 if x else 1)", "int"),
    ("def f(x) -> str:\n    if x: return\n    return 'a'\nrepr(f(1))", "str | None"),
    ("def f(x) -> str:\n    if x: return x\n    return 'a'\nrepr(f(1))", "str"),
    ("def f() -> list[str]: return ['a', 1]\nrepr(f())", "?"),
    ("def f() -> float: return 1\nrepr(f())", "int | float"),
    ("async def f() -> str: ...\nrepr(f())", "CoroutineType[str]"),
    ("from typing import Iterator\ndef f() -> Iterator[str]:\n    yield 'a'\nfor x in f(): repr(x)", "str"),
    (
        "from typing import AsyncIterator\nasync def f() -> AsyncIterator[str]:\n    yield 'a'\nasync def g():\n    async for x in f(): repr(x)",
        "str",
    ),
    ("f = lambda: 'a'\nrepr(f())", "str"),
    ("repr((lambda: 'a')())", "str"),
    ("from typing import Callable\ndef g(f: Callable[[int], str]): repr(f(1))", "str"),
]

HANDED_OVER = [
    ("def f(): return ([1], 2)\nfor a in f()[0]: repr(a)", "int"),
    ("def f(): return list('ab')\nfor a in f(): repr(a)", "str"),
    ("def f(c):\n    if c: return\n    return [1]\nfor a in f(1): repr(a)", "int"),
    ("def f(c):\n    y = [1]\n    return y if c else [2]\nfor a in f(1): repr(a)", "?"),
    ("def f(c):\n    y = [1]\n    return [2] if c else y\nfor a in f(1): repr(a)", "?"),
    ("def f():\n    x = [1]\n    def g(): return x\n    for a in g(): repr(a)", "?"),
    ("x = [1]\ndef f(c): return ([2], x)\nfor a in f(1)[0]: repr(a)", "?"),
    ("def f(c): return [2] if c else [1]\nfor a in f(1): repr(a)", "int"),
    ("x = [1]\ndef f(c): return [2] if c else x\nfor a in f(1): repr(a)", "?"),
    ("x = [1]\ndef f(c): return x if c else [2]\nfor a in f(1): repr(a)", "?"),
    ("class _C:\n    def __init__(self): self._x = [1]\n    def f(self): return self._x\nfor a in _C().f(): repr(a)", "?"),
    ("def f():\n    x = [1]\n    def g(): return x\n    return g()\nfor a in f(): repr(a)", "?"),
]

ENDS = [
    ("if x: return 1\n    raise", "int"),
    ("if x: return 1\n    raise NotImplementedError", "?"),
    ("if x: return 1\n    while 0: pass", "int | None"),
    ("while 1: return 1", "int"),
    ("while True:\n        for y in x: break\n        return 1", "int | None"),
    ("try: print()\n    finally: return 1", "int"),
    ("if x: return 1\n    try: print()\n    finally: print()", "int | None"),
    ("try: return 1\n    except E: return 2\n    else: print()", "int"),
    ("try: print()\n    except E: return 2\n    else: return 1", "int"),
    ("try: print()\n    except E: return 2\n    else: print()", "int | None"),
    ("try: print()\n    except E: return 1", "int | None"),
    ("if x: return 1\n    else: print()", "int | None"),
    ("if x: print()\n    else: return 1", "int | None"),
    ("if x: return 1\n    else: return 2", "int"),
]

MIXIN = "class M:\n    def _m(self): return 1\nclass C(M, A): pass"
OWN = "class A:\n    def _m(self): return 'a'\n"
USE = "    def g(self): repr(self._m())\n"
RETURNS = [
    (f"{OWN}{USE}{MIXIN}", "str | int"),
    (f"{OWN}{USE}class C(Unknown, A): pass", "?"),
    (f"{OWN}{USE}class C(A, Unknown): pass", "str"),
    (f"{OWN}class B(A): pass\nclass C(A):\n    def _m(self): return 1\nclass D(B, C):\n{USE}", "int"),
    ("def f(): return 'a'\nrepr(f())", "str"),
    ("def f(x):\n    if x: return 'a'\n    return 'b'\nrepr(f(1))", "str"),
    ("def f(x):\n    if x: return 'a'\n    return 1\nrepr(f(1))", "str | int"),
    ("def f(x):\n    if x: return 'a'\nrepr(f(1))", "str | None"),
    ("def f(x):\n    if x: return 'a'\n    return x\nrepr(f(1))", "?"),
    ("def f(x):\n    if x: return 'a'\n    else: return 'b'\nrepr(f(1))", "str"),
    ("def f(x):\n    if x: return 'a'\n    raise x\nrepr(f(1))", "str"),
    ("def f():\n    while True:\n        if c: return 'a'\nrepr(f())", "str"),
    ("def f():\n    while True:\n        if c: break\n        return 'a'\nrepr(f())", "str | None"),
    ("def f():\n    try: return 'a'\n    except E: return 'b'\nrepr(f())", "str"),
    ("def f():\n    try: return 'a'\n    except E: pass\nrepr(f())", "str | None"),
    ("def f():\n    with x: return 'a'\nrepr(f())", "str | None"),
    ("def f():\n    with open(x) as y: return 'a'\nrepr(f())", "str"),
    ("def f():\n    with open(x) as y: print(y)\nrepr(f())", "None"),
    ("def f():\n    with open(x) as y:\n        if y: return 'a'\nrepr(f())", "str | None"),
    ("def f():\n    with open(x) as y, x: return 'a'\nrepr(f())", "str | None"),
    ("import sys\ndef f():\n    try: return 'a'\n    except E: sys.exit(1)\nrepr(f())", "str"),
    ("import sys\nsys = other\ndef f():\n    try: return 'a'\n    except E: sys.exit(1)\nrepr(f())", "str | None"),
    ("def f():\n    try: return 'a'\n    except E: print(1)\nrepr(f())", "str | None"),
    ("def f():\n    try: return 'a'\n    except E: return 'b'\n    else: print()\nrepr(f())", "str"),
    ("def f():\n    try: x()\n    except E: return 'b'\n    else: print()\nrepr(f())", "str | None"),
    ("def f():\n    try: x()\n    except E: return 'b'\n    else: return 'a'\nrepr(f())", "str"),
    ("def f(x):\n    match x:\n        case 1: return 'a'\n        case _: return 'b'\nrepr(f(1))", "str"),
    ("def f(x):\n    match x:\n        case 1: print()\n        case _: return 'b'\nrepr(f(1))", "str | None"),
    ("def f(x):\n    match x:\n        case 1: return 'a'\n        case _ if x: return 'b'\nrepr(f(1))", "str | None"),
    ("def f(x):\n    match x:\n        case 1: return 'a'\n        case [y]: return 'b'\nrepr(f(1))", "str | None"),
    ("def f(x):\n    if x: return ['a']\nfor y in f(1): repr(y)", "str"),
    ("def f(x):\n    if x: return ['a']\na, b = f(1)\nrepr(a)", "str"),
    ("def f(x): pass\nfor y in f(1): repr(y)", "?"),
    ("def f(x):\n    match x:\n        case 1: return 'a'\nrepr(f(1))", "str | None"),
    ("def f(): pass\nrepr(f())", "None"),
    ("def f(): ...\nrepr(f())", "?"),
    ("def f(): raise NotImplementedError\nrepr(f())", "?"),
    ("def f(): return\nrepr(f())", "None"),
    ("def f():\n    def g(): return 1\n    return 'a'\nrepr(f())", "str"),
    ("def f(n): return f(n - 1)\nrepr(f(1))", "?"),
    ("def f(n):\n    if n: return f(n - 1)\n    return 'a'\nrepr(f(1))", "str"),
    ("def f(n):\n    if n: return f(n - 1) + 'b'\n    return 'a'\nrepr(f(1))", "str"),
    ("def f(n): return g(n) if n else 'a'\ndef g(n): return f(n) if n else 1\nrepr(f(1)); repr(g(1))", "int | str; int | str"),
    ("def f():\n    yield 1\nrepr(f())\nfor x in f(): repr(x)", "GeneratorType[int]; int"),
    ("def f():\n    yield\nfor x in f(): repr(x)", "None"),
    ("def f():\n    yield 1\n    yield from ['a']\nfor x in f(): repr(x)", "int | str"),
    ("async def f():\n    yield 1\nasync def g():\n    async for x in f(): repr(x)", "int"),
    ("async def f(): return 'a'\nasync def g(): repr(await f())", "str"),
    ("def f(): return [x for x in 'abc']\nrepr(f()); repr(f()[0])", "list[str]; str"),
    ("def f():\n    x = ['a']\n    x.append('b')\n    return x\nrepr(f()[0])", "str"),
    ("def f():\n    x = ['a']\n    g(x)\n    return x\nrepr(f()); repr(f()[0])", "list; ?"),
    ("X = ['a']\ndef f(): return X\nrepr(f()); repr(f()[0])", "list; ?"),
]

NAMES = [
    ("def f(): return 'a'\nf = 1\nrepr(f())", "?"),
    ("def f(): return 'a'\ndef f(): return 1\nrepr(f())", "?"),
    ("if c:\n    def f(): return 'a'\nelse:\n    def f(): return 1\nrepr(f())", "?"),
    ("def g():\n    global f\n    f = h\ndef f(): return 'a'\nrepr(f())", "?"),
    ("def g(f): repr(f())\ndef f(): return 'a'", "?"),
    ("@unknown\ndef f(): return 'a'\nrepr(f())", "?"),
    ("from functools import lru_cache\n@lru_cache\ndef f(): return 'a'\nrepr(f())", "str"),
    ("from functools import lru_cache\n@lru_cache(maxsize=1)\ndef f(): return ['a']\nrepr(f()); repr(f()[0])", "list; ?"),
    ("from contextlib import contextmanager\n@contextmanager\ndef f():\n    yield 'a'\nrepr(f())", "?"),
    ("from typing import overload\n@overload\ndef f() -> str: ...\n@overload\ndef f() -> int: ...\ndef f(): pass\nrepr(f())", "?"),
    ("repr(f())", "?"),
]

CLASSES = [
    ("class C: pass\nrepr(C())", "C"),
    ("class C: pass\nx = C()\nrepr(x)", "C"),
    ("class C: pass\nC = wrap(C)\nrepr(C())", "?"),
    ("@unknown\nclass C: pass\nrepr(C())", "?"),
    ("class C(metaclass=M): pass\nrepr(C())", "?"),
    ("class C:\n    def __new__(cls): return 1\nrepr(C())", "?"),
    ("from foo import Base\nclass C(Base): pass\nrepr(C())", "C"),
    ("class C(make()): pass\nrepr(C())", "?"),
    ("from typing import TypedDict\nclass C(TypedDict):\n    a: int\nrepr(C(a=1))", "dict[str, ?]"),
    ("class C:\n    @classmethod\n    def make(cls): repr(cls())", "C"),
    ("class C:\n    def copy(self): repr(type(self)()); repr(self.__class__())", "C; C"),
    ("class C: pass\nclass D:\n    class C: pass\nrepr(C())", "?"),
]

METHODS = [
    ("class C:\n    def m(self) -> str: ...\n    def f(self): repr(self.m())", "str"),
    ("class C:\n    def m(self) -> str: ...\nC().m()\nrepr(C().m())", "str"),
    ("class C:\n    def m(self): return 'a'\n    def f(self): repr(self.m())", "?"),
    ("class C:\n    def _m(self): return 'a'\n    def f(self): repr(self._m())", "str"),
    ("class C:\n    def _m(self): return ['a']\n    def f(self): repr(self._m()); repr(self._m()[0])", "list; ?"),
    ("class C:\n    def _m(self): raise NotImplementedError\n    def f(self): repr(self._m())", "?"),
    ("class C:\n    def m(self) -> str: ...\n    def f(self): self.m = g; repr(self.m())", "?"),
    ("class C:\n    def m(self) -> str: ...\nclass D(C):\n    def m(self) -> int: ...\ndef f(x: C): repr(x.m())", "str | int"),
    ("class C:\n    def m(self) -> str: ...\nclass D(C):\n    def m(self): ...\ndef f(x: C): repr(x.m())", "?"),
    ("class C:\n    def m(self) -> str: ...\nclass D(C):\n    def f(self): repr(self.m())", "str"),
    ("from foo import B\nclass C(B):\n    def m(self) -> str: ...\n    def f(self): repr(self.m()); repr(self.n())", "str; ?"),
    ("class C:\n    @staticmethod\n    def m() -> str: ...\nrepr(C.m())", "str"),
    ("class C:\n    @classmethod\n    def m(cls) -> str: ...\nrepr(C.m())", "str"),
    ("class C:\n    @unknown\n    def m(self) -> str: ...\n    def f(self): repr(self.m())", "?"),
    ("class C:\n    async def m(self) -> str: ...\n    async def f(self): repr(await self.m())", "str"),
    ("class C:\n    @property\n    def p(self) -> str: ...\n    def f(self): repr(self.p)", "str"),
    ("class C:\n    @property\n    def p(self): return 'a'\n    def f(self): repr(self.p)", "?"),
    ("class C:\n    @property\n    def _p(self): return 'a'\n    def f(self): repr(self._p)", "str"),
    ("from functools import cached_property\nclass C:\n    @cached_property\n    def p(self) -> list[str]: ...\nrepr(C().p)", "list[str]"),
    ("class C:\n    @property\n    def p(self) -> str: ...\n    @p.setter\n    def p(self, x): ...\n    def f(self): repr(self.p)", "str"),
    ("class C:\n    def m(self) -> str: ...\n    def f(self): repr(self.m)", "?"),
    ("class C:\n    def __iter__(self):\n        yield 'a'\nfor x in C(): repr(x)", "str"),
]

WAYS = "@classmethod\n    def make(cls, n): return cls(n)\n    @staticmethod\n    def sep(): return ', '\n    def m(self): return 'a'\n"
PUBLIC = f"class C:\n    {WAYS}    @property\n    def p(self): return 'a'\n"
ASKED = "    def f(self): repr(self.m()); repr(self.sep()); repr(self.p); repr(self.make(1))\n"

CLOSED = [
    (f"{PUBLIC}{ASKED}", "?; ?; ?; ?"),
    (f"{PUBLIC}{ASKED}".replace("C:", "_C:"), "str; str; str; _C"),
    (f"from typing import final\n@final\n{PUBLIC}{ASKED}", "str; str; str; C"),
    (f"{PUBLIC}repr(C.sep()); repr(C.make(1)); repr(C.make(1).sep()); repr(C.m(C()))", "str; C; ?; str"),
    (f"{PUBLIC}repr(C().m()); repr(C().p); repr(C().make(1).p)", "str; str; ?"),
    (f"{PUBLIC}c = C()\nrepr(c.m()); repr(c.p)", "?; ?"),
    (f"{PUBLIC}def g():\n    c = C()\n    repr(c.m()); repr(c.p)", "str; str"),
    (f"{PUBLIC}def g(x):\n    c = C()\n    if x: c = x.c\n    repr(c.m()); repr(c.p)", "?; ?"),
    (f"{PUBLIC}def g(c: C): repr(c.m()); repr(c.p)", "?; ?"),
    (f"{PUBLIC}{ASKED}class D(_C): pass\n".replace("class C:", "class _C:"), "?; ?; ?; ?"),
    (f"{PUBLIC}{ASKED}class _D(_C): pass\n".replace("class C:", "class _C:"), "str; str; str; _C"),
    (f"{PUBLIC}{ASKED}class _D(_C):\n    def m(self): return 1\n".replace("class C:", "class _C:"), "str | int; str; str; _C"),
    (f"{PUBLIC}{ASKED}class _D(_C):\n    m = y\n".replace("class C:", "class _C:"), "?; str; str; _C"),
    (f"{PUBLIC}{ASKED}C = _C\n".replace("class C:", "class _C:"), "?; ?; ?; ?"),
    (f"{PUBLIC}{ASKED}__all__ = ['_C']\n".replace("class C:", "class _C:"), "?; ?; ?; ?"),
    (
        f"from enum import Enum\n{PUBLIC}    A = 1\n    def f(self): repr(self.m()); repr(self.p)\nrepr(C.A.m())".replace("C:", "C(Enum):"),
        "str; str; str",
    ),
    (f"from foo import B\n{PUBLIC}    def g(self): repr(self.m())\n".replace("class C:", "class _C(B):"), "str"),
    ("class _C:\n    def m(self): raise NotImplementedError\n    def f(self): repr(self.m())", "?"),
    ("class _C:\n    def m(self): ...\n    def f(self): repr(self.m())", "?"),
    ("class _C:\n    async def m(self): return 'a'\n    def f(self): repr(self.m())", "CoroutineType[str]"),
    ("class _C:\n    @unknown\n    def m(self): return 'a'\n    def f(self): repr(self.m())", "?"),
    ("from abc import abstractmethod\nclass _C:\n    @abstractmethod\n    def m(self): return 'a'\n    def f(self): repr(self.m())", "?"),
    (
        "from functools import cached_property\nclass _C:\n    @cached_property\n    def p(self): return 'a'\n    def f(self): repr(self.p)",
        "str",
    ),
    (
        "class C:\n    @classmethod\n    def make(cls) -> 'C': ...\n    @property\n    def p(self) -> str: ...\nrepr(C.make().p); repr(C.p)",
        "str; ?",
    ),
    (
        "from typing import Self\nclass C:\n    def me(self) -> Self: ...\n    @property\n    def p(self) -> str: ...\nrepr(C().me().p)",
        "str",
    ),
]


@pytest.mark.parametrize(("body", "expected"), ENDS)
def test_a_body_that_ends_or_does_not(shown: Shown, body: str, expected: str) -> None:
    assert shown(f"def f(x):\n    {body}\nrepr(f(1))") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(k: type[int]): repr(k())", "?"),
        ("def f(k: type): repr(k())", "?"),
        ("class C(metaclass=M): pass\nclass D(C): pass\nrepr(D())", "?"),
        ("class D: pass\nrepr(D())", "D"),
        ("from foo import Thing\nclass C: pass\ndef f(x: Thing[C]): repr(x())", "?"),
        ("class _C:\n    @wrapped\n    def x(self): return 1\nrepr(_C().x); repr(_C().x())", "?; ?"),
        ("class _C:\n    @property\n    def x(self): return 1\nrepr(_C().x); repr(_C().x())", "int; ?"),
    ],
)
def test_a_class_that_is_called(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


PATCHES = [
    "C.sep = lambda: 1",
    "C.sep = staticmethod(g)",
    "def patch(c): c.sep = g",
    "def patch(cls): setattr(cls, 'sep', g)",
    "def patch(cls, name): setattr(cls, name, g)",
    "setattr(C, 'sep', g)",
    "setattr(C, y, g)",
    "C.__dict__['sep'] = g",
    "vars(C)['sep'] = g",
    "C = wrap(C)",
    "def patch(c): c.__class__ = D",
]


@pytest.mark.parametrize("patch", PATCHES)
def test_a_method_that_the_file_may_replace(shown: Shown, patch: str) -> None:
    assert shown(f"{PUBLIC}{patch}\nrepr(C.sep())") == "?"


PROPERTIES = [
    ("C.p = property(g)", "?"),
    ("def patch(c): c.p = g", "str"),
    ("def patch(c: C): c.p = g", "str"),
    ("def patch(cls: type[C]): cls.p = g", "?"),
    ("setattr(C, 'p', g)", "?"),
]


@pytest.mark.parametrize(("patch", "expected"), PROPERTIES)
def test_a_property_that_the_file_may_replace(shown: Shown, patch: str, expected: str) -> None:
    assert (
        shown(f"class C:\n    @property\n    def p(self): return 'a'\n    @p.setter\n    def p(self, v): ...\n{patch}\nrepr(C().p)")
        == expected
    )


@pytest.mark.parametrize(("source", "expected"), [*CLOSED, *ANNOTATED, *HANDED_OVER, *RETURNS, *NAMES, *CLASSES, *METHODS])
def test_a_call(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
