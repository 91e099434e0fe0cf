"""The command with which a user takes a fixing commit and pushes again, as it is right where they are."""

from __future__ import annotations

import os
import shlex

from msgspec import Struct

from codemods.workspace.git.command import Git
from codemods.workspace.git.pushes import News

_HEADS, _TAGS = "refs/heads/", "refs/tags/"


class Advice(Struct, frozen=True):
    """Commands for a shell. `take`: puts the fixing commit where what was pushed came from; empty where the push alone does it.

    `is_current`: that is the branch at hand, which `git merge --ff-only` moves.
    """

    take: str
    push: str
    is_current: bool = False


def advice(git: Git, news: News, ref: str, remote: str) -> Advice:
    """For what is kept under `ref`. Raises GitError."""
    source, target = news.push.source, news.push.target
    force = "" if news.is_forward else "--force-with-lease "
    to = f"git push {force}{shlex.quote(remote)} "
    merge = f"git merge --ff-only {shlex.quote(ref)}"
    head = _head(git)
    if source.startswith(_TAGS):
        name = source.removeprefix(_TAGS)
        kind = "--annotate " if git.line("cat-file", "-t", news.push.object) == "tag" else ""
        return Advice(f"git tag --force {kind}{shlex.quote(name)} {shlex.quote(ref)}", f"{to}{_pair(source, target)}")
    if source.startswith(_HEADS):
        branch = source.removeprefix(_HEADS)
        if head == source:
            return Advice(merge, _plain(git, branch, target, remote, force) or f"{to}{_pair(source, target)}", is_current=True)
        place = _worktree_of(git, source)
        take = (
            f"git -C {shlex.quote(place)} merge --ff-only {shlex.quote(ref)}" if place else f"git fetch . {shlex.quote(f'{ref}:{branch}')}"
        )
        return Advice(take, f"{to}{_pair(source, target)}")
    if source in ("HEAD", "@"):
        return Advice(merge, f"{to}{shlex.quote(f'{source}:{target}')}", is_current=bool(head))
    return Advice("", f"{to}{shlex.quote(f'{ref}:{target}')}")


def _head(git: Git) -> str:
    """The branch that is checked out here; empty where HEAD is detached, and in a bare repository."""
    if git.line("rev-parse", "--is-bare-repository") == "true":
        return ""
    return os.fsdecode(git.call("symbolic-ref", "--quiet", "HEAD", allowed=(0, 1))[1]).strip()


def _pair(source: str, target: str) -> str:
    """What to push where, as short as it can be said: nothing shorter than a full name tells a tag from a branch."""
    if source == target:
        return shlex.quote(source.removeprefix(_HEADS))
    return shlex.quote(f"{source.removeprefix(_HEADS)}:{target.removeprefix(_HEADS) if source.startswith(_HEADS) else target}")


def _plain(git: Git, branch: str, target: str, remote: str, force: str) -> str:
    """`git push`, where git knows by itself that this branch goes there."""
    status, said = git.call("rev-parse", "--symbolic-full-name", f"{branch}@{{push}}", allowed=(0, 1, 128))
    usual = f"refs/remotes/{remote}/{target.removeprefix(_HEADS)}"
    return f"git push {force}".strip() if status == 0 and os.fsdecode(said).strip() == usual else ""


def _worktree_of(git: Git, ref: str) -> str:
    """The other working tree in which a branch is checked out; empty where there is none."""
    place = ""
    for item in git.run("worktree", "list", "--porcelain").split(b"\n"):
        if item.startswith(b"worktree "):
            place = os.fsdecode(item.removeprefix(b"worktree "))
        elif item == b"branch " + os.fsencode(ref):
            return place
    return ""
