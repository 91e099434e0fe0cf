"""Branches from the clone to where they belong: into the repository that was named by its path, to the remote with `--push`.

All branches of a repository arrive together or not at all, and only where what is there is what we expect: nothing, or a branch of ours. In
a repository that was named by its path nothing but the branch is touched: no working tree, no index, no branch that is checked out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from codemods.model.migration import Branch
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.migrate.commits import ref_of
from codemods.workspace.migrate.source import address, is_path

IsOurs = Callable[[str, str], bool]
# As a remote's configuration would have it, but without hooks of a repository that nobody meant to run.
_RECEIVER = f"git -c core.hooksPath={os.devnull} receive-pack"
PUSH_SECONDS = 600.0


class NotDeliveredError(Exception):
    """The branches were left where they are. `kind` is a word for machines; `skipped`: somebody else's branch is in the way."""

    def __init__(self, kind: str, cause: str, *, skipped: bool = False) -> None:
        super().__init__(kind, cause)
        self.kind = kind
        self.cause = cause
        self.skipped = skipped


class Parcel(Struct, frozen=True):
    """Branches to deliver: the clone they are in, the key they were made under, and where they come from."""

    clone: Path
    source: str
    key: str
    branches: tuple[Branch, ...]


def keep(parcel: Parcel) -> None:
    """Give the branches their names in the clone itself. Raises GitError."""
    lines = [f"update refs/heads/{branch.name} {branch.tip}\n" for branch in parcel.branches]
    Git(parcel.clone).run("update-ref", "--stdin", stdin="".join(lines).encode())


def holds(parcel: Parcel) -> bool:
    """Whether the clone has the branches."""
    git = Git(parcel.clone)
    try:
        refs = [git.line("rev-parse", "--verify", "--quiet", ref_of(parcel.key, number)) for number in range(len(parcel.branches))]
    except GitError:
        return False
    return refs == [branch.tip for branch in parcel.branches]


def put(parcel: Parcel, there: Mapping[str, str], is_ours: IsOurs) -> None:
    """Bring the branches into the repository they come from. Raises NotDeliveredError.

    Args:
        there: the branches of these names that the repository has, and their tips.
        is_ours: whether a branch's tip was put there by us.
    """
    _push(parcel, Git(parcel.clone, seconds=PUSH_SECONDS), address(parcel.source), there, is_ours)


def push(parcel: Parcel, there: Mapping[str, str], is_ours: IsOurs) -> None:
    """Bring the branches to the remote: the repository itself where it was named by a URL, else what it calls `origin`.

    Raises NotDeliveredError.
    """
    if not is_path(parcel.source):
        put(parcel, there, is_ours)
        return
    # From the repository, where `put` has brought them: its own configuration says how the remote is reached.
    git = Git(Path(parcel.source), seconds=PUSH_SECONDS)
    remote_url(parcel.source)
    listed = remote_branches(git, "origin", [branch.name for branch in parcel.branches])
    _push(parcel, git, "origin", listed, is_ours)


def remote_url(source: str) -> str:
    """Where the branches of a repository are pushed to. Raises NotDeliveredError."""
    if not is_path(source):
        return source
    try:
        return Git(Path(source)).line("remote", "get-url", "--push", "origin")
    except GitError:
        raise NotDeliveredError("no-remote", "has no remote `origin` to push to") from None


def remote_branches(git: Git, remote: str, names: Sequence[str]) -> dict[str, str]:
    """The branches of these names at a remote, and their tips. Raises NotDeliveredError."""
    try:
        listed = git.run("ls-remote", "--", remote, *(f"refs/heads/{name}" for name in names))
    except GitError as error:
        raise NotDeliveredError("unreachable", str(error)) from None
    pairs = (line.split("\t") for line in os.fsdecode(listed).splitlines())
    return {name.removeprefix("refs/heads/"): oid for oid, name in pairs}


def _push(parcel: Parcel, git: Git, to: str, there: Mapping[str, str], is_ours: IsOurs) -> None:
    missing = [branch for branch in parcel.branches if there.get(branch.name) != branch.tip]
    if not missing:
        return
    leases, refs = [], []
    for branch in missing:
        now = there.get(branch.name, "")
        if now and not (is_ours(branch.name, now) or _made_by_us(git, to, branch.name, now)):
            raise NotDeliveredError("branch-exists", f"has a branch `{branch.name}` that is not ours", skipped=True)
        leases.append(f"--force-with-lease=refs/heads/{branch.name}:{now}")
        refs.append(f"{branch.tip}:refs/heads/{branch.name}")
    options = ["--quiet", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", "--signed=no"]
    if len(refs) > 1:
        options.append("--atomic")
    if to.startswith("file:"):
        options.append(f"--receive-pack={_RECEIVER}")
    try:
        status, said = git.call("push", *options, *leases, "--", to, *refs, allowed=(0, 1))
    except GitError as error:
        raise NotDeliveredError("push", str(error)) from None
    if status:
        raise NotDeliveredError("push", f"git push: {_why(os.fsdecode(said))}")


def _why(said: str) -> str:
    """The reason for which a ref was turned down: `!\trefs/…:refs/…\t[rejected] (stale info)`."""
    reasons = [line.rpartition("\t")[2] for line in said.splitlines() if line.startswith("!")]
    return next((reason for reason in reasons if "atomic" not in reason), "refused without a word")


def _made_by_us(git: Git, to: str, name: str, oid: str) -> bool:
    """Whether the branch's last commit is one of pyfix's: one that somebody put on top of ours would be lost."""
    options = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"]
    if to != "origin":
        options.append("--depth=1")  # the clone is ours; a user's repository would become a shallow one
    try:
        git.run("fetch", *options, "--", to, f"refs/heads/{name}")
        said = git.run("cat-file", "commit", oid)
    except GitError:
        return False
    message = said.partition(b"\n\n")[2]
    return message.startswith(b"pyfix(") and b"\nPyfix-Key: " in message
