"""One run of a command: its status, its output, and that nothing of it outlives it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from codemods.workspace.verify import command
from codemods.workspace.verify.command import Ended, split
from codemods.workspace.verify.problem import VerifyError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups")

CHILD = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
{then}
"""


def run(code: str, seconds: float | None = None) -> Ended:
    return command.run([sys.executable, "-c", code], Path.cwd(), dict(os.environ), Path("said"), seconds)


def is_gone(pid: int) -> bool:
    """Dead, or dying: an orphan is only taken away when its new parent gets to it."""
    for _ in range(200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
            os.kill(pid, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("status", [0, 1, 125, 127])
def test_the_status(work: Path, status: int) -> None:
    ended = run(f"import sys; print('out'); sys.stdout.flush(); print('err', file=sys.stderr); sys.exit({status})")
    assert (ended.status, ended.tail, ended.words) == (status, "out\nerr", f"status {status}")


def test_a_signal(work: Path) -> None:
    ended = run("import os; os.kill(os.getpid(), 11)")
    assert (ended.status, ended.words) == (128 + signal.SIGSEGV, "signal 11")


def test_what_it_leaves_in_the_background_ends_with_it(work: Path) -> None:
    ended = run(CHILD.format(then=""))
    assert ended.status == 0
    assert is_gone(int(ended.tail))


def test_when_its_time_is_over_all_of_it_ends_though_it_will_not(work: Path) -> None:
    ended = run(CHILD.format(then="import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"), seconds=1.5)
    assert (ended.status, ended.words) == (None, "took longer than 1.5 s")
    assert is_gone(int(ended.tail))


def test_an_interrupt_ends_it(work: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    kept = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 1.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            run(CHILD.format(then="time.sleep(600)"))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, kept)
    assert is_gone(int(Path("said").read_text()))


def test_long_output_is_cut_at_its_beginning(work: Path) -> None:
    lines = run("for i in range(10_000): print('line', i)").tail.splitlines()
    assert (len(lines), lines[-1]) == (command.TAIL_LINES, "line 9999")


def test_it_has_no_input(work: Path) -> None:
    assert run("print(repr(input.__self__), input())").status == 1


def test_words() -> None:
    assert split("pytest -q 'a b' c\\ d") == ["pytest", "-q", "a b", "c d"]
    for words in ("", "'a"):
        with pytest.raises(VerifyError):
            split(words)


def test_a_program_that_cannot_be_run(work: Path) -> None:
    Path("data").write_text("no program")
    for name in ("./data", "./gone", "a\0b"):
        with pytest.raises(VerifyError, match="the command cannot be run"):
            command.run([name], Path.cwd(), dict(os.environ), Path("said"), None)
