"""`pyfix migrate`, as it is called."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands.call import call, in_terminal
from tests.workspace.migrate.forges import forge
from tests.workspace.migrate.repositories import FILES, REFUSED, Here, refs, repository, rules_of

BRANCH = "refs/heads/pyfix/migrate"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are done in this process: children have tests of their own, and take a second each to start."""
    monkeypatch.setattr("codemods.commands.migration.Local", Here)


@pytest.fixture
def plan(work: Path) -> Path:
    """A list of three repositories: one to rewrite, one with nothing, one that is not there."""
    repository(work / "app", FILES)
    repository(work / "plain", {"a.py": REFUSED})
    (work / "list").write_text("app\nplain\ngone\n")
    return work / "list"


def test_from_a_list_to_branches_and_reports(plan: Path, work: Path) -> None:
    result = call("migrate", "list", "--report", "out", "-j", "1")
    assert result.status == 2  # one is not there
    assert result.lines[0] == "3 repositories: 1 with a branch, 1 with nothing to change, 1 failed"
    assert "  failed (unreachable): 1" in result.lines
    assert result.lines[-1] == "reports: out"
    assert "gone: failed (unreachable): there is no such folder" in result.complaints
    assert any(line.endswith("app: committed, 3 places in 2 files, pyfix/migrate") for line in result.complaints)
    assert sorted(os.listdir("out")) == ["report.html", "report.json", "report.md"]
    data = json.loads((work / "out" / "report.json").read_text("utf-8"))
    assert data["totals"]["states"] == {"committed": 1, "no-change": 1, "failed": 1}


def test_status_and_report(plan: Path) -> None:
    (plan.parent / "list").write_text("app\n")
    assert call("migrate", "list", "--dry-run", "-q", "-j", "1").status == 1
    result = call("migrate", "status", "list")
    assert result.lines == [
        "app: applied, 3 places in 2 files, pyfix/migrate",
        "1 repository: 1 would change",
        "  dict-keys: 2 places, 2 files, 1 repositories",
        "  range-len: 1 places, 1 files, 1 repositories",
    ]
    assert json.loads(call("migrate", "report", "list").out)["repositories"][0]["state"] == "applied"
    assert call("migrate", "report", "list", "--format", "markdown").out.startswith(b"# Migration of 1 repository\n")
    assert call("migrate", "report", "list", "--format", "html").out.startswith(b"<!doctype html>")


def test_the_state_has_a_place_of_its_own_or_the_one_named(plan: Path, work: Path) -> None:
    assert call("migrate", "status", "list").complaints[-1].endswith("there is no such state; nothing was migrated with it yet")
    call("migrate", "list", "--state", "s.sqlite", "-q", "-j", "1")
    assert (work / "s.sqlite").is_file()
    assert call("migrate", "status", "--state", "s.sqlite").lines[0].startswith("app: committed")


def test_standard_input_and_a_folder(plan: Path, work: Path) -> None:
    assert call("migrate", "-", "-q", "-j", "1", stdin=b"app\n").status == 0
    assert call("migrate", "--discover", ".", "--dry-run", "--only", "pl*", "-j", "1").lines[0] == (
        "2 repositories: 1 not begun, 1 with nothing to change"
    )


def test_so_many_and_then_the_next(plan: Path, work: Path) -> None:
    (work / "list").write_text("plain\napp\n")
    assert call("migrate", "list", "--limit", "1", "-j", "1").lines[0] == "2 repositories: 1 not begun, 1 with nothing to change"
    assert call("migrate", "list", "--limit", "1", "-j", "1").lines[0] == "2 repositories: 1 with a branch, 1 with nothing to change"


def test_options_for_all_repositories(plan: Path, work: Path) -> None:
    (work / "list").write_text("app\n")
    options = ["--rules", "range-len", "--branch", "tidy", "--base", "main", "--author", "A B <a@b>", "--timeout", "900", "--memory", "8G"]
    assert call("migrate", "list", *options, "-q", "-j", "1").status == 0
    git = repository(work / "look", {})
    git.run("fetch", "--quiet", os.fspath(work / "app"), "tidy:tidy", "main:start")
    assert rules_of(git, "tidy", "start") == ["range-len"]
    assert git.line("log", "-1", "--format=%an <%ae>", "tidy") == "A B <a@b>"


def test_pull_requests_from_the_list_to_the_forge(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app, remote = repository(work / "app", FILES), repository(work / "github" / "team" / "app.git", {"x": b""})
    app.run("remote", "add", "origin", "https://github.example/team/app.git")
    app.run("config", f"url.{work}/github/.insteadOf", "https://github.example/")
    app.run("config", f"url.{work}/github/.pushInsteadOf", "https://nowhere.example/")
    (work / "list").write_text("app\n")
    with forge(work / "bin", "gh") as (fake, variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        result = call("migrate", "list", "--pr", "-j", "1")
        assert result.status == 2  # `git remote get-url` tells the folder, which is at no forge
        assert any("is at no forge that is known" in line for line in result.complaints)
        assert refs(remote)[BRANCH] == refs(app)[BRANCH]
        (work / "plan.toml").write_text('forge = "github"\n[[repository]]\nsource = "app"\n')
        monkeypatch.setattr("codemods.workspace.migrate.requests.remote_url", lambda source: "https://github.example/team/app.git")
        result = call("migrate", "plan.toml", "--pr", "-j", "1")
        assert (result.status, result.lines[0]) == (0, "1 repository: 1 with a pull request")
        assert [one["branch"] for one in fake.requests] == ["pyfix/migrate"]
        assert "| `dict-keys` | 2 | 2 |" in fake.requests[0]["said"]["body"]
        assert call("migrate", "plan.toml", "--pr", "-j", "1").status == 0
        assert len(fake.requests) == 1
    assert call("migrate", "status", "plan.toml").lines[0].endswith("https://forge.example/1")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name either a PLAN (or `-`) or a folder with --discover"),
        (["list", "--discover", "."], "name either a PLAN"),
        (["nothing"], "nothing: "),
        (["list", "--branch", "a b"], "--branch: 'a b' is no name for a branch"),
        (["list", "--memory", "x"], "--memory: must be a size such as 4G"),
        (["list", "--select", "nope"], "list: unknown rule or area `nope`"),
        (["list", "--scheduler", "tcp://x"], "--scheduler and --scheduler-file are for --engine dask"),
        (["list", "--engine", "dask"], "--engine dask needs either --scheduler or --scheduler-file"),
        (["list", "--target-version", "2"], "--target-version: must be a Python version"),
        (["status"], "name the PLAN, or the state file with --state"),
    ],
)
def test_wrong_usage(plan: Path, arguments: list[str], said: str) -> None:
    result = call("migrate", *arguments)
    assert result.status == 2
    assert said in result.err.decode()
    assert b"Traceback" not in result.err


def test_help_shows_the_options_and_the_commands() -> None:
    said = call("migrate", "--help").out.decode()
    assert "Usage: pyfix migrate [OPTIONS] [PLAN]" in said
    assert "--retry-failed" in said
    assert "status" in said


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal")
def test_in_a_terminal_there_is_a_row_for_what_is_worked_on(plan: Path) -> None:
    shown = in_terminal("migrate", "list", "-j", "1", width=120, PYFIX_STATE_DIR=os.environ["PYFIX_STATE_DIR"]).out.decode()
    assert "asking for its base" in shown or "cloned" in shown
    assert "of 3" in shown or "/3" in shown
    assert "a minute" in shown
    assert "app: committed, 3 places in 2 files, pyfix/migrate" in shown
