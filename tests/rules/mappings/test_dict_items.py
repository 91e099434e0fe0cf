"""`dict-items`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names

# --- the forms of the header --------------------------------------------------------------------------------------------------------------

FORMS = [
    Rewrites(
        "the user's own sample",
        "my_dict = {'key1': 'value1', 'key2': 'value2'}\nfor key in my_dict:\n    print(my_dict[key])",
        "my_dict = {'key1': 'value1', 'key2': 'value2'}\nfor key, value in my_dict.items():\n    print(value)",
        because="`my_dict` is a dict",
    ),
    Rewrites(
        "a parameter annotated as a dict",
        "def f(scores: dict[str, float]):\n    for name in scores:\n        print(name, scores[name])",
        "def f(scores: dict[str, float]):\n    for name, value in scores.items():\n        print(name, value)",
        calls=("f({'a': 1.0})", "f({})"),
        because="annotated",
    ),
    Rewrites(
        "keys()",
        "def f(scores: dict[str, float]):\n    for name in scores.keys():\n        print(name, scores[name])",
        "def f(scores: dict[str, float]):\n    for name, value in scores.items():\n        print(name, value)",
        calls=("f({'a': 1.0})",),
    ),
    Rewrites(
        "sorted",
        "def f(metrics: dict[str, float]):\n    for k in sorted(metrics):\n        print(f'{k}: {metrics[k]:.3f}')",
        "def f(metrics: dict[str, float]):\n    for k, value in sorted(metrics.items()):\n        print(f'{k}: {value:.3f}')",
        calls=("f({'b': 1.0, 'a': 2.0})",),
    ),
    Rewrites(
        "sorted keys(), backwards",
        "def f(metrics: dict):\n    for k in sorted(metrics.keys(), reverse=True):\n        print(k, metrics[k])",
        "def f(metrics: dict):\n    for k, value in sorted(metrics.items(), reverse=True):\n        print(k, value)",
        calls=("f({'b': 1.0, 'a': 2.0})",),
    ),
    Rewrites(
        "list, whose own key is deleted",
        "def f(d: dict):\n    for k in list(d):\n        if d[k] == 0:\n            del d[k]\n    return d",
        "def f(d: dict):\n    for k, value in list(d.items()):\n        if value == 0:\n            del d[k]\n    return d",
        calls=("f({1: 0, 2: 1, 3: 0})",),
    ),
    Rewrites(
        "list of keys(), whose own key is popped",
        "def f(d: dict):\n    for k in list(d.keys()):\n        if not d[k]:\n            d.pop(k)\n    return d",
        "def f(d: dict):\n    for k, value in list(d.items()):\n        if not value:\n            d.pop(k)\n    return d",
        calls=("f({1: 0, 2: 1, 3: 0})",),
    ),
    Rewrites(
        "tuple, whose own key is written",
        "def f(d: dict):\n    for k in tuple(d):\n        d[k] = d[k] + 1\n    return d",
        "def f(d: dict):\n    for k, value in tuple(d.items()):\n        d[k] = value + 1\n    return d",
        calls=("f({1: 0, 2: 1})",),
    ),
    Rewrites(
        "a dict comprehension",
        "def f(d: dict[str, int]):\n    return {k: d[k] * 2 for k in d}",
        "def f(d: dict[str, int]):\n    return {k: value * 2 for k, value in d.items()}",
        calls=("f({'a': 1})",),
    ),
    Rewrites(
        "a list comprehension with a condition",
        "def f(d: dict[str, int]):\n    return [k for k in d if d[k] > 2]",
        "def f(d: dict[str, int]):\n    return [k for k, value in d.items() if value > 2]",
        calls=("f({'a': 1, 'b': 3})",),
    ),
    Rewrites(
        "a set comprehension and a generator that is consumed at once",
        "def f(d: dict[str, int]):\n    return {d[k] for k in d}, sum(d[k] * len(k) for k in d)",
        "def f(d: dict[str, int]):\n    return {value for k, value in d.items()}, sum(value * len(k) for k, value in d.items())",
        calls=("f({'a': 1, 'b': 3})",),
    ),
    Rewrites(
        "the second clause of a comprehension",
        "def f(ds: list, d: dict):\n    return [d[k] for _ in ds for k in d]",
        "def f(ds: list, d: dict):\n    return [value for _ in ds for k, value in d.items()]",
        calls=("f([1, 2], {'a': 1})",),
    ),
    Rewrites(
        "sorted in a comprehension",
        "def f(vocab: dict[str, int]):\n    return [w for w in sorted(vocab) if vocab[w] > 1]",
        "def f(vocab: dict[str, int]):\n    return [w for w, value in sorted(vocab.items()) if value > 1]",
        calls=("f({'b': 2, 'a': 1})",),
    ),
    Rewrites(
        "id2label with integer keys, turned round",
        "id2label = {0: 'neg', 1: 'pos'}\nlabel2id = {}\nfor i in id2label:\n    label2id[id2label[i]] = i\nprint(label2id)",
        "id2label = {0: 'neg', 1: 'pos'}\nlabel2id = {}\nfor i, value in id2label.items():\n    label2id[value] = i\nprint(label2id)",
    ),
    Rewrites(
        "a dotted path",
        """
        class Report:
            def __init__(self):
                self.metrics = {'loss': 0.5}
            def show(self):
                for name in self.metrics:
                    print(name, self.metrics[name])
        """,
        """
        class Report:
            def __init__(self):
                self.metrics = {'loss': 0.5}
            def show(self):
                for name, value in self.metrics.items():
                    print(name, value)
        """,
        calls=("Report().show()",),
    ),
    Rewrites(
        "keyword arguments",
        "def f(**kwargs):\n    for k in kwargs:\n        print(k, kwargs[k])",
        "def f(**kwargs):\n    for k, value in kwargs.items():\n        print(k, value)",
        calls=("f(a=1, b=2)",),
    ),
    Rewrites(
        "keyword arguments that become attributes",
        """
        class Config:
            def __init__(self, **kwargs):
                for k in kwargs:
                    setattr(self, k, kwargs[k])
        """,
        """
        class Config:
            def __init__(self, **kwargs):
                for k, value in kwargs.items():
                    setattr(self, k, value)
        """,
        calls=("Config(a=1)",),
    ),
    Rewrites(
        "the environment",
        "import os\nos.environ.clear()\nos.environ['A'] = '1'\nfor name in os.environ:\n    print(name, os.environ[name])",
        "import os\nos.environ.clear()\nos.environ['A'] = '1'\nfor name, value in os.environ.items():\n    print(name, value)",
        execute=False,
        wrap=False,
    ),
    Rewrites(
        "an OrderedDict, a defaultdict and a Counter",
        """
        from collections import Counter, OrderedDict, defaultdict

        def f(text: str):
            o, d, c = OrderedDict(a=1), defaultdict(int), Counter(text)
            d['x'] += 1
            for k in o:
                print(k, o[k])
            for k in d:
                print(k, d[k])
            for k in c:
                print(k, c[k])
        """,
        """
        from collections import Counter, OrderedDict, defaultdict

        def f(text: str):
            o, d, c = OrderedDict(a=1), defaultdict(int), Counter(text)
            d['x'] += 1
            for k, value in o.items():
                print(k, value)
            for k, value in d.items():
                print(k, value)
            for k, value in c.items():
                print(k, value)
        """,
        calls=("f('aab')",),
        wrap=False,
    ),
    Rewrites(
        "an async function and a generator",
        """
        import asyncio

        async def f(d: dict):
            for k in d:
                print(k, d[k])

        def g():
            d = {'a': 1}
            for k in d:
                yield k, d[k]

        asyncio.run(f({1: 2}))
        print(list(g()))
        """,
        """
        import asyncio

        async def f(d: dict):
            for k, value in d.items():
                print(k, value)

        def g():
            d = {'a': 1}
            for k, value in d.items():
                yield k, value

        asyncio.run(f({1: 2}))
        print(list(g()))
        """,
        wrap=False,
    ),
]

# --- types ------------------------------------------------------------------------------------------------------------------------------

TYPES = [
    Rewrites(
        "a parameter, whose type the caller chooses",
        "def f(d):\n    for k in d:\n        print(k, d[k])",
        "def f(d):\n    for k, value in d.items():\n        print(k, value)",
        calls=("f({1: 2})",),
        unsafe="type",
        because="`d` is a dict",
    ),
    Rewrites(
        "an abstract mapping",
        "from collections.abc import Mapping\n\ndef f(d: Mapping):\n    return [d[k] for k in d]",
        "from collections.abc import Mapping\n\ndef f(d: Mapping):\n    return [value for k, value in d.items()]",
        calls=("f({1: 2})",),
        unsafe="type",
        wrap=False,
    ),
    Rewrites(
        "a parameter that unknown code may change before the read",
        "def f(d, g):\n    for k in d:\n        g()\n        print(k, d[k])",
        "def f(d, g):\n    for k, value in d.items():\n        g()\n        print(k, value)",
        calls=("f({1: 2}, print)",),
        unsafe="type-and-change",
    ),
    Rewrites(
        "a dict that unknown code may change between two reads",
        "def f(d: dict, send):\n    for k in d:\n        send(k, d[k])\n        print(d[k])",
        "def f(d: dict, send):\n    for k, value in d.items():\n        send(k, value)\n        print(value)",
        calls=("f({1: 2}, print)",),
        unsafe="change",
        because="`send(…)` does not change `d`",
    ),
    Rewrites(
        "a value that a test shows to be a dict",
        "def f(d):\n    if isinstance(d, dict):\n        for k in d:\n            print(d[k])",
        "def f(d):\n    if isinstance(d, dict):\n        for k, value in d.items():\n            print(value)",
        calls=("f({1: 2})", "f([0])"),
    ),
    Declines("a list of indexes into itself", "def f(xs: list):\n    for i in xs:\n        print(xs[i])", "not-a-dict", mentions="a list"),
    Declines("a str", "def f(s: str):\n    for c in s:\n        print(s[c])", "not-a-dict", mentions="a str"),
    Declines("a dict that may be None", "def f(d: dict | None):\n    for k in d:\n        print(d[k])", "type", unsafe=True),
    Declines(
        "a dict subclass of the file that has items of its own",
        """
        class Odd(dict):
            def items(self):
                return [(1, 2)]

        def f():
            d = Odd({3: 4})
            for k in d:
                print(d[k])
        """,
        "not-a-dict",
    ),
    Declines(
        "a class of the file that is no dict",
        """
        class Rows:
            def __iter__(self):
                return iter([1])
            def __getitem__(self, k):
                return k

        rows = Rows()
        for k in rows:
            print(rows[k])
        """,
        "not-a-dict",
    ),
    Declines(
        "self in a class that is a mapping of its own",
        """
        from collections.abc import Mapping

        class View(Mapping):
            def __getitem__(self, k):
                return k
            def __len__(self):
                return 1
            def __iter__(self):
                return iter([1])
            def items(self):
                return [(k, self[k]) for k in self]
        """,
        "not-a-dict",
    ),
]

# --- lessons, each named after its shape --------------------------------------------------------------------------------------------------

LESSONS = [
    Rewrites(
        "a value read behind a write is looked up again",
        "def f(d: dict):\n    for k in d:\n        print(d[k])\n        d[k] += 'V'\n        if 'V' in d[k]:\n            print('V')",
        "def f(d: dict):\n    for k, value in d.items():\n        print(value)\n        d[k] += 'V'\n        if 'V' in d[k]:\n            print('V')",
        calls=("f({1: 'a'})",),
    ),
    Declines(
        "values read only behind a write",
        "def f(d: dict):\n    for k in d:\n        d[k] += 'V'\n        if 'V' in d[k]:\n            print(1)",
        "read-later",
    ),
    Rewrites(
        "del d[k] does not become del value",
        "def f(d: dict):\n    for k in d:\n        if d[k]:\n            del d[k]\n            break\n    return d",
        "def f(d: dict):\n    for k, value in d.items():\n        if value:\n            del d[k]\n            break\n    return d",
        calls=("f({1: 0, 2: 1})",),
    ),
    Ignores("deletions only, as of the environment", "import os\nfor name in list(os.environ.keys()):\n    del os.environ[name]"),
    Ignores("stores only", "def f(d: dict):\n    for k in d:\n        d[k] = 0"),
    Ignores("augmented stores only", "def f(d: dict):\n    for k in d:\n        d[k] += 1"),
    Rewrites(
        "a load and a store of the same key keep the store's subscript",
        "def f(m: dict[str, str]):\n    for k in m:\n        m[k] = 'x' + m[k]\n    return m",
        "def f(m: dict[str, str]):\n    for k, value in m.items():\n        m[k] = 'x' + value\n    return m",
        calls=("f({'a': 'b'})",),
    ),
    Declines(
        "for-else plus an inner loop that takes the key's name",
        """
        def f(d: dict, e: list):
            for k in d:
                for k in e:
                    pass
                print(d[k])
            else:
                print(d[k])
        """,
        "key-rebound",
        mentions="line 3",
    ),
    Rewrites(
        "for-else reads the last key's value anew",
        "def f(d: dict):\n    for k in d:\n        print(d[k])\n    else:\n        return d[k]",
        "def f(d: dict):\n    for k, value in d.items():\n        print(value)\n    else:\n        return d[k]",
        calls=("f({1: 2})",),
    ),
    Rewrites(
        "nested loops over one dict, written by the inner one",
        """
        def f(d: dict):
            for a in d:
                for b in d:
                    d[b] = d[a] + d[b]
            return d
        """,
        """
        def f(d: dict):
            for a in d:
                for b, value in d.items():
                    d[b] = d[a] + value
            return d
        """,
        calls=("f({1: 1, 2: 2})",),
    ),
    Rewrites(
        "the value's name makes way for names that are there",
        """
        def value(x):
            return x + 1

        def f(d: dict):
            for k in d:
                print(value(d[k]))
        """,
        """
        def value(x):
            return x + 1

        def f(d: dict):
            for k, k_value in d.items():
                print(value(k_value))
        """,
        calls=("f({1: 2})",),
    ),
    Rewrites(
        "the singular of the dict's name when value is taken",
        "def f(scores: dict, value):\n    for k in scores:\n        print(scores[k], value)",
        "def f(scores: dict, value):\n    for k, score in scores.items():\n        print(score, value)",
        calls=("f({1: 2}, 3)",),
    ),
    Ignores("a key that is unpacked", "def f(d: dict):\n    for a, b in d:\n        print(d[a, b])"),
    Ignores("items already", "def f(d: dict):\n    for k, v in d.items():\n        print(k, d[k])"),
    Ignores("keys without a look-up", "def f(d: dict):\n    for k in d:\n        print(k)"),
    Ignores("a look-up of another key", "def f(d: dict, j):\n    for k in d:\n        print(d[j], d[k, j], d[k + 1])"),
    Ignores("a look-up in another dict", "def f(d: dict, e: dict):\n    for k in d:\n        print(e[k])"),
    Rewrites(
        "nothing runs into for and in",
        "def f(A: dict):\n    for(B)in(A):print(A[B])\n    return[A[B]for B in(A)]",
        "def f(A: dict):\n    for B, value in A.items():print(value)\n    return[value for B, value in A.items()]",
        calls=("f({1: 2})",),
    ),
    Rewrites(
        "a defaultdict that inserts while it is iterated over still says so",
        """
        from collections import defaultdict

        def f():
            d = defaultdict(int, {1: 1})
            for k in d:
                print(d[k], d[k + 1])
        """,
        """
        from collections import defaultdict

        def f():
            d = defaultdict(int, {1: 1})
            for k, value in d.items():
                print(value, d[k + 1])
        """,
        calls=("f()",),
        wrap=False,
    ),
    Declines("update before the read", "def f(d: dict):\n    for a in d:\n        d.update(x=1)\n        print(d[a])", "read-later"),
    *(
        Declines(
            f"a value changed before the read by a function of the library: {write}",
            f"import operator\ndef f(d: dict):\n    for k in d:\n        {write}\n        print(d[k])",
            "read-later",
        )
        for write in ("dict.update(d, {k: 9})", "dict.__setitem__(d, k, 9)", "operator.setitem(d, k, 9)", "operator.ior(d, {k: 9})")
    ),
    Declines(
        "a value that changes places with another one",
        "def f(d: dict):\n    for k in d:\n        d[k], d[0] = d[0], d[k]\n",
        "swapped",
    ),
    Declines(
        "a copy, and a function of the class pops",
        "def f(d: dict, j):\n    for k in list(d):\n        print(d[k])\n        dict.pop(d, j)",
        "copy-written",
    ),
    Declines(
        "the inner for binds the key", "def f(d: dict):\n    for a in d:\n        for a in 'xy':\n            print(d[a])", "key-rebound"
    ),
]

# --- copies -----------------------------------------------------------------------------------------------------------------------------

COPIES = [
    Declines(
        "a copy, and another key is written",
        "def f(d: dict):\n    for k in list(d):\n        d[k + 1] = d[k]",
        "copy-written",
        mentions="d[k + 1]",
    ),
    Declines(
        "a copy, and another key is deleted",
        "def f(d: dict, j):\n    for k in list(d):\n        print(d[k])\n        del d[j]",
        "copy-written",
    ),
    Declines(
        "a copy, and all is cleared", "def f(d: dict):\n    for k in sorted(d):\n        print(d[k])\n        d.clear()", "copy-written"
    ),
    Declines(
        "a copy, and another key is popped",
        "def f(d: dict, j):\n    for k in list(d):\n        print(d[k])\n        d.pop(j)",
        "copy-written",
    ),
    Declines(
        "a copy, and a key of the same name in a comprehension",
        """
        def f(d: dict):
            for k in list(d):
                print(d[k])
                [0 for k in (1, 2) for d[k] in 'a']
        """,
        "copy-written",
    ),
    Rewrites(
        "a copy, and the write is on the way out",
        "def f(d: dict):\n    for k in list(d):\n        if d[k]:\n            d.clear()\n            break\n    return d",
        "def f(d: dict):\n    for k, value in list(d.items()):\n        if value:\n            d.clear()\n            break\n    return d",
        calls=("f({1: 0, 2: 1})",),
    ),
    Rewrites(
        "a copy that unknown code may write to",
        "def f(d: dict, g):\n    for k in list(d):\n        print(d[k])\n        g()",
        "def f(d: dict, g):\n    for k, value in list(d.items()):\n        print(value)\n        g()",
        calls=("f({1: 2}, print)",),
        unsafe="change",
        because="`g()` does not change `d`",
    ),
    Declines(
        "the environment's iterator is a copy of its keys",
        """
        import os

        for name in os.environ:
            print(os.environ[name])
            del os.environ['PATH']
        """,
        "copy-written",
    ),
    Declines("a key for sorting alone", "def f(d: dict):\n    return [d[k] for k in sorted(d)]", "only-sorted", mentions="`k`"),
    Declines("a key for sorting alone, in a statement", "def f(d: dict):\n    for k in sorted(d):\n        print(d[k])", "only-sorted"),
    Declines("the pairs, sorted", "def f(d: dict):\n    return [(k, d[k]) for k in sorted(d)]", "pairs"),
    Declines("the pairs as a dict", "def f(d: dict):\n    return {k: d[k] for k in d}", "pairs"),
    Declines("the pairs as a set", "def f(d: dict):\n    return {(k, d[k]) for k in d}", "pairs"),
    Declines("the pairs of a generator", "def f(d: dict):\n    return dict((k, d[k]) for k in d)", "pairs"),
    Declines("sorted by a key for keys", "def f(d: dict):\n    for k in sorted(d, key=str):\n        print(d[k])", "sort-key"),
    Declines(
        "sorted by the value, which items would pass in pairs",
        "def f(d: dict):\n    for k in sorted(d, key=d.get):\n        print(d[k])",
        "sort-key",
    ),
    Declines(
        "sorted is another thing here",
        "def f(d: dict, sorted):\n    for k in sorted(d):\n        print(d[k])",
        "shadowed",
        mentions="sorted",
    ),
    Declines("list is another thing here", "def list(d): return [1]\nd = {1: 2}\nfor k in list(d):\n    print(d[k])", "shadowed"),
    Ignores("a set, whose order is another", "def f(d: dict):\n    for k in set(d):\n        print(d[k])"),
    Ignores("reversed", "def f(d: dict):\n    for k in reversed(d):\n        print(d[k])"),
    Ignores("a copy of part", "def f(d: dict):\n    for k in list(d)[1:]:\n        print(d[k])"),
]

# --- keys, places, aliases ------------------------------------------------------------------------------------------------------------------

_OWN = "def f(callback):\n    d = {{1: 1, 2: 2}}\n    {}\n    for k in d:\n        {}\n        print(d[k])"

HAZARDS = [
    *(
        Declines(f"the key bound again: {shape}", f"def f(d: dict, m):\n    for k in d:\n{body}\n        print(d[k])", "key-rebound")
        for shape, body in {
            "assigned": "        k = 0",
            "augmented": "        k += 0",
            "unpacked": "        (k, j) = 0, 1",
            "walrus": "        print(k := 0)",
            "walrus in a comprehension": "        print([k := j for j in 'a'])",
            "with": "        with m() as k:\n            pass",
            "except": "        try:\n            m()\n        except ValueError as k:\n            pass",
            "import": "        import os as k",
            "def": "        def k():\n            pass",
            "class": "        class k:\n            pass",
            "match": "        match m:\n            case [k]:\n                pass",
            "del": "        del k",
            "nonlocal in a function": "        def g():\n            nonlocal k\n            k = 0\n        g()",
        }.items()
    ),
    *(
        Declines(f"another way to the dict: {shape}", _OWN.format(before, write), "change", unsafe=True)
        for shape, (before, write) in {
            "a second name": ("e = d", "e[1] = 9"),
            "two targets": ("e = g = d", "g[1] = 9"),
            "a walrus": ("print(e := d)", "e[1] = 9"),
            "or": ("e = d or {}", "e[1] = 9"),
            "a container": ("box = [d]", "box[0][1] = 9"),
            "setdefault hands it back": ("e = {}.setdefault(0, d)", "e[1] = 9"),
            "get hands its default back": ("e = {}.get(0, d)", "e[1] = 9"),
            "update by keyword": ("box = {}; box.update(k=d)", "box['k'].clear()"),
            "a bound method": ("put = d.update", "put({1: 9})"),
            "a closure": ("def put(): d.clear()", "callback(put)"),
            "a function that hands it out": ("def get():\n        return d", "get().clear()"),
            "in-place or": ("e = d", "e |= {1: 9}"),
            "an alias in the body": ("pass", "e = d; e[1] = 9"),
        }.items()
    ),
    Declines(
        "the dict bound again", "def f(d: dict, e):\n    for k in d:\n        print(d[k])\n        d = e", "rebound", mentions="line 4"
    ),
    Declines("the dict bound by a walrus", "def f(d: dict):\n    for k in d:\n        print((d := {})[k], d[k])", "rebound"),
    Declines("the dict deleted", "def f(d: dict):\n    for k in d:\n        print(d[k])\n        del d", "rebound"),
    Declines(
        "an attribute that unknown code may set",
        """
        class C:
            def __init__(self):
                self.d = {1: 2}
            def show(self, g):
                for k in self.d:
                    print(self.d[k])
                    g()
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "an attribute that another method sets",
        """
        class C:
            def __init__(self):
                self.d = {1: 2}
            def reset(self):
                self.d = {}
            def show(self):
                for k in self.d:
                    print(self.d[k])
                    self.reset()
        """,
        "change",
        unsafe=True,
        mentions="self.reset()",
    ),
    Declines(
        "a property is another dict each time",
        """
        class C:
            @property
            def d(self) -> dict:
                return {1: 2}
            def show(self):
                for k in self.d:
                    print(self.d[k])
        """,
        "computed",
    ),
    Declines(
        "a generator's consumer is given the dict",
        """
        def f():
            d = {1: 2}
            for k in d:
                yield d
                print(d[k])
        """,
        "change",
        unsafe=True,
        mentions="`yield`",
    ),
    Declines("a generator expression that is kept", "def f(d: dict):\n    return (d[k] for k in d)", "lazy"),
    Declines("values read only in a closure", "def f(d: dict):\n    return [lambda: d[k] for k in d]", "read-later"),
    Declines("a class body", "class C:\n    d = {1: 2}\n    for k in d:\n        print(d[k])", "class-body"),
    Declines("locals() sees the names", "def f(d: dict):\n    for k in d:\n        print(d[k], locals())", "names-seen"),
    Declines(
        "the key is the module's, declared global", "def f(d: dict):\n    global k\n    for k in d:\n        print(d[k])", "index-outer"
    ),
    Declines(
        "every good name is taken",
        """
        def f(d: dict, value, k_value, item, element, entry, d_item):
            for k in d:
                print(d[k])
        """,
        "no-name",
    ),
    Declines(
        "globals() reaches the dict",
        """
        SCORES = {1: 2}

        def put():
            globals()['SCORES'][1] = 3

        def f():
            for k in SCORES:
                put()
                print(SCORES[k])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "eval reaches the dict",
        """
        SCORES = {1: 2}

        def put():
            eval('SCORES.update({1: 3})')

        def f():
            for k in SCORES:
                put()
                print(SCORES[k])
        """,
        "change",
        unsafe=True,
    ),
    Ignores("an asynchronous clause", "async def f(d: dict):\n    return [d[k] async for k in d]"),
    Ignores("what a star gives", "def f(d: dict):\n    for k in list(*d):\n        print(d[k])"),
    Ignores(
        "an attribute of the same name of another object",
        "class A:\n    def f(self, other):\n        self.d = {}\n        for k in self.d:\n            print(other.d[k])",
    ),
    Declines("an attribute of what a call gives", "def f(g):\n    for k in g().d:\n        print(g().d[k])", "not-a-dict"),
    Rewrites(
        "a first line that takes the value and changes its name",
        "def f(d: dict[str, int]):\n    for k in d:\n        x = d[k]\n        x += 1\n        print(x, d[k])",
        "def f(d: dict[str, int]):\n    for k, x in d.items():\n        x += 1\n        print(x, d[k])",
        ("f({'a': 1, 'b': 2})",),
    ),
]

# --- proofs, and the text that comes out ----------------------------------------------------------------------------------------------------

PROOFS = [
    Rewrites(
        "unknown code behind the read cannot change it",
        "def f(d: dict, send):\n    for k in d:\n        send(k, d[k])",
        "def f(d: dict, send):\n    for k, value in d.items():\n        send(k, value)",
        calls=("f({1: 2}, print)",),
    ),
    Rewrites(
        "a change of size is an error either way",
        "def f(d: dict):\n    for k in d:\n        print(d[k])\n        d[k + 10] = 1",
        "def f(d: dict):\n    for k, value in d.items():\n        print(value)\n        d[k + 10] = 1",
        calls=("f({1: 2})",),
    ),
    Rewrites(
        "another key's new value is seen in its turn",
        "def f(d: dict):\n    for k in d:\n        print(d[k])\n        d[3] = k\n    return d",
        "def f(d: dict):\n    for k, value in d.items():\n        print(value)\n        d[3] = k\n    return d",
        calls=("f({1: 1, 2: 2, 3: 3})",),
    ),
    Rewrites(
        "keyword arguments are the function's own, whatever is called",
        "def f(callback, **options):\n    for k in options:\n        callback(k)\n        print(k, options[k])",
        "def f(callback, **options):\n    for k, value in options.items():\n        callback(k)\n        print(k, value)",
        calls=("f(print, a=1)",),
    ),
    Rewrites(
        "weights that no code of the file changes",
        "WEIGHTS = {'a': 1, 'b': 2}\n\ndef score(x, g):\n    return sum(g(WEIGHTS[k]) * WEIGHTS[k] * x for k in WEIGHTS)",
        "WEIGHTS = {'a': 1, 'b': 2}\n\ndef score(x, g):\n    return sum(g(value) * value * x for k, value in WEIGHTS.items())",
        calls=("score(2, abs)",),
        wrap=False,
    ),
    Rewrites(
        "values that are changed themselves",
        "def f(groups: dict[str, list]):\n    for k in groups:\n        groups[k].append(0)\n        groups[k].sort()\n    return groups",
        "def f(groups: dict[str, list]):\n    for k, value in groups.items():\n        value.append(0)\n        value.sort()\n    return groups",
        calls=("f({'a': [2, 1]})",),
    ),
    Rewrites(
        "a loop over each value",
        "def f(d: dict[str, list[int]]):\n    for k in d:\n        for v in d[k]:\n            print(k, v)",
        "def f(d: dict[str, list[int]]):\n    for k, value in d.items():\n        for v in value:\n            print(k, v)",
        calls=("f({'a': [1, 2]})",),
    ),
    Rewrites(
        "a history of metrics, kept in another attribute",
        """
        class Trainer:
            def __init__(self):
                self.metrics = {'loss': 1.0}
                self.history = {}
            def log(self):
                for name in self.metrics:
                    self.history.setdefault(name, []).append(self.metrics[name])
                print(self.history)
        """,
        """
        class Trainer:
            def __init__(self):
                self.metrics = {'loss': 1.0}
                self.history = {}
            def log(self):
                for name, value in self.metrics.items():
                    self.history.setdefault(name, []).append(value)
                print(self.history)
        """,
        calls=("Trainer().log()",),
    ),
    Rewrites(
        "a count turned into a share",
        "def f(counts: dict[str, int]):\n    total = sum(counts.values())\n    for w in counts:\n        counts[w] = counts[w] / total\n    return counts",
        "def f(counts: dict[str, int]):\n    total = sum(counts.values())\n    for w, value in counts.items():\n        counts[w] = value / total\n"
        "    return counts",
        calls=("f({'a': 1, 'b': 3})",),
    ),
    Rewrites(
        "a first line that names the value becomes the target",
        "def f(d: dict[str, list]):\n    for k in d:\n        items = d[k]\n        print(k, len(items), d[k])",
        "def f(d: dict[str, list]):\n    for k, items in d.items():\n        print(k, len(items), items)",
        calls=("f({'a': [1]})",),
    ),
    Rewrites(
        "the comments of that line stay",
        "def f(d: dict):\n    for k in d:\n        # look it up\n        v = d[k]  # the value\n        print(k, v)",
        "def f(d: dict):\n    for k, v in d.items():  # the value\n        # look it up\n        print(k, v)",
        calls=("f({1: 2})",),
    ),
    Rewrites(
        "a first line that unpacks the value becomes the target",
        "def f(d: dict[str, tuple[int, int]]):\n    for k in d:\n        a, b = d[k]\n        print(k, a + b)",
        "def f(d: dict[str, tuple[int, int]]):\n    for k, (a, b) in d.items():\n        print(k, a + b)",
        calls=("f({'a': (1, 2)})",),
    ),
    Rewrites(
        "reads in f-strings, and one that prints its own source",
        "def f(d: dict):\n    for k in d:\n        print(f'{k}={d[k]!r:>5}', f'{d[k]=}')",
        "def f(d: dict):\n    for k, value in d.items():\n        print(f'{k}={value!r:>5}', f'{d[k]=}')",
        calls=("f({1: 2})",),
    ),
    Rewrites(
        "the key used after the loop",
        "def f(d: dict):\n    for k in d:\n        if d[k] > 1:\n            break\n    return k",
        "def f(d: dict):\n    for k, value in d.items():\n        if value > 1:\n            break\n    return k",
        calls=("f({1: 1, 2: 2})",),
    ),
    Rewrites(
        "keys that are not ASCII",
        "größen = {'ä': 1}\nfor schlüssel in größen:\n    print('é', schlüssel, größen[schlüssel], '🎉', größen[schlüssel])",
        "größen = {'ä': 1}\nfor schlüssel, value in größen.items():\n    print('é', schlüssel, value, '🎉', value)",
    ),
    Rewrites(
        "a comment in the header, and lines broken",
        "def f(d: dict):\n    for k in sorted(\n        d.keys(),  # all of them\n        reverse=True,\n    ):\n        print(k, d[k])",
        "def f(d: dict):\n    for k, value in sorted(\n        d.items(),  # all of them\n        reverse=True,\n    ):\n        print(k, value)",
        calls=("f({1: 2, 3: 4})",),
    ),
    Rewrites(
        "an exception on the way",
        """
        def f(d: dict):
            for k in d:
                try:
                    print(1 / d[k])
                except ZeroDivisionError:
                    print(k, d[k])
                finally:
                    d[k] = 5
            return d
        """,
        """
        def f(d: dict):
            for k, value in d.items():
                try:
                    print(1 / value)
                except ZeroDivisionError:
                    print(k, value)
                finally:
                    d[k] = 5
            return d
        """,
        calls=("f({1: 0, 2: 1})",),
    ),
    Rewrites(
        "keys that count how often they are hashed",
        """
        class Point:
            asked = 0
            def __hash__(self):
                Point.asked += 1
                return id(self)

        grid = {Point(): 1}
        for point in grid:
            print(grid[point])
        """,
        """
        class Point:
            asked = 0
            def __hash__(self):
                Point.asked += 1
                return id(self)

        grid = {Point(): 1}
        for point, value in grid.items():
            print(value)
        """,
        unsafe="look-up",
    ),
    Rewrites(
        "a key that the loop changes, which is not found any more",
        """
        class Point:
            def __init__(self, x):
                self.x = x
            def __hash__(self):
                return self.x

        grid = {Point(1): "a"}
        for point in grid:
            point.x = 1
            print(grid[point])
        """,
        """
        class Point:
            def __init__(self, x):
                self.x = x
            def __hash__(self):
                return self.x

        grid = {Point(1): "a"}
        for point, value in grid.items():
            point.x = 1
            print(value)
        """,
        unsafe="look-up",
    ),
]

CASES = [*FORMS, *TYPES, *LESSONS, *COPIES, *HAZARDS, *PROOFS]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_dict_items(case: Case) -> None:
    check(case, "dict-items")


def test_there_are_enough_cases() -> None:
    declines = sum(isinstance(case, Declines) for case in CASES)
    assert len(CASES) >= 120
    assert declines >= len(CASES) // 3
