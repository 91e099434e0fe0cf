"""Ignore files, with git itself as the judge where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace.discover import Problem, discover
from codemods.workspace.ignore import Ignores, ignores_at, own_ignores, relative_to, repository_root

Write = Callable[..., Path]

FILES = (
    *(
        "a.py",
        "b.py",
        "build/a.py",
        "src/build/a.py",
        "src/keep.py",
        "src/gen/x.py",
        "src/gen/keep/y.py",
        "docs/conf.py",
        "docs/_build/c.py",
    ),
    *("src/a b.py", "src/[x].py", "src/é.py", "deep/er/and/er/z.py", "tmp_1/a.py", "UPPER.py", "src/#x.py", "src/!y.py", "trailing /a.py"),
)
IGNORE_FILES = [
    {".gitignore": "build/\n"},
    {".gitignore": "/build\n*.pyc\n"},
    {".gitignore": "*.py\n!a.py\n!src/\n"},
    {".gitignore": "src/gen/*\n!src/gen/keep/\n"},
    {".gitignore": "src/gen/\n!src/gen/keep/y.py\n"},
    {".gitignore": "**/er/\n"},
    {".gitignore": "deep/**/z.py\n"},
    {".gitignore": "docs/**\n!docs/conf.py\n"},
    {".gitignore": "docs/**/\n"},
    {".gitignore": "docs/**/*\n!conf.py"},
    {".gitignore": "**\n!a.py\n"},
    {".gitignore": "**/gen/**\n!**/x.py\n"},
    {".gitignore": "deep/*/\n"},
    {".gitignore": "src/**/keep/\n"},
    {".gitignore": "src/gen/**/y.py\nsr?\n!src\n"},
    {".gitignore": "tmp_[!2]/\n[A-Z]*.py\n[[:upper:]][[:alpha:]PER]*\n\n"},
    {".gitignore": "tmp_?/\n[ab].py\n"},
    {".gitignore": "\\#x.py\n\\!y.py\n# a.py\n"},
    {".gitignore": "src/a\\ b.py\ntrailing\\ /\n"},
    {".gitignore": "src/\\[x\\].py\n"},
    {".gitignore": "é.py\n"},
    {".gitignore": "a.py\r\nb.py\r\n"},
    {".gitignore": "\ufeffa.py\n"},
    {".gitignore": "*.py\n", "src/.gitignore": "!keep.py\n"},
    {".gitignore": "!a.py\n", "src/.gitignore": "gen\n", "src/gen/.gitignore": "!x.py\n"},
    {"src/.gitignore": "/build\n*/x.py\n"},
    {".gitignore": "/*\n!/src\n/src/*\n!/src/keep.py\n"},
    {".gitignore": "a.py   \nb.py\\ \n"},
    {".gitignore": "!\n\n   \n/\na.py\n"},
    {".git/info/exclude": "a.py\ndocs/\n", ".gitignore": "!a.py\n"},
    {".gitignore": "upper.py\n"},
    {".gitignore": "*.py\n!src\n"},
    {".gitignore": "*.py\n!src/\n!docs/*\n"},
    {".gitignore": "build\n!build\n"},
    {".gitignore": "[z-a].py\n[a-]*.py\n"},
    {".gitignore": "[].py\n[\n[a\n[!]\nb.py\\\n"},
    {".gitignore": "src/[]x[]*.py\n"},
    {".gitignore": "s*c/?.py\n*/*b*.py\n"},
    {".gitignore": "src*/**/*e*/**/y.py\n"},
    {".gitignore": "/**/keep*\n"},
    {".gitignore": "\\a.py\n\\*.py\n"},
    {".gitignore": "d**p/\n"},
    {".gitignore": "src//keep.py\n./a.py\nsrc/./keep.py\n"},
    {".gitignore": " a.py\na.py\t\n"},
    {".gitignore": "**/\n"},
    {".gitignore": "*/\n!src/\n"},
    {".gitignore": "/**\n"},
    {".gitignore": "*\n!*/\n!a.py\n"},
    {".gitignore": "src/*/keep\n!src/gen/keep\n"},
    {".gitignore": "[[:nonsense:]]*.py\n[[:alpha:].py\n"},
    {".gitignore": "[\\a-b].py\n"},
    {".gitignore": "x" * 300 + "\nsrc\n"},
]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("ignore_files", IGNORE_FILES, ids=lambda files: repr(next(iter(files.values())))[:30])
def test_as_git_does(write: Write, work: Path, ignore_files: dict[str, str]) -> None:
    git("init", "-q", work)
    for name in FILES:
        write(name)
    for name, text in ignore_files.items():
        write(name, text)
    listed = git("-C", work, "ls-files", "-z", "--others", "--exclude-standard")
    wanted = {name for name in listed.split("\0") if name.endswith(".py")}
    assert {os.path.relpath(path, work) for path in found_in(work)} == wanted


def git(*arguments: object) -> str:
    """What git prints, without anybody's configuration."""
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "HOME": "/nonexistent",
        "XDG_CONFIG_HOME": "/nonexistent",
    }
    done = subprocess.run(["git", *map(str, arguments)], check=True, capture_output=True, env=environment)
    return os.fsdecode(done.stdout)


