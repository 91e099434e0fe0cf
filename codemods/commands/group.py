"""The command `pyfix` itself: a group whose default command is `fix`, so that `pyfix PATH` needs no verb."""

from __future__ import annotations

from typing import Any

import click
from click_default_group import DefaultGroup

from codemods import __version__
from codemods.commands.explain import explain
from codemods.commands.fix import fix
from codemods.commands.rename import rename
from codemods.commands.rules import rules
from codemods.commands.undo import undo

_OWN = ("-h", "--help", "--version")


class _Group(DefaultGroup):  # type: ignore[misc] # it has no types
    """Everything that does not begin with a command's name is for the default command, whose options the help shows as well."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in _OWN):
            args = [self.default_cmd_name, *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPTIONS] PATH...")
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with click.Context(fix, info_name=fix.name, parent=ctx) as default:
            fix.format_options(default, formatter)
        self.format_commands(ctx, formatter)


@click.group(cls=_Group, default="fix", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pyfix", message="%(prog)s %(version)s")
def pyfix(**_: Any) -> None:
    """Rewrite Python habits into the code a reviewer would have asked for, only where it is proved that behaviour stays the same.

    Files are rewritten in place; `pyfix undo` takes that back. Name a path like a command as `./rules`.

    \b
    Exit status: 0 done; 1 with --diff or --check where something would change, and with
    --exit-non-zero-on-fix where something did; 2 wrong usage, or a file that could not
    be processed (the others still are).
    """


for command in (fix, rename, rules, explain, undo):
    pyfix.add_command(command)
