"""The JSON report is what its schema says, and holds what a program needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codemods.model.outcome import Clean, Defect, Failed, Fixed, Outcome, Skipped, TriagedAway, Work
from codemods.report.entry import Entry
from codemods.report.json import document, file_data
from codemods.report.lines import decoded
from codemods.report.statistics import Tally
from tests.report.schema import problems
from tests.report.toys import EXPLAINED, REFUSED, SAFE, UNSAFE, rewritten, site

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "output.schema.json").read_text("utf-8"))

OUTCOMES: dict[str, Outcome] = {
    "changed": rewritten("# coding: latin-1\nname = 'é'\r\nother = 'ü'\r\n", ("'é'", "'É'"), ("'ü'\r\n", "1"), encoding="latin-1"),
    "clean": Clean((site(3, verdict=UNSAFE), site(4, verdict=REFUSED), site(5, verdict=SAFE, suppressed=True)), (), Work(1, 1, 0)),
    "explained": Clean((site(3, verdict=EXPLAINED),)),
    "skipped": Skipped("asks for it"),
    "failed": Failed(7, "cannot be parsed: invalid syntax"),
    "defect": Clean((), (Defect("range-len", 3, "crash", "ZeroDivisionError: division by zero"),)),
}


def report(*entries: Entry, diff: bool = False) -> dict[str, Any]:
    tally = Tally()
    for entry in entries:
        tally.add(entry)
    files = [data for entry in entries if (data := file_data(entry, diff_path=b"a.py" if diff else None)) is not None]
    parsed: dict[str, Any] = json.loads(document(files, tally, "diff" if diff else "check", 1, "0.0"))
    return parsed


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES.keys())
@pytest.mark.parametrize("diff", [False, True])
def test_every_outcome_is_as_the_schema_says(outcome: Outcome, diff: bool) -> None:
    data = report(Entry("a.py", outcome), diff=diff)
    assert list(problems(data, SCHEMA)) == []
    assert data["files"][0]["status"] == {"defect": "clean", "explained": "clean"}.get(
        *[name for name, one in OUTCOMES.items() if one is outcome] * 2
    )
    assert ("diff" in data["files"][0]) == (diff and isinstance(outcome, Fixed))


def test_the_schema_can_refuse() -> None:
    good = report(*(Entry(f"{name}.py", outcome) for name, outcome in OUTCOMES.items()))
    assert list(problems(good, SCHEMA)) == []
    for spoil in (
        lambda data: data.pop("version"),
        lambda data: data.update(version=2),
        lambda data: data.update(more=1),
        lambda data: data["files"][0]["sites"][0].update(line="1"),
        lambda data: data["files"][0]["sites"][0].update(column=0),
        lambda data: data["files"][0]["sites"][0].update(verdict="sure"),
        lambda data: data["files"][0].pop("path"),
        lambda data: data["statistics"]["rules"]["range-len"]["refused_by_code"].update(x=True),
    ):
        bad = json.loads(json.dumps(good))
        spoil(bad)
        assert len(list(problems(bad, SCHEMA))) == 1


def test_the_edits_make_the_new_text() -> None:
    outcome = OUTCOMES["changed"]
    assert isinstance(outcome, Fixed)
    text = decoded(outcome.before)
    file = report(Entry("a.py", outcome))["files"][0]
    for edit in reversed(file["edits"]):
        text = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
    assert text == decoded(outcome.after)
    assert [(edit["line"], edit["column"], edit["end_line"], edit["end_column"]) for edit in file["edits"]] == [(2, 8, 2, 11), (3, 9, 4, 1)]


def test_a_site_says_what_was_decided() -> None:
    sites = report(Entry("a.py", OUTCOMES["clean"]))["files"][0]["sites"]
    assert [(one["verdict"], one["code"], one["message"], one["fixed"], one["suppressed"]) for one in sites] == [
        ("unsafe", "type", "assumes that `rows` is a list", False, False),
        ("refused", "index-rebound", "`i` is bound again at line 14", False, False),
        ("safe", None, "`rows` is a list", False, True),
    ]


def test_a_site_says_what_it_rests_on() -> None:
    [one] = report(Entry("a.py", OUTCOMES["explained"]))["files"][0]["sites"]
    assert one["sort"] == "type"
    assert one["facts"] == [{"sentence": "`rows` may be anything", "line": 3}, {"sentence": "nothing changes it", "line": 0}]
    sentence = "annotate `rows` as `list` at line 3"
    assert one["remedies"] == [{"kind": "annotate", "name": "rows", "line": 3, "text": "list", "example": False, "sentence": sentence}]


def test_files_without_news_are_only_counted() -> None:
    data = report(Entry("a.py", TriagedAway()), Entry("b.py", Clean()))
    assert data["files"] == []
    assert data["statistics"]["files"] == {"seen": 2, "triaged_away": 1, "parsed": 1, "skipped": 0, "failed": 0}


def test_a_file_that_could_not_be_written_says_why() -> None:
    data = report(Entry("a.py", rewritten("a\n", ("a", "b")), cause="is read-only"))
    assert (data["files"][0]["written"], data["files"][0]["cause"]) == (False, "is read-only")
    assert data["summary"]["failed_files"] == 1
    assert data["summary"]["rewritten"] == 0


def test_a_name_that_is_not_utf_8_comes_back() -> None:
    assert report(Entry("caf\udce9.py", Skipped("so")))["files"][0]["path"] == "caf\udce9.py"


def test_the_diff_is_decoded_as_the_file_is() -> None:
    diff = report(Entry("a.py", OUTCOMES["changed"]), diff=True)["files"][0]["diff"]
    assert "-name = 'é'\r\n" in diff
    assert "\\ No newline at end of file\n" in diff
