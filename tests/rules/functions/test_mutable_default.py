r"""`mutable-default`: what it rewrites, what it sees and declines, what it does not see."""

from __future__ import annotations

import time

import pytest

from codemods.engine.pipeline import process
from codemods.engine.triage import admits
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from codemods.model.verdict import Refused
from tests.harness import Case, Declines, Ignores, Rewrites, check, names


def rewrites(name: str, before: str, after: str, *calls: str, **settings: object) -> Rewrites:
    """`calls` that leave the argument out must do so once a function: what happens the second time is what the rule changes."""
    return Rewrites(name, before, after, calls, **settings)  # type: ignore[arg-type]


def default(name: str, text: str, *calls: str, **settings: object) -> Rewrites:
    """A function whose parameter `x` has the default `text`, which must come out in the guard as it is."""
    settings.setdefault("because", "`x`")
    head = settings.pop("head", "")
    return Rewrites(
        name,
        f"{head}def f(x={text}):\n    return x\n",
        f"{head}def f(x=None):\n    if x is None:\n        x = {text}\n    return x\n",
        calls or ("f()", "f([1])", "f({})"),
        **settings,  # type: ignore[arg-type]
    )


def annotated(name: str, old: str, new: str, *, head: str = "", head_after: str | None = None, **settings: object) -> Rewrites:
    """A function whose parameter `x` is annotated `old`, and `new` afterwards."""
    settings.setdefault("execute", True)
    body = "    x.append(1)\n    return x\n"
    after = head if head_after is None else head_after
    return Rewrites(
        name,
        f"{head}def f(x: {old} = []):\n{body}",
        f"{after}def f(x: {new} = None):\n    if x is None:\n        x = []\n{body}",
        ("f()", "f([3])") if settings["execute"] else (),
        **settings,  # type: ignore[arg-type]
    )


def declines(name: str, code: str, before: str, mentions: str = "", **settings: object) -> Declines:
    return Declines(name, before, code, mentions=mentions, **settings)  # type: ignore[arg-type]


FORMS = [
    Rewrites(
        "a line left of the block stays where it is",
        "class C:\n    def f(self,\n  xs=[1,\n    2,\n3]):\n        return len(xs)\n",
        "class C:\n    def f(self,\n  xs=None):\n        if xs is None:\n            xs = [1,\n              2,\n3]\n        return len(xs)\n",
        ("C().f()",),
    ),
    rewrites(
        "a function right below the header",
        """
        def f(x=[]):
            def g(): return x
            return g
        """,
        """
        def f(x=None):
            if x is None:
                x = []

            def g(): return x
            return g
        """,
        "f()()",
    ),
    rewrites(
        "a class with a remark below a docstring",
        """
        def f(x=[]):
            '''Doc.'''
            # what it holds
            class G: y = x
            return G.y
        """,
        """
        def f(x=None):
            '''Doc.'''
            if x is None:
                x = []

            # what it holds
            class G: y = x
            return G.y
        """,
        "f()",
    ),
    rewrites(
        "the function that every page on mutable defaults starts with",
        """
        def my_function(i, my_list=[]):
            my_list.append(i)
            return my_list
        """,
        """
        def my_function(i, my_list=None):
            if my_list is None:
                my_list = []
            my_list.append(i)
            return my_list
        """,
        "my_function(1, [0])",
        "my_function(2)",
    ),
    default("an empty list", "[]"),
    default("an empty dict", "{}"),
    default("a call of list", "list()"),
    default("a call of dict", "dict()"),
    default("a call of set", "set()"),
    default("a call of bytearray", "bytearray()"),
    default("a list with elements", "[1, 'a', None]"),
    default("a dict with elements", "{'a': 1, 'b': [2]}"),
    default("a set with elements", "{1, 2}"),
    default("a call of dict with keywords", "dict(a=1, b=[])"),
    default("a call of list over a literal", "list('abc')"),
    default("a call of set over a list", "set([1, 2])"),
    default("a list comprehension", "[i * i for i in range(3)]"),
    default("a set comprehension", "{i for i in 'abc'}"),
    default("a dict comprehension", "{i: i + 1 for i in (1, 2)}"),
    default("a nested comprehension", "[[0 for _ in range(2)] for _ in range(2)]"),
    default("a list repeated", "[0] * 3"),
    default("two lists added", "[1] + [2]"),
    default("a defaultdict", "defaultdict(list)", head="from collections import defaultdict\n"),
    default("a defaultdict by its module", "collections.defaultdict(int)", head="import collections\n"),
    default("a defaultdict with a lambda", "defaultdict(lambda: 0)", "f()[3]", head="from collections import defaultdict\n"),
    default("an OrderedDict", "OrderedDict()", head="from collections import OrderedDict\n"),
    default("a deque", "deque()", head="from collections import deque\n"),
    default("a deque with a length", "deque([1], maxlen=2)", head="from collections import deque\n"),
    default("a Counter", "Counter()", head="from collections import Counter\n"),
    default("a Counter of a literal", "Counter('aab')", head="from collections import Counter\n"),
    default("a constant of the module among the elements", "[LIMIT, 2]", head="LIMIT = 10\n"),
    default("a tuple of the module copied", "list(NAMES)", head="NAMES = ('a', 'b')\n"),
    default("a tuple of the module spread", "[*NAMES, 'c']", head="NAMES = ('a', 'b')\n"),
    default("a function of the module among the elements", "[helper]", "len(f())", head="def helper():\n    return 1\n"),
    default("a class of the module among the elements", "{'kind': Row}", "len(f())", head="class Row:\n    pass\n"),
    default("builtins among the elements", "[int, str, len]"),
    default("a constant of an imported module", "[string.digits, math.pi]", head="import math\nimport string\n"),
    default("a name bound in both branches before", "[A]", head="import sys\nif sys:\n    A = 1\nelse:\n    A = 2\n"),
    default("a loop variable that has come to rest", "[i]", head="for i in range(3):\n    pass\n"),
    default("an f-string of constants", "[f'{LIMIT}!']", head="LIMIT = 10\n"),
    default("arithmetic of constants", "[LIMIT * 2, -1, not 0]", head="LIMIT = 10\n"),
    default("a method of a string", "['a b'.split()]"),
    default("a compiled pattern", "[re.compile('a')]", "len(f())", head="import re\n"),
    default("a member of an enumeration of the file", "[Color.RED]", head="import enum\nclass Color(enum.Enum):\n    RED = 1\n"),
    default("a conditional element", "[1 if LIMIT else 2]", head="LIMIT = 10\n"),
    default("a lambda among the elements", "{'key': lambda row: row[0]}", "f()['key']([4])"),
    default("dicts and lists inside each other", "{'a': [{}, []], 'b': {'c': set()}}"),
    default("a default in parentheses", "([])"),
    default("bytes and numbers", "[b'a', 1.5, 2j, ...]"),
]

PARAMETERS = [
    rewrites(
        "a parameter that is positional only",
        """
        def f(a, x=[], /, b=1):
            return a, x, b
        """,
        """
        def f(a, x=None, /, b=1):
            if x is None:
                x = []
            return a, x, b
        """,
        "f(1)",
        "f(1, [2], 3)",
    ),
    rewrites(
        "a parameter that is keyword only",
        """
        def f(a, *, x={}):
            return a, x
        """,
        """
        def f(a, *, x=None):
            if x is None:
                x = {}
            return a, x
        """,
        "f(1)",
        "f(1, x={2: 3})",
    ),
    rewrites(
        "a parameter behind *args",
        """
        def f(a, *args, x=[], **kwargs):
            return a, args, x, kwargs
        """,
        """
        def f(a, *args, x=None, **kwargs):
            if x is None:
                x = []
            return a, args, x, kwargs
        """,
        "f(1, 2, b=3)",
        "f(1, 2, x=[0])",
    ),
    rewrites(
        "several parameters get their guards in order",
        """
        def f(a=[], b=1, /, c={}, *, d=set(), e=None):
            return a, b, c, d, e
        """,
        """
        def f(a=None, b=1, /, c=None, *, d=None, e=None):
            if a is None:
                a = []
            if c is None:
                c = {}
            if d is None:
                d = set()
            return a, b, c, d, e
        """,
        "f()",
        "f([1], 2, {3: 4}, d={5}, e=6)",
    ),
    rewrites(
        "spaces around the equals sign stay",
        """
        def f(a, x = []):
            return a, x
        """,
        """
        def f(a, x = None):
            if x is None:
                x = []
            return a, x
        """,
        "f(1)",
    ),
    rewrites(
        "a parameter that shares its guard's place with an older guard",
        """
        def f(a=None, b=[]):
            if a is None:
                a = {}
            return a, b
        """,
        """
        def f(a=None, b=None):
            if a is None:
                a = {}
            if b is None:
                b = []
            return a, b
        """,
        "f()",
        "f({1: 2}, [3])",
    ),
    rewrites(
        "an older guard of a later parameter stays behind",
        """
        def f(a=[], b=None):
            if b is None:
                b = a
            return a, b
        """,
        """
        def f(a=None, b=None):
            if a is None:
                a = []
            if b is None:
                b = a
            return a, b
        """,
        "f()",
    ),
    rewrites(
        "an older guard that uses the parameter stays behind",
        """
        def f(a=None, b=[]):
            if a is None:
                a = b
            return a, b
        """,
        """
        def f(a=None, b=None):
            if b is None:
                b = []
            if a is None:
                a = b
            return a, b
        """,
        "f()",
    ),
    rewrites(
        "a name that is no ASCII",
        """
        def f(größe=[]):
            return größe
        """,
        """
        def f(größe=None):
            if größe is None:
                größe = []
            return größe
        """,
        "f()",
    ),
    rewrites(
        "a default that reads a parameter's name of another function",
        """
        def outer(n):
            def f(x=[n]):
                return x
            return f
        """,
        """
        def outer(n):
            def f(x=None):
                if x is None:
                    x = [n]
                return x
            return f
        """,
        "outer(3)()",
        "outer(4)([1])",
    ),
    Rewrites(
        "one parameter is a memory and the other is not",
        """
        def f(n, cache={}, extra=[]):
            return n, cache, extra
        """,
        """
        def f(n, cache={}, extra=None):
            if extra is None:
                extra = []
            return n, cache, extra
        """,
        ("f(1)",),
    ),
]

