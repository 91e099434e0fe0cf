"""Names that stand in strings or come by name from a module."""

from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.names.spelled import names_in_strings, names_spelled

Facts = Callable[[str], Module]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("getattr(x, 'a')", {"a"}),
        ("object.__getattribute__(x, 'a')", {"a"}),
        ("operator.attrgetter('a.b')", {"a", "b"}),
        ("monkeypatch.setattr(x, 'a', y)", {"a"}),
        ("globals()['a']", {"a"}),
        ("globals().get('a')", {"a"}),
        ("vars(x)['a']", {"a"}),
        ("x.__dict__['a'] = y", {"a"}),
        ("x.__dict__.pop('a')", {"a"}),
        ("f('a')", set()),
        ("x.get('a')", set()),
        ("x['a']", set()),
        ("x()['a']", set()),
        ("['globals', 'a']", set()),
        ("f(getattr(x, y), 'a')", set()),
        ("getattr(x, 1)", set()),
        ("'a'", set()),
    ],
)
def test_in_strings(facts: Facts, source: str, expected: set[str]) -> None:
    assert names_in_strings(facts(source)) == names_spelled(facts(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from m import a", set()),
        ("from m import a as a", set()),
        ("from m import a as b", {"a"}),
        ("import a as b", set()),
        ("from m import *", set()),
        ("from . import a as b", {"a"}),
        ("from os import a as b", set()),
        ("from os.path import a as b", set()),
        ("def f():\n    from m import a", {"a"}),
        ("class C:\n    from m import a", {"a"}),
        ("if x:\n    from m import a", set()),
    ],
)
def test_imported(facts: Facts, source: str, expected: set[str]) -> None:
    assert names_spelled(facts(source)) == expected
