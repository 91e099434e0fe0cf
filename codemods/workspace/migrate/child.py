"""A child process: reads one job from standard input, does it, and writes what it reaches and the answer to standard output.

It ends with its parent, however that one ends: the parent keeps the child's standard input open, and its end is the end of the child and of
all processes that the child has started, which are in its process group.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import BinaryIO, NoReturn

import msgspec

from codemods.model.migration import Result
from codemods.workspace.migrate.job import Answer, Job, Line, Reached

# What a job may take to end in order.
GRACE_SECONDS = 5.0


def main() -> int:
    """Do the one job. Returns the exit status."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but answers may come from there
    job = msgspec.json.decode(source.readline(), type=Job)
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with, args=(source,), daemon=True).start()
    _bound_memory(job.target.memory)
    sys.setrecursionlimit(20_000)
    _say(target, _answer(job, target))
    return 0


def _answer(job: Job, target: BinaryIO) -> Answer:
    from codemods.workspace.migrate.work import perform

    try:
        return perform(job, lambda state: _say(target, Reached(state)))
    except MemoryError:
        return Answer(Result("failed", "memory", "took more memory than it may"))
    except Exception as error:  # noqa: BLE001 - whatever it is, it costs this repository only, and is reported as a defect
        cause = " ".join(f"{type(error).__name__}: {error}".split())
        return Answer(Result("failed", "defect", f"this is a defect of pyfix: {cause}"))


def _say(target: BinaryIO, line: Line) -> None:
    target.write(msgspec.json.encode(line) + b"\n")
    target.flush()


def _end_with(source: BinaryIO) -> None:
    """Wait until the parent is gone, and go as well: in order, so that what was started and made for the job goes too, or else at once."""
    with suppress(OSError, ValueError):
        while source.read(1):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _stop(*_: object) -> NoReturn:
    """The job is to end. An exception, so that a verification that runs in a process group of its own is ended, and folders are removed."""
    raise SystemExit(1)


def _bound_memory(memory: int) -> None:
    """Let no process of this job take up more."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


if __name__ == "__main__":
    sys.exit(main())
