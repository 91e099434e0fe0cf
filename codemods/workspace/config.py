"""Settings of each file: what `[tool.pyfix]` says, what the command line says, and what the project says to other tools.

Precedence, first that speaks:

* a value on the command line;
* the `pyproject.toml` nearest to the file, upward, that has a table `[tool.pyfix]`. One without that table is passed over. A folder's own
  table (also an empty one) replaces its parent's wholly; tables are not merged. `--config FILE` puts one file in the place of all of them;
* for `target-version` and `line-length`, the project around the file (`codemods.workspace.project`);
* the defaults of `model.settings.Settings`.

`--select` replaces `select` and sets the table's `ignore` aside; `--ignore` and `--exclude` add to the table's; `per-file-ignores` hold
always. Globs are gitignore's, relative to the folder of the file they stand in, or to the working folder for `--config FILE` and the
command line. `--isolated` reads no configuration file of any tool.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Set
from pathlib import Path
from typing import Any

from msgspec import Struct

from codemods.model.settings import Settings
from codemods.workspace.files import ReadError, read_bounded
from codemods.workspace.globs import Globs
from codemods.workspace.ignore import relative_to
from codemods.workspace.project import CONFIGURATION_LIMIT, MARKERS, NOTHING, Project, project_at, table_in
from codemods.workspace.schema import ConfigError, Source, Table, parse_table, parse_target

__all__ = ["ConfigError", "Configuration", "FolderConfig", "Overrides", "Select", "parse_target"]

Select = Callable[[tuple[str, ...] | None, tuple[str, ...]], tuple[str, ...]]
_DEFAULTS = Settings(rules=())


class Overrides(Struct, frozen=True):
    """What the command line says. None means that it is silent; `exclude` holds globs, `config` is a path as given; `explain` asks for the
    facts behind each verdict."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool | None = None
    target: tuple[int, int] | None = None
    line_length: int | None = None
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    config: Path | None = None
    isolated: bool = False
    explain: bool = False


class Origin(Struct, frozen=True):
    """One `[tool.pyfix]`, ready for use.

    Attributes:
        path: the file it stands in, None for the defaults.
        base: the absolute folder its globs are relative to.
        table: what it says.
        exclude: its `exclude` globs, None where there are none.
        rules: the rules it and the command line select, before `per-file-ignores`.
        ignores: for each of the `per-file-ignores`, its globs and the rules that stay where they match.
    """

    path: Path | None
    base: str
    table: Table
    exclude: Globs | None
    rules: tuple[str, ...]
    ignores: tuple[tuple[Globs, tuple[str, ...]], ...]


class FolderConfig(Struct, frozen=True):
    """What governs the files directly in one folder; `settings` lack what is each file's own."""

    origin: Origin
    project: Project
    settings: Settings


