"""`format-string`: what a template and its values become, and on which lines."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Rewrites, check, names

CASES: list[Case] = [
    Rewrites(
        "letters around a value with quotes are no quotes",
        'def f(d: dict[str, int]):\n    return "x{}x and y".format(d["k"])\n',
        "def f(d: dict[str, int]):\n    return f\"x{d['k']}x and y\"\n",
        ("f({'k': 1})",),
    ),
    Rewrites(
        "a lone field in a chain, which is to become its part",
        'def f(a: str, b: str):\n    return "%s" % a + b\n',
        'def f(a: str, b: str):\n    return f"{a}" + b\n',
        ("f('q', 'r')",),
    ),
    Rewrites(
        "a lone field in a chain, on the right and behind a literal",
        'def f(a: str, n: int, b: str):\n    return "<" + b + ("{}".format(n) + "%s" % a)\n',
        'def f(a: str, n: int, b: str):\n    return "<" + b + (f"{n}" + f"{a}")\n',
        ("f('q', 1, 'r')",),
    ),
    Rewrites(
        "a lone field that is added to what may be no str",
        'def f(a: str, b):\n    return "%s" % a + b\n',
        "def f(a: str, b):\n    return str(a) + b\n",
        ("f('q', 'r')",),
    ),
    Rewrites(
        "a lone field that is added to what may be None",
        'def f(a: str, b: str | None):\n    return "%s" % a + b\n',
        "def f(a: str, b: str | None):\n    return str(a) + b\n",
        ("f('q', 'r')", "f('q', None)"),
    ),
    Rewrites(
        "a lone field in a longer chain with such a value",
        'def f(a: str, b: str, c):\n    return b + "{}".format(a) + c\n',
        "def f(a: str, b: str, c):\n    return b + str(a) + c\n",
        ("f('q', 'r', 's')", "f('q', 'r', 1)"),
    ),
    Rewrites(
        "a lone field in a product",
        'def f(a: str, b: str):\n    return "%s" % a * 2\n',
        "def f(a: str, b: str):\n    return str(a) * 2\n",
        ("f('q', 'r')",),
    ),
    Rewrites(
        "brackets around a template with brackets",
        """
        def f(a: str, b: str):
            return (("some words, "
                "and more: %s, %s") % (a, b))
        """,
        """
        def f(a: str, b: str):
            return (("some words, "
                f"and more: {a}, {b}"))
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "a value with triple quotes of the other sort",
        "def f(d: dict[str, str]):\n    return \"n %s\" % d['''it's''']\n",
        "def f(d: dict[str, str]):\n    return f\"n {d['''it's''']}\"\n",
        ("f({\"it's\": 'q'})",),
    ),
    Declines(
        "a value with the triple quotes of the template",
        """
        def f(d: dict[str, str]):
            return '''some
            %s words''' % d['''k''']
        """,
        "quotes",
    ),
    Rewrites(
        "a pattern's count on a line without fields",
        r"""
        def f(a: str, b: str):
            return ("x{2,4} and y\n"
                "more %s, %s" % (a, b))
        """,
        r"""
        def f(a: str, b: str):
            return ("x{2,4} and y\n"
                f"more {a}, {b}")
        """,
        ("f('q', 'r')",),
    ),
    Declines(
        "a number between braces",
        'def f(a: int):\n    return "x {%d}" % a\n',
        "braces",
    ),
    Rewrites(
        "a template between triple quotes, whose lines are not too long",
        'def f(a: str, b: str):\n    x = """\n    some words %s\n    more words that are long %s\n    """ % (a, b)\n    return x\n',
        'def f(a: str, b: str):\n    x = f"""\n    some words {a}\n    more words that are long {b}\n    """\n    return x\n',
        ("f('q', 'r')",),
        line_length=50,
        wrap=False,
        skip=("tabs",),
    ),
    Declines(
        "a line that gets too long",
        'def f(a):\n    return "xyz%s"%a\n',
        "tuple",
        line_length=20,
        skip=("tabs", "function", "method"),
        unsafe=True,
    ),
    Rewrites(
        "lines below each other in a call",
        """
        def f(a, b):
            print("some words %s, "
                  "more words %s" % (a, b))
        """,
        """
        def f(a, b):
            print(f"some words {a!s}, "
                  f"more words {b!s}")
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "lines in parentheses of their own, with a space around them",
        """
        def f(a, b):
            print( ("some words %s, "
                    "more words %s") % (a, b))
        """,
        """
        def f(a, b):
            print( (f"some words {a!s}, "
                    f"more words {b!s}"))
        """,
        ("f('q', 'r')",),
    ),
    Declines(
        "a line that cannot be spelled",
        """
        def f(a, b):
            print("some words %s, "
                  "{a} {b} {c} more words %s" % (a, b))
        """,
        "braces",
    ),
    Rewrites(
        "an empty literal at the start of a line",
        """
        def f(a, b):
            x = ("some words %s, "
                 "" "more words %s" % (a, b))
            return x
        """,
        """
        def f(a, b):
            x = (f"some words {a!s}, "
                    f"more words {b!s}")
            return x
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "parentheses that a line ends behind",
        """
        def f(a, b):
            print((
                "some words %s, "
                "more words %s") % (a, b))
        """,
        """
        def f(a, b):
            print((
                f"some words {a!s}, "
                f"more words {b!s}"))
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "a line with nothing but a field",
        """
        def f(a, b):
            print("%s"
                  "more words %s" % (a, b))
        """,
        """
        def f(a, b):
            print(f"{a!s}"
                  f"more words {b!s}")
        """,
        ("f('q', 'r')",),
    ),
    Declines(
        "a line too long that is one word",
        """
        def f(a, b):
            print("somewordsandwordsandwords%s"
                  "more %s" % (a, b))
        """,
        "too-long",
        line_length=40,
        skip=("tabs", "function", "method"),
    ),
    Rewrites(
        "a value of which is known what it can do",
        """
        from typing import SupportsIndex
        def f(a: SupportsIndex):
            return "n %d" % a
        """,
        """
        from typing import SupportsIndex
        def f(a: SupportsIndex):
            return f"n {a:d}"
        """,
        ("f(3)",),
        unsafe="type",
    ),
    Rewrites(
        "a look-up in a format spec",
        'def f(a):\n    return "n {0:{1.real}}".format(a, 5)\n',
        'def f(a):\n    return f"n {a:{(5).real}}"\n',
        ("f(3)",),
    ),
    Rewrites(
        "a conversion in a format spec",
        'def f(a):\n    return "n {0:{1!s}}".format(a, 5)\n',
        'def f(a):\n    return f"n {a:{5!s}}"\n',
        ("f(3)",),
    ),
    Rewrites(
        "a constant in a format spec that is no text",
        'def f(a):\n    return "n {:{}}".format(a, None)\n',
        'def f(a):\n    return f"n {a:{None}}"\n',
        ("f(3)",),
    ),
    Declines(
        "a quote in a format spec",
        'def f(a):\n    return "n {:{}}".format(a, "\'")\n',
        "invalid-template",
    ),
    Declines(
        "a letter of another alphabet in a format spec",
        'def f(a):\n    return "n {:{}}".format(a, "é>7")\n',
        "invalid-template",
    ),
    Declines(
        "a dict in a format spec",
        'def f(a, k):\n    return "n {:{}}".format(a, {1: 2}[k])\n',
        "invalid-template",
    ),
    Rewrites(
        "a sum in a format spec",
        'def f(a, k: int):\n    return "n {:{}}".format(a, k + k)\n',
        'def f(a, k: int):\n    return f"n {a:{k + k}}"\n',
        ("f(3, 2)",),
    ),
    Rewrites(
        "a look-up in a sum that starts with brackets and ends with them",
        'def f(a: int, k: int):\n    return "n {0.real}".format((a) + (k))\n',
        'def f(a: int, k: int):\n    return f"n {((a) + (k)).real}"\n',
        ("f(3, True)",),
    ),
    Rewrites(
        "a look-up in a product of sums",
        'def f(a: int, k: int):\n    return "n {0.real.imag}".format((a + k) * (a))\n',
        'def f(a: int, k: int):\n    return f"n {((a + k) * (a)).real.imag}"\n',
        ("f(3, 2)",),
    ),
    Rewrites(
        "a look-up in a tuple",
        'def f(a: int, k: int):\n    return "n {0[1]}".format((a, k))\n',
        'def f(a: int, k: int):\n    return f"n {(a, k)[1]}"\n',
        ("f(3, 2)",),
    ),
    Rewrites(
        "a look-up in what is sent",
        """
        def f(a: int):
            print("n {0.real}".format((yield a) or 0))
            print("n {0.__class__}".format((yield a)))
        """,
        """
        def f(a: int):
            print(f"n {((yield a) or 0).real}")
            print(f"n {(yield a).__class__}")
        """,
        ("[*f(3)]",),
    ),
    Declines(
        "a look-up in a literal",
        'def f(a):\n    return "n {0.real} {1}".format("a", a)\n',
        "literal",
    ),
    Rewrites(
        "constants that are no whole numbers",
        'def f(a: int):\n    return "n %s %s %s" % (a, None, 1.50)\n',
        'def f(a: int):\n    return f"n {a} {None} {1.50}"\n',
        ("f(3)",),
    ),
    Rewrites(
        "text made of a value, with a format spec",
        'def f(a):\n    return "n {:>5}".format(str(a))\n',
        'def f(a):\n    return f"n {str(a):>5}"\n',
        ("f(3)",),
    ),
    Rewrites(
        "text made of a value, in which is looked up",
        'def f(a):\n    return "n {0.__class__}".format(str(a))\n',
        'def f(a):\n    return f"n {str(a).__class__}"\n',
        ("f(3)",),
    ),
    Rewrites(
        "text made of a value, converted",
        'def f(a):\n    return "n {!r}".format(str(a))\n',
        'def f(a):\n    return f"n {str(a)!r}"\n',
        ("f(3)",),
    ),
    Rewrites(
        "a number that no field takes",
        'def f(a):\n    return "n {0}".format(a, 1)\n',
        'def f(a):\n    return f"n {a}"\n',
        ("f(3)",),
    ),
    Rewrites(
        "a call before a number",
        'def f(a, g):\n    return "n {} {}".format(g(a), 1)\n',
        'def f(a, g):\n    return f"n {g(a)} 1"\n',
        ("f(3, abs)",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_what_the_values_become(case: Case) -> None:
    check(case, "format-string")
