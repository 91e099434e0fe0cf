"""The hooks in `.pre-commit-hooks.yaml`, run by the real pre-commit.

Pre-commit would make an environment for them with pip; here they run in this one, and apart from that as the file has them.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands.call import NOTHING, ROOT, SAFE, SAFE_AFTER
from tests.workspace.git.repository import Repository

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}


class Framework:
    """A repository with a configuration for pre-commit."""

    def __init__(self, folder: Path, *ids: str) -> None:
        self.repository = Repository.new(folder / "a wörk")
        programs = folder / "bin"
        programs.mkdir()
        (programs / "pyfix").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m codemods "$@"\n')
        (programs / "pyfix").chmod(0o755)
        self.variables = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.fspath(ROOT),
            "PRE_COMMIT_HOME": os.fspath(folder / "home"),
            "PRE_COMMIT_COLOR": "never",
        }
        ample = {"pyfix-pre-push": ["--budget", "1000"]}  # a busy machine is no failure
        hooks = [{**HOOKS[name], "language": "system", "args": ample.get(name, [])} for name in ids]
        config = {"default_install_hook_types": ["pre-commit", "pre-push"], "repos": [{"repo": "local", "hooks": hooks}]}
        self.repository.write(".pre-commit-config.yaml", yaml.safe_dump(config).encode())

    def __call__(self, *arguments: str, status: int = 0) -> str:
        return self.repository(*arguments, status=status, **self.variables)

    def install(self) -> None:
        command = [sys.executable, "-m", "pre_commit", "install"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        subprocess.run(command, cwd=self.repository.folder, env={**kept, **self.variables}, capture_output=True, check=True)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("STATE", "CACHE"):
        monkeypatch.setenv(f"PYFIX_{kind}_DIR", os.fspath(tmp_path / kind))


def test_the_file_is_as_pre_commit_wants_it() -> None:
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", os.fspath(MANIFEST)], check=False, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")
    assert list(HOOKS) == ["pyfix", "pyfix-check", "pyfix-pre-push"]
    assert all(hook["language"] == "python" for hook in HOOKS.values())


def test_a_commit_and_a_push(tmp_path: Path) -> None:
    git = Framework(tmp_path, "pyfix", "pyfix-pre-push")
    git.install()
    git.repository.write("a.py", SAFE)
    git("add", ".")
    said = git("commit", "-m", "x", status=1)
    assert "rewrote a.py: 1 site (dict-keys 1)" in said
    assert git.repository.blob(":a.py") == SAFE
    git("add", ".")
    git("commit", "-m", "x")
    assert git.repository.blob("HEAD:a.py") == SAFE_AFTER

    there = Repository.new(tmp_path / "there", "--bare")
    git("remote", "add", "origin", os.fspath(there.folder))
    git.repository.commit(b=SAFE)
    said = git("push", "-u", "origin", "main", status=1)  # all is new: pre-commit names no commit to compare with
    assert "main: 1 site in 1 file to rewrite, on lines that this push brings" in said
    git("push", "--no-verify", "-u", "origin", "main")
    git.repository.commit(c=NOTHING, b=SAFE.replace(b"show", b"show_all"))
    assert "Passed" in git("push")  # the line with the site is there already
    git.repository.commit(c=SAFE)
    assert "git merge --ff-only refs/pyfix/pre-push/main && git push" in git("push", status=1)
    git("merge", "--quiet", "--ff-only", "refs/pyfix/pre-push/main")
    git("push")
    assert there.blob("main:c.py") == SAFE_AFTER


def test_the_check_changes_nothing(tmp_path: Path) -> None:
    git = Framework(tmp_path, "pyfix-check")
    git.install()
    git.repository.write("a.py", SAFE)
    git("add", ".")
    said = git("commit", "-m", "x", status=1)
    assert "+    for key in d:\n" in said
    assert "files were modified" not in said
    assert (git.repository.folder / "a.py").read_bytes() == SAFE
