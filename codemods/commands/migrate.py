"""`pyfix migrate PLAN`: the same rewrites in many repositories, each on a branch of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from codemods.commands.default_command import DefaultCommandGroup
from codemods.commands.options import split_commas

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(cls=DefaultCommandGroup, default="run")
def migrate() -> None:
    """Rewrite many repositories, each on a branch of its own with one commit a rule.

    PLAN is a TOML file, a list of paths and URLs, one a line, or `-` for such a list on standard input. A repository that is named by its
    path gets the branch, and nothing else in it is touched; for the others the branch waits in a clone for --push.

    A run that ended early, however it did, is simply run again: what is done is not done again. The same plan gives the same
    branches, to the byte.

    \b
    Exit status: 0 done; 1 with --dry-run where something would change; 2 wrong usage, or a
    repository failed (the others still are done).
    """


def _which(command: Command) -> Command:
    """The options that say which migration is meant."""
    for option in (
        click.option("--state", metavar="FILE", help="Where the migration's state is kept (default: by the plan, in your state folder)."),
        click.option("--discover", metavar="DIR", help="All git repositories below this folder, instead of a PLAN."),
        click.argument("plan", required=False),
    ):
        command = option(command)
    return command


@click.command()
@_which
@click.option(
    "--rules", "--select", "select", multiple=True, metavar="NAMES", callback=split_commas, help="Rules, areas or ALL; else as configured."
)
@click.option("--ignore", multiple=True, metavar="NAMES", callback=split_commas, help="Rules or areas to leave out.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Paths to leave out, as in .gitignore; besides those configured.")
@click.option("--unsafe-fixes", is_flag=True, default=None, help="Also rewrite the unsafe sites.")
@click.option("--target-version", metavar="X.Y", help="Lowest Python that must run the results.")
@click.option("--base", metavar="BRANCH", help="The branch to start from (default: each repository's own).")
@click.option("--branch", metavar="NAME", help="The branch to make (default: pyfix/migrate).")
@click.option("--owners", is_flag=True, default=None, help="A branch for each group of owners in CODEOWNERS.")
@click.option("--author", metavar="NAME <ADDRESS>", help="Of the commits.")
@click.option("--verify", metavar="CMD", help="Commit only what this command has nothing against; it runs code of the repositories.")
@click.option("--dry-run", is_flag=True, help="Find out what would change, and make no branch.")
@click.option("--only", multiple=True, metavar="GLOB", help="Only repositories with such a name; may be repeated.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many repositories that are not done yet.")
@click.option("--retry-failed", is_flag=True, help="Also try again what failed before.")
@click.option("--push", is_flag=True, help="Push the branches: to the URL, or to what a repository on disk calls `origin`.")
@click.option("--pr", is_flag=True, help="Push, and open pull requests, through `gh` or `glab`.")
@click.option("--pr-per-hour", type=click.IntRange(min=1), metavar="N", help="At most so many in any hour; the run waits.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Repositories at a time (default: as many as there are processors)."
)
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Who does the work.")
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster, such as tcp://host:8786 or tls://host:8786.")
@click.option("--scheduler-file", metavar="FILE", help="What that cluster's scheduler wrote, in place of its address.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="What one repository may take (default: 1800)."
)
@click.option("--memory", metavar="SIZE", help="What each process of one repository may take, such as 4G (the default).")
@click.option("--report", metavar="DIR", help="Where the reports are written (default: beside the state).")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@click.pass_context
def run(context: click.Context, /, **given: Any) -> None:
    """Do what the plan says, or go on where the last run ended."""
    from codemods.commands.migration import run as start

    context.exit(start(given))


@click.command()
@_which
@click.pass_context
def status(context: click.Context, /, **given: Any) -> None:
    """How far each repository of a plan is."""
    from codemods.commands.migration import status as show

    context.exit(show(given))


@click.command()
@_which
@click.option("--format", "kind", type=click.Choice(["json", "markdown", "html"]), default="json", show_default=True, help="What to print.")
@click.pass_context
def report(context: click.Context, /, kind: str, **given: Any) -> None:
    """The report of what was done so far, on standard output."""
    from codemods.commands.migration import report as show

    context.exit(show(given, kind))


for command in (run, status, report):
    migrate.add_command(command)
