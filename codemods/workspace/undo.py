"""Putting back what a run changed, file by file, and only where nobody has changed the file since.

An undo is a run itself: it is journalled, each file is replaced as a whole, and it can be undone by naming it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from codemods.workspace.apply import BATCH_BYTES, BATCH_FILES, write_changes
from codemods.workspace.folders import user_folder
from codemods.workspace.history import Journal, JournalError, read_journal
from codemods.workspace.ignore import lies_in
from codemods.workspace.ignore import repository_root as root_of
from codemods.workspace.journal import RunJournal, sweep
from codemods.workspace.putback import ALL, Part, Past, Refusal, change_back, strangers, was_replaced
from codemods.workspace.replace import Change
from codemods.workspace.state import is_run_id, lock_run, run_ids

__all__ = ["JournalError", "Part", "Refusal", "RunInfo", "Undone", "part_of", "repository_root", "runs", "undo"]


class Undone(Struct, frozen=True):
    """What an undo did. `run` is the run that was put back, None where there was none."""

    run: str | None
    restored: tuple[Path, ...] = ()
    refused: tuple[Refusal, ...] = ()


class RunInfo(Struct, frozen=True):
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


def part_of(files: Iterable[str], rules: Iterable[str]) -> Part:
    """The part of a run that is in `files`, which may be folders, and made by `rules`; all of it where both are empty."""
    return Part(tuple(os.path.realpath(file) for file in files), frozenset(rules))


def runs(root: Path, *, state: Path | None = None) -> tuple[RunInfo, ...]:
    """The runs that replaced a file below `root`, newest first. Damaged journals are passed over."""
    real = os.path.realpath(root)
    found = []
    for past in _newest_first(user_folder("state", state)):
        journal = past.journal
        replaced = tuple(Path(entry.target) for entry in journal.entries if was_replaced(journal, entry))
        if any(lies_in(os.fspath(path), real) for path in replaced):
            found.append(RunInfo(journal.run, journal.kind, journal.of, replaced, past.undone))
    return tuple(found)


def undo(root: Path, *, run: str | None = None, part: Part = ALL, state: Path | None = None) -> Undone:
    """Put back what a run changed: the one named, else the last of kind `fix` that wrote below `root` and is not undone.

    All files of the run are put back, also those outside `root`, unless a `part` is asked for; then the last run is the last of which such
    a part is left. A file that was changed since is left and refused by name; so is one that is gone. Raises JournalError where the named
    run is not there or under way, and where this undo cannot be put on record.
    """
    place = user_folder("state", state)
    sweep(place)
    past = _named(place, run) if run is not None else _last(place, os.path.realpath(root), part)
    if past is None:
        return Undone(None)
    try:
        lock = lock_run(place, past.journal.run)
    except OSError as error:
        raise JournalError(f"{place}: {error.strerror}") from None
    if lock is None:
        raise JournalError(f"the run {past.journal.run} is still under way")
    try:
        return _put_back(place, past, part)
    finally:
        lock.remove()


def _named(state: Path, run: str) -> Past:
    if is_run_id(run) and run in run_ids(state):
        read_journal(state, run)  # says what is wrong with it
        for past in _newest_first(state):
            if past.journal.run == run:
                return past
    raise JournalError(f"there is no run {run!r} in {state}")


def _last(state: Path, root: str, part: Part) -> Past | None:
    for past in _newest_first(state):
        journal = past.journal
        if journal.kind != "fix" or past.undone or not (part.files or _wrote_below(journal, root)):
            continue
        if part.is_all or any(change_back(state, past, entry, part) is not None for entry in journal.entries):
            return past
    return None


def _newest_first(state: Path) -> Iterator[Past]:
    """The runs whose journals can be read. What put back a run as a whole is an undo that refused no file and was not itself undone."""
    undone: set[str] = set()
    parts: dict[str, list[Past]] = {}
    for run in reversed(run_ids(state)):
        try:
            journal = read_journal(state, run)
        except JournalError:
            continue
        past = Past(journal, run in undone, tuple(parts.get(run, ())))
        if journal.of is not None and journal.part:
            parts.setdefault(journal.of, []).insert(0, past)
        elif journal.of is not None and journal.ended and not journal.left and run not in undone:
            undone.add(journal.of)
        yield past


def _wrote_below(journal: Journal, root: str) -> bool:
    return any(lies_in(entry.target, root) and was_replaced(journal, entry) for entry in journal.entries)


def _put_back(state: Path, past: Past, part: Part) -> Undone:
    journal = past.journal
    restored: list[Path] = []
    refused = strangers(past, part.files)
    undoing: RunJournal | None = None
    try:
        batch: list[Change] = []
        size = 0
        for position, entry in enumerate(journal.entries, 1):
            change = change_back(state, past, entry, part)
            if isinstance(change, Refusal):
                refused.append(change)
            elif change is not None:
                batch.append(change)
                size += len(change.before) + len(change.after)
            if batch and (len(batch) >= BATCH_FILES or size >= BATCH_BYTES or position == len(journal.entries)):
                undoing = undoing or RunJournal.start(state, "undo", journal.run, part=not part.is_all)
                for made, cause in zip(batch, write_changes(batch, undoing), strict=True):
                    if cause:
                        refused.append(Refusal(made.path, cause))
                    else:
                        restored.append(made.path)
                batch, size = [], 0
        if not restored and not refused and part.is_all:  # all is back already: said once, so that the next undo goes one run further back
            undoing = RunJournal.start(state, "undo", journal.run)
            undoing.close(keep=True)
    finally:
        if undoing is not None:
            undoing.close(left=len(refused))
    return Undone(journal.run, tuple(restored), tuple(refused))
