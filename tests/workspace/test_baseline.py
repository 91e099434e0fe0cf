"""The file of sites to live with: what is read and refused, what a path is called in it, and what is no longer there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from codemods.model.outcome import Clean, Diagnostic, Failed, Skipped, TriagedAway
from codemods.model.settings import Settings
from codemods.model.verdict import Safe
from codemods.workspace.baseline import Baseline, BaselineError

SETTINGS = Settings(("dict-keys",))


def site(mark: str, scope: str = "", rule: str = "dict-keys") -> Diagnostic:
    return Diagnostic(rule, 1, 1, 1, 2, Safe("x"), fixed=True, id=mark * 16, scope=scope)


@pytest.fixture
def baseline(tmp_path: Path) -> Baseline:
    (tmp_path / "pkg").mkdir()
    made = Baseline(tmp_path / "known.json")
    made.add(tmp_path / "pkg" / "a.py", [site("b", "f"), site("a")])
    return made


def test_it_is_written_sorted_and_read_again(baseline: Baseline) -> None:
    baseline.add(baseline.path.parent / "0.py", [site("c")])
    baseline.write()
    text = baseline.path.read_text("utf-8")
    assert json.loads(text) == {
        "version": 1,
        "files": {"0.py": {"c" * 16: "dict-keys"}, "pkg/a.py": {"a" * 16: "dict-keys", "b" * 16: "dict-keys in f"}},
    }
    assert [line.strip()[:3] for line in text.splitlines() if "dict-keys" in line] == ['"cc', '"aa', '"bb']
    again = Baseline.read(baseline.path)
    assert len(again) == 3
    again.write()
    assert baseline.path.read_text("utf-8") == text
    assert [one.name for one in baseline.path.parent.glob("*json*")] == ["known.json"]


def test_the_settings_of_a_file_hold_its_sites(baseline: Baseline, monkeypatch: pytest.MonkeyPatch) -> None:
    settings_for = baseline.over(lambda path: replace(SETTINGS, held=("x",)))
    assert settings_for(baseline.path.parent / "pkg" / "a.py").held == ("a" * 16, "b" * 16, "x")
    assert settings_for(baseline.path.parent / "other.py").held == ("x",)
    monkeypatch.chdir(baseline.path.parent / "pkg")
    assert len(settings_for(Path("a.py")).held) == 3
    assert settings_for(baseline.path.parent.parent / "outside.py").held == ("x",)


def test_a_folder_under_another_name_is_the_same(baseline: Baseline, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "pkg")
    assert baseline.name_of(tmp_path / "link" / "a.py") == "pkg/a.py"
    (tmp_path / "pkg" / "to.py").symlink_to("/elsewhere.py")
    assert baseline.name_of(tmp_path / "pkg" / "to.py") == "pkg/to.py"


def test_a_file_outside_has_no_place_in_it(baseline: Baseline, tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"b\.py: lies outside of .*, the folder of known\.json"):
        baseline.add(tmp_path.parent / "b.py", [site("c")])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, r"known\.json: there is no such file; `--write-baseline .*known\.json` makes it"),
        ('{\n"version": 1,\n<<<<<<< ours', r"known\.json:3: is not JSON: "),
        ("[]", r"known\.json: is no baseline: Expected `object`"),
        ("{}", r"known\.json: is no baseline: Object missing required field `version`"),
        ('{"version": 1, "files": {"a.py": ["x"]}}', r"known\.json: is no baseline: Expected `object`"),
        ('{"version": 2, "files": {}}', r"known\.json: is of version 2, and this pyfix reads version 1"),
        ("\udcff", r"known\.json: is no baseline: 'utf-8' codec"),
        ("[" * 100_000, r"known\.json: is "),
    ],
)
def test_what_is_no_baseline_is_refused_in_a_line(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "known.json"
    if text is not None:
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BaselineError, match=said) as raised:
        Baseline.read(path)
    assert "\n" not in str(raised.value)


def test_a_place_that_cannot_be_written_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"known\.json: cannot be written: No such file or directory"):
        Baseline(tmp_path / "no" / "known.json").write()
    (tmp_path / "no.json").mkdir()
    with pytest.raises(BaselineError, match=r"no\.json: Is a directory"):
        Baseline.read(tmp_path / "no.json")


def test_what_is_no_longer_there_is_stale(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "pkg" / "a.py"
    path.touch()
    baseline.note(path, Clean((site("a"),)), SETTINGS)
    assert baseline.stale() == ["pkg/a.py: dict-keys in f"]


@pytest.mark.parametrize("outcome", [Failed(1, "x"), Skipped("asks for it"), Clean((site("a"), site("b")))])
def test_what_was_not_looked_into_is_not_stale(baseline: Baseline, tmp_path: Path, outcome: Clean | Failed | Skipped) -> None:
    path = tmp_path / "pkg" / "a.py"
    path.touch()
    baseline.note(path, outcome, SETTINGS)
    assert baseline.stale() == []


def test_a_run_with_other_rules_or_only_some_lines_says_nothing(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "pkg" / "a.py"
    path.touch()
    baseline.note(path, TriagedAway(), replace(SETTINGS, rules=("range-len",)))
    baseline.note(path, TriagedAway(), replace(SETTINGS, lines=((1, 2),)))
    assert baseline.stale() == []
    baseline.note(path, TriagedAway(), SETTINGS)
    assert len(baseline.stale()) == 2


def test_a_file_that_is_gone_is_stale(baseline: Baseline) -> None:
    assert baseline.stale() == ["pkg/a.py: dict-keys, and the file with it", "pkg/a.py: dict-keys in f, and the file with it"]
