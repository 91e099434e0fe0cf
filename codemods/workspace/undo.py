"""Putting back what a run changed, file by file, and only where nobody has changed the file since.

An undo is a run itself: it is journalled, each file is replaced as a whole, and it can be undone by naming it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codemods.workspace.apply import BATCH_BYTES, BATCH_FILES, write_changes
from codemods.workspace.files import ReadError, read, sha256
from codemods.workspace.history import Entry, Journal, JournalError, original_of, read_journal
from codemods.workspace.ignore import lies_in
from codemods.workspace.ignore import repository_root as root_of
from codemods.workspace.journal import RunJournal, sweep
from codemods.workspace.replace import Change
from codemods.workspace.state import is_run_id, lock_run, run_ids, state_directory

__all__ = ["JournalError", "Refusal", "RunInfo", "Undone", "repository_root", "runs", "undo"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not put back, and why, in one line."""

    path: Path
    cause: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did. `run` is the run that was put back, None where there was none."""

    run: str | None
    restored: tuple[Path, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run that is kept.

    Attributes:
        id: its name; runs sort by it, which begins with the time in UTC.
        kind: `fix` or `undo`; `of` is the run that an undo put back.
        paths: the files that it replaced.
        undone: whether an undo put all of it back.
    """

    id: str
    kind: str
    of: str | None
    paths: tuple[Path, ...]
    undone: bool


def repository_root(folder: Path) -> Path:
    """The nearest folder, from `folder` upward, that holds `.git`; `folder` itself outside a repository. Absolute, links resolved."""
    real = os.path.realpath(folder)
    return Path(root_of(real) or real)


def runs(root: Path, *, state: Path | None = None) -> tuple[RunInfo, ...]:
    """The runs that replaced a file below `root`, newest first. Damaged journals are passed over."""
    real = os.path.realpath(root)
    found = []
    for journal, undone in _newest_first(state_directory(state)):
        replaced = tuple(Path(entry.target) for entry in journal.entries if _was_replaced(journal, entry))
        if any(lies_in(os.fspath(path), real) for path in replaced):
            found.append(RunInfo(journal.run, journal.kind, journal.of, replaced, undone))
    return tuple(found)


def undo(root: Path, *, run: str | None = None, state: Path | None = None) -> Undone:
    """Put back what a run changed: the one named, else the last of kind `fix` that wrote below `root` and is not undone.

    All files of the run are put back, also those outside `root`. A file that was changed since is left and refused by name; so is one that
    is gone. Raises JournalError where the named run is not there or under way, and where this undo cannot be put on record.
    """
    place = state_directory(state)
    sweep(place)
    journal = _named(place, run) if run is not None else _last(place, os.path.realpath(root))
    if journal is None:
        return Undone(None)
    try:
        lock = lock_run(place, journal.run)
    except OSError as error:
        raise JournalError(f"{place}: {error.strerror}") from None
    if lock is None:
        raise JournalError(f"the run {journal.run} is still under way")
    try:
        return _put_back(place, journal)
    finally:
        lock.remove()


def _named(state: Path, run: str) -> Journal:
    if not is_run_id(run) or run not in run_ids(state):
        raise JournalError(f"there is no run {run!r} in {state}")
    return read_journal(state, run)


def _last(state: Path, root: str) -> Journal | None:
    for journal, undone in _newest_first(state):
        if journal.kind == "fix" and not undone and _wrote_below(journal, root):
            return journal
    return None


def _newest_first(state: Path) -> Iterator[tuple[Journal, bool]]:
    """The journals that can be read, and whether each was undone wholly by an undo that was not itself undone."""
    undone: set[str] = set()
    for run in reversed(run_ids(state)):
        try:
            journal = read_journal(state, run)
        except JournalError:
            continue
        if journal.of is not None and journal.ended and not journal.left and run not in undone:
            undone.add(journal.of)
        yield journal, run in undone


def _wrote_below(journal: Journal, root: str) -> bool:
    return any(lies_in(entry.target, root) and _was_replaced(journal, entry) for entry in journal.entries)


def _was_replaced(journal: Journal, entry: Entry) -> bool:
    """Whether the run replaced the file: by its own word, or for a run that was killed by what the file holds."""
    if entry.file in journal.done or journal.ended:
        return entry.file in journal.done
    try:
        return sha256(read(entry.target).data) == entry.after
    except ReadError:
        return False


def _put_back(state: Path, journal: Journal) -> Undone:
    restored: list[Path] = []
    refused: list[Refusal] = []
    undoing: RunJournal | None = None
    try:
        batch: list[Change] = []
        size = 0
        for position, entry in enumerate(journal.entries, 1):
            change = _change_back(state, journal, entry)
            if isinstance(change, Refusal):
                refused.append(change)
            elif change is not None:
                batch.append(change)
                size += len(change.before) + len(change.after)
            if batch and (len(batch) >= BATCH_FILES or size >= BATCH_BYTES or position == len(journal.entries)):
                undoing = undoing or RunJournal.start(state, "undo", journal.run)
                for made, cause in zip(batch, write_changes(batch, undoing), strict=True):
                    if cause:
                        refused.append(Refusal(made.path, cause))
                    else:
                        restored.append(made.path)
                batch, size = [], 0
        if not restored and not refused:  # all is back already: said once, so that the next undo goes one run further back
            undoing = RunJournal.start(state, "undo", journal.run)
            undoing.close(keep=True)
    finally:
        if undoing is not None:
            undoing.close(left=len(refused))
    return Undone(journal.run, tuple(restored), tuple(refused))


def _change_back(state: Path, journal: Journal, entry: Entry) -> Change | Refusal | None:
    """What puts the file back; why it cannot be; None where there is nothing to put back."""
    path = Path(entry.target)
    try:
        snapshot = read(path)
    except ReadError as error:
        return Refusal(path, f"cannot be read: {error}") if _was_replaced(journal, entry) else None
    now = snapshot.sha256
    if now == entry.before:
        return None
    if now != entry.after:
        return Refusal(path, "changed since; it was left as it is") if _may_be_replaced(journal, entry) else None
    if os.path.realpath(path) != entry.target:
        return Refusal(path, "is reached through a link that was not there; it was left as it is")
    original = original_of(state, journal.run, entry)
    if original is None:
        return Refusal(path, "its old content is damaged in the journal; it was left as it is")
    return Change(path, snapshot.data, original, snapshot.stamp, entry.rules)


def _may_be_replaced(journal: Journal, entry: Entry) -> bool:
    """Whether a file that holds neither its old nor its new content may have been replaced by the run, and then changed."""
    return entry.file in journal.done or not journal.ended
