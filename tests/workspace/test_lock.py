"""A lock that ends with its process."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from codemods.workspace import lock
from codemods.workspace.lock import acquire
from tests.workspace.faults import fork

fcntl = pytest.importorskip("fcntl")


def test_one_holder_at_a_time(work: Path) -> None:
    path = str(work / "x.lock")
    held = acquire(path)
    assert held is not None
    assert held.certain
    assert acquire(path) is None
    held.leave()
    again = acquire(path)
    assert again is not None
    again.remove()
    assert not os.path.exists(path)


def test_a_killed_holder_lets_go(work: Path) -> None:
    path = str(work / "x.lock")
    reading, writing = os.pipe()
    child = fork()
    if child == 0:
        acquire(path)
        os.write(writing, b"!")
        signal.pause()
    os.read(reading, 1)
    assert acquire(path) is None
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    held = acquire(path)
    assert held is not None
    held.leave()
    os.close(reading)
    os.close(writing)


def test_a_name_that_was_removed_while_it_was_opened_is_no_lock(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(work / "x.lock")
    really = lock._lock

    def remove_first(handle: int) -> bool | None:
        os.unlink(path)
        return really(handle)

    monkeypatch.setattr(lock, "_lock", remove_first)
    assert acquire(path) is None


def test_a_file_system_without_locks_is_uncertain(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", without)
    held = acquire(str(work / "x.lock"))
    assert held is not None
    assert not held.certain
    held.leave()


def test_another_error_is_one(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(handle: int, operation: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(fcntl, "flock", broken)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    with pytest.raises(OSError, match="Input/output"):
        acquire(str(work / "x.lock"))
    assert not before or len(os.listdir("/proc/self/fd")) == before


def test_a_link_is_not_followed(work: Path) -> None:
    (work / "x.lock").symlink_to("precious")
    with pytest.raises(OSError, match="symbolic links"):
        acquire(str(work / "x.lock"))
    assert not (work / "precious").exists()
