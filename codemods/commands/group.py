"""The command `pyfix` itself: a group whose default command is `fix`, so that `pyfix PATH` needs no verb."""

from __future__ import annotations

from typing import Any

import click

from codemods import __version__
from codemods.commands.default_command import DefaultCommandGroup
from codemods.commands.explain import explain
from codemods.commands.fix import fix
from codemods.commands.hook import hook
from codemods.commands.lsp import lsp
from codemods.commands.migrate import migrate
from codemods.commands.rename import rename
from codemods.commands.rules import rules
from codemods.commands.suppress import suppress
from codemods.commands.undo import undo


class _Group(DefaultCommandGroup):
    own = ("-h", "--help", "--version")


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


for command in (fix, rename, rules, explain, suppress, undo, migrate, hook, lsp):
    pyfix.add_command(command)
