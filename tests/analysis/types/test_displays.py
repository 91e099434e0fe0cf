"""What stands behind a key of a dictionary that is written out."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("repr(c['name'])", "str"),
        ("repr(c['rate'])", "float"),
        ("for k in c: print(k)\nrepr(c['name'])", "str"),
        ("print(c, len(c), c.items())\nrepr(c['name'])", "str"),
        ("c['other'] = None\nrepr(c['name'])", "str"),
        ("c['name'] = 3\nrepr(c['name'])", "str | int"),
        ("c[other] = 3\nrepr(c['name'])", "str | int"),
        ("c[other] = other\nrepr(c['name'])", "?"),
        ("c = {'name': 3, 'rate': 'x'}\nrepr(c['name'])", "str | int"),
        ("d = c\nd['name'] = 3\nrepr(c['name'])", "str | int"),
        ("repr(c['none'])", "str | float"),
        ("repr(c[other])", "str | float"),
        ("c['rate'] += 1\nrepr(c['name'])", "?"),
        ("c.update(name=3)\nrepr(c['name'])", "str | float | int"),
        ("c |= {'name': 3}\nrepr(c['name'])", "str | float | int"),
        ("c.setdefault('name', other)\nrepr(c['name'])", "?"),
        ("other(c)\nrepr(c['name'])", "?"),
        ("c = other\nrepr(c['name'])", "?"),
        ("g = lambda: other(c)\nrepr(c['name'])", "?"),
    ],
)
def test_a_dictionary_of_a_function(shown: Callable[[str], str], body: str, kind: str) -> None:
    program = "def f(other):\n    c = {'name': 'm', 'rate': 0.1}\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    assert shown(program) == kind


@pytest.mark.parametrize(
    ("display", "kind"),
    [
        ("{'name': 'm', **other, 'x': 1}", "?"),
        ("{'name': other, 'x': 'm'}", "?"),
        ("{'name': 1, 'name': 'm'}", "str"),
        ("{'name': 'm', other: 1}", "str | int"),
        ("dict(name='m', x=1)", "str | int"),
    ],
)
def test_other_displays(shown: Callable[[str], str], display: str, kind: str) -> None:
    assert shown(f"def f(other):\n    c = {display}\n    repr(c['name'])") == kind
