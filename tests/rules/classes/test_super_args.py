"""`super-args`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import sys

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from tests.harness import Case, Declines, Ignores, Rewrites, check, names

BASE = """
class Base:
    x = 'x of Base'
    def __init__(self, *args): self.seen = ['Base', *args]
    def m(self, *args): return ('Base', args)
    @classmethod
    def make(cls): return ('Base.make', cls.__name__)
""".strip("\n")


def source(body: str) -> str:
    """A file with a base class and below it `body`."""
    return f"{BASE}\n{body}"


def method(body: str, head: str = "class C(Base):") -> str:
    """A file with a class derived from `Base`, whose body is `body`."""
    return source(head + "\n" + "\n".join(f"    {line}" for line in body.strip("\n").split("\n")))


def rewrites(name: str, before: str, *calls: str, old: str = "super(C, self)", **more: object) -> Rewrites:
    """A case in which `old` becomes `super()` in all of a class's body."""
    assert old in before
    return Rewrites(name, method(before), method(before.replace(old, "super()")), calls, **more)  # type: ignore[arg-type]


REWRITES = [
    # --- methods of all kinds ---
    rewrites("a constructor", "def __init__(self): super(C, self).__init__(1)", "C().seen", because="`C` is the class around"),
    rewrites("a method", "def m(self, *a): return super(C, self).m(*a, 2)", "C().m(1)"),
    rewrites("a first parameter of another name", "def m(this): return super(C, this).m()", "C().m()", old="super(C, this)"),
    rewrites("a positional-only parameter", "def m(self, /, a=1): return super(C, self).m(a)", "C().m()"),
    rewrites("keyword-only parameters behind it", "def m(self, *, a=1): return super(C, self).m(a)", "C().m()"),
    rewrites("a class method", "@classmethod\ndef make(cls): return super(C, cls).make()", "C.make()", "C().make()", old="super(C, cls)"),
    rewrites("__new__", "def __new__(cls): return super(C, cls).__new__(cls)", "C().seen", old="super(C, cls)"),
    rewrites(
        "__init_subclass__",
        "def __init_subclass__(cls, **kw): super(C, cls).__init_subclass__(**kw)",
        "type('D', (C,), {}).__name__",
        old="super(C, cls)",
    ),
    rewrites("__class_getitem__", "def __class_getitem__(cls, i): return super(C, cls).make()", "C[1]", old="super(C, cls)"),
    rewrites("a property", "@property\ndef m(self): return super(C, self).m()", "C().m"),
    rewrites("an unknown decorator of the method", "import functools\n@functools.cache\ndef m(self): return super(C, self).m()", "C().m()"),
    rewrites("a generator", "def m(self):\n    yield super(C, self).m()", "C().m()"),
    rewrites("a coroutine", "async def m(self): return super(C, self).m()", "C().m().__await__()"),
    rewrites("an asynchronous generator", "async def m(self):\n    yield super(C, self).m()", "C().m().__anext__().__await__()"),
    rewrites("a private method", "def __m(self): return super(C, self).m()\ndef n(self): return self.__m()", "C().n()"),
    rewrites("a parameter that is a cell", "def m(self): return (lambda: self) and super(C, self).m()", "C().m()"),
    rewrites("an attribute", "def m(self): return super(C, self).x", "C().m()"),
    rewrites("super on its own", "def m(self):\n    up = super(C, self)\n    return up.m()", "C().m()"),
    rewrites("getattr", "def m(self): return getattr(super(C, self), 'm')()", "C().m()"),
    rewrites("a conditional method", "if True:\n    def m(self): return super(C, self).m()", "C().m()"),
    rewrites("a method in try", "try:\n    def m(self): return super(C, self).m()\nfinally: pass", "C().m()"),
    rewrites("several in one method", "def m(self): return super(C, self).m(super(C, self).x), super(C, self).x", "C().m()"),
    rewrites("the first clause of a comprehension", "def m(self): return [x for x in super(C, self).m()]", "C().m()"),
    rewrites("the first clause of a generator expression", "def m(self): return list(x for x in super(C, self).m())", "C().m()"),
    rewrites("an argument of a lambda's default", "def m(self): return (lambda up=super(C, self).m(): up)()", "C().m()"),
    rewrites("an f-string", "def m(self): return f'<{super(C, self).x}>'", "C().m()"),
    rewrites("an f-string with more calls", "def m(self): return f'{len(str(1))} {str(super(C, self).m())!r:>40}'", "C().m()"),
    rewrites("locals shows the class already", "def m(self):\n    super(C, self).m()\n    return sorted(locals())", "C().m()"),
    rewrites("eval in the method", "def m(self): return eval('1'), super(C, self).m()", "C().m()"),
    rewrites("a __class__ that is read", "def m(self): return __class__.__name__, super(C, self).m()", "C().m()"),
    rewrites("__class__ as the argument", "def m(self): return super(__class__, self).m()", "C().m()", old="super(__class__, self)"),
    rewrites("an attribute called like the class", "C = 1\ndef m(self): return self.C, super(C, self).m()", "C().m()"),
    rewrites("a method called like the class", "def C(self): return super(C, self).m()", "C().C()"),
    rewrites("a default that never is the argument", "def m(self=None): return super(C, self).m()", "C().m()"),
    rewrites(
        "a class method that makes an instance",
        "def m(self): return super(C, self).m()\n@classmethod\ndef make(cls): return cls().m()",
        "C.make()",
    ),
    # --- layout ---
    Rewrites(
        "further lines under the first argument",
        method("def m(self):\n    return super(C, self).m(1,\n                            2)"),
        method("def m(self):\n    return super().m(1,\n                     2)"),
        ("C().m()",),
    ),
    Rewrites(
        "further lines with brackets and remarks of their own",
        method(
            "def m(self):\n    super(C, self).m([1,\n                      # two\n                      2],\n                     3\n                     )"
        ),
        method("def m(self):\n    super().m([1,\n               # two\n               2],\n              3\n              )"),
        ("C().m()",),
    ),
    Rewrites(
        "further lines of a call of what the call gives",
        method(
            "def m(self):\n    return super(C, self).m(1,\n                            2).index(1,\n                                     0)"
        ),
        method("def m(self):\n    return super().m(1,\n                     2).index(1,\n                              0)"),
        ("C().m()",),
    ),
    rewrites("further lines that stand elsewhere", "def m(self):\n    return super(C, self).m(1,\n        2)", "C().m()"),
    rewrites(
        "further lines behind a bracket that ends its line", "def m(self):\n    return super(C, self).m(\n" + " " * 40 + "2)", "C().m()"
    ),
    rewrites(
        "a text over several lines", "def m(self):\n    return super(C, self).m(1,\n" + " " * 30 + "'''a\n" + " " * 40 + "b''')", "C().m()"
    ),
    rewrites("the lines of another call", "def m(self):\n    return print(super(C, self).x,\n                 2)", "C().m()"),
    rewrites("spaces", "def m(self): return super( C , self ).m()", "C().m()", old="super( C , self )"),
    rewrites("a trailing comma", "def m(self): return super(C, self,).m()", "C().m()", old="super(C, self,)"),
    rewrites("several lines", "def m(self): return super(\n    C,\n    self,\n).m()", "C().m()", old="super(\n    C,\n    self,\n)"),
    Rewrites(
        "parentheses around the arguments", method("def m(self): return super((C), (self)).m()"), method("def m(self): return super().m()")
    ),
    Rewrites("parentheses around super", method("def m(self): return (super)(C, self).m()"), method("def m(self): return (super)().m()")),
    Rewrites(
        "parentheses around the call", method("def m(self): return (super(C, self)).m()"), method("def m(self): return (super()).m()")
    ),
    Rewrites("a space before the arguments", method("def m(self): return super (C, self).m()"), method("def m(self): return super ().m()")),
    Rewrites(
        "comments between the arguments",
        method("def m(self):\n    return super(  # one\n        C,  # two\n        # three\n        self,  # four\n    ).m()"),
        method("def m(self):\n    return super(  # one\n        # two\n        # three\n        # four\n    ).m()"),
        ("C().m()",),
    ),
    Rewrites(
        "a comment on a line of its own",
        method("def m(self):\n    return super(\n        # why\n        C, self\n    ).m()"),
        method("def m(self):\n    return super(\n        # why\n    ).m()"),
        ("C().m()",),
    ),
    Rewrites(
        "a comment behind the arguments",
        method("def m(self):\n    return super(C, self  # type: ignore\n    ).m()"),
        method("def m(self):\n    return super(\n    # type: ignore\n    ).m()"),
        ("C().m()",),
    ),
    # --- classes ---
    Rewrites(
        "a class without bases",
        "class C:\n    def __init__(self): super(C, self).__init__()",
        "class C:\n    def __init__(self): super().__init__()",
        ("C()",),
    ),
    Rewrites(
        "a class in a function",
        source("def make():\n    class C(Base):\n        def m(self): return super(C, self).m()\n    return C"),
        source("def make():\n    class C(Base):\n        def m(self): return super().m()\n    return C"),
        ("make()().m()", "[make()().m(), make()().m()]"),
    ),
    Rewrites(
        "a class in a method",
        source(
            "class A:\n    def m(self):\n        class C(Base):\n            def m(self): return super(C, self).m()\n        return C().m()"
        ),
        source("class A:\n    def m(self):\n        class C(Base):\n            def m(self): return super().m()\n        return C().m()"),
        ("A().m()",),
    ),
    Rewrites(
        "a class in a function called in a loop",
        source(
            "def make():\n    class C(Base):\n        def m(self): return super(C, self).m()\n    return C\nall_ = [make() for _ in '12']"
        ),
        source("def make():\n    class C(Base):\n        def m(self): return super().m()\n    return C\nall_ = [make() for _ in '12']"),
        ("[one().m() for one in all_]",),
    ),
    Rewrites(
        "a class under if",
        source("if Base.x:\n    class C(Base):\n        def m(self): return super(C, self).m()"),
        source("if Base.x:\n    class C(Base):\n        def m(self): return super().m()"),
        ("C().m()",),
    ),
    Rewrites(
        "a nested class by its dotted name",
        source("class Outer:\n    class C(Base):\n        def m(self): return super(Outer.C, self).m()"),
        source("class Outer:\n    class C(Base):\n        def m(self): return super().m()"),
        ("Outer.C().m()",),
    ),
    Rewrites(
        "a class nested twice",
        source("class A:\n    class B:\n        class C(Base):\n            def m(self): return super(A.B.C, self).m()"),
        source("class A:\n    class B:\n        class C(Base):\n            def m(self): return super().m()"),
        ("A.B.C().m()",),
    ),
    Rewrites(
        "a nested class of an outer one with unknown bases",
        source("from enum import Enum\nclass Outer(Enum):\n    class C(Base):\n        def m(self): return super(Outer.C, self).m()"),
        source("from enum import Enum\nclass Outer(Enum):\n    class C(Base):\n        def m(self): return super().m()"),
        unsafe="member",
    ),
    *(
        Rewrites(
            f"a class decorated with {decorator}",
            source(f"{imports}\n@{decorator}\nclass C(Base):\n    def m(self): return super(C, self).m()"),
            source(f"{imports}\n@{decorator}\nclass C(Base):\n    def m(self): return super().m()"),
            ("C().m()",),
        )
        for imports, decorator in [
            ("from dataclasses import dataclass", "dataclass"),
            ("from dataclasses import dataclass", "dataclass(frozen=True)"),
            ("import dataclasses", "dataclasses.dataclass(slots=False)"),
            ("from typing import final", "final"),
            ("import unittest.mock", "unittest.mock.patch('os.sep', '/')"),
            ("def register(cls):\n    print(cls)\n    return cls", "register"),
        ]
    ),
    Rewrites(
        "an unknown decorator",
        source("from m import register\n@register\nclass C(Base):\n    def m(self): return super(C, self).m()"),
        source("from m import register\n@register\nclass C(Base):\n    def m(self): return super().m()"),
        unsafe="decorator",
        execute=False,
        because="gives back the class",
    ),
    Rewrites(
        "a decorator of the file with arguments",
        source("def keep(x):\n    return lambda cls: cls\n@keep(1)\nclass C(Base):\n    def m(self): return super(C, self).m()"),
        source("def keep(x):\n    return lambda cls: cls\n@keep(1)\nclass C(Base):\n    def m(self): return super().m()"),
        ("C().m()",),
        unsafe="decorator",
    ),
    Rewrites(
        "a decorator that returns something else at times",
        source("def odd(cls):\n    if cls: return cls\n    return Base\n@odd\nclass C(Base):\n    def m(self): return super(C, self).m()"),
        source("def odd(cls):\n    if cls: return cls\n    return Base\n@odd\nclass C(Base):\n    def m(self): return super().m()"),
        ("C().m()",),
        unsafe="decorator",
    ),
    Rewrites(
        "a metaclass",
        source("class M(type):\n    pass\nclass C(Base, metaclass=M):\n    def m(self): return super(C, self).m()"),
        source("class M(type):\n    pass\nclass C(Base, metaclass=M):\n    def m(self): return super().m()"),
        ("C().m()",),
    ),
    Rewrites(
        "a metaclass's own methods",
        "class M(type):\n    def __new__(mcs, *args):\n        return super(M, mcs).__new__(mcs, *args)\nclass C(metaclass=M): pass",
        "class M(type):\n    def __new__(mcs, *args):\n        return super().__new__(mcs, *args)\nclass C(metaclass=M): pass",
        ("type(C).__name__",),
    ),
    Rewrites(
        "diamonds keep their order",
        source(
            "class A(Base):\n    def m(self): return 'A', super(A, self).m()\n"
            "class B(Base):\n    def m(self): return 'B', super(B, self).m()\n"
            "class D(A, B): pass"
        ),
        source(
            "class A(Base):\n    def m(self): return 'A', super().m()\n"
            "class B(Base):\n    def m(self): return 'B', super().m()\n"
            "class D(A, B): pass"
        ),
        ("A().m()", "B().m()", "D().m()"),
    ),
    Rewrites(
        "a method that is hung on another class too",
        source("class C(Base):\n    def m(self): return super(C, self).m()\nclass D(Base): pass\nD.m = C.m\nclass E(C): pass\nE.n = C.m"),
        source("class C(Base):\n    def m(self): return super().m()\nclass D(Base): pass\nD.m = C.m\nclass E(C): pass\nE.n = C.m"),
        ("E().n()", "D().m()"),
    ),
    Rewrites(
        "a star import above the class",
        source("from os.path import *\nclass C(Base):\n    def m(self): return super(C, self).m()").replace("os.path", "abc"),
        source("from abc import *\nclass C(Base):\n    def m(self): return super().m()"),
        ("C().m()",),
    ),
    Rewrites(
        "exec in the file",
        source("exec('y = 1')\nclass C(Base):\n    def m(self): return super(C, self).m()"),
        source("exec('y = 1')\nclass C(Base):\n    def m(self): return super().m()"),
        ("C().m()",),
        unsafe="hidden-write",
        wrap=False,
    ),
    Rewrites(
        "a comprehension from 3.12 on",
        method("def m(self): return [super(C, self).m(x) for x in 'ab']"),
        method("def m(self): return [super().m(x) for x in 'ab']"),
        ("C().m()",) if sys.version_info >= (3, 12) else (),
        target=(3, 12),
        execute=sys.version_info >= (3, 12),
    ),
    Rewrites(
        "as in an image handler",
        "from m import ImageClassifier\nclass BinaryClassifier(ImageClassifier):\n    def __init__(self):\n"
        "        super(BinaryClassifier, self).__init__()",
        "from m import ImageClassifier\nclass BinaryClassifier(ImageClassifier):\n    def __init__(self):\n        super().__init__()",
        execute=False,
    ),
    Rewrites(
        "`__class__` of the module, which no method sees",
        "__class__ = 3\nclass A(list):\n    def copy(self):\n        return super(A, self).copy()",
        "__class__ = 3\nclass A(list):\n    def copy(self):\n        return super().copy()",
        ("A([1]).copy()",),
        wrap=False,
    ),
]
if sys.version_info >= (3, 12):
    REWRITES += [
        Rewrites(
            "a generic class",
            source("class C[T](Base):\n    def m[U](self, a: U = 1): return super(C, self).m(a)"),
            source("class C[T](Base):\n    def m[U](self, a: U = 1): return super().m(a)"),
            ("C().m()",),
            target=(3, 12),
        )
    ]


