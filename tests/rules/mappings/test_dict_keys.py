"""`dict-keys`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from tests.harness import Case, Declines, Ignores, Rewrites, check, names

REWRITES = [
    # --- loops and comprehensions ---
    Rewrites(
        "a loop over a dict that is assigned",
        "d = {'a': 1, 'b': 2}\nfor k in d.keys():\n    print(k)",
        "d = {'a': 1, 'b': 2}\nfor k in d:\n    print(k)",
        because="`d` is a dict",
    ),
    Rewrites(
        "a parameter annotated as a dict",
        "def f(d: dict[str, int]):\n    return [k for k in d.keys()]",
        "def f(d: dict[str, int]):\n    return [k for k in d]",
        calls=("f({'a': 1, 'b': 2})", "f({})"),
        because="annotated",
    ),
    Rewrites(
        "a loop with else and break",
        """
        def f(d: dict):
            for k in d.keys():
                if k > 1:
                    break
            else:
                return 'none'
            return k
        """,
        """
        def f(d: dict):
            for k in d:
                if k > 1:
                    break
            else:
                return 'none'
            return k
        """,
        calls=("f({1: 1, 2: 2})", "f({})"),
    ),
    Rewrites(
        "a loop whose target unpacks tuple keys",
        "d = {(1, 2): 3}\nfor a, b in d.keys():\n    print(a, b)",
        "d = {(1, 2): 3}\nfor a, b in d:\n    print(a, b)",
    ),
    Rewrites(
        "a set comprehension",
        "def f(d: dict): return {k % 2 for k in d.keys()}",
        "def f(d: dict): return {k % 2 for k in d}",
        ("f({1: 1, 3: 3})",),
    ),
    Rewrites(
        "a dict comprehension",
        "def f(d: dict): return {k: d[k] for k in d.keys()}",
        "def f(d: dict): return {k: d[k] for k in d}",
        ("f({1: 1, 3: 3})",),
    ),
    Rewrites(
        "a generator expression, whose first source is read when it is made",
        "def f(d: dict): return (k for k in d.keys())",
        "def f(d: dict): return (k for k in d)",
        ("f({1: 1, 3: 3})",),
    ),
    Rewrites(
        "the second clause of a comprehension",
        "def f(ds: list[dict]): return [k for d in ds for k in d.keys() if k]",
        "def f(ds: list[dict]): return [k for d in ds for k in d if k]",
        ("f([{1: 1}, {0: 0, 3: 3}])",),
    ),
    Rewrites(
        "a comprehension's condition",
        "def f(d: dict): return [k for k in [1, 2] if k in d.keys()]",
        "def f(d: dict): return [k for k in [1, 2] if k in d]",
        ("f({1: 1})",),
    ),
    Rewrites(
        "nested loops over the same dict",
        "d = {1: 1, 2: 2}\nfor a in d.keys():\n    for b in d.keys():\n        print(a, b)",
        "d = {1: 1, 2: 2}\nfor a in d:\n    for b in d:\n        print(a, b)",
    ),
    Rewrites(
        "a loop in an async function",
        "async def f(d: dict):\n    for k in d.keys():\n        await k",
        "async def f(d: dict):\n    for k in d:\n        await k",
    ),
    Rewrites(
        "a loop that changes the dict fails as it did",
        "def f(d: dict):\n    for k in d.keys():\n        d[k + 1] = 1",
        "def f(d: dict):\n    for k in d:\n        d[k + 1] = 1",
        calls=("f({1: 1})",),
    ),
    Rewrites(
        "a loop that rebinds the dict goes on over the old one",
        "def f(d: dict):\n    out = []\n    for k in d.keys():\n        d = {}\n        out.append(k)\n    return out",
        "def f(d: dict):\n    out = []\n    for k in d:\n        d = {}\n        out.append(k)\n    return out",
        calls=("f({1: 1, 2: 2})",),
    ),
    # --- membership ---
    Rewrites("in", "def f(d: dict, x): return x in d.keys()", "def f(d: dict, x): return x in d", ("f({1: 1}, 1)", "f({1: 1}, 2)")),
    Rewrites("not in", "def f(d: dict, x): return x not in d.keys()", "def f(d: dict, x): return x not in d", ("f({1: 1}, 1)", "f({}, 2)")),
    Rewrites(
        "something unhashable fails as it did", "def f(d: dict): return [] in d.keys()", "def f(d: dict): return [] in d", ("f({1: 1})",)
    ),
    Rewrites("an if", "d = {1: 1}\nif 1 in d.keys():\n    print('yes')", "d = {1: 1}\nif 1 in d:\n    print('yes')"),
    Rewrites("a while", "d = {1: 1}\nwhile 1 in d.keys():\n    del d[1]", "d = {1: 1}\nwhile 1 in d:\n    del d[1]"),
    Rewrites(
        "an elif",
        "d = {1: 1}\nif 2 in d:\n    pass\nelif 1 in d.keys():\n    print(1)",
        "d = {1: 1}\nif 2 in d:\n    pass\nelif 1 in d:\n    print(1)",
    ),
    Rewrites("an assert", "d = {1: 1}\nassert 1 in d.keys(), 'no'", "d = {1: 1}\nassert 1 in d, 'no'"),
    Rewrites("a lambda", "d = {1: 1}\nf = lambda x: x in d.keys()", "d = {1: 1}\nf = lambda x: x in d", ("f(1)", "f(2)"), wrap=False),
    Rewrites(
        "the last operand of a chained comparison",
        "def f(a, b, d: dict): return a == b in d.keys()",
        "def f(a, b, d: dict): return a == b in d",
        ("f(1, 1, {1: 1})", "f(1, 2, {1: 1})", "f(2, 2, {1: 1})"),
    ),
    Rewrites(
        "a defaultdict is not filled by asking",
        "from collections import defaultdict\nd = defaultdict(list)\nprint(1 in d.keys(), d)",
        "from collections import defaultdict\nd = defaultdict(list)\nprint(1 in d, d)",
    ),
    # --- builtins ---
    *(
        Rewrites(
            f"{name}({{}}.keys())",
            f"def f(d: dict): return {name}(d.keys())",
            f"def f(d: dict): return {name}(d)",
            ("f({3: 1, 1: 2})", "f({})", "f({0: 0})"),
        )
        for name in ("list", "tuple", "sorted", "len", "min", "max", "iter", "enumerate", "any", "all")
    ),
    *(
        Rewrites(
            f"{name} of keys that are strings",
            f"def f(d: dict[str, int]): return {name}(d.keys())",
            f"def f(d: dict[str, int]): return {name}(d)",
            ("f({'c': 1, 'a': 2})", "f({})"),
        )
        for name in ("set", "frozenset")
    ),
    Rewrites(
        "sorted with a key and reverse",
        "def f(d: dict): return sorted(d.keys(), key=abs, reverse=True)",
        "def f(d: dict): return sorted(d, key=abs, reverse=True)",
        ("f({-3: 1, 1: 2})",),
    ),
    Rewrites(
        "min with a default",
        "def f(d: dict): return min(d.keys(), default=7)",
        "def f(d: dict): return min(d, default=7)",
        ("f({-3: 1, 1: 2})", "f({})"),
    ),
    Rewrites(
        "max with a key",
        "def f(d: dict): return max(d.keys(), key=d.get)",
        "def f(d: dict): return max(d, key=d.get)",
        ("f({'a': 1, 'b': 2})", "f({})"),
    ),
    Rewrites(
        "enumerate with a start",
        "def f(d: dict): return list(enumerate(d.keys(), start=1))",
        "def f(d: dict): return list(enumerate(d, start=1))",
        ("f({-3: 1, 1: 2})",),
    ),
    Rewrites(
        "a wrong keyword fails as it did",
        "def f(d: dict): return list(d.keys(), start=1)",
        "def f(d: dict): return list(d, start=1)",
        ("f({-3: 1, 1: 2})",),
    ),
    Rewrites(
        "the copy is kept where the loop deletes",
        "def f(d: dict):\n    for k in list(d.keys()):\n        del d[k]\n    return d",
        "def f(d: dict):\n    for k in list(d):\n        del d[k]\n    return d",
        calls=("f({1: 1, 2: 2})",),
    ),
    Rewrites(
        "the copy is kept where a tuple is made",
        "def f(d: dict):\n    for k in tuple(d.keys()):\n        d.pop(k)\n    return d",
        "def f(d: dict):\n    for k in tuple(d):\n        d.pop(k)\n    return d",
        calls=("f({1: 1, 2: 2})",),
    ),
    Rewrites(
        "in a list of the keys", "def f(d: dict): return 1 in list(d.keys())", "def f(d: dict): return 1 in list(d)", ("f({1: 1})", "f({})")
    ),
    Rewrites("the first key", "def f(d: dict): return list(d.keys())[0]", "def f(d: dict): return list(d)[0]", ("f({5: 1})", "f({})")),
    Rewrites("next of iter", "def f(d: dict): return next(iter(d.keys()))", "def f(d: dict): return next(iter(d))", ("f({5: 1})", "f({})")),
    Rewrites("a nested call", "def f(d: dict): return len(sorted(d.keys()))", "def f(d: dict): return len(sorted(d))", ("f({5: 1})",)),
    Rewrites(
        "a default value of a parameter",
        "d = {1: 2}\ndef f(n=len(d.keys())): return n",
        "d = {1: 2}\ndef f(n=len(d)): return n",
        ("f()",),
        wrap=False,
    ),
    Rewrites(
        "a decorator's argument",
        "d = {1: 2}\ndef g(n): return lambda f: n\n@g(len(d.keys()))\ndef f(): pass\nprint(f)",
        "d = {1: 2}\ndef g(n): return lambda f: n\n@g(len(d))\ndef f(): pass\nprint(f)",
    ),
    Rewrites(
        "a match subject",
        "d = {1: 2}\nmatch len(d.keys()):\n    case 1:\n        print('one')",
        "d = {1: 2}\nmatch len(d):\n    case 1:\n        print('one')",
    ),
    # --- sets, where the order cannot be seen ---
    Rewrites(
        "a set that is compared",
        "def f(d: dict[int, int], e): return set(d.keys()) == e",
        "def f(d: dict[int, int], e): return set(d) == e",
        ("f({1: 1}, {1})",),
    ),
    Rewrites(
        "a set that is measured",
        "def f(d: dict[int, int]): return len(set(d.keys()))",
        "def f(d: dict[int, int]): return len(set(d))",
        ("f({1: 1})",),
    ),
    Rewrites(
        "a set that is searched", "def f(d: dict, x): return x in set(d.keys())", "def f(d: dict, x): return x in set(d)", ("f({1: 1}, 1)",)
    ),
    Rewrites(
        "a difference of sets that is sorted",
        "def f(d: dict[int, int], e: set): return sorted(set(d.keys()) - e)",
        "def f(d: dict[int, int], e: set): return sorted(set(d) - e)",
        ("f({1: 1, 2: 2}, {2})",),
    ),
    Rewrites(
        "a set of a defaultdict, which takes the same way as its view",
        "from collections import defaultdict\ndef f(d: defaultdict): return list(set(d.keys()))",
        "from collections import defaultdict\ndef f(d: defaultdict): return list(set(d))",
        ("f(defaultdict(int, {53: 1, 2: 2, 195: 3, 91: 4, 1: 5}))",),
    ),
    # --- receivers ---
    Rewrites("a display", "print(len({1: 2}.keys()))", "print(len({1: 2}))"),
    Rewrites("a constructor", "print(sorted(dict(a=1, b=2).keys()))", "print(sorted(dict(a=1, b=2)))"),
    Rewrites(
        "an attribute that is always a dict",
        "class C:\n    def __init__(self):\n        self.rows = {}\n    def f(self):\n        return [k for k in self.rows.keys()]",
        "class C:\n    def __init__(self):\n        self.rows = {}\n    def f(self):\n        return [k for k in self.rows]",
        ("C().f()",),
    ),
    Rewrites(
        "an OrderedDict",
        "from collections import OrderedDict\nd = OrderedDict(a=1)\nfor k in d.keys():\n    print(k)",
        "from collections import OrderedDict\nd = OrderedDict(a=1)\nfor k in d:\n    print(k)",
        because="OrderedDict",
    ),
    Rewrites(
        "a Counter",
        "import collections\nd = collections.Counter('abca')\nprint(sorted(d.keys()))",
        "import collections\nd = collections.Counter('abca')\nprint(sorted(d))",
    ),
    Rewrites(
        "the environment",
        "import os\nprint('no such name' in os.environ.keys())",
        "import os\nprint('no such name' in os.environ)",
        because="os.environ",
    ),
    Rewrites(
        "the environment, imported by name",
        "from os import environ\nfor k in environ.keys():\n    assert k",
        "from os import environ\nfor k in environ:\n    assert k",
    ),
    Rewrites("a result of a method of dicts", "d = {1: 1}\nprint(list(d.copy().keys()))", "d = {1: 1}\nprint(list(d.copy()))"),
    Rewrites(
        "a function of this file that gives a dict",
        "def g() -> dict[str, int]:\n    return {'a': 1}\nprint(list(g().keys()))",
        "def g() -> dict[str, int]:\n    return {'a': 1}\nprint(list(g()))",
    ),
    Rewrites(
        "an element of a list of dicts",
        "def f(rows: list[dict]): return len(rows[0].keys())",
        "def f(rows: list[dict]): return len(rows[0])",
        ("f([{1: 2}])",),
    ),
    Rewrites(
        "a dict of dicts",
        "def f(d: dict[str, dict[str, int]]): return [k for k in d['a'].keys()]",
        "def f(d: dict[str, dict[str, int]]): return [k for k in d['a']]",
        ("f({'a': {'b': 1}})", "f({})"),
    ),
    Rewrites(
        "after isinstance",
        "def f(x):\n    if isinstance(x, dict):\n        return sorted(x.keys())",
        "def f(x):\n    if isinstance(x, dict):\n        return sorted(x)",
        ("f({2: 1, 1: 1})", "f(1)"),
    ),
    Rewrites(
        "after a test for None",
        "def f(x: dict | None):\n    if x is None:\n        return 0\n    return len(x.keys())",
        "def f(x: dict | None):\n    if x is None:\n        return 0\n    return len(x)",
        ("f({2: 1, 1: 1})", "f(None)"),
    ),
    Rewrites(
        "one dict or another",
        "def f(d: dict, e: dict): return len((d or e).keys())",
        "def f(d: dict, e: dict): return len(d or e)",
        ("f({}, {1: 1})",),
    ),
    Rewrites(
        "a merged dict",
        "def f(d: dict, e: dict): return sorted((d | e).keys(), key=abs)",
        "def f(d: dict, e: dict): return sorted(d | e, key=abs)",
        ("f({2: 2}, {1: 1})",),
    ),
    Rewrites(
        "parentheses that a loop keeps",
        "def f(d: dict, e: dict): return [k for k in (d if d else e).keys()]",
        "def f(d: dict, e: dict): return [k for k in (d if d else e)]",
        ("f({}, {1: 1})",),
    ),
    Rewrites(
        "parentheses that a comparison keeps",
        "def f(d: dict, e: dict): return 1 in (d or e).keys()",
        "def f(d: dict, e: dict): return 1 in (d or e)",
        ("f({}, {1: 1})",),
    ),
    Rewrites(
        "an assignment expression keeps its parentheses",
        "def f(e: dict): return len((d := e).keys()), d",
        "def f(e: dict): return len((d := e)), d",
        ("f({1: 1})",),
    ),
    # --- layout ---
    Rewrites("a keyword that follows at once", "d = {1: 1}\nprint(1 in d.keys()and 2)", "d = {1: 1}\nprint(1 in d and 2)"),
    Rewrites("keywords on both sides", "d = {1: 1}\nx = [k for k in(d).keys()if k]", "d = {1: 1}\nx = [k for k in(d)if k]"),
    Rewrites(
        "a chain over several lines",
        "d = {1: 1}\nfor k in (\n    d\n    .copy()\n    .keys()\n):\n    print(k)",
        "d = {1: 1}\nfor k in (\n    d\n    .copy()\n):\n    print(k)",
    ),
    Rewrites("space around the dot", "d = {1: 1}\nprint(len(d . keys ( )))", "d = {1: 1}\nprint(len(d))"),
    Rewrites("a line continued with a backslash", "d = {1: 1}\nx = 1 in d \\\n    .keys()", "d = {1: 1}\nx = 1 in d"),
    Rewrites(
        "a comment in the receiver's own parentheses",
        "d = {1: 1}\nfor k in (d  # why\n          ).keys():\n    pass",
        "d = {1: 1}\nfor k in (d  # why\n          ):\n    pass",
    ),
    Rewrites(
        "a comment in parentheses that an argument keeps for it",
        "d = {1: 1}\nprint(len((d or  # why\n           d).keys()))",
        "d = {1: 1}\nprint(len(d or  # why\n           d))",
    ),
    Rewrites(
        "a comment behind the line", "d = {1: 1}\nfor k in d.keys():  # the keys\n    pass", "d = {1: 1}\nfor k in d:  # the keys\n    pass"
    ),
    Rewrites("a one-line loop", "d = {1: 1}\nfor k in d.keys(): print(k)", "d = {1: 1}\nfor k in d: print(k)"),
    Rewrites(
        "several sites in a statement",
        "d = {1: 1}\nx = [1 in d.keys(), len(d.keys()), [k for k in d.keys()]]",
        "d = {1: 1}\nx = [1 in d, len(d), [k for k in d]]",
    ),
    Rewrites(
        "letters beyond ASCII",
        "größe = {'é': '😀'}\nfor schlüssel in größe.keys(): print('😀', schlüssel in größe.keys())",
        "größe = {'é': '😀'}\nfor schlüssel in größe: print('😀', schlüssel in größe)",
    ),
    # --- f-strings ---
    Rewrites(
        "in an f-string", "d = {1: 1}\nprint(f'{len(d.keys())} of {2:>{len(d.keys())}}')", "d = {1: 1}\nprint(f'{len(d)} of {2:>{len(d)}}')"
    ),
    Rewrites(
        "unpacked",
        "d = {1: 2}\nprint(*d.keys(), [*d.keys(), 3], (*d.keys(),), max(*d.keys(), *[1]))",
        "d = {1: 2}\nprint(*d, [*d, 3], (*d,), max(*d, *[1]))",
    ),
    Rewrites("joined", "d = {'a': 2}\nprint(', '.join(d.keys()))", "d = {'a': 2}\nprint(', '.join(d))"),
    Rewrites(
        "counted and summed",
        "d = {1: 2}\nprint(list(enumerate(d.keys(), 1)), list(enumerate(d.keys(), start=1)), sum(d.keys()), sum(d.keys(), 3))",
        "d = {1: 2}\nprint(list(enumerate(d, 1)), list(enumerate(d, start=1)), sum(d), sum(d, 3))",
    ),
    Rewrites(
        "zipped, mapped and filtered",
        "d = {1: 2}\nprint(list(zip(d.keys(), 'ab')), list(zip('ab', d.keys())), list(map(str, d.keys())), list(filter(None, d.keys())))",
        "d = {1: 2}\nprint(list(zip(d, 'ab')), list(zip('ab', d)), list(map(str, d)), list(filter(None, d)))",
    ),
    Rewrites(
        "keys for another dict",
        "d = {3: 2, 1: 1}\nprint(dict.fromkeys(d.keys()), dict.fromkeys(d.keys(), 0))",
        "d = {3: 2, 1: 1}\nprint(dict.fromkeys(d), dict.fromkeys(d, 0))",
    ),
    Rewrites(
        "in a joined f-string",
        "d = {1: 1}\nprint('a' f\"{', '.join(str(k) for k in d.keys())}\" 'b')",
        "d = {1: 1}\nprint('a' f\"{', '.join(str(k) for k in d)}\" 'b')",
    ),
    Rewrites(
        "in an f-string with an equals sign before the field", "d = {1: 1}\nprint(f'n={len(d.keys())}')", "d = {1: 1}\nprint(f'n={len(d)}')"
    ),
    Rewrites("in an f-string in an f-string", "d = {1: 1}\nprint(f\"{f'{len(d.keys())}'}\")", "d = {1: 1}\nprint(f\"{f'{len(d)}'}\")"),
    # --- with one assumption ---
    Rewrites(
        "a parameter, whose type the caller chooses",
        "def f(d):\n    return [k for k in d.keys()]",
        "def f(d):\n    return [k for k in d]",
        ("f({1: 1})",),
        unsafe="type",
        because="`d` is a dict",
    ),
    Rewrites(
        "a Mapping",
        "from collections.abc import Mapping\ndef f(d: Mapping[str, int]): return len(d.keys())",
        "from collections.abc import Mapping\ndef f(d: Mapping[str, int]): return len(d)",
        ("f({'a': 1})",),
        unsafe="mapping",
        because="Mapping",
    ),
    Rewrites(
        "a dict that may be None",
        "def f(d: dict | None): return len(d.keys())",
        "def f(d: dict | None): return len(d)",
        ("f({'a': 1})",),
        unsafe="not-none",
        because="not None",
    ),
    Rewrites(
        "a class derived from dict",
        "class D(dict): pass\nd = D(a=1)\nprint(len(d.keys()))",
        "class D(dict): pass\nd = D(a=1)\nprint(len(d))",
        unsafe="subclass",
        because="`D`",
    ),
    Rewrites(
        "self in a class derived from dict",
        "class D(dict):\n    def f(self): return [k for k in self.keys()]",
        "class D(dict):\n    def f(self): return [k for k in self]",
        ("D(a=1).f()",),
        unsafe="subclass",
    ),
    Rewrites(
        "self in a class derived from a class of another file",
        "from collections import UserDict\nclass D(UserDict):\n    def f(self): return [k for k in self.keys()]",
        "from collections import UserDict\nclass D(UserDict):\n    def f(self): return [k for k in self]",
        ("D(a=1).f()",),
        unsafe=True,
    ),
    Rewrites(
        "a set whose order may be seen",
        "def f(d: dict[int, int]):\n    s = set(d.keys())\n    return s",
        "def f(d: dict[int, int]):\n    s = set(d)\n    return s",
        ("f({1: 1})",),
        unsafe="set-order",
        because="order",
    ),
    Rewrites(
        "both sides of a comparison",
        "def f(a: dict, b: dict): return set(a.keys()) == set(b.keys())",
        "def f(a: dict, b: dict): return set(a) == set(b)",
        ("f({1: 1}, {1: 2})",),
    ),
    Rewrites(
        "both sides of a comparison, one of which is not known",
        "def f(a, b: dict): return sorted(a.keys()) != sorted(b.keys())",
        "def f(a, b: dict): return sorted(a) != sorted(b)",
        ("f({1: 1}, {1: 2})",),
        unsafe=True,
        because="`a` is a dict",
    ),
    Rewrites(
        "a frozenset whose order may be seen",
        "def f(d: dict): return list(frozenset(d.keys()))",
        "def f(d: dict): return list(frozenset(d))",
        ("f({1: 1})",),
        unsafe="set-order",
    ),
    Rewrites(
        "a ChainMap",
        "from collections import ChainMap\nd = ChainMap({'a': 1})\nprint(len(d.keys()))",
        "from collections import ChainMap\nd = ChainMap({'a': 1})\nprint(len(d))",
        unsafe=True,
    ),
]

DECLINES = [
    Declines("a list", "xs = [1]\nfor k in xs.keys(): pass", "not-a-dict", mentions="a list"),
    Declines(
        "the other side of a comparison is no dict",
        "import xml.etree.ElementTree as E\nd = {}\nprint(sorted(E.Element('a').keys()) == sorted(d.keys()))",
        "keys-differ",
    ),
    Declines("a str", "def f(s: str): return len(s.keys())", "not-a-dict"),
    Declines("a class itself", "print(list(dict.keys()))", "not-a-dict"),
    Declines(
        "a class of this file itself", "class C:\n    @classmethod\n    def keys(cls): return []\nprint(list(C.keys()))", "not-a-dict"
    ),
    Declines(
        "a class that says itself what iterating means",
        "class C(dict):\n    def __iter__(self): return iter(())\nc = C(a=1)\nfor k in c.keys(): print(k)",
        "own-keys",
        mentions="`__iter__` at line 2",
    ),
    Declines(
        "a class with keys and nothing to iterate over",
        "class C:\n    def keys(self): return [1]\nc = C()\nfor k in c.keys(): print(k)",
        "own-keys",
        mentions="keys",
    ),
    Declines(
        "a class whose base of this file has keys",
        "class B:\n    def keys(self): return [1]\nclass C(B): pass\ndef f(c: C):\n    return len(c.keys())",
        "own-keys",
        mentions="`B`",
    ),
    Declines("a class of this file without keys", "class C: pass\nc = C()\nfor k in c.keys(): print(k)", "not-a-dict"),
    Declines(
        "self in __iter__, which would call itself", "class C:\n    def __iter__(self):\n        for k in self.keys(): yield k", "own-keys"
    ),
    Declines(
        "self in __contains__, which would call itself",
        "class C(dict):\n    def __contains__(self, x): return x in self.keys()",
        "own-keys",
    ),
    Declines(
        "self in a function inside a method",
        "class C(dict):\n    def keys(self): return []\n    def f(self):\n        return lambda: [k for k in self.keys()]",
        "own-keys",
    ),
    Declines("self under another name", "class C(dict):\n    def __len__(this): return len(this.keys())", "own-keys"),
    Declines("super, which cannot be iterated over", "class C(dict):\n    def f(self): return [k for k in super().keys()]", "super"),
    Declines("super with arguments", "class C(dict):\n    def f(self): return len(super(C, self).keys())", "super"),
    Declines("a module", "import registry_of_things\nfor k in registry_of_things.keys(): pass", "module"),
    Declines(
        "an XML element, whose keys are its attributes",
        "import xml.etree.ElementTree as ET\ndef f(e: ET.Element):\n    for k in e.keys(): pass",
        "keys-differ",
        mentions="Element",
    ),
    Declines(
        "an XML element that is made here",
        "import xml.etree.ElementTree as ET\ne = ET.Element('a')\nfor k in e.keys(): pass",
        "keys-differ",
        mentions="Element",
    ),
    Declines(
        "an XML element that is read here",
        "from xml.etree.ElementTree import fromstring\nfor k in fromstring('<a/>').keys(): pass",
        "keys-differ",
    ),
    Declines(
        "a row of a database, which iterates over values",
        "from sqlite3 import Row\ndef f(row: Row): return 'a' in row.keys()",
        "keys-differ",
    ),
    *(
        Declines(
            f"an XML element that is {how}",
            f"import xml.etree.ElementTree as ET\nfrom lxml import etree\ndef f(p):\n    root = ET.fromstring(p)\n{code}",
            "keys-differ",
        )
        for how, code in {
            "looped over": "    for e in root:\n        for k in e.keys(): pass",
            "found": "    return sorted(root.find('c').keys())",
            "one of those found": "    for e in root.findall('c'):\n        print('x' in e.keys())",
            "come to by its name": "    return [k for e in root.iter('c') for k in e.keys()]",
            "in its place": "    return len(root[0][1].keys())",
            "the root of a file": "    return list(ET.parse(p).getroot().keys())",
            "made by lxml": "    e = etree.fromstring(p)\n    for k in e.keys(): pass",
        }.items()
    ),
    Declines("an item of no XML element", "def f(d):\n    for e in d:\n        for k in e.keys(): pass", "type", unsafe=True),
    Declines(
        "an lxml element, whose keys are its attributes",
        "from lxml import etree\ndef f(e: etree._Element):\n    for k in e.keys(): pass",
        "keys-differ",
    ),
    Declines("a comment that would be lost", "d = {1: 1}\nfor k in (\n    d\n    # why\n    .keys()\n): pass", "comment"),
    Declines("a comment in the empty parentheses", "d = {1: 1}\nprint(len(d.keys(  # none\n)))", "comment"),
    Declines("a comment with a dot and a parenthesis in it", "d = {1: 1}\nprint(len(d  # (e.g. this)\n .keys()))", "comment"),
    Declines("a chained comparison that goes on", "d = {1: 1}\nprint(1 in d.keys() in [d])", "chain"),
    Declines("an f-string that prints its source", "d = {1: 1}\nprint(f'{len(d.keys())=}')", "shows-source"),
    Declines(
        "an f-string that prints its source, deeper", "d = {1: 1}\nprint(f'{sorted(str(k) for k in d.keys()) = !r:>20}')", "shows-source"
    ),
    Declines(
        "anything that has keys",
        "def f(self, e):\n    if hasattr(e, 'keys'):\n        for k in e.keys(): self[k] = e[k]",
        "asked-for",
        mentions="line 2",
    ),
    Declines(
        "anything of which keys can be had",
        "def f(self, e):\n    if callable(getattr(e, 'keys', None)): return len(e.keys())",
        "asked-for",
    ),
    Declines(
        "something else that was asked for keys",
        "def f(self, e, d):\n    if hasattr(d, 'keys'): return len(e.keys())",
        "type",
        unsafe=True,
    ),
    Declines("a parameter of unknown type", "def f(d):\n    for k in d.keys(): pass", "type", unsafe=True, mentions="`d` is a dict"),
    Declines(
        "a subscript of unknown type", "def f(d):\n    for k in d['a'].keys(): pass", "type", unsafe=True, mentions="`d['a']` is a dict"
    ),
    Declines("an object of another library", "import redis\nr = redis.Redis()\nfor k in r.keys(): pass", "type", unsafe=True),
    Declines("a shelf", "import shelve\nd = shelve.open('x')\nfor k in d.keys(): pass", "mapping", unsafe=True),
    Declines(
        "a union with another class of this file",
        "class C:\n    def keys(self): return [1]\ndef f(x: dict | C): return len(x.keys())",
        "own-keys",
    ),
    Declines(
        "an annotated dict that is given something else in the file",
        "class C:\n    def keys(self): return [1]\nd: dict = {}\nd = C()\nfor k in d.keys(): print(k)",
        "own-keys",
    ),
    Declines("a set of keys of something unknown", "def f(d):\n    print(set(d.keys()))", "type", unsafe=True),
]

IGNORES = [
    Ignores("the dict itself", "d = {}\nfor k in d: print(k in d)"),
    Ignores("a set operation", "d = {}\ne = {}\nfor k in d.keys() & e.keys(): pass"),
    Ignores("membership in a set operation", "d = {}\ns = set()\nprint('a' in d.keys() | s)"),
    Ignores("a comparison of views", "d = {}\ne = {}\nprint(d.keys() == e.keys(), d.keys() <= e.keys())"),
    Ignores("the left operand of in", "d = {}\nprint(d.keys() in [1])"),
    Ignores("a view in a chain that is the right operand of something else", "print([1, 2] == {}.keys() in {False})"),
    Ignores("a view that is kept", "d = {}\nview = d.keys()"),
    Ignores("a view that is returned", "def f(d): return d.keys()"),
    Ignores("a view that is passed on", "d = {}\nprint(d.keys())"),
    Ignores("a view that is unpacked into a set, or by an assignment", "d = {}\nprint({*d.keys()})\n(*a,) = d.keys()"),
    Ignores("a view zipped with another", "d = {}\nprint(list(zip(d.keys(), d.values())))"),
    Ignores(
        "a join of something unknown", "def f(d: dict, sep, m):\n    return sep.join(d.keys()), m.join(d.keys()), ''.join(d.keys(), 1)"
    ),
    Ignores("what maps it", "def f(d: dict):\n    return map(d.keys(), d), filter(d.keys(), d), map(str, d.keys(), d), map(d.keys())"),
    Ignores(
        "a zip of one's own", "from m import zip, map, sum, filter\nd = {}\nprint(zip(d.keys(), []), map(str, d.keys()), sum(d.keys()))"
    ),
    Ignores("fromkeys of something else", "def f(d: dict, m):\n    return m.fromkeys(d.keys()), dict.fromkeys([], d.keys())"),
    Ignores("fromkeys of a dict of one's own", "from m import dict\nd = {}\nprint(dict.fromkeys(d.keys()))"),
    Ignores("two positional arguments", "d = {1: 2}\nprint(max(d.keys(), d.keys()), list(enumerate(d, d.keys())))"),
    Ignores("a keyword argument", "d = {1: 2}\nprint(dict(list=d.keys()))"),
    Ignores(
        "keys with arguments", "def f(d, e):\n    for k in d.keys(e): pass\n    for k in d.keys(*e): pass\n    for k in d.keys(**e): pass"
    ),
    Ignores("values and items", "d = {}\nfor v in d.values(): pass\nfor k, v in d.items(): pass"),
    Ignores("a function called keys", "def keys(): return []\nfor k in keys(): pass"),
    Ignores("keys that is not called", "d = {}\nfor k in d.keys: pass"),
    Ignores("another builtin", "d = {1: 2}\nprint(repr(d.keys()), reversed(d.keys()))"),
    Ignores("a list that is no builtin", "from m import list\nd = {}\nprint(list(d.keys()))"),
    Ignores("a len that is a parameter", "def f(d: dict, len): return len(d.keys())"),
    Ignores("a method called list", "def f(d: dict, m): return m.list(d.keys())"),
    Ignores("an asynchronous loop", "async def f(d: dict):\n    async for k in d.keys(): pass\n    return [k async for k in d.keys()]"),
    Ignores("a view compared by identity", "d = {}\nprint(d is d.keys())"),
    Ignores("text that looks like it", "s = 'for k in d.keys(): pass'  # d.keys()"),
    Ignores("a view that is passed on, beside a list", "def f(d: dict, keep):\n    keep(d.keys())\n    print(list(d), d.keys() in [1])"),
]

CASES: list[Case] = [*REWRITES, *DECLINES, *IGNORES]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_dict_keys(case: Case) -> None:
    check(case, "dict-keys")


def test_there_are_enough_refusals() -> None:
    assert len(DECLINES) + len(IGNORES) >= 50
    assert len(CASES) >= 80


def test_a_set_of_a_dict_comes_out_in_another_order_than_a_set_of_its_keys() -> None:
    """Why a set is special. If this fails, CPython has changed, and `analysis.set_order` may go."""
    d = dict.fromkeys([53, 2, 195, 91, 1, 105, 169, 168, 27, 159, 198, 41, 45, 78, 132, 186, 120, 193, 89, 184, 64, 96, 109, 163, 38])
    assert set(d) == set(d.keys())  # pyfix: ignore[dict-keys]
    assert any(list(set(part)) != list(set(part.keys())) for part in (dict.fromkeys(list(d)[:size]) for size in range(len(d) + 1)))


def test_it_goes_together_with_dict_items() -> None:
    before = b"def f(d: dict[str, int]):\n    for k in sorted(d.keys()):\n        print(k, d[k])\n"
    outcome = process(before, Settings(("dict-items", "dict-keys")))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"def f(d: dict[str, int]):\n    for k, value in sorted(d.items()):\n        print(k, value)\n"
    assert not outcome.defects


@pytest.mark.parametrize(
    "line",
    [
        "for k in d.keys():  # pyfix: ignore[dict-keys]",
        "for k in (  # pyfix: ignore\n    d.keys()\n):",
        "for k in d.keys():  # pyfix: ignore",
    ],
)
def test_a_comment_on_the_header_holds_it_back(line: str) -> None:
    outcome = process(f"d = {{}}\n{line}\n    pass\n".encode(), Settings(("dict-keys",)))
    assert isinstance(outcome, Clean)
    assert [one.suppressed for one in outcome.diagnostics] == [True]


def test_a_comment_in_the_body_does_not() -> None:
    outcome = process(b"d = {}\nfor k in d.keys():\n    pass  # pyfix: ignore\n", Settings(("dict-keys",)))
    assert isinstance(outcome, Fixed)


def test_its_page_says_why() -> None:
    page = registry.rule("dict-keys").page
    assert all(word in page for word in ("Before:", "After:", "Why:", "Safe:", "Refused:", "Python 2", "set operations"))
