"""The command line: parse, call, print, exit. One file a command; what a command needs is imported when it runs."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str] | None = None) -> None:
    """Run `pyfix` with `arguments` (default: the process's own) and exit with its status. No traceback reaches the user.

    `PYFIX_TRACEBACK=1` shows where an internal error came from.
    """
    import click

    from codemods.commands.group import pyfix

    # Deep expressions take deep recursion; a Python frame takes no C stack since 3.11.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
    try:
        status = pyfix.main(arguments, prog_name="pyfix", standalone_mode=False)
    except click.exceptions.Abort:
        _say("interrupted")
        status = 130
    except KeyboardInterrupt:
        _say("interrupted")
        status = 130
    except click.ClickException as error:
        error.show()
        status = 2
    except BrokenPipeError:
        # Whoever read us has left. Python would complain once more at exit when it flushes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:
        if os.environ.get("PYFIX_TRACEBACK"):
            raise
        _say(f"internal error: {type(error).__name__}: {' '.join(str(error).split())} (PYFIX_TRACEBACK=1 shows where; please report it)")
        status = 2
    sys.exit(status if isinstance(status, int) else 0)


def _say(message: str) -> None:
    print(f"pyfix: {message}", file=sys.stderr)