def declines(name: str, code: str, body: str, **more: object) -> Declines:
    return Declines(name, method(body), code, **more)  # type: ignore[arg-type]


SELF = "    def m(self): return super(C, self).m()"

DECLINES = [
    # --- another class, another object ---
    declines("a level that is skipped on purpose", "another-class", "def m(self): return super(Base, self).m()", mentions="`Base`"),
    Declines(
        "a nested class of the same last name",
        source(f"class C(Base):\n    class C(Base):\n    {SELF}"),
        "another-class",
    ),
    Declines("a nested class by its bare name", source(f"class Outer:\n    class C(Base):\n    {SELF}"), "not-the-class"),
    Declines(
        "the outer class",
        source("class Outer(Base):\n    class C(Base):\n        def m(self): return super(Outer, self).m()"),
        "another-class",
    ),
    Declines(
        "another nested class of the same name",
        source("class A:\n    class C(Base): pass\nclass B:\n    class C(Base):\n        def m(self): return super(A.C, self).m()"),
        "another-class",
    ),
    declines("another name of the class", "not-the-class", "def m(self):\n    D = C\n    return super(D, self).m()"),
    declines("a local of the class's name", "not-the-class", "def m(self):\n    C = Base\n    return super(C, self).m()"),
    declines("a parameter of the class's name", "not-the-class", "def m(self, C): return super(C, self).m()"),
    declines("an imported class", "not-the-class", "from m import D\ndef m(self): return super(D, self).m()"),
    declines("a dotted name of another module", "not-the-class", "def m(self): return super(mod.C, self).m()"),
    declines("a class taken out of a dict", "another-class", "def m(self): return super(d['C'], self).m()"),
    declines("type(self)", "dynamic", "def m(self): return super(type(self), self).m()", mentions="without end"),
    declines("self.__class__", "dynamic", "def m(self): return super(self.__class__, self).m()"),
    declines("cls twice", "dynamic", "@classmethod\ndef make(cls): return super(cls, cls).make()"),
    declines("another parameter", "not-first", "def m(self, other): return super(C, other).m()", mentions="`other`"),
    declines("the class as the object", "not-first", "def m(self): return super(C, C).m()"),
    declines("type(self) as the object", "not-first", "def m(self): return super(C, type(self)).make()"),
    declines("a copy of self", "not-first", "def m(self):\n    me = self\n    return super(C, me).m()"),
    declines("only starred parameters", "not-first", "def m(*args):\n    self = args[0]\n    return super(C, self).m()"),
    declines("the starred parameter itself", "not-first", "def m(*self): return super(C, self).m()"),
    declines("a keyword-only parameter", "not-first", "def m(*, self): return super(C, self).m()"),
    declines("self bound again before", "first-rebound", "def m(self, o):\n    self = o\n    return super(C, self).m()", mentions="line 9"),
    declines("self bound again behind", "first-rebound", "def m(self):\n    super(C, self).m()\n    self = 1"),
    declines("self deleted", "first-rebound", "def m(self):\n    super(C, self).m()\n    del self"),
    declines("self in a loop", "first-rebound", "def m(self):\n    for self in [self]: super(C, self).m()"),
    declines("self bound by a walrus", "first-rebound", "def m(self): return super(C, (self := C())), super(C, self).m()", others=True),
    declines(
        "self bound by a nested function",
        "first-rebound",
        "def m(self):\n    def n():\n        nonlocal self\n        self = 1\n    return super(C, self).m()",
    ),
    # --- where it stands ---
    declines("a function in a method", "nested-function", "def m(self):\n    def n(): return super(C, self).m()\n    return n()"),
    declines(
        "a function in a method with its own self",
        "nested-function",
        "def m(self):\n    def n(self): return super(C, self).m()\n    return n(self)",
    ),
    declines("a lambda in a method", "lambda", "def m(self): return (lambda: super(C, self).m())()"),
    declines("a lambda in a class", "lambda", "m = lambda self: super(C, self).m()"),
    declines("a comprehension", "comprehension", "def m(self): return [super(C, self).m() for _ in 'ab']"),
    declines("a set comprehension", "comprehension", "def m(self): return {super(C, self).x for _ in 'ab'}"),
    declines("a dict comprehension", "comprehension", "def m(self): return {1: super(C, self).x for _ in 'ab'}"),
    declines("a comprehension's second clause", "comprehension", "def m(self): return [a for _ in 'ab' for a in super(C, self).m()]"),
    declines("a comprehension's condition", "comprehension", "def m(self): return [a for a in 'ab' if super(C, self).m()]"),
    declines("a generator expression", "comprehension", "def m(self): return list(super(C, self).m() for _ in 'ab')"),
    declines(
        "a generator expression from 3.12 on", "comprehension", "def m(self): return list(super(C, self).m() for _ in 'ab')", target=(3, 12)
    ),
    declines("a comprehension over another self", "not-first", "def m(self): return [super(C, self).m() for self in 'ab']", target=(3, 12)),
    declines("a static method", "staticmethod", "@staticmethod\ndef m(self): return super(C, self).m()"),
    Declines(
        "a function hung on a class",
        source("class C(Base): pass\ndef m(self): return super(C, self).m()\nC.m = m"),
        "not-in-method",
        skip=("method",),
    ),
    Declines("the module", source("class C(Base): pass\nprint(super(C, C()).m())"), "not-in-method", skip=("function", "method")),
    declines("a default", "not-in-method", "def m(self, x=lambda: 1, y=super(Base, Base)): pass"),
    # --- the name of the class ---
    Declines("a class bound again below", source(f"class C(Base):\n{SELF}\nC = Base"), "class-rebound", mentions="line 9"),
    Declines(
        "a class of the same name in the other branch",
        source(f"if 1:\n    class C(Base):\n    {SELF}\nelse:\n    class C(Base): pass"),
        "class-rebound",
    ),
    Declines(
        "a class of the same name in except",
        source(f"try:\n    from m import C\nexcept ImportError:\n    class C(Base):\n    {SELF}"),
        "class-rebound",
    ),
    Declines("a class that is wrapped", source(f"class C(Base):\n{SELF}\nC = print(C) or C"), "class-rebound"),
    Declines("a class that is deleted", source(f"class C(Base):\n{SELF}\ndel C"), "class-rebound"),
    Declines(
        "a class bound by a function",
        source(f"class C(Base):\n{SELF}\ndef f():\n    global C\n    C = 1"),
        "class-rebound",
        skip=("function", "method"),
    ),
    Declines(
        "a class bound by a nested function",
        source(f"def f():\n    class C(Base):\n    {SELF}\n    def g():\n        nonlocal C\n        C = 1\n    return C"),
        "class-rebound",
    ),
    Declines("a class declared global", source(f"def f():\n    global C\n    class C(Base):\n    {SELF}\n"), "class-rebound"),
    Declines("a class in a loop", source(f"for i in 'ab':\n    class C(Base):\n    {SELF}"), "in-loop", mentions="line 7"),
    Declines("a class in while", source(f"while Base.x:\n    class C(Base):\n    {SELF}\n    break"), "in-loop"),
    Declines("a class in a loop of a function", source(f"def f():\n    for i in 'ab':\n        class C(Base):\n        {SELF}"), "in-loop"),
    Declines("a star import below", source(f"class C(Base):\n{SELF}\nfrom abc import *"), "star-import", skip=("function", "method")),
    Declines(
        "a class set from outside",
        source(f"import sys\nclass C(Base):\n{SELF}\nsys.modules[__name__].C = Base"),
        "class-rebound",
        skip=("function", "method"),
    ),
    Declines("a private class", "class __C:\n    def m(self): return super(__C, self).m()", "not-the-class"),
    Declines(
        "a private nested class",
        "class A:\n    class __C:\n        def m(self): return super(A.__C, self).m()",
        "not-the-class",
    ),
    Declines(
        "a nested class that is set again",
        source("class A:\n    class C(Base):\n        def m(self): return super(A.C, self).m()\nA.C = Base"),
        "class-rebound",
    ),
    Declines(
        "a nested class bound twice",
        source("class A:\n    class C(Base):\n        def m(self): return super(A.C, self).m()\n    C = Base"),
        "class-rebound",
    ),
    Declines(
        "a nested class in a loop",
        source("class A:\n    for i in 'ab':\n        class C(Base):\n            def m(self): return super(A.C, self).m()"),
        "in-loop",
    ),
    # --- decorators ---
    *(
        Declines(f"a class decorated with {decorator}", source(f"{imports}\n@{decorator}\nclass C(Base):\n{SELF}"), "class-replaced")
        for imports, decorator in [
            ("from dataclasses import dataclass", "dataclass(slots=True)"),
            ("import dataclasses as dc", "dc.dataclass(frozen=True, slots=True)"),
            ("from dataclasses import dataclass\nslots = True", "dataclass(slots=slots)"),
            ("from dataclasses import dataclass\nkw = {}", "dataclass(**kw)"),
            ("import attr", "attr.s(slots=True)"),
            ("import attrs", "attrs.define"),
            ("from attr import frozen", "frozen"),
            ("import six", "six.add_metaclass(type)"),
        ]
    ),
    # --- super and __class__ ---
    Declines("super is a function of the file", source(f"def super(a, b): return b\nclass C(Base):\n{SELF}"), "shadowed"),
    Declines("super is imported", source(f"from future.builtins import super\nclass C(Base):\n{SELF}"), "shadowed"),
    declines("super is a parameter", "shadowed", "def m(self, super): return super(C, self).m()"),
    Declines("an unknown star import", source(f"from m import *\nclass C(Base):\n{SELF}"), "shadowed", skip=("function", "method")),
    declines("__class__ is a local", "class-cell", "def m(self):\n    __class__ = 1\n    return super(C, self).m()"),
    declines("__class__ is a parameter", "class-cell", "def m(self, __class__): return super(C, self).m()"),
    declines(
        "a function in the method stores into the cell",
        "class-cell",
        "def m(self):\n    def n():\n        nonlocal __class__\n        __class__ = Base\n    n()\n    return super(C, self).m()",
    ),
    declines(
        "another method stores into the cell",
        "class-cell",
        "def n(self):\n    nonlocal __class__\n    __class__ = Base\ndef m(self): return super(C, self).m()",
    ),
    declines(
        "__class__ is an attribute of the class",
        "class-cell",
        "__class__ = property(lambda self: Base)\ndef m(self): return super(C, self).m()",
    ),
    declines("__class__ is global", "class-cell", "def m(self):\n    global __class__\n    return super(C, self).m()"),
    declines(
        "a __class__ that is given, and a local", "class-cell", "def m(self):\n    __class__ = Base\n    return super(__class__, self).m()"
    ),
    # --- arguments ---
    declines("the class alone", "unbound", "def m(self): return super(C)"),
    declines("starred arguments", "arguments", "def m(self): return super(*[C, self]).m()"),
    declines("a starred second argument", "arguments", "def m(self): return super(C, *[self]).m()"),
    declines("keyword arguments", "arguments", "def m(self): return super(type=C, obj=self).m()"),
    declines("three arguments", "arguments", "def m(self): return super(C, self, 1).m()"),
    declines("an f-string that prints its source", "shows-source", "def m(self): return f'{super(C, self).x=}'"),
    Declines("in the body of a class in a class", "class A:\n    class B:\n        x = super(A, y)", "not-in-method"),
    Declines("a method without parameters", "class A:\n    def f():\n        return super(A, nowhere).f()", "not-first"),
]

