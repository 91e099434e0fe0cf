"""A lock that ends with its process, however the process ends: it tells a run that is under way from one that was killed."""

from __future__ import annotations

import errno
import os
from contextlib import suppress

from msgspec import Struct

# What a file system says that knows no locks (some network ones).
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EINVAL, getattr(errno, "ENOTSUP", errno.EINVAL), getattr(errno, "EOPNOTSUPP", errno.EINVAL)}


class Lock(Struct, frozen=True):
    """A lock that is held. `certain` is false where the file system has no locks, so that somebody else may hold it as well."""

    path: str
    handle: int
    certain: bool

    def leave(self) -> None:
        """Let go, and leave the file."""
        with suppress(OSError):
            os.close(self.handle)

    def remove(self) -> None:
        """Let go, and remove the file: first, so that nobody takes a lock on a name that then goes away."""
        try:
            with suppress(OSError):  # Windows removes no open file; an empty one that stays does no harm
                os.unlink(self.path)
        finally:
            self.leave()


def acquire(path: str) -> Lock | None:
    """The lock at `path`, created where it is missing; None where a living process holds it. Never waits. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        held = _lock(handle)
        if held is False or not _is_at(handle, path):
            os.close(handle)
            return None
    except BaseException:
        with suppress(OSError):
            os.close(handle)
        raise
    return Lock(path, handle, certain=bool(held))


def _lock(handle: int) -> bool | None:
    """True where the lock is ours now, False where somebody else has it, None where the file system has no locks."""
    try:
        import fcntl
    except ImportError:
        return _lock_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        raise
    return True


def _lock_windows(handle: int) -> bool | None:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _is_at(handle: int, path: str) -> bool:
    """Whether `path` still names what `handle` has open: the holder before us may have removed it while we were opening it."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False
