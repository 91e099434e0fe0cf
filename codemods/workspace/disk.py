"""Writing that is on the disk when it returns."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def sync(what: int | Path | str) -> None:
    """Bring a file (by its handle) or a folder's list of names (by its path) to the disk. Raises OSError."""
    if isinstance(what, int):
        os.fsync(what)
        return
    if os.name == "nt":
        return  # folders cannot be opened there
    handle = os.open(what, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folders(path: Path) -> None:
    """The folder at `path`, for the user alone, and what is missing above it. Raises OSError.

    Of what is missing the names are on the disk when it returns, as far as the system lets us see to that, but for that of `path` itself.
    """
    missing = [folder for folder in path.parents if not folder.exists()]
    os.makedirs(path, mode=0o700, exist_ok=True)
    for folder in missing:
        with suppress(OSError):
            sync(folder.parent)


def write_all(handle: int, data: bytes) -> None:
    """Write all of `data`; the system may take it in pieces. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def remove_file(path: str) -> None:
    """Remove the file at `path`, where it is there and can be. Never raises OSError."""
    with suppress(OSError):
        os.unlink(path)
