"""Plain diffs, with git itself as the judge."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from codemods.model.outcome import Fixed
from codemods.report.diff import unified
from tests.report.toys import rewritten

LONG = "".join(f"line {number}\n" for number in range(1, 41))

SHAPES = {
    "a line in the middle": rewritten(LONG, ("line 20", "LINE 20")),
    "the first line": rewritten(LONG, ("line 1\n", "LINE 1\n")),
    "the last line": rewritten(LONG, ("line 40", "LINE 40")),
    "two far apart": rewritten(LONG, ("line 5", "LINE 5"), ("line 30", "LINE 30")),
    "two that share their context": rewritten(LONG, ("line 5", "LINE 5"), ("line 10", "LINE 10")),
    "two in one line": rewritten("a + b + c\n", ("a", "A"), ("c", "C")),
    "lines come in": rewritten(LONG, ("line 20\n", "line 20\nnew\nnew\n")),
    "lines go": rewritten(LONG, ("line 20\nline 21\n", "")),
    "lines come in at the start": rewritten(LONG, ("", "import x\n")),
    "everything goes": rewritten("a\nb\n", ("a\nb\n", "")),
    "a file of one line": rewritten("a\n", ("a", "b")),
    "no newline at the end": rewritten("a\nb", ("b", "c")),
    "no newline at the end, far from the change": rewritten(f"{LONG}end", ("line 5", "LINE 5")),
    "no newline at the end, in the context": rewritten("a\nb\nc", ("a", "A")),
    "the newline at the end goes": rewritten("a\nb\n", ("b\n", "c")),
    "a newline at the end comes": rewritten("a\nb", ("b", "b\n")),
    "CRLF": rewritten(LONG.replace("\n", "\r\n"), ("line 20", "LINE 20\r\nmore")),
    "lone CR": rewritten("a\rb\rc\nd\n", ("b", "B")),
    "mixed ends": rewritten("a\r\nb\nc\rd\n", ("b", "B"), ("d", "D")),
    "form feeds and odd separators": rewritten("a\x0cb\n\u2028\x85\nc\n", ("b", "B"), ("c", "C")),
    "a byte order mark": rewritten("a = 1\nb = 2\n", ("a", "A"), bom=b"\xef\xbb\xbf"),
    "Latin-1": rewritten("# coding: latin-1\nname = 'é'\nx = 'ü'\n", ("'é'", "'É'"), encoding="latin-1"),
    "Shift JIS": rewritten("# coding: shift_jis\nx = 'ソ表'\ny = 1\n", ("y", "z"), encoding="shift_jis"),
}


def git(*arguments: str, folder: Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    variables = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *arguments], cwd=folder, input=data, capture_output=True, check=False, env=variables)


@pytest.mark.parametrize("outcome", SHAPES.values(), ids=SHAPES.keys())
def test_git_makes_the_new_bytes_of_it(outcome: Fixed, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(outcome.before)
    done = git("apply", "--whitespace=nowarn", folder=tmp_path, data=unified(b"a.py", outcome))
    assert done.stderr == b""
    assert (tmp_path / "a.py").read_bytes() == outcome.after


@pytest.mark.parametrize("outcome", SHAPES.values(), ids=SHAPES.keys())
def test_it_is_what_git_would_print(outcome: Fixed, tmp_path: Path) -> None:
    """Byte for byte but for the lines of git's own and the names of functions, where the change itself is as git sees it."""
    git("init", "-q", folder=tmp_path)
    (tmp_path / "a.py").write_bytes(outcome.before)
    git("-c", "core.autocrlf=false", "add", "a.py", folder=tmp_path)
    (tmp_path / "a.py").write_bytes(outcome.after)
    printed = git("-c", "core.autocrlf=false", "diff", "--no-color", "--no-indent-heuristic", "--text", folder=tmp_path).stdout
    wanted = [line.split(b" @@")[0] if line.startswith(b"@@") else line for line in printed.split(b"\n")]
    got = [line.split(b" @@")[0] if line.startswith(b"@@") else line for line in unified(b"a.py", outcome).split(b"\n")]
    assert got == [line for line in wanted if not line.startswith((b"diff --git", b"index "))]


NAMES = [
    b"plain.py",
    b"with space.py",
    b" leading and trailing .py ",
    "größe.py".encode(),
    "名前 🎉.py".encode(),
    b"caf\xe9.py",
    b'quote".py',
    b"back\\slash.py",
    b"new\nline.py",
    b"tab\tand\x1b[31mescape.py",
    b"sub folder/deeper/a.py",
]


@pytest.mark.parametrize("name", NAMES)
def test_git_finds_the_file_by_any_name(name: bytes, tmp_path: Path) -> None:
    outcome = rewritten(LONG, ("line 20", "LINE 20"))
    path = os.path.join(os.fsencode(tmp_path), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(outcome.before)
    diff = unified(name, outcome)
    assert b"\x1b" not in diff
    done = git("apply", folder=tmp_path, data=diff)
    assert done.stderr == b""
    with open(path, "rb") as file:
        assert file.read() == outcome.after


def test_several_files_make_one_patch(tmp_path: Path) -> None:
    outcomes = {f"{name}.py": rewritten(LONG, ("line 20", f"LINE {name}")) for name in "abc"}
    for name, outcome in outcomes.items():
        (tmp_path / name).write_bytes(outcome.before)
    done = git("apply", folder=tmp_path, data=b"".join(unified(name.encode(), outcome) for name, outcome in outcomes.items()))
    assert done.returncode == 0
    assert all((tmp_path / name).read_bytes() == outcome.after for name, outcome in outcomes.items())


def test_the_judge_can_refuse(tmp_path: Path) -> None:
    outcome = rewritten(LONG, ("line 20", "LINE 20"))
    (tmp_path / "a.py").write_bytes(outcome.before.replace(b"line 19", b"something else"))
    assert git("apply", folder=tmp_path, data=unified(b"a.py", outcome)).returncode != 0


def test_it_needs_no_edits() -> None:
    outcome = rewritten(LONG, ("line 5", "LINE 5"), ("line 30", "LINE 30"))
    assert unified(b"a.py", Fixed(outcome.before, outcome.after, ())) == unified(b"a.py", outcome)
