"""What makes a loop's names impossible to change, whatever the loop does."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.loop_checks import seen_afterwards, surroundings

Facts = Callable[[str], Module]


def refused(source: str, facts: Facts) -> str | None:
    module = facts(source)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.For):
            found = surroundings(node, node.iter.args[0].args[0], module)  # type: ignore[attr-defined]
            return found.code if found else None
        if isinstance(node, ast.ListComp) or (isinstance(node, ast.GeneratorExp) and isinstance(node.generators[0].iter, ast.Call)):
            clause = node.generators[0]
            found = surroundings(clause, clause.iter.args[0].args[0], module)  # type: ignore[attr-defined]
            return found.code if found else None
    raise AssertionError("no loop")


LOOP = "for i in range(len(xs)): print(xs[i])"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (f"xs = [1]\n{LOOP}", None),
        (f"def f(xs):\n    {LOOP}", None),
        (f"class C:\n    xs = [1]\n    {LOOP}", "class-body"),
        ("def f(xs):\n    for xs.i in range(len(xs)): pass", "index-outer"),
        (f"def f(xs):\n    global i\n    {LOOP}", "index-outer"),
        (f"def f(xs):\n    locals()\n    {LOOP}", "names-seen"),
        (f"xs = [1]\n{LOOP}\ndef g(): globals()", "names-seen"),
        ("def f(xs): return (xs[i] for i in range(len(xs)))", "lazy"),
        ("def f(xs): return sum(xs[i] for i in range(len(xs)))", None),
        ("def f(xs): return max((xs[i] for i in range(len(xs))), key=xs.append)", "lazy"),
        ("def f(xs, ys): return ([xs[i] for i in range(len(xs))] for y in ys)", "lazy"),
        ("def f(xs, ys): return sum([xs[i] for i in range(len(xs))] for y in ys)", None),
        ("class C:\n    xs = [1]\n    y = [1 for i in range(len(xs))]", None),
        ("class C:\n    @property\n    def xs(self): return [1]\n    def f(self):\n        for i in range(len(self.xs)): pass", "computed"),
    ],
)
def test_surroundings(source: str, code: str | None, facts: Facts) -> None:
    assert refused(source, facts) == code


@pytest.mark.parametrize(
    ("source", "filename", "seen"),
    [
        (f"xs = [1]\n{LOOP}", "", False),
        (f"xs = [1]\n{LOOP}", "__init__.py", True),
        (f"__all__ = ['i']\nxs = [1]\n{LOOP}", "", True),
        (f"xs = [1]\n{LOOP}\nprint(i)", "", True),
        (f"xs = [1]\n{LOOP}\ndef f(): return i", "", True),
        (f"import sys\nxs = [1]\n{LOOP}\nprint(getattr(sys.modules[__name__], 'i'))", "", True),
        (f"import sys\nxs = [1]\n{LOOP}\nprint(getattr(sys.modules[__name__], 'j'))", "", False),
        (f"import sys\nxs = [1]\n{LOOP}\ndef f(): return sys.modules[__name__].i", "", True),
        (f"import app\nxs = [1]\n{LOOP}\nprint(app.i)", "", True),
        (f"import app\nxs = [1]\n{LOOP}\nprint(xs.i)", "", False),
        (f"import app\ndef f(xs):\n    {LOOP}\nprint(app.i)", "", False),
    ],
)
def test_seen_afterwards(source: str, filename: str, seen: bool) -> None:
    module = Module(source, ast.parse(source), filename=filename)
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For))
    assert seen_afterwards(loop, module) is seen


@pytest.mark.parametrize(
    ("clauses", "seen"),
    [
        ("for i in range(len(xs))", False),
        ("for j in xs for i in range(len(xs)) if i", False),
        ("for j in [lambda: i] for i in range(len(xs))", False),
        ("for j in xs for k in [lambda: i] for i in range(len(xs))", True),
        ("for i in range(len(xs)) for j in [lambda: i]", False),
    ],
)
def test_the_variable_of_a_comprehension_is_seen_in_it_alone(clauses: str, seen: bool) -> None:
    """By a function that an earlier clause makes as well; not the first, whose iterable belongs to the scope around."""
    source = f"xs = [1]\ny = [xs[i] {clauses}]\nprint(i)"
    module = Module(source, ast.parse(source), filename="__init__.py")
    found = [node for node in ast.walk(module.tree) if isinstance(node, ast.comprehension) and ast.unparse(node.target) == "i"]
    assert seen_afterwards(found[0], module) is seen
