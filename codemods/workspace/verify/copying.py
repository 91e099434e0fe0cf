"""How a tree is copied: what the user's own run of a command would see, without what is large and not theirs.

* Files are copied as they lie there: changed, untracked and ignored ones too (git ignores a generated `_version.py` that all need).
* Environments and `node_modules` become links to the user's own, and so do ignored folders and files above a bound: a command may need
  them, and none needs them twice. What runs there, runs as it would have in the user's tree.
* Caches are left out. Links stay links; one that leads to an absolute place in the tree leads to that place in the copy.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from codemods.workspace.discover import ENVIRONMENT_MARKERS
from codemods.workspace.files import size_in_words
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.lock import acquire
from codemods.workspace.verify.problem import VerifyError

_CACHES = frozenset(
    "__pycache__ .mypy_cache .pytest_cache .ruff_cache .hypothesis .ipynb_checkpoints .git .hg .svn .bzr _darcs CVS".split()
)
_LINKED = frozenset(".venv .tox .nox .direnv .pyenv node_modules __pypackages__".split())
# An ignored file or folder from this size on is data, or a build that nobody needs twice.
LINKED_BYTES = 100_000_000
# A tree outside of any repository is not copied from this size on: it is more likely a home folder than a project.
COPIED_BYTES = 2_000_000_000


def copy_worktree(root: Path, target: Path) -> bool:
    """A worktree of the repository at `root` with its files as they lie. False where it has no commit. Raises OSError, VerifyError."""
    git = Git(root)
    try:
        if git.call("rev-parse", "--verify", "--quiet", "HEAD^{commit}", allowed=(0, 1, 128))[0]:
            return False
        _add_worktree(git, target)
        tracked = git.run("ls-files", "-z", "--stage")
        Git(target).run("update-index", "-z", "--index-info", stdin=tracked)
        wanted = git.items("ls-files", "-z", "--cached")
        wanted += git.items("ls-files", "-z", "--others", "--exclude-standard", "--directory")
        ignored = git.items("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
    except GitError as error:
        raise VerifyError(f"no worktree can be made of {root}: {error}") from None
    for name in dict.fromkeys(wanted):
        _copy(root / os.fsdecode(name), target / os.fsdecode(name), root, target)
    for name in ignored:
        path = root / os.fsdecode(name)
        linked = _size(path, LINKED_BYTES) >= LINKED_BYTES
        _copy(path, target / os.fsdecode(name), root, target, linked=linked)
    return True


def _add_worktree(git: Git, target: Path) -> None:
    """Worktrees of one repository are added one after the other: git's own locks are no more than errors to the second. Raises GitError."""
    import time

    from codemods.workspace.files import sha256
    from codemods.workspace.folders import user_folder

    state = user_folder("state")
    state.mkdir(parents=True, exist_ok=True)
    name = os.fspath(state / f"worktrees-{sha256(os.fsencode(git.folder))[:16]}.lock")
    until = time.monotonic() + 30
    while (lock := acquire(name)) is None and time.monotonic() < until:
        time.sleep(0.05)
    try:
        git.run("worktree", "add", "--quiet", "--detach", "--no-checkout", os.fspath(target), "HEAD")
    finally:
        if lock is not None:
            lock.remove()


def copy_folder(root: Path, target: Path) -> None:
    """A plain copy. Raises OSError, VerifyError."""
    if (size := _size(root, COPIED_BYTES)) >= COPIED_BYTES:
        said = f"{root} holds {size_in_words(size)} and more, too much to copy"
        raise VerifyError(f"{said}: name a project's folder, or make it a git repository")
    _copy(root, target, root, target)


def _copy(source: Path, target: Path, root: Path, copy: Path, *, linked: bool = False) -> None:
    try:
        mode = os.lstat(source).st_mode
    except FileNotFoundError:  # tracked, and deleted in the user's tree
        return
    if source.name in _CACHES and source != root:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if stat.S_ISLNK(mode):
        _link(source, target, root, copy)
    elif linked or (stat.S_ISDIR(mode) and source != root and _is_environment(source)):
        target.symlink_to(source, target_is_directory=stat.S_ISDIR(mode))
    elif stat.S_ISREG(mode):
        shutil.copy2(source, target)
    elif stat.S_ISDIR(mode):
        target.mkdir(exist_ok=True)
        for name in sorted(os.listdir(source)):
            _copy(source / name, target / name, root, copy)


def _link(source: Path, target: Path, root: Path, copy: Path) -> None:
    leads = os.readlink(source)
    if os.path.isabs(leads) and Path(leads).is_relative_to(root):
        leads = os.fspath(copy / Path(leads).relative_to(root))
    if not os.path.lexists(target):
        target.symlink_to(leads, target_is_directory=source.is_dir())


def _is_environment(folder: Path) -> bool:
    return folder.name in _LINKED or any((folder / marker).exists() for marker in ENVIRONMENT_MARKERS)


def _size(path: Path, enough: int) -> int:
    """What would be copied of `path`, in bytes; no longer counted than up to `enough`."""
    total = 0
    pending = [os.fspath(path)]
    while pending and total < enough:
        here = pending.pop()
        try:
            status = os.lstat(here)
            if stat.S_ISREG(status.st_mode):
                total += status.st_size
            elif stat.S_ISDIR(status.st_mode) and (here == os.fspath(path) or not _is_left(Path(here))):
                pending.extend(os.path.join(here, name) for name in os.listdir(here))
        except OSError:
            continue
    return total


def _is_left(folder: Path) -> bool:
    return folder.name in _CACHES or _is_environment(folder)
