"""Dotted paths followed through a body."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

START = """class C:
    def __init__(self, name: str | None, other=None):
        self.name = name
        self.other = other
        self.size = 1
    def harmless(self) -> int: return 1
    def f(self, o, xs: list[str]):
"""

ROWS = [
    ("repr(self.name)", "str | None"),
    ("if self.name is None: return\nrepr(self.name)", "str"),
    ("if self.name is None: return\nprint(1)\nrepr(self.name)", "str"),
    ("if self.name is None: return\nlen(o)\nrepr(self.name)", "str"),
    ("if self.name is None: return\no()\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nself.harmless()\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\no.x = 1\nrepr(self.name)", "str"),
    ("if self.name is None: return\no.name = None\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nself = o\nrepr(self.name)", "?"),
    ("if self.name is None: return\nxs.append('a')\nrepr(self.name)", "str"),
    ("if self.name is None: return\nxs.sort(key=o)\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nfor x in xs: repr(self.name)", "str"),
    ("if self.name is None: return\nfor x in o: repr(self.name)", "str | None"),
    ("if self.name is None: return\nsum(o)\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nsum(xs)\nrepr(self.name)", "str"),
    ("if self.name is None: return\nwith open(o) as h: repr(self.name)", "str"),
    ("if self.name is None: return\nwith o: repr(self.name)", "str | None"),
    ("if self.name is None: return\nyield\nrepr(self.name)", "str | None"),
    ("if self.name is None: self.name = ''\nrepr(self.name)", "str"),
    ("if self.name is None: self.name = o\nrepr(self.name)", "?"),
    ("if self.name: repr(self.name)", "str"),
    ("self.name and repr(self.name)", "str"),
    ("while self.name is None: self.name = input()\nrepr(self.name)", "str"),
    ("while self.name is None: o()\nrepr(self.name)", "str"),
    ("[repr(self.name) for x in xs if self.name]", "str"),
    ("lambda: repr(self.name) if self.name else 1", "str"),
    ("if self.name:\n    def g(): repr(self.name)", "str | None"),
    ("repr(self.other)", "?"),
    ("if isinstance(self.other, str): repr(self.other)", "str"),
    ("if isinstance(self.other, str):\n    o()\n    repr(self.other)", "?"),
    ("self.other = 'a'\nrepr(self.other)", "str"),
    ("self.other = 'a'\no()\nrepr(self.other)", "?"),
    ("self.other = 'a'\nself.other += 'b'\nrepr(self.other)", "?"),
    ("o.x = 'a'\nrepr(o.x)", "?"),
    ("if isinstance(o.x, str): repr(o.x)", "str"),
    ("if isinstance(o.x.y, str): repr(o.x.y)", "str"),
    ("if isinstance(o.x.y, str):\n    o.x = 1\n    repr(o.x.y)", "?"),
    ("if isinstance(o.x, str):\n    del o.x\n    repr(o.x)", "?"),
    ("self.size = 'a'\nrepr(self.size)", "str"),
    ("repr(o().x)", "?"),
    ("if self.name is None: return\n(repr(self.name) for x in xs)", "str | None"),
    ("if self.name is None: return\nfor x in xs: pass\nrepr(self.name)", "str"),
    ("if self.name is None: return\ndel self.name\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nwith o: pass\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nwith open('a'), o: repr(self.name)", "str | None"),
    ("if self.name is None: return\nwith open('a'): pass\nrepr(self.name)", "str"),
    ("if self.name is None: return\nasync with open('a'): pass\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nValueError(o)\nrepr(self.name)", "str"),
    ("if self.name is None: return\nexec(o)\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nsum(1 for x in xs)\nrepr(self.name)", "str"),
    ("if self.name is None: return\nsum(o() for x in xs)\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nsum(map(o, xs))\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\n" + "len(o)\n" * 100 + "repr(self.name)", "str"),
    ("if self.name is None: return\n" + "len(o)\n" * 400 + "repr(self.name)", "str | None"),
    ("if self.name is None: return\n" + "repr(self.name)\n" * 40, "; ".join(["str"] * 40)),
    ("if self.name is None: return\n" + "self.name\n" * 100 + "repr(self.name)", "str"),
    ("with open('a'), open('b'): self.name = 'a'\nrepr(self.name)", "str"),
    ("import contextlib\nwith contextlib.closing(o): self.name = 'a'\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\neval(xs[0])\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nxs.count(lambda x: o())\nrepr(self.name)", "str | None"),
    ("if self.name is None: return\nfor x in enumerate(xs): repr(self.name)", "str | None"),
]


@pytest.mark.parametrize(("source", "expected"), ROWS)
def test_a_path(shown: Shown, source: str, expected: str) -> None:
    assert shown(START + "\n".join(f"        {line}" for line in source.split("\n"))) == expected


HEAD = """import csv, heapq, json, logging, math, os, re, warnings
{2}
class C:
    def __init__(self, name: str | None, sep: str):
        self.name = name
        self.sep = sep
    def set(self, x):
        self.name = None
        return 1
    def f(self, xs: list[str], ys: list[int], o, p):
        {1}
        if self.name is None: return
        {0}
        repr(self.name)
