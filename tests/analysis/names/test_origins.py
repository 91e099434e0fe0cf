"""Where names come from."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module

Facts = Callable[[str], Module]


def origin(module: Module) -> str | None:
    """The origin of the file's last expression statement."""
    last = [node for node in ast.walk(module.tree) if isinstance(node, ast.Expr)]
    return module.origin(max(last, key=lambda node: node.lineno).value)


REPLACED = [
    ("import os\nos.getcwd = x\nos.getcwd", None),
    ("import os\nos.getcwd", "os.getcwd"),
    ("import os\nos.other = x\nos.getcwd", "os.getcwd"),
    ("import os\nx.getcwd = x\nos.getcwd", "os.getcwd"),
    ("import os\ndel os.getcwd\nos.getcwd", None),
    ("import os\nsetattr(os, 'getcwd', x)\nos.getcwd", None),
    ("import os as o\nfrom os import getcwd\no.getcwd = x\ngetcwd", None),
    ("import os\ndef f(): os.path.join, y = x\nos.path.join", None),
    ("import os\nmonkeypatch.setattr(os, 'getcwd', x)\nos.getcwd", None),
    ("import os\nmonkeypatch.setattr('os.getcwd', x)\nos.getcwd", None),
    ("import os\n@mock.patch('os.getcwd')\ndef f(): pass\nos.getcwd", None),
    ("import os\nwith mock.patch.object(os, 'getcwd'): pass\nos.getcwd", None),
    ("import os\ndelattr(os, 'getcwd')\nos.getcwd", None),
    ("import os\nos.__dict__['getcwd'] = x\nos.getcwd", None),
    ("import os\nvars(os)['getcwd'] = x\nos.getcwd", None),
    ("import os\nvars(os)['getcwd']\nos.getcwd", "os.getcwd"),
    ("import os\nvars(os)[getcwd] = x\nos.getcwd", "os.getcwd"),
    ("import os\nsetattr(os, getcwd, x)\nos.getcwd", "os.getcwd"),
    ("import os\nsetattr(x, 'getcwd', x)\nos.getcwd", "os.getcwd"),
    ("import os\nregister(os, 'getcwd', x)\nos.getcwd", "os.getcwd"),
    ("import os\nsetattr(x, 'y', z)\nregister(os, 'getcwd', x)\nos.getcwd", "os.getcwd"),
]


@pytest.mark.parametrize(("source", "expected"), REPLACED)
def test_what_the_file_sets_in_another_module(facts: Facts, source: str, expected: str | None) -> None:
    module = facts(source)
    assert isinstance(last := module.tree.body[-1], ast.Expr)
    assert module.origin(last.value) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("len", "builtins.len"),
        ("unknown", None),
        ("len = 1\nlen", None),
        ("def f(len):\n    len", None),
        ("def f():\n    len = 1\nlen", "builtins.len"),
        ("class C:\n    def len(self): pass\n    def m(self):\n        len", "builtins.len"),
        ("class C:\n    len = 1\n    len", None),
        ("[len for len in x]\nlen", "builtins.len"),
        ("def f():\n    global len\n    len = 1\nlen", None),
        ("import os\nos", "os"),
        ("import os\nos.path.join", "os.path.join"),
        ("import os.path\nos.path.join", "os.path.join"),
        ("import os.path as p\np.join", "os.path.join"),
        ("from os import path\npath.join", "os.path.join"),
        ("from os.path import join as j\nj", "os.path.join"),
        ("from . import os\nos", None),
        ("from .os import path\npath", None),
        ("import os\nos = 1\nos", None),
        ("import os\nimport os.path\nos.getcwd", "os.getcwd"),
        ("try: import json\nexcept ImportError: import simplejson as json\njson.dumps", None),
        ("try: import json\nexcept ImportError: json = None\njson.dumps", None),
        ("try: from a import b\nexcept ImportError: from a import b\nb", "a.b"),
        ("def f():\n    import os\n    os", "os"),
        ("def f():\n    import os\nos", None),
        ("from x import *\nlen", None),
        ("from os.path import *\nlen", None),
        ("from typing import *\nlen", "builtins.len"),
        ("from math import *\npow", None),
        ("import builtins\nbuiltins.len = 1\nlen", None),
        ("import builtins\nbuiltins.len = 1\nprint", "builtins.print"),
        ("import builtins\nbuiltins.len", "builtins.len"),
        ("x.len = 1\nlen", "builtins.len"),
        ("import builtins\nlist = 1\nbuiltins.x = 1\nlist", None),
        ("__builtins__.len = 1\nlen", None),
        ("__builtins__['len'] = 1\nlen", None),
        ("import builtins\nb = builtins\nb.len = 1\nlen", None),
        ("import builtins as b\nb.len = 1\nlen", None),
        ("def f():\n    import builtins\n    b = builtins\n    b.len = 1\nlen", None),
        ("def f():\n    b = __builtins__\n    b.len = 1\nlen", None),
        ("import builtins\nsetattr(builtins, 'len', 1)\nlen", None),
        ("import builtins\nsetattr(builtins, 'len', 1)\nprint", "builtins.print"),
        ("@patch('builtins.len')\ndef f(): pass\nlen", None),
        ("[a.b, c.len] = [1, 2]\nlen", "builtins.len"),
        ("import builtins\nbuiltins.len\nx.len\nlen", "builtins.len"),
        ("len: x = 1\nlen", None),
        ("import os\nimport os.path as os\nos", None),
        ("x.len", None),
        ("(1).real", None),
        ("exit", None),
        ("def f(): pass\nf", None),
    ],
)
def test_an_origin(facts: Facts, source: str, expected: str | None) -> None:
    assert origin(facts(source)) == expected


def test_of_an_expression_that_stands_elsewhere(facts: Facts) -> None:
    module = facts("import typing as t\nclass C:\n    def list(self): pass\n    x = 1\ndef f(): pass")
    body = next(scope for scope in module.names.module.below() if scope.kind == "class")
    expression = ast.parse("t.List", mode="eval").body
    assert module.origins.named(expression, body) == "typing.List"
    assert module.origins.named(ast.Name("list"), body) is None
    assert module.origins.named(ast.Name("list"), module.names.module) == "builtins.list"
    assert module.origins.named(ast.Constant(1), body) is None
    patched = facts("import builtins\nsetattr(builtins, 'list', x)")
    assert patched.origins.named(ast.Name("list"), patched.names.module) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", True),
        ("len = 1", False),
        ("def len(): pass", False),
        ("from x import *", False),
        ("import builtins\nbuiltins.len = 1", False),
        ("import builtins\nsetattr(builtins, 'len', 1)", False),
        ("import builtins\nsetattr(builtins, 'print', 1)", True),
    ],
)
def test_a_builtin(facts: Facts, source: str, expected: bool) -> None:
    module = facts(source)
    assert module.origins.is_builtin("len", module.names.module) is expected
    assert not module.origins.is_builtin("unknown", module.names.module)
