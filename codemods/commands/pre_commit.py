"""What `pyfix hook run pre-commit` does: judge what is staged, and show what is to be rewritten, or rewrite it."""

from __future__ import annotations

from codemods.commands import batch
from codemods.commands.options import Options
from codemods.commands.scope import with_paths
from codemods.commands.streams import err


def run(mode: str) -> int:
    """Judge what is to be committed; the exit status. Raises click's exceptions.

    `mode`: `block` keeps the commit back, `warn` lets it go on, `commit` rewrites what is staged and lets it go on.
    """
    options = with_paths(Options((), staged=True, diff=mode != "commit", quiet=True))
    status = batch.run(options)
    if mode == "commit" or status != 1:
        return status
    if mode == "warn":
        err("pyfix: the commit goes on as it is")
        return 0
    err("pyfix: this is to rewrite on lines that are staged. To commit it so:")
    err("    pyfix --staged && git commit")
    err("pyfix: to commit without: PYFIX_SKIP=1 git commit … or git commit --no-verify …")
    return 1
