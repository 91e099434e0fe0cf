"""Code of the file that runs without being called by its name: a loop that may run it keeps its index."""

from __future__ import annotations

import ast
import textwrap

import pytest

from codemods.analysis.calls.hidden_code import AUGMENT, GET, ITERATE, KEY, LOG, OPERATE, READ, SET, STORE, UNPACK, WRITE
from codemods.analysis.module import Module
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.harness import Declines, Rewrites, check

BASE = "class Base:\n    def m(self): pass\n"
EMPTY = "class M:\n    def m(self): pass\nm = M()\n"

IT = "class M:\n    def __iter__(self):\n        xs.clear()\n        return iter((1, 2))\nm = M()\n"

RUNS = {
    "an iteration that unpacks a part": (IT, "(a, b), c = m, 1"),
    "an iteration that unpacks an element": (f"{IT}ms = [m, 1]\n", "(a, b), c = ms"),
    "an iteration that unpacks what a manager gives": (f"import contextlib\n{IT}", "with contextlib.nullcontext(m) as (a, b): pass"),
    "an iteration into a slice": (f"{IT}ys = []\n", "ys[:] = m"),
    "an iteration that extends": (f"{IT}ys = []\n", "global ys\nys += m"),
    "a generator that extends": ("ys = []\ng = (xs.clear() for _ in 'a')\n", "global ys\nys += g"),
    "an attribute that is not there and is added to": ("class M:\n    def __getattr__(self, name): xs.clear()\nm = M()\n", "m.x += 1"),
    "a property that is added to": (
        "class M:\n    @property\n    def x(self): xs.clear()\n    @x.setter\n    def x(self, value): pass\nm = M()\n",
        "m.x += 1",
    ),
    "a class pattern of an attribute that is not there": (
        "class M:\n    def __getattr__(self, name): xs.clear()\nm = M()\n",
        "match m:\n    case M(x=1): pass",
    ),
    "a property that a decorator of the file makes": (
        "def deco(f): return property(lambda self: xs.clear())\nclass M:\n    @deco\n    def x(self): pass\nm = M()\n",
        "m.x",
    ),
    "a property that a decorator's result makes": (
        "def deco(n): return lambda f: property(lambda self: xs.clear())\nclass M:\n    @deco(1)\n    def x(self): pass\nm = M()\n",
        "m.x",
    ),
    "a property that a function of the file makes": ("def make(n): return property(lambda self: xs.clear())\nclass M:\n    x = make(1)\nm = M()\n", "m.x"),
    "a property that a function makes and that is set": (
        "def make(n): return property(None, lambda self, value: xs.clear())\nclass M: pass\nM.x = make(1)\nm = M()\n",
        "m.x = 1",
    ),
    "a decorator that calls at once": ("import operator\n", "@operator.call\ndef inner(): xs.clear()"),
    "a decorator that calls another": ("import functools\ndef evil(a, b): xs.clear()\n", "@functools.partial(evil, 1)\ndef inner(): pass"),
    "an operator": ("class M:\n    def __add__(self, other): xs.clear()\nm = M()\n", "m + 1"),
    "an operator on the right": ("class M:\n    def __radd__(self, other): xs.clear()\nm = M()\n", "1 + m"),
    "an operator in place": ("class M:\n    def __iadd__(self, other): xs.clear()\nm = M()\n", "global m\nm += 1"),
    "an index in an operator": ("class M:\n    def __index__(self):\n        xs.clear()\n        return 1\nm = M()\n", "[0] * m"),
    "an index that is formatted": ("class M:\n    def __index__(self):\n        xs.clear()\n        return 1\nm = M()\n", "'%x' % (m,)"),
    "a missing key that is formatted": (
        "class M(dict):\n    def __missing__(self, key):\n        xs.clear()\n        return 1\nm = M()\n",
        "'%(a)s' % m",
    ),
    "a comparison in an operator of sets": (
        "class M:\n    def __hash__(self): return 1\n    def __eq__(self, other):\n        xs.clear()\n        return True\nm = {M()}\n",
        "m & {1}",
    ),
    "an iteration by an operator of a view": (f"{IT}d = {{}}\n", "d.keys() & m"),
    "an iteration by an operator of a view on the right": (f"{IT}d = {{}}\n", "m - d.keys()"),
    "an iteration by an operator of `Set`": (
        "import collections.abc\nclass M(collections.abc.Set):\n    def __init__(self, given=()): pass\n    def __len__(self): return 1\n"
        "    def __contains__(self, one): return True\n    def __iter__(self):\n        xs.clear()\n        return iter('a')\nm = M()\n",
        "m | {1}",
    ),
    "a constructor of `Set`": (
        "import collections.abc\nclass M(collections.abc.Set):\n    def __len__(self): return 1\n    def __iter__(self): return iter('a')\n"
        "    def __contains__(self, one): return True\n    @classmethod\n    def _from_iterable(cls, given): xs.clear()\nm = M()\n",
        "m & {1}",
    ),
    "a line of a file": ("import io\nclass M(io.TextIOBase):\n    def readline(self):\n        xs.clear()\n        return ''\nm = M()\n", "for _ in m: pass"),
    "a generator of `collections.abc`": (
        "import collections.abc\nclass M(collections.abc.Generator):\n    def send(self, value):\n        xs.clear()\n        raise StopIteration\n"
        "    def throw(self, *given): pass\nm = M()\n",
        "for _ in m: pass",
    ),
    "a key that is compared where another is looked up": (
        "class M:\n    def __hash__(self): return 1\n    def __eq__(self, other):\n        xs.clear()\n        return True\nm = {M(): 1}\n",
        "m[1]",
    ),
    "a key that is compared where another is set": (
        "class M:\n    def __hash__(self): return 1\n    def __eq__(self, other):\n        xs.clear()\n        return True\nm = {M(): 1}\n",
        "m[1] = 2",
    ),
    "an index that is stored": (
        "class M:\n    def __index__(self):\n        xs.clear()\n        return 1\nm = M()\nb = bytearray(1)\n",
        "b[0] = m",
    ),
    "a test of several classes": (
        "class Meta(type):\n    def __instancecheck__(self, one): xs.clear()\nclass M(metaclass=Meta): pass\n",
        "isinstance(1, (str, M))",
    ),
    "a class that makes a value": ("import collections\nclass M:\n    def __init__(self): xs.clear()\nd = collections.defaultdict(M)\n", "d[1]"),
    "an object that makes a value": ("import collections\nclass M:\n    def __call__(self): xs.clear()\nd = collections.defaultdict(M())\n", "d[1]"),
    "a function that is to make a value": ("import collections\nd = collections.defaultdict()\nd.default_factory = xs.clear\n", "d[1]"),
    "an operator that is another method": ("class M:\n    def go(self, other): xs.clear()\n    __add__ = go\nm = M()\n", "m + 1"),
    "an operator that is a lambda": ("class M:\n    __add__ = lambda self, other: xs.clear()\nm = M()\n", "m + 1"),
    "an operator given to the class later": (f"{EMPTY}def evil(self, other): xs.clear()\nM.__add__ = evil\n", "m + 1"),
    "a truth value": ("class M:\n    def __bool__(self): xs.clear()\nm = M()\n", "if m: pass"),
    "a truth value in a condition": ("class M:\n    def __bool__(self): xs.clear()\nm = M()\n", "m and 1"),
    "a truth value in a choice": ("class M:\n    def __bool__(self): xs.clear()\nm = M()\n", "1 if m else 2"),
    "a truth value in a comprehension": ("class M:\n    def __bool__(self): xs.clear()\nm = M()\n", "[1 for _ in 'ab' if m]"),
    "a comparison": ("class M:\n    def __eq__(self, other): xs.clear()\nm = M()\n", "m == 1"),
    "a hash in a dict": ("class M:\n    def __hash__(self): xs.clear()\nm = M()\n", "{m: 1}"),
    "a hash in a set": ("class M:\n    def __hash__(self): xs.clear()\nm = M()\n", "{m}"),
    "a key": ("class M:\n    def __hash__(self): xs.clear()\nm = M()\n", "{}[m]"),
    "a slice": ("class M:\n    def __index__(self): xs.clear()\nm = M()\n", "'abc'[m:]"),
    "a value that is formatted": ("class M:\n    def __format__(self, spec): xs.clear()\nm = M()\n", "f'{m}'"),
    "a mapping that a dict is made of": ("class M:\n    def keys(self): xs.clear()\nm = M()\n", "dict(m)"),
    "a mapping behind two stars": ("class M:\n    def keys(self): xs.clear()\nm = M()\n", "dict(**m)"),
    "a file that data are dumped to": ("import json\nclass M:\n    def write(self, text): xs.clear()\nm = M()\n", "json.dump(1, m)"),
    "a file that pretty text is written to": ("import pprint\nclass M:\n    def write(self, text): xs.clear()\nm = M()\n", "pprint.pprint(1, m)"),
    "a value that is printed": ("class M:\n    def __str__(self): xs.clear()\nm = M()\n", "print(m)"),
    "a length": ("class M:\n    def __len__(self): xs.clear()\nm = M()\n", "len(m)"),
    "an item that is read": ("class M:\n    def __getitem__(self, key): xs.clear()\nm = M()\n", "m[1]"),
    "an item that is set": ("class M:\n    def __setitem__(self, key, value): xs.clear()\nm = M()\n", "m[1] = 2"),
    "an item that is deleted": ("class M:\n    def __delitem__(self, key): xs.clear()\nm = M()\n", "del m[1]"),
    "an iteration": ("class M:\n    def __iter__(self): xs.clear()\nm = M()\n", "for _ in m: pass"),
    "an iteration by a star": ("class M:\n    def __iter__(self): xs.clear()\nm = M()\n", "[*m]"),
    "an iteration that unpacks": ("class M:\n    def __iter__(self): xs.clear()\nm = M()\n", "a, b = m"),
    "an iteration by a builtin": ("class M:\n    def __iter__(self): xs.clear()\nm = M()\n", "sum(m)"),
    "an iteration in a comprehension": ("class M:\n    def __iter__(self): xs.clear()\nm = M()\n", "[1 for _ in m]"),
    "an attribute that is not there": ("class M:\n    def __getattr__(self, name): xs.clear()\nm = M()\n", "m.x"),
    "an attribute of a class that is not there": (
        "class Meta(type):\n    def __getattr__(self, name): xs.clear()\nclass M(metaclass=Meta): pass\n",
        "M.x",
    ),
    "an attribute that is set": ("class M:\n    def __setattr__(self, name, value): xs.clear()\nm = M()\n", "m.x = 1"),
    "an attribute that is deleted": ("class M:\n    def __delattr__(self, name): xs.clear()\nm = M()\n", "del m.x"),
    "a descriptor": ("class D:\n    def __get__(self, one, owner): xs.clear()\nclass M:\n    x = D()\nm = M()\n", "m.x"),
    "a property": ("class M:\n    @property\n    def x(self): xs.clear()\nm = M()\n", "m.x"),
    "a property by call": ("class M:\n    def get(self): xs.clear()\n    x = property(get)\nm = M()\n", "m.x"),
    "a property given to the class later": (f"{EMPTY}M.x = property(lambda self: xs.clear())\n", "m.x"),
    "a property that is set": (
        "class M:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, value): xs.clear()\nm = M()\n",
        "m.x = 1",
    ),
    "a class pattern by name": (
        "class M:\n    @property\n    def x(self): xs.clear()\nm = M()\n",
        "match m:\n    case M(x=1): pass",
    ),
    "a class pattern by position": (
        "class M:\n    __match_args__ = ('x',)\n    @property\n    def x(self): xs.clear()\nm = M()\n",
        "match m:\n    case M(1): pass",
    ),
    "a context manager that is entered": (
        "class M:\n    def __enter__(self): xs.clear()\n    def __exit__(self, *rest): pass\n",
        "with M(): pass",
    ),
    "a context manager that is left": (
        "class M:\n    def __enter__(self): pass\n    def __exit__(self, *rest): xs.clear()\nm = M()\n",
        "with m: pass",
    ),
    "a context manager made by a function": (
        "import contextlib\n@contextlib.contextmanager\ndef m():\n    xs.clear()\n    yield\n",
        "with m(): pass",
    ),
    "a context manager whose method is replaced": (
        "class M:\n    def __enter__(self): pass\n    def __exit__(self, *rest): pass\nM.__enter__ = lambda self: xs.clear()\n",
        "with M(): pass",
    ),
    "a decorator": ("def evil(f):\n    xs.clear()\n    return f\n", "@evil\ndef inner(): pass"),
    "a decorator that is called": ("def evil(n):\n    xs.clear()\n    return print\n", "@evil(1)\ndef inner(): pass"),
    "a subclass": ("class M:\n    def __init_subclass__(cls): xs.clear()\n", "class N(M): pass"),
    "a metaclass": ("class Meta(type):\n    def __new__(*rest): xs.clear()\n", "class N(metaclass=Meta): pass"),
    "a call of a class with a metaclass": ("class Meta(type):\n    def __call__(cls): xs.clear()\nclass M(metaclass=Meta): pass\n", "M()"),
    "a name given to a class's attribute": ("class M:\n    def __set_name__(self, owner, name): xs.clear()\n", "class N:\n    x = M()"),
    "a subscript of a class": ("class M:\n    def __class_getitem__(cls, key): xs.clear()\n", "M[1]"),
    "a base that is no class": ("class M:\n    def __mro_entries__(self, bases): xs.clear()\nm = M()\n", "class N(m): pass"),
    "a test of a class": ("class Meta(type):\n    def __instancecheck__(self, one): xs.clear()\nclass M(metaclass=Meta): pass\n", "isinstance(1, M)"),
    "a call": ("class M:\n    def __call__(self): xs.clear()\nm = M()\n", "m()"),
    "a constructor": ("class M:\n    def __init__(self): xs.clear()\n", "M()"),
    "a constructor of a base": ("class M:\n    def __init__(self): xs.clear()\nclass N(M): pass\n", "N()"),
    "a constructor behind `__new__`": ("class M:\n    def __new__(cls): xs.clear()\n", "M()"),
    "a constructor given to the class later": (f"{EMPTY}M.__init__ = lambda self: xs.clear()\n", "M()"),
    "a constructor set by name": (f"{EMPTY}setattr(M, '__init__', lambda self: xs.clear())\n", "M()"),
    "what a dataclass runs": ("from dataclasses import dataclass\n@dataclass\nclass M:\n    def __post_init__(self): xs.clear()\n", "M()"),
    "a method given to the class later": (f"{EMPTY}M.m = lambda self: xs.clear()\n", "M().m()"),
    "a method set by a computed name": (f"{EMPTY}for name in ('m',):\n    setattr(M, name, lambda self: xs.clear())\n", "M().m()"),
    "a method that `__getattribute__` gives": (
        "class M:\n    def m(self): pass\n    def __getattribute__(self, name): return xs.clear\n",
        "M().m()",
    ),
    "a method that a metaclass may give": (
        "class Meta(type):\n    def __getattribute__(self, name): return lambda one: xs.clear()\nclass M(metaclass=Meta):\n    def m(self): pass\n",
        "M.m(1)",
    ),
    "a method that a class below has": (f"{BASE}class N(Base):\n    def m(self): xs.clear()\ndef of(one: Base): return one\n", "of(N()).m()"),
}  # fmt: skip
"""What is done before the loop, and in the loop before its element is read."""

