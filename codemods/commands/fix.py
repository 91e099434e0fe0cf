"""`pyfix PATH...`: rewrite, or show or list what would be rewritten."""

from __future__ import annotations

from typing import Any

import click

from codemods.commands.options import FORMATS, Options, parse_version, split_commas


class _Fix(click.Command):
    """Shows the help of the whole: who asks for the default command's help mostly does not know that it is one."""

    def get_help(self, ctx: click.Context) -> str:
        return ctx.parent.get_help() if ctx.parent is not None else super().get_help(ctx)


@click.command(cls=_Fix)
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path())
@click.option("--diff", is_flag=True, help="Show diffs and write nothing; plain ones that `git apply` takes where output is no terminal.")
@click.option("--check", is_flag=True, help="Write nothing and print a line for each site that would be rewritten.")
@click.option("-i", "--interactive", is_flag=True, help="Ask about each site, one key each, before anything is written.")
@click.option("--select", metavar="RULES", multiple=True, callback=split_commas, help="Rules, areas or ALL instead of the default ones.")
@click.option("--ignore", metavar="RULES", multiple=True, callback=split_commas, help="Rules or areas to leave out.")
@click.option(
    "--unsafe-fixes/--no-unsafe-fixes", default=None, help="Also rewrite sites that are right under an assumption that is not proved."
)
@click.option("--show-refused", is_flag=True, help="Also list the sites that were seen and left, each with its reason.")
@click.option("--statistics", is_flag=True, help="Also print counts by rule and reason, of files and of work done.")
@click.option("--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="What standard output holds.")
@click.option("--target-version", metavar="X.Y", callback=parse_version, help="Lowest Python that must run the result.")
@click.option("--line-length", metavar="N", type=click.IntRange(1, 1000), help="How wide a rewritten line may be.")
@click.option("--stdin-filename", metavar="NAME", help="With `-` as the path: what standard input is called. The result goes to stdout.")
@click.option("--since", metavar="REV", help="Only what touches lines that changed since REV; `REV...`: since HEAD parted from REV.")
@click.option("--staged", is_flag=True, help="Only what touches staged lines; what is staged is read, and rewritten in git's index.")
@click.option("--verify", metavar="CMD", help="Write only what CMD, run in a copy of the tree, has nothing against.")
@click.option("--known-failures", metavar="FILE", help="With --verify: CMD's JUnit report; old failures may stay.")
@click.option("--bisect-budget", metavar="N", type=click.IntRange(1), default=100, help="With --verify: most runs [default: 100].")
@click.option("--verify-timeout", metavar="SECONDS", type=click.FloatRange(0, min_open=True), help="With --verify: what a run may take.")
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(0), default=0, help="Number of processes [default: one for each processor].")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0),
    default=60.0,
    help="Give a file up after so long; a large one gets it for each megabyte [default: 60; 0: never].",
)
@click.option("--config", metavar="FILE", help="Read [tool.pyfix] from this file, and from no other.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@click.option("--exclude", metavar="GLOBS", multiple=True, callback=split_commas, help="More to pass over, as in .gitignore.")
@click.option("--force-exclude", is_flag=True, help="Pass over excluded files also where they are named outright.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="End with status 1 where something was rewritten.")
@click.option("--baseline", metavar="FILE", help="Leave the sites alone that this file lists, so that only new ones count.")
@click.option("--write-baseline", metavar="FILE", help="List all that would be rewritten in this file, and rewrite nothing.")
@click.option("--show-files", is_flag=True, help="List the files that would be read, and do nothing else.")
@click.option("--show-settings", is_flag=True, help="Show the settings that hold for each path, and do nothing else.")
@click.option("--no-cache", is_flag=True, help="Judge every file anew, and note nothing for the next run.")
@click.option("--cache-dir", metavar="FOLDER", help="Where outcomes are kept for the next run.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what was asked for, and errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also print the diffs of what is rewritten, and the files that ask to be skipped.")
@click.pass_context
def fix(context: click.Context, /, **given: Any) -> None:
    """Rewrite files in place (the default command)."""
    options = Options(**given)
    _require_sense(options)
    if options.is_limited:
        from codemods.commands.scope import with_paths

        options = with_paths(options)
    context.exit(_run(options))


def _require_sense(options: Options) -> None:
    if options.is_limited and ((options.staged and options.since is not None) or "-" in options.paths):
        raise click.UsageError("--since and --staged exclude each other, and do not go with `-`")
    if not options.paths and not options.is_limited:
        raise click.UsageError("name the files or folders to rewrite, for example `pyfix --diff .`")
    if "-" in options.paths and len(options.paths) > 1:
        raise click.UsageError("`-` stands alone: standard input is one file")
    if options.stdin_filename is not None and options.paths != ("-",):
        raise click.UsageError("--stdin-filename goes with `-` as the only path")
    if options.verify is None and (options.known_failures is not None or options.verify_timeout is not None):
        raise click.UsageError("--known-failures and --verify-timeout go with --verify")
    if options.verify is not None and (options.staged or options.paths == ("-",)):
        raise click.UsageError("--verify needs files: nothing can be run on standard input, nor on what is staged alone")
    if options.quiet and options.verbose:
        raise click.UsageError("-q and -v exclude each other")
    if options.interactive and (options.diff or options.check or options.is_for_programs or options.staged or "-" in options.paths):
        raise click.UsageError("-i goes with no other mode, no format but text, and neither --staged nor `-`")
    if options.write_baseline is not None:
        more = options.diff or options.check or options.baseline or options.is_for_programs or options.is_limited
        if more or "-" in options.paths:
            raise click.UsageError("--write-baseline lists what would be rewritten, and goes with no other mode, format or baseline")


def _run(options: Options) -> int:
    if options.show_settings or options.show_files:
        from codemods.commands import show

        return show.show_settings(options) if options.show_settings else show.show_files(options)
    if options.write_baseline is not None:
        from codemods.commands import baseline

        return baseline.write(options)
    if options.interactive:
        from codemods.commands import interactive

        return interactive.run(options)
    if options.paths == ("-",):
        from codemods.commands import pipe

        return pipe.run(options)
    from codemods.commands import batch

    return batch.run(options)
