"""The types of variables, from all that binds them or from what came last."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

STRAIGHT = [
    ("x = 1\nrepr(x)", "int"),
    ("x = 1\nx = 'a'\nrepr(x)", "str"),
    ("x = 1\nrepr(x)\nx = 'a'", "int"),
    ("repr(x)\nx = 'a'", "str"),
    ("x = y\nrepr(x)", "?"),
    ("x = y\nx = 'a'\nrepr(x)", "str"),
    ("x = 'a'\nx = y\nrepr(x)", "?"),
    ("x = 'a'\ndel x\nrepr(x)", "str"),
    ("x = 1\ndel x\nx = 'a'\nrepr(x)", "str"),
    ("x = y = 1\nrepr(x); repr(y)", "int; int"),
    ("x = 1\ny = x\nrepr(y)", "int"),
    ("x = 1\nx += 1.5\nrepr(x)", "float"),
    ("x = 1\nx = str(x)\nrepr(x)", "str"),
    ("x = [1]\nx += ['a']\nrepr(x[0])", "int | str"),
    ("x = [1]\nx += 'ab'\nrepr(x[0])", "int | str"),
    ("x = [1]\nx += y\nrepr(x)", "?"),
    ("x = 'a'\nx += y\nrepr(x)", "?"),
]

BRANCHES = [
    ("if c: x = 1\nelse: x = 2\nrepr(x)", "int"),
    ("if c: x = 1\nelse: x = 'a'\nrepr(x)", "int | str"),
    ("if c: x = 1\nelse: x = y\nrepr(x)", "?"),
    ("x = 1\nif c: x = 'a'\nrepr(x)", "int | str"),
    ("if c:\n    x = 1\n    repr(x)\nelse:\n    x = 'a'\n    repr(x)", "int; str"),
    ("x = 'a'\nif c:\n    x = y\n    raise z\nrepr(x)", "str"),
    ("try: x = 'a'\nexcept E: x = y\nrepr(x)", "?"),
    ("try: x = 'a'\nexcept E: raise\nrepr(x)", "str"),
    ("x = None\ntry: x = 'a'\nfinally: repr(x)", "None | str"),
    ("x = 1\ntry:\n    x = f()\n    x = 'a'\nexcept E: repr(x)", "?"),
    ("x = 'a'\nwith m():\n    x = 1\nrepr(x)", "str | int"),
    ("x = 'a'\nwith open(p):\n    x = 1\nrepr(x)", "int"),
    ("x = 'a' if c else 'b'\nrepr(x)", "str"),
    ("if (x := 'a'): repr(x)", "str"),
    ("while (x := input()): repr(x)", "str"),
]

LOOPS = [
    ("x = ''\nwhile c: x = x + 'a'\nrepr(x)", "str"),
    ("x = ''\nwhile c: x += 'a'\nrepr(x)", "str"),
    ("x = ''\nwhile c: x = x + y\nrepr(x)", "?"),
    ("x = 1\nwhile c: x = x / 2\nrepr(x)", "int | float"),
    ("x = 1\nwhile c:\n    repr(x)\n    x = 'a'", "int | str"),
    ("x = 1\nwhile c:\n    x = 'a'\n    repr(x)", "str"),
    ("a, b = 0, 1\nwhile c: a, b = b, a + b\nrepr(a)", "int"),
    ("a, b = 'x', 'y'\nwhile c: a, b = b, a\nrepr(a); repr(b)", "str; str"),
    ("a, b = 'x', 1\nwhile c: a, b = b, a\nrepr(a)", "str | int"),
    ("a = b = 'x'\nwhile c:\n    a = b\n    b = a + d\nrepr(a)", "?"),
    ("x = []\nwhile c: x = [x]\nrepr(x)", "list"),
    ("n = 0\nfor i in range(3):\n    if i: n = i\nrepr(n)", "int"),
    ("x = ''\nfor y in z:\n    if c: continue\n    x = y\n    break\nelse: x = 'b'\nrepr(x)", "?"),
    ("s = ''\nfor i in range(3):\n    t = s\n    s = t + str(i)\nrepr(s); repr(t)", "str; str"),
]

SCOPES = [
    ("x = 'a'\ndef f(): repr(x)", "str"),
    ("x = 'a'\ndef f(): repr(x)\nx = 1", "str | int"),
    ("x = 'a'\ndef f(): repr(x)\nx = y", "?"),
    ("x = 'a'\ndef f():\n    x = 1\n    repr(x)\nrepr(x)", "int; str"),
    ("x = 'a'\ndef f():\n    global x\n    x = 1\nrepr(x)", "str | int"),
    ("x = 'a'\ndef f():\n    global x\n    x = y\nrepr(x)", "?"),
    ("x = 'a'\ndef f():\n    global x\n    x = 1\n    repr(x)", "str | int"),
    ("def f():\n    x = 'a'\n    def g(): repr(x)", "str"),
    ("def f():\n    x = 'a'\n    def g(): repr(x)\n    x = 1", "str | int"),
    ("def f():\n    x = 'a'\n    def g():\n        nonlocal x\n        x = 1\n    g()\n    repr(x)", "str | int"),
    ("def f():\n    x = 'a'\n    return lambda: repr(x)", "str"),
    ("def f():\n    x = 'a'\n    return (repr(x) for y in z)", "str"),
    ("x = 'a'\n[repr(x) for x in [1]]\nrepr(x)", "int; str"),
    ("def f():\n    x = 1\n    [(x := 'a') for y in z]\n    repr(x)", "int | str"),
    ("def f():\n    x = 1\n    ((x := 'a') for y in z)\n    repr(x)", "int | str"),
    ("class C:\n    x = 'a'\n    repr(x)\n    def m(self): repr(x)", "str; ?"),
    ("x = 1\nclass C:\n    if c: x = 'a'\n    repr(x)", "?"),
    ("class C:\n    if c: x = 'a'\n    repr(x)", "str"),
    ("from y import *\nclass C:\n    if c: x = 'a'\n    repr(x)", "?"),
    ("x: str\nx = 'a'\ndef f(): repr(x)", "str"),
    ("def f():\n    x: object\n    x = 1\n    x = 'a'\n    repr(x)", "str"),
    ("def f():\n    x = None\n    def g(): repr(x)", "None"),
    ("x = None\ndef f(): repr(x)", "?"),
    ("x = None\nrepr(x)", "None"),
    ("x = None\ndef g():\n    global x\n    x = 'a'\ndef f(): repr(x)", "None | str"),
]

HIDDEN = [
    ("x = 'a'\nexec(y)\nrepr(x)", "?"),
    ("x = 'a'\nglobals()['x'] = y\nrepr(x)", "?"),
    ("x = 'a'\nglobals().update(y)\nrepr(x)", "?"),
    ("x = 'a'\nglobals()['x']\nrepr(x)", "str"),
    ("x = 'a'\ng = globals\nrepr(x)", "?"),
    ("x = 'a'\nlocals()['x'] = y\nrepr(x)", "?"),
    ("x = 'a'\nvars(y)['x'] = 1\nrepr(x)", "str"),
    ("def f():\n    x = 'a'\n    exec(y)\n    locals()['x'] = 1\n    repr(x)", "str"),
    ("x = 'a'\nfrom y import *\nrepr(x)", "?"),
    ("from y import *\nx = 'a'\nrepr(x)", "str"),
    ("from y import *\ndef f(): repr(x)\nx = 'a'", "str"),
    ("if c: input = 'a'\nrepr(input)", "?"),
    ("input = 'a'\nrepr(input)", "str"),
    ("input = 'a'\ndef f(): repr(input)", "?"),
    ("def f():\n    input = 'a'\n    def g(): repr(input)", "str"),
    ("if c: __file__ = 1\nrepr(__file__)", "?"),
    ("repr(str); repr(len); repr(y)", "type[str]; ?; ?"),
    ("from y import *\nrepr(str)", "?"),
    ("repr(__name__); repr(__file__); repr(__doc__)", "str; str; ?"),
    ("__name__ = 1\nrepr(__name__)", "int"),
    ("import x\nrepr(x)", "?"),
    ("x = 'a'\nimport x\nrepr(x)", "?"),
    ("try: import x\nexcept ImportError: x = None\nrepr(x)", "?"),
    ("x = 'a'\ndef x(): pass\nrepr(x)", "function"),
    ("@d\ndef x(): pass\nrepr(x)", "?"),
    ("for x in y: pass\nrepr(x)", "?"),
]

CAPTURED = [
    ("def f(x):\n    if isinstance(x, str): return lambda: repr(x)", "str"),
    ("def f(x):\n    if not isinstance(x, str): return\n    def g(): repr(x)\n    return g", "str"),
    ("def f(x):\n    if isinstance(x, str): return (repr(x) for y in z)", "str"),
    ("def f(x):\n    if isinstance(x, str): return lambda: repr(x)\n    x = 1", "?"),
    ("def f(x):\n    def g():\n        if isinstance(x, str): repr(x)", "str"),
    ("def f(x):\n    def g():\n        if isinstance(x, str): repr(x)\n    x = 1", "?"),
    ("x = y\ndef f():\n    if isinstance(x, str): repr(x)", "str"),
    ("x = y\ndef f():\n    if isinstance(x, str):\n        yield\n        repr(x)", "?"),
    ("x = y\nasync def f():\n    if isinstance(x, str):\n        await z\n        repr(x)", "?"),
    ("def f(x): return (repr(z) for z in x if isinstance(z, str) for z in x)", "?"),
    ("def f(x): return (repr(z) for z in x if isinstance(z.a, str))", "?"),
    ("def f(x): return (repr(z) for z in x if isinstance(x, str))", "?"),
    ("x = y\ndef g():\n    global x\n    x = 1\ndef f():\n    if isinstance(x, str): repr(x)", "?"),
]


@pytest.mark.parametrize(("source", "expected"), [*STRAIGHT, *BRANCHES, *LOOPS, *SCOPES, *HIDDEN, *CAPTURED])
def test_a_variable(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


def test_dead_code_has_no_types(shown: Shown) -> None:
    assert shown("def f(x):\n    x = 1 if x else 'a'\n    return\n    repr(x)") == "?"


def test_every_statement_of_a_long_body_is_answered(shown: Shown) -> None:
    source = "x = ''\n" + "x = x + 'a'\n" * 500 + "repr(x)"
    assert shown(source) == "str"


def test_a_variable_bound_in_too_many_places_is_not_followed(shown: Shown) -> None:
    few, many = ("def f(c):\n    x = 'a'\n" + "    if c: x = 1\n    if c: x = 'b'\n" * times + "    repr(x)" for times in (20, 30))
    assert shown(few) == "str | int"
    assert shown(many) == "?"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if c: x = 'a'\nrepr(x)\nx = 1", "str"),
        ("from foo import *\nif c: x = 'a'\nrepr(x)\nx = 1", "?"),
        ("from foo import *\nx = 'a'\nprint()\nrepr(x)\nx = 1", "str"),
        ("from foo import *\nx = 'a'\ny = 2\nrepr(x)\nx = 1", "str"),
        ("if c: id = 'a'\nrepr(id)\nid = 1", "?"),
        ("def f(c):\n    if c: id = 'a'\n    repr(id)\n    id = 1", "str"),
        ("def f(c):\n    x = 'a'\n    if c: del x\n    repr(x)\n    x = 1", "str"),
        ("def f(c):\n    x = c\n    del x\n    if c: x = 'a'\n    repr(x)", "str"),
    ],
)
def test_what_a_name_is_before_it_is_bound(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
