"""`pyfix hook install` and `uninstall`, and what the hooks do by real commits and pushes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.commands.call import BROKEN, NOTHING, ROOT, SAFE, SAFE_AFTER, call
from tests.workspace.git.repository import Repository

OLD_HOOK = b'#!/bin/sh\nprintf "old hook: %s\\n" "$*" >&2\ncat >&2\nexit ${OLD_STATUS:-0}\n'
BEFORE = "pre-push.before-pyfix"


@pytest.fixture
def repository(work: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT", "PYFIX_SKIP"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return Repository.new(work)


def hooks(repository: Repository) -> dict[str, bytes]:
    folder = repository.folder / ".git" / "hooks"
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(".sample")} if folder.exists() else {}


def run(repository: Repository, name: str = "pre-push", *, stdin: bytes = b"", **variables: str) -> tuple[int, str]:
    """The hook, as git runs it."""
    environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT), **variables}
    command = [f".git/hooks/{name}", "origin", "an address"]
    done = subprocess.run(command, cwd=repository.folder, env=environment, input=stdin, capture_output=True, check=False)
    assert not done.stdout
    return done.returncode, done.stderr.decode()


def without_pyfix(repository: Repository) -> dict[str, str]:
    """The hook's Python is gone, and there is no `pyfix` on the path either."""
    path = repository.folder / ".git" / "hooks" / "pre-push"
    lines = path.read_text().split("\n")
    path.write_text("\n".join("python=/nowhere/python" if line.startswith("python=") else line for line in lines))
    return {"PATH": "/usr/bin:/bin"}


def test_in_and_out_again(repository: Repository) -> None:
    assert call("hook", "install").lines == [".git/hooks/pre-push: written"]
    assert list(hooks(repository)) == ["pre-push"]
    assert os.access(repository.folder / ".git/hooks/pre-push", os.X_OK)
    assert call("hook", "install", "--pre-commit", "--pre-push").lines == [
        ".git/hooks/pre-commit: written",
        ".git/hooks/pre-push: written anew",
    ]
    assert call("hook", "uninstall", "--pre-push").lines == [".git/hooks/pre-push: removed"]
    assert call("hook", "uninstall").lines == [".git/hooks/pre-commit: removed"]
    assert hooks(repository) == {}
    result = call("hook", "uninstall")
    assert (result.status, result.complaints) == (0, ["pyfix: there is no hook of pyfix's here"])


def test_a_hook_that_is_there_runs_first_and_comes_back(repository: Repository) -> None:
    repository.write(".git/hooks/pre-push", OLD_HOOK).chmod(0o751)
    assert call("hook", "install").lines == [f".git/hooks/pre-push: written; what was there is {BEFORE} beside it, and runs first"]
    call("hook", "install", "--mode", "warn", "--budget", "1000")
    assert hooks(repository)[BEFORE] == OLD_HOOK
    commit = repository.commit(a=NOTHING)
    line = f"refs/heads/a {commit} refs/heads/a {'0' * 40}\n".encode()
    assert run(repository, stdin=line) == (0, f"old hook: origin an address\n{line.decode()}")
    assert run(repository, stdin=line, OLD_STATUS="7")[0] == 7
    assert run(repository, stdin=line, PYFIX_SKIP="1", OLD_STATUS="7")[0] == 7
    assert run(repository, stdin=line * 3000, PYFIX_SKIP="1")[0] == 0
    assert call("hook", "uninstall").lines == [".git/hooks/pre-push: put back as it was"]
    assert hooks(repository) == {"pre-push": OLD_HOOK}
    assert (repository.folder / ".git/hooks/pre-push").stat().st_mode & 0o777 == 0o751


def test_one_that_git_would_not_run_does_not_run(repository: Repository) -> None:
    repository.write(".git/hooks/pre-push", OLD_HOOK).chmod(0o644)
    call("hook", "install")
    assert run(repository) == (0, "")


def test_a_hook_that_somebody_else_wrote_over_it_is_left_alone(repository: Repository) -> None:
    repository.write(".git/hooks/pre-push", OLD_HOOK)
    call("hook", "install")
    repository.write(".git/hooks/pre-push", b"#!/bin/sh\n")
    result = call("hook", "uninstall")
    assert (result.status, len(result.complaints)) == (2, 1)
    assert "is not as pyfix wrote it and was left alone" in result.complaints[0]
    assert call("hook", "install").status == 2
    assert hooks(repository) == {"pre-push": b"#!/bin/sh\n", BEFORE: OLD_HOOK}


@pytest.mark.parametrize(
    ("choice", "status", "words"), [("allow", 0, "it goes on"), ("refuse", 1, "it is refused (git push --no-verify lets it through)")]
)
def test_pyfix_is_missing(repository: Repository, choice: str, status: int, words: str) -> None:
    call("hook", "install", "--on-failure", choice)
    ended, said = run(repository, **without_pyfix(repository))
    assert ended == status
    assert said == (
        f"pyfix: was not found: neither with /nowhere/python nor as the command pyfix\npyfix: the push was not judged; {words}\n"
    )


