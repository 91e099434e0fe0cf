"""What one file may take, and what becomes of one that takes more."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.model.outcome import Failed, Fixed, Outcome
from codemods.model.settings import Settings
from codemods.workspace import crew, limits
from codemods.workspace.discover import Found
from codemods.workspace.limits import TookTooLongError, bounded, seconds_for
from codemods.workspace.pool import run
from tests.workspace.fake import SETTINGS, core

Write = Callable[..., Path]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="alarms and address spaces are other things there")


def judged(
    paths: list[Path], process: object = core, jobs: int = 1, limit: float | None = 0.2, memory: int = limits.BYTES
) -> list[Outcome]:
    found = [Found(path, named=False) for path in paths]
    results = run(found, lambda path: SETTINGS, jobs=jobs, process=process, limit=limit, memory=memory, patience=0.0)  # type: ignore[arg-type]
    return [result.outcome for result in results]


def busy(data: bytes, settings: Settings, *, named: bool) -> Outcome:
    """What runs for ever, and takes every mistake of a rule for that rule's."""
    while b"sleep" in data:
        with contextlib.suppress(Exception):
            sum(range(1000))
    return core(data, settings, named=named)


def deaf(data: bytes, settings: Settings, *, named: bool) -> Outcome:
    """As C code that never looks whether a signal came."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    return core(data, settings, named=named)


def greedy(data: bytes, settings: Settings, *, named: bool) -> Outcome:
    kept = [bytearray(50_000_000) for _ in range(10 if b"sleep" in data else 0)]
    assert not kept, "it got all that memory"
    return core(data, settings, named=named)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("process", [core, busy])
def test_time_costs_the_file_and_nothing_else(write: Write, jobs: int, process: object) -> None:
    paths = [write("a.py", b"bad"), write("b.py", b"sleep"), write("c.py", b"bad")]
    started = time.monotonic()
    first, late, last = judged(paths, process, jobs)
    assert late == Failed(0, "took longer than 0.2 seconds")
    assert isinstance(first, Fixed)
    assert isinstance(last, Fixed)
    assert time.monotonic() - started < 10
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_worker_that_does_not_hear_is_ended(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "GRACE_SECONDS", 0.3)
    first, late, last = judged([write("a.py", b"bad"), write("b.py", b"sleep"), write("c.py", b"bad")], deaf, jobs=2)
    assert late == Failed(0, "took longer than 0.2 seconds")
    assert isinstance(first, Fixed)
    assert isinstance(last, Fixed)


@pytest.mark.parametrize("jobs", [1, 2])
def test_memory_costs_the_file_and_nothing_else(write: Write, jobs: int) -> None:
    import resource

    limits._base.cache_clear()  # this process may have grown since it was asked
    before = resource.getrlimit(resource.RLIMIT_AS)
    paths = [write("a.py", b"bad"), write("b.py", b"sleep"), write("c.py", b"bad")]
    first, large, last = judged(paths, greedy, jobs, limit=None, memory=200_000_000)
    assert large == Failed(0, "needs more memory than it may take")
    assert isinstance(first, Fixed)
    assert isinstance(last, Fixed)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_large_file_may_take_its_time() -> None:
    assert [seconds_for(size, 60) for size in (0, 1_000_000, 8_500_000)] == [60, 60, 510]
    assert seconds_for(8_500_000, None) is None


def test_no_bound_that_is_narrower_is_widened(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    narrow = (limits._base() or 0) + 2_000_000_000
    resource.setrlimit(resource.RLIMIT_AS, (narrow, hard))
    try:
        with bounded(None):
            assert resource.getrlimit(resource.RLIMIT_AS) == (narrow, hard)
        assert resource.getrlimit(resource.RLIMIT_AS) == (narrow, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def test_somebody_elses_alarm_is_left_alone() -> None:
    rang: list[int] = []
    signal.signal(signal.SIGALRM, lambda *_: rang.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with bounded(0.01):
            time.sleep(0.1)
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    assert rang == [1]


def test_beside_the_main_thread_there_is_no_alarm() -> None:
    done: list[bool] = []

    def work() -> None:
        with bounded(0.01):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_an_alarm_that_comes_late_does_not_spoil_the_next() -> None:
    for _ in range(2):
        with pytest.raises(TookTooLongError), bounded(0.02):
            time.sleep(5)
    signal.signal(signal.SIGALRM, limits._over)  # as if it had come while the alarm was being put off
    with pytest.raises(TookTooLongError), bounded(0.02):
        time.sleep(5)


def test_an_alarm_that_was_dropped_rings_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AGAIN", 0.05)

    def dropped_once() -> None:
        with contextlib.suppress(TookTooLongError):  # as Python does in the callback of a weak reference
            time.sleep(5)
        time.sleep(5)

    with pytest.raises(TookTooLongError), bounded(0.01):
        dropped_once()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
