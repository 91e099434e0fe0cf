"""The coordinator: takes each repository of a plan from where it stands to where it is wanted, and notes each step before the next."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from codemods.model.migration import ENDS, STEPS, Repository, Result, State
from codemods.workspace.git.command import GitError
from codemods.workspace.migrate.base import Base, NoBaseError, find_base
from codemods.workspace.migrate.clone import BusyError, held, place_of, remove, unpack
from codemods.workspace.migrate.deliver import NotDeliveredError, Parcel, holds, keep, push, put
from codemods.workspace.migrate.engine import Engine
from codemods.workspace.migrate.job import Answer, Job
from codemods.workspace.migrate.key import code, key_of
from codemods.workspace.migrate.plan import Target
from codemods.workspace.migrate.source import is_path
from codemods.workspace.migrate.store import Store

# Answers that say nothing about the repository, so that they are not kept.
PASSING = ("moved", "stopped", "busy", "process")
# How often a job is planned anew because its base moves on.
MOVES = 3


class Wishes(Struct, frozen=True):
    """What is to be done with branches, and with what failed before."""

    dry_run: bool = False
    push: bool = False
    retry_failed: bool = False

    @property
    def level(self) -> int:
        """The step that a repository with changes is to reach."""
        return STEPS.index("pushed" if self.push else "applied" if self.dry_run else "committed")


class Watch(Protocol):
    """Is told what goes on, from several threads."""

    def begun(self, target: Target) -> None: ...
    def reached(self, target: Target, state: State) -> None: ...
    def ended(self, target: Target, row: Repository) -> None: ...


class Campaign:
    """One run over a plan.

    Args:
        folder: where clones lie.
    """

    def __init__(self, store: Store, engine: Engine, folder: Path, wishes: Wishes, watch: Watch) -> None:
        self._store = store
        self._engine = engine
        self._folder = folder
        self._wishes = wishes
        self._watch = watch
        self._guard = threading.Lock()
        self._stopped = False
        self._broken: Exception | None = None

    def run(self, targets: Iterable[Target]) -> None:
        """Work on all targets, as many at a time as the engine has slots. Raises StateError, EngineError.

        An interrupt ends the jobs that are under way; they are begun again by the next run.
        """
        waiting = iter(targets)
        threads = [threading.Thread(target=self._work_off, args=(waiting,)) for _ in range(self._engine.slots)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.2)  # with a bound: else an interrupt waits as well
        finally:
            self._stopped = True
            self._engine.close()
            for thread in threads:
                thread.join()
        if self._broken is not None:
            raise self._broken

    def _work_off(self, waiting: Iterator[Target]) -> None:
        while not self._stopped:
            with self._guard:
                target = next(waiting, None)
            if target is None:
                return
            try:
                self._one(target)
            except Exception as error:  # noqa: BLE001 - in the main thread it is raised again
                self._broken = self._broken or error
                self._stopped = True

    def _one(self, target: Target) -> None:
        if not self._store.claim(target.source):
            return
        self._watch.begun(target)
        try:
            self._advance(target)
        except NoBaseError as error:
            self._store.stop(target.source, "skipped" if error.skipped else "failed", error.kind, error.cause)
        except NotDeliveredError as error:
            self._store.stop(target.source, "skipped" if error.skipped else "failed", error.kind, error.cause)
        except (GitError, BusyError, OSError) as error:
            self._store.stop(target.source, "failed", "git" if isinstance(error, GitError) else "disk", " ".join(str(error).split()))
        finally:
            self._store.release(target.source)
        self._watch.ended(target, self._store.row(target.source))

    def _advance(self, target: Target) -> None:
        """As far as is wanted. Raises NoBaseError, NotDeliveredError, GitError, BusyError, OSError."""
        for _ in range(MOVES):
            base = find_base(target)
            key = key_of(target, base.oid)
            row = self._store.row(target.source)
            result = self._store.result(key)
            if result is not None and row.key == key and self._is_there(row):
                return
            if result is None or (result.state == "failed" and self._wishes.retry_failed):
                answer = self._done(target, base, key)
                if answer.moved:
                    continue
                result = answer.result
                if result.state == "failed" and result.kind in PASSING:
                    if result.kind != "stopped":
                        self._store.stop(target.source, "failed", result.kind, result.cause)
                    return
            self._deliver(target, base, key, result)
            return
        raise NoBaseError("moved", f"its base moved {MOVES} times while it was fetched")

    def _is_there(self, row: Repository) -> bool:
        """Whether nothing is left to do for a repository whose result is known."""
        if row.state == "failed":
            return row.result is not None and row.result.state == "failed" and not self._wishes.retry_failed
        return row.state in ENDS[:1] or (row.state in STEPS and STEPS.index(row.state) >= self._wishes.level)

    def _done(self, target: Target, base: Base, key: str) -> Answer:
        """The answer of a job, which is noted where it says something lasting."""
        begun = time.monotonic()

        def reached(state: State) -> None:
            self._store.reach(target.source, state, base=base.oid, ref=base.ref)
            self._watch.reached(target, state)

        answer = self._engine.run(Job(target, str(self._folder), base.ref, base.oid, key, code()), reached)
        if answer.bundle:
            unpack(place_of(self._folder, target.source), target.source, base.ref, base.oid, answer.bundle)
        if not (answer.moved or (answer.result.state == "failed" and answer.result.kind in PASSING)):
            seconds = time.monotonic() - begun
            self._store.record(target.source, answer.result, base=base.oid, key=key, seconds=seconds)
        return answer

    def _deliver(self, target: Target, base: Base, key: str, result: Result) -> None:
        """Bring the branches as far as is wanted, and note that."""
        place = place_of(self._folder, target.source)
        if result.state in ENDS:
            self._store.stop(target.source, result.state, result.kind, result.cause)
            with held(place):
                remove(place)
            return
        parcel = Parcel(place, target.source, key, result.branches)
        self._store.reach(target.source, result.state, base=base.oid, ref=base.ref, key=key)
        if self._wishes.dry_run:
            return
        if not holds(parcel):
            self._made_again(target, base, key, result)
        with held(place):
            self._place(target, base, parcel)
            if is_path(target.source) or self._wishes.push:
                remove(place)

    def _made_again(self, target: Target, base: Base, key: str, result: Result) -> None:
        """The branches, where the clone that had them is gone: the same job makes the same ones. Raises NotDeliveredError."""
        answer = self._done(target, base, key)
        if answer.result.branches != result.branches:
            raise NotDeliveredError("lost", answer.result.cause or "its branches came out otherwise than before")

    def _place(self, target: Target, base: Base, parcel: Parcel) -> None:
        source = target.source
        for branch in parcel.branches:
            self._store.note_tip(source, branch.name, branch.tip)

        def is_ours(branch: str, oid: str) -> bool:
            return self._store.is_ours(source, branch, oid)

        if is_path(source):
            put(parcel, base.branches, is_ours)
        else:
            keep(parcel)
        self._store.reach(source, "committed")
        self._watch.reached(target, "committed")
        if self._wishes.push:
            push(parcel, base.branches, is_ours)
            self._store.reach(source, "pushed")
            self._watch.reached(target, "pushed")
