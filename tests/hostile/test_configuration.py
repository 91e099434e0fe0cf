"""Configuration that is meant to harm: one line that names it, or nothing, and the files that it does not govern are processed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.call import SAFE, SAFE_AFTER, call

Write = Callable[..., None]

TOP = b"[tool.pyfix]\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (TOP + b"# " + b"x" * 1_000_000, "is 1.0 MB; files of 1.0 MB and more are not read"),
        (TOP + b"select = " + b"[" * 100_000 + b"]" * 100_000, "is nested too deeply"),
        (TOP + b"select = " + b"{a = " * 50_000 + b"1" + b"}" * 50_000, "is nested too deeply"),
        (TOP + b"line-length = " + b"9" * 5_000, "is not TOML: Exceeds the limit"),
        (TOP + b"line-length = inf", "`line-length` in [tool.pyfix] must be a whole number, not a number"),
        (TOP + b"line-length = true", "`line-length` in [tool.pyfix] must be a whole number, not a boolean"),
        (TOP + b"select = 'ALL'", "`select` in [tool.pyfix] must be a list of strings, not a string"),
        (TOP + b"select = [['ALL']]", "`select` in [tool.pyfix] must hold strings only, not a list"),
        (TOP + b"select = ['../../etc/passwd']", "`select` in [tool.pyfix]: unknown rule or area `../../etc/passwd`"),
        (TOP + b"exclude = {a = 1}", "`exclude` in [tool.pyfix] must be a list of strings, not a table"),
        (TOP + b"per-file-ignores = []", "`per-file-ignores` in [tool.pyfix] must be a table of lists of strings, not a list"),
        (TOP + b"unsafe-fixes = 'yes'", "`unsafe-fixes` in [tool.pyfix] must be true or false, not a string"),
        (TOP + b"target-version = 3.11", '`target-version` in [tool.pyfix] must be a string such as "3.11", not a number'),
        (TOP + b"target-version = 2020-01-01", '`target-version` in [tool.pyfix] must be a string such as "3.11", not a date or time'),
        (TOP + b"plugins = ['evil']", "unknown key 'plugins' in [tool.pyfix]"),
        (TOP + b'"\\u001b[2J\\n" = 1', r"unknown key '\x1b[2J\n' in [tool.pyfix]"),
        (b"[tool]\npyfix = 1979-05-27T07:32:00Z", "[tool.pyfix] must be a table, not a date or time"),
        (TOP + b"[tool.pyfix]\n", "is not TOML: Cannot declare ('tool', 'pyfix') twice"),
        (TOP + b"\0", "is not TOML: "),
        (TOP + b"\xff", "is not UTF-8"),
    ],
)
def test_a_table_that_is_wrong(work: Path, write: Write, text: bytes, complaint: str) -> None:
    write({"in/pyproject.toml": text, "in/a.py": SAFE, "out/a.py": SAFE})
    result = call("in", "out")
    assert result.status == 2
    assert len(result.complaints) == 1
    assert complaint in result.complaints[0]
    assert result.complaints[0].startswith(f"{work}/in/pyproject.toml:")
    assert Path("in/a.py").read_bytes() == SAFE
    assert Path("out/a.py").read_bytes() == SAFE_AFTER


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loop", "nowhere"])
@pytest.mark.parametrize("name", ["pyproject.toml", "setup.cfg", "setup.py", "ruff.toml", ".gitignore"])
def test_what_is_no_file_in_the_place_of_one(work: Path, write: Write, name: str, kind: str) -> None:
    """It is never opened, so that nothing waits for it; a `pyproject.toml` that may have something to say of pyfix is reported."""
    write({"tree/.git/HEAD": b"", "tree/a.py": SAFE})
    path = work / "tree" / name
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(name)
        case _:
            path.symlink_to("missing")
    result = call("tree/a.py" if name == "setup.py" else "tree")
    if name == "pyproject.toml" and kind in ("pipe", "device"):
        assert (result.status, len(result.complaints)) == (2, 1)
        assert Path("tree/a.py").read_bytes() == SAFE
    else:
        assert (result.status, result.err) == (0, b"")
        assert Path("tree/a.py").read_bytes() == SAFE_AFTER


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("setup.py", b"setup(python_requires=" + b"(" * 10_000 + b")"),
        ("setup.py", b"import os\nos.system('touch owned')\nopen('owned', 'w')\nsetup(python_requires=open('owned', 'w'))\n"),
        ("setup.py", b"setup(python_requires=" + b"-" * 100_000 + b"1)"),
        ("setup.cfg", b"[options]\npython_requires = %(python_requires)s\n"),
        ("setup.cfg", b"[options]\n" + b"python_requires = >=3." + b"9" * 10_000),
        ("setup.cfg", b"[flake8]\nmax-line-length = " + b"9" * 100_000),
        ("setup.cfg", b"[options\npython_requires\x00"),
        ("pyproject.toml", b"[project]\nrequires-python = '" + b">=3.8," * 100_000 + b"'"),
        ("pyproject.toml", b"[project]\nrequires-python = {a = [1]}\n[tool.black]\nline-length = []\n"),
        ("ruff.toml", b"line-length = " + b"[" * 100_000),
        (".gitignore", b"*" * 100_000 + b"\n" + b"[" * 100_000 + b"\n" + b"!" * 1_000 + b"\n\\\n" + b"**/" * 10_000 + b"x\n"),
        (".gitignore", b"".join(b"*" + b"a*" * 50 + b"%d\n" % number for number in range(1_000))),
    ],
)
def test_what_is_said_to_other_tools(work: Path, write: Write, name: str, text: bytes) -> None:
    long = "a" * 200 + ".py"
    write({f"tree/{name}": text, f"tree/{long}": SAFE})
    result = call(f"tree/{long}", "tree")
    assert (result.status, result.err) == (0, b"")
    assert Path("tree", long).read_bytes() == SAFE_AFTER
    assert sorted(os.listdir(work)) == ["tree"]
