"""`pyfix suppress PATH...`: comments on the sites that are to be left as they are, and those taken away that nothing needs."""

from __future__ import annotations

from typing import Any

import click

from codemods.commands.options import Options, split_commas


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--unused-ignores", is_flag=True, help="Instead take away the comments that hold nothing back.")
@click.option("--diff", is_flag=True, help="Show diffs and write nothing; exit status 1 where something would change.")
@click.option("--check", is_flag=True, help="List the places and write nothing; exit status 1 where something would change.")
@click.option("--select", metavar="RULES", multiple=True, callback=split_commas, help="Rules, areas or ALL instead of the default ones.")
@click.option("--ignore", metavar="RULES", multiple=True, callback=split_commas, help="Rules or areas to leave out.")
@click.option("--unsafe-fixes/--no-unsafe-fixes", default=None, help="Also sites that only --unsafe-fixes would rewrite.")
@click.option("--config", metavar="FILE", help="Read [tool.pyfix] from this file, and from no other.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--exclude", metavar="GLOBS", multiple=True, callback=split_commas, help="More to pass over, as in .gitignore.")
@click.option("--force-exclude", is_flag=True, help="Pass over excluded files also where they are named outright.")
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(0), default=0, help="Number of processes [default: one for each processor].")
@click.option("-q", "--quiet", is_flag=True, help="Print only what was asked for, and errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also print the diffs of what is written.")
@click.pass_context
def suppress(context: click.Context, /, unused_ignores: bool, **given: Any) -> None:
    """Put `# pyfix: ignore[rule]` on all that would be rewritten.

    Nothing but comments changes, and `pyfix undo` takes them back. A site of which no line can hold a comment is named, and stays as it is.
    """
    options = Options(**given, show_refused=True)
    if options.quiet and options.verbose:
        raise click.UsageError("-q and -v exclude each other")
    if "-" in options.paths:
        raise click.UsageError("`pyfix suppress` works on files")
    context.exit(_run(options, unused=unused_ignores))


def _run(options: Options, *, unused: bool) -> int:
    from codemods.commands import batch
    from codemods.engine import suppress
    from codemods.engine import unused as ignores

    return batch.run(options, ignores.process if unused else suppress.process)