IGNORES = [
    Ignores("super without arguments", method("def m(self): return super().m()")),
    Ignores("super that is not called", method("def m(self): return super")),
    Ignores("a method called super", method("def m(self): return self.super(C, self)")),
    Ignores("builtins.super makes no cell", method("import builtins\ndef m(self): return builtins.super(C, self).m()")),
    Ignores("another function", method("def m(self): return supper(C, self).m()")),
    Ignores("the parent by name", method("def m(self): return Base.m(self)")),
    Ignores("text that looks like it", "s = 'super(C, self)'  # super(C, self)"),
    Ignores("a result that is called", method("def m(self): return super()(C, self)")),
    Ignores(
        "no arguments, beside a comment with some", "class A:\n    def f(self):\n        # not super(A, self)\n        return super().f()"
    ),
]

CASES: list[Case] = [*REWRITES, *DECLINES, *IGNORES]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_super_args(case: Case) -> None:
    check(case, "super-args")


def test_there_are_enough_refusals() -> None:
    assert len(DECLINES) + len(IGNORES) >= 50
    assert len(CASES) >= 100


@pytest.mark.parametrize("line", ["super(C, self).m()  # pyfix: ignore", "super(C, self).m()  # pyfix: ignore[super-args]"])
def test_a_comment_holds_it_back(line: str) -> None:
    outcome = process(f"class C:\n    def m(self): {line}\n".encode(), Settings(("super-args",)))
    assert isinstance(outcome, Clean)
    assert [one.suppressed for one in outcome.diagnostics] == [True]


