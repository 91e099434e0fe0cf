"""Runs with the cache: the same words with it, without it, and from it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine import pipeline
from tests.commands.call import BROKEN, NOTHING, REFUSED, SAFE, SAFE_AFTER, SUPPRESSED, UNSAFE, Result, call

Write = Callable[[dict[str, bytes]], None]

FILES = {
    "safe.py": SAFE,
    "unsafe.py": UNSAFE,
    "refused.py": REFUSED,
    "suppressed.py": SUPPRESSED,
    "broken.py": BROKEN,
    "nothing.py": NOTHING,
    "skip.py": b"# pyfix: skip-file\n" + SAFE,
    "crlf.py": b"\xef\xbb\xbf" + SAFE.replace(b"\n", b"\r\n"),
}
OPTIONS = (
    ("--diff",),
    ("--check",),
    ("--diff", "--unsafe-fixes"),
    ("--check", "--show-refused"),
    ("--diff", "--statistics"),
    ("--check", "--output-format", "json"),
    ("--diff", "--output-format", "json", "--show-refused"),
    ("--check", "-v", "-j", "2"),
)


def without_work(result: Result) -> Result:
    """What was said, apart from how much was parsed for it."""
    work = rb"work: .*|\"(parses|fragments|passes)\": \d+"
    return Result(result.status, re.sub(work, b"", result.out), re.sub(work, b"", result.err))


@pytest.fixture
def tree(work: Path, write: Write) -> Path:
    write(FILES)
    for path in work.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return work


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that the core was given."""
    seen: list[bytes] = []
    process = pipeline.process

    def counting(data: bytes, *arguments: object, **named: object) -> object:
        seen.append(data)
        return process(data, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "process", counting)
    return seen


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_the_words_are_the_same_without_it_with_it_and_from_it(tree: Path, options: tuple[str, ...]) -> None:
    without = call(".", *options, "--no-cache")
    assert not (tree.parent / "cache").exists()
    assert call(".", *options) == without
    assert without_work(call(".", *options)) == without_work(without)
    assert call(".", *options, "--no-cache") == without


def test_a_second_look_judges_only_what_could_not_be_judged(tree: Path, count: list[bytes]) -> None:
    call(".", "--diff", "-j1")
    assert len(count) == len(FILES)
    count.clear()
    call(".", "--diff", "-j1")
    call(".", "--check", "-j1")
    assert count == [BROKEN, BROKEN]


def test_only_what_changed_is_judged(tree: Path, count: list[bytes]) -> None:
    call(".", "--check", "-j1")
    count.clear()
    (tree / "nothing.py").write_bytes(UNSAFE + b"pass\n")
    (tree / "unsafe.py").touch()
    call(".", "--check", "-j1")
    assert sorted(count) == sorted([BROKEN, UNSAFE + b"pass\n"])


def test_a_run_that_writes_proves_what_it_writes(tree: Path, count: list[bytes]) -> None:
    call(".", "--diff")
    count.clear()
    assert call(".", "-j1").lines[0] == "rewrote crlf.py: 1 site (dict-keys 1)"
    assert sorted(count) == sorted([BROKEN, SAFE, FILES["crlf.py"]])
    assert (tree / "safe.py").read_bytes() == SAFE_AFTER
    count.clear()
    assert call(".", "-j1").lines[0].startswith("nothing to rewrite in 8 files; 1 more with --unsafe-fixes")
    assert sorted(count) == sorted([BROKEN, SAFE_AFTER, FILES["crlf.py"].replace(b".keys()", b"")])


EVIL = [
    ["fixed", [["dict-keys", 2, 5, 3, 19, True, False, "", "trust me", ""]], [[0, 3, "import os; os.system('evil')  #", "dict-keys"]]],
    [
        "fixed",
        [["no-\x1b[31mrule", -5, 0, 10**30, -1, True, True, "", "\x1b]0;title\x07", "no sort"]],
        [[0, 0, "", "no-rule"], [5, 9, "\r"]],
    ],
    [
        "clean",
        [["no-rule", 999, 999, 1, 1, False, False, "c\x1bode", "rea\nson", "no sort", [["fact", 10**9]], [["k", "n", -1, "t", True]]]],
    ],
    [
        "clean",
        [["no-rule", 0, 0, 0, 0, False, False, "?c\x1bode", "\x1b[2J", "no sort"], ["dict-keys", 1, 1, 1, 1, True, False, "", "", ""]],
    ],
    ["skipped", "\x1b[2J\n"],
]


@pytest.mark.parametrize("evil", EVIL, ids=json.dumps)
@pytest.mark.parametrize("options", [*OPTIONS, ("--statistics", "--show-refused"), ("-v",)], ids=" ".join)
def test_a_forged_entry_writes_nothing_and_breaks_nothing(tree: Path, evil: object, options: tuple[str, ...]) -> None:
    call(".", *options)
    for name, data in FILES.items():
        (tree / name).write_bytes(data)
        os.utime(tree / name, (1_600_000_000, 1_600_000_000))
    connection = sqlite3.connect(tree.parent / "cache" / "outcomes.sqlite")
    with connection:
        connection.execute("UPDATE files SET outcome = ?", (json.dumps(evil),))
    connection.close()
    result = call(".", *options)
    assert result.status in (0, 1, 2)
    assert b"\x1b" not in result.out + result.err
    assert b"internal error" not in result.err
    written = {path.name: path.read_bytes() for path in tree.iterdir()}
    assert {name for name, data in FILES.items() if written[name] != data} <= {"safe.py", "crlf.py", "unsafe.py"}
    assert not any(b"evil" in data for data in written.values())
