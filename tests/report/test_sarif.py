"""The SARIF log: what the schema of OASIS says, fixes that can be applied one by one, and what its readers take."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from msgspec.structs import replace

from codemods.commands.pages import page_of
from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Defect, Edit, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.settings import Settings
from codemods.model.verdict import Refused
from codemods.report import sarif
from codemods.report.entry import Entry
from codemods.report.lines import decoded
from tests.report.toys import EXPLAINED, REFUSED, UNSAFE, rewritten, site

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = Draft4Validator(json.loads(Path(__file__).with_name("sarif-2.1.0.schema.json").read_text("utf-8")))
ALL = Settings(registry.select(None), unsafe_fixes=True, explain=True)

OUTCOMES: dict[str, Outcome] = {
    "changed": rewritten("# coding: latin-1\nname = 'é'\r\nother = 'ü'\r\n", ("'é'", "'É'"), ("'ü'\r\n", "1"), encoding="latin-1"),
    "left": Clean((site(3, verdict=UNSAFE), site(4, verdict=REFUSED), site(5, suppressed=True), replace(site(6), held=True))),
    "explained": Clean((site(3, verdict=EXPLAINED),)),
    "skipped": Skipped("asks for it"),
    "triaged": TriagedAway(),
    "failed": Failed(7, "cannot be parsed: invalid syntax"),
    "failed somewhere": Failed(0, "is not utf-8"),
    "defect": Clean((), (Defect("range-len", 3, "crash", "ZeroDivisionError: division by zero"),)),
}


def log(*entries: tuple[Entry, bytes], status: int = 1) -> dict[str, Any]:
    found = [one for entry, path in entries for one in sarif.results(entry, path)]
    wrong = [one for entry, path in entries for one in sarif.notifications(entry, path)]
    pages = {name: page_of(registry.rule(name)) for name in sarif.rules_of(found)}
    parsed: dict[str, Any] = json.loads(sarif.document(found, wrong, pages, status, "0.0"))
    assert [error.message for error in VALIDATOR.iter_errors(parsed)] == []
    [run] = parsed["runs"]
    assert all(run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    checked: dict[str, Any] = run
    return checked


def results_of(outcome: Outcome, path: bytes = b"a.py", **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log((Entry("a.py", outcome, **more), path))["results"]
    return found


def applied(text: str, fix: dict[str, Any]) -> str:
    """A fix applied by what SARIF says of regions, and by nothing of ours: lines and columns of characters, counted from 1."""
    [change] = fix["artifactChanges"]
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for one in reversed(change["replacements"]):
        region = one["deletedRegion"]
        start, end = (sum(map(len, lines[: region[f"{which}Line"] - 1])) + region[f"{which}Column"] - 1 for which in ("start", "end"))
        text = text[:start] + one["insertedContent"]["text"] + text[end:]
    return text


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES.keys())
@pytest.mark.parametrize("written", [False, True])
def test_every_outcome_is_as_the_schema_says(outcome: Outcome, written: bool) -> None:
    log((Entry("a.py", outcome, written=written), b"a.py"))


def test_the_schema_can_refuse() -> None:
    good = {"version": "2.1.0", "runs": [log((Entry("a.py", OUTCOMES["left"]), b"a.py"))]}
    assert VALIDATOR.is_valid(good)
    for spoil in (
        lambda run: run["results"][0].update(level="sure"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda run: run.update(columnKind="bytes"),
        lambda run: run["results"][0].update(colour="red"),
        lambda run: run["results"][0].pop("message"),
    ):
        bad = json.loads(json.dumps(good))
        spoil(bad["runs"][0])
        assert not VALIDATOR.is_valid(bad)


def test_what_is_rewritten_and_what_is_left_weigh_differently() -> None:
    assert [one["level"] for one in results_of(OUTCOMES["changed"])] == ["warning", "warning"]
    assert [(one["kind"], one["level"]) for one in results_of(OUTCOMES["changed"], written=True)] == [("informational", "none")] * 2
    left = results_of(OUTCOMES["left"])
    assert [(one["level"], one["properties"]["verdict"]) for one in left] == [
        ("note", "unsafe"),
        ("note", "refused"),
        ("note", "suppressed"),
        ("note", "suppressed"),
    ]
    assert [one.get("suppressions", [{}])[0].get("kind") for one in left] == [None, None, "inSource", "external"]


def test_what_went_wrong_is_said_of_the_run() -> None:
    run = log((Entry("a.py", OUTCOMES["failed"]), b"b/a.py"), (Entry("c.py", OUTCOMES["defect"]), b"c.py"), status=2)
    [invocation] = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    first, second = invocation["toolExecutionNotifications"]
    assert first["message"]["text"] == "cannot be parsed: invalid syntax"
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert second["message"]["text"].startswith("range-len: ZeroDivisionError")
    not_written = Entry("a.py", OUTCOMES["changed"], cause="is read-only")
    run = log((not_written, b"a.py"), status=2)
    assert run["results"] == []
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "not rewritten: is read-only"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (b"src/a b.py", "src/a%20b.py"),
        ("한글/é.py".encode(), "%ED%95%9C%EA%B8%80/%C3%A9.py"),
        (b"a:b#c?d%e.py", "a%3Ab%23c%3Fd%25e.py"),
        (b"caf\xe9.py", "caf%E9.py"),
    ],
)
def test_paths_are_uris(path: bytes, uri: str) -> None:
    [one, *_] = results_of(OUTCOMES["left"], path)
    assert one["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "SRCROOT"}


def test_nothing_in_a_message_is_read_as_a_hole_or_a_link() -> None:
    reason = '`"{0}"[i](x)` and `{a}` and `d[k]`'
    [one] = results_of(Clean((site(1, verdict=Refused("x", reason)),)))
    assert one["message"]["text"] == 'refused: `"{{0}}"\\[i\\](x)` and `{a}` and `d[k]`'


def test_the_facts_are_places_to_look_at() -> None:
    [one] = results_of(OUTCOMES["explained"])
    [fact] = one["relatedLocations"]  # the other is of no one line
    assert fact["physicalLocation"]["region"] == {"startLine": 3}
    assert fact["message"]["text"] == "`rows` may be anything"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_fix_says_where_in_characters(newline: str) -> None:
    text = newline.join(["x = '🎉'; y = 'é'", "z = 1", ""])
    start = text.index("'é'")
    edits = (Edit(start, start + 3, "'e'", ("range-len",)), Edit(len(text), len(text), "end", ("range-len",)))
    outcome = Fixed(text.encode(), b"?", (replace(site(1, fixed=True), edits=edits),), edits)
    [one] = results_of(outcome)
    [fix] = one["fixes"]
    first, second = [part["deletedRegion"] for part in fix["artifactChanges"][0]["replacements"]]
    assert first == {"startLine": 1, "startColumn": 14, "endLine": 1, "endColumn": 17}
    assert second == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 1}
    assert applied(text, fix) == text.replace("'é'", "'e'") + "end"


@pytest.mark.parametrize("name", ["mappings/dict_items", "strings/string_concat", "functions/mutable_default", "loops/range_len"])
def test_each_fix_of_the_examples_is_what_pyfix_does_to_that_site_alone(name: str) -> None:
    path = ROOT / "examples" / "bad" / f"{name}.py"
    data = path.read_bytes()
    outcome = process(data, replace(ALL, filename=path.name))
    assert isinstance(outcome, Fixed)
    found = [one for one in results_of(outcome) if "fixes" in one]
    assert found
    sites = [one for one in outcome.diagnostics if one.edits]
    assert len(found) == len(sites) >= min(len([one for one in outcome.diagnostics if one.fixed]), 10) - 3
    for one, result in list(zip(sites, found, strict=True))[::5]:
        others = tuple(other.id for other in outcome.diagnostics if other.id != one.id)
        alone = process(data, replace(ALL, filename=path.name, explain=False, held=others))
        assert isinstance(alone, Fixed)
        assert applied(decoded(data), result["fixes"][0]) == decoded(alone.after)


def test_no_more_results_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 4)
    left, changed = (Entry("a.py", OUTCOMES["left"]), b"a.py"), (Entry("b.py", OUTCOMES["changed"]), b"b.py")
    run = log(left, changed)
    assert [one["properties"]["verdict"] for one in run["results"]] == ["unsafe", "refused", "rewritten", "rewritten"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "2 more results were left out, refused sites first"


def test_fingerprints_tell_sites_apart_and_outlive_moved_lines() -> None:
    text = "def f(d: dict[str, int]):\n    print(list(d.keys()), list(d.keys()))\n"

    def marks(text: str) -> list[str]:
        return [one["partialFingerprints"]["pyfixSite/v1"] for one in results_of(process(text.encode(), ALL))]

    assert marks(f"import os\n\n\n{text}") == marks(text)
    assert len(set(marks(text))) == 2
