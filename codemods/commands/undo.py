"""`pyfix undo`: put back what the last run changed."""

from __future__ import annotations

import click


@click.command()
def undo() -> int:
    """Put back what the last run that wrote below this repository or folder changed. Files changed since are left and named."""
    from pathlib import Path

    from codemods.commands.printer import shown_path
    from codemods.report.shown import shown
    from codemods.report.text import plural
    from codemods.workspace.history import JournalError
    from codemods.workspace.undo import repository_root
    from codemods.workspace.undo import undo as put_back

    try:
        undone = put_back(repository_root(Path.cwd()))
    except JournalError as error:
        raise click.ClickException(str(error)) from None
    if undone.run is None:
        click.echo("nothing to undo here")
        return 0
    for path in undone.restored:
        click.echo(f"restored {shown(shown_path(Path(path)))}")
    for refusal in undone.refused:
        click.echo(f"{shown(shown_path(Path(refusal.path)))}: not restored: {refusal.cause}", err=True)
    click.echo(f"restored {plural(len(undone.restored), 'file')}" + (f", left {len(undone.refused)}" if undone.refused else ""))
    return 2 if undone.refused else 0
