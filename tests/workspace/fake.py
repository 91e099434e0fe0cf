"""A core that finds `bad` and makes it `good`, and a registry of five rules, so that what surrounds the core is tested without it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

from codemods.model.outcome import Clean, Diagnostic, Failed, Fixed, Outcome, TriagedAway
from codemods.model.settings import Settings
from codemods.model.verdict import Safe

SETTINGS = Settings(rules=("range-len",))
RULES = ("comprehension", "dict-items", "dict-keys", "range-len", "whitespace")
DEFAULT_RULES = RULES[:-1]


def core(data: bytes, settings: Settings, *, named: bool) -> Outcome:
    """What `engine.pipeline.process` is to the others, with words in the data that make it misbehave."""
    if b"kill" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"sleep" in data:
        time.sleep(60)
    if b"raise" in data:
        raise KeyError("a defect\nof ours")
    if b"deep" in data:
        raise RecursionError
    if b"broken" in data:
        return Failed(3, "cannot be parsed")
    if b"bad" in data:
        shown = Diagnostic("range-len", 1, 1, 1, 4, Safe("it is so"), fixed=True)
        # Equal bytes, another object: as from a core that decodes and encodes.
        return Fixed(bytes(bytearray(data)), data.replace(b"bad", b"good"), (shown,))
    return Clean() if b"seen" in data else TriagedAway()


def select(selected: Sequence[str] | None, ignored: Sequence[str]) -> tuple[str, ...]:
    """A registry of five rules, of which `whitespace` is off by default."""
    for name in (*(selected or ()), *ignored):
        if name not in (*RULES, "ALL"):
            raise ValueError(f"unknown rule or area `{name}`")
    wanted = DEFAULT_RULES if not selected else RULES if "ALL" in selected else tuple(sorted(selected))
    return tuple(rule for rule in wanted if rule not in ignored)
