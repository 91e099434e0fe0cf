"""`dict-values`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed
from codemods.model.settings import Settings
from tests.harness import Case, Declines, Ignores, Rewrites, check, names

CALLS = ("f({'a': 1, 'b': 2})", "f({})")


def function(body: str, annotation: str = "dict") -> str:
    """A function of a dict `d`."""
    return (
        f"def f(d: {annotation}):\n    out = []\n" + "".join(f"    {line}\n" for line in body.strip("\n").split("\n")) + "    return out\n"
    )


def loop(name: str, before: str, after: str, **more: object) -> Rewrites:
    return Rewrites(name, function(before), function(after), CALLS, **more)  # type: ignore[arg-type]


def clause(name: str, before: str, after: str, calls: tuple[str, ...] = CALLS, **more: object) -> Rewrites:
    """A function that returns a comprehension."""
    return Rewrites(name, f"def f(d: dict): return {before}", f"def f(d: dict): return {after}", calls, **more)  # type: ignore[arg-type]


REWRITES = [
    # --- for k, v in d.items() ---
    Rewrites(
        "keys of two dicts, of which one is used",
        "def f(d: dict[str, int], e: dict[str, int]):\n    return [(k, d[k], e[j]) for k in d for j in e]\n",
        "def f(d: dict[str, int], e: dict[str, int]):\n    return [(k, d[k], value) for k in d for value in e.values()]\n",
        ("f({'a': 1}, {'b': 2, 'c': 3})",),
    ),
    Rewrites(
        "keys of two dicts",
        "def f(d: dict[str, int], e: dict[str, int]):\n    return [d[k] + e[j] for k in d for j in e]\n",
        "def f(d: dict[str, int], e: dict[str, int]):\n    return [value + j_value for value in d.values() for j_value in e.values()]\n",
        ("f({'a': 1}, {'b': 2, 'c': 3})",),
    ),
    loop("a key that is not used", "for k, v in d.items(): out.append(v)", "for v in d.values(): out.append(v)", because="`d` is a dict"),
    loop("an underscore", "for _, v in d.items(): out.append(v)", "for v in d.values(): out.append(v)"),
    loop("a name with an underscore", "for _k, v in d.items(): out.append(v)", "for v in d.values(): out.append(v)"),
    loop("parentheses around the target", "for (k, v) in d.items(): out.append(v)", "for v in d.values(): out.append(v)"),
    loop("a list as the target", "for [k, v] in d.items(): out.append(v)", "for v in d.values(): out.append(v)"),
    loop("no space in the target", "for k,v in d.items(): out.append(v)", "for v in d.values(): out.append(v)"),
    loop("no space around the target", "for(k,v)in d.items(): out.append(v)", "for v in d.values(): out.append(v)"),
    loop("no space behind in", "for k, v in(d).items(): out.append(v)", "for v in (d).values(): out.append(v)"),
    loop("a loop that is never reached", "return out\nfor k, v in d.items(): pass", "return out\nfor v in d.values(): pass"),
    loop("neither is used", "for k, v in d.items(): out.append(1)", "for v in d.values(): out.append(1)"),
    loop(
        "the value is bound again",
        "for k, v in d.items():\n    v = 1\n    out.append(v)",
        "for v in d.values():\n    v = 1\n    out.append(v)",
    ),
    loop(
        "the value is used behind the loop",
        "v = 0\nfor k, v in d.items(): pass\nout.append(v)",
        "v = 0\nfor v in d.values(): pass\nout.append(v)",
    ),
    loop(
        "break and else",
        "for k, v in d.items():\n    if v: break\nelse:\n    out.append(v)\nv = 0",
        "for v in d.values():\n    if v: break\nelse:\n    out.append(v)\nv = 0",
    ),
    loop("a loop that grows the dict fails as it did", "for k, v in d.items(): d[v] = v", "for v in d.values(): d[v] = v"),
    loop("a loop that clears the dict fails as it did", "for k, v in d.items(): d.clear()", "for v in d.values(): d.clear()"),
    loop(
        "a loop that binds the dict again",
        "for k, v in d.items():\n    d = {}\n    out.append(v)",
        "for v in d.values():\n    d = {}\n    out.append(v)",
    ),
    loop("a copy", "for k, v in list(d.items()): out.append(v)", "for v in list(d.values()): out.append(v)"),
    loop(
        "a copy of a dict that is emptied",
        "for k, v in tuple(d.items()):\n    d.clear()\n    out.append(v)",
        "for v in tuple(d.values()):\n    d.clear()\n    out.append(v)",
    ),
    loop(
        "the key's name has another meaning before",
        "k = 5\nout.append(k)\nfor k, v in d.items(): out.append(v)",
        "k = 5\nout.append(k)\nfor v in d.values(): out.append(v)",
    ),
    loop(
        "the key's name is bound again behind",
        "for k, v in d.items(): out.append(v)\nk = 5\nout.append(k)",
        "for v in d.values(): out.append(v)\nk = 5\nout.append(k)",
    ),
    loop(
        "a nested loop",
        "for a, b in d.items():\n    for k, v in d.items(): out.append((a, v))",
        "for a, b in d.items():\n    for v in d.values(): out.append((a, v))",
    ),
    loop(
        "two loops with the same key",
        "for k, v in d.items(): out.append(v)\nfor k, v in d.items(): out.append(k)",
        "for v in d.values(): out.append(v)\nfor k, v in d.items(): out.append(k)",
    ),
    loop(
        "a lambda's own parameter",
        "for k, v in d.items(): out.append((lambda k: k)(v))",
        "for v in d.values(): out.append((lambda k: k)(v))",
    ),
    loop(
        "an attribute and a keyword of the key's name",
        "for k, v in d.items(): out.append(dict(k=v))",
        "for v in d.values(): out.append(dict(k=v))",
    ),
    loop(
        "a comment behind the header", "for k, v in d.items():  # all\n    out.append(v)", "for v in d.values():  # all\n    out.append(v)"
    ),
    loop("a comment in the call", "for k, v in d.items(  # all\n): out.append(v)", "for v in d.values(  # all\n): out.append(v)"),
    loop("several lines", "for k, v in (\n    d\n    .items()\n): out.append(v)", "for v in (\n    d\n    .values()\n): out.append(v)"),
    Rewrites(
        "values that are unpacked",
        function("for k, (a, b) in d.items(): out.append(a)"),
        function("for a, b in d.values(): out.append(a)"),
        ("f({1: (2, 3)})", "f({1: 2})"),
    ),
    Rewrites(
        "values of one part",
        function("for k, (a,) in d.items(): out.append(a)"),
        function("for a, in d.values(): out.append(a)"),
        ("f({1: (2,)})",),
    ),
    Rewrites(
        "values with a star",
        function("for k, (a, *b) in d.items(): out.append(b)"),
        function("for a, *b in d.values(): out.append(b)"),
        ("f({1: (2, 3)})",),
    ),
    Rewrites(
        "values in a list",
        function("for k, [a, b] in d.items(): out.append(a)"),
        function("for [a, b] in d.values(): out.append(a)"),
        ("f({1: (2, 3)})",),
    ),
    Rewrites(
        "values stored in an attribute",
        function("for k, out[0:] in d.items(): pass"),
        function("for out[0:] in d.values(): pass"),
        ("f({1: [2]})",),
    ),
    Rewrites(
        "values over several lines",
        function("for k, (\n    a,\n    b,\n) in d.items(): out.append(a)"),
        function("for a, b in d.values(): out.append(a)"),
        ("f({1: (2, 3)})",),
    ),
    Rewrites(
        "a key of known parts",
        function("for (a, b), v in d.items(): out.append(v)", "dict[tuple[int, int], str]"),
        function("for v in d.values(): out.append(v)", "dict[tuple[int, int], str]"),
        ("f({(1, 2): 'x'})",),
    ),
    Rewrites(
        "a key of unknown parts",
        function("for (a, b), v in d.items(): out.append(v)"),
        function("for v in d.values(): out.append(v)"),
        ("f({(1, 2): 'x'})",),
        unsafe="key-shape",
    ),
    Rewrites(
        "a key of many parts",
        function("for (a, b), v in d.items(): out.append(v)", "dict[tuple[int, ...], str]"),
        function("for v in d.values(): out.append(v)", "dict[tuple[int, ...], str]"),
        ("f({(1, 2): 'x'})",),
        unsafe="key-shape",
    ),
    Rewrites(
        "an unknown type",
        "def f(d):\n    for k, v in d.items(): print(v)",
        "def f(d):\n    for v in d.values(): print(v)",
        CALLS,
        unsafe="type",
    ),
    Rewrites(
        "a Mapping",
        "from typing import Mapping\ndef f(d: Mapping): return [v for k, v in d.items()]",
        "from typing import Mapping\ndef f(d: Mapping): return [v for v in d.values()]",
        CALLS,
        unsafe="type",
    ),
    Rewrites(
        "a dict or None",
        "def f(d: dict | None): return [v for k, v in d.items()]",
        "def f(d: dict | None): return [v for v in d.values()]",
        CALLS,
        unsafe="type",
    ),
    Rewrites(
        "a class derived from dict",
        "class D(dict):\n    def f(self): return [v for k, v in self.items()]",
        "class D(dict):\n    def f(self): return [v for v in self.values()]",
        ("D({1: 2}).f()",),
        unsafe="type",
    ),
    Rewrites(
        "what a call returns", "def f(d): return [v for k, v in dict(d).items()]", "def f(d): return [v for v in dict(d).values()]", CALLS
    ),
    Rewrites("a display", "print([v for k, v in {1: 2}.items()])", "print([v for v in {1: 2}.values()])"),
    Rewrites(
        "an attribute",
        "class A:\n    def __init__(self): self.d = {1: 2}\n    def f(self): return [v for k, v in self.d.items()]",
        "class A:\n    def __init__(self): self.d = {1: 2}\n    def f(self): return [v for v in self.d.values()]",
        ("A().f()",),
    ),
    *(
        Rewrites(
            f"a {kind}",
            f"from collections import {kind}\nd = {kind}({{}})\nprint([v for _, v in d.items()])".replace(
                "defaultdict({", "defaultdict(int, {"
            ),
            f"from collections import {kind}\nd = {kind}({{}})\nprint([v for v in d.values()])".replace(
                "defaultdict({", "defaultdict(int, {"
            ),
        )
        for kind in ("OrderedDict", "Counter", "defaultdict")
    ),
    Rewrites(
        "the environment",
        "import os\nprint(len([v for k, v in os.environ.items()]))",
        "import os\nprint(len([v for v in os.environ.values()]))",
    ),
    Rewrites("the module", "d = {1: 2}\nfor k, v in d.items():\n    print(v)", "d = {1: 2}\nfor v in d.values():\n    print(v)"),
    Rewrites(
        "a private name of a package",
        "d = {1: 2}\nfor _, v in d.items():\n    print(v)",
        "d = {1: 2}\nfor v in d.values():\n    print(v)",
        filename="__init__.py",
    ),
    # --- comprehensions ---
    clause("a list comprehension", "[v for k, v in d.items()]", "[v for v in d.values()]"),
    clause("a set comprehension", "{v for k, v in d.items()}", "{v for v in d.values()}"),
    clause("a dict comprehension", "{v: v for k, v in d.items()}", "{v: v for v in d.values()}"),
    clause("a generator expression", "(v for k, v in d.items())", "(v for v in d.values())"),
    clause("a generator expression in a call", "sum(v for k, v in d.items())", "sum(v for v in d.values())"),
    clause("a condition", "[v for k, v in d.items() if v > 1]", "[v for v in d.values() if v > 1]"),
    clause(
        "two clauses",
        "[(v, w) for k, v in d.items() for k2, w in d.items() if k2]",
        "[(v, w) for v in d.values() for k2, w in d.items() if k2]",
    ),
    clause(
        "the second clause", "[(k, w) for k, v in d.items() for k2, w in d.items()]", "[(k, w) for k, v in d.items() for w in d.values()]"
    ),
    clause("both clauses", "[(v, w) for k, v in d.items() for k2, w in d.items()]", "[(v, w) for v in d.values() for w in d.values()]"),
    clause("a nested comprehension", "[[w for a, w in d.items()] for k, v in d.items()]", "[[w for w in d.values()] for v in d.values()]"),
    clause(
        "a comprehension in an f-string", "f'{[v for v in d]}', [v for k, v in d.items()]", "f'{[v for v in d]}', [v for v in d.values()]"
    ),
    Rewrites(
        "a comprehension in a class body",
        "class A:\n    d = {1: 2}\n    vs = [v for k, v in d.items()]",
        "class A:\n    d = {1: 2}\n    vs = [v for v in d.values()]",
        ("A.vs",),
    ),
    # --- for k in d: d[k] ---
    loop("values that are looked up", "for k in d: out.append(d[k])", "for value in d.values(): out.append(value)"),
    loop("looked up by keys", "for k in d.keys(): out.append(d[k])", "for value in d.values(): out.append(value)"),
    loop("looked up twice", "for k in d: out.append(d[k] + d[k])", "for value in d.values(): out.append(value + value)"),
    loop("a first line that looks up", "for k in d:\n    x = d[k]\n    out.append(x)", "for x in d.values():\n    out.append(x)"),
    Rewrites(
        "a first line that unpacks",
        function("for k in d:\n    a, b = d[k]\n    out.append(a)"),
        function("for a, b in d.values():\n    out.append(a)"),
        ("f({1: (2, 3)})",),
    ),
    loop("a copy that is looked up", "for k in list(d): out.append(d[k])", "for value in list(d.values()): out.append(value)"),
    clause("looked up in a comprehension", "[d[k] for k in d]", "[value for value in d.values()]"),
    clause("looked up with a condition", "[d[k] for k in d if d[k]]", "[value for value in d.values() if value]"),
    clause("looked up in a sum", "sum(d[k] for k in d)", "sum(value for value in d.values())"),
    Rewrites(
        "looked up in a plural",
        "def f(scores: dict): return [scores[k] for k in scores for value in 'ab']",
        "def f(scores: dict): return [score for score in scores.values() for value in 'ab']",
        CALLS,
    ),
    Rewrites(
        "looked up in an unknown type",
        "def f(d):\n    for k in d: print(d[k])",
        "def f(d):\n    for value in d.values(): print(value)",
        CALLS,
        unsafe="type",
    ),
]


def declines(name: str, code: str, body: str, **more: object) -> Declines:
    return Declines(name, function(body), code, **more)  # type: ignore[arg-type]


TOP = ("function", "method")

DECLINES = [
    # --- the key is used elsewhere ---
    declines("used behind the loop", "key-seen", "for k, v in d.items(): pass\nout.append(k)", mentions="line 4"),
    Declines(
        "bound by nothing else, so that a use before the loop would read the global",
        "k = 5\ndef run(d: dict):\n    try: print(k)\n    except UnboundLocalError: print('unbound')\n    for k, v in d.items(): print(v)\nrun({1: 2})",
        "key-seen",
        mentions="line 3",
    ),
    declines("used in else", "key-seen", "for k, v in d.items(): pass\nelse: out.append(k)"),
    declines("deleted behind the loop", "key-seen", "for k, v in d.items(): pass\ndel k"),
    declines("augmented behind the loop", "key-seen", "k = 0\nfor k, v in d.items(): pass\nk += 1"),
    declines("used in an outer loop's next turn", "key-seen", "k = 0\nfor i in 'ab':\n    out.append(k)\n    for k, v in d.items(): pass"),
    declines("used in a function", "key-seen", "def g(): return k\nfor k, v in d.items(): out.append(g())"),
    declines("used in a lambda before", "key-seen", "g = lambda: k\nfor k, v in d.items(): out.append(g())"),
    declines("used after an exception", "key-seen", "try:\n    for k, v in d.items(): 1 / v\nexcept ZeroDivisionError:\n    out.append(k)"),
    declines("used behind an inner loop", "key-seen", "for i in 'ab':\n    for k, v in d.items(): pass\n    out.append(k)"),
    declines("used after a loop that may not bind it again", "key-seen", "for k, v in d.items(): pass\nfor k in (): pass\nout.append(k)"),
    declines("a part of it used behind", "key-seen", "for (a, b), v in d.items(): pass\nout.append(b)"),
    declines("looked up, and used behind", "key-seen", "for k in d: out.append(d[k])\nout.append(k)"),
    Declines("used by a function of the module", "d = {1: 2}\nfor k, v in d.items(): pass\ndef g(): return k", "key-seen"),
    Declines("a name in __all__", "__all__ = ['k']\nd = {1: 2}\nfor k, v in d.items(): pass", "key-public", skip=TOP),
    Declines("a name of a package", "d = {1: 2}\nfor k, v in d.items(): pass", "key-public", filename="__init__.py", skip=TOP),
    Declines(
        "a name that is spelled",
        "import sys\nd = {1: 2}\nfor k, v in d.items(): pass\nprint(getattr(sys.modules[__name__], 'k'))",
        "key-public",
        skip=TOP,
    ),
    Declines("a class body", "class A:\n    d = {1: 2}\n    for k, v in d.items(): pass", "class-body"),
    declines("locals", "names-seen", "for k, v in d.items(): out.append(locals())"),
    declines("locals behind the loop", "names-seen", "for k, v in d.items(): pass\nout.append(locals())"),
    declines("eval", "names-seen", "for k, v in d.items(): out.append(eval('k'))"),
    declines("locals in a comprehension", "names-seen", "out.append([locals() for k, v in d.items()])"),
    Declines("exec in the module", "d = {1: 2}\nfor k, v in d.items(): exec('print(k)')", "names-seen"),
    # --- the key is bound elsewhere ---
    declines("bound again in the loop", "key-rebound", "for k, v in d.items(): k = v"),
    declines("deleted in the loop", "key-rebound", "for k, v in d.items(): del k"),
    declines("the target of an inner loop", "key-rebound", "for k, v in d.items():\n    for k in v: pass"),
    declines("bound twice", "same-name", "for x, x in d.items(): out.append(1)"),
    declines("underscores both", "same-name", "for _, _ in d.items(): out.append(1)"),
    declines("a part bound twice", "same-name", "for (a, b), a in d.items(): out.append(1)"),
    declines("a global key", "key-target", "global k\nfor k, v in d.items(): out.append(v)", skip=()),
    declines("a nonlocal key", "key-target", "k = 1\ndef g():\n    nonlocal k\n    for k, v in d.items(): out.append(v)"),
    declines("a key stored in an attribute", "key-target", "for out.k, v in d.items(): pass"),
    declines("a key stored in a subscript", "key-target", "for out[0], v in d.items(): pass"),
    declines("a part stored in a subscript", "key-target", "for (a, out[0]), v in d.items(): pass"),
    # --- no dict ---
    declines("super", "super", "for k, v in super().items(): pass"),
    Declines("a list", "def f(d: list):\n    for k, v in d.items(): pass", "not-a-dict", mentions="a list"),
    Declines("a str", "for k, v in 'abc'.items(): pass", "not-a-dict"),
    Declines(
        "a class with its own items",
        "class D(dict):\n    def items(self): return [(1, 2)]\n    def f(self): return [v for k, v in self.items()]",
        "own-views",
        mentions="items",
    ),
    Declines(
        "a class with its own values",
        "class D(dict):\n    def values(self): return [1]\n    def f(self): return [v for k, v in self.items()]",
        "own-views",
    ),
    Declines(
        "a class with its own reads",
        "class D(dict):\n    def __getitem__(self, k): return 1\n    def f(self): return [v for k, v in self.items()]",
        "own-views",
    ),
    Declines(
        "a class derived from such a class",
        "class D(dict):\n    def values(self): return [1]\nclass E(D):\n    def f(self): return [v for k, v in self.items()]",
        "own-views",
        mentions="`D`",
    ),
    Declines("a copy by another list", "from m import list\ndef f(d: dict):\n    for k, v in list(d.items()): pass", "shadowed"),
    # --- layout ---
    declines("a comment in the target", "comment", "for (k,  # why\n     v) in d.items(): pass"),
    # --- looked up ---
    declines("looked up behind a write", "key-needed", "for k in d:\n    out.append(d[k])\n    d[1] = 2\n    out.append(d[k])"),
    declines("looked up later", "key-needed", "for k in d:\n    out.append(d[k])\n    out.append(lambda: d[k])"),
    declines("looked up later only", "read-later", "for k in d: out.append(lambda: d[k])"),
    declines("a lazy generator expression", "lazy", "return (d[k] for k in d)"),
    declines("looked up in a dict that is bound again", "rebound", "for k in d:\n    out.append(d[k])\n    d = {}"),
    Declines("looked up in a list", "def f(d: list): return [d[k] for k in d]", "not-a-dict"),
    Declines(
        "keys that are texts, unpacked",
        "def f(d: dict[str, int]):\n    for (a, b), v in d.items():\n        print(v)",
        "key-shape",
        unsafe=True,
    ),
    Declines(
        "keys unpacked twice over",
        "def f(d: dict[tuple[int, tuple[int, int]], int]):\n    for (a, (b, c)), v in d.items():\n        print(v)",
        "key-shape",
        unsafe=True,
    ),
    Declines(
        "a read behind a write, in a loop that begins with something else",
        "def f(d: dict[str, int]):\n    for k in d:\n        n = 0\n        print(d[k], n)\n        d['a'] = 5\n        print(d[k])",
        "key-needed",
    ),
]

IGNORES = [
    Ignores("a key that is used", "def f(d: dict):\n    for k, v in d.items(): print(k, v)"),
    Ignores("a key that a condition uses", "def f(d: dict): return [v for k, v in d.items() if k]"),
    Ignores("a key that a later clause uses", "def f(d: dict): return [v for k, v in d.items() for x in k]"),
    Ignores("a key that an earlier clause uses", "def f(d: dict): return [v for a in d if a and k for k, v in d.items()]"),
    Ignores("a key that a lambda uses", "def f(d: dict): return [lambda: k for k, v in d.items()]"),
    Ignores("a key that a nested comprehension uses", "def f(d: dict): return [[k for _ in v] for k, v in d.items()]"),
    Ignores("a key that a function in the loop uses", "def f(d: dict):\n    for k, v in d.items():\n        def g(): return k"),
    Ignores("an underscore that is used", "def f(d: dict):\n    for _, v in d.items(): print(_('text'), v)"),
    Ignores("a key that is augmented", "def f(d: dict):\n    for k, v in d.items(): print(k)"),
    Ignores("a key that the target uses", "def f(d: dict, e: dict):\n    for k, e[k] in d.items(): pass"),
    Ignores("a part that is used", "def f(d: dict):\n    for (a, b), v in d.items(): print(a, v)"),
    Ignores("a key that an f-string uses", "def f(d: dict): return [f'{k}' for k, v in d.items()]"),
    Ignores("sorted pairs", "def f(d: dict):\n    for k, v in sorted(d.items()): print(v)"),
    Ignores("sorted keys", "def f(d: dict):\n    for k in sorted(d): print(d[k])"),
    Ignores("reversed pairs", "def f(d: dict):\n    for k, v in reversed(d.items()): print(v)"),
    Ignores("counted pairs", "def f(d: dict):\n    for i, (k, v) in enumerate(d.items()): print(i, v)"),
    Ignores("pairs as they are", "def f(d: dict):\n    for pair in d.items(): print(pair)"),
    Ignores("a starred target", "def f(d: dict):\n    for k, *v in d.items(): print(v)"),
    Ignores("three parts", "def f(d: dict):\n    for k, v, w in d.items(): print(v)"),
    Ignores("the value is not used", "def f(d: dict):\n    for k, _ in d.items(): print(k)"),
    Ignores("values", "def f(d: dict):\n    for v in d.values(): print(v)"),
    Ignores("keys", "def f(d: dict):\n    for k in d: print(k)"),
    Ignores("keys that are looked up and used", "def f(d: dict):\n    for k in d: print(k, d[k])"),
    Ignores("keys that are looked up in two dicts", "def f(d: dict, e: dict):\n    for k in d: print(d[k], e[k])"),
    Ignores("keys that are looked up elsewhere", "def f(d: dict, e: dict):\n    for k in d: print(e[k])"),
    Ignores("values that are set", "def f(d: dict):\n    for k in d: d[k] = 1"),
    Ignores("values that are augmented", "def f(d: dict):\n    for k in d: d[k] += 1"),
    Ignores("items with an argument", "def f(d: dict):\n    for k, v in d.items(1): print(v)"),
    Ignores("a function called items", "def items(): return []\nfor k, v in items(): print(v)"),
    Ignores(
        "an asynchronous loop", "async def f(d: dict):\n    async for k, v in d.items(): pass\n    return [v async for k, v in d.items()]"
    ),
    Ignores("text that looks like it", "s = 'for k, v in d.items(): pass'  # for k, v in d.items()"),
    Ignores("a key that is subscripted itself", "def f(d: dict[tuple[int, int], int]):\n    for k in d:\n        print(d[k], k[0])"),
]

CASES: list[Case] = [*REWRITES, *DECLINES, *IGNORES]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_dict_values(case: Case) -> None:
    check(case, "dict-values")


def test_there_are_enough_refusals() -> None:
    assert len(DECLINES) + len(IGNORES) >= 50
    assert len(CASES) >= 100


def test_it_is_on_request() -> None:
    assert "dict-values" not in registry.select(None)
    assert "dict-values" in registry.select(["dict-values"])


@pytest.mark.parametrize("first", ["for k in d:", "for k in d.keys():", "for k, v in d.items():", "for k in list(d):"])
@pytest.mark.parametrize("body", ["print(d[k])", "x = d[k]; print(x)", "x = d[k]\n        print(x)", "print(d[k], d[k])"])
def test_all_rules_about_dicts_end_at_the_same_text(first: str, body: str) -> None:
    """Whatever order they work in: alone, or with `dict-items` and `dict-keys` first, and nothing is left to do."""
    before = f"def f(d: dict[str, int]):\n    {first}\n        {body}\n".encode()
    alone = process(before, Settings(("dict-values",)))
    middle = process(before, Settings(("dict-items", "dict-keys")))
    later = process(middle.after if isinstance(middle, Fixed) else before, Settings(("dict-values",)))
    together = process(before, Settings(("dict-items", "dict-keys", "dict-values")))
    found = {one.after if isinstance(one, Fixed) else before for one in (alone, later, together)}
    assert len(found) == 1 or "items" in first, found
    assert not getattr(together, "defects", ())
    end = together.after if isinstance(together, Fixed) else before
    assert not isinstance(process(end, Settings(("dict-items", "dict-keys", "dict-values"))), Fixed)


def test_a_comment_on_the_header_holds_it_back() -> None:
    outcome = process(b"d = {}\nfor k, v in d.items():  # pyfix: ignore[dict-values]\n    pass\n", Settings(("dict-values",)))
    assert isinstance(outcome, Clean)
    assert [one.suppressed for one in outcome.diagnostics] == [True]


def test_its_page_says_why() -> None:
    page = registry.rule("dict-values").page
    assert all(word in page for word in ("Before:", "After:", "Why:", "Safe:", "Refused:", "On request", "sorted"))


def test_a_target_over_lines_that_end_with_a_carriage_return() -> None:
    source = b"def f(d: dict[int, tuple[int, int]]):\r    return [a for _, (a,\r        b) in d.items()]\r"
    outcome = process(source, Settings(("dict-values",)))
    assert isinstance(outcome, Fixed)
    assert outcome.after == b"def f(d: dict[int, tuple[int, int]]):\r    return [a for a, b in d.values()]\r"
