"""What a migration is to do: the repositories, and for each of them which rules, from which branch, onto which, checked how."""

from __future__ import annotations

from msgspec import Struct

BRANCH = "pyfix/migrate"
SECONDS = 1800.0
MEMORY = 4_000_000_000
AUTHOR = "pyfix <pyfix@localhost>"


class PlanError(Exception):
    """The plan is wrong: one line with the file and the line where there are any."""

    def __init__(self, path: str, line: int, cause: str) -> None:
        super().__init__(path, line, cause)
        self.path = path
        self.line = line
        self.cause = cause

    def __str__(self) -> str:
        where = [part for part in (self.path, str(self.line) if self.line else "") if part]
        return f"{':'.join(where)}: {self.cause}" if where else self.cause


class Target(Struct, frozen=True):
    """One repository and all that decides what becomes of it.

    Attributes:
        name: what reports call it; no two have the same.
        source: a URL as git takes it, or an absolute path.
        base: the branch to start from; empty for the one that HEAD names there.
        branch: the branch to make.
        select, ignore: rules as on the command line; no `select` leaves it to the repository's own configuration.
        exclude: globs besides the repository's own.
        unsafe_fixes, target_version: None leaves it to the repository.
        verify: the command that must go on succeeding; empty for none.
        owners: make a branch for each group of owners in CODEOWNERS.
        author: of the commits, `Name <address>`.
        seconds, memory: what its job may take.
    """

    name: str
    source: str
    base: str = ""
    branch: str = BRANCH
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    unsafe_fixes: bool | None = None
    target_version: tuple[int, int] | None = None
    verify: str = ""
    owners: bool = False
    author: str = AUTHOR
    forge: str = ""
    seconds: float = SECONDS
    memory: int = MEMORY


class Plan(Struct, frozen=True):
    """The repositories, in the order in which they are begun; `origin` is where the plan was read from, for messages and reports."""

    targets: tuple[Target, ...]
    origin: str
