"""Reading a plan: a TOML file, a list of paths and URLs, standard input, or the repositories below a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from codemods.workspace.files import ReadError, read_bounded
from codemods.workspace.migrate.plan import Plan, PlanError, Target
from codemods.workspace.migrate.plan_schema import Entry, Keys, document, line_of
from codemods.workspace.migrate.source import located, names
from codemods.workspace.schema import parse_target

# A list of a million repositories; a larger one is a mistake.
PLAN_LIMIT = 100_000_000
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_SKIPPED = frozenset({"node_modules", "__pycache__", ".venv", ".tox", ".nox"})

Check = Callable[[tuple[str, ...], tuple[str, ...]], object]


class _Given(Struct, frozen=True):
    """A repository as it was named: its source, the line it stands on, its own name if it has one, and what is said of it."""

    source: str
    line: int
    name: str | None
    keys: tuple[Keys, ...]


def read_plan(path: str, common: Target, check: Check) -> Plan:
    """The plan in a file: TOML where its name ends so, else a list.

    Args:
        common: what the command line says of all repositories; what it says wins over the file.
        check: raises ValueError for rules to select and to ignore that do not exist.

    Raises PlanError.
    """
    try:
        text = read_bounded(path, PLAN_LIMIT).decode("utf-8-sig")
    except ReadError as error:
        raise PlanError(path, 0, str(error)) from None
    except UnicodeDecodeError:
        raise PlanError(path, 0, "is not UTF-8") from None
    folder = Path(os.path.abspath(path)).parent
    given = list(_tables(text, path, folder) if path.endswith(".toml") else _lines(text, path, folder))
    return _plan(given, path, common, check, text)


def parse_list(text: str, path: str, common: Target, check: Check) -> Plan:
    """The plan in a list that was read elsewhere; relative paths are from the working folder. Raises PlanError."""
    return _plan(list(_lines(text, path, Path.cwd())), path, common, check)


def discovered(folder: str, common: Target, check: Check) -> Plan:
    """A plan of all repositories below a folder, sorted by path. Raises PlanError."""
    if not os.path.isdir(folder):
        raise PlanError(folder, 0, "is no folder")
    given = [_Given(os.path.abspath(path), 0, None, ()) for path in _repositories(folder)]
    if not given:
        raise PlanError(folder, 0, "holds no git repository")
    return _plan(given, folder, common, check)


def read_key(key: str, value: Any) -> tuple[str, Any]:
    """The attribute of a Target that a key of the plan is about, and its value there. Raises ValueError."""
    return KEYS[key](value)


def bytes_of(text: str) -> int:
    """A size such as `4G`, `500M` or `1000000`. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,15})\s*([KMGT]?)B?", text.strip(), re.ASCII | re.IGNORECASE)
    if not found or not int(found[1]):
        raise ValueError(f"must be a size such as 4G or 500M, not {text!r}")
    return int(found[1]) * _UNITS[found[2].upper()]


def _lines(text: str, path: str, folder: Path) -> Iterator[_Given]:
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        item = line.partition(" #")[0].strip()
        if item and not item.startswith("#"):
            yield _Given(_located(item, folder, path, number), number, None, ())


def _tables(text: str, path: str, folder: Path) -> Iterator[_Given]:
    stated = document(text, path)
    for number, entry in enumerate(stated.repository):
        line = line_of(text, "source", number)
        yield _Given(_located(entry.source, folder, path, line), line, entry.name, (stated, entry))


def _located(item: str, folder: Path, path: str, line: int) -> str:
    try:
        return located(item, folder)
    except ValueError as error:
        raise PlanError(path, line, f"{item!r} {error}" if "password" not in str(error) else f"the URL {error}") from None


def _plan(given: Sequence[_Given], path: str, common: Target, check: Check, text: str = "") -> Plan:
    if not given:
        raise PlanError(path, 0, "names no repository")
    first: dict[str, int] = {}
    for one in given:
        if one.source in first:
            raise PlanError(path, one.line, f"{one.source!r} stands in line {first[one.source]} already")
        first[one.source] = one.line
    found = names([one.source for one in given])
    targets = []
    for number, (one, name) in enumerate(zip(given, found, strict=True)):
        target = _merged(one, name, path, text, number)
        targets.append(_overridden(target, common))
        try:
            check(targets[-1].select, targets[-1].ignore)
        except ValueError as error:
            raise PlanError(path, one.line if one.keys else 0, str(error)) from None
    _require_unique(targets, given, path)
    return Plan(tuple(targets), path)


