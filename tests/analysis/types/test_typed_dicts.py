"""What is behind the keys of TypedDicts."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

HEAD = "from typing import NotRequired, ReadOnly, Required, TypedDict\n"

TD = f"{HEAD}class TD(TypedDict):\n    name: str\n    age: int\n    tags: list[str]\n    more: str | None\n"

FIELDS = [
    (f"{TD}def f(d: TD): repr(d['name']); repr(d['age']); repr(d['tags'][0]); repr(d['more'])", "str; int; str; str | None"),
    (f"{TD}def f(d: TD): repr(d['other'])", "?"),
    (f"{TD}def f(d: TD, k): repr(d[k])", "?"),
    (f"{TD}def f(d: TD | None): repr(d['name'])", "str"),
    (f"{TD}def f(ds: list[TD]):\n    for d in ds: repr(d['name'])", "str"),
    (f"{TD}def f() -> TD: ...\nrepr(f()['name'])", "str"),
    (f"{TD}def f():\n    d: TD = y\n    repr(d['name'])", "str"),
    (f"{TD}def f(y):\n    d: TD = {{'name': y, 'age': 1}}\n    repr(d['name'])", "str"),
    (f"{TD}def f(): repr(TD(name='a')['name'])", "str"),
    (
        f"{TD}def f(d: TD): repr(d.get('name')); repr(d.get('name', '')); repr(d.pop('name')); repr(d.setdefault('name', 'a'))",
        "str | None; str; str; str",
    ),
    (f"{TD}def f(d: TD): repr(d.get('other')); repr(d)", "?; dict[str, ?]"),
    (f"{HEAD}class TD(TypedDict, total=False):\n    name: str\ndef f(d: TD): repr(d['name'])", "str"),
    (
        f"{HEAD}class TD(TypedDict):\n    a: Required[str]\n    b: NotRequired[int]\n    c: ReadOnly[str]\ndef f(d: TD): repr(d['a']); repr(d['b']); repr(d['c'])",
        "str; int; str",
    ),
    (f"{TD}class Sub(TD):\n    size: int\ndef f(d: Sub): repr(d['name']); repr(d['size'])", "str; int"),
    (f"{TD}class Sub(TD):\n    child: TD\ndef f(d: Sub): repr(d['child']['name'])", "str"),
    (
        f"{HEAD}class Node(TypedDict):\n    left: 'Node'\n    right: 'Node'\n    name: str\ndef f(d: Node): repr(d['left']['right']['name'])",
        "str",
    ),
    (
        f"{HEAD}TD = TypedDict('TD', {{'name': str, 'a-b': int}})\ndef f(d: TD): repr(d['name']); repr(d['a-b']); repr(d['c'])",
        "str; int; ?",
    ),
    (f"{TD}def f(d: TD):\n    for y in []: d['name'] = y\n    repr(d['name'])", "str"),
    (f"{TD}def f(d: TD):\n    d['name'] = 'a'\n    repr(d['name'])", "str"),
    (f"{TD}def f(d: TD):\n    d['name'] += 'a'\n    repr(d['name'])", "str"),
    (f"{TD}def f(d: TD): repr(d['name'])\nf(TD(age=1, name='a'))\ng(name=1)", "str"),
    (f"{TD}def f(d: TD): repr(d['name'])\nf({{**y, x: 1, 'name': 'a'}})", "str"),
    (f"{TD}class O: pass\ndef g(o: O): o['name'] = 1\ndef f(d: TD): repr(d['name'])", "str"),
    (f"{TD}class O(TypedDict):\n    name: int\ndef g(o: O): o['name'] = 1\ndef f(d: TD): repr(d['name'])", "str"),
    (f"{HEAD}class TD(TypedDict):\n    'x'\n    TD.x: int\n    name: str\ndef f(d: TD): repr(d['name'])", "str"),
    (f"{HEAD}TD = TypedDict('TD', FIELDS)\ndef f(d: TD): repr(d['name'])", "?"),
    ("import re\np = re.compile('(?P<name>a)')\nrepr(p['name'])", "?"),
    (f"{TD}class O(TypedDict):\n    name: int\ndef f(d: TD | O): repr(d['name'])", "?"),
]

GAINSAID = [
    f"{TD}def f(d: TD):\n    d['name'] = 1\n    repr(d['name'])",
    f"{TD}def g(x): x['name'] = None\ndef f(d: TD): repr(d['name'])",
    f"{TD}def g(x): x['name'], y = 1, 2\ndef f(d: TD): repr(d['name'])",
    f"{TD}def g(x):\n    for x['name'] in [1]: pass\ndef f(d: TD): repr(d['name'])",
    f"{TD}def f(d: TD): repr(d['name'])\nf({{'name': 1}})",
    f"{TD}def f(d: TD): repr(d['name'])\nf({{'name': None, 'age': 1}})",
    f"{TD}def f(d: TD): repr(d['name'])\nf({{**y, 'name': 1}})",
    f"{TD}def f(d: TD): repr(d['name'])\nf(TD(name=1))",
    f"{TD}def f(d: TD): repr(d['name'])\nf(dict(name=1))",
    f"{TD}def f(d: TD):\n    d.update(name=1)\n    repr(d['name'])",
    f"{TD}def f(d: TD):\n    d.update({{'name': 1}})\n    repr(d['name'])",
    f"{TD}def f(d: TD):\n    d |= {{'name': 1}}\n    repr(d['name'])",
    f"{TD}def f(d: TD):\n    d.setdefault('name', None)\n    repr(d['name'])",
    f"{HEAD}class TD(TypedDict):\n    name: int\ndef f(d: TD):\n    d['name'] /= 2\n    repr(d['name'])",
    f"{TD}class Text(str): pass\ndef f(d: TD): repr(d['name'])",
    f"{TD}class Odd(dict): pass\ndef f(d: TD): repr(d['name'])",
    f"{TD}class TD: pass\ndef f(d: TD): repr(d['name'])",
    f"{TD}TD = y\ndef f(d: TD): repr(d['name'])",
    f"{HEAD}TD = TypedDict('TD', {{'name': str}})\nTD = y\ndef f(d: TD): repr(d['name'])",
    f"{HEAD}TD = TypedDict('TD', {{**x}})\ndef f(d: TD): repr(d['name'])",
]


@pytest.mark.parametrize(("source", "expected"), FIELDS)
def test_a_key(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize("source", GAINSAID)
def test_a_key_of_which_the_file_says_something_else(shown: Shown, source: str) -> None:
    assert shown(source) == "?"
