"""The journal of a run: what each file was and is to become, on disk before the first file is replaced.

`journal.jsonl` holds one JSON object a line:

    {"format": 1, "kind": "fix", "of": null, "folder": "/home/me/project"}     first; "of" is the run that a run of kind "undo" puts back,
                                                                               with "part": true if not all of it was asked for
    {"file": 0, "shown": "a.py", "target": "/home/me/project/a.py", "before": <sha256>, "after": <sha256>, "offset": 0, "size": 120,
     "rules": ["range-len"],                                                   before the file is touched; its old bytes are in `originals`
     "edits": [[12, 20, "row", "range-len"]],                                  what the rules did: characters from, to, new text, rules; and
     "settings": [["range-len"], false, [3, 11], 88, "a.py"]}                  by which settings. Both only while there is room for them
    {"done": 0}                                                                after it was replaced
    {"end": true, "left": 0}                                                   last; "left" counts the files an undo had to refuse

A line that is torn or makes no sense is passed over: whatever was replaced has a whole line, since that was synced first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from codemods.workspace.disk import remove_file, sync, write_all
from codemods.workspace.files import cause_of, sha256
from codemods.workspace.history import JournalError, read_journal
from codemods.workspace.lock import Lock
from codemods.workspace.partial import as_recorded
from codemods.workspace.replace import Change
from codemods.workspace.state import crashed_runs, create_run, prune, remove_folder

# What the edits of one run may take up in its journal, in characters: far below what is read back at most.
EDITS_KEPT = 64_000_000


def temporary_name(run: str, file: int) -> str:
    """What the new content of a run's file is called while it stands beside the old, where it cannot be staged elsewhere."""
    return f".pyfix-{run}-{file}.tmp"


class RunJournal(Struct):
    """The journal of a run that is under way. Started by `start`; `close` must be called."""

    state: Path
    run: str
    folder: Path
    lock: Lock
    _journal: int
    _originals: int
    _size: int = 0
    _files: int = 0
    _room: int = EDITS_KEPT
    _touched: int = 0
    _done: int = 0
    _closed: bool = False

    @staticmethod
    def start(state: Path, kind: str, of: str | None = None, *, part: bool = False) -> RunJournal:
        """A new run in the state directory: see `history.Journal` for what it says of itself. Raises JournalError."""
        try:
            run, folder, lock = create_run(state)
        except OSError as error:
            raise _cannot_write(state, error) from None
        handles: list[int] = []
        try:
            for name in ("journal.jsonl", "originals"):
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
                handles.append(os.open(folder / name, flags, 0o600))
            journal = RunJournal(state, run, folder, lock, handles[0], handles[1])
            head = {"format": 1, "kind": kind, "of": of, "folder": os.getcwd()}
            journal._append([head | ({"part": True} if part else {})])
            for synced in (handles[0], folder, folder.parent, state):
                sync(synced)
        except BaseException as error:
            for handle in handles:
                os.close(handle)
            remove_folder(folder)
            lock.remove()
            if isinstance(error, OSError):
                raise _cannot_write(state, error) from None
            raise
        return journal

    def record(self, changes: Iterable[tuple[Change, str]]) -> list[int]:
        """Put `changes` on record, each with the absolute path of its file, and return their numbers. Raises JournalError.

        On return all of it is on the disk.
        """
        lines: list[dict[str, Any]] = []
        try:
            for change, target in changes:
                line = {"file": self._files, "shown": os.fspath(change.path), "target": target}
                line |= {"before": sha256(change.before), "after": sha256(change.after)}
                line |= {"offset": self._size, "size": len(change.before), "rules": list(change.rules)}
                lines.append(line | self._edits_of(change))
                write_all(self._originals, change.before)
                self._size += len(change.before)
                self._files += 1
            sync(self._originals)
            self._append(lines)
            sync(self._journal)
        except OSError as error:
            raise _cannot_write(self.folder, error) from None
        return [line["file"] for line in lines]

    def _edits_of(self, change: Change) -> dict[str, Any]:
        said = as_recorded(change.edits, change.settings)
        self._room -= len(json.dumps(said))
        return said if self._room >= 0 else {}

    def replacing(self) -> None:
        """A file is about to be replaced: from here on the journal is kept, unless `not_replaced` takes it back."""
        self._touched += 1

    def not_replaced(self) -> None:
        """The file that was about to be replaced certainly was not."""
        self._touched -= 1

    def mark_done(self, file: int) -> None:
        """Note that a file was replaced. Should this fail, what the file holds tells the same."""
        with suppress(OSError):
            self._append([{"done": file}])
            self._done += 1

    def close(self, left: int = 0, *, keep: bool = False) -> None:
        """End the run. One that replaced nothing leaves nothing, unless it is to be kept. Never raises OSError."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._touched == self._done:  # else some file was replaced that is not marked as done: then it ends as if killed
                with suppress(OSError):
                    self._append([{"end": True, "left": left}])
                    sync(self._journal)
            for handle in (self._journal, self._originals):
                with suppress(OSError):
                    os.close(handle)
            if self._touched or keep:
                remove_staged(self.folder)
            else:
                remove_folder(self.folder)
        finally:
            self.lock.remove()
        prune(self.state, keep=self.run)

    def _append(self, lines: Iterable[dict[str, Any]]) -> None:
        write_all(self._journal, "".join(f"{json.dumps(line)}\n" for line in lines).encode("ascii"))


def sweep(state: Path) -> None:
    """Remove what killed runs left behind: staged content, and the names that stood in a tree for a moment. Never raises OSError."""
    for run, lock in crashed_runs(state):
        folder = state / "runs" / run
        try:
            entries = read_journal(state, run).entries
        except JournalError:
            remove_folder(folder)  # killed before its first line was whole, so before it touched anything
            entries = ()
        for entry in entries:
            remove_file(os.path.join(os.path.dirname(entry.target), temporary_name(run, entry.file)))
        remove_staged(folder)
        lock.remove()


def remove_staged(folder: Path) -> None:
    """Remove the content that still waits in a run's folder."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith("new-"):
                remove_file(os.path.join(folder, name))


def _cannot_write(where: Path, error: OSError) -> JournalError:
    return JournalError(f"{where}: the journal for undo cannot be written: {cause_of(error)}")
