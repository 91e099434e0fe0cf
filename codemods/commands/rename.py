"""`pyfix rename FILE:LINE:COL NEW`: give a variable, function, class or parameter another name, in all files of the project."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from codemods.commands.options import Options

_PLACE = re.compile(r"(?P<path>.+):(?P<line>[0-9]+):(?P<column>[0-9]+)\Z", re.DOTALL)


@click.command()
@click.argument("place", metavar="FILE:LINE:COL")
@click.argument("new", metavar="NEW")
@click.option("--diff", is_flag=True, help="Show the diffs and write nothing; exit status 1 where something would change.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors, or the diff that was asked for.")
@click.option("-v", "--verbose", is_flag=True, help="Also print the diffs of what is rewritten.")
@click.pass_context
def rename(context: click.Context, place: str, new: str, diff: bool, quiet: bool, verbose: bool) -> None:
    """Rename what stands at FILE:LINE:COL to NEW in all files of the project.

    Lines and columns count from 1, columns in characters. Nothing is renamed where a use might be missed or a name collide: the reason is
    printed, and the exit status is 2. `pyfix undo` takes a rename back. Names that other files or callers see need the extra `rename`.
    """
    match = _PLACE.match(place)
    if match is None:
        raise click.UsageError("name the place as FILE:LINE:COL, for example `app/main.py:12:5`")
    if quiet and verbose:
        raise click.UsageError("-q and -v exclude each other")
    options = Options((match["path"],), diff=diff, quiet=quiet, verbose=verbose, isolated=True)
    context.exit(_run(options, int(match["line"]), int(match["column"]), new))


def _run(options: Options, line: int, column: int, new: str) -> int:
    from codemods.commands.options import configuration_of
    from codemods.commands.streams import err
    from codemods.report.visible import visible
    from codemods.workspace.history import JournalError
    from codemods.workspace.rename.plan import plan
    from codemods.workspace.rename.refusal import NotRenamedError
    from codemods.workspace.rename.writing import write

    try:
        results = plan(Path(options.paths[0]), line, column, new, configuration_of(options))
        applied = write(results) if options.mode == "fix" else []
    except (NotRenamedError, JournalError) as error:
        err(f"pyfix: not renamed: {visible(str(error))}")
        return 2
    return _report(options, [(os.fspath(one.path), one) for one in results], written=bool(applied))


def _report(options: Options, results: list[tuple[str, object]], *, written: bool) -> int:
    from msgspec.structs import replace

    from codemods.commands.reporting import reporter_for, status_of
    from codemods.report.entry import Entry
    from codemods.report.statistics import Tally
    from codemods.workspace.pool import FileResult

    tally = Tally()
    reporter = reporter_for(replace(options, paths=tuple(path for path, _ in results)), tally)
    for path, result in results:
        assert isinstance(result, FileResult)
        entry = Entry(path, result.outcome, written)
        tally.add(entry)
        reporter.take(entry)
    status = status_of(options, tally)
    reporter.finish(status)
    return status
