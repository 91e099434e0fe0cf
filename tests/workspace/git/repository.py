"""A repository to try things in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Repository:
    """A repository in `folder`, called by the user's own git: hooks run, and configuration counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def new(cls, folder: Path, *options: str) -> Repository:
        folder.mkdir(parents=True, exist_ok=True)
        made = cls(folder)
        made("init", "--quiet", "--initial-branch=main", *options)
        made("config", "user.name", "A")
        made("config", "user.email", "a@example.org")
        return made

    def __call__(self, *arguments: str, status: int = 0, **variables: str) -> str:
        """What git says, on both streams; it must end with `status`."""
        done = self.call(*arguments, **variables)
        said = os.fsdecode(done.stdout + done.stderr)
        assert done.returncode == status, said
        return said.rstrip("\n")

    def call(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
        return subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, check=False, env={**kept, **quiet, **variables})

    def write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def commit(self, **files: bytes) -> str:
        """Everything as it lies there, and these modules besides, as a commit, whose id comes back."""
        for name, data in files.items():
            self.write(f"{name}.py", data)
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--no-verify", "--message=x")
        return self("rev-parse", "HEAD")

    def blob(self, name: str) -> bytes:
        """The object that `name` names, such as `:a.py` or `HEAD:a.py`."""
        done = self.call("cat-file", "blob", name)
        assert done.returncode == 0, done.stderr
        return done.stdout
