"""What became of many repositories: the records that a migration keeps, sends between processes, and reports.

All of them cross process boundaries and lie in the state file as JSON, so that a new field needs a default.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

State = Literal[
    "planned", "cloned", "baseline", "applied", "verified", "culled", "committed", "pushed", "pr-open", "no-change", "skipped", "failed"
]
"""How far a repository has come. `applied` has no verification behind it, `verified` has, and `culled` has after sites were dropped;
`committed`: the branch is in the repository. The last three are ends, of which two have a kind and a cause."""

ENDS = ("no-change", "skipped", "failed")
STEPS = ("planned", "cloned", "baseline", "applied", "verified", "culled", "committed", "pushed", "pr-open")


class RuleWork(Struct, frozen=True, omit_defaults=True):
    """What one rule rewrote in a repository. `seconds` is the time of its share of the work, as far as it is known."""

    rule: str
    sites: int
    files: int


class Left(Struct, frozen=True, omit_defaults=True):
    """Sites of one rule that were left alone for one reason.

    Attributes:
        kind: `unsafe`, `refused` or `suppressed`.
        code: the reason's code, stable.
        example: the first of them: `path:line: the reason`.
    """

    rule: str
    kind: str
    code: str
    sites: int
    example: str = ""


class Culprit(Struct, frozen=True, omit_defaults=True):
    """Sites that made the verification fail, together, and were dropped.

    Attributes:
        sites: each as `rule path:line`.
        diff: what they would have changed.
        output: the end of what the verification printed with them.
        case: a ready-made regression case.
    """

    sites: tuple[str, ...]
    diff: str = ""
    output: str = ""
    case: str = ""


class Commit(Struct, frozen=True):
    """One commit of a branch: what one rule did."""

    rule: str
    oid: str
    sites: int
    files: int


class Branch(Struct, frozen=True, omit_defaults=True):
    """A branch that was made. `owners` are those of CODEOWNERS whose files it changes, where branches are split by owner."""

    name: str
    tip: str
    commits: tuple[Commit, ...]
    owners: tuple[str, ...] = ()


class FileProblem(Struct, frozen=True, omit_defaults=True):
    """A file that could not be processed; the others were."""

    path: str
    line: int
    cause: str


class Result(Struct, frozen=True, omit_defaults=True):
    """What a job found out about one commit of a repository. Holds nothing that differs when the same job runs again, but the times.

    Attributes:
        state: `applied`, `verified`, `culled`, `no-change`, `skipped` or `failed`.
        kind, cause: of a skipped or failed one: a word for machines, a line for people.
        files, changed: how many Python files were looked into, and how many the branches change.
        seconds: by step.
        runs: how often the verification command ran.
        dropped: rewrites besides the culprits that were left out, since the search for them had to stop.
        output: the end of what the verification said, where that is why the repository was skipped.
    """

    state: State
    kind: str = ""
    cause: str = ""
    files: int = 0
    changed: int = 0
    rules: tuple[RuleWork, ...] = ()
    left: tuple[Left, ...] = ()
    branches: tuple[Branch, ...] = ()
    culprits: tuple[Culprit, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    runs: int = 0
    dropped: int = 0
    output: str = ""


class Repository(Struct, frozen=True, omit_defaults=True):
    """A repository as a report shows it: how far it came, and what is known about it.

    Attributes:
        source: its URL or path.
        base, ref: the commit that its branches start from, and the ref that named it.
        key: what the result hangs on (`workspace.migrate.key`).
        attempts: how often work on it was begun.
        requests: the addresses of its pull requests.
        result: None where no job has ended.
    """

    name: str
    source: str
    state: State
    kind: str = ""
    cause: str = ""
    base: str = ""
    ref: str = ""
    key: str = ""
    attempts: int = 0
    seconds: float = 0.0
    requests: tuple[str, ...] = ()
    result: Result | None = None
