"""The command `pyfix` itself: a group whose default command is `fix`, so that `pyfix PATH` needs no verb."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from codemods import __version__
from codemods.commands.default_command import DefaultCommandGroup
from codemods.commands.fix import fix

LAZY = frozenset(("explain", "hook", "lsp", "migrate", "rename", "rules", "suppress", "undo"))
"""The other commands. Each is the one of its name in the module of its name, imported when it is asked for: a hook waits for none."""


class _Group(DefaultCommandGroup):
    own = ("-h", "--help", "--version")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *LAZY})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in LAZY and cmd_name not in self.commands:
            self.add_command(getattr(import_module(f"codemods.commands.{cmd_name}"), cmd_name))
        found: click.Command | None = super().get_command(ctx, cmd_name)
        return found


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


pyfix.add_command(fix)
