"""Who else can hold the object that a variable holds."""

import ast
import sys
from collections.abc import Callable

import pytest

from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def owned(source: str, facts: Facts) -> bool:
    """Whether `xs` is owned where `use(xs)` reads it."""
    module = facts(source)
    (use,) = [node.args[0] for node in ast.walk(module.tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "len"]
    place, event = place_of(use, module), module.event(use)
    assert place is not None
    assert event is not None
    return module.ownership(place).owned_at(event)


@pytest.mark.parametrize(
    "body",
    ["xs = []\nlen(xs)", "xs = []\nxs.append(1)\nlen(xs)", "xs = g()\nxs = []\nlen(xs)", "if g: xs = []\nelse: xs = [1]\nlen(xs)",
     "ys = xs = []\nxs = []\nlen(xs)", "first, *xs = g\nlen(xs)", "xs = []\nxs += g\nlen(xs)", "xs = []\nlen(xs)\nreturn xs",
     "xs = []\nlen(xs)\ny = xs", "xs = []\ndef h(): return xs[0]\nlen(xs)", "xs = []\ny = xs\nxs = []\nlen(xs)"],
)  # fmt: skip
def test_the_variable_alone_holds_it(body: str, facts: Facts) -> None:
    assert owned("def f(g):\n" + "\n".join(f"    {line}" for line in body.split("\n")), facts)


@pytest.mark.parametrize(
    "body",
    ["len(xs)", "xs += g\nlen(xs)", "xs = g\nlen(xs)", "xs = ys = []\nlen(xs)", "print(ys := (xs := []))\nlen(xs)", "xs = []\ny = xs\nlen(xs)",
     "xs = []\ng(xs)\nlen(xs)", "xs = []\ndef h(): return xs\nlen(xs)", "xs = []\ndef h(): xs.append(1)\nlen(xs)",
     "xs = []\nh = lambda: xs\nlen(xs)", "xs = []\nh = (xs.append(1) for _ in g)\nlen(xs)", "xs = []\nwhile g:\n    len(xs)\n    y = xs",
     "xs = []\nif g: xs = g\nlen(xs)", "for xs in g: len(xs)", "with g as xs: len(xs)"],
)  # fmt: skip
def test_others_may_hold_it(body: str, facts: Facts) -> None:
    assert not owned("def f(g, xs=None):\n" + "\n".join(f"    {line}" for line in body.split("\n")), facts)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(g):\n    xs = []\n    def h(): return len(xs)", False),
        ("def f(g):\n    if g: xs = []\n    len(xs)", True),
        ("def f(g):\n    xs = [1]\n    [xs for xs in g]\n    xs = []\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    y: xs\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    y: xs.append\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    y: xs.append(1)\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    y: xs[0]\n    len(xs)", True),
        ("def f(g):\n    import xs\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    if g: import xs\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    if g:\n        def xs(): pass\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    try: g\n    except E as xs: pass\n    len(xs)", False),
        ("def f(g):\n    (xs, y), z = g\n    len(xs)", False),
        ("def f(g):\n    xs, y = g\n    len(xs)", False),
        ("def f(g):\n    xs, y = [], 1\n    len(xs)", True),
        ("def f(g):\n    print(xs := [])\n    len(xs)", True),
        ("def f(g):\n    if (xs := []): pass\n    len(xs)", True),
        ("def f(g):\n    g((xs := []))\n    len(xs)", False),
        ("def f(g):\n    y = (xs := [])\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    [xs for _ in g]\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    [xs[0] for _ in g]\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    y = [xs for _ in g]\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    class C:\n        y = xs\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    class C:\n        y = xs[0]\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    def h():\n        nonlocal xs\n        xs = g\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): del xs[0]\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): xs[0] = 1\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h():\n        nonlocal xs\n        del xs\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): g(xs)\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): print(xs)\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    def h(): g(*xs)\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): (xs or g).append(1)\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): (xs if g else g).append(1)\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): g[xs[0]] = 1\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    def h(): sorted(key=xs)\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    def h(): class_ = g[xs]\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h():\n        class D(k=xs[0]): pass\n    len(xs)", True),
        ("def f(g):\n    import random\n    xs = []\n    def h(): random.shuffle(xs)\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h(): return sorted(xs)\n    len(xs)", True),
        ("def f(xs, **ys):\n    len(xs)", False),
        ("def f(**xs):\n    def h():\n        nonlocal xs\n        xs = 1\n    len(xs)", False),
        ("import copy\ndef f(g):\n    xs = copy.copy(g)\n    len(xs.rows)", False),
        ("class C:\n    xs = []\n    len(xs)", True),
        ("xs = []\nlen(xs)", True),
        ("def f(g):\n    [len(xs) for xs in g]", False),
        ("def f(g):\n    xs = []\n    class C:\n        len(xs)", True),
        ("def f(g):\n    xs = []\n    return [len(xs) for _ in g]", True),
        ("def f(g):\n    xs = []\n    def h():\n        nonlocal xs\n        xs += g\n    len(xs)", False),
        ("def f(g):\n    len(xs)\n    xs = []\n    xs = [1]", False),
        ("def f(g):\n    if g: xs = []\n    if g: xs = [1]\n    len(xs)", True),
        ("def f(g, xs=None):\n    if g: xs = []\n    len(xs)", False),
        ("def f(g, xs=None):\n    xs = []\n    len(xs)", True),
        ("def f(g):\n    xs, y = sorted(g)\n    len(xs)", False),
        ("def f(g):\n    for xs in sorted(g): len(xs)", False),
        ("def f(**xs):\n    def h(): return len(xs)", False),
        ("def f(g):\n    xs = []\n    def h():\n        nonlocal xs\n        import xs\n    len(xs)", False),
        ("def f(g):\n    xs = []\n    def h():\n        nonlocal xs\n        try: g\n        except E as xs: pass\n    len(xs)", False),
        ("def f(g):\n    xs: list\n    xs = []\n    len(xs)", True),
        ("def f(g):\n    xs = []\n    [xs.append(n) for n in g]\n    len(xs)", True),
    ],
)
def test_whether_it_is_owned(source: str, expected: bool, facts: Facts) -> None:
    assert owned(source, facts) is expected


