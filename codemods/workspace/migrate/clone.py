"""The clone that a repository's job works in: bare, one commit deep, ours alone, and sound whatever became of the job before.

The repository itself is only read from until its branch is put there. Nobody else looks at the clone while its lock is held.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from codemods.workspace.git.command import Git, GitError
from codemods.workspace.lock import acquire
from codemods.workspace.migrate.source import address

BASE = "refs/pyfix/base"
# What a job of a coordinator that was killed takes to notice it and let go.
LOCK_SECONDS = 30.0


class MovedError(Exception):
    """The base is another commit than it was when the job was planned."""


class BusyError(Exception):
    """Somebody else works on this repository."""


def place_of(folder: Path, source: str) -> Path:
    """Where in `folder` the clone of a source lies."""
    return folder / f"{sha256(os.fsencode(source)).hexdigest()[:20]}.git"


@contextmanager
def held(place: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """The clone's lock is ours. Raises BusyError, OSError."""
    os.makedirs(place.parent, mode=0o700, exist_ok=True)
    end = time.monotonic() + seconds
    while (lock := acquire(f"{place}.lock")) is None:
        if time.monotonic() > end:
            raise BusyError("another process works on this repository")
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.remove()


def fetch(place: Path, source: str, ref: str, oid: str) -> Git:
    """The clone at `place`, which is held, with the commit `oid` as BASE. Raises GitError, MovedError, OSError."""
    git = _opened(place, len(oid))
    if _has(git, oid):
        git.run("update-ref", BASE, oid)
        return git
    options = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--force")
    git.run("fetch", *options, "--", address(source), f"{ref}:{BASE}")
    if git.line("rev-parse", "--verify", f"{BASE}^{{commit}}") != oid:
        raise MovedError
    return git


def unpack(place: Path, source: str, ref: str, oid: str, bundle: bytes) -> None:
    """Put the branches that were made elsewhere into the clone. Raises GitError, MovedError, BusyError, OSError."""
    with held(place), tempfile.NamedTemporaryFile(suffix=".bundle") as file:
        file.write(bundle)
        file.flush()
        git = fetch(place, source, ref, oid)
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--force")
        git.run("fetch", *options, "--", file.name, "refs/pyfix/*:refs/pyfix/*")


def remove(place: Path) -> None:
    """Take the clone, which is held, away."""
    shutil.rmtree(place, ignore_errors=True)


def _opened(place: Path, digits: int) -> Git:
    """The clone as a repository whose ids have so many digits, made where there is none or another one."""
    git = Git(place)
    if place.is_dir():
        _swept(place)
        with suppress(GitError):
            if len(git.line("hash-object", "-t", "tree", os.devnull)) == digits:
                return git
        remove(place)
    fresh = place.with_suffix(".new")
    remove(fresh)
    kind = "sha256" if digits == 64 else "sha1"
    options = ("--quiet", "--bare", "--template=", f"--object-format={kind}", "--initial-branch=none")
    Git(place.parent).run("init", *options, "--", os.fspath(fresh))
    os.rename(fresh, place)
    return git


def _has(git: Git, oid: str) -> bool:
    """Whether a commit is there with all that belongs to it, which only a fetch that ended well leaves: its ref comes last."""
    status, _ = git.call("rev-parse", "--verify", "--quiet", f"{BASE}^{{commit}}", allowed=(0, 1))
    return status == 0 and git.line("rev-parse", BASE) == oid


def _swept(place: Path) -> None:
    """Remove the locks of git's that a killed job left. The clone is ours, so that no living process has one."""
    for folder, folders, files in os.walk(place):
        folders[:] = [name for name in folders if name != "objects"]
        for name in files:
            if name.endswith(".lock"):
                with suppress(OSError):
                    os.unlink(os.path.join(folder, name))
