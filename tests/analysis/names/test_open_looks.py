"""Whether a file gets at what a variable holds otherwise than by its name."""

import ast
import textwrap
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.names.open_looks import OpenLooks

Facts = Callable[[str], Module]


def may_see(source: str, facts: Facts) -> bool:
    """Whether the file may get at what the first variable `x` holds."""
    module = facts(source)
    first = next(
        node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "x" and isinstance(node.ctx, ast.Store)
    )
    variable = module.variable(first)
    assert variable is not None
    return OpenLooks(module).may_see(*variable)


@pytest.mark.parametrize(
    "rest",
    [
        "globals()['x']",
        "globals()[y]",
        "globals().get('x')",
        "globals().pop(y)",
        "globals().get",
        "globals().get()",
        "globals().values()",
        "y(globals)",
        "globals.x",
        "y(globals())",
        "y(**globals())",
        "y.z(**globals())",
        "class C(**globals()): pass",
        "y('z', globals().get)",
        "'{x}'.format(y=globals())",
        "g = globals()\ng['x']",
        "g = globals()\ny(g)",
        "g.z = globals()",
        "a = g = globals()",
        "y[globals()]",
        "eval(y)",
        "exec(y)",
        "eval.x",
        "class C:\n    x = x",
        "class C:\n    x = x\n    y = globals",
        "import me\nme.x",
        "import app.me\napp.me.x",
        "import os, me\nos.x",
        "from . import me\nme.x",
        "from app import me\nme.x",
        "from me import x as y",
        "def f():\n    from me import x",
        "getattr(y, 'x')",
        "import __main__\n__main__.x",
        "import __main__\n__main__.__dict__['x']",
        "import __main__\n__main__.__dict__.values()",
        "import __main__\ngetattr(__main__, 'x')",
        "import __main__\ngetattr(__main__, y)",
        "import __main__\nvars(__main__)['x']",
        "import __main__\nvars(__main__)[y]",
        "import __main__\ny(__main__)\ny.x",
        "import sys\nsys.modules[__name__].x",
        "import sys\ny.a[sys.modules[__name__]]\ny.x",
        "import __main__\ngetattr(y, 'z', __main__)\ny.x",
        "g = globals()\nh = g\ng = h\ny(h)",
    ],
)
def test_a_variable_of_the_module_is_seen(rest: str, facts: Facts) -> None:
    assert may_see(f"x = [1]\n{rest}", facts)


@pytest.mark.parametrize(
    "rest",
    [
        "y",
        "y.x",
        "x = 2",
        "def globals(): return {}\nglobals()[y]",
        "class C:\n    x = 2",
        "class C:\n    z = x",
        "import other\nother.z",
        "import os\nos.x",
        "import os.path\nos.path.x",
        "from os import path\npath.x",
        "from os import x as y",
        "from me import x",
        "from me import z as y",
        "y = me = 1\nme.x",
        "def f():\n    z = [1]\n    from me import z",
        "globals()['z']",
        "globals().get('z')",
        "globals().keys()",
        "globals().update(y)",
        "'x' in globals()",
        "globals()",
        "'%(x)s' % globals()",
        "f'{globals()}'",
        "for y in globals(): pass",
        "[y for y in globals()]",
        "'{x}'.format(**globals())",
        "len(globals())",
        "g = globals()\ng['z']",
        "g = globals()\nlen(g)\ndel g",
        "vars(y)",
        "repr(x)",
        "hasattr(y, 'x')",
        "def f(y):\n    return [locals()[z] for z in y]",
        "import __main__\n__main__.z['x']",
        "import __main__\n__main__.z",
        "import __main__\n__main__.__dict__['z']",
        "import __main__\ngetattr(__main__, 'z')",
        "import __main__\nvars(__main__)['z']",
        "import __main__\ny(__main__)",
        "def f():\n    locals()[y]",
        "class C:\n    locals()",
        "g = globals()\ng = g",
        "g = globals()\nh = g\ng = h",
    ],
)
def test_a_variable_of_the_module_is_not_seen(rest: str, facts: Facts) -> None:
    assert not may_see(f"x = [1]\n{rest}", facts)


@pytest.mark.parametrize(
    "rest",
    [
        "locals()['x']",
        "vars()['x']",
        "[locals() for z in y if y(locals())]",
        "eval(y)",
        "def g(): eval(y)",
        "[eval(y) for z in y]",
        "class C:\n    y(locals())",
        "class C:\n    vars()[y]",
    ],
)
def test_a_variable_of_a_function_is_seen(rest: str, facts: Facts) -> None:
    assert may_see(f"def f(y):\n    x = [1]\n{textwrap.indent(rest, '    ')}", facts)


@pytest.mark.parametrize(
    "rest",
    [
        "globals()['x']",
        "y(globals())",
        "def g(): locals()[y]",
        "def g(): y(vars())",
        "getattr(y, 'x')",
        "import me\nme.x",
        "def locals(): return {}\nlocals()['x']",
        "from me import x as z",
        "vars(y)['x']",
        "import __main__\n__main__.x",
    ],
)
def test_a_variable_of_a_function_is_not_seen(rest: str, facts: Facts) -> None:
    assert not may_see(f"def f(y):\n    x = [1]\n{textwrap.indent(rest, '    ')}", facts)


def test_a_function_that_looks_is_another_one(facts: Facts) -> None:
    assert not may_see("def f():\n    x = [1]\ndef g(y): eval(y); y(locals())", facts)
