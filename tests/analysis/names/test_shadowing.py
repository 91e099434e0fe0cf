"""What is said of a name that is no builtin here."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.names.shadowing import shadowed

Facts = Callable[[str], Module]


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("len = 1\nlen", ": line 1 binds it"),
        ("def f(\n    len): len", ": line 2 binds it"),
        ("import os\nfrom x import *\nlen", ": the star import at line 2 may bind it"),
        ("from x import y\nfrom x import *\nlen", ": the star import at line 2 may bind it"),
        ("import builtins\nx.y = 1\nbuiltins.len = 1\nlen", ": line 3 may set it in `builtins`"),
        ("import builtins\nx.len\nbuiltins.len = 1\nlen", ": line 3 may set it in `builtins`"),
        ("import builtins\nsetattr(builtins, 'len', 1)\nlen", ""),
    ],
)
def test_the_cause(facts: Facts, source: str, cause: str) -> None:
    module = facts(source)
    use = next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "len" and isinstance(node.ctx, ast.Load))
    assert shadowed("len", use, module).reason == f"`len` is not the builtin here{cause}"
