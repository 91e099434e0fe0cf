"""The same input gives the same bytes: with any number of processes, any order of files and folders, and any seed of Python's hashes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
AREAS = sorted(path.name for path in (ROOT / "examples" / "bad").iterdir() if path.is_dir())


def result_of(folder: Path, seed: str, *arguments: str) -> tuple[dict[str, bytes], bytes]:
    """What becomes of the bad examples, and what is said of them in JSON, file by file."""
    shutil.copytree(ROOT / "examples" / "bad", folder / "bad", ignore=shutil.ignore_patterns("__pycache__", "pyproject.toml"))
    variables = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.fspath(ROOT), "PYFIX_STATE_DIR": os.fspath(folder / "state")}
    command = [sys.executable, "-m", "codemods", "--isolated", "--no-cache", "--show-refused", "--output-format", "json", *arguments]
    done = subprocess.run(command, cwd=folder / "bad", env=variables, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return {os.fspath(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "bad").rglob("*.py"))}, done.stdout


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], bytes]:
    return result_of(tmp_path_factory.mktemp("usual"), "0", "-j", "1", *AREAS)


def test_any_number_of_processes_and_any_seed(usual: tuple[dict[str, bytes], bytes], tmp_path: Path) -> None:
    assert result_of(tmp_path, "4242", "-j", "3", *AREAS) == usual
    assert sum(data != (ROOT / "examples" / name).read_bytes() for name, data in usual[0].items()) >= 10


def test_any_order_of_the_files(usual: tuple[dict[str, bytes], bytes], tmp_path: Path) -> None:
    files = sorted(
        os.fspath(path.relative_to(ROOT / "examples" / "bad"))
        for area in AREAS
        for path in (ROOT / "examples" / "bad" / area).rglob("*.py")
    )
    changed, said = result_of(tmp_path, "random", "-j", "2", *reversed(files))
    assert changed == usual[0]
    assert sorted(said.splitlines()) == sorted(usual[1].splitlines())
