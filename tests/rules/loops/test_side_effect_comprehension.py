"""`side-effect-comprehension`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names

REWRITES = [
    Rewrites(
        "lines that are broken inside brackets move with the lines they belong to",
        """
        def f(rows, keep):
            [
                print(
                    row
                )
                for row in rows.get(
                    keep
                )
                if keep(
                    row
                )
            ]
        """,
        """
        def f(rows, keep):
            for row in rows.get(
                keep
            ):
                if keep(
                    row
                ):
                    print(
                        row
                    )
        """,
    ),
    Rewrites(
        "lines that only the comprehension's brackets held together, and that end with another",
        "def f(xs, add):\n    [add(x) +\n     add(-x) for x in xs]",
        "def f(xs, add):\n    for x in xs:\n        (add(x) +\n         add(-x))",
        ("f([1, 0], lambda x: print(x) or 1)",),
        skip=("tabs",),
    ),
    Rewrites(
        "the user's own sample",
        "xs = [1, 2]\n[print(x) for x in xs]",
        "xs = [1, 2]\nfor x in xs:\n    print(x)",
        skip=("tabs",),
    ),
    Rewrites(
        "with a condition",
        "def f(xs):\n    [print(x) for x in xs if x]",
        "def f(xs):\n    for x in xs:\n        if x:\n            print(x)",
        ("f([1, 0])",),
    ),
    Rewrites(
        "with two loops and a tuple target",
        "def f(xs):\n    [print(a, y) for a, b in xs for y in b]",
        "def f(xs):\n    for a, b in xs:\n        for y in b:\n            print(a, y)",
        ("f([(1, [2, 3])])", "f([1])"),
    ),
    Rewrites(
        "a choice between two calls",
        "def f(xs):\n    [print(x) if x else print('none') for x in xs]",
        "def f(xs):\n    for x in xs:\n        if x:\n            print(x)\n        else:\n            print('none')",
        ("f([1, 0])",),
    ),
    Rewrites(
        "a choice between a call and nothing",
        "def f(xs):\n    [print(x) if x else None for x in xs]",
        "def f(xs):\n    for x in xs:\n        if x:\n            print(x)",
        ("f([1, 0])",),
    ),
    Rewrites(
        "and, or",
        "def f(xs):\n    [x and print(x) for x in xs]\n    [x or print(x) for x in xs]",
        "def f(xs):\n    for x in xs:\n        if x:\n            print(x)\n    for x in xs:\n        if not x:\n            print(x)",
        ("f([1, 0])",),
    ),
    Rewrites(
        "a set of what is certainly hashable",
        "def f(xs: list[str]):\n    {x.strip() for x in xs}",
        "def f(xs: list[str]):\n    for x in xs:\n        x.strip()",
        ("f(['a'])",),
    ),
    Rewrites(
        "a dict whose key is certainly hashable",
        "def f(xs: list[str]):\n    {x: print(x) for x in xs}",
        "def f(xs: list[str]):\n    for x in xs:\n        print(x)",
        ("f(['a'])",),
    ),
    Rewrites(
        "an awaited call",
        "async def f(xs):\n    [await x for x in xs]\n    [await x async for x in xs]",
        "async def f(xs):\n    for x in xs:\n        await x\n    async for x in xs:\n        await x",
    ),
    Rewrites(
        "comments inside move above, one behind stays behind",
        "def f(xs):\n    [  # all\n        print(x)  # this\n        for x in xs\n    ]  # end",
        "def f(xs):\n    # all\n    # this\n    for x in xs:\n        print(x)  # end",
        ("f([1])",),
    ),
    Rewrites(
        "a yield as the iterable, which keeps its parentheses",
        "def f(xs):\n    [print(x) for x in (yield)]\n    [print(x) for x in (yield from xs)]",
        "def f(xs):\n    for x in (yield):\n        print(x)\n    for x in (yield from xs):\n        print(x)",
    ),
    Rewrites(
        "an assignment expression, which stays bound",
        "def f(xs):\n    [(y := x) for x in xs]\n    return y",
        "def f(xs):\n    for x in xs:\n        y = x\n    return y",
        ("f([1, 2])", "f([])"),
    ),
    Rewrites(
        "a call over several lines",
        "def f(xs):\n    [\n        print(\n            x,\n        )\n        for x in xs\n    ]",
        "def f(xs):\n    for x in xs:\n        print(\n            x,\n        )",
        ("f([1])",),
        skip=("tabs",),
    ),
    Rewrites(
        "a name that the scope binds anew before it uses it again",
        "def f(xs):\n    x = 1\n    print(x)\n    [print(x) for x in xs]\n    x = 2\n    return x",
        "def f(xs):\n    x = 1\n    print(x)\n    for x in xs:\n        print(x)\n    x = 2\n    return x",
        ("f([1])",),
    ),
    Rewrites(
        "a name that other comprehensions use for themselves",
        "def f(xs):\n    [print(x) for x in xs]\n    return [x for x in xs]",
        "def f(xs):\n    for x in xs:\n        print(x)\n    return [x for x in xs]",
        ("f([1])",),
    ),
    Rewrites(
        "a name bound on the way, in parentheses",
        "def f(rows):\n    [(y := print(x)) for x in rows]\n",
        "def f(rows):\n    for x in rows:\n        y = print(x)\n",
        ("f([1, 2])",),
    ),
    Rewrites(
        "a condition over two lines gets parentheses",
        "def f(rows):\n    [print(x) for x in rows if x > 0 and\n        x < 9]\n",
        "def f(rows):\n    for x in rows:\n        if (x > 0 and\n            x < 9):\n            print(x)\n",
        ("f([0, 1, 9])",),
        skip=("tabs",),
    ),
]

DECLINES = [
    Declines("the variable would hide one that is used later", "def f(xs, x):\n    [print(x) for x in xs]\n    return x", "leaks"),
    Declines(
        "the variable would hide a global one",
        "x = 1\ndef f(xs):\n    [print(x) for x in xs]\n    return x",
        "leaks",
        skip=("function", "method"),
    ),
    Declines(
        "the variable would hide a private one that is used later",
        "class C:\n    def f(self, xs, __x):\n        [print(__x) for __x in xs]\n        return __x",
        "leaks",
    ),
    Declines("the variable would hide a builtin", "def f(xs):\n    [print(id) for id in xs]\n    return id(xs)", "leaks"),
    Declines(
        "a function below uses an outer variable of that name",
        "def f(xs, x=1):\n    def g():\n        return x\n    [print(x) for x in xs]\n    return g()",
        "leaks",
    ),
    Declines(
        "the loop around reads the variable in its next turn",
        "def f(xs):\n    x = 0\n    while x < 2:\n        x += 1\n        print(x)\n        [print(x) for x in xs]",
        "leaks",
    ),
    Declines("the variable deleted later", "def f(xs):\n    [print(x) for x in xs]\n    del x", "leaks"),
    Declines("the variable is the iterable's name too, and used later", "def f(xs):\n    [print(xs) for xs in xs]\n    return xs", "leaks"),
    Declines(
        "a function made later reads an outer variable", "x = 5\ndef f():\n    [print(x) for x in (1,)]\n    return lambda: x", "leaks"
    ),
    Declines("a lambda captures the variable", "def f(xs, out):\n    [out.append(lambda: x) for x in xs]", "closure"),
    Declines("a class body", "class C:\n    [print(x) for x in (1, 2)]", "class-body", skip=("function", "method")),
    Declines("locals() sees the variable", "def f(xs):\n    [print(x) for x in xs]\n    return locals()", "names-seen"),
    Declines("nothing is called", "def f(xs):\n    [x for x in xs]", "idle"),
    Declines("a set that may raise", "def f(xs):\n    {g(x) for x in xs}", "unhashable"),
    Declines("a dict that evaluates key and value", "def f(xs: list[str]):\n    {x.strip(): print(x) for x in xs}", "pair"),
    Declines("a line that holds two statements", "def f(xs):\n    a = 1; [print(x) for x in xs]", "same-line"),
    Declines("a line that holds the statement around", "def f(xs):\n    if xs: [print(x) for x in xs]", "same-line"),
    Declines("a global variable", "def f(xs):\n    global x\n    [print(x) for x in xs]", "leaks", skip=("function", "method")),
    Declines("elements that are known and cannot be hashed", "def f(rows):\n    {list(print(x) or ()) for x in rows}", "unhashable"),
    Declines("a string over two lines", 'def f(rows):\n    [print("""a\n b""") for x in rows]', "long-string"),
    Declines("a generator that is kept", "def f(rows, keep):\n    [keep(x for y in rows) for x in rows]", "closure"),
    Declines("another statement behind it", "def f(rows):\n    [print(x) for x in rows]; rows.clear()", "same-line"),
]

IGNORES = [
    Ignores("a result that is used", "def f(xs):\n    y = [print(x) for x in xs]\n    return y"),
    Ignores("a generator expression, which does nothing", "def f(xs):\n    (print(x) for x in xs)"),
    Ignores("a list display", "def f(xs):\n    [print(xs)]"),
]


@pytest.mark.parametrize("case", [*REWRITES, *DECLINES, *IGNORES], ids=names([*REWRITES, *DECLINES, *IGNORES]))
def test_case(case: Case) -> None:
    check(case, "side-effect-comprehension")
