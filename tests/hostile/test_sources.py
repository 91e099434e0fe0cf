"""Sources that are meant to harm: each is rewritten, left, or one line on stderr, and never ends the process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Failed, Fixed, Skipped, TriagedAway
from codemods.model.settings import Settings
from tests.commands.call import SAFE, SAFE_AFTER, call, spawn

Write = Callable[..., None]

DEEP = {
    "brackets": "x = " + "[" * 10_000 + "]" * 10_000,
    "parentheses": "x = " + "(" * 10_000 + "1" + ")" * 10_000,
    "braces": "x = " + "{" * 10_000,
    "signs": "x = " + "-" * 10_000 + "1",
    "negations": "x = " + "not " * 10_000 + "1",
    "sums": "x = a" + " + a" * 100_000,
    "attributes": "x = a" + ".b" * 10_000,
    "calls": "x = a" + "()" * 10_000,
    "subscripts": "x = a" + "[0]" * 10_000,
    "conditions": "x = " + "a if b else " * 10_000 + "c",
    "lambdas": "x = " + "lambda: " * 10_000 + "1",
    "formatted strings": "x = " + "f'{" * 10_000 + "1" + "}'" * 10_000,
    "format specifications": "x = f'" + "{a:" * 10_000 + "}" * 10_000 + "'",
    "blocks": "".join(" " * depth + "if a:\n" for depth in range(1_000)) + " " * 1_000 + "pass",
    "branches": "if a:\n    pass\n" + "elif a:\n    pass\n" * 10_000,
    "comprehensions": "x = " + "[" * 150 + "1" + " for a in b]" * 150,
    "functions": "".join(" " * depth + "def f(x=[]):\n" for depth in range(90)) + " " * 90 + "pass",
    "patterns": "match x:\n    case " + "[" * 10_000 + "]" * 10_000 + ":\n        pass",
    "decorators": "@a\n" * 5_000 + "def f(x=[]): return x",
    "targets": "a = " * 20_000 + "1",
    "calls in each other": "x = " + "f(" * 90 + "1" + ")" * 90,
}


def test_nesting_ten_thousand_deep(work: Path, write: Write) -> None:
    """In a process of its own: were one of them to end it, the last file would not be rewritten."""
    write({f"{name}.py": f"{text}\n".encode() + SAFE for name, text in DEEP.items()} | {"z.py": SAFE})
    result = spawn("-j", "1", ".")
    assert result.status == 2
    assert "rewrote z.py: 1 site (dict-keys 1)" in result.lines
    for line in result.complaints:
        assert "nested" in line or "cannot be parsed: too many" in line or "needs Python 3.12" in line or "stopped at its bound" in line, (
            line
        )
    assert b"Traceback" not in result.err


class TestLarge:
    def test_a_hundred_megabytes_are_not_read(self, work: Path) -> None:
        Path("a.py").touch()
        os.truncate("a.py", 100_000_000)
        result = call("a.py")
        assert (result.status, result.complaints) == (2, ["a.py: is 100.0 MB; files of 100.0 MB and more are not read"])

    def test_from_ten_on_they_are_no_programs(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE + b"#" * 10_000_000, "b.py": b"#" * 10_000_000})
        result = call(".")
        assert result.complaints == ["a.py: is 10.0 MB; files of 10.0 MB and more are not rewritten"]

    def test_a_line_of_a_megabyte(self, work: Path, write: Write) -> None:
        long = b"def f(d: dict[str, int]) -> list[str]:\n    return ['%b'] + list(d.keys())\n" % (b"x" * 1_000_000)
        write({"a.py": long})
        assert call("--check", ".").lines[0].startswith("a.py:2:1000024: dict-keys")
        assert call(".").status == 0
        assert Path("a.py").read_bytes() == long.replace(b".keys()", b"")
        assert call("undo").status == 0
        assert Path("a.py").read_bytes() == long


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (SAFE + b"\0", "a.py:4: holds a null byte"),
        (SAFE + b"# \xed\xa0\x80\n", "a.py:4: is not utf-8: invalid continuation byte"),
        (SAFE + b"# \xff\n", "a.py:4: is not utf-8: invalid start byte"),
        (b"# coding: rot13\n" + SAFE, "a.py:1: `rot13` is no text encoding"),
        (b"# coding: no-such-codec\n" + SAFE, "a.py:1: unknown encoding `no-such-codec`"),
        (b"# coding: utf-16\n" + SAFE, "a.py: would not be the same bytes when written back as utf-16"),
        (b"\xef\xbb\xbf# coding: latin-1\n" + SAFE, "a.py:1: has a UTF-8 byte order mark and says it is iso8859-1"),
        (b"# coding: unicode_escape\nx = '\\u0041'\n" + SAFE, "a.py: would not be the same bytes when written back as unicode-escape"),
    ],
)
def test_bytes_that_are_no_text(work: Path, write: Write, data: bytes, complaint: str) -> None:
    write({"a.py": data})
    result = call(".")
    assert result.status == 2
    assert len(result.complaints) == 1
    assert result.complaints[0].startswith(complaint)
    assert Path("a.py").read_bytes() == data


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data.replace(b"\n", b"\r\n", 1).replace(b"        print", b"\r        print"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\n"),
        lambda data: data + b"\x0c\n\x0c",
        lambda data: data + "x = '\u2028\u2029\x85\x0b\x1c'\n".encode(),
        lambda data: data + b"x = '\\ud800' '\\N{DASH}' '\\x00'\n".replace(b"\\N{DASH}", b"\\N{EN DASH}"),
        lambda data: data + "# \u202e\u2066 access = 'user'\u2069\u2066\nx = '\u202e'\n".encode(),
        lambda data: data + "\ufb01 = \u212b = \U0001d4d0 = '\U0001f600'\n".encode(),
        lambda data: b"# -*- coding: latin-1 -*-\n" + data + b"x = '\xe9\xff'\n",
        lambda data: b"#!/usr/bin/python\x0c\n" + data,
    ],
)
def test_odd_bytes_around_a_site_stay_as_they_are(work: Path, write: Write, change: Callable[[bytes], bytes]) -> None:
    write({"a.py": change(SAFE)})
    result = call(".")
    assert (result.status, result.err) == (0, b"")
    assert Path("a.py").read_bytes() == change(SAFE_AFTER)
    assert call("undo").status == 0
    assert Path("a.py").read_bytes() == change(SAFE)


# What Python's parser takes and LibCST's does not, found with both over the standard library and its tests; and the reverse.
AST_ALONE = [
    "if 1:\n \x0c {0}\n",
    "def f(a, b: int, /, *, c=1): {0}\\\n\n",
    "x = ({0}\\\n\x0c)\n",
    "\x0c\tif 1: {0}\n",
    "x = 0_0.0_0j if {0} else 1_0\n",
    "with (a as b, c as d,): {0}\n",
    "try: {0}\nexcept* E: pass\n",
    "x[*a, {0}]\n",
    "def f(*args: *Ts): return {0}\n",
    "match {0}:\n  case -0 + 0j | {{**rest}}: pass\n",
    "print({0}) ; \\\n\n",
    "class C[T: (int, str) = int](B): {0}\n",
    "type X[**P] = {0}\n",
    "x = f'{{{0}!r:>{{w:{{v}}}}}}'\n",
]
LIBCST_ALONE = [
    "{0}\nreturn\n",
    "def f(a, a): return {0}\n",
    "f(a=1, a={0})\n",
    "{0}\nnonlocal x\n",
    "x = {0}\nbreak\n",
    "a, *b, *c = {0}\n",
    "del f({0})\n",
]


@pytest.mark.parametrize("text", AST_ALONE + LIBCST_ALONE)
def test_what_one_of_the_two_parsers_takes_and_the_other_does_not(text: str) -> None:
    site = "[k for k in d.keys()]"
    before = f"d: dict[str, int] = {{}}\n{text.format(site)}"
    outcome = process(before.encode(), Settings(registry.select(None, ())))
    match outcome:
        case Fixed(after=after, defects=()):
            assert after.decode() in {before.replace(site, one) for one in ("[k for k in d]", "list(d)", "[*d]")}
        case Clean(defects=()) | TriagedAway() | Skipped():
            pass
        case Failed(cause=cause):
            assert cause.startswith(("cannot be parsed", "needs Python"))
        case _:
            pytest.fail(str(outcome))
