"""Which decorators do not care what the defaults of a function are."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.decorators import has, looks_at_defaults

WRAPS = "def deco(f):\n    def w({}): return {}\n    return w\n"
FACTORY = "def deco(n):\n    def wrap(f): return f\n    {}\n"


def last(source: str) -> tuple[ast.FunctionDef, Module]:
    """The function that stands last."""
    module = Module(source, ast.parse(source))
    return max((node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)), key=lambda node: node.lineno), module


@pytest.mark.parametrize(
    ("head", "decorator"),
    [
        ("", "staticmethod"), ("import pytest", "pytest.mark.slow"), ("import pytest", "pytest.mark.parametrize('a', [1])"),
        ("from functools import lru_cache", "lru_cache"), ("from functools import lru_cache", "lru_cache(maxsize=3)"),
        ("try:\n    from typing import override\nexcept ImportError:\n    from typing_extensions import override", "override"),
        ("@property\ndef f(self): pass", "f.setter"), ("import abc\n@abc.abstractproperty\ndef f(self): pass", "f.getter"),
        ("def deco(f): return f", "deco"), (FACTORY.format("return wrap"), "deco(1)"),
        ("import functools\ndef deco(f): return functools.lru_cache(f)", "deco"),
        ("import functools\ndef deco(f): return functools.lru_cache(maxsize=3)(f)", "deco"), (WRAPS.format("*a", "f(*a)"), "deco"),
        (WRAPS.format("a", "f(a.b, 1, k=a)"), "deco"), (WRAPS.format("a=1", "f(a)"), "deco"), ("def deco(f):\n    print(f.__name__)\n    return f", "deco"),
        ("def deco(f):\n    print(f'{f}')\n    return f", "deco"),
    ],
)  # fmt: skip
def test_a_decorator_that_leaves_the_defaults_alone(head: str, decorator: str) -> None:
    assert looks_at_defaults(*last(f"{head}\n@{decorator}\ndef f(x=[]): pass\n")) is None


@pytest.mark.parametrize(
    ("head", "decorator"),
    [
        ("", "unknown"), ("", "unknown(1)"), ("from m import lru_cache", "lru_cache"), ("from . import lru_cache", "lru_cache"),
        ("def staticmethod(f): return f.__defaults__", "staticmethod"), ("import pytest", "pytest.fixture"),
        ("try:\n    from typing import override\nexcept ImportError:\n    from mine import override", "override"),
        ("try:\n    from typing import override\nexcept ImportError:\n    import override", "override"),
        ("@property\ndef f(self): pass", "f.setter()"), ("@property\ndef f(self): pass", "f.other"), ("f = property(g)", "f.setter"),
        ("def f(self): pass", "f.setter"), ("@property\ndef f(self): pass\nf = g", "f.setter"), ("@g\ndef f(self): pass", "f.setter"),
        ("", "a.f.setter"), ("@other\ndef deco(f): return f", "deco"), (f"@other\n{FACTORY.format('return wrap')}", "deco(1)"), ("def deco(n): return n", "deco(1)"), ("def deco(n): return n.a", "deco(1)"),
        ("def deco(n):\n    @other\n    def wrap(f): return f\n    return wrap", "deco(1)"), ("def deco(f, g): return f", "deco"),
        ("def deco(f, *g): return f", "deco"), ("def deco(f, *, g=1): return f", "deco"), ("def deco(f=None): return f", "deco"), ("def deco(): pass", "deco"),
        ("def deco(f):\n    f = g(f)\n    return f", "deco"), ("def deco(f):\n    g = f\n    return f", "deco"), ("def deco(f):\n    exec('1')\n    return f", "deco"),
        ("def deco(f):\n    def w(): return locals()\n    return f", "deco"), (FACTORY.format("if n: return wrap\n    return None"), "deco(1)"),
        (FACTORY.format("def other(f): return f\n    if n: return wrap\n    return other"), "deco(1)"), (FACTORY.format("wrap = other\n    return wrap"), "deco(1)"),
        (FACTORY.format("return n"), "deco(1)"), ("def deco(f): return other(3)(f)", "deco"), ("def deco(f): return other(f)", "deco"),
        (WRAPS.format("", "f(None)"), "deco"), (WRAPS.format("", "f(k=None)"), "deco"), (WRAPS.format("a=None", "f(a)"), "deco"),
        (WRAPS.format("a", "f(1 if a else None)"), "deco"), (WRAPS.format("a", "f(a or None)"), "deco"), ("def deco(f): return f.__defaults__", "deco"),
        ("def deco(f): return [f]", "deco"), ("class deco: pass", "deco"),
    ],
)  # fmt: skip
def test_a_decorator_that_may_look_at_them(head: str, decorator: str) -> None:
    assert looks_at_defaults(*last(f"{head}\n@{decorator}\ndef f(x=[]): pass\n")) is not None


@pytest.mark.parametrize(
    ("head", "decorator", "expected"),
    [
        ("from typing import overload", "overload", True), ("import typing_extensions as t", "t.overload", True), ("", "overload", False),
        ("from . import overload", "overload", False), ("from typing import final", "final", False),
    ],
)  # fmt: skip
def test_what_a_function_is_decorated_with(head: str, decorator: str, expected: bool) -> None:
    function, module = last(f"{head}\n@{decorator}\ndef f(x=[]): pass\n")
    assert has(function, "overload", module) is expected