FUNCTIONS = [
    rewrites(
        "an async function",
        """
        import asyncio

        async def f(x=[]):
            return x

        def run():
            return asyncio.run(f())
        """,
        """
        import asyncio

        async def f(x=None):
            if x is None:
                x = []
            return x

        def run():
            return asyncio.run(f())
        """,
        "run()",
    ),
    rewrites(
        "a generator",
        """
        def f(x=[1]):
            yield from x
        """,
        """
        def f(x=None):
            if x is None:
                x = [1]
            yield from x
        """,
        "f()",
        "f([2, 3])",
    ),
    rewrites(
        "a method whose list becomes an attribute",
        """
        class Bag:
            def __init__(self, items=[]):
                self.items = items

            def add(self, item):
                self.items.append(item)
        """,
        """
        class Bag:
            def __init__(self, items=None):
                if items is None:
                    items = []
                self.items = items

            def add(self, item):
                self.items.append(item)
        """,
        "Bag().items",
        "Bag([1]).items",
    ),
    rewrites(
        "super is called first",
        """
        class Base:
            pass

        class Child(Base):
            def __init__(self, items=[]):
                super().__init__()
                self.items = items
        """,
        """
        class Base:
            pass

        class Child(Base):
            def __init__(self, items=None):
                if items is None:
                    items = []
                super().__init__()
                self.items = items
        """,
        "Child().items",
    ),
    rewrites(
        "a nested function",
        """
        def outer():
            def inner(a, x=[]):
                x.append(a)
                return x
            return inner(1), inner(2, [0])
        """,
        """
        def outer():
            def inner(a, x=None):
                if x is None:
                    x = []
                x.append(a)
                return x
            return inner(1), inner(2, [0])
        """,
        "outer()",
    ),
    rewrites(
        "a function in a function, both with such defaults",
        """
        def outer(a=[]):
            def inner(b={}):
                return b
            return a, inner()
        """,
        """
        def outer(a=None):
            if a is None:
                a = []

            def inner(b=None):
                if b is None:
                    b = {}
                return b
            return a, inner()
        """,
        "outer()",
        "outer([1])",
    ),
    rewrites(
        "a function inside a branch",
        """
        if True:
            def f(x=[]):
                return x
        else:
            f = None
        """,
        """
        if True:
            def f(x=None):
                if x is None:
                    x = []
                return x
        else:
            f = None
        """,
        "f()",
    ),
    rewrites(
        "the parameter is read by a closure",
        """
        def f(x=[]):
            def later():
                return x
            return later()
        """,
        """
        def f(x=None):
            if x is None:
                x = []

            def later():
                return x
            return later()
        """,
        "f()",
    ),
    rewrites(
        "the parameter is bound again by an inner function",
        """
        def f(x=[]):
            def later():
                nonlocal x
                x = [1]
            later()
            return x
        """,
        """
        def f(x=None):
            if x is None:
                x = []

            def later():
                nonlocal x
                x = [1]
            later()
            return x
        """,
        "f()",
    ),
    rewrites(
        "the parameter is deleted",
        """
        def f(x=[]):
            del x
            return 1
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            del x
            return 1
        """,
        "f()",
    ),
    rewrites(
        "the parameter is never used",
        """
        def f(a, x=[]):
            return a
        """,
        """
        def f(a, x=None):
            if x is None:
                x = []
            return a
        """,
        "f(1)",
    ),
    rewrites(
        "the parameter is bound again before it is used",
        """
        def f(x=[]):
            x = list(x)
            return x
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            x = list(x)
            return x
        """,
        "f()",
        "f([1])",
    ),
    rewrites(
        "an empty list is tested for truth, where None and [] answer alike",
        """
        def f(x=[]):
            if not x:
                return "empty"
            return x and x[0]
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            if not x:
                return "empty"
            return x and x[0]
        """,
        "f()",
        "f([1])",
        "f(None)",
    ),
    rewrites(
        "a recursion that takes the argument along",
        """
        def walk(tree, found=[]):
            found.append(tree[0])
            for child in tree[1:]:
                walk(child, found)
            return found
        """,
        """
        def walk(tree, found=None):
            if found is None:
                found = []
            found.append(tree[0])
            for child in tree[1:]:
                walk(child, found)
            return found
        """,
        "walk([1, [2], [3, [4]]])",
    ),
    rewrites(
        "a recursion that takes the argument along by its name",
        """
        def walk(tree, *, found=[]):
            found.append(tree[0])
            for child in tree[1:]:
                walk(child, found=found)
            return found
        """,
        """
        def walk(tree, *, found=None):
            if found is None:
                found = []
            found.append(tree[0])
            for child in tree[1:]:
                walk(child, found=found)
            return found
        """,
        "walk([1, [2], [3, [4]]])",
    ),
    rewrites(
        "a recursion without the argument, which is only read",
        """
        def depth(tree, skip=[]):
            return 1 + max((depth(child) for child in tree if child not in skip), default=0)
        """,
        """
        def depth(tree, skip=None):
            if skip is None:
                skip = []
            return 1 + max((depth(child) for child in tree if child not in skip), default=0)
        """,
        "depth([[], [[]]])",
    ),
    rewrites(
        "words are counted for one call",
        """
        def count(words, counts={}):
            for word in words:
                counts[word] = counts.get(word, 0) + 1
            return counts
        """,
        """
        def count(words, counts=None):
            if counts is None:
                counts = {}
            for word in words:
                counts[word] = counts.get(word, 0) + 1
            return counts
        """,
        "count('abca')",
    ),
    rewrites(
        "things are grouped for one call",
        """
        def group(pairs, groups={}):
            for key, value in pairs:
                groups.setdefault(key, []).append(value)
            return groups
        """,
        """
        def group(pairs, groups=None):
            if groups is None:
                groups = {}
            for key, value in pairs:
                groups.setdefault(key, []).append(value)
            return groups
        """,
        "group([(1, 2), (1, 3)])",
    ),
    rewrites(
        "a value is stored under an argument and not looked up",
        """
        def put(name, value, table={}):
            table[name] = value
            return table
        """,
        """
        def put(name, value, table=None):
            if table is None:
                table = {}
            table[name] = value
            return table
        """,
        "put('a', 1)",
    ),
    rewrites(
        "a value is looked up only behind its own store",
        """
        def put(name, value, table={}):
            table[name] = []
            table[name].append(value)
            return table
        """,
        """
        def put(name, value, table=None):
            if table is None:
                table = {}
            table[name] = []
            table[name].append(value)
            return table
        """,
        "put('a', 1)",
    ),
    rewrites(
        "options are filled with what is missing",
        """
        def connect(host, options={}):
            if "timeout" not in options:
                options["timeout"] = 10
            return host, dict(options)
        """,
        """
        def connect(host, options=None):
            if options is None:
                options = {}
            if "timeout" not in options:
                options["timeout"] = 10
            return host, dict(options)
        """,
        "connect('a', {'timeout': 3})",
        "connect('a')",
    ),
    rewrites(
        "an argument is popped out of the keywords of another call",
        """
        def f(name, options={}):
            value = options.pop(name, None)
            return value, options
        """,
        """
        def f(name, options=None):
            if options is None:
                options = {}
            value = options.pop(name, None)
            return value, options
        """,
        "f('a', {'a': 1})",
        "f('a')",
    ),
    rewrites(
        "None in another comparison",
        """
        def f(a, x=[]):
            if a is None:
                return x
            return [a]
        """,
        """
        def f(a, x=None):
            if x is None:
                x = []
            if a is None:
                return x
            return [a]
        """,
        "f(None)",
        "f(1)",
    ),
    rewrites(
        "vars of an object",
        """
        def f(thing, x=[]):
            return vars(thing), dir(thing)[:0], x
        """,
        """
        def f(thing, x=None):
            if x is None:
                x = []
            return vars(thing), dir(thing)[:0], x
        """,
    ),
    rewrites(
        "a call in the file that may pass something, but not None",
        """
        def f(x=[]):
            return x

        def g(flag):
            return f([1] if flag else [2])
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            return x

        def g(flag):
            return f([1] if flag else [2])
        """,
        "g(0)",
        "f()",
    ),
    rewrites(
        "None is passed for another parameter",
        """
        def f(a=None, x=[]):
            return a, x

        print(f(None), f(a=None))
        """,
        """
        def f(a=None, x=None):
            if x is None:
                x = []
            return a, x

        print(f(None), f(a=None))
        """,
    ),
    rewrites(
        "None is passed to another function of that name",
        """
        def f(x=[]):
            return x

        class Other:
            def f(self, x):
                return x

        print(f([]), Other().f(None))
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            return x

        class Other:
            def f(self, x):
                return x

        print(f([]), Other().f(None))
        """,
    ),
    rewrites(
        "the method of the base is called by its class, with its object",
        """
        class Base:
            def run(self, atoms=None, kinds=()):
                return atoms, kinds

        class Child(Base):
            def run(self, atoms=None, kinds=["energy"]):
                return Base.run(self, atoms, kinds)
        """,
        """
        class Base:
            def run(self, atoms=None, kinds=()):
                return atoms, kinds

        class Child(Base):
            def run(self, atoms=None, kinds=None):
                if kinds is None:
                    kinds = ["energy"]
                return Base.run(self, atoms, kinds)
        """,
        "Child().run()",
    ),
    rewrites(
        "a function of another module has the method's name",
        """
        import json

        class A:
            def dumps(self, x=[]):
                return x, json.dumps(None)
        """,
        """
        import json

        class A:
            def dumps(self, x=None):
                if x is None:
                    x = []
                return x, json.dumps(None)
        """,
        "A().dumps()",
    ),
    rewrites(
        "the function is handed out, and what is called with None is another",
        """
        def f(x=[]):
            return x

        def g(x):
            return x

        table = {"f": f}
        print(g(None), table["f"]([1]))
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            return x

        def g(x):
            return x

        table = {"f": f}
        print(g(None), table["f"]([1]))
        """,
    ),
    rewrites(
        "inspect is asked about functions that are not known, and this one is handed to nobody",
        """
        import inspect

        class A:
            def f(self, x=[]):
                return x

        def describe(function):
            return inspect.signature(function)
        """,
        """
        import inspect

        class A:
            def f(self, x=None):
                if x is None:
                    x = []
                return x

        def describe(function):
            return inspect.signature(function)
        """,
        "A().f()",
    ),
    rewrites(
        "inspect is asked about another function",
        """
        import inspect

        def f(x=[]):
            return x

        def g(a):
            return a

        print(inspect.signature(g))
        """,
        """
        import inspect

        def f(x=None):
            if x is None:
                x = []
            return x

        def g(a):
            return a

        print(inspect.signature(g))
        """,
    ),
    Rewrites(
        "a function that passes on what shows names, and calls nothing that does",
        "def f(show, x=[]):\n    show(locals)\n    shown = vars\n    return x",
        "def f(show, x=None):\n    if x is None:\n        x = []\n    show(locals)\n    shown = vars\n    return x",
        ("f(callable)", "f(callable, [1])"),
    ),
    Rewrites(
        "an overload with a body, which never runs",
        """
        from typing import overload
        @overload
        def f(x: list = []) -> int:
            print(x)
        @overload
        def f(x: int) -> int: ...
        def f(x): return 1
        """,
        """
        from typing import overload
        @overload
        def f(x: list | None = None) -> int:
            print(x)
        @overload
        def f(x: int) -> int: ...
        def f(x): return 1
        """,
        ("f(2)",),
        wrap=False,
    ),
]

