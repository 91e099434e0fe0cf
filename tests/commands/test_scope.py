"""`--since` and `--staged`: only what touches changed lines is looked at, shown and rewritten."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands.call import BROKEN, NOTHING, SAFE, SAFE_AFTER, UNSAFE, call
from tests.workspace.git.repository import Repository

TWO = SAFE + SAFE.replace(b"show", b"tell")
"""Two sites, in lines 2 and 5."""
FIRST, SECOND = TWO.replace(b".keys()", b"", 1), SAFE + SAFE_AFTER.replace(b"show", b"tell")


def touched(data: bytes, *lines: int) -> bytes:
    """The data with a comment at the end of these lines."""
    pieces = data.split(b"\n")
    for line in lines:
        pieces[line - 1] += b"  # new"
    return b"\n".join(pieces)


@pytest.fixture
def repository(work: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The working folder as a repository."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return Repository.new(work)


class TestSince:
    def test_only_changed_lines_are_rewritten(self, repository: Repository) -> None:
        repository.commit(a=TWO, b=SAFE)
        repository.write("a.py", touched(TWO, 5))
        result = call("--since", "HEAD", ".")
        assert result.lines == ["rewrote a.py: 1 site (dict-keys 1)", "rewrote 1 site in 1 file"]
        assert (repository.folder / "a.py").read_bytes() == touched(SECOND, 5)
        assert call("undo").lines == ["put back a.py"]

    def test_and_shown(self, repository: Repository) -> None:
        repository.commit(a=TWO, b=SAFE)
        repository.write("a.py", touched(TWO, 2))
        assert call("--since", "HEAD", "--check").lines[0].startswith("a.py:2:16: dict-keys")
        result = call("--since", "HEAD", "--diff")
        assert result.status == 1
        assert result.out.count(b"\n-") == 1
        files = json.loads(call("--since", "HEAD", "--check", "--output-format", "json").out)["files"]
        assert [(file["path"], len(file["sites"])) for file in files] == [("a.py", 1)]

    def test_the_place_where_head_parted(self, repository: Repository) -> None:
        repository.commit(a=TWO)
        repository("checkout", "--quiet", "-b", "topic")
        repository.commit(b=SAFE)
        repository("checkout", "--quiet", "main")
        repository.commit(a=touched(TWO, 2))
        repository("checkout", "--quiet", "topic")
        assert call("--since", "main...", "--show-files").lines == ["b.py"]
        assert call("--since", "main", "--show-files").lines == ["a.py", "b.py"]

    def test_from_any_folder_and_below_some_paths(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("sub/é r/a.py", "sub/b.py", "c.py", "d.txt"):
            repository.write(name, SAFE)
        monkeypatch.chdir(repository.folder / "sub")
        repository.commit()
        for name in ("sub/é r/a.py", "sub/b.py", "c.py", "d.txt"):
            repository.write(name, touched(SAFE, 2))
        assert call("--since", "HEAD", "--show-files").lines == ["../c.py", "../sub/b.py", "../sub/é r/a.py"]
        assert call("--since", "HEAD", "--show-files", ".").lines == ["b.py", "é r/a.py"]
        assert call("--since", "HEAD", "--show-files", "é r", "b.py", "../d.txt").lines == ["é r/a.py", "b.py", "../d.txt"]
        assert call("--since", "HEAD", str(repository.folder / "sub" / "b.py")).status == 0
        assert repository.folder.joinpath("sub/b.py").read_bytes() == touched(SAFE_AFTER, 2)

    def test_what_is_passed_over(self, repository: Repository) -> None:
        repository.commit(a=SAFE)
        repository.write("pyproject.toml", b'[tool.pyfix]\nexclude = ["vendored/"]\n')
        repository.write(".gitignore", b"ignored/\n")
        for name in ("vendored/a.py", "ignored/a.py", "node_modules/a.py", "b.py"):
            repository.write(name, SAFE)
        repository("add", "--all", "--force")
        assert call("--since", "HEAD", "--show-files").lines == ["b.py"]
        assert call("--since", "HEAD", "--show-files", "vendored/a.py").lines == ["vendored/a.py"]
        assert call("--since", "HEAD", "--show-files", "vendored/a.py", "--force-exclude").lines == []

    def test_nothing_changed(self, repository: Repository) -> None:
        repository.commit(a=SAFE)
        result = call("--since", "HEAD", "--check")
        assert (result.status, result.complaints[0]) == (0, "pyfix: no Python files changed since HEAD")

    @pytest.mark.parametrize("arguments", [("--since", "nowhere"), ("--since", "nowhere..."), ("--since", "HEAD", "../elsewhere")])
    def test_what_cannot_be(self, repository: Repository, arguments: tuple[str, ...]) -> None:
        (repository.folder.parent / "elsewhere").mkdir()
        repository.commit(a=SAFE)
        result = call(*arguments)
        assert (result.status, result.out, len(result.complaints)) == (2, b"", 1)

    def test_a_path_that_is_not_there(self, repository: Repository) -> None:
        repository.commit(a=SAFE)
        result = call("--since", "HEAD", "b.py")
        assert (result.status, result.complaints[0]) == (2, "b.py: No such file or directory")

    def test_in_a_linked_worktree_and_a_submodule(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        repository.commit(a=TWO)
        repository("worktree", "add", "--quiet", "-b", "linked", "../linked tree")
        inner = Repository.new(repository.folder.parent / "inner")
        inner.commit(b=TWO)
        repository("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../inner", "sub")
        linked = Repository(repository.folder.parent / "linked tree")
        for one, name in ((linked, "a"), (Repository(repository.folder / "sub"), "b")):
            one.write(f"{name}.py", touched(TWO, 2))
            monkeypatch.chdir(one.folder)
            assert call("--since", "HEAD", "--check").lines[0].startswith(f"{name}.py:2:")


class TestStaged:
    def test_the_staged_content_is_read_and_rewritten(self, repository: Repository) -> None:
        repository.commit(a=TWO, b=SAFE)
        staged = repository.write("a.py", touched(TWO, 2)).read_bytes()
        repository("add", "a.py")
        result = call("--staged")
        assert (result.status, result.err) == (0, b"")
        assert result.lines == ["rewrote a.py: 1 site (dict-keys 1)", "rewrote 1 site in 1 file"]
        assert repository.blob(":a.py") == (repository.folder / "a.py").read_bytes() == touched(FIRST, 2)
        assert repository("status", "--porcelain") == "M  a.py"
        assert repository.blob("refs/pyfix/staged:a.py") == staged
        assert call("--staged", "--check").status == 0

    def test_a_look_writes_nothing(self, repository: Repository) -> None:
        repository.commit(a=TWO)
        repository.write("a.py", touched(TWO, 2))
        repository("add", "a.py")
        repository.write("a.py", NOTHING)
        assert call("--staged", "--check").lines[0].startswith("a.py:2:16: dict-keys")
        diff = call("--staged", "--diff")
        assert diff.status == 1
        assert b"+    for key in d:  # new" in diff.out
        assert repository("status", "--porcelain") == "MM a.py"
        assert repository.blob(":a.py") == touched(TWO, 2)

    def test_edits_that_are_not_staged_are_neither_mixed_in_nor_lost(self, repository: Repository) -> None:
        repository.commit(a=TWO)
        repository.write("a.py", touched(TWO, 2))
        repository("add", "a.py")
        repository.write("a.py", touched(TWO, 2) + b"# more\n")
        assert call("--staged").err == b""
        assert repository.blob(":a.py") == touched(FIRST, 2)
        assert (repository.folder / "a.py").read_bytes() == touched(FIRST, 2) + b"# more\n"
        assert call("undo").lines == ["put back a.py"]
        assert (repository.folder / "a.py").read_bytes() == touched(TWO, 2) + b"# more\n"

    @pytest.mark.parametrize(
        "here",
        [
            touched(TWO, 2).replace(b"# new", b"# newer"),  # the same line
            touched(TWO, 2).replace(b"dict[str, int]", b"Odd") + b"class Odd(dict):\n    pass\n",  # not proved there any more
            BROKEN,
            b"\xff",
            b"",
        ],
    )
    def test_a_file_that_cannot_follow_stays_as_it_is(self, repository: Repository, here: bytes) -> None:
        repository.commit(a=TWO)
        repository.write("a.py", touched(TWO, 2))
        repository("add", "a.py")
        repository.write("a.py", here)
        result = call("--staged")
        assert result.status == 0
        assert result.complaints == [
            "a.py: rewritten in the index; the file in the working tree has edits there that are not staged and stays as it is"
        ]
        assert repository.blob(":a.py") == touched(FIRST, 2)
        assert (repository.folder / "a.py").read_bytes() == here

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"def show(", b"def shown("),  # the line above
            (b"        print(key)\n", b"        print(key, key)\n"),  # the line below
            (b"def show", b"import os\n\n\ndef show"),
            (b"def tell", b"def said"),
        ],
    )
    def test_edits_on_other_lines_stay_in_their_places(self, repository: Repository, old: bytes, new: bytes) -> None:
        repository.commit(a=TWO)
        repository.write("a.py", touched(TWO, 2))
        repository("add", "a.py")
        repository.write("a.py", touched(TWO, 2).replace(old, new, 1))
        assert call("--staged").err == b""
        assert repository.blob(":a.py") == touched(FIRST, 2)
        assert (repository.folder / "a.py").read_bytes() == touched(FIRST, 2).replace(old, new, 1)
        assert call("undo", "--rule", "dict-keys").lines == ["put back a.py"]
        assert (repository.folder / "a.py").read_bytes() == touched(TWO, 2).replace(old, new, 1)

    def test_a_rewrite_that_is_there_already(self, repository: Repository) -> None:
        repository.write("a.py", SAFE)
        repository("add", "a.py")
        repository.write("a.py", SAFE_AFTER)
        assert call("--staged").err == b""
        assert repository("status", "--porcelain") == "A  a.py"

    def test_a_notebook_where_notebooks_are_wanted(self, repository: Repository) -> None:
        cells = [
            {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": SAFE.decode().splitlines(keepends=True)}
        ]
        book = {"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
        repository.write("a.ipynb", json.dumps(book, indent=1).encode())
        repository("add", ".")
        assert call("--staged", "--show-files").lines == []
        repository.write("pyproject.toml", b"[tool.pyfix]\nnotebooks = true\n")
        assert call("--staged").lines[0].startswith("rewrote a.ipynb: 1 site")
        assert b"for key in d:" in repository.blob(":a.ipynb")

    def test_a_file_that_is_a_link_or_gone_in_the_working_tree(self, repository: Repository) -> None:
        repository.commit(c=NOTHING)
        for name in ("a.py", "b.py"):
            repository.write(name, SAFE)
        repository("add", ".")
        for name in ("a.py", "b.py"):
            (repository.folder / name).unlink()
        (repository.folder / "a.py").symlink_to("c.py")
        result = call("--staged")
        assert result.complaints == ["a.py: rewritten in the index; the file in the working tree is a link and stays as it is"]
        assert repository.blob(":a.py") == repository.blob(":b.py") == SAFE_AFTER
        assert (repository.folder / "c.py").read_bytes() == NOTHING
        assert call("--staged", "--show-files", "b.py").lines == ["b.py"]

    def test_line_ends_that_git_converts(self, repository: Repository) -> None:
        repository.write(".gitattributes", b"*.py text eol=crlf\n")
        repository.commit()
        repository.write("a.py", SAFE.replace(b"\n", b"\r\n"))
        repository.write("b.py", SAFE.replace(b"\n", b"\r\n"))
        repository("add", ".")
        repository.write("b.py", SAFE.replace(b"\n", b"\r\n") + b"# more\r\n")
        assert call("--staged").err == b""
        assert repository.blob(":a.py") == repository.blob(":b.py") == SAFE_AFTER
        assert (repository.folder / "a.py").read_bytes() == SAFE_AFTER.replace(b"\n", b"\r\n")
        assert (repository.folder / "b.py").read_bytes() == SAFE_AFTER.replace(b"\n", b"\r\n") + b"# more\r\n"
        assert repository("status", "--porcelain") == "A  a.py\nAM b.py"

    def test_before_the_first_commit_and_with_modes_and_names(self, repository: Repository) -> None:
        repository.write("a b/é.py", SAFE).chmod(0o755)
        repository("add", ".")
        assert call("--staged").lines[0] == "rewrote a b/é.py: 1 site (dict-keys 1)"
        assert repository("ls-files", "--stage").startswith("100755 ")
        assert repository("status", "--porcelain", "-z") == "A  a b/é.py\0"

    def test_a_broken_file_does_not_cost_the_others(self, repository: Repository) -> None:
        repository.commit(c=NOTHING)
        for name, data in (("a.py", BROKEN), ("b.py", SAFE), ("u.py", UNSAFE)):
            repository.write(name, data)
        repository("add", ".")
        result = call("--staged")
        assert result.status == 2
        assert result.complaints[0].startswith("a.py:")
        assert repository.blob(":b.py") == SAFE_AFTER
        assert repository.blob(":u.py") == UNSAFE

    def test_while_files_are_unmerged_nothing_is_written(self, repository: Repository) -> None:
        repository.commit(a=NOTHING)
        repository("checkout", "--quiet", "-b", "other")
        repository.commit(a=b"1\n")
        repository("checkout", "--quiet", "main")
        repository.commit(a=b"2\n")
        repository("merge", "other", status=1)
        repository.write("b.py", SAFE)
        repository("add", "b.py")
        result = call("--staged")
        assert (result.status, result.out) == (2, b"")
        assert "unmerged" in result.err.decode() or "write-tree" in result.err.decode()
        assert repository.blob(":b.py") == SAFE

    def test_exit_non_zero_on_fix(self, repository: Repository) -> None:
        repository.write("a.py", SAFE)
        repository("add", ".")
        assert call("--staged", "--exit-non-zero-on-fix").status == 1
        assert call("--staged", "--exit-non-zero-on-fix").status == 0


@pytest.mark.parametrize("arguments", [("--since", "HEAD", "--staged"), ("--staged", "-"), ("--since", "HEAD", "-", ".")])
def test_options_that_exclude_each_other(repository: Repository, arguments: tuple[str, ...]) -> None:
    repository.commit(a=SAFE)
    result = call(*arguments)
    assert result.status == 2
    assert "--staged exclude each other" in result.err.decode()


@pytest.mark.parametrize("option", [("--staged",), ("--since", "HEAD")])
def test_outside_of_a_repository(work: Path, option: tuple[str, ...]) -> None:
    result = call(*option, ".")
    assert (result.status, len(result.complaints)) == (2, 1)
    assert "not a git repository" in result.complaints[0]
