"""A pytest plugin that writes down how each test ended, and where the modules of the package under test really came from.

It is loaded with `-p pyfix_canary` into the package's own environment, so it needs nothing but the standard library. `PYFIX_CANARY` names
the package, its folder and the file to write, joined by the path separator. JUnit XML would not do: it leaves out tests that end in
subtests.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

_outcomes: Counter[tuple[str, str]] = Counter()


def pytest_runtest_logreport(report: Any) -> None:
    """Counts a test's call, and whatever of its setup and teardown did not pass."""
    expected = hasattr(report, "wasxfail")
    if report.when != "call" and report.outcome == "passed":
        return
    outcome = {"passed": "xpassed", "skipped": "xfailed"}.get(report.outcome, "failed") if expected else report.outcome
    if report.when != "call" and outcome == "failed":
        outcome = "error"
    if type(report).__name__ in ("SubTestReport", "SubtestReport"):
        outcome = f"subtests {outcome}"
    _outcomes[report.nodeid, outcome] += 1


def pytest_collectreport(report: Any) -> None:
    """Counts a file that cannot be collected."""
    if report.outcome != "passed":
        _outcomes[report.nodeid, "error" if report.outcome == "failed" else report.outcome] += 1


def pytest_sessionfinish(session: Any, exitstatus: int) -> None:
    """Writes the outcomes; `inside`, the folder's files that were imported; `outside`, modules of that name from anywhere else."""
    name, folder, report = os.environ["PYFIX_CANARY"].split(os.pathsep)
    root = Path(folder).resolve()
    inside: list[str] = []
    outside: list[str] = []
    for module_name, module in sorted(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is not None and (module_name == name or module_name.startswith(f"{name}.")):
            path = Path(file).resolve()
            (inside if path.is_relative_to(root) else outside).append(str(path))
    outcomes = [[*key, count] for key, count in sorted(_outcomes.items())]
    Path(report).write_text(json.dumps({"outcomes": outcomes, "inside": inside, "outside": outside}))
