"""Pull requests at a fake forge: found before they are opened, paced, and opened once whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from codemods.workspace.migrate.forge import Forge, ForgeError, Project, Request, project_of
from tests.workspace.migrate.forges import Fake, forge

GITHUB = Project("github", "github.example", "team/app")
GITLAB = Project("gitlab", "gitlab.example", "team/sub/app")
WANTED = Request("pyfix/migrate", "1" * 40, "main", "a title", "a body")


class Clock:
    """A time that only sleeping moves, and the sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []
        self.opened: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if seconds:
            self.slept.append(seconds)

    def forge(self, per_hour: int | None = None) -> Forge:
        return Forge(per_hour, lambda since: [one for one in self.opened if one > since], self, self.sleep)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    with forge(tmp_path / "bin", "gh", "glab") as (fake, variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield fake


@pytest.mark.parametrize("project", [GITHUB, GITLAB], ids=lambda project: project.forge)
def test_one_is_opened_and_then_found(fake: Fake, project: Project) -> None:
    assert Clock().forge().open(project, WANTED) == ("https://forge.example/1", True)
    assert Clock().forge().open(project, WANTED) == ("https://forge.example/1", False)
    said = fake.requests[0]["said"]
    assert "a title" in said.values()
    assert "a body" in said.values()
    assert "main" in said.values()
    path = "/repos/team/app/pulls" if project is GITHUB else "/projects/team%2Fsub%2Fapp/merge_requests"
    assert fake.asked == [f"GET {path}", f"POST {path}", f"GET {path}"]


def test_a_closed_one_is_not_opened_again(fake: Fake) -> None:
    fake.requests.append({"branch": WANTED.head, "html_url": "https://forge.example/closed", "state": "closed", "merged_at": None})
    assert Clock().forge().open(GITHUB, WANTED) == ("https://forge.example/closed", False)


@pytest.mark.parametrize(("tip", "url"), [(WANTED.tip, "https://forge.example/old"), ("2" * 40, "https://forge.example/2")])
def test_one_that_was_merged_is_done_unless_the_branch_came_on(fake: Fake, tip: str, url: str) -> None:
    old = {"branch": WANTED.head, "html_url": "https://forge.example/old", "state": "closed", "merged_at": "2026", "head": {"sha": tip}}
    fake.requests.append(old)
    assert Clock().forge().open(GITHUB, WANTED)[0] == url


def test_the_forge_is_left_in_peace_as_long_as_it_asks(fake: Fake) -> None:
    limit = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1000400"}
    fake.refusals = [
        (403, {"Retry-After": "7"}, "slow down"),
        (429, {}, ""),
        (403, limit, ""),
        (403, {}, "You exceeded a secondary rate limit"),
    ]
    clock = Clock()
    assert clock.forge().open(GITHUB, WANTED)[1]
    assert clock.slept == [7.0, 120.0, pytest.approx(1_000_400 - 1_000_127), 480.0]


def test_a_forge_that_goes_on_refusing(fake: Fake) -> None:
    fake.refusals = [(429, {}, "no more")] * 20
    clock = Clock()
    with pytest.raises(ForgeError) as caught:
        clock.forge().open(GITHUB, WANTED)
    assert caught.value.kind == "throttled"
    assert clock.slept == [60.0, 120.0, 240.0, 480.0, 960.0, 1920.0]
    assert fake.requests == []


def test_no_patience_with_what_will_not_change(fake: Fake) -> None:
    fake.refusals = [(403, {}, "Resource not accessible")]
    with pytest.raises(ForgeError, match="answered 403: Resource not accessible"):
        Clock().forge().open(GITHUB, WANTED)


def test_an_answer_that_was_lost_opens_no_second_one(fake: Fake) -> None:
    fake.lost = 1
    assert Clock().forge().open(GITHUB, WANTED) == ("https://forge.example/1", False)
    assert len(fake.requests) == 1


def test_so_many_an_hour(fake: Fake) -> None:
    clock = Clock()
    clock.opened = [clock.now - 3000, clock.now - 100]
    clock.forge(per_hour=2).open(GITHUB, WANTED)
    assert clock.slept == [600.0]


def test_writes_are_a_second_apart(fake: Fake) -> None:
    clock = Clock()
    one = clock.forge()
    for number in range(3):
        one.open(GITHUB, Request(f"b{number}", "", "main", "", ""))
    assert clock.slept == [1.0, 1.0]


def test_a_program_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ForgeError, match="the program `gh` was not found"):
        Clock().forge().open(GITHUB, WANTED)


def test_a_program_that_is_not_logged_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "gh").write_text("#!/bin/sh\necho 'To get started with GitHub CLI, please run:  gh auth login' >&2\nexit 4\n")
    (tmp_path / "gh").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ForgeError, match="gh: To get started"):
        Clock().forge().open(GITHUB, WANTED)


@pytest.mark.parametrize(
    ("remote", "given", "wanted"),
    [
        ("https://github.com/a/b.git", "", Project("github", "github.com", "a/b")),
        ("git@gitlab.example.org:a/b/c.git", "", Project("gitlab", "gitlab.example.org", "a/b/c")),
        ("ssh://git@code.example:22/a/b", "gitlab", Project("gitlab", "code.example", "a/b")),
    ],
)
def test_the_project_that_a_remote_names(remote: str, given: str, wanted: Project) -> None:
    assert project_of(remote, given) == wanted


@pytest.mark.parametrize("remote", ["/srv/git/a.git", "https://code.example/a/b", "https://github.com/a"])
def test_a_remote_that_is_at_no_forge(remote: str) -> None:
    with pytest.raises(ForgeError, match="is at no forge that is known"):
        project_of(remote)
