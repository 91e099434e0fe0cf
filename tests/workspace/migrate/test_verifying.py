"""Verification of a repository's rewrites before they are committed."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

from codemods.engine import registry, triage
from codemods.model.migration import Repository
from tests.workspace.migrate.repositories import KEYS, LOOP, migrated, read, refs, repository, rules_of, target
from tests.workspace.verify import seeded

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
    assert "def test_dict_keys_leaves_it()" in result.culprits[0].case
    compile(result.culprits[0].case, "case", "exec")
    git = repository(tmp_path / "again", {"x": b""})
    git.run("fetch", "--quiet", os.fspath(tmp_path / "app"), "pyfix/migrate:pyfix/migrate")
    assert read(git, "pyfix/migrate:picky.py") == PICKY
    assert rules_of(git, base="pyfix/migrate~2") == ["dict-keys", "range-len"]
    assert b"range(len" in read(git, "pyfix/migrate~1:app.py")
    assert [(work.rule, work.sites) for work in result.rules] == [("dict-keys", 1), ("range-len", 1)]


def test_a_wrong_rule_is_found_in_the_one_repository_that_it_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`bad-abs` makes `x` of `abs(x)`: wrong where a number is negative, which of these packages only one has."""
    rules = {**seeded.RULES}
    monkeypatch.setattr(registry, "rule", rules.__getitem__)
    monkeypatch.setattr(triage, "_GIVEN", {})
    monkeypatch.setattr(triage, "_ASKED", {})
    monkeypatch.setattr(registry, "select", lambda select, ignore=(): tuple(sorted(rules)))
    fine = {name: text.replace("return abs(a - b)", "return max(a, b) - min(a, b)") for name, text in seeded.PROJECT.items()}
    gits = [
        repository(tmp_path / name, {path: text.encode() for path, text in files.items()})
        for name, files in (("broken", seeded.PROJECT), ("fine", fine))
    ]
    rows = migrated(tmp_path, *(target(git, verify=seeded.CHECK) for git in gits))
    broken, other = rows["broken"].result, rows["fine"].result
    assert broken is not None
    assert other is not None
    assert (broken.state, other.state, other.culprits) == ("culled", "verified", ())
    (culprit,) = broken.culprits
    assert len(culprit.sites) == 1
    assert culprit.sites[0].startswith("bad-abs pkg/sizes.py:")
    assert "-    return abs(a - b)\n+    return a - b\n" in culprit.diff
    assert "the distance is negative" in culprit.output
    assert rules_of(gits[0]) == ["bad-abs", "dict-keys", "range-len"]  # what else the wrong rule did could stay
    assert b"return abs(a - b)" in read(gits[0], "pyfix/migrate:pkg/sizes.py")
    assert b"return width * height" in read(gits[0], "pyfix/migrate:pkg/sizes.py")


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


def test_examples_drop_what_an_example_tells_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("hypothesis")
    rules = {**seeded.RULES}
    monkeypatch.setattr(registry, "rule", rules.__getitem__)
    monkeypatch.setattr(triage, "_GIVEN", {})
    monkeypatch.setattr(triage, "_ASKED", {})
    monkeypatch.setattr(registry, "select", lambda select, ignore=(): tuple(sorted(rules)))
    code = b"def far(a: int, b: int) -> int:\n    return abs(a - b)\n\n\ndef near(n: int) -> list[int]:\n    xs = [n, n]\n"
    code += b"    out = 0\n    for i in range(len(xs)):\n        out += xs[i] * i\n    return [out]\n"
    row, _ = row_of(tmp_path, {"app.py": code}, "examples")
    assert row.result is not None
    assert (row.result.state, [one.sites for one in row.result.culprits]) == ("culled", [("bad-abs app.py:2",)])


def test_a_type_checker_may_be_the_judge(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    row, _ = row_of(tmp_path, {"app.py": CODE}, "types:mypy")
    assert (row.state, row.kind, row.cause) == ("committed", "", "")
