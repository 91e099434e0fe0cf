"""`comprehension`: temporaries that keep their name, bound by `:=` in a condition."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names


def loop(body: str, end: str = "return out", birth: str = "out = []", head: str = "for row in rows:") -> str:
    """A function that fills `out`; the lines of the loop's body are given without its indentation."""
    inside = "\n".join(f"        {line}" for line in body.split("\n"))
    return f"import re\n\ndef f(rows, other=3):\n    {birth}\n    {head}\n{inside}\n    {end}\n"


def returned(value: str) -> str:
    return f"import re\n\ndef f(rows, other=3):\n    return {value}\n"


CALLS = ("f([1, -2, 0, 3])", "f([])", "f([1, 'a'])", "f([5, 3], 2)")

CASES: list[Case] = [
    Ignores("four temporaries", loop("a = row + 1\nb = a + 1\nc = b + 1\nd = c + 1\nout.append(d)")),
    Rewrites(
        "a match that is asked for",
        loop("m = re.match('a(.)', row)\nif m:\n    out.append(m[1])"),
        returned("[m[1] for row in rows if (m := re.match('a(.)', row))]"),
        ("f(['ab', 'b', 'ac'])", "f([1])"),
    ),
    Rewrites(
        "in a guard",
        loop("m = re.match('a(.)', row)\nif not m:\n    continue\nout.append(m[1])"),
        returned("[m[1] for row in rows if (m := re.match('a(.)', row))]"),
        ("f(['ab', 'b', 'ac'])",),
    ),
    Rewrites(
        "in a guard that compares",
        loop("m = re.match('a(.)', row)\nif m is None:\n    continue\nout.append(m[1])"),
        returned("[m[1] for row in rows if (m := re.match('a(.)', row)) is not None]"),
        ("f(['ab', 'b', 'ac'])",),
    ),
    Rewrites(
        "in a guard whose opposite has no sign of its own",
        loop("t = abs(row)\nif t > other:\n    continue\nout.append(t)"),
        returned("[t for row in rows if not ((t := abs(row)) > other)]"),
        CALLS,
    ),
    Rewrites(
        "on the right of a comparison, behind a name",
        loop("t = abs(row)\nif other != t:\n    out.append(t)"),
        returned("[t for row in rows if other != (t := abs(row))]"),
        CALLS,
    ),
    Rewrites(
        "in front of an and",
        loop("t = abs(row)\nif t and t != other:\n    out.append(t)"),
        returned("[t for row in rows if (t := abs(row)) and t != other]"),
        CALLS,
    ),
    Rewrites(
        "a tuple",
        loop("t = row, 1\nif t:\n    out.append((t, t))"),
        returned("[(t, t) for row in rows if (t := (row, 1))]"),
        CALLS,
    ),
    Rewrites(
        "with another temporary in its value",
        loop("s = abs(row)\nt = str(s)\nif t:\n    out.append(t + t)"),
        returned("[t + t for row in rows if (t := str(abs(row)))]"),
        CALLS,
    ),
    Rewrites(
        "behind a condition of its own",
        loop("if row == 1:\n    continue\nt = abs(row)\nif t:\n    out.append(t)"),
        returned("[t for row in rows if not (row == 1) and (t := abs(row))]"),
        CALLS,
    ),
    Rewrites(
        "what it holds is seen by the next turn",
        loop("if old and row == 1:\n    continue\nold = row\nif old:\n    out.append(old)", birth="old = 0\n    out = []"),
        "import re\n\ndef f(rows, other=3):\n    old = 0\n    return [old for row in rows if not (old and row == 1) and (old := row)]\n",
        ("f([1, 1, 2, 1])",),
    ),
    Rewrites(
        "for a dict, whose key and value only read it",
        loop("t = abs(row)\nif t:\n    out[t] = t", birth="out = {}"),
        returned("{t: t for row in rows if (t := abs(row))}"),
        CALLS,
    ),
    Rewrites(
        "at module level",
        "out = []\nfor row in (1, 0, -2):\n    t = abs(row)\n    if t:\n        out.append(t + t)\nprint(out)",
        "out = [t + t for row in (1, 0, -2) if (t := abs(row))]\nprint(out)",
        wrap=False,
    ),
    Rewrites(
        "two of them, one behind the other",
        loop("s = abs(row)\nif not s:\n    continue\nt = str(s)\nif t:\n    out.append(t + t * s)"),
        returned("[t + t * s for row in rows if (s := abs(row)) and (t := str(s))]"),
        CALLS,
    ),
    Rewrites(
        "used once, behind a method that nobody can replace",
        "def f(rows, by: str):\n    out = []\n    for row in rows:\n        t = abs(row)\n        out.append(by.rjust(t))\n    return out\n",
        "def f(rows, by: str):\n    return [by.rjust(abs(row)) for row in rows]\n",
        ("f([1, -3], 'a')", "f(['a'], 'a')"),
    ),
    Rewrites(
        "used once, behind a pattern's method",
        "import re\nWORD = re.compile('a')\n\ndef f(rows):\n    out = []\n    for row in rows:\n        t = row.strip()\n"
        "        out.append(WORD.match(t))\n    return [bool(x) for x in out]\n",
        "import re\nWORD = re.compile('a')\n\ndef f(rows):\n    out = [WORD.match(row.strip()) for row in rows]\n"
        "    return [bool(x) for x in out]\n",
        ("f(['a ', 'b'])",),
        wrap=False,
    ),
    Declines(
        "used once, behind a method of nobody knows what",
        "def f(rows, by):\n    out = []\n    for row in rows:\n        t = abs(row)\n        out.append(by.rjust(t))\n    return out\n",
        "temporary-later",
    ),
    Declines(
        "used once, behind a method that is none",
        "def f(rows, by: str):\n    out = []\n    for row in rows:\n        t = abs(row)\n        out.append(by.rjusted(t))\n    return out\n",
        "temporary-later",
    ),
    Declines(
        "used once, behind a method of what may be another object by then",
        "def f(rows, by: list[str]):\n    out = []\n    for row in rows:\n        t = abs(row)\n        out.append(by[0].rjust(t))\n    return out\n",
        "temporary-later",
    ),
    Declines(
        "used once, where `:=` would bind what nobody reads",
        loop("t = row or other\nif t:\n    out.append(row)"),
        "temporary-later",
    ),
    Declines(
        "asked for behind something that may fail",
        loop("t = abs(row)\nif row[0] != t:\n    out.append(t)"),
        "temporary",
    ),
    Declines(
        "on the right of a comparison, behind a global that its value may bind again",
        "n = 1\n\ndef g(x):\n    global n\n    n += 1\n    return x\n\ndef f(rows):\n    out = []\n    for row in rows:\n"
        "        t = g(row)\n        if n != t:\n            out.append(t)\n    return out\n",
        "temporary",
    ),
    Rewrites(
        "behind a loop with two variables",
        loop("t = abs(a)\nif t:\n    out.append((t, b))", head="for a, b in rows:"),
        returned("[(t, b) for a, b in rows if (t := abs(a))]"),
        ("f([(1, 2), (0, 3)])",),
    ),
    Declines(
        "used twice, behind a comparison of others",
        loop("t = abs(row)\nif row != other:\n    out.append((t, t))"),
        "temporary",
    ),
    Declines(
        "asked for in the middle of a call",
        loop("t = abs(row)\nif max(t, other):\n    out.append(t)"),
        "temporary",
    ),
    Declines(
        "asked for in the second part of an and",
        loop("t = abs(row)\nif other and t:\n    out.append(t)"),
        "temporary",
    ),
    Declines(
        "under the name of the loop's variable",
        loop("row = row.strip()\nif row:\n    out.append(row + row)"),
        "temporary",
    ),
    Declines(
        "under the name of an inner loop's variable",
        loop("t = abs(row)\nif t:\n    for t in range(t):\n        out.append(t)"),
        "target",
    ),
    Declines(
        "assigned twice",
        loop("t = abs(row)\nif t:\n    t = t + t\n    out.append(t)"),
        "temporary",
    ),
    Declines(
        "in front of another assignment, which may read what it binds",
        loop("t = abs(row)\ns = abs(t)\nif t:\n    out.append((s, t))"),
        "temporary",
    ),
    Declines(
        "used twice, and nowhere in a condition",
        loop("t = abs(row)\nout.append((t, t))"),
        "temporary",
    ),
    Declines(
        "used after the loop",
        loop("t = abs(row)\nif t:\n    out.append(t)", end="return out, t"),
        "used-after",
    ),
    Declines(
        "a dict's key that its value may change",
        loop("t = abs(row)\nif t:\n    out[t.real] = t.imag", birth="out = {}"),
        "order",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_case(case: Case) -> None:
    check(case, "comprehension")
