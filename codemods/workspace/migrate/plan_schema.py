"""The tables of a plan in TOML, their keys and types, and what is said about a wrong one.

branch = "pyfix/migrate"          # and all other keys of a repository: for those that do not say otherwise
select = ["loops"]

[[repository]]
source = "https://example.org/team/app.git"
verify = "python -m pytest -q"
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from codemods.workspace.migrate.plan import PlanError

Text = Annotated[str, Meta(min_length=1)]
Positive = Annotated[float, Meta(gt=0)]


class Keys(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """What may be said of one repository, or at the top for all; None where nothing is."""

    base: Text | None = None
    branch: Text | None = None
    select: tuple[Text, ...] | None = None
    ignore: tuple[Text, ...] | None = None
    exclude: tuple[Text, ...] | None = None
    unsafe_fixes: bool | None = None
    target_version: Text | None = None
    verify: Text | None = None
    owners: bool | None = None
    author: Text | None = None
    forge: Text | None = None
    timeout: Positive | None = None
    memory: Text | None = None


class Entry(Keys, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """One `[[repository]]`."""

    source: Text
    name: Text | None = None


class Document(Keys, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """The whole file."""

    repository: tuple[Entry, ...] = ()


def document(text: str, path: str) -> Document:
    """The plan in `text`. Raises PlanError with the line."""
    try:
        return msgspec.convert(tomllib.loads(text), Document, strict=True)
    except msgspec.ValidationError as error:
        line, cause = _explained(str(error), text)
        raise PlanError(path, line, cause) from None
    except RecursionError:
        raise PlanError(path, 0, "is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        cause = " ".join(str(error).split())
        found = re.search(r" \(at line (\d+), column \d+\)$| \(at end of document\)$", cause)
        line = 0 if not found else int(found[1]) if found[1] else text.count("\n") + 1
        raise PlanError(path, line, f"is not TOML: {cause[: found.start()] if found else cause}") from None


def line_of(text: str, key: str, entry: int | None = None) -> int:
    """The line on which `key` is set, at the top or in the n-th `[[repository]]`; that table's own line, or 0, where it is not."""
    tables = [found.start() for found in re.finditer(r"^[ \t]*\[\[[ \t]*repository[ \t]*\]\]", text, re.MULTILINE)]
    begin, end = 0, tables[0] if tables else len(text)
    if entry is not None and entry < len(tables):
        begin, end = tables[entry], (*tables, len(text))[entry + 1]
    found = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE).search(text, begin, end)
    if found is None and (entry is None or entry >= len(tables)):
        return 0
    return text.count("\n", 0, found.start() if found else begin) + 1


def _explained(said: str, text: str) -> tuple[int, str]:
    """The line and the cause of what msgspec said: "Expected `str`, got `int` - at `$.repository[1].base`"."""
    cause, _, place = said.partition(" - at `")
    steps = re.findall(r"\.([\w-]+)|\[(\d+|\.\.\.)\]", place)
    entry = int(steps[1][1]) if len(steps) > 1 and steps[0][0] == "repository" and steps[1][1].isdigit() else None
    keys = [name for name, _ in steps if name]
    keys = keys[1:] if entry is not None else keys
    missing = re.search(r"(?:unknown|missing required) field `([^`]+)`", cause)
    key = missing[1] if missing else keys[0] if keys else ""
    where = "in [[repository]]" if entry is not None else "in the plan"
    line = line_of(text, key, entry)
    if missing and "unknown" in cause:
        return line, f"unknown key `{key}` {where}; {_hint(key, entry)}"
    if missing:
        return line, f"`{key}` is missing {where}"
    return line, f"`{key}` {where}: {cause[0].lower()}{cause[1:]}" if key else cause


def _hint(key: str, entry: int | None) -> str:
    import difflib

    fields: tuple[Any, ...] = msgspec.structs.fields(Entry if entry is not None else Document)
    known = [field.encode_name for field in fields]
    near = difflib.get_close_matches(key.lower().replace("_", "-"), known, n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else "the keys are " + ", ".join(f"`{name}`" for name in known)
