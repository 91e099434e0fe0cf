"""The GitHub Action and the GitLab template do what they say: their own scripts are run, with the pyfix of this checkout."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands.call import BROKEN, SAFE

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step.get("id", step.get("name")): step for step in ACTION["runs"]["steps"]}
JOB: dict[str, Any] = yaml.safe_load((ROOT / "templates" / "pyfix.gitlab-ci.yml").read_text("utf-8"))["pyfix"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with something to rewrite, and beside it a `pyfix` to call."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "pyfix"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m codemods "$@"\n')
    program.chmod(0o755)
    (tmp_path / "work" / "src").mkdir(parents=True)
    (tmp_path / "work" / "src" / "a.py").write_bytes(SAFE)
    return tmp_path


def run(script: str, place: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    own = {"PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(place)}
    own |= {"PYFIX_STATE_DIR": str(place / "state"), "PYFIX_CACHE_DIR": str(place / "cache")}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=place / "work",
        env={**own, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def check(place: Path, **more: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """The action's own step, and the output that it sets."""
    said = place / "output"
    said.touch()
    given = {"PATHS": ".", "OPTIONS": "", "CHANGED_ONLY": "false", "SARIF": "false", "FAIL": "true", "BASE": ""}
    done = run(STEPS["check"]["run"], place, {**given, **more, "RUNNER_TEMP": str(place), "GITHUB_OUTPUT": str(said)})
    return done, said.read_text()


def test_the_action_annotates_and_fails(place: Path) -> None:
    done, said = check(place)
    assert (done.returncode, said) == (1, "status=1\n")
    assert done.stdout.startswith("::warning file=src/a.py,line=2,")


def test_it_may_be_told_not_to_fail_and_what_to_look_at(place: Path) -> None:
    done, said = check(place, FAIL="false")
    assert (done.returncode, said) == (0, "status=1\n")
    done, said = check(place, OPTIONS="--ignore dict-keys --isolated")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_file_that_cannot_be_read_fails_in_any_case(place: Path) -> None:
    (place / "work" / "bad.py").write_bytes(BROKEN)
    done, said = check(place, FAIL="false")
    assert (done.returncode, said) == (2, "status=2\n")
    assert "::error file=bad.py,line=1," in done.stdout


def test_it_writes_what_code_scanning_takes(place: Path) -> None:
    check(place, SARIF="true")
    log = json.loads((place / "pyfix.sarif").read_text())
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["dict-keys"]
    assert STEPS["Fill code scanning"]["with"]["sarif_file"].endswith("/pyfix.sarif")


def test_every_input_is_used_and_documented() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE))
    assert listed == set(ACTION["inputs"])
    assert all(f"inputs.{name}" in text for name in ACTION["inputs"])
    assert not any("${{" in step.get("run", "") for step in STEPS.values()), "what somebody else wrote must not become a script"


def test_the_gitlab_job_reports_and_fails(place: Path) -> None:
    script = JOB["script"][-1].replace("/tmp/pyfix/bin/pyfix", "pyfix")
    assert script.startswith("pyfix ")
    done = run(script, place, JOB["variables"])
    assert done.returncode == 1
    report = json.loads((place / "work" / JOB["artifacts"]["reports"]["codequality"]).read_text())
    assert [(one["check_name"], one["location"]["path"]) for one in report] == [("dict-keys", "src/a.py")]
