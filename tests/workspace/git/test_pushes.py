"""What git tells a pre-push hook, and what of it is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.model.settings import LineRanges
from codemods.workspace.git.command import Git, GitError
from codemods.workspace.git.pushes import News, Push, branch_of, distinct, from_environment, news_of, parse
from tests.workspace.git.repository import Repository

ONE, TWO, NONE = "1" * 40, "2" * 64, "0" * 40
TEN = b"".join(b"%d = 1\n" % number for number in range(1, 11))


@pytest.mark.parametrize(
    ("line", "push"),
    [
        (f"refs/heads/main {ONE} refs/heads/main {NONE}", Push("refs/heads/main", ONE, "refs/heads/main", NONE)),
        (f"(delete) {NONE} refs/heads/main {ONE}", Push("(delete)", NONE, "refs/heads/main", ONE)),
        (f"HEAD@{{2 days ago}} {ONE} refs/heads/x {TWO}", Push("HEAD@{2 days ago}", ONE, "refs/heads/x", TWO)),
        (f"refs/heads/a {ONE} refs/heads/a\u2028b {NONE}", Push("refs/heads/a", ONE, "refs/heads/a\u2028b", NONE)),
    ],
)
def test_a_line(line: str, push: Push) -> None:
    assert parse(f"{line}\n".encode()) == parse(line.encode()) == [push]
    assert parse(f"{line}\n{line}\n".encode()) == [push, push]


def test_no_line() -> None:
    assert parse(b"") == parse(b"\n") == []


@pytest.mark.parametrize("line", ["what?", "a b c d", f"refs/heads/a {ONE} {NONE}", f"refs/heads/a {ONE[1:]} refs/heads/a {NONE}"])
def test_what_is_no_such_line(line: str) -> None:
    with pytest.raises(GitError, match=r"^standard input is not[^\n]*$"):
        parse(line.encode())


@pytest.mark.parametrize(
    ("source", "target", "branch"),
    [
        ("refs/heads/a/b", "refs/heads/c", "a/b"),
        ("HEAD", "refs/heads/c", "c"),
        (ONE, "refs/heads/c", "c"),
        ("refs/tags/v1", "refs/tags/v1", "tags/v1"),
        ("HEAD", "refs/for/main", "for/main"),
    ],
)
def test_what_it_is_kept_under(source: str, target: str, branch: str) -> None:
    assert branch_of(Push(source, ONE, target, NONE)) == branch


def test_each_commit_once_by_its_branch() -> None:
    sources = (ONE, "refs/tags/v1", "HEAD", "refs/heads/a", "refs/heads/b")
    found = [News(Push(source, ONE, "refs/heads/x", NONE), ONE, ()) for source in sources]
    assert [one.push.source for one in distinct(found)] == ["refs/heads/a"]
    assert [one.push.source for one in distinct(found[:3])] == ["HEAD"]


class TestNews:
    @pytest.fixture
    def repository(self, tmp_path: Path) -> Repository:
        repository = Repository.new(tmp_path / "r")
        repository.commit(a=TEN, b=TEN)
        self.fetched(repository, "main", "main")
        return repository

    def fetched(self, repository: Repository, branch: str, revision: str) -> str:
        """As if the other side were known to have it."""
        repository("update-ref", f"refs/remotes/origin/{branch}", revision)
        return repository("rev-parse", revision)

    def news(self, repository: Repository, old: str = NONE, revision: str = "HEAD") -> dict[str, LineRanges | None] | None:
        push = Push("HEAD", repository("rev-parse", revision), "refs/heads/x", old)
        news = news_of(Git(repository.folder), push, "origin")
        return None if news is None else {change.path: change.lines for change in news.changes}

    def test_what_is_there_already(self, repository: Repository) -> None:
        assert self.news(repository) is None
        assert self.news(repository, "f" * 40) is None

    def test_what_came_since(self, repository: Repository) -> None:
        repository.commit(a=TEN.replace(b"2 =", b"two ="))
        first = repository("rev-parse", "HEAD")
        repository.commit(a=TEN.replace(b"2 =", b"two =").replace(b"7 =", b"seven ="), c=TEN)
        assert self.news(repository) == {"a.py": ((2, 2), (7, 7)), "c.py": None}
        assert self.news(repository, first) == {"a.py": ((7, 7),), "c.py": None}
        assert self.news(repository, "f" * 40) == self.news(repository)  # nobody here knows it

    def test_lines_that_differ_from_each_of_several_places(self, repository: Repository) -> None:
        """The branch was at another commit there and was written anew on a main that went on."""
        mine = TEN.replace(b"2 = 1\n", b"two = 1\n")
        repository("checkout", "--quiet", "-b", "topic")
        old = repository.commit(a=mine)
        repository("checkout", "--quiet", "main")
        repository.commit(b=TEN.replace(b"5 = 1\n", b""))
        self.fetched(repository, "main", "main")
        repository("checkout", "--quiet", "-B", "topic", "main")
        repository.commit(a=mine.replace(b"9 = 1\n", b""))
        assert self.news(repository, old) == {"a.py": ((9, 8),)}
        assert self.news(repository) == {"a.py": ((2, 2), (9, 8))}

    def test_a_new_file_is_new_as_far_as_it_is_beside_each_place(self, repository: Repository) -> None:
        old = repository.commit(c=TEN)
        repository("reset", "--quiet", "--hard", "main~1")
        repository.commit(d=TEN)
        self.fetched(repository, "main", "HEAD")
        repository.commit(c=TEN.replace(b"3 =", b"three ="))
        assert self.news(repository, old) == {"c.py": ((3, 3),)}

    def test_what_pre_commit_tells(self, repository: Repository) -> None:
        head = repository("rev-parse", "HEAD")
        git = Git(repository.folder)
        told = {"PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main", "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/x"}
        assert from_environment(git, {}) is None
        assert from_environment(git, told) == [Push("refs/heads/main", head, "refs/heads/x", NONE)]
        more = {**told, "PRE_COMMIT_FROM_REF": head, "PRE_COMMIT_TO_REF": "HEAD"}
        assert from_environment(git, more) == [Push("refs/heads/main", "HEAD", "refs/heads/x", head)]
