"""`pyfix undo`: put back what a run changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codemods.commands.streams import err, out

if TYPE_CHECKING:
    from codemods.workspace.undo import RunInfo

# What the journal calls `pyfix rename` and `pyfix suppress`, which are no rules.
COMMANDS = ("rename", "suppress")


@click.command()
@click.option("--list", "listing", is_flag=True, help="List the runs that can be put back, newest first, and do nothing else.")
@click.option("--run", metavar="ID", help="Put back this run, also one that was an undo, instead of the last.")
@click.option("--file", "files", metavar="PATH", multiple=True, help="Only this file, or what lies in this folder; may be repeated.")
@click.option("--rule", "rules", metavar="RULE", multiple=True, help="Only what this rule rewrote; may be repeated.")
@click.pass_context
def undo(context: click.Context, listing: bool, run: str | None, files: tuple[str, ...], rules: tuple[str, ...]) -> None:
    """Put back what the last run changed in this repository or folder.

    With --file or --rule it is the last run of which such a part is left, and the rest of it stays. Where a file was rewritten by other
    rules as well, it becomes what the run would have made of it without those named.

    A file that was changed since is left alone and named; the exit status is then 2.
    """
    if listing and (run or files or rules):
        raise click.UsageError("--list stands alone")
    _require_rules(rules)
    context.exit(_list() if listing else _undo(run, files, rules))


def _require_rules(names: tuple[str, ...]) -> None:
    from codemods.engine import registry

    for name in names:
        if name not in (*registry.names(), *COMMANDS):
            raise click.UsageError(str(registry.UnknownRule(name, (*registry.names(), *COMMANDS))))


def _list() -> int:
    from codemods.workspace.undo import repository_root, runs

    for info in runs(repository_root(Path.cwd())):
        out(_line(info))
    return 0


def _line(info: RunInfo) -> str:
    files = f"{len(info.paths)} file{'' if len(info.paths) == 1 else 's'}"
    return f"{info.id}  {info.kind:4}  {files}{'  undone' if info.undone else ''}"


def _undo(run: str | None, files: tuple[str, ...], rules: tuple[str, ...]) -> int:
    from codemods.report.visible import visible
    from codemods.workspace.undo import JournalError, part_of, repository_root, undo

    root = repository_root(Path.cwd())
    try:
        undone = undo(root, run=run, part=part_of(files, rules))
    except JournalError as error:
        raise click.UsageError(visible(str(error))) from None
    if undone.run is None:
        err(_nothing(os.fspath(root), files, rules))
        return 0
    for path in undone.restored:
        out(f"put back {visible(os.path.relpath(path))}")
    for refusal in undone.refused:
        err(f"{visible(os.path.relpath(refusal.path))}: not put back: {visible(refusal.cause)}")
    if not undone.restored and not undone.refused:
        err(f"pyfix: all {'of that' if files or rules else 'files of that run'} are as they were already")
    return 2 if undone.refused else 0


def _nothing(root: str, files: tuple[str, ...], rules: tuple[str, ...]) -> str:
    from codemods.report.visible import visible

    what = f" of {' or '.join(rules)}" if rules else ""
    where = f"in {' or '.join(visible(file) for file in files)}" if files else f"below {visible(root)}"
    return f"pyfix: there is nothing{what} to undo {where}"
