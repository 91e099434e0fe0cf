"""`pyfix PATH...`: rewrite, or show what would be rewritten."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from codemods.commands.options import Options, fix_options

if TYPE_CHECKING:
    from codemods.workspace.apply import Applied
    from codemods.workspace.config import Configuration


@click.command()
@fix_options
def fix(**given: Any) -> int:
    """Rewrite the files and folders given (the default command)."""
    options = Options(**given)
    if not options.paths:
        raise click.UsageError("no PATH given: `pyfix .` rewrites this folder, `pyfix . --diff` shows what it would do")
    from codemods.workspace.config import ConfigError
    from codemods.workspace.history import JournalError

    try:
        configuration = _configuration(options)
        if "-" in options.paths:
            from codemods.commands.standard_input import fix_standard_input

            return fix_standard_input(options, configuration)
        if options.show_files or options.show_settings:
            from codemods.commands.show import show

            return show(options, configuration)
        return _run(options, configuration)
    except (ConfigError, JournalError) as error:
        raise click.ClickException(str(error)) from None


def _configuration(options: Options) -> Configuration:
    from codemods.engine.registry import select
    from codemods.workspace.config import Configuration

    return Configuration(select, options.overrides())


def _run(options: Options, configuration: Configuration) -> int:
    from codemods.commands.printer import Printer

    printer = Printer(options)
    with printer.progress() as progress:
        for applied in _applied(options, configuration):
            printer.take(applied)
            progress.advance()
    printer.finish()
    if printer.failed:
        return 2
    changed = printer.totals.changed > 0
    return 1 if changed and (options.dry or options.exit_non_zero_on_fix) else 0


def _applied(options: Options, configuration: Configuration) -> Iterator[Applied]:
    """Every file with what became of it, in order."""
    from pathlib import Path

    from codemods.workspace.apply import Applied, apply
    from codemods.workspace.discover import discover
    from codemods.workspace.pool import run

    found = discover([Path(path) for path in options.paths], configuration)
    results = run(found, configuration.settings_for, jobs=options.jobs)
    if options.dry:
        yield from (Applied(result) for result in results)
    else:
        yield from apply(results)
    sys.stdout.flush()
