"""A disk that is really full, and gets full at every point of a run: a small file system in memory, filled up to each number of pages.

Where none can be mounted, `test_apply.py` still has the same errors raised at every step.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from codemods.workspace.apply import Applied
from codemods.workspace.history import JournalError
from codemods.workspace.undo import undo

Fix = Callable[..., list[Applied]]

PAGE = 4096
CONTENTS = {f"{number}.py": b"bad %d\n" % number + b"# filler\n" * 900 for number in range(3)}
FIXED = {name: data.replace(b"bad", b"good") for name, data in CONTENTS.items()}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """An empty file system of 100 pages."""
    folder = tmp_path / "small"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={100 * PAGE}", "none", folder], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        os.chdir("/")
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("full", ["the tree's disk", "the journal's disk", "the one disk of both"])
def test_full_after_any_number_of_pages(
    small: Path, tmp_path: Path, work: Path, fix: Fix, monkeypatch: pytest.MonkeyPatch, full: str
) -> None:
    tree = work if full == "the journal's disk" else small / "tree"
    if full != "the tree's disk":
        monkeypatch.setenv("PYFIX_STATE_DIR", str(small / "state"))
    endings = set()
    for pages in range(30):
        for name, data in CONTENTS.items():
            (tree / name).parent.mkdir(exist_ok=True)
            (tree / name).write_bytes(data)
        with filled(small, pages):
            applied: list[Applied] = []
            with suppress(JournalError):
                applied = fix(*(tree / name for name in CONTENTS))
            endings.add(sum(one.written for one in applied))
            after = held(tree)
            assert after.keys() == CONTENTS.keys(), f"{pages} pages left"
            assert all(after[name] in (value, FIXED[name]) for name, value in CONTENTS.items()), f"{pages} pages left"
            assert sum(after[name] == FIXED[name] for name in CONTENTS) == sum(one.written for one in applied)
            with suppress(JournalError):  # undo has no room either: then it does nothing
                undo(tree)
            assert all(data in (CONTENTS[name], FIXED[name]) for name, data in held(tree).items())
        while undo(tree).restored:
            pass
        assert held(tree) == CONTENTS, f"{pages} pages left"
        shutil.rmtree(os.environ["PYFIX_STATE_DIR"], ignore_errors=True)
    assert {0, len(CONTENTS)} <= endings


@contextmanager
def filled(folder: Path, pages: int) -> Iterator[None]:
    """Within, no more than `pages` of the file system at `folder` are free."""
    free = os.statvfs(folder).f_bavail
    (folder / "filler").write_bytes(bytes(max(0, free - pages) * PAGE))
    try:
        yield
    finally:
        (folder / "filler").unlink()


def held(folder: Path) -> dict[str, bytes]:
    return {os.path.relpath(path, folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
