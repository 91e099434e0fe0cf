"""Which files a run looks at that is limited to what changed: those below the given paths, as `discover` would find them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from codemods.model.settings import LineRanges, Settings
from codemods.workspace.config import ConfigError, Configuration
from codemods.workspace.discover import JUDGED, Found, Problem, is_excluded, is_wanted
from codemods.workspace.git import changes
from codemods.workspace.git.changes import Change
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.ignore import lies_in

_INDEX = "GIT_INDEX_FILE"


class Selected(Struct, frozen=True):
    """A file that changed, as the user would spell it, and in which repository it did."""

    path: Path
    git: Git
    change: Change
    named: bool


class Selection(Struct, frozen=True):
    """The files of a limited run, by path, and what is wrong with some of the paths."""

    files: dict[str, Selected] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def found(self, *, blobs: bool) -> Iterator[Found | Problem]:
        """What there is to judge; `blobs`: what git holds of each file, instead of the file. Raises GitError."""
        yield from self.problems
        if not blobs:
            yield from (Found(one.path, one.named, top="" if one.named else os.fspath(one.git.folder)) for one in self.files.values())
            return
        for git, files in self.repositories():
            with git.blobs() as objects:
                for one in files:
                    if (data := objects.read(one.change.blob)) is not None:
                        yield Found(one.path, one.named, data)

    def repositories(self) -> list[tuple[Git, list[Selected]]]:
        """The files by the repository they are in."""
        groups: dict[Path, list[Selected]] = {}
        for one in self.files.values():
            groups.setdefault(one.git.folder, []).append(one)
        return [(files[0].git, files) for files in groups.values()]

    def settings_for(self, common: Callable[[Path], Settings]) -> Callable[[Path], Settings]:
        """The settings of each file, with the lines that it is limited to."""

        def limited(path: Path) -> Settings:
            return replace(common(path), lines=self.lines(path))

        return limited

    def lines(self, path: Path) -> LineRanges | None:
        return self.files[os.fspath(path)].change.lines


def select(paths: Sequence[str], configuration: Configuration, *, since: str | None) -> Selection:
    """The files below `paths` that changed `since` a revision (`REV` or `REV...`), or for None those that are staged.

    Raises GitError.
    """
    return _Selecting(configuration, since).run(paths)


def top_of(folder: str) -> str:
    """The top of the working tree that `folder` lies in, links resolved. Raises GitError."""
    return os.path.realpath(Git(Path(folder)).line("rev-parse", "--show-toplevel"))


class _Selecting:
    def __init__(self, configuration: Configuration, since: str | None) -> None:
        self._configuration = configuration
        self._since = since
        self._changed: dict[str, tuple[Git, list[Change]]] = {}
        self._files: dict[str, Selected] = {}
        self._problems: dict[Problem, None] = {}
        self._seen: set[str] = set()

    def run(self, paths: Sequence[str]) -> Selection:
        for path in paths:
            real = os.path.realpath(path)
            top = top_of(_nearest_folder(real))
            git, changed = self._changes(top)
            taken = [one for one in changed if lies_in(_absolute(top, one), real)]
            if not taken and not os.path.lexists(path):
                self._problems[Problem(Path(path), 0, "No such file or directory")] = None
            for change in taken:
                self._take(path, real, _absolute(top, change), git, change)
        return Selection(self._files, tuple(self._problems))

    def _changes(self, top: str) -> tuple[Git, list[Change]]:
        if top not in self._changed:
            if self._since is None:
                git = Git(Path(top), _index_of(top))
                self._changed[top] = git, changes.staged(git)
            else:
                git = Git(Path(top))
                self._changed[top] = git, changes.since(git, changes.base_of(git, self._since))
        return self._changed[top]

    def _take(self, given: str, real: str, absolute: str, git: Git, change: Change) -> None:
        named = absolute == real
        if absolute in self._seen or not (named or absolute.endswith(JUDGED)):
            return
        self._seen.add(absolute)
        shown = Path(given) if named else Path(given, os.path.relpath(absolute, real))
        try:
            if named and not self._configuration.overrides.force_exclude:
                self._configuration.settings_for(shown)
            elif is_excluded(shown, self._configuration) or not (named or is_wanted(shown, self._configuration)):
                return
        except ConfigError as error:
            self._problems[Problem(Path(error.path or "pyproject.toml"), error.line, error.cause)] = None
            return
        self._files[os.fspath(shown)] = Selected(shown, git, change, named)


def _absolute(top: str, change: Change) -> str:
    return os.path.join(top, *change.path.split("/"))


def _nearest_folder(path: str) -> str:
    """`path`, or the nearest folder above it that there is: what is staged need not lie in the working tree any more."""
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return path


def _index_of(top: str) -> dict[str, str]:
    """Under `git commit -a` and `git commit FILE` the hook of the repository that is committed to is told of another index than its own."""
    index = os.environ.get(_INDEX)
    try:
        if not index or top_of(os.curdir) != top:
            return {}
    except GitError:
        return {}
    return {_INDEX: os.path.abspath(index)}
