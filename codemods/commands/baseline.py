"""`--baseline` and `--write-baseline`: sites that a project lives with, so that only new ones count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import click

from codemods.commands.options import Options, configuration_of
from codemods.commands.streams import err, out
from codemods.model.outcome import Fixed
from codemods.report.entry import Entry
from codemods.report.text import error_lines
from codemods.report.visible import visible
from codemods.workspace.baseline import Baseline, BaselineError, SettingsFor
from codemods.workspace.config import ConfigError
from codemods.workspace.discover import Found, Problem, discover
from codemods.workspace.pool import run as judge

_SHOWN = 5
_ROUNDS = 10
"""What a site that is held hid may be seen in the next round; rules are few, and so is what they hide from each other."""


class Held:
    """The baseline that the options name, for one run. Raises UsageError.

    Attributes:
        settings_for: the settings of a file, with its sites of the baseline held back.
    """

    def __init__(self, options: Options, settings_for: SettingsFor) -> None:
        try:
            self._baseline = Baseline.read(Path(options.baseline or ""))
        except BaselineError as error:
            raise click.UsageError(visible(str(error))) from None
        self._options = options
        self.settings_for = self._baseline.over(settings_for)

    def noted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries, each passed on when the baseline knows what has become of its sites."""
        for entry in entries:
            with suppress(ConfigError):  # whoever judges the file says so
                path = Path(entry.path)
                self._baseline.note(path, entry.outcome, self.settings_for(path))
            yield entry

    def tell_stale(self) -> None:
        """Say which sites of the baseline are no longer there."""
        stale = self._baseline.stale()
        if not stale or self._options.quiet:
            return
        count = f"{len(stale)} site{'' if len(stale) == 1 else 's'} of {visible(str(self._baseline.path))}"
        err(f"pyfix: {count} {'is' if len(stale) == 1 else 'are'} no longer there; --write-baseline makes it anew")
        shown = stale if self._options.verbose else stale[:_SHOWN]
        for line in shown:
            err(f"  {visible(line)}")
        if len(shown) < len(stale):
            err(f"  and {len(stale) - len(shown)} more; -v shows them all")


def write(options: Options) -> int:
    """Write the file with all that would be rewritten, and rewrite nothing. Returns the exit status. Raises UsageError."""
    configuration = configuration_of(options)
    baseline = Baseline(Path(options.write_baseline or ""))
    found: list[Found | Problem] = list(discover([Path(path) for path in options.paths], configuration))
    try:
        failed = _fill(baseline, found, configuration.settings_for, options)
        baseline.write()
    except BaselineError as error:
        raise click.UsageError(visible(str(error))) from None
    if not options.quiet:
        out(f"wrote {visible(str(baseline.path))}: {len(baseline)} site{'' if len(baseline) == 1 else 's'}")
    return 2 if failed else 0


def _fill(baseline: Baseline, found: list[Found | Problem], settings_for: SettingsFor, options: Options) -> bool:
    """Take up what would be rewritten, over and over until nothing more would be. Returns whether a file failed."""
    failed = False
    for number in range(_ROUNDS):
        again = set()
        with closing(judge(found, baseline.over(settings_for), jobs=options.jobs, limit=options.seconds)) as results:
            for result in results:
                entry = Entry(str(result.path), result.outcome)
                complaints = list(error_lines(entry)) if number == 0 else []
                failed = failed or bool(complaints)
                for line in complaints:
                    err(line)
                if isinstance(result.outcome, Fixed):
                    baseline.add(result.path, entry.fixed)
                    again.add(result.path)
        found = [one for one in found if one.path in again]
        if not found:
            break
    return failed
