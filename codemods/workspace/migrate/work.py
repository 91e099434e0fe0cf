"""A job, from the fetch to the branches in the clone. Runs in a process of its own (`child.py`)."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from codemods.model.migration import Branch, FileProblem, Result, State
from codemods.model.outcome import Fixed
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.migrate.clone import BusyError, MovedError, fetch, held, place_of
from codemods.workspace.migrate.commits import Change, Draft, committed, ref_of
from codemods.workspace.migrate.counting import Counts, Made
from codemods.workspace.migrate.job import Answer, Job
from codemods.workspace.migrate.judging import Judged, Render, defects, judged, steps
from codemods.workspace.migrate.key import code
from codemods.workspace.migrate.owners import LIMIT, PLACES, Owners, branch_names
from codemods.workspace.migrate.verifying import OUTPUT_CHARACTERS, Verified, verified
from codemods.workspace.verify.problem import VerifyError

Moved = Callable[[State], None]
# A repository where nearly every file fails says so a few times only.
PROBLEMS = 50


def perform(job: Job, reached: Moved) -> Answer:
    """Do the job; `reached` is told of each state on the way. Raises nothing that a repository or git could bring about."""
    if job.code != code():
        return _failed("version", "the worker has another version of pyfix than the coordinator")
    try:
        with held(place_of(Path(job.folder), job.target.source)):
            return _Work(job, reached).run()
    except MovedError:
        return Answer(Result("failed", "moved", "the base moved while it was fetched"), moved=True)
    except BusyError as error:
        return _failed("busy", str(error))
    except VerifyError as error:
        return Answer(Result("skipped", error.kind, str(error), output=error.output[-OUTPUT_CHARACTERS:]))
    except GitError as error:
        return _failed("git", str(error))
    except OSError as error:
        return _failed("disk", f"{error.strerror or error}: {error.filename or ''}".removesuffix(": "))


def _failed(kind: str, cause: str) -> Answer:
    return Answer(Result("failed", kind, cause))


class _Work:
    """One job's way."""

    def __init__(self, job: Job, reached: Moved) -> None:
        self._job = job
        self._reached = reached
        self._seconds: dict[str, float] = {}
        self._counts, self._made = Counts(), Made()
        self._verified: Verified | None = None
        self._problems: list[FileProblem] = []

    def run(self) -> Answer:
        """Raises GitError, OSError, MovedError."""
        job = self._job
        with self._timed("fetch"):
            git = fetch(place_of(Path(job.folder), job.target.source), job.target.source, job.ref, job.base)
        self._reached("cloned")
        with self._timed("judge"):
            fixed = self._fixed(git)
        if not fixed:
            return Answer(self._result("no-change"))
        state: State = "applied"
        if job.target.verify:
            self._reached("baseline")
            with self._timed("verify"):
                self._verified = verified(git, job.base, fixed, job.target.verify)
            state = "culled" if self._verified.culprits or self._verified.dropped else "verified"
        with self._timed("commit"):
            changes = tuple(self._changes(fixed))
            if not changes:
                return Answer(self._result("skipped", kind="all-dropped", cause="the verification fails with every rewrite"))
            branches = committed(git, job.base, self._drafts(git, changes), job.key, job.target.author)
            bundle = _bundle(git, job, branches) if job.bundle else b""
        self._reached(state)
        return Answer(self._result(state, branches, len(changes)), bundle=bundle)

    def _fixed(self, git: Git) -> list[Judged]:
        """The files that there is something to rewrite in; all are counted."""
        fixed = []
        with tempfile.TemporaryDirectory(prefix="pyfix-") as folder:
            for one in judged(git, self._job.base, self._job.target, Path(os.path.realpath(folder))):
                self._note(one)
                if isinstance(one.outcome, Fixed):
                    fixed.append(one)
        return fixed

    def _changes(self, fixed: Sequence[Judged]) -> Iterator[Change]:
        """The files that the branches change, with what each rule makes of them."""
        for one in fixed:
            made = tuple((step.rule, step.data, step.sites) for step in steps(one, self._render(one.entry.path)))
            if made:
                self._made.add(made)
                yield Change(one.entry, made)

    def _render(self, path: str) -> Render | None:
        """What a file becomes with some rules, where the verification has dropped something; else the rules alone say that."""
        found = self._verified
        return partial(found.outcome, path) if found is not None and (found.culprits or found.dropped) else None

    def _note(self, one: Judged) -> None:
        self._counts.add(one.entry.path, one.outcome)
        for line, cause in defects(one.outcome):
            if len(self._problems) < PROBLEMS:
                self._problems.append(FileProblem(one.entry.path, line, cause))

    def _drafts(self, git: Git, changes: tuple[Change, ...]) -> list[Draft]:
        """One branch, or one for each group of owners."""
        branch = self._job.target.branch
        owners = _owners(git, self._job.base) if self._job.target.owners else None
        if owners is None:
            return [Draft(branch, changes)]
        groups: dict[tuple[str, ...], list[Change]] = {}
        for change in changes:
            groups.setdefault(owners.of(change.entry.path), []).append(change)
        named = branch_names(branch, tuple(groups))
        return [Draft(named[group], tuple(value), group) for group, value in sorted(groups.items())]

    def _result(self, state: State, branches: tuple[Branch, ...] = (), changed: int = 0, kind: str = "", cause: str = "") -> Result:
        found = self._verified
        return Result(
            state,
            kind,
            cause,
            files=self._counts.files,
            changed=changed,
            rules=self._made.rules(),
            left=self._counts.left(),
            branches=branches,
            culprits=found.culprits if found else (),
            dropped=found.dropped if found else 0,
            runs=found.runs if found else 0,
            problems=tuple(self._problems),
            seconds={name: round(seconds, 3) for name, seconds in self._seconds.items()},
        )

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.monotonic() - begun


def _owners(git: Git, base: str) -> Owners | None:
    """What CODEOWNERS says; None where there is none. Raises GitError."""
    with git.blobs() as blobs:
        for place in PLACES:
            data = blobs.read(f"{base}:{place}")
            if data is not None and len(data) <= LIMIT:
                return Owners(data.decode("utf-8", "replace"))
    return None


def _bundle(git: Git, job: Job, branches: tuple[Branch, ...]) -> bytes:
    """The commits of the branches, without the base, which the reader has. Raises GitError."""
    refs = [ref_of(job.key, number) for number in range(len(branches))]
    return git.run("bundle", "create", "--quiet", "-", *refs, f"^{job.base}")
