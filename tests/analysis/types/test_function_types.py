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
    ("async def f() -> str: ...\nrepr(f())", "CoroutineType[str]"),
    ("from typing import Iterator\ndef f() -> Iterator[str]:\n    yield 'a'\nfor x in f(): repr(x)", "str"),
    ("from typing import AsyncIterator\nasync def f() -> AsyncIterator[str]:\n    yield 'a'\nasync def g():\n    async for x in f(): repr(x)", "str"),
    ("f = lambda: 'a'\nrepr(f())", "str"),
    ("repr((lambda: 'a')())", "str"),
    ("from typing import Callable\ndef g(f: Callable[[int], str]): repr(f(1))", "str"),
]

RETURNS = [
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


@pytest.mark.parametrize(("source", "expected"), [*ANNOTATED, *RETURNS, *NAMES, *CLASSES, *METHODS])
def test_a_call(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
