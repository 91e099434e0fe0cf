"""The state directory: where it is, what it keeps, and what it throws away."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from codemods.workspace import state as state_module
from codemods.workspace.apply import Applied
from codemods.workspace.folders import user_folder
from codemods.workspace.state import crashed_runs, create_run, is_run_id, new_id, prune, remove_run, run_ids

Fix = Callable[..., list[Applied]]


def test_where_it_is(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert user_folder("state") == state
    assert user_folder("state", tmp_path) == tmp_path
    monkeypatch.setenv("PYFIX_STATE_DIR", "relative")
    assert user_folder("state") == Path.cwd() / "relative"
    monkeypatch.delenv("PYFIX_STATE_DIR")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    assert user_folder("state") == platformdirs.user_state_path("pyfix", appauthor=False)
    assert user_folder("state").name == "pyfix"
    assert not (tmp_path / "xdg").exists()


def test_ids_sort_by_time() -> None:
    ids = [new_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert [id[:23] for id in ids] == sorted(id[:23] for id in ids)
    assert all(is_run_id(id) for id in ids)
    assert not is_run_id("../" + ids[0])
    assert not is_run_id("")


def test_it_is_the_users_alone(state: Path) -> None:
    run, folder, lock = create_run(state)
    lock.remove()
    for path in (state / "runs", folder):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert run_ids(state) == [run]


def test_foreign_names_are_no_runs(state: Path) -> None:
    (state / "runs" / "mine").mkdir(parents=True)
    (state / "runs" / "x.lock").touch()
    assert run_ids(state) == []
    assert list(crashed_runs(state)) == []


def test_a_run_under_way_is_not_removed(state: Path) -> None:
    run, folder, lock = create_run(state)
    assert not remove_run(state, run)
    assert folder.exists()
    assert list(crashed_runs(state)) == []
    lock.leave()
    assert [name for name, held in crashed_runs(state) if held.leave() is None] == [run]
    assert remove_run(state, run)
    assert os.listdir(state / "runs") == []


def test_two_runs_in_one_microsecond(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [new_id(), new_id()]
    given = iter([ids[0], ids[0], ids[1]])
    monkeypatch.setattr(state_module, "new_id", lambda: next(given))
    first, _, one = create_run(state)
    second, _, two = create_run(state)
    assert [first, second] == ids
    one.remove()
    two.remove()


class TestBound:
    def sizes(self, state: Path, *sizes: int) -> list[str]:
        ids = []
        for size in sizes:
            run, folder, lock = create_run(state)
            (folder / "originals").write_bytes(b"x" * size)
            lock.remove()
            ids.append(run)
        return ids

    def test_the_oldest_go_first(self, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(state_module, "BYTES_KEPT", 1000)
        ids = self.sizes(state, 400, 400, 400, 400)
        prune(state)
        assert run_ids(state) == ids[2:]

    def test_the_newest_stays_whatever_its_size(self, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(state_module, "BYTES_KEPT", 1000)
        ids = self.sizes(state, 10, 4000)
        prune(state)
        assert run_ids(state) == ids[1:]

    def test_so_does_the_one_that_asks(self, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(state_module, "BYTES_KEPT", 1000)
        ids = self.sizes(state, 900, 900, 900)
        prune(state, keep=ids[0])
        assert run_ids(state) == [ids[0], ids[2]]

    def test_there_are_not_too_many(self, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(state_module, "RUNS_KEPT", 2)
        ids = self.sizes(state, 1, 1, 1, 1, 1)
        prune(state)
        assert run_ids(state) == ids[3:]

    def test_a_run_that_applies_keeps_the_bound(
        self, state: Path, write: Callable[..., Path], fix: Fix, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(state_module, "BYTES_KEPT", 6000)
        for number in range(6):
            fix(write(f"{number}.py", b"bad" + b" " * 2000))
        assert len(run_ids(state)) == 2

    def test_what_is_left_of_a_half_removed_run_goes(self, state: Path) -> None:
        (run,) = self.sizes(state, 10)
        (state / "runs" / f"{run}.lock").touch()
        assert remove_run(state, run)
        assert os.listdir(state / "runs") == []

    def test_nothing_there(self, state: Path) -> None:
        prune(state)
        assert run_ids(state) == []
        assert not state.exists()
