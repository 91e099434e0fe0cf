"""Results to files: on record first, every file wholly old or wholly new, whatever happens on the way."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from codemods.model.outcome import Clean, Failed, Fixed, TriagedAway
from codemods.workspace import apply as apply_module
from codemods.workspace.apply import Applied, apply
from codemods.workspace.discover import Found
from codemods.workspace.history import JournalError, read_journal
from codemods.workspace.pool import FileResult, run
from codemods.workspace.state import run_ids
from codemods.workspace.undo import undo
from tests.workspace.fake import SETTINGS, core
from tests.workspace.faults import at_each_step, count_steps, fork, killed_at

Write = Callable[..., Path]
Fix = Callable[..., list[Applied]]
Foreign = Callable[[], set[str]]


def test_all_results_come_out_in_order(write: Write, fix: Fix, work: Path) -> None:
    paths = [
        write("a.py", b"seen"),
        write("b.py", b"bad"),
        write("c.py", b"other"),
        work / "d.py",
        write("e.py", b"bad"),
        write("f.py", b""),
    ]
    applied = fix(*paths)
    assert [one.result.path for one in applied] == paths
    assert [type(one.result.outcome) for one in applied] == [Clean, Fixed, TriagedAway, Failed, Fixed, TriagedAway]
    assert [one.written for one in applied] == [False, True, False, False, True, False]
    assert {one.cause for one in applied} == {""}
    assert [path.read_bytes() for path in (paths[1], paths[4])] == [b"good", b"good"]


def test_a_run_that_changes_nothing_touches_nothing(write: Write, fix: Fix, state: Path) -> None:
    fix(write("a.py", b"seen"))
    assert not state.exists()


def test_what_needs_no_writing_comes_out_at_once(write: Write) -> None:
    results = iter([FileResult(Path("a.py"), Clean()), FileResult(Path("b.py"), Clean())])
    applied = apply(results)
    next(applied)
    assert next(results).path == Path("b.py")


@pytest.mark.parametrize(("limit", "value"), [("BATCH_FILES", 3), ("BATCH_BYTES", 50)])
def test_batches(write: Write, state: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(apply_module, limit, value)
    paths = [write(f"{number}.py", b"bad 4567890") for number in range(10)]
    taken = 0

    def results() -> Iterator[FileResult]:
        nonlocal taken
        for result in run([Found(path, named=False) for path in paths], lambda path: SETTINGS, jobs=1, process=core):
            taken += 1
            yield result

    applied = apply(results())
    assert next(applied).written
    assert taken == 3
    assert [one.written for one in applied] == [True] * 9
    assert len(read_journal(state, run_ids(state)[0]).entries) == 10


def test_the_rules_are_on_record(write: Write, fix: Fix, state: Path) -> None:
    fix(write("a.py", b"bad"))
    (entry,) = read_journal(state, run_ids(state)[0]).entries
    assert entry.rules == ("range-len",)
    assert entry.target == str(Path.cwd() / "a.py")


def test_a_result_that_was_not_read_from_disk_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="not read from disk"):
        list(apply([FileResult(Path("a.py"), Fixed(b"bad", b"good", ()))]))


def test_two_files_that_are_one(write: Write, work: Path, fix: Fix) -> None:
    """Discovery yields each file once; should one come twice, it is written once and the second is left."""
    path = write("a.py", b"bad")
    (work / "link.py").symlink_to("a.py")
    applied = fix(path, work / "link.py")
    assert [one.written for one in applied] == [True, False]
    assert path.read_bytes() == b"good"


class TestJournalFails:
    def full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        really = os.write

        def write(handle: int, data: bytes) -> int:
            if b'"file"' in bytes(data):
                raise OSError(errno.ENOSPC, "No space left on device")
            return really(handle, data)

        monkeypatch.setattr(os, "write", write)

    def test_nothing_is_written(self, write: Write, fix: Fix, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("a.py", b"bad")
        self.full(monkeypatch)
        with pytest.raises(JournalError, match="cannot be written: No space left on device"):
            fix(path)
        assert path.read_bytes() == b"bad"
        assert os.listdir(state / "runs") == []

    def test_nothing_more_is_written(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(apply_module, "BATCH_FILES", 1)
        paths = [write("a.py", b"bad"), write("b.py", b"bad")]
        applied = apply(run([Found(path, named=False) for path in paths], lambda path: SETTINGS, jobs=1, process=core))
        assert next(applied).written
        with pytest.MonkeyPatch.context() as patch:
            self.full(patch)
            with pytest.raises(JournalError):
                next(applied)
        assert [path.read_bytes() for path in paths] == [b"good", b"bad"]
        assert undo(Path.cwd()).restored == (paths[0],)

    def test_syncing_it_fails(self, write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("a.py", b"bad")

        def broken(handle: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(os, "fsync", broken)
        with pytest.raises(JournalError, match="Input/output error"):
            fix(path)
        assert path.read_bytes() == b"bad"


def test_a_folder_that_cannot_be_synced_is_no_reason_to_fail(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch, work: Path) -> None:
    path = write("a.py", b"bad")
    really = os.fsync

    def refuse(handle: int) -> None:
        if os.path.samestat(os.fstat(handle), os.stat(work)):
            raise OSError(errno.EINVAL, "Invalid argument")
        really(handle)

    monkeypatch.setattr(os, "fsync", refuse)
    assert fix(path)[0].written


def test_the_order_on_the_way_to_the_disk(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content and journal are synced before the rename, the folder after it."""
    path = write("sub/a.py", b"bad")
    told: list[str] = []
    sync, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (told.append(os.path.basename(os.readlink(f"/proc/self/fd/{handle}"))), sync(handle)))
    monkeypatch.setattr(os, "replace", lambda source, target: (told.append("rename"), rename(source, target)))
    fix(path)
    assert told[-7:] == ["state", "originals", "journal.jsonl", "new-0", "rename", "sub", "journal.jsonl"]


