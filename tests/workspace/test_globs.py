"""Patterns as git reads them. `test_ignore.py` asks git itself."""

from __future__ import annotations

import random
import re
import time

import pytest

from codemods.workspace.globs import Globs


@pytest.mark.parametrize(
    ("pattern", "taken", "left"),
    [
        ("a.py", ["a.py", "x/a.py", "x/a.py/"], ["ba.py", "a.pyc", "a.py/x"]),
        ("*.py", ["a.py", ".py", "x/y/a.py"], ["a.pyc", "a.py/x"]),
        ("build/", ["build/", "x/build/"], ["build", "x/build", "build/x"]),
        ("/build", ["build", "build/"], ["x/build", "build/x"]),
        ("src/gen", ["src/gen", "src/gen/"], ["x/src/gen", "src/gen/x"]),
        ("src/*", ["src/a", "src/b/"], ["src/", "src/a/b", "x/src/a"]),
        ("src/**", ["src/a", "src/b/", "src/a/b"], ["src/", "src", "x/src/a"]),
        ("src/**/", ["src/b/", "src/a/b/"], ["src/", "src/a", "src/a/b"]),
        ("**/a", ["a", "x/a", "x/y/a"], ["xa", "a/x"]),
        ("**/a/b", ["a/b", "x/a/b"], ["b", "x/b"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["b", "ab", "x/a/b", "a/xb"]),
        ("a/**/b/**/c", ["a/b/c", "a/x/b/y/z/c", "a/b/b/c/c"], ["a/c", "a/c/b", "a/b"]),
        ("a/**/b*/*c/**/d", ["a/bx/xc/d", "a/b1/b2/xc/c/d", "a/b1/q/b2/c/d"], ["a/b/d", "a/b/q/c/d"]),
        ("**", ["a", "a/b", "a/"], []),
        ("*", ["a", "a/b", "a/"], []),
        ("**/", ["a/", "a/b/"], ["a", "a/b"]),
        ("/**", ["a", "a/b", "a/"], []),
        ("a?c", ["abc", "x/a?c"], ["ac", "a/c", "abbc"]),
        ("a*b*c", ["abc", "axbxc", "abcbc"], ["ab", "acb", "a/b/c"]),
        ("a**c", ["ac", "abbc"], ["a/c"]),
        ("[ab].py", ["a.py", "b.py"], ["c.py", "ab.py"]),
        ("[!ab].py", ["c.py"], ["a.py", "/.py", ".py"]),
        ("[^ab].py", ["c.py"], ["a.py"]),
        ("[a-c]", ["a", "b", "c"], ["d", "-"]),
        ("[a-]", ["a", "-"], ["b"]),
        ("[]]", ["]"], ["["]),
        ("[!]]", ["["], ["]"]),
        ("[]-a]", ["]", "^", "a"], ["b", "-"]),
        ("[c-a]", ["c"], ["a", "b"]),
        ("[!c-a]", ["a", "x"], ["/", "c"]),
        ("[c-ax]", ["x"], ["a"]),
        ("[[:digit:]x]", ["7", "x"], ["d", ":"]),
        ("[![:space:]]", ["a"], [" ", "\t"]),
        ("[[:punct:]]", list("!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~"), ["a", "1", " "]),
        ("[\\]]", ["]"], ["\\"]),
        ("[\\\\]", ["\\"], ["/"]),
        ("[&&~~||--a]", ["&", "~", "|", "a"], ["b"]),
        ("a/[!x]b", ["a/yb"], ["a//b", "a/xb"]),
        ("\\*.py", ["*.py"], ["a.py"]),
        ("\\#a", ["#a"], ["a"]),
        ("\\!a", ["!a"], ["a"]),
        ("a\\ ", ["a "], ["a"]),
        ("a   ", ["a"], ["a "]),
        ("a\\\\ ", ["a\\"], ["a\\ "]),
        ("*\n*", ["a\nb", "x/a\nb"], ["ab"]),
        ("a\nb", ["a\nb"], ["a"]),
        ("src/**/*.py", ["src/a.py", "src/x\ny/a.py"], ["a.py"]),
        (".*", [".a"], ["a"]),
        ("a.b", ["a.b"], ["axb"]),
        ("a\\/b", ["a/b"], ["a\\/b", "x/a/b"]),
        ("a\\\\/b", ["a\\/b"], ["a/b"]),
        ("a//b", [], ["a/b", "a//b"]),
        ("é?", ["éa"], ["é"]),
        ("??", ["ab", "é"], ["a"]),
    ],
)
def test_one_pattern(pattern: str, taken: list[str], left: list[str]) -> None:
    globs = Globs([pattern])
    assert [path for path in taken if globs.verdict(path) is not True] == []
    assert [path for path in left if globs.verdict(path) is not None] == []


def test_the_last_that_matches_decides() -> None:
    globs = Globs(["*.py", "!keep.py", "# comment", "", "   ", "/keep.py", "gen/", "!gen"])
    assert globs.verdict("a.py") is True
    assert globs.verdict("x/keep.py") is False
    assert globs.verdict("keep.py") is True
    assert globs.verdict("gen/") is False
    assert globs.verdict("a.txt") is None


def test_a_folder_above_takes_what_lies_in_it() -> None:
    globs = Globs(["build/", "!build/keep.py", "/old/*", "!/old/keep.py"])
    for path in ("build/", "build/a.py", "build/keep.py", "x/build/deep/a.py", "old/a.py", "old/deep/a.py"):
        assert globs.takes(path), path
    for path in ("build", "a.py", "old/", "old/keep.py"):
        assert not globs.takes(path), path


def test_no_patterns() -> None:
    assert Globs([]).verdict("a") is None
    assert not Globs(["", "# a"]).takes("a")


@pytest.mark.parametrize("pattern", ["!", "/", "!/", "[a", "x/[", "[!", "[]", "a\\", "[a\\", "[[:nonsense:]]"])
def test_what_cannot_be_read(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"matches nothing|is not closed|ends in a backslash|is no class") as caught:
        Globs(["fine", pattern])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "b", "a" * 250),
        ("*a?" * 40 + "b", "a" * 250),
        ("**/a/" * 40 + "b", "a/" * 2000 + "c"),
        ("**/*a*/" * 40 + "b", "aaa/" * 1000 + "c"),
        ("**/*/*/" * 30 + "b", "a/" * 2000 + "c"),
        ("[[:alpha:]]*" * 40 + "0", "a" * 250),
    ],
)
def test_no_pattern_makes_matching_slow(pattern: str, path: str) -> None:
    globs = Globs([pattern])
    start = time.process_time()
    assert globs.verdict(path) is None
    assert time.process_time() - start < 0.5


