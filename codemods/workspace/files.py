"""Reading a file: its bytes and what identifies them, or one line saying why not. Devices and pipes are never opened."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import hashlib

# From this size on a file is data, not a program that a person edits; it is triaged, and reported where a rule could apply.
REWRITABLE_BYTES = 10_000_000
# From this size on a file is not even read.
READABLE_BYTES = 100_000_000

_KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a named pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


class ReadError(Exception):
    """A file cannot be read. `str()` is the cause, one line, without the path."""


class Stamp(Struct, frozen=True):
    """What identifies a file and a state of it without reading it. `links` counts hard links; times are in nanoseconds."""

    device: int
    inode: int
    size: int
    modified: int
    mode: int
    links: int
    user: int
    group: int


NO_STAMP = Stamp(0, 0, 0, 0, 0, 0, 0, 0)
"""For bytes that were read from no file. No file has it."""


class Snapshot(Struct, frozen=True):
    """A file as it was when it was read. A symlink's snapshot is that of the file it leads to."""

    data: bytes
    stamp: Stamp

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return sha256(self.data)


def sha256(data: bytes) -> str:
    """The SHA-256 digest of `data`, in hexadecimal."""
    import hashlib  # loads OpenSSL; runs that change nothing never need it

    return hashlib.sha256(data).hexdigest()


def digest_of(name: str, data: bytes) -> bytes:
    """What identifies a file's bytes together with its name (without the folder), for the cache."""
    return blake2b(os.fsencode(name) + b"\0" + data, 20).digest()


def blake2b(data: bytes, size: int) -> hashlib.blake2b:
    """`hashlib.blake2b` with a digest of `size` bytes. Without OpenSSL, where Python has it by itself, as every CPython does."""
    try:
        from _blake2 import blake2b as made
    except ImportError:
        from hashlib import blake2b as made

    return made(data, digest_size=size)


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp in an `os.stat` result."""
    return Stamp(
        device=status.st_dev,
        inode=status.st_ino,
        size=status.st_size,
        modified=status.st_mtime_ns,
        mode=status.st_mode,
        links=status.st_nlink,
        user=status.st_uid,
        group=status.st_gid,
    )


def read(path: Path | str) -> Snapshot:
    """The file at `path`, symlinks followed. Raises ReadError for whatever is no readable regular file below READABLE_BYTES."""
    data, status = _read(os.fspath(path), READABLE_BYTES)
    return Snapshot(data, stamp_of(status))


def read_bounded(path: str, limit: int) -> bytes:
    """The bytes of the regular file at `path`. Raises ReadError, also where they are `limit` or more."""
    return _read(path, limit)[0]


def cause_of(error: OSError | ValueError) -> str:
    """One line for the user, without the path, which the report puts in front."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__


def size_in_words(size: int) -> str:
    """`size` bytes as a person says it: "12.3 MB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size:,} bytes"


def _read(path: str, limit: int) -> tuple[bytes, os.stat_result]:
    try:
        _require_file(os.stat(path), limit)  # before opening: to open a pipe or a device is to act on it
        # Should a pipe have taken the file's place in between, opening it does not block.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
        try:
            status = os.fstat(handle)
            _require_file(status, limit)
            return _drain(handle, status.st_size, limit), status
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise ReadError(cause_of(error)) from None


def _require_file(status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), "is not a regular file"))
    if status.st_size >= limit:
        raise ReadError(f"is {size_in_words(status.st_size)}; files of {size_in_words(limit)} and more are not read")


def _drain(handle: int, size: int, limit: int) -> bytes:
    """All bytes of `handle`. `size` is a guess that makes one call enough; a file that grows without end stops at `limit`."""
    pieces = []
    total = 0
    while piece := os.read(handle, max(size - total, 0) + 1):
        pieces.append(piece)
        total += len(piece)
        if total >= limit:
            raise ReadError(f"grew while it was read, to {size_in_words(limit)} and more")
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
