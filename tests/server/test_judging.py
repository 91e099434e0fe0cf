"""Documents are judged as files are, whatever their configuration, their encoding and the core do."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.engine import pipeline
from codemods.model.outcome import Failed, Fixed, Skipped
from codemods.server.judging import Document, Judge
from codemods.server.options import Options

SAFE = "def f(rows: list[int]) -> None:\n    for i in range(len(rows)):\n        print(rows[i])\n"


def document(text: str, path: Path | None = None) -> Document:
    return Document("uri:a", str(path) if path is not None else None, text, 1)


def test_a_document_is_judged_once_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(Options(), [])
    first = judge.judged(document(SAFE))
    assert isinstance(first.outcome, Fixed)
    monkeypatch.setattr(pipeline, "process", None)
    assert judge.judged(document(SAFE)) is first
    assert isinstance(judge.judged(document(f"{SAFE}\n")).outcome, Failed)


def test_a_crash_costs_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise ValueError("no\nway")

    monkeypatch.setattr(pipeline, "process", crash)
    assert Judge(Options(), []).judged(document(SAFE)).outcome == Failed(0, "pyfix failed on this file: ValueError: no way")


@pytest.mark.parametrize("text", ["# coding: ascii\nx = 'é'\n", "# coding: no-such\n", "x = '\ud800'\n"])
def test_what_cannot_be_encoded_has_no_sites(text: str) -> None:
    judged = Judge(Options(), []).judged(document(text + SAFE))
    assert isinstance(judged.outcome, Failed)
    assert list(judged.sites(refused=True)) == []


def test_options_are_the_command_line_s(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    assert Judge(Options(ignore=("loops",)), [str(tmp_path)]).judged(document(SAFE, file)).settings is not None
    assert not isinstance(Judge(Options(ignore=("loops",)), [str(tmp_path)]).judged(document(SAFE, file)).outcome, Fixed)
    judge = Judge(Options(select=("nonsense",)), [str(tmp_path)])
    assert isinstance(judge.judged(document(SAFE, file)).outcome, Skipped)
    assert len(judge.complaints) == 1
    assert "nonsense" in judge.complaints[0]


def test_ignored_and_excluded_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("made.py\n")
    (tmp_path / "pyproject.toml").write_text('[tool.pyfix]\nexclude = ["vendored/"]\n')
    for name, is_judged in (("a.py", True), ("made.py", False), ("vendored/a.py", False)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        judged = Judge(Options(), [str(tmp_path)]).judged(document(SAFE, tmp_path / name))
        assert isinstance(judged.outcome, Fixed) == is_judged


def test_generated_files_are_left_alone() -> None:
    assert isinstance(Judge(Options(), []).judged(document(f"# @generated\n{SAFE}")).outcome, Skipped)


def test_the_innermost_folder_counts(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("a.py\n")
    outer, both = ([str(tmp_path)], [str(tmp_path), str(tmp_path / "in")])
    file = tmp_path / "in" / "deep" / "a.py"
    assert isinstance(Judge(Options(), outer).judged(document(SAFE, file)).outcome, Skipped)
    assert isinstance(Judge(Options(), both).judged(document(SAFE, file)).outcome, Fixed)
