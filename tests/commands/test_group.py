"""The command as a whole: routing, help, version, the last resort, and what is printed to whom."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from codemods import __version__
from codemods.commands import batch
from codemods.commands.group import pyfix
from codemods.engine import registry
from tests.commands.call import NOTHING, ROOT, SAFE, SAFE_AFTER, call, environment, in_terminal, spawn

Write = Callable[[dict[str, bytes]], None]


def test_the_version() -> None:
    assert call("--version").lines == [f"pyfix {__version__}"]


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--diff", "--help"], ["fix", "--help"]])
def test_the_help_shows_options_and_commands(arguments: list[str]) -> None:
    result = call(*arguments)
    shown = result.out.decode()
    assert result.status == 0
    assert shown.startswith("Usage: pyfix [OPTIONS] PATH...\n       pyfix COMMAND [ARGS]...\n")
    options = """--diff --check --select --ignore --unsafe-fixes --show-refused --statistics --output-format --target-version
        --stdin-filename -j --no-cache --cache-dir --config --isolated --exclude --force-exclude --exit-non-zero-on-fix --show-files
        --show-settings -q -v --help"""
    for word in [*options.split(), "rules", "explain", "undo"]:
        assert re.search(rf"^  .*{re.escape(word)}\b", shown, re.MULTILINE), word
    assert max(map(len, shown.splitlines())) <= 100


def test_the_catalogue() -> None:
    lines = call("rules").lines
    assert [line.split()[0] for line in lines] == list(registry.names())
    for line, named in zip(lines, registry.load().values(), strict=True):
        assert line.split()[1] == named.area
        assert ("default" in line) == named.default
        assert line.endswith(named.page.partition("\n")[0])


def test_a_path_named_like_a_command_is_given_with_a_dot(work: Path, write: Write) -> None:
    write({"undo": SAFE, "rules/a.py": SAFE})
    assert call("./undo").lines[0] == "rewrote undo: 1 site (dict-keys 1)"
    assert call("./rules").lines[0] == "rewrote rules/a.py: 1 site (dict-keys 1)"


@pytest.mark.parametrize("arguments", [["--check", "undo"], ["--", "undo"], ["fix", "undo"], ["--select", "mappings", "undo"]])
def test_only_the_first_word_is_a_command(work: Path, write: Write, arguments: list[str]) -> None:
    write({"undo": SAFE})
    assert b"undo" in call(*arguments).out


def test_options_may_follow_paths(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert call("a.py", "--check").status == 1


def test_it_is_a_click_command(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert CliRunner().invoke(pyfix, ["a.py", "--diff"]).exit_code == 1
    assert CliRunner().invoke(pyfix, ["--nonsense"]).exit_code == 2
    assert CliRunner().invoke(pyfix, ["a.py"]).exit_code == 0


def broken(*_: Any) -> int:
    raise ValueError("something\nodd \udce9")


def test_no_traceback_reaches_the_user(work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "run", broken)
    result = call("a.py")
    assert (result.status, result.out) == (2, b"")
    assert result.complaints == [
        r"pyfix: internal error: ValueError: something odd \udce9",
        "pyfix: this is a defect of pyfix; please report it with what PYFIX_TRACEBACK=1 adds to this",
    ]


def test_a_traceback_can_be_asked_for(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "run", broken)
    monkeypatch.setenv("PYFIX_TRACEBACK", "1")
    result = call("a.py")
    assert result.status == 2
    assert "Traceback (most recent call last):" in result.err.decode()


def test_an_interrupt_ends_with_130(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "run", interrupted)
    result = call("a.py")
    assert result.status == 130
    assert result.complaints[-1] == "pyfix: interrupted; `pyfix undo` puts back what was written"


def test_a_real_interrupt(work: Path) -> None:
    script = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's `&` has it ignored
    script += "from codemods.commands import main; print('ready', file=sys.stderr, flush=True); sys.exit(main(['-']))"
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    assert process.stderr is not None
    assert process.stderr.readline() == b"ready\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in said


def test_a_reader_that_leaves_is_no_error(work: Path, write: Write) -> None:
    write({f"m{number:03}.py": SAFE for number in range(200)})
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "codemods", "--check", "."]
    process = subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE, env=environment())
    os.close(writing)
    os.close(reading)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (141, b"")


def test_what_was_to_be_done_at_the_end_is_done(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    script = "import atexit, sys; atexit.register(print, 'at the end'); from codemods.commands import program; program()"
    done = subprocess.run([sys.executable, "-c", script, "--check", "."], capture_output=True, text=True, check=False, env=environment())
    assert done.stdout.splitlines()[-1] == "at the end"
    assert (done.returncode, done.stderr) == (1, "")


def test_a_thread_that_still_works_is_waited_for(work: Path) -> None:
    script = "import threading, time; threading.Thread(target=lambda: (time.sleep(0.5), print('worked'))).start()\n"
    script += "from codemods.commands import program; program()"
    done = subprocess.run([sys.executable, "-c", script, "--version"], capture_output=True, text=True, check=True, env=environment())
    assert done.stdout.splitlines()[-1] == "worked"


def test_a_closed_standard_output_is_no_traceback(work: Path) -> None:
    script = "import sys; from codemods.commands import program; sys.stdout.close(); program()"
    done = subprocess.run([sys.executable, "-c", script, "--check", "."], stderr=subprocess.PIPE, check=False, env=environment())
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_the_version_imports_almost_nothing() -> None:
    script = "import sys\nfrom codemods.commands import main\nmain(['--version'])\nprint(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stderr.split())
    ours = {name for name in loaded if name.startswith("codemods.")}
    assert {name.split(".")[1] for name in ours} == {"commands"}
    assert not loaded & {"libcst", "rich", "pathspec", "pygments", "platformdirs", "importlib.metadata", "multiprocessing", "json"}


def seconds(*command: str) -> float:
    """Processor time of a command, the least of several runs."""
    took = []
    for _ in range(7):
        process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        assert status == 0
        took.append(usage.ru_utime + usage.ru_stime)
    return min(took)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not say how much processor time a child took")
def test_the_version_takes_less_than_twice_as_long_as_importing_click() -> None:
    assert seconds("-m", "codemods", "--version") < 2 * seconds("-c", "import click")


@pytest.mark.parametrize("launcher", [["cli.py"], ["-m", "codemods"]])
def test_a_checkout_runs_without_being_installed(work: Path, write: Write, launcher: list[str]) -> None:
    write({"a.py": SAFE})
    words = (os.fspath(ROOT / word) if word.endswith(".py") else word for word in launcher)
    command = [sys.executable, *words, str(work / "a.py"), "--diff"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": ""})
    assert done.returncode == 1
    assert b"+    for key in d:\n" in done.stdout


def test_in_a_terminal_the_diff_is_for_people(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    result = in_terminal("--diff", "a.py")
    assert result.status == 1
    assert b"\x1b[1;7;31m.keys()" in result.out
    assert b"line 2: `d` is a dict" in result.out
    assert b"would rewrite 1 site in 1 file" in result.out


@pytest.mark.parametrize("width", [80, 140])
def test_the_diff_is_as_wide_as_the_terminal(work: Path, write: Write, width: int) -> None:
    write({"a.py": SAFE.replace(b"print(key)", b"print(key, '" + b"x" * 200 + b"')")})
    shown = in_terminal("--diff", "a.py", width=width).out.decode()
    lengths = [len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in shown.splitlines()]
    assert max(lengths) == width


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colours_gets_a_plain_diff(work: Path, write: Write, variable: dict[str, str]) -> None:
    write({"a.py": SAFE})
    assert spawn("--diff", "a.py").out == call("--diff", "a.py").out
    result = in_terminal("--diff", "a.py", **variable)
    assert b"\x1b" not in result.out
    assert result.out.startswith(b"--- a/a.py\n+++ b/a.py\n@@")


def test_an_empty_no_color_means_nothing(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert b"\x1b[" in in_terminal("--diff", "a.py", NO_COLOR="").out


def test_force_color_does_not_spoil_a_pipe(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert b"\x1b" not in spawn("--diff", "a.py", FORCE_COLOR="1", CLICOLOR_FORCE="1").out


def test_a_short_run_shows_no_progress(work: Path, write: Write) -> None:
    write({"a.py": NOTHING})
    assert in_terminal("a.py").out == b"nothing to rewrite in 1 file\n"


def test_safe_stays_safe(work: Path, write: Write) -> None:
    """What these tests take for granted of the rule they use."""
    write({"a.py": SAFE})
    call("a.py")
    assert (work / "a.py").read_bytes() == SAFE_AFTER