BODIES = [
    rewrites(
        "behind a docstring",
        '''
        def f(x=[]):
            """Doc."""
            return x
        ''',
        '''
        def f(x=None):
            """Doc."""
            if x is None:
                x = []
            return x
        ''',
        "f()",
    ),
    rewrites(
        "behind a docstring and an empty line",
        '''
        def f(x=[]):
            """Doc."""

            # What follows.
            return x
        ''',
        '''
        def f(x=None):
            """Doc."""

            if x is None:
                x = []
            # What follows.
            return x
        ''',
        "f()",
    ),
    rewrites(
        "a docstring over several lines stays as it is",
        '''
        def f(x=[]):
            """Doc.

              Indented, and "quoted".
            """
            return x
        ''',
        '''
        def f(x=None):
            """Doc.

              Indented, and "quoted".
            """
            if x is None:
                x = []
            return x
        ''',
        "f.__doc__",
        "f()",
    ),
    rewrites(
        "a docstring and a statement on one line",
        """
        def f(x=[]):
            "doc"; y = 1
            return x, y
        """,
        """
        def f(x=None):
            "doc"
            if x is None:
                x = []
            y = 1
            return x, y
        """,
        "f.__doc__",
        "f()",
    ),
    rewrites(
        "a body on the line of its header",
        """
        def f(x=[]): return x
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            return x
        """,
        "f()",
        skip=("tabs",),
    ),
    rewrites(
        "a body on the line of its header, with a comment",
        """
        def f(x=[]): return x  # short
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            return x  # short
        """,
        "f()",
        skip=("tabs",),
    ),
    rewrites(
        "a docstring and a statement on the line of the header",
        """
        def f(x=[]): "doc"; return x
        """,
        """
        def f(x=None):
            "doc"
            if x is None:
                x = []
            return x
        """,
        "f.__doc__",
        "f()",
        skip=("tabs",),
    ),
    rewrites(
        "two statements on the line of the header",
        """
        def f(x=[]): x.append(1); return x
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            x.append(1); return x
        """,
        "f()",
        skip=("tabs",),
    ),
    rewrites(
        "a short method in a class indented by two",
        """
        class A:
          def f(self, x=[]): return x
        """,
        """
        class A:
          def f(self, x=None):
            if x is None:
              x = []
            return x
        """,
        "A().f()",
    ),
    rewrites(
        "leading imports stay in front",
        '''
        def f(x=[]):
            """Doc."""
            import math
            from os import path, sep
            return x, math.pi
        ''',
        '''
        def f(x=None):
            """Doc."""
            import math
            from os import path, sep
            if x is None:
                x = []
            return x, math.pi
        ''',
        "f()",
    ),
    rewrites(
        "an import and a statement on one line",
        """
        def f(x=[]):
            import math; y = math.pi
            return x, y
        """,
        """
        def f(x=None):
            import math
            if x is None:
                x = []
            y = math.pi
            return x, y
        """,
        "f()",
    ),
    rewrites(
        "global and nonlocal stay in front",
        """
        total = 0

        def f(x=[]):
            global total
            total += 1
            return x
        """,
        """
        total = 0

        def f(x=None):
            global total
            if x is None:
                x = []
            total += 1
            return x
        """,
        "f()",
        wrap=False,
    ),
    rewrites(
        "an import that takes the parameter's name stays behind",
        """
        def f(json=[]):
            import json
            return json.loads("1")
        """,
        """
        def f(json=None):
            if json is None:
                json = []
            import json
            return json.loads("1")
        """,
        "f()",
    ),
    rewrites(
        "a body of imports only",
        """
        def f(x=[]):
            import math
        """,
        """
        def f(x=None):
            import math
            if x is None:
                x = []
        """,
        "f()",
    ),
    rewrites(
        "a comment between the header and the first statement stays with it",
        """
        def f(x=[]):  # header
            # about the statement
            # more about it
            return x
        """,
        """
        def f(x=None):  # header
            if x is None:
                x = []
            # about the statement
            # more about it
            return x
        """,
        "f()",
    ),
    rewrites(
        "a comment that an empty line sets apart is about the function",
        """
        def f(x=[]):
            # about the function

            # about the statement
            return x
        """,
        """
        def f(x=None):
            # about the function

            if x is None:
                x = []
            # about the statement
            return x
        """,
        "f()",
    ),
    rewrites(
        "an empty line below the header",
        """
        def f(x=[]):

            return x
        """,
        """
        def f(x=None):

            if x is None:
                x = []
            return x
        """,
        "f()",
    ),
    rewrites(
        "a body indented by two",
        """
        def f(x=[]):
          y = 1
          return x, y

        def g():
            return 1
        """,
        """
        def f(x=None):
          if x is None:
            x = []
          y = 1
          return x, y

        def g():
            return 1
        """,
        "f()",
    ),
    rewrites(
        "a body indented by a tab",
        "def f(x=[]):\n\ty = 1\n\treturn x, y\n",
        "def f(x=None):\n\tif x is None:\n\t\tx = []\n\ty = 1\n\treturn x, y\n",
        "f()",
        skip=("function", "method"),
    ),
    rewrites(
        "a form feed before the function",
        "def g():\n    pass\n\f\ndef f(x=[]):\n    return x\n",
        "def g():\n    pass\n\f\ndef f(x=None):\n    if x is None:\n        x = []\n    return x\n",
        "f()",
        skip=("function", "method"),
    ),
    rewrites(
        "a header over several lines with comments",
        """
        def f(
            a,  # first
            x=[],  # second
            *,
            y={},  # third
        ):
            return a, x, y
        """,
        """
        def f(
            a,  # first
            x=None,  # second
            *,
            y=None,  # third
        ):
            if x is None:
                x = []
            if y is None:
                y = {}
            return a, x, y
        """,
        "f(1)",
    ),
    rewrites(
        "a default over several lines keeps its comments and its form",
        """
        def f(
            x={
                "a": 1,  # one
                # two
                "b": [
                    2,
                ],
            },
        ):
            return x
        """,
        """
        def f(
            x=None,
        ):
            if x is None:
                x = {
                    "a": 1,  # one
                    # two
                    "b": [
                        2,
                    ],
                }
            return x
        """,
        "f()",
    ),
    rewrites(
        "a default that opens on the header's first line",
        """
        def f(x=[
            1,
            2,
        ], y=3):
            return x, y
        """,
        """
        def f(x=None, y=3):
            if x is None:
                x = [
                    1,
                    2,
                ]
            return x, y
        """,
        "f()",
    ),
    rewrites(
        "a default aligned to its bracket stays aligned",
        """
        def f(first, x=[1,
                        2]):
            return x
        """,
        """
        def f(first, x=None):
            if x is None:
                x = [1,
                     2]
            return x
        """,
        "f(0)",
        skip=("tabs",),
    ),
    rewrites(
        "a default with a string over several lines",
        "def f(x=['''a\n    b\n''']):\n    return x\n",
        "def f(x=None):\n    if x is None:\n        x = ['''a\n    b\n''']\n    return x\n",
        "f()",
    ),
    rewrites(
        "all the other text of the function stays",
        """
        def f ( x  =  [ ] ,y=( 1,2 ) )  :  # odd
            z={'a':1}   # spaced
            return  x,y ,z
        """,
        """
        def f ( x  =  None ,y=( 1,2 ) )  :  # odd
            if x is None:
                x = [ ]
            z={'a':1}   # spaced
            return  x,y ,z
        """,
        "f()",
    ),
]

