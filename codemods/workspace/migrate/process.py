"""A child for a job: started, listened to, and ended with all that it started when its time is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

import codemods
from codemods.model.migration import Result, State
from codemods.workspace.migrate.child import GRACE_SECONDS
from codemods.workspace.migrate.job import Answer, Job, Line
from codemods.workspace.migrate.nursery import Forked, Nursery, is_possible

_ROOT = os.fspath(Path(codemods.__file__).parent.parent)
# The package is found where ours is, whatever the working folder holds, and without a word in the environment that a verification inherits.
_HEAD = f"import sys; sys.path.insert(0, {_ROOT!r}); from codemods.workspace.migrate"
_CODE = f"{_HEAD}.child import main; sys.exit(main())"
_NURSERY = f"{_HEAD}.nursery import serve; sys.exit(serve())"
# How much of what a child that died said last is kept.
LAST_BYTES = 4000


class Child:
    """One child and its job. `run` is called once; `end` at any time, from any thread."""

    def __init__(self, job: Job, nursery: Nursery | None = None) -> None:
        self._job = job
        self._nursery = nursery
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | Forked | None = None
        self._why = ""

    def run(self, reached: Callable[[State], None]) -> Answer:
        """What the child makes of the job. Never raises: whatever happens to the child is an answer."""
        with tempfile.TemporaryFile() as complaints:
            try:
                process = self._start(complaints)
            except OSError as error:
                return _failed("process", f"no process could be started: {error.strerror or error}")
            if process is None:
                return _failed("stopped", "was stopped")
            timer = threading.Timer(self._job.target.seconds, self.end, ("timeout",))
            timer.daemon = True
            timer.start()
            try:
                answer = self._listen(process, reached)
            finally:
                self._over.set()
                timer.cancel()
                self._kill()
                close(process)
            return answer or self._failure(process.wait(), _last_line(complaints))

    def end(self, why: str = "stopped") -> None:
        """End the child and all that it started. One that was not started yet never is."""
        with self._lock:
            self._why = self._why or why
            process = self._process
            if process is not None and process.returncode is None:
                with suppress(OSError):
                    process.terminate()  # it ends what it has started in groups of their own
        if process is not None:
            self._over.wait(GRACE_SECONDS)
        self._kill()

    def _start(self, complaints: IO[bytes]) -> subprocess.Popen[bytes] | Forked | None:
        with self._lock:
            if self._why:
                return None
            if self._nursery is not None:
                self._process = self._nursery.start(complaints)
                return self._process
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CODE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=True,
                cwd=os.path.abspath(os.sep),
            )
            return self._process

    def _listen(self, process: subprocess.Popen[bytes] | Forked, reached: Callable[[State], None]) -> Answer | None:
        """The child's answer; None where it ends without one."""
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):
            process.stdin.write(msgspec.json.encode(self._job) + b"\n")
            process.stdin.flush()
        decoder = msgspec.json.Decoder(Line)
        for line in process.stdout:
            try:
                said = decoder.decode(line)
            except msgspec.DecodeError:  # cut off in the middle
                return None
            if isinstance(said, Answer):
                return said
            reached(said.state)
        return None

    def _kill(self) -> None:
        with self._lock:
            if self._process is None or self._process.returncode is not None:
                return
            # Before the child is waited for: until then its number, which is its group's, is nobody else's.
            if hasattr(os, "killpg"):
                with suppress(OSError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            with suppress(OSError):
                self._process.kill()
            self._process.wait()

    def _failure(self, status: int, said: str) -> Answer:
        if self._why == "timeout":
            return _failed("timeout", f"took longer than {self._job.target.seconds:.6g} seconds")
        if self._why:
            return _failed("stopped", "was stopped")
        return _failed("died", f"its process {_end_of(status)}{f': {said}' if said else ''}")


def nursery() -> Nursery | None:
    """What children are forked from, where the system can do that."""
    return Nursery([sys.executable, "-c", _NURSERY]) if is_possible() else None


def close(process: subprocess.Popen[bytes] | Forked) -> None:
    """Close the pipes to a process."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _failed(kind: str, cause: str) -> Answer:
    return Answer(Result("failed", kind, cause))


def _end_of(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-status).name}"
    return f"was ended by signal {-status}"


def _last_line(complaints: IO[bytes]) -> str:
    size = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, size - LAST_BYTES))
    lines = complaints.read().decode("utf-8", "replace").split("\n")
    return next((stripped for line in reversed(lines) if (stripped := line.strip())), "")
