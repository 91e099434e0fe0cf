"""What runs at definitions, managers, attributes, patterns and raised classes, without a call being written."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.calls.summaries import CallEffect
from codemods.analysis.module import Module
from tests.analysis.calls.telling import told

Facts = Callable[[str], Module]

HEAD = """
import contextlib, dataclasses, decimal, functools, io, operator, threading, zipfile, elsewhere
N = []
def bind():
    global N
    N = 1
def evil(f): N.clear(); return f
async def late(f): bind()
HERE
def f(g, xs: list):
    STATEMENT
"""


def effects(module: Module, statement: ast.stmt) -> list[CallEffect]:
    inside = list(ast.walk(statement))
    match statement:
        case ast.With():
            return [module.implicit.of_manager(one) for one in statement.items]
        case ast.Raise() | ast.Try():
            return [effect for one in inside if isinstance(one, ast.Raise) for effect in module.implicit.of_raise(one)]
        case ast.FunctionDef() | ast.ClassDef():
            return module.implicit.of_definition(statement)
        case ast.Match():
            return [effect for one in inside if isinstance(one, ast.MatchClass) for effect in module.implicit.of_pattern(one)]
        case ast.Expr(value=ast.Call() as call):
            return [module.effect_of_call(call)]
        case _:
            return [effect for one in inside if isinstance(one, ast.Attribute) for effect in module.implicit.of_attribute(one, one.attr)]


DEFINITIONS = [
    ("", "def k(): pass", ""), ("", "@evil\ndef k(): pass", "variables N"), ("", "@late\ndef k(): pass", "unknown @late"),
    ("", "@g\ndef k(): pass", "unknown @g"), ("", "@functools.cache\ndef k(): pass", "nothing"),
    ("", "@functools.lru_cache(3)\ndef k(): pass", "nothing"), ("", "@elsewhere.x\ndef k(): pass", "unknown @elsewhere.x"),
    ("", "@property\ndef k(): pass", "nothing"), ("", "@k.setter\ndef k(): pass", "nothing"),
    ("", "@k.other\ndef k(): pass", "unknown @k.other"),
    ("", "@functools.partial(evil, 1)\ndef k(): pass", "unknown @functools.partial(evil, 1)"),
    ("", "@operator.call\ndef k(): pass", "unknown @operator.call"), ("", "@evil(1)\ndef k(): pass", "unknown @evil(1)"),
    ("", "@dataclasses.dataclass\nclass K: pass", "nothing"), ("", "@evil\nclass K: pass", "variables N"),
    ("class Meta(type): pass", "class K(metaclass=Meta): pass", "unknown class K"),
    ("", "class K(flag=1): pass", ""), ("", "class K(**g): pass", "unknown class K"), ("import abc", "class K(metaclass=abc.ABCMeta): pass", ""),
    ("", "class K(metaclass=type): pass", ""),
    ("class B1:\n    def __init_subclass__(cls): bind()", "class K(B1): pass", "binds N"),
    ("class B1:\n    def __init_subclass__(cls): cls[0] = 1", "class K(B1): pass", "nothing"),
    ("class B1:\n    def __init_subclass__(cls): cls[0][0] = 1", "class K(B1): pass", "elsewhere __init_subclass__"),
    ("class B1:\n    @evil\n    def __init_subclass__(cls): pass", "class K(B1): pass", "unknown __init_subclass__"),
    ("class B1:\n    def other(cls): bind()", "class K(B1): pass", ""),
    ("class B1:\n    def __init_subclass__(cls): bind()", "class K(B1, elsewhere.C): pass", "binds N"),
]  # fmt: skip


RAISED_CLASS = "class K(Exception):\n    def __init__(self): bind()\n"

RAISED = [
    ("class K:\n    def __init__(self): bind()", "raise K", "binds N"),
    ("class K:\n    def __init__(self): bind()", "raise ValueError from K", "binds N"),
    ("class K:\n    def __init__(self): bind()", "raise K()", ""),
    ("class K:\n    def __init__(self): bind()\nK2 = K", "raise K2", ""),
    (f"{RAISED_CLASS}K2 = K", "raise K2", "binds N"), ("class K(Exception): pass", "raise g", ""),
    (RAISED_CLASS, "raise g", "binds N"), (RAISED_CLASS, "raise xs[0]", "binds N"), (RAISED_CLASS, "raise g.error", "binds N"),
    (RAISED_CLASS, "raise g or K", "binds N"), (RAISED_CLASS, "raise ValueError from g", "binds N"), (RAISED_CLASS, "raise g from None", "binds N"),
    (RAISED_CLASS, "raise elsewhere", ""), (RAISED_CLASS, "raise elsewhere.J", ""), (RAISED_CLASS, "raise elsewhere.K", "binds N"),
    (RAISED_CLASS, "raise elsewhere.J()", ""), (RAISED_CLASS, "raise ValueError('x')", ""), (RAISED_CLASS, "raise K() from None", ""),
    (f"{RAISED_CLASS}def made(): return K", "raise made()", "binds N"), (f"{RAISED_CLASS}def made(): return 'x'", "raise made()", ""),
    (f"{RAISED_CLASS}error = ValueError()", "raise error", ""), (f"{RAISED_CLASS}error = ValueError", "raise error", ""),
    (f"{RAISED_CLASS}error = None\ntry: pass\nexcept K as e: error = e", "raise error", ""),
    (f"{RAISED_CLASS}error = None\nfor error in g: pass", "raise error", "binds N"), (f"{RAISED_CLASS}error, _ = K, 1", "raise error", "binds N"),
    (f"{RAISED_CLASS}error = a = b = c = ValueError()", "raise error", ""), (f"{RAISED_CLASS}a = ValueError()\nb = a\nc = b", "raise c", "binds N"),
    (f"{RAISED_CLASS}a = ValueError()\nb = a", "raise b", ""),
    (RAISED_CLASS, "try: pass\nexcept E as e: raise e", ""), (f"{RAISED_CLASS}class K3(K): pass", "raise g", "binds N | binds N"),
    ("class K(Exception):\n    def __new__(cls): bind()", "raise g", "binds N"),
    ("@dataclasses.dataclass\nclass K(Exception):\n    def __post_init__(self): bind()", "raise g", "binds N"),
    ("class K(Exception):\n    def __init__(self): self.x = 1", "raise g", "nothing"),
    ("class K(Exception):\n    def show(self): bind()", "raise g", ""), ("class K: pass", "raise elsewhere.J", ""),
    ("class K: pass", "raise ValueError", ""), ("class K: pass", "raise", ""), ("", "try: pass\nexcept E as e: raise e", ""),
]  # fmt: skip


MANAGERS = [
    ("", "with zipfile.ZipFile(g): pass", "nothing"), ("", "with open(g): pass", "nothing"),
    ("", "with contextlib.suppress(E): pass", "nothing"), ("", "with threading.Lock(): pass", "nothing"),
    ("import os", "with os.scandir(g): pass", "nothing"), ("", "with elsewhere.x(): pass", "unknown with elsewhere.x()"), ("", "with g: pass", "unknown with g"),
    ("", "with contextlib.ExitStack(): pass", "unknown with contextlib.ExitStack()"),
    ("@contextlib.contextmanager\ndef k():\n    bind()\n    yield", "with k(): pass", "binds N"),
    ("@contextlib.contextmanager\ndef k(v):\n    v[0] = 1\n    yield", "with k(xs): pass", "changes xs"),
    ("def k(): bind()", "with k(): pass", "unknown with k()"),
    ("@elsewhere.manager\ndef k(): bind()", "with k(): pass", "unknown with k()"),
    ("class K:\n    def __enter__(self): bind()\n    def __exit__(self, *rest): pass", "with K(): pass", "binds N"),
    ("class K:\n    def __enter__(self): pass\n    def __exit__(self, *rest): N[0] = 1", "with K(): pass", "variables N"),
    ("class K:\n    def __enter__(self): self[0] = 1\n    def __exit__(self, *rest): pass", "k = K()\nwith k: pass", "changes k"),
    ("class K:\n    def __enter__(self): self.m()\n    def __exit__(self, *rest): pass", "k = K()\nwith k: pass", "unknown self.m(); changes k"),
    ("class K:\n    def __enter__(self): self[0][0] = 1\n    def __exit__(self, *rest): pass", "k = K()\nwith k: pass", "elsewhere __enter__"),
    ("class K:\n    def __enter__(self): self[0][0] = 1; N[0][0] = 2\n    def __exit__(self, *rest): pass", "k = K()\nwith k: pass", "elsewhere N[0]"),
    ("class K:\n    @evil\n    def __enter__(self): pass\n    def __exit__(self, *rest): pass", "k = K()\nwith k: pass", "unknown __enter__"),
    ("class K:\n    def __exit__(self, *rest): pass", "with K(): pass", "unknown __enter__"),
    ("class K:\n    def __new__(cls): return N\n    def __enter__(self): pass\n    def __exit__(self, *rest): pass", "with K(): pass", "unknown with K()"),
    ("", "lock: threading.Lock = g\nwith lock: pass", "nothing"), ("", "file: io.StringIO = g\nwith file: pass", "nothing"),
    ("", "text: str = g\nwith text: pass", "unknown with text"),
]  # fmt: skip


ATTRIBUTES = [
    ("class K:\n    @property\n    def x(self): bind()", "g.x", "binds N"),
    ("class K:\n    @property\n    def x(self): bind()", "g.x = 1", ""),
    ("class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): bind()", "g.x = 1", "binds N"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.deleter\n    def x(self): bind()", "del g.x", "binds N"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): bind()", "g.x", "nothing"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.getter\n    def x(self): bind()", "g.x", "nothing | binds N"),
    ("class K:\n    @functools.cached_property\n    def x(self): bind()", "g.x", "binds N"),
    ("class K:\n    @staticmethod\n    def x(): bind()", "g.x", ""),
    ("class K:\n    @functools.lru_cache(None)\n    def x(self): bind()", "g.x", ""),
    ("class K:\n    @elsewhere.x(1)\n    def x(self): bind()", "g.x", "binds N"), ("class K:\n    def x(self): bind()", "g.x", ""),
    ("class K:\n    @property\n    def x(self): self[0] = 1", "g.x", "changes g"),
    ("class K:\n    @property\n    def x(self): self[0][0] = 1", "g.x", "inside g"),
    ("class K:\n    x = property(bind)", "g.x", "binds N"), ("class K:\n    x = property(elsewhere.get)", "g.x", "unknown g.x"),
    ("class K:\n    x = elsewhere.prop(bind)", "g.x", ""), ("class K: pass\nK.x = property(bind)", "g.x", "binds N"),
    ("class K: pass\nK.x = elsewhere.prop(bind)", "g.x", ""), ("class K:\n    x = property(None, late)", "g.x = 1", "binds N"),
    ("class K:\n    x = property(None, late)", "g.x", "unknown g.x"), ("class K:\n    x = property(*N)", "g.x", "unknown g.x"),
    ("class K:\n    x = property(*N)", "g.x = 1", "unknown g.x"), ("class K:\n    x = property(**N)", "g.x = 1", "unknown g.x"),
    ("class K:\n    x = property(**N)", "g.x", "unknown g.x"), ("", "g.__annotations__", "unknown ….__annotations__"),
    ("", "g.__value__", "unknown ….__value__"), ("class K:\n    @property\n    def x(self): bind()", "getattr(g, 'x')", "binds N"),
    ("class K:\n    @property\n    def x(self): bind()", "getattr(g, 'y')", "nothing"),
    ("class K:\n    @property\n    def x(self): bind()", "getattr(g, xs)", "binds N"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): bind()", "getattr(g, xs)", "nothing"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): bind()", "setattr(g, xs, 1)", "unknown setattr(…); binds N"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): bind()", "setattr(g, 'x', 1)", "sets x; binds N"),
    ("class K:\n    @property\n    def x(self): bind()", "hasattr(*g)", "unknown hasattr(…)"),
    ("class K:\n    @property\n    def x(self): bind()", "hasattr(g, *xs)", "unknown hasattr(…)"),
    ("class K:\n    @property\n    def x(self): bind()", "hasattr()", "unknown hasattr(…)"), ("", "hasattr(*g)", "nothing"),
    ("class K:\n    @property\n    def x(self): bind()", "match g:\n    case K(x=1): pass", "binds N"),
    ("class K:\n    @property\n    def x(self): bind()", "match g:\n    case K(y=1): pass", ""),
    ("class K:\n    @property\n    def x(self): bind()", "match g:\n    case K(1): pass", "binds N"),
    ("class K:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, v): bind()", "match g:\n    case K(1): pass", "nothing"),
    ("class K:\n    @property\n    def x(self): self[0] = 1", "match g:\n    case [K(x=1)]: pass", "changes g"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "statement", "expected"), [*DEFINITIONS, *RAISED, *MANAGERS, *ATTRIBUTES])
def test_what_runs_unseen(head: str, statement: str, expected: str, facts: Facts) -> None:
    indented = statement.replace("\n", "\n    ")
    module = facts(HEAD.replace("HERE", head).replace("STATEMENT", indented))
    last = module.tree.body[-1].body[-1]  # type: ignore[attr-defined]
    assert " | ".join(told(one) or "nothing" for one in effects(module, last)) == expected


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("class C:\n    @property\n    def x(self): pass", True), ("class C:\n    @property\n    def y(self): pass", False),
        ("class C:\n    @x.setter\n    def x(self, v): pass", False), ("class C:\n    def __getattribute__(self, name): pass", True),
        ("class C:\n    def __getattr__(self, name): pass", False), ("def __getattribute__(self, name): pass", False), ("class C:\n    x = 1", False),
    ],
)  # fmt: skip
def test_an_attribute_that_is_made_anew_when_it_is_read(text: str, computed: bool, facts: Facts) -> None:
    assert facts(text).implicit.is_computed("x") is computed
