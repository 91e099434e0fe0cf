"""A folder that pyfix rewrites, looks at again, and puts back, with a state and a cache of its own."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Tree:
    """`folder` is what is rewritten; beside it, below `place`, stand a copy of it as it was and what pyfix keeps."""

    place: Path
    folder: Path
    excludes: tuple[str, ...] = ()

    def keep(self) -> None:
        """Make the copy that `undo` compares with."""
        shutil.copytree(self.folder, self.place / "pristine", symlinks=True)

    def would_rewrite(self) -> list[str]:
        """The files that would be rewritten, relative to the folder."""
        done = self._pyfix("--diff", "-q")
        return sorted({line[6:].strip() for line in done.stdout.splitlines() if line.startswith("--- a/")})

    def rewrite(self) -> str:
        """Rewrite, and return the last line that is said. Raises SystemExit where pyfix itself failed."""
        return (self._pyfix().stdout.strip().splitlines() or [""])[-1]

    def finds_more(self) -> str:
        """What a second run finds; nothing, if all is well."""
        return self._pyfix("--check", "-q", "--no-cache").stdout

    def undo(self) -> bool:
        """Put back what was rewritten; whether that gave back every byte."""
        self._run("undo")
        return not _differing(filecmp.dircmp(self.place / "pristine", self.folder, ignore=["__pycache__"]))

    def _pyfix(self, *options: str) -> subprocess.CompletedProcess[str]:
        excludes = [f"--exclude={one}" for one in self.excludes]
        done = self._run(os.fspath(self.folder), "--isolated", "--cache-dir", os.fspath(self.place / "cache"), *excludes, *options)
        if "pyfix failed" in done.stderr or "internal error" in done.stderr or done.returncode not in (0, 1, 2):
            raise SystemExit(done.stderr)
        return done

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, "PYFIX_STATE_DIR": os.fspath(self.place / "state"), "NO_COLOR": "1", "PYTHONPATH": os.fspath(ROOT)}
        command = [sys.executable, "-m", "codemods", *arguments]
        return subprocess.run(command, cwd=self.folder, env=variables, capture_output=True, text=True, errors="replace", check=False)


def _differing(compared: filecmp.dircmp[str]) -> bool:
    _, unequal, unread = filecmp.cmpfiles(compared.left, compared.right, compared.common_files, shallow=False)
    return bool(unequal or unread or compared.left_only) or any(_differing(one) for one in compared.subdirs.values())
