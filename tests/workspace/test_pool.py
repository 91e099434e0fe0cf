"""A run over many files: the same outcomes in the same order, wherever they were judged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codemods.model.outcome import Failed, Fixed, Outcome
from codemods.model.settings import Settings
from codemods.workspace import pool
from codemods.workspace.discover import Found, Problem
from codemods.workspace.pool import FileResult, run
from codemods.workspace.worker import Admits
from tests.workspace.fake import SETTINGS, core

Write = Callable[..., Path]


def judged(paths: list[Path], jobs: int, **options: object) -> list[FileResult]:
    found = [Found(path, named=False) for path in paths]
    return list(run(found, lambda path: SETTINGS, jobs=jobs, process=core, **options))  # type: ignore[arg-type]


@pytest.fixture
def tree(write: Write) -> list[Path]:
    """Three hundred files of all kinds and sizes."""
    words = [b"bad", b"seen", b"other", b"broken", b"deep", b"raise"]
    chance = random.Random(7)
    return [write(f"f{number}.py", words[number % len(words)] + b" " * chance.choice((0, 10, 1000, 90_000))) for number in range(300)]


@pytest.mark.parametrize("patience", [0.0, 0.005])
@pytest.mark.parametrize("jobs", [2, 5, 0])
def test_any_number_of_processes_gives_the_same(tree: list[Path], jobs: int, patience: float) -> None:
    alone = judged(tree, 1)
    assert [result.path for result in alone] == tree
    assert judged(tree, jobs, patience=patience) == alone


def test_a_short_run_starts_no_process(tree: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    monkeypatch.setattr(multiprocessing, "get_context", lambda name: pytest.fail("started a process"))
    assert len(judged(tree, 4, patience=60)) == 300


def test_a_large_file_is_left_to_the_others(write: Write) -> None:
    me = os.getpid()
    small, large, after = write("a.py", b"bad"), write("b.py", b"bad" + b" " * pool.LARGE_BYTES), write("c.py", b"bad")
    judges = {
        result.path: result.outcome
        for result in run([Found(path, named=False) for path in (small, large, after)], settings, jobs=2, process=who)
    }
    assert judges[small] == Failed(me, "judged")
    assert judges[large] != Failed(me, "judged")


def test_behind_many_known_results_a_file_to_parse_is_left_to_the_others(write: Write) -> None:
    known = [FileResult(Path(f"k{number}"), Failed(0, "known")) for number in range(pool.KNOWN_RESULTS)]
    early, late, after = (Found(write(name, b"bad"), named=False) for name in ("a.py", "b.py", "c.py"))

    def judges(admits: Admits) -> list[bool]:
        results = run([early, *known, late, *known, after], settings, jobs=2, process=who, admits=admits)
        return [one.outcome == Failed(os.getpid(), "judged") for one in results if one.outcome != Failed(0, "known")]

    assert judges(asked) == [True, False, False]
    assert judges(not_asked) == [True, True, True]


def asked(data: bytes, rules: object) -> bool:
    return True


def not_asked(data: bytes, rules: object) -> bool:
    return False


def settings(path: Path) -> Settings:
    return SETTINGS


def who(data: bytes, settings: Settings, *, named: bool) -> Outcome:
    return Failed(os.getpid(), "judged")


def test_one_process_judges_large_files_too(write: Write) -> None:
    path = write("b.py", b"bad" + b" " * pool.LARGE_BYTES)
    assert next(run([Found(path, named=False)], settings, jobs=1, process=who)).outcome == Failed(os.getpid(), "judged")


def test_problems_keep_their_place(write: Write) -> None:
    found = [Problem(Path("x"), 0, "is not there"), Found(write("a.py", b"bad"), named=False), Problem(Path("y"), 3, "is wrong")]
    for options in ({"jobs": 1}, {"jobs": 2, "patience": 0.0}):
        results = list(run(found, settings, process=core, **options))  # type: ignore[arg-type]
        assert [result.path.name for result in results] == ["x", "a.py", "y"]
        assert isinstance(results[1].outcome, Fixed)


def test_nothing_to_do() -> None:
    assert judged([], 1) == judged([], 2) == judged([], 2, patience=0.0) == []


def test_files_are_taken_as_they_are_found(write: Write) -> None:
    """The search for files and the work on them go hand in hand."""
    paths = [write(f"f{number}.py", b"seen") for number in range(2000)]
    taken = 0

    def find() -> Iterator[Found]:
        nonlocal taken
        for path in paths:
            taken += 1
            yield Found(path, named=False)

    results = run(find(), settings, jobs=1, process=core)
    next(results)
    assert taken == 1
    assert sum(1 for _ in results) == 1999


class TestDeath:
    def test_a_file_that_kills_its_worker_costs_itself(self, tree: list[Path], write: Write) -> None:
        killers = [write(f"killer{number}.py", b"kill") for number in range(3)]
        paths = tree[:100] + killers[:1] + tree[100:102] + killers[1:] + tree[102:]
        outcomes = {result.path: result.outcome for result in judged(paths, 2, patience=0.0)}
        assert [outcomes.pop(path) for path in killers] == [Failed(0, "the worker process died (SIGKILL)")] * 3
        assert outcomes == {result.path: result.outcome for result in judged(tree, 1)}

    def test_nothing_but_killers(self, write: Write) -> None:
        paths = [write(f"{number}.py", b"kill") for number in range(12)]
        results = judged(paths, 3, patience=0.0)
        assert [result.path for result in results] == paths
        assert {result.outcome for result in results} == {Failed(0, "the worker process died (SIGKILL)")}

    def test_a_worker_that_leaves_by_itself(self, write: Write) -> None:
        results = list(run([Found(write("a.py"), named=False)], settings, jobs=2, process=leave, patience=0.0))
        assert results[0].outcome == Failed(0, "the worker process died")

    def test_no_worker_is_left_behind(self, tree: list[Path], write: Write) -> None:
        import multiprocessing

        judged([*tree, write("killer.py", b"kill")], 3, patience=0.0)
        assert multiprocessing.active_children() == []

    def test_where_no_process_can_be_started(self, tree: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
        from codemods.workspace import crew

        alone = judged(tree, 1)
        monkeypatch.setattr(crew, "serve", stillborn)
        assert judged(tree, 2, patience=0.0) == alone

    def test_a_file_that_takes_too_long(self, write: Write) -> None:
        paths = [write("a.py", b"bad"), write("b.py", b"sleep"), write("c.py", b"bad")]
        started = time.monotonic()
        results = judged(paths, 2, patience=0.0, limit=0.3)
        assert time.monotonic() - started < 10
        assert results[1].outcome == Failed(0, "took longer than 0.3 seconds")
        assert isinstance(results[0].outcome, Fixed)
        assert isinstance(results[2].outcome, Fixed)


def leave(data: bytes, settings: Settings, *, named: bool) -> Outcome:
    os._exit(0)


def stillborn(*arguments: object) -> None:
    os._exit(1)


def test_large_messages_do_not_jam(write: Write, work: Path) -> None:
    """Long paths and large results, both ways at once."""
    deep = "/".join(["d" * 200] * 15)
    paths = [write(f"{deep}/{number}.py", b"bad" + b"x" * 400_000) for number in range(60)]
    results = judged(paths, 2, patience=0.0)
    assert [result.path for result in results] == paths
    assert all(isinstance(result.outcome, Fixed) for result in results)


def test_closing_ends_the_workers(write: Write) -> None:
    import multiprocessing

    paths = [write("a.py", b"bad" + b" " * 200_000), *(write(f"{number}.py", b"sleep" + b" " * 200_000) for number in range(4))]
    results = run([Found(path, named=False) for path in paths], settings, jobs=2, process=core, patience=0.0)
    started = time.monotonic()
    assert isinstance(next(results).outcome, Fixed)
    assert len(multiprocessing.active_children()) == 2
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
    assert time.monotonic() - started < 10


SCRIPT = """
import sys, time
from pathlib import Path
from codemods.workspace.discover import Found
from codemods.workspace.pool import run
from tests.workspace.fake import SETTINGS, core

