"""Whole families: every construct of the language that binds, reads, writes, lets out, delays or leaves early.

For each of these facts a node class of `ast` either has programs in which it does that, or is listed as one that never does. A program has
two readings: as it stands, and as one that overlooks the construct would rewrite it. The second must behave otherwise (so the program
proves that the construct does it), and what pyfix makes of the first must behave like the first. A new Python's node fails here.
"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from tests.analysis.names.test_constructs import node_classes
from tests.harness import behaviour, dedented

RULES = registry.select(None)
FACTS = ("binds", "reads", "writes", "escapes", "delays", "leaves")


@dataclass(frozen=True)
class Shape:
    """A construct in a program.

    Attributes:
        nodes: names of the node classes that do it together.
        code: the construct, a statement or several.
        before: code at the top of the file.
        drive: how `run` is called, where that is not `run()`.
        awaits: `run` is an async function.
        frame: another frame than the fact's own.
        since: the first Python that has it.
    """

    nodes: str
    code: str
    before: str = ""
    drive: str = "run()"
    awaits: bool = False
    frame: str = ""
    since: tuple[int, int] = (3, 11)


ELEMENTS = """
    rows = [1, 2, 3]
    BEFORE
    def run():
        {{for i in range(len(rows)):||for i, row in enumerate(rows):}}
            print({{rows[i]||row}})
            CODE
            print({{rows[i]||row}})
    DRIVE
"""
"""A loop over a global list: what CODE writes to the list, the second read must see."""

INDEX = """
    rows = [10, 20, 30]
    BEFORE
    def run():
        {{for i in range(len(rows)):||for row in rows:}}
            print({{rows[i]||row}})
            CODE
    DRIVE
"""
"""A loop whose index nothing but CODE reads."""

REBOUND = """
    BEFORE
    def run():
        rows = [1, 2, 3]
        {{for i in range(len(rows)):||for i, row in enumerate(rows):}}
            print({{rows[i]||row}})
            CODE
            print({{rows[i]||row}})
    DRIVE
"""
"""A loop over a local list: where CODE binds the variable anew, the second read must see that."""

GLOBAL = """
    rows = [1, 2, 3]
    def run():
        {{for i in range(len(rows)):||for i, row in enumerate(rows):}}
            print({{rows[i]||row}})
            again()
            print({{rows[i]||row}})
    def again():
        global rows
        CODE
    DRIVE
"""
"""A loop over a global list, and a function that binds it anew."""

LET_OUT = """
    kept = []
    def touch():
        for one in kept:
            one[0] = one[1] = one[2] = 9
    BEFORE
    def run():
        rows = [1, 2, 3]
        CODE
        {{for i in range(len(rows)):||for i, row in enumerate(rows):}}
            print({{rows[i]||row}})
            touch()
            print({{rows[i]||row}})
    DRIVE
"""
"""A loop over a local list that CODE has let out to `kept`, whose content a call in the loop changes."""

LATER = """
    BEFORE
    def run():
        rows = [1, 2, 3]
        CODE
        {{for i in range(len(rows)):||for i, row in enumerate(rows):}}
            print({{rows[i]||row}})
            later()
            print({{rows[i]||row}})
    DRIVE
"""
"""A loop over a local list: CODE makes `later`, which changes the list whenever it is called."""

SKIPPED = """
    BEFORE
    def run(flag):
        s = 1
        CODE
        return {{"a" + s||f"a{s}"}}
    for flag in (False, True):
        try:
            print(DRIVE)
        except TypeError:
            print("not a string")
"""
"""A variable that is a string only where CODE does not leave before it becomes one."""

FRAMES = {"binds": REBOUND, "reads": INDEX, "writes": ELEMENTS, "escapes": LET_OUT, "delays": LATER, "leaves": SKIPPED}

WITH = "import contextlib\n@contextlib.contextmanager\ndef given(value):\n    yield value"
AGAIN = "class Again:\n    def __init__(self): self.x = None\nagain = Again()"


THROWN = """
    def run(flag):
        s = 1
        CODE
        print({{"a" + s||f"a{s}"}})
    for flag in (False, True):
        running = run(flag)
        next(running)
        try:
            running.throw(ValueError) if flag else next(running)
        except (StopIteration, TypeError) as error:
            print(type(error).__name__)