def simple(pattern: str, path: str) -> bool:
    """What a pattern with stars and questions matches in a path, tried out in every possible way."""
    if not pattern:
        return not path
    if pattern.startswith("**/"):
        return simple(pattern[3:], path) or any(simple(pattern[3:], path[i + 1 :]) for i, c in enumerate(path) if c == "/" and i)
    if pattern[0] == "*":
        return any(simple(pattern[1:], path[i:]) for i in range(len(path) + 1) if "/" not in path[:i])
    return bool(path) and (pattern[0] == path[0] or (pattern[0] == "?" and path[0] != "/")) and simple(pattern[1:], path[1:])


def test_settling_a_star_at_the_first_place_loses_nothing() -> None:
    chance = random.Random(5)
    matched = 0
    for _ in range(4000):
        pattern = "/".join(
            re.sub(r"\*+", "*", "".join(chance.choices("ab*?", k=chance.randint(1, 4)))) for _ in range(chance.randint(2, 4))
        )
        for _ in range(chance.randint(0, 2)):
            cut = chance.choice([i for i, c in enumerate(pattern) if c == "/"])
            pattern = f"{pattern[:cut]}/**{pattern[cut:]}"
        path = "/".join("".join(chance.choices("ab", k=chance.randint(1, 4))) for _ in range(chance.randint(1, 7)))
        expected = simple(pattern, path)
        matched += expected
        assert (Globs([pattern]).verdict(path) is True) is expected, (pattern, path)
    assert matched > 60
