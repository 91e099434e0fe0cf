"""A copy of the tree to verify in: a git worktree with the files as they lie there, changed and untracked ones too, or a plain copy.

    <temporary folder>/pyfix-verify-XXXX/lock      held while the run lives: a folder whose lock is free was left by a run that was killed
    <temporary folder>/pyfix-verify-XXXX/of        the repository whose worktree it is
    <temporary folder>/pyfix-verify-XXXX/tree      the copy

Nothing is ever written outside of it: not through links either.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from codemods.workspace.disk import remove_file
from codemods.workspace.files import cause_of
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.lock import Lock, acquire
from codemods.workspace.verify.copying import copy_folder, copy_worktree
from codemods.workspace.verify.problem import VerifyError

PREFIX = "pyfix-verify-"
# What the few lines take at most in which a folder is there and nothing is in it.
_MADE_SECONDS = 3600.0


class Workplace(Struct):
    """A tree in which files may be changed and commands run.

    Attributes:
        root: the folder that it stands for, real; where no copy was made, the same as `folder`.
        folder: the tree.
        working: the folder in it that stands for the user's working folder.
        aside: a folder beside the tree, for output.
    """

    root: Path
    folder: Path
    working: Path
    aside: Path
    _stamp: int = 0

    def put(self, tree: Mapping[str, bytes]) -> None:
        """Give files these contents. Raises VerifyError.

        Each time a file changes it gets a new time, in whole seconds: Python takes a compiled file for current where size and second of the
        source are the same.
        """
        for name, data in tree.items():
            path = self.folder / name
            if not os.path.realpath(path).startswith(os.path.join(self.folder, "")):
                raise VerifyError(f"{name} leads out of the copy in which it would be verified")
            try:
                if path.read_bytes() != data:
                    self._stamp = max(self._stamp + 1, int(time.time()), int(path.stat().st_mtime) + 1)
                    path.write_bytes(data)
                    os.utime(path, (self._stamp, self._stamp))
            except OSError as error:
                raise VerifyError(f"{name} cannot be written in the copy: {cause_of(error)}") from None


@contextmanager
def workplace(root: Path, working: Path) -> Iterator[Workplace]:
    """A copy of `root` for as long as the context lasts; `working` is a folder in it. Raises VerifyError."""
    temporary = Path(os.path.realpath(tempfile.gettempdir()))
    sweep(temporary)
    try:
        place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=temporary))
        lock = acquire(os.fspath(place / "lock"))
    except OSError as error:
        raise VerifyError(f"no copy of the tree can be made in {temporary}: {cause_of(error)}") from None
    assert lock is not None
    try:
        (place / "of").write_bytes(os.fsencode(root))
        tree = place / "tree"
        try:
            if not _is_repository(root) or not copy_worktree(root, tree):
                copy_folder(root, tree)
        except (OSError, shutil.Error) as error:
            raise VerifyError(f"{root} cannot be copied to {place}: {' '.join(str(error).split())}") from None
        yield Workplace(root, tree, tree / working.relative_to(root), place)
    finally:
        _remove(place, root, lock)


def sweep(temporary: Path) -> None:
    """Remove what killed runs of this user left. Never raises OSError."""
    with suppress(OSError):
        for name in os.listdir(temporary):
            if name.startswith(PREFIX) and not (temporary / name).is_symlink():
                _sweep_one(temporary / name)


def _sweep_one(place: Path) -> None:
    with suppress(OSError):
        if hasattr(os, "getuid") and os.lstat(place).st_uid != os.getuid():
            return
        if not os.path.lexists(place / "of"):  # nothing was copied yet: it is being made at this moment, or its run was killed in it
            if time.time() - os.lstat(place).st_mtime > _MADE_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
            return
        lock = acquire(os.fspath(place / "lock"))
        if lock is not None and lock.certain:
            _remove(place, Path(os.fsdecode((place / "of").read_bytes())), lock)


def _is_repository(root: Path) -> bool:
    return os.path.lexists(root / ".git")


def _remove(place: Path, root: Path, lock: Lock) -> None:
    """Remove the folder, and what the repository knows of it. Whatever cannot be removed is left to the next run."""
    if (place / "tree" / ".git").is_file():
        with suppress(GitError):
            Git(root).run("worktree", "remove", "--force", "--force", os.fspath(place / "tree"))
    shutil.rmtree(place / "tree", onerror=_once_more)
    lock.remove()
    remove_file(os.fspath(place / "of"))
    shutil.rmtree(place, ignore_errors=True)


def _once_more(function: object, path: str, _: object) -> None:
    """A test may have taken the right to write from a folder of its own."""
    with suppress(OSError):
        os.chmod(os.path.dirname(path), 0o700)
        if os.path.isdir(path) and not os.path.islink(path):
            os.chmod(path, 0o700)
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)
