"""`comprehension` where the collection is made in front of a block that holds the loop, and with what the loop's body assigns."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names
from tests.rules.loops.test_comprehension import function

CASES = [
    Rewrites(
        "a list made in front of the file whose lines it takes",
        """
        import io, tempfile

        def f(rows):
            # the lines
            out = []  # all of them

            with tempfile.TemporaryFile("w+") as file:  # read
                file.writelines(rows)
                file.seek(0)
                # one by one
                for line in file:  # each
                    if line.strip():
                        out.append(line.strip())  # bare
                # the end
            return out
        """,
        """
        import io, tempfile

        def f(rows):
            # the lines
            with tempfile.TemporaryFile("w+") as file:  # read
                file.writelines(rows)
                file.seek(0)
                # all of them
                # one by one
                # each
                out = [line.strip() for line in file if line.strip()]  # bare
                # the end
            return out
        """,
        ("f(['a\\n', ' \\n', 'b'])", "f([])"),
    ),
    Rewrites(
        "a list made in front of two files, one in the other, and returned from within",
        """
        import tempfile

        def f(rows):
            out = []
            n = 2
            with tempfile.TemporaryFile("w+") as first:
                with tempfile.TemporaryFile("w+") as second:
                    for row in rows:
                        out.append(row * n)
                    return out
        """,
        """
        import tempfile

        def f(rows):
            n = 2
            with tempfile.TemporaryFile("w+") as first:
                with tempfile.TemporaryFile("w+") as second:
                    return [row * n for row in rows]
        """,
        ("f([1, 2])",),
    ),
    Rewrites(
        "a call at module level between, which has no reason to look at the module's list",
        "out = []\nn = print\nn(1)\nfor row in (1, 2):\n    out.append(-row)\nprint(out)",
        "n = print\nn(1)\nout = [-row for row in (1, 2)]\nprint(out)",
        wrap=False,
    ),
    Rewrites(
        "a walrus in a condition, whose variable is read afterwards too",
        function("import re\nout = []\nfor row in rows:\n    if m := re.search('[0-9]', row):\n        out.append(m[0])\nreturn out, m"),
        function("import re\nout = [m[0] for row in rows if (m := re.search('[0-9]', row))]\nreturn out, m"),
        ("f(['a1', 'b2'])", "f(['a'])"),
    ),
    Rewrites(
        "a walrus in a guard against None",
        function(
            "import re\nout = {}\nfor row in rows:\n    if (m := re.search('[0-9]', row)) is None:\n        continue\n    out[row] = m[0]\nreturn out"
        ),
        function("import re\nreturn {row: m[0] for row in rows if (m := re.search('[0-9]', row)) is not None}"),
        ("f(['a1', 'b2', 'c'])",),
    ),
    Rewrites(
        "a walrus in what is added",
        function("out = []\nfor row in rows:\n    out.append(n := -row)\nreturn out, n"),
        function("out = [(n := -row) for row in rows]\nreturn out, n"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a chain of temporaries",
        function("out = []\nfor row in rows:\n    row = row.strip()\n    parts = row.split(',')\n    out.append(parts)\nreturn out"),
        function("return [row.strip().split(',') for row in rows]"),
        ("f([' a,b ', 'c'])",),
    ),
    Rewrites(
        "two temporaries in the order of their places",
        function(
            "out = []\nfor row in rows:\n    name = print(row[0])\n    size = print(row[1])\n    out.append((name, size))\nreturn out"
        ),
        function("return [(print(row[0]), print(row[1])) for row in rows]"),
        ("f(['ab', 'cd'])",),
    ),
    Rewrites(
        "two temporaries, one in a guard",
        function(
            "out = []\nfor row in rows:\n    name = print(row[0])\n    if name:\n        continue\n    size = print(row[1])\n    out.append(size)\nreturn out"
        ),
        function("return [print(row[1]) for row in rows if not print(row[0])]"),
        ("f(['ab', 'cd'])",),
    ),
    Rewrites(
        "two temporaries as key and value",
        function("out = {}\nfor row in rows:\n    k = print(row[0])\n    v = print(row[1])\n    out[k] = v\nreturn out"),
        function("return {print(row[0]): print(row[1]) for row in rows}"),
        ("f(['ab', 'cd'])",),
    ),
    Rewrites(
        "two temporaries, one in the other and that in what a generator expression runs over",
        function(
            "out = []\nfor row in rows:\n    parts = row.split(',')\n    total = sum(int(p) for p in parts)\n    out.append(total)\nreturn out"
        ),
        function("return [sum(int(p) for p in row.split(',')) for row in rows]"),
        ("f(['1,2', '3'])",),
    ),
    Rewrites(
        "an annotated temporary of a function",
        function("out = []\nfor row in rows:\n    n: int = int(row)\n    out.append(n)\nreturn out"),
        function("return [int(row) for row in rows]"),
        ("f(['1', '2'])",),
    ),
    Rewrites(
        "a loop that copies a file's lines, or an iterator of the language's own",
        function("out = []\nfor pair in zip(rows, rows):\n    out.append(pair)\nreturn out"),
        function("return list(zip(rows, rows))"),
        ("f([1, 2])", "f([])"),
    ),
    Declines(
        "a walrus in what is looped over",
        function("out = []\nfor row in (y := rows):\n    out.append(-row)\nreturn out, y"),
        "assigns",
    ),
    Declines(
        "a walrus in what an inner loop runs over",
        function("out = []\nfor row in rows:\n    for cell in (y := row):\n        out.append(-cell)\nreturn out, y"),
        "assigns",
    ),
    Declines(
        "a walrus that binds the loop's own variable",
        function("out = []\nfor row in rows:\n    if (row := -row):\n        out.append(row)\nreturn out"),
        "assigns",
    ),
    Declines(
        "a walrus in a dict's value, which its key reads",
        function("out = {}\ny = 0\nfor row in rows:\n    out[y] = (y := row)\nreturn out"),
        "assigns",
    ),
    Declines(
        "a walrus beside a temporary",
        function("out = []\nfor row in rows:\n    t = -row\n    if (y := row):\n        out.append((t, y))\nreturn out"),
        "assigns",
    ),
    Declines(
        "two temporaries that would be evaluated in the other order",
        function("out = []\nfor row in rows:\n    a = print(row)\n    b = print(-row)\n    out.append((b, a))\nreturn out"),
        "temporary-later",
        mentions="`a`",
    ),
    Declines(
        "a temporary that is put into another, which is used twice",
        function("out = []\nfor row in rows:\n    a = print(row)\n    b = [a]\n    out.append((b, b))\nreturn out"),
        "temporary",
        mentions="`b`",
    ),
    Declines(
        "a temporary in another one, tested there and again",
        function("out = []\nfor row in rows:\n    t = row or 5\n    u = t\n    if u:\n        out.append(1)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary that an inner loop binds anew",
        function("out = []\nfor row in rows:\n    y = row\n    for y in [row]:\n        out.append(y)\nreturn out"),
        "temporary",
    ),
    Declines(
        "an annotated temporary at module level, whose annotation is evaluated",
        "out = []\nfor row in (1, 2):\n    t: int = -row\n    out.append(t)\nprint(out)",
        "annotated",
        skip=("function", "method"),
    ),
    Declines(
        "a manager around the loop that may swallow what is raised",
        function(
            "import contextlib\nout = []\nwith contextlib.suppress(ValueError):\n    for row in rows:\n        out.append(int(row))\nreturn out"
        ),
        "seen-empty",
    ),
    Declines(
        "a manager of an unknown class around the loop",
        function("out = []\nwith rows as them:\n    for row in them:\n        out.append(int(row))\nreturn out"),
        "seen-empty",
    ),
    Declines(
        "a file around the loop, whose name is asked of the empty list",
        function("out = []\nwith open(rows or str(out)) as file:\n    for line in file:\n        out.append(line)\nreturn out"),
        "touched",
    ),
    Declines(
        "a file around the loop, and a return between",
        function(
            "out = []\nwith open(rows) as file:\n    if not file.readable():\n        return out\n    for line in file:\n        out.append(line)\nreturn out"
        ),
        "touched",
    ),
    Declines(
        "a comment to a tool on the birth, and a file around the loop",
        function("out = []  # type: list[str]\nwith open(rows) as file:\n    for line in file:\n        out.append(line)\nreturn out"),
        "tool-comment",
    ),
    Declines(
        "a call at module level between, and `__all__` shows the list",
        "__all__ = ['out']\nout = []\nn = print\nn(1)\nfor row in (1, 2):\n    out.append(-row)\nprint(out)",
        "module-busy",
        skip=("function", "method"),
    ),
    Declines(
        "a module imported by a function at module level between",
        "import importlib\nout = []\nimportlib.import_module('math')\nfor row in (1, 2):\n    out.append(-row)\nprint(out)",
        "module-busy",
        skip=("function", "method"),
    ),
    Declines(
        "two temporaries, of which an inner condition does not always want the first",
        function("out = []\nfor a in rows:\n    t = -a\n    if a:\n        u = +a\n        out.append(u - t)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a context manager of a library that swallows what it is told to, named as one that does not",
        function(
            "from contextlib import suppress as open\nout = []\nwith open(ValueError):\n    for row in rows:\n        out.append(int(row))\nreturn out"
        ),
        "seen-empty",
    ),
    Ignores(
        "a file around the loop, in a try that goes on with the empty list",
        function(
            "out = []\ntry:\n    with open(rows) as file:\n        for line in file:\n            out.append(line)\nexcept OSError:\n    pass\nreturn out"
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_case(case: Case) -> None:
    check(case, "comprehension")
