"""The options of `fix`, as click declares them and as one frozen object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from codemods.workspace.config import Overrides


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked `fix` for."""

    paths: tuple[str, ...]
    diff: bool
    check: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    unsafe_fixes: bool | None
    show_refused: bool
    statistics: bool
    output_format: str
    target_version: str | None
    stdin_filename: str | None
    jobs: int
    no_cache: bool
    cache_dir: str | None
    config: str | None
    isolated: bool
    exclude: tuple[str, ...]
    force_exclude: bool
    exit_non_zero_on_fix: bool
    show_files: bool
    show_settings: bool
    quiet: bool
    verbose: bool

    @property
    def dry(self) -> bool:
        """Whether nothing is to be written."""
        return self.diff or self.check

    def overrides(self) -> Overrides:
        """What the command line has to say against configuration files. Raises `click.BadParameter`."""
        from pathlib import Path

        from codemods.workspace.config import Overrides, parse_target

        try:
            target = parse_target(self.target_version) if self.target_version is not None else None
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--target-version") from None
        return Overrides(
            select=self.select or None,
            ignore=self.ignore,
            unsafe_fixes=self.unsafe_fixes,
            target=target,
            exclude=tuple(part for one in self.exclude for part in one.split(",") if part),
            force_exclude=self.force_exclude,
            config=Path(self.config) if self.config is not None else None,
            isolated=self.isolated,
        )


_RULES = "rule names, areas or ALL; repeatable, comma-separated"

_DECLARATIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("paths", nargs=-1, type=click.Path(), metavar="PATH..."),
    click.option("--diff", is_flag=True, help="Show what would change; write nothing."),
    click.option("--check", is_flag=True, help="List what would change, a line a site; write nothing."),
    click.option("--select", multiple=True, metavar="RULES", help=f"Only these rules: {_RULES}."),
    click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules."),
    click.option("--unsafe-fixes/--no-unsafe-fixes", default=None, help="Also make rewrites that rest on an assumption."),
    click.option("--show-refused", is_flag=True, help="Also list the sites seen and left, each with its reason."),
    click.option("--statistics", is_flag=True, help="Counts by rule and by reason."),
    click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="For people or for programs."),
    click.option("--target-version", metavar="3.11", help="The lowest Python that must run the result."),
    click.option("--stdin-filename", metavar="NAME", help="With `-` for PATH: the name that standard input goes by."),
    click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Processes; default: one a processor."),
    click.option("--no-cache", is_flag=True, help="Use no cache (there is none yet)."),
    click.option("--cache-dir", type=click.Path(), metavar="DIR", help="Where a cache would lie (there is none yet)."),
    click.option("--config", type=click.Path(), metavar="FILE", help="Take [tool.pyfix] from this file."),
    click.option("--isolated", is_flag=True, help="Read no configuration."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out, too; repeatable, comma-separated."),
    click.option("--force-exclude", is_flag=True, help="Exclusions hold for files named outright, too."),
    click.option("--exit-non-zero-on-fix", is_flag=True, help="Status 1 when something was rewritten."),
    click.option("--show-files", is_flag=True, help="List the files that would be read, and stop."),
    click.option("--show-settings", is_flag=True, help="Show the settings of each file named, and stop."),
    click.option("-q", "--quiet", is_flag=True, help="Only errors, and what --diff and --check show."),
    click.option("-v", "--verbose", is_flag=True, help="Also print the diffs of what is rewritten."),
)


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare all options on a click command."""
    for declare in reversed(_DECLARATIONS):
        command = declare(command)
    return command
