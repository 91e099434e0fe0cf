"""Runs pyfix and the tools that are nearest to it on the same packages, and compares what they changed and what they broke.

    python -m benchmarks.side_by_side                  # all packages, all tools; writes docs/side-by-side.md
    python -m benchmarks.side_by_side boltons mako     # some packages; prints the page
    python -m benchmarks.side_by_side --no-tests       # runs no test suite, and takes the results that are there from earlier runs

Each tool has an environment of its own in `--workdir`, which `benchmarks.real_packages` may share, and rewrites a copy of each package's
whole source distribution. What it changed is counted alike for all, in `benchmarks.changes`. A result of a test suite is kept under the
digest of the sources it ran on, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from benchmarks import changes, comparison, suites
from benchmarks.packages import PACKAGES, Package
from benchmarks.tools import TOOLS, Tool

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "side-by-side.md"
LIMIT = 1200
"""Seconds that a tool may take for one package."""


def main(arguments: Sequence[str] | None = None) -> int:
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pyfix-real-packages"
    parser = argparse.ArgumentParser(prog="side_by_side", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="PACKAGE", help=", ".join(package.name for package in PACKAGES))
    parser.add_argument("--workdir", type=Path, default=default, help="where everything is kept (default: %(default)s)")
    parser.add_argument("--no-tests", action="store_true", help="run no test suite")
    parser.add_argument("-j", "--jobs", type=int, choices=(1, 2), default=1, help="packages worked on at a time (default: 1)")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - {package.name for package in PACKAGES}
    if unknown:
        parser.error(f"no package of that name is listed in benchmarks/packages.py: {', '.join(sorted(unknown))}")
    workdir = options.workdir.resolve()
    workdir.mkdir(parents=True, exist_ok=True)
    interpreters = {tool.label: _environment(tool, workdir) for tool in TOOLS}
    chosen = [package for package in PACKAGES if not options.names or package.name in options.names]

    def runs(package: Package) -> list[comparison.Run]:
        return [_run(tool, interpreters[tool.label], package, workdir / package.name, tests=not options.no_tests) for tool in TOOLS]

    with ThreadPoolExecutor(options.jobs) as pool:
        found = [run for several in pool.map(runs, chosen) for run in several]
    page = comparison.page(TOOLS, found)
    if options.names:
        print(page)
    else:
        DOCUMENT.write_text(page, encoding="utf-8")
        _say(f"wrote {DOCUMENT.relative_to(ROOT)}")
    return 0


def _environment(tool: Tool, workdir: Path) -> Path:
    """The Python that runs the tool: pyfix's is this one, any other's is in a virtual environment of its own."""
    if not tool.requires:
        return Path(sys.executable)
    return suites.virtual_environment(tool.requires, workdir / "tools" / tool.requires[0].partition("==")[0])


def _run(tool: Tool, interpreter: Path, package: Package, place: Path, *, tests: bool) -> comparison.Run:
    """What one tool does to one package. Raises `suites.Impossible` if the package cannot be had."""
    original = suites.sources(package, place)
    home = place / "side" / tool.label.replace(" ", "_").replace("/", "_")
    copy = home / "copy"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(original, copy, symlinks=True)
    failure = _apply(tool, interpreter, copy, home)
    counted = changes.tree(original, copy)
    different = _different(package, place, original, copy, tests=tests) if not failure else None
    once = _digest(copy)
    again = failure or _apply(tool, interpreter, copy, home)
    settled = None if again else _digest(copy) == once
    broken = "not run" if different is None else f"{len(different)} differ" if different else "the same"
    _say(f"{package.name}: {tool.label}: {counted.places} places, tests: {broken}{'; ' + failure if failure else ''}")
    return comparison.Run(tool.label, package.name, counted, failure, different, settled)


def _apply(tool: Tool, interpreter: Path, copy: Path, home: Path) -> str:
    """Lets the tool rewrite the copy; says what went wrong, if anything did."""
    command = tool.command(interpreter, ROOT, copy)
    variables = {**os.environ, "PYFIX_STATE_DIR": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1"}
    try:
        done = subprocess.run(
            command, cwd=home, env=variables, capture_output=True, text=True, errors="replace", timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return f"stopped after {LIMIT} seconds"
    if done.returncode not in tool.statuses:
        return f"ended with status {done.returncode}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}"
    return ""


def _different(package: Package, place: Path, original: Path, copy: Path, *, tests: bool) -> tuple[str, ...] | None:
    """The tests that end otherwise on the copy; None where neither may be run nor has been."""
    digest = _digest(copy)
    if digest == _digest(original):
        return ()
    kept = place / "results" / f"{digest}.json"
    if not kept.is_file():
        if not tests:
            return None
        try:
            after = suites.run_tests(package, suites.environment(package, place), copy)
        except suites.Impossible as error:
            return (str(error),)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(asdict(after)))
    data = json.loads(kept.read_text())
    after = suites.Result(tuple((i, o, n) for i, o, n in data["outcomes"]), data["seconds"], tuple(data["imported"]))
    return tuple(suites.differences(suites.baseline(package, place), after))


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
