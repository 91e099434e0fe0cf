"""What collections hold, as long as nothing else may have been put into them."""

from collections.abc import Callable

import pytest

Shown = Callable[[str], str]

LISTS = [
    ("x = ['a']\nrepr(x[0])", "str"),
    ("x = ['a']\nx.append('b')\nrepr(x[0])", "str"),
    ("x = ['a']\nx.append(1)\nrepr(x[0])", "str | int"),
    ("x = ['a']\nrepr(x[0])\nx.append(1)", "str | int"),
    ("x = ['a']\nx.append(y)\nrepr(x[0]); repr(x)", "?; list"),
    ("x = []\nx.append('a')\nrepr(x[0])", "str"),
    ("x = []\nrepr(x[0]); repr(x)", "?; list"),
    ("x = []\nx.insert(0, 'a')\nrepr(x[0])", "str"),
    ("x = []\nx.extend('ab')\nrepr(x[0])", "str"),
    ("x = []\nx.extend(y)\nrepr(x[0])", "?"),
    ("x = ['a']\nx[0] = 1\nrepr(x[0])", "str | int"),
    ("x = ['a']\nx[1:] = [1]\nrepr(x[0])", "str | int"),
    ("x = ['a']\nx[0] += 'b'\nrepr(x[0])", "str"),
    ("x = [1]\nx[0] += y\nrepr(x[0])", "?"),
    ("x = [1]\nx[0], y = 'a', 2\nrepr(x[0])", "?"),
    ("x = [1]\nfor x[0] in y: pass\nrepr(x[0])", "?"),
    ("x = ['a']\nx += [1]\nrepr(x[0])", "str | int"),
    ("x = ['a']\ndel x[0]\nx.pop(); x.clear(); x.reverse(); x.sort(key=y)\nrepr(x[0])", "str"),
    ("x = ['a']\nx.unknown(1)\nrepr(x[0])", "?"),
    ("x = ['a']\nadd = x.append\nrepr(x[0])", "?"),
    ("x = ['a']\nget = x.index\nrepr(x[0])", "str"),
    ("x = sorted('ab')\nrepr(x[0])", "str"),
    ("x = 'a b'.split()\nx.append(1)\nrepr(x[0])", "str | int"),
    ("x = [[1]]\nrepr(x[0]); repr(x[0][0])", "list; ?"),
    ("x = [(1, 'a')]\nrepr(x[0][1])", "str"),
]

