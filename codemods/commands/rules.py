"""`pyfix rules`: the catalogue."""

from __future__ import annotations

import click

from codemods.commands.streams import out


@click.command()
def rules() -> None:
    """List the rules: name, area, whether on by default, and what they do."""
    from codemods.commands.pages import page_of
    from codemods.engine import registry
    from codemods.report.page import catalogue

    for line in catalogue(page_of(named) for named in registry.load().values()):
        out(line)
