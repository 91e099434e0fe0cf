"""From a path to its outcome, and the loop that does it in a process of its own. Reads files, writes none."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from codemods.model.outcome import Failed, Fixed, Outcome, TriagedAway
from codemods.model.settings import Settings
from codemods.workspace.config import ConfigError
from codemods.workspace.discover import Found, Problem
from codemods.workspace.files import NO_STAMP, REWRITABLE_BYTES, ReadError, Snapshot, digest_of, read, size_in_words
from codemods.workspace.limits import BYTES, TookTooLongError, bounded, seconds_for, words_for

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class Process(Protocol):
    """The pure core, as `engine.pipeline.process` is."""

    def __call__(self, data: bytes, settings: Settings, *, named: bool) -> Outcome: ...


Admits = Callable[[bytes, tuple[str, ...]], object]


class Core(Struct, frozen=True):
    """What is done to bytes. None stands for the engine's own, which is imported where it is first needed.

    Attributes:
        process: see `Process`. A function of a module, so that another process can find it.
        admits: whether any of the rules named could have a site in the bytes (true or false).
        digests: give each result the digest of what was read.
        seconds: what a file of up to a megabyte may take, and each megabyte of a larger one; None means any time.
        memory: bytes by which a process may grow over what it took up before its first file.
    """

    process: Process | None = None
    admits: Admits | None = None
    digests: bool = False
    seconds: float | None = None
    memory: int = BYTES


class Task(Struct, frozen=True):
    """A file to judge. `data` and `top`: as in `Found`."""

    path: str
    settings: Settings
    named: bool
    data: bytes | None = None
    top: str = ""


class FileResult(Struct, frozen=True):
    """What became of a file.

    Attributes:
        snapshot: the file as it was read, None unless the outcome is `Fixed` and there was a file; the `settings` it was judged by, None
            unless it is `Fixed`.
        digest: `files.digest_of` what was read, where that was asked for; empty where nothing was.
        top: as in `Found`, where the outcome is `Fixed`; it is not to be written to a file elsewhere.
    """

    path: Path
    outcome: Outcome
    snapshot: Snapshot | None = None
    digest: bytes = b""
    settings: Settings | None = None
    top: str = ""


# What a run goes over: a file, a problem, or a file's result that is known already.
Item = Found | Problem | FileResult


def task_of(item: Item, settings_for: Callable[[Path], Settings]) -> Task | FileResult:
    """What there is to do for `item`, or what came of it already: a known result, a problem, a wrong configuration."""
    if isinstance(item, FileResult):
        return item
    if isinstance(item, Problem):
        return FileResult(item.path, Failed(item.line, item.cause))
    try:
        return Task(os.fspath(item.path), settings_for(item.path), item.named, item.data, item.top)
    except ConfigError as error:
        return FileResult(Path(error.path) if error.path else item.path, Failed(error.line, error.cause))


def content(task: Task) -> Snapshot:
    """What there is to judge. Raises ReadError."""
    return read(task.path) if task.data is None else Snapshot(task.data, NO_STAMP)


def judge(task: Task, core: Core) -> FileResult:
    """What becomes of one file. Never raises an Exception."""
    try:
        snapshot = content(task)
    except ReadError as error:
        return FileResult(Path(task.path), Failed(0, str(error)))
    return judge_snapshot(task, snapshot, core)


def judge_snapshot(task: Task, snapshot: Snapshot, core: Core) -> FileResult:
    """As `judge`, for a file that was read."""
    outcome = _outcome(task, snapshot, core)
    digest = digest_of(task.settings.filename, snapshot.data) if core.digests else b""
    if not isinstance(outcome, Fixed):
        return FileResult(Path(task.path), outcome, digest=digest)
    if outcome.before == snapshot.data:
        # The same bytes twice cross to another process once only if they are the same object.
        outcome = replace(outcome, before=snapshot.data)
    return FileResult(Path(task.path), outcome, snapshot if task.data is None else None, digest, task.settings, task.top)


def _outcome(task: Task, snapshot: Snapshot, core: Core) -> Outcome:
    seconds = seconds_for(len(snapshot.data), core.seconds)
    try:
        if len(snapshot.data) >= REWRITABLE_BYTES:
            return _too_large(task, snapshot, core)
        process = _processor(core)
        with bounded(seconds, core.memory):
            return process(snapshot.data, task.settings, named=task.named)
    except TookTooLongError:
        return Failed(0, words_for(seconds))
    except MemoryError:
        return Failed(0, "needs more memory than it may take")
    except RecursionError:
        return Failed(0, "is nested too deeply")
    except Exception as error:  # noqa: BLE001 -- a defect of ours costs its file, which is reported, and not the run
        return Failed(0, f"pyfix failed on this file: {type(error).__name__}: {' '.join(str(error).split())}")


def may_have_sites(task: Task, snapshot: Snapshot, core: Core) -> bool:
    """Whether a rule asks to have the file parsed."""
    admits = core.admits
    if admits is None and core.process is None:
        from codemods.engine.triage import admits
    return admits is None or bool(admits(snapshot.data, task.settings.rules))


def _too_large(task: Task, snapshot: Snapshot, core: Core) -> Outcome:
    if not may_have_sites(task, snapshot, core):
        return TriagedAway()
    size, limit = size_in_words(len(snapshot.data)), size_in_words(REWRITABLE_BYTES)
    return Failed(0, f"is {size}; files of {limit} and more are not rewritten")


def _processor(core: Core) -> Process:
    if core.process is not None:
        return core.process
    from codemods.engine.pipeline import process

    return process


def serve(connection: Connection, core: Core, others: Sequence[Connection]) -> None:
    """Answer each list of tasks with the list of what `judge` says, until the other end closes. The body of a worker process.

    `others` are ends of pipes that a forked process inherits and must close, lest they outlive the parent.
    """
    for other in others:
        with suppress(OSError):
            other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which ends us
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()  # trees are freed without it; with it, every file pays for walking them
    gc.freeze()
    try:
        connection.send_bytes(b"")  # we are up: from here on a death is a file's doing
        while True:
            tasks: list[Task] = connection.recv()
            answers = [judge(task, core) for task in tasks]
            connection.send(answers)
            del tasks, answers
            gc.collect()
            gc.freeze()  # what a library left when it was loaded is not looked at again after each chunk
    except (EOFError, OSError):
        _leave()


def _leave() -> Any:
    """The parent is gone or done: leave at once, without running what it registered for its own exit."""
    os._exit(0)
