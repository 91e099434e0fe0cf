"""From paths on the command line to the files to read: sorted within each path, each file once, one folder at a time.

A file named outright is always yielded, unless `--force-exclude`. A folder named outright is walked even where its name is skipped or it is
ignored by git, while the `exclude` that governs its files still holds in it. In a folder, `.py`, `.pyi` and `.pyw` files are taken, and
where the configuration says `notebooks = true` also `.ipynb` ones, except those that git ignores or that are excluded; version control,
environments, caches and `node_modules` are not entered.

Links: a linked folder is not entered. A linked file is taken only where it leads to a file of the walked folder that would not be found by
itself, one without a Python suffix; so nothing outside the walked folder is rewritten, nor an excluded file by its other name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from codemods.workspace.config import ConfigError, Configuration
from codemods.workspace.files import cause_of
from codemods.workspace.globs import Globs
from codemods.workspace.ignore import Ignores, ignores_at, lies_in, own_ignores, relative_to

SUFFIXES = (".py", ".pyi", ".pyw")
NOTEBOOK = ".ipynb"
# What can be judged at all; notebooks only where the configuration says so.
JUDGED = (*SUFFIXES, NOTEBOOK)
SKIPPED_FOLDERS = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".bzr",
        "_darcs",
        "CVS",
        "node_modules",
        "__pycache__",
        "__pypackages__",
        "site-packages",
        ".venv",
        ".tox",
        ".nox",
    }
    | {".eggs", ".direnv", ".pyenv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints", ".hypothesis"}
)
# A folder that holds one of these is an environment, whatever its name.
ENVIRONMENT_MARKERS = frozenset({"pyvenv.cfg", "conda-meta"})


class Found(Struct, frozen=True):
    """A file to judge, spelled as the user would spell it.

    Attributes:
        named: it stands on the command line itself.
        data: what is judged instead of what the file at `path` holds, which need not exist: a blob of git's. None: the file is read.
        top: the folder it was found in or below, without links; empty for one that is named.
    """

    path: Path
    named: bool
    data: bytes | None = None
    top: str = ""


class Problem(Struct, frozen=True):
    """A path that cannot be searched, or a configuration that is wrong. `line` is 0 where there is none; `cause` is one line."""

    path: Path
    line: int
    cause: str


class _Folder(Struct, frozen=True):
    """A folder to walk: its path as shown, its real path, and the ignore files that govern what lies in it."""

    shown: str
    real: str
    ignores: Ignores


def discover(paths: Iterable[Path], configuration: Configuration) -> Iterator[Found | Problem]:
    """The files below `paths`, lazily, in the order of `paths` and by name within each; each file once, by its first name."""
    return _Discovery(configuration).run([os.fspath(path) for path in paths])


def is_excluded(path: Path, configuration: Configuration) -> bool:
    """Whether a walk from the top of the repository (or the working folder) would pass over the file `path`, which need not exist.

    Raises ConfigError.
    """
    real = os.path.join(configuration.real_folder(os.path.dirname(path)), os.path.basename(path))
    ignores, ignored = ignores_at(os.path.dirname(real), configuration.working_folder)
    return ignored or ignores.ignored(real, folder=False) or _excluded_with_folders(real, configuration)


def is_wanted(path: Path, configuration: Configuration) -> bool:
    """Whether a walk takes a file of this name, at `path`, which need not exist. Raises ConfigError."""
    name = os.fspath(path)
    if not name.endswith(NOTEBOOK):
        return name.endswith(SUFFIXES)
    return bool(configuration.folder(configuration.real_folder(os.path.dirname(name))).origin.table.notebooks)


class _Discovery:
    """One run of `discover`: what was seen and said already."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._seen: dict[tuple[int, int], str] = {}
        self._named: set[tuple[int, int]] = set()
        self._walked: set[tuple[int, int]] = set()
        self._reported: set[ConfigError] = set()

    def run(self, paths: list[str]) -> Iterator[Found | Problem]:
        arguments: list[tuple[str, os.stat_result | Problem]] = []
        for path in paths:
            try:
                status = os.stat(path)
            except (OSError, ValueError) as error:
                arguments.append((path, Problem(Path(path), 0, cause_of(error))))
                continue
            arguments.append((path, status))
            if not stat.S_ISDIR(status.st_mode):
                self._named.add((status.st_dev, status.st_ino))  # known before the walk of a folder that comes first
        for path, found in arguments:
            if isinstance(found, Problem):
                yield found
            elif stat.S_ISDIR(found.st_mode):
                yield from self._walk(path)
            else:
                yield from self._file(path, found)

    def _file(self, path: str, status: os.stat_result) -> Iterator[Found | Problem]:
        try:
            if self._configuration.overrides.force_exclude and is_excluded(Path(path), self._configuration):
                return
            self._configuration.folder(self._configuration.real_folder(os.path.dirname(path)))
        except ConfigError as error:
            yield from self._broken(error)
            return
        if self._is_new((status.st_dev, status.st_ino), path):
            yield Found(Path(path), named=True)

    def _walk(self, top: str) -> Iterator[Found | Problem]:
        real_top = self._configuration.real_folder(top)
        ignores, ignored = ignores_at(real_top, self._configuration.working_folder)
        if ignored:  # whoever names an ignored folder wants it: only what it says itself holds in it
            ignores = own_ignores(real_top)
        pending: list[_Folder | Found] = [_Folder(top, real_top, ignores)]
        while pending:
            item = pending.pop()
            if isinstance(item, Found):
                yield item
                continue
            try:
                pending.extend(reversed(self._entries(item, real_top)))
            except ConfigError as error:
                yield from self._broken(error)
            except OSError as error:
                yield Problem(Path(item.shown), 0, cause_of(error))

    def _entries(self, folder: _Folder, top: str) -> list[_Folder | Found]:
        """What lies in `folder` and is wanted, by name. Raises OSError and ConfigError."""
        here = os.stat(folder.real)
        if (here.st_dev, here.st_ino) in self._walked:
            return []
        with os.scandir(folder.shown or os.curdir) as scan:
            entries = {entry.name: entry for entry in scan}
        if folder.real != top:
            if not ENVIRONMENT_MARKERS.isdisjoint(entries):
                return []
            folder = _Folder(folder.shown, folder.real, folder.ignores.below(folder.real, entries.keys()))
        self._configuration.note(folder.real, entries.keys())
        exclude = _Exclude(folder.real, top, self._configuration)
        suffixes: tuple[str, ...] = SUFFIXES
        if any(name.endswith(NOTEBOOK) for name in entries) and self._configuration.folder(folder.real).origin.table.notebooks:
            suffixes = (*SUFFIXES, NOTEBOOK)
        self._walked.add((here.st_dev, here.st_ino))
        found: list[_Folder | Found] = []
        for name, entry in sorted(entries.items()):
            is_folder = entry.is_dir(follow_symlinks=False)
            if name in SKIPPED_FOLDERS if is_folder else not name.endswith(suffixes):
                continue
            real = os.path.join(folder.real, name)
            if folder.ignores.ignored(real, folder=is_folder) or exclude.takes(real, folder=is_folder):
                continue
            if is_folder:
                found.append(_Folder(entry.path, real, folder.ignores))
            elif self._is_wanted(entry, top) and self._is_new(key := self._key(entry, here.st_dev), entry.path):
                found.append(Found(Path(entry.path), named=key in self._named, top=top))
        return found

    def _is_wanted(self, entry: os.DirEntry[str], top: str) -> bool:
        """Whether the entry is a regular file, or a link that leads to one which is ours to rewrite and has no other way to be found."""
        try:
            if not entry.is_file():
                return False
            if not entry.is_symlink():
                return True
            target = os.path.realpath(entry.path)
        except OSError:  # a loop of links
            return False
        return target.startswith(os.path.join(top, "")) and not target.endswith(SUFFIXES) and not self._is_hidden(target, top)

    def _is_hidden(self, target: str, top: str) -> bool:
        """Whether a link's target lies where the walk does not go."""
        folders = relative_to(target, top).split("/")[:-1]
        ignores, ignored = ignores_at(os.path.dirname(target), self._configuration.working_folder)
        if ignored or ignores.ignored(target, folder=False) or not SKIPPED_FOLDERS.isdisjoint(folders):
            return True
        try:
            return _excluded_with_folders(target, self._configuration)
        except ConfigError:
            return True

    def _key(self, entry: os.DirEntry[str], device: int) -> tuple[int, int]:
        if not entry.is_symlink():
            return (device, entry.inode())
        status = entry.stat()
        return (status.st_dev, status.st_ino)

    def _is_new(self, key: tuple[int, int], path: str) -> bool:
        other = self._seen.get(key)
        if other is None:
            self._seen[key] = path
            return True
        try:  # some layered file systems give two files one number in a listing
            return not os.path.samefile(other, path)
        except OSError:
            return True

    def _broken(self, error: ConfigError) -> Iterator[Problem]:
        """The error as a problem, the first time; a broken configuration costs the files it governs, not the run."""
        if error not in self._reported:
            self._reported.add(error)
            yield Problem(Path(error.path or "pyproject.toml"), error.line, error.cause)