METHODS = {
    "a method by `super()` that a second base has first": (
        f"{BASE}class B(Base): pass\nclass C(Base):\n    def m(self): xs.clear()\n",
        "class A(B, C):",
        "super().m()",
    ),
    "a method by `super()` that a class below puts another before": (
        f"{BASE}class C(Base):\n    def m(self): xs.clear()\n",
        "class A(Base):",
        "super().m()",
        "class D(A, C): pass\n",
    ),
    "a method by `super()` of a base with two bases": (
        f"{BASE}class C(Base):\n    def m(self): xs.clear()\nclass D(Base): pass\nclass E(D, C): pass\n",
        "class A(E):",
        "super().m()",
    ),
    "a method that a mixin puts another before": (
        "",
        "class A:\n    def m(self): pass",
        "self.m()",
        "class M:\n    def m(self): xs.clear()\nclass C(M, A): pass\n",
    ),
    "a method that a class not known may put another before": (
        "from other import M\n",
        "class A:\n    def m(self): pass",
        "self.m()",
        "class C(M, A): pass\n",
    ),
    "a method by `super()` that is replaced": (f"{BASE}Base.m = lambda self: xs.clear()\n", "class A(Base):", "super().m()"),
    "a method by `super()` that is decorated": (
        "def evil(f): return lambda self: xs.clear()\nclass Base:\n    @evil\n    def m(self): pass\n",
        "class A(Base):",
        "super().m()",
    ),
    "a method by `super()` of an unknown base": (f"from other import Other\n{BASE}", "class A(Other):", "super().m()"),
    "a method of another class by `super()`": (
        "class Root:\n    def m(self): xs.clear()\nclass Base(Root):\n    def m(self): pass\n",
        "class A(Base):",
        "super(Base, self).m()",
    ),
    "a method of its own that is decorated": (
        "def evil(f): return lambda self: xs.clear()\n",
        "class A:\n    @evil\n    def m(self): pass",
        "self.m()",
    ),
    "a method of its own that an instance replaces": (
        "",
        "class A:\n    def __init__(self): self.m = lambda: xs.clear()\n    def m(self): pass",
        "self.m()",
    ),
    "a method of its own that a class below replaces": (
        "",
        "class A:\n    def m(self): pass",
        "self.m()",
        "class B(A):\n    def m(self): xs.clear()\n",
    ),
    "a method of its own that an instance sets by a computed name": (
        "",
        "class A:\n    def __init__(self, **given):\n        for name, value in given.items(): setattr(self, name, value)\n    def m(self): pass",
        "self.m()",
    ),
    "a method of two bases": (f"class B:\n    def m(self): xs.clear()\n{BASE}class C(Base, B): pass\nclass N(Base): pass\n", "class A(N, B):", "self.m()"),
}  # fmt: skip

