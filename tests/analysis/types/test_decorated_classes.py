"""Whether decorators leave a class the class that it is."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.decorated_classes import doubt_of_decorators
from codemods.model.verdict import Refused

Facts = Callable[[str], Module]

IMPORTS = "import attr, dataclasses, functools, pytest, six, typing_extensions, unittest\n"

DECORATORS = [
    ("", "kept"),
    ("@dataclasses.dataclass", "kept"),
    ("@dataclasses.dataclass(frozen=True)", "kept"),
    ("@dataclasses.dataclass(slots=False)", "kept"),
    ("@dataclasses.dataclass(slots=True)", "replaced"),
    ("@dataclasses.dataclass(slots=given)", "replaced"),
    ("@dataclasses.dataclass(**given)", "replaced"),
    ("@dataclasses.dataclass(*given)", "replaced"),
    ("@functools.total_ordering(*given)", "kept"),
    ("@attr.s", "kept"),
    ("@attr.s(slots=True)", "replaced"),
    ("@attr.define", "replaced"),
    ("@six.add_metaclass(M)", "replaced"),
    ("@typing_extensions.final", "kept"),
    ("@pytest.mark.slow", "kept"),
    ("@pytest.mark.parametrize('a', [1])", "kept"),
    ("@pytest.fixture", "pytest.fixture"),
    ("@first\n@second", "first"),
    ("@first\n@attr.define", "replaced"),
    ("@functools.total_ordering\n@second", "second"),
]

FUNCTIONS = [
    ("def deco(cls): return cls", "kept"),
    ("def deco(cls):\n    cls.x = 1\n    return cls", "kept"),
    ("def deco(cls):\n    if cls.x: return cls\n    return cls", "kept"),
    ("def deco(cls):\n    def inner(): return 1\n    return cls", "kept"),
    ("def deco(cls):\n    if cls.x: return 1\n    return cls", "deco"),
    ("def deco(cls):\n    if cls.x: return\n    return cls", "deco"),
    ("def deco(cls):\n    if cls.x: return other\n    return cls", "deco"),
    ("def deco(cls):\n    if cls.x: return cls", "deco"),
    ("def deco(cls):\n    cls = wrapped(cls)\n    return cls", "deco"),
    ("def deco(cls):\n    yield 1\n    return cls", "deco"),
    ("def deco(cls):\n    yield from x\n    return cls", "deco"),
    ("def deco(a, /, cls=None): return cls", "deco"),
    ("def deco(cls, other): return cls", "deco"),
    ("async def deco(cls): return cls", "deco"),
    ("@other\ndef deco(cls): return cls", "deco"),
    ("def deco(cls): return cls\ndef deco(cls): return 1", "deco"),
    ("class deco: pass", "deco"),
    ("class D:\n    __x = 1\n    def deco(__cls): return __cls\ndeco = D.deco", "deco"),
]


def said(source: str, facts: Facts) -> str:
    """`kept`, `replaced`, or the decorator that something has to be assumed of."""
    module = facts(source)
    definition = next(node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef) and node.name == "C")
    doubt = doubt_of_decorators(definition, module)
    if doubt is None:
        return "kept"
    return "replaced" if isinstance(doubt, Refused) else doubt.assumption.split("`@")[1].split("`")[0]


@pytest.mark.parametrize(("decorators", "expected"), DECORATORS)
def test_decorators(facts: Facts, decorators: str, expected: str) -> None:
    assert said(f"{IMPORTS}{decorators}\nclass C: pass", facts) == expected


@pytest.mark.parametrize(("function", "expected"), FUNCTIONS)
def test_a_function_of_the_file(facts: Facts, function: str, expected: str) -> None:
    assert said(f"{function}\n@deco\nclass C: pass", facts) == expected


def test_a_call_of_a_function_of_the_file_gives_something_else(facts: Facts) -> None:
    assert said("def deco(cls): return cls\n@deco(1)\nclass C: pass", facts) == "deco"
