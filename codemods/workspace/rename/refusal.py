"""Why a rename is not done."""

from __future__ import annotations


class NotRenamedError(Exception):
    """The rename is refused. `str()` is the reason, one line; with the place as `path:line: ` in front where there is one."""
