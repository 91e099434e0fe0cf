"""`pyfix explain`: a rule's page, or why a line was or was not rewritten."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from codemods.commands.options import Options, configuration_of, parse_version
from codemods.commands.streams import console, err, is_rich, out, write

if TYPE_CHECKING:
    from codemods.report.entry import Entry

_PLACE = re.compile(r"(?P<path>.+?):(?:cell (?P<cell>\d+):)?(?P<line>\d+)(?::(?P<column>\d+))?:?", re.DOTALL)


@click.command()
@click.argument("subject", metavar="RULE | PATH:[cell N:]LINE[:COLUMN]")
@click.option("--target-version", metavar="X.Y", callback=parse_version, help="Lowest Python that must run the result.")
@click.option("--config", metavar="FILE", help="Read [tool.pyfix] from this file, and from no other.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.pass_context
def explain(context: click.Context, subject: str, target_version: tuple[int, int] | None, config: str | None, isolated: bool) -> None:
    """Show a rule's page, or what was decided about a line and why."""
    from codemods.engine import registry

    name = subject.strip().lower().replace("_", "-")
    if name in registry.names():
        _explain_rule(name)
        return
    place = _PLACE.fullmatch(subject)
    if place is None:
        raise click.UsageError(f"{registry.UnknownRule(subject, registry.names())}; a line is given as PATH:LINE")
    if place["path"].endswith(".ipynb") and place["cell"] is None:
        raise click.UsageError("a line of a notebook is given as PATH:cell N:LINE, N counted among all cells")
    options = Options(paths=(place["path"],), target_version=target_version, config=config, isolated=isolated)
    where = (int(place["cell"] or 0), int(place["line"]), int(place["column"] or 0))
    context.exit(_explain_line(options, Path(place["path"]), where))


def _explain_rule(name: str) -> None:
    from codemods.commands.pages import page_of
    from codemods.engine import registry
    from codemods.report.page import plain_page, print_page

    page = page_of(registry.rule(name))
    if is_rich(sys.stdout):
        print_page(page, console(sys.stdout))
    else:
        out(plain_page(page))


def _explain_line(options: Options, path: Path, where: tuple[int, int, int]) -> int:
    """Explain what stands on a line, in all rules, selected or not. Returns the exit status."""
    from codemods.engine import pipeline, registry
    from codemods.engine.single import alone
    from codemods.report import explanation
    from codemods.report.entry import Entry
    from codemods.report.text import error_lines
    from codemods.workspace.config import ConfigError
    from codemods.workspace.files import ReadError, read

    try:
        settings = configuration_of(options).settings_for(path)
        data = read(path).data
    except (ConfigError, ReadError) as error:
        err(explanation.problem(str(path), str(error), names_itself=isinstance(error, ConfigError)))
        return 2
    everything = replace(settings, rules=registry.names(), explain=True)
    entry = Entry(str(path), pipeline.process(data, everything, named=True))
    for complaint in error_lines(entry):
        err(complaint)
    cell, line, column = where
    if cell:
        entry = explanation.of_cell(entry, cell)
    elif (beyond := explanation.beyond(entry, data, line)) is not None:
        err(beyond)
        return 2
    sites = explanation.sites_at(entry, line, column)
    if not sites and not cell:
        daring = pipeline.process(data, replace(everything, unsafe_fixes=True), named=True)
        sites = explanation.sites_reaching(entry, line, daring)
    for text in explanation.introduction(entry, sites, line):
        out(text)
    for site in sites:
        for text in explanation.verdict_lines(entry.path, site, selected=site.rule in settings.rules):
            out(text)
        if (preview := alone(site, data, everything)) is not None:
            _show(Entry(str(path), preview), options)
    return 2 if any(error_lines(entry)) else 0


def _show(whole: Entry, options: Options) -> None:
    from codemods.commands.reporting import diff_names
    from codemods.model.outcome import Fixed
    from codemods.report.diff import unified
    from codemods.report.entry import by_cell
    from codemods.report.terminal import print_diff

    for entry in by_cell(whole):
        assert isinstance(entry.outcome, Fixed)
        if is_rich(sys.stdout):
            print_diff(entry, entry.outcome, console(sys.stdout))
        else:
            write(unified(diff_names(options)(entry.path), entry.outcome))
