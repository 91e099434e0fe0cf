"""A folder to work in, away from everything, with a state of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, empty."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYFIX_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYFIX_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("PYFIX_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write(work: Path) -> Callable[..., None]:
    """`write({"a.py": b"..."})` makes files below the working folder."""

    def make(files: dict[str, bytes]) -> None:
        for name, data in files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    return make