@pytest.fixture(params=["same file system", "another one", "another one without nameless files"])
def place(request: pytest.FixtureRequest, work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three files to fix, reached in each of the three ways."""
    if request.param == "same file system":
        folder = work
    else:
        folder = request.getfixturevalue("other_file_system")
        monkeypatch.chdir(folder)
    if request.param == "another one without nameless files":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    restore(folder)
    return folder


CONTENTS = {"a.py": b"bad", "sub/b.py": b"2 bad", "sub/c.py": b"3 bad"}


def restore(folder: Path) -> None:
    for name, data in CONTENTS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def held(folder: Path) -> dict[str, bytes]:
    """All that stands in the folder, by relative path."""
    return {os.path.relpath(path, folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_whole(folder: Path, *, foreign: bool = False) -> None:
    found = held(folder)
    if foreign:  # a name of ours may stand there until the next run
        found = {name: data for name, data in found.items() if not os.path.basename(name).startswith(".pyfix-")}
    assert found.keys() == CONTENTS.keys()
    for name, data in CONTENTS.items():
        assert found[name] in (data, data.replace(b"bad", b"good")), name


class TestFaults:
    def fix_all(self, fix: Fix, folder: Path) -> Callable[[], list[Applied]]:
        return lambda: fix(*(folder / name for name in CONTENTS))

    def test_killed_at_every_step(self, place: Path, fix: Fix) -> None:
        step = 0
        while killed_at(step, self.fix_all(fix, place)):
            assert_whole(place, foreign=True)
            undone = undo(place)
            assert held(place) == CONTENTS, f"after a kill before step {step}"
            assert undone.refused == ()
            step += 1
        assert step > 15
        assert held(place) == {name: data.replace(b"bad", b"good") for name, data in CONTENTS.items()}

    def test_killed_at_every_step_and_run_again(self, place: Path, fix: Fix, state: Path) -> None:
        step = 0
        while killed_at(step, self.fix_all(fix, place)):
            assert all(one.cause == "" for one in fix(*(place / name for name in CONTENTS)))
            assert held(place) == {name: data.replace(b"bad", b"good") for name, data in CONTENTS.items()}
            assert not [name for name in os.listdir(state / "runs") if name.endswith(".lock")]
            while undo(place).run is not None:  # the second run, and what the first had done
                pass
            assert held(place) == CONTENTS, f"after a kill before step {step}"
            step += 1
        assert step > 15

    def test_the_undo_killed_at_every_step(self, place: Path, fix: Fix) -> None:
        step = 0
        self.fix_all(fix, place)()
        while killed_at(step, lambda: undo(place)):
            assert_whole(place, foreign=True)
            undo(place)
            assert held(place) == CONTENTS, f"after a kill before step {step}"
            assert undo(place).run is None
            self.fix_all(fix, place)()
            step += 1
        assert step > 15
        assert held(place) == CONTENTS

    @pytest.mark.parametrize("error", [KeyboardInterrupt, errno.ENOSPC, errno.EIO, errno.EACCES])
    def test_interrupted_and_failing_at_every_step(self, place: Path, fix: Fix, error: type[BaseException] | int, state: Path) -> None:
        steps = len(count_steps(self.fix_all(fix, place)))
        undo(place)
        for step in range(steps):

            def fail(number: int, name: str, step: int = step) -> None:
                if number == step:
                    raise OSError(error, os.strerror(error)) if isinstance(error, int) else error

            applied: list[Applied] = []
            try:
                with at_each_step(fail):
                    applied = self.fix_all(fix, place)()
            except (JournalError, KeyboardInterrupt):
                pass
            assert_whole(place)  # and no foreign name, since it could clean up
            for one in applied:
                assert (one.result.path.read_bytes().find(b"good") >= 0) is one.written
                assert bool(one.cause) is not one.written
            undone = undo(place)
            assert not (state / "runs").exists() or not [name for name in os.listdir(state / "runs") if name.endswith(".lock")]
            assert held(place) == CONTENTS, f"after a failure at step {step}"
            assert undone.refused == ()

    def test_a_disk_that_stays_full(self, place: Path, fix: Fix) -> None:
        steps = len(count_steps(self.fix_all(fix, place)))
        undo(place)
        for step in range(steps):

            def full(number: int, name: str, step: int = step) -> None:
                if number >= step and name in ("write", "mkdir", "open", "link"):
                    raise OSError(errno.ENOSPC, "No space left on device")

            with at_each_step(full), suppress(JournalError):
                self.fix_all(fix, place)()
            assert_whole(place)
            undo(place)
            assert held(place) == CONTENTS, f"full from step {step} on"


def test_two_runs_at_once_on_the_same_tree(write: Write, fix: Fix, work: Path, state: Path) -> None:
    names = [f"{number}.py" for number in range(200)]
    for name in names:
        write(name, b"bad")
    children = []
    for _ in range(3):
        child = fork()
        if child == 0:
            applied = fix(*(work / name for name in names))
            os._exit(0 if all(one.written or one.cause or not isinstance(one.result.outcome, Fixed) for one in applied) else 1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert {(work / name).read_bytes() for name in names} == {b"good"}
    assert sorted(os.listdir(work)) == sorted(names)
    while undo(work).run is not None:
        pass
    assert {(work / name).read_bytes() for name in names} == {b"bad"}
