"""`string-concat`: the author's lines, where comments stand behind them, or text that no f-string on one line could say."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Rewrites, check, names

CASES: list[Case] = [
    Rewrites(
        "comments behind the lines and between them",
        """
        def f(a: str, b: str):
            return (
                "the " + a + " " +  # which
                # and then

                "of " + b +   # whose
                "!"
            )
        """,
        """
        def f(a: str, b: str):
            return (
                f"the {a} "  # which
                # and then

                f"of {b}"   # whose
                "!"
            )
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "plus signs at the start of the lines",
        """
        def f(a: str, b: str):
            return ("the " + a  # which
                    # and then
                    + " of " + b + "!")
        """,
        """
        def f(a: str, b: str):
            return (f"the {a}"  # which
                    # and then
                    f" of {b}!")
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "comments behind tabs",
        """
        def f(a: str):
            return ("a" + a +\t\t# which
                    "bb" + a +\t# whose
                    "!")
        """,
        """
        def f(a: str):
            return (f"a{a}"\t\t# which
                    f"bb{a}"\t# whose
                    "!")
        """,
        ("f('q')",),
    ),
    Declines(
        "a line that starts in brackets which the f-string would not have",
        """
        def f(a: str, b: str):
            return ("the " + (a + " of "  # which
                              + b) + "!")
        """,
        "comment",
    ),
    Rewrites(
        "brackets around lines, which none starts in",
        """
        def f(a: str, b: str):
            return (("the " + a)  # which
                    + (" of (" + b + "!"))
        """,
        """
        def f(a: str, b: str):
            return (f"the {a}"  # which
                    f" of ({b}!")
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "comments between implicitly joined literals",
        """
        def f(a: str):
            return (a + "b"  # why
                    "c")
        """,
        """
        def f(a: str):
            return (f"{a}b"  # why
                    "c")
        """,
        ("f('q')",),
    ),
    Rewrites(
        "comments below each other stay so, as far behind the longest line as they were",
        """
        def f(a: str, b: str):
            return ("(" + a + ")"               # first
                    "(" + a + "|" + b + "|z)"   # second
                    "and" + b)
        """,
        """
        def f(a: str, b: str):
            return (f"({a})"         # first
                    f"({a}|{b}|z)"   # second
                    f"and{b}")
        """,
        ("f('q', 'r')",),
        skip=("tabs",),
    ),
    Rewrites(
        "the comment behind the chain, which moves with its end, is one of them",
        """
        def f(a: str, b: str):
            return [("(" + a + ")"           # first
                     "(a|b)"                 # second
                     "and" + b + a + "z")]   # third
        """,
        """
        def f(a: str, b: str):
            return [(f"({a})"          # first
                     "(a|b)"           # second
                     f"and{b}{a}z")]   # third
        """,
        ("f('q', 'r')",),
        skip=("tabs",),
    ),
    Rewrites(
        "it is none of them where the lines above would reach beyond it",
        """
        def f(a: str, b: str):
            return [("the first of these is " + a + "x"  # first
                     "b" + b + "a" + a + "b" + b)]       # second
        """,
        """
        def f(a: str, b: str):
            return [(f"the first of these is {a}x"  # first
                     f"b{b}a{a}b{b}")]       # second
        """,
        ("f('q', 'r')",),
        skip=("tabs",),
    ),
    Rewrites(
        "a comment in another column stands as far behind its line as before",
        """
        def f(a: str, b: str):
            return ("(" + a + ")" +  # first
                    "(" + a + b + ")" +    # second
                    "and" + b)
        """,
        """
        def f(a: str, b: str):
            return (f"({a})"  # first
                    f"({a}{b})"    # second
                    f"and{b}")
        """,
        ("f('q', 'r')",),
        skip=("tabs",),
    ),
    Rewrites(
        "a comment that went over the line's end",
        """
        def f(a: str, b: str):
            return ("a" + a +  # a comment as long as this
                    "b" + b)
        """,
        """
        def f(a: str, b: str):
            return (f"a{a}"  # a comment as long as this
                    f"b{b}")
        """,
        ("f('q', 'r')",),
        line_length=30,
        wrap=False,
        skip=("tabs",),
    ),
    Rewrites(
        "an element of a list whose literals are joined by standing below each other",
        """
        def f(a: str, b: str):
            return ["one" + a + "two"   # first
                    "three",
                    1]
        """,
        """
        def f(a: str, b: str):
            return [f"one{a}two"   # first
                    "three",
                    1]
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "an element of a list that has parentheses of its own",
        """
        def f(a: str, b: str):
            return [("a" + a +  # first
                     "b" + b),
                    1]
        """,
        """
        def f(a: str, b: str):
            return [(f"a{a}"  # first
                     f"b{b}"),
                    1]
        """,
        ("f('q', 'r')",),
    ),
    Rewrites(
        "braces around a field, on lines that are too long for one",
        """
        def f(a: str):
            return ("the model of which nobody " + a + " knows {" + a
                    + "} the name (it may be wrong)")
        """,
        """
        def f(a: str):
            return (f"the model of which nobody {a} knows {{{a}"
                    "} the name (it may be wrong)")
        """,
        ("f('q')",),
        line_length=64,
    ),
    Rewrites(
        "such an element is too long for a line, and has no comment",
        """
        def f(a: str):
            return ["the model of which nobody " + a + " knows the name"
                    " (it may be wrong)", 1]
        """,
        """
        def f(a: str):
            return [f"the model of which nobody {a} knows the name"
                    " (it may be wrong)", 1]
        """,
        ("f('q')",),
        line_length=76,
        skip=("tabs",),
    ),
    Rewrites(
        "braces on other lines than the fields",
        r"""
        def f(a: str):
            return (r"(" + a + r")(\s*)"
                    r"(\{[^}]*)")
        """,
        r"""
        def f(a: str):
            return (rf"({a})(\s*)"
                    r"(\{[^}]*)")
        """,
        ("f('q')",),
    ),
    Rewrites(
        "many braces of plain text on other lines than the fields",
        """
        def f(a: str):
            return ("{one} {two}"
                    "three " + a)
        """,
        """
        def f(a: str):
            return ("{one} {two}"
                    f"three {a}")
        """,
        ("f('q')",),
    ),
    Rewrites(
        "raw literals and escapes on different lines",
        r"""
        def f(a: str):
            return (r"\d" + a +
                    "\n" + a)
        """,
        r"""
        def f(a: str):
            return (rf"\d{a}"
                    f"\n{a}")
        """,
        ("f('q')",),
    ),
    Rewrites(
        "an octal escape and a digit on different lines",
        r"""
        def f(a: str):
            return (a + "\1" +
                    "2" + a)
        """,
        r"""
        def f(a: str):
            return (f"{a}\1"
                    f"2{a}")
        """,
        ("f('q')",),
    ),
    Declines(
        "braces on the line of a field",
        r"""
        def f(a: str):
            return (r"(" + a + r"\{)(\s*)"
                    r"(\{[^}]*)")
        """,
        "raw-braces",
    ),
    Declines(
        "few braces on the line of a field, and many on another",
        """
        def f(a: str):
            return ("{one} {two}"
                    "{" + a)
        """,
        "braces",
    ),
    Declines(
        "braces, and a line without words",
        """
        def f(a: str):
            return ("{one} {two} " "three"
                    + a)
        """,
        "braces",
    ),
    Declines(
        "an operand on each line",
        """
        def f(a: str):
            return ("abc" +  # the start
                    a)
        """,
        "comment",
        mentions="line 2",
    ),
    Declines(
        "a line without words",
        """
        def f(a: str):
            return ("abc" + a + "d" +  # the start
                    a +
                    "e")
        """,
        "comment",
    ),
    Declines(
        "a comment inside an operand",
        """
        def f(a: str, b: str):
            return ("a" + str(  # why
                a) + "c" + b)
        """,
        "comment",
        mentions="line 2",
    ),
    Declines(
        "a comment inside an operand, on its second line",
        """
        def f(a: str, b: str):
            return ("a" + str(
                a  # why
                ) + "c" +
                "d" + b)
        """,
        "comment",
        mentions="line 3",
    ),
    Declines(
        "a comment inside the last operand",
        """
        def f(a: str, b: str):
            return ("a" + b +
                "c" + str(a  # why
                ))
        """,
        "comment",
        mentions="line 3",
    ),
    Declines(
        "a comment before an empty literal",
        """
        def f(a: str, b: str):
            return ("a" + a +
                    "b" + b +  # and nothing
                    "")
        """,
        "comment",
    ),
    Declines(
        "a comment behind an empty literal",
        """
        def f(a: str, b: str):
            return ("" +  # nothing
                    "a" + a +
                    "b" + b)
        """,
        "comment",
    ),
    Declines(
        "a comment before the first literal",
        """
        def f(a: str, b: str):
            return ((  # why
                "a" + b) + "c" +
                "d" + a)
        """,
        "comment",
        mentions="line 2",
    ),
    Declines(
        "a plus sign on a line of its own, with a comment",
        """
        def f(a: str, b: str):
            return ("a" + a
                +  # plus
                "b" + b)
        """,
        "comment",
    ),
    Declines(
        "an element of a list whose lines only plus signs join",
        """
        def f(a: str, b: str):
            return ["a" + a +  # first
                    "b" + b,
                    1]
        """,
        "comment",
    ),
    Declines(
        "an element of a list with a plus sign before its second line",
        """
        def f(a: str, b: str):
            return ["a" + a  # first
                    + "b" + b,
                    1]
        """,
        "comment",
    ),
    Declines(
        "an element of a list with a plus sign between its lines",
        """
        def f(a: str, b: str):
            return ["the model of which nobody " + a
                    +
                    "knows the name (it may be wrong)", 1]
        """,
        "too-long",
        line_length=64,
        skip=("tabs",),
    ),
    Declines(
        "a comment that would go over the line's end",
        """
        def f(a: str, b: str):
            return ("a"+a  # as long as that
                    +"b"+b)
        """,
        "comment",
        line_length=36,
    ),
    Declines(
        "a comment behind an operand of several lines",
        """
        def f(a: str, g):
            return ("a" + a + str(g(1,  # why
                    2)))
        """,
        "multi-line-operand",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_the_lines_of_the_author(case: Case) -> None:
    check(case, "string-concat")
