"""What a result hangs on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from codemods.workspace.migrate import key
from codemods.workspace.migrate.key import key_of, oracle
from codemods.workspace.migrate.plan import Target
from tests.workspace.migrate.repositories import repository, target


@pytest.fixture
def goal(tmp_path: Path) -> Target:
    return target(repository(tmp_path / "app", {"a.py": b""}))


def test_another_base_another_key(goal: Target) -> None:
    assert key_of(goal, "a" * 40) == key_of(goal, "a" * 40) != key_of(goal, "b" * 40)


def test_a_checker_of_another_version_another_key(tmp_path: Path, goal: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("the checker is a script")
    program = tmp_path / "mypy"
    monkeypatch.setattr("codemods.workspace.verify.typecheck.sysconfig.get_path", lambda name: str(tmp_path))
    typed = target(repository(tmp_path / "typed", {"a.py": b""}), verify="types:mypy")
    keys = []
    for version in ("1.0", "1.1"):
        program.write_text(f"#!/bin/sh\necho mypy {version}\n")
        program.chmod(0o755)
        oracle.cache_clear()
        assert oracle("types:mypy") == f"mypy {version}"
        keys.append((key_of(typed, "a" * 40), key_of(goal, "a" * 40)))
    oracle.cache_clear()
    assert keys[0][0] != keys[1][0]
    assert keys[0][1] == keys[1][1]


def test_examples_name_what_makes_them() -> None:
    assert oracle("examples").startswith("hypothesis ")
    assert oracle("python -m pytest") == "none"


@pytest.mark.parametrize("package", ["rules", "workspace"])
def test_the_code_that_judges_counts(package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for text in ("x = 1\n", "x = 2\n"):
        place = tmp_path / package
        place.mkdir(exist_ok=True)
        (place / "one.py").write_text(text)
        monkeypatch.setattr("codemods.__file__", str(tmp_path / "__init__.py"))
        key.code.cache_clear()
        found.append(key.code())
    key.code.cache_clear()
    assert found[0] != found[1]
