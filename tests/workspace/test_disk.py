"""Writing that is on the disk when it returns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from codemods.workspace.disk import remove_file, sync, write_all


def test_all_of_it_is_written_however_little_the_system_takes(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: really(handle, data[:3]))
    handle = os.open(work / "a", os.O_WRONLY | os.O_CREAT)
    write_all(handle, b"0123456789")
    os.close(handle)
    assert (work / "a").read_bytes() == b"0123456789"


def test_files_and_folders_are_synced(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    handle = os.open(work / "a", os.O_WRONLY | os.O_CREAT)
    sync(handle)
    os.close(handle)
    sync(work)
    assert synced == [(work / "a").stat().st_ino, work.stat().st_ino]


def test_removing_what_is_not_there(work: Path) -> None:
    remove_file(str(work / "a"))
    remove_file(str(work))
    assert work.is_dir()
