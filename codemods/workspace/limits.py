"""What one file may take of time and memory before it is given up, so that no file can hold a run up or bring the machine down.

Time ends in an exception inside the work, by an alarm of the system's; memory in the `MemoryError` of an allocation that is refused. What
neither reaches (a loop in C code, a library that aborts) is for the crew, which ends the process. Both bounds are Unix's; elsewhere there
is only the crew's.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import NoReturn

# For each file, and for each megabyte of a larger one.
SECONDS = 60.0
# Python drops an exception that comes up in the callback of a weak reference or in a `__del__`, so the alarm rings again until it is heard.
AGAIN = 5.0
# How much a process may grow. A program of ten megabytes, the largest that is rewritten, stays below.
BYTES = 4_000_000_000


class TookTooLongError(BaseException):
    """The time is over. No `Exception`, so that nothing that guards against a single rule's mistakes takes it for one."""


def seconds_for(size: int, seconds: float | None) -> float | None:
    """What a file of `size` bytes may take, where one of up to a megabyte may take `seconds`."""
    return None if seconds is None else seconds * max(1.0, size / 1_000_000)


def words_for(seconds: float | None) -> str:
    """What is said of a file that took longer."""
    return f"took longer than {seconds or 0:.3g} second{'' if seconds == 1 else 's'}"


@contextmanager
def bounded(seconds: float | None, memory: int = BYTES) -> Iterator[None]:
    """Within, time and memory are bounded; no time where `seconds` is None. Raises TookTooLongError and MemoryError."""
    armed = seconds is not None and _arm(seconds)
    before = _bound_memory(memory)
    try:
        yield
    finally:
        if armed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if before is not None:
            _set_memory(before)


def _arm(seconds: float) -> bool:
    """Whether an alarm could be set: not beside somebody else's, and only in the main thread."""
    if not hasattr(signal, "setitimer") or signal.getsignal(signal.SIGALRM) not in (signal.SIG_DFL, _over):
        return False
    try:
        signal.signal(signal.SIGALRM, _over)
    except ValueError:
        return False
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    return True


def _over(*_: object) -> NoReturn:
    raise TookTooLongError


def _bound_memory(memory: int) -> tuple[int, int] | None:
    """The bounds that held before, where ours is narrower and holds now."""
    base = _base()
    if base is None:
        return None
    import resource

    soft, hard = before = resource.getrlimit(resource.RLIMIT_AS)
    wanted = base + memory
    if any(limit != resource.RLIM_INFINITY and limit <= wanted for limit in (soft, hard)):
        return None
    return before if _set_memory((wanted, hard)) else None


def _set_memory(limits: tuple[int, int]) -> bool:
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, limits)
        return True
    return False


@cache
def _base() -> int | None:
    """What this process took up before its first file, in bytes; None where the system does not tell. A fork knows it from its parent."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
