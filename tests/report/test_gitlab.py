"""Code Quality: the fields that GitLab asks for, severities, and fingerprints that are unique and stay."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import replace

from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Defect, Failed, Outcome
from codemods.model.settings import Settings
from codemods.report.entry import Entry
from codemods.report.gitlab import document, issues
from tests.report.toys import REFUSED, UNSAFE, rewritten, site

CHANGED = rewritten("a = 1\n", ("1", "2"))
LEFT = Clean((site(3, verdict=UNSAFE), site(4, verdict=REFUSED), site(5, suppressed=True), replace(site(6), held=True)))


def report(outcome: Outcome, path: str = "a.py", **more: Any) -> list[dict[str, Any]]:
    found = json.loads(document(list(issues(Entry(path, outcome, **more), path))))
    for one in found:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert set(one["location"]) == {"path", "lines"}
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert one["location"]["lines"]["end"] >= one["location"]["lines"]["begin"] >= 1
    checked: list[dict[str, Any]] = found
    return checked


def test_what_would_be_rewritten_is_minor_and_the_rest_is_information() -> None:
    assert [(one["severity"], one["description"]) for one in report(CHANGED)] == [("minor", "range-len: `rows` is a list")]
    assert [(one["severity"], one["description"]) for one in report(CHANGED, written=True)] == [
        ("info", "range-len: rewritten: `rows` is a list")
    ]
    assert [(one["severity"], one["location"]["lines"]["begin"], one["description"]) for one in report(LEFT)] == [
        ("info", 3, "range-len: unsafe: assumes that `rows` is a list"),
        ("info", 4, "range-len: refused: `i` is bound again at line 14"),
    ]


def test_what_went_wrong_is_critical() -> None:
    assert [(one["severity"], one["check_name"], one["location"]["lines"]["begin"]) for one in report(Failed(0, "is gone"))] == [
        ("critical", "pyfix", 1)
    ]
    [one] = report(CHANGED, cause="is read-only")
    assert one["description"] == "pyfix: not rewritten: is read-only"
    twice = Clean((), (Defect("range-len", 3, "crash", "KeyError"), Defect("range-len", 9, "crash", "KeyError")))
    assert len({one["fingerprint"] for one in report(twice)}) == 2


def test_fingerprints_are_unique_and_outlive_moved_lines() -> None:
    text = "def f(d: dict[str, int]):\n    print(list(d.keys()), list(d.keys()))\n"
    settings = Settings(("dict-keys",))

    def marks(text: str, path: str = "a.py") -> list[str]:
        return [one["fingerprint"] for one in report(process(text.encode(), settings), path)]

    assert marks(f"import os\n\n\n{text}") == marks(text)
    assert len({*marks(text), *marks(text, "b.py")}) == 4