SIGNATURES = [
    rewrites(
        "a body of dots",
        """
        def f(x=[]): ...
        """,
        """
        def f(x=None): ...
        """,
        "f()",
    ),
    rewrites(
        "a body of dots behind a docstring",
        '''
        def f(x: list[int] = []) -> None:
            """Doc."""
            ...
        ''',
        '''
        def f(x: list[int] | None = None) -> None:
            """Doc."""
            ...
        ''',
        "f()",
    ),
    rewrites(
        "a docstring only",
        '''
        def f(x=[]):
            """Doc."""
        ''',
        '''
        def f(x=None):
            """Doc."""
        ''',
        "f()",
    ),
    rewrites(
        "a body of pass",
        """
        def f(x=[]):
            pass  # nothing
        """,
        """
        def f(x=None):
            pass  # nothing
        """,
        "f()",
    ),
    rewrites(
        "raise NotImplementedError",
        """
        class A:
            def f(self, x=[]):
                raise NotImplementedError

            def g(self, x={}):
                raise NotImplementedError("g")
        """,
        """
        class A:
            def f(self, x=None):
                raise NotImplementedError

            def g(self, x=None):
                raise NotImplementedError("g")
        """,
        "A().f()",
        "A().g()",
    ),
    rewrites(
        "a body that only refuses",
        """
        class Store:
            def update(self, query, names={}):
                raise TypeError("this store is read only")
        """,
        """
        class Store:
            def update(self, query, names=None):
                raise TypeError("this store is read only")
        """,
        "Store().update(1)",
    ),
    rewrites(
        "a raise that uses the parameter needs the guard",
        """
        def f(names=[]):
            raise ValueError(names)
        """,
        """
        def f(names=None):
            if names is None:
                names = []
            raise ValueError(names)
        """,
        "f()",
    ),
    rewrites(
        "an abstract method",
        """
        from abc import ABC, abstractmethod

        class A(ABC):
            @abstractmethod
            def f(self, x: list = []) -> int:
                pass
        """,
        """
        from abc import ABC, abstractmethod

        class A(ABC):
            @abstractmethod
            def f(self, x: list | None = None) -> int:
                pass
        """,
    ),
    rewrites(
        "an abstract method with a body that can be called by super",
        """
        from abc import ABC, abstractmethod

        class A(ABC):
            @abstractmethod
            def f(self, x=[]):
                return x
        """,
        """
        from abc import ABC, abstractmethod

        class A(ABC):
            @abstractmethod
            def f(self, x=None):
                if x is None:
                    x = []
                return x
        """,
    ),
    rewrites(
        "a protocol",
        """
        from typing import Protocol

        class Reader(Protocol):
            def read(self, names: list[str] = []) -> str: ...
        """,
        """
        from typing import Protocol

        class Reader(Protocol):
            def read(self, names: list[str] | None = None) -> str: ...
        """,
    ),
    rewrites(
        "overloads",
        """
        from typing import overload

        @overload
        def f(a: int, x: list[int] = []) -> int: ...
        @overload
        def f(a: str, x: list[int] = []) -> str: ...
        def f(a, x=[]):
            x.append(1)
            return a
        """,
        """
        from typing import overload

        @overload
        def f(a: int, x: list[int] | None = None) -> int: ...
        @overload
        def f(a: str, x: list[int] | None = None) -> str: ...
        def f(a, x=None):
            if x is None:
                x = []
            x.append(1)
            return a
        """,
        "f(1)",
    ),
    rewrites(
        "a stub, whose annotations are never evaluated",
        """
        from typing import List

        class A:
            def f(self, x: List[int] = []) -> None: ...
        """,
        """
        from typing import List

        class A:
            def f(self, x: List[int] | None = None) -> None: ...
        """,
        filename="a.pyi",
        target=(3, 8),
        execute=False,
    ),
]

OPTIONAL = "from typing import List, Optional\nkept: Optional[int] = 1\n"

