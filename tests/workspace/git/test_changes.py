"""What changed in a repository, and on which lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from codemods.model.settings import LineRanges
from codemods.workspace.git import changes
from codemods.workspace.git.command import Git, GitError
from tests.workspace.git.repository import Repository

TEN = b"".join(b"%d = 1\n" % number for number in range(1, 11))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.new(tmp_path / "a répo")


def since(repository: Repository, revision: str = "HEAD") -> dict[str, LineRanges | None]:
    git = Git(repository.folder)
    return {change.path: change.lines for change in changes.since(git, changes.base_of(git, revision))}


def staged(repository: Repository) -> dict[str, LineRanges | None]:
    return {change.path: change.lines for change in changes.staged(Git(repository.folder))}


@pytest.mark.parametrize(
    ("new", "lines"),
    [
        (TEN, {}),
        (TEN.replace(b"3 =", b"3  ="), {"a.py": ((3, 3),)}),
        (TEN.replace(b"3 = 1\n", b"3 = 1\nnew\nnew\n"), {"a.py": ((4, 5),)}),
        (TEN.replace(b"3 = 1\n4 = 1\n", b""), {"a.py": ((3, 2),)}),
        (TEN.replace(b"1 = 1\n", b"", 1), {"a.py": ((1, 0),)}),
        (TEN.removesuffix(b"10 = 1\n"), {"a.py": ((10, 9),)}),
        (TEN.removesuffix(b"\n"), {"a.py": ((10, 10),)}),
        (TEN.replace(b"2 =", b"++ =").replace(b"9 =", b"-- ="), {"a.py": ((2, 2), (9, 9))}),
        (TEN.replace(b"2 = 1\n", b"2 = 1\n+++ b/other.py\n@@ -1 +1 @@\n"), {"a.py": ((3, 4),)}),
        (TEN.replace(b"2 = 1\n", b"2 = 1\r3 = \0\n"), {"a.py": ((2, 2),)}),
    ],
)
def test_lines(repository: Repository, new: bytes, lines: dict[str, LineRanges]) -> None:
    repository.commit(a=TEN)
    repository.write("a.py", new)
    assert since(repository) == lines
    repository("add", "a.py")
    assert staged(repository) == since(repository) == lines


def test_new_files_are_whole(repository: Repository) -> None:
    repository.commit(a=TEN)
    repository.write(".gitignore", b"ignored.py\n")
    for name in ("untracked.py", "ignored.py", "sub/added.py"):
        repository.write(name, TEN)
    repository("add", "sub")
    assert since(repository) == {".gitignore": None, "sub/added.py": None, "untracked.py": None}
    assert staged(repository) == {"sub/added.py": None}


def test_a_file_that_moved_has_the_lines_that_changed(repository: Repository) -> None:
    repository.commit(a=TEN)
    repository("mv", "a.py", "b.py")
    assert since(repository) == staged(repository) == {"b.py": ()}
    repository.write("b.py", TEN.replace(b"5 =", b"five ="))
    assert since(repository) == {"b.py": ((5, 5),)}


def test_what_is_no_regular_file_any_more_is_left_out_and_what_becomes_one_is_new(repository: Repository) -> None:
    repository.write("link.py", b"").unlink()
    (repository.folder / "link.py").symlink_to("a.py")
    repository.commit(a=TEN, b=TEN, c=TEN)
    (repository.folder / "link.py").unlink()
    repository.write("link.py", TEN)
    (repository.folder / "b.py").unlink()
    (repository.folder / "b.py").symlink_to("a.py")
    (repository.folder / "c.py").unlink()
    (repository.folder / "a.py").chmod(0o755)
    assert since(repository) == {"a.py": (), "link.py": None}


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_names_of_any_kind(repository: Repository) -> None:
    names = [
        "a b.py",
        "ünï.py",
        'quo"te.py',
        "new\nline.py",
        "tab\t.py",
        "back\\slash.py",
        "b/b.py",
        os.fsdecode(b"\xff.py"),
        "-p.py",
        ":(top).py",
    ]
    for name in names:
        repository.write(name, TEN)
    repository.commit()
    for name in names:
        repository.write(name, TEN.replace(b"7 =", b"seven ="))
    assert since(repository) == dict.fromkeys(names, ((7, 7),))


def test_the_users_taste_in_diffs_does_not_count(repository: Repository) -> None:
    repository.commit(a=TEN, b=TEN)
    repository.write(".gitattributes", b"*.py -diff diff=odd\n")
    for name, value in {
        "diff.noprefix": "true",
        "diff.context": "9",
        "diff.interHunkContext": "9",
        "diff.renames": "false",
        "color.diff": "always",
        "diff.external": "false",
        "diff.odd.command": "false",
        "diff.odd.textconv": "false",
        "diff.relative": "true",
        "core.quotePath": "false",
        "diff.mnemonicPrefix": "true",
    }.items():
        repository("config", name, value)
    repository.write("a.py", TEN.replace(b"2 =", b"two =").replace(b"4 =", b"four ="))
    (repository.folder / "b.py").rename(repository.folder / "é.py")
    repository("add", "--all")
    assert staged(repository) == {".gitattributes": None, "a.py": ((2, 2), (4, 4)), "é.py": ()}


def test_the_place_where_head_parted(repository: Repository) -> None:
    repository.commit(a=TEN, b=TEN)
    repository("checkout", "--quiet", "-b", "topic")
    repository.commit(a=TEN.replace(b"2 =", b"two ="))
    repository("checkout", "--quiet", "main")
    repository.commit(b=TEN.replace(b"9 =", b"nine ="))
    repository("checkout", "--quiet", "topic")
    assert since(repository, "main") == {"a.py": ((2, 2),), "b.py": ((9, 9),)}
    assert since(repository, "main...") == {"a.py": ((2, 2),)}


@pytest.mark.parametrize("revision", ["nowhere", "", "-x", "nowhere...", "HEAD...HEAD", "HEAD:a.py", "..."])
def test_what_names_no_commit(repository: Repository, revision: str) -> None:
    repository.commit(a=TEN)
    with pytest.raises(GitError, match=r"^`[^\n]*$"):
        changes.base_of(Git(repository.folder), revision)


def test_commits_that_have_nothing_in_common(repository: Repository) -> None:
    repository.commit(a=TEN)
    repository("checkout", "--quiet", "--orphan", "other")
    repository.commit(a=TEN + TEN)
    with pytest.raises(GitError, match="no commit in common"):
        changes.base_of(Git(repository.folder), "main...")


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_repository_without_a_commit(tmp_path: Path, form: str) -> None:
    repository = Repository.new(tmp_path / "r", f"--object-format={form}")
    assert staged(repository) == {}
    repository.write("a.py", TEN)
    repository("add", "a.py")
    assert staged(repository) == {"a.py": None}
    with pytest.raises(GitError, match="names no commit"):
        since(repository)
    first = repository.commit()
    git = Git(repository.folder)
    assert changes.between(git, changes.nothing(git), first)[0].blob == repository("rev-parse", "HEAD:a.py")
