"""What a file has besides its bytes, and how new content is given the same: owner, mode, access lists and extended attributes."""

from __future__ import annotations

import errno
import os
import stat
import sys

from codemods.workspace.files import cause_of

_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, getattr(errno, "ENOTSUP", errno.EINVAL), getattr(errno, "EOPNOTSUPP", errno.EINVAL)}


class CannotKeepError(Exception):
    """Something that the file has cannot be given to its new content. `str()` is one line."""


def copy_attributes(target: str, status: os.stat_result, handle: int, staged: str) -> None:
    """Give the open file `handle` what `target` has; `status` is the target's. Raises CannotKeepError.

    `staged` is the open file's path, "" where it has none; only macOS needs it.
    """
    _copy_owner(status, handle)
    if hasattr(os, "fchmod"):
        try:
            os.fchmod(handle, stat.S_IMODE(status.st_mode))  # after the owner, whose change takes the set-id bits away
        except OSError as error:
            raise CannotKeepError(f"its mode cannot be kept ({cause_of(error)})") from None
    if sys.platform == "darwin":
        _copy_on_macos(target, staged)
    elif hasattr(os, "listxattr"):
        _copy_extended(target, handle)


def _copy_owner(status: os.stat_result, handle: int) -> None:
    if not hasattr(os, "fchown"):
        return
    mine = os.fstat(handle)
    if (mine.st_uid, mine.st_gid) == (status.st_uid, status.st_gid):
        return
    try:
        os.fchown(handle, status.st_uid, status.st_gid)
    except OSError as error:
        raise CannotKeepError(f"its owner cannot be kept ({cause_of(error)})") from None


if sys.platform != "darwin" and hasattr(os, "listxattr"):

    def _copy_extended(target: str, handle: int) -> None:
        """Extended attributes; on Linux the access lists are among them."""
        wanted = {name: os.getxattr(target, name) for name in _names(target)}
        for name in _names(handle):
            if name not in wanted:
                _remove_inherited(handle, name)
        for name, value in wanted.items():
            try:
                if _value(handle, name) != value:
                    os.setxattr(handle, name, value)
            except OSError as error:
                raise CannotKeepError(f"its extended attribute {name!r} cannot be kept ({cause_of(error)})") from None

    def _names(file: str | int) -> list[str]:
        try:
            return sorted(os.listxattr(file))
        except OSError as error:
            if error.errno in _UNSUPPORTED:
                return []
            raise CannotKeepError(f"its extended attributes cannot be read ({cause_of(error)})") from None

    def _value(handle: int, name: str) -> bytes | None:
        try:
            return os.getxattr(handle, name)
        except OSError:
            return None

    def _remove_inherited(handle: int, name: str) -> None:
        """An attribute that the new content got from the folder it was made in, and that the file does not have."""
        try:
            os.removexattr(handle, name)
        except OSError as error:
            if not name.startswith("security."):  # a label that the system sets and nobody takes away
                raise CannotKeepError(f"it would gain the extended attribute {name!r} ({cause_of(error)})") from None

else:

    def _copy_extended(target: str, handle: int) -> None:
        """Nothing to copy on this platform."""


def _copy_on_macos(target: str, staged: str) -> None:
    """Access lists and extended attributes, which Python does not reach there, through the system's own `copyfile`."""
    import ctypes

    access_list, extended = 1 << 0, 1 << 2
    library = ctypes.CDLL(None, use_errno=True)
    if library.copyfile(os.fsencode(target), os.fsencode(staged), None, ctypes.c_uint32(access_list | extended)) != 0:
        raise CannotKeepError(f"its extended attributes cannot be kept ({os.strerror(ctypes.get_errno())})")