ANNOTATIONS = [
    annotated("a list of numbers", "list[int]", "list[int] | None"),
    annotated("a bare list", "list", "list | None"),
    annotated("a union", "list[int] | set[int]", "list[int] | set[int] | None"),
    annotated("a class of typing", "List[int]", "List[int] | None", head="from typing import List\n"),
    annotated("a dotted name", "typing.List[int]", "typing.List[int] | None", head="import typing\n"),
    annotated("a class of the file", "Rows", "Rows | None", head="class Rows(list):\n    pass\n"),
    annotated("an alias of the file", "Rows", "Rows | None", head="Rows = list[int]\n"),
    annotated(
        "Optional where the file writes it",
        "List[int]",
        "Optional[List[int]]",
        head=OPTIONAL,
    ),
    annotated(
        "Optional where the file writes Union, importing it",
        "List[int]",
        "Optional[List[int]]",
        head="from typing import List, Union\nkept: Union[int, str] = 1\n",
        head_after="from typing import List, Union, Optional\nkept: Union[int, str] = 1\n",
        wrap=False,
    ),
    annotated(
        "a file that writes both gets the newer form",
        "List[int]",
        "List[int] | None",
        head="from typing import List, Optional\nkept: Optional[int] = 1\nother: int | None = 2\n",
    ),
    annotated(
        "Optional for a target below 3.10, importing it",
        "list",
        "Optional[list]",
        head_after="from typing import Optional\n\n\n",
        target=(3, 9),
        wrap=False,
        skip=("form-feed",),
    ),
    annotated(
        "Optional for a target below 3.10, by the module the file imports",
        "list",
        "t.Optional[list]",
        head="import typing as t\n",
        target=(3, 9),
        wrap=False,
    ),
    annotated(
        "postponed annotations may take the newer form below 3.10",
        "list[int]",
        "list[int] | None",
        head="from __future__ import annotations\n",
        target=(3, 8),
        wrap=False,
    ),
    annotated("an annotation that is a string", '"list[int]"', '"list[int] | None"'),
    annotated("an annotation in single quotes", "'list[int]'", "'list[int] | None'", target=(3, 8)),
    annotated("a string where the file writes Optional", '"List[int]"', '"Optional[List[int]]"', head=OPTIONAL),
    annotated(
        "a forward reference inside",
        'List["Row"]',
        'List["Row"] | None',
        head="from typing import List\nclass Row:\n    pass\n",
    ),
    annotated("a function for an annotation, which has no `|`", "any", "Optional[any]", head=OPTIONAL),
    annotated("never Optional twice", "Optional[List[int]]", "Optional[List[int]]", head=OPTIONAL),
    annotated("never None twice", "list[int] | None", "list[int] | None"),
    annotated("None first", "None | list[int]", "None | list[int]"),
    annotated("None in a Union", "Union[List[int], None]", "Union[List[int], None]", head="from typing import List, Union\n"),
    annotated(
        "None in a Union in an Annotated",
        "Annotated[Optional[list], 1]",
        "Annotated[Optional[list], 1]",
        head="from typing import Annotated, Optional\n",
    ),
    annotated("None in a string", '"Optional[List[int]]"', '"Optional[List[int]]"', head=OPTIONAL),
    annotated("None behind an alias", "Rows", "Rows", head="from typing import Optional\nRows = Optional[list]\n"),
    annotated("Any takes None already", "Any", "Any", head="from typing import Any\n"),
    annotated("object takes None already", "object", "object", execute=True),
    annotated("something that is no type", "3", "3"),
    Rewrites(
        "an empty list that a caller passes stays the caller's (mem0#5329)",
        "def f(a, x=[]):\n    x.append(a)\n    return x\nmine = []\nf(1, mine)\nprint(mine, f(2, mine) is mine)",
        "def f(a, x=None):\n    if x is None:\n        x = []\n    x.append(a)\n    return x\nmine = []\nf(1, mine)\nprint(mine, f(2, mine) is mine)",
        wrap=False,
    ),
    annotated("a name that stands for a tuple of types, which has no `|`", "Kinds", "Kinds", head="Kinds = (int, str)\n"),
    annotated("a name that stands for such a name", "Known", "Known", head="Kinds = [int]\nKnown = Kinds\n"),
    annotated("numbers with a bar, which are no types", "1 | 2", "1 | 2"),
    annotated("a name that stands for a type", "Rows", "Rows | None", head="Rows = list[int]\n"),
    annotated("a type variable", "T", "T | None", head='from typing import TypeVar\nT = TypeVar("T")\n'),
    Rewrites(
        "an annotation that is a parameter of the function around, and may be anything",
        """
        def outer(T):
            def f(x: T = []):
                return x
            return f
        """,
        """
        def outer(T):
            def f(x: T = None):
                if x is None:
                    x = []
                return x
            return f
        """,
        calls=("outer('list')()", "outer((int, str))()"),
    ),
    annotated("a call that is no type", "dict(a=1)", "dict(a=1)"),
    rewrites(
        "no spaces around the annotation",
        """
        def f(x:list=[]):
            return x
        """,
        """
        def f(x:list | None=None):
            if x is None:
                x = []
            return x
        """,
        "f()",
    ),
    rewrites(
        "an annotation over several lines keeps its comments",
        """
        def f(
            x: dict[
                str,  # the name
                int,
            ] = {},
        ):
            return x
        """,
        """
        def f(
            x: dict[
                str,  # the name
                int,
            ] | None = None,
        ):
            if x is None:
                x = {}
            return x
        """,
        "f()",
    ),
    rewrites(
        "the annotation does not leak into the guard",
        """
        def f(a: int, x: dict[str, list[int]] = {"a": [1]}) -> dict[str, list[int]]:
            return x
        """,
        """
        def f(a: int, x: dict[str, list[int]] | None = None) -> dict[str, list[int]]:
            if x is None:
                x = {"a": [1]}
            return x
        """,
        "f(1)",
    ),
    Rewrites(
        "an annotation that allows None, which gets through to an attribute",
        """
        from typing import Optional

        class A:
            def __init__(self, x: Optional[list] = []):
                self.x = x
        """,
        """
        from typing import Optional

        class A:
            def __init__(self, x: Optional[list] = None):
                if x is None:
                    x = []
                self.x = x
        """,
        ("A().x",),
        unsafe="none-allowed",
        because="no caller passes None for `x`",
    ),
    rewrites(
        "an annotation that allows None, on which the body would fail",
        """
        from typing import Optional

        def total(x: Optional[list[int]] = []):
            result = 0
            for one in x:
                result += one
            return result, x
        """,
        """
        from typing import Optional

        def total(x: Optional[list[int]] = None):
            if x is None:
                x = []
            result = 0
            for one in x:
                result += one
            return result, x
        """,
        "total([1, 2])",
        "total()",
    ),
    Rewrites(
        "a default with elements that is tested for truth",
        """
        def f(rows, kinds=["a", "b"]):
            if kinds:
                rows = [row for row in rows if row in kinds]
            return rows
        """,
        """
        def f(rows, kinds=None):
            if kinds is None:
                kinds = ["a", "b"]
            if kinds:
                rows = [row for row in rows if row in kinds]
            return rows
        """,
        ("f('abc')", "f('abc', [])", "f('abc', ['a'])"),
        unsafe="none-is-false",
        because="to mean an empty collection at line 2",
    ),
]


def decorated(decorator: str, head: str = "", name: str = "", code: str = "") -> Case:
    before = f"{head}@{decorator}\ndef f(a, x=[]):\n    return a, x\n"
    if code:
        return Declines(name or f"decorated with @{decorator}", before, code, mentions=f"@{decorator}")
    after = f"{head}@{decorator}\ndef f(a, x=None):\n    if x is None:\n        x = []\n    return a, x\n"
    return Rewrites(name or f"decorated with @{decorator}", before, after, ("f(1)", "f(1, [2])"))


WRAPPER = """\
import functools

def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__)
        return function(*args, **kwargs)
    return wrapper

"""

FACTORY = """\
import functools

def repeated(times):
    def decorator(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return [function(*args, **kwargs) for _ in range(times)][0]
        return wrapper
    return decorator

"""

DECORATORS: list[Case] = [
    decorated("staticmethod"),
    decorated("functools.lru_cache(maxsize=None)", "import functools\n"),
    decorated("cache", "from functools import cache\n"),
    decorated("contextmanager", "from contextlib import contextmanager\n"),
    decorated("contextlib.asynccontextmanager", "import contextlib\n"),
    decorated("override", "try:\n    from typing import override\nexcept ImportError:\n    override = staticmethod\n", code="decorator"),
    decorated("override", "from typing_extensions import override\n", name="override of typing_extensions"),
    decorated("unittest.skip('later')", "import unittest\n"),
    decorated("traced", WRAPPER, name="a wrapper of the file"),
    decorated("repeated(2)", FACTORY, name="a factory of wrappers of the file"),
    rewrites(
        "a class method and a property's setter",
        """
        class A:
            @classmethod
            def make(cls, x=[]):
                return x

            @property
            def value(self):
                return 1

            @value.setter
            def value(self, x=[]):
                print(x)
        """,
        """
        class A:
            @classmethod
            def make(cls, x=None):
                if x is None:
                    x = []
                return x

            @property
            def value(self):
                return 1

            @value.setter
            def value(self, x=None):
                if x is None:
                    x = []
                print(x)
        """,
        "A.make()",
    ),
    declines(
        "a decorator of another package",
        "decorator",
        """
        from app import app

        @app.route("/")
        def index(x=[]):
            return x
        """,
        "@app.route('/')",
    ),
    declines(
        "the second decorator is not known",
        "decorator",
        """
        from click import command

        class A:
            @staticmethod
            @command
            def f(x=[]):
                return x
        """,
        "@command",
    ),
    declines(
        "a fixture, whose signature is read",
        "decorator",
        """
        import pytest

        @pytest.fixture
        def rows(x=[]):
            return x
        """,
    ),
    declines(
        "a decorator of the file that reads the signature",
        "decorator",
        """
        import inspect

        def checked(function):
            names = inspect.signature(function).parameters
            def wrapper(*args):
                return function(*args), names
            return wrapper

        @checked
        def f(x=[]):
            return x
        """,
    ),
    declines(
        "a decorator of the file that reads the defaults",
        "default-read",
        """
        def checked(function):
            print(function.__defaults__)
            return function

        @checked
        def f(x=[]):
            return x
        """,
    ),
    declines(
        "a decorator of the file that hands the function on",
        "decorator",
        """
        from plugins import register

        def plugin(function):
            register(function)
            return function

        @plugin
        def f(x=[]):
            return x
        """,
    ),
    declines(
        "a decorator of the file that passes None on",
        "decorator",
        """
        def loosened(function):
            def wrapper(x=None):
                return function(x)
            return wrapper

        @loosened
        def f(x=[]):
            return x
        """,
    ),
    declines(
        "a decorator that is a class of the file",
        "decorator",
        """
        class Task:
            def __init__(self, function):
                self.function = function

        @Task
        def f(x=[]):
            return x
        """,
    ),
]

