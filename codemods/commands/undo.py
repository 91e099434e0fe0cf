"""`pyfix undo`: put back what a run changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codemods.commands.streams import err, out

if TYPE_CHECKING:
    from codemods.workspace.undo import RunInfo


@click.command()
@click.option("--list", "listing", is_flag=True, help="List the runs that can be put back, newest first, and do nothing else.")
@click.option("--run", metavar="ID", help="Put back this run, also one that was an undo, instead of the last.")
@click.pass_context
def undo(context: click.Context, listing: bool, run: str | None) -> None:
    """Put back what the last run changed in this repository or folder.

    A file that was changed since is left alone and named; the exit status is then 2.
    """
    if listing and run:
        raise click.UsageError("--list and --run exclude each other")
    context.exit(_list() if listing else _undo(run))


def _list() -> int:
    from codemods.workspace.undo import repository_root, runs

    for info in runs(repository_root(Path.cwd())):
        out(_line(info))
    return 0


def _line(info: RunInfo) -> str:
    files = f"{len(info.paths)} file{'' if len(info.paths) == 1 else 's'}"
    return f"{info.id}  {info.kind:4}  {files}{'  undone' if info.undone else ''}"


def _undo(run: str | None) -> int:
    from codemods.report.visible import visible
    from codemods.workspace.undo import JournalError, repository_root, undo

    root = repository_root(Path.cwd())
    try:
        undone = undo(root, run=run)
    except JournalError as error:
        raise click.UsageError(visible(str(error))) from None
    if undone.run is None:
        err(f"pyfix: there is nothing to undo below {visible(os.fspath(root))}")
        return 0
    for path in undone.restored:
        out(f"put back {visible(os.path.relpath(path))}")
    for refusal in undone.refused:
        err(f"{visible(os.path.relpath(refusal.path))}: not put back: {visible(refusal.cause)}")
    if not undone.restored and not undone.refused:
        err("pyfix: all files of that run are as they were already")
    return 2 if undone.refused else 0