def test_keyword_arguments_are_the_functions_own(facts: Facts) -> None:
    assert owned("def f(**xs):\n    len(xs)", facts)
    assert not owned("def f(g, **xs):\n    g(xs)\n    len(xs)", facts)


@pytest.mark.parametrize(
    ("source", "never"),
    [
        ("XS = [1]\ndef f(): print(XS[0])", True),
        ("XS = [1]\nXS.append(2)", True),
        ("XS = [1]\ndef f(): XS.append(2)", False),
        ("XS = [1]\ndef f(): return XS", False),
        ("XS = [1]\nYS = XS", False),
        ("XS = g()", False),
        ("XS = [1]\ng = (XS.append(1) for _ in 'a')", False),
        ("XS = [1]\ndef f(): globals()['XS']", False),
        ("XS = [1]\ndef f(): eval('XS')", False),
        ("XS = [1]\nimport me\nme.XS", False),
        ("XS = [1]\nfrom me import XS as ys", False),
        ("XS = [1]\ndef f():\n    from me import XS\n    XS.append(2)", False),
        ("XS = [1]\ndef f():\n    from os import XS\n    XS.append(2)", True),
        ("XS = [1]\nclass C:\n    def f(self): self.XS", True),
        ("XS = [1]\nXS += [2]", True),
        ("XS: list\nXS = [1]", True),
        ("XS: list = [1]", True),
        ("for XS in g: pass", False),
        ("XS = YS = [1]", False),
        ("with g as XS: pass", False),
        ("if (XS := [1]): pass", False),
        ("XS = [1]\ndel XS", False),
        ("XS = [1]\ndef f(x=XS): pass", False),
        ("XS = [1]\ndef f(x=XS[0]): pass", True),
        ("XS = [1]\nclass C:\n    y = XS", False),
        ("XS = [1]\ndef f(): exec('XS')", False),
        ("XS = [1]\ndef f():\n    import sys\n    sys.modules[__name__].YS = 2", False),
        ("XS = [1]\nclass C:\n    def f(self, other): return other.XS", False),
        ("XS = [1]\nclass C:\n    def f(self): return self.me.XS", False),
        ("XS = [1]\ndef f(self): return self.XS", False),
        ("XS = [1]\nclass C: pass\nC().XS", True),
        ("XS = [1]\nclass C: pass\nc = C()\nc.XS", True),
        ("XS = [1]\nclass C:\n    def f(): g.XS", False),
        ("XS = [1]\nclass C:\n    f = lambda self: self.XS", False),
        ("XS = [1]\ndef f(): g(globals()[y])", False),
        ("XS, y = sorted(g)", False),
        ("for XS in sorted(g): pass", False),
        ("XS = [1]\ndef f(): g(getattr(y, 'XS'))", False),
        ("XS = [1]\ndef f():\n    global XS\n    XS = [2]", False),
        ("XS = [1]\nimport types\ndef f(m: types.ModuleType): m.XS", False),
        ("XS = [1]\ny = 'a'\ny.XS", False),
        ("XS = [1]\ng.XS", False),
    ],
)
def test_a_variable_of_the_module_that_never_leaks(source: str, never: bool, facts: Facts) -> None:
    module = facts(source)
    place = place_of(
        next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "XS" and isinstance(node.ctx, ast.Store)),
        module,
    )
    assert place is not None
    assert module.ownership(place).never_leaks is never