"""

STEPS = "def steps(c):\n    c.name = None\n    yield 1"
WRITES = "class Log:\n    def write(self, text): c.name = None"

CALLS = [
    # what runs code of the file that is written in the call, or handed to it
    ("min((self.set(x) for x in xs), default=ys[0])", "", ""), ("print(*(self.set(x) for x in xs))", "", ""),
    ("ys.extend(self.set(x) for x in xs)", "", ""), ("self.sep.join(self.set(x) for x in xs)", "", ""),
    ("math.fsum(self.set(x) for x in xs)", "", ""), ("bytes(self.set(x) for x in xs)", "", ""), ("heapq.nlargest(1, xs, key=self.set)", "", ""),
    ("heapq.nlargest(1, xs, self.set)", "", ""), ("heapq.nlargest(1, xs, lambda x: self.set(x))", "", ""), ("re.sub('a', self.set, 'a')", "", ""),
    ("math.sqrt(self.set)", "", ""), ("math.sqrt(lambda: o())", "", ""), ("re.sub('a', o, 'b')", "", ""), ("math.fsum(xs, key=o)", "", ""),
    ("other.go()", "", "import other"), ("os.getcwd()", "", "os.getcwd = evil"), ("os.kill(1, 2)", "", ""),
    ("warnings.warn('a')", "", "warnings.showwarning = evil"), ("print('a', file=o)", "", WRITES), ("logging.info('a')", "", WRITES),
    # what was made before, and is gone through there
    ("print(*o)", "", STEPS), ("print(*[1, *o])", "", STEPS), ("[*o]", "", STEPS), ("a, b = o", "", STEPS), ("[a, b] = o", "", STEPS),
    ("xs[:] = o", "", STEPS), ("xs += o", "", STEPS), ("'a' in o", "", STEPS), ("'a' not in o", "", STEPS), ("{**o}", "", STEPS),
    ("dict(**o)", "", STEPS), ("xs.extend(o)", "", STEPS), ("', '.join(o)", "", STEPS), ("xs.append(*o)", "", STEPS), ("math.fsum(o)", "", STEPS),
    ("match o:\n            case [1]: pass", "", STEPS), ("[*m]", "m = map(self.set, xs)", ""), ("xs.extend(m)", "m = map(self.set, xs)", ""),
    ("[*m]", "m = (self.set(x) for x in xs)", ""), ("[*m]", "m = iter(self.set, 0)", ""),
    ("[*o]", "", "class M:\n    def __iter__(self): c.name = None"), ("[*m]", "m = M()", "class M:\n    def __next__(self): c.name = None"),
    ("[*m]", "m = M()", "class M:\n    def __getitem__(self, index): c.name = None"), ("{**m}", "m = M()", "class M:\n    def keys(self): c.name = None"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "before", "head"), CALLS)
def test_what_may_set_an_attribute_unseen(shown: Shown, act: str, before: str, head: str) -> None:
    assert set(shown(HEAD.format(act, before or "pass", head)).split(" | ")) == {"str", "None"}


@pytest.mark.parametrize(
    ("act", "head"),
    [
        ("xs.extend(o)", ""), ("math.fsum(o)", ""), ("math.fsum(o, key=ys)", ""), ("[*o]", ""), ("a, b = o", ""), ("print(*o)", ""), ("xs.extend(ys)", STEPS), ("a, b = xs", STEPS),
        ("[*xs]", STEPS), ("a = o", STEPS), ("xs[0] = o", STEPS),
        ("math.sqrt(1)", STEPS), ("print('a')", STEPS), ("os.getcwd()", WRITES), ("math.floor(self)", WRITES),
        ("math.sqrt(o)", "os.getcwd = evil"), ("os.getcwd()", "warnings.showwarning = evil"), ("a = 1\n        a += 1", STEPS),

    ],
)  # fmt: skip
def test_what_sets_none(shown: Shown, act: str, head: str) -> None:
    assert shown(HEAD.format(act, "pass", head)) == "str"


MANAGER = """class M:
    def __enter__(self): return 'a'
    async def __aenter__(self): return 1
class C:
    async def f(self):
        {}with M() as self.x: repr(self.x)
    def g(self): repr(self.x)