ESCAPES = [
    ("x = ['a']\nf(x)\nrepr(x[0])", "?"),
    ("x = ['a']\nf(y=x)\nrepr(x[0])", "?"),
    ("x = ['a']\nf(*x)\nrepr(x[0])", "str"),
    ("x = ['a']\nprint(x, len(x), list(x), ', '.join(x))\nrepr(x[0])", "str"),
    ("x = ['a']\ny.join(x)\nrepr(x[0])", "?"),
    ("x = ['a']\ny = max(x, z)\nrepr(x[0])", "?"),
    ("x = ['a']\ny = max(x)\nrepr(x[0])", "str"),
    ("x = ['a']\nsum(z, x)\nrepr(x[0])", "?"),
    ("x = ['a']\ngetattr(x, y)(1)\nrepr(x[0])", "?"),
    ("import json\nx = ['a']\njson.dumps(x)\nrepr(x[0])", "str"),
    ("import random\nx = ['a']\nrandom.shuffle(x)\nrepr(x[0])", "str"),
    ("import heapq\nx = []\nheapq.heappush(x, 'a')\nrepr(x[0])", "str"),
    ("import functools\nx = ['a']\nfunctools.partial(f, x)\nrepr(x[0])", "?"),
    ("import foo\nx = ['a']\nfoo.bar(x)\nrepr(x[0])", "?"),
    ("x = ['a']\ny = x\nrepr(x[0]); repr(y[0])", "str; str"),
    ("x = ['a']\ny = x\ny.append(1)\nrepr(x[0]); repr(y[0])", "str | int; str | int"),
    ("x = ['a']\ny = x\ny += [1]\nrepr(x[0])", "str | int"),
    ("x = ['a']\ny = x or []\ny.append(1)\nrepr(x[0])", "str | int"),
    ("x = ['a']\ny = [x]\nrepr(x[0])", "?"),
    ("x = ['a']\ny.z = x\nrepr(x[0])", "?"),
    ("x = ['a']\ny[0] = x\nrepr(x[0])", "?"),
    ("x = y = ['a']\nrepr(x[0])", "?"),
    ("x = (y := ['a'])\nrepr(x[0])", "?"),
    ("x = ['a']\n(y := x)\nrepr(x[0])", "?"),
    ("x = ['a']\nlambda: x\nrepr(x[0])", "?"),
    ("x = ['a']\nlambda: x[0]\nrepr(x[0])", "str"),
    ("x = ['a']\ndef f(): x.append(1)\nrepr(x[0])", "str | int"),
    ("x = ['a']\ndef f(): return x\nrepr(x[0])", "?"),
    ("x = ['a']\ny, *z = x\nrepr(x[0]); repr(y); repr(z)", "str; str; list[str]"),
    ("x = ['a']\nfor y in x: repr(y)", "str"),
    ("x = ['a']\n[repr(y) for y in x]", "str"),
    ("x = ['a']\nif x and 'a' in x and x == ['a']: repr(x[0])", "str"),
    ("x = ['a']\ny = x + [1]\nrepr(y[0]); repr(x[0])", "str | int; str"),
    ("x = ['a']\ny = x[:]\ny.append(1)\nrepr(x[0]); repr(y[0])", "str; str | int"),
    ("x = ['a']\ny = x.copy()\ny.append(1)\nrepr(x[0])", "str"),
]

FUNCTIONS = [
    ("def f():\n    x = ['a']\n    repr(x[0])\n    return x", "str"),
    ("def f():\n    x = ['a']\n    repr(x[0])\n    return x, 1", "str"),
    ("def f():\n    x = ['a']\n    repr(x[0])\n    return {'x': x}", "str"),
    ("def f():\n    x = ['a']\n    def g(): repr(x[0])\n    return x", "?"),
    ("def f():\n    x = ['a']\n    yield x\n    repr(x[0])", "?"),
    ("def f():\n    x = ['a']\n    y = x\n    repr(x[0])\n    return y", "str"),
    ("def add(l): l.append('b')\nx = ['a']\nadd(x)\nrepr(x[0])", "str"),
    ("def add(l): l.append(1)\nx = ['a']\nadd(x)\nrepr(x[0])", "str | int"),
    ("def add(l): return l\nx = ['a']\nadd(x)\nrepr(x[0])", "?"),
    ("def add(l): m = l; return m\nx = ['a']\nadd(x)\nrepr(x[0])", "?"),
    ("def add(l): g(l)\nx = ['a']\nadd(x)\nrepr(x[0])", "?"),
    ("def add(a, l): l.append(a)\nx = ['a']\nadd(1, x)\nrepr(x[0])", "?"),
    ("def show(l):\n    for y in l: print(y)\nx = ['a']\nshow(x)\nrepr(x[0])", "str"),
    ("def f(x: list[str]):\n    g(x)\n    x.append(y)\n    repr(x[0])", "str"),
    ("def f() -> list[str]: ...\nx = f()\ng(x)\nrepr(x[0])", "str"),
    ("class C:\n    x = ['a']\n    repr(x[0])", "?"),
    ("x = ['a']\nclass C:\n    x.append(1)\nrepr(x[0])", "str | int"),
]

