"""What a project says to other tools and we go by: the oldest Python it supports, and how wide its lines are.

Nothing here is ours to complain about: a file that cannot be read or parsed says nothing. No file of the project is imported or run.

The oldest Python: the nearest folder, upward to the repository's root, in which one of these speaks decides, in this order:
`requires-python` of `[project]` (or `python` in Poetry's dependencies) in `pyproject.toml`, `python_requires` of `setup.cfg`, a literal
`python_requires` in a `setup()` call of `setup.py`. A `pyproject.toml` that describes a project ends the search, also where it is silent.

The width: the nearest folder, in the same bounds, in which one of these speaks decides, in this order: black, ruff (`.ruff.toml`,
`ruff.toml`, `[tool.ruff]`), flake8 (`setup.cfg`, `tox.ini`, `.flake8`).
"""

from __future__ import annotations

import os
from collections.abc import Set
from typing import Any

from msgspec import Struct

from codemods.workspace.files import ReadError, read_bounded
from codemods.workspace.schema import WIDEST_LINE
from codemods.workspace.specifier import oldest_python

# Ten times the largest configuration file seen in the wild; a larger one is not read.
CONFIGURATION_LIMIT = 1_000_000
MARKERS = frozenset({"pyproject.toml", "setup.cfg", "setup.py", "tox.ini", ".flake8", "ruff.toml", ".ruff.toml", ".git"})


class Project(Struct, frozen=True):
    """What is known about the project around a folder; None where nobody says."""

    target: tuple[int, int] | None = None
    line_length: int | None = None


NOTHING = Project()


def project_at(folder: str, names: Set[str], pyproject: dict[str, Any], above: Project) -> Project:
    """The project as seen from `folder`.

    `names` are those of MARKERS that the folder holds, `pyproject` its parsed `pyproject.toml` ({} where there is none or it is broken),
    `above` the project as seen from the folder above. The result is `above` itself where the folder adds nothing.
    """
    if ".git" in names:
        above = NOTHING
    if not names - {".git"}:
        return above
    is_project, target = _target(folder, names, pyproject)
    width = _line_length(folder, names, pyproject)
    if target is None and not is_project:
        target = above.target
    if width is None:
        width = above.line_length
    found = Project(target, width)
    return above if found == above else found


def table_in(value: object, *keys: str) -> dict[str, Any]:
    """The table at `keys` of what tomllib returned, {} where there is none or something else stands there."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _target(folder: str, names: Set[str], pyproject: dict[str, Any]) -> tuple[bool, tuple[int, int] | None]:
    """Whether `folder` is where a project begins, and the oldest Python it supports where it says so."""
    stated = table_in(pyproject, "project").get("requires-python")
    if stated is None:
        stated = table_in(pyproject, "tool", "poetry", "dependencies").get("python")
    if isinstance(stated, dict):
        stated = stated.get("version")  # Poetry: python = {version = "^3.9"}
    target = oldest_python(stated) if isinstance(stated, str) else None
    if target is None and "setup.cfg" in names:
        target = _in_ini(folder, "setup.cfg", "options", ("python_requires", "python-requires"), oldest_python)
    if target is None and "setup.py" in names:
        target = _in_setup_py(folder)
    return any(key in pyproject for key in ("project", "build-system")) or bool(table_in(pyproject, "tool", "poetry")), target


def _line_length(folder: str, names: Set[str], pyproject: dict[str, Any]) -> int | None:
    width = _width(table_in(pyproject, "tool", "black").get("line-length"))
    for name in (".ruff.toml", "ruff.toml"):
        if width is None and name in names:
            width = _width(_in_toml(folder, name).get("line-length"))
    if width is None:
        width = _width(table_in(pyproject, "tool", "ruff").get("line-length"))
    for name in ("setup.cfg", "tox.ini", ".flake8"):
        if width is None and name in names:
            width = _in_ini(folder, name, "flake8", ("max-line-length", "max_line_length"), _width)
    return width


def _width(value: object) -> int | None:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value) if len(value.strip()) < 6 else None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= WIDEST_LINE:
        return value
    return None


def _in_toml(folder: str, name: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(read_bounded(os.path.join(folder, name), CONFIGURATION_LIMIT).decode("utf-8-sig"))
    except (ReadError, ValueError, RecursionError):
        return {}


def _in_ini(folder: str, name: str, section: str, keys: tuple[str, ...], read: Any) -> Any:
    """What `read` makes of the first of `keys` that the section sets; None where it is silent or the file is not readable."""
    try:
        data = read_bounded(os.path.join(folder, name), CONFIGURATION_LIMIT)
    except ReadError:
        return None
    if not any(key.encode() in data.lower() for key in keys):
        return None  # sparing the import of configparser
    import configparser

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(data.decode("utf-8-sig", "replace"))
    except (configparser.Error, ValueError):
        return None
    for key in keys:
        value = parser.get(section, key, fallback=None)
        if value is not None:
            return read(value)
    return None


def _in_setup_py(folder: str) -> tuple[int, int] | None:
    """The oldest Python by a literal `python_requires=` in a call of something named `setup`, read as text, never run."""
    try:
        data = read_bounded(os.path.join(folder, "setup.py"), CONFIGURATION_LIMIT)
    except ReadError:
        return None
    if b"python_requires" not in data:
        return None
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in somebody's setup.py is not our news
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="setup") | ast.Attribute(attr="setup"), keywords=keywords):
                for keyword in keywords:
                    match keyword:
                        case ast.keyword(arg="python_requires", value=ast.Constant(value=str(stated))):
                            return oldest_python(stated)
    return None
