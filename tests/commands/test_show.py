"""`--show-files` and `--show-settings`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

from tests.commands.call import SAFE, call, spawn

Write = Callable[[dict[str, bytes]], None]


def test_the_files_that_would_be_read(work: Path, write: Write) -> None:
    write({"b.py": SAFE, "a.pyi": SAFE, "c.txt": SAFE, "sub/d.pyw": SAFE, ".venv/e.py": SAFE})
    result = call("--show-files", ".")
    assert (result.status, result.lines) == (0, ["a.pyi", "b.py", "sub/d.pyw"])
    assert json.loads(call("--show-files", "--output-format", "json", ".").out) == result.lines
    assert (work / "b.py").read_bytes() == SAFE


def test_names_come_out_as_they_are(work: Path) -> None:
    name = b"caf\xe9.py"
    with open(name, "wb"):
        pass
    assert spawn("--show-files", ".").out == name + b"\n"


def test_a_path_that_does_not_exist(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    result = call("--show-files", "missing", "a.py")
    assert (result.status, result.lines, result.complaints) == (2, ["a.py"], ["missing: No such file or directory"])


def test_the_settings_of_each_path(work: Path, write: Write) -> None:
    table = b'[tool.pyfix]\nselect = ["dict-keys"]\ntarget-version = "3.9"\nline-length = 100\nexclude = ["gen"]\nunsafe-fixes = true\n'
    write({"a.py": SAFE, "sub/pyproject.toml": table, "sub/b.py": SAFE})
    shown = call("--show-settings", "sub", "a.py").out.decode()
    sub, a = (tomllib.loads(part) for part in shown.split("\n\n"))
    assert sub == {"rules": ["dict-keys"], "unsafe-fixes": True, "target-version": "3.9", "line-length": 100, "exclude": ["gen"]}
    assert (a["target-version"], a["line-length"], a["unsafe-fixes"]) == ("3.11", 88, False)
    assert f"# configuration: {work / 'sub' / 'pyproject.toml'}" in shown
    assert "none, these are the defaults" in shown


def test_the_settings_for_programs(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    data = json.loads(call("--show-settings", "--output-format", "json", "--select", "dict-keys", "a.py").out)
    assert [(one["path"], one["configuration"], one["rules"]) for one in data] == [("a.py", None, ["dict-keys"])]


def test_a_wrong_configuration_is_reported(work: Path, write: Write) -> None:
    write({"pyproject.toml": b"[tool.pyfix]\nline-length = true\n"})
    result = call("--show-settings", ".")
    assert (result.status, len(result.complaints)) == (2, 1)
