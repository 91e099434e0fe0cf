"""The whole way on a real project with a real command: the culprit is found and left out, and the rest stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from codemods.model.outcome import Fixed
from codemods.model.verdict import Refused
from codemods.workspace.verify.judges import CommandJudge
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.session import Verified, verify
from codemods.workspace.verify.sites import Rewrites
from codemods.workspace.verify.workplace import workplace
from tests.workspace.verify.seeded import CHECK, PROCESS, PROJECT, judged, project


def verified(folder: Path, command: str = CHECK, *, budget: int | None = 100, **options: object) -> tuple[Verified, Rewrites, list[str]]:
    said: list[str] = []
    rewrites = Rewrites(folder, judged(folder), PROCESS)
    with workplace(folder, folder) as place:
        judge = CommandJudge(command, place, rewrites.paths, **options)  # type: ignore[arg-type]
        return verify(rewrites, judge, place, budget=budget, tell=said.append), rewrites, said


def lines(result: Verified) -> list[list[tuple[str, int]]]:
    return [[(site.path, site.place.line) for site in culprit.sites] for culprit in result.culprits]


def test_the_culprit_is_left_out_and_the_rest_is_kept(work: Path) -> None:
    result, rewrites, said = verified(project(work))
    assert len(rewrites.sites) == 5
    assert lines(result) == [[("pkg/sizes.py", 6)]]
    assert len(result.kept) == 4
    assert "the distance is negative" in result.culprits[0].verdict.tail
    [sizes] = [one.outcome for one in rewrites.results(result.kept, {result.culprits[0].sites[0].id: CHECK}) if one.path.name == "sizes.py"]
    assert isinstance(sizes, Fixed)
    assert b"return abs(a - b)" in sizes.after
    assert b"return width * height" in sizes.after
    assert [(one.line, type(one.verdict)) for one in sizes.diagnostics if not one.fixed] == [(6, Refused)]
    assert said[0].startswith("the code as it is: good (twice")
    assert "culprit: bad-abs at pkg/sizes.py:6" in said
    assert (work / "pkg" / "sizes.py").read_bytes() == sizes.before


def test_what_is_good_is_kept_whole(work: Path) -> None:
    """Two runs before, one with all rewrites, and one with a failure put in."""
    check = "from pkg.sizes import area\n\nassert area(2, 3) == 6\n"
    result, rewrites, _ = verified(project(work, check=check))
    assert (result.kept, result.culprits, result.runs) == (rewrites.sites, (), 4)


def test_a_command_that_fails_before_anything_is_rewritten(work: Path) -> None:
    with pytest.raises(VerifyError, match=r"fails on the code as it is, before any rewrite \(status 1\)") as caught:
        verified(project(work, check="import pkg.gone\n"))
    assert "No module named" in caught.value.output


def test_a_command_that_looks_at_nothing(work: Path) -> None:
    with pytest.raises(VerifyError, match="cannot see the change"):
        verified(project(work, check="import pkg.sizes\n"))


def test_a_command_that_cannot_judge(work: Path) -> None:
    with pytest.raises(VerifyError, match=r"cannot judge the code as it is \(status 125\)"):
        verified(project(work, check="raise SystemExit(125)\n"))
    looks = "import sys, pathlib\nsys.exit(125 if 'abs' not in pathlib.Path('pkg/sizes.py').read_text() else 0)\n"
    with pytest.raises(VerifyError, match=r"cannot judge the rewritten code \(status 125\)"):
        verified(project(work, check=looks))


def test_a_command_that_is_killed_ends_it_all(work: Path) -> None:
    with pytest.raises(VerifyError, match="ended with signal 9"):
        verified(project(work, check="import os\nos.kill(os.getpid(), 9)\n"))


def test_a_command_that_does_not_end_is_bad(work: Path) -> None:
    slow = "import time\nfrom pkg.sizes import length\nwhile length(3, 5) < 0:\n    time.sleep(1)\n"
    sizes = PROJECT["pkg/sizes.py"].partition("def area")[0]
    result, _, _ = verified(project(work, check=slow, pkg__sizes=sizes, pkg__rows=""), seconds=4.0)
    assert lines(result) == [[("pkg/sizes.py", 6)]]
    assert result.culprits[0].verdict.words == "took longer than 4 s"


def test_two_rewrites_that_fail_only_together(work: Path) -> None:
    check = "from pkg.sizes import area, length\nassert length(5, 3) + area(2, 3) == 8\nassert length(3, 5) + area(-1, 1) > -3\n"
    result, _, _ = verified(project(work, check=check))
    assert lines(result) == [[("pkg/sizes.py", 6), ("pkg/sizes.py", 10)]]


def test_a_flaky_command_is_run_three_times(work: Path) -> None:
    """It fails in its first run of five, whatever the code is; and always where the distance is negative."""
    flaky = """\
