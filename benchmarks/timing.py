"""Times commands and weighs their processes, on systems that have `wait4`.

Seconds are of the clock on the wall where nothing else is said, sizes are in MB (10⁶ bytes).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in what the system calls one of `ru_maxrss`."""


class Failed(Exception):
    """A command ended with a status that is none of those allowed, so that its time means nothing; `str()` says which and why."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a command cost.

    Attributes:
        seconds: from its start to its end.
        processor: seconds that it and the processes that it waited for had of all processors.
        peak: the most memory that any one of these processes held. A process is counted from its fork, so this is never below what the
            benchmark itself holds.
    """

    seconds: float
    processor: float
    peak: float


@dataclass(frozen=True, slots=True)
class Task:
    """A command to measure.

    Attributes:
        name: by which its figure is found again; no two tasks that take turns have the same.
        command: program and arguments.
        statuses: exit statuses that mean that it did its work.
        prepare: what is done before each run, and not timed.
        most: how often it runs at most, for what takes minutes.
    """

    name: str
    command: Sequence[str]
    statuses: tuple[int, ...] = (0, 1)
    prepare: Callable[[], None] | None = None
    most: int | None = None


def run(task: Task, folder: Path, variables: Mapping[str, str]) -> Sample:
    """Runs a command in `folder`, its output going to a file. Raises `Failed`."""
    if task.prepare is not None:
        task.prepare()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(task.command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, cwd=folder, env=variables)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in task.statuses:
            errors.seek(0)
            said = " ".join(errors.read()[-300:].decode(errors="replace").split())
            raise Failed(f"{task.name} ended with status {process.returncode}: {said}")
    return Sample(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT / 1e6)


def interleaved(
    tasks: Sequence[Task], repeats: int, folder: Path, variables: Mapping[str, str], say: Callable[[str], None] = lambda _: None
) -> dict[str, Sample]:
    """The medians of each task. They take turns, every second time in reverse, so that what else the machine does strikes all alike."""
    found: dict[str, list[Sample]] = {task.name: [] for task in tasks}
    for turn in range(repeats):
        for task in tasks if turn % 2 == 0 else reversed(tasks):
            if task.most is not None and turn >= task.most:
                continue
            sample = run(task, folder, variables)
            found[task.name].append(sample)
            say(f"{turn + 1}/{repeats} {task.name}: {sample.seconds:.2f} s")
    return {name: middle(samples) for name, samples in found.items()}


def middle(samples: Sequence[Sample]) -> Sample:
    """The median of the times and the largest peak. Needs at least one."""
    return Sample(
        statistics.median(sample.seconds for sample in samples),
        statistics.median(sample.processor for sample in samples),
        max(sample.peak for sample in samples),
    )


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """How one figure grows with another: the exponent of the power law that fits best; 1 is linear.

    Needs two points with different sizes, and figures above 0.
    """
    return statistics.linear_regression([log(size) for size, _ in points], [log(figure) for _, figure in points]).slope
