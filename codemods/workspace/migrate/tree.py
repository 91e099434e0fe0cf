"""The Python files of a commit and their settings, read from git's objects: no working tree is made.

Settings come from files as well (`pyproject.toml`, `setup.cfg`, …). Those, and nothing else, are written into a folder of their own, so
that the one way in which settings are found serves here too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from codemods.workspace.discover import ENVIRONMENT_MARKERS, JUDGED
from codemods.workspace.files import REWRITABLE_BYTES
from codemods.workspace.git.command import Blobs, Git
from codemods.workspace.ignore import IGNORE_FILE_LIMIT
from codemods.workspace.project import CONFIGURATION_LIMIT, MARKERS

_SETTING = MARKERS | {".gitignore"}
_REGULAR = ("100644", "100755")
LFS = b"version https://git-lfs.github.com/spec/"


class Entry(Struct, frozen=True):
    """A file of the commit: its path with `/`, as `os.fsdecode` gives it, its mode in git's octal digits, its blob and that one's size."""

    path: str
    mode: str
    oid: str
    size: int


def entries(git: Git, commit: str) -> list[Entry]:
    """The regular files of a commit, by path. Links and submodules are left out, and paths that no checkout could have. Raises GitError."""
    found = []
    for item in git.items("ls-tree", "-r", "-z", "-l", "--full-tree", commit):
        about, _, path = item.partition(b"\t")
        mode, kind, oid, size = about.decode().split()
        name = os.fsdecode(path)
        if kind == "blob" and mode in _REGULAR and is_sound(name):
            found.append(Entry(name, mode, oid, int(size)))
    return found


def is_sound(path: str) -> bool:
    """Whether a path stays below the folder it is put in, and out of `.git`: a tree may hold anything."""
    parts = path.split("/")
    strange = "\\:" if os.name == "nt" else "\0"
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in parts) and not set(strange).intersection(path)


def candidates(found: Sequence[Entry]) -> Iterator[Entry]:
    """The files that pyfix could rewrite: Python's and notebooks, not too large, and in no virtual environment."""
    environments = {os.path.dirname(one.path) for one in found if os.path.basename(one.path) in ENVIRONMENT_MARKERS}
    for one in found:
        if one.path.endswith(JUDGED) and one.size <= REWRITABLE_BYTES and not environments.intersection(_folders(one.path)):
            yield one


def write_settings(found: Sequence[Entry], blobs: Blobs, folder: Path) -> None:
    """Write what decides about settings into `folder`, which then looks like the root of a repository. Raises GitError, OSError."""
    os.makedirs(folder / ".git", exist_ok=True)
    for one in found:
        name = os.path.basename(one.path)
        limit = IGNORE_FILE_LIMIT if name == ".gitignore" else CONFIGURATION_LIMIT
        if name not in _SETTING or one.size > limit:
            continue
        data = blobs.read(one.oid)
        path = folder / one.path
        os.makedirs(path.parent, exist_ok=True)
        path.write_bytes(data or b"")


def _folders(path: str) -> Iterator[str]:
    while path := os.path.dirname(path):
        yield path