import pathlib
from pkg.sizes import area, length
count = pathlib.Path("count")
times = int(count.read_text()) if count.exists() else 0
count.write_text(str(times + 1))
assert area(2, 3) == 6
assert times % 5 != 0, "by chance"
assert length(3, 5) == 2
"""
    result, _, said = verified(project(work, check=flaky))
    assert result.flaky
    assert "sometimes good, sometimes bad" in said[0]
    assert lines(result) == [[("pkg/sizes.py", 6)]]


def test_when_no_more_runs_are_allowed_whole_files_are_left_out(work: Path) -> None:
    result, _, said = verified(project(work), budget=1)
    assert result.culprits == ()
    assert {site.path for site in result.dropped} == {"pkg/sizes.py"}
    assert [site.path for site in result.kept] == ["pkg/rows.py"]
    assert "the allowed 1 run is spent" in said[-3]


REPORT = """\
import sys
from pkg import sizes
cases = {"distance": lambda: sizes.length(3, 5) == 2, "area": lambda: sizes.area(2, 3) == 6, "old": lambda: False}
failed = set()
for name, case in cases.items():
    try:
        good = case()
    except AssertionError:
        good = False
    if not good:
        failed.add(name)
with open("report.xml", "w") as file:
    file.write("<testsuites><testsuite>")
    for name in cases:
        file.write(f'<testcase classname="t" name="{name}">{"<failure/>" if name in failed else ""}</testcase>')
    file.write("</testsuite></testsuites>")
sys.exit(len(failed))
"""


def test_failures_that_were_there_before_are_told_from_new_ones(work: Path) -> None:
    result, _, said = verified(project(work, check=REPORT), report="report.xml")
    assert "what failed before may fail again" in said[0]
    assert lines(result) == [[("pkg/sizes.py", 6)]]
    assert result.culprits[0].verdict.words == "status 2, with 1 new failure: t::distance"


def test_a_command_that_leaves_no_report(work: Path) -> None:
    with pytest.raises(VerifyError, match=r"left no JUnit report in gone\.xml"):
        verified(project(work), report="gone.xml")


def test_a_command_that_is_not_there(work: Path) -> None:
    with pytest.raises(VerifyError, match="the command cannot be run: no-such-program: No such file"):
        verified(project(work), "no-such-program --now")
    with pytest.raises(VerifyError, match="the command is empty"):
        verified(project(work), " ")
    with pytest.raises(VerifyError, match="cannot be split into words: No closing quotation"):
        verified(project(work), "a 'b")


def test_the_command_s_words_meet_no_shell(work: Path) -> None:
    check = "import sys\nfrom pkg.sizes import area\nassert sys.argv[1:] == ['&&', 'touch', '$HOME']\nassert area(2, 3) == 6\n"
    result, rewrites, _ = verified(project(work, check=check), f"{sys.executable} check.py && touch $HOME")
    assert result.kept == rewrites.sites
