"""`pyfix explain RULE` and `pyfix explain PATH:LINE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from codemods.model.outcome import Clean, Diagnostic, Fixed
    from codemods.report.diff import Line


@click.command()
@click.argument("what", metavar="RULE | PATH:LINE")
def explain(what: str) -> int:
    """Show a rule's page, or why a line was or was not rewritten."""
    from codemods.engine.registry import names

    path, colon, line = what.rpartition(":")
    if colon and line.isdigit():
        return _explain_line(path, int(line))
    if what in names():
        return _explain_rule(what)
    from codemods.engine.registry import UnknownRule

    raise click.UsageError(f"{UnknownRule(what, names())}; a place is given as PATH:LINE")


def _explain_rule(name: str) -> int:
    from codemods.engine.registry import rule

    named = rule(name)
    state = "on by default" if named.rule.default else "on request: --select " + name
    click.echo(f"{name} ({named.area}, {state})\n\n{named.page}")
    return 0


def _explain_line(given: str, line: int) -> int:
    """Every rule is asked, selected or not, and unsafe rewrites are not made."""
    from dataclasses import replace
    from pathlib import Path

    from codemods.engine.pipeline import process
    from codemods.engine.registry import names, select
    from codemods.model.outcome import Clean, Failed, Fixed
    from codemods.report.text import failure_line
    from codemods.workspace.config import ConfigError, Configuration
    from codemods.workspace.files import ReadError, read

    path = Path(given)
    try:
        snapshot = read(path)
        settings = Configuration(select).settings_for(path)
    except (ReadError, ConfigError) as error:
        raise click.ClickException(f"{given}: {error}" if isinstance(error, ReadError) else str(error)) from None
    outcome = process(snapshot.data, replace(settings, rules=tuple(sorted(names())), unsafe_fixes=False), named=True)
    if isinstance(outcome, Failed):
        raise click.ClickException(failure_line(given, outcome))
    sites = []
    if isinstance(outcome, Clean | Fixed):
        sites = [one for one in outcome.diagnostics if one.line <= line <= one.end_line]
    if not sites:
        click.echo(f"{given}:{line}: no rule sees anything here")
        return 0
    assert isinstance(outcome, Clean | Fixed)
    for site in sites:
        _explain_site(path, outcome, site, site.rule in settings.rules)
    return 0


def _explain_site(path: Path, outcome: Clean | Fixed, site: Diagnostic, selected: bool) -> None:
    from codemods.model.outcome import Fixed
    from codemods.report.shown import shown
    from codemods.report.text import site_line

    click.echo(site_line(str(path), site, "rewrites"))
    if not selected:
        click.echo("  (the rule is not selected for this file)")
    if site.fixed and isinstance(outcome, Fixed):
        for run in _runs(outcome):
            if any(line.sign == "-" and site.line <= line.old <= site.end_line for line in run):
                for line in run:
                    click.echo(f"  {line.sign} {shown(line.content.decode('utf-8', 'backslashreplace').rstrip().expandtabs(4))}")
    sys.stdout.flush()


def _runs(outcome: Fixed) -> Iterator[list[Line]]:
    """The changed lines of a file, those that stand together in one list."""
    from codemods.report.diff import hunks

    for hunk in hunks(outcome.before, outcome.after):
        run: list[Line] = []
        for line in hunk.lines:
            if line.sign != " ":
                run.append(line)
            elif run:
                yield run
                run = []
        if run:
            yield run
