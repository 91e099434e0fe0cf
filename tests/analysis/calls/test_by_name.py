"""Whether code in functions of the module may run while a statement of it does."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.calls.by_name import may_run
from codemods.analysis.module import Module

FUNCTION = "def f():\n    print(x)\n"


def asked(text: str) -> bool:
    """Whether the `x` of the text's functions may be read while its last statement runs."""
    tree = ast.parse(text)
    module = Module(text, tree)
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "x"]
    return may_run(uses, [tree.body[-1]], module)


@pytest.mark.parametrize("text", [
    f"{FUNCTION}g()",
    f"{FUNCTION}f()\ng()",
    f"{FUNCTION}def g():\n    f()\nfor y in range(2): print(y)",
    f"{FUNCTION}def g():\n    f()\n    g()\nh()",
    "def f():\n    return sum(y for y in x)\ng()",
    f"{FUNCTION}def g():\n    return sum(f() for y in [1])\nh()",
    "g(globals())",
])  # fmt: skip
def test_what_is_called_elsewhere_does_not_run(text: str) -> None:
    assert not asked(text)


@pytest.mark.parametrize("text", [
    f"{FUNCTION}f()",
    f"{FUNCTION}for y in range(2): f()",
    f"{FUNCTION}def g():\n    f()\ng()",
    f"{FUNCTION}h = f\nh()",
    f"{FUNCTION}register(f)\ng()",
    f"{FUNCTION}class C:\n    def m(self): f()\ng()",
    f"{FUNCTION}h = lambda: f()\ng()",
    f"{FUNCTION}def f():\n    print(x)\ng()",
    f"{FUNCTION}g(globals())",
    f"{FUNCTION}import gc\ng(gc.get_objects())",
    f"{FUNCTION}getattr(h, 'f')()",
    f"{FUNCTION}import __main__\n__main__.f = h\ng()",
    "print(x)\ng()",
    "def f(y=x): pass\ng()",
    "if y:\n    def f(): print(x)\nelse:\n    f = g\ng()",
    "@register\ndef f():\n    print(x)\ng()",
    "def f():\n    yield x\ng()",
    "def f():\n    return (y for y in x)\ng()",
    "def f():\n    def h(): return x\n    return h\ng()",
    "async def f():\n    return x\ng()",
    "class C:\n    def m(self): return x\ng()",
    "f = lambda: x\ng()",
    "def f(y=lambda: x): pass\ng()",
    f"{FUNCTION}h = (f() for y in range(2))\nnext(h)",
    f"{FUNCTION}def g():\n    return (f() for y in range(2))\nnext(h)",
])  # fmt: skip
def test_what_is_called_there_or_held_by_somebody_may_run(text: str) -> None:
    assert asked(text)
