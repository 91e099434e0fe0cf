"""Who does the jobs. The coordinator asks from as many threads as an engine has slots, and each waits for its answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from codemods.model.migration import State
from codemods.workspace.migrate.job import Answer, Job
from codemods.workspace.migrate.process import Child, nursery


class EngineError(Exception):
    """The engine cannot be used: one line."""


class Engine(Protocol):
    """Does jobs, `slots` of them at a time. `run` may be called from several threads and raises nothing but EngineError."""

    @property
    def slots(self) -> int: ...
    def run(self, job: Job, reached: Callable[[State], None]) -> Answer: ...
    def close(self) -> None: ...


class Local:
    """Children of this process."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._guard = threading.Lock()
        self._children: set[Child] = set()
        self._closed = False
        self._nursery = nursery()

    @property
    def slots(self) -> int:
        return self._slots

    def run(self, job: Job, reached: Callable[[State], None]) -> Answer:
        """A child's answer."""
        child = Child(job, self._nursery)
        with self._guard:
            self._children.add(child)
            closed = self._closed
        if closed:
            child.end()
        try:
            return child.run(reached)
        finally:
            with self._guard:
                self._children.discard(child)

    def close(self) -> None:
        """End all children, and start none any more."""
        with self._guard:
            self._closed = True
            children = list(self._children)
        for child in children:
            child.end()
        if self._nursery is not None:
            self._nursery.close()
