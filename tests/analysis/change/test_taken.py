"""What a variable holds that was taken out of a collection is still in it."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.effects import Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.change.taken import attribute_lets_out
from codemods.analysis.module import Module
from codemods.analysis.order.turns import events_of

Facts = Callable[[str], Module]


def changed(text: str, facts: Facts) -> bool:
    """Whether the loop over indexes in a program may change what it runs over."""
    module = facts(text)
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For) and ast.unparse(node.target) == "i")
    collection = loop.iter.args[0].args[0]  # type: ignore[attr-defined]
    place = place_of(collection, module)
    assert place is not None
    found = Effects(module, place, module.type_of(collection), loop)
    return any(found.of(event) for event in events_of(loop, module))


def local(before: str, loop: str, over: str = "d") -> str:
    lines = "\n".join(f"    {line}" for line in before.split("\n"))
    return f"def f(key, words: list[str]):\n{lines}\n    for i in range(len({over})):\n        {loop}\n"


def attribute(others: str, loop: str = "self._g['x'][2] = 1", over: str = "words") -> str:
    made = "class A:\n    def __init__(self):\n        self._g = {'x': [1, 2, 3]}\n"
    return f"{made}    def f(self, words: list[int]):\n        for i in range(len({over})):\n            {loop}\n{others}"


DISPLAY = "g = {'x': [1, 2, 3]}\n"
LISTS = "g = [[1, 2, 3], [4]]\n"


@pytest.mark.parametrize(
    "text",
    [
        local(f"{DISPLAY}d = g['x']", "g['x'][2] = 1"),
        local(f"{DISPLAY}d = g.get('x', [])", "g['x'][2] = 1"),
        local("g = {}\nd = g.setdefault('x', [1])", "g['x'][0] = 1"),
        local(f"{DISPLAY}e = g['x']\nd = e", "g['x'][2] = 1"),
        local(f"{DISPLAY}d = (h := g['x'])", "g['x'][2] = 1"),
        local(f"{DISPLAY}d = g['x'] or []", "g['x'][2] = 1"),
        local(f"{DISPLAY}for e in g.values(): d = e", "g['x'][2] = 1"),
        local(f"{DISPLAY}for k, d in g.items(): pass", "g['x'][2] = 1"),
        local(f"{DISPLAY}d = [e for e in g.values()][0]", "g['x'][2] = 1"),
        local(f"{LISTS}for d in g: pass", "g[0][2] = 1"),
        local(f"{LISTS}for n, d in enumerate(g): pass", "g[0][2] = 1"),
        local(f"{LISTS}for d in reversed(sorted(g)): pass", "g[0][2] = 1"),
        local(f"{LISTS}d = min(g)", "g[0][2] = 1"),
        local(f"{LISTS}d = g.pop()\ng.append(d)", "g[0][2] = 1"),
        local(f"{LISTS}d = [*g][0]", "g[0][2] = 1"),
        local(f"{LISTS}h = g[:]\nd = h[0]", "g[0][2] = 1"),
        local(f"{LISTS}for (key.x, d) in zip('ab', g): pass", "g[0][2] = 1"),
        local(f"{LISTS}take = g.__getitem__\nd = take(0)", "g[0][2] = 1"),
        local("from collections import defaultdict\ng = defaultdict(list)\nd = g['x']", "g['x'][2] = 1"),
        local(f"{DISPLAY}key.rows = g['x']", "g['x'][2] = 1", "key.rows"),
        local(f"{DISPLAY}def h(): return g['x']\nd = h()", "g['x'][2] = 1"),
        local(f"{LISTS}def h():\n    nonlocal d\n    d = g[0]\nd = [1]\nh()", "g[0][2] = 1"),
        attribute("    def h(self):\n        self.f(self._g['x'])\n"),
        attribute("    def h(self):\n        self.f(words=self._g.get('x'))\n"),
        attribute("    def h(self):\n        return self._g['x']\n"),
        attribute("    def h(self):\n        return self._g.values()\n"),
        attribute("    def h(self):\n        e = self._g['x']\n        return e\n"),
        attribute("    def h(self):\n        e = self._g['x']\n        self.f(e)\n"),
        attribute("    def h(self):\n        e = self._g['x']\n        x = e\n        self.f(x)\n"),
        attribute("    def h(self):\n        e = self._g['x']\n        return lambda: e\n"),
        attribute("    def h(self):\n        e = self._g['x']\n        return locals()\n"),
        attribute("    def h(self):\n        global e\n        e = self._g['x']\n"),
        attribute("    def h(self):\n        e = self._g['x']\n        yield [e]\n"),
        attribute("    def h(self):\n        for e in self._g.values(): self.f(e)\n"),
        attribute("    def h(self):\n        self.now = self._g['x']\n", over="self.now"),
        attribute("    def put(self, k): self._g[k][0] = 1\n    def h(self): self.f(self._g['x'])\n", loop="self.put('x')"),
    ],
)
def test_what_was_taken_out_is_changed_in_the_collection(text: str, facts: Facts) -> None:
    assert changed(text, facts)


@pytest.mark.parametrize(
    "text",
    [
        local("g = {}", "g.setdefault(key, []).append(words[i])", "words"),
        local(f"{DISPLAY}for k, e in g.items(): print(k, e)", "g[key].append(words[i])", "words"),
        local(f"{DISPLAY}e = g['x']\nkey(e)", "g[key].append(words[i])", "words"),  # made after the words were passed
        local("d = key.rows\ng = {}\ng['x'] = [1]\nprint(len(g), sorted(g), 'x' in g)", "g['x'].append(d[i])"),
        local("d = key.rows\ng = {}\ng['x'] = [1]\nfor k in g: print(k, [*g])", "g['x'].append(d[i])"),
        local("d = key.rows\ng = {}\ng['x'] = [1]\nfor k, e in g.items(): e.append(len(e))", "g['x'].append(d[i])"),
        local("d = key.rows\ng = {}\ng['x'] = [1]\ng.get('x', []).sort()\nif g: del g['x']", "g['x'].append(d[i])"),
        local("g = {}\ng['x'] = [1]\nd = key.rows", "g['x'].append(d[i])\n    return g['x']"),  # which comes later
        attribute("    def h(self):\n        for k, e in self._g.items(): print(k, len(e))\n"),
        attribute("    def h(self):\n        e = self._g['x']\n        e.append(len(e))\n        return e[0], [n for n in e]\n"),
        attribute("    def h(self):\n        return len(self._g['x']), self._g['x'][0]\n"),
    ],
)
def test_what_stays_in_the_collection_is_no_variables(text: str, facts: Facts) -> None:
    assert not changed(text, facts)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("xs = self._g['x']", True),
        ("xs = self._g.get('x')", True),
        ("n = self._g['x']", False),
        ("n = self._g['x']\n        xs = n", True),
        ("n = self._g['x']\n        h(n)", True),
        ("n = self._g['x']\n        print(n[0])", False),
        ("n = self._g['x']\n        n()", True),
        ("n: list = self._g['x']\n        return n", True),
        ("n = m = self._g['x']", True),
        ("h(self._g['x'])", True),
        ("self.put(self._g['x'])", False),
        ("self.put(x=self._g['x'])", False),
        ("self._g['x']()", True),
        ("self._g['x'] = h", False),
        ("del self._g['x']", False),
        ("return self._g[1:]", True),
        ("h[self._g]", True),
        ("h(self._g.append)", True),
        ("n = self._g.append", True),
        ("self._g.append(h)", False),
        ("self._g.unknown()", True),
        ("self._g.get('x')", False),
        ("return self._g.get('x')", True),
        ("for n in self._g.values(): print(n)", False),
        ("for n in self._g.values(): h(n)", True),
        ("for xs in self._g.values(): pass", True),
        ("return list(self._g.values())", True),
        ("return len(self._g.values())", False),
        ("for n in sorted(self._g.values()): print(n)", False),
        ("for n in sorted(self._g.values()): h(n)", True),
        ("for k, (n, m) in self._g.items(): print(n)", False),
        ("for k, [n, m] in self._g.items(): h(m)", True),
        ("for h.x in self._g.values(): pass", True),
        ("for h[0] in self._g.values(): pass", True),
        ("h[self._g.values()]", True),
        ("h(self._g)", True),
        ("len(self._g)", False),
        ("for n in h(self._g.values()): pass", True),
        ("for n in [self._g.values()]: pass", True),
        ("if self._g: pass", False),
        ("print(f'{self._g}')", False),
        ("assert self._g", False),
        ("return self._g", True),
        ("m = [0]\n        for m[0] in self._g.values(): pass", True),
        ("[0 for n in h if self._g.values()]", True),
        ("n = self._g['x']\n        m = n\n        n = m", True),
        ("n = self._g", True),
    ],
)
@pytest.mark.parametrize("made", ["[]", "{}"])
def test_what_an_attribute_lets_out_of_it(made: str, body: str, expected: bool, facts: Facts) -> None:
    text = f"class A:\n    def __init__(self):\n        self._g = {made}\n    def f(self, h):\n        xs = h.rows\n        {body}\n        xs.pop()\n    def put(self, x): x.append(1)"
    module = facts(text)
    holder = place_of(next(node for node in ast.walk(module.tree) if ast.unparse(node) == "xs"), module)
    assert holder is not None
    assert attribute_lets_out("_g", holder, module) is expected


@pytest.mark.parametrize(
    ("made", "body", "expected"),
    [
        ("{}", "for n in self._g: h(n)", False),
        ("[]", "for n in self._g: h(n)", True),
        ("[]", "for n in self._g: print(n, h is None)", False),
        ("{}", "for n in sorted(self._g): h(n)", False),
        ("[]", "for n in sorted(self._g): h(n)", True),
        ("[]", "for n in sorted(self._g): print(n, h is None)", False),
        ("{}", "h(*self._g)", False),
        ("[]", "h(*self._g)", True),
        ("{}", "for n in h(self._g): pass", True),
    ],
)
def test_the_keys_of_a_dict_are_no_elements(made: str, body: str, expected: bool, facts: Facts) -> None:
    text = f"class A:\n    def __init__(self):\n        self._g = {made}\n    def f(self, h):\n        {body}\n"
    module = facts(text)
    holder = place_of(next(node for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id == "h"), module)
    assert holder is not None
    assert attribute_lets_out("_g", holder, module) is expected