@pytest.mark.parametrize("argument", ["", "C, self"])
def test_the_word_super_alone_keeps_the_class(argument: str) -> None:
    """Why metaclasses and `locals()` need no refusal. If this fails, Python has changed, and they do."""
    space: dict[str, object] = {}
    exec(f"class C:\n    def m(self):\n        super({argument})\n        return locals()", space)
    made = space["C"]
    assert isinstance(made, type)
    assert made().m()["__class__"] is made  # type: ignore[attr-defined]


def test_a_copy_of_the_class_is_another_class() -> None:
    """Why slots are refused: Python before 3.14 fails here."""
    text = method("x: int = 1\ndef m(self): return super().m()", "@dataclass(slots=True)\nclass C(Base):")
    space: dict[str, object] = {}
    exec(f"from dataclasses import dataclass\n{text}", space)
    if sys.version_info < (3, 14):
        with pytest.raises(TypeError):
            space["C"]().m()  # type: ignore[operator]


def test_two_sites_in_one_expression_go_in_one_run() -> None:
    before = method("def m(self): return super(C, self).m(super(C, self).x)")
    outcome = process(before.encode(), Settings(("super-args",)))
    assert isinstance(outcome, Fixed)
    assert b"super().m(super().x)" in outcome.after


def test_its_page_says_why() -> None:
    page = registry.rule("super-args").page
    assert all(word in page for word in ("Before:", "After:", "Why:", "Safe:", "Refused:", "slots", "Python 2"))
