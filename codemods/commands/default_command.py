"""A group of commands one of which needs no verb."""

from __future__ import annotations

from typing import Any

import click
from click_default_group import DefaultGroup


class DefaultCommandGroup(DefaultGroup):  # type: ignore[misc] # it has no types
    """Everything that does not begin with a command's name is for the default command, whose options the help shows as well.

    `own`: the options of the group itself.
    """

    own: tuple[str, ...] = ("-h", "--help")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.list_commands(ctx) and args[0] not in self.own):
            args = [self.default_cmd_name, *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with self._default(ctx) as default:
            pieces = " ".join(default.command.collect_usage_pieces(default))
        formatter.write_usage(ctx.command_path, pieces)
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with self._default(ctx) as default:
            default.command.format_options(default, formatter)
        self.format_commands(ctx, formatter)

    def _default(self, ctx: click.Context) -> click.Context:
        command: Any = self.commands[self.default_cmd_name]
        return click.Context(command, info_name=command.name, parent=ctx)
