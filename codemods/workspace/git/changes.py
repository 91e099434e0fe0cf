"""What changed in a repository: the files, and in each the lines.

Git's own diff is read, of the plumbing kind, which heeds no configuration for the eyes; renames are followed, and so a file that moved has
the lines that changed since, while one that is new (or only now a regular file) counts as a whole.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from msgspec import Struct

from codemods.model.settings import LineRanges
from codemods.workspace.git.command import Git, GitError

_RAW = ("--raw", "-z", "--no-abbrev")
_PATCH = ("--patch", "--unified=0", "--inter-hunk-context=0", "--text", "--no-color", "--src-prefix=a/", "--dst-prefix=b/")
# Renames are looked for among so many files, as git does by default since 2.30; a file beyond counts as new.
_SAME = ("--find-renames", "-l1000", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-relative")
_QUOTED = ("-c", "core.quotePath=true")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_SHORT = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_REGULAR = ("100644", "100755")


class Change(Struct, frozen=True):
    """A regular file that is new or not what it was.

    Attributes:
        path: from the top of the working tree, with slashes, decoded as `os.fsdecode` does.
        mode, blob: as git has them now; of zeros only, `blob` stands for what lies in the working tree.
        lines: those that changed, None where all of them are new.
    """

    path: str
    mode: str
    blob: str
    lines: LineRanges | None


def commit_of(git: Git, revision: str) -> str:
    """The id of the commit that `revision` names. Raises GitError."""
    if not revision or revision.startswith("-"):  # git would take it for an option
        raise GitError(f"`{revision}` names no commit")
    status, said = git.call("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", allowed=(0, 1, 128))
    if status:
        raise GitError(f"`{revision}` names no commit")
    return os.fsdecode(said).strip()


def base_of(git: Git, revision: str) -> str:
    """The commit from which on changes count: the one that `revision` names, or for `REV...` where HEAD parted from it. Raises GitError."""
    name, dots, rest = revision.partition("...")
    if not dots:
        return commit_of(git, revision)
    if rest:
        raise GitError(f"`{revision}`: nothing can stand behind the dots, since what is here is compared")
    other, head = commit_of(git, name), commit_of(git, "HEAD")
    status, said = git.call("merge-base", other, head, allowed=(0, 1))
    if status:
        raise GitError(f"`{name}` and HEAD have no commit in common here (in a shallow clone it may be missing: `git fetch --unshallow`)")
    return os.fsdecode(said).split()[0]


def nothing(git: Git) -> str:
    """The id of the tree without files. Raises GitError."""
    return git.line("hash-object", "-t", "tree", "--stdin")


def since(git: Git, commit: str) -> list[Change]:
    """What is in the working tree and was not in `commit`; files that git neither tracks nor ignores are new. Raises GitError."""
    untracked = git.items("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
    zeros = "0" * len(commit)
    new = [Change(os.fsdecode(path), _REGULAR[0], zeros, None) for path in untracked if not path.endswith(b"/")]
    return sorted([*_changes(git, "diff-index", commit), *new], key=lambda change: change.path)


def staged(git: Git) -> list[Change]:
    """What is in the index and was not in HEAD, or in nothing where there is no commit yet. Raises GitError."""
    status, said = git.call("rev-parse", "--verify", "--quiet", "HEAD^{commit}", allowed=(0, 1))
    return _changes(git, "diff-index", "--cached", nothing(git) if status else os.fsdecode(said).strip())


def between(git: Git, old: str, new: str) -> list[Change]:
    """What is in the commit or tree `new` and was not in `old`. Raises GitError."""
    return _changes(git, "diff-tree", "-r", old, new)


def _changes(git: Git, command: str, *arguments: str) -> list[Change]:
    raw = git.items(command, *_RAW, *_SAME, *arguments)
    if not raw:
        return []
    patch = git.run(*_QUOTED, command, *_PATCH, *_SAME, "--diff-filter=MR", *arguments)
    lines = dict(_hunks(patch))
    return [
        Change(os.fsdecode(path), mode, blob, tuple(lines.get(path, ())) if kind in "MR" else None)
        for kind, mode, blob, path in _entries(raw)
        if mode in _REGULAR and kind in "AMRCT"
    ]


def _entries(raw: list[bytes]) -> Iterator[tuple[str, str, str, bytes]]:
    """The letter, new mode, new blob and new path of each entry: `:old-mode new-mode old-blob new-blob letter`, and one path or two."""
    items = iter(raw)
    for item in items:
        _, mode, _, blob, kind = item.decode("ascii").split(" ")
        path = next(items)
        if kind[0] in "RC":
            path = next(items)
        yield kind[0], mode, blob, path


def _hunks(patch: bytes) -> Iterator[tuple[bytes, list[tuple[int, int]]]]:
    """The path of each file with hunks, and their lines on the new side. What stands in a hunk is counted off, and never looked at."""
    found: list[tuple[int, int]] = []
    skip = 0
    for line in patch.split(b"\n"):
        if skip or line.startswith(b"\\"):
            skip -= not line.startswith(b"\\")
        elif line.startswith(b"+++ "):
            found = []
            yield _unquoted(line[4:]).removeprefix(b"b/"), found
        elif hunk := _HUNK.match(line):
            removed, first, added = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            skip = removed + added
            # Without new lines, `first` is the line in front of the place.
            found.append((first, first + added - 1) if added else (first + 1, first))


def _unquoted(name: bytes) -> bytes:
    """A path as it stands in a diff's header: behind one with a space in it stands a tab, one with stranger bytes is quoted as in C."""
    if not name.startswith(b'"'):
        return name.removesuffix(b"\t")
    inner = name.rstrip(b"\t")[1:-1]
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 8)]) if len(found[1]) == 3 else _SHORT.get(found[1], found[1]), inner)