LOOP = "for i in range(len(xs)):\n{}\n    print(xs[i])\n"


@pytest.mark.parametrize("name", RUNS)
def test_what_runs_unseen_may_change_a_global_list(name: str) -> None:
    head, body = RUNS[name]
    loop = LOOP.format(textwrap.indent(body, "    "))
    program = f"xs = [1, 2, 3]\n{head}def go():\n{textwrap.indent(loop, '    ')}"
    check(Declines(name, program, "change", unsafe=True), "range-len")


@pytest.mark.parametrize("name", RUNS)
def test_what_runs_unseen_in_a_function_may_too(name: str) -> None:
    head, body = RUNS[name]
    program = f"xs = [1, 2, 3]\n{head}def inner():\n{textwrap.indent(body, '    ')}\ndef go():\n"
    program += "    for i in range(len(xs)):\n        inner()\n        print(xs[i])\n"
    check(Declines(name, program, "change", unsafe=True), "range-len")


CALLED = {
    "a callback with an end": ("def evil(): xs.clear()\n", "for _ in iter(evil, 0): pass"),
    "a callback of `map`": ("def evil(v): xs.clear()\n", "list(map(evil, 'ab'))"),
    "a callback as a key": ("def evil(v): xs.clear()\n", "sorted('ab', key=evil)"),
    "a callback among keywords": ("def evil(v): xs.clear()\n", "sorted('ab', **{'key': evil})"),
    "a callback among keywords of a method": ("def evil(v): xs.clear()\n", "ys = ['a']\nys.sort(**{'key': evil})"),
    "a callback among keywords of a library": ("import json\ndef evil(v): xs.clear()\n", "json.dumps({1, 2}, **{'default': evil})"),
    "a callback among spread arguments": ("def evil(v): xs.clear()\n", "list(map(*[evil, 'ab']))"),
    "a callback among spread arguments of a library": ("import functools\ndef evil(a, b): xs.clear()\n", "functools.reduce(*[evil, 'ab'])"),
    "a callback in a list": ("import functools\ndef evil(): xs.clear()\n", "functools.partial(*[evil])()"),
    "a callback of a method": ("def evil(v): xs.clear()\n", "ys = ['a']\nys.sort(key=evil)"),
    "a callback of a method called by its class": ("def evil(v): xs.clear()\n", "ys = ['a']\nlist.sort(ys, key=evil)"),
    "a callback among keywords of a method called by its class": ("def evil(v): xs.clear()\n", "ys = ['a']\nlist.sort(ys, **{'key': evil})"),
    "a callback of a method of an element": ("def evil(v): xs.clear()\n", "yss = [['a']]\nyss[0].sort(**{'key': evil})"),
    "a callback of a library": ("import functools\ndef evil(a, b): xs.clear()\n", "functools.reduce(evil, 'ab')"),
    "a callback that substitutes": ("import re\ndef evil(m): xs.clear()\n", "re.sub('a', evil, 'a')"),
    "a method as a callback": ("class M:\n    def evil(self, v): xs.clear()\nm = M()\n", "list(map(m.evil, 'ab'))"),
    "a method called by its name": ("import operator\n", "list(map(operator.methodcaller('clear'), [xs]))"),
    "a method of the list as a callback": ("", "list(map(xs.remove, [1]))"),
    "a lambda as a callback": ("", "list(map(lambda v: xs.clear(), 'ab'))"),
    "a default that is the list": ("def put(value, into=xs): into[0] = value\n", "put(2)"),
    "a default that another call may have handed out": ("def put(value, into=[]):\n    into.append(value)\n    return into\nys = xs = put(1)\n", "put(2)"),
    "a keyword-only default that is the list": ("def put(value, *, into=xs): into[0] = value\n", "put(2)"),
    "a constructor that stores in another object": (
        "class H: pass\nheld = H()\nheld.ys = xs\nclass M:\n    def __init__(self): held.ys[0] = 5\n",
        "M()",
    ),
    "a static method": ("class M:\n    @staticmethod\n    def put(v): v[0] = 5\nm = M()\n", "m.put(xs)"),
    "a class method": ("class M:\n    @classmethod\n    def put(cls, v): v[0] = 5\nm = M()\n", "m.put(xs)"),
    "a method called by its class": ("class M:\n    def put(self, v): v[0] = 5\nm = M()\n", "M.put(m, xs)"),
    "a method called by a class of classes": ("class M:\n    def put(self, v): v[0] = 5\nm = M()\n", "type(m).put(m, xs)"),
    "a star of arguments": ("def put(a, v): v[0] = 5\n", "put(*[1, xs])"),
    "two stars of arguments": ("def put(a, v): v[0] = 5\n", "put(1, **{'v': xs})"),
    "arguments behind a star": ("def put(a, v): v[0] = 5\n", "put(*[1], xs)"),
    "an argument that stands in another": ("def put(held): held[0][0] = 5\n", "put([xs])"),
    "a function by its name alone": ("def evil(): xs.clear()\nnames = {'evil': evil}\n", "names['evil']()"),
    "a function that a decorator replaces": ("def wrap(f): return lambda: xs.clear()\n@wrap\ndef put(): pass\n", "put()"),
    "a function that is bound again": ("def put(): pass\ndef put(): xs.clear()\n", "put()"),
    "a function that globals replace": ("def put(): pass\nglobals()['put'] = lambda: xs.clear()\n", "put()"),
    "a function that a star import may replace": ("def put(): pass\nfrom os.path import *\n", "put()"),
    "a lambda of two values": ("put, rest = (lambda: xs.clear()), 1\n", "put()"),
    "a function that sets by name": ("def put(): globals()['xs'] = []\n", "put()"),
    "a function that binds it": ("def put():\n    global xs\n    xs = []\n", "put()"),
    "a function of a function": ("def inner(): xs.clear()\ndef put(): inner()\n", "put()"),
    "two functions that call each other": ("def a(n):\n    if n: b(n - 1)\ndef b(n):\n    xs.clear()\n    a(n)\n", "a(2)"),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLED)
