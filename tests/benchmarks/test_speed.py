"""The parts of `benchmarks.speed` that need no network: medians, the fit, made programs, samples of trees, the page. No time is asserted."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from benchmarks import bench, curve, programs, speed, speed_page, speed_parts, timing
from benchmarks.speed_page import Findings, Row, Setting
from benchmarks.timing import Sample, Task, interleaved
from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Fixed, TriagedAway
from codemods.model.settings import Settings

SETTINGS = Settings(registry.select(None))
SETTING = Setting("2026-01-02", "1.0 (abc)", ["libcst==1"], ["ruff==2"], 5, (0.5, 1.25))


# Figures


def test_the_middle_of_some_runs() -> None:
    samples = [Sample(3.0, 1.0, 10.0), Sample(1.0, 5.0, 30.0), Sample(2.0, 3.0, 20.0)]
    assert timing.middle(samples) == Sample(2.0, 3.0, 30.0)
    assert timing.middle(samples[:2]) == Sample(2.0, 3.0, 30.0)
    assert timing.middle(samples[:1]) == samples[0]


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_law(power: float) -> None:
    assert timing.exponent([(size, 7 * size**power) for size in (10.0, 30.0, 1000.0)]) == pytest.approx(power)


def test_the_exponent_is_the_one_that_fits_best() -> None:
    assert 1 < timing.exponent([(1, 1), (10, 9), (100, 150)]) < 1.2


def test_commands_take_turns_and_are_prepared(tmp_path: Path) -> None:
    order: list[str] = []

    def task(name: str) -> Task:
        return Task(name, [sys.executable, "-c", ""], prepare=lambda: order.append(name))

    found = timing.interleaved([task("a"), task("b")], 3, tmp_path, {})
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert list(found) == ["a", "b"]
    assert all(sample.peak > 1 for sample in found.values())


@pytest.mark.parametrize("status", [0, 1])
def test_a_command_may_say_that_there_is_something(tmp_path: Path, status: int) -> None:
    timing.run(Task("a", [sys.executable, "-c", f"raise SystemExit({status})"]), tmp_path, {})


def test_a_command_that_goes_wrong_has_no_time(tmp_path: Path) -> None:
    task = Task("odd", [sys.executable, "-c", "import sys; print('no', file=sys.stderr); sys.exit(3)"])
    with pytest.raises(timing.Failed, match="odd ended with status 3: no"):
        timing.run(task, tmp_path, {})


# Programs


def fixed(text: str) -> Counter[str]:
    """The rules that rewrote sites; there must be no other sites."""
    outcome = process(text.encode(), SETTINGS)
    match outcome:
        case Fixed():
            assert all(site.fixed for site in outcome.diagnostics)
            assert not outcome.defects
            return Counter(site.rule for site in outcome.diagnostics)
        case Clean():
            assert not outcome.diagnostics
        case _:
            assert isinstance(outcome, TriagedAway)
    return Counter()


def test_each_rule_that_is_on_has_a_program() -> None:
    assert set(programs.SITES) == set(registry.select(None))


@pytest.mark.parametrize("rule", sorted(programs.SITES))
def test_a_definition_has_one_site_of_its_rule(rule: str) -> None:
    assert fixed(programs.SITES[rule].replace("$n", "1")) == {rule: 1}


@pytest.mark.parametrize("number", range(len(programs.PLAIN)))
def test_a_plain_definition_has_none(number: int) -> None:
    assert not fixed(programs.PLAIN[number].replace("$n", "1"))


def names(text: str) -> list[str]:
    return [node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_a_program_of_sites_has_that_many() -> None:
    text = programs.program_of_sites(2 * len(programs.SITES) + 1)
    found = fixed(text)
    assert found.total() == 2 * len(programs.SITES) + 1
    assert set(found.values()) == {2, 3}
    assert len(set(names(text))) == len(names(text))


def test_programs_have_their_length_and_run() -> None:
    several = programs.programs(100, 12)
    assert all(100 <= text.count("\n") <= 115 for text in several)
    assert all(fixed(text) for text in several)
    for text in several:
        exec(compile(text, "program", "exec"), {"__name__": "program"})


def test_one_program_in_the_place_of_several_is_the_same_code() -> None:
    several = programs.programs(100, 30)
    one = programs.joined(several)
    assert ast.dump(ast.parse(one)) == ast.dump(ast.Module([node for text in several for node in ast.parse(text).body], []))
    assert len(set(names(one))) == len(names(one))
    assert fixed(one) == sum(map(fixed, several), Counter())
    assert set(fixed(one)) == set(programs.SITES)
    assert one.count("\n") == pytest.approx(sum(text.count("\n") for text in several), rel=0.03)


def test_the_same_programs_are_made_each_time() -> None:
    assert programs.programs(50, 4) == programs.programs(50, 4)


# Trees


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Twenty files of 1 to 20 lines, one of them in a folder."""
    root = tmp_path / "tree"
    (root / "deep").mkdir(parents=True)
    for number in range(1, 21):
        (root / ("deep" if number == 7 else "") / f"{number:02}.py").write_text("x = 1\n" * number)
    (root / "notes.txt").write_text("no Python\n")
    return root