"""
"""A generator into which an exception is thrown where it waits."""


def sly(node: str, code: str, method: str, *parameters: str, gives: str = "0") -> Shape:
    """An operator of a class of the file that assigns to all elements of the list."""
    text = f"class Sly:\n    def {method}(self{''.join(f', {one}' for one in parameters)}):\n        rows[:] = [7, 8, 9]\n        return {gives}\n"
    return Shape(node, code, f"{text}sly = Sly()")


def keeper(node: str, code: str, method: str, *parameters: str, gives: str = "kept.append(x)", after: str = "") -> Shape:
    """An operator of a class of the file that keeps its operand."""
    text = f"class Sly:\n    def {method}(self{''.join(f', {one}' for one in parameters)}, x): {gives}\nsly = Sly(){after}"
    return Shape(node, code, text)


PROGRAMS: dict[str, list[Shape]] = {
    "binds": [
        Shape("Assign Name", "rows = [4, 5, 6]"),
        Shape("Assign Tuple Name", "rows, other = [4, 5, 6], 0"),
        Shape("Assign List Starred Name", "[*rows] = [4, 5, 6]"),
        Shape("AnnAssign Name", "rows: list = [4, 5, 6]"),
        Shape("AugAssign Name", "rows += [7]\nrows = rows[::-1]"),
        Shape("NamedExpr", "print((rows := [4, 5, 6]))"),
        Shape("NamedExpr ListComp comprehension", "print([rows := [4, 5, 6] for _ in (1,)])"),
        Shape("NamedExpr GeneratorExp comprehension", "print(any((rows := [4, 5, 6]) for _ in (1,)))"),
        Shape("NamedExpr SetComp comprehension", "print({len(rows := [4, 5, 6]) for _ in (1,)})"),
        Shape("NamedExpr DictComp comprehension", "print({0: (rows := [4, 5, 6]) for _ in (1,)})"),
        Shape("For Name", "for rows in ([4, 5, 6],): pass"),
        Shape("For Tuple", "for _, rows in enumerate([[4, 5, 6]]): pass"),
        Shape("With withitem", "with given([4, 5, 6]) as rows: pass", WITH),
        Shape("ExceptHandler Try", "try: raise ValueError\nexcept ValueError as rows: pass\nrows = [4, 5, 6]"),
        Shape("ExceptHandler TryStar", "try: raise ValueError\nexcept* ValueError as rows: pass\nrows = [4, 5, 6]"),
        Shape("Delete", "del rows; rows = [4, 5, 6]"),
        Shape("Import alias", "import builtins as rows\nrows = [4, 5, 6]"),
        Shape("ImportFrom alias", "from string import digits as rows"),
        Shape("Match match_case MatchAs", "match [4, 5, 6]:\n    case rows: pass"),
        Shape("MatchStar MatchSequence", "match [4, 5, 6]:\n    case [*rows]: pass"),
        Shape("MatchMapping", "match {0: 4, 1: 5, 2: 6}:\n    case {**rows}: pass"),
        Shape("MatchOr MatchAs", "match [4, 5, 6]:\n    case ([] as rows) | ([*_] as rows): pass"),
        Shape("MatchClass", "match (4, 5, 6):\n    case tuple(rows): pass"),
        Shape("FunctionDef", "def rows(): pass\nrows = [4, 5, 6]"),
        Shape("AsyncFunctionDef", "async def rows(): pass\nrows = [4, 5, 6]"),
        Shape("ClassDef", "class rows:\n    def __class_getitem__(cls, key): return key + 4"),
        Shape("TypeAlias", "type rows = int\nrows = [4, 5, 6]", since=(3, 12)),
        Shape("Nonlocal", "def again():\n    nonlocal rows\n    rows = [4, 5, 6]\nagain()"),
        Shape("AsyncFor", "async for rows in other(): pass", "async def other(): yield [4, 5, 6]", awaits=True),
        Shape(
            "AsyncWith",
            "async with other() as rows: pass",
            "import contextlib\n@contextlib.asynccontextmanager\nasync def other(): yield [4, 5, 6]",
            awaits=True,
        ),
        Shape("Global Assign", "rows = [4, 5, 6]", frame=GLOBAL),
    ],
    "reads": [
        Shape("Name", "print(i)"),
        Shape("AugAssign", "i += 1; print(i)"),
        Shape("Delete", "del i"),
        Shape("JoinedStr FormattedValue", 'print(f"{i}")'),
        Shape("JoinedStr FormattedValue", 'print(f"{i=}")'),
        Shape("JoinedStr FormattedValue", 'print(f"{1:{i}}")'),
        Shape("Lambda", "print((lambda: i)())"),
        Shape("Lambda arguments", "print((lambda x=i: x)())"),
        Shape("FunctionDef arguments", "def f(x=i): print(x)\nf()"),
        Shape("FunctionDef arguments arg", "def f(x: i): print(f.__annotations__)\nf(1)"),
        Shape("FunctionDef", "def f() -> i: pass\nprint(f.__annotations__)"),
        Shape("FunctionDef", "def f(): print(i)\nf()"),
        Shape("AsyncFunctionDef", "async def f(): print(i)\ntry: f().send(None)\nexcept StopIteration: pass"),
        Shape("ClassDef", "class C: print(i)"),
        Shape("ClassDef keyword", "class C(metaclass=(lambda *a, k=i: print(k))): pass"),
        Shape("ListComp comprehension", "print([i for _ in 'a'])"),
        Shape("SetComp comprehension", "print({i for _ in 'a'})"),
        Shape("DictComp comprehension", "print({i: i for _ in 'a'})"),
        Shape("GeneratorExp comprehension", "print(*(i for _ in 'a'))"),
        Shape("GeneratorExp comprehension", "print(*(x for x in (i,)))"),
        Shape("comprehension", "print([x for x in 'a' if i])"),
        Shape("Match match_case", "match 0:\n    case x if i >= x: print(x)"),
        Shape("Match", "match i:\n    case x: print(x)"),
        Shape("MatchValue", "match 0:\n    case i.real: print(0)\n    case _: print(1)"),
        Shape("MatchClass", "try:\n    match 0:\n        case i(): pass\nexcept TypeError: print('no class')"),
        Shape("MatchMapping", "match {0: 1}:\n    case {i.real: x}: print(x)"),
        Shape("Slice Subscript", "print('abc'[i:])"),
        Shape("Starred", "print(*[i])"),
        Shape("Call keyword", "print('a', end=str(i))"),
        Shape("Dict", "print({**{i: 1}})"),
        Shape("Attribute", "print(i.real)"),
        Shape("Compare", "print(0 <= i < 2)"),
        Shape("BoolOp", "print(0 or i)"),
        Shape("IfExp", "print(i if 1 else 0)"),
        Shape("BinOp", "print(1 + i)"),
        Shape("UnaryOp", "print(-i)"),
        Shape("NamedExpr", "print((x := i))"),
        Shape("Set", "print({i})"),
        Shape("List", "print([i])"),
        Shape("Tuple", "print((i, 1))"),
        Shape("Return", "return print(i)"),
        Shape("Raise", "try: raise ValueError(i)\nexcept ValueError as e: print(e)"),
        Shape("Assert", "assert i >= 0; print('fine')"),
        Shape("Try ExceptHandler", "try: raise ValueError\nexcept (ValueError, i): print('caught')"),
        Shape("If", "if i: print(1)"),
        Shape("While", "while i: print(1); break"),
        Shape("For", "for x in (i,): print(x)"),
        Shape("With withitem", "with given(i) as x: print(x)", WITH),
        Shape("AsyncFor", "async for x in other(i): print(x)", "async def other(x): yield x", awaits=True),
        Shape(
            "AsyncWith",
            "async with other(i) as x: print(x)",
            "import contextlib\n@contextlib.asynccontextmanager\nasync def other(x): yield x",
            awaits=True,
        ),
        Shape(
            "TryStar ExceptHandler", "try:\n    try: raise ValueError\n    except* (TypeError, i): pass\nexcept TypeError: print('caught')"
        ),
        Shape("Assign", "x = i; print(x)"),
        Shape("AnnAssign", "x: int = i; print(x)"),
        Shape("Expr", "i\nprint('read')"),
        Shape("Call", "print(locals()['i'])"),
        Shape("Call", "print(eval('i'))"),
        Shape("Call", "exec('print(i)')"),
        Shape("Nonlocal", "def f():\n    nonlocal i\n    print(i)\nf()"),
        Shape("Yield", "yield i", drive="print(*run())"),
        Shape("YieldFrom", "yield from (i,)", drive="print(*run())"),
        Shape(
            "Await",
            "print(await now(i))",
            "async def now(x): return x",
            awaits=True,
        ),
        Shape("TypeAlias", "type X = i\nprint(X.__value__)", since=(3, 12)),
        Shape("TypeVar", "def f[T: i](): pass\nprint(f.__type_params__[0].__bound__)", since=(3, 12)),
    ],
    "writes": [
        Shape("Subscript Assign", "rows[i] = 9"),
        Shape("Subscript Slice Assign", "rows[:] = [7, 8, 9]"),
        Shape("Subscript Tuple Assign", "other, rows[i] = 0, 9"),
        Shape("Subscript Starred List", "[*rows[:]] = [7, 8, 9]"),
        Shape("Subscript AugAssign", "rows[i] += 9"),
        Shape("Subscript AnnAssign", "rows[i]: int = 9"),
        Shape("AugAssign Name", "def f(rows=rows): rows *= 0\nf()"),
        Shape("Delete Subscript", "del rows[i]; rows.insert(i, 9)"),
        Shape("For Subscript", "for rows[i] in (9,): pass"),
        Shape("comprehension Subscript ListComp", "[0 for rows[i] in (9,)]"),
        Shape("comprehension Subscript SetComp", "print({0 for rows[i] in (9,)})"),
        Shape("comprehension Subscript DictComp", "print({0: 0 for rows[i] in (9,)})"),
        Shape("comprehension Subscript GeneratorExp", "print(*(0 for rows[i] in (9,)))"),
        Shape("With withitem Subscript", "with given(9) as rows[i]: pass", WITH),
        Shape("Call Attribute", "rows.reverse(); rows[i] = 0 * rows.pop(); rows.append(9)"),
        Shape("Call Attribute", "rows.sort(key=lambda x: -x)"),
        Shape("Call", "list.reverse(rows); rows.__setitem__(i, 9)"),
        Shape("Call", "setattr(Again, 'rows', 0); globals()['rows'][i] = 9", AGAIN),
        Shape("Call Name", "change()", "def change(): rows[:] = [7, 8, 9]"),
        Shape("Call Lambda", "(lambda: rows.__setitem__(i, 9))()"),
        Shape("Call keyword", "change(x=rows)", "def change(x): x[:] = [7, 8, 9]"),
        Shape("Call Starred", "change(*[rows])", "def change(x): x[:] = [7, 8, 9]"),
        Shape("FunctionDef", "@change\ndef f(): pass", "def change(f): rows[:] = [7, 8, 9]"),
        Shape("FunctionDef arguments", "def f(x=rows.__setitem__(i, 9)): pass"),
        Shape("AsyncFunctionDef", "@change\nasync def f(): pass", "def change(f): rows[:] = [7, 8, 9]"),
        Shape("ClassDef", "class C: rows[i] = 9"),
        Shape("ClassDef keyword", "class C(Base, k=1): pass", "class Base:\n    def __init_subclass__(cls, k): rows[:] = [7, 8, 9]"),
        Shape("Return", "stop = f()", "def f(): return rows.__setitem__(slice(0, 3), [7, 8, 9])"),
        Shape("Raise", "try: raise Sly\nexcept Sly: pass", "class Sly(Exception):\n    def __init__(self): rows[:] = [7, 8, 9]"),
        Shape("JoinedStr FormattedValue", 'print(f"{rows.__setitem__(i, 9)}")'),
        sly("FormattedValue JoinedStr", 'print(f"{sly}")', "__format__", "spec", gives='"s"'),
        sly("FormattedValue JoinedStr", 'print(f"{sly!r}")', "__repr__", gives='"s"'),
        sly("BinOp", "sly + 1", "__add__", "other"),
        sly("BinOp", "1 + sly", "__radd__", "other"),
        sly("AugAssign", "s = sly; s += 1", "__iadd__", "other"),
        sly("UnaryOp", "-sly", "__neg__"),
        sly("UnaryOp", "not sly", "__bool__", gives="True"),
        sly("Compare", "sly < 1", "__lt__", "other"),
        sly("Compare", "1 in sly", "__contains__", "other"),
        sly("Compare", "1 == sly", "__eq__", "other"),
        sly("BoolOp", "sly and 1", "__bool__", gives="True"),
        sly("IfExp", "1 if sly else 2", "__bool__", gives="True"),
        sly("If", "if sly: pass", "__bool__", gives="True"),
        sly("While", "while sly: break", "__bool__", gives="True"),
        sly("Assert", "assert sly", "__bool__", gives="True"),
        sly("comprehension", "[0 for _ in 'a' if sly]", "__bool__", gives="True"),
        sly("match_case Match", "match 0:\n    case _ if sly: pass", "__bool__", gives="True"),
        sly("MatchValue", "match sly:\n    case 1: pass", "__eq__", "other"),
        sly("Subscript", "sly[0]", "__getitem__", "key"),
        sly("Subscript", "sly[0] = 1", "__setitem__", "key", "value"),
        sly("Delete Subscript", "del sly[0]", "__delitem__", "key"),
        sly("Attribute", "sly.any", "__getattr__", "name"),
        sly("Attribute", "sly.any = 1", "__setattr__", "name", "value"),
        sly("Delete Attribute", "del sly.any", "__delattr__", "name"),
        sly("Call", "sly()", "__call__"),
        sly("Call", "len(sly)", "__len__"),
        sly("Call", "{sly: 1}", "__hash__"),
        sly("Dict", "{sly: 1}", "__hash__"),
        sly("Set", "{sly}", "__hash__"),
        sly("DictComp", "{sly: 1 for _ in 'a'}", "__hash__"),
        sly("SetComp", "{sly for _ in 'a'}", "__hash__"),
        sly("For", "for _ in sly: pass", "__iter__", gives="iter(())"),
        sly("comprehension ListComp", "[0 for _ in sly]", "__iter__", gives="iter(())"),
        sly("comprehension GeneratorExp", "print(*(0 for _ in sly))", "__iter__", gives="iter(())"),
        sly("Starred", "[*sly]", "__iter__", gives="iter(())"),
        sly("Starred Call", "print(*sly)", "__iter__", gives="iter(())"),
        sly("Tuple Compare", "(sly, 1) == (2, 1)", "__eq__", "other"),
        sly("Tuple Set", "{(sly, 1)}", "__hash__"),
        sly("List JoinedStr FormattedValue", 'print(f"{[sly]}")', "__repr__", gives='"s"'),
        sly("NamedExpr BinOp", "(other := sly) + 1", "__add__", "other"),
        sly("IfExp BinOp", "(sly if i < 5 else 0) + 1", "__add__", "other"),
        sly("BoolOp Starred", "[*(i < 0 or sly)]", "__iter__", gives="iter(())"),
        sly("IfExp Starred", "[*(sly if i < 5 else '')]", "__iter__", gives="iter(())"),
        Shape(
            "With withitem",
            "with given(sly) as (a, b): pass",
            f"{WITH}\nclass Sly:\n    def __iter__(self): rows[:] = [7, 8, 9]; return iter((1, 2))\nsly = Sly()",
        ),
        sly("For Tuple", "for a, b in [sly]: pass", "__iter__", gives="iter((1, 2))"),
        Shape(
            "MatchValue",
            "match 1:\n    case Box.sly: pass",
            "class Sly:\n    def __eq__(self, other): rows[:] = [7, 8, 9]; return False\nclass Box: sly = Sly()",
        ),
        Shape(
            "ClassDef",
            "class C(Base): pass",
            "class Meta(type):\n    def __init__(cls, *a): rows.reverse()\nclass Base(metaclass=Meta): pass",
        ),
        Shape(
            "Call",
            "C()",
            "class Meta(type):\n    def __call__(cls): rows[:] = [7, 8, 9]\nclass Base(metaclass=Meta): pass\nclass C(Base): pass",
        ),
        Shape("ClassDef", "class C: x = Sly()", "class Sly:\n    def __set_name__(self, owner, name): rows[:] = [7, 8, 9]"),
        Shape(
            "Call",
            "isinstance(1, Sly)",
            "class Meta(type):\n    def __instancecheck__(cls, x): rows[:] = [7, 8, 9]\nclass Sly(metaclass=Meta): pass",
        ),
        Shape("Subscript", "Sly[1]", "class Sly:\n    def __class_getitem__(cls, x): rows[:] = [7, 8, 9]"),
        Shape(
            "Raise",
            "try: raise Sly.Error\nexcept ValueError: pass",
            "class Sly:\n    class Error(ValueError):\n        def __init__(self): rows[:] = [7, 8, 9]",
        ),
        Shape(
            "Raise",
            "try: raise ValueError from Sly\nexcept ValueError: pass",
            "class Sly(Exception):\n    def __init__(self): rows[:] = [7, 8, 9]",
        ),
        Shape("Call", "import copy; copy.copy(sly)", "class Sly:\n    def __copy__(self): rows[:] = [7, 8, 9]\nsly = Sly()"),
        Shape(
            "Call", "import copy; copy.deepcopy([sly])", "class Sly:\n    def __deepcopy__(self, memo): rows[:] = [7, 8, 9]\nsly = Sly()"
        ),
        Shape(
            "Call",
            "import pickle; pickle.dumps(sly)",
            "class Sly:\n    def __reduce__(self): rows[:] = [7, 8, 9]; return int, ()\nsly = Sly()",
        ),
        Shape(
            "Call",
            "import json; json.dumps(sly, cls=Sly)",
            "import json\nclass Sly(json.JSONEncoder):\n    def default(self, x): rows[:] = [7, 8, 9]; return 0\nsly = Sly()",
        ),
        Shape("Call", "import json; json.dumps(Sly, default=change)", "def change(x): rows[:] = [7, 8, 9]; return 0\nclass Sly: pass"),
        Shape("Call", "max([1], key=change)", "def change(x): rows[:] = [7, 8, 9]; return 0"),
        Shape("Call", "list(map(change, 'a'))", "def change(x): rows[:] = [7, 8, 9]"),
        Shape("Call", "import functools; functools.reduce(change, 'ab')", "def change(x, y): rows[:] = [7, 8, 9]"),
        Shape("Call", "import re; re.sub('a', change, 'a')", "def change(x): rows[:] = [7, 8, 9]; return ''"),
        Shape("Call", "next(steps)", "def change():\n    while True: rows[:] = [7, 8, 9]; yield\nsteps = change()"),
        Shape("Call", "'{}'.format(sly)", "class Sly:\n    def __format__(self, spec): rows[:] = [7, 8, 9]; return ''\nsly = Sly()"),
        Shape("Call", "import threading; t = threading.Thread(target=change); t.start(); t.join()", "def change(): rows[:] = [7, 8, 9]"),
        Shape(
            "Call",
            "Sly().feed('<a>')",
            "from html.parser import HTMLParser\nclass Sly(HTMLParser):\n    def handle_starttag(self, tag, attrs): rows[:] = [7, 8, 9]",
        ),
        Shape(
            "Call",
            "Sly().visit(ast.Pass())",
            "import ast\nclass Sly(ast.NodeVisitor):\n    def visit_Pass(self, node): rows[:] = [7, 8, 9]",
        ),
        Shape("Call", "sly.run(change)", "class Sly:\n    def run(self, what): what()\nsly = Sly()\ndef change(): rows[:] = [7, 8, 9]"),
        Shape("Call", "getattr(sly, 'run')()", "class Sly:\n    def run(self): rows[:] = [7, 8, 9]\nsly = Sly()"),
        Shape("Call", "table['go']()", "def change(): rows[:] = [7, 8, 9]\ntable = {'go': change}"),
        Shape("Call", "print(0, file=sly)", "class Sly:\n    def write(self, text): rows[:] = [7, 8, 9]\nsly = Sly()"),
        Shape("Call", "import sys; sys.stdout.flush(); globals().update(rows=[7, 8, 9])"),
        Shape("Call", "import contextlib; s = contextlib.ExitStack(); s.callback(rows.reverse); s.close(); rows[i] = 9"),
        Shape("Call", "[].extend(map(rows.__setitem__, [i], [9]))"),
        Shape("Call keyword", "dict(a=rows.__setitem__(i, 9))"),
        Shape("Call", "rows.__init__([7, 8, 9])"),
        Shape("Call", "list.__init__(rows, [7, 8, 9])"),
        Shape("Call", "import operator; operator.setitem(rows, i, 9)"),
        Shape("Call", "import random; random.seed(i); random.shuffle(rows); rows[i] = 9"),
        Shape("Call", "import heapq; rows[i] = -1; heapq.heapify(rows)"),
        Shape("Call", "import bisect; bisect.insort(rows, -i); rows.pop()"),
        Shape("Call", "object.__getattribute__(rows, '__setitem__')(i, 9)"),
        sly("Tuple Assign", "a, b = sly", "__iter__", gives="iter((1, 2))"),
        sly("List Assign", "[a, b] = sly", "__iter__", gives="iter((1, 2))"),
        sly("Call keyword", "dict(**sly)", "keys", gives="()"),
        sly("Dict", "{**sly}", "keys", gives="()"),
        Shape("Slice", "'abc'[sly:]", "class Sly:\n    def __index__(self): rows[:] = [7, 8, 9]; return 0\nsly = Sly()"),
        Shape("Attribute", "sly.any", "class Sly:\n    @property\n    def any(self): rows[:] = [7, 8, 9]\nsly = Sly()"),
        Shape(
            "With withitem",
            "with sly: pass",
            "class Sly:\n    def __enter__(self): rows[:] = [7, 8, 9]\n    def __exit__(self, *a): pass\nsly = Sly()",
        ),
        Shape(
            "With withitem",
            "with sly: pass",
            "class Sly:\n    def __enter__(self): pass\n    def __exit__(self, *a): rows[:] = [7, 8, 9]\nsly = Sly()",
        ),
        Shape(
            "MatchClass",
            "match sly:\n    case Sly(any=0): pass",
            "class Sly:\n    @property\n    def any(self): rows[:] = [7, 8, 9]\nsly = Sly()",
        ),
        Shape(
            "MatchClass",
            "match 1:\n    case Sly(): pass",
            "class Meta(type):\n    def __instancecheck__(cls, x): rows[:] = [7, 8, 9]\nclass Sly(metaclass=Meta): pass",
        ),
        Shape(
            "MatchMapping Match",
            "match sly:\n    case {'k': 1}: pass",
            "import collections.abc\nclass Sly(collections.abc.Mapping):\n    def __getitem__(self, k): rows[:] = [7, 8, 9]; return 2\n"
            "    def __iter__(self): return iter(())\n    def __len__(self): return 1\nsly = Sly()",
        ),
        Shape(
            "MatchSequence Match",
            "match sly:\n    case [1, *_]: pass",
            "import collections.abc\nclass Sly(collections.abc.Sequence):\n    def __getitem__(self, k): return 2\n"
            "    def __len__(self): rows[:] = [7, 8, 9]; return 1\nsly = Sly()",
        ),
        Shape(
            "ExceptHandler Try", "try: raise ValueError\nexcept handled(): pass", "def handled(): rows[:] = [7, 8, 9]; return ValueError"
        ),
        Shape(
            "ExceptHandler TryStar",
            "try: raise ValueError\nexcept* handled(): pass",
            "def handled(): rows[:] = [7, 8, 9]; return ValueError",
        ),
        Shape("NamedExpr", "(other := rows).reverse(); other[i] = 9"),
        Shape("Assign Name", "other = rows; other[i] = 9"),
        Shape(
            "Yield",
            "yield",
            drive="for _ in run(): rows[:] = [7, 8, 9]",
        ),
        Shape(
            "YieldFrom",
            "yield from (1,)",
            drive="for _ in run(): rows[:] = [7, 8, 9]",
        ),
        Shape(
            "Await",
            "await change()",
            "async def change(): rows[:] = [7, 8, 9]",
            awaits=True,
        ),
        Shape(
            "AsyncFor",
            "async for _ in change(): pass",
            "async def change():\n    rows[:] = [7, 8, 9]\n    yield",
            awaits=True,
        ),
        Shape(
            "AsyncWith",
            "async with change(): pass",
            "import contextlib\n@contextlib.asynccontextmanager\nasync def change():\n    rows[:] = [7, 8, 9]\n    yield",
            awaits=True,
        ),
        Shape(
            "comprehension ListComp",
            "[0 async for _ in change()]",
            "async def change():\n    rows[:] = [7, 8, 9]\n    yield",
            awaits=True,
        ),
    ],
    "escapes": [
        Shape("Assign Name", "other = rows; kept.append(other)"),
        Shape("Assign Tuple", "other, x = rows, 0; kept.append(other)"),
        Shape("Assign List", "[other, x] = [rows, 0]; kept.append(other)"),
        Shape("Assign Starred", "first, *others = 0, rows; kept.append(others[0])"),
        Shape("AnnAssign", "other: list = rows; kept.append(other)"),
        Shape("Assign Attribute", "again.x = rows; kept.append(again.x)", AGAIN),
        Shape("Assign Subscript", "kept[:] = [None]; kept[0] = rows"),
        Shape("Subscript Slice", "kept[:] = [rows]"),
        Shape("AugAssign", "global kept; kept += [rows]"),
        Shape("BinOp List", "kept.extend([] + [rows])"),
        Shape("NamedExpr", "(other := rows); kept.append(other)"),
        Shape("IfExp", "kept.append(rows if rows else 0)"),
        Shape("BoolOp", "kept.append(rows or 0)"),
        Shape("BoolOp", "kept.append(1 and rows)"),
        Shape("Call", "kept.append(rows)"),
        Shape("Call keyword", "keep(x=rows)", "def keep(x): kept.append(x)"),
        Shape("Call Starred", "kept.append(*[rows])"),
        Shape("Call Dict keyword", "keep(**{'x': rows})", "def keep(x): kept.append(x)"),
        Shape("Call Attribute", "kept.append(rows.__iadd__([]))"),
        Shape("List", "kept.extend([rows])"),
        Shape("Tuple", "kept.extend((rows,))"),
        Shape("Starred List", "kept.extend([*[rows]])"),
        Shape("Dict", "kept.extend({1: rows}.values())"),
        Shape("Set", "kept.extend({Box(rows)}.pop().x)", "class Box:\n    def __init__(self, x): self.x = [x]"),
        Shape("ListComp comprehension", "kept.extend([rows for _ in 'a'])"),
        Shape("ListComp comprehension", "kept.extend([x for x in [rows]])"),
        Shape("SetComp", "kept.extend({Box(rows) for _ in 'a'}.pop().x)", "class Box:\n    def __init__(self, x): self.x = [x]"),
        Shape("DictComp", "kept.extend({0: rows for _ in 'a'}.values())"),
        Shape("GeneratorExp", "kept.extend(rows for _ in 'a')"),
        Shape("For", "for other in (rows,): kept.append(other)"),
        Shape("For Tuple", "for _, other in ((0, rows),): kept.append(other)"),
        Shape("With withitem", "with given(rows) as other: kept.append(other)", WITH),
        Shape("Lambda", "kept.append((lambda: rows)())"),
        Shape("Lambda arguments", "kept.append((lambda x=rows: x)())"),
        Shape("FunctionDef Return", "def f(): return rows\nkept.append(f())"),
        Shape("FunctionDef arguments", "def f(x=rows): kept.append(x)\nf()"),
        Shape("FunctionDef arg arguments", "def f(x: rows): pass\nkept.append(f.__annotations__['x'])"),
        Shape("FunctionDef", "def f(): kept.append(rows)\nf()"),
        Shape("FunctionDef Yield", "def f(): yield rows\nkept.extend(f())"),
        Shape("FunctionDef YieldFrom", "def f(): yield from [rows]\nkept.extend(f())"),
        Shape("FunctionDef", "def f(): pass\nf.x = rows\nkept.append(f.x)"),
        Shape("AsyncFunctionDef", "async def f(): kept.append(rows)\ntry: f().send(None)\nexcept StopIteration: pass"),
        Shape("ClassDef", "class C: x = rows\nkept.append(C.x)"),
        Shape("ClassDef keyword", "class C(Base, x=rows): pass", "class Base:\n    def __init_subclass__(cls, x): kept.append(x)"),
        Shape("FunctionDef", "@keep(rows)\ndef f(): pass", "def keep(x):\n    kept.append(x)\n    return lambda f: f"),
        Shape("Raise ExceptHandler Try", "try: raise ValueError(rows)\nexcept ValueError as e: kept.append(e.args[0])"),
        Shape("Raise ExceptHandler TryStar", "try: raise ValueError(rows)\nexcept* ValueError as e: kept.append(e.exceptions[0].args[0])"),
        Shape("Assert", "try: assert not rows, rows\nexcept AssertionError as e: kept.append(e.args[0])"),
        Shape("Match match_case MatchAs", "match rows:\n    case other: kept.append(other)"),
        Shape("MatchAs MatchSequence", "match rows:\n    case [*_] as other: kept.append(other)"),
        Shape("MatchSequence", "match [rows]:\n    case [other]: kept.append(other)"),
        Shape("MatchStar", "match [rows]:\n    case [*other]: kept.extend(other)"),
        Shape("MatchMapping", "match {1: rows}:\n    case {1: other}: kept.append(other)"),
        Shape("MatchMapping", "match {1: rows}:\n    case {**other}: kept.append(other[1])"),
        Shape(
            "MatchClass", "match Box(rows):\n    case Box(x=other): kept.append(other)", "class Box:\n    def __init__(self, x): self.x = x"
        ),
        Shape("MatchClass", "match rows:\n    case list(other): kept.append(other)"),
        Shape("MatchOr", "match rows:\n    case 1 | [*_] as other: kept.append(other)"),
        Shape("Global", "global shared; shared = rows; give()", "def give(): kept.append(shared)"),
        Shape("Nonlocal", "other = 0\ndef f():\n    nonlocal other\n    other = rows\nf(); kept.append(other)"),
        Shape("Await", "kept.append(await same(rows))", "async def same(x): return x", awaits=True),
        Shape("Yield", "yield rows", drive="for x in run(): kept.append(x)"),
        Shape("YieldFrom", "yield from (rows,)", drive="for x in run(): kept.append(x)"),
        keeper("Compare", "sly == rows", "__eq__"),
        keeper("Compare", "rows in sly", "__contains__"),
        keeper("BinOp", "sly + rows", "__add__"),
        keeper("BinOp", "rows @ sly", "__rmatmul__"),
        keeper("AugAssign", "s = sly; s += rows", "__iadd__"),
        keeper("Subscript", "sly[rows]", "__getitem__"),
        keeper("Subscript Slice", "sly[0:rows]", "__getitem__", gives="kept.append(x.stop)"),
        keeper("Attribute Assign", "sly.any = rows", "__setattr__", "name"),
        keeper("Delete Subscript", "del sly[rows]", "__delitem__"),
        keeper("MatchValue Match", "match rows:\n    case Box.sly: pass", "__eq__", after="\nclass Box: sly = sly"),
        Shape("Delete Call", "other = rows; kept.append(other); del other"),
        Shape("Call", "kept.append(locals()['rows'])"),
        Shape("Call", "kept.append(eval('rows'))"),
        Shape("Call", "exec('kept.append(rows)')"),
        Shape("TypeAlias", "type X = rows\nkept.append(X.__value__)", since=(3, 12)),
        Shape("TypeVar", "def f[T: rows](): pass\nkept.append(f.__type_params__[0].__bound__)", since=(3, 12)),
        Shape("TypeVar", "def f[T = rows](): pass\nkept.append(f.__type_params__[0].__default__)", since=(3, 13)),
        Shape("ParamSpec", "def f[**T = rows](): pass\nkept.append(f.__type_params__[0].__default__)", since=(3, 13)),
        Shape("TypeVarTuple", "def f[*T = rows](): pass\nkept.append(f.__type_params__[0].__default__)", since=(3, 13)),
        Shape("AsyncFor", "async for x in same(rows): kept.append(x)", "async def same(x): yield x", awaits=True),
        Shape(
            "AsyncWith",
            "async with same(rows) as x: kept.append(x)",
            "import contextlib\n@contextlib.asynccontextmanager\nasync def same(x): yield x",
            awaits=True,
        ),
    ],
    "delays": [
        Shape("Lambda", "later = lambda: rows.__setitem__(slice(0, 3), [7, 8, 9])"),
        Shape("FunctionDef", "def later(): rows[:] = [7, 8, 9]"),
        Shape("FunctionDef Nonlocal", "def later():\n    nonlocal rows\n    rows = [7, 8, 9]"),
        Shape(
            "AsyncFunctionDef",
            "async def change(): rows[:] = [7, 8, 9]\ndef later():\n    try: change().send(None)\n    except StopIteration: pass",
        ),
        Shape("GeneratorExp", "change = (rows.__setitem__(slice(0, 3), [7, 8, 9]) for _ in 'abcd'); later = change.__next__"),
        Shape("FunctionDef Yield", "def change():\n    while True: rows[:] = [7, 8, 9]; yield\nlater = change().__next__"),
        Shape("ClassDef", "class C:\n    def __init__(self): rows[:] = [7, 8, 9]\nlater = C"),
        Shape("Call Attribute", "later = rows.reverse"),
        Shape("Call", "import functools; later = functools.partial(rows.__setitem__, slice(0, 3), [7, 8, 9])"),
        Shape("Call", "change = map(rows.__setitem__, [slice(0, 3)] * 4, [[7, 8, 9]] * 4); later = change.__next__"),
        Shape("TypeAlias", "type X = rows.__setitem__(slice(0, 3), [7, 8, 9])\ndef later(): X.__value__\nrows.sort()", since=(3, 12)),
        Shape(
            "TypeVar",
            "def f[T: rows.__setitem__(slice(0, 3), [7, 8, 9])](): pass\nlater = lambda: f.__type_params__[0].__bound__",
            since=(3, 12),
        ),
        Shape(
            "TypeVar",
            "def f[T = rows.__setitem__(slice(0, 3), [7, 8, 9])](): pass\nlater = lambda: f.__type_params__[0].__default__",
            since=(3, 13),
        ),
        Shape(
            "ParamSpec",
            "def f[**T = rows.__setitem__(slice(0, 3), [7, 8, 9])](): pass\nlater = lambda: f.__type_params__[0].__default__",
            since=(3, 13),
        ),
        Shape(
            "TypeVarTuple",
            "def f[*T = rows.__setitem__(slice(0, 3), [7, 8, 9])](): pass\nlater = lambda: f.__type_params__[0].__default__",
            since=(3, 13),
        ),
    ],
    "leaves": [
        Shape("Return FunctionDef", "def f():\n    nonlocal s\n    if flag: return\n    s = 'x'\nf()"),
        Shape("Raise Try", "try:\n    if flag: raise ValueError\n    s = 'x'\nexcept ValueError: pass"),
        Shape("Raise TryStar", "try:\n    if flag: raise ValueError\n    s = 'x'\nexcept* ValueError: pass"),
        Shape("Raise With", "with contextlib.suppress(ValueError):\n    if flag: raise ValueError\n    s = 'x'", "import contextlib"),
        Shape("Call With", "with contextlib.suppress(ValueError):\n    int('x' if flag else '1')\n    s = 'x'", "import contextlib"),
        Shape("Call Try ExceptHandler", "try:\n    int('x' if flag else '1')\n    s = 'x'\nexcept ValueError: pass"),
        Shape("Break For", "for _ in 'a':\n    if flag: break\n    s = 'x'"),
        Shape("Break For", "for _ in 'a':\n    if flag: break\nelse: s = 'x'"),
        Shape("Break While", "while True:\n    if flag: break\n    s = 'x'\n    break"),
        Shape("While", "while not flag: s = 'x'; break"),
        Shape("While", "n = 0\nwhile n < 1:\n    n += 1\n    if flag: break\nelse: s = 'x'"),
        Shape("Continue For", "for _ in 'a':\n    if flag: continue\n    s = 'x'"),
        Shape("Continue While", "n = 0\nwhile n < 1:\n    n += 1\n    if flag: continue\n    s = 'x'"),
        Shape("For", "for _ in '' if flag else 'a': s = 'x'"),
        Shape("For Name", "for s in () if flag else ('x',): pass"),
        Shape("If", "if not flag: s = 'x'"),
        Shape("IfExp NamedExpr", "1 if flag else (s := 'x')"),
        Shape("BoolOp NamedExpr", "flag or (s := 'x')"),
        Shape("BoolOp NamedExpr", "not flag and (s := 'x')"),
        Shape("Compare NamedExpr", "1 < (0 if flag else 2) < len(s := 'xxxx')"),
        Shape("comprehension ListComp NamedExpr", "[s := 'x' for _ in ('' if flag else 'a')]"),
        Shape("comprehension SetComp NamedExpr", "{(s := 'x') for _ in 'a' if not flag}"),
        Shape("comprehension DictComp NamedExpr", "{0: (s := 'x') for _ in 'a' if not flag}"),
        Shape("comprehension GeneratorExp NamedExpr", "any((s := 'x') for _ in 'a' if not flag)"),
        Shape("GeneratorExp NamedExpr", "g = ((s := 'x') for _ in 'a')\nif not flag: next(g)"),
        Shape("Assert NamedExpr", "try: assert flag, (s := 'x')\nexcept AssertionError: pass"),
        Shape("Assert Try", "try:\n    assert not flag\n    s = 'x'\nexcept AssertionError: pass"),
        Shape("Match match_case", "match flag:\n    case False: s = 'x'"),
        Shape("Match match_case", "match 1:\n    case 1 if not flag: s = 'x'"),
        Shape("MatchSingleton", "match flag:\n    case True: pass\n    case _: s = 'x'"),
        Shape("MatchAs", "match 'x':\n    case s if not flag: pass\n    case _: s = 1"),
        Shape("MatchOr MatchValue", "match int(flag):\n    case 0 | 2: s = 'x'"),
        Shape("MatchSequence", "match [flag, 'x']:\n    case [False, s]: pass"),
        Shape("MatchMapping", "match {flag: 'x'}:\n    case {False: s}: pass"),
        Shape("MatchClass", "match 'x' if not flag else 2:\n    case str(s): pass"),
        Shape("MatchStar", "match [1] * (not flag):\n    case [1, *_]: s = 'x'"),
        Shape("Subscript Try", "try:\n    'ab'[5 if flag else 0]\n    s = 'x'\nexcept IndexError: pass"),
        Shape("Attribute Try", "try:\n    ([] if flag else 1).real\n    s = 'x'\nexcept AttributeError: pass"),
        Shape("BinOp Try", "try:\n    1 / (not flag)\n    s = 'x'\nexcept ZeroDivisionError: pass"),
        Shape("UnaryOp Try", "try:\n    -(None if flag else 1)\n    s = 'x'\nexcept TypeError: pass"),
        Shape("Compare Try", "try:\n    1 < (None if flag else 1)\n    s = 'x'\nexcept TypeError: pass"),
        Shape("Name Try", "try:\n    if not flag: bound = 1\n    bound\n    s = 'x'\nexcept NameError: pass"),
        Shape("Delete Try", "try:\n    if not flag: bound = 1\n    del bound\n    s = 'x'\nexcept NameError: pass"),
        Shape("Assign Tuple Try", "try:\n    s, t = 'x', 0\n    s, t = (1,) * (1 + (not flag))\nexcept ValueError: s = 1\nelse: s = 'x'"),
        Shape("Assign List Try", "try:\n    [a, b] = 'a' if flag else 'ab'\n    s = 'x'\nexcept ValueError: pass"),
        Shape("Starred Try", "try:\n    [*(1 if flag else 'a')]\n    s = 'x'\nexcept TypeError: pass"),
        Shape("Dict Try", "try:\n    {**(1 if flag else {})}\n    s = 'x'\nexcept TypeError: pass"),
        Shape("Set Try", "try:\n    {[] if flag else 1}\n    s = 'x'\nexcept TypeError: pass"),
        Shape("JoinedStr FormattedValue Try", "try:\n    f\"{'a' if flag else 1:d}\"\n    s = 'x'\nexcept ValueError: pass"),
        Shape("Slice Try", "try:\n    'a'['b' if flag else 0:]\n    s = 'x'\nexcept TypeError: pass"),
        Shape("AugAssign Try", "try:\n    n = 1\n    n += 'a' if flag else 1\n    s = 'x'\nexcept TypeError: pass"),
        Shape("Import alias Try", "try:\n    if flag: import no_such_module_at_all\n    s = 'x'\nexcept ImportError: pass"),
        Shape("ImportFrom Try", "try:\n    if flag: from os import no_such_name\n    s = 'x'\nexcept ImportError: pass"),
        Shape("ClassDef Try", "try:\n    class C(1 if flag else object): pass\n    s = 'x'\nexcept TypeError: pass"),
        Shape("FunctionDef Try", "try:\n    def f(x=1 / (not flag)): pass\n    s = 'x'\nexcept ZeroDivisionError: pass"),
        Shape("AsyncFunctionDef Try", "try:\n    async def f(x=1 / (not flag)): pass\n    s = 'x'\nexcept ZeroDivisionError: pass"),
        Shape("Lambda arguments Try", "try:\n    lambda x=1 / (not flag): 0\n    s = 'x'\nexcept ZeroDivisionError: pass"),
        Shape("AnnAssign Try", "try:\n    n: int = 1 / (not flag)\n    s = 'x'\nexcept ZeroDivisionError: pass"),
        Shape(
            "withitem With Try",
            "try:\n    with (1 if flag else contextlib.nullcontext()): pass\n    s = 'x'\nexcept TypeError: pass",
            "import contextlib",
        ),
        Shape("Yield Try", "try:\n    yield\n    s = 'x'\nexcept ValueError: pass", frame=THROWN),
        Shape("YieldFrom Try", "try:\n    yield from (1,)\n    s = 'x'\nexcept ValueError: pass", frame=THROWN),
        Shape(
            "Await Try",
            "try:\n    await other(flag)\n    s = 'x'\nexcept ValueError: pass",
            "async def other(flag):\n    if flag: raise ValueError",
            awaits=True,
        ),
        Shape("AsyncFor", "async for _ in other(flag): s = 'x'", "async def other(flag):\n    if not flag: yield", awaits=True),
        Shape(
            "AsyncWith",
            "async with other():\n    if flag: raise ValueError\n    s = 'x'",
            "import contextlib\n@contextlib.asynccontextmanager\nasync def other():\n    try: yield\n    except ValueError: pass",
            awaits=True,
        ),
    ],
}


ALWAYS = """
    Module Interactive Expression FunctionType Constant Pass type_ignore TypeIgnore TemplateStr Interpolation