def test_what_is_called_may_change_it(name: str) -> None:
    head, body = CALLED[name]
    loop = LOOP.format(textwrap.indent(body, "    "))
    program = f"xs = [1, 2, 3]\n{head}def go():\n{textwrap.indent(loop, '    ')}"
    outcome = process(program.encode(), Settings(("range-len",)))
    assert not isinstance(outcome, Fixed)
    assert outcome.diagnostics  # type: ignore[union-attr]


@pytest.mark.parametrize("name", METHODS)
def test_what_a_method_may_be(name: str) -> None:
    head, owner, call, *after = METHODS[name]
    loop = LOOP.format(textwrap.indent(call, "    "))
    program = f"xs = [1, 2, 3]\n{head}{owner}\n    def go(self):\n{textwrap.indent(loop, '        ')}{''.join(after)}"
    check(Declines(name, program, "change", unsafe=True), "range-len")


QUIET = {
    "a decorator that makes no property": (
        "def deco(f): return f\nclass M:\n    @deco\n    def x(self): pass\n    y = deco(1)\nm = M()\n",
        "m.x, m.y",
    ),
    "an operator that changes nothing": (
        "class M:\n    def __add__(self, other): return 1\n    __radd__ = __add__\n    __hash__ = None\nm = M()\n",
        "m + 1",
    ),
    "a cache that builtins look at": (
        "class M:\n    def get(self, key): xs.clear()\n    def keys(self): xs.clear()\n    def __len__(self): return 0\nm = M()\n",
        "print(isinstance(m, M), len(m), type(m).__name__, len(str([m])) > 0)",
    ),
    "a server that handles what is no message of a log": (
        "class M:\n    def handle(self, line): xs.clear()\n    def format(self): xs.clear()\nm = M()\n",
        "print(m is None)",
    ),
    "an attribute of an instance called as a method is": ("class M:\n    def __init__(self): self.format = self\nm = M()\n", "str(m)"),
    "a method of its own class": ("class M:\n    def m(self): return 1\nm = M()\n", "m.m()"),
    "a method of a base": (f"{BASE}class N(Base):\n    def n(self): return super().m()\nn = N()\n", "n.n()"),
    "a class that another class's attributes are set of": (
        "class Other:\n    def __init__(self, **given):\n        for key, value in given.items(): setattr(self, key, value)\n"
        "class M:\n    def m(self): return 1\nm = M()\n",
        "m.m()",
    ),
    "a class with an abstract base": ("import abc\nclass M(abc.ABC):\n    def m(self): return 1\nm = M()\n", "m.m()"),
}