def test_a_sample_is_taken_evenly(tree: Path) -> None:
    files = bench.python_files(tree)
    assert len(files) == 20
    assert [bench.lines_of(path) for path in bench.sample(files, 0.25)] == [3, 7, 11, 15, 19]
    assert len(bench.sample(files, 1.0)) == len(set(bench.sample(files, 1.0))) == 20
    assert len(bench.sample(files, 0.0001)) == 1


@pytest.mark.parametrize(("lines", "copies"), [(105, 10), (210, 20), (420, 40), (525, 50)])
def test_a_tree_grows_to_so_many_lines(tree: Path, tmp_path: Path, lines: int, copies: int) -> None:
    target = tmp_path / "grown"
    size = bench.grown(bench.python_files(tree), tree, lines, target)
    found = bench.python_files(target)
    assert len(found) == copies
    assert sum(map(bench.lines_of, found)) == pytest.approx(lines, abs=20)
    assert size == sum(path.stat().st_size for path in found)
    assert any(path.parent.name == "deep" for path in found) or copies == 10


def test_nothing_of_the_user_s_is_read_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYFIX_TRACEBACK", "RUFF_CACHE_DIR"):
        monkeypatch.setenv(name, "somewhere")
    variables = bench.Bench(tmp_path).variables
    assert not {"PYTHONPATH", "PYFIX_TRACEBACK", "RUFF_CACHE_DIR"} & set(variables)
    assert all(Path(variables[name]).is_relative_to(tmp_path) for name in ("PYFIX_STATE_DIR", "PYFIX_CACHE_DIR", "XDG_CACHE_HOME"))


def test_pyfix_is_given_just_what_it_needs() -> None:
    project = tomllib.loads((bench.ROOT / "pyproject.toml").read_text())["project"]
    needed = {re.match(r"[\w-]+", requirement)[0] for requirement in project["dependencies"]}  # type: ignore[index]
    assert needed == {requirement.partition("==")[0] for requirement in bench.LIBRARIES}


# The page


@pytest.mark.parametrize(
    ("value", "target", "stretch", "more", "verdict"),
    [
        (9.0, 10.0, 5.0, False, "met"),
        (10.0, 10.0, 5.0, False, "met"),
        (5.0, 10.0, 5.0, False, "met, stretch too"),
        (10.004, 10.0, 5.0, False, "**missed**"),
        (9.999, 10.0, 25.0, True, "**missed**"),
        (10.0, 10.0, 25.0, True, "met"),
        (30.0, 10.0, 25.0, True, "met, stretch too"),
        (1.0, 1.3, None, False, "met"),
        (1.0, None, None, False, "no target"),
        (None, 1.0, None, False, "**not measured**"),
    ],
)
def test_a_verdict_follows_from_the_figure(
    value: float | None, target: float | None, stretch: float | None, more: bool, verdict: str
) -> None:
    assert Row("it", value, "×", target, stretch, more).verdict == verdict


def test_a_row_shows_its_bounds_and_what_it_came_from() -> None:
    assert Row("it", 1.2345, "×", 2, 1.5, how="2 s : 1 s").cells() == ["it", "≤ 2 ×", "≤ 1.5 ×", "1.23 ×", "met, stretch too", "2 s : 1 s"]
    assert Row("it", 1.2345, "", 2, more=True).cells() == ["it", "≥ 2", "", "1.23", "**missed**", ""]
    assert Row("it", None, "×", 2).cells()[3:5] == ["–", "**not measured**"]


def test_the_page() -> None:
    found = Findings([Row("it", 1.0, "×", 2), Row("other", 3.0, "×", 2)], {"a | b": Sample(0.1234, 0.5, 31.6)}, notes=["One."])
    found.add(Findings([Row("third", None, "", None)], notes=["Two."]))
    text = speed_page.page(found, SETTING, "growth.svg")
    assert text.startswith("<!-- Written by `python -m benchmarks.speed`; not to be edited by hand. -->\n# Speed\n")
    assert "on 2026-01-02 with pyfix 1.0 (abc)" in text
    assert "the median of 5 runs" in text
    assert "Its load was 0.5 when the run began, and 1.2 when it ended" in text
    assert "for pyfix libcst==1; for the others ruff==2" in text
    assert "Met: 1 of 3. Not measured: 1." in text
    assert "| a \\| b | 0.123 | 0.500 | 32 MB |" in text
    assert text.endswith("- One.\n- Two.\n")
    assert "growth.svg" not in text
    found.curve = [(1, 1.0), (10, 9.0)]
    assert "](growth.svg)" in speed_page.page(found, SETTING, "growth.svg")


def test_the_machine_is_described_and_not_named() -> None:
    import platform

    assert "cores" in speed_page.machine()
    assert platform.node() not in speed_page.machine() or not platform.node()


# The curve


