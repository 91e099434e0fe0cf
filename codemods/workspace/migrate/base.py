"""Which commit a repository's branches are to start from: asked of the repository itself, without fetching anything."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from codemods.workspace.git.command import Git, GitError
from codemods.workspace.migrate.plan import Target
from codemods.workspace.migrate.source import address, is_path

# A server that has not listed its branches after so long will not do it any more.
SECONDS = 120.0


class Base(Struct, frozen=True):
    """The commit, the ref that names it (`refs/heads/main`), and what the branches to be made are in the repository now (their ids)."""

    oid: str
    ref: str
    branches: dict[str, str]


class NoBaseError(Exception):
    """There is nothing to start from. `kind` is a word for machines; `skipped`: that is nobody's fault (an empty repository)."""

    def __init__(self, kind: str, cause: str, *, skipped: bool = False) -> None:
        super().__init__(kind, cause)
        self.kind = kind
        self.cause = cause
        self.skipped = skipped


def find_base(target: Target, seconds: float = SECONDS) -> Base:
    """The base of a target. Raises NoBaseError."""
    if is_path(target.source) and not os.path.isdir(target.source):
        raise NoBaseError("unreachable", "there is no such folder")
    wanted = [f"refs/heads/{target.base}"] if target.base else []
    try:
        listed = Git(_somewhere(), seconds=seconds).run(
            "ls-remote", "--symref", "--", address(target.source), "HEAD", *wanted, f"refs/heads/{target.branch}*"
        )
    except GitError as error:
        raise NoBaseError("unreachable", str(error)) from None
    refs, head = _parsed(os.fsdecode(listed))
    branches = {name.removeprefix("refs/heads/"): oid for name, oid in refs.items() if name.startswith(f"refs/heads/{target.branch}")}
    ref = wanted[0] if wanted else head
    if ref in refs:
        return Base(refs[ref], ref, branches)
    if target.base:
        raise NoBaseError("no-base", f"has no branch `{target.base}`")
    if "HEAD" in refs:  # detached, or an old server that does not say which branch it is
        return Base(refs["HEAD"], "HEAD", branches)
    if _has_branches(target, seconds):
        raise NoBaseError("no-base", "its HEAD names a branch that is not there; say which one is the base")
    raise NoBaseError("empty", "has no commit", skipped=True)


def _has_branches(target: Target, seconds: float) -> bool:
    try:
        return bool(Git(_somewhere(), seconds=seconds).run("ls-remote", "--heads", "--", address(target.source)))
    except GitError:
        return False


def _parsed(listed: str) -> tuple[dict[str, str], str]:
    """The refs by name, and the one that HEAD stands for."""
    refs: dict[str, str] = {}
    head = ""
    for line in listed.splitlines():
        first, _, name = line.partition("\t")
        if first.startswith("ref: "):
            head = first.removeprefix("ref: ") if name == "HEAD" else head
        elif name:
            refs[name] = first
    if head and "HEAD" in refs:
        refs.setdefault(head, refs["HEAD"])
    return refs, head


def _somewhere() -> Path:
    """A folder outside of any repository, whose configuration would else be heeded."""
    return Path(os.path.abspath(os.sep))
