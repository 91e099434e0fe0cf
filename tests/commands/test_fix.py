"""`pyfix PATH...`: every row of the table in the README, what is written, where it is said, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codemods.engine import pipeline
from codemods.model.outcome import Clean, Defect, Outcome
from codemods.model.settings import Settings
from codemods.workspace import apply as applying
from codemods.workspace.history import JournalError
from tests.commands.call import BROKEN, NOTHING, REFUSED, SAFE, SAFE_AFTER, SUPPRESSED, UNSAFE, call, spawn

Write = Callable[[dict[str, bytes]], None]

SUMMARY = "rewrote 1 site in 1 file"


def test_files_are_rewritten_in_place(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": NOTHING, "sub/c.py": SAFE})
    result = call(".")
    assert (work / "a.py").read_bytes() == SAFE_AFTER
    assert (work / "sub/c.py").read_bytes() == SAFE_AFTER
    assert result.lines == [
        "rewrote a.py: 1 site (dict-keys 1)",
        "rewrote sub/c.py: 1 site (dict-keys 1)",
        "rewrote 2 sites in 2 files",
    ]
    assert (result.status, result.err) == (0, b"")


def test_a_second_run_finds_nothing(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    call("a.py")
    again = call("a.py")
    assert (again.status, again.lines) == (0, ["nothing to rewrite in 1 file"])


@pytest.mark.parametrize("option", ["--diff", "--check"])
def test_a_look_writes_nothing_and_ends_with_1(work: Path, write: Write, option: str) -> None:
    write({"a.py": SAFE, "b.py": NOTHING})
    assert call(option, "a.py").status == 1
    assert call(option, "b.py").status == 0
    assert (work / "a.py").read_bytes() == SAFE
    assert not (work.parent / "state").exists()


def test_verbose_prints_the_diffs_too(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "skip.py": b"# pyfix: skip-file\n" + SAFE})
    result = call("-v", ".")
    assert result.lines[0] == "rewrote a.py: 1 site (dict-keys 1)"
    assert "-    for key in d.keys():" in result.lines
    assert result.lines[-1] == SUMMARY
    assert [line.split(":")[0:2] for line in result.complaints] == [["skip.py", " skipped"]]


def test_quiet_says_nothing_where_nothing_is_wrong(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": BROKEN})
    assert call("-q", "a.py").out == b""
    assert (work / "a.py").read_bytes() == SAFE_AFTER
    broken = call("-q", "b.py")
    assert (broken.status, broken.out, len(broken.complaints)) == (2, b"", 1)


def test_quiet_still_prints_what_was_asked_for(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert call("-q", "--check", "a.py").lines == call("--check", "a.py").lines[:-1]
    quiet = call("-q", "--diff", "a.py")
    assert quiet.out == call("--diff", "a.py").out
    assert quiet.err == b""


def test_check_prints_a_line_for_each_site(work: Path, write: Write) -> None:
    write({"sub/a.py": SAFE})
    result = call("--check", "sub")
    assert result.lines[0].startswith("sub/a.py:2:16: dict-keys `d` is a dict")
    assert result.lines[1:] == ["would rewrite 1 site in 1 file"]


def test_diff_holds_the_diff_and_nothing_else(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": UNSAFE, "c.py": BROKEN})
    result = call("--diff", ".", "--show-refused", "--statistics")
    assert result.out == (
        b"--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n def show(d: dict[str, int]) -> None:\n"
        b"-    for key in d.keys():\n+    for key in d:\n         print(key)\n"
    )
    assert any(line.startswith("b.py:2:16: dict-keys unsafe: assumes that") for line in result.complaints)
    assert any(line.startswith("files: 3 seen") for line in result.complaints)
    assert result.complaints[-1].startswith("would rewrite 1 site in 1 file; 1 more with --unsafe-fixes")


def test_git_applies_the_diff(work: Path, write: Write) -> None:
    crlf = SAFE.replace(b"\n", b"\r\n")
    latin = b"# coding: latin-1\nname = '\xe9'\n" + SAFE.rstrip(b"\n")
    write({"a.py": SAFE, "größe und mehr/b c.py": crlf, "latin.py": latin})
    subprocess.run(["git", "init", "-q"], check=True)
    result = spawn("--diff", ".")
    assert result.status == 1
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], input=result.out, check=True)
    assert (work / "a.py").read_bytes() == SAFE_AFTER
    assert (work / "größe und mehr/b c.py").read_bytes() == crlf.replace(b".keys()", b"")
    assert (work / "latin.py").read_bytes() == latin.replace(b".keys()", b"")
    assert spawn("--check", ".").status == 0


def test_git_applies_the_diff_in_a_subfolder(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"deep/er/a.py": SAFE})
    subprocess.run(["git", "init", "-q"], check=True)
    monkeypatch.chdir(work / "deep")
    diff = call("--diff", "er").out
    assert diff.startswith(b"--- a/er/a.py\n")
    subprocess.run(["git", "apply", "-"], input=diff, check=True)
    assert (work / "deep/er/a.py").read_bytes() == SAFE_AFTER


def test_a_diff_from_elsewhere_applies_at_the_top_of_the_repository(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"deep/er/a.py": SAFE})
    subprocess.run(["git", "init", "-q"], check=True)
    (work.parent / "elsewhere").mkdir()
    monkeypatch.chdir(work.parent / "elsewhere")
    diff = call("--diff", str(work / "deep" / "er")).out
    assert diff.startswith(b"--- a/deep/er/a.py\n")
    subprocess.run(["git", "apply", "-"], input=diff, check=True, cwd=work)
    assert (work / "deep/er/a.py").read_bytes() == SAFE_AFTER


def test_unsafe_fixes_are_applied_on_demand(work: Path, write: Write) -> None:
    write({"a.py": UNSAFE})
    assert call("a.py").lines == ["nothing to rewrite in 1 file; 1 more with --unsafe-fixes"]
    assert (work / "a.py").read_bytes() == UNSAFE
    assert call("--unsafe-fixes", "a.py").lines[-1] == SUMMARY
    assert (work / "a.py").read_bytes() == UNSAFE.replace(b".keys()", b"")


def test_the_command_line_takes_back_what_the_configuration_dares(work: Path, write: Write) -> None:
    write({"a.py": UNSAFE, "pyproject.toml": b"[tool.pyfix]\nunsafe-fixes = true\n"})
    assert call("--check", "a.py").status == 1
    assert call("--check", "--no-unsafe-fixes", "a.py").status == 0


def test_show_refused_lists_what_was_left_and_why(work: Path, write: Write) -> None:
    write({"a.py": UNSAFE, "b.py": SUPPRESSED, "c.py": b"def f(rows: list[int]):\n    for i in range(len(rows)):\n        print(i)\n"})
    result = call("--check", "--show-refused", ".")
    assert [line.split(" ")[:3] for line in result.lines[:-1] if not line.startswith(" ")] == [
        ["a.py:2:16:", "dict-keys", "unsafe:"],
        ["b.py:2:16:", "dict-keys", "suppressed"],
        ["c.py:2:14:", "range-len", "refused:"],
    ]
    assert result.lines[-1] == "nothing to rewrite in 3 files; 1 more with --unsafe-fixes; 1 refused; 1 suppressed"
    assert result.status == 0


def test_statistics(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": UNSAFE, "c.py": NOTHING, "d.py": BROKEN})
    lines = call("--check", "--statistics", ".").lines
    assert ["rule", "rewritten", "unsafe", "refused", "suppressed"] in [line.split() for line in lines]
    assert ["dict-keys", "1", "1", "0", "0"] in [line.split() for line in lines]
    assert "files: 4 seen, 1 triaged away, 2 parsed, 0 skipped, 1 failed" in lines


@pytest.mark.parametrize("select", ["range-len", "loops", "loops,strings", "ALL --ignore dict-keys", "ALL --ignore mappings"])
def test_rules_are_selected_and_ignored(work: Path, write: Write, select: str) -> None:
    write({"a.py": SAFE})
    assert call("--check", "--select", *select.split(), "a.py").status == 0
    assert call("--check", "--select", "loops", "--select", "strings,mappings", "a.py").status == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the files or folders"),
        (["--nonsense", "a.py"], "--nonsense"),
        (["--select", "dict-kyes", "a.py"], "did you mean `dict-keys`"),
        (["--ignore", "x", "a.py"], "unknown rule"),
        (["--select", ",", "a.py"], "is empty"),
        (["--target-version", "2.7", "a.py"], "3.8 or later"),
        (["--target-version", "new", "a.py"], "must be a Python version"),
        (["--line-length", "0", "a.py"], "--line-length"),
        (["-j", "-1", "a.py"], "--jobs"),
        (["--timeout", "-1", "a.py"], "--timeout"),
        (["--timeout", "soon", "a.py"], "--timeout"),
        (["--output-format", "xml", "a.py"], "xml"),
        (["--config", "missing.toml", "a.py"], "missing.toml"),
        (["--config", "a.py", "--isolated", "a.py"], "exclude each other"),
        (["-q", "-v", "a.py"], "exclude each other"),
        (["--stdin-filename", "x.py", "a.py"], "goes with `-`"),
        (["-", "a.py"], "stands alone"),
        (["explain"], "Missing argument"),
        (["explain", "rnage-len"], "did you mean `range-len`"),
        (["undo", "--list", "--run", "x"], "stands alone"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_hint(work: Path, write: Write, arguments: list[str], said: str) -> None:
    write({"a.py": SAFE})
    result = call(*arguments)
    assert (result.status, result.out) == (2, b"")
    assert said in result.err.decode()
    assert "Traceback" not in result.err.decode()
    assert (work / "a.py").read_bytes() == SAFE


def test_a_broken_file_costs_only_itself(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": BROKEN, "c.py": SAFE, "d.py": b"# \xff\n" + SAFE})
    result = call(".")
    assert (result.status, len(result.complaints)) == (2, 2)
    assert result.complaints[0].startswith("b.py:")
    assert result.complaints[1].startswith("d.py:1: ")
    assert (work / "c.py").read_bytes() == (work / "a.py").read_bytes() == SAFE_AFTER
    assert result.lines[-1] == "rewrote 2 sites in 2 files; 2 files could not be processed"


def test_a_broken_file_that_no_rule_could_be_for_is_no_error(work: Path, write: Write) -> None:
    write({"a.py": b"def (\n"})
    assert call(".").status == 0


def test_a_path_that_does_not_exist(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    result = call("missing.py", "a.py")
    assert (result.status, result.complaints) == (2, ["missing.py: No such file or directory"])
    assert (work / "a.py").read_bytes() == SAFE_AFTER


def test_no_files_at_all_is_said(work: Path) -> None:
    result = call(".")
    assert (result.status, result.complaints) == (0, ["pyfix: no Python files found below ."])


def test_exit_non_zero_on_fix(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert call("--exit-non-zero-on-fix", "a.py").status == 1
    assert call("--exit-non-zero-on-fix", "a.py").status == 0


def test_a_crash_of_a_rule_ends_with_2(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def crashing(data: bytes, settings: Settings, **_: Any) -> Outcome:
        return Clean((), (Defect("dict-keys", 2, "crash", "KeyError: 'x' (dict_keys.py:12)"),))

    monkeypatch.setattr(pipeline, "process", crashing)
    write({"a.py": SAFE})
    result = call("--check", "a.py")
    assert result.status == 2
    assert result.complaints == ["a.py:2: dict-keys crashed: KeyError: 'x' (dict_keys.py:12) (a defect of pyfix; please report it)"]


def test_a_journal_that_cannot_be_written_stops_everything(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    (work.parent / "state").write_bytes(b"a file, and no folder")
    result = call("a.py")
    assert result.status == 2
    assert (work / "a.py").read_bytes() == SAFE
    assert "journal" in result.complaints[0]
    assert "nothing more was rewritten" in result.complaints[0]


def test_a_journal_that_fails_later_ends_the_run_with_what_was_done(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.py": SAFE, "b.py": SAFE})
    monkeypatch.setattr(applying, "BATCH_FILES", 1)
    real = applying.write_changes
    calls = []

    def failing(*arguments: Any) -> list[str]:
        calls.append(arguments)
        if len(calls) > 1:
            raise JournalError("state: the journal for undo cannot be written: No space left on device")
        return real(*arguments)

    monkeypatch.setattr(applying, "write_changes", failing)
    result = call(".")
    assert result.status == 2
    assert result.lines == ["rewrote a.py: 1 site (dict-keys 1)", SUMMARY]
    assert (work / "b.py").read_bytes() == SAFE


def test_a_file_that_cannot_be_written_is_named(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": SAFE})
    os.link(work / "a.py", work / "other name")
    result = call(".")
    assert result.status == 2
    assert result.complaints[0].startswith("a.py: not rewritten: has 2 hard links")
    assert (work / "a.py").read_bytes() == SAFE
    assert result.lines[-1] == "rewrote 1 site in 1 file; 1 file could not be processed"


def test_names_that_are_not_utf_8(work: Path) -> None:
    name = b"caf\xe9 \x1b[31m.py"
    with open(name, "wb") as file:
        file.write(SAFE)
    result = spawn("--check", ".")
    assert result.lines[0].startswith(r"caf\xe9 \x1b[31m.py:2:16: dict-keys")
    assert spawn("--diff", b"./" + name).out.startswith(rb'--- "a/caf\351 \033[31m.py"')
    assert spawn(".").status == 0
    with open(name, "rb") as file:
        assert file.read() == SAFE_AFTER


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_stream_that_lacks_a_character_is_no_reason_to_fail(work: Path, write: Write, encoding: str) -> None:
    write({"名前.py": SAFE.replace(b"print(key)", "print(key, 'clé')".encode())})
    result = spawn("--check", ".", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert result.status == 1
    assert rb"\u540d\u524d.py:2:16" in result.out


def test_the_configuration_counts(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "pyproject.toml": b'[tool.pyfix]\nignore = ["dict-keys"]\n'})
    write({"other.toml": b'[tool.pyfix]\nselect = ["dict-keys"]\n'})
    assert call("--check", "a.py").status == 0
    assert call("--check", "--isolated", "a.py").status == 1
    assert call("--check", "--config", "other.toml", "a.py").status == 1


def test_a_wrong_configuration_is_one_line_that_names_the_key(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "pyproject.toml": b'[tool.pyfix]\nselct = ["dict-keys"]\n'})
    result = call("a.py")
    assert (result.status, len(result.complaints)) == (2, 1)
    assert "pyproject.toml:2: unknown key 'selct'" in result.complaints[0]
    assert (work / "a.py").read_bytes() == SAFE


def test_exclude_and_force_exclude(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "gen/b.py": SAFE, "pyproject.toml": b'[tool.pyfix]\nexclude = ["gen"]\n'})
    assert call("--show-files", ".").lines == ["a.py"]
    assert call("--show-files", ".", "--exclude", "a.py,c.py").lines == []
    assert call("--show-files", "gen/b.py").lines == ["gen/b.py"]
    assert call("--show-files", "--force-exclude", "gen/b.py").lines == []


def test_jobs_do_not_change_what_comes_out(work: Path, write: Write) -> None:
    write({f"m{number:02}.py": SAFE if number % 3 else BROKEN for number in range(30)})
    one, many = call("--check", "-j", "1", "."), call("--check", "-j", "4", ".")
    assert (one.status, one.out, one.err) == (many.status, many.out, many.err)


def test_the_cache_is_where_it_is_wanted_or_nowhere(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert call("--no-cache", "--cache-dir", "cache", "--check", "a.py").status == 1
    assert not (work / "cache").exists()
    assert call("--cache-dir", "cache", "--check", "a.py").status == 1
    assert [path.name for path in (work / "cache").iterdir()] == ["outcomes.sqlite"]


def test_the_target_version_counts(work: Path, write: Write) -> None:
    write({"a.py": b"def add(item: int, to: list[int] = []) -> list[int]:\n    to.append(item)\n    return to\n"})
    assert b"to: list[int] | None = None" in call("--diff", "a.py").out
    assert b"to: Optional[list[int]] = None" in call("--diff", "--target-version", "3.9", "a.py").out


def test_json(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": BROKEN, "c.py": NOTHING})
    result = call("--output-format", "json", ".")
    data = json.loads(result.out)
    assert (result.status, data["exit_status"], data["mode"]) == (2, 2, "fix")
    files = [(file["path"], file["status"], file.get("written")) for file in data["files"]]
    assert files == [("a.py", "changed", True), ("b.py", "failed", None)]
    assert (work / "a.py").read_bytes() == SAFE_AFTER
    assert len(result.complaints) == 1


def test_json_is_as_its_schema_says(work: Path, write: Write) -> None:
    from tests.report.schema import problems
    from tests.report.test_json import SCHEMA

    write({"a.py": SAFE, "b.py": BROKEN, "c.py": NOTHING, "d.py": UNSAFE, "e.py": SUPPRESSED, "f.py": REFUSED})
    write({"g.py": b"# pyfix: skip-file\n" + SAFE})
    for arguments in (["--check"], ["--diff", "--unsafe-fixes"], ["--select", "ALL", "--statistics"]):
        data = json.loads(call(*arguments, "--output-format", "json", ".").out)
        assert list(problems(data, SCHEMA)) == []
        assert len(data["files"]) >= 5


def slow(data: bytes, settings: Settings, **_: Any) -> Outcome:
    if b"slow" in data:
        time.sleep(30)
    return pipeline_process(data, settings)


pipeline_process = pipeline.process


@pytest.mark.parametrize("arguments", [["-j1"], ["-j2"]])
def test_a_file_that_takes_too_long_costs_only_itself(
    work: Path, write: Write, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr(pipeline, "process", slow)
    write({"a.py": SAFE, "b.py": b"# slow\n" + SAFE, "c.py": SAFE})
    call("--diff", "a.py", "--no-cache")  # loads the rules, which also takes time
    result = call(".", "--timeout", "5", *arguments)  # a fresh worker loads the rules in that time, too
    assert (result.status, result.complaints) == (2, ["b.py: took longer than 5 seconds"])
    assert result.lines[-1] == "rewrote 2 sites in 2 files; 1 file could not be processed"
    assert (work / "b.py").read_bytes() == b"# slow\n" + SAFE


def test_standard_input_that_takes_too_long_comes_out_as_it_went_in(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "process", slow)
    result = call("-", "--timeout", "0.3", stdin=b"# slow\n" + SAFE)
    assert (result.status, result.out) == (2, b"# slow\n" + SAFE)
    assert result.complaints[0] == "<stdin>: took longer than 0.3 seconds"