if __name__ == "__main__":
    found = [Found(Path(name), named=False) for name in sys.argv[1:]]
    print("started", flush=True)
    for result in run(found, lambda path: SETTINGS, jobs=2, process=core, patience=0.0):
        print(result.path, type(result.outcome).__name__, flush=True)
"""


def start(work: Path, script: str, *names: str) -> subprocess.Popen[str]:
    (work / "script.py").write_text(script)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, "script.py", *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def children(pid: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_parent(write: Write, work: Path, how: signal.Signals) -> None:
    """Ctrl-C goes to the whole group, a kill to the parent alone; a worker that is busy ends when it is done."""
    script = SCRIPT.replace("process=core", "process=slow").replace(
        "if __name__", "def slow(data, settings, *, named):\n    time.sleep(1)\n    return core(data, settings, named=named)\n\nif __name__"
    )
    names = [str(write(f"{number}.py", b"seen" + b" " * 200_000)) for number in range(20)]
    process = start(work, script, *names)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "started\n"
        until = time.monotonic() + 20
        while len(workers := children(process.pid)) < 2:
            assert time.monotonic() < until
            time.sleep(0.01)
        time.sleep(0.2)
        if how is signal.SIGINT:
            os.killpg(process.pid, how)
        else:
            os.kill(process.pid, how)
        process.wait(20)
        errors = process.stderr.read()
        assert "Process" not in errors  # what a worker's traceback is headed with
        assert errors.count("Traceback") == (1 if how is signal.SIGINT else 0)
        until = time.monotonic() + 20
        while any(alive(worker) for worker in workers):
            assert time.monotonic() < until
            time.sleep(0.02)
    finally:
        process.kill()
        process.communicate()


def test_where_processes_are_not_forked(write: Write, work: Path) -> None:
    """As on macOS and Windows: fresh interpreters, to which everything is sent."""
    names = [str(write("a.py", b"bad")), str(write("b.py", b"kill")), str(write("c.py", b"seen"))]
    process = start(work, SCRIPT.replace("import sys, time", "import sys, time\nsys.platform = 'darwin'"), *names)
    output, errors = process.communicate(timeout=60)
    assert [line.rpartition(" ")[2] for line in output.splitlines()] == ["started", "Fixed", "Failed", "Clean"], errors


def test_beside_another_thread_nothing_is_forked(tree: list[Path]) -> None:
    import threading

    alone = judged(tree, 1)
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert judged(tree, 2, patience=0.0) == alone
    finally:
        done.set()
        other.join()


def test_nothing_heavy_is_imported_for_a_short_run(write: Write, work: Path) -> None:
    script = (
        SCRIPT.replace("patience=0.0", "patience=60")
        + "    print([name for name in ('multiprocessing', 'pickle', 'libcst') if name in sys.modules])\n"
    )
    output, errors = start(work, script, str(write("a.py", b"bad"))).communicate(timeout=60)
    assert output.splitlines()[-1] == "[]", errors
