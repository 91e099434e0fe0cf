"""One file's judgement: whatever happens, an outcome comes out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.model.outcome import Clean, Failed, Fixed, TriagedAway
from codemods.model.settings import Settings
from codemods.workspace import worker
from codemods.workspace.config import ConfigError
from codemods.workspace.discover import Found, Problem
from codemods.workspace.files import sha256
from codemods.workspace.worker import Core, FileResult, Task, judge, task_of
from tests.workspace.fake import SETTINGS, core

Write = Callable[..., Path]
CORE = Core(core)


def task(path: Path, *, named: bool = False) -> Task:
    return Task(os.fspath(path), SETTINGS, named)


def test_a_fixed_file_comes_with_what_was_read(write: Write) -> None:
    result = judge(task(write("a.py", b"bad")), CORE)
    outcome, snapshot = result.outcome, result.snapshot
    assert isinstance(outcome, Fixed)
    assert snapshot is not None
    assert outcome.before is snapshot.data  # one object, so that it crosses to another process once
    assert snapshot.sha256 == sha256(b"bad")


@pytest.mark.parametrize(("data", "outcome"), [(b"seen", Clean()), (b"other", TriagedAway()), (b"broken", Failed(3, "cannot be parsed"))])
def test_the_others_come_alone(write: Write, data: bytes, outcome: object) -> None:
    path = write("a.py", data)
    assert judge(task(path), CORE) == FileResult(path, outcome)


def test_an_unreadable_file(work: Path) -> None:
    assert judge(task(work / "a.py"), CORE) == FileResult(work / "a.py", Failed(0, "No such file or directory"))


def test_a_defect_of_ours_costs_its_file(write: Write) -> None:
    outcome = judge(task(write("a.py", b"raise")), CORE).outcome
    assert outcome == Failed(0, "pyfix failed on this file: KeyError: 'a defect\\nof ours'")


def test_a_file_that_is_nested_too_deeply(write: Write) -> None:
    assert judge(task(write("a.py", b"deep")), CORE).outcome == Failed(0, "is nested too deeply")


def test_a_file_that_needs_too_much_memory(write: Write) -> None:
    def hungry(data: bytes, settings: Settings, *, named: bool) -> Clean:
        raise MemoryError

    assert judge(task(write("a.py")), Core(hungry)).outcome == Failed(0, "needs more memory than it may take")


def test_the_core_is_told_whether_a_file_was_named(write: Write) -> None:
    told = []

    def listening(data: bytes, settings: Settings, *, named: bool) -> Clean:
        told.append((data, settings, named))
        return Clean()

    judge(task(write("a.py", b"1"), named=True), Core(listening))
    judge(task(write("a.py", b"2")), Core(listening))
    assert told == [(b"1", SETTINGS, True), (b"2", SETTINGS, False)]


class TestLarge:
    def test_one_that_a_rule_could_apply_to_is_reported(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker, "REWRITABLE_BYTES", 1_000_000)
        outcome = judge(task(write("a.py", b"bad" * 500_000)), Core(core, lambda data, rules: b"bad" in data and rules)).outcome
        assert outcome == Failed(0, "is 1.5 MB; files of 1.0 MB and more are not rewritten")

    def test_one_that_none_could_apply_to_is_no_error(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker, "REWRITABLE_BYTES", 1_000)
        outcome = judge(task(write("a.py", b"x" * 1_000)), Core(core, lambda data, rules: ())).outcome
        assert outcome == TriagedAway()

    def test_the_limit_is_ten_megabytes(self, write: Write) -> None:
        assert judge(task(write("a.py", b"bad" + b" " * 9_999_996)), CORE).outcome != Failed(0, "")
        outcome = judge(task(write("a.py", b"bad" + b" " * 9_999_997)), CORE).outcome
        assert outcome == Failed(0, "is 10.0 MB; files of 10.0 MB and more are not rewritten")

    def test_the_engines_own_triage_judges_for_the_engine(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        from codemods.engine import triage

        monkeypatch.setattr(worker, "REWRITABLE_BYTES", 10)
        monkeypatch.setattr(triage, "admits", lambda data, names: () if b"nothing" in data else names)
        assert judge(task(write("a.py", b"nothing to see")), Core()).outcome == TriagedAway()
        assert isinstance(judge(task(write("a.py", b"something to see")), Core()).outcome, Failed)


def test_what_there_is_to_do(work: Path) -> None:
    def settings_for(path: Path) -> Settings:
        if path.name == "wrong.py":
            raise ConfigError("pyproject.toml", 3, "unknown key")
        if path.name == "worse.py":
            raise ConfigError(None, 0, "unknown rule")
        return SETTINGS

    assert task_of(Found(Path("a.py"), named=True), settings_for) == Task("a.py", SETTINGS, named=True)
    assert task_of(Problem(Path("b"), 2, "is wrong"), settings_for) == FileResult(Path("b"), Failed(2, "is wrong"))
    assert task_of(Found(Path("wrong.py"), named=False), settings_for) == FileResult(Path("pyproject.toml"), Failed(3, "unknown key"))
    assert task_of(Found(Path("worse.py"), named=False), settings_for) == FileResult(Path("worse.py"), Failed(0, "unknown rule"))
