"""`pyfix hook`: pyfix where code is committed and pushed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from codemods.commands.streams import err, out

_MODES = click.Choice(["block", "warn", "commit"])
_NAMES = click.Choice(["pre-push", "pre-commit"])
BUDGET = 10.0


@click.group()
def hook() -> None:
    """Install, remove or run git hooks that judge what is pushed or committed."""


@hook.command()
@click.option("--pre-push", "names", flag_value="pre-push", multiple=True, help="The hook that judges a push (the default).")
@click.option("--pre-commit", "names", flag_value="pre-commit", multiple=True, help="The hook that judges what is staged.")
@click.option(
    "--mode", type=_MODES, default="block", show_default=True, help="Refuse, only say so, or commit the rewrites where that is safe."
)
@click.option(
    "--budget", metavar="SECONDS", type=click.FloatRange(0.1), default=BUDGET, show_default=True, help="A push goes on after so long."
)
@click.option(
    "--on-failure", type=click.Choice(["allow", "refuse"]), default="allow", show_default=True, help="Where pyfix is missing or fails."
)
def install(names: tuple[str, ...], mode: str, budget: float, on_failure: str) -> None:
    """Write a git hook of this repository. One that is there already is kept and runs first.

    PYFIX_SKIP=1 in the environment lets a single push or commit through, as does git's --no-verify.
    """
    from codemods.report.visible import visible
    from codemods.workspace.git import hooks
    from codemods.workspace.git.command import GitError

    wanted = hooks.Wanted(mode, budget, on_failure == "refuse")
    try:
        for name in names or ("pre-push",):
            done = hooks.install(Path.cwd(), name, wanted)
            out(f"{visible(os.path.relpath(done.path))}: {done.said}")
            if done.others:
                err("pyfix: `core.hooksPath` is set for all repositories of yours, and so is this hook")
    except GitError as error:
        raise click.ClickException(visible(str(error))) from None


@hook.command()
@click.option("--pre-push", "names", flag_value="pre-push", multiple=True, help="Only this hook.")
@click.option("--pre-commit", "names", flag_value="pre-commit", multiple=True, help="Only this hook.")
def uninstall(names: tuple[str, ...]) -> None:
    """Remove pyfix's hooks from this repository, and put back what was there before."""
    from codemods.report.visible import visible
    from codemods.workspace.git import hooks
    from codemods.workspace.git.command import GitError

    removed = 0
    try:
        for name in names or hooks.NAMES:
            if (done := hooks.uninstall(Path.cwd(), name)) is not None:
                removed += 1
                out(f"{visible(os.path.relpath(done.path))}: {done.said}")
    except GitError as error:
        raise click.ClickException(visible(str(error))) from None
    if not removed:
        err("pyfix: there is no hook of pyfix's here")


@hook.command()
@click.argument("name", type=_NAMES)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--mode", type=_MODES, default="block", show_default=True, help="As of `install`.")
@click.option("--budget", metavar="SECONDS", type=click.FloatRange(0.1), default=BUDGET, show_default=True, help="As of `install`.")
@click.pass_context
def run(context: click.Context, name: str, arguments: tuple[str, ...], mode: str, budget: float) -> None:
    """What an installed hook calls, with the arguments and the standard input that git gives it.

    Ends with status 1 where something is to be rewritten and the push or commit is to be kept back.
    """
    if os.environ.get("PYFIX_SKIP", "0") not in ("", "0"):
        err("pyfix: not judged, since PYFIX_SKIP is set")
        context.exit(0)
    from codemods.report.visible import visible
    from codemods.workspace.git.command import GitError

    try:
        if name == "pre-commit":
            from codemods.commands import pre_commit

            context.exit(pre_commit.run(mode))
        if sys.stdin is None or (sys.stdin.isatty() and "PRE_COMMIT_LOCAL_BRANCH" not in os.environ):
            raise click.UsageError("this is for git to call: `pyfix hook install` sets it up")
        from codemods.commands import pre_push

        context.exit(pre_push.run(mode, budget, arguments[0] if arguments else ""))
    except GitError as error:
        raise click.ClickException(visible(str(error))) from None
