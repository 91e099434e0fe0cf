"""Worker processes, and the sharing of files among them.

A worker that dies costs the file that killed it: the files that it was sent are sent again, one at a time, and the one with which a worker
dies again has failed. Nothing is held against a file before the worker has said that it is up.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from codemods.model.outcome import Failed
from codemods.model.settings import Settings
from codemods.workspace.limits import seconds_for, words_for
from codemods.workspace.worker import Core, FileResult, Item, Task, judge, serve, task_of

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess, SpawnProcess

# What is sent to a worker at once: enough to make the sending cheap, and little enough to share the work evenly.
CHUNK_BYTES = 128_000
CHUNK_FILES = 64
# Two messages up to this size fit into a pipe that nobody reads; a longer one is sent only to a worker that waits for it. Elsewhere pipes
# are too small even for that.
PIPE_BYTES = 32_000 if sys.platform == "linux" else 0
# How many files may be judged ahead of the one that everybody waits for.
AHEAD_CHUNKS = 200
# A file's time is over in its worker first; where it does not hear that, the worker ends after so many seconds more.
GRACE_SECONDS = 10.0
# After so many workers in a row that died before they were up, no more are started.
STILLBORN_WORKERS = 3


class _Chunk(Struct):
    """Some files that follow each other, of `size` bytes together, and their results as far as they are known."""

    results: list[FileResult | None] = field(default_factory=list)
    tasks: list[tuple[int, Task]] = field(default_factory=list)
    missing: int = 0
    size: int = 0


class _Message(Struct, frozen=True):
    """Tasks of one chunk, by their place in it, as they are sent to a worker."""

    chunk: _Chunk
    tasks: tuple[tuple[int, Task], ...]
    payload: bytes


class _Worker(Struct):
    process: ForkProcess | SpawnProcess
    connection: Connection
    ready: bool = False
    since: float = 0.0
    sent: deque[_Message] = field(default_factory=deque)


class Crew:
    """Workers, and what they were sent. `close` must be called."""

    def __init__(self, core: Core, jobs: int) -> None:
        self._core = core
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._again: deque[_Message] = deque()
        self._stillborn = 0

    def run(self, items: Iterator[Item], settings_for: Callable[[Path], Settings]) -> Iterator[FileResult]:
        """As `pool.run`, with at least one other process."""
        chunks = self._chunks(items, settings_for)
        waiting: deque[_Chunk] = deque()
        exhausted = False
        while not exhausted or waiting:
            while not exhausted and len(waiting) < AHEAD_CHUNKS and self._has_room():
                chunk = next(chunks, None)
                if chunk is None:
                    exhausted = True
                else:
                    waiting.append(chunk)
                    if chunk.tasks:
                        self._again.append(_message(chunk, tuple(chunk.tasks)))
                    self._send()
            self._send()
            while waiting and not waiting[0].missing:
                yield from (result for result in waiting.popleft().results if result is not None)
            if waiting and waiting[0].missing:
                self._receive()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._workers:
            self._end(worker)
        self._workers.clear()

    def _chunks(self, items: Iterator[Item], settings_for: Callable[[Path], Settings]) -> Iterator[_Chunk]:
        chunk = _Chunk()
        for item in items:
            task = task_of(item, settings_for)
            if isinstance(task, FileResult):
                chunk.results.append(task)
            else:
                chunk.tasks.append((len(chunk.results), task))
                chunk.results.append(None)
                chunk.missing += 1
                with suppress(OSError, ValueError):
                    chunk.size += os.stat(task.path).st_size if task.data is None else len(task.data)
            if chunk.size >= CHUNK_BYTES or len(chunk.results) >= CHUNK_FILES:
                yield chunk
                chunk = _Chunk()
        if chunk.results:
            yield chunk

    def _has_room(self) -> bool:
        return not self._again and (len(self._workers) < self._jobs or any(len(worker.sent) < 2 for worker in self._workers))

    def _send(self) -> None:
        """Hand out what waits: to a new worker while there may be more of them, else to the one that has least to do."""
        while self._again and self._stillborn < STILLBORN_WORKERS:
            worker = min(self._workers, key=lambda worker: len(worker.sent), default=None)
            if (worker is None or worker.sent) and len(self._workers) < self._jobs:
                worker = self._start()
            message = self._again[0]
            if worker is None or len(worker.sent) >= (2 if len(message.payload) <= PIPE_BYTES else 1):
                return
            self._again.popleft()
            if not worker.sent:
                worker.since = time.monotonic()
            worker.sent.append(message)
            with suppress(OSError):  # it died; what it said before is still to be read, and then its end is
                worker.connection.send_bytes(message.payload)
        if self._stillborn >= STILLBORN_WORKERS:
            self._judge_here()

    def _receive(self) -> None:
        """Wait until a worker answers, dies, or takes too long."""
        from multiprocessing.connection import wait

        ends = [end for worker in self._workers if (end := self._end_of(worker)) is not None]
        ready = wait([worker.connection for worker in self._workers], max(0.0, min(ends) - time.monotonic()) if ends else None)
        for worker in list(self._workers):
            end = self._end_of(worker)
            if worker.connection in ready:
                self._take(worker)
            elif end is not None and time.monotonic() >= end:
                self._died(worker, words_for(seconds_for(worker.sent[0].chunk.size, self._core.seconds)))

    def _end_of(self, worker: _Worker) -> float | None:
        """When the worker has had its time for what it works on, which it should have noticed itself; None where it may take any."""
        seconds = seconds_for(worker.sent[0].chunk.size, self._core.seconds) if worker.ready and worker.sent else None
        return None if seconds is None else worker.since + seconds + GRACE_SECONDS

    def _take(self, worker: _Worker) -> None:
        import pickle

        try:
            data = worker.connection.recv_bytes()
            answers = pickle.loads(data) if data else None  # from a process of ours, over a pipe; nothing on disk is unpickled
        except (EOFError, OSError):
            self._died(worker, "")
            return
        worker.since = time.monotonic()
        if answers is None:
            worker.ready, self._stillborn = True, 0
            return
        message = worker.sent.popleft()
        for (place, _), answer in zip(message.tasks, answers, strict=True):
            message.chunk.results[place] = answer
        message.chunk.missing -= len(message.tasks)

    def _died(self, worker: _Worker, cause: str) -> None:
        """Put what the worker had not answered back into the queue, except for a file that it was sent alone."""
        self._workers.remove(worker)
        self._end(worker)
        unanswered = list(worker.sent)
        if not worker.ready:
            self._stillborn += 1
        elif unanswered:
            suspect = unanswered.pop(0)
            if len(suspect.tasks) == 1:
                place, task = suspect.tasks[0]
                suspect.chunk.results[place] = FileResult(Path(task.path), Failed(0, cause or _last_words(worker)))
                suspect.chunk.missing -= 1
            else:
                unanswered = [_message(suspect.chunk, (task,)) for task in suspect.tasks] + unanswered
        self._again.extendleft(reversed(unanswered))
        self._send()

    def _judge_here(self) -> None:
        """Processes cannot be started here, which is no file's doing."""
        while self._again:
            message = self._again.popleft()
            for place, task in message.tasks:
                message.chunk.results[place] = judge(task, self._core)
            message.chunk.missing -= len(message.tasks)

    def _start(self) -> _Worker:
        import multiprocessing

        forking = _may_fork()
        context: Any = multiprocessing.get_context("fork" if forking else "spawn")
        ours, theirs = context.Pipe()
        inherited = [worker.connection for worker in self._workers] + [ours] if forking else []
        process = context.Process(target=serve, args=(theirs, self._core, inherited), daemon=True)
        with _no_interrupt():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        worker.connection.close()
        worker.process.kill()
        worker.process.join()


def _may_fork() -> bool:
    """Whether a worker can be a fork, which starts in 2 ms with everything imported; else it is a fresh interpreter.

    macOS does not bear it, and nowhere may another thread be there, since a lock that it holds would stay locked in the worker.
    """
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C waits: a worker must not meet it before it has said that it does not care. `serve` lets it through again."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _message(chunk: _Chunk, tasks: tuple[tuple[int, Task], ...]) -> _Message:
    import pickle

    return _Message(chunk, tasks, pickle.dumps([task for _, task in tasks], pickle.HIGHEST_PROTOCOL))


def _last_words(worker: _Worker) -> str:
    """How a worker ended, as far as the system tells."""
    code = worker.process.exitcode
    if code is None or code >= 0:
        return "the worker process died"
    with suppress(ValueError):
        return f"the worker process died ({signal.Signals(-code).name})"
    return f"the worker process died (signal {-code})"
