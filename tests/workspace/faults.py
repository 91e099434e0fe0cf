"""Stopping a run at any of its steps: every system call that makes, writes, renames, syncs or removes something."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

STEPS = (
    "open",
    "write",
    "fsync",
    "replace",
    "rename",
    "link",
    "mkdir",
    "makedirs",
    "unlink",
    "rmdir",
    "fchmod",
    "fchown",
    "setxattr",
    "truncate",
)


@contextmanager
def at_each_step(act: Callable[[int, str], None]) -> Iterator[None]:
    """Have `act(n, name)` called before the n-th step (from 0) that is taken inside."""
    taken = 0
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            if hasattr(os, name):
                patch.setattr(os, name, _counting(name, getattr(os, name), lambda name: step(name)))

        def step(name: str) -> None:
            nonlocal taken
            taken += 1
            act(taken - 1, name)

        yield


def _counting(name: str, really: Callable[..., Any], step: Callable[[str], None]) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        if name != "open" or args[1] & (os.O_WRONLY | os.O_RDWR):
            step(name)
        return really(*args, **options)

    return call


def count_steps(action: Callable[[], object]) -> list[str]:
    """The names of the steps that `action` takes."""
    names: list[str] = []
    with at_each_step(lambda number, name: names.append(name)):
        action()
    return names


def fork() -> int:
    """As `os.fork`. Test runners have a thread of their own, which the children here never touch."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Do `action` in a process that is killed before the given step. Whether it came that far."""
    child = fork()
    if child == 0:
        status = 1
        try:
            with at_each_step(lambda number, name: os.kill(os.getpid(), signal.SIGKILL) if number == step else None):
                action()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the action failed by itself"
    return os.WIFSIGNALED(status)
