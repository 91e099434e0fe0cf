"""The user's state directory: where it is, the runs it holds, what a killed run left, and its bound.

    <state>/runs/<id>/           one run: `journal.jsonl`, `originals`, and `new-<n>` while files wait to be put in place
    <state>/runs/<id>.lock       held while the run is under way; gone after a run that ended by itself

The names of runs sort by time. Everything in here is readable by the user alone, since it holds their source.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from codemods.workspace.disk import make_folders
from codemods.workspace.lock import Lock, acquire

# What all runs together may take up, in bytes, and how many of them are kept; the oldest go first, the newest always stays.
BYTES_KEPT = 256_000_000
RUNS_KEPT = 1000

_RUN_ID = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}")


class JournalError(Exception):
    """The journal cannot be written or read. `str()` is one line, with the place."""


def new_id() -> str:
    """A name for a run that starts now, in UTC."""
    now = time.time_ns()
    seconds = time.strftime("%Y%m%dT%H%M%S", time.gmtime(now // 1_000_000_000))
    return f"{seconds}.{now % 1_000_000_000 // 1000:06d}Z-{os.urandom(4).hex()}"


def is_run_id(text: str) -> bool:
    """Whether `text` could name a run."""
    return _RUN_ID.fullmatch(text) is not None


def run_ids(state: Path) -> list[str]:
    """The ids of the runs kept in `state`, oldest first."""
    try:
        return sorted(name for name in os.listdir(state / "runs") if is_run_id(name))
    except OSError:
        return []


def create_run(state: Path) -> tuple[str, Path, Lock]:
    """A new run's id, folder and held lock. Raises OSError."""
    runs = state / "runs"
    make_folders(runs)
    while True:
        run = new_id()
        lock = acquire(os.path.join(runs, f"{run}.lock"))  # before the folder: a folder without a lock is nobody's
        if lock is None:
            continue
        try:
            os.mkdir(runs / run, 0o700)
        except FileExistsError:
            lock.leave()
            continue
        except BaseException:
            lock.remove()
            raise
        return run, runs / run, lock


def lock_run(state: Path, run: str) -> Lock | None:
    """The lock of a run that is not under way; None where it is. Raises OSError."""
    return acquire(os.path.join(state / "runs", f"{run}.lock"))


def has_locks(state: Path) -> bool:
    """Whether a run is under way, or was killed."""
    try:
        return any(name.endswith(".lock") for name in os.listdir(state / "runs"))
    except OSError:
        return False


def crashed_runs(state: Path) -> Iterator[tuple[str, Lock]]:
    """The runs that were killed, with their locks held; whoever takes one cleans up after it and removes or leaves the lock."""
    try:
        names = sorted(os.listdir(state / "runs"))
    except OSError:
        return
    for name in names:
        run = name.removesuffix(".lock")
        if run == name or not is_run_id(run):
            continue
        try:
            lock = acquire(os.path.join(state / "runs", name))
        except OSError:
            continue
        if lock is None:
            continue
        if lock.certain:
            yield run, lock
        else:
            lock.leave()


def prune(state: Path, *, keep: str | None = None) -> None:
    """Remove the oldest runs until the bounds hold. The run `keep`, the newest run and those under way stay. Never raises OSError."""
    ids = run_ids(state)
    sizes = {run: _size(state / "runs" / run) for run in ids}
    total = sum(sizes.values())
    for position, run in enumerate(ids[:-1]):
        if total <= BYTES_KEPT and len(ids) - position <= RUNS_KEPT:
            return
        if run != keep and remove_run(state, run):
            total -= sizes[run]


def remove_run(state: Path, run: str) -> bool:
    """Remove a run that is not under way. Whether it is gone."""
    try:
        lock = lock_run(state, run)
    except OSError:
        return False
    if lock is None:
        return False
    remove_folder(state / "runs" / run)
    lock.remove()
    return not os.path.lexists(state / "runs" / run)


def remove_folder(folder: Path) -> None:
    """Remove a run's folder, the journal first: what is left of a half-removed run is then no run."""
    with suppress(OSError):
        os.unlink(folder / "journal.jsonl")
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _size(folder: Path) -> int:
    total = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            status = entry.stat(follow_symlinks=False)
            total += status.st_size if stat.S_ISREG(status.st_mode) else 0
    return total
