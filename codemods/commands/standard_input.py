"""`pyfix -`: standard input in, the result (or its diff, or its sites) out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codemods.model.outcome import Fixed

if TYPE_CHECKING:
    from codemods.commands.options import Options
    from codemods.workspace.config import Configuration


def fix_standard_input(options: Options, configuration: Configuration) -> int:
    """Read standard input, write the result to stdout. What cannot be processed is echoed as it came, so that a filter loses nothing."""
    if options.paths != ("-",):
        raise click.UsageError("`-` stands alone: standard input and files cannot be mixed")
    from codemods.commands.printer import Printer
    from codemods.engine.pipeline import process
    from codemods.workspace.apply import Applied
    from codemods.workspace.discover import is_excluded
    from codemods.workspace.pool import FileResult

    name = Path(options.stdin_filename or "stdin.py")
    data = sys.stdin.buffer.read()
    plain = not options.dry and options.output_format == "text"
    if options.force_exclude and is_excluded(name, configuration):
        if plain:
            sys.stdout.buffer.write(data)
        return 0
    outcome = process(data, configuration.settings_for(name), named=True)
    printer = Printer(options)
    applied = Applied(FileResult(name, outcome, None))
    if plain:
        sys.stdout.buffer.write(outcome.after if isinstance(outcome, Fixed) else data)
        printer.note(applied)
    else:
        printer.take(applied)
        printer.finish()
    if printer.failed:
        return 2
    return 1 if isinstance(outcome, Fixed) and (options.dry or options.exit_non_zero_on_fix) else 0
