"""Whole migrations, with jobs done in this process: branches, states, runs that are repeated."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from codemods.workspace.git.command import Git
from codemods.workspace.migrate.plan import Target
from tests.engine.notebook.books import book, sources
from tests.workspace.migrate.repositories import (
    BOTH,
    FILES,
    KEYS,
    KEYS_AFTER,
    LOOP,
    REFUSED,
    Here,
    commit,
    migrated,
    read,
    refs,
    repository,
    rules_of,
    target,
)

BRANCH = "refs/heads/pyfix/migrate"


def test_a_branch_with_one_commit_a_rule(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    row = migrated(tmp_path, target(git))["app"]
    assert (row.state, row.attempts, row.base) == ("committed", 1, refs(git)["refs/heads/main"])
    assert rules_of(git) == ["dict-keys", "range-len"]
    assert read(git, "pyfix/migrate~1:pkg/b.py") == KEYS_AFTER
    assert b"range(len" in read(git, "pyfix/migrate~1:pkg/a.py")
    outcome = process(BOTH, Settings(registry.select(None), filename="a.py"))
    assert isinstance(outcome, Fixed)
    assert read(git, "pyfix/migrate:pkg/a.py") == outcome.after
    assert read(git, "pyfix/migrate:README") == FILES["README"]
    result = row.result
    assert result is not None
    assert [(work.rule, work.sites, work.files) for work in result.rules] == [("dict-keys", 2, 2), ("range-len", 1, 1)]
    assert (result.files, result.changed, result.branches[0].tip) == (3, 2, refs(git)[BRANCH])


def test_trailers_and_dates_are_of_the_base_and_not_of_today(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    row = migrated(tmp_path, target(git, author="Some Body <some@example.org>"))["app"]
    said = git.run("cat-file", "commit", "pyfix/migrate").decode()
    assert "author Some Body <some@example.org> 1700000000 +0130\n" in said
    assert "committer Some Body <some@example.org> 1700000000 +0130\n" in said
    trailers = git.run("log", "-1", "--format=%(trailers:only,unfold)", "pyfix/migrate").decode().splitlines()
    assert trailers[0] == "Pyfix-Rule: range-len"
    assert trailers[1].startswith("Pyfix-Version: ")
    assert trailers[2] == f"Pyfix-Key: {row.key}"


def test_the_same_work_done_again_gives_the_same_branch(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    migrated(tmp_path / "one", target(git))
    first = refs(git)[BRANCH]
    git.run("update-ref", "-d", BRANCH)
    migrated(tmp_path / "two", target(git))
    assert refs(git)[BRANCH] == first


def test_a_second_run_does_no_work(tmp_path: Path) -> None:
    repositories = [repository(tmp_path / name, FILES) for name in ("one", "two")]
    targets = [target(git) for git in repositories]
    migrated(tmp_path, *targets)
    before = [refs(git) for git in repositories]
    engine = Here()
    rows = migrated(tmp_path, *targets, engine=engine)
    assert engine.jobs == []
    assert [refs(git) for git in repositories] == before
    assert {row.state for row in rows.values()} == {"committed"}


def test_a_base_that_moved_is_worked_on_again_and_our_branch_replaced(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    migrated(tmp_path, target(git))
    first = refs(git)[BRANCH]
    tip = commit(git, {"pkg/a.py": LOOP})
    row = migrated(tmp_path, target(git))["app"]
    assert (row.state, row.base) == ("committed", tip)
    assert rules_of(git) == ["range-len"]
    assert refs(git)[BRANCH] != first


def test_other_rules_are_other_work(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    migrated(tmp_path, target(git))
    migrated(tmp_path, target(git, select=("range-len",)))
    assert rules_of(git) == ["range-len"]


def test_limits_and_names_do_not_make_work_again(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    migrated(tmp_path, target(git))
    engine = Here()
    migrated(tmp_path, target(git, seconds=5.0, memory=10**9), engine=engine)
    assert engine.jobs == []


def test_nothing_to_rewrite(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", {"a.py": REFUSED})
    row = migrated(tmp_path, target(git))["app"]
    assert row.state == "no-change"
    assert list(refs(git)) == ["refs/heads/main"]
    assert row.result is not None
    assert [(one.rule, one.kind, one.sites) for one in row.result.left] == [("dict-keys", "unsafe", 1)]
    assert row.result.left[0].example.startswith("a.py:2: assumes that ")


def test_a_dry_run_leaves_the_repository_as_it_is_and_the_work_is_not_lost(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    before = refs(git)
    row = migrated(tmp_path, target(git), dry_run=True)["app"]
    assert row.state == "applied"
    assert refs(git) == before
    engine = Here()
    assert migrated(tmp_path, target(git), engine=engine)["app"].state == "committed"
    assert engine.jobs == []
    assert rules_of(git) == ["dict-keys", "range-len"]


def test_the_working_tree_and_the_index_of_a_user_are_not_touched(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES, bare=False)
    (git.folder / "pkg" / "b.py").write_bytes(b"half done\n")
    (git.folder / "pkg" / "new.py").write_bytes(KEYS)
    git.run("add", "pkg/new.py")
    before = git.run("status", "--porcelain"), (git.folder / ".git" / "index").read_bytes(), (git.folder / ".git" / "HEAD").read_bytes()
    kept = set(os.listdir(git.folder / ".git"))
    migrated(tmp_path, target(git))
    after = git.run("status", "--porcelain"), (git.folder / ".git" / "index").read_bytes(), (git.folder / ".git" / "HEAD").read_bytes()
    assert before == after
    assert set(os.listdir(git.folder / ".git")) == kept
    assert read(git, "pyfix/migrate:pkg/b.py") == KEYS_AFTER
    assert set(refs(git)) == {"refs/heads/main", BRANCH}


def test_a_branch_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    other = commit(git, {"x": b"mine\n"}, branch="pyfix/migrate")
    row = migrated(tmp_path, target(git))["app"]
    assert (row.state, row.kind) == ("skipped", "branch-exists")
    assert refs(git)[BRANCH] == other
    git.run("update-ref", "-d", BRANCH)
    engine = Here()
    assert migrated(tmp_path, target(git), engine=engine)["app"].state == "committed"
    assert engine.jobs == []  # the branch waited in the clone


def test_a_commit_that_somebody_put_on_our_branch_is_not_lost(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    migrated(tmp_path, target(git))
    theirs = commit(git, {"x": b"review\n"}, branch="pyfix/migrate")
    commit(git, {"pkg/a.py": LOOP})
    assert migrated(tmp_path, target(git))["app"].kind == "branch-exists"
    assert refs(git)[BRANCH] == theirs


def test_a_branch_of_ours_is_known_again_without_the_state(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES)
    migrated(tmp_path / "one", target(git))
    commit(git, {"pkg/a.py": LOOP})
    assert migrated(tmp_path / "two", target(git))["app"].state == "committed"
    assert rules_of(git) == ["range-len"]


def test_a_branch_that_is_checked_out_is_not_moved(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", FILES, bare=False)
    migrated(tmp_path, target(git))
    git.run("checkout", "--quiet", "pyfix/migrate")
    tip = refs(git)[BRANCH]
    commit(git, {"pkg/a.py": LOOP})
    row = migrated(tmp_path, target(git, base="main"))["app"]
    assert (row.state, row.kind) == ("failed", "push")
    assert "checked out" in row.cause
    assert refs(git)[BRANCH] == tip


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_what_else_a_tree_holds_stays_as_it_is(kind: str, tmp_path: Path) -> None:
    digits = b"1" * (64 if kind == "sha256" else 40)
    crlf = KEYS.replace(b"\n", b"\r\n")
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 12\nfor k in d.keys()\n"
    files = {
        "run.py": ("100755", KEYS),
        "link.py": ("120000", b"run.py"),
        "module": ("160000", digits),
        "crlf.py": crlf,
        "big.py": pointer,
        ".gitattributes": b"*.py text eol=crlf\n*.bin filter=lfs\n",
        'a "quoted" \\ name é.py': KEYS,
        "latin.py": b"# coding: latin-1\nname = '\xe9'\n" + KEYS,
    }
    git = repository(tmp_path / "app", files, kind=kind)
    assert migrated(tmp_path, target(git))["app"].state == "committed"
    changed = git.items("diff", "--raw", "-z", "--no-renames", "main", "pyfix/migrate")
    paths = {os.fsdecode(path) for path in changed[1::2]}
    assert paths == {"run.py", "crlf.py", 'a "quoted" \\ name é.py', "latin.py"}
    assert {tuple(about.split()[:2]) for about in changed[::2]} == {(b":100755", b"100755"), (b":100644", b"100644")}
    assert read(git, "pyfix/migrate:crlf.py") == KEYS_AFTER.replace(b"\n", b"\r\n")
    assert read(git, "pyfix/migrate:latin.py").endswith(KEYS_AFTER)


def test_an_empty_repository_and_one_that_is_not_there(tmp_path: Path) -> None:
    Git(tmp_path).run("init", "--quiet", "--bare", "empty.git")
    gone = Target("gone", os.fspath(tmp_path / "gone"))
    rows = migrated(tmp_path, Target("empty", os.fspath(tmp_path / "empty.git")), gone)
    assert (rows["empty"].state, rows["empty"].kind) == ("skipped", "empty")
    assert (rows["gone"].state, rows["gone"].kind, rows["gone"].cause) == ("failed", "unreachable", "there is no such folder")


def test_another_base_than_the_one_of_head(tmp_path: Path) -> None:
    git = repository(tmp_path / "app", {"a.py": b"x = 1\n"})
    commit(git, {"a.py": KEYS}, branch="dev")
    assert migrated(tmp_path, target(git, base="dev"))["app"].state == "committed"
    assert git.line("merge-base", "dev", "pyfix/migrate") == refs(git)["refs/heads/dev"]
    row = migrated(tmp_path, target(git, base="nowhere"))["app"]
    assert (row.state, row.kind, row.cause) == ("failed", "no-base", "has no branch `nowhere`")


def test_a_head_that_is_detached_or_names_nothing(tmp_path: Path) -> None:
    detached = repository(tmp_path / "detached", {"a.py": KEYS}, bare=False)
    detached.run("checkout", "--quiet", "--detach")
    lost = repository(tmp_path / "lost", {"a.py": KEYS})
    lost.run("symbolic-ref", "HEAD", "refs/heads/gone")
    rows = migrated(tmp_path, target(detached), target(lost))
    assert rows["detached"].state == "committed"
    assert (rows["lost"].state, rows["lost"].kind) == ("failed", "no-base")


def test_the_repository_s_own_configuration_is_heeded(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": b'[tool.pyfix]\nignore = ["range-len"]\nexclude = ["old/"]\n',
        "a.py": BOTH,
        "old/a.py": KEYS,
        "sub/pyproject.toml": b'[tool.pyfix]\nselect = ["range-len"]\n',
        "sub/a.py": BOTH,
        ".gitignore": b"build/\n",
        "build/a.py": KEYS,
        "env/pyvenv.cfg": b"",
        "env/a.py": KEYS,
        "broken/pyproject.toml": b"[tool.pyfix]\nwhat = 1\n",
        "broken/a.py": KEYS,
        "bad.py": b"def f(:\n  for k in d.keys(): pass\n",
    }
    git = repository(tmp_path / "app", files)
    row = migrated(tmp_path, target(git, exclude=("sub/b*.py",)))["app"]
    changed = [os.fsdecode(path) for path in git.items("diff", "--name-only", "-z", "main", "pyfix/migrate")]
    assert changed == ["a.py", "sub/a.py"]
    assert b"range(len" in read(git, "pyfix/migrate:a.py")
    assert b".keys()" in read(git, "pyfix/migrate:sub/a.py")
    assert row.result is not None
    assert [(one.path, one.line) for one in row.result.problems] == [("bad.py", 1), ("broken/a.py", 2)]


def test_notebooks_where_the_configuration_asks_for_them(tmp_path: Path) -> None:
    cell = "d = {1: 2}\nfor k in d.keys():\n    print(k)"
    files = {
        "pyproject.toml": b"[tool.pyfix]\nnotebooks = true\n",
        "a.ipynb": book(cell),
        "not/pyproject.toml": b"[tool.pyfix]\n",
        "not/b.ipynb": book(cell),
    }
    git = repository(tmp_path / "app", files)
    migrated(tmp_path, target(git))
    changed = [os.fsdecode(path) for path in git.items("diff", "--name-only", "-z", "main", "pyfix/migrate")]
    assert changed == ["a.ipynb"]
    assert sources(read(git, "pyfix/migrate:a.ipynb")) == [cell.replace(".keys()", "")]


def test_a_tree_with_names_that_no_checkout_could_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = repository(tmp_path / "app", {"a.py": KEYS})
    blob = git.line("rev-parse", "main:a.py")
    tree = git.line("mktree", "--missing", stdin=f"100644 blob {blob}\ta.py\n100644 blob {blob}\tpyproject.toml\n".encode())
    evil = git.run("mktree", stdin=f"040000 tree {tree}\t..\n100644 blob {blob}\ta.py\n".encode()).decode().strip()
    oid = git.run("-c", "user.name=A", "-c", "user.email=a@b", "commit-tree", "-m", "x", evil).decode().strip()
    git.run("update-ref", "refs/heads/main", oid)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path / "scratch"))
    assert migrated(tmp_path / "state", target(git))["app"].state == "committed"
    assert os.listdir(tmp_path / "scratch") == []  # a `pyproject.toml` would lie there
