"""The page `docs/benchmarks.md`, out of what `benchmarks.speed` measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.ledger import table
from benchmarks.timing import Sample


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of targets.

    Attributes:
        what: what was measured.
        value: the figure that is held against the target; None where it could not be measured.
        unit: of the value and its bounds.
        target, stretch: what the value is to keep to; None means that there is none.
        more: the value is to be at least that much, not at most.
        how: the figures that the value was computed from.
    """

    what: str
    value: float | None
    unit: str
    target: float | None
    stretch: float | None = None
    more: bool = False
    how: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "**not measured**"
        if self._keeps(self.stretch):
            return "met, stretch too"
        return "no target" if self.target is None else "met" if self._keeps(self.target) else "**missed**"

    def cells(self) -> list[str]:
        value = "–" if self.value is None else f"{self.value:.2f}{self._unit}"
        return [self.what, self._bound(self.target), self._bound(self.stretch), value, self.verdict, self.how]

    def _keeps(self, bound: float | None) -> bool:
        return bound is not None and self.value is not None and (self.value >= bound if self.more else self.value <= bound)

    def _bound(self, bound: float | None) -> str:
        return "" if bound is None else f"{'≥' if self.more else '≤'} {bound:g}{self._unit}"

    @property
    def _unit(self) -> str:
        return f" {self.unit}" if self.unit else ""


@dataclass(slots=True)
class Findings:
    """What the parts of a run found.

    Attributes:
        rows: of the table of targets.
        times: what each command cost, by its name.
        curve: size in thousands of lines, and seconds of processors.
        notes: how it was measured, a sentence or more each.
    """

    rows: list[Row] = field(default_factory=list)
    times: dict[str, Sample] = field(default_factory=dict)
    curve: Sequence[tuple[float, float]] = ()
    notes: list[str] = field(default_factory=list)

    def add(self, other: Findings) -> None:
        self.rows += other.rows
        self.times |= other.times
        self.curve = [*self.curve, *other.curve]
        self.notes += other.notes


@dataclass(frozen=True, slots=True)
class Setting:
    """When and with what a run was made.

    Attributes:
        date: the day, as text.
        pyfix: its version and commit.
        libraries, peers: what pyfix ran with, and the other tools, as pip has them.
        repeats: how often each command ran.
        load: of the machine, before and after.
    """

    date: str
    pyfix: str
    libraries: Sequence[str]
    peers: Sequence[str]
    repeats: int
    load: tuple[float, float]


TARGETS = ("what", "target", "stretch", "measured", "verdict", "out of")
TIMES = ("command", "seconds", "seconds of processors", "peak of a process")


def page(found: Findings, setting: Setting, picture: str) -> str:
    """The whole document. `picture` is the name of the curve's file."""
    parts = [
        "<!-- Written by `python -m benchmarks.speed`; not to be edited by hand. -->\n# Speed",
        f"Made by `python -m benchmarks.speed` on {setting.date} with pyfix {setting.pyfix}, CPython {platform.python_version()}, "
        f"{platform.system()}. Commands that are compared took turns; each figure is the median of {setting.repeats} runs, "
        "where nothing else is said below.",
        f"Machine: {machine()}. Its load was {setting.load[0]:.1f} when the run began, and {setting.load[1]:.1f} when it ended, with what "
        "the run itself caused.",
        f"Installed from PyPI: for pyfix {', '.join(setting.libraries)}; for the others {', '.join(setting.peers)}.",
        f"## Targets\n\n{summary(found.rows)}\n\n{table(TARGETS, (row.cells() for row in found.rows))}",
    ]
    if found.curve:
        parts.append(f"## Growth\n\n![Seconds of processors by thousands of lines]({picture})")
    parts.append("## Times\n\n" + table(TIMES, time_rows(found.times)))
    if found.notes:
        parts.append("## How\n\n" + "\n".join(f"- {note}" for note in found.notes))
    return "\n\n".join(parts) + "\n"


def summary(rows: Sequence[Row]) -> str:
    """How many of the targets are met."""
    verdicts = [row.verdict for row in rows if row.target is not None or row.value is None]
    met = sum(verdict.startswith("met") for verdict in verdicts)
    lost = verdicts.count("**not measured**")
    return f"Met: {met} of {len(verdicts)}." + (f" Not measured: {lost}." if lost else "")


def time_rows(times: Mapping[str, Sample]) -> Iterator[list[str]]:
    for name, sample in times.items():
        yield [name, f"{sample.seconds:.3f}", f"{sample.processor:.3f}", f"{sample.peak:.0f} MB"]


def machine() -> str:
    """Cores, processor and memory, and nothing that names the machine."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {model}, {memory:.0f} GiB"
