"""What an editor may ask for when it starts the server, or changes its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class Options(Struct, frozen=True):
    """`show_refused`: also show the sites that are left, with reasons. The rest is as on the command line; None leaves it to the files."""

    show_refused: bool = False
    unsafe_fixes: bool | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()


_KEYS = {"showRefused": "show_refused", "unsafeFixes": "unsafe_fixes", "select": "select", "ignore": "ignore"}


def options_of(value: object) -> tuple[Options, list[str]]:
    """The options in what an editor sent, and a line for each thing in it that makes no sense.

    An editor may send nothing, or wrap them as `{"pyfix": …}`.
    """
    if isinstance(value, Mapping) and isinstance(value.get("pyfix"), Mapping):
        value = value["pyfix"]
    if value is None:
        return Options(), []
    if not isinstance(value, Mapping):
        return Options(), ["the options must be an object"]
    said: dict[str, Any] = {}
    problems: list[str] = []
    for key, content in value.items():
        match key, content:
            case (("showRefused" | "unsafeFixes"), bool()):
                said[_KEYS[key]] = content
            case (("select" | "ignore"), [*names]) if all(isinstance(name, str) for name in names):
                said[_KEYS[key]] = tuple(names)
            case (("showRefused" | "unsafeFixes" | "select" | "ignore"), _):
                problems.append(f"`{key}` must be {'true or false' if key in ('showRefused', 'unsafeFixes') else 'a list of names'}")
            case _:
                problems.append(f"there is no option `{key}`; the options are {', '.join(f'`{name}`' for name in _KEYS)}")
    return replace(Options(), **said), problems
