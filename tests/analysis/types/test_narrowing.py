"""What tests and cases prove."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]


def body(source: str, annotation: str = "") -> str:
    """The source as the body of a function with a parameter `x`, annotated or not."""
    lines = "\n".join(f"    {line}" for line in source.split("\n"))
    return f"def f(x{': ' + annotation if annotation else ''}, y=None):\n{lines}"


NONE = [
    ("str | None", "repr(x)", "str | None"),
    ("str | None", "if x is None: return\nrepr(x)", "str"),
    ("str | None", "if x is not None: repr(x)", "str"),
    ("str | None", "if None is not x: repr(x)", "str"),
    ("str | None", "if x is None: repr(x)", "None"),
    ("str | None", "if x is None: x = ''\nrepr(x)", "str"),
    ("str | None", "if x is None: x = y\nrepr(x)", "?"),
    ("str | None", "if x == None: return\nrepr(x)", "str"),
    ("str | None", "if x != None: repr(x)", "str"),
    ("Foo | None", "if x != None: repr(x)", "Foo | None"),
    ("str | None", "if not x: return\nrepr(x)", "str"),
    ("str | None", "if x: repr(x)\nelse: repr(x)", "str; str | None"),
    ("str | None", "if bool(x): repr(x)", "str"),
    ("str | None", "if x == 'a': repr(x)", "str | None"),
    ("str | None", "if x == y: repr(x)", "str | None"),
    ("list[int] | None", "if None in x: return\nrepr(x)", "list[int] | None"),
    ("str | None", "def bool(x): return True\nif bool(x): repr(x)", "str | None"),
    ("str | None", "x and repr(x)", "str"),
    ("str | None", "x is not None and repr(x)", "str"),
    ("str | None", "x is None or repr(x)", "str"),
    ("str | None", "y = x or 'a'\nrepr(y)", "str"),
    ("str | None", "y = x and 1\nrepr(y)", "str | None | int"),
    ("str | None", "y = x if x else 'a'\nrepr(y)", "str"),
    ("str | None", "y = '' if x is None else x\nrepr(y)", "str"),
    ("str | None", "assert x\nrepr(x)", "str"),
    ("str | None", "assert x is not None, repr(x)", "None"),
    ("str | None", "while x is None: x = input()\nrepr(x)", "str"),
    ("str | None", "while x:\n    repr(x)\n    x = y", "?"),
    ("str | None", "for i in y:\n    if x is None: continue\n    repr(x)", "str"),
    ("str | None", "try:\n    if x is None: raise E\nexcept F: return\nrepr(x)", "str"),
    ("str | None", "if x is None or len(x) == 0: return\nrepr(x)", "str"),
    ("str | None", "if x is not None and len(x) == 0: return\nrepr(x)", "str | None"),
    ("str | None", "if y: return\nrepr(x)", "str | None"),
    ("str | None", "if x is None:\n    del x\n    return\nrepr(x)", "str"),
    ("str | None", "[repr(x) for i in y if x is not None]", "str"),
    ("str | None", "if (z := x) is not None: repr(z); repr(x)", "str; str | None"),
    ("str | None", "if z := x: repr(z)", "str"),
    ("", "if x is None: x = 'a'\nrepr(x)", "?"),
    ("", "if x is None: repr(x)", "None"),
    ("", "if x is not None: return\nx = 'a'\nrepr(x)", "str"),
]

INSTANCES = [
    ("", "if isinstance(x, str): repr(x)\nelse: repr(x)", "str; ?"),
    ("", "if not isinstance(x, str): return\nrepr(x)", "str"),
    ("", "if not isinstance(x, str): x = str(x)\nrepr(x)", "str"),
    ("", "if isinstance(x, (str, bytes)): repr(x)", "str | bytes"),
    ("", "if isinstance(x, str | bytes): repr(x)", "str | bytes"),
    ("", "if isinstance(x, (str, Foo)): repr(x)", "str | Foo"),
    ("", "if isinstance(x, int): repr(x)", "int | bool"),
    ("", "if isinstance(x, bool): repr(x)", "bool"),
    ("", "if isinstance(x, float): repr(x)", "float"),
    ("", "if isinstance(x, (int, float)): repr(x)", "int | bool | float"),
    ("", "if isinstance(x, object): repr(x)", "?"),
    ("", "if isinstance(x, Foo): repr(x)", "Foo"),
    ("", "if isinstance(x, foo.bar): repr(x)", "?"),
    ("str | None", "if isinstance(x, foo.bar): repr(x)", "str | None"),
    ("", "if isinstance(x, type(None)): repr(x)", "None"),
    ("", "assert isinstance(x, str)\nrepr(x)", "str"),
    ("", "isinstance(x, str) and repr(x)", "str"),
    ("", "not isinstance(x, str) or repr(x)", "str"),
    ("", "y = x if isinstance(x, str) else str(x)\nrepr(y)", "str"),
    ("", "if isinstance(x, str) or y: repr(x)", "?"),
    ("", "if isinstance(x, str) and y: repr(x)", "str"),
    ("", "if not (isinstance(x, str) and y): return\nrepr(x)", "str"),
    ("", "if not (isinstance(x, str) or y): return\nrepr(x)", "?"),
    ("", "[repr(z) for z in x if isinstance(z, str)]", "str"),
    ("", "[repr(z) for z in x if not isinstance(z, str)]", "?"),
    ("", "any(repr(z) for z in x if isinstance(z, str))", "str"),
    ("", "w = (repr(z) for z in x if isinstance(z, str))", "str"),
    ("", "w = (repr(z) for z in x if z and isinstance(z, str))", "str"),
    ("", "w = (repr(z) for z in x if z or isinstance(z, str))", "?"),
    ("", "w = (1 for z in x if repr(z) and isinstance(z, str))", "?"),
    ("", "if isinstance(x, str):\n    x = y\n    repr(x)", "?"),
    ("", "if isinstance(x, str):\n    for x in y: pass\n    repr(x)", "?"),
    ("", "if isinstance(x, list): repr(x); repr(x[0])", "list; ?"),
    ("", "if type(x) is str: repr(x)", "str"),
    ("", "if type(x) == str: repr(x)", "str"),
    ("", "if type(x) is int: repr(x)", "int"),
    ("", "if type(x) is not str: return\nrepr(x)", "str"),
    ("", "if str is type(x): repr(x)", "str"),
    ("", "if type(x) is type(y): repr(x)", "?"),
    ("", "if isinstance(z, str): repr(z)\nz = 1", "?"),
    ("", "import datetime\nif isinstance(x, datetime.date): repr(x)", "date"),
    ("Foo | list[int]", "if isinstance(x, list): repr(x)", "list"),
    ("set[int]", "if isinstance(x, list): repr(x)", "list"),
    ("", "def type(x): return str\nif type(x) is str: repr(x)", "?"),
    ("", "if bool(x) is str: repr(x)", "?"),
    ("", "if isinstance(x, str | None): repr(x)", "str | None"),
    ("", "import types\nif isinstance(x, types.NoneType): repr(x)", "None"),
    ("", "import re\nx = re.finditer('a', 'b')\nif isinstance(x, list): repr(x)", "list"),
    ("", "if isinstance(str, x): repr(x)", "?"),
    ("str | int", "if isinstance(x, str): repr(x)\nelse: repr(x)", "str; int"),
    ("str | list[int] | None", "if isinstance(x, str): return\nrepr(x)", "list[int] | None"),
    ("str | list[int]", "if isinstance(x, list): repr(x)", "list[int]"),
    ("list[int]", "if isinstance(x, list): repr(x)", "list[int]"),
    ("list[int]", "if isinstance(x, str): repr(x)\nelse: repr(x)", "str; list[int]"),
    ("str", "if not isinstance(x, str): repr(x)", "?"),
    ("str", "if not isinstance(x, str): x = str(x)\nrepr(x)", "str"),
    ("int", "if isinstance(x, bool): repr(x)\nelse: repr(x)", "bool; int"),
    ("Foo | str", "if isinstance(x, str): repr(x)", "str"),
    ("Foo | str", "if not isinstance(x, str): repr(x)", "Foo"),
    ("str | None", "if isinstance(x, Foo): repr(x)", "str | None"),
    ("str | None", "if not isinstance(x, Foo): repr(x)", "str | None"),
    ("Sequence[int]", "if isinstance(x, list): repr(x)", "list[int]"),
    ("Sequence[int]", "if isinstance(x, tuple): repr(x)", "tuple"),
    ("Mapping[str, int]", "if isinstance(x, dict): repr(x)", "dict[str, int]"),
    ("str | None", "if isinstance(x, Sequence): repr(x)", "str | None"),
    ("str | None", "if callable(x): repr(x)", "str | None"),
]

CASES = [
    ("", "match x:\n    case str(): repr(x)", "str"),
    ("", "match x:\n    case str() as z: repr(z); repr(x)", "str; str"),
    ("", "match x:\n    case str(z): repr(z)", "str"),
    ("", "match x:\n    case int(z): repr(z)", "int | bool"),
    ("", "match x:\n    case str() | bytes(): repr(x)", "str | bytes"),
    ("", "match x:\n    case None: repr(x)", "None"),
    ("", "match x:\n    case True: repr(x)", "bool"),
    ("", "match x:\n    case 'a': repr(x)", "?"),
    ("", "match x:\n    case z: repr(z)", "?"),
    ("str", "match x:\n    case z: repr(z)", "str"),
    ("str", "match x:\n    case 'a': repr(x)", "str"),
    ("str | None", "match x:\n    case None: return\n    case z: repr(z)", "str | None"),
    ("", "match x:\n    case [z, *w]: repr(z); repr(w)", "?; list"),
    ("", "match x:\n    case [str(z), int() as w]: repr(z); repr(w)", "str; int | bool"),
    ("", "match x:\n    case {'a': str(z), **w}: repr(z); repr(w)", "str; dict"),
    ("", "match x:\n    case Foo(z): repr(z)", "?"),
    ("", "match x:\n    case Foo(a=str(z)): repr(z)", "str"),
    ("", "match x:\n    case Foo(): repr(x)", "Foo"),
    ("", "match x:\n    case str() if y: repr(x)", "str"),
    ("", "match x:\n    case str(): pass\n    case _: repr(x)", "?"),
    ("", "match y, x:\n    case _, str(z): repr(z); repr(x)", "str; ?"),
    ("", "match x.y:\n    case str(): repr(x.y)", "str"),
]


@pytest.mark.parametrize(("annotation", "source", "expected"), [*NONE, *INSTANCES, *CASES])
def test_a_test(shown: Shown, annotation: str, source: str, expected: str) -> None:
    imports = "import foo\nfrom foo import Foo\nfrom collections.abc import Sequence, Mapping\n"
    assert shown(imports + body(source, annotation)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class C: pass\ndef f(x):\n    if isinstance(x, C): repr(x)", "C"),
        ("import abc\nclass C(abc.ABC): pass\nC.register(D)\ndef f(x):\n    if isinstance(x, C): repr(x)", "?"),
        ("class C: pass\nclass D(C): pass\nD.register(E)\ndef f(x):\n    if isinstance(x, C): repr(x)", "?"),
        ("class C:\n    def __subclasshook__(cls, other): return True\ndef f(x):\n    if isinstance(x, C): repr(x)", "?"),
        ("class C: pass\nclass D(C): pass\nC.register(E)\ndef f(x):\n    if isinstance(x, D): repr(x)", "D"),
        ("TEXT = (str, bytes)\ndef f(x):\n    if isinstance(x, TEXT): repr(x)", "str | bytes"),
        ("TEXT = str\ndef f(x):\n    if isinstance(x, TEXT): repr(x)", "str"),
        ("TEXT = str\nTEXT = int\ndef f(x):\n    if isinstance(x, TEXT): repr(x)", "?"),
        ("TEXT, OTHER = str, bytes\ndef f(x: bytes | int):\n    if not isinstance(x, TEXT): repr(x)", "bytes | int"),
        ("BOTH = str, bytes\nTEXT, OTHER = BOTH\ndef f(x: bytes | int):\n    if not isinstance(x, TEXT): repr(x)", "bytes | int"),
        ("A = B\nB = A\ndef f(x):\n    if isinstance(x, A): repr(x)", "?"),
        ("def isinstance(*a): return True\ndef f(x):\n    if isinstance(x, str): repr(x)", "?"),
        ("def f(x, str):\n    if isinstance(x, str): repr(x)", "?"),
        ("import pathlib\ndef f(x):\n    if isinstance(x, pathlib.Path): repr(x.name)", "str"),
        ("import collections.abc\ndef f(x):\n    if isinstance(x, collections.abc.Sequence): repr(x)", "Sequence"),
        ("class S(str): pass\ndef f(x):\n    if isinstance(x, str): repr(x)", "?"),
        ("class S(str): pass\ndef f(x):\n    if type(x) is str: repr(x)", "str"),
        ("class N(int): pass\ndef f(x):\n    if isinstance(x, int): repr(x)", "?"),
        ("class N(int): pass\ndef f(x):\n    if isinstance(x, str): repr(x)", "str"),
        ("class N(float): pass\ndef f(x):\n    if isinstance(x, float): repr(x)\n    if type(x) is float: repr(x)", "?; float"),
    ],
)
def test_the_classes_tested_against(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


def test_many_tests_one_after_the_other(shown: Shown) -> None:
    tests = "".join(f"    if isinstance(x, C{index}): g()\n" for index in range(300))
    assert shown(f"def f(x):\n{tests}    repr(x)") == "?"
    assert shown(f"def f(x: str | None):\n{tests}    repr(x)") == "str | None"
