"""Code of the file that runs by what the standard library does with the objects, names and functions that it is given."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.analysis.calls.telling import told
from tests.harness import behaviour

Facts = Callable[[str], Module]

PROPERTY = "class M:\n    @property\n    def x(self): xs.reverse()\nm = M()\n"
HELD = "class M:\n    def __init__(self, held): self.held = held\n    def METHOD: return self.held.reverse() is None\nm = M(xs)\n"
CALLS_BACK = "class M:\n    def __init__(self, then): self.then = then\n    def METHOD: self.then()\nm = M(lambda: xs.reverse())\n"

RUNS = {
    "a property by `getattr`": (PROPERTY, "getattr(m, 'x')"),
    "a property by `getattr` of a computed name": (PROPERTY, "getattr(m, 'xyz'[0])"),
    "a property by `hasattr`": (PROPERTY, "hasattr(m, 'x')"),
    "a property by an `attrgetter`": (f"import operator\n{PROPERTY}", "sorted([m], key=operator.attrgetter('x'))"),
    "a property by a template that stands elsewhere": (f"{PROPERTY}T = '{{0.x}}'\n", "T.format(m)"),
    "a property by a mapping": (f"{PROPERTY}T = '{{m.x}}'\n", "T.format_map({'m': m})"),
    "all properties": (f"import inspect\n{PROPERTY}", "inspect.getmembers(m)"),
    "a property that `setattr` sets": (
        "class M:\n    @property\n    def x(self): pass\n    @x.setter\n    def x(self, value): xs.reverse()\nm = M()\n",
        "setattr(m, 'x', 1)",
    ),
    "an attribute that is not there, by `getattr`": ("class M:\n    def __getattr__(self, name): xs.reverse()\nm = M()\n", "getattr(m, 'x')"),
    "an attribute that `setattr` sets": ("class M:\n    def __setattr__(self, name, value): xs.reverse()\nm = M()\n", "setattr(m, 'x', 1)"),
    "what a dataclass runs when it is copied": (
        "import dataclasses\n@dataclasses.dataclass\nclass M:\n    x: int\n    def __post_init__(self): xs.reverse()\nm = M(1)\n",
        "dataclasses.replace(m, x=2)",
    ),
    "a function called by the library": ("import operator\n", "operator.call(xs.reverse)"),
    "code in a string": ("import timeit\n", "timeit.timeit('xs.reverse()', number=1, globals={'xs': xs})"),
    "a function that a pattern calls": ("import re\np = re.compile('a')\ndef go(then):\n    p.sub(then, 'a')\n", "go(lambda m: xs.reverse() or '')"),
    "a file of the file's": ("import csv\nclass M:\n    def write(self, text): xs.reverse()\nw = csv.writer(M())\n", "w.writerow(['a'])"),
    "a handler of the file's": (
        "import xml.sax\nclass M(xml.sax.ContentHandler):\n    def startElement(self, name, attrs): xs.reverse()\n",
        "xml.sax.parseString(b'<a/>', M())",
    ),
    "a handler of a logger": (
        "import logging\nclass M(logging.Handler):\n    def emit(self, record): xs.reverse()\n"
        "log = logging.getLogger('unseen')\nlog.propagate = False\nlog.handlers = [M()]\n",
        "log.warning('a')",
    ),
    "a function of a database": (
        "import sqlite3\ndb = sqlite3.connect(':memory:')\ndb.create_function('turn', 0, lambda: xs.reverse())\n",
        "db.execute('select turn()')",
    ),
    "a method of a random number generator": ("import random\nrng = random.Random(1)\n", "rng.shuffle(xs)"),
    "the module by `sys.modules`": ("import sys\n", "sys.modules[__name__].xs = [7, 8, 9]"),
    "the module by its name for the interpreter": ("import __main__\n", "__main__.xs = [7, 8, 9]"),
    "a generator that is sent to": ("def gen():\n    while True:\n        xs.reverse()\n        yield\ng = gen()\nnext(g)\n", "g.send(None)"),
    "a generator by its own method": ("def gen():\n    while True:\n        xs.reverse()\n        yield\ng = gen()\n", "g.__next__()"),
    "a generator that is closed": (
        "def gen():\n    try: yield 1\n    finally: xs.reverse()\n",
        "g = gen()\nnext(g)\ng.close()",
    ),
    "a time zone": (
        "import datetime\nclass Z(datetime.tzinfo):\n    def utcoffset(self, when): xs.reverse()\n"
        "t = datetime.datetime(2024, 1, 1, tzinfo=Z())\n",
        "t.utcoffset()",
    ),
    "the type of a command line's argument": (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('x', type=lambda s: xs.reverse())\n",
        "p.parse_args(['1'])",
    ),
    "what shows a warning": (
        "import warnings\nwarnings.simplefilter('always')\nwarnings.showwarning = lambda *a: xs.reverse()\n",
        "warnings.warn('a')",
    ),
    "what handles an error of encoding": (
        "import codecs\ndef fix(error):\n    xs.reverse()\n    return '?', error.end\ncodecs.register_error('fix', fix)\n",
        "'\u00e9'.encode('ascii', 'fix')",
    ),
    "an operator on an attribute of no known class": (HELD.replace("METHOD", "__add__(self, other)"), "m + 1"),
    "a conversion of an attribute of no known class": (HELD.replace("METHOD", "__bool__(self)"), "not m"),
    "an operator that calls what it was given": (CALLS_BACK.replace("METHOD", "__add__(self, other)"), "m + 1"),
    "a store that calls what it was given": (CALLS_BACK.replace("METHOD", "__setitem__(self, key, value)"), "m[1] = 2"),
    "an operator that calls a method of no known object": (
        "class N:\n    def turn(self): xs.reverse()\nclass M:\n    def __init__(self, other): self.other = other\n"
        "    def __add__(self, one): self.other.turn()\nm = M(N())\n",
        "m + 1",
    ),
}  # fmt: skip
"""What is done before the loop, and in the loop before its element is read."""


@pytest.mark.parametrize("name", RUNS)
def test_what_the_library_and_operators_may_run(name: str) -> None:
    head, body = RUNS[name]
    loop = f"for i in range(len(xs)):\n{textwrap.indent(body, '    ')}\n    print(xs[i])\n"
    program = f"xs = [1, 2, 3]\n{head}def run():\n{textwrap.indent(loop, '    ')}"
    told = process(program.encode(), Settings(("range-len",)))
    assert not isinstance(told, Fixed)
    assert told.diagnostics  # type: ignore[union-attr]
    if "__main__" not in head:  # which is another module here
        wrong = program.replace("for i in range(len(xs))", "for x in list(xs)").replace("xs[i]", "x")
        assert behaviour(program, ["run()"]) != behaviour(wrong, ["run()"])


BUFFERS = {
    "a structure": ("import struct\n", "struct.pack_into('B', xs, 2, 60)"),
    "a structure that is an object": ("import struct\ns = struct.Struct('B')\n", "s.pack_into(xs, 2, 60)"),
    "a file": ("import io\nf = io.BytesIO(b'xyz')\n", "f.readinto(xs)"),
}


@pytest.mark.parametrize("name", BUFFERS)
def test_what_writes_to_a_buffer(name: str) -> None:
    head, body = BUFFERS[name]
    program = f"xs = bytearray(b'abc')\n{head}def run():\n    for i in range(len(xs)):\n        {body}\n        print(xs[i])\n"
    assert not isinstance(process(program.encode(), Settings(("range-len",))), Fixed)


@pytest.mark.parametrize(
    "code",
    [
        "getattr(m, 'y')",
        "p.sub('b', 'a')",
        "'a'.encode()",
        "t.isoformat()",
        "str(t)",
        "w.writerow(['a'])",
        "f'{m}'",
        "setattr(m, 'y', 1)",
        "log.info('a')",
        "'{0.y}'.join('ab')",
    ],
)
def test_what_runs_nothing_that_changes_the_list(code: str) -> None:
    head = (
        "import csv, datetime, logging, re, sys\nt = datetime.datetime(2024, 1, 1)\np = re.compile('a')\nw = csv.writer(sys.stdout)\nlog = logging.getLogger('a')\n"
        "class M:\n    y = 2\n    @property\n    def x(self): return 1\n    def __str__(self): return self.name.upper()\nm = M()\n"
    )
    program = f"xs = [1, 2, 3]\n{head}def run():\n    for i in range(len(xs)):\n        {code}\n        print(xs[i])\n"
    assert isinstance(process(program.encode(), Settings(("range-len",))), Fixed)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import sys\nsys.modules[__name__].a = 1", True),
        ("import sys\nm = sys.modules[__name__]\nm.a = 1", True),
        ("import sys\nsetattr(sys.modules[__name__], 'a', 1)", True),
        ("import sys\nsys.modules[__name__].__dict__['a'] = 1", True),
        ("import sys\nf(sys.modules[__name__])", True),
        ("import importlib\nimportlib.import_module(__name__).a = 1", True),
        ("import __main__ as me\nme.a = 1", True),
        ("import sys\ngetattr(sys.modules[__name__], 'a')", False),
        ("import sys\nsys.modules[__name__] = a", False),
        ("import sys\nm = sys.modules[__name__]\nm.a", False),
        ("import inspect, sys\ninspect.getmembers(sys.modules[__name__])", False),
        ("import __main__\nprint(__main__.a)", False),
    ],
)
def test_a_module_that_takes_hold_of_itself(source: str, expected: bool, facts: Facts) -> None:
    assert facts(source).hidden_writes.writes_globals is expected


@pytest.mark.parametrize(
    ("call", "runs"),
    [
        ("f()", False), ("imported()", False), ("assigned()", True), ("parameter()", True), ("C()", False), ("unbound()", False), ("x.stored()", True), ("x.given()", True),
        ("x.method()", False), ("x.other()", False), ("type(x)()", False), ("type(x)(1)", False), ("x[0]()", True), ("f()()", True), ("x.both()", False),
    ],
)  # fmt: skip
def test_a_call_that_may_be_of_a_value(call: str, runs: bool, facts: Facts) -> None:
    module = facts(
        "import imported\ndef f(): pass\nassigned = f\nclass C:\n    given = f\n    both = f\n    def method(self): self.stored = f\n"
        f"class D:\n    def both(self): pass\ndef use(parameter, x): {call}\n"
    )
    node = module.tree.body[-1].body[0].value  # type: ignore[attr-defined]
    assert module.unseen.runs_handed_out(node) is runs


@pytest.mark.parametrize(
    ("body", "stores"),
    [
        ("pass", False), ("return x.y", False), ("x = 1", False), ("x.y = 1", True), ("x[0] = 1", True), ("del x[0]", True), ("return x[0]", False),
        ("global x", True), ("def inner():\n        nonlocal y", True), ("x.append(1)", True), ("setattr(x, 'y', 1)", True), ("append", True), ("x()", True),
        ("x.count(1)", False), ("len(x)", False), ("quiet()", False), ("loud()", True), ("x.loud", True), ("x.m()", True), ("ring()", False),
    ],
)  # fmt: skip
def test_a_function_that_may_store_something(body: str, stores: bool, facts: Facts) -> None:
    others = "def quiet(): return 1\ndef loud(): N[0] = 1\ndef ring(): f(1)\nclass C:\n    def m(self): self.n = 1\n"
    module = facts(f"{others}def f(x, y=1):\n    {body}\n")
    for _ in range(2):
        assert module.unseen.may_store(module.tree.body[-1]) is stores


def test_functions_that_are_used_as_values(facts: Facts) -> None:
    text = (
        "def called(): pass\ndef passed(): pass\nclass C:\n    def held(self): pass\n    def run(self): pass\n    @property\n    def read(self): pass\n    def put(self): pass\n"
        "async def awaited(): pass\ncalled()\nuse(passed, passed, awaited, lambda: 1, C, unbound)\nx.held\nx.run()\nx.read\nx.put = 1\n(lambda: 2)()\n"
    )
    module = facts(text)
    names = [getattr(one, "name", "lambda") for one in module.unseen.handed_out]
    assert sorted(names) == ["awaited", "held", "lambda", "passed"]
    assert {name: len(found) for name, found in module.unseen.methods.items()} == {"held": 1, "run": 1, "read": 1, "put": 1}


@pytest.mark.parametrize(
    ("text", "lent"),
    [
        ("csv.writer(Log())", {"csv"}), ("csv.writer(log)", {"csv"}), ("csv.writer(x)", set()), ("math.floor(Log())", set()), ("csv.writer(dialect=Log())", {"csv"}),
        ("with Log() as out: csv.writer(out)", {"csv"}), ("(out := Log()) and csv.writer(out)", {"csv"}), ("for out in Log(): csv.writer(out)", set()),
        ("csv.writer(open(x))", set()), ("csv.writer(x.y)", set()), ("csv.writer(plain)", set()), ("db.create_function(x)", {"sqlite3"}), ("db.row_factory = x", {"sqlite3"}),
        ("class K:\n    def m(self): csv.writer(self)", {"csv"}), ("class K:\n    def m(self, x): csv.writer(x)", set()), ("def k(self): csv.writer(self)", set()),
        ("lambda self: csv.writer(self)", set()), ("a = b\nb = a\ncsv.writer(a)", set()), ("io.open(Log())", {"io"}), ("other.writer(Log())", set()),
    ],
)  # fmt: skip
def test_modules_that_are_lent_an_object_of_the_file(text: str, lent: set[str], facts: Facts) -> None:
    module = facts(f"import csv, io, math\nclass Log: pass\nlog = Log()\nplain = 1\n{text}\n")
    assert module.unseen.lent == lent


@pytest.mark.parametrize(
    ("text", "origin", "runs"),
    [
        ("warnings.showwarning = f", "warnings.warn", True), ("warnings.showwarning = f", "os.stat", False), ("from codecs import register_error", "codecs.encode", True),
        ("from codecs import register", "codecs.encode", False), ("warnings.warn", "warnings.warn", False), ("x.setLogRecordFactory(f)", "logging.info", True),
        ("", "os.kill", True), ("", "os.stat", False),
    ],
)  # fmt: skip
def test_functions_of_the_library_that_may_run_code_of_the_file(text: str, origin: str, runs: bool, facts: Facts) -> None:
    assert facts(f"import os, warnings\n{text}\n").unseen.runs_own(origin) is runs


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("self.n = 1", "unknown self.o.turn(); sets n"), ("self[0] = 1", "unknown self.o.turn(); elsewhere turn"),
        ("self[0][0] = 1", "unknown self.o.turn(); elsewhere turn"), ("N[0][0] = 1; self[0] = 1", "unknown self.o.turn(); elsewhere N[0]"), ("N.append(self.go())", "unknown self.o.turn(); elsewhere turn; variables N"),
        ("return self.n", "unknown self.o.turn()"), ("self.then()", "unknown self.o.turn(); elsewhere turn; sets late"),
    ],
)  # fmt: skip
def test_what_an_operator_may_run_by_a_name(method: str, expected: str, facts: Facts) -> None:
    module = facts(
        f"N = []\nclass A:\n    def __add__(self, other): self.o.turn()\nclass B:\n    def __init__(self, then): self.then = then\n    def turn(self): {method}\n"
        "def late(x): x.late = 1\nB(late)\n"
    )
    assert told(module.hidden.summary("operate")) == expected
