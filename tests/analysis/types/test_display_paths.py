"""What stands behind a key deep in what is written out."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.display_paths import is_always_there

CONFIG = "def f(other):\n    c = {'db': {'host': 'h', 'port': 80}, 'n': 1.5, 'tags': ['a']}\n"
STOCK = "def f(other):\n    s = {'a': {'p': 1.5, 'q': 'x'}, 'b': {'p': 2, 'q': 'y'}}\n"


@pytest.mark.parametrize(
    ("head", "body", "kind"),
    [
        (CONFIG, "repr(c['db']['host']); repr(c['db']['port']); repr(c['n'])", "str; int; float"),
        (CONFIG, "c['db']['host'] = 5\nrepr(c['db']['host'])", "str | int"),
        (CONFIG, "c['db']['other'] = None\nrepr(c['db']['host'])", "str"),
        (CONFIG, "c['db'][other] = 5\nrepr(c['db']['host'])", "str | int"),
        (CONFIG, "c['db'] = {'host': 5}\nrepr(c['db']['host'])", "str | int"),
        (CONFIG, "c['db'] = other\nrepr(c['db']['host'])", "?"),
        (CONFIG, "c['db'].update(host=5)\nrepr(c['db']['host'])", "?"),
        (CONFIG, "db = c['db']\ndb['host'] = 5\nrepr(c['db']['host'])", "str | int"),
        (CONFIG, "other(c['db'])\nrepr(c['db']['host'])", "?"),
        (CONFIG, "c['db']['port'] += 1\nrepr(c['db']['host'])", "?"),
        (CONFIG, "for k, v in c.items(): v['host'] = 5\nrepr(c['db']['host'])", "str | int"),
        (CONFIG, "repr(c[other]['host'])", "?"),
        (CONFIG, "for r in r.values(): repr(r['p'])", "?"),
        (CONFIG, "for t in c['tags']: repr(t)", "str"),
        (STOCK, "for k in s: repr(k['p'])", "?"),
        (CONFIG, "r = {'p': {'x': [][0], 'y': 'a', 'z': 1}}\nrepr(r['p']['x'])", "str | int"),
        (CONFIG, "r = {'p': ({'x': 1, 'y': 'a'}, {'x': 'b', 'y': 2})}\nrepr(r['p'][0]['x']); repr(r['p'][other]['x'])", "int; int | str"),
        (CONFIG, "r = {'p': [{'x': 1}]}\nrepr(r['p']['x'])", "?"),
        (CONFIG, "r = {'p': {0: 1, 1: 'a'}}\nrepr(r['p'][0])", "int | str"),
        (CONFIG, "r = {'p': {1.5: 1, 'b': 'a'}}\nrepr(r['p'][1.5])", "int | str"),
        (CONFIG, "r = {'p': [{'x': 1, 'y': 'a'}]}\nr['p'].extend([{'x': 'z', 'y': 2}])\nrepr(r['p'][0]['x'])", "?"),
        (CONFIG, "c['tags'].append(5)\nfor t in c['tags']: repr(t)", "str | int"),
        (STOCK, "for k, v in s.items(): repr(v['p']); repr(v['q'])", "float | int; str"),
        (STOCK, "for v in s.values(): repr(v['p'])", "float | int"),
        (STOCK, "for k in s: repr(s[k]['p'])", "float | int"),
        (STOCK, "for v in s.values(): v['p'] = None\nfor k in s: repr(s[k]['p'])", "float | int | None"),
        (STOCK, "s['c'] = {'p': 1, 'q': 2}\nfor k in s: repr(s[k]['p'])", "float | int"),
        (STOCK, "s['c'] = other\nfor k in s: repr(s[k]['p'])", "?"),
        (STOCK, "for k, v in s.items(): other(v)\nfor k in s: repr(s[k]['p'])", "?"),
        (STOCK, "r = [{'p': 1, 'l': ['x']}]\nfor i, e in enumerate(r): repr(e['p']); repr(e['l'][0])", "int; str"),
        (
            STOCK,
            "r = [{'p': 1, 'l': ['x']}]\nr.append({'p': 'y', 'l': [2]})\nfor e in r: repr(e['p']); repr(e['l'][0])",
            "int | str; str | int",
        ),
        (CONFIG, "r = [{'p': [('a', 1), ('b', 2)], 'n': 1}]\nrepr(r[0]['p'][0][0]); repr(r[0]['p'][1][1])", "str; int"),
        (
            CONFIG,
            "for e in r: pass\nr = [{'p': ('a', 1), 'n': 1}]\nfor e in r: repr(e['p'][0]); repr(e['p'][1]); repr(e['p'][5])",
            "str; int; str | int",
        ),
        (CONFIG, "r = {'p': [['a'], [1]], 'n': 1}\nrepr(r['p'][0][0])", "str | int"),
        (CONFIG, "r = [{'p': {'q': 'a'}}, {'p': {'q': 'b'}}]\nr[0] = {'p': {'q': 1}}\nr.reverse()\nrepr(r[1]['p']['q'])", "str | int"),
        (CONFIG, "def enumerate(r): return [(0, {'p': 1, 'l': [1]})]\nr = [{'p': 'a'}]\nfor i, e in enumerate(r): repr(e['p'])", "?"),
    ],
)
def test_behind_a_path(shown: Callable[[str], str], head: str, body: str, kind: str) -> None:
    assert shown(head + "\n".join(f"    {line}" for line in body.split("\n"))) == kind


@pytest.mark.parametrize(
    ("body", "there"),
    [
        ("ps = [{'n': 1}, {'n': 2, 'm': 3}]\nfor p in ps: p['n']", True),
        ("ps = [{'n': 1}, {'n': 2, 'm': 3}]\nfor p in ps: p['m']", False),
        ("ps = [{'n': 1}]\nfor p in ps: p['m']", False),
        ("ps = [{'n': 1}, other]\nfor p in ps: p['n']", False),
        ("ps = [{'n': 1}, {**other}]\nfor p in ps: p['n']", False),
        ("ps = [{'n': 1}, {other: 1}]\nfor p in ps: p['n']", False),
        ("ps = []\nfor p in ps: p['n']", False),
        ("ps = [{'n': 1}]\nps.append({'m': 1})\nfor p in ps: p['n']", False),
        ("ps = [{'n': 1}]\nfor p in ps: del p['n']\nfor p in ps: p['n']", False),
        ("ps = [{'n': 1}]\nfor p in ps: p.clear()\nfor p in ps: p['n']", False),
        ("ps = [{'n': 1}]\nother(ps)\nfor p in ps: p['n']", False),
        ("ps = [{'n': 1}]\nfor p in ps: p[other]", False),
        ("ps = [{'n': 1}]\nfor p in ps: other['n']", False),
        ("p = {'n': 1}\np['n']", False),
        ("ps = {'a': {'n': 1}}\nfor p in ps.values(): p['n']", True),
        ("ps = [{'n': 1}]\nfor p in ps: p.n", False),
        ("ps = [{'n': 1}, ['n']]\nfor p in ps: p['n']", False),
        ("unbound['n']", False),
        ("for p in p.values(): p['n']", False),
        ("ps = [[{'n': 1}]]\nfor p in ps[:1]: p['n']", False),
        ("ps = {'n': {'n': 1}}\nfor p in ps: p['n']", False),
        ("ps = [[{'n': 1}]]\nfor p in ps: p['n']", False),
    ],
)
def test_a_key_that_is_always_there(facts: Callable[[str], Module], body: str, there: bool) -> None:
    """Of each row that a loop can get; `del` may take the key away."""
    module = facts("def f(other):\n" + "".join(f"    {line}\n" for line in body.split("\n")))
    last = module.tree.body[0].body[-1]
    asked = last.body[0].value if isinstance(last, ast.For) else last.value
    assert is_always_there(module.inference, asked) == there


def test_displays_as_deep_as_one_likes(shown: Callable[[str], str]) -> None:
    """Only so many levels are followed; further in, a key is not told from its neighbours."""
    kinds = []
    for depth in range(1, 10):
        display = "{'a': " * depth + "1" + ", 'b': 's'}" * depth
        kinds.append(shown(f"def f():\n    r = {display}\n    repr(r" + "['a']" * depth + ")"))
    assert kinds[:3] == ["int", "int", "int"]
    assert set(kinds) <= {"int", "int | str", "?"}


@pytest.mark.parametrize(
    ("source", "because"),
    [
        ("r = {'p': [{'x': 1, 'y': 'a'}]}\nr['p'][0]['x']", 'what is put under "x"'),
        ("r = {'p': {'x': [1, 'a']}, 'q': 1}\nr['p']", 'what is put under "p"'),
        ("r = {'a': 1, 'b': 'x'}\nr[other]", ""),
        ("r = {'p': [1, 'a']}\nr['p'][0]", ""),
        ("r = {'p': 'a', 'q': 'b'}\nr['p']", ""),
    ],
)
def test_what_it_is_known_from(facts: Callable[[str], Module], source: str, because: str) -> None:
    module = facts("def f(other):\n" + "".join(f"    {line}\n" for line in source.split("\n")))
    kind = module.type_of(module.tree.body[0].body[-1].value)
    assert kind is not None
    assert (because in kind.because) if because else ("put under" not in kind.because)