@pytest.mark.parametrize("name", QUIET)
def test_what_is_seen_to_change_nothing(name: str) -> None:
    head, body = QUIET[name]
    before = f"xs = [1, 2, 3]\n{head}def go():\n    for i in range(len(xs)):\n        {body}\n        print(xs[i])\n"
    after = before.replace("for i in range(len(xs))", "for x in xs").replace("xs[i]", "x")
    check(Rewrites(name, before, after, ("go()",), wrap=False), "range-len")


@pytest.mark.parametrize(
    "code",
    [
        "d[m] = 1",
        "print({m: 1} is None, {m} is None)",
        "m in d",
        "m not in {1: 2}",
        "{m: 1 for _ in 'ab'}",
        "{m for _ in 'ab'}",
        "'abc'[m:]",
        "d[m]",
    ],
)
def test_a_look_up_runs_no_arithmetic(code: str) -> None:
    """Only hash, comparison and index run for the key of a builtin, and none of them for builtin keys."""
    sly = "class M:\n    def __add__(self, other): xs.clear()\n    def __getitem__(self, key): xs.clear()\n    def get(self, key): xs.clear()\nm = M()\n"
    text = f"xs = [1, 2]\n{sly}d = {{}}\ndef f():\n    for i in range(len(xs)):\n        {code}\n        print(xs[i], i)\n"
    assert isinstance(process(text.encode(), Settings(("range-len",))), Fixed)
    hashed = text.replace("def __add__(self, other)", "def __hash__(self)").replace("def get(self, key)", "def __index__(self)")
    assert not isinstance(process(hashed.encode(), Settings(("range-len",))), Fixed)


def test_tuples_of_builtins_run_nothing_either() -> None:
    sly = "class M:\n    def __eq__(self, other): xs.clear()\n"
    text = f"xs = [1, 2]\n{sly}def f(k: tuple[str, int], n: tuple):\n    for i in range(len(xs)):\n        print({{k: 1}} is None)\n        print(xs[i], i)\n"
    assert isinstance(process(text.encode(), Settings(("range-len",))), Fixed)
    assert not isinstance(process(text.replace("{k: 1}", "{n: 1}").encode(), Settings(("range-len",))), Fixed)


def test_a_look_up_runs_what_makes_the_values_of_a_defaultdict() -> None:
    made = "import collections\nxs = [1, 2]\ndef make():\n    xs[-1] += 1\n    return 0\nd = collections.defaultdict(make)\n"
    text = f"{made}def f():\n    for i in range(len(xs)):\n        n = d['a']\n        print(xs[i], n)\n"
    assert not isinstance(process(text.encode(), Settings(("range-len",))), Fixed)
    assert isinstance(process(text.replace("d['a']", "{'a': 1}['a']").encode(), Settings(("range-len",))), Fixed)
    assert isinstance(process(text.replace("xs[-1] += 1", "pass").encode(), Settings(("range-len",))), Fixed)


def test_a_signal_that_the_program_sends_itself_runs_its_handler() -> None:
    text = "import os\nxs = [1, 2]\ndef handler(*_): xs[-1] += 1\ndef f(pid):\n    for i in range(len(xs)):\n        os.kill(pid, 1)\n        print(xs[i])\n"
    assert not isinstance(process(text.encode(), Settings(("range-len",))), Fixed)
    assert isinstance(process(text.replace("os.kill(pid, 1)", "os.stat(pid)").encode(), Settings(("range-len",))), Fixed)


def test_attributes_written_through_the_dict_of_them_are_bound_again() -> None:
    text = "class A:\n    def __init__(self): self.rows = [1, 2]\n    def f(self):\n        for i in range(len(self.rows)):\n"
    text += "            self.__dict__['rows'] = [3, 4]\n            print(self.rows[i])\n"
    assert not isinstance(process(text.encode(), Settings(("range-len",))), Fixed)
    assert not isinstance(
        process(
            text.replace("self.__dict__['rows'] =", "x =").replace("[3, 4]", "vars(self).update(rows=[3, 4])").encode(),
            Settings(("range-len",)),
        ),
        Fixed,
    )
    assert isinstance(process(text.replace("self.__dict__['rows']", "x").encode(), Settings(("range-len",))), Fixed)