def found_in(folder: Path) -> list[Path]:
    from codemods.workspace.config import Configuration

    found = list(discover([folder], Configuration(lambda selected, ignored: ())))
    assert not [item for item in found if isinstance(item, Problem)]
    return [item.path for item in found]


def test_ignore_files_above_the_folder_count_up_to_the_repositorys_root(write: Write, work: Path) -> None:
    write("outer/.gitignore", "a.py\n")
    write("outer/repo/.git/HEAD")
    write("outer/repo/.gitignore", "/src/deep/b.py\n")
    for name in "abc":
        write(f"outer/repo/src/deep/{name}.py")
    assert [path.name for path in found_in(work / "outer/repo/src/deep")] == ["a.py", "c.py"]


def test_outside_a_repository_ignore_files_count_from_the_working_folder(write: Write, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("top/.gitignore", "a.py\n")
    write("top/src/a.py")
    write("top/src/b.py")
    write("top/src/.gitignore", "b.py\n")
    monkeypatch.chdir(work / "top")
    assert found_in(Path("src")) == []
    monkeypatch.chdir(work / "top/src")
    assert found_in(Path()) == [Path("a.py")]


def test_a_repository_in_a_repository_does_not_heed_the_outer_one(write: Write, work: Path) -> None:
    write(".git/HEAD")
    write(".gitignore", "a.py\n")
    write("sub/.git/HEAD")
    write("sub/a.py")
    write("a.py")
    assert found_in(work) == [work / "sub/a.py"]


def test_the_exclude_file_of_a_worktree(write: Write, work: Path) -> None:
    write("main/.git/info/exclude", "a.py\n")
    write("main/.git/worktrees/tree/commondir", "../..\n")
    write("tree/.git", f"gitdir: {work}/main/.git/worktrees/tree\n")
    write("tree/a.py")
    write("tree/b.py")
    assert found_in(work / "tree") == [work / "tree/b.py"]


@pytest.mark.parametrize("pointer", ["", "nonsense", "gitdir: /nonexistent", "gitdir: .git", "gitdir: \0"])
def test_a_git_file_that_leads_nowhere(write: Write, work: Path, pointer: str) -> None:
    write(".git", pointer)
    write("a.py")
    assert found_in(work) == [work / "a.py"]


def test_an_ignore_file_that_is_not_utf_8(write: Write, work: Path) -> None:
    write(".gitignore", b"\xff*.py\n")
    write(os.fsdecode(b"\xffa.py"))
    write("a.py")
    assert found_in(work) == [work / "a.py"]


def test_an_ignore_file_that_is_no_file(work: Path, write: Write) -> None:
    os.mkfifo(work / ".gitignore")
    write("a.py")
    assert found_in(work) == [work / "a.py"]


def test_a_huge_ignore_file_says_nothing(work: Path, write: Write) -> None:
    write(".gitignore", b"a.py\n" * 40_000)
    write("a.py")
    assert found_in(work) == [work / "a.py"]


def test_a_pattern_that_cannot_be_read_is_passed_over_alone(write: Write, work: Path) -> None:
    write(".gitignore", "!\na.py\n/\n")
    write("a.py")
    write("b.py")
    assert found_in(work) == [work / "b.py"]


def test_relative_paths() -> None:
    assert relative_to("/a/b/c", "/a") == "b/c"
    assert relative_to("/a/b", "/a", folder=True) == "b/"
    assert relative_to("/a", "/") == "a"


def test_a_folder_that_is_ignored_itself(write: Write, work: Path) -> None:
    write(".git/HEAD")
    write(".gitignore", "build/\n")
    write("build/deep/a.py")
    assert ignores_at(str(work / "build/deep"), "/")[1]
    assert not ignores_at(str(work), "/")[1]


def test_the_root(write: Write, work: Path) -> None:
    assert repository_root(str(work)) is None
    write(".git", "gitdir: elsewhere")
    (work / "sub").mkdir()
    assert repository_root(str(work / "sub")) == str(work)


def test_own_ignores_forget_what_is_above(write: Write, work: Path) -> None:
    write(".gitignore", "a.py\n")
    (work / "sub").mkdir()
    assert own_ignores(str(work / "sub")) == Ignores(str(work / "sub"))
