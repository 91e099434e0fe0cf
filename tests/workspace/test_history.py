"""Journals that were torn, or that somebody made."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from codemods.workspace import history
from codemods.workspace.files import sha256
from codemods.workspace.history import Entry, JournalError, original_of, read_journal
from codemods.workspace.state import new_id

HEAD = {"format": 1, "kind": "fix", "of": None, "folder": "/"}
FILE = {
    "file": 0,
    "shown": "a.py",
    "target": "/a.py",
    "before": sha256(b"old"),
    "after": sha256(b"new"),
    "offset": 0,
    "size": 3,
    "rules": ["range-len"],
}


def made(state: Path, *lines: object) -> str:
    """A run whose journal has these lines: bytes as they are, others as JSON."""
    run = new_id()
    (state / "runs" / run).mkdir(parents=True)
    data = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
    (state / "runs" / run / "journal.jsonl").write_bytes(data)
    (state / "runs" / run / "originals").write_bytes(b"old")
    return run


def test_a_whole_one(state: Path) -> None:
    journal = read_journal(state, made(state, HEAD, FILE, {"done": 0}, {"end": True, "left": 2}))
    assert journal.entries == (Entry(0, "a.py", "/a.py", FILE["before"], FILE["after"], 0, 3, ("range-len",)),)  # type: ignore[arg-type]
    assert (journal.done, journal.ended, journal.left) == ({0}, True, 2)


@pytest.mark.parametrize("torn", [b'{"file": 1, "sho', b"\x00" * 4096, b'{"done"', b"\n\n"])
def test_a_torn_end(state: Path, torn: bytes) -> None:
    journal = read_journal(state, made(state, HEAD, FILE, torn))
    assert len(journal.entries) == 1
    assert not journal.ended


@pytest.mark.parametrize(
    "change",
    [
        {"file": "0"},
        {"target": "relative.py"},
        {"target": "/a\0.py"},
        {"target": 3},
        {"target": "/\ud800.py"},
        {"offset": -1},
        {"size": -1},
        {"size": 1e400},
        {"rules": "range-len"},
        {"before": None},
        {"shown": ["a.py"]},
    ],
)
def test_a_line_that_makes_no_sense_is_passed_over(state: Path, change: dict[str, object]) -> None:
    journal = read_journal(state, made(state, HEAD, FILE | {"file": 7}, FILE | change))
    assert [entry.file for entry in journal.entries] == [7]


def test_a_file_that_is_done_but_was_never_announced(state: Path) -> None:
    assert read_journal(state, made(state, HEAD, {"done": 3})).done == frozenset()


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\n",
        b"[" * 100_000 + b"\n",
        b"[]\n",
        b"\xff\n",
        HEAD | {"format": 2},
        HEAD | {"kind": "evil"},
        HEAD | {"of": 3},
        {"format": 1},
    ],
)
def test_one_of_another_kind(state: Path, head: object) -> None:
    with pytest.raises(JournalError, match="is no journal of this version"):
        read_journal(state, made(state, head, FILE))


def test_one_that_is_not_there(state: Path) -> None:
    with pytest.raises(JournalError, match="No such file"):
        read_journal(state, new_id())


def test_a_huge_one_is_not_read(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "JOURNAL_LIMIT", 1000)
    with pytest.raises(JournalError, match="1,000 bytes and more are not read"):
        read_journal(state, made(state, HEAD, b" " * 1000))


def test_a_pipe_in_its_place_is_not_opened(state: Path) -> None:
    run = new_id()
    (state / "runs" / run).mkdir(parents=True)
    os.mkfifo(state / "runs" / run / "journal.jsonl")
    with pytest.raises(JournalError, match="named pipe"):
        read_journal(state, run)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_one_of_another_user_is_not_believed(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever runs `sudo pyfix undo` writes what the user who wrote the journal wants, where that user wants it."""
    run = made(state, HEAD, FILE)
    os.chown(state / "runs" / run / "journal.jsonl", 65534, 65534)
    with pytest.raises(JournalError, match="belongs to another user"):
        read_journal(state, run)
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    assert read_journal(state, run).entries


@pytest.mark.parametrize("change", [{"offset": 1}, {"size": 2}, {"size": 10**15}, {"offset": 10**30}, {"before": sha256(b"other")}])
def test_old_content_that_is_not_what_was_saved(state: Path, change: dict[str, object]) -> None:
    run = made(state, HEAD, FILE | change)
    (entry,) = read_journal(state, run).entries
    assert original_of(state, run, entry) is None


def test_old_content_that_is_gone(state: Path) -> None:
    run = made(state, HEAD, FILE)
    (entry,) = read_journal(state, run).entries
    assert original_of(state, run, entry) == b"old"
    (state / "runs" / run / "originals").unlink()
    assert original_of(state, run, entry) is None


@pytest.mark.parametrize("place", ["a pipe", "a link", "a file without end"])
def test_old_content_in_a_strange_place_is_not_read(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    run = made(state, HEAD, FILE)
    (entry,) = read_journal(state, run).entries
    originals = state / "runs" / run / "originals"
    if place == "a file without end":
        monkeypatch.setattr(history, "READABLE_BYTES", 3)
    else:
        originals.rename(tmp_path / "there")
        os.mkfifo(originals) if place == "a pipe" else originals.symlink_to(tmp_path / "there")
    assert original_of(state, run, entry) is None
