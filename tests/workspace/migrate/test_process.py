"""Children: what they answer, and what is said of one that does not."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from codemods.workspace.migrate import process
from codemods.workspace.migrate.job import Job
from codemods.workspace.migrate.key import code, key_of
from codemods.workspace.migrate.nursery import Nursery, is_possible
from codemods.workspace.migrate.process import Child
from tests.workspace.migrate.repositories import FILES, refs, repository, target


def job(tmp_path: Path, **more: object) -> Job:
    git = repository(tmp_path / "app", FILES)
    base = refs(git)["refs/heads/main"]
    goal = target(git, **more)
    return Job(goal, os.fspath(tmp_path / "clones"), "refs/heads/main", base, key_of(goal, base), code())


def ran(job: Job) -> tuple[str, str, str]:
    result = Child(job).run(lambda state: None).result
    return result.state, result.kind, result.cause


def is_gone(pid: int) -> bool:
    """Whether a process has ended, if not been waited for, within a while."""
    for _ in range(200):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def acting(monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    """Have children do something else instead of their job."""
    root = os.fspath(Path(process.codemods.__file__).parent.parent)
    script = f"import sys; sys.path.insert(0, {root!r})\nfrom codemods.workspace.migrate import child, work\n{act}\nsys.exit(child.main())"
    monkeypatch.setattr(process, "_CODE", script)


def test_a_child_does_its_job_and_says_how_far_it_is(tmp_path: Path) -> None:
    states: list[str] = []
    answer = Child(job(tmp_path)).run(states.append)
    assert states == ["cloned", "applied"]
    assert answer.result.state == "applied"
    assert [commit.rule for commit in answer.result.branches[0].commits] == ["dict-keys", "range-len"]


def test_a_child_that_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acting(monkeypatch, "import os, signal\nwork.perform = lambda *_: os.kill(os.getpid(), signal.SIGKILL)")
    assert ran(job(tmp_path)) == ("failed", "died", "its process was ended by SIGKILL")


def test_a_child_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_CODE", "raise SystemExit('no such thing')")
    assert ran(job(tmp_path)) == ("failed", "died", "its process ended with status 1: no such thing")


def test_a_defect_costs_its_repository_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acting(monkeypatch, "def perform(*_): raise KeyError('x\\ny')\nwork.perform = perform")
    assert ran(job(tmp_path)) == ("failed", "defect", "this is a defect of pyfix: KeyError: 'x\\ny'")


def test_a_child_whose_time_is_over_ends_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "pid"
    sleep = [sys.executable, "-c", f"import os, time; open({os.fspath(note)!r}, 'w').write(str(os.getpid())); time.sleep(600)"]
    acting(monkeypatch, f"import subprocess\nwork.perform = lambda *_: subprocess.run({sleep!r})")
    goal = job(tmp_path, seconds=2.0)
    assert ran(goal) == ("failed", "timeout", "took longer than 2 seconds")
    if sys.platform == "linux" and note.exists() and note.read_text():
        assert is_gone(int(note.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is not bounded")
def test_a_child_that_takes_too_much_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acting(monkeypatch, "work.perform = lambda *_: bytearray(10 ** 12)")
    assert ran(job(tmp_path)) == ("failed", "memory", "took more memory than it may")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_child_ends_with_its_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent's end of the pipe is closed, as by a kill: nothing else tells the child."""
    acting(monkeypatch, "import time\nwork.perform = lambda *_: time.sleep(600)")
    child = Child(job(tmp_path))
    started = process.subprocess.Popen(
        [sys.executable, "-c", process._CODE], stdin=-1, stdout=-1, stderr=-1, start_new_session=True, cwd="/"
    )
    assert started.stdin is not None
    started.stdin.write(process.msgspec.json.encode(child._job) + b"\n")
    started.stdin.close()
    assert started.wait(timeout=60) != 0
    for pipe in (started.stdout, started.stderr):
        assert pipe is not None
        pipe.close()


ACTS = """
import os, signal, subprocess, sys, time
from codemods.workspace.migrate import work
really = work.perform
def perform(job, reached):
    if job.target.verify == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.target.verify == "grow":
        bytearray(10 ** 12)
    if job.target.verify.startswith("sleep"):
        with open(job.target.verify.partition(" ")[2], "w") as note:
            note.write(f"{os.getpid()} {os.getppid()} {os.getsid(0)}")
        time.sleep(600)
    return really(job, reached)
work.perform = perform
"""


@pytest.fixture(scope="module")
def forks() -> Iterator[Nursery]:
    """A nursery whose children do what the job's verification says."""
    if not is_possible():
        pytest.skip("this system does not fork so")
    nursery = Nursery([sys.executable, "-c", process._NURSERY.replace("; from", f"\n{ACTS}\nfrom", 1)])
    yield nursery
    nursery.close()


def forked(job: Job, forks: Nursery) -> tuple[str, str, str]:
    result = Child(job, forks).run(lambda state: None).result
    return result.state, result.kind, result.cause


def test_forks_do_their_jobs_and_cost_only_themselves(tmp_path: Path, forks: Nursery) -> None:
    goal = job(tmp_path)
    assert forked(goal, forks)[0] == "applied"
    assert forked(replaced(goal, "die"), forks) == ("failed", "died", "its process was ended by SIGKILL")
    assert forked(replaced(goal, "grow"), forks) == ("failed", "memory", "took more memory than it may")
    alone, together = Child(goal).run(lambda state: None), Child(goal, forks).run(lambda state: None)
    assert together.result.branches == alone.result.branches


def test_a_fork_whose_time_is_over(tmp_path: Path, forks: Nursery) -> None:
    note = tmp_path / "note"
    assert forked(replaced(job(tmp_path, seconds=1.0), f"sleep {note}"), forks) == ("failed", "timeout", "took longer than 1 seconds")
    if note.exists() and note.read_text():  # on a busy machine the time may be over before it begins
        pid, _, session = note.read_text().split()
        assert pid == session
        assert is_gone(int(pid))


def test_forks_end_with_the_coordinator_and_a_new_nursery_takes_the_place_of_one_that_is_gone(tmp_path: Path, forks: Nursery) -> None:
    note = tmp_path / "note"
    goal = replaced(job(tmp_path), f"sleep {note}")
    with open(tmp_path / "said", "w+b") as said:
        child = forks.start(said)
        child.stdin.write(msgspec.json.encode(goal) + b"\n")
        child.stdin.flush()
        wait_for(note)
        child.stdin.close()  # as when the coordinator is killed
        assert is_gone(child.pid)
        assert child.wait() != 0
        child.stdout.close()
    os.kill(int(note.read_text().split()[1]), signal.SIGKILL)
    assert forked(goal, forks)[:2] == ("failed", "process")
    assert forked(job(tmp_path / "again"), forks)[0] == "applied"


def replaced(job: Job, act: str) -> Job:
    return replace(job, target=replace(job.target, verify=act))


def wait_for(note: Path) -> None:
    for _ in range(600):
        if note.exists() and note.read_text().count(" ") == 2:
            return
        time.sleep(0.05)
    raise AssertionError("it did not begin")


def test_one_that_is_stopped_before_it_starts_never_does(tmp_path: Path) -> None:
    child = Child(job(tmp_path))
    child.end()
    assert child.run(lambda state: None).result.kind == "stopped"


def test_a_child_of_another_version_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = job(tmp_path)
    acting(monkeypatch, "work.code = lambda: 'other'")
    assert ran(goal)[:2] == ("failed", "version")
