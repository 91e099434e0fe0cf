"""Children: what they answer, and what is said of one that does not."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from codemods.workspace.migrate import process
from codemods.workspace.migrate.job import Job
from codemods.workspace.migrate.key import code, key_of
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


def test_one_that_is_stopped_before_it_starts_never_does(tmp_path: Path) -> None:
    child = Child(job(tmp_path))
    child.end()
    assert child.run(lambda state: None).result.kind == "stopped"


def test_a_child_of_another_version_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = job(tmp_path)
    acting(monkeypatch, "work.code = lambda: 'other'")
    assert ran(goal)[:2] == ("failed", "version")
