"""A package's sources, its environment, and its test suite's result."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.packages import Package

PLUGIN = Path(__file__).parent / "plugin"
DEBIAN = "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main\n"
LIMIT = 1800
"""Seconds that one run of a test suite may take."""


class Impossible(Exception):
    """A package cannot be had or its tests cannot be run here; `str()` says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a test suite gave.

    Attributes:
        outcomes: how many tests had this id and this outcome (passed, failed, error, skipped, …), as `(id, outcome, count)`, sorted.
        seconds: how long it took.
        imported: the package's files that were imported, relative to its folder.
    """

    outcomes: tuple[tuple[str, str, int], ...]
    seconds: float
    imported: tuple[str, ...]

    def counts(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for _, outcome, count in self.outcomes:
            total[outcome] += count
        return total

    def __str__(self) -> str:
        return ", ".join(f"{count} {kind}" for kind, count in sorted(self.counts().items()))


def differences(before: Result, after: Result) -> list[str]:
    """The tests that did not end alike, a line each."""
    was, now = set(before.outcomes), set(after.outcomes)
    return [f"{ident}: {count} {kind}, only before" for ident, kind, count in sorted(was - now)] + [
        f"{ident}: {count} {kind}, only after" for ident, kind, count in sorted(now - was)
    ]


def sources(package: Package, place: Path) -> Path:
    """The unpacked source distribution, downloaded when it is not there yet. Raises `Impossible`."""
    root = place / "original"
    if root.is_dir():
        return root
    archives = place / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    archive = (_from_debian if package.origin == "debian" else _from_pypi)(package, archives)
    unpacked = place / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked, filter="data")
    (top,) = unpacked.iterdir()
    top.rename(root)
    return root


def _from_pypi(package: Package, archives: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(archives)]
    run([*command, f"{package.name}=={package.version}"], archives)
    return next(archives.glob("*.tar.gz"))


def _from_debian(package: Package, archives: Path) -> Path:
    """Debian's source packages hold the whole upstream tree, tests included. Needs apt; touches none of the system's lists."""
    if shutil.which("apt-get") is None:
        raise Impossible(f"{package.name}: its source distribution on PyPI has no tests, and there is no apt-get to fetch Debian's")
    apt = archives / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    (apt / "sources.list").write_text(DEBIAN)
    places = {"Dir::Etc::sourcelist": "sources.list", "Dir::State::lists": "lists", "Dir::Cache": "cache"}
    options = [part for key, name in places.items() for part in ("-o", f"{key}={apt / name}")] + ["-o", "Dir::Etc::sourceparts=/dev/null"]
    run(["apt-get", *options, "-q", "update"], archives)
    run(["apt-get", *options, "-q", "source", "--download-only", package.name], archives)
    archive = next(archives.glob(f"{package.name}_{package.version}.orig.tar.*"), None)
    if archive is None:
        raise Impossible(f"{package.name}: Debian has another version now than {package.version}")
    return archive


def environment(package: Package, place: Path) -> Path:
    """The Python of a virtual environment with what the package's tests need, and not the package."""
    return virtual_environment(package.requires, place / "env")


def virtual_environment(requires: tuple[str, ...], folder: Path) -> Path:
    """The Python of a virtual environment in `folder`. Made anew when the requirements change. Raises `Impossible`."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "requires.txt"
    wanted = "\n".join([sys.version, *requires])
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "-m", "venv", str(folder)], folder.parent)
        run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *requires], folder.parent)
        stamp.write_text(wanted)
    return python


def run_tests(package: Package, python: Path, root: Path) -> Result:
    """Runs the package's own tests against the sources in `root`. Raises `Impossible` if the tests used any other copy of the package."""
    report = _report(root)
    report.unlink(missing_ok=True)
    started = time.perf_counter()
    output = _pytest(package, python, root)
    seconds = time.perf_counter() - started
    if not report.is_file():
        raise Impossible(f"{package.name}: pytest did not come to an end:\n{output[-2000:]}")
    found = json.loads(report.read_text())
    if found["outside"] or not found["inside"]:
        raise Impossible(f"{package.name}: the tests ran on another copy: {found['outside'] or 'no module was imported'}")
    imported = sorted({str(Path(file).relative_to(root.resolve())) for file in found["inside"]})
    return Result(tuple((ident, outcome, count) for ident, outcome, count in found["outcomes"]), seconds, tuple(imported))


def _report(root: Path) -> Path:
    return root.parent / "canary.json"


def canary_dies(package: Package, python: Path, root: Path) -> bool:
    """Whether the tests fail once the package in `root` cannot be imported: the proof that it is what they test."""
    entry = package.code(root) / "__init__.py"
    kept = entry.read_bytes()
    try:
        entry.write_bytes(b"raise ImportError('canary')\n")
        output = _pytest(package, python, root, "-x")
    finally:
        entry.write_bytes(kept)
    return "ImportError" in output and "canary" in output


def _pytest(package: Package, python: Path, root: Path, *options: str) -> str:
    """Runs pytest with the sources in front of everything else, and nothing of the outside world; returns what it printed."""
    variables = {
        "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "HOME": str(root.parent / "home"),
        "PYTHONPATH": os.pathsep.join([str(package.code(root).parent), str(PLUGIN)]),
        "PYFIX_CANARY": os.pathsep.join([package.imports, str(root), str(_report(root))]),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }
    (root.parent / "home").mkdir(exist_ok=True)
    skipped = [part for ident, _ in package.deselect for part in ("--deselect", ident)]
    command = [str(python), "-m", "pytest", "-q", "-p", "pyfix_canary", "-p", "no:cacheprovider", *skipped, *options, *package.tests]
    try:
        done = subprocess.run(
            command, cwd=root / package.folder, env=variables, capture_output=True, text=True, errors="replace", timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Impossible(f"{package.name}: its tests took more than {LIMIT} seconds") from error
    return done.stdout + done.stderr


def baseline(package: Package, place: Path) -> Result:
    """The result of the tests on the sources as they are; run once and kept until the package or its needs change."""
    root, python = sources(package, place), environment(package, place)
    kept = place / "before.json"
    key = hashlib.sha256(repr((package, sys.version)).encode()).hexdigest()
    if kept.is_file():
        data = json.loads(kept.read_text())
        if data.pop("key") == key:
            return Result(tuple((i, o, n) for i, o, n in data["outcomes"]), data["seconds"], tuple(data["imported"]))
    result = run_tests(package, python, root)
    kept.write_text(json.dumps({"key": key, **asdict(result)}))
    return result


def run(command: list[str], folder: Path) -> None:
    """Runs a command in a folder. Raises `Impossible` with the end of what it said if its status is not 0."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Impossible(f"`{' '.join(command)}` failed:\n{(done.stdout + done.stderr)[-2000:]}")
