"""`pyfix rules`: the catalogue."""

from __future__ import annotations

import click


@click.command()
def rules() -> int:
    """List the rules: name, area, whether it is on by default, and what it does."""
    from codemods.engine.registry import load

    known = load()
    width = max(len(name) for name in known)
    area_width = max(len(rule.area) for rule in known.values())
    for name, rule in known.items():
        state = "default   " if rule.rule.default else "on request"
        sentence = " ".join(rule.page.partition("\n\n")[0].split())
        click.echo(f"{name:{width}}  {rule.area:{area_width}}  {state}  {sentence}")
    return 0