MADE = "import dataclasses, types\nfrom dataclasses import dataclass, field\nxs = [1, 2]\ndef make(): xs[-1] += 1\ndef quiet(): return 1\n"
RUN = {
    "a field's factory": ("@dataclass\nclass A:\n    n: int = field(default_factory=make)\n", "A()", "make)", "quiet)"),
    "the factory of a base's field": (
        "@dataclass\nclass A:\n    n: int = field(default_factory=make)\n@dataclass\nclass B(A):\n    m: int = 1\n", "B()", "make)", "quiet)"
    ),
    "a factory that is a class": (
        "class N:\n    def __init__(self): make()\n@dataclass\nclass A:\n    n: N = field(default_factory=N)\n", "A()", ": make()", ": quiet()"
    ),
    "a class made by a call": ("class A:\n    def __init_subclass__(cls): make()\n", "type('B', (A,), {})", "__init_subclass__", "other"),
    "a class made by new_class": ("class A:\n    def __init_subclass__(cls): make()\n", "types.new_class('B', (A,))", "__init_subclass__", "other"),
    "iteration by number": (
        "class A:\n    def __getitem__(self, n):\n        make()\n        raise IndexError\na = A()\n", "for x in a: pass", "make()", "quiet()"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RUN)
def test_what_runs_unseen_where_something_is_made(name: str) -> None:
    head, act, loud, quiet = RUN[name]
    text = f"{MADE}{head}def go():\n    for i in range(len(xs)):\n        {act}\n        print(xs[i])\n"
    assert not isinstance(process(text.encode(), Settings(("range-len",))), Fixed)
    assert isinstance(process(text.replace(loud, quiet).encode(), Settings(("range-len",))), Fixed)


HERE = """import collections, csv, datetime, inspect, io, itertools, json, logging, os, string, sys, urllib.request
class M: pass
class K:
    def values(self) -> tuple[int, str]: return 1, "a"
def f(m, k: K, n: int, s: str, xs: list[str], d: dict[str, int], t: tuple[int, str], dd: collections.defaultdict[str, int], when: datetime.datetime, u: tuple):
    w = csv.writer(m)
    """
WHERE = [
    ("m", ""), ("n", ""), ("m + n", "key operate"), ("n + 1", ""), ("m + 1", "key operate"), ("m & n", "key operate"), ("m & 1", "key operate"),
    ("m & xs", "iterate key operate"), ("xs | m", "iterate key operate"), ("m - m", "iterate key operate"), ("m ^ d.keys()", "iterate key operate unpack"), ("m + m", "key operate"),
    ("m - n", "key operate"), ("n - m", "key operate"), ("xs & xs", "key operate"), ("-m", "operate"), ("not m", "operate"),
    ("m and n", "iterate operate"), ("n and m", "iterate operate"), ("m if n else n", "iterate operate"),
    ("n if m else n", "iterate operate"), ("if m: pass", "operate"), ("while m: pass", "operate"), ("assert m", "operate"),
    ("m += 1", "augment key operate"), ("n += m", "augment iterate key operate"), ("m.x += 1", "augment get key operate set"),
    ("(a, b), c = m, n", "iterate"), ("(a, b), c = xs", "iterate"), ("a, b = xs", ""), ("xs[:1] = m", "iterate"), ("xs[:1] = xs", ""),
    ("xs += m", "augment iterate key operate"), ("xs += xs", "augment key operate"), ("s += m", "augment iterate key operate"),
    ("with m as ((a, b), c): pass", "iterate"), ("with xs as (a, b): pass", ""), ("m[0] += 1", "augment key operate store"),
    ("m.x = 1", "set"), ("del m.x", "set"), ("m.x", "get"), ("s.x", ""), ("sys.x", ""), ("m[0] = 1", "store"), ("xs[0] = 1", ""),
    ("del m[0]", "store"), ("xs[n]", ""), ("xs[m]", "key"), ("xs[0] = m", ""), ("{m: 1}[n]", "key"), ("{}[n]", "key"), ("{n: 1}[n]", ""), ("d[s] = 1", ""), ("{}[n] = 1", "key"), ("bytearray(n)[0] = n", "key"),
    ("bytes(n)[0]", ""), ("t[0]", ""), ("u[n]", ""), ("isinstance(n, (int, M))", "key operate"), ("len((n, s))", ""), ("len((m, s))", "key operate"), ("d[m]", "key"), ("d[s]", ""), ("dd[s]", "key"), ("m[s]", "key operate"),
    ("urllib.request.urlopen(s).read(n)", "get log write"), ("urllib.request.urlopen(s).read(m)", "get iterate key log operate unpack write"),
    ("m.read(n)", "get"), ("yield from m + n", "iterate key operate"), ("str.format(s, n)", "read"), ("str.upper(s)", ""), ("sys.stdout.write(s)", ""), ("sys.path.index(s)", ""), ("os.environ.get(s)", ""), ("for x in k.values(): pass", "get"), ("for x in zip(k.values()): pass", "get"), ("s.join(k.values())", "get"),
    ("a, b = k.values()", "get"), ("for x in k.items(): pass", "get iterate"), ("sum(t)", ""), ("sum(u)", "key operate"),
    ("enumerate = m\nfor x in enumerate(xs): pass", "iterate"), ("for x in zip(zip(m)): pass", "iterate key operate"),
    ("xs[m:]", "key"), ("xs[:1]", ""), ("for x in m: pass", "iterate"), ("for x in xs: pass", ""), ("for x, y in xs: pass", "iterate"),
    ("for x in enumerate(xs): pass", ""), ("for x in enumerate(m): pass", "iterate key operate"), ("for x in zip(xs, t): pass", ""),
    ("for x in zip(xs, m): pass", "iterate key operate"), ("for x in range(n): pass", ""),
    ("for x in range(m): pass", "key operate"), ("for x in sorted(d): pass", "key operate"),
    ("for x in sorted(m): pass", "iterate key operate"), ("for k in d.items(): pass", "key operate unpack"),
    ("for k in m.items(): pass", "get iterate"), ("for k in d.other(): pass", "iterate key operate unpack"), ("for x in t: pass", ""),
    ("for x in u: pass", ""), ("[x for x in m]", "iterate operate"), ("[x for x in xs]", "operate"), ("[x for x in xs if m]", "operate"),
    ("[m for x in xs]", "operate"), ("{m for x in xs}", "key operate"), ("{m: 1 for x in xs}", "key operate"),
    ("{s: m for x in xs}", "operate"), ("{m}", "key"), ("{s}", ""), ("{m: 1}", "key"), ("{1: m}", "iterate key operate unpack"),
    ("{**m}", "iterate key operate unpack"), ("{**d}", "key operate unpack"), ("[*m]", "iterate key operate"), ("[*xs]", "key operate"),
    ("print(*m)", "iterate key operate write"), ("print(m)", "iterate key operate write"), ("print(n)", "write"),
    ("print(s, file=m)", "iterate key operate write"), ("len(m)", "key operate"), ("len(xs)", ""), ("sum(m)", "iterate key operate"),
    ("sum(xs)", "key operate"), ("sorted(m)", "iterate key operate"), ("isinstance(m, M)", "key operate"),
    ("isinstance(n, int)", "key operate"), ("getattr(m, s)", "get iterate key operate"), ("getattr(n, s)", "get"),
    ("hasattr(m, s)", "get iterate key operate"), ("setattr(m, s, 1)", "iterate key operate set unpack"),
    ("delattr(m, s)", "iterate key operate set unpack"), ("json.dumps(m)", "iterate key log operate unpack write"),
    ("json.dumps(n)", "log write"), ("json.dumps(xs)", "key log operate unpack write"),
    ("json.dumps(d)", "key log operate unpack write"), ("itertools.chain(m)", "iterate key operate unpack"),
    ("logging.info(s)", "log write"), ("logging.info(s, m)", "iterate key log operate unpack write"),
    ("inspect.getmembers(m)", "iterate key operate read unpack"), ("inspect.getmembers(n)", "read"), ("string.Formatter()", "read"),
    ("s.format(m)", "iterate key operate read unpack"), ("s.format_map(m)", "iterate key operate read unpack"),
    ("s.join(m)", "iterate key operate unpack"), ("s.join(xs)", "key operate unpack"), ("s.upper()", ""),
    ("xs.append(m)", "iterate key operate unpack"), ("xs.index(m)", "iterate key operate unpack"),
    ("w.writerow(m)", "get iterate key log operate unpack write"), ("w.writerow(n)", "get iterate key log operate unpack write"),
    ("when.isoformat()", "get iterate key log operate unpack write"), ("when.other(m)", "get iterate key log operate unpack write"),
    ("m.go(m)", "get"), ("m(m)", ""), ("g = m.go", "get"), ("a, b = m", "iterate"), ("[a, b] = m", "iterate"), ("a = m", ""),
    ('f"{m}"', "operate"), ('f"{n}"', ""), ('f"{s:{m}}"', "operate"), ("m == 1", "iterate key operate"), ("n == 1", ""),
    ("n == m", "iterate key operate"), ("(m, 1) == (1, 1)", "key operate"), ("[m] == 1", "key operate"), ("m in d", "key"),
    ("n in d", "key"), ("m in m", "iterate key operate"), ("s in m", "iterate key operate"), ("m not in xs", "key"),
    ("m in (1, 2)", "key"), ("m < n < m", "iterate key operate"), ("with m: pass", ""), ("with m as (a, b): pass", "iterate"),
    ("with m as a: pass", ""), ("match m:\n    case 1: pass", "iterate key operate unpack"),
    ("match n:\n    case m.x: pass", "get key operate"), ("match n:\n    case {m.x: 1}: pass", "get key operate"),
    ("match n:\n    case M(x=1): pass", "get key operate"), ("match n:\n    case _ if m: pass", "operate"),
    ("class K(m): pass", "operate"), ("class K: pass", "operate"), ("yield from m", "iterate key operate"), ("await m", ""),
    ("x = await m", ""), ("(y := m) + 1", "key operate"), ("(m or n) + 1", "iterate key operate"), ("lambda: m", ""), ("return m", ""),
    ("f(**m)", "iterate key operate unpack"), ("print(**m)", "iterate key operate unpack write"), ("xs[(m, 1)]", "key"), ("-n", ""),
    ("m[n:s]", "key operate"), ("f(m)", ""), ("x = yield m", ""), ('d["a"]', ""), ("xs[0] += 1", "augment key operate"),
    ("xs[0] += m", "augment iterate key operate"), ("n: int = m", ""), ("global q", ""),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "expected"), WHERE)
