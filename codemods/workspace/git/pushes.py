"""What a push would bring to the other side: the commits, and in them the lines that the other side does not have."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from msgspec import Struct
from msgspec.structs import replace

from codemods.model.settings import LineRanges
from codemods.workspace.git.changes import Change, between, nothing
from codemods.workspace.git.command import Git, GitError

_ID = re.compile(r"[0-9a-f]{40,64}")
# A branch that merged from the other side over and over has so many places where it parted from it that are worth a diff.
_BASES = 32


class Push(Struct, frozen=True):
    """One line of what git tells a pre-push hook.

    Attributes:
        source: what is pushed, as the user named it: a ref, `HEAD`, anything that names an object; `(delete)` for a deletion.
        object: the id of what is pushed; zeros for a deletion.
        target: the ref on the other side.
        old: what the other side has there; zeros where it has nothing.
    """

    source: str
    object: str
    target: str
    old: str


class News(Struct, frozen=True):
    """What a push brings: the commit, the files with the lines that are new, and whether what the other side had is part of it."""

    push: Push
    commit: str
    changes: tuple[Change, ...]
    is_forward: bool = True


def parse(data: bytes) -> list[Push]:
    """What standard input says, a push a line. Raises GitError. What is pushed may have spaces in its name (`HEAD@{2 days ago}`)."""
    pushes = []
    for line in os.fsdecode(data).split("\n"):
        if not line.strip():
            continue
        parts = line.rsplit(" ", 3)
        if len(parts) != 4 or not all(_ID.fullmatch(part) for part in parts[1::2]):
            raise GitError("standard input is not what git tells a pre-push hook: `<ref> <object> <remote ref> <remote object>`")
        pushes.append(Push(*parts))
    return pushes


def from_environment(git: Git, environment: Mapping[str, str]) -> list[Push] | None:
    """What pre-commit, which keeps standard input to itself, says of the one push it speaks of; None where it says nothing.

    Raises GitError.
    """
    source, target = environment.get("PRE_COMMIT_LOCAL_BRANCH"), environment.get("PRE_COMMIT_REMOTE_BRANCH")
    if not source or not target:
        return None
    pushed = environment.get("PRE_COMMIT_TO_REF") or git.line("rev-parse", "--verify", source)
    return [Push(source, pushed, target, _peeled(git, environment.get("PRE_COMMIT_FROM_REF", "")) or "0" * len(pushed))]


def news_of(git: Git, push: Push, remote: str) -> News | None:
    """What `push` brings to `remote`, a name or an address; None where it is no commit, or none that is new. Raises GitError."""
    commit = _peeled(git, push.object)
    if commit is None:
        return None
    old = _peeled(git, push.old)
    bases = _bases(git, commit, old, remote)
    if not bases:
        return None
    changes = reduce(_common, (between(git, base, commit) for base in bases))
    return News(push, commit, tuple(changes), old is None or git.call("merge-base", "--is-ancestor", old, commit, allowed=(0, 1))[0] == 0)


def _peeled(git: Git, name: str) -> str | None:
    """The commit that an object is or leads to; None where it is none, is not here, or the name is of zeros (40 or 64 of them)."""
    if not name or set(name) == {"0"}:
        return None
    status, said = git.call("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", allowed=(0, 1, 128))
    return None if status else os.fsdecode(said).strip()


def _bases(git: Git, commit: str, old: str | None, remote: str) -> list[str]:
    """Commits, or a tree, of the other side, such that what is new differs from each of them; none where nothing is new.

    They are where the pushed history parts from what the remote is known to have, and what it has at the target. After a force push the two
    differ: neither what the branch was before nor what it was rebased onto is new.
    """
    tracking = f"--remotes={remote}" if git.run("for-each-ref", "--count=1", f"refs/remotes/{remote}/") else "--remotes"
    known = [tracking, *([old] if old else [])]
    listed = os.fsdecode(git.run("rev-list", "--boundary", commit, "--not", *known)).split()
    if all(one.startswith("-") for one in listed):
        return []
    bases = list(dict.fromkeys([*([old] if old else []), *(one[1:] for one in listed if one.startswith("-"))]))[:_BASES]
    if not bases:
        return [nothing(git)]
    if len(bases) == 1:
        return bases
    return os.fsdecode(git.run("merge-base", "--independent", *bases)).split()


def _common(ones: Iterable[Change], others: Iterable[Change]) -> list[Change]:
    """What is new beside both of two bases."""
    lines = {change.path: change.lines for change in others}
    return [replace(one, lines=_meeting(one.lines, lines[one.path])) for one in ones if one.path in lines]


def _meeting(ones: LineRanges | None, others: LineRanges | None) -> LineRanges | None:
    if ones is None or others is None:
        return ones if others is None else others
    return tuple(both for one in ones for other in others if (both := _overlap(one, other)) is not None)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int] | None:
    """The lines that two ranges share; where one of them is a place between lines, that place, if the other touches it."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    is_place = any(start > end for start, end in (one, other))
    return (first, last) if first <= last or (is_place and first == last + 1) else None


def branch_of(push: Push) -> str:
    """What the fixing commit is kept under: the local branch, or else what it is called on the other side."""
    for ref in (push.source, push.target):
        if ref.startswith("refs/heads/"):
            return ref.removeprefix("refs/heads/")
    return push.target.removeprefix("refs/")


def distinct(found: Sequence[News]) -> list[News]:
    """Each commit once: a branch and the tags that go with it are fixed together."""
    by_commit: dict[str, News] = {}
    for one in sorted(found, key=lambda one: _rank(one.push.source)):
        by_commit.setdefault(one.commit, one)
    return list(by_commit.values())


def _rank(source: str) -> int:
    """Branches first, which a user can go on with, then HEAD, then what only names a commit."""
    return 0 if source.startswith("refs/heads/") else 1 if source == "HEAD" else 2
