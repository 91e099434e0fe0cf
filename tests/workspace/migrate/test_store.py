"""The state file: claims, leases, results, and who may open it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from codemods.model.migration import Result
from codemods.workspace.migrate import store as module
from codemods.workspace.migrate.plan import Target
from codemods.workspace.migrate.store import LEASE_SECONDS, StateError, Store

TARGETS = [Target(f"r{number}", f"/r{number}") for number in range(50)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "state.sqlite")
    store.enter(TARGETS)
    yield store
    store.close()


def test_a_result_and_its_state_come_together(store: Store) -> None:
    store.record("/r1", Result("skipped", "blind", "cannot see"), base="b", key="k", seconds=1.5)
    row = store.row("/r1")
    assert (row.state, row.kind, row.cause, row.key, row.seconds) == ("skipped", "blind", "cannot see", "k", 1.5)
    assert row.result == store.result("k") == Result("skipped", "blind", "cannot see")
    store.record("/r1", Result("no-change"), base="c", key="l", seconds=1.0)
    assert (store.row("/r1").state, store.row("/r1").kind) == ("no-change", "")
    assert store.result("k") is None  # of a base that nobody asks for any more


def test_it_is_still_there_when_it_is_opened_again(tmp_path: Path, store: Store) -> None:
    store.record("/r1", Result("no-change"), base="b", key="k", seconds=1.0)
    store.note_tip("/r1", "b", "1")
    store.close()
    again = Store(tmp_path / "state.sqlite")
    assert again.row("/r1").state == "no-change"
    assert again.is_ours("/r1", "b", "1")
    assert not again.is_ours("/r2", "b", "1")
    again.close()


def test_no_repository_is_claimed_twice_by_threads_of_two_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the file system knows no locks: only the leases tell two coordinators apart."""
    monkeypatch.setattr(module, "acquire", lambda path: replace(lock, certain=False) if (lock := real(path + str(next(counter)))) else None)
    real, counter = __import__("codemods.workspace.lock", fromlist=["acquire"]).acquire, iter(range(10))
    stores = [Store(tmp_path / "s"), Store(tmp_path / "s")]
    stores[0].enter(TARGETS)
    claims: list[str] = []

    def claim_all(store: Store) -> None:
        claims.extend(target.source for target in TARGETS if store.claim(target.source))

    threads = [threading.Thread(target=claim_all, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims) == sorted(target.source for target in TARGETS)
    for store in stores:
        store.close()


def test_a_lease_that_ran_out_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, counter = module.acquire, iter(range(10))
    monkeypatch.setattr(module, "acquire", lambda path: replace(lock, certain=False) if (lock := real(path + str(next(counter)))) else None)
    now = [1000.0]
    one = Store(tmp_path / "s", clock=lambda: now[0])
    one.enter(TARGETS)
    assert one.claim("/r1")
    two = Store(tmp_path / "s", clock=lambda: now[0] + 1)
    assert not two.claim("/r1")
    now[0] += LEASE_SECONDS + 1
    assert two.claim("/r1")
    assert two.row("/r1").attempts == 2
    two.release("/r1")
    assert one.claim("/r1")
    one.close()
    two.close()


def test_one_coordinator_at_a_time(tmp_path: Path, store: Store) -> None:
    with pytest.raises(StateError, match="another pyfix works with it"):
        Store(tmp_path / "state.sqlite")
    reader = Store(tmp_path / "state.sqlite", writing=False)
    assert len(list(reader.rows())) == 50
    with pytest.raises(StateError, match="readonly"):
        reader.reach("/r1", "cloned")
    reader.close()


def test_what_is_no_state_file(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database, and longer than the head of one is" * 50)
    with pytest.raises(StateError, match="is no state of a migration"):
        Store(tmp_path / "text")
    with pytest.raises(StateError, match="there is no such state"):
        Store(tmp_path / "none", writing=False)
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE facts (name, value)")
    other.commit()
    other.close()
    with pytest.raises(StateError, match="written by another version"):
        Store(tmp_path / "other")
    (tmp_path / "folder").write_text("")
    with pytest.raises(StateError, match="cannot be written"):
        Store(tmp_path / "folder" / "x")


def test_a_file_that_is_gone_wrong_stops_the_run(store: Store) -> None:
    store._connection.execute("DROP TABLE repositories")
    with pytest.raises(StateError, match="no such table"):
        store.claim("/r1")


def test_the_plan_decides_what_counts(store: Store) -> None:
    store.enter([TARGETS[3], TARGETS[1]])
    assert [row.name for row in store.rows()] == ["r3", "r1"]
    assert store.counts() == {"planned": 2}


def test_when_pull_requests_were_opened(store: Store) -> None:
    store.note_request("/r1", "a", "https://x/1", opened=True)
    store.note_request("/r1", "b", "https://x/2", opened=False)
    assert len(store.opened_since(1.0)) == 1
    assert store.row("/r1").requests == ("https://x/1", "https://x/2")
