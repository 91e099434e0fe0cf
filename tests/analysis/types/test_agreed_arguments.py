"""Parameters without annotation, of functions whose every call is in sight."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

AGREED = [
    ("def f():\n    def g(x): repr(x)\n    g('a')", "str"),
    ("def f():\n    def g(x): repr(x)\n    g('a'); g(x='b')", "str"),
    ("def f():\n    def g(x): repr(x)\n    g('a'); g(1)", "str | int"),
    ("def f():\n    def g(x, y=2): repr(y)\n    g('a'); g(1, 3)", "int"),
    ("def f():\n    def g(x, y=None): repr(y)\n    g('a'); g(1, 3)", "None | int"),
    ("def f():\n    def g(x):\n        repr(x)\n        g(x + 'b')\n    g('a')", "str"),
    ("def f():\n    def g(*, x): repr(x)\n    g(x=1)", "int"),
    ("def f():\n    async def g(x): repr(x)\n    g(1)", "int"),
    ("def f():\n    def g(x): return lambda: repr(x)\n    g(1)", "int"),
    ("def f():\n    def g(x, y): repr(x)\n    g(y='b', x=1)", "int"),
    ("def f(c):\n    def g(x): repr(x)\n    if c:\n        def g(x): return x\n    g(1)", "int"),
    ("import builtins\nclass C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a'); builtins.print(1)", "str"),
    ("def f():\n    def g(x, /, **y): repr(x)\n    g('a', x=1)", "str"),
    ("def _g(x): repr(x)\n_g('a')", "str"),
    ("def _g(x): repr(x)\ndef f(y: int): _g(y)", "int"),
    ("class C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')", "str"),
    ("class C:\n    def _g(self, x): repr(x)\n    def f(self): self._g(x='a')\nC()._g('b')", "str"),
    ("class C:\n    def __g(self, x): repr(x)\n    def f(self): self.__g('a')", "str"),
    ("class C:\n    def _g(self, x): repr(x)\n    def f(self, o): self._g('a'); o.eval()", "str"),
    ("class C:\n    def _g(self, x): repr(x)\nclass D(C):\n    def f(self): super()._g(1)", "int"),
    ("class C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a'); getattr(self, 'other')", "str"),
    ("import enum\nclass C(enum.IntFlag):\n    A = 1\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')", "str"),
    ("from threading import Thread\nclass C(Thread):\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')", "str"),
]

NOT_IN_SIGHT = [
    ("never called", "def f():\n    def g(x): repr(x)"),
    ("public", "def g(x): repr(x)\ng('a')"),
    ("a public method", "class C:\n    def g(self, x): repr(x)\n    def f(self): self.g('a')"),
    ("an argument that is not known", "def f(y):\n    def g(x): repr(x)\n    g('a'); g(y)"),
    ("None alone", "def f():\n    def g(x=None): repr(x)\n    g()"),
    ("handed on", "def f(h):\n    def g(x): repr(x)\n    g('a'); h(g)"),
    ("handed back", "def f():\n    def g(x): repr(x)\n    g('a')\n    return g"),
    ("another name", "def f(y):\n    def g(x): repr(x)\n    g('a'); h = g; h(y)"),
    ("a decorator", "def f(h):\n    @h\n    def g(x): repr(x)\n    g('a')"),
    ("it decorates", "def f():\n    def g(x): repr(x)\n    g('a')\n    @g\n    def h(): pass"),
    ("bound twice", "def f(h):\n    def g(x): repr(x)\n    g = h(g)\n    g('a')"),
    ("a nonlocal", "def f(h):\n    def g(x): repr(x)\n    def k():\n        nonlocal g\n        g = h\n    g('a')"),
    ("locals()", "def f(h):\n    def g(x): repr(x)\n    g('a'); h(locals())"),
    ("eval in a function inside", "def f(h):\n    def g(x): repr(x)\n    g('a')\n    def k(): eval(h)"),
    ("starred", "def f(h):\n    def g(x): repr(x)\n    g(*h)"),
    ("starred before it", "def f(h):\n    def g(y, x): repr(x)\n    g(*h, 'a')"),
    ("double starred", "def f(h):\n    def g(x): repr(x)\n    g(**h)"),
    ("double starred over a default", "def f(h):\n    def g(x='a'): repr(x)\n    g(**h)"),
    ("rebound in the body", "def f(h):\n    def g(x):\n        x = h\n        repr(x)\n    g('a')"),
    ("a private function handed on", "def _g(x): repr(x)\n_g('a')\nTABLE = {'g': _g}"),
    ("exported", "__all__ = ['_g']\ndef _g(x): repr(x)\n_g('a')"),
    ("globals()", "def _g(x): repr(x)\n_g('a')\nglobals()['_' + y](1)"),
    ("a call that raises", "def f(y):\n    def g(x): repr(x if y else 1)\n    g()"),
    ("a name that is spelled", "import me\ndef _g(x): repr(x)\n_g('a')\ngetattr(me, '_g')(1)"),
    ("the module itself, handed on", "from importlib import import_module as load\ndef _g(x): repr(x)\n_g('a')\nh(load(__name__))"),
    ("global in a class", "class C:\n    global _g\n    def _g(y, x): repr(x)\n    def f(self): self._g('a')\n_g(1, 2)"),
    ("getattr that is given its arguments", "class C:\n    def _g(self, x): repr(x)\n    def f(self, n): self._g('a'); getattr(*n)(1)"),
    ("super() outside of a method", "class C:\n    def _g(self, x): repr(x)\nclass D(C):\n    super()._g('a')"),
    ("a base that calls it", "from argparse import ArgumentParser\nclass C(ArgumentParser):\n    def _check_value(self, action, x): repr(x)\n    def f(self): self._check_value(1, 'a')"),
    ("a method that an operator calls", "class C:\n    def __call__(self, x): repr(x)\n    def f(self): self.__call__('a')\nC()(1)"),
    ("through the class, on itself", "class C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a'); C._g(self, 1)"),
    ("getattr by an assignment", "class C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')\nx = getattr"),
    ("getattr handed on with a name", "class C:\n    def _g(self, x): repr(x)\n    def f(self, n): self._g('a'); n(getattr, 'x')"),
    ("globals() by name", "def _g(x): repr(x)\n_g('a')\ndef f(): globals()['_g'](1)"),
    ("by way of the module", "import sys\ndef _g(x): repr(x)\n_g('a')\ngetattr(sys.modules[__name__], '_' + y)(1)"),
    ("an attribute of that name", "import me\ndef _g(x): repr(x)\n_g('a')\nme._g(1)"),
    ("exec", "def _g(x): repr(x)\n_g('a')\nexec(y)"),
    ("a dunder", "def __getattr__(x): repr(x)\n__getattr__('a')"),
    ("a method handed on", "class C:\n    def _g(self, x): repr(x)\n    def f(self, h): self._g('a'); h(self._g)"),
    ("a method stored", "class C:\n    def _g(self, x): repr(x)\n    def f(self, h): self._g('a'); self._h = self._g"),
    ("a method of a class body", "class C:\n    def _g(self, x): repr(x)\n    g = _g\n    def f(self): self._g('a')"),
    ("a static method", "class C:\n    @staticmethod\n    def _g(x): repr(x)\n    def f(self): self._g('a')"),
    ("a class method", "class C:\n    @classmethod\n    def _g(cls, x): repr(x)\n    def f(self): self._g('a')"),
    ("getattr by a name put together", "class C:\n    def _g(self, x): repr(x)\n    def f(self, n): self._g('a'); getattr(self, '_' + n)(1)"),
    ("getattr by name", "class C:\n    def _g(self, x): repr(x)\n    def f(self, n): self._g('a'); getattr(self, '_g')(1)"),
    ("getattr handed on", "class C:\n    def _g(self, x): repr(x)\n    def f(self, n): self._g('a'); n(getattr)"),
    ("getattr of the module", "import builtins\nclass C:\n    def _g(self, x): repr(x)\n    def f(self, n): self._g('a'); builtins.getattr(self, n)(1)"),
    ("getattr by another name", "from builtins import getattr as take\nclass C:\n    def _g(self, x): repr(x)\n    def f(self, n): self._g('a'); take(self, n)(1)"),
    ("methodcaller", "from operator import methodcaller\nclass C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')"),
    ("__dict__", "class C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')\nC.__dict__[y](C(), 1)"),
    ("a base from outside", "from foo import B\nclass C(B):\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')"),
    ("a base from outside, below", "from foo import B\nclass C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')\nclass D(C, B): pass"),
    ("a metaclass", "class C(metaclass=M):\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')"),
    ("a class decorator", "@deco\nclass C:\n    def _g(self, x): repr(x)\n    def f(self): self._g('a')"),
    ("an object of no known class", "class C:\n    def _g(self, x): repr(x)\n    def f(self, o): self._g('a'); o._g('b')"),
    ("through the class", "class C:\n    def _g(self, x): repr(x)\n    def f(self, o): self._g('a'); C._g(o, 1)"),
    ("super() of a class method", "class C:\n    def _g(self, x): repr(x)\nclass D(C):\n    @classmethod\n    def f(cls, o): super()._g(o, 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("program", "expected"), AGREED, ids=[program for program, _ in AGREED])
def test_what_all_calls_pass(shown: Shown, program: str, expected: str) -> None:
    assert shown(program) == expected


@pytest.mark.parametrize("program", [program for _, program in NOT_IN_SIGHT], ids=[name for name, _ in NOT_IN_SIGHT])
def test_calls_that_may_stand_elsewhere(shown: Shown, program: str) -> None:
    assert shown(program) == "?"


def test_a_subclass_of_a_builtin_stays_what_it_is(shown: Shown) -> None:
    assert shown("class S(str): pass\ndef f():\n    def g(x): repr(x)\n    g(S('a'))") == "S"