MEMORIES: list[Case] = [
    *(
        declines(f"a parameter named {name}", "memory-name", f"def f(a, {name}={{}}):\n    return a, {name}\n", f"`{name}`")
        for name in ("cache", "_cache", "memo", "seen", "registry", "counter", "_state", "url_cache", "seen_ids", "userCache")
    ),
    declines(
        "a cache by another name",
        "keyed",
        """
        def fib(n, known={}):
            if n in known:
                return known[n]
            known[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
            return known[n]
        """,
        "known[n] = ",
    ),
    declines(
        "a cache asked with try",
        "keyed",
        """
        def load(path, files={}):
            try:
                return files[path]
            except KeyError:
                files[path] = open(path).read()
            return files[path]
        """,
    ),
    declines(
        "a cache asked with get",
        "keyed",
        """
        def load(path, files={}):
            found = files.get(path)
            if found is None:
                found = files[path] = open(path).read()
            return found
        """,
    ),
    declines(
        "a cache whose key is computed in steps",
        "keyed",
        """
        def area(width, height, areas={}):
            pair = width, height
            key = tuple(sorted(pair))
            if key not in areas:
                areas[key] = width * height
            return areas[key]
        """,
    ),
    declines(
        "a cache of a method, keyed by an attribute of self",
        "keyed",
        """
        class A:
            def get(self, made={}):
                if self.name not in made:
                    made[self.name] = object()
                return made[self.name]
        """,
    ),
    declines(
        "a cache with setdefault",
        "keyed",
        """
        def intern(name, pool={}):
            return pool.setdefault(name, name)
        """,
    ),
    declines(
        "a set of what was done before",
        "keyed",
        """
        def once(job, done=set()):
            if job in done:
                return False
            done.add(job)
            return True
        """,
    ),
    declines(
        "sums that are kept under an argument",
        "keyed",
        """
        from collections import defaultdict

        def add(name, amount, sums=defaultdict(int)):
            sums[name] += amount
            return sums[name]
        """,
    ),
    declines(
        "the last value is kept",
        "keyed",
        """
        def changed(value, before={"value": None}):
            old = before["value"]
            before["value"] = value
            return old != value
        """,
    ),
    declines(
        "a cell that is written in place",
        "cell",
        """
        def first(found=[None]):
            old = found[0]
            found[0] = 1
            return old
        """,
    ),
    declines(
        "a counter in a list",
        "counter",
        """
        def number(numbers=[0, 0]):
            numbers[1] += 1
            return numbers[1]
        """,
        "numbers[1] += 1",
    ),
    declines(
        "a counter in a dict",
        "counter",
        """
        def number(totals={"n": 0}):
            totals["n"] = totals["n"] + 1
            return totals["n"]
        """,
    ),
    declines(
        "a counter in an empty dict",
        "counter",
        """
        def number(totals={}):
            totals["n"] = totals.get("n", 0) + 1
            return totals["n"]
        """,
    ),
    declines(
        "a counter by length",
        "counter",
        """
        def number(marks=[]):
            marks.append(1)
            return len(marks)
        """,
    ),
    declines(
        "a connection that is made once",
        "made-once",
        """
        from database import connect

        def connection(box=[]):
            if not box:
                box.append(connect())
            return box[0]
        """,
        "box.append(connect())",
    ),
    declines(
        "a table that is loaded once, asked with try",
        "made-once",
        """
        from database import load

        def table(tables={}):
            try:
                return tables["all"]
            except KeyError:
                tables["all"] = load()
                return tables["all"]
        """,
    ),
    declines(
        "values that are computed once each",
        "made-once",
        """
        from web import fetch

        def fetch_all(urls, pages={}):
            for url in urls:
                if url not in pages:
                    pages[url] = fetch(url)
            return [pages[url] for url in urls]
        """,
    ),
    declines(
        "something is done the first time only",
        "first-time",
        """
        def f(value, first=[1]):
            if first:
                first.clear()
                print("first")
            return value
        """,
        "first.clear()",
    ),
    declines(
        "what calls push is popped later",
        "stack",
        """
        def f(state, saved=[]):
            saved.append(state)

            def restore():
                return saved.pop()

            return restore
        """,
        "saved.pop()",
    ),
    rewrites(
        "what a call pushes is only read and extended later",
        """
        def f(state, saved=[]):
            saved.append(state)

            def later(more):
                saved.append(more)
                return saved

            return later
        """,
        """
        def f(state, saved=None):
            if saved is None:
                saved = []
            saved.append(state)

            def later(more):
                saved.append(more)
                return saved

            return later
        """,
        "f(1)(2)",
    ),
    declines(
        "a recursion that leaves the argument out",
        "recursion",
        """
        def walk(tree, found=[]):
            found.append(tree[0])
            for child in tree[1:]:
                walk(child)
            return found
        """,
        "walk(child)",
    ),
    declines(
        "a recursion of a method that leaves the argument out",
        "recursion",
        """
        class Tree:
            def walk(self, node, found=[]):
                found.append(node)
                for child in node:
                    self.walk(child)
                return found
        """,
        "self.walk(child)",
    ),
    declines(
        "a recursion that leaves out what another function fills",
        "recursion",
        """
        from trees import fill

        def walk(tree, found=[]):
            fill(tree, found)
            for child in tree:
                walk(child)
            return found
        """,
    ),
    declines(
        "the file reads the defaults",
        "default-read",
        """
        def f(x=[]):
            return x

        print(f.__defaults__)
        """,
        "f.__defaults__",
    ),
    declines(
        "the file clears the default of a keyword",
        "default-read",
        """
        def f(*, x=[]):
            return x

        f.__kwdefaults__["x"].clear()
        """,
    ),
    declines(
        "the file reads defaults by their name",
        "default-read",
        """
        def f(x=[]):
            return x

        print(getattr(f, "__defaults__"))
        """,
    ),
    declines(
        "the file asks inspect",
        "default-read",
        """
        import inspect

        def f(x=[]):
            return x

        print(inspect.signature(f))
        """,
        "inspect.signature(f)",
    ),
    declines(
        "the file asks inspect about functions it does not name, and hands this one out",
        "default-read",
        """
        from inspect import getfullargspec

        def f(x=[]):
            return x

        def describe(function):
            return getfullargspec(function)

        print(describe(f))
        """,
    ),
    declines(
        "the file reads the defaults of functions it does not name",
        "default-read",
        """
        def f(x=[]):
            return x

        def describe(function):
            return function.__defaults__
        """,
    ),
    declines(
        "the object itself is asked for",
        "identity",
        """
        DEFAULT = []

        def f(a, x=[]):
            return a is x
        """,
        "a is x",
    ),
    declines(
        "the object's id is asked for",
        "identity",
        """
        def f(x=[]):
            return id(x)
        """,
    ),
    declines(
        "a comment tells ruff that it is meant",
        "meant",
        """
        def f(x=[]):  # noqa: B006
            return x
        """,
        "# noqa: B006",
    ),
    declines(
        "a comment tells pylint that it is meant",
        "meant",
        """
        def f(
            a,
            x={},  # pylint: disable=dangerous-default-value
        ):
            return a, x
        """,
        "line 3",
    ),
]

