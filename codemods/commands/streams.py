"""Standard output, which holds the result and nothing else, and standard error, which holds the rest."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


class OutputClosedError(Exception):
    """Whoever read standard output has gone."""


def prepare() -> None:
    """Let no character of a message fail for want of a place in the stream's encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def silence() -> None:
    """Point standard output nowhere, so that flushing it at the end raises nothing."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a test's stream without a descriptor
        return


def out(text: str) -> None:
    """A line, or several, on standard output. Raises OutputClosedError."""
    write(f"{text}\n".encode(sys.stdout.encoding or "utf-8", "backslashreplace"))


def write(data: bytes) -> None:
    """Bytes on standard output, as they are. Raises OutputClosedError."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise OutputClosedError from None


def err(text: str) -> None:
    """A line, or several, on standard error. Never fails: where nobody listens there is nobody to tell."""
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        return


def is_rich(stream: TextIO) -> bool:
    """Whether colours are wanted on a stream: a terminal that has them, whose user has not asked for none (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") not in ("dumb", "unknown")


def console(stream: TextIO) -> Console:
    """A console of rich's on a stream for which `is_rich` holds, that adds no colours of its own choice."""
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False, force_terminal=True)
