"""Calls of the `git` program."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.workspace.git.command import Git, GitError


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """An empty repository in a folder whose name has a space and a letter beyond ASCII."""
    folder = tmp_path / "a répo"
    folder.mkdir()
    git = Git(folder)
    git.run("init", "--quiet", "--initial-branch=main")
    git.run("config", "user.name", "A")
    git.run("config", "user.email", "a@example.org")
    return git


def commit(git: Git, **files: str) -> str:
    for name, text in files.items():
        (git.folder / f"{name}.py").write_text(text)
    git.run("add", "--all")
    git.run("commit", "--quiet", "--message=x")
    return git.line("rev-parse", "HEAD")


def test_what_git_prints(git: Git) -> None:
    commit(git, a="1\n", b="2\n")
    assert git.line("symbolic-ref", "--short", "HEAD") == "main"
    assert git.items("ls-files", "-z") == [b"a.py", b"b.py"]
    assert git.call("diff", "--quiet", "HEAD", allowed=(0, 1)) == (0, b"")


def test_objects_are_given_by_one_process(git: Git) -> None:
    commit(git, a="one\n", b="")
    with git.blobs() as blobs:
        assert blobs.read("HEAD:a.py") == b"one\n"
        assert blobs.read("HEAD:b.py") == b""
        assert blobs.read("HEAD:c.py") is None
        assert blobs.read("HEAD:a.py") == b"one\n"


def test_what_git_refuses_is_one_line(git: Git) -> None:
    with pytest.raises(GitError, match=r"^git log: [^\n]*nowhere[^\n]*$"):
        git.run("log", "nowhere")


def test_a_git_that_ends_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="ended while"), Git(tmp_path).blobs() as blobs:  # no repository
        blobs.read("HEAD")


def test_without_git(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="not found"):
        git.run("status")
    with pytest.raises(GitError, match="not found"), git.blobs():
        pass


def test_a_hooks_variables_do_not_say_which_repository(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, a="1\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert git.items("ls-files", "-z") == [b"a.py"]


def test_no_program_that_the_repository_names_is_run(git: Git, tmp_path: Path) -> None:
    hook = git.folder / ".git" / "hooks" / "post-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    git.run("config", "core.fsmonitor", str(hook))
    commit(git, a="1\n")
    git.run("status")
    assert not (tmp_path / "ran").exists()