DICTS = [
    ("x = {'a': 1}\nrepr(x['a'])", "int"),
    ("x = {}\nx['a'] = 1\nrepr(x)", "dict[str, int]"),
    ("x = {}\nx['a'] = y\nrepr(x)", "dict[str, ?]"),
    ("x = {}\nx[y] = 1\nrepr(x)", "dict[?, int]"),
    ("x = {}\nfor i, c in enumerate('ab'): x[c] = i\nfor k, v in x.items(): repr(k); repr(v)", "str; int"),
    ("x = {}\nfor c in 'ab': x[c] = x.get(c, 0) + 1\nrepr(x)", "dict[str, int]"),
    ("x = {}\nfor c in 'ab': x[c] += 1\nrepr(x)", "dict[str, ?]"),
    ("x = {'a': 1}\nx['b'] += 1\nrepr(x)", "dict[str, int]"),
    ("x = {'a': 1}\nx.update(b=2)\nrepr(x)", "dict[str, int]"),
    ("x = {'a': 1}\nx.update({1: 'b'})\nrepr(x)", "dict[str | int, int | str]"),
    ("x = {'a': 1}\nx.update(y)\nrepr(x)", "dict"),
    ("x = {'a': 1}\nx.update([('b', 2)])\nrepr(x)", "dict[str, int]"),
    ("x = {'a': 1}\nx.setdefault('b', 'c')\nrepr(x)", "dict[str, int | str]"),
    ("x = {'a': 1}\nx |= {'b': 'c'}\nrepr(x)", "dict[str, int | str]"),
    ("x = {'a': 1}\nx.pop('a'); x.get('b'); x.keys(); x.popitem(); del x['a']\nrepr(x)", "dict[str, int]"),
    ("x = {'a': 1}\nfor k in sorted(x, key=x.get): repr(k)", "str"),
    ("x = {'a': []}\nx['a'].append(1)\nrepr(x)", "dict[str, list]"),
    ("x = {'a': 1}\nfor v in x.values(): repr(v)", "int"),
    ("x = {'a': 1}\ny = x.items()\nfor k, v in y: repr(v)", "int"),
    ("x = dict(a=1)\nx['b'] = 'c'\nrepr(x)", "dict[str, int | str]"),
    ("x = {'a': 1}\nx.append(1)\nrepr(x)", "dict"),
]

OTHERS = [
    ("x = {'a'}\nx.add('b')\nfor y in x: repr(y)", "str"),
    ("x = set()\nx.add(1)\nfor y in x: repr(y)", "int"),
    ("x = {'a'}\nx |= {1}\nfor y in x: repr(y)", "str | int"),
    ("x = {'a'}\nx.update([1])\nfor y in x: repr(y)", "str | int"),
    ("x = {'a'}\nx.update(y)\nfor z in x: repr(z)", "?"),
    ("from collections import defaultdict\nx = defaultdict(int)\nfor c in 'ab': x[c] += 1\nrepr(x)", "defaultdict[str, int]"),
    ("from collections import defaultdict\nx = defaultdict(list)\nx['a'].append(1)\nrepr(x)", "defaultdict[str, list]"),
    ("from collections import defaultdict\nx = defaultdict(list)\nprint(x[y])\nrepr(x)", "defaultdict[?, list]"),
    ("from collections import Counter\nx = Counter()\nx['a'] += 1\nx.update('bc')\nrepr(x)", "Counter[str, int]"),
    ("from collections import Counter\nx = Counter('ab')\nx.update({1: 2})\nrepr(x)", "Counter[str | int, int]"),
    ("from collections import deque\nx = deque()\nx.append('a')\nx.appendleft('b')\nrepr(x.popleft())", "str"),
    ("x = iter(['a'])\nrepr(next(x))", "str"),
    ("x = (1, ['a'])\nrepr(x[1]); repr(x[1][0])", "list; ?"),
]


@pytest.mark.parametrize(("source", "expected"), [*LISTS, *ESCAPES, *FUNCTIONS, *DICTS, *OTHERS])
def test_contents(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected
