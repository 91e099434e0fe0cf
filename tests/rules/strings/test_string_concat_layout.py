"""`string-concat`: where the f-string goes, and what becomes of the parentheses and the lines that the chain had."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Rewrites, check, names

CASES: list[Case] = [
    Rewrites(
        "no space between a keyword and the parentheses",
        'def f(a: str):\n    return("a" + a)\n',
        'def f(a: str):\n    return(f"a{a}")\n',
        ("f('q')",),
    ),
    Declines(
        "parentheses that stay count for the width",
        'def f(a: str, x):\n    return(a+"b123")\n',
        "too-long",
        line_length=21,
        skip=("tabs", "function", "method"),
    ),
    Rewrites(
        "a parenthesis of a comment is none",
        """
        def f(a: str):
            print(12,  # (
                "some words more or less" + a)
        """,
        """
        def f(a: str):
            print(12,  # (
                f"some words more or less{a}")
        """,
        ("f('q')",),
        line_length=30,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "parentheses on a line with a comment",
        'def f(a: str):\n    return ("a" + a)  # why\n',
        'def f(a: str):\n    return f"a{a}"  # why\n',
        ("f('q')",),
    ),
    Rewrites(
        "parentheses in what cannot be cut out as text",
        """
        def f(a: str, g):
            g(sep=("a" + a), *("b" + a))
            return [1 for letter in ("c" + a)], lambda end=("d" + a): end
        """,
        """
        def f(a: str, g):
            g(sep=f"a{a}", *f"b{a}")
            return [1 for letter in f"c{a}"], lambda end=f"d{a}": end
        """,
        ("f('q', print)",),
    ),
    Rewrites(
        "parentheses in a subscript with slices",
        """
        def f(a: str, new):
            d = new()
            d["b", ("c" + a)] = 1
            return d, lambda table: table[1:2, ("c" + a)]
        """,
        """
        def f(a: str, new):
            d = new()
            d["b", f"c{a}"] = 1
            return d, lambda table: table[1:2, f"c{a}"]
        """,
        ("f('q', dict)",),
    ),
    Declines(
        "a line too long that would get longer",
        'def f(a: str, x):\n    return x(1, 2, 345, a+"b")\n',
        "too-long",
        line_length=24,
        skip=("tabs", "function", "method"),
    ),
    Rewrites(
        "a call's brackets on other lines close up, each for itself",
        """
        def f(a: str):
            print(
                "a" + a)
            print("b" + a
            )
        """,
        """
        def f(a: str):
            print(f"a{a}")
            print(f"b{a}")
        """,
        ("f('q')",),
    ),
    Rewrites(
        "a newline in the text with no words on the line below",
        r"""
        def f(a: str):
            x = ("line\n"
                + a)
            return x
        """,
        r"""
        def f(a: str):
            x = f"line\n{a}"
            return x
        """,
        ("f('q')",),
    ),
    Rewrites(
        "a line without words above one with words",
        r"""
        def f(a: str, b: str):
            x = (a + b
                + " words\n"
                + "more" + b)
            return x
        """,
        r"""
        def f(a: str, b: str):
            x = (f"{a}{b} words\n"
                f"more{b}")
            return x
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "operands below each other, with a newline in the text",
        r"""
        def f(a: str):
            x = (a
                + " words\n"
                + "more")
            return x
        """,
        r"""
        def f(a: str):
            x = (
                f"{a} words\n"
                "more"
            )
            return x
        """,
        ("f('q')",),
    ),
    Rewrites(
        "an element in parentheses of its own stays on its lines",
        r"""
        def f(a: str):
            return [("a\n"
                "b" + a)]
        """,
        r"""
        def f(a: str):
            return [("a\n"
                f"b{a}")]
        """,
        ("f('q')",),
    ),
    Rewrites(
        "a line that an f-string makes too long",
        r"""
        def f(a: str):
            return ("some words\n" +
                    a+"more words")
        """,
        r"""
        def f(a: str):
            return (
                "some words\n"
                f"{a}more words"
            )
        """,
        ("f('q')",),
        line_length=28,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "brackets in a comprehension that a clause follows are not spread",
        """
        def f(a: str, x):
            return [str("some words here which" + a + "so many that" + a + " no " + a+"x, and more") for q in x]
        """,
        """
        def f(a: str, x):
            return [str(f"some words here which{a}so many that{a} no {a}x, and more") for q in x]
        """,
        ("f('q', 'xy')",),
        line_length=66,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "brackets in others that hold two lines",
        'def f(a: str):\n    print(len("some words here so" + a + "more words here ok"))\n',
        """
        def f(a: str):
            print(len(
                f"some words here so{a}"
                "more words here ok"
            ))
        """,
        ("f('q')",),
        line_length=40,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "brackets in others on several lines",
        """
        def f(a: str):
            print(len("some words here"
                      + a
                      + "more words"))
        """,
        """
        def f(a: str):
            print(len(
                f"some words here{a}more words"
            ))
        """,
        ("f('q')",),
        line_length=44,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "an element with others on its line",
        """
        def f(a: str, x):
            x = [
               x, "some words here so" + a + "more words here",
               "some words here so"  + a + "more words here", x,
            ]
            return x
        """,
        """
        def f(a: str, x):
            x = [
               x, f"some words here so{a}more words here",
               f"some words here so{a}more words here", x,
            ]
            return x
        """,
        line_length=40,
        wrap=False,
        skip=("tabs",),
    ),
    Declines(
        "an argument that a backslash continues",
        r"""
        def f(a: str, x):
            print(x, "some words here so" + a + \
               "more words here")
        """,
        "too-long",
        line_length=40,
        skip=("tabs", "function", "method"),
    ),
    Declines(
        "an argument that starts too far to the right",
        'def f(a: str, x):\n    print(x, 1, 3, 4, 5, 6, 7,a+"words of text here")\n',
        "too-long",
        line_length=50,
        skip=("tabs", "function", "method"),
    ),
    Rewrites(
        "no room for a name on the line below",
        """
        def f(name: str):
            return ("some words, and some more, for " + name + " and now so many words that it gets long too")
        """,
        """
        def f(name: str):
            return (
                f"some words, and some more, for {name}"
                " and now so many words that it gets long too"
            )
        """,
        ("f('q')",),
        line_length=60,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "a line ends behind words, not behind a space before them",
        """
        def f(name: str):
            return (name + "some words, and some more, for " + "one" + " and now so many words that it gets" + name)
        """,
        """
        def f(name: str):
            return (
                f"{name}some words, and some more, for one"
                f" and now so many words that it gets{name}"
            )
        """,
        ("f('q')",),
        line_length=60,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "a name that the words behind it go on from stays above",
        """
        def f(name: str):
            return ("some words, and some more, for " + name + "and now so many words that it" + name)
        """,
        """
        def f(name: str):
            return (
                f"some words, and some more, for {name}"
                f"and now so many words that it{name}"
            )
        """,
        ("f('q')",),
        line_length=60,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "a name that goes on from the words before it stays above",
        """
        def f(name: str):
            return ("some words, and some more, for" + name + " and now so many words that it" + name)
        """,
        """
        def f(name: str):
            return (
                f"some words, and some more, for{name}"
                f" and now so many words that it{name}"
            )
        """,
        ("f('q')",),
        line_length=60,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "a raw backslash and n are no newline",
        r"""
        def f(a: str):
            return (r"some\n" +
                    a + r"more")
        """,
        r"""
        def f(a: str):
            return rf"some\n{a}more"
        """,
        ("f('q')",),
    ),
    Rewrites(
        "the parentheses that a field keeps count for the width",
        'def f(a: str):\n    return"x"+str((yield a))\n',
        """
        def f(a: str):
            return(
                f"x{(yield a)!s}"
            )
        """,
        ('[*f("q")]',),
        line_length=26,
        wrap=False,
        skip=("tabs",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_where_the_text_goes(case: Case) -> None:
    check(case, "string-concat")
