"""What a child process is asked, and what it answers: lines of JSON over its pipes."""

from __future__ import annotations

from msgspec import Struct

from codemods.model.migration import Result, State
from codemods.workspace.migrate.plan import Target


class Job(Struct, frozen=True):
    """One commit of one repository.

    Attributes:
        folder: where clones lie.
        ref, base: the ref that the commit `base` was found at.
        key: what the result will be known by; `code` what it was made by, which must be the child's own.
        write: make the branches, and not only find out what they would hold.
        bundle: the answer is to hold the new objects, since the clone is on another machine.
    """

    target: Target
    folder: str
    ref: str
    base: str
    key: str
    code: str
    bundle: bool = False


class Reached(Struct, frozen=True, tag="reached"):
    """The job has come so far."""

    state: State


class Answer(Struct, frozen=True, tag="answer", omit_defaults=True):
    """What came of a job. The last line of a child.

    Attributes:
        moved: the base is another commit by now, so that the job is to be planned again; the result then says nothing.
        bundle: a git bundle of the branches on top of the base, where that was asked for.
    """

    result: Result
    moved: bool = False
    bundle: bytes = b""


Line = Reached | Answer
