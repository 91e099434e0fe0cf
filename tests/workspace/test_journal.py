"""A run on record, and what is cleaned up behind one that was killed."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace.apply import Applied
from codemods.workspace.files import Stamp
from codemods.workspace.history import JournalError, original_of, read_journal
from codemods.workspace.journal import RunJournal, sweep, temporary_name
from codemods.workspace.replace import Change
from codemods.workspace.state import run_ids

Write = Callable[..., Path]
Fix = Callable[..., list[Applied]]


def change(shown: str, target: str, before: bytes, after: bytes, *rules: str) -> tuple[Change, str]:
    return Change(Path(shown), before, after, Stamp(0, 0, 0, 0, 0, 0, 0, 0), rules), target


def test_what_is_on_record(state: Path, work: Path) -> None:
    journal = RunJournal.start(state, "fix")
    name = os.fsdecode(b"\xff\n.py")
    assert journal.record([change("a.py", "/x/a.py", b"old", b"new", "range-len"), change(name, f"/x/{name}", b"", b"\xff\x00")]) == [0, 1]
    assert journal.record([change("c.py", "/x/c.py", b"third", b"3", "a", "b")]) == [2]
    for file in (0, 2):
        journal.replacing()
        journal.mark_done(file)
    journal.close()
    read = read_journal(state, journal.run)
    assert (read.run, read.kind, read.of, read.folder, read.ended, read.left) == (journal.run, "fix", None, str(work), True, 0)
    assert [entry.shown for entry in read.entries] == ["a.py", name, "c.py"]
    assert [entry.rules for entry in read.entries] == [("range-len",), (), ("a", "b")]
    assert read.done == {0, 2}
    assert [original_of(state, journal.run, entry) for entry in read.entries] == [b"old", b"", b"third"]
    assert os.listdir(state / "runs") == [journal.run]


def test_it_is_the_users_alone(state: Path, fix: Fix, write: Write) -> None:
    before = os.umask(0)
    try:
        fix(write("a.py", b"bad"))
    finally:
        os.umask(before)
    for folder, _, files in os.walk(state / "runs"):
        assert stat.S_IMODE(os.stat(folder).st_mode) & 0o077 == 0
        for file in files:
            assert stat.S_IMODE(os.stat(os.path.join(folder, file)).st_mode) & 0o077 == 0


def test_a_run_that_replaced_nothing_leaves_nothing(state: Path) -> None:
    journal = RunJournal.start(state, "fix")
    journal.record([change("a.py", "/x/a.py", b"old", b"new")])
    journal.close()
    assert os.listdir(state / "runs") == []


def test_a_run_that_may_have_replaced_something_ends_as_if_killed(state: Path) -> None:
    journal = RunJournal.start(state, "fix")
    journal.record([change("a.py", "/x/a.py", b"old", b"new")])
    journal.replacing()  # and Ctrl-C before anybody knows whether it was
    journal.close()
    assert not read_journal(state, journal.run).ended


def test_it_closes_once(state: Path) -> None:
    journal = RunJournal.start(state, "fix")
    journal.close()
    journal.close()


@pytest.mark.parametrize("place", ["a file", "read-only", "full"])
def test_a_state_directory_that_cannot_be_written(state: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC if place == "full" else errno.EACCES, "No")

    match place:
        case "a file":
            state.write_bytes(b"")
        case "read-only":
            monkeypatch.setattr(os, "makedirs", refuse)
        case "full":
            monkeypatch.setattr(os, "write", refuse)
    with pytest.raises(JournalError, match=r"the journal for undo cannot be written: \w+"):
        RunJournal.start(state, "fix")
    monkeypatch.undo()
    assert place == "a file" or not (state / "runs").exists() or os.listdir(state / "runs") == []


class TestSweep:
    def crashed(self, state: Path, target: Path) -> RunJournal:
        journal = RunJournal.start(state, "fix")
        journal.record([change("a.py", str(target), b"old", b"new")])
        (journal.folder / "new-0").write_bytes(b"new")
        target.with_name(temporary_name(journal.run, 0)).write_bytes(b"new")
        journal.lock.leave()  # as a kill does
        return journal

    def test_leftovers_go_and_the_record_stays(self, state: Path, write: Write, work: Path) -> None:
        journal = self.crashed(state, write("a.py", b"old"))
        sweep(state)
        assert os.listdir(work) == ["a.py"]
        assert sorted(os.listdir(journal.folder)) == ["journal.jsonl", "originals"]
        assert os.listdir(state / "runs") == [journal.run]
        assert original_of(state, journal.run, read_journal(state, journal.run).entries[0]) == b"old"

    def test_the_next_run_does_it(self, state: Path, write: Write, work: Path, fix: Fix) -> None:
        self.crashed(state, write("a.py", b"old"))
        fix(write("b.py", b"bad"))
        assert sorted(os.listdir(work)) == ["a.py", "b.py"]

    def test_a_run_under_way_is_left_alone(self, state: Path, write: Write, work: Path) -> None:
        target = write("a.py", b"old")
        journal = RunJournal.start(state, "fix")
        journal.record([change("a.py", str(target), b"old", b"new")])
        staged = journal.folder / "new-0"
        staged.write_bytes(b"new")
        sweep(state)
        assert staged.exists()
        journal.close()

    def test_only_names_of_the_run_itself_are_removed(self, state: Path, write: Write) -> None:
        """A journal names files of its own making, by a pattern; it cannot be made to remove others."""
        target = write("a.py", b"old")
        journal = self.crashed(state, target)
        precious = write(".pyfix-20200101T000000.000000Z-00000000-0.tmp", b"")
        lines = (journal.folder / "journal.jsonl").read_bytes()
        crafted = json.loads(lines.splitlines()[1]) | {"file": "../../precious", "target": str(target)}
        (journal.folder / "journal.jsonl").write_bytes(lines + json.dumps(crafted).encode() + b"\n")
        sweep(state)
        assert target.exists()
        assert precious.exists()

    def test_a_run_killed_before_its_first_line(self, state: Path) -> None:
        journal = RunJournal.start(state, "fix")
        (journal.folder / "journal.jsonl").write_bytes(b'{"form')
        journal.lock.leave()
        sweep(state)
        assert run_ids(state) == []
