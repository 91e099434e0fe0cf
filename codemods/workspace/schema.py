"""The table `[tool.pyfix]`: its keys, their types, and what is said about a wrong one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

OLDEST_TARGET = (3, 8)
# A line as wide as nobody's: the bound only keeps nonsense out.
WIDEST_LINE = 1000


class ConfigError(Exception):
    """The configuration is wrong. `path` is the file (None: the command line), `line` 1-based (0: none); `cause` names the key."""

    def __init__(self, path: str | None, line: int, cause: str) -> None:
        super().__init__(path, line, cause)
        self.path = path
        self.line = line
        self.cause = cause

    def __str__(self) -> str:
        where = [part for part in (self.path, str(self.line) if self.line else None) if part]
        return f"{':'.join(where)}: {self.cause}" if where else self.cause


class Table(Struct, frozen=True):
    """What one `[tool.pyfix]` says; None, or nothing, where it is silent. An empty `select` is said: it selects no rule."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    target: tuple[int, int] | None = None
    unsafe_fixes: bool | None = None
    line_length: int | None = None
    notebooks: bool | None = None


class Source(Struct, frozen=True):
    """Where a table was read from, to say where in it something is wrong."""

    path: str
    text: str = ""

    def error(self, key: str, cause: str) -> ConfigError:
        """The error at the line that sets `key`, found by its text: the parser does not tell."""
        found = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", self.text, re.MULTILINE)
        return ConfigError(self.path, self.text.count("\n", 0, found.start()) + 1 if found else 0, cause)


def parse_table(value: object, source: Source) -> Table:
    """The table that `value`, as tomllib gives it, states. Raises ConfigError."""
    if not isinstance(value, dict):
        raise source.error("pyfix", f"[tool.pyfix] must be a table, not {_kind(value)}")
    said: dict[str, Any] = {}
    for key, content in value.items():
        known = _KEYS.get(key)
        if known is None:
            raise source.error(key, _unknown_key(key))
        attribute, read = known
        try:
            said[attribute] = read(content)
        except ValueError as error:
            raise source.error(key, f"`{key}` in [tool.pyfix] {error}") from None
    return replace(Table(), **said)


def parse_target(text: str) -> tuple[int, int]:
    """The version in `text`, "3.11", as (3, 11). Raises ValueError, one line, for anything else and for what is older than 3.8."""
    found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})", text.strip(), re.ASCII)
    if not found:
        raise ValueError(f"must be a Python version such as 3.11, not {shown(text)}")
    version = (int(found[1]), int(found[2]))
    if version < OLDEST_TARGET:
        raise ValueError(f"must be 3.8 or later, not {text.strip()}")
    return version


def shown(text: str) -> str:
    """`text` in quotes, as a message can hold it: on one line and of bounded length."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def _unknown_key(key: str) -> str:
    import difflib

    near = difflib.get_close_matches(key.lower().replace("_", "-"), _KEYS, n=1, cutoff=0.5)
    hint = f"did you mean `{near[0]}`?" if near else "the keys are " + ", ".join(f"`{name}`" for name in _KEYS)
    return f"unknown key {shown(key)} in [tool.pyfix]; {hint}"


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"must be a list of strings, not {_kind(value)}")
    for element in value:
        if not isinstance(element, str):
            raise ValueError(f"must hold strings only, not {_kind(element)}")
    return tuple(value)


def _strings_by_glob(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise ValueError(f"must be a table of lists of strings, not {_kind(value)}")
    pairs = []
    for glob, names in value.items():
        try:
            pairs.append((glob, _strings(names)))
        except ValueError as error:
            raise ValueError(f"at {shown(glob)} {error}") from None
    return tuple(pairs)


def _target(value: object) -> tuple[int, int]:
    if not isinstance(value, str):
        raise ValueError(f'must be a string such as "3.11", not {_kind(value)}')
    return parse_target(value)


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {_kind(value)}")
    return value


def _width(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"must be a whole number, not {_kind(value)}")
    if not 1 <= value <= WIDEST_LINE:
        raise ValueError(f"must be from 1 to {WIDEST_LINE}, not {value}")
    return value


_KEYS: dict[str, tuple[str, Callable[[object], Any]]] = {
    "select": ("select", _strings),
    "ignore": ("ignore", _strings),
    "per-file-ignores": ("per_file_ignores", _strings_by_glob),
    "exclude": ("exclude", _strings),
    "target-version": ("target", _target),
    "unsafe-fixes": ("unsafe_fixes", _boolean),
    "line-length": ("line_length", _width),
    "notebooks": ("notebooks", _boolean),
}


def _kind(value: object) -> str:
    """The TOML name of a value's type, with an article."""
    match value:
        case bool():
            return "a boolean"
        case str():
            return "a string"
        case int():
            return "a whole number"
        case float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"
