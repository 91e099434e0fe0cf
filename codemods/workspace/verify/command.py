"""The verification command: run without a shell, in a process group of its own that ends with it, and what its end means."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from codemods.workspace.files import cause_of
from codemods.workspace.verify.problem import VerifyError

# The end of what a command says that is kept for the report.
TAIL_BYTES = 20_000
TAIL_LINES = 60
_GRACE_SECONDS = 2.0
CANNOT_JUDGE = 125
ABORT = 128


class Ended(Struct, frozen=True):
    """How a command ended.

    Attributes:
        status: its exit status, as a shell gives it: 128 and the signal's number where one ended it; None where its time was over.
        tail: the end of what it printed, on both streams.
    """

    status: int | None
    tail: str
    seconds: float

    @property
    def words(self) -> str:
        """How it ended, for people."""
        if self.status is None:
            return f"took longer than {self.seconds:.3g} s"
        return f"signal {self.status - ABORT}" if self.status > ABORT else f"status {self.status}"


def split(command: str) -> list[str]:
    """The command's words, as a shell splits them. Nothing else is done with them: who wants a shell writes `sh -c`. Raises VerifyError."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise VerifyError(f"the command cannot be split into words: {error}") from None
    if not words:
        raise VerifyError("the command is empty")
    return words


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    said: Path,
    seconds: float | None,
    *,
    errors: Path | None = None,
) -> Ended:
    """Run it in `folder`. Its output goes to the file `said`, what it says on standard error to `errors`, if that is apart.

    Whatever it has started ends with it. Raises VerifyError.

    A file and no pipe, since what is left running in the background would hold a pipe open.
    """
    began = time.monotonic()
    status: int | None = None
    with open(said, "wb") as output, open(errors or os.devnull, "wb") as apart:
        process = _started(command, folder, environment, output.fileno(), apart.fileno() if errors is not None else subprocess.STDOUT)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            _end(process)
    if status is not None and status < 0:
        status = ABORT - status
    return Ended(status, _tail(said), time.monotonic() - began if status is not None else seconds or 0.0)


def _started(command: Sequence[str], folder: Path, environment: Mapping[str, str], output: int, errors: int) -> subprocess.Popen[bytes]:
    flags = int(getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))  # Windows has no sessions
    try:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
            creationflags=flags,
        )
    except (OSError, ValueError) as error:
        raise VerifyError(f"the command cannot be run: {command[0]}: {cause_of(error)}") from None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: politely while its leader lives, and what is then left at once."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
            process.wait()
        return
    if process.poll() is None:
        _signal(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_SECONDS)
    _signal(process.pid, signal.SIGKILL)
    process.wait()


def _signal(group: int, number: int) -> None:
    with suppress(OSError):
        os.killpg(group, number)


def _tail(said: Path) -> str:
    with open(said, "rb") as output:
        size = output.seek(0, os.SEEK_END)
        output.seek(max(size - TAIL_BYTES, 0))
        text = output.read().decode("utf-8", "replace")
    return "\n".join(text.splitlines()[-TAIL_LINES:])
