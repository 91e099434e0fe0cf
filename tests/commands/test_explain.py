"""`pyfix explain`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine import registry
from tests.commands.call import BROKEN, NOTHING, SAFE, SUPPRESSED, UNSAFE, call, in_terminal

Write = Callable[[dict[str, bytes]], None]

TWO = (
    b"def show(rows: list[int], d: dict[str, int]) -> None:\n    for i in range(len(rows)):\n"
    b'        print("n" + str(i), rows[i], [k for k in d.keys()], [k for k in d.keys()])\n'
)


@pytest.mark.parametrize("name", registry.names())
def test_a_rule_s_page(work: Path, name: str) -> None:
    result = call("explain", name)
    named = registry.rule(name)
    assert result.status == 0
    assert result.lines[0].startswith(f"{name} ({named.area}, ")
    assert named.page in result.out.decode()


def test_a_rule_by_its_module_s_name(work: Path) -> None:
    assert call("explain", "dict_keys").out == call("explain", "dict-keys").out


def test_a_page_in_a_terminal(work: Path) -> None:
    shown = in_terminal("explain", "dict-keys").out
    assert b"\x1b[1;36mdict-keys\x1b[0m" in shown
    assert b"\x1b[1mBefore:\x1b[0m" in shown


def test_a_line_that_is_rewritten(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    result = call("explain", "a.py:2")
    assert result.status == 0
    assert result.lines[0] == "a.py:2:16: dict-keys"
    assert result.lines[1].startswith("  safe, rewritten by default: `d` is a dict")
    assert result.lines[2] == "    - `d` is a dict[str, int]: annotated `dict[str, int]`, line 1"
    assert result.lines[3] == "  `pyfix explain dict-keys` shows the rule's page"
    assert result.lines[4:7] == ["--- a/a.py", "+++ b/a.py", "@@ -1,3 +1,3 @@"]
    assert (work / "a.py").read_bytes() == SAFE


def test_a_line_that_takes_an_assumption(work: Path, write: Write) -> None:
    write({"a.py": UNSAFE})
    result = call("explain", "a.py:2")
    assert "rewritten with --unsafe-fixes: assumes that" in result.lines[1]
    assert "+    for key in d:" in result.lines


def test_a_line_that_is_refused(work: Path, write: Write) -> None:
    write({"a.py": b"def f(rows: list[int]):\n    for i in range(len(rows)):\n        print(i)\n"})
    result = call("explain", "a.py:2")
    assert result.lines[1].startswith("  refused [no-element]: no element of `rows` is read")
    assert "    - `i` is not bound again in the loop, line 2" in result.lines
    assert not [line for line in result.lines if line.startswith("    +")]


def test_a_line_that_an_annotation_would_prove(work: Path, write: Write) -> None:
    write(
        {
            "a.py": b"def log(x: int) -> None:\n    print(x)\n\ndef f(rows):\n    for i in range(len(rows)):\n        log(i)\n        print(rows[i])\n"
        }
    )
    assert call("explain", "a.py:5").lines[1:9] == [
        "  unsafe [type], rewritten with --unsafe-fixes: assumes that `rows` is a list, a tuple or a str",
        "    - `rows` may be anything: a parameter without annotation, line 4",
        "    - `i` is not bound again in the loop, line 5",
        "    - nothing that another turn can follow binds `rows` again or changes how many elements it has",
        "    - `log` is a function of this file (line 1) that does not change `rows`, line 6",
        "    - the builtin `print` does not change `rows`, line 7",
        "    - `rows[i]` is read before anything in its turn can change it, line 7",
        "    + provable, if you annotate `rows` as `list` at line 4",
    ]


def test_a_suppressed_line(work: Path, write: Write) -> None:
    write({"a.py": SUPPRESSED})
    result = call("explain", "a.py:2")
    assert result.lines[1].startswith("  suppressed by a comment; without it safe")
    assert "---" not in result.out.decode()


def test_each_site_is_shown_alone(work: Path, write: Write) -> None:
    write({"a.py": TWO})
    shown = call("explain", "a.py:3").out.decode()
    assert '+        print(f"n{i}", rows[i], [k for k in d.keys()], [k for k in d.keys()])' in shown
    assert '+        print("n" + str(i), rows[i], [k for k in d], [k for k in d.keys()])' in shown
    assert '+        print("n" + str(i), rows[i], [k for k in d.keys()], [k for k in d])' in shown
    column = TWO.split(b"\n")[2].index(b"d.keys()") + 1
    assert call("explain", f"a.py:3:{column}").out.count(b"dict-keys") == 2


def test_a_line_in_the_body_of_a_loop(work: Path, write: Write) -> None:
    write({"a.py": b"def f(rows):\n    for i in range(len(rows)):\n        print(rows[i])\n"})
    result = call("explain", "a.py:3")
    assert result.lines[:2] == ["a.py:3: changes with what is rewritten above it", "a.py:2:14: range-len"]


def test_a_rule_that_is_not_selected_is_explained_as_well(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "pyproject.toml": b'[tool.pyfix]\nignore = ["dict-keys"]\n'})
    assert "  the rule is not selected for this file; --select dict-keys selects it" in call("explain", "a.py:2").lines
    assert "not selected" not in call("explain", "--isolated", "a.py:2").out.decode()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (NOTHING, "a.py:1", "a.py:1: no rule finds its pattern anywhere in this file"),
        (SAFE, "a.py:3", "a.py:3: no rule sees anything to rewrite on this line; the nearest sites are on line 2 (dict-keys)"),
        (b"# pyfix: skip-file\n" + SAFE, "a.py:3", "a.py:3: the file is left alone: "),
    ],
)
def test_a_line_without_a_site(work: Path, write: Write, text: bytes, place: str, said: str) -> None:
    write({"a.py": text})
    result = call("explain", place)
    assert result.status == 0
    assert result.out.decode().startswith(said)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (SAFE, "a.py:99", "a.py: has 3 lines, and no line 99"),
        (SAFE, "missing.py:1", "missing.py: No such file or directory"),
        (SAFE, ".:1", ".: is a folder"),
        (BROKEN, "a.py:1", "a.py:1: cannot be parsed"),
    ],
)
def test_what_cannot_be_explained_ends_with_2(work: Path, write: Write, text: bytes, place: str, said: str) -> None:
    write({"a.py": text})
    result = call("explain", place)
    assert (result.status, result.out) == (2, b"")
    assert result.complaints[0].startswith(said)
    assert len(result.complaints) == 1


def test_a_generated_file_is_explained_all_the_same(work: Path, write: Write) -> None:
    write({"a.py": b"# @generated\n" + SAFE})
    assert call("explain", "a.py:3").lines[0] == "a.py:3:16: dict-keys"


def test_a_name_with_colons(work: Path, write: Write) -> None:
    write({"a:1.py": SAFE})
    assert call("explain", "a:1.py:2").lines[0] == "a:1.py:2:16: dict-keys"


def test_a_preview_in_a_terminal(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    assert b"\x1b[1;7;31m.keys()" in in_terminal("explain", "a.py:2").out
