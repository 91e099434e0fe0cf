"""The engine `dask`, with a scheduler and two workers in processes of their own, one of which is killed while it works.

Runs where the extra `cluster` is installed: CI goes without, since starting a cluster takes as long as a hundred other tests.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from codemods.workspace.migrate.campaign import Campaign, Wishes
from codemods.workspace.migrate.cluster import ABSENT, Cluster
from codemods.workspace.migrate.engine import EngineError
from codemods.workspace.migrate.store import Store
from tests.commands.call import environment
from tests.workspace.migrate.repositories import FILES, KEYS, Silent, migrated, refs, repository, target


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngineError, match="pyfix-codemods\\[cluster\\]"):
        Cluster("tcp://127.0.0.1:1", None)
    assert "pip install" in ABSENT


@contextmanager
def started(*commands: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes of dask's, which are gone when the context ends, however it does."""
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            run = [sys.executable, "-m", *command]
            quiet = subprocess.DEVNULL
            processes.append(subprocess.Popen(run, env=environment(), stdout=quiet, stderr=quiet, start_new_session=True))
        yield processes
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists() and path.stat().st_size:
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} did not come")


@pytest.mark.filterwarnings("ignore")  # what dask and its libraries warn of is no concern of ours
@pytest.mark.skipif(sys.platform != "linux", reason="kills a process group")
def test_a_worker_that_is_killed_costs_no_branch_and_no_byte(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    gits = [repository(tmp_path / f"r{number}", {**FILES, f"own{number}.py": KEYS}) for number in range(6)]
    targets = [target(git) for git in gits]
    alone = migrated(tmp_path / "alone", *targets)
    wanted = [refs(git).pop("refs/heads/pyfix/migrate") for git in gits]
    for git in gits:
        git.run("update-ref", "-d", "refs/heads/pyfix/migrate")
    file = tmp_path / "scheduler.json"
    scheduler = [
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        os.fspath(file),
    ]
    options = ["--scheduler-file", os.fspath(file), "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60"]
    workers = [
        ["distributed.cli.dask_worker", *options, "--name", name, "--local-directory", os.fspath(tmp_path / name), "--memory-limit", "0"]
        for name in ("w0", "w1")
    ]
    with started(scheduler) as _:
        wait_for(file)
        with started(*workers) as processes:
            engine = Cluster(None, os.fspath(file), slots=4)
            engine._client.wait_for_workers(2, timeout=60)
            killed = Killing(engine, processes)
            store = Store(tmp_path / "state.sqlite")
            store.enter(targets)
            Campaign(store, engine, tmp_path / "clones", Wishes(), killed).run(targets)
            rows = {row.name: row for row in store.rows()}
            store.close()
            assert killed.victim is not None, "no worker had anything to do"
            assert processes[killed.victim].wait(60) == -signal.SIGKILL
            assert processes[1 - killed.victim].poll() is None
    assert {row.state for row in rows.values()} == {"committed"}
    assert [refs(git)["refs/heads/pyfix/migrate"] for git in gits] == wanted
    assert {name: row.key for name, row in rows.items()} == {name: row.key for name, row in alone.items()}


class Killing(Silent):
    """Kills a worker that is at work, when the first repository is done."""

    def __init__(self, engine: Cluster, processes: list[subprocess.Popen[bytes]]) -> None:
        super().__init__()
        self._engine, self._processes = engine, processes
        self.victim: int | None = None

    def ended(self, target: object, row: object) -> None:
        super().ended(target, row)  # type: ignore[arg-type] # it only keeps them
        if self.victim is not None:
            return
        names = {address: info["name"] for address, info in self._engine._client.scheduler_info()["workers"].items()}
        busy = [names[address] for address, tasks in self._engine._client.processing().items() if tasks]
        if busy:
            self.victim = int(busy[0].removeprefix("w"))
            os.killpg(self._processes[self.victim].pid, signal.SIGKILL)


def test_a_cluster_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with pytest.raises(EngineError, match="there is no such scheduler file"):
        Cluster(None, os.fspath(tmp_path / "none"))
    with pytest.raises(EngineError, match="nonsense is no address of a scheduler"):
        Cluster("nonsense", None)
    with pytest.raises(EngineError, match=r"needs certificates, which Dask's configuration is to name"):
        Cluster("tls://127.0.0.1:1", None)