def test_what_may_run_where(statement: str, expected: str) -> None:
    """`m` may be anything, the others are what their annotations say."""
    text = HERE + statement.replace("\n", "\n    ")
    facts = Module(text, ast.parse(text))
    categories = [ITERATE, OPERATE, AUGMENT, STORE, GET, SET, WRITE, LOG, KEY, UNPACK, READ]
    nodes = list(ast.walk(facts.tree.body[-1].body[-1]))  # type: ignore[attr-defined]
    found = {category for node in nodes for category in facts.hidden.categories_at(node, categories)}
    assert " ".join(sorted(found)) == expected
    assert not any(facts.hidden.categories_at(node, []) for node in nodes)


M = "class M:\n    def "
GIVES = [
    ("", ""), (f"{M}__iter__(self): N.append(1)", "iterate"), (f"{M}__next__(self): return 1", ""), (f"{M}other(self): N.append(1)", ""),
    (f"{M}__getitem__(self, n): N.append(1)", "iterate operate"), (f"{M}__getitem__(self, n): N.append(1)\n    def __iter__(self): pass", "operate"),
    ("def __iter__(self): N.append(1)", ""), (f"{M}__add__(self, other): N.append(1)", "operate"), (f"{M}__add__(self, other): other.n = 1", "operate"),
    (f"{M}__add__(self, other): other[0] = 1", "operate"), (f"{M}__add__(self, other): other[0][0] = 1", "operate"),
    (f"{M}__add__(self, other): pass", ""), (f"{M}go(self, other): pass\n    __add__ = go", "operate"), (f"{M}go(self): pass\nM.__len__ = go", "operate"),
    ("__add__ = N", ""), ("class M:\n    __hash__ = None", ""), (f"{M}__add__(self, o): pass\n    __radd__ = __add__", ""),
    ("class M:\n    write = N", ""), (f"{M}write(self, text): N.append(1)", "write"), (f"{M}__hash__(self): N.append(1)", "key"),
    ("def gen():\n    N.append(1)\n    yield", "iterate"), ("def gen():\n    yield", ""), ("def gen(v):\n    v[0] = 1\n    yield", "iterate"),
    ("def gen(v):\n    v[0][0] = 1\n    yield", "iterate"), ("lambda: (yield N.append(1))", "iterate"), ("g = (N.append(x) for x in N)", "iterate"),
    ("g = sum(N.append(x) for x in N)", ""), ("g = (x for x in N)", ""), ("def go(v): N.append(1)\nmap(go, N)", "iterate"),
    ("def go(v): v[0] = 1\nmap(go, N)", "iterate"), ("map(len, N)", ""), ("map(N.append, N)", "iterate"), ("import collections\ncollections.Counter(N)", ""),
    ("import collections\ndef go(): N.append(1)\ncollections.defaultdict(go)", "key"), ("import collections\ncollections.defaultdict(list)", ""),
    (f"{M}x(self): N.append(1)\n    y = property(x)", "read"), ("class M:\n    @property\n    def x(self): N.append(1)", "read"),
    ("class M:\n    @property\n    def x(self): return 1", ""), (f"{M}__iter__(self): self.other.turn()\n    def turn(self): N.append(1)", "iterate"),
    ("class M:\n    @property\n    def x(self): self.other.turn()\n    def turn(self): N.append(1)", "read"),
    ("class M:\n    @property\n    def x(self): return 1\n    @x.setter\n    def x(self, v): N.append(1)", ""), ("class M:\n    x = property(N)", "read"),
    (f"{M}__get__(self, one, owner): N.append(1)", "get"), (f"{M}__setattr__(self, n, v): N.append(1)", "set"), (f"{M}keys(self): N.append(1)", "unpack"),
    (f"{M}__setitem__(self, n, v): N.append(1)", "store"), (f"{M}__iadd__(self, other): N.append(1)", "augment"),
    (f"{M}__add__(self, other): self.other.turn()\n    def turn(self): N.append(1)", "operate"),
    (f"{M}__add__(self, other): self.then()\n    def __init__(self, then): self.then = then\nM(lambda: N.append(1))", "operate"),
    (f"{M}__add__(self, other): self.then()\n    def __init__(self, then): self.then = then\nM(lambda: 1)", ""),
    (f"{M}send(self, v): N.append(1)", ""), (f"{M}send(self, v): N.append(1)\n    def throw(self): pass", ""), (f"{M}readline(self): N.append(1)", ""),
    ("class M(other.C):\n    def send(self, v): N.append(1)\n    def throw(self): pass", "iterate"), ("class M(other.C):\n    def send(self, v): N.append(1)", ""),
    ("class M(other.C):\n    def readline(self): N.append(1)", "iterate"), ("class M(other.C):\n    def throw(self): N.append(1)", ""),
    ("class M(other.C):\n    def readline(self): self.other.turn()\n    def turn(self): N.append(1)", "iterate"), ("def readline(self): N.append(1)", ""),
    (f"{M}_from_iterable(cls, given): N.append(1)", "operate"),
    (f"{M}__init__(self): N.append(1)\nimport collections\ncollections.defaultdict(M)", "key"), (f"{M}__init__(self): N.append(1)", ""),
    ("import collections\ncollections.defaultdict(N)", ""), ("import collections\ndef go(): N.append(1)\ngos = [go]\ncollections.defaultdict(gos[0])", "key"),
    ("import collections\ncollections.defaultdict().default_factory = N", "key"), ("default_factory = N", ""),
    (f"{M}__call__(self): N.append(1)\nimport collections\ncollections.defaultdict(list)", ""), (f"{M}__call__(self): N.append(1)\nmap(M(), [1])", ""),
    (f"{M}__eq__(self, o): return o.x()\n    def __call__(self): N.append(1)", ""),
    ("def gen(m):\n    m.turn()\n    yield\nclass M:\n    def turn(self): N.append(1)", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GIVES)
def test_which_code_there_is_that_changes_something(text: str, expected: str) -> None:
    program = f"N = []\n{text}\n"
    assert " ".join(sorted(Module(program, ast.parse(program)).hidden.loud())) == expected


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("class M:\n    __add__ = N", "__add__"), ("class M:\n    def __add__(self, o): N[0][0] = 1\n    __radd__ = N", "N[0]"),
        ("class M:\n    def __add__(self, o): o[0] = 1\n    def __sub__(self, o): N[0][0] = 1", "def __add__(self, o):"),
        ("class M:\n    def __add__(self, o): return o", None),
    ],
)  # fmt: skip
def test_what_is_said_of_such_code_is_the_first_thing(text: str, elsewhere: str | None) -> None:
    program = f"N = []\n{text}\n"
    assert Module(program, ast.parse(program)).hidden.summary(OPERATE).elsewhere == elsewhere


