"""`comprehension`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names


def function(body: str, head: str = "def f(rows):") -> str:
    """A function of that body, whose lines are given without the function's own indentation."""
    return head + "\n" + "\n".join(f"    {line}" if line else "" for line in body.strip("\n").split("\n"))


REWRITES = [
    Rewrites(
        "a dict of two keys of rows that are written out",
        "def f():\n    rows = [{'id': 'A', 'n': '1'}, {'id': 'B', 'n': 'x'}]\n    out = {}\n    for row in rows:\n        out[row['id'].lower()] = int(row['n'])\n    return out\n",
        "def f():\n    rows = [{'id': 'A', 'n': '1'}, {'id': 'B', 'n': 'x'}]\n    return {row['id'].lower(): int(row['n']) for row in rows}\n",
        ("f()",),
    ),
    Rewrites(
        "a dict of the parts of pairs",
        "def f(pairs: list[tuple[str, int]]):\n    out = {}\n    for pair in pairs:\n        out[pair[0]] = 1 // pair[1]\n    return out\n",
        "def f(pairs: list[tuple[str, int]]):\n    return {pair[0]: 1 // pair[1] for pair in pairs}\n",
        ("f([('a', 1)])", "f([('a', 0)])"),
    ),
    Rewrites(
        "a dict of the fields of a dataclass",
        "from dataclasses import dataclass\n@dataclass\nclass U:\n    id: int\n    name: str\ndef f(us: list[U]):\n    out = {}\n    for u in us:\n        out[u.id] = u.name\n    return out\n",
        "from dataclasses import dataclass\n@dataclass\nclass U:\n    id: int\n    name: str\ndef f(us: list[U]):\n    return {u.id: u.name for u in us}\n",
        ("f([U(1, 'a'), U(2, 'b')])",),
    ),
    Rewrites(
        "a dict of the fields of a named tuple",
        "from typing import NamedTuple\nclass U(NamedTuple):\n    id: int\n    name: str\ndef f(us: list[U]):\n    out = {}\n    for u in us:\n        out[u.id] = u.name\n    return out\n",
        "from typing import NamedTuple\nclass U(NamedTuple):\n    id: int\n    name: str\ndef f(us: list[U]):\n    return {u.id: u.name for u in us}\n",
        ("f([U(1, 'a'), U(2, 'b')])",),
    ),
    Rewrites(
        "a list of the module, read by functions that are called afterwards",
        "def total():\n    return sum(x for x in out)\n\ndef show():\n    print(total())\n\nout = []\nfor row in (1, 2):\n    out.append(str(row))\n",
        "def total():\n    return sum(x for x in out)\n\ndef show():\n    print(total())\n\nout = [str(row) for row in (1, 2)]\n",
        skip=("function", "method"),
    ),
    Rewrites(
        "a dict of the module, read by a function that is made afterwards",
        "out = {}\nfor row in (1, 2):\n    out[row] = -row\nprint(max(out, key=lambda row: out[row]))\n",
        "out = {row: -row for row in (1, 2)}\nprint(max(out, key=lambda row: out[row]))\n",
        skip=("function", "method"),
    ),
    Rewrites(
        "a comment behind the loop counts as part of the line",
        """
        def f(borders: list):
            index = {}
            for i, border in enumerate(borders):
                index[border] = i    # border -> number of the row that starts there
            return len(index)
        """,
        """
        def f(borders: list):
            index = {
                border: i for i, border in enumerate(borders)
            }    # border -> number of the row that starts there
            return len(index)
        """,
        ("f([1, 2])",),
    ),
    Rewrites(
        "an f-string as the temporary needs no parentheses",
        """
        def f(d: dict):
            options = []
            for key, value in d.items():
                option = f"{key}={value}"
                options.append(option.upper().encode())
            return options
        """,
        """
        def f(d: dict):
            return [f"{key}={value}".upper().encode() for key, value in d.items()]
        """,
        ("f({'a': 1})",),
    ),
    Rewrites(
        "two f-strings as the temporary do",
        """
        def f(d: dict):
            options = []
            for key, value in d.items():
                option = f"{key}=" f"{value}"
                options.append(option.upper())
            return options
        """,
        """
        def f(d: dict):
            return [(f"{key}=" f"{value}").upper() for key, value in d.items()]
        """,
        ("f({'a': 1})",),
    ),
    Rewrites(
        "a loop that only appends, and returns the list",
        function("out = []\nfor row in rows:\n    out.append(row * 2)\nreturn out"),
        function("return [row * 2 for row in rows]"),
        ("f([1, 2])", "f([])", "f(3)", "f(['a', {}])"),
    ),
    Rewrites(
        "a list that is used after the loop",
        function("out = []\nfor row in rows:\n    out.append(row * 2)\nout.append(7)\nreturn out"),
        function("out = [row * 2 for row in rows]\nout.append(7)\nreturn out"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a list at module level",
        "out = []\nfor n in range(3):\n    out.append(n + 1)\nprint(out)",
        "out = [n + 1 for n in range(3)]\nprint(out)",
        wrap=False,
    ),
    Rewrites(
        "an if around the append",
        function("out = []\nfor row in rows:\n    if row > 1:\n        out.append(row)\nreturn out"),
        function("return [row for row in rows if row > 1]"),
        ("f([1, 2, 3])",),
    ),
    Rewrites(
        "a guard that continues",
        function("out = []\nfor row in rows:\n    if row is None:\n        continue\n    out.append(row)\nreturn out"),
        function("return [row for row in rows if row is not None]"),
        ("f([1, None, 3])",),
    ),
    Rewrites(
        "a guard that is a membership test",
        function("out = []\nfor row in rows:\n    if row not in (1, 2):\n        continue\n    out.append(row)\nreturn out"),
        function("return [row for row in rows if row in (1, 2)]"),
        ("f([1, None, 3])",),
    ),
    Rewrites(
        "a guard with a negation of its own",
        function("out = []\nfor row in rows:\n    if not row:\n        continue\n    out.append(row)\nreturn out"),
        function("return [row for row in rows if row]"),
        ("f([1, 0, 3])",),
    ),
    Rewrites(
        "a guard that compares values of unknown classes, whose != may be no opposite of ==",
        function("out = []\nfor row in rows:\n    if row == 1:\n        continue\n    out.append(row)\nreturn out"),
        function("return [row for row in rows if not (row == 1)]"),
        ("f([1, 0, 3])",),
    ),
    Rewrites(
        "a guard that compares strings",
        function(
            "out = []\nfor row in rows:\n    if row == 'a':\n        continue\n    out.append(row)\nreturn out", "def f(rows: list[str]):"
        ),
        function("return [row for row in rows if row != 'a']", "def f(rows: list[str]):"),
        ("f(['a', 'b'])",),
    ),
    Rewrites(
        "nested loops",
        function("out = []\nfor row in rows:\n    for cell in row:\n        out.append(cell)\nreturn out"),
        function("return [cell for row in rows for cell in row]"),
        ("f([[1], [2, 3]])",),
    ),
    Rewrites(
        "a set",
        function("seen = set()\nfor row in rows:\n    seen.add(row % 2)\nreturn sorted(seen)"),
        function("seen = {row % 2 for row in rows}\nreturn sorted(seen)"),
        ("f([1, 2, 3])", "f([[]])"),
    ),
    Rewrites(
        "a dict whose key is a name",
        function("index = {}\nfor key, value in rows:\n    index[key] = value * 2\nreturn index"),
        function("return {key: value * 2 for key, value in rows}"),
        ("f([(1, 2), (1, 3)])", "f([([], 1)])"),
    ),
    Rewrites(
        "a dict whose value is a constant",
        function("index = {}\nfor row in rows:\n    index[row.strip()] = 0\nreturn index"),
        function("return {row.strip(): 0 for row in rows}"),
        ("f([' a ', 'b'])",),
    ),
    Rewrites(
        "an annotated empty list",
        function("out: list[int] = []\nfor row in rows:\n    out.append(row)\nreturn out"),
        function("out: list[int] = [row for row in rows]\nreturn out"),
        ("f([1])",),
    ),
    Rewrites(
        "list() and dict() for the empty ones",
        function(
            "out = list()\nfor row in rows:\n    out.append(row)\nindex = dict()\nfor row in rows:\n    index[row] = 1\nreturn out, index"
        ),
        function("out = [row for row in rows]\nindex = {row: 1 for row in rows}\nreturn out, index"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a temporary that is used once",
        function("out = []\nfor row in rows:\n    text = row.strip()\n    out.append(text.upper())\nreturn out"),
        function("return [row.strip().upper() for row in rows]"),
        ("f([' a'])",),
    ),
    Rewrites(
        "a temporary that is the element",
        function("out = []\nfor row in rows:\n    text = row, 1\n    out.append(text)\nreturn out"),
        function("return [(row, 1) for row in rows]"),
        ("f([' a'])",),
    ),
    Rewrites(
        "a temporary behind variables that nothing else binds",
        function("out = []\nfor row in rows:\n    text = str(row)\n    out.append((row, 'x', text))\nreturn out"),
        function("return [(row, 'x', str(row)) for row in rows]"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a temporary that does nothing, behind anything",
        function("out = []\nfor row in rows:\n    pair = [row, 1]\n    out.append((print(row), pair))\nreturn out"),
        function("return [(print(row), [row, 1]) for row in rows]"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a temporary that is a dict's key",
        function("d = {}\nfor k, v in rows:\n    k = print(k)\n    d[k] = v\nreturn d"),
        function("return {print(k): v for k, v in rows}"),
        ("f([(1, 2), (3, 4)])",),
    ),
    Rewrites(
        "a temporary in a dict's value",
        function("d = {}\nfor k in rows:\n    v = print(k)\n    d[k] = [k, v]\nreturn d"),
        function("return {k: [k, print(k)] for k in rows}"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a temporary that is unpacked",
        function("out = []\nfor row in rows:\n    pair = row, 1\n    out.append(max(*pair))\nreturn out"),
        function("return [max(*(row, 1)) for row in rows]"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a temporary given to a function of a module",
        "import math\n" + function("out = []\nfor row in rows:\n    n = int(row)\n    out.append(math.sqrt(n))\nreturn out"),
        "import math\n" + function("return [math.sqrt(int(row)) for row in rows]"),
        ("f([1, 4])", "f(['x'])"),
    ),
    Rewrites(
        "a temporary given to a method of the same class",
        "class C:\n    def double(self, n):\n        return n * 2\n    def f(self, rows):\n        out = []\n        for row in rows:\n"
        "            n = int(row)\n            out.append(self.double(n))\n        return out",
        "class C:\n    def double(self, n):\n        return n * 2\n    def f(self, rows):\n        return [self.double(int(row)) for row in rows]",
        ("C().f([1, '4'])",),
        wrap=False,
    ),
    Rewrites(
        "a temporary that is looped over",
        function("out = []\nfor row in rows:\n    part = row[1:]\n    out.append([x for x in part])\nreturn out"),
        function("return [[x for x in row[1:]] for row in rows]"),
        ("f([[1, 2], [4]])",),
    ),
    Rewrites(
        "a dict's key that cannot fail, and an empty list",
        function("d = {}\nfor n in range(rows):\n    d[n + 1] = []\nreturn d"),
        function("return {n + 1: [] for n in range(rows)}"),
        ("f(3)",),
    ),
    Rewrites(
        "a dict's key made of str, whatever the value does",
        function("d = {}\nfor word in ('A', 'b'):\n    d['x' + word.lower()] = rows.pop()\nreturn d"),
        function("return {'x' + word.lower(): rows.pop() for word in ('A', 'b')}"),
        ("f([1, 2])", "f([])"),
    ),
    Rewrites(
        "a temporary that is a tuple of parts in parentheses, as an argument",
        function("out = []\nfor row in rows:\n    pair = (row), (1)\n    out.append(str(pair))\nreturn out"),
        function("return [str(((row), (1))) for row in rows]"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a temporary under the name of the innermost loop's variable",
        function("out = []\nfor row in rows:\n    if not row:\n        continue\n    row = str(row)\n    out.append(row)\nreturn out"),
        function("return [str(row) for row in rows if row]"),
        ("f([1, 0, 2])",),
    ),
    Rewrites(
        "a temporary of an operator, in a place that binds tighter",
        function("out = []\nfor row in rows:\n    total = row + 1\n    out.append(total * 2)\nreturn out"),
        function("return [(row + 1) * 2 for row in rows]"),
        ("f([1])",),
    ),
    Rewrites(
        "a tuple target",
        function("out = []\nfor i, (a, b) in enumerate(rows):\n    out.append((i, b))\nreturn out"),
        function("return [(i, b) for i, (a, b) in enumerate(rows)]"),
        ("f([(1, 2)])",),
    ),
    Rewrites(
        "a tuple without parentheses as the iterable",
        function("out = []\nfor n in 1, 2:\n    out.append((n, rows))\nreturn out"),
        function("return [(n, rows) for n in (1, 2)]"),
        ("f(0)",),
    ),
    Rewrites(
        "a conditional expression as the iterable and as the condition",
        function("out = []\nfor n in rows if rows else [0]:\n    if (n if n else 1):\n        out.append(n)\nreturn out"),
        function("return [n for n in (rows if rows else [0]) if (n if n else 1)]"),
        ("f([3, 0])", "f([])"),
    ),
    Rewrites(
        "a conditional expression as the element",
        function("out = []\nfor n in rows:\n    out.append(n if n else -1)\nreturn out"),
        function("return [n if n else -1 for n in rows]"),
        ("f([3, 0])",),
    ),
    Rewrites(
        "an async loop in an async function",
        "async def f(rows):\n    out = []\n    async for row in rows:\n        out.append(row)\n    return out",
        "async def f(rows):\n    return [row async for row in rows]",
    ),
    Rewrites(
        "comments inside move above, none is lost",
        function(
            "out = []  # what is found\n# every one\nfor row in rows:\n    # the double\n    out.append(row * 2)  # here\nprint(out)\nreturn out"
        ),
        function("# what is found\n# every one\n# the double\nout = [row * 2 for row in rows]  # here\nprint(out)\nreturn out"),
        ("f([1])",),
    ),
    Rewrites(
        "a result that is too long for one line is broken as black breaks it",
        function("out = []\nfor row in rows:\n    out.append(row.strip().replace('aaaaaaaa', 'bbbbbbbbb').upper())\nprint(out)"),
        function("out = [\n    row.strip().replace('aaaaaaaa', 'bbbbbbbbb').upper() for row in rows\n]\nprint(out)"),
        ("f(['a'])",),
        line_length=78,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "broken further, a clause a line",
        function("out = []\nfor row in rows:\n    out.append(row.strip().replace('aaaaaaaa', 'bbbbbbbbb').upper())\nprint(out)"),
        function("out = [\n    row.strip().replace('aaaaaaaa', 'bbbbbbbbb').upper()\n    for row in rows\n]\nprint(out)"),
        ("f(['a'])",),
        line_length=64,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "in a try whose handler and what follows do not look at the list",
        function(
            "try:\n    out = []\n    for row in rows:\n        out.append(int(row))\n    return out\nexcept ValueError:\n    return None"
        ),
        function("try:\n    return [int(row) for row in rows]\nexcept ValueError:\n    return None"),
        ("f(['1'])", "f(['x'])"),
    ),
    Rewrites(
        "in a with over a file, which swallows nothing",
        "import tempfile\ndef f(rows):\n    with open(__import__('os').devnull) as file:\n        out = []\n        for row in rows:\n"
        "            out.append(row)\n    return out",
        "import tempfile\ndef f(rows):\n    with open(__import__('os').devnull) as file:\n        out = [row for row in rows]\n    return out",
        ("f([1])",),
        wrap=False,
    ),
    *(
        Rewrites(
            f"a copy: {kind}",
            f"def f(rows: {kind}):\n    out = []\n    for row in rows:\n        out.append(row)\n    return out",
            f"def f(rows: {kind}):\n    return list(rows)",
            (f"f({kind}({text!r}))",),
        )
        for kind, text in [("list", "ab"), ("tuple", "ab"), ("str", "ab"), ("set", "a"), ("frozenset", "a"), ("bytes", b"ab")]
    ),
    Rewrites(
        "a copy of a dict's keys, and a list that stays",
        "d = {'a': 1}\nout = []\nfor k in d:\n    out.append(k)\nprint(out)",
        "d = {'a': 1}\nout = list(d)\nprint(out)",
        wrap=False,
    ),
    Rewrites(
        "a set of a list's elements",
        function("out = set()\nfor row in rows:\n    out.add(row)\nreturn out", "def f(rows: list[int]):"),
        function("return set(rows)", "def f(rows: list[int]):"),
        ("f([1, 17, 9])",),
    ),
    Rewrites(
        "a set of a set's elements, whose order depends on how it was filled",
        function("out = set()\nfor row in rows:\n    out.add(row)\nreturn out", "def f(rows: set[int]):"),
        function("return {row for row in rows}", "def f(rows: set[int]):"),
        ("f({1, 17, 9})",),
    ),
    *(
        Rewrites(
            f"a copy of a dict: {kind}",
            f"def f(row: {kind}):\n    out = {{}}\n    for key, cell in row.items():\n        out[key] = cell\n    return out",
            f"def f(row: {kind}):\n    return dict(row)",
            ("f({'a': 1})",),
        )
        for kind in ("dict", "dict[str, int]")
    ),
    *(
        Rewrites(
            f"no copy of a dict: {name}",
            f"def f({given}):\n    out = {{}}\n    for key, cell in row.items():\n        {inner}\n    return out",
            f"def f({given}):\n    return {after}",
        )
        for name, given, inner, after in [
            ("of what is perhaps none", "row", "out[key] = cell", "{key: cell for key, cell in row.items()}"),
            ("turned round", "row: dict", "out[cell] = key", "{cell: key for key, cell in row.items()}"),
            ("the key alone", "row: dict", "out[key] = key", "{key: key for key, cell in row.items()}"),
            ("filtered", "row: dict", "if cell: out[key] = cell", "{key: cell for key, cell in row.items() if cell}"),
            ("`dict` is something else", "row: dict, dict=1", "out[key] = cell", "{key: cell for key, cell in row.items()}"),
        ]
    ),
    Rewrites(
        "a copy of what may have a length that counts",
        """
        class Rows:
            def __len__(self): print("asked"); return 1
            def __iter__(self): return iter([1])

        def f():
            out = []
            for row in Rows():
                out.append(row)
            return out
        """,
        """
        class Rows:
            def __len__(self): print("asked"); return 1
            def __iter__(self): return iter([1])

        def f():
            return [row for row in Rows()]
        """,
        ("f()",),
    ),
    Rewrites(
        "a copy where `list` is something else",
        function("out = []\nfor row in rows:\n    out.append(row)\nreturn out, list", "def f(rows: tuple, list=3):"),
        function("out = [row for row in rows]\nreturn out, list", "def f(rows: tuple, list=3):"),
        ("f((1, 2))",),
    ),
    Rewrites(
        "an element that is another name",
        function("out = []\nfor row in rows:\n    out.append(other)\nreturn out", "def f(rows: list, other):"),
        function("return [other for row in rows]", "def f(rows: list, other):"),
        ("f([1, 2], 3)",),
    ),
    Rewrites(
        "a comment behind the loop that would make the line too long",
        function("out = {}\nfor i, row in enumerate(rows):\n    out[row] = i    # where each row stands\nreturn out, 1"),
        function("out = {\n    row: i for i, row in enumerate(rows)\n}    # where each row stands\nreturn out, 1"),
        ("f('ab')",),
        line_length=65,
        wrap=False,
    ),
    Rewrites(
        "the same comment where there is room",
        function("out = {}\nfor i, row in enumerate(rows):\n    out[row] = i    # where each row stands\nreturn out, 1"),
        function("out = {row: i for i, row in enumerate(rows)}    # where each row stands\nreturn out, 1"),
        ("f('ab')",),
    ),
    Rewrites(
        "a choice as an argument",
        function("out = []\nfor row in rows:\n    x = 1 if row else 2\n    out.append(str(x))\nreturn out"),
        function("return [str(1 if row else 2) for row in rows]"),
        ("f([0, 1])",),
    ),
    Rewrites(
        "in the body of another loop",
        function("for part in rows:\n    out = []\n    for row in part:\n        out.append(row)\n    print(out)"),
        function("for part in rows:\n    out = [row for row in part]\n    print(out)"),
        ("f([[1], [2]])",),
    ),
    Rewrites(
        "a loop variable that is bound anew before it is used again",
        function("out = []\nfor row in rows:\n    out.append(row)\nfor row in out:\n    print(row)"),
        function("out = [row for row in rows]\nfor row in out:\n    print(row)"),
        ("f([1])",),
    ),
    Rewrites(
        "a list made anew in each turn stays one for each element (sourcery#311)",
        function("out = []\nfor row in rows:\n    cells = ['_'] * 3\n    out.append(cells)\nout[0][0] = 1\nreturn out"),
        function("out = [['_'] * 3 for row in rows]\nout[0][0] = 1\nreturn out"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a list made before the loop stays the same in all elements",
        function("cells = []\nout = []\nfor row in rows:\n    out.append(cells)\nout[0].append(1)\nreturn out"),
        function("cells = []\nout = [cells for row in rows]\nout[0].append(1)\nreturn out"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a key that is a tuple without parentheses, and such a value (ruff#19153)",
        function("index = {}\nfor x, y in rows:\n    index[x,] = y, 3\nreturn index"),
        function("return {(x,): (y, 3) for x, y in rows}"),
        ("f([(1, 2)])",),
    ),
    Rewrites(
        "a key that is what a star gives, which is a tuple without a comma as an index only",
        function("index = {}\nfor x, y in rows:\n    index[*x] = y\nreturn index"),
        function("return {(*x,): y for x, y in rows}"),
        ("f([((1, 2), 3), ('ab', 4)])",),
    ),
    Rewrites(
        "a dict in an f-string that is the element keeps its space after the brace (sourcery#334)",
        function("out = []\nfor row in rows:\n    out.append(f'{ {row: 1} }{{')\nreturn out"),
        function("return [f'{ {row: 1} }{{' for row in rows]"),
        ("f([1])",),
    ),
    Rewrites(
        "a starred tuple as the iterable",
        function("out = []\nfor row in *rows, 3:\n    out.append(-row)\nreturn out"),
        function("return [-row for row in (*rows, 3)]"),
        ("f([1])",),
    ),
    Rewrites(
        "comments below the loop, at the end of the file (sourcery#138)",
        "out = []\nfor n in (1, 2):\n    out.append(-n)\n# trailing\n\n# more",
        "out = [-n for n in (1, 2)]\n# trailing\n\n# more",
        wrap=False,
        skip=("no-newline",),
    ),
    Rewrites(
        "a function made after the loop may see the list",
        function("out = []\nfor row in rows:\n    out.append(row)\nreturn (lambda: out)()"),
        function("out = [row for row in rows]\nreturn (lambda: out)()"),
        ("f([1])",),
    ),
    Rewrites(
        "another name is returned",
        function("out = []\nfor row in rows:\n    out.append(row)\nreturn rows"),
        function("out = [row for row in rows]\nreturn rows"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a function inside has a name of its own that is spelled the same",
        function("def g():\n    out = 1\n    return out\nout = []\nfor row in rows:\n    out.append(row)\nreturn out"),
        function("def g():\n    out = 1\n    return out\nreturn [row for row in rows]"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a statement between the birth and the loop stays in front",
        function("out = []\nlimit = len(rows)\nfor row in rows:\n    out.append(row * limit)\nreturn out"),
        function("limit = len(rows)\nreturn [row * limit for row in rows]"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "two births, and a loop for the first",
        function("a = []\nb = []\nfor row in rows:\n    a.append(-row)\nreturn a, b"),
        function("b = []\na = [-row for row in rows]\nreturn a, b"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "two births and two loops",
        function("a = []\nb = {}\nfor row in rows:\n    a.append(-row)\nfor row in rows:\n    b[row] = 1\nreturn a, b"),
        function("a = [-row for row in rows]\nb = {row: 1 for row in rows}\nreturn a, b"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "two births and two loops, the other way round",
        function("b = set()\na = []\nfor row in rows:\n    a.append(-row)\nfor row in rows:\n    b.add(row)\nreturn a, b"),
        function("a = [-row for row in rows]\nb = {row for row in rows}\nreturn a, b"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a return between",
        function("out = []\nif not rows:\n    return None\nfor row in rows:\n    out.append(-row)\nreturn out"),
        function("if not rows:\n    return None\nreturn [-row for row in rows]"),
        ("f([1, 2])", "f([])"),
    ),
    Rewrites(
        "what raises between",
        function("out = []\nfirst = rows[0]\nfor row in rows:\n    out.append(row - first)\nprint(out)"),
        function("first = rows[0]\nout = [row - first for row in rows]\nprint(out)"),
        ("f([1, 2])", "f([])"),
    ),
    Rewrites(
        "a turn that goes on before the loop, where the list is used only behind it",
        function(
            "for part in rows:\n    out = []\n    if not part:\n        continue\n    for row in part:\n        out.append(-row)\n    print(out)"
        ),
        function("for part in rows:\n    if not part:\n        continue\n    out = [-row for row in part]\n    print(out)"),
        ("f([[1], [], [2, 3]])",),
    ),
    Rewrites(
        "comments and empty lines between stay where they are",
        function(
            "out = []  # what is found\n\n# how many\nlimit = len(rows)  # all\n\n# each one\nfor row in rows:\n    # so often\n    out.append(row * limit)  # done\nprint(out)"
        ),
        function(
            "# how many\nlimit = len(rows)  # all\n\n# what is found\n# each one\n# so often\nout = [row * limit for row in rows]  # done\nprint(out)"
        ),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a comment between that stands further left",
        "def f(rows):\n    out = []\n# left\n    n = 1\n  # less\n    for row in rows:\n        out.append(-row)\n    return out, n",
        "def f(rows):\n    # left\n    n = 1\n  # less\n    out = [-row for row in rows]\n    return out, n",
        ("f([1, 2])",),
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "a comment between that stands further right",
        function("out = []\n    # right\nn = 1\n\n  # more\n\nfor row in rows:\n    out.append(-row)\nreturn out, n"),
        function("# right\nn = 1\n\n  # more\n\nout = [-row for row in rows]\nreturn out, n"),
        ("f([1, 2])",),
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "semicolons behind statements that stand alone",
        function("out = [];\nn = 1;\nfor row in rows: out.append(-row);\nreturn out;"),
        function("n = 1;\nreturn [-row for row in rows];"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a dict's key that is a text with a text in it, whatever the value does",
        function("d = {}\nfor word in ('A', 'b'):\n    d[f'x{word}{word.lower()!r}'] = rows.pop()\nreturn d"),
        function("return {f'x{word}{word.lower()!r}': rows.pop() for word in ('A', 'b')}"),
        ("f([1, 2])", "f([])"),
    ),
    Rewrites(
        "a statement between, and a function made after the loop that sees the list",
        function("out = []\nn = 1\nfor row in rows:\n    out.append(row + n)\nreturn (lambda: out)()"),
        function("n = 1\nout = [row + n for row in rows]\nreturn (lambda: out)()"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a statement between that raises, and functions made after the loop and in the handler",
        function(
            "try:\n    out = []\n    n = int(rows[0])\n    for row in rows:\n        out.append(n)\n    g = lambda: out\nexcept ValueError:\n    g = lambda: 1\nreturn g()"
        ),
        function(
            "try:\n    n = int(rows[0])\n    out = [n for row in rows]\n    g = lambda: out\nexcept ValueError:\n    g = lambda: 1\nreturn g()"
        ),
        ("f([1, 2])", "f('x')"),
    ),
    Rewrites(
        "a birth on the first line, and a comment on the last",
        "out = []\nlimit = 3\nfor n in range(limit):\n    out.append(n + 1)\nprint(out)\n# the end",
        "limit = 3\nout = [n + 1 for n in range(limit)]\nprint(out)\n# the end",
        wrap=False,
    ),
    Rewrites(
        "a comment to a tool behind a statement between, which stays",
        function("out = []\nn = 1  # noqa\nfor row in rows:\n    out.append(-row)\nreturn out"),
        function("n = 1  # noqa\nreturn [-row for row in rows]"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a yield between",
        function("out = []\nyield 1\nfor row in rows:\n    out.append(-row)\nyield out"),
        function("yield 1\nout = [-row for row in rows]\nyield out"),
        ("str([*f([1, 2])])",),
    ),
    Rewrites(
        "a compound statement between",
        function(
            "out: list[int] = []\ntry:\n    limit = int(rows[0])\nexcept ValueError:\n    limit = 0\nfor row in rows:\n    out.append(limit)\nreturn out"
        ),
        function("try:\n    limit = int(rows[0])\nexcept ValueError:\n    limit = 0\nout: list[int] = [limit for row in rows]\nreturn out"),
        ("f([1, 2])", "f([])", "f('x')"),
    ),
    Rewrites(
        "two statements on one line between",
        function("out = []\na = 1; b = 2\nfor row in rows:\n    out.append(row + a + b)\nprint(out)"),
        function("a = 1; b = 2\nout = [row + a + b for row in rows]\nprint(out)"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "a try around whose handler binds the list anew",
        function(
            "try:\n    out = []\n    n = int(rows[0])\n    for row in rows:\n        out.append(row * n)\n    print(out)\nexcept ValueError:\n    out = 1"
        ),
        function("try:\n    n = int(rows[0])\n    out = [row * n for row in rows]\n    print(out)\nexcept ValueError:\n    out = 1"),
        ("f([1, 2])", "f('x')"),
    ),
    Rewrites(
        "a try whose else uses the list",
        function(
            "try:\n    out = []\n    for row in rows:\n        out.append(int(row))\nexcept ValueError:\n    return None\nelse:\n    print(out)"
        ),
        function("try:\n    out = [int(row) for row in rows]\nexcept ValueError:\n    return None\nelse:\n    print(out)"),
        ("f([1, 2])", "f('x')"),
    ),
    Rewrites(
        "a try in a loop, whose body makes the list anew in each turn",
        function(
            "for part in rows:\n    try:\n        out = []\n        for row in part:\n            out.append(int(row))\n        print(out)\n    except ValueError:\n        print(0)"
        ),
        function(
            "for part in rows:\n    try:\n        out = [int(row) for row in part]\n        print(out)\n    except ValueError:\n        print(0)"
        ),
        ("f(['12', 'x', '3'])",),
    ),
    Rewrites(
        "a function between that has the name for itself",
        function("out = []\ndef g(out): return out\nfor row in rows:\n    out.append(g(row))\nprint(out)"),
        function("def g(out): return out\nout = [g(row) for row in rows]\nprint(out)"),
        ("f([1, 2])",),
    ),
    Rewrites(
        "ifs in ifs are tested in the same order",
        function("out = []\nfor row in rows:\n    if row:\n        if row > 1:\n            out.append(row)\nreturn out"),
        function("return [row for row in rows if row and row > 1]"),
        ("f([1, 0, 2])",),
    ),
    Rewrites(
        "ifs in ifs that hold an or and a choice",
        function("out = []\nfor row in rows:\n    if row or rows:\n        if (1 if row else 2):\n            out.append(row)\nreturn out"),
        function("return [row for row in rows if (row or rows) and (1 if row else 2)]"),
        ("f([1, 0, 2])",),
    ),
    Rewrites(
        "two guards",
        function(
            "out = []\nfor row in rows:\n    if row is None:\n        continue\n    if not (row or row > 2):\n        continue\n    out.append(row)\nreturn out"
        ),
        function("return [row for row in rows if row is not None and (row or row > 2)]"),
        ("f([1, None, 0, 2])",),
    ),
    Rewrites(
        "a guard and an if",
        function(
            "out = []\nfor row in rows:\n    if row == 2:\n        continue\n    if row and rows:\n        out.append(row)\nreturn out"
        ),
        function("return [row for row in rows if not (row == 2) and row and rows]"),
        ("f([1, None, 0, 2])",),
    ),
    Rewrites(
        "a temporary that is only tested",
        function("out = []\nfor row in rows:\n    size = abs(row)\n    if size:\n        out.append(row)\nreturn out"),
        function("return [row for row in rows if abs(row)]"),
        ("f([1, 0, -2])",),
    ),
    Rewrites(
        "a temporary in a guard",
        function("out = []\nfor row in rows:\n    size = abs(row)\n    if not size:\n        continue\n    out.append(row)\nreturn out"),
        function("return [row for row in rows if abs(row)]"),
        ("f([1, 0, -2])",),
    ),
    Rewrites(
        "a temporary that is a guard",
        function("out = []\nfor row in rows:\n    small = row < 2\n    if small:\n        continue\n    out.append(row)\nreturn out"),
        function("return [row for row in rows if not (row < 2)]"),
        ("f([1, 0, 3])",),
    ),
    Rewrites(
        "a temporary of an or, in a comparison",
        function(
            "out = []\nfor row in rows:\n    size = row or 3\n    if size is None:\n        continue\n    out.append(row)\nreturn out"
        ),
        function("return [row for row in rows if (row or 3) is not None]"),
        ("f([1, 0, 3])",),
    ),
    Rewrites(
        "a temporary of an or of numbers, tested",
        function(
            "out = []\nfor row in rows:\n    size = row or 3\n    if size:\n        out.append(row)\nreturn out", "def f(rows: list[int]):"
        ),
        function("return [row for row in rows if row or 3]", "def f(rows: list[int]):"),
        ("f([1, 0])",),
    ),
    Rewrites(
        "a temporary in the middle of a test",
        function("out = []\nfor row in rows:\n    size = row + 1\n    if 3 > size * 2 > 1:\n        out.append(row)\nreturn out"),
        function("return [row for row in rows if 3 > (row + 1) * 2 > 1]"),
        ("f([1, 0, 3])",),
    ),
    Rewrites(
        "a temporary that is looped over next",
        function("out = []\nfor row in rows:\n    cells = row.split()\n    for cell in cells:\n        out.append(cell)\nreturn out"),
        function("return [cell for row in rows for cell in row.split()]"),
        ("f(['a b', 'c', ''])",),
    ),
    Rewrites(
        "a temporary that does nothing, in front of a condition",
        function("out = []\nfor row in rows:\n    pair = [row, 1]\n    if row:\n        out.append(pair)\nreturn out"),
        function("return [[row, 1] for row in rows if row]"),
        ("f([1, 0])",),
    ),
    Rewrites(
        "a temporary that is a display, tested",
        function("out = []\nfor row in rows:\n    pair = row, 1\n    if pair:\n        out.append(row)\nreturn out"),
        function("return [row for row in rows if (row, 1)]"),
        ("f([1, 0])",),
    ),
    Rewrites(
        "a module's list, with what changes nothing between",
        "out = []\nlimit = 3\nfor n in range(limit):\n    out.append(n + 1)\nprint(out)",
        "limit = 3\nout = [n + 1 for n in range(limit)]\nprint(out)",
        wrap=False,
    ),
    Rewrites(
        "an async loop, with an await between",
        "async def f(rows):\n    out = []\n    await rows.open()\n    async for row in rows:\n        out.append(row)\n    return out",
        "async def f(rows):\n    await rows.open()\n    return [row async for row in rows]",
    ),
]

DECLINES = [
    Declines(
        "a temporary that has been asked whether it is true, and is asked again",
        function("out = []\nfor row in rows:\n    t = row or rows\n    if t:\n        out.append(row)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a chain of comparisons as a temporary that is tested",
        function(
            "out = []\nfor row in rows:\n    t = rows[0] < row < rows[1]\n    if not t:\n        continue\n    out.append(row)\nreturn out"
        ),
        "temporary-later",
    ),
    Declines(
        "a choice as a temporary in another one",
        function("out = []\nfor row in rows:\n    t = row or rows\n    out.append(t or 3)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a global that another comprehension of the function binds (cpython#118513)",
        "x = 3\ndef f(rows):\n    [print(x) for x in rows]\n    out = []\n    for row in rows:\n        out.append(x)\n    return out",
        "inlined",
    ),
    Declines(
        "a builtin that a comprehension in another one binds",
        "def f(rows):\n    print([[len for len in row] for row in rows])\n    out = []\n    for row in rows:\n        out.append(len(row))\n    return out",
        "inlined",
    ),
    Declines(
        "a variable of the function around that another comprehension binds (cpython#156664)",
        "def g(x):\n    def f(rows):\n        print({x for x in rows})\n        out = []\n        for row in rows:\n            out.append(x)\n"
        "        return out\n    return f",
        "inlined",
    ),
    Rewrites(
        "a local that another comprehension binds, and a generator expression that binds a global's name",
        "y = 3\ndef f(rows, x):\n    print([x for x in rows], list(y for y in rows))\n    out = []\n    for row in rows:\n        out.append((x, y))\n    return out",
        "y = 3\ndef f(rows, x):\n    print([x for x in rows], list(y for y in rows))\n    return [(x, y) for row in rows]",
        calls=("f([1, 2], 3)",),
    ),
    Declines(
        "a list that an exception leaves half filled (live: partial list lost)",
        function(
            "out = []\ntry:\n    pass\nfinally:\n    pass\ntry:\n    out = []\n    for row in rows:\n        out.append(int(row))\nexcept ValueError:\n    pass\nreturn out"
        ),
        "partial",
    ),
    Declines(
        "a with that may swallow the exception",
        "import contextlib\n"
        + function("with contextlib.suppress(ValueError):\n    out = []\n    for row in rows:\n        out.append(int(row))\nreturn out"),
        "partial",
    ),
    Declines(
        "a list that finally prints half filled",
        function("try:\n    out = []\n    for row in rows:\n        out.append(int(row))\nfinally:\n    print(out)\nreturn out"),
        "partial",
    ),
    Declines(
        "a list that the handler of a try further out leaves half filled",
        function(
            "try:\n    try:\n        out = []\n        for row in rows:\n            out.append(int(row))\n    finally:\n        pass\n"
            "except ValueError:\n    pass\nreturn out"
        ),
        "partial",
    ),
    Declines(
        "a list that a later turn of a loop around leaves half filled",
        function(
            "for _ in 'ab':\n    try:\n        out = []\n        for row in rows:\n            out.append(int(row))\n        break\n"
            "    except ValueError:\n        continue\nreturn out"
        ),
        "partial",
    ),
    Declines(
        "the list's name is the loop's variable too",
        function("out = []\nfor out in rows:\n    out.append(1)\nreturn out"),
        "read-inside",
    ),
    Declines(
        "the list is tested in the loop",
        function("out = []\nfor row in rows:\n    if row not in out:\n        out.append(row)\nreturn out"),
        "read-inside",
    ),
    Declines(
        "a generator expression that is kept sees the loop's variable (ruff#19325)",
        function("out = []\nfor row in rows:\n    out.append(cell for cell in row)\nreturn out"),
        "closure",
    ),
    Declines(
        "a lambda that holds a yield (ruff#20198)",
        function("out = []\nfor row in rows:\n    out.append(lambda: (yield))\nreturn out"),
        "closure",
    ),
    Declines("a yield as the iterable", function("out = []\nfor row in (yield):\n    out.append(row)\nreturn out"), "yields"),
    Declines(
        "super() as the iterable",
        "class C:\n    def f(self):\n        out = []\n        for row in super().g():\n            out.append(-row)\n        return out",
        "super",
    ),
    Declines(
        "`__class__` in the loop, before 3.12",
        "class C:\n    def f(self, rows):\n        out = []\n        for row in rows:\n            out.append(__class__)\n        return out",
        "super",
    ),
    Declines(
        "a loop target that is nonlocal (ruff#19539)",
        function(
            "x = 1\ndef g():\n    nonlocal x\n    out = []\n    for x in rows:\n        out.append(-x)\n    return out\nreturn g(), x"
        ),
        "target",
    ),
    Declines(
        "the loop's variable is used by a function made later",
        function("out = []\nfor row in rows:\n    out.append(-row)\ndef g():\n    return row\nreturn out, g()"),
        "used-after",
    ),
    Declines(
        "a temporary that is not always evaluated in its place",
        function("out = []\nfor row in rows:\n    part = 1 / row\n    out.append(row and part)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "the list is read in the loop (sourcery#67)",
        function("out = []\nfor row in rows:\n    out.append(len(out))\nreturn out"),
        "read-inside",
    ),
    Declines(
        "the loop runs over the list itself (live: UnboundLocalError)",
        function("out = []\nfor row in out:\n    out.append(row)\nreturn out"),
        "read-inside",
    ),
    Declines(
        "the dict is looked up in the loop",
        function("d = {}\nfor k in rows:\n    d[k] = d.get(k, 0) + 1\nreturn d"),
        "read-inside",
    ),
    Declines(
        "append((yield x)) (sourcery#144)",
        function("out = []\nfor row in rows:\n    out.append((yield row))\nreturn out"),
        "yields",
    ),
    Declines(
        "a lambda in the loop sees its variable",
        function("out = []\nfor row in rows:\n    out.append(lambda: row)\nreturn out"),
        "closure",
    ),
    Declines(
        "super() in the loop, before 3.12 (ruff#27668)",
        "class C:\n    def f(self, rows):\n        out = []\n        for row in rows:\n            out.append(super().g(row))\n        return out",
        "super",
    ),
    Declines(
        "the loop's variable is used afterwards",
        function("out = []\nfor row in rows:\n    out.append(row)\nreturn out, row"),
        "used-after",
    ),
    Declines(
        "the loop's variable is deleted afterwards",
        function("out = []\nfor row in rows:\n    out.append(row)\ndel row\nreturn out"),
        "used-after",
    ),
    Declines(
        "a temporary that is used afterwards",
        function("out = []\nfor row in rows:\n    text = row.strip()\n    out.append(text)\nreturn out, text"),
        "used-after",
    ),
    Declines(
        "a temporary that is used twice (sourcery#84)",
        function("out = []\nfor row in rows:\n    text = row.strip()\n    out.append((text, text))\nreturn out"),
        "temporary",
    ),
    Declines(
        "a temporary that would be evaluated later than before (sourcery#85)",
        function("out = []\nfor row in rows:\n    text = row.pop()\n    out.append((row.pop(), text))\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary behind an attribute of a module that its value may set",
        "import sys\n" + function("out = []\nfor row in rows:\n    text = row.pop()\n    out.append((sys.stdout, text))\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary given to a method of such an object",
        "import sys\n" + function("out = []\nfor row in rows:\n    text = row.pop()\n    out.append(sys.stdout.write(text))\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary given to a method that a property makes",
        "class C:\n    @property\n    def f(self):\n        return print\n    def g(self, rows):\n        out = []\n        for row in rows:\n"
        "            text = row.pop()\n            out.append(self.f(text))\n        return out",
        "temporary-later",
    ),
    Declines(
        "a running total",
        function("total = 0\nout = []\nfor row in rows:\n    total = total + row\n    out.append(total)\nreturn out"),
        "carried",
    ),
    Declines(
        "a running total in a dict",
        function("total = 0\nd = {}\nfor row in rows:\n    total = total + row\n    d[row] = total\nreturn d"),
        "carried",
    ),
    Declines(
        "a temporary that the next turn's filter reads",
        function(
            "last = 0\nout = []\nfor row in rows:\n    if last > 2:\n        continue\n    last = row + 1\n    out.append(last)\nreturn out"
        ),
        "carried",
    ),
    Declines(
        "a temporary that the next turn loops over",
        function(
            "out = []\nfor row in rows:\n    for cell in part:\n        part = [row]\n        out.append(part)\nreturn out",
            "def f(rows, part):",
        ),
        "carried",
    ),
    Declines(
        "a variable of the outer loop that the inner one changes from turn to turn",
        function("out = []\nfor row in rows:\n    for cell in (1, 2):\n        row = row + cell\n        out.append(row)\nreturn out"),
        "carried",
    ),
    Declines(
        "a temporary that a generator expression of the next turn reads",
        function("t = 1\nout = []\nfor row in rows:\n    t = sum(t for _ in row)\n    out.append(t)\nreturn out"),
        "carried",
    ),
    Declines(
        "a temporary that would be evaluated only sometimes",
        function("out = []\nfor row in rows:\n    text = row.pop()\n    out.append(row and text)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary that would be evaluated once for each element of another comprehension",
        function("out = []\nfor row in rows:\n    text = row.pop()\n    out.append([text for _ in row])\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary behind an attribute that its value may set",
        function("out = []\nfor row in rows:\n    text = row.pop()\n    out.append((row.name, text))\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary behind a global that its value may bind again",
        "n = 0\ndef count():\n    global n\n    n += 1\n    return n\n"
        + function("out = []\nfor row in rows:\n    now = count()\n    out.append((n, now))\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary behind a variable that an inner function binds again",
        function(
            "n = 0\ndef count():\n    nonlocal n\n    n += 1\n    return n\n"
            "out = []\nfor row in rows:\n    now = count()\n    out.append((n, now))\nreturn out"
        ),
        "temporary-later",
    ),
    Declines(
        "a temporary behind a variable that may not be bound yet",
        function("if rows:\n    n = 1\nout = []\nfor row in range(3):\n    now = print(row)\n    out.append((n, now))\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary behind a variable of the function around, which may go on meanwhile",
        "def around(steps):\n    n = 0\n    def f(rows):\n        out = []\n        for row in rows:\n            now = next(steps)\n"
        "            out.append((n, now))\n        return out\n    yield f\n    n = 1\n    yield f",
        "temporary-later",
    ),
    Declines(
        "a dict's value from a temporary, whose key can fail",
        function("d = {}\nfor row in rows:\n    text = row.b()\n    d[row.a] = text\nreturn d"),
        "temporary-later",
    ),
    Declines(
        "a dict whose key is a global that the value binds again",
        "k = 0\ndef count():\n    global k\n    k += 1\n    return k\n"
        + function("d = {}\nfor row in rows:\n    d[k] = count()\nreturn d"),
        "order",
    ),
    Declines(
        "a dict whose key adds values of unknown classes",
        function("d = {}\nfor row in rows:\n    d[row + 1] = row.a()\nreturn d"),
        "order",
    ),
    Declines(
        "a dict whose key is an int added to a float, which may be too large for that",
        function("d = {}\nfor n in range(rows):\n    d[n + 0.5] = print(n)\nreturn d"),
        "order",
    ),
    Declines(
        "a dict whose key is a text with a number in it, which may have too many digits",
        function("d = {}\nfor n in range(rows):\n    d[f'x{n}'] = print(n)\nreturn d"),
        "order",
    ),
    Declines(
        "a dict whose key is a text with a width",
        function("d = {}\nfor n in range(rows):\n    d[f'{str(n):>{rows}}'] = print(n)\nreturn d"),
        "order",
    ),
    Declines(
        "a dict whose key and value are both evaluated",
        function("d = {}\nfor row in rows:\n    d[row.a()] = row.b()\nreturn d"),
        "order",
    ),
    Declines(
        "a loop target that is an attribute (ruff#18859)",
        function("out = []\nfor self.row in rows:\n    out.append(self.row)\nreturn out", "def f(self, rows):"),
        "target",
    ),
    Declines(
        "a loop target that is global (ruff#19539)",
        "def f(rows):\n    global row\n    out = []\n    for row in rows:\n        out.append(row)\n    return out",
        "target",
    ),
    Declines(
        "a class body (live: NameError)",
        "class C:\n    n = 2\n    out = []\n    for x in (1, 2):\n        out.append(x * n)",
        "class-body",
        skip=("function", "method"),
    ),
    Declines("locals() sees the names", function("out = []\nfor row in rows:\n    out.append(row)\nreturn locals()"), "names-seen"),
    Declines(
        "a function made before the loop can see the list",
        function("def peek():\n    return len(out)\nout = []\nfor row in rows:\n    out.append(peek())\nreturn out"),
        "captured",
    ),
    Declines(
        "a dict of two keys, and a row without the key",
        "def f(given):\n    rows = [{'id': 'a', 'n': '1'}]\n    rows.append({'m': '2'})\n    out = {}\n    for row in rows:\n        out[row['id']] = row['n']\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of two keys, and a key taken away",
        "def f(given):\n    rows = [{'id': 'a', 'n': '1'}]\n    del rows[0]['id'], rows[0]['n']\n    out = {}\n    for row in rows:\n        out[row['id']] = row['n']\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of two keys, and a row emptied",
        "def f(given):\n    rows = [{'id': 'a', 'n': '1'}]\n    rows[0].clear()\n    out = {}\n    for row in rows:\n        out[row['id']] = row['n']\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of two keys, and rows that somebody has",
        "def f(given):\n    rows = [{'id': 'a', 'n': '1'}]\n    given(rows)\n    out = {}\n    for row in rows:\n        out[row['id']] = row['n']\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of two keys, and another row",
        "def f(given):\n    rows = [{'id': 'a', 'n': '1'}]\n    rows[0] = {}\n    out = {}\n    for row in rows:\n        out[row['id']] = row['n']\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of the fields of a dataclass, with a class that derives from it",
        "from dataclasses import dataclass\n@dataclass\nclass U:\n    id: int\n    name: str\nclass V(U):\n    @property\n    def id(self): return print(1)\n    @property\n    def name(self): return print(2)\ndef f(us: list[U]):\n    out = {}\n    for u in us:\n        out[u.id] = u.name\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of the fields of a dataclass, with a field deleted",
        "from dataclasses import dataclass\n@dataclass\nclass U:\n    id: int\n    name: str\ndef g(u): del u.id, u.name\ndef f(us: list[U]):\n    out = {}\n    for u in us:\n        out[u.id] = u.name\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of the fields of a dataclass, with one made past its birth",
        "from dataclasses import dataclass\n@dataclass\nclass U:\n    id: int\n    name: str\nu = U.__new__(U)\ndef f(us: list[U]):\n    out = {}\n    for u in us:\n        out[u.id] = u.name\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of the fields of a dataclass, with a birth of its own",
        "from dataclasses import dataclass\n@dataclass\nclass U:\n    id: int\n    name: str\n    def __init__(self): pass\ndef f(us: list[U]):\n    out = {}\n    for u in us:\n        out[u.id] = u.name\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of the fields of a dataclass, with a field without a value",
        "from dataclasses import dataclass, field\n@dataclass\nclass U:\n    id: int = field(init=False)\n    name: str = field(init=False)\ndef f(us: list[U]):\n    out = {}\n    for u in us:\n        out[u.id] = u.name\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of what may not be in a tuple",
        "def f(pairs: list[tuple[str, ...]]):\n    out = {}\n    for pair in pairs:\n        out[pair[0]] = pair[1]\n    return out\n",
        "order",
    ),
    Declines(
        "a dict of two keys, and a call that may print",
        "def f(note):\n    rows = [{'id': 'a', 'n': '1'}]\n    out = {}\n    for row in rows:\n        out[row['id']] = note(row['n'])\n    return out\n",
        "order",
    ),
    Declines(
        "a list of the module that a function sees which is called between",
        "def peek():\n    print(out)\nout = []\npeek()\nfor row in (1, 2):\n    out.append(-row)\n",
        "captured",
        skip=("function", "method"),
    ),
    Declines(
        "a list of the module that a method reads",
        "class C:\n    def __str__(self):\n        return str(len(out))\nout = []\nfor row in (C(), C()):\n    out.append(str(row))\n",
        "captured",
        skip=("function", "method"),
    ),
    Declines(
        "a list of the module that a generator reads",
        "def peek():\n    yield len(out)\ngiven = peek()\nout = []\nfor row in given:\n    out.append(row)\n",
        "captured",
        skip=("function", "method"),
    ),
    Declines(
        "a list of the module that a function read which somebody holds",
        "def peek(_):\n    return len(out)\ngiven = map(peek, (1, 2))\nout = []\nfor row in given:\n    out.append(row)\n",
        "captured",
        skip=("function", "method"),
    ),
    Declines(
        "a list of the module that a function reads through another",
        "def peek():\n    return len(out)\ndef f():\n    return peek()\nout = []\nfor row in (1, 2):\n    out.append(f())\n",
        "captured",
        skip=("function", "method"),
    ),
    Declines(
        "a list of the module that a function reads",
        "def peek():\n    return len(out)\nout = []\nfor row in (1, 2):\n    out.append(peek())\nprint(out)",
        "captured",
        skip=("function", "method"),
    ),
    Declines(
        "a global list",
        "def f(rows):\n    global out\n    out = []\n    for row in rows:\n        out.append(row)",
        "outer",
        skip=("function", "method"),
    ),
    Declines(
        "a choice that would stand in parentheses in the middle of the element",
        function("out = []\nfor row in rows:\n    x = '' if row is None else str(row)\n    out.append(x + 'a')\nreturn out"),
        "reads-better",
        mentions="choice",
    ),
    Declines(
        "more than two clauses",
        function("out = []\nfor a in rows:\n    for b in a:\n        if b:\n            out.append(b)\nreturn out"),
        "reads-better",
    ),
    Declines(
        "an element over several lines",
        function("out = []\nfor a in rows:\n    out.append({\n        'a': a,\n    })\nreturn out"),
        "reads-better",
    ),
    Declines(
        "a comment behind what the `else` adds",
        function(
            "out = []\nfor row in rows:\n    if row:\n        out.append(row)\n    else:\n        out.append(None)  # should not happen\nreturn out"
        ),
        "branch-comment",
    ),
    Declines(
        "a comment behind what the `if` adds",
        function(
            "out = []\nfor row in rows:\n    if row:\n        out.append(row)  # as a rule\n    else:\n        out.append(None)\nreturn out"
        ),
        "branch-comment",
    ),
    Declines(
        "a comment above what the `else` adds",
        function(
            "out = {}\nfor row in rows:\n    if row:\n        out[row] = 1\n    else:\n        # should not happen\n        out[row] = 2\nreturn out"
        ),
        "branch-comment",
    ),
    Declines(
        "a comment behind the `else`",
        function(
            "out = set()\nfor row in rows:\n    if row:\n        out.add(row)\n    else:  # should not happen\n        out.add(None)\nreturn out"
        ),
        "branch-comment",
    ),
    Declines(
        "a comment behind the test of a choice",
        function(
            "out = []\nfor row in rows:\n    if row:  # as a rule\n        out.append(row)\n    else:\n        out.append(None)\nreturn out"
        ),
        "branch-comment",
    ),
    Rewrites(
        "a comment above a choice, which is about both branches",
        function(
            "out = []\nfor row in rows:\n    # `#` is no comment\n    if row:\n        out.append('#')\n    else:\n        out.append(None)\nreturn out"
        ),
        function("# `#` is no comment\nreturn ['#' if row else None for row in rows]"),
        ("f([1, 0])",),
    ),
    Declines(
        "a comment that speaks to a tool",
        function("out = []\nfor a in rows:  # type: int\n    out.append(a)\nreturn out"),
        "tool-comment",
    ),
    Declines(
        "`set` is not the builtin",
        "def set(): return None\n" + function("out = set()\nfor a in rows:\n    out.add(a)\nreturn out"),
        "shadowed",
        skip=("function", "method"),
    ),
    Declines("a global that is returned", function("global out\nout = []\nfor row in rows:\n    out.append(row)\nreturn out"), "outer"),
    Declines(
        "the list is read between",
        function("out = []\nn = len(out)\nfor row in rows:\n    out.append(-row)\nreturn out, n"),
        "touched",
    ),
    Declines(
        "the list gets another name between",
        function("out = []\nalso = out\nfor row in rows:\n    out.append(-row)\nreturn also"),
        "touched",
    ),
    Declines(
        "the list is handed on between",
        function("out = []\nrows.append(out)\nfor row in (1, 2):\n    out.append(-row)\nreturn out"),
        "touched",
    ),
    Declines(
        "the list is filled between",
        function("out = []\nout.append(1)\nfor row in rows:\n    out.append(-row)\nreturn out"),
        "touched",
    ),
    Declines(
        "the list is deleted between",
        function("out = []\nif not rows:\n    del out\nfor row in rows:\n    out.append(-row)\nreturn 1"),
        "touched",
    ),
    Declines(
        "the name is bound between, by an import",
        function("out = []\nimport math as out\nfor row in rows:\n    out.append(-row)"),
        "touched",
    ),
    Declines(
        "the name is bound between, by a handler",
        function("out = []\ntry:\n    int(rows)\nexcept Exception as out:\n    pass\nfor row in rows:\n    out.append(-row)\n"),
        "touched",
    ),
    Declines(
        "the name is bound between, by a pattern",
        function("out = []\nmatch rows:\n    case [*out]:\n        pass\nfor row in rows:\n    out.append(-row)\n"),
        "touched",
    ),
    Declines(
        "the name is bound between, by a definition",
        function("out = []\ndef out(): pass\nfor row in rows:\n    out.append(-row)\n"),
        "touched",
    ),
    Declines(
        "a walrus between binds the name",
        function("out = []\nif (out := rows): pass\nfor row in rows:\n    out.append(-row)\n"),
        "touched",
    ),
    Declines(
        "a function between reads the list",
        function("out = []\ndef g(): return out\nfor row in rows:\n    out.append(-row)\nreturn g()"),
        "captured",
    ),
    Declines(
        "a comprehension between reads the list",
        function("out = []\nn = [out for _ in rows]\nfor row in rows:\n    out.append(-row)\nreturn n"),
        "touched",
    ),
    Declines(
        "a class between reads the list",
        function("out = []\nclass C: x = out\nfor row in rows:\n    out.append(-row)\nreturn C.x"),
        "touched",
    ),
    Declines(
        "a function made before is called between, and sees the list",
        function("def g():\n    return out\nout = []\nn = g()\nfor row in rows:\n    out.append(-row)\nreturn n"),
        "captured",
    ),
    Declines(
        "a function made before binds the list between",
        function("def g():\n    nonlocal out\n    out = [1]\nout = []\ng()\nfor row in rows:\n    out.append(-row)\nreturn out"),
        "captured",
    ),
    Declines(
        "locals() between",
        function("out = []\nn = list(locals())\nfor row in rows:\n    out.append(-row)\nreturn n"),
        "names-seen",
    ),
    Declines(
        "a turn that goes on before the loop, and the empty list is read afterwards",
        function(
            "out = None\nfor part in rows:\n    out = []\n    if not part:\n        continue\n    for row in part:\n        out.append(-row)\nreturn out"
        ),
        "seen-empty",
    ),
    Declines(
        "a turn that breaks before the loop, and the empty list is read afterwards",
        function(
            "for part in rows:\n    out = []\n    if not part:\n        break\n    for row in part:\n        out.append(-row)\nreturn out"
        ),
        "seen-empty",
    ),
    Declines(
        "a return between, and finally reads the list",
        function(
            "out = None\ntry:\n    out = []\n    if not rows:\n        return 1\n    for row in rows:\n        out.append(-row)\nfinally:\n    print(out)"
        ),
        "seen-empty",
    ),
    Declines(
        "what raises between, and the handler reads the list",
        function("try:\n    out = []\n    n = int(rows)\n    for row in n:\n        out.append(-row)\nexcept Exception:\n    return out"),
        "seen-empty",
    ),
    Declines(
        "what raises between, and the handler deletes the list",
        function("try:\n    out = []\n    n = int(rows)\n    for row in n:\n        out.append(-row)\nexcept Exception:\n    del out"),
        "seen-empty",
    ),
    Declines(
        "what raises between, and the handler adds to the list",
        function("try:\n    out = []\n    n = int(rows)\n    for row in n:\n        out.append(-row)\nexcept Exception:\n    out += [1]"),
        "seen-empty",
    ),
    Declines(
        "what raises between, and the handler makes a function that sees the list",
        function(
            "try:\n    out = []\n    n = int(rows)\n    for row in n:\n        out.append(-row)\nexcept Exception:\n    return lambda: out"
        ),
        "seen-empty",
    ),
    Declines(
        "a with between birth and use that swallows",
        function(
            "import contextlib\nwith contextlib.suppress(Exception):\n    out = []\n    n = rows[0]\n    for row in rows:\n        out.append(row / n)\nprint(out)"
        ),
        "seen-empty",
    ),
    Declines(
        "a turn of a loop around leaves the list half filled, and the next one reads it",
        function(
            "out = 0\nfor part in rows:\n    try:\n        print(out)\n        out = []\n        for row in part:\n            out.append(int(row))\n    except ValueError:\n        pass"
        ),
        "partial",
    ),
    Declines(
        "a later turn of a loop around does not make the list anew",
        function(
            "out = 0\nfor part in rows:\n    try:\n        if part:\n            out = []\n            for row in part:\n                out.append(int(row))\n        print(out)\n    except ValueError:\n        pass"
        ),
        "partial",
    ),
    Declines(
        "the handler deletes the list that is half filled",
        function("try:\n    out = []\n    for row in rows:\n        out.append(int(row))\nexcept ValueError:\n    del out"),
        "partial",
    ),
    Declines(
        "the handler adds to the list that is half filled",
        function("try:\n    out = []\n    for row in rows:\n        out.append(int(row))\nexcept ValueError:\n    out += [1]"),
        "partial",
    ),
    Declines(
        "a birth too many statements away",
        function("out = []\na = 1\nb = 2\nc = 3\nd = 4\nfor row in rows:\n    out.append(-row)\nreturn out"),
        "far",
        mentions="4 statements",
    ),
    Declines(
        "a birth too many lines away",
        function(
            "out = []\nif rows:\n    print(1)\n    print(1)\n    print(1)\n    print(1)\n    print(1)\n    print(1)\n    print(1)\n    print(1)\n    print(1)\n    print(1)\nfor row in rows:\n    out.append(-row)\nreturn out"
        ),
        "far",
        mentions="11 lines",
    ),
    Declines(
        "a comment above the birth would come to stand above another statement",
        function("n = 1\n# what is found\nout = []\nlimit = len(rows)\nfor row in rows:\n    out.append(-row)\nreturn out"),
        "comment-above",
    ),
    Declines(
        "a birth with another statement on its line",
        function("out = []; n = 1\nfor row in rows:\n    out.append(-row)\nreturn out"),
        "one-line",
    ),
    Declines(
        "a birth behind another statement on its line",
        function("n = 1; out = []\nfor row in rows:\n    out.append(-row)\nreturn out"),
        "one-line",
    ),
    Declines(
        "a comment to a tool on the birth, with a statement between",
        function("out = []  # type: list[int]\nn = 1\nfor row in rows:\n    out.append(-row)\nreturn out"),
        "tool-comment",
    ),
    Declines(
        "a comment to a tool in the loop, with a statement between",
        function("out = []\nn = 1  # noqa\nfor row in rows:\n    out.append(-row)  # noqa: A\nreturn out"),
        "tool-comment",
        mentions="noqa: A",
    ),
    Declines(
        "an import at module level between, of a module that may import this one",
        "out = []\nimport math\nfor row in (1, 2):\n    out.append(-row)\nprint(out)",
        "module-busy",
        skip=("function", "method"),
    ),
    Declines(
        "an annotation at module level, which is evaluated",
        "out: list[int] = []\nn = 1\nfor row in (1, 2):\n    out.append(-row)\nprint(out)",
        "annotated",
        skip=("function", "method"),
    ),
    Declines(
        "three conditions",
        function(
            "out = []\nfor row in rows:\n    if row:\n        if row > 1:\n            if row > 2:\n                out.append(row)\nreturn out"
        ),
        "reads-better",
        mentions="3 conditions",
    ),
    Declines(
        "a temporary that may fail, in front of a condition",
        function("out = []\nfor row in rows:\n    t = abs(row)\n    if row:\n        out.append(t)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary that may fail, in front of a guard",
        function("out = []\nfor row in rows:\n    t = abs(row)\n    if not row:\n        continue\n    out.append(t)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary that would be made anew for each element of an inner loop",
        function("out = []\nfor row in rows:\n    t = [1]\n    for cell in row:\n        out.append(t)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary tested once for each element of an inner loop",
        function(
            "out = []\nfor row in rows:\n    t = abs(row)\n    for cell in rows:\n        if t:\n            out.append(cell)\nreturn out"
        ),
        "temporary-later",
    ),
    Declines(
        "a temporary in the middle of a test that is not always reached",
        function("out = []\nfor row in rows:\n    t = abs(row)\n    if row and t:\n        out.append(row)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary that is tested behind what may change it",
        function("out = []\nfor row in rows:\n    t = row.pop()\n    if row.a() > t:\n        out.append(row)\nreturn out"),
        "temporary-later",
    ),
    Declines(
        "a temporary whose value reads what an inner loop binds",
        function(
            "out = []\ncell = [[1], [2]]\nfor row in rows:\n    cells = cell\n    for cell in cells:\n        out.append(cell)\nreturn out"
        ),
        "target",
    ),
    Declines(
        "a temporary whose value is read in the next turn",
        function("out = []\nt = 0\nfor row in rows:\n    t = t + row\n    if t:\n        out.append(row)\nreturn out"),
        "carried",
    ),
    Declines(
        "a temporary that is tested, and read after the loop",
        function("out = []\nfor row in rows:\n    t = abs(row)\n    if t:\n        out.append(row)\nreturn out, t"),
        "used-after",
    ),
]

IGNORES = [
    Ignores("a loop with else", function("out = []\nfor a in rows:\n    out.append(a)\nelse:\n    print(1)\nreturn out")),
    Ignores("a dict's loop with else", function("d = {}\nfor a in rows:\n    d[a] = 1\nelse:\n    print(1)\nreturn d")),
    Ignores(
        "an inner loop with else",
        function("o = []\nfor a in rows:\n    for b in a:\n        o.append(b)\n    else:\n        print(1)\nreturn o"),
    ),
    Ignores("a loop that starts with a text", function("out = []\nfor a in rows:\n    'doc'\n    out.append(a)\nreturn out")),
    Ignores("a loop that does something afterwards", function("out = []\nfor a in rows:\n    out.append(a)\n    print(a)\nreturn out")),
    Ignores(
        "an if that does something afterwards",
        function("out = []\nfor a in rows:\n    if a:\n        out.append(a)\n        print(a)\nreturn out"),
    ),
    Ignores("a list bound to something else last", function("out = []\nout = rows\nfor a in (1, 2):\n    out.append(a)\nreturn out")),
    Ignores(
        "a temporary that is changed first", function("out = []\nfor a in rows:\n    b = [a]\n    b[0] = 1\n    out.append(b)\nreturn out")
    ),
    Ignores("a list in a list, chosen by the turn", function("out = [[], []]\nfor a in rows:\n    out[a > 1].append(a)\nreturn out")),
    Ignores("a loop that breaks", function("out = []\nfor a in rows:\n    if a:\n        break\n    out.append(a)\nreturn out")),
    Ignores("a loop that does something else too", function("out = []\nfor a in rows:\n    print(a)\n    out.append(a)\nreturn out")),
    Ignores("a list that is not empty at first", function("out = [0]\nfor a in rows:\n    out.append(a)\nreturn out")),
    Ignores("a list that was made elsewhere", function("for a in rows:\n    out.append(a)\nreturn out", "def f(rows, out):")),
    Ignores("a receiver that depends on the turn (sourcery#279)", function("for a in rows:\n    (x if a else y).append(a)")),
    Ignores("two names for the list", function("out = both = []\nfor a in rows:\n    out.append(a)\nreturn out")),
    Ignores(
        "append to an attribute (sourcery#271)", function("self.out = []\nfor a in rows:\n    self.out.append(a)", "def f(self, rows):")
    ),
    Ignores("a starred argument", function("out = []\nfor a in rows:\n    out.append(*a)\nreturn out")),
    Ignores(
        "an if with else", function("out = []\nfor a in rows:\n    if a:\n        out.append(a)\n    else:\n        print(a)\nreturn out")
    ),
]


@pytest.mark.parametrize("case", [*REWRITES, *DECLINES, *IGNORES], ids=names([*REWRITES, *DECLINES, *IGNORES]))
def test_case(case: Case) -> None:
    check(case, "comprehension")
