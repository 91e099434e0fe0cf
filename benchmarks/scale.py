"""Measures `pyfix migrate` over many repositories: how many a minute, the coordinator's memory, the state's size, what a restart costs.

    python -m benchmarks.scale                     # 100 and 1,000 generated repositories, with one worker and with two
    python -m benchmarks.scale --count 50 200      # other numbers
    python -m benchmarks.scale --modules 2         # smaller repositories
    python -m benchmarks.scale --packages DIR      # besides, the repositories below DIR, as they are
    python -m benchmarks.scale --workdir DIR       # keeps the repositories, for the next time

A generated repository is a small service: a package of a dozen modules of 80 lines, of which half have
something to rewrite. The coordinator's memory is the most that its own process took up (`VmHWM`), its children apart. Everything takes from
ten minutes to hours, depending on what else the machine does; the exit status is 1 if a bound does not hold. Needs git and Linux's /proc.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template

from msgspec import Struct

from benchmarks.programs import PLAIN, SITES
from codemods.workspace.git.command import Git

ROOT = Path(__file__).parents[1]
MEMORY_BOUND = 200_000_000
GROWTH_BOUND = 1.1
POLL_SECONDS = 0.05
MODULES = 12


class Run(Struct, frozen=True):
    """One call: its seconds, the processor seconds of all its processes, the coordinator's most memory, the state's size in bytes."""

    seconds: float
    processor: float
    memory: int
    state: int
    summary: str


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scale", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, nargs="+", default=[100, 1000], help="how many repositories (default: 100 1000)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="with how many workers (default: 1 2)")
    parser.add_argument("--modules", type=int, default=MODULES, help=f"of how many modules each (default: {MODULES})")
    parser.add_argument("--packages", type=Path, help="a folder of repositories of real packages")
    parser.add_argument("--workdir", type=Path, help="where everything is kept (default: a temporary folder)")
    options = parser.parse_args(arguments)
    if options.workdir is not None:
        options.workdir.mkdir(parents=True, exist_ok=True)
        return _measure(options.workdir.resolve(), options)
    with tempfile.TemporaryDirectory(prefix="pyfix-scale-") as folder:
        return _measure(Path(folder).resolve(), options)


def _measure(folder: Path, options: argparse.Namespace) -> int:
    print("| repositories | workers | seconds | a minute | processor seconds each | coordinator MB | state KB | again, seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    peaks: dict[tuple[int, int], int] = {}
    for count in sorted(options.count):
        sources = generated(folder / f"generated{options.modules}", count, options.modules)
        for slots in options.workers:
            peaks[count, slots] = _row(folder, sources, slots, str(count))
    if options.packages is not None:
        sources = sorted(path for path in options.packages.resolve().iterdir() if (path / ".git").exists())
        for slots in options.workers:
            _row(folder, sources, slots, f"{len(sources)} real packages")
    return _judged(peaks, sorted(options.count), options.workers)


def _row(folder: Path, sources: Sequence[Path], slots: int, name: str) -> int:
    """Run, run again, and print a line. Returns the coordinator's memory."""
    with _fresh(folder, sources) as place:
        first, again = migrate(place, slots), migrate(place, slots)
    each = first.processor / len(sources)
    figures = f"{first.seconds:.0f} | {len(sources) * 60 / first.seconds:.0f} | {each:.2f}"
    print(f"| {name} | {slots} | {figures} | {first.memory / 1e6:.0f} | {first.state / 1e3:.0f} | {again.seconds:.1f} |", flush=True)
    print(f"  {first.summary}", file=sys.stderr, flush=True)
    return max(first.memory, again.memory)


def _judged(peaks: dict[tuple[int, int], int], counts: Sequence[int], workers: Sequence[int]) -> int:
    bad = [
        f"{count} repositories with {slots} workers took {peak / 1e6:.0f} MB"
        for (count, slots), peak in peaks.items()
        if peak > MEMORY_BOUND
    ]
    for slots in workers:
        least, most = peaks[counts[0], slots], peaks[counts[-1], slots]
        if most > least * GROWTH_BOUND:
            bad.append(f"memory grew from {least / 1e6:.0f} MB for {counts[0]} to {most / 1e6:.0f} MB for {counts[-1]} repositories")
    for line in bad:
        print(f"out of bounds: {line}", file=sys.stderr)
    return 1 if bad else 0


@contextmanager
def _fresh(folder: Path, sources: Sequence[Path]) -> Iterator[Path]:
    """A folder with a list of the repositories, whose branches of earlier runs are gone, and no state; removed at the end."""
    place = folder / "run"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for source in sources:
        Git(source).run("update-ref", "-d", "refs/heads/pyfix/migrate")
    (place / "list").write_text("".join(f"{source}\n" for source in sources), encoding="utf-8")
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def generated(folder: Path, count: int, modules: int) -> list[Path]:
    """So many repositories, made where they are not there yet: the same ones each time."""
    found = []
    for number in range(count):
        path = folder / f"service{number:05d}.git"
        if not (path / "refs" / "heads" / "main").exists():
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
            git = Git(path)
            git.run("init", "--quiet", "--bare", "--template=", "--initial-branch=main")
            git.run("fast-import", "--quiet", stdin=b"".join(_commit(number, modules)))
        found.append(path)
    return found


def _commit(number: int, modules: int) -> Iterator[bytes]:
    yield b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 5\nstart\n" % (1_700_000_000 + number)
    for name, text in _files(number, modules):
        data = text.encode()
        yield b"M 100644 inline %b\ndata %d\n%b\n" % (name.encode(), len(data), data)


def _files(number: int, modules: int) -> Iterator[tuple[str, str]]:
    yield "pyproject.toml", f'[project]\nname = "service{number}"\nversion = "1"\nrequires-python = ">=3.11"\n'
    yield "README.md", f"# Service {number}\n" * 20
    kinds = [*SITES.values()]
    plain = "\n\n".join(Template(text).substitute(n=place) for place, text in enumerate(PLAIN * 2))
    for module in range(modules):
        # Sites of two rules in every second module; other ones in each repository, so that no two are the same.
        sites = [Template(kinds[(number + module + one) % len(kinds)]).substitute(n=module + one) for one in range(2 * (module % 2))]
        yield f"service/module{module}.py", "\n\n".join([f"SERVICE = {number}\n", *sites, plain])


def migrate(place: Path, slots: int) -> Run:
    """One call, watched while it runs."""
    command = [sys.executable, "-m", "codemods", "migrate", "list", "--state", "state.sqlite", "-j", str(slots)]
    variables = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "NO_COLOR": "1"}
    begun, before = time.monotonic(), _processor()
    with open(place / "said", "wb") as said, open(place / "errors", "wb") as errors:
        process = subprocess.Popen(command, cwd=place, env=variables, stdout=said, stderr=errors)
        memory = 0
        while process.poll() is None:
            memory = max(memory, _peak(process.pid))
            time.sleep(POLL_SECONDS)
    seconds = time.monotonic() - begun
    if process.returncode:
        raise SystemExit((place / "errors").read_text(encoding="utf-8", errors="replace")[-2000:])
    summary = (place / "said").read_text(encoding="utf-8").splitlines()[0]
    return Run(seconds, _processor() - before, memory, (place / "state.sqlite").stat().st_size, summary)


def _processor() -> float:
    """The processor seconds of all children that have ended, and of theirs."""
    times = os.times()
    return times.children_user + times.children_system


def _peak(pid: int) -> int:
    """The most memory that a process has taken up so far, in bytes."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    sys.exit(main())
