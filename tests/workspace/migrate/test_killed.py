"""A migration that is killed at any step and run again: it goes on, nothing is done twice, nothing is half there."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codemods.workspace.git.command import Git
from codemods.workspace.migrate.store import Store
from tests.workspace.migrate.repositories import FILES, KEYS, LOOP, Here, migrated, refs, repository, rules_of, target

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
# By hand, each step: PYFIX_EACH_STEP=1 pytest tests/workspace/migrate/test_killed.py
STRIDE = 1 if os.environ.get("PYFIX_EACH_STEP") else 17
OWNED = {"CODEOWNERS": b"*.py @all\nlib/ @lib @two\n", "a.py": KEYS, "lib/b.py": KEYS + LOOP, "lib/c.py": KEYS}


def counting(act: Callable[[int], None]) -> None:
    """Have `act(n)` called before the n-th call of git and the n-th statement of the state's, for the rest of this process."""
    guard = threading.Lock()
    taken = 0

    def wrapped(really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal taken
            with guard:
                taken += 1
                act(taken)
            return really(*args, **options)

        return call

    Git.call = wrapped(Git.call)  # type: ignore[method-assign]
    Store._run = wrapped(Store._run)  # type: ignore[method-assign]


def in_fork(action: Callable[[], object]) -> int:
    """How a fork ends that does it: its status, or less than zero the signal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # since 3.12 where there are threads, which the fork does not need
        child = os.fork()
    if not child:
        try:
            action()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class World:
    """Two repositories, one with a remote and branches by owner, and the branches that they are to get."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.one, self.two = repository(folder / "one", OWNED), repository(folder / "two", FILES)
        self.remote = repository(folder / "remote", {"x": b"1"})
        self.one.run("remote", "add", "origin", os.fspath(folder / "remote"))
        self.engine = Here()

    def run(self) -> dict[str, str]:
        """The states, by name."""
        targets = (target(self.one, owners=True), target(self.two))
        rows = migrated(self.folder / "state", *targets, engine=self.engine, push=True)
        return {row.name: f"{row.state} {row.kind}".strip() for row in rows.values()}

    def heads(self) -> tuple[dict[str, str], ...]:
        """All branches but those that were there before."""
        kept = [refs(git) for git in (self.one, self.two, self.remote)]
        return tuple({name: oid for name, oid in found.items() if name.startswith("refs/heads/pyfix/")} for found in kept)


def expected(folder: Path) -> tuple[int, tuple[dict[str, str], ...]]:
    """How many steps a whole run takes, and what it leaves."""
    world = World(folder)
    note = folder / "steps"
    assert in_fork(lambda: (counting(lambda n: note.write_text(str(n)) and None), world.run())) == 0
    world.engine = Here()
    assert world.run() == {"one": "pushed", "two": "failed no-remote"}
    assert [len(heads) for heads in world.heads()] == [2, 1, 2]
    assert rules_of(world.one, "pyfix/migrate-lib-two") == ["dict-keys", "range-len"]
    return int(note.read_text()), world.heads()


def names_of(heads: tuple[dict[str, str], ...]) -> list[list[str]]:
    return [sorted(found) for found in heads]


def test_a_run_that_is_killed_at_any_step_and_run_again(tmp_path: Path) -> None:
    steps, whole = expected(tmp_path / "whole")
    names = names_of(whole)
    trees: set[tuple[str, ...]] = set()
    for at in range(1, steps + 1, STRIDE):
        world = World(tmp_path / f"at{at}")

        def die(n: int, at: int = at) -> None:
            if n == at:
                os.kill(os.getpid(), signal.SIGKILL)

        assert in_fork(lambda: (counting(die), world.run())) == -signal.SIGKILL  # noqa: B023 - run at once
        for found, all_of_it in zip(names_of(world.heads()), names, strict=True):
            assert found in ([], all_of_it), f"half of the branches were there when it was killed at step {at}"
        done = {name for name, heads in zip(("one", "two"), world.heads(), strict=False) if heads}
        between = world.heads()
        assert world.run() == {"one": "pushed", "two": "failed no-remote"}, at
        again = {job.target.name for job in world.engine.jobs}
        assert not done & again, f"{again} was done twice after it was killed at step {at}"
        assert names_of(world.heads()) == names
        for before, after in zip(between, world.heads(), strict=True):
            assert {name: after[name] for name in before} == before
        trees.add(tuple(world.one.line("rev-parse", f"{name}^{{tree}}") for name in sorted(world.heads()[0])))
    assert len(trees) == 1
    assert steps > 40


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_children_of_a_coordinator_that_is_killed_end_with_it(tmp_path: Path) -> None:
    import subprocess
    import time

    from tests.commands.call import environment

    git = repository(tmp_path / "app", FILES)
    note = tmp_path / "child"
    script = (
        "import sys\nfrom codemods.workspace.migrate import process\n"
        f'act = "import os, time\\nfrom codemods.workspace.migrate import work\\n" \\\n'
        f"    \"def perform(*_):\\n open({os.fspath(note)!r}, 'w').write(str(os.getpid())); time.sleep(600)\\nwork.perform = perform\\n\"\n"
        "process._NURSERY = process._NURSERY.replace('sys.exit(serve())', '') + '\\n' + act + 'sys.exit(serve())'\n"
        "from codemods.commands import main\nsys.exit(main(sys.argv[1:]))"
    )
    (tmp_path / "list").write_text(f"{git.folder}\n")
    command = [sys.executable, "-c", script, "migrate", os.fspath(tmp_path / "list"), "--state", os.fspath(tmp_path / "s"), "-q"]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) as process:
        for _ in range(1200):
            if note.exists() and note.read_text():
                break
            time.sleep(0.05)
        process.kill()
    from tests.workspace.migrate.test_process import is_gone

    assert is_gone(int(note.read_text()))
    assert migrated(tmp_path, target(git))["app"].state == "committed"
