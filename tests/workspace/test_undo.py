"""Putting back what a run changed, and nothing that somebody else did."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace.apply import Applied
from codemods.workspace.history import JournalError
from codemods.workspace.journal import RunJournal
from codemods.workspace.state import run_ids
from codemods.workspace.undo import Refusal, repository_root, runs, undo

Write = Callable[..., Path]
Fix = Callable[..., list[Applied]]


def test_what_the_last_run_changed_is_put_back(write: Write, fix: Fix, work: Path, state: Path) -> None:
    paths = [write("a.py", b"bad \xff\r\n"), write("sub/b.py", b"2 bad")]
    paths[0].chmod(0o755)
    fix(*paths)
    run = run_ids(state)[0]
    undone = undo(work)
    assert (undone.run, undone.restored, undone.refused) == (run, tuple(paths), ())
    assert [path.read_bytes() for path in paths] == [b"bad \xff\r\n", b"2 bad"]
    assert paths[0].stat().st_mode & 0o777 == 0o755


def test_twice_goes_one_run_further_back(write: Write, fix: Fix, work: Path) -> None:
    first, second = write("a.py", b"bad"), write("b.py", b"bad")
    fix(first)
    fix(second)
    assert undo(work).restored == (second,)
    assert undo(work).restored == (first,)
    assert undo(work).run is None
    assert first.read_bytes() == second.read_bytes() == b"bad"


def test_one_file_through_two_runs(write: Write, fix: Fix, work: Path) -> None:
    path = write("a.py", b"bad 1")
    fix(path)
    path.write_bytes(b"good 1, bad 2")
    fix(path)
    assert path.read_bytes() == b"good 1, good 2"
    undo(work)
    assert path.read_bytes() == b"good 1, bad 2"
    assert undo(work).refused == (Refusal(path, "changed since; it was left as it is"),)
    assert path.read_bytes() == b"good 1, bad 2"


def test_nothing_to_undo(work: Path, state: Path) -> None:
    assert undo(work).run is None
    assert not state.exists()


class TestChanged:
    def test_what_was_changed_since_is_refused_by_name(self, write: Write, fix: Fix, work: Path) -> None:
        kept, changed, gone = write("a.py", b"bad"), write("b.py", b"bad"), write("c.py", b"bad")
        fix(kept, changed, gone)
        changed.write_bytes(b"good, and more")
        gone.unlink()
        undone = undo(work)
        assert undone.restored == (kept,)
        assert undone.refused == (
            Refusal(changed, "changed since; it was left as it is"),
            Refusal(gone, "cannot be read: No such file or directory"),
        )
        assert changed.read_bytes() == b"good, and more"
        assert not gone.exists()

    def test_it_is_refused_again_until_it_is_changed_back(self, write: Write, fix: Fix, work: Path) -> None:
        path, other = write("a.py", b"bad"), write("b.py", b"bad")
        fix(path, other)
        path.write_bytes(b"mine")
        assert len(undo(work).refused) == 1
        again = undo(work)
        assert (again.restored, len(again.refused)) == ((), 1)
        path.write_bytes(b"good")
        assert undo(work).restored == (path,)
        assert undo(work).run is None

    def test_what_was_put_back_by_hand_needs_nothing(self, write: Write, fix: Fix, work: Path) -> None:
        path = write("a.py", b"bad")
        fix(path)
        path.write_bytes(b"bad")
        undone = undo(work)
        assert (undone.restored, undone.refused) == ((), ())

    def test_what_became_read_only(self, write: Write, fix: Fix, work: Path) -> None:
        path = write("a.py", b"bad")
        fix(path)
        path.chmod(0o444)
        assert undo(work).refused == (Refusal(path, "is read-only"),)
        assert path.read_bytes() == b"good"

    def test_what_is_reached_by_a_link_now(self, write: Write, fix: Fix, work: Path) -> None:
        path, precious = write("a.py", b"bad"), write("elsewhere/a.py", b"good")
        fix(path)
        path.unlink()
        path.symlink_to(precious)
        (refusal,) = undo(work).refused
        assert refusal.cause.startswith("is reached through a link that was not there")
        assert precious.read_bytes() == b"good"

    def test_a_mode_that_was_changed_since_stays(self, write: Write, fix: Fix, work: Path) -> None:
        path = write("a.py", b"bad")
        fix(path)
        path.chmod(0o700)
        assert undo(work).restored == (path,)
        assert path.stat().st_mode & 0o777 == 0o700

    def test_old_content_that_was_damaged(self, write: Write, fix: Fix, work: Path, state: Path) -> None:
        path = write("a.py", b"bad")
        fix(path)
        (state / "runs" / run_ids(state)[0] / "originals").write_bytes(b"bed")
        (refusal,) = undo(work).refused
        assert refusal.cause.startswith("its old content is damaged")
        assert path.read_bytes() == b"good"


class TestWhere:
    def test_only_runs_that_wrote_below_the_folder(self, write: Write, fix: Fix, work: Path) -> None:
        inside, outside = write("in/a.py", b"bad"), write("out/a.py", b"bad")
        fix(inside)
        fix(outside)
        assert undo(work / "in").restored == (inside,)
        assert outside.read_bytes() == b"good"
        assert undo(work / "in").run is None
        assert undo(work / "ou").run is None

    def test_all_of_the_run_is_put_back(self, write: Write, fix: Fix, work: Path) -> None:
        inside, outside = write("in/a.py", b"bad"), write("out/a.py", b"bad")
        fix(inside, outside)
        assert undo(work / "in").restored == (inside, outside)

    def test_a_run_that_was_refused_everything_is_no_run(self, write: Write, fix: Fix, work: Path) -> None:
        first, second = write("a.py", b"bad"), write("b.py", b"bad")
        fix(first)
        second.chmod(0o444)
        fix(second)
        assert undo(work).restored == (first,)

    def test_through_a_linked_folder(self, write: Write, fix: Fix, work: Path) -> None:
        path = write("real/a.py", b"bad")
        (work / "link").symlink_to("real")
        fix(work / "link" / "a.py")
        assert undo(work / "link").restored == (path,)

    def test_the_root_of_a_repository(self, write: Write, work: Path) -> None:
        write("repo/.git/HEAD")
        write("repo/src/deep/a.py")
        assert repository_root(work / "repo/src/deep") == work / "repo"
        assert repository_root(work) == work


class TestNamed:
    def test_a_run_by_its_name(self, write: Write, fix: Fix, work: Path, state: Path) -> None:
        first, second = write("a.py", b"bad"), write("b.py", b"bad")
        fix(first)
        fix(second)
        assert undo(work, run=run_ids(state)[0]).restored == (first,)
        assert undo(work).restored == (second,)
        assert undo(work).run is None

    def test_an_undo_can_be_undone_and_then_the_run_again(self, write: Write, fix: Fix, work: Path, state: Path) -> None:
        path = write("a.py", b"bad")
        fix(path)
        undo(work)
        assert undo(work, run=run_ids(state)[1]).restored == (path,)
        assert path.read_bytes() == b"good"
        assert undo(work).restored == (path,)
        assert path.read_bytes() == b"bad"
        assert undo(work).run is None

    @pytest.mark.parametrize("name", ["nonsense", "../../etc", "", "20200101T000000.000000Z-00000000"])
    def test_one_that_is_not_there(self, work: Path, name: str) -> None:
        with pytest.raises(JournalError, match="there is no run"):
            undo(work, run=name)

    def test_one_that_is_under_way(self, write: Write, work: Path, state: Path) -> None:
        journal = RunJournal.start(state, "fix")
        with pytest.raises(JournalError, match="still under way"):
            undo(work, run=journal.run)
        journal.close()


def test_what_is_kept(write: Write, fix: Fix, work: Path, state: Path) -> None:
    path = write("a.py", b"bad")
    write("elsewhere/b.py", b"bad")
    fix(path)
    fix(work / "elsewhere/b.py")
    undo(work)
    assert [(info.kind, info.paths, info.undone) for info in runs(work)] == [
        ("undo", (work / "elsewhere/b.py",), False),
        ("fix", (work / "elsewhere/b.py",), True),
        ("fix", (path,), False),
    ]
    assert [info.id for info in runs(work)] == list(reversed(run_ids(state)))
    assert runs(work / "nowhere") == ()
    assert runs(work)[0].of == runs(work)[1].id


def test_a_damaged_journal_is_passed_over(write: Write, fix: Fix, work: Path, state: Path) -> None:
    path = write("a.py", b"bad")
    fix(path)
    fix(write("b.py", b"bad"))
    (state / "runs" / run_ids(state)[1] / "journal.jsonl").write_bytes(b"\x00\xff")
    assert undo(work).restored == (path,)


def test_an_undo_that_cannot_be_put_on_record_does_nothing(write: Write, fix: Fix, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"bad")
    fix(path)

    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(JournalError, match="cannot be written: Permission denied"):
        undo(work)
    assert path.read_bytes() == b"good"


def test_many_files_in_batches(write: Write, fix: Fix, work: Path) -> None:
    paths = [write(f"{number:03}.py", b"bad %d" % number) for number in range(150)]
    fix(*paths)
    assert undo(work).restored == tuple(paths)
    assert all(path.read_bytes() == b"bad %d" % number for number, path in enumerate(paths))
