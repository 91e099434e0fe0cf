"""Files of a commit, judged from their blobs, by the configuration that the commit itself holds. The working tree is never looked at."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from codemods.engine import registry
from codemods.model.outcome import Clean, Failed, Skipped, TriagedAway
from codemods.model.settings import Settings
from codemods.workspace.config import ConfigError, Configuration
from codemods.workspace.discover import JUDGED, Found, is_excluded, is_wanted
from codemods.workspace.files import READABLE_BYTES
from codemods.workspace.git.answers import Answers
from codemods.workspace.git.changes import Change
from codemods.workspace.git.command import Git
from codemods.workspace.pool import run
from codemods.workspace.project import CONFIGURATION_LIMIT, MARKERS
from codemods.workspace.worker import FileResult

_SPEAKING = (MARKERS - {".git"}) | {".gitignore"}


class Judged(Struct, frozen=True):
    """A file of the commit and what became of it."""

    change: Change
    result: FileResult


class TimeOverError(Exception):
    """The time is over, and not all files were judged."""


def judge(git: Git, commit: str, changes: Sequence[Change], answers: Answers, deadline: float) -> Iterator[Judged]:
    """What there is to say of the files that changed: those with something to rewrite, and those that could not be judged.

    `deadline` is a time of `time.monotonic`. Raises GitError, and TimeOverError.
    """
    wanted = [change for change in changes if change.path.endswith(JUDGED) and change.lines != ()]
    if not wanted:
        return
    with tempfile.TemporaryDirectory(prefix="pyfix-") as folder:
        top = os.path.realpath(folder)
        _lay_out(git, commit, wanted, top)
        yield from _Judging(git, top, answers, deadline).run(wanted)


class _Judging:
    def __init__(self, git: Git, top: str, answers: Answers, deadline: float) -> None:
        self._git, self._top, self._answers, self._deadline = git, top, answers, deadline
        self._configuration = Configuration(registry.select)
        self._tasks: dict[Path, tuple[Change, Settings]] = {}

    def run(self, changes: Sequence[Change]) -> Iterator[Judged]:
        for change in changes:
            path = Path(self._top, change.path)
            try:
                settings = replace(self._configuration.settings_for(path), lines=change.lines)
                is_out = is_excluded(path, self._configuration) or not is_wanted(path, self._configuration)
                if is_out or self._answers.is_known(settings, change.blob):
                    continue
            except ConfigError as error:
                where = os.path.relpath(error.path or path, self._top)
                yield Judged(change, FileResult(Path(where), Failed(error.line, error.cause)))
                continue
            self._tasks[path] = change, settings
        left = self._left()
        with closing(run(self._found(), lambda path: self._tasks[path][1], limit=left)) as results:
            for result in results:
                change, settings = self._tasks[result.path]
                match result.outcome:
                    case TriagedAway() | Skipped():
                        self._answers.note(settings, change.blob)
                    case Clean(defects=()):
                        self._answers.note(settings, change.blob)
                    case Clean():
                        pass
                    case _:
                        yield Judged(change, replace(result, path=Path(change.path)))
                self._left()

    def _found(self) -> Iterator[Found]:
        with self._git.blobs() as objects:
            for path, (change, _) in self._tasks.items():
                data = objects.read(change.blob)
                if data is not None and len(data) < READABLE_BYTES:
                    yield Found(path, False, data)

    def _left(self) -> float:
        """The seconds that are left. Raises TimeOverError."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeOverError
        return left


def _lay_out(git: Git, commit: str, changes: Sequence[Change], top: str) -> None:
    """The commit's files that pyfix, or a tool that it asks for line lengths, is configured by, at their places below `top`."""
    os.mkdir(os.path.join(top, ".git"))  # the repository's top: what lies above does not count
    folders = {folder for change in changes for folder in _folders(change.path)}
    with git.blobs() as objects:
        for item in git.items("ls-tree", "-r", "-z", "--full-tree", commit):
            head, _, name = item.partition(b"\t")
            mode, _, blob = head.decode("ascii").split(" ")
            folder, file = os.path.split(os.fsdecode(name))
            if file not in _SPEAKING or folder not in folders or not mode.startswith("100"):
                continue
            data = objects.read(blob)
            if data is not None and len(data) < CONFIGURATION_LIMIT and not {"..", ".git"}.intersection(folder.split("/")):
                os.makedirs(os.path.join(top, folder), exist_ok=True)
                Path(top, folder, file).write_bytes(data)


def _folders(path: str) -> Iterator[str]:
    """The folders that a file lies in, from the inside out; "" is the top."""
    while path:
        path = os.path.dirname(path)
        yield path
