"""The examples: `pyfix` makes of each file in `examples/bad` exactly its twin in `examples/good`, and both do the same.

A rule that changes what a program prints says so beside the good file: `name.out` holds what the good file prints from now on.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed, TriagedAway
from codemods.model.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples"
BAD, GOOD = EXAMPLES / "bad", EXAMPLES / "good"

PAIRS = sorted(path.relative_to(BAD) for path in BAD.rglob("*.py"))


def settings(path: Path) -> Settings:
    """The default rules, and the rule the example is about where that is on request."""
    own = path.stem.replace("_", "-")
    rules = set(registry.select(None)) | ({own} & set(registry.names()))
    return Settings(tuple(sorted(rules)), filename=path.name)


def printed(path: Path) -> str:
    """What a file prints, run as a script in its own folder. A file that fails fails the test."""
    command = [sys.executable, "-W", "error", "-X", "utf8", path.name]
    result = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("path", PAIRS, ids=str)
def test_pyfix_makes_the_good_of_the_bad(path: Path) -> None:
    outcome = process((BAD / path).read_bytes(), settings(path))
    assert isinstance(outcome, Fixed), f"nothing is rewritten: {outcome}"
    assert not outcome.defects
    assert outcome.after.decode() == (GOOD / path).read_text("utf-8")
    assert outcome.after == (GOOD / path).read_bytes()


@pytest.mark.parametrize("path", PAIRS, ids=str)
def test_the_good_stays_as_it_is(path: Path) -> None:
    outcome = process((GOOD / path).read_bytes(), settings(path))
    assert isinstance(outcome, Clean | TriagedAway)
    assert not getattr(outcome, "defects", ())


@pytest.mark.parametrize("path", PAIRS, ids=str)
def test_bad_and_good_print_the_same(path: Path) -> None:
    before, after = printed(BAD / path), printed(GOOD / path)
    assert before, "an example that prints nothing shows nothing"
    declared = (GOOD / path).with_suffix(".out")
    if declared.exists():
        assert after == declared.read_text("utf-8")
        assert after != before, f"{declared.name} declares a new output, but it is the old one"
    else:
        assert after == before


def test_every_file_has_its_twin() -> None:
    assert sorted(path.relative_to(GOOD) for path in GOOD.rglob("*.py")) == PAIRS
    assert all(path.with_suffix(".py").exists() for path in GOOD.rglob("*.out"))


def test_every_rule_has_its_pair() -> None:
    wanted = [Path(area, f"{name.replace('-', '_')}.py") for area, names in registry.areas().items() for name in names]
    assert not set(wanted) - set(PAIRS)
