"""How a function uses a collection: what it stores and looks up, whether it lets it out, and where keys come from."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.change.storage import ARGUMENT, ELEMENT, FIXED, accesses, leaves, source_of
from codemods.analysis.module import Module
from codemods.analysis.shapes.parameters import Parameter, uses, with_defaults

Facts = Callable[[str], Module]


def parameter(body: str, facts: Facts) -> tuple[Parameter, Module]:
    """The last parameter of a function, `x`."""
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    module = facts(f"import json\nLIMIT = 1\ndef f(key, g, n=1, x={{}}):\n{lines}\n")
    function = next(node for node in module.tree.body if isinstance(node, ast.FunctionDef))
    return list(with_defaults(function))[-1], module


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x[key] = 1", ["stores key"]),
        ("x[key]", ["looks_up key"]),
        ("del x[key]", ["removes key"]),
        ("x[key] += 1", ["stores looks_up key"]),
        ("x['a'] += 1", ["stores looks_up counts 'a'"]),
        ("x['a'] += 'b'", ["stores looks_up 'a'"]),
        ("x['a'] *= 2", ["stores looks_up 'a'"]),
        ("x['a'] = x['a'] + 1", ["stores counts 'a'", "looks_up 'a'"]),
        ("x['a'] = 1 + x['a']", ["stores counts 'a'", "looks_up 'a'"]),
        ("x['a'] = x['a'] + 'b'", ["stores 'a'", "looks_up 'a'"]),
        ("x['a'] = x.get('a', 0) - 1", ["stores counts 'a'", "looks_up 'a'"]),
        ("x['a'] = x.pop('a', 0) - 1", ["stores 'a'", "looks_up removes 'a'"]),
        ("x['a'] = g['a'] + 1", ["stores 'a'"]),
        ("x['a'] = g.get('a', 0) + 1", ["stores 'a'"]),
        ("x[key] = x[key] + 1", ["stores key", "looks_up key"]),
        ("n += sum(0 for x[0] in g)", ["stores 0"]),
        ("g[x]", []),
        ("n += x", []),
        ("x += g", ["stores None"]),
        ("g(x.append)", []),
        ("key in x", ["looks_up key"]),
        ("x in key", []),
        ("x.setdefault(key, g)", ["stores looks_up key"]),
        ("x.get(key)", ["looks_up key"]),
        ("x.pop(key)", ["looks_up removes key"]),
        ("x.pop()", ["looks_up removes None"]),
        ("x.append(key)", ["stores grows key"]),
        ("x.update({key: 1})", ["stores key"]),
        ("x.update(g)", ["stores None"]),
        ("x.insert(0, g)", ["stores None"]),
        ("x.clear()", ["removes None"]),
        ("x.unknown()", []),
    ],
)
def test_what_is_stored_and_looked_up(body: str, expected: list[str], facts: Facts) -> None:
    one, module = parameter(body, facts)
    flags = ("stores", "looks_up", "grows", "removes", "counts")
    found = [
        " ".join([*(flag for flag in flags if getattr(access, flag)), ast.unparse(access.key) if access.key is not None else "None"])
        for access in accesses(uses(one, module), module)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x[key]", False),
        ("x[key] = g", False),
        ("g[x]", True),
        ("x.append(g)", False),
        ("x.items()", False),
        ("x.unknown()", True),
        ("g(x.append)", True),
        ("add = x.append", True),
        ("x == g", False),
        ("for n in x: pass", False),
        ("[n for n in x]", False),
        ("not x", False),
        ("if x: pass", False),
        ("while x: pass", False),
        ("assert x", False),
        ("if x or g: pass", False),
        ("while g and (x or n): pass", False),
        ("return not (x or g)", False),
        ("return 1 if x or g else 2", False),
        ("return 1 if x else 2", False),
        ("return x if g else 2", True),
        ("if (x if g else n): pass", False),
        ("return x or g", True),
        ("return g and (x or [])", True),
        ("return n or (x if g else [])", True),
        ("(x or g).append(1)", True),
        ("len(x)", False),
        ("g(x)", True),
        ("x()", True),
        ("map(g, x)", True),
        ("json.dumps(x)", True),
        ("import len\nlen(x)", True),
        ("n += x", False),
        ("del x", False),
        ("return x", True),
        ("g(key=x)", True),
        ("n = x", True),
        ("x = g", False),
    ],
)
def test_what_lets_it_out(body: str, expected: bool, facts: Facts) -> None:
    one, module = parameter(body, facts)
    assert any(leaves(use, module) for use in uses(one, module)) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x['a']", FIXED),
        ("x[x]", FIXED),
        ("x[LIMIT]", FIXED),
        ("x[len]", FIXED),
        ("x[key]", ARGUMENT),
        ("x[key, 'a']", ARGUMENT),
        ("k = key\nx[k]", ARGUMENT),
        ("k = 1\nx[k]", FIXED),
        ("k = key\nk = k + 1\nx[k]", ARGUMENT),
        ("k = 1\nk = k\nx[k]", FIXED),
        ("a = key\nb = a\nc = b\nd = c\ne = d\nh = e\ni = h\nj = i\nk = j\nl = k\nx[l]", ARGUMENT),
        ("for k in g: x[k]", ELEMENT),
        ("for k in g:\n    n = k\n    x[n]", ELEMENT),
        ("lambda k: x[k]", ELEMENT),
        ("[x[k] for k in g]", ELEMENT),
        ("import os\nx[os]", FIXED),
        ("with g as k: x[k]", ARGUMENT),
        ("k += key\nx[k]", ARGUMENT),
    ],
)
def test_where_a_key_comes_from(body: str, expected: int, facts: Facts) -> None:
    one, module = parameter(body, facts)
    key = next(access.key for access in accesses(uses(one, module), module) if access.key is not None)
    assert source_of(key, one, module) == expected