class Configuration:
    """Settings for any path; everything is read once for each folder.

    `select` is the registry's. Raises ConfigError where `overrides` are wrong: an unknown rule, a bad glob, a bad `--config`.
    """

    def __init__(self, select: Select, overrides: Overrides | None = None, *, working_folder: str = os.curdir) -> None:
        self.overrides = overrides = overrides or Overrides()
        self.working_folder = os.path.realpath(working_folder)
        self.exclude = _globs(overrides.exclude, lambda cause: ConfigError(None, 0, f"--exclude {cause}"))
        self._select = select
        self._folders: dict[str, FolderConfig | ConfigError] = {}
        self._real: dict[str, str] = {}
        self._names: dict[str, Set[str]] = {}
        try:
            select(overrides.select, overrides.ignore)
        except ValueError as error:
            raise ConfigError(None, 0, str(error)) from None
        self._top = self._top_origin()

    def settings_for(self, path: Path) -> Settings:
        """The settings of the file at `path`, which need not exist. Raises ConfigError."""
        folder, name = os.path.split(os.fspath(path))
        real = self.real_folder(folder)
        config = self.folder(real)
        common = config.settings
        rules = common.rules
        if config.origin.ignores:
            relative = relative_to(os.path.join(real, name), config.origin.base)
            for globs, kept in config.origin.ignores:
                if globs.takes(relative):
                    rules = tuple(rule for rule in rules if rule in kept)
        return Settings(rules, common.unsafe_fixes, common.target, common.line_length, name, self.overrides.explain)

    def origin_of(self, path: Path) -> Path | None:
        """The file whose `[tool.pyfix]` governs `path`, None where none does. Raises ConfigError."""
        return self.folder(self.real_folder(os.path.dirname(path))).origin.path

    def exclude_of(self, path: Path) -> tuple[str, ...]:
        """The `exclude` globs that govern `path`, those of the command line last. Raises ConfigError."""
        origin = self.folder(self.real_folder(os.path.dirname(path))).origin
        return origin.table.exclude + self.overrides.exclude

    def real_folder(self, folder: str) -> str:
        """The absolute path of `folder`, symlinks resolved; "" is the working folder."""
        real = self._real.get(folder)
        if real is None:
            real = self._real[folder] = os.path.realpath(folder or os.curdir)
        return real

    def note(self, folder: str, names: Set[str]) -> None:
        """Spare the search in the absolute `folder` for the files that matter here: `names` are all it holds."""
        if folder not in self._names:
            self._names[folder] = MARKERS & names

    def folder(self, folder: str) -> FolderConfig:
        """What governs the files directly in `folder`, an absolute path without symlinks. Raises ConfigError, the same one each time."""
        missing = []
        while (known := self._folders.get(folder)) is None:
            missing.append(folder)
            above = os.path.dirname(folder)
            if above == folder:
                known = self._folder_config(self._top, NOTHING)
                break
            folder = above
        for below in reversed(missing):  # a loop, since a path may be deeper than Python's stack
            known = self._folders[below] = self._below(below, known)
        if isinstance(known, ConfigError):
            raise known
        return known

    def _below(self, folder: str, above: FolderConfig | ConfigError) -> FolderConfig | ConfigError:
        names = self._names.get(folder)
        if names is None:
            names = {name for name in MARKERS if os.path.lexists(os.path.join(folder, name))}
        if not names or self.overrides.isolated:
            return above
        try:
            pyproject, source = _load(os.path.join(folder, "pyproject.toml")) if "pyproject.toml" in names else ({}, None)
            origin = self._origin_in(pyproject, source, folder)
        except ConfigError as error:
            return error
        if isinstance(above, ConfigError):
            if origin is None:
                return above
            above = self._folder_config(self._top, NOTHING)  # a folder with a table of its own does not need the broken one
        origin = origin or above.origin
        project = project_at(folder, names, pyproject, above.project)
        if origin is above.origin and project is above.project:
            return above
        return self._folder_config(origin, project)

    def _origin_in(self, pyproject: dict[str, Any], source: Source | None, folder: str) -> Origin | None:
        """The table of its own that a folder has, None where it has none or `--config` stands in for it."""
        if source is None or self.overrides.config is not None or "pyfix" not in table_in(pyproject, "tool"):
            return None
        return self._origin(parse_table(pyproject["tool"]["pyfix"], source), source, folder)

    def _top_origin(self) -> Origin:
        """What governs where no folder has a table: `--config`, or nothing."""
        path = self.overrides.config
        if path is None:
            return Origin(None, self.working_folder, Table(), None, self._select(self.overrides.select, self.overrides.ignore), ())
        if self.overrides.isolated:
            raise ConfigError(None, 0, "--config and --isolated exclude each other")
        pyproject, source = _load(os.fspath(path), named=True)
        if "pyfix" not in table_in(pyproject, "tool"):
            raise ConfigError(os.fspath(path), 0, "has no table [tool.pyfix]")
        return self._origin(parse_table(pyproject["tool"]["pyfix"], source), source, self.working_folder)

    def _origin(self, table: Table, source: Source, base: str) -> Origin:
        self._checked(table.select, (), source, "select")
        self._checked(None, table.ignore, source, "ignore")
        exclude = _globs(table.exclude, lambda cause: source.error("exclude", f"`exclude` in [tool.pyfix] {cause}"))
        given = self.overrides
        select, ignore = (table.select, table.ignore + given.ignore) if given.select is None else (given.select, given.ignore)
        rules = () if select == () else self._select(select, ignore)  # an empty list selects nothing, and not the default
        ignores = []
        for glob, names in table.per_file_ignores:
            self._checked(None, names, source, "per-file-ignores")
            globs = _globs((glob,), lambda cause: source.error("per-file-ignores", f"`per-file-ignores` in [tool.pyfix] {cause}"))
            if globs is not None:
                ignores.append((globs, self._select(rules, names) if rules else ()))
        return Origin(Path(source.path), base, table, exclude, rules, tuple(ignores))

    def _checked(self, select: tuple[str, ...] | None, ignore: tuple[str, ...], source: Source, key: str) -> None:
        try:
            self._select(select, ignore)
        except ValueError as error:
            raise source.error(key, f"`{key}` in [tool.pyfix]: {error}") from None

    def _folder_config(self, origin: Origin, project: Project) -> FolderConfig:
        given, table = self.overrides, origin.table
        settings = Settings(
            rules=origin.rules,
            unsafe_fixes=_first(given.unsafe_fixes, table.unsafe_fixes, _DEFAULTS.unsafe_fixes),
            target=_first(given.target, table.target, project.target, _DEFAULTS.target),
            line_length=_first(given.line_length, table.line_length, project.line_length, _DEFAULTS.line_length),
        )
        return FolderConfig(origin, project, settings)


def _first(*values: Any) -> Any:
    return next(value for value in values if value is not None)


def _globs(patterns: tuple[str, ...], error: Callable[[str], ConfigError]) -> Globs | None:
    if not patterns:
        return None
    try:
        return Globs(patterns)
    except ValueError as cause:
        raise error(f"holds a glob that cannot be read: {' '.join(str(cause).split())}") from None


def _load(path: str, *, named: bool = False) -> tuple[dict[str, Any], Source]:
    """A `pyproject.toml`, parsed, and where it came from. Raises ConfigError.

    Unless the user named it, one that cannot be parsed is empty as long as it does not speak of pyfix: it is not ours to judge.
    """
    try:
        data = read_bounded(path, CONFIGURATION_LIMIT)
    except ReadError as error:
        if not named and (os.path.isdir(path) or not os.path.exists(path)):
            return {}, Source(path)
        raise ConfigError(path, 0, str(error)) from None
    import tomllib

    text = ""
    try:
        text = data.decode("utf-8-sig")
        return tomllib.loads(text), Source(path, text)
    except (ValueError, RecursionError) as error:
        if not named and b"pyfix" not in data:
            return {}, Source(path)
        raise _broken(path, text, error) from None


def _broken(path: str, text: str, error: Exception) -> ConfigError:
    match error:
        case RecursionError():
            return ConfigError(path, 0, "is nested too deeply")
        case UnicodeDecodeError():
            return ConfigError(path, 0, "is not UTF-8")
        case _:
            import re

            cause = " ".join(str(error).split())
            found = re.search(r" \(at line (\d+), column \d+\)$| \(at end of document\)$", cause)
            line = 0 if not found else int(found[1]) if found[1] else text.count("\n") + 1
            return ConfigError(path, line, f"is not TOML: {cause[: found.start()] if found else cause}")