NONE: list[Case] = [
    declines(
        "the body asks whether it got a dict, which None is not (xml.etree's Element)",
        "none-handled",
        """
        def f(tag, attrib={}):
            if not isinstance(attrib, dict):
                raise TypeError("attrib must be a dict")
            return tag, attrib
        """,
        "`isinstance(attrib, dict)` at line 2",
    ),
    declines(
        "the body asks for an abstract class",
        "none-handled",
        """
        def f(x=[]):
            return list(x) if isinstance(x, Sequence) else [x]
        """,
    ),
    declines(
        "the body compares the type",
        "none-handled",
        """
        def f(x=[]):
            if type(x) is not list:
                x = [x]
            return x
        """,
    ),
    declines(
        "the body asks for None",
        "none-handled",
        """
        def f(x=[]):
            if x is None:
                return 0
            return x
        """,
        "`x is None` at line 2",
    ),
    declines(
        "the body asks for not None",
        "none-handled",
        """
        def f(x=[]):
            return 0 if x is not None else x
        """,
    ),
    declines(
        "the body compares with None",
        "none-handled",
        """
        def f(x=[]):
            return x == None
        """,
    ),
    declines(
        "an inner function asks for None",
        "none-handled",
        """
        def f(x=[]):
            def later():
                return x is None
            return later
        """,
    ),
    declines(
        "something else is taken for a false argument",
        "none-handled",
        """
        def f(x=[]):
            x = x or []
            return x
        """,
        "x or []",
    ),
    declines(
        "something else is taken for a false argument by a condition",
        "none-handled",
        """
        def f(x=[]):
            x = x if x else [1]
            return x
        """,
    ),
    rewrites(
        "something else is used for an empty list, as it would be for None",
        """
        def f(x=[], **kw):
            return x or kw
        """,
        """
        def f(x=None, **kw):
            if x is None:
                x = []
            return x or kw
        """,
        "f(a=1)",
        "f(None, a=1)",
        "f([2], a=1)",
    ),
    declines(
        "something else is used for a list that is false, which the default is not",
        "none-is-false",
        """
        def f(x=[1], **kw):
            return x or kw
        """,
        unsafe=True,
    ),
    declines(
        "a match has a case for None",
        "none-handled",
        """
        def f(x=[]):
            match x:
                case None:
                    return 0
                case _:
                    return x
        """,
    ),
    declines(
        "the class of None is asked for",
        "none-handled",
        """
        def f(x=[]):
            return isinstance(x, (list, type(None)))
        """,
    ),
    declines(
        "what is put in is taken out once there is enough of it",
        "stack",
        """
        def f(row, rows=[]):
            rows.append(row)
            if len(rows) > 2:
                print(rows)
                rows.clear()
        """,
    ),
    declines(
        "old values are dropped",
        "stack",
        """
        def f(now, times=[]):
            times.append(now)
            while times and times[0] < now - 10:
                times.pop(0)
            return len(times)
        """,
    ),
    declines(
        "None is passed out of a dict",
        "none-passed",
        """
        def f(x=[]):
            return len(x)
        f(**{"x": None})
        """,
    ),
    declines(
        "None is passed out of a dict that a variable holds",
        "none-passed",
        """
        def f(x=[]):
            return len(x)
        given = {"x": None}
        f(**given)
        """,
    ),
    declines(
        "None is passed out of a tuple",
        "none-passed",
        """
        def f(x=[]):
            return len(x)
        given = (None,)
        f(*given)
        """,
    ),
    declines(
        "None is passed by place",
        "none-passed",
        """
        def f(a, x=[]):
            return a, x

        print(f(1, None))
        """,
        "f(1, None)",
    ),
    declines(
        "None is passed by name",
        "none-passed",
        """
        def f(a, x=[]):
            return a, x

        print(f(1, x=None))
        """,
    ),
    declines(
        "None may be passed by a condition",
        "none-passed",
        """
        def f(x=[]):
            return x

        def g(flag):
            return f([1] if flag else None)
        """,
    ),
    declines(
        "None may be passed by a look-up that finds nothing",
        "none-passed",
        """
        def f(x=[]):
            return x

        def g(options):
            return f(options.get("x"))
        """,
    ),
    declines(
        "None may be passed by a look-up that says so",
        "none-passed",
        """
        def f(x=[]):
            return x

        def g(options):
            return f(x=getattr(options, "x", None))
        """,
    ),
    rewrites(
        "a look-up with another fallback passes no None",
        """
        def f(x=[]):
            return x

        def g(options):
            return f(options.get("x", []))
        """,
        """
        def f(x=None):
            if x is None:
                x = []
            return x

        def g(options):
            return f(options.get("x", []))
        """,
        "g({})",
    ),
    declines(
        "None may be passed by a parameter with that default",
        "none-passed",
        """
        def f(x=[]):
            return x

        def g(x=None):
            return f(x)
        """,
    ),
    declines(
        "None is passed to a method",
        "none-passed",
        """
        class A:
            def f(self, x=[]):
                return x

        def g(a):
            return a.f(None)
        """,
    ),
    declines(
        "None is passed to a constructor",
        "none-passed",
        """
        class A:
            def __init__(self, x=[]):
                self.x = x

        print(A(None))
        """,
    ),
    declines(
        "None is passed to the constructor of a class below",
        "none-passed",
        """
        class A:
            def __init__(self, x=[]):
                self.x = x

        class B(A):
            pass

        print(B(x=None))
        """,
    ),
    declines(
        "None is passed through super",
        "none-passed",
        """
        class A:
            def __init__(self, x=[]):
                self.x = x

        class B(A):
            def __init__(self):
                super().__init__(x=None)
        """,
    ),
    declines(
        "None is passed to a static method by its class",
        "none-passed",
        """
        class A:
            @staticmethod
            def f(x=[]):
                return x

        print(A.f(None))
        """,
    ),
    declines(
        "None is passed to the method by its own class, with its object",
        "none-passed",
        """
        class A:
            def f(self, x=[]):
                return x

        print(A.f(A(), None))
        """,
    ),
    declines(
        "None is passed to a function that was handed out",
        "none-passed",
        """
        def f(x=[]):
            return x

        table = {"f": f}
        print(table["f"](None))
        """,
    ),
    declines(
        "a test of truth in a comprehension would take None for an empty collection",
        "none-is-false",
        """
        def f(rows, kinds=["a"]):
            return [row for row in rows if kinds]
        """,
        "line 2",
        unsafe=True,
    ),
    Declines(
        "an annotation that allows None, in a text that could not be widened",
        'def f(a, xs: "Optional[l\\x69st]" = []):\n    return a, xs\n',
        "none-allowed",
        unsafe=True,
    ),
    declines(
        "an annotation allows None, which gets through",
        "none-allowed",
        """
        from typing import Optional

        def f(x: Optional[list] = []):
            return x
        """,
        "no caller passes None for `x`",
        unsafe=True,
    ),
]

UNSTEADY = [
    declines(
        "the default reads a loop variable",
        "loop",
        """
        functions = []
        for i in range(3):
            def f(x=[i]):
                return x
            functions.append(f)
        """,
        "line 2",
    ),
    declines(
        "the default reads a name bound in the loop around it",
        "loop",
        """
        while True:
            value = 3
            def f(x=[value]):
                return x
            break
        """,
    ),
    declines(
        "the default reads a name of the class",
        "class-name",
        """
        class A:
            K = 1
            def f(self, x=[K]):
                return x
        """,
        "`K`",
    ),
    declines(
        "the default reads a name that is bound again later",
        "rebound",
        """
        limit = 1

        def f(x=[limit]):
            return x

        limit = 2
        """,
        "line 6",
    ),
    declines(
        "the default reads a name that a function binds again",
        "rebound",
        """
        limit = 1

        def f(x=[limit]):
            return x

        def g():
            global limit
            limit = 2
        """,
        skip=("function", "method"),
    ),
    declines(
        "the default reads a name that is deleted",
        "rebound",
        """
        limit = 1

        def f(x=[limit]):
            return x

        del limit
        """,
    ),
    declines(
        "the default reads the name of a caught exception",
        "rebound",
        """
        try:
            1 / 0
        except ZeroDivisionError as error:
            def f(x=[error]):
                return x
        """,
    ),
    declines(
        "the default is made by a name that a parameter takes",
        "shadowed",
        """
        def f(list=list()):
            return list
        """,
        "`list`",
    ),
    declines(
        "the default reads a name that the function binds",
        "shadowed",
        """
        limit = 1

        def f(x=[limit]):
            limit = 2
            return x, limit
        """,
    ),
    declines(
        "the default reads a name that a parameter takes",
        "shadowed",
        """
        limit = 1

        def f(limit, x=[limit]):
            return x, limit
        """,
    ),
    declines(
        "the default reads a name that the function declares global",
        "shadowed",
        """
        limit = 1

        def f(x=[limit]):
            global limit
            return x, limit
        """,
    ),
    declines(
        "the default calls a function of the file",
        "call",
        """
        def make():
            return object()

        def f(x=[make()]):
            return x
        """,
        "make()",
    ),
    declines(
        "the default asks for the time",
        "call",
        """
        import time

        def f(x=[time.time()]):
            return x
        """,
    ),
    declines(
        "the default makes an object of its own",
        "call",
        """
        def f(x=[object()]):
            return x
        """,
    ),
    declines(
        "the default copies a dict of the module",
        "contents",
        """
        DEFAULTS = {"a": 1}

        def f(x=dict(DEFAULTS)):
            return x
        """,
        "`DEFAULTS`",
    ),
    declines(
        "the default spreads a list of the module",
        "contents",
        """
        NAMES = ["a"]

        def f(x=[*NAMES]):
            return x
        """,
    ),
    declines(
        "the default looks into a dict of the module",
        "contents",
        """
        TABLE = {"a": 1}

        def f(x=[TABLE["a"]]):
            return x
        """,
    ),
    declines(
        "the default loops over what another file holds",
        "contents",
        """
        from app import names

        def f(x=[name for name in names]):
            return x
        """,
    ),
    declines(
        "the default reads an attribute that may be set",
        "attribute",
        """
        from app import settings

        def f(x=[settings.DEBUG]):
            return x
        """,
        "settings.DEBUG",
    ),
    declines(
        "the default reads a standard stream, which may be replaced",
        "attribute",
        """
        import sys

        def f(x=[sys.stdout]):
            return x
        """,
    ),
    declines(
        "the default reads an attribute of a class that the file sets again",
        "attribute",
        """
        class Config:
            LEVEL = 1

        def f(x=[Config.LEVEL]):
            return x

        Config.LEVEL = 2
        """,
    ),
    declines(
        "the default reads a name of a star import",
        "unknown-name",
        """
        from app import *

        def f(x=[LIMIT]):
            return x
        """,
        "`LIMIT`",
        skip=("function", "method"),
    ),
    declines(
        "the default binds a name",
        "construct",
        """
        def f(x=[(y := 1)]):
            return x
        """,
    ),
    declines(
        "a lambda in the default reads a name that the function binds",
        "shadowed",
        """
        limit = 1

        def f(x=[lambda: limit]):
            limit = 2
            return x, limit
        """,
    ),
]

