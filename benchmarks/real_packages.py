"""Runs pyfix on packages of other people, and their own tests before and after.

    python -m benchmarks.real_packages                    # all of them; writes docs/real-packages.md
    python -m benchmarks.real_packages boltons mako       # some; prints their tables and writes no document
    python -m benchmarks.real_packages --baseline         # only fetches the packages and runs their tests as they are
    python -m benchmarks.real_packages --sites            # no tests: only what pyfix sees, a minute instead of ten

Everything is kept in `--workdir`, so that a second run downloads and installs nothing and takes the first result of the tests as it was. A
package's `pyfix.diff` there is the whole diff, to be read line by line. The exit status is 1 if a test ended otherwise than before.

Needs pip, and apt-get for the packages that come from Debian. At most two packages are worked on at a time (`-j 2`).
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import ledger, suites
from benchmarks.packages import PACKAGES, Package

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "real-packages.md"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    chosen = [package for package in PACKAGES if not options.names or package.name in options.names]
    options.workdir.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        entries = [entry for entry in pool.map(lambda package: _entry(package, options), chosen) if entry is not None]
    if options.baseline:
        return 0 if len(entries) == len(chosen) else 1
    by_hand = ledger.by_hand_of(DOCUMENT.read_text(encoding="utf-8")) if DOCUMENT.is_file() else ""
    page = ledger.page(entries, platform.python_version(), _version(), by_hand)
    if options.names or options.sites or len(entries) < len(chosen):
        print(page)
    else:
        DOCUMENT.write_text(page, encoding="utf-8")
        _say(f"wrote {DOCUMENT.relative_to(ROOT)}")
    trouble = len(entries) < len(chosen) or any(entry.different or entry.defects or not entry.canary for entry in entries)
    return 1 if trouble else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pyfix-real-packages"
    parser = argparse.ArgumentParser(prog="real_packages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", type=_name, metavar="PACKAGE", help=", ".join(package.name for package in PACKAGES))
    parser.add_argument("--workdir", type=Path, default=default, help="where everything is kept (default: %(default)s)")
    parser.add_argument("--baseline", action="store_true", help="only run the tests of the packages as they are")
    parser.add_argument("--sites", action="store_true", help="run no tests after the rewrite")
    parser.add_argument("-j", "--jobs", type=int, choices=(1, 2), default=1, help="packages worked on at a time (default: 1)")
    return parser.parse_args(arguments)


def _name(given: str) -> str:
    if given not in {package.name for package in PACKAGES}:
        raise argparse.ArgumentTypeError(f"no package of that name is listed in benchmarks/packages.py: {given}")
    return given


def _entry(package: Package, options: argparse.Namespace) -> ledger.Entry | None:
    place = options.workdir.resolve() / package.name
    try:
        before = suites.baseline(package, place)
        _say(f"{package.name} {package.version}: {before} in {before.seconds:.0f} s")
        return _rewritten(package, place, before, options)
    except suites.Impossible as error:
        _say(str(error))
        return None


def _rewritten(package: Package, place: Path, before: suites.Result, options: argparse.Namespace) -> ledger.Entry:
    """The package's entry, with a rewritten copy of its sources and their diff left in `place`."""
    original, copy, python = place / "original", place / "rewritten", suites.environment(package, place)
    files = list(original.rglob("*.py"))
    if options.baseline:
        return ledger.Entry(package, len(files), 0, {}, (), 0, (0, 0), 0.0, before, before, before, (), True, True)
    report = _report(original, place)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(original, copy, symlinks=True)
    started = time.perf_counter()
    _pyfix(place, str(package.code(copy)))
    seconds = time.perf_counter() - started
    package_only = before if options.sites else suites.run_tests(package, python, copy)
    started = time.perf_counter()
    _pyfix(place, str(copy))
    seconds += time.perf_counter() - started
    everything = before if options.sites else suites.run_tests(package, python, copy)
    (place / "pyfix.diff").write_text("".join(_diff(original, copy)), encoding="utf-8", errors="surrogateescape")
    changed = [path for path in files if path.read_bytes() != (copy / path.relative_to(original)).read_bytes()]
    own = {str(path.relative_to(original)) for path in changed if path.is_relative_to(package.code(original))}
    different = [*suites.differences(before, package_only), *suites.differences(before, everything)]
    return ledger.Entry(
        package,
        len(files),
        sum(path.read_bytes().count(b"\n") for path in files),
        ledger.tallies(report),
        tuple(_defects(report)),
        len(changed),
        (len(own & set(before.imported)), len(own)),
        seconds,
        before,
        package_only,
        everything,
        tuple(dict.fromkeys(different)),
        options.sites or suites.canary_dies(package, python, copy),
        _pyfix(place, "--check", str(copy)).returncode == 0,
    )


def _report(original: Path, place: Path) -> dict[str, Any]:
    """Pyfix's JSON report on the sources as they are."""
    done = _pyfix(place, "--check", "--show-refused", "--output-format", "json", str(original))
    try:
        document: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise suites.Impossible(f"{place.name}: pyfix gave no report (status {done.returncode}):\n{done.stderr[-2000:]}") from error
    return document


def _pyfix(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs pyfix with its default rules and level, and with state of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), "--isolated", "--no-cache", *arguments]
    variables = {**os.environ, "PYFIX_STATE_DIR": str(place / "state"), "XDG_CACHE_HOME": str(place / "cache"), "NO_COLOR": "1"}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode not in (0, 1):
        _say(f"{place.name}: pyfix ended with status {done.returncode}:\n{done.stderr[-2000:]}")
    return done


def _defects(report: dict[str, Any]) -> Iterator[str]:
    for file in report["files"]:
        if file["status"] == "failed":
            yield f"{file['path']}:{file['line']}: {file['cause']}"
        for defect in file.get("defects", ()):
            yield f"{file['path']}:{defect['line']}: {defect['rule']}: {defect['kind']}: {defect['cause']}"


def _diff(original: Path, copy: Path) -> Iterator[str]:
    for path in sorted(original.rglob("*.py*")):
        name = path.relative_to(original)
        if path.is_file() and path.read_bytes() != (copy / name).read_bytes():
            old, new = (
                file.read_text(encoding="utf-8", errors="surrogateescape").splitlines(keepends=True) for file in (path, copy / name)
            )
            yield from difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")


def _version() -> str:
    from codemods import __version__

    return __version__


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
