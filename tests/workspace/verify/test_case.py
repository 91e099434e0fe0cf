"""The test that is made of a culprit: as little of the file as is rewritten alike, and nothing that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from codemods.engine.registry import rule
from codemods.workspace.verify.case import case
from codemods.workspace.verify.sites import Rewrites
from tests.workspace.verify.seeded import PROCESS, judged, project

METHOD = '''\
class Sizes:
    """Sizes."""

    first = 1

    @property
    def second(self) -> int:
        return 2

    @staticmethod
    def length(a: int) -> int:
        return abs(a)


def other() -> None: ...
'''


def made(folder: Path, text: str, line: int, ends: str = "\n") -> dict[str, str]:
    """BEFORE and AFTER of the case for the site at `line`, and the whole case."""
    project(folder, pkg__rows="")
    (folder / "pkg" / "sizes.py").write_bytes(text.replace("\n", ends).encode())
    rewrites = Rewrites(folder, judged(folder), PROCESS)
    [site] = [one for one in rewrites.sites if one.place.line == line]
    whole = case(rewrites, site, '`pytest """ \\ -q`', "status 1")
    space: dict[str, str] = {}
    exec(compile(whole, "case", "exec"), space)
    return {name: space[name] for name in ("BEFORE", "AFTER")} | {"whole": whole}


def test_a_function_alone(work: Path) -> None:
    found = made(work, "import os\n\n\ndef f(a: int) -> int:\n    return abs(a)\n\n\ndef g() -> None: ...\n", 5)
    assert found["BEFORE"] == "def f(a: int) -> int:\n    return abs(a)\n"
    assert found["AFTER"] == "def f(a: int) -> int:\n    return a\n"


def test_a_method_with_its_class_and_no_other_member(work: Path) -> None:
    found = made(work, METHOD, 12)
    assert found["BEFORE"] == "class Sizes:\n    @staticmethod\n    def length(a: int) -> int:\n        return abs(a)\n"


def test_what_needs_the_imports(work: Path) -> None:
    """Without `from typing import Dict` nothing says that it is a dict."""
    assert rule("dict-keys")
    text = "import os\nfrom typing import Dict\n\nx = 1\n\n\ndef f(d: Dict[str, int]) -> list:\n    return [k for k in d.keys()]\n"
    found = made(work, text, 8)
    assert found["BEFORE"] == "import os\nfrom typing import Dict\ndef f(d: Dict[str, int]) -> list:\n    return [k for k in d.keys()]\n"


def test_what_needs_the_whole_file(work: Path) -> None:
    text = "def f() -> list[str]:\n    return [k for k in D.keys()]\n\n\nD: dict[str, int] = {}\n"
    found = made(work, text, 2)
    assert found["BEFORE"] == text


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_line_ends(work: Path, ends: str) -> None:
    found = made(work, "def f(a: int) -> int:\n    return abs(a)\n", 2, ends)
    assert found["BEFORE"] == f"def f(a: int) -> int:{ends}    return abs(a){ends}"