@pytest.mark.parametrize(
    ("value", "unknown"),
    [
        ("gen", "f()"), ("quiet", None), ("(f(x) for x in [])", "f(…)"), ("(x for x in [])", None), ("made()", "f()"), ("still()", None), ("plain()", None),
        ("lazy", "map(…)"), ("map(f, [])", "map(…)"), ("map(len, [])", None), ("other", None), ("again", None), ("twice", "f()"), ("f()", None),
        ("element", None), ("lazily()", "f()"), ("unpacked", "f()"), ("x.y", None), ("[f() for x in []]", None), ("declared", None),
    ],
)  # fmt: skip
def test_unknown_code_that_a_generator_holds(value: str, unknown: str | None) -> None:
    text = (
        "def use(f, x):\n    def made():\n        yield f()\n    def still():\n        yield 1\n    def plain(): f()\n    gen = (f() for x in [])\n    quiet = (x for x in [])\n"
        "    lazy = map(f, [])\n    lazily = lambda: (yield f())\n    for element in (f() for x in []): pass\n    again = gen\n    again = again\n    if x: twice = 1\n    else: twice = (f() for x in [])\n    unpacked, _ = (f() for x in [])\n"
        f"    declared: int\n    return {value}\n"
    )
    facts = Module(text, ast.parse(text))
    assert facts.hidden.unknown_behind(facts.tree.body[0].body[-1].value) == unknown  # type: ignore[attr-defined]
