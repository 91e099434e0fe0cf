"""A power cut at any step of a run, or of an undo: every file is wholly old or new, and what the run wrote can be put back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace.apply import Applied
from codemods.workspace.undo import undo
from tests.workspace.power import Disk

Fix = Callable[..., list[Applied]]

CONTENTS = {"a.py": b"bad", "sub/b.py": b"2 bad"}
FIXED = {name: data.replace(b"bad", b"good") for name, data in CONTENTS.items()}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(params=["same file system", "another one", "another one without nameless files"])
def place(request: pytest.FixtureRequest, work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = work if request.param == "same file system" else request.getfixturevalue("other_file_system") / "tree"
    if request.param == "another one without nameless files":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    for name, data in CONTENTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {os.path.relpath(path, folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def harm(disk: Disk, tree: Path) -> list[str]:
    """What would be lost after a power cut, and when."""
    found = []
    for when, image in disk.images:
        disk.put(image)
        files = {name: data for name, data in held(tree).items() if not os.path.basename(name).startswith(".pyfix-")}
        if files.keys() != CONTENTS.keys() or any(data not in (CONTENTS[name], FIXED[name]) for name, data in files.items()):
            found.append(f"{when}: {files}")
            continue
        undone = undo(tree)
        if held(tree) != CONTENTS or undone.refused:
            found.append(f"{when}, not put back: {held(tree)}")
    return found


def test_a_run(place: Path, fix: Fix, state: Path) -> None:
    disk = Disk(place, state)
    with disk.watched():
        fix(*(place / name for name in CONTENTS))
    assert held(place) == FIXED
    assert len(disk.images) > 12
    assert harm(disk, place) == []


def test_an_undo(place: Path, fix: Fix, state: Path) -> None:
    fix(*(place / name for name in CONTENTS))
    disk = Disk(place, state)
    with disk.watched():
        undo(place)
    assert held(place) == CONTENTS
    assert len(disk.images) > 10
    assert harm(disk, place) == []


@pytest.mark.parametrize("name", ["originals", "journal.jsonl", "new-0", "runs", "state", "the folder of the state", "the run's folder"])
def test_each_sync_is_needed(name: str, fix: Fix, state: Path, work: Path) -> None:
    """The checks above can fail: where one of the syncs does nothing, something is lost in some power cut."""
    for file, data in CONTENTS.items():
        (work / file).parent.mkdir(exist_ok=True)
        (work / file).write_bytes(data)
    disk = Disk(work, state)
    names = {"the folder of the state": state.parent.name}
    with disk.watched(lambda synced: synced[:2] == "20" if name == "the run's folder" else synced == names.get(name, name)):
        fix(*(work / file for file in CONTENTS))
    assert harm(disk, work), f"without syncing {name} nothing is lost"
