"""Files to outcomes, over processes where that pays. Outcomes come in the order of the files and do not depend on the number of processes.

The first files are judged in this process: a short run never starts another one, and a long one forks with everything imported; only behind
many results that the cache knew is one that has to be parsed judged elsewhere at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

from codemods.model.outcome import Failed
from codemods.model.settings import Settings
from codemods.workspace.crew import Crew
from codemods.workspace.files import ReadError
from codemods.workspace.limits import BYTES
from codemods.workspace.worker import Admits, Core, FileResult, Item, Process, content, judge_snapshot, may_have_sites, task_of

__all__ = ["FileResult", "processors", "run"]

# How long the work of this process alone may take before others are started, which costs 30 ms, and how large a file it takes on.
PATIENCE_SECONDS = 0.1
LARGE_BYTES = 300_000
KNOWN_RESULTS = 200
"""After so many results that were known already, a file to parse is another process's work: this one goes on looking what else is known."""


def run(
    found: Iterable[Item],
    settings_for: Callable[[Path], Settings],
    *,
    jobs: int = 0,
    process: Process | None = None,
    admits: Admits | None = None,
    patience: float = PATIENCE_SECONDS,
    limit: float | None = None,
    memory: int = BYTES,
    digests: bool = False,
) -> Generator[FileResult]:
    """The outcome of every file, in the order of `found`, which may hold results that are known already.

    Args:
        jobs: how many processes; 0 means as many as there are processors, 1 that only this one is used.
        process, admits: the core (`worker.Core`); None means the engine's.
        patience: seconds of work after which other processes are started; 0 means at once.
        limit: seconds that a file, and each megabyte of a larger one, may take before it is given up; None means any number.
        memory: bytes by which a process may grow while it judges files.
        digests: give each result the digest of what was read.

    A Problem, an unreadable file, a wrong configuration and a worker's death come out as `Failed`.
    """
    core = Core(process, admits, digests, limit, memory)
    items = iter(found)
    jobs = jobs or processors()
    ahead: list[Item] = []
    if jobs == 1 or patience > 0:
        yield from _run_here(items, settings_for, core, ahead, patience if jobs > 1 else None)
    if ahead or jobs > 1:
        pool = Crew(core, jobs)
        try:
            yield from pool.run(_chain(ahead, items), settings_for)
        finally:
            pool.close()


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _chain(ahead: list[Item], items: Iterator[Item]) -> Iterator[Item]:
    yield from ahead
    yield from items


def _run_here(
    items: Iterator[Item],
    settings_for: Callable[[Path], Settings],
    core: Core,
    ahead: list[Item],
    patience: float | None,
) -> Iterator[FileResult]:
    """The first files, or with no `patience` to lose all of them, in this process. What was taken and not judged is left in `ahead`."""
    spent = 0.0
    known = 0
    for item in items:
        task = task_of(item, settings_for)
        if isinstance(task, FileResult):
            known += 1
            yield task
            continue
        try:
            snapshot = content(task)
        except ReadError as error:
            yield FileResult(Path(task.path), Failed(0, str(error)))
            continue
        if patience is not None and (
            len(snapshot.data) >= LARGE_BYTES or (known >= KNOWN_RESULTS and may_have_sites(task, snapshot, core))
        ):
            ahead.append(item)
            return
        started = time.perf_counter()
        result = judge_snapshot(task, snapshot, core)
        spent += time.perf_counter() - started
        yield result
        if patience is not None and spent >= patience:
            return
