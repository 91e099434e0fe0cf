"""Children that need not start from nothing: a process with everything imported, from which each is forked.

To start an interpreter and import what a job needs takes a second, ten times as long as the job of a small repository. The process here
does nothing but import and fork, has no threads and never sees a job, so that each child is as fresh as one of its own. It reaps a child
only when it is asked to: until then the child's number, which is also its group's, is nobody else's.

Each question is one message on a socket, answered before the next: `fork` with the child's three streams gives its number, `reap NUMBER`
its exit status.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from typing import IO, NoReturn

MESSAGE = 64


def is_possible() -> bool:
    """Whether the system can do this."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"  # whose libraries do not bear forks


class Forked:
    """A child, as `subprocess.Popen` has it, as far as that is needed."""

    def __init__(self, nursery: Nursery, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._nursery = nursery
        self.pid = pid
        self.stdin, self.stdout = stdin, stdout
        self.returncode: int | None = None

    def terminate(self) -> None:
        """Ask it to end. Raises OSError."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End it. Raises OSError."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit status, or less than zero the signal that ended it."""
        if self.returncode is None:
            self.returncode = self._nursery.reap(self.pid)
        return self.returncode


class Nursery:
    """The process that children are forked from, started when the first is wanted, and again if it is gone. `close` must be called."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def start(self, complaints: IO[bytes]) -> Forked:
        """A new child, whose standard error is `complaints`. Raises OSError."""
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        try:
            pid = self._asked(b"fork", [theirs_in, theirs_out, complaints.fileno()])
        except BaseException:
            os.close(ours_in)
            os.close(ours_out)
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        return Forked(self, pid, os.fdopen(ours_in, "wb"), os.fdopen(ours_out, "rb"))

    def reap(self, pid: int) -> int:
        """How a child ended that has ended, or is about to."""
        try:
            return self._asked(b"reap %d" % pid)
        except OSError:  # the nursery is gone, and init has reaped the child
            return -int(getattr(signal, "SIGKILL", 9))

    def close(self) -> None:
        """End the process. Children that are there end by themselves, since their streams are closed."""
        with self._guard:
            self._end()

    def _asked(self, question: bytes, handles: list[int] | None = None) -> int:
        with self._guard:
            connection = self._connected(new=handles is not None)
            try:
                socket.send_fds(connection, [question], handles or [])
                answer = connection.recv(MESSAGE)
            except OSError:
                self._end()
                raise
            if not answer:
                self._end()
                raise OSError("the process that children are forked from is gone")
        if answer == b"failed":
            raise OSError("no process could be forked")
        return int(answer)

    def _connected(self, *, new: bool) -> socket.socket:
        if self._socket is None:
            if not new:
                raise OSError("the process that children are forked from is gone")
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(self._command, stdin=theirs.fileno(), start_new_session=True, cwd=os.path.abspath(os.sep))
            self._socket = ours
        return self._socket

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def serve() -> int:
    """The process: answers until nobody asks any more."""
    _warm()
    with socket.socket(fileno=os.dup(0)) as connection:
        while True:
            question, handles, _, _ = socket.recv_fds(connection, MESSAGE, 3)
            if not question:
                return 0
            word, _, number = question.partition(b" ")
            connection.send(_forked(connection, handles) if word == b"fork" else _reaped(int(number)))


def _forked(connection: socket.socket, handles: list[int]) -> bytes:
    try:
        pid = os.fork()
    except OSError:
        return b"failed"
    if not pid:
        _become(connection, handles)
    for handle in handles:
        os.close(handle)
    return b"%d" % pid


def _reaped(pid: int) -> bytes:
    try:
        return b"%d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except OSError:
        return b"-%d" % signal.SIGKILL


def _become(connection: socket.socket, handles: list[int]) -> NoReturn:
    """Be a child: its streams in place of the nursery's, a session of its own."""
    status = 1
    try:
        from codemods.workspace.migrate.child import main

        os.setsid()
        connection.close()
        for place, handle in enumerate(handles):
            os.dup2(handle, place)
            os.close(handle)
        status = main()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 1
    except BaseException:  # noqa: BLE001 - nothing may return to the loop of the nursery
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _warm() -> None:
    """Import all that a job needs, by doing a little of it. Nothing here reads what a repository holds."""
    import gc
    import textwrap

    from codemods.engine import registry
    from codemods.engine.pipeline import process
    from codemods.model.settings import Settings
    from codemods.workspace.migrate import work  # noqa: F401 - with all that it imports
    from codemods.workspace.migrate.key import code

    code()
    for rule in registry.load().values():
        # What the rule's page shows is rewritten: so what only a rewrite needs is there too.
        sample = textwrap.dedent(rule.page.partition("Before:")[2].partition("After:")[0])
        process(sample.encode(), Settings(registry.names()))
    gc.collect()
    gc.freeze()  # else the first collection of each child copies all that is shared
