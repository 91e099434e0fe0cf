"""The reports of a migration: JSON by its schema, Markdown, lines, and what a pull request says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from codemods.model import migration
from codemods.model.migration import Left, Repository, Result
from codemods.report.migration import json as json_report
from codemods.report.migration import markdown, text
from codemods.report.migration.request import body
from codemods.report.migration.totals import total
from tests.report.migration.rows import CULLED, DONE, EVIL, ROWS

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "migrate.schema.json").read_text("utf-8"))
TOTALS = total(ROWS)


def test_the_sums() -> None:
    assert TOTALS.repositories == 9
    assert TOTALS.states["failed"] == 2
    assert TOTALS.rules["dict-keys"] == [7, 5, 3]
    assert TOTALS.left["dict-keys", "unsafe", "type"] == [10, 2]
    assert TOTALS.examples["dict-keys", "unsafe", "type"].startswith("team/app: a.py:3")
    assert (TOTALS.sites, TOTALS.changed, TOTALS.culprits, TOTALS.seconds) == (9, 5, 1, 11.5)


@pytest.mark.parametrize("rows", [ROWS, (), ROWS[:1]], ids=["all", "none", "one"])
def test_the_json_report_is_as_its_schema_says(rows: tuple[Repository, ...]) -> None:
    data = json.loads("".join(json_report.document(lambda: rows, total(rows), "plan.toml", "0.1")))
    jsonschema.validate(data, SCHEMA)
    assert [one["name"] for one in data["repositories"]] == [row.name for row in rows]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "version": 2}, SCHEMA)


def test_the_schema_knows_every_field() -> None:
    found = {name: set(getattr(migration, name).__struct_fields__) for name in SCHEMA["$defs"] if name not in ("State", "Totals")}
    assert {name: set(SCHEMA["$defs"][name]["properties"]) for name in found} == found
    assert {"Repository", "Result", "Branch", "Commit", "Culprit", "Left", "RuleWork", "FileProblem"} == set(found)


def test_nothing_in_markdown_leaves_its_place() -> None:
    page = "".join(markdown.document(lambda: ROWS, TOTALS, EVIL, "0.1"))
    assert "\x1b" not in page
    assert "\u202e" not in page
    cells = {line.replace("\\|", "").count("|") for line in page.splitlines() if line.startswith("| ") and "alert" in line}
    assert cells == {7}
    assert "git fetch: \\<script>" in page
    assert "````\nE assert\n```" in page  # a fence that what is in it does not end
    assert "| `dict-keys` | 7 | 5 | 3 |" in page
    assert "## Found by the verification, and dropped" in page
    assert "+for k in d:  # <b>" in page


def test_a_long_report_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "REPOSITORIES", 2)
    monkeypatch.setattr(markdown, "REASONS", 1)
    page = "".join(markdown.document(lambda: ROWS, TOTALS, "p", "0.1"))
    assert "The first 2 of 9; the JSON report has all." in page
    assert "And 1 reasons that come less often." in page


def test_a_line_for_each_repository() -> None:
    lines = [text.line(row) for row in ROWS]
    assert lines[0] == "team/app: pr-open, 4 places in 2 files, pyfix/migrate, https://forge.example/1"
    assert lines[1] == "culled: pushed, 1 place in 1 file, pyfix/migrate; 1 dropped by the verification"
    assert lines[5] == "empty: skipped (empty): has no commit"
    assert "\x1b" not in lines[6]
    assert lines[8] == "waiting: planned"


def test_the_summary() -> None:
    first, *others = text.summary(TOTALS)
    states = "1 with a pull request, 1 pushed, 1 with a branch, 1 not begun, 1 with nothing to change, 2 skipped, 2 failed"
    assert first == f"9 repositories: {states}"
    assert "  dict-keys: 7 places, 5 files, 3 repositories" in others
    assert "  failed (timeout): 1" in others


def test_what_a_pull_request_says() -> None:
    said = body(DONE, DONE.branches[0])
    assert "| `dict-keys` | 3 | 2 |" in said
    assert "Only files of `@team`" in said
    assert "The verification ran 4 times" in said
    assert "| `dict-keys` | unsafe: type | 5 | a.py:3: assumes that `d` is a dict |" in said
    assert "mutable-default" not in said
    assert "\x1b" not in said


def test_a_pull_request_tells_of_culprits_and_of_the_rule_that_changes_behaviour() -> None:
    branch = replace(DONE.branches[0], commits=(replace(DONE.branches[0].commits[0], rule="mutable-default"),), owners=())
    said = body(CULLED, branch)
    assert "- dict-keys a.py:3" in said
    assert "no longer shared between calls" in said
    assert "Only files of" not in said


def test_a_pull_request_stays_within_what_a_forge_takes() -> None:
    left = tuple(Left("r", "refused", f"code-{number}", 1, "x" * 500) for number in range(300))
    assert len(body(Result("applied", left=left), DONE.branches[0])) < 30_000