OTHERS = [
    declines(
        "a lambda",
        "lambda",
        """
        f = lambda x=[]: x
        """,
        "`x`",
    ),
    declines(
        "a lambda with a keyword-only parameter over two lines",
        "lambda",
        """
        f = sorted([], key=lambda row, *, x={
            1: 2}: x)
        """,
    ),
    declines(
        "exec in the body",
        "names-shown",
        """
        def f(code, x=[]):
            exec(code)
            return x
        """,
    ),
    declines(
        "locals in the body",
        "names-shown",
        """
        def f(x=[]):
            return locals()
        """,
        "locals()",
    ),
    declines(
        "types in a comment behind the header",
        "type-comment",
        """
        def f(x=[]):  # type: (list) -> list
            return x
        """,
    ),
    declines(
        "types in a comment below the header",
        "type-comment",
        """
        def f(x=[]):
            # type: (list) -> list
            return x
        """,
        "line 2",
    ),
    declines(
        "types in a comment beside the parameter",
        "type-comment",
        """
        def f(
            x=[],  # type: list
        ):
            return x
        """,
    ),
    declines(
        "an annotation that is a string of several parts",
        "annotation",
        """
        def f(x: "list" "[int]" = []):
            return x
        """,
    ),
]

IGNORED = [
    Ignores("no default", "def f(x):\n    return [x]\n"),
    Ignores("None for a default", "def f(x=None):\n    return [] if x is None else x\n"),
    Ignores("an immutable default", "def f(a=(), b='', c=0, d=frozenset(), e=(1, [])):\n    return a, b, c, d, e\n"),
    Ignores("a name for a default", "CONFIG = {}\ndef f(x=CONFIG):\n    return x\n"),
    Ignores("a call of another function", "from app import make\ndef f(x=make([])):\n    return x\n"),
    Ignores("a list of the file's own", "from app import list\ndef f(x=list()):\n    return x\n"),
    Ignores("a keyword argument of a call", "print(dict(x=[]))\n"),
    Ignores("an assignment", "x = []\ny: list = []\n"),
    Ignores("an attribute of a class", "class A:\n    x = []\n"),
    Ignores("a field of a dataclass", "import dataclasses as d\n@d.dataclass\nclass A:\n    x: list = d.field(default_factory=list)\n"),
    Ignores("a generator expression, which is no collection", "def f(x=(i for i in 'ab')):\n    return x\n"),
]

CASES: list[Case] = [
    *FORMS,
    *PARAMETERS,
    *FUNCTIONS,
    *BODIES,
    *SIGNATURES,
    *ANNOTATIONS,
    *DECORATORS,
    *MEMORIES,
    *NONE,
    *UNSTEADY,
    *OTHERS,
    *IGNORED,
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_mutable_default(case: Case) -> None:
    check(case, "mutable-default")


def test_a_reason_names_the_lines_of_the_file_as_it_was_read() -> None:
    text = b"def f(x=[]):\n    return x\n\ndef g(n, known={}):\n    if n not in known:\n        known[n] = n\n    return known[n]\n"
    outcome = process(text, Settings(("mutable-default",)))
    assert isinstance(outcome, Fixed)
    reasons = [one.verdict.reason for one in outcome.diagnostics if isinstance(one.verdict, Refused)]
    assert reasons == ["`known[n] = n` at line 6 keeps in `known` what a later call looks up"]


def test_guards_of_safe_and_unsafe_parameters_end_in_order() -> None:
    before = b"def f(rows=[], kinds=['a'], names={}):\n    if not kinds:\n        return rows\n    return names\n"
    values = {b"rows": b"[]", b"kinds": b"['a']", b"names": b"{}"}
    guards = b"".join(b"    if %s is None:\n        %s = %s\n" % (name, name, value) for name, value in values.items())
    outcome = process(before, Settings(("mutable-default",), unsafe_fixes=True))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"def f(rows=None, kinds=None, names=None):\n" + guards + before.partition(b"\n")[2]


HEADERS = [
    "def f(x=[]): pass",
    "def f(a='):', b=\"=\", c='\\'', x=[]): pass",
    "def f(a,  # see g():\n      x={}): pass",
    "def f(\n    a: dict[int, str],\n    b: 'list' = None,\n\n    x=[]): pass",
    "def f(a=lambda k=(1): k, x=list()): pass",
    "def f(a=h[g(1):2], x=[]): pass",
    "def f(a=1,\nx=[]): pass",
    "def f[T](a: T, x: list[T] = []): pass",
    "def f(a: 'x' = -1, *, x =  (  # why\n    [])): pass",
    "def f(x=collections . deque()): pass",
    "def f(x=\\\n  {1}): pass",
    "async def größe(ä, x=[1]): pass",
    "g = lambda x=[]: x",
    "g = lambda a=h[1:2], *, x={}: x",
    "g = (lambda\n  x=[]: x)",
    f"def f({', '.join(f'a{number}=None' for number in range(200))}, x=[]): pass",
    f"g = lambda {', '.join(f'a{number}=None' for number in range(200))}, x=[]: x",
]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_triage_admits_every_header(header: str, newline: str) -> None:
    assert admits(f"import collections\n{header}\n".replace("\n", newline).encode(), ("mutable-default",))


@pytest.mark.parametrize(
    "text",
    ["def f(a, b=1, *, c: list[int] = None) -> list[int]:\n    x = [1]\n    return g(x=[2])\n", "x = []\n", "class A:\n    x: list = []\n"],
)
def test_triage_spares_files_without_such_a_default(text: str) -> None:
    assert not admits(text.encode(), ("mutable-default",))


@pytest.mark.parametrize(
    "text",
    [
        "x = 'def foo'\n",
        "x = 'def f(a):'\n",
        "    x = 'def f(a): pass',\n",
        "'def f(a,',\n",
        "def f(",
        "lambda ",
        "lambda x: 1, ",
        "def f(a=lambda ",
    ],
)
def test_triage_is_linear_on_text_that_only_looks_like_functions(text: str) -> None:
    data = (text * (400_000 // len(text))).encode()
    started = time.perf_counter()
    admits(data, ("mutable-default",))
    assert time.perf_counter() - started < 5


BESIDE = "def f(key, order=[], {other}):\n    {change}\n    return order, key\n"


@pytest.mark.parametrize(
    ("other", "change", "code"),
    [
        ("data={}", "order.append(key); data[key] = data.get(key, 0)", "beside-memory"),
        ("data={}", "order.append(key); data[key] = 1", None),
        ("data={}", "print(order); data[key] = data.get(key, 0)", None),
        ("cache={}", "order.append(key)", "beside-memory"),
        ("calls=[0]", "order.append(key); calls[0] += 1", "beside-memory"),
    ],
)
def test_what_changes_beside_a_memory_is_one_too(other: str, change: str, code: str | None) -> None:
    outcome = process(BESIDE.format(other=other, change=change).encode(), Settings(("mutable-default",)))
    assert isinstance(outcome, Clean | Fixed)
    found = [one.verdict.code for one in outcome.diagnostics if isinstance(one.verdict, Refused)]
    assert (code in found) if code is not None else not {"beside-memory"} & set(found)