"""

LOOPS = """import collections.abc, io, types, typing
class C:
    def f(self, a: {}, b: {}, c: {}):
        if isinstance(self.x, str):
            for _ in a: repr(self.x)
        if isinstance(self.x, str):
            for _ in b: repr(self.x)
        if isinstance(self.x, str):
            for _ in c: repr(self.x)
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "class D:\n    def __init__(self, x: str | None): self.x = x\n"
            "    def f(self, o: 'D'):\n        o.x = 'a'\n        repr(self.x)\n        repr(o.x)",
            "str | None; str",
        ),
        (
            "class C:\n    @property\n    def x(self) -> int: ...\n    @x.setter\n    def x(self, v): ...\n    def f(self): self.x = 'a'; repr(self.x)",
            "int",
        ),
        ("class C:\n    x = field()\n    def f(self): self.x = 'a'; repr(self.x)", "?"),
        ("class C:\n    def __setattr__(self, n, v): ...\n    def f(self): self.x = 'a'; repr(self.x)", "?"),
        ("from foo import B\nclass C(B):\n    def f(self): self.x = 'a'; repr(self.x)", "?"),
        ("import a\nif isinstance(a.b, str): repr(a.b)", "str"),
        (
            "class D:\n    def __init__(self, x: str | None): self.x = x\n"
            "    def f(self, o: 'D'):\n        if self.x:\n            o.x = None\n            repr(self.x)",
            "str | None",
        ),
        (
            "class D:\n    def __init__(self, x: str | None): self.x: str | None = x\n"
            "    def f(self, o):\n        if self.x is None: self.x = o\n        repr(self.x)",
            "str | None",
        ),
        (
            "from foo import B\nimport json\nclass C(B):\n    def f(self, xs):\n        if isinstance(self.x, str):\n"
            "            repr(self.x)\n            json.dump(xs, self)\n            repr(self.x)",
            "str; ?",
        ),
        (MANAGER.format("async "), "?; ?"),
        (MANAGER.format(""), "str; str"),
        (LOOPS.format("types.GeneratorType", "typing.Iterable[str]", "collections.abc.Iterator[str]"), "?; ?; ?"),
        (LOOPS.format("typing.IO[str]", "io.StringIO", "list[str]"), "?; str; str"),
    ],
)
def test_what_a_store_keeps(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


GIVEN = """import heapq, json, csv, pprint
class C:
    def __init__(self, name):
        self.name = name
    def rename(self, *given):
        self.name = (1, 2)
        return 0
    def settle(self, *given): rename(self)
    @property
    def fresh(self): return 1
    @property
    def stale(self): return self.settle()
    @stale.setter
    def stale(self, value): self.name = value
    METHOD
    def f(self, o, xs: list[str]):
        if isinstance(self.name, str):
            LINE
            repr(self.name)
def rename(one): one.rename()
"""

RUNS = [
    ("", "heapq.nsmallest(1, xs)", "str"),
    ("", "heapq.nsmallest(1, xs, key=self.rename)", "?"),
    ("", "heapq.nsmallest(1, xs, key=o)", "?"),
    ("", "heapq.nsmallest(1, xs, key=None)", "str"),
    ("", "json.dumps(xs)", "str"),
    ("", "json.dumps(xs, indent=2)", "str"),
    ("", "json.dumps(xs, default=self.rename)", "?"),
    ("def write(self, text): self.name = text", "json.dump(xs, self)", "?"),
    ("def write(self, text): self.name = text", "pprint.pprint(xs, self)", "?"),
    ("def write(self, text): self.name = text", "len(xs)", "str"),
    ("", "len(self)", "str"),
    ("__len__ = rename", "len(self)", "?"),
    ("def __len__(self): return self.settle()", "len(self)", "?"),
    ("def __len__(self): return self.settle()", "len(xs)", "str"),
    ("def __len__(self): return self.size", "len(self)", "str"),
    ("def __add__(self, other): self.settle()", "self + 1", "?"),
    ("def __add__(self, other): return C(self.name)", "self + 1", "str"),
    ("def __radd__(self, other): del self.name", "1 + o", "?"),
    ("def __eq__(self, other): setattr(self, 'name', 1)", "o == 1", "?"),
    ("def __eq__(self, other): setattr(self, 'eman', 1)", "o == 1", "str"),
    ("def __eq__(self, other): setattr(self, other, 1)", "o == 1", "?"),
    ("def __eq__(self, other): self.__dict__.clear()", "o == 1", "?"),
    ("def __bool__(self): return self.settle()", "if o: pass", "?"),
    ("def __str__(self): return self.settle()", "f'{o}'", "?"),
    ("def __str__(self): return self.settle()", "f'{xs[0]}'", "str"),
    ("def __getitem__(self, key): self.settle()", "self[0]", "?"),
    ("def __hash__(self): return self.settle()", "{o: 1}", "?"),
    ("def __iter__(self): return self.settle()", "a, b = o", "?"),
    ("", "self.fresh", "str"),
    ("", "self.stale", "?"),
    ("", "o.stale = 1", "?"),
    ("", "o.fresh = 1", "str"),
]


@pytest.mark.parametrize(("method", "line", "expected"), RUNS)
def test_what_runs_unseen_may_set_an_attribute(shown: Shown, method: str, line: str, expected: str) -> None:
    assert shown(GIVEN.replace("METHOD", method).replace("LINE", line)) == expected