class _Exclude:
    """The `exclude` globs that hold in one folder: those of its configuration, and those of the command line."""

    __slots__ = ("_globs",)

    def __init__(self, folder: str, top: str, configuration: Configuration) -> None:
        origin = configuration.folder(folder).origin
        self._globs: list[tuple[Globs, str]] = []
        if origin.exclude is not None:
            self._globs.append((origin.exclude, origin.base if lies_in(folder, origin.base) else top))
        if configuration.exclude is not None:
            working = configuration.working_folder
            self._globs.append((configuration.exclude, working if lies_in(folder, working) else top))

    def takes(self, path: str, *, folder: bool) -> bool:
        return any(globs.takes(relative_to(path, base, folder=folder)) for globs, base in self._globs)


def _excluded_with_folders(path: str, configuration: Configuration) -> bool:
    """Whether an `exclude` takes the absolute `path` or a folder above it, each judged by the configuration of the folder it lies in."""
    is_folder = False
    while (above := os.path.dirname(path)) != path:
        if (is_folder and os.path.basename(path) in SKIPPED_FOLDERS) or _Exclude(above, above, configuration).takes(path, folder=is_folder):
            return True
        if is_folder and os.path.lexists(os.path.join(path, ".git")):
            return False  # what lies above the repository's root does not judge it
        path, is_folder = above, True
    return False
