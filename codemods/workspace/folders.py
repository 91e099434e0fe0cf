"""Where a user's files of ours are: what was given, else what the environment names, else the platform's place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_LINUX = {"cache": ("XDG_CACHE_HOME", "~/.cache"), "state": ("XDG_STATE_HOME", "~/.local/state")}


def user_folder(kind: str, given: str | Path | None = None) -> Path:
    """The folder for `kind`, "cache" or "state". It need not exist."""
    named = given or os.environ.get(f"PYFIX_{kind.upper()}_DIR")
    if named:
        return Path(os.path.abspath(named))
    if sys.platform == "linux":  # what platformdirs says there, which takes 3 ms to load
        variable, fallback = _LINUX[kind]
        home = os.environ.get(variable, "")
        return Path(home if os.path.isabs(home) else os.path.expanduser(fallback)) / "pyfix"
    import platformdirs

    return getattr(platformdirs, f"user_{kind}_path")("pyfix", appauthor=False)
