"""`comprehension`: an `if` both branches of which add something, and functions in a loop that do not notice."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names


def loop(*lines: str, birth: str = "out = []", head: str = "for row in rows:") -> str:
    """A function that fills `out` and returns it; the lines of the loop's body are given without its indentation."""
    inside = "\n".join(f"        {line}" for line in lines)
    return f"def f(rows, other=3):\n    {birth}\n    {head}\n{inside}\n    return out\n"


def choice(test: str, first: str, second: str, birth: str = "out = []", head: str = "for row in rows:") -> str:
    return loop(f"if {test}:", f"    {first}", "else:", f"    {second}", birth=birth, head=head)


def returned(value: str) -> str:
    return f"def f(rows, other=3):\n    return {value}\n"


CALLS = ("f([1, -2, 0, 3])", "f([])", "f([1, 'a'])", "f([5, 3], 2)")

CASES: list[Case] = [
    Rewrites(
        "a list of one thing or another",
        choice("row > 1", "out.append(row)", "out.append(-row)"),
        returned("[row if row > 1 else -row for row in rows]"),
        CALLS,
    ),
    Rewrites(
        "a set",
        choice("row", "out.add(row)", "out.add(other)", "out = set()"),
        returned("{row if row else other for row in rows}"),
        CALLS,
    ),
    Rewrites(
        "a dict's values",
        choice("row > 1", "out[row] = 1, row", "out[row] = None", "out = {}"),
        returned("{row: (1, row) if row > 1 else None for row in rows}"),
        CALLS,
    ),
    Rewrites(
        "tuples",
        choice("(row, 1)", "out.append((row, 1))", "out.append(2)"),
        returned("[(row, 1) if (row, 1) else 2 for row in rows]"),
        CALLS,
    ),
    Rewrites(
        "a temporary in its test",
        loop("size = abs(row)", "if size > 1:", "    out.append(row)", "else:", "    out.append(-row)"),
        returned("[row if abs(row) > 1 else -row for row in rows]"),
        CALLS,
    ),
    Rewrites(
        "a temporary that may be evaluated anywhere, in one branch",
        loop("pair = (row, 1)", "if row:", "    out.append(pair)", "else:", "    out.append(None)"),
        returned("[(row, 1) if row else None for row in rows]"),
        CALLS,
    ),
    Rewrites(
        "a choice too long for one line",
        choice("other > row * 1000", "out.append((row, 'the first of the two'))", "out.append((other, 'the other'))"),
        "def f(rows, other=3):\n    return [\n        (row, 'the first of the two') if other > row * 1000 else (other, 'the other')\n"
        "        for row in rows\n    ]\n",
        CALLS,
    ),
    Declines(
        "a temporary that is evaluated only in one branch",
        loop("size = abs(row)", "if row:", "    out.append(size)", "else:", "    out.append(None)"),
        "temporary-later",
    ),
    Declines(
        "a temporary that is used in both branches",
        loop("size = abs(row)", "if row:", "    out.append(size)", "else:", "    out.append(-size)"),
        "temporary",
    ),
    Declines(
        "a condition and a choice",
        loop("if row == 1:", "    continue", "if row:", "    out.append(1)", "else:", "    out.append(2)"),
        "reads-better",
    ),
    Declines(
        "two loops and a choice",
        loop("for x in row:", "    if x:", "        out.append(1)", "    else:", "        out.append(2)"),
        "reads-better",
    ),
    Declines("a choice in a branch", choice("row", "out.append(1 if other else 2)", "out.append(3)"), "reads-better"),
    Declines("a choice in the test", choice("1 if other else row", "out.append(1)", "out.append(3)"), "reads-better"),
    Declines("a choice in the other branch", choice("row", "out.append(1)", "out.append(1 if other else 2)"), "reads-better"),
    Declines(
        "a choice that a temporary brings",
        loop("size = 1 if row else 2", "if size:", "    out.append(1)", "else:", "    out.append(2)"),
        "reads-better",
    ),
    Declines("the list in its test", choice("len(out) > 2", "out.append(1)", "out.append(2)"), "read-inside"),
    Declines("the list in a branch", choice("row", "out.append(1)", "out.append(len(out))"), "read-inside"),
    Declines("a dict whose key may fail", choice("row", "out[row[0]] = 1", "out[row[0]] = row[1]", "out = {}"), "order"),
    Ignores("a dict under two keys", choice("row", "out[row] = 1", "out[other] = 1", "out = {}")),
    Ignores("two lists", choice("row", "out.append(1)", "rows.append(2)", head="for row in range(3):")),
    Ignores("a list that is a dict in between", choice("row", "out.append(1)", "out[row] = 1")),
    Ignores("nothing added in one branch", choice("row", "out.append(1)", "print(row)")),
    Ignores("nothing added in the first branch", choice("row", "print(row)", "out.append(1)")),
    Rewrites(
        "a choice that the program spells as one, behind a condition",
        loop("if row:", "    out.append(1 if row > 1 else 2)"),
        returned("[1 if row > 1 else 2 for row in rows if row]"),
        CALLS,
    ),
    Ignores("two things in a branch", choice("row", "out.append(1)", "out.append(2); out.append(3)")),
    Ignores("three ways", loop("if row:", "    out.append(1)", "elif other:", "    out.append(2)", "else:", "    out.append(3)")),
    Rewrites(
        "a key for sorting what is looped over",
        loop("out.append(row * 2)", head="for row in sorted(rows, key=lambda x: -x):"),
        returned("[row * 2 for row in sorted(rows, key=lambda x: -x)]"),
        ("f([1, 3, 2])",),
    ),
    Rewrites(
        "a key that reads the loop's variable while it sorts",
        loop("out.append(sorted(other, key=lambda x: abs(x - row)))"),
        returned("[sorted(other, key=lambda x: abs(x - row)) for row in rows]"),
        ("f([1, 3, 2], [1, 2, 3])",),
    ),
    Rewrites(
        "a function that what is looped over calls, of other variables",
        loop("out.append(row * 2)", head="for row in map(lambda x: x + other, rows):"),
        returned("[row * 2 for row in map(lambda x: x + other, rows)]"),
        ("f([1, 3, 2])",),
    ),
    Rewrites(
        "a lazy generator that is looped over",
        loop("out.append((i, row))", head="for i, row in enumerate(x + other for x in rows):"),
        returned("[(i, row) for i, row in enumerate(x + other for x in rows)]"),
        ("f([1, 3, 2])",),
    ),
    Declines(
        "a function that reads the loop's variable while what is looped over goes on",
        loop("out.append(row * 2)", birth="row = 1\n    out = []", head="for row in map(lambda x: x + row, rows):"),
        "closure",
    ),
    Declines(
        "a lazy generator that reads a temporary of the turn before",
        loop("t = row + 1", "out.append(t)", birth="t = 1\n    out = []", head="for row in (x + t for x in rows):"),
        "closure",
    ),
    Declines(
        "a key of what is not the builtin",
        "def sorted(x, key): return [key, key]\n\n" + loop("out.append(sorted(other, key=lambda x: abs(x - row)))"),
        "closure",
    ),
    Declines("a function under another keyword", loop("out.append(sorted(other, reverse=lambda x: row))"), "closure"),
    Declines("a function that stays, of no variables of the loop", loop("out.append(lambda: other)"), "closure"),
    Declines("a function in a key", loop("out.append(sorted(other, key=lambda x: (lambda: row)))"), "closure"),
    Declines("a function in what an inner loop runs over", loop("for x in map(lambda y: other, row):", "    out.append(x)"), "closure"),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_case(case: Case) -> None:
    check(case, "comprehension")
