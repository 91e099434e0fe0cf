"""Folders to work in, and a run over files in them with the fake core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codemods.workspace.apply import Applied, apply
from codemods.workspace.discover import Found
from codemods.workspace.pool import run
from tests.workspace.fake import SETTINGS, core


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written outside the test's folder, and nothing above it is read."""
    monkeypatch.setenv("PYFIX_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("PYFIX_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The working folder."""
    return tmp_path / "work"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The state directory; it does not exist yet."""
    return tmp_path / "state"


@pytest.fixture
def write(work: Path) -> Callable[..., Path]:
    """`write("a/b.py", b"data")` makes a file below the working folder, with the folders it needs."""

    def make(name: str, data: bytes | str = b"") -> Path:
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return make


@pytest.fixture
def fix() -> Callable[..., list[Applied]]:
    """`fix(path, …)` runs the fake core over files and applies what it says."""

    def fix_all(*paths: Path) -> list[Applied]:
        found = [Found(path, named=True) for path in paths]
        return list(apply(run(found, lambda path: SETTINGS, jobs=1, process=core)))

    return fix_all


@pytest.fixture
def foreign_names(work: Path) -> Callable[[], set[str]]:
    """The names in the tree that no test made: what a run must never leave."""

    def find() -> set[str]:
        return {name for _, folders, files in os.walk(work) for name in folders + files if "pyfix" in name or "new-" in name}

    return find


@pytest.fixture
def other_file_system(work: Path) -> Iterator[Path]:
    """A folder on another file system than the state directory."""
    import tempfile

    shared = Path("/dev/shm")
    if not shared.is_dir() or shared.stat().st_dev == work.stat().st_dev or not os.access(shared, os.W_OK):
        pytest.skip("no second file system here")
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)
