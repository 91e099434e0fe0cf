"""What a power cut leaves of a disk: of files what was synced of them, of folders the names that were synced, or more.

`Disk.watched()` looks on while something is done in two folders, and before each of its steps notes what they would hold after a cut:

* `nothing else`: only what was synced, of both;
* `names`: all names, but of each file only the content that was synced, which for a new file is none;
* `names of the tree`, `names of the state`: all names of the one, only what was synced of the other, as if they stood on two disks.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.workspace.faults import STEPS

Image = dict[str, bytes]


class Disk:
    """Two folders, and what of them is safe. All that stands in them at first is."""

    def __init__(self, tree: Path, state: Path) -> None:
        self.roots = (os.fspath(tree), os.fspath(state))
        # Where the state is to be made: its name is safe only when this folder was synced.
        self._tops = (os.fspath(tree), os.path.dirname(state))
        self._content: dict[int, bytes] = {}
        self._names: dict[str, dict[str, int]] = {}
        self.images: list[tuple[str, Image]] = []
        for root in (*self._tops, *self.roots):
            for folder, _, files in os.walk(root):
                self._names[folder] = _listed(folder)
                for name in files:
                    path = os.path.join(folder, name)
                    self._content[os.lstat(path).st_ino] = Path(path).read_bytes()

    @contextmanager
    def watched(self, deaf: Callable[[str], bool] = lambda name: False) -> Iterator[None]:
        """Look on. The syncing of what `deaf` says yes to, by its name, is taken to do nothing."""
        with pytest.MonkeyPatch.context() as patch:
            for name in STEPS:
                if hasattr(os, name):
                    patch.setattr(os, name, self._seen(name, getattr(os, name), deaf))
            yield
        self._note("the end")

    def put(self, image: Image) -> None:
        """Make the folders hold what the image says."""
        shutil.rmtree(self.roots[1], ignore_errors=True)
        for entry in list(os.scandir(self.roots[0])):  # the folder itself stays: somebody may work in it
            shutil.rmtree(entry) if entry.is_dir() else os.unlink(entry)
        for path, data in image.items():
            if path.endswith("/"):
                os.makedirs(path, exist_ok=True)
            else:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                Path(path).write_bytes(data)

    def _seen(self, name: str, really: Callable[..., Any], deaf: Callable[[str], bool]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            self._note(f"before {name}")
            done = really(*args, **options)
            if name == "open" and args[1] & os.O_CREAT and args[1] & os.O_EXCL:
                self._content.pop(os.fstat(done).st_ino, None)  # the number may have been another file's
            if name == "fsync" and not deaf(os.path.basename(_path_of(args[0]))):
                self._synced(args[0])
            return done

        return call

    def _synced(self, handle: int) -> None:
        status, path = os.fstat(handle), _path_of(handle)
        if stat.S_ISDIR(status.st_mode):
            self._names[path] = _listed(path)
        else:
            self._content[status.st_ino] = Path(f"/proc/self/fd/{handle}").read_bytes()

    def _note(self, when: str) -> None:
        safe, named = [self._safe(root) for root in self.roots], [self._named(root) for root in self.roots]
        for kind, image in (
            ("nothing else", safe[0] | safe[1]),
            ("names", named[0] | named[1]),
            ("names of the tree", named[0] | safe[1]),
            ("names of the state", safe[0] | named[1]),
        ):
            if all(image != other for _, other in self.images):
                self.images.append((f"{kind}, {when}", image))

    def _named(self, root: str) -> Image:
        """All names, with what was synced behind each."""
        image = {}
        for folder, folders, files in os.walk(root):
            image |= {os.path.join(folder, name, ""): b"" for name in folders}
            for name in files:
                path = os.path.join(folder, name)
                image[path] = self._content.get(os.lstat(path).st_ino, b"")
        return image

    def _safe(self, root: str) -> Image:
        """The names that were synced, in folders whose names were."""
        above, name = os.path.split(root)
        if root not in self._tops and name not in self._names.get(above, {}):
            return {}
        image = {}
        pending = [root]
        while pending:
            folder = pending.pop()
            for name, inode in self._names.get(folder, {}).items():
                path = os.path.join(folder, name)
                if inode < 0:
                    image[os.path.join(path, "")] = b""
                    pending.append(path)
                else:
                    image[path] = self._content.get(inode, b"")
        return image


def _listed(folder: str) -> dict[str, int]:
    """The names in a folder, each with its file's number; folders have -1."""
    with os.scandir(folder) as entries:
        return {entry.name: -1 if entry.is_dir(follow_symlinks=False) else entry.inode() for entry in entries}


def _path_of(handle: int) -> str:
    return os.readlink(f"/proc/self/fd/{handle}")
