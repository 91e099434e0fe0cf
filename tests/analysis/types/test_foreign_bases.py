"""What bases from outside the file have."""

import pytest

from codemods.analysis.types.foreign_bases import has


@pytest.mark.parametrize(
    ("origin", "name", "expected"),
    [
        ("foo.Base", "x", True),
        ("builtins.object", "x", False),
        ("builtins.object", "__eq__", False),
        ("abc.ABC", "__init_subclass__", False),
        ("builtins.ValueError", "x", False),
        ("builtins.ValueError", "args", True),
        ("builtins.ValueError", "add_note", True),
        ("builtins.ValueError", "__str__", True),
        ("builtins.UserWarning", "x", False),
        ("builtins.dict", "x", True),
        ("builtins.type", "x", True),
        ("foo.MyError", "x", True),
        ("threading.Thread", "x", False),
        ("threading.Thread", "args", False),
        ("threading.Thread", "_args", True),
        ("threading.Thread", "__repr__", True),
        ("unittest.TestCase", "assertEqual", True),
        ("unittest.IsolatedAsyncioTestCase", "assertEqual", True),
        ("unittest.IsolatedAsyncioTestCase", "asyncSetUp", True),
        ("unittest.TestCase", "asyncSetUp", False),
        ("enum.IntFlag", "name", True),
        ("enum.IntFlag", "x", False),
        ("collections.abc.Mapping", "get", True),
        ("collections.abc.Hashable", "get", False),
    ],
)
def test_a_name_of_a_base(origin: str, name: str, expected: bool) -> None:
    assert has(origin, name) == expected