def _require_unique(targets: Sequence[Target], given: Sequence[_Given], path: str) -> None:
    seen: dict[str, int] = {}
    for target, one in zip(targets, given, strict=True):
        if target.name in seen:
            raise PlanError(path, one.line, f"the name {target.name!r} is that of line {seen[target.name]} already")
        seen[target.name] = one.line


def _merged(given: _Given, name: str, path: str, text: str, number: int) -> Target:
    """The target, with what its own table says before what the plan says for all."""
    said: dict[str, Any] = {"name": given.name or name, "source": given.source}
    for keys in given.keys:
        entry = number if isinstance(keys, Entry) else None
        for key, read in KEYS.items():
            value = getattr(keys, key)
            if value is None:
                continue
            try:
                attribute, said_value = read(value)
            except ValueError as error:
                shown = key.replace("_", "-")
                raise PlanError(path, line_of(text, shown, entry), f"`{shown}` {error}") from None
            said[attribute] = said_value
    return Target(**said)


def _overridden(target: Target, common: Target) -> Target:
    """The target under the command line: what that says, in other words than the defaults, wins."""
    blank = Target("", "")
    said = {name: value for name in Target.__struct_fields__ if (value := getattr(common, name)) != getattr(blank, name)}
    return replace(target, **said) if said else target


def _branch(value: str) -> tuple[str, str]:
    """A branch's name, as `git check-ref-format` has it, near enough; git itself has the last word. Raises ValueError."""
    wrong = re.search(r"[\s~^:?*\[\\\x00-\x1f\x7f]|\.\.|@\{|//|/\.", value)
    if wrong or value == "@" or value.startswith(("-", "/", ".")) or value.endswith(("/", ".", ".lock")):
        raise ValueError(f"{value!r} is no name for a branch")
    return "branch", value


def _author(value: str) -> tuple[str, str]:
    if not re.fullmatch(r"[^<>\n\r\0]+ <[^<>\n\r\0]*>", value):
        raise ValueError(f"must be `Name <address>`, not {value!r}")
    return "author", value


def _base(value: str) -> tuple[str, str]:
    return "base", _branch(value.removeprefix("refs/heads/"))[1]


def _forge(value: str) -> tuple[str, str]:
    if value not in ("github", "gitlab"):
        raise ValueError(f"must be github or gitlab, not {value!r}")
    return "forge", value


KEYS: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "base": _base,
    "branch": _branch,
    "select": lambda value: ("select", value),
    "ignore": lambda value: ("ignore", value),
    "exclude": lambda value: ("exclude", value),
    "unsafe_fixes": lambda value: ("unsafe_fixes", value),
    "target_version": lambda value: ("target_version", parse_target(value)),
    "verify": lambda value: ("verify", value),
    "owners": lambda value: ("owners", value),
    "author": _author,
    "forge": _forge,
    "timeout": lambda value: ("seconds", float(value)),
    "memory": lambda value: ("memory", bytes_of(value)),
}


def _repositories(top: str) -> Iterator[str]:
    """Folders below `top` that are repositories, bare ones too. What lies inside one is its own affair; links are not followed."""
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as scan:
                entries = {entry.name: entry for entry in scan}
        except OSError:
            continue
        if ".git" in entries or _is_bare(entries):
            yield folder
            continue
        below: Iterable[str] = (name for name, entry in entries.items() if name not in _SKIPPED and entry.is_dir(follow_symlinks=False))
        pending.extend(os.path.join(folder, name) for name in sorted(below, reverse=True))


def _is_bare(entries: dict[str, os.DirEntry[str]]) -> bool:
    return {"HEAD", "objects", "refs"} <= entries.keys() and entries["objects"].is_dir(follow_symlinks=False)