@pytest.mark.skipif(sys.version_info < (3, 12), reason="`type` statements are newer")
@pytest.mark.parametrize(("value", "expected"), [("{}", False), ("{}.append(1)", False), ("{}[0]", True), ("{}.index(1)", True)])
def test_the_value_of_a_type_statement_may_be_evaluated_at_any_time(value: str, expected: bool, facts: Facts) -> None:
    assert owned(f"def f():\n    xs = []\n    type T = {value.format('xs')}\n    len(xs)", facts) is expected
    module = facts(f"XS = [1]\ntype T = {value.format('XS')}")
    place = place_of(next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "XS"), module)
    assert place is not None
    assert module.ownership(place).never_leaks is expected


@pytest.mark.parametrize(
    ("source", "shared"),
    [
        ("XS = []", True),
        ("_xs = []", True),
        ("xs = []", True),
        ("xs = [1]", True),
        ("_xs = [1]", False),
        ("XS = []\nXS.append(1)", False),
        ("XS = {}", True),
        ("XS = dict()", True),
        ("XS = dict(a=1)", False),
        ("XS = set()", True),
        ("XS = []\nXS = [1]", False),
        ("XS = []\nprint(XS[0])", True),
        ("XS = []\nXS[0] = 1", False),
        ("XS = []\nXS += [1]", False),
        ("XS = []\n(XS or y).append(1)", False),
        ("XS = []\nf(XS)", False),
        ("XS = []\nf(x=XS)", False),
        ("XS = []\nlist.append(XS, 1)", False),
        ("XS = []\nf(*XS)", False),
        ("XS = []\nlen(XS)", True),
        ("XS = []\nclass C(k=XS): pass", False),
        ("XS = []\nrandom.shuffle(XS)", False),
        ("import random\nXS = []\nrandom.shuffle(XS)", False),
        ("XS = []\nXS.sort()", False),
        ("XS = []\nXS.index(1)", True),
        ("XS = []\ny[XS] = 1", True),
        ("XS = []\ny[XS[0]] = 1", True),
        ("XS = []\ny = XS + [1]", True),
        ("XS = []\nXS += list()", False),
    ],
)
def test_a_variable_that_other_files_may_change(source: str, shared: bool, facts: Facts) -> None:
    module = facts(source)
    place = place_of(next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id.upper().endswith("XS")), module)
    assert place is not None
    assert module.ownership(place).shared() is shared
