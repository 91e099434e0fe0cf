"""One file's way from its old bytes to its new ones: at any moment, also a power cut, its name leads to all of the one or of the other.

New content waits, synced and with the file's own mode, owner and attributes, where nobody sees it: in the run's folder, where that is on
the file's own file system; else in a file without a name in the file's folder; else, as a last resort, under a name that the journal holds.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from msgspec import Struct

from codemods.model.outcome import Edit
from codemods.model.settings import Settings
from codemods.workspace.attributes import CannotKeepError, copy_attributes
from codemods.workspace.disk import remove_file, write_all
from codemods.workspace.files import READABLE_BYTES, ReadError, Stamp, cause_of, read_bounded
from codemods.workspace.ignore import lies_in

_CHANGED = "changed since it was read; it was left as it is"


class NotReplacedError(Exception):
    """The file was left as it is. `str()` is the cause, one line, without the path."""


class Change(Struct, frozen=True):
    """A file and what is to become of it.

    Attributes:
        path: as the user spelled it.
        stamp: what identified the file when `before` was read.
        rules: those that made the change; `edits` are what they did, and `settings` those of the run, where both are known.
        top: the folder, without links, that the file must lie in or below; empty for any.
    """

    path: Path
    before: bytes
    after: bytes
    stamp: Stamp
    rules: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    settings: Settings | None = None
    top: str = ""


class Target(Struct, frozen=True):
    """The file that a change is for: its absolute path without links, and its status."""

    path: str
    status: os.stat_result

    @property
    def folder(self) -> str:
        return os.path.dirname(self.path)


class Staged(Struct):
    """New content that waits. `path` is "" while it has no name; `handle` is -1 unless it is open."""

    path: str
    handle: int = -1

    def discard(self) -> None:
        """Remove what waits, if it still does."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1
        if self.path:
            remove_file(self.path)
            self.path = ""


def resolve(change: Change) -> Target:
    """The file that `change` is for, links followed. Raises NotReplacedError where it cannot be replaced without losing something."""
    try:
        path = os.path.realpath(change.path, strict=True)
        status = os.lstat(path)
    except (OSError, ValueError) as error:
        raise NotReplacedError(cause_of(error)) from None
    if not stat.S_ISREG(status.st_mode) or not _is_same(status, change.stamp):
        raise NotReplacedError(_CHANGED)
    if change.top and not lies_in(path, change.top):
        raise NotReplacedError("became a link that leads out of the folder, after it was found")
    if status.st_nlink > 1:
        raise NotReplacedError(f"has {status.st_nlink} hard links, which replacing it would part")
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise NotReplacedError("is read-only")
    if not os.access(os.path.dirname(path), os.W_OK):
        raise NotReplacedError("lies in a folder that is read-only")
    return Target(path, status)


def stage(target: Target, content: bytes, run_folder: Path, file: int, temporary: str) -> Staged:
    """Write and sync new content for `target`. Raises NotReplacedError.

    `file` is its number in the run, `temporary` the name it may bear in the target's folder; that name is in the journal by now.
    """
    try:
        beside = os.name == "nt" or os.stat(run_folder).st_dev != os.stat(target.folder).st_dev
    except OSError as error:
        raise NotReplacedError(cause_of(error)) from None
    if not beside:
        return _fill(target, content, _Maker(os.path.join(run_folder, f"new-{file}")))
    return _stage_beside(target, content, temporary)


def put(staged: Staged, change: Change, target: Target, temporary: str) -> None:
    """Put what was staged in the place of `target`, unless that has changed. Raises NotReplacedError."""
    _require_unchanged(change, target)
    try:
        _rename(staged, target, temporary)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise NotReplacedError(cause_of(error)) from None
        # One file system mounted twice: the numbers say that it is the same one, the rename says that it is not.
        staged.discard()
        beside = _stage_beside(target, change.after, temporary)
        try:
            _require_unchanged(change, target)
            _rename(beside, target, temporary)
        except OSError as again:
            raise NotReplacedError(cause_of(again)) from None
        finally:
            beside.discard()


def _rename(staged: Staged, target: Target, temporary: str) -> None:
    if not staged.path:
        _give_name(staged, target, temporary)
    os.replace(staged.path, target.path)
    staged.path = ""


def _give_name(staged: Staged, target: Target, temporary: str) -> None:
    """A file without a name cannot take another's place: it needs one first, for the moment until the rename."""
    folder = os.open(target.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # `dst_dir_fd` makes Python call linkat, which can follow the link in /proc to the open file.
        os.link(f"/proc/self/fd/{staged.handle}", temporary, dst_dir_fd=folder, follow_symlinks=True)
        staged.path = os.path.join(target.folder, temporary)
    finally:
        os.close(folder)


def _stage_beside(target: Target, content: bytes, temporary: str) -> Staged:
    path = os.path.join(target.folder, temporary)
    if hasattr(os, "O_TMPFILE") and os.path.isdir("/proc/self/fd"):
        try:
            return _fill(target, content, _Maker(path, nameless=True))
        except _NamelessError:
            pass
    return _fill(target, content, _Maker(path))


class _NamelessError(Exception):
    """This file system has no files without a name."""


class _Maker(Struct, frozen=True):
    """How to make the new file: at `path`, or without a name in its folder."""

    path: str
    nameless: bool = False

    def open(self) -> int:
        """The handle of the new, empty file, readable by the user alone. Raises OSError and _NamelessError."""
        flags = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        if not self.nameless:
            return os.open(self.path, flags | os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            return os.open(os.path.dirname(self.path), os.O_RDWR | os.O_TMPFILE | os.O_CLOEXEC, 0o600)
        except OSError as error:
            if error.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT):
                raise _NamelessError from None
            raise


def _fill(target: Target, content: bytes, maker: _Maker) -> Staged:
    staged = Staged("")
    try:
        staged.handle = maker.open()
        staged.path = "" if maker.nameless else maker.path
        write_all(staged.handle, content)
        copy_attributes(target.path, target.status, staged.handle, staged.path)
        os.fsync(staged.handle)
        if not maker.nameless:
            os.close(staged.handle)
            staged.handle = -1
    except (OSError, CannotKeepError) as error:
        staged.discard()
        raise NotReplacedError(
            str(error) if isinstance(error, CannotKeepError) else f"its new content cannot be written ({cause_of(error)})"
        ) from None
    except BaseException:
        staged.discard()
        raise
    return staged


def _require_unchanged(change: Change, target: Target) -> None:
    """The last look before the rename: the same file, reached the same way, with the bytes that were judged."""
    try:
        if os.path.realpath(change.path, strict=True) != target.path or not _is_same(os.lstat(target.path), change.stamp):
            raise NotReplacedError(_CHANGED)
        if read_bounded(target.path, READABLE_BYTES) != change.before:
            raise NotReplacedError(_CHANGED)
    except (OSError, ReadError):
        raise NotReplacedError(_CHANGED) from None


def _is_same(status: os.stat_result, stamp: Stamp) -> bool:
    return (status.st_dev, status.st_ino, status.st_size) == (stamp.device, stamp.inode, stamp.size)
