"""What may write variables and attributes without naming them."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Facts = Callable[[str], Module]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x", False),
        ("exec(x)", True),
        ("def f(): exec(x)", True),
        ("def exec(x): pass\nexec(1)", False),
        ("eval(x)", True),
        ("def f(): eval(x)", False),
        ("globals()", True),
        ("globals()['a']", False),
        ("globals()['a'] = 1", True),
        ("del globals()['a']", True),
        ("globals().get('a')", False),
        ("globals().update(a)", True),
        ("'a' in globals()", False),
        ("for a in globals(): pass", False),
        ("f(**globals())", False),
        ("f(globals())", True),
        ("dict(globals())", False),
        ("'%(a)s' % globals()", False),
        ("g = globals", True),
        ("def f(): globals()['a'] = 1", True),
        ("locals()['a'] = 1", True),
        ("def f(): locals()['a'] = 1", False),
        ("vars()['a'] = 1", True),
        ("vars(x)['a'] = 1", False),
        ("f(vars(x))", False),
        ("f(globals)", True),
        ("a[globals()]", True),
        ("import sys\nsys.modules[__name__].a = 1", True),
        ("import sys\ndel sys.modules[__name__].a", True),
        ("import sys\nsys.modules[__name__].a", False),
        ("import sys\nsys.modules['a'] = b", False),
        ("sys.modules[__name__].a = 1", False),
        ("import sys\nsys.modules.get(a).b = 1", True),
        ("import sys\nother.modules.get(a).b = 1", False),
        ("import importlib\nimportlib.import_module(a).b = 1", True),
        ("__import__(a).b = 1", True),
        ("import builtins\nbuiltins.__import__(a).b = 1", True),
        ("import_module(a).b = 1", False),
        ("import __main__\n__main__.a = 1", True),
        ("import __main__ as m\nm.a = 1", True),
        ("import __main__\n__main__.a", False),
        ("import __main__\n__main__ = 1", False),
        ("import other\nother.a = 1", False),
        ("import __main__\n__main__.__dict__['a'] = 1", True),
        ("import __main__\n__main__.__dict__['a']", False),
        ("import sys\nm = sys.modules[a]\nm.b = 1", True),
        ("import sys\nm = sys.modules[a]\nm.b", False),
        ("import sys\nm = sys.modules[a]\nm = m", True),
        ("import sys\nx.y = sys.modules[a]", True),
        ("import sys\nif sys.modules[a]: sys.modules[a][b]", False),
        ("import sys\nsetattr(sys.modules[a], 'b', 1)", True),
        ("import importlib, sys\nimportlib.reload(sys.modules[a])", True),
        ("import inspect, sys\ninspect.getsource(sys.modules[a])", False),
        ("import sys\nf(sys.modules[a])", True),
        ("import sys\nf(m=sys.modules[a])", True),
        ("import sys\nsys.modules[a](b)", False),
    ],
)
def test_module_variables(facts: Facts, source: str, expected: bool) -> None:
    assert facts(source).hidden_writes.writes_globals is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("setattr(a, 'b', c)", [("a", "b", "c")]),
        ("setattr(a, b, c)", [("a", None, "c")]),
        ("setattr(*a)", [(None, None, None)]),
        ("setattr(a, *b, c)", [(None, None, None)]),
        ("setattr()", [(None, None, None)]),
        ("object.__setattr__(a, 'b', c)", [("a", "b", "c")]),
        ("a.__setattr__('b', c)", [("a", "b", "c")]),
        ("super().__setattr__(b, c)", [("super()", None, "c")]),
        ("a.__setattr__('b')", [(None, None, None)]),
        ("monkeypatch.setattr(a, 'b', c)", [("a", "b", "c")]),
        ("monkeypatch.setattr(a, 'b', c, False)", [("a", "b", "c")]),
        ("monkeypatch.setattr('a.b', c)", []),
        ("a.__dict__['b']", []),
        ("a.__dict__['b'] = c", [("a", "b", "c")]),
        ("vars(a)['b'] = c", [("a", "b", "c")]),
        ("a.__dict__[b] = c", [("a", None, None)]),
        ("a.__dict__['b'] += c", [("a", None, None)]),
        ("a.__dict__.update(b=c, d=e)", [("a", "b", "c"), ("a", "d", "e")]),
        ("a.__dict__.update(b)", [("a", None, None)]),
        ("a.__dict__.update(b=c, **d)", [("a", None, None)]),
        ("mock.patch.object(a, 'b', c)", [("a", "b", "c")]),
        ("patch.object(a, 'b', new=c)", [("a", "b", "c")]),
        ("patch.object(a, 'b')", [("a", "b", None)]),
        ("patch.object(a, 'b', spec=c)", [("a", "b", None)]),
        ("mock.patch\\\n.object(a, 'b', c)", [("a", "b", "c")]),
        ("Point.x.__set__(a, c)", [("a", "x", "c")]),
        ("other.object(a, 'b')", []),
        ("a.__dict__.items()", []),
        ("a.__dict__ = b", [("a", None, None)]),
        ("b = a.__dict__", [("a", None, None)]),
        ("vars(a).update(b)", [("a", None, None)]),
        ("vars(a)['b']", []),
        ("f = setattr", [(None, None, None)]),
        ("map(setattr, a, b, c)", [(None, None, None)]),
    ],
)
def test_attributes(facts: Facts, source: str, expected: list[tuple[str | None, str | None, str | None]]) -> None:
    def text(node: ast.expr | None) -> str | None:
        return ast.unparse(node) if node is not None else None

    found = facts(source).hidden_writes.attribute_setters
    assert [(text(thing), name, text(value)) for thing, name, value in found] == expected


def test_star_imports(facts: Facts) -> None:
    assert facts("from a import b\nfrom c import *\n").hidden_writes.star_lines == [2]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x", False),
        ("vars(x)['a'] = 1", True),
        ("x.__dict__['a'] = 1", True),
        ("f(x.__dict__)", True),
        ("vars(x)['a']", False),
        ("x.__dict__['a']", False),
        ("setattr(x, y, z)", False),
        ("setattr(x, 'y', z)\nf(x.a)", False),
        ("f = setattr", True),
        ("setattr(*x)", True),
        ("patch.object(a, 'b')\nvars(x)['a']", False),
    ],
)
def test_a_dict_of_attributes_is_taken(facts: Facts, source: str, expected: bool) -> None:
    assert facts(source).hidden_writes.takes_namespaces is expected