"""
"""Node classes that do none of it, except that they hold others that do."""

NEVER: dict[str, str] = {
    "binds": """
        MatchSingleton Assert Attribute Await BinOp BoolOp Break Call Compare Continue Dict Expr FormattedValue If IfExp JoinedStr Lambda MatchValue
        ParamSpec Raise Return Set Slice Subscript TypeVar TypeVarTuple UnaryOp While Yield YieldFrom arg arguments keyword
    """,
    "reads": """
        MatchSingleton Break Continue Global Import ImportFrom MatchAs MatchOr MatchSequence MatchStar ParamSpec TypeVarTuple alias
    """,
    "writes": """
        MatchSingleton Break Continue Expr Global Import ImportFrom MatchAs MatchOr MatchStar Nonlocal ParamSpec TypeAlias TypeVar TypeVarTuple alias arg
    """,
    "escapes": """
        MatchSingleton Break Continue Expr FormattedValue If Import ImportFrom JoinedStr UnaryOp While alias
    """,
    "delays": """
        MatchSingleton AnnAssign Assert Assign AsyncFor AsyncWith AugAssign Await BinOp BoolOp Break Compare Continue Delete Dict DictComp ExceptHandler
        Expr For FormattedValue Global If IfExp Import ImportFrom JoinedStr List ListComp Match MatchAs MatchClass MatchMapping MatchOr
        MatchSequence MatchStar MatchValue Name NamedExpr Raise Return Set SetComp Slice Starred Subscript Try TryStar Tuple UnaryOp While
        With YieldFrom alias arg arguments comprehension keyword match_case withitem
    """,
    "leaves": "Expr Global Nonlocal ParamSpec TypeAlias TypeVar TypeVarTuple arg keyword",
}
"""By fact, the node classes that do it in no program, except that they hold others that do."""


def text_of(shape: Shape, fact: str) -> str:
    """The program, with both readings in it."""
    result = dedented(shape.frame or FRAMES[fact])
    drive = "run(flag)" if fact == "leaves" else shape.drive
    if shape.awaits:
        result = "import asyncio\n" + result.replace("def run", "async def run")
        drive = f"asyncio.run({drive})"
    result = re.sub(r"^( *)CODE$", lambda mark: textwrap.indent(shape.code, mark[1]), result, flags=re.MULTILINE)
    return result.replace("BEFORE", shape.before).replace("DRIVE", drive)


def reading(text: str, which: int) -> str:
    return re.sub(r"\{\{(.*?)\|\|(.*?)\}\}", lambda both: both[1 + which], text)


def shown(text: str) -> object:
    """What a program prints, and how it ends."""
    what = behaviour(text)
    return what.printed, what.raised


def shapes() -> Iterator[tuple[str, Shape]]:
    for fact in FACTS:
        for shape in PROGRAMS[fact]:
            if sys.version_info >= shape.since:
                yield fact, shape


ALL = list(shapes())
IDS = [f"{fact}: {' '.join(shape.code.split())}" for fact, shape in ALL]


@pytest.mark.parametrize(("fact", "shape"), ALL, ids=IDS)
def test_the_program_proves_what_it_is_for(fact: str, shape: Shape) -> None:
    text = text_of(shape, fact)
    assert shown(reading(text, 0)) != shown(reading(text, 1))
    assert set(shape.nodes.split()) <= {type(node).__name__ for node in ast.walk(ast.parse(reading(text, 0)))}


@pytest.mark.parametrize(("fact", "shape"), ALL, ids=IDS)
def test_no_rewrite_overlooks_it(fact: str, shape: Shape) -> None:
    before = reading(text_of(shape, fact), 0)
    outcome = process(before.encode(), Settings(RULES, target=sys.version_info[:2]))
    after = outcome.after.decode() if isinstance(outcome, Fixed) else before
    assert shown(after) == shown(before), after


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("node", node_classes(), ids=lambda node: node.__name__)
def test_every_node_is_classified(node: type[ast.AST], fact: str) -> None:
    has = any(node.__name__ in shape.nodes.split() for shape in PROGRAMS[fact])
    since = max((shape.since for shape in PROGRAMS[fact] if node.__name__ in shape.nodes.split()), default=(3, 11))
    if has and since > sys.version_info:  # `TypeVar` has been there since 3.12, its default since 3.13
        pytest.skip("its program needs a newer Python")
    assert has != (node.__name__ in (NEVER[fact] + ALWAYS).split()), f"say whether {node.__name__} {fact}"
