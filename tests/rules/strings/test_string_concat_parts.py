"""`string-concat`: what the operands of a chain become, words and fields."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Rewrites, check, names

CASES: list[Case] = [
    Declines(
        "three calls with keywords only",
        'def f(a, b, c):\n    return str(a(x=1)) + "/" + str(b(x=1)) + "/" + str(c(x=1))\n',
        "reads-apart",
    ),
    Rewrites(
        "one operation in brackets",
        'def f(a: int, b: int):\n    return "n: " + str((a + b) * 2)\n',
        'def f(a: int, b: int):\n    return f"n: {(a + b) * 2}"\n',
        ("f(1, 2)",),
    ),
    Rewrites(
        "operations as arguments, which need no brackets",
        'def f(a: int, b: int, g, h):\n    return "n: " + str(g(a + h(a * b)))\n',
        'def f(a: int, b: int, g, h):\n    return f"n: {g(a + h(a * b))!s}"\n',
        ("f(1, 2, abs, abs)",),
    ),
    Rewrites(
        "a choice that is between no literals",
        """
        def f(a: dict, b: list[str], p: str, q: str):
            return "n: " + str(a.get("k", p or q)) + ", ".join(b)
        """,
        """
        def f(a: dict, b: list[str], p: str, q: str):
            return f"n: {a.get('k', p or q)!s}{', '.join(b)}"
        """,
        ("f({}, ['x'], 'p', 'q')",),
    ),
    Declines(
        "a percent sign that an escape stands for",
        r"""
        def f(a: str):
            return "\x25%s" % a + "x"
        """,
        "template-operand",
    ),
    Rewrites(
        "a number of a certain width in the chain",
        'def f(a: str):\n    return "x" + "%05d" % len(a) + a\n',
        'def f(a: str):\n    return f"x{len(a):05d}{a}"\n',
        ("f('q')",),
    ),
    Declines(
        "values in the chain that are not to be seen",
        'def f(a, c: str):\n    return "x" + "%s%s" % (*a, 1) + c\n',
        "template-operand",
    ),
    Rewrites(
        "an unknown value before numbers",
        'def f(a, c: str):\n    return "x" + "%s%s" % (a, 1) + c\n',
        'def f(a, c: str):\n    return f"x{a!s}{1}{c}"\n',
        ("f(1.5, 'q')",),
    ),
    Declines(
        "a triple-quoted template in the chain",
        'def f(a: str, c: str):\n    return "x" + """%s""" % a + c\n',
        "triple-quoted",
    ),
    Rewrites(
        "the quotes of the literals, not those of the fields, are most",
        "def f(a: str):\n    return \"a\" + a.join('b') + a.join('c') + 'd' + \"e\"\n",
        "def f(a: str):\n    return f\"a{a.join('b')}{a.join('c')}de\"\n",
        ("f('qr')",),
    ),
    Rewrites(
        "str of a literal",
        'def f(a: str):\n    return "a" + str("b") + a\n',
        "def f(a: str):\n    return f\"a{str('b')}{a}\"\n",
        ("f('q')",),
    ),
    Declines(
        "an operand with much space in it",
        "def f(a: str, g):\n    return 'a' + g(\n" + " " * 1200 + "a, 1)\n",
        "multi-line-operand",
        mentions="`g( a, 1)`",
    ),
    Declines(
        "an operand over two lines that end as on old machines",
        "def f(a: str, g):\r    return 'a' + g(\r        a)\r\n",
        "multi-line-operand",
        skip=("crlf", "no-newline"),
    ),
    Declines(
        "a literal that goes on on a line that ends as on old machines",
        "def f(a: str, g):\r    return 'a\\\rb' + a\r\n",
        "continued-literal",
        skip=("crlf", "no-newline"),
    ),
    Declines(
        "an empty literal that nothing is joined to",
        'def f(a: str):\n    return a + ""\n',
        "nothing-to-join",
        mentions='`""` is empty',
    ),
    Declines(
        "a literal in a field with three quotes, one of which is the own",
        'def f(a: str, d: dict[str, str]):\n    return \'n \' + a + d["""it\'s"""]\n',
        "quotes",
        mentions='for `d["""it\'s"""]` between single quotes',
    ),
    Rewrites(
        "a literal in a field with three quotes that stay",
        "def f(d: dict[str, str]):\n    return \"n \" + d['''it's''']\n",
        "def f(d: dict[str, str]):\n    return f\"n {d['''it's''']}\"\n",
        ("f({\"it's\": 'q'})",),
    ),
    Rewrites(
        "a field that was one already, at the end of the line",
        'def f(a: str):\n    return f"{a}"+"bc"\n',
        'def f(a: str):\n    return f"{a}bc"\n',
        ("f('q')",),
        line_length=19,
        wrap=False,
        skip=("tabs",),
    ),
    Declines(
        "a raw literal behind one with escapes",
        r"""
        def f(a: str):
            return "a\n" + r"\d" + a
        """,
        "raw",
        mentions="`\\d`",
    ),
    Declines(
        "braces behind words without",
        'def f(a: str):\n    return "x" + a + "{1} {2}"\n',
        "braces",
        mentions="`{1} {2}`",
    ),
    Rewrites(
        "backslashes before both sorts of quotes",
        r"""
        def f(a: str):
            return "it\'s \"x\" " + a
        """,
        r"""
        def f(a: str):
            return f"it\'s \"x\" {a}"
        """,
        ("f('q')",),
    ),
    Rewrites(
        "an operand that touches no brace before it",
        'def f(n: str):\n    return "{a} " + n.upper()\n',
        'def f(n: str):\n    return f"{{a}} {n.upper()}"\n',
        ("f('q')",),
    ),
    Rewrites(
        "an operand that touches no brace behind it",
        'def f(n: str):\n    return n.upper() + " {a}"\n',
        'def f(n: str):\n    return f"{n.upper()} {{a}}"\n',
        ("f('q')",),
    ),
    Rewrites(
        "a raw backslash and a digit are no octal escape",
        r"""
        def f(a: str):
            return r"\1" + "2" + a
        """,
        r"""
        def f(a: str):
            return rf"\12{a}"
        """,
        ("f('q')",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_what_the_operands_become(case: Case) -> None:
    check(case, "string-concat")
