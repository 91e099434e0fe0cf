"""The command line: parse, call, print, exit. One file a command; what is heavy is imported inside."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

TRACEBACK = "PYFIX_TRACEBACK"
INTERRUPTED = 130
OUTPUT_CLOSED = 141
"""What a shell reports for a program that SIGPIPE ended."""


ALLOCATIONS = 50_000
"""So many objects more made than freed, and the cyclic collector looks at them; with Python's 700, a hundred times while pyfix starts."""


def program() -> NoReturn:
    """What a shell starts: `main` with the arguments of the process, which ends with its status."""
    import gc

    gc.set_threshold(ALLOCATIONS, *gc.get_threshold()[1:])
    _leave(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs `pyfix` with the arguments, else those of the process, and returns the exit status. Raises nothing."""
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:  # noqa: BLE001 - the last resort: a traceback is no message to a user
        return _crashed(error)


def _run(arguments: list[str]) -> int:
    import click

    from codemods.commands.group import pyfix
    from codemods.commands.streams import OutputClosedError, prepare, silence

    prepare()
    # Deep expressions take deep recursion; since 3.11 a Python frame takes no C stack.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
    try:
        status = pyfix.main(arguments, prog_name="pyfix", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        return _interrupted()
    except click.ClickException as error:
        error.show()
        return 2
    except (OutputClosedError, BrokenPipeError):
        silence()
        return OUTPUT_CLOSED
    return status if isinstance(status, int) else 0


def _leave(status: int) -> NoReturn:
    """End the process. What was to be done at its end is done; but Python does not take itself apart, a sixth of what a hook waits for."""
    import atexit
    import threading

    if threading.active_count() == 1 and not (sys.gettrace() or sys.getprofile() or sys.flags.inspect):
        atexit._run_exitfuncs()
        with contextlib.suppress(OSError, ValueError):  # a stream that is closed, or whose reader left
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    sys.exit(status)


def _interrupted() -> int:
    print("pyfix: interrupted; `pyfix undo` puts back what was written", file=sys.stderr)
    return INTERRUPTED


def _crashed(error: Exception) -> int:
    cause = " ".join(f"{type(error).__name__}: {error}".split()).encode("ascii", "backslashreplace").decode()
    print(f"pyfix: internal error: {cause}", file=sys.stderr)
    if os.environ.get(TRACEBACK):
        import traceback

        traceback.print_exception(error)
    else:
        print(f"pyfix: this is a defect of pyfix; please report it with what {TRACEBACK}=1 adds to this", file=sys.stderr)
    return 2
