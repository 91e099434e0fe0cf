"""The types of parameters: the annotation, less what the file shows otherwise."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

PLAIN = [
    ("def f(x): repr(x)", "?"),
    ("def f(x=1): repr(x)", "?"),
    ("def f(x: str): repr(x)", "str"),
    ("def f(x: str = 'a'): repr(x)", "str"),
    ("def f(x: foo.bar = None): repr(x)", "?"),
    ("def f(x: str, /): repr(x)", "str"),
    ("def f(*, x: str): repr(x)", "str"),
    ("def f(*x: str): repr(x)", "tuple[str, ...]"),
    ("def f(*x): repr(x)", "tuple"),
    ("def f(**x: int): repr(x)", "dict[str, int]"),
    ("def f(**x): repr(x)", "dict[str, ?]"),
    ("def f(*x: str):\n    for y in x: repr(y)", "str"),
    ("def f(**x: int):\n    for y, z in x.items(): repr(y); repr(z)", "str; int"),
    ("lambda x: repr(x)", "?"),
    ("lambda *x: repr(x)", "tuple"),
    ("async def f(x: str): repr(x)", "str"),
]

CONTRADICTED = [
    ("def f(x: str = None): repr(x)", "str | None"),
    ("def f(x: str = 1): repr(x)", "?"),
    ("def f(x: str | int = 1): repr(x)", "str | int"),
    ("def f(x: float = 1): repr(x)", "int | float"),
    ("def f(x: int = True): repr(x)", "int"),
    ("def f(x: list[str] = ()): repr(x)", "?"),
    ("def f(x: str = y): repr(x)", "str"),
    ("def f(x: str = MISSING): repr(x)", "?"),
    ("def f(x: str = a._unset): repr(x)", "?"),
    ("def f(x: str = ...): repr(x)", "?"),
    ("Y = object()\ndef f(x: str = Y): repr(x)", "?"),
    ("class Y: pass\nY = Y()\ndef f(x: str = Y): repr(x)", "?"),
    ("class Y: pass\nZ = Y()\ndef f(x: str = Z): repr(x)", "?"),
    ("Y = 1\ndef f(x: str = Y): repr(x)", "?"),
    ("def f(x: str): repr(x)\nf('a')", "str"),
    ("def f(x: str): repr(x)\nf(1)", "?"),
    ("def f(x: str): repr(x)\nf(None)", "str | None"),
    ("def f(x: str): repr(x)\nf(y)", "str"),
    ("def f(x: str): repr(x)\nf(x=1)", "?"),
    ("def f(x: str): repr(x)\ny = 1\nf(y)", "?"),
    ("def f(x: str): repr(x)\nf(str(1))", "str"),
    ("def f(x: str): repr(x)\nf(len('a'))", "?"),
    ("def f(x: str): repr(x)\nf(*y)", "str"),
    ("def f(w, x: str): repr(x)\nf(*[*y, 1])", "str"),
    ("def f(w, x: str): repr(x)\nf(*y, 1)", "str"),
    ("def f(x: str): repr(x)\nf(**{**y, z: 1, 'x': 'a'})", "str"),
    ("def f(x: str): repr(x)\nfor y in []: f(y)", "str"),
    ("def f(*x: str): repr(x)\nfor y in []: f(y)", "tuple[str, ...]"),
    ("def f(*x: str): repr(x)\nf(y)", "tuple[str, ...]"),
    ("def f(w, x: str): repr(x)\nf(w=1, x='a')", "str"),
    ("def f(*, x: str): repr(x)\nf(x=1)", "?"),
    ("from functools import partial\ndef f(*, x: str): repr(x)\npartial(f, 1)", "str"),
    ("def f(x: list[str]): repr(x)\nf(['a', 1])", "?"),
    ("def f(x: list[str]): repr(x)\ny = ['a', 1]\nf(y)", "?"),
    ("def f(x: list[str]): repr(x)\nf(['a'])\nf([])\nf([y])", "list[str]"),
    ("def f(x: dict[str, float]): repr(x)\nf({'a': 1})", "dict[str, int | float]"),
    ("def f(x: dict[str, float]): repr(x)\nf({'a': 'b'})", "?"),
    ("def f(x: tuple[str, ...]): repr(x)\nf(('a', 1))", "?"),
    ("def f(x: list[str]):\n    x.append(1)\n    repr(x)", "list"),
    ("def f(x: list[str]):\n    x += [1]\n    repr(x)", "list"),
    ("def f(x: dict[str, str]):\n    x['a'] = 1\n    repr(x)", "dict"),
    ("def f(x: list[str]):\n    x.append('a')\n    repr(x)", "list[str]"),
    ("def f(x: str): repr(x)\nmap(f, ['a', 1])", "?"),
    ("def f(x: str): repr(x)\nmap(f, ['a', 'b'])\nmap(f, y)", "str"),
    ("def f(w, x: str): repr(x)\nmap(f, [1], ['a'])", "str"),
    ("from functools import partial\ndef f(x: str): repr(x)\npartial(f, 1)", "?"),
    ("from functools import partial\ndef f(w, x: str): repr(x)\npartial(f, 1)", "str"),
    ("from functools import partial\ndef f(w, x: str): repr(x)\npartial(f, x=1)", "?"),
    ("def f(x: str): repr(x)\npool.submit(f, 1)", "?"),
    ("def f(*x: str): repr(x)\nf('a', 1)", "tuple"),
    ("def f(*x: str): repr(x)\nf('a', 'b', **y)", "tuple[str, ...]"),
    ("def f(w, *x: str): repr(x)\nf(1, 'a')", "tuple[str, ...]"),
    ("def f(**x: str): repr(x)\nf(a=1)", "dict[str, ?]"),
    ("def f(w, **x: str): repr(x)\nf(w=1, a='b')", "dict[str, str]"),
    ("def f(x: str): repr(x)\nf(*[1])", "?"),
    ("def f(x: str): repr(x)\nf(**{'x': 1})", "?"),
    ("def f(x: str): repr(x)\ng(1)", "str"),
    ("def f(w, x: str): repr(x)\nf(1, 'a')", "str"),
    ("def f(w, x: str): repr(x)\nf('a', 1)", "?"),
    ("def f(x: dict): repr(x)\nimport collections\nf(collections.OrderedDict())", "dict"),
    ("def f(x: dict): repr(x)\nclass D: pass\nf(D())", "?"),
    ("def f(x: dict): repr(x)\nimport collections\nf(collections.ChainMap())", "?"),
    ("def f(x: dict): repr(x)\nimport weakref\nf(weakref.WeakValueDictionary())", "?"),
    ("def f(x: list): repr(x)\nimport collections\nf(collections.UserList())", "?"),
    ("def f(x: str): repr(x)\nfrom collections import UserString\nf(UserString('a'))", "?"),
    ("def f(x: str): repr(x)\nfrom pathlib import Path\nf(Path('a'))", "?"),
    ("def f(x: int): repr(x)\nfrom decimal import Decimal\nf(Decimal(1))", "?"),
    ("def f(x: str): repr(x)\nimport io\nf(io.StringIO())", "?"),
    ("import elsewhere\ndef f(x: dict): repr(x)\nf(elsewhere.Mapping())", "dict"),
    ("import collections\ndef f(x: collections.OrderedDict): repr(x)\nclass D: pass\nf(D())", "?"),
    ("from collections.abc import Sequence\ndef f(x: Sequence): repr(x)\nf([])", "Sequence"),
    ("def f(x: str):\n    x = y\n    repr(x)", "?"),
    ("def f(x: str):\n    repr(x)\n    x = y", "str"),
]

METHODS = [
    ("class C:\n    def f(self, x: str): repr(x)\nC().f(1)", "?"),
    ("class C:\n    def f(self, x: str): repr(x)\ny.f(1)", "?"),
    ("class C:\n    def f(self, x: str): repr(x)\nC().f('a')", "str"),
    ("class C:\n    def f(self, x: str): repr(x)\nC.f(C(), 1)", "?"),
    ("class C:\n    def f(self, x: str): repr(x)\nC.f(1, 'a')", "str"),
    ("class C:\n    def __init__(self, x: str): repr(x)\nC(1)", "?"),
    ("class C:\n    def __init__(self, x: str): repr(x)\nC('a')", "str"),
    ("class C:\n    @staticmethod\n    def f(x: str): repr(x)\nC.f(1)", "?"),
]

RECEIVERS = [
    ("class C:\n    def f(self): repr(self)", "C"),
    ("class C:\n    def f(this): repr(this)", "C"),
    ("class C:\n    @classmethod\n    def f(cls): repr(cls)", "type[C]"),
    ("class C:\n    @staticmethod\n    def f(x): repr(x)", "?"),
    ("class C:\n    @property\n    def f(self): repr(self)", "C"),
    ("class C:\n    @property\n    def f(self): pass\n    @f.setter\n    def f(self, x): repr(self)", "C"),
    ("class C:\n    @unknown\n    def f(self): repr(self)", "?"),
    ("class C:\n    def __new__(cls): repr(cls)", "type[C]"),
    ("class C:\n    def f(self):\n        def g(self): repr(self)", "?"),
    ("class C(type):\n    def f(cls): repr(cls)", "?"),
    ("class C:\n    def f(self):\n        self = 1\n        repr(self)", "int"),
    ("class C:\n    def f(a): repr(a)\n    g = wrap(f)", "?"),
    ("class C:\n    def f(self): repr(self)\nC.f(1)", "?"),
    ("class C:\n    def f(self): repr(self)\nC.f(C())", "C"),
    ("class C:\n    def f(self): repr(self)\nclass D(C):\n    def f(self): C.f(self)", "C"),
    ("class C:\n    def f(self): repr(self)\ng = C.f", "?"),
    ("class C: pass\nclass D:\n    class C:\n        def f(self): repr(self)", "?"),
    ("class C: pass\nclass D:\n    class C:\n        @classmethod\n        def f(cls): repr(cls)", "?"),
    ("import foo\nclass C:\n    @foo.bar\n    def f(self): repr(self)", "?"),
    ("import enum\nclass C(enum.Enum):\n    def _generate_next_value_(name, start, count, last): repr(name)", "?"),
    ("class C:\n    f = lambda self: repr(self)", "?"),
    ("class C:\n    f = None\n    def f(self): repr(self)", "C"),
    ("class C:\n    def f(self): repr(self)\ny.f(1)", "C"),
    ("class C:\n    def f(self): repr(self)\nC.f(y)", "?"),
    ("class C:\n    def f(self): repr(self)\ng(C(), C.f)", "?"),
]


@pytest.mark.parametrize(("source", "expected"), [*PLAIN, *CONTRADICTED, *METHODS, *RECEIVERS])
def test_a_parameter(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


def test_the_reason_names_the_annotation(facts: Callable[[str], object]) -> None:
    import ast

    module = facts("\ndef f(x: list[int]): repr(x)")
    (call,) = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]  # type: ignore[attr-defined]
    kind = module.type_of(call.args[0])  # type: ignore[attr-defined]
    assert kind.because == "annotated `list[int]` at line 2"