def test_the_pyfix_on_the_path_is_the_second_choice(repository: Repository, tmp_path: Path) -> None:
    call("hook", "install", "--mode", "warn", "--budget", "3")
    without_pyfix(repository)
    (tmp_path / "pyfix").write_text('#!/bin/sh\necho "$@" >&2; cat >&2; exit 1\n')
    (tmp_path / "pyfix").chmod(0o755)
    told = run(repository, stdin=b"one\ntwo\n\n", PATH=f"{tmp_path}:/usr/bin:/bin")
    assert told == (1, "hook run pre-push --mode warn --budget 3 -- origin an address\none\ntwo\n\n")


def test_pyfix_fails(repository: Repository) -> None:
    call("hook", "install")
    assert run(repository, stdin=b"what?\n")[0] == 0
    call("hook", "install", "--on-failure", "refuse")
    status, said = run(repository, stdin=b"what?\n")
    assert status == 1
    assert "the push was not judged; it is refused" in said


def test_a_package_of_that_name_in_the_repository_is_not_run(repository: Repository) -> None:
    call("hook", "install", "--on-failure", "refuse")
    repository.write("codemods/__init__.py", b"raise SystemExit(3)\n")
    assert run(repository) == (0, "")


def test_where_git_is_told_to_look_for_hooks(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("sub/a.py", NOTHING)
    monkeypatch.chdir(repository.folder / "sub")
    repository("config", "core.hooksPath", "my hooks")
    assert call("hook", "install").lines == ["../my hooks/pre-push: written"]
    assert call("hook", "uninstall").lines == ["../my hooks/pre-push: removed"]
    repository("config", "--unset", "core.hooksPath")
    (tmp_path / "config").write_text(f"[core]\n\thooksPath = {tmp_path}/all\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    result = call("hook", "install")
    assert (tmp_path / "all" / "pre-push").exists()
    assert "for all repositories" in result.err.decode()
    repository("config", "core.hooksPath", ".husky/_")
    result = call("hook", "install")
    assert (result.status, "husky owns the hooks" in result.err.decode()) == (2, True)


def test_a_linked_worktree_has_the_hooks_of_its_repository(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(a=NOTHING)
    repository("worktree", "add", "--quiet", "-b", "linked", "../linked")
    monkeypatch.chdir(repository.folder.parent / "linked")
    call("hook", "install")
    assert list(hooks(repository)) == ["pre-push"]


def test_outside_of_a_repository(work: Path) -> None:
    for command in ("install", "uninstall"):
        result = call("hook", command)
        assert (result.status, len(result.complaints)) == (2, 1)


class TestCommits:
    """The pre-commit hook. Git calls it with an index of its own under `commit -a` and `commit FILE`."""

    def commit(self, repository: Repository, *arguments: str, status: int = 0) -> str:
        return repository("commit", "--quiet", "-m", "x", *arguments, status=status, PYTHONPATH=os.fspath(ROOT))

    def test_what_is_staged_is_kept_back(self, repository: Repository) -> None:
        call("hook", "install", "--pre-commit")
        repository.write("a.py", SAFE)
        repository("add", "a.py")
        repository.write("a.py", NOTHING)
        said = self.commit(repository, status=1)
        assert "+    for key in d:\n" in said
        assert "    pyfix --staged && git commit\n" in said
        assert repository.blob(":a.py") == SAFE

    @pytest.mark.parametrize("arguments", [(), ("--all",), ("a.py",)])
    def test_what_is_staged_is_rewritten_and_committed(self, repository: Repository, arguments: tuple[str, ...]) -> None:
        repository.commit(a=NOTHING, b=NOTHING)
        call("hook", "install", "--pre-commit", "--mode", "commit")
        repository.write("a.py", SAFE)
        if not arguments:
            repository("add", "a.py")
        self.commit(repository, *arguments)
        assert repository.blob("HEAD:a.py") == repository.blob(":a.py") == (repository.folder / "a.py").read_bytes() == SAFE_AFTER
        assert repository("status", "--porcelain") == ""

    def test_a_commit_of_one_file_leaves_what_is_staged_of_others(self, repository: Repository) -> None:
        repository.commit(a=NOTHING, b=NOTHING)
        call("hook", "install", "--pre-commit", "--mode", "commit")
        repository.write("b.py", SAFE)
        repository("add", "b.py")
        repository.write("a.py", SAFE)
        self.commit(repository, "a.py")
        assert repository.blob("HEAD:a.py") == SAFE_AFTER
        assert repository.blob("HEAD:b.py") == NOTHING
        assert repository.blob(":b.py") == (repository.folder / "b.py").read_bytes() == SAFE
        assert repository("status", "--porcelain") == "M  b.py"

    def test_a_file_that_cannot_be_judged(self, repository: Repository) -> None:
        call("hook", "install", "--pre-commit")
        repository.write("a.py", BROKEN)
        repository("add", "a.py")
        said = self.commit(repository)
        assert said.startswith("a.py:")
        assert said.endswith("pyfix: the commit was not judged; it goes on")
