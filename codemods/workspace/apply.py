"""Outcomes to files: on record first, then each file replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from codemods.model.outcome import Fixed
from codemods.workspace.disk import sync
from codemods.workspace.files import Snapshot
from codemods.workspace.folders import user_folder
from codemods.workspace.journal import RunJournal, sweep, temporary_name
from codemods.workspace.pool import FileResult
from codemods.workspace.replace import Change, NotReplacedError, Staged, Target, put, resolve, stage

# A batch shares the syncing of the journal and of folders. Each file of it may be open until it is put in place.
BATCH_FILES = 64
BATCH_BYTES = 8_000_000


class Applied(Struct, frozen=True):
    """What became of a result. `written`: its file has the new bytes. A `Fixed` one that was not written has a `cause`, one line."""

    result: FileResult
    written: bool = False
    cause: str = ""


def apply(results: Iterable[FileResult], *, state: Path | None = None) -> Iterator[Applied]:
    """Write what is fixed among `results`; all of them come out, in order. Raises JournalError before anything is written unrecorded.

    What killed runs left behind is removed first, also where nothing is to be written.

    A journal that fails later raises as well: what came out as written by then is written and recorded, and nothing else is.
    """
    place = user_folder("state", state)
    sweep(place)
    journal: RunJournal | None = None
    waiting: list[FileResult] = []
    files = size = 0
    try:
        for result in results:
            if not isinstance(result.outcome, Fixed):
                if waiting:
                    waiting.append(result)
                else:
                    yield Applied(result)
                continue
            journal = journal or RunJournal.start(place, "fix")
            waiting.append(result)
            files += 1
            size += len(result.outcome.before) + len(result.outcome.after)
            if files >= BATCH_FILES or size >= BATCH_BYTES:
                yield from _apply_batch(waiting, journal)
                waiting, files, size = [], 0, 0
        if journal is not None:
            yield from _apply_batch(waiting, journal)
    finally:
        if journal is not None:
            journal.close()


def write_changes(changes: Sequence[Change], journal: RunJournal) -> list[str]:
    """Record and make `changes`, none of a file twice. For each the cause why it was not made, "" where it was. Raises JournalError."""
    causes = [""] * len(changes)
    targets: dict[int, Target] = {}
    for index, change in enumerate(changes):
        try:
            targets[index] = resolve(change)
        except NotReplacedError as error:
            causes[index] = str(error)
    if not targets:
        return causes
    numbers = journal.record((changes[index], target.path) for index, target in targets.items())
    staged: dict[int, Staged] = {}
    try:
        for (index, target), file in zip(targets.items(), numbers, strict=True):
            try:
                staged[index] = stage(target, changes[index].after, journal.folder, file, temporary_name(journal.run, file))
            except NotReplacedError as error:
                causes[index] = str(error)
        for (index, target), file in zip(targets.items(), numbers, strict=True):
            if index in staged:
                causes[index] = _put(staged[index], changes[index], target, journal, file)
    finally:
        for content in staged.values():
            content.discard()
    for folder in sorted({target.folder for index, target in targets.items() if not causes[index]}):
        with suppress(OSError):  # some file systems do not sync folders; the files stand in either case
            sync(folder)
    return causes


def _put(staged: Staged, change: Change, target: Target, journal: RunJournal, file: int) -> str:
    journal.replacing()
    try:
        put(staged, change, target, temporary_name(journal.run, file))
    except NotReplacedError as error:
        journal.not_replaced()
        staged.discard()
        return str(error)
    journal.mark_done(file)
    return ""


def _apply_batch(waiting: list[FileResult], journal: RunJournal) -> Iterator[Applied]:
    changes = {index: change for index, result in enumerate(waiting) if (change := _change(result)) is not None}
    causes = dict(zip(changes, write_changes(list(changes.values()), journal), strict=True))
    for index, result in enumerate(waiting):
        cause = causes.get(index)
        yield Applied(result) if cause is None else Applied(result, written=not cause, cause=cause)


def _change(result: FileResult) -> Change | None:
    match result:
        case FileResult(path=path, outcome=Fixed() as fixed, snapshot=Snapshot(stamp=stamp), settings=settings, top=top):
            rules = sorted({diagnostic.rule for diagnostic in fixed.diagnostics if diagnostic.fixed})
            return Change(path, fixed.before, fixed.after, stamp, tuple(rules), fixed.edits, settings, top)
        case FileResult(path=path, outcome=Fixed()):
            raise ValueError(f"{path} was not read from disk, so nothing tells whether it is still the same file")
        case _:
            return None
