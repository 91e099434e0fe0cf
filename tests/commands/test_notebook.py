"""Notebooks on the command line: they are found where they are asked for, and sites, diffs and pages are of cells."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.call import ROOT, call, in_terminal
from tests.engine.notebook.books import book, sources
from tests.report.schema import problems

SCHEMA = ROOT / "docs" / "output.schema.json"
Write = Callable[[dict[str, bytes]], None]

CELLS = ("xs = [1, 2]\nname = 'é'", "for i in range(len(xs)):\n    print(i, xs[i])\nprint('<' + name + '>')", "[print(x) for x in xs]")
NEW = (CELLS[0], "for i, x in enumerate(xs):\n    print(i, x)\nprint(f'<{name}>')", CELLS[2])
SITES = ["a.ipynb:cell 2:1:10: range-len", "a.ipynb:cell 2:3:7: string-concat"]


def test_a_notebook_is_read_where_it_is_named_or_configured(work: Path, write: Write) -> None:
    write({"a.ipynb": book(*CELLS), ".ipynb_checkpoints/b.ipynb": book(*CELLS), "c.py": b""})
    assert call("--show-files", ".").lines == ["c.py"]
    assert call("--show-files", "a.ipynb").lines == ["a.ipynb"]
    write({"pyproject.toml": b"[tool.pyfix]\nnotebooks = true\n"})
    assert call("--show-files", ".").lines == ["a.ipynb", "c.py"]
    write({"pyproject.toml": b"[tool.pyfix]\nnotebooks = 1\n"})
    assert (
        call("--show-files", ".")
        .complaints[0]
        .endswith("pyproject.toml:2: `notebooks` in [tool.pyfix] must be true or false, not a whole number")
    )


def test_sites_are_of_cells_also_when_they_are_recalled(work: Path, write: Write) -> None:
    write({"a.ipynb": book(*CELLS)})
    for _ in range(2):
        result = call("a.ipynb", "--check", "--show-refused")
        assert result.status == 1
        assert [line.split(" `")[0] for line in result.lines[:2]] == SITES
        assert result.lines[2].startswith("a.ipynb:cell 3:1:1: side-effect-comprehension refused: what the statement at line 1 comes to")


def test_it_is_rewritten_and_put_back_also_in_part(work: Path, write: Write) -> None:
    before = book(*CELLS)
    write({"a.ipynb": before})
    assert call("a.ipynb").status == 0
    assert tuple(sources((work / "a.ipynb").read_bytes())) == NEW
    assert call("a.ipynb").lines[-1].startswith("nothing to rewrite")
    assert call("undo", "--rule", "string-concat").status == 0
    assert sources((work / "a.ipynb").read_bytes())[1] == NEW[1].replace("f'<{name}>'", "'<' + name + '>'")
    assert call("undo").status == 0
    assert (work / "a.ipynb").read_bytes() == before


def test_a_plain_diff_is_one_of_the_file(work: Path, write: Write) -> None:
    write({"a.ipynb": book(*CELLS)})
    diff = call("a.ipynb", "--diff").out
    subprocess.run(["git", "apply"], input=diff, check=True, cwd=work)
    assert tuple(sources((work / "a.ipynb").read_bytes())) == NEW


def test_a_diff_in_a_terminal_is_one_of_cells(work: Path, write: Write) -> None:
    write({"a.ipynb": book(*CELLS)})
    shown = in_terminal("a.ipynb", "--diff").out.decode()
    assert "a.ipynb:cell 2" in shown
    assert '"' not in shown


def test_standard_input_can_be_a_notebook(work: Path) -> None:
    assert tuple(sources(call("--stdin-filename", "x.ipynb", "-", stdin=book(*CELLS)).out)) == NEW


def test_the_report_for_programs_says_which_cell(work: Path, write: Write) -> None:
    write({"a.ipynb": book(*CELLS)})
    report = json.loads(call("a.ipynb", "--check", "--output-format", "json").out)
    assert not list(problems(report, json.loads(SCHEMA.read_text("utf-8"))))
    sites = report["files"][0]["sites"]
    assert [(one["rule"], one["cell"], one["line"]) for one in sites] == [
        ("range-len", 2, 1),
        ("string-concat", 2, 3),
        ("side-effect-comprehension", 3, 1),
    ]
    assert sites[0]["facts"][0]["cell"] == 1


def test_what_knows_files_only_is_told_their_lines(work: Path, write: Write) -> None:
    data = book(*CELLS)
    write({"a.ipynb": data})
    lines = data.decode().split("\n")
    first = next(number for number, line in enumerate(lines, 1) if "range(len(xs))" in line)
    github = call("a.ipynb", "--check", "--output-format", "github").lines[0]
    assert github.startswith(f"::warning file=a.ipynb,line={first},endLine={first},col={lines[first - 1].index('range') + 1},")
    assert "(cell 2, line 1)" in github
    sarif = json.loads(call("a.ipynb", "--check", "--output-format", "sarif").out)["runs"][0]["results"][0]
    region = sarif["locations"][0]["physicalLocation"]["region"]
    place = lines[first - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
    assert (region["startLine"], region["endLine"], place) == (first, first, "range(len(xs))")
    assert "relatedLocations" not in sarif
    gitlab = json.loads(call("a.ipynb", "--check", "--output-format", "gitlab").out)
    assert [one["location"]["lines"]["begin"] for one in gitlab[:2]] == [first, first + 2]


@pytest.mark.parametrize("more", [(), ("--unused-ignores",)])
def test_no_comment_is_put_into_its_json(work: Path, write: Write, more: tuple[str, ...]) -> None:
    data = book("x = 1  # pyfix: ignore", *CELLS)
    write({"a.ipynb": data})
    result = call("suppress", "a.ipynb", "-v", *more)
    assert result.status == 0
    assert "a.ipynb: skipped: is a notebook" in result.err.decode()
    assert (work / "a.ipynb").read_bytes() == data


def test_a_line_is_explained(work: Path, write: Write) -> None:
    write({"a.ipynb": book(*CELLS)})
    result = call("explain", "a.ipynb:cell 2:3")
    assert result.lines[0] == "a.ipynb:cell 2:3:7: string-concat"
    assert "+print(f'<{name}>')" in result.lines
    assert call("explain", "a.ipynb:cell 1:1").lines == ["a.ipynb:cell 1:1: no rule sees anything to rewrite on this line"]
    assert "PATH:cell N:LINE" in call("explain", "a.ipynb:3").complaints[-1]


def test_what_is_broken_is_one_line(work: Path, write: Write) -> None:
    write({"a.ipynb": book(*CELLS)[:-20]})
    result = call("a.ipynb")
    assert (result.status, len(result.complaints)) == (2, 1)
    assert result.complaints[0].startswith("a.ipynb:")
    assert "is not JSON" in result.complaints[0]
