"""What the command line of `fix` says, as one frozen object."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

if TYPE_CHECKING:
    from codemods.report.entry import Mode
    from codemods.workspace.config import Configuration

FORMATS = ("text", "json", "sarif", "github", "gitlab", "diff")
EXPLAINED = ("json", "sarif")
"""Formats that say what each verdict rests on, and what each rewrite is alone."""


class Options(Struct, frozen=True):
    """The options, named and typed as in the help; None where the configuration decides."""

    paths: tuple[str, ...]
    diff: bool = False
    check: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe_fixes: bool | None = None
    show_refused: bool = False
    statistics: bool = False
    output_format: str = "text"
    target_version: tuple[int, int] | None = None
    line_length: int | None = None
    stdin_filename: str | None = None
    since: str | None = None
    staged: bool = False
    verify: str | None = None
    known_failures: str | None = None
    bisect_budget: int = 100
    verify_timeout: float | None = None
    jobs: int = 0
    timeout: float = 60.0
    no_cache: bool = False
    cache_dir: str | None = None
    config: str | None = None
    isolated: bool = False
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    exit_non_zero_on_fix: bool = False
    interactive: bool = False
    baseline: str | None = None
    write_baseline: str | None = None
    show_files: bool = False
    show_settings: bool = False
    quiet: bool = False
    verbose: bool = False

    @property
    def mode(self) -> Mode:
        """What is done with what is found. A diff says more than a list, so it wins."""
        return "diff" if self.diff else "check" if self.check else "fix"

    @property
    def is_limited(self) -> bool:
        """Only what touches changed lines is looked at."""
        return self.staged or self.since is not None

    @property
    def seconds(self) -> float | None:
        """What one file, or a megabyte of it, may take; None for any time."""
        return self.timeout or None

    @property
    def is_json(self) -> bool:
        return self.output_format == "json"

    @property
    def is_for_programs(self) -> bool:
        """Whether standard output holds a report in a format that some program reads, and nothing else."""
        return self.output_format != "text"


def configuration_of(options: Options) -> Configuration:
    """The configuration under the options. Raises UsageError for what cannot be."""
    from codemods.engine import registry
    from codemods.report.visible import visible
    from codemods.workspace.config import ConfigError, Configuration, Overrides

    overrides = Overrides(
        select=options.select or None,
        ignore=options.ignore,
        unsafe_fixes=options.unsafe_fixes,
        target=options.target_version,
        line_length=options.line_length,
        exclude=options.exclude,
        force_exclude=options.force_exclude,
        config=Path(options.config) if options.config else None,
        isolated=options.isolated,
        explain=options.show_refused or options.output_format in EXPLAINED,
    )
    try:
        return Configuration(registry.select, overrides)
    except ConfigError as error:
        raise click.UsageError(visible(str(error))) from None


def split_commas(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """A click callback: the items of a repeatable option that takes several at once, separated by commas."""
    items = tuple(stripped for item in value for part in item.split(",") if (stripped := part.strip()))
    if value and not items:
        raise click.BadParameter("is empty")
    return items


def parse_version(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """A click callback: "3.11" as (3, 11)."""
    from codemods.workspace.config import parse_target

    if value is None:
        return None
    try:
        return parse_target(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
