"""What is known of values, as rows of a program with `reveal(expression)` and the type it shows, or None."""

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types import Type


def revealed(source: str) -> list[Type | None]:
    """The types of the arguments of the program's `reveal(…)` calls, as they stand."""
    module = Module(source, ast.parse(source))
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reveal"]
    return [module.type_of(call.args[0]) for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset))]


def shown(source: str) -> str:
    """The same as text: types separated by semicolons, `None` for unknown and `NoneType` for the class of None."""
    return "; ".join("None" if kind is None else "NoneType" if kind.name == "None" else str(kind) for kind in revealed(source))


NAMES = [
    ("x = 1\nreveal(x)", "int"),
    ("x = 1\nx = 'a'\nreveal(x)", "str"),
    ("x = 1\nif c: x = 'a'\nreveal(x)", "int | str"),
    ("def f(x): reveal(x)", "None"),
    ("def f(x: str): reveal(x)", "str"),
    ("def f(x: str = None): reveal(x)", "str | None"),
    ("def f(x: 'dict[str, int]'): reveal(x)", "dict[str, int]"),
    ("s = ''\nwhile c: s = s + 'a'\nreveal(s)", "str"),
    ("n = 1\nwhile c: n = n / 2\nreveal(n)", "int | float"),
    ("def f(x):\n    if not isinstance(x, str): return\n    reveal(x)", "str"),
    ("def f(*args: str, **kw: int): reveal(args); reveal(kw)", "tuple[str, ...]; dict[str, int]"),
    ("def f(d: dict[str, int]):\n    for k, v in d.items(): reveal(k); reveal(v)", "str; int"),
]


@pytest.mark.parametrize(("source", "expected"), NAMES)
def test_names(source: str, expected: str) -> None:
    assert shown(source) == expected