def test_the_curve_is_a_picture_and_the_same_each_time() -> None:
    points = [(10.0, 0.5), (100.0, 4.0), (1000.0, 42.0)]
    text = curve.svg(points, "thousands of lines", "seconds")
    assert text == curve.svg(list(reversed(points)), "thousands of lines", "seconds")
    root = ElementTree.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    dots = [(float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in root.iter(f"{space}circle")]
    assert len(dots) == 3
    assert all(0 <= x <= curve.WIDTH and 0 <= y <= curve.HEIGHT for x, y in dots)
    assert dots == sorted(dots, key=lambda dot: (dot[0], -dot[1]))
    words = [element.text for element in root.iter(f"{space}text")]
    assert {"0.5", "4", "42", "10", "100", "1,000", "thousands of lines", "seconds"} <= set(words)


def test_what_grows_in_proportion_lies_on_the_dashed_line() -> None:
    root = ElementTree.fromstring(curve.svg([(10.0, 1.0), (100.0, 10.0)], "x", "y"))
    lines = {path.get("class"): path.get("d") for path in root.iter("{http://www.w3.org/2000/svg}path")}
    assert lines["even"] == lines["curve"]


# The command


def test_parts_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        speed.main(["nothing"])
    assert "there are tree, cache, hook, peers, growth, large" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        speed.main(["--repeats", "0"])


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    monkeypatch.setattr(bench.Bench, "install", lambda self: None)
    monkeypatch.setattr(speed, "DOCUMENT", tmp_path / "docs" / "benchmarks.md")
    monkeypatch.setattr(speed, "PICTURE", tmp_path / "docs" / "growth.svg")
    monkeypatch.setattr(speed, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()

    def good(run: speed_parts.Run) -> Findings:
        return Findings([Row(f"{run.repeats} times", 1.0, "×", 2)], curve=[(10, 1.0), (20, 2.0)])

    def bad(run: speed_parts.Run) -> Findings:
        raise timing.Failed("it ended with status 3")

    monkeypatch.setattr(speed, "PARTS", {"good": good, "bad": bad})
    return lambda: None


@pytest.mark.usefixtures("offline")
def test_a_part_that_fails_is_said_and_the_others_stay(tmp_path: Path) -> None:
    assert speed.main(["--workdir", str(tmp_path / "work"), "--repeats", "2"]) == 1
    text = (tmp_path / "docs" / "benchmarks.md").read_text()
    assert "| 2 times |" in text
    assert "| part `bad` |  |  | – | **not measured** | it ended with status 3 |" in text
    assert (tmp_path / "docs" / "growth.svg").read_text().startswith("<svg")


@pytest.mark.usefixtures("offline")
def test_a_run_that_is_stopped_keeps_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(run: speed_parts.Run) -> Findings:
        raise KeyboardInterrupt

    good = speed.PARTS["good"]
    monkeypatch.setattr(speed, "PARTS", {"good": good, "slow": stopped, "last": good})
    assert speed.main(["--workdir", str(tmp_path / "work")]) == 1
    text = (tmp_path / "docs" / "benchmarks.md").read_text()
    assert text.count("| 5 times |") == 1
    assert "| part `slow` |  |  | – | **not measured** | the run was stopped |" in text
    assert "| part `last` |  |  | – | **not measured** | the run was stopped before |" in text


@pytest.mark.usefixtures("offline")
def test_a_page_takes_what_was_kept_of_parts_that_are_not_measured_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = speed.PARTS["good"]
    monkeypatch.setattr(speed, "PARTS", {"one": good, "two": good, "three": good})
    work = ["--workdir", str(tmp_path / "work")]
    assert speed.main([*work, "--repeats", "2", "one"]) == 0
    assert speed.main([*work, "--page", "two"]) == 0
    text = (tmp_path / "docs" / "benchmarks.md").read_text()
    assert (text.count("| 2 times |"), text.count("| 5 times |")) == (1, 1)
    assert "| part `three` |  |  | – | **not measured** | it never ran in this folder |" in text
    assert "- Part `one` was measured until " in text
    assert (tmp_path / "docs" / "growth.svg").exists()


def test_what_takes_minutes_runs_less_often(tmp_path: Path) -> None:
    ran: list[str] = []
    tasks = [Task(name, [sys.executable, "-c", ""], (0,), partial(ran.append, name), most) for name, most in (("a", None), ("b", 2))]
    interleaved(tasks, 3, tmp_path, {})
    assert (ran.count("a"), ran.count("b")) == (3, 2)


@pytest.mark.usefixtures("offline")
def test_some_parts_only_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main(["good"]) == 0
    assert "| 5 times |" in capsys.readouterr().out
    assert not (tmp_path / "docs" / "benchmarks.md").exists()


def test_the_files_that_a_hook_gets_are_of_the_pinned_django() -> None:
    assert (bench.DJANGO.name, bench.DJANGO.version) == ("Django", "5.2"), "choose files of about 200 lines anew"


def test_parts_keep_what_they_are_told(tmp_path: Path) -> None:
    run = speed_parts.Run(bench.Bench(tmp_path), 2, lambda text: None)
    order: list[str] = []
    task = Task("a", [sys.executable, "-c", ""], prepare=lambda: order.append("a"))
    assert list(run.measure([task], 3)) == ["a"]
    run.once(replace(task, name="b"))
    assert len(order) == 7
