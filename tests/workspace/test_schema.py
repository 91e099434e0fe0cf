"""What a `[tool.pyfix]` may hold, and how a wrong one is named."""

from __future__ import annotations

import tomllib

import pytest

from codemods.workspace.schema import ConfigError, Source, Table, parse_table, parse_target

HEAD = "[tool.pyfix]\n"


def parse(body: str) -> Table:
    text = HEAD + body
    return parse_table(tomllib.loads(text)["tool"]["pyfix"], Source("pyproject.toml", text))


def test_every_key() -> None:
    table = parse(
        """
        select = ["range-len", "ALL"]
        ignore = ["dict-keys"]
        exclude = ["build", "*_pb2.py"]
        target-version = "3.9"
        unsafe-fixes = true
        line-length = 100
        [tool.pyfix.per-file-ignores]
        "tests/*" = ["range-len"]
        """
    )
    assert table == Table(
        select=("range-len", "ALL"),
        ignore=("dict-keys",),
        per_file_ignores=(("tests/*", ("range-len",)),),
        exclude=("build", "*_pb2.py"),
        target=(3, 9),
        unsafe_fixes=True,
        line_length=100,
    )


def test_an_empty_table_says_nothing() -> None:
    assert parse("") == Table()


def test_an_empty_select_is_said() -> None:
    assert parse("select = []").select == ()


@pytest.mark.parametrize(
    ("body", "line", "cause"),
    [
        ("selct = []", 2, "unknown key 'selct' in [tool.pyfix]; did you mean `select`?"),
        ("\nline_length = 3", 3, "unknown key 'line_length' in [tool.pyfix]; did you mean `line-length`?"),
        ("TARGET-VERSION = '3.9'", 2, "unknown key 'TARGET-VERSION' in [tool.pyfix]; did you mean `target-version`?"),
        ('"x\\ny" = 1', 0, "unknown key 'x\\ny'"),
        ("zebra = 1", 2, "the keys are `select`, `ignore`, `per-file-ignores`, `exclude`"),
        ('select = "range-len"', 2, "`select` in [tool.pyfix] must be a list of strings, not a string"),
        ("ignore = [1]", 2, "`ignore` in [tool.pyfix] must hold strings only, not a whole number"),
        ("exclude = [['a']]", 2, "must hold strings only, not a list"),
        ("per-file-ignores = []", 2, "must be a table of lists of strings, not a list"),
        ("per-file-ignores = {a = 'b'}", 2, "`per-file-ignores` in [tool.pyfix] at 'a' must be a list of strings, not a string"),
        ("target-version = 3.9", 2, '`target-version` in [tool.pyfix] must be a string such as "3.11", not a number'),
        ("target-version = 'py39'", 2, "must be a Python version such as 3.11, not 'py39'"),
        ("target-version = '3.7'", 2, "must be 3.8 or later, not 3.7"),
        ("unsafe-fixes = 1", 2, "must be true or false, not a whole number"),
        ("line-length = '88'", 2, "must be a whole number, not a string"),
        ("line-length = true", 2, "must be a whole number, not a boolean"),
        ("line-length = 0", 2, "must be from 1 to 1000, not 0"),
        ("line-length = 1979-05-27", 2, "must be a whole number, not a date or time"),
    ],
)
def test_what_is_wrong_is_named(body: str, line: int, cause: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(body)
    assert caught.value.line == line
    assert caught.value.path == "pyproject.toml"
    assert cause in caught.value.cause
    assert "\n" not in str(caught.value)


def test_a_table_that_is_none() -> None:
    with pytest.raises(ConfigError, match="must be a table, not a list"):
        parse_table([], Source("pyproject.toml"))


def test_an_error_says_where() -> None:
    assert str(ConfigError("p.toml", 3, "wrong")) == "p.toml:3: wrong"
    assert str(ConfigError("p.toml", 0, "wrong")) == "p.toml: wrong"
    assert str(ConfigError(None, 0, "wrong")) == "wrong"


@pytest.mark.parametrize(("text", "version"), [("3.8", (3, 8)), (" 3.11 ", (3, 11)), ("3.99", (3, 99))])
def test_a_target(text: str, version: tuple[int, int]) -> None:
    assert parse_target(text) == version


@pytest.mark.parametrize("text", ["3.7", "2.7", "3", "3.11.2", "", "\u0663.\u0668", "3.1111", "py311"])
def test_what_is_no_target(text: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        parse_target(text)
