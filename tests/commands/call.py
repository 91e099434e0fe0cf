"""Calls of `pyfix`: in this process, in one of its own, and in a terminal; and the little files they are for."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codemods.commands import main

ROOT = Path(__file__).resolve().parents[2]

SAFE = b"def show(d: dict[str, int]) -> None:\n    for key in d.keys():\n        print(key)\n"
SAFE_AFTER = SAFE.replace(b".keys()", b"")
UNSAFE = SAFE.replace(b": dict[str, int]", b"")
REFUSED = b"class Odd(dict):\n    def __iter__(self):\n        return super().keys() in [1]\n"
SUPPRESSED = SAFE.replace(b".keys():", b".keys():  # pyfix: ignore")
BROKEN = b"def show(d:\n    for key in d.keys():\n"
NOTHING = b"pass\n"


@dataclass(frozen=True, slots=True)
class Result:
    """How a call ended. `out` and `err` are bytes, as they left."""

    status: int
    out: bytes
    err: bytes

    @property
    def lines(self) -> list[str]:
        return self.out.decode().splitlines()

    @property
    def complaints(self) -> list[str]:
        return self.err.decode().splitlines()


def call(*arguments: str, stdin: bytes = b"") -> Result:
    """`pyfix` in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    with _streams(stdin, out, err):
        status = main(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        return Result(status, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _streams(stdin: bytes, out: io.BytesIO, err: io.BytesIO) -> Iterator[None]:
    kept = sys.stdin, sys.stdout, sys.stderr, sys.getrecursionlimit()
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", newline="\n")
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr, limit = kept
        sys.setrecursionlimit(limit)


def environment(**more: str) -> dict[str, str]:
    """The process's own, without what would colour or move the output, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYFIX_TRACEBACK")}
    return {**kept, "PYTHONPATH": os.fspath(ROOT), **more}


def spawn(*arguments: str | bytes, stdin: bytes = b"", **more: str) -> Result:
    """`pyfix` in a process of its own, with more environment variables."""
    command = [sys.executable, "-m", "codemods", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, env=environment(**more))
    return Result(done.returncode, done.stdout, done.stderr)


def in_terminal(*arguments: str, width: int = 80, **more: str) -> Result:
    """`pyfix` with a terminal of `width` columns for its output; both streams come as `out`, with the terminal's line ends undone."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    command = [sys.executable, "-m", "codemods", *arguments]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**{"TERM": "xterm-256color", **more}))
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 65536):
            shown += piece
    os.close(ours)
    return Result(process.wait(), shown.replace(b"\r\n", b"\n"), b"")


def in_dialogue(*arguments: str, keys: str, prompt: bytes = b"] ", width: int = 100, **more: str) -> Result:
    """`pyfix` in a terminal whose user presses a key each time the output ends with `prompt`."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    command = [sys.executable, "-m", "codemods", *arguments]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(**{"TERM": "xterm-256color", **more}), start_new_session=True
    )
    os.close(theirs)
    shown, answered, waiting = b"", 0, list(keys)
    with contextlib.suppress(OSError):  # the other end is closed
        while piece := os.read(ours, 65536):
            shown += piece
            if shown.endswith(prompt) and len(shown) > answered:
                answered = len(shown)
                if not waiting:
                    process.kill()
                    break
                while termios.tcgetattr(ours)[3] & termios.ICANON and process.poll() is None:
                    time.sleep(0.002)  # until it takes single keys: what is typed before that it throws away
                os.write(ours, waiting.pop(0).encode())
    os.close(ours)
    assert not waiting, f"nobody asked for {waiting}: {shown!r}"
    assert process.wait() != -9, f"there were no more keys: {shown!r}"
    return Result(process.wait(), shown.replace(b"\r\n", b"\n"), b"")
