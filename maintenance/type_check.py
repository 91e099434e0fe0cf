"""Which guards the type checker misses: those that only narrow a type have no test, and need none."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from maintenance.guards import changed


class TypeCheck:
    """mypy's daemon on a copy of a package, as a context.

    mypy's daemon re-checks what a change touches, in under a second where a whole run takes half a minute; the checker is the one that the
    continuous integration runs.

    Args:
        root: the repository.
        package: the folder that is copied and checked.
    """

    def __init__(self, root: Path, package: str) -> None:
        self.root = root
        self.package = package
        self.folder = Path(tempfile.mkdtemp())
        self.errors: dict[str, int] = {}

    def __enter__(self) -> TypeCheck:
        shutil.copytree(self.root / self.package, self.folder / self.package)
        settings = self.root / "pyproject.toml"
        if settings.exists():
            shutil.copy(settings, self.folder)
        self._daemon("start", "--", "--strict")
        self._check()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._daemon("stop")
        shutil.rmtree(self.folder)

    def misses(self, source: str, path: str, number: int) -> bool:
        """Whether a file has more errors with one guard, by its place in the list of `guards`, switched off.

        Both times the file is as `ast.unparse` writes it: without its comments, those for the type checker among them.
        """
        file = self.folder / path
        if path not in self.errors:
            file.write_text(ast.unparse(ast.parse(source)), "utf-8")
            self.errors[path] = self._check()
        file.write_text(ast.unparse(changed(source, path, number)), "utf-8")
        found = self._check()
        file.write_text(source, "utf-8")
        return found > self.errors[path]

    def _check(self) -> int:
        """The number of errors in the whole package."""
        printed = self._daemon("check", self.package)
        assert "Success" in printed or "Found" in printed, printed
        return printed.count(": error: ")

    def _daemon(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "mypy.dmypy", "--status-file", str(self.folder / "status.json"), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr
