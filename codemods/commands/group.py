"""The group `pyfix`: its commands, and `fix` for everything that names none."""

from __future__ import annotations

import click
from click_default_group import DefaultGroup

from codemods import __version__


class _Commands(DefaultGroup):  # type: ignore[misc] # the package has no types
    """Loads a command's module when the command is asked for; shows the options of `fix` in the group's own help."""

    names = ("explain", "fix", "rules", "undo")

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.names:
            context.arg0 = name  # type: ignore[attr-defined] # how DefaultGroup hands the first path on to the default command
            name = self.default_cmd_name
        from importlib import import_module

        found = getattr(import_module(f"codemods.commands.{name}"), name)
        assert isinstance(found, click.Command)
        return found

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        fix = self.get_command(context, "fix")
        assert fix is not None
        with click.Context(fix, info_name="pyfix", parent=context) as inner:
            fix.format_options(inner, formatter)
        self.format_commands(context, formatter)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            commands = [(name, self.get_command(context, name)) for name in self.names]
            formatter.write_dl([(name, command.get_short_help_str(70)) for name, command in commands if command is not None])

    def collect_usage_pieces(self, context: click.Context) -> list[str]:
        return ["[OPTIONS] PATH...", "| COMMAND [ARGS]..."]


@click.group(
    cls=_Commands,
    default="fix",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A path that is named like a command is given as ./name.",
)
@click.version_option(__version__, prog_name="pyfix", message="%(prog)s %(version)s")
def pyfix() -> None:
    """Rewrite Python habits into what a reviewer would ask for, where it is proved that behaviour stays the same.

    Without --diff or --check the files are rewritten in place; `pyfix undo` puts them back.
    """
