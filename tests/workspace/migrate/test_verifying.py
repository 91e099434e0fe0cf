"""Verification of a repository's rewrites before they are committed."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from codemods.model.migration import Repository
from tests.workspace.migrate.repositories import KEYS, LOOP, migrated, read, refs, repository, rules_of, target

# A program and its test. `counted` asks the source that it was made from, so that any rewrite of it fails.
CODE = KEYS + b"\n\n" + LOOP.replace(b"show", b"listed")
PICKY = b"def counted(d: dict[str, int]) -> int:\n    n = 0\n    for key in d.keys():\n        n += 1\n    return n\n"
CHECK = b"""
import app, picky
app.show({"a": 1})
app.listed([1])
assert picky.counted({"a": 1}) == 1
assert ".keys()" in open(picky.__file__).read()
"""
COMMAND = f"{shlex.quote(sys.executable)} check.py"


def row_of(tmp_path: Path, files: dict[str, bytes], command: str = COMMAND) -> tuple[Repository, dict[str, str]]:
    git = repository(tmp_path / "app", files)
    row = migrated(tmp_path, target(git, verify=command))["app"]
    return row, refs(git)


def test_rewrites_that_the_command_has_nothing_against(tmp_path: Path) -> None:
    row, _ = row_of(tmp_path, {"app.py": CODE, "check.py": b"import app\napp.show({'a': 1})\napp.listed([1])\n"})
    assert row.state == "committed"
    assert row.result is not None
    assert (row.result.state, row.result.culprits, row.result.runs) == ("verified", (), 4)


def test_a_culprit_is_found_and_dropped_and_the_rest_is_kept(tmp_path: Path) -> None:
    row, _ = row_of(tmp_path, {"app.py": CODE, "picky.py": PICKY, "check.py": CHECK})
    assert row.state == "committed"
    result = row.result
    assert result is not None
    assert result.state == "culled"
    assert [one.sites for one in result.culprits] == [("dict-keys picky.py:3",)]
    assert "-    for key in d.keys():\n+    for key in d:\n" in result.culprits[0].diff
    assert "AssertionError" in result.culprits[0].output
    git = repository(tmp_path / "again", {"x": b""})
    git.run("fetch", "--quiet", os.fspath(tmp_path / "app"), "pyfix/migrate:pyfix/migrate")
    assert read(git, "pyfix/migrate:picky.py") == PICKY
    assert rules_of(git, base="pyfix/migrate~2") == ["dict-keys", "range-len"]
    assert b"range(len" in read(git, "pyfix/migrate~1:app.py")
    assert [(work.rule, work.sites) for work in result.rules] == [("dict-keys", 1), ("range-len", 1)]


def test_no_branch_where_all_is_dropped(tmp_path: Path) -> None:
    row, found = row_of(tmp_path, {"picky.py": PICKY, "check.py": b"import picky\nassert '.keys()' in open(picky.__file__).read()\n"})
    assert (row.state, row.kind) == ("skipped", "all-dropped")
    assert list(found) == ["refs/heads/main"]


@pytest.mark.parametrize(
    ("check", "kind"), [(b"raise SystemExit(1)\n", "baseline-red"), (b"pass\n", "blind"), (b"raise SystemExit(125)\n", "not-verified")]
)
def test_no_branch_where_nothing_can_be_told(check: bytes, kind: str, tmp_path: Path) -> None:
    row, found = row_of(tmp_path, {"app.py": CODE, "check.py": check})
    assert (row.state, row.kind) == ("skipped", kind)
    assert list(found) == ["refs/heads/main"]


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    row, _ = row_of(tmp_path, {"app.py": CODE}, "no-such-command-anywhere")
    assert (row.state, row.kind) == ("skipped", "not-verified")
    assert "no-such-command-anywhere" in row.cause


def test_nothing_is_left_of_the_working_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path / "scratch"))
    row_of(tmp_path, {"app.py": CODE, "check.py": b"import app\napp.show({'a': 1})\nopen('litter', 'w')\n"})
    assert os.listdir(tmp_path / "scratch") == []
