r"""`string-concat`: what it rewrites, what it sees and declines, what it does not see."""

from __future__ import annotations

import sys

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names


def joins(name: str, parameters: str, before: str, after: str, *arguments: str, **settings: object) -> Rewrites:
    """A function that returns the expression `before`, called once with each of `arguments`."""
    calls = tuple(f"f({one})" for one in arguments)
    head = f"def f({parameters}):\n    return "
    return Rewrites(name, f"{head}{before}\n", f"{head}{after}\n", calls, **settings)  # type: ignore[arg-type]


def declines(name: str, code: str, parameters: str, expression: str, **settings: object) -> Declines:
    """A function that returns an expression which is left alone."""
    return Declines(name, f"def f({parameters}):\n    return {expression}\n", code, **settings)  # type: ignore[arg-type]


def assumes(name: str, parameters: str, expression: str, assumption: str) -> Declines:
    """A function that returns an expression which is rewritten under an assumption only."""
    return Declines(name, f"def f({parameters}):\n    return {expression}\n", "type", unsafe=True, mentions=assumption)


GREETING = [
    Rewrites(
        "lists inside of a dict",
        "def f():\n    graph = {'a': ['b'], 'c': []}\n    graph['c'].append('d')\n    for node in graph:\n        for other in graph[node]:\n            print(node + ' to ' + other)\n",
        "def f():\n    graph = {'a': ['b'], 'c': []}\n    graph['c'].append('d')\n    for node in graph:\n        for other in graph[node]:\n            print(f'{node} to {other}')\n",
        ("f()",),
    ),
    Rewrites(
        "a key deep inside",
        "def f():\n    config = {'db': {'host': 'h', 'port': 80}, 'on': True}\n    print('at ' + config['db']['host'])\n",
        "def f():\n    config = {'db': {'host': 'h', 'port': 80}, 'on': True}\n    print(f'at {config[\"db\"][\"host\"]}')\n",
        ("f()",),
    ),
    Rewrites(
        "brackets that a clause goes on behind are not spread over lines",
        """
        def words(letters: str):
            return ''.join(str(letters + ".*? and then") for _ in range(3) if letters)
        """,
        """
        def words(letters: str):
            return ''.join(str(f"{letters}.*? and then") for _ in range(3) if letters)
        """,
        ("words('x')",),
        line_length=70,
    ),
    Rewrites(
        "calls in a call on a line that was too long before are not broken",
        "def f(x: str):\n    print('some words and more' + x == x, ('a' + x).upper(), len('b' + x), 'c')\n",
        "def f(x: str):\n    print(f'some words and more{x}' == x, f'a{x}'.upper(), len(f'b{x}'), 'c')\n",
        ("f('q')",),
        line_length=60,
        wrap=False,
    ),
    *[
        Rewrites(
            f"an operand of `{sign}` in parentheses of its own, on a line that was too long before",
            f"def f(x: str, y: str):\n    return y[:1] {sign} ({old}) {sign} y[1:] {sign} 'some words', y[::-1]\n",
            f"def f(x: str, y: str):\n    return y[:1] {sign} {new} {sign} y[1:] {sign} 'some words', y[::-1]\n",
            ("f('q', 'r')",) if sign != "*" else (),
            line_length=60,
            wrap=False,
        )
        for sign in ("*", "==", "and")
        for old, new in [("x + ', '", "f'{x}, '")]
    ],
    Rewrites(
        "a comment alone that goes over the line's end, as it did before",
        "def f(x: str):\n    y = 'ERROR: '+x    # says what went wrong and where it was found\n    return y\n",
        "def f(x: str):\n    y = f'ERROR: {x}'    # says what went wrong and where it was found\n    return y\n",
        ("f('q')",),
        line_length=60,
        wrap=False,
    ),
    Rewrites(
        "a comment that goes over the line's end only where the brackets go",
        "def f(x: str):\n    y = ('ERROR: ' +\n         x)    # says what went wrong and where it was\n    return y\n",
        "def f(x: str):\n    y = (\n        f'ERROR: {x}'\n    )    # says what went wrong and where it was\n    return y\n",
        ("f('q')",),
        line_length=60,
        wrap=False,
    ),
    Rewrites(
        "a comment alone that went over the end of the second line",
        "def f(x: str):\n    y = ('ERROR: ' +\n         x)    # says what went wrong and where it was, and why so\n    return y\n",
        "def f(x: str):\n    y = f'ERROR: {x}'    # says what went wrong and where it was, and why so\n    return y\n",
        ("f('q')",),
        line_length=60,
        wrap=False,
    ),
    Rewrites(
        "an operand of a sum, of which a method is called",
        "def f(x: str, y: str):\n    return y[:1] + y[1:] + ' ' + ('some words, and more of them ' + x).join(y)\n",
        "def f(x: str, y: str):\n    return y[:1] + y[1:] + ' ' + (\n        f'some words, and more of them {x}'\n    ).join(y)\n",
        ("f('q', 'rs')",),
        line_length=60,
        wrap=False,
    ),
    Rewrites(
        "the greeting that every page on f-strings starts with",
        """
        name = "Euni"
        print("Hello, " + name + "!")
        """,
        """
        name = "Euni"
        print(f"Hello, {name}!")
        """,
    ),
    joins("a parameter annotated str", "name: str", '"Hello, " + name + "!"', 'f"Hello, {name}!"', "'a'", "''", "'{}'"),
    joins("a literal behind the name", "name: str", 'name + "!"', 'f"{name}!"', "'a'"),
    joins("a literal before the name", "name: str", '"_" + name', 'f"_{name}"', "'a'"),
    joins("names and literals in turn", "a: str, b: str", 'a + "/" + b + "/" + a', 'f"{a}/{b}/{a}"', "'x', 'y'"),
    joins("several names before the literal", "a: str, b: str", 'a + b + ".txt"', 'f"{a}{b}.txt"', "'x', 'y'"),
    joins("no space around the plus signs", "a: str", "'<'+a+'>'", "f'<{a}>'", "'x'"),
    joins(
        "a path of a checkpoint",
        "root: str, epoch: int",
        "root + '/epoch_' + str(epoch) + '.pt'",
        "f'{root}/epoch_{epoch}.pt'",
        "'runs', 3",
    ),
    joins("a keyword directly before the chain", "a: str", '"a"+a', 'f"a{a}"', "'x'"),
    Rewrites(
        "no room between `return` and the literal",
        """
        def f(a: str):
            return"a" + a
        """,
        """
        def f(a: str):
            return f"a{a}"
        """,
        ("f('x')",),
    ),
    Rewrites(
        "an augmented assignment of a chain",
        """
        def f(parts: list[str]):
            text = ""
            for part in parts:
                text += "- " + part + "\\n"
            return text
        """,
        """
        def f(parts: list[str]):
            text = ""
            for part in parts:
                text += f"- {part}\\n"
            return text
        """,
        ("f(['a', 'b'])",),
    ),
    Rewrites(
        "two chains on one line",
        """
        def f(a: str, b: str):
            return {a + ".x": "y." + b}
        """,
        """
        def f(a: str, b: str):
            return {f"{a}.x": f"y.{b}"}
        """,
        ("f('a', 'b')",),
    ),
    Rewrites(
        "a chain as an index, a default, a decorator's argument and a keyword argument",
        """
        def tagged(tag):
            return lambda function: function


        SUFFIX = str(1)


        @tagged("v" + SUFFIX)
        def f(table, key: str, default="no" + SUFFIX):
            return table["k_" + key], dict(value=key + "!"), default
        """,
        """
        def tagged(tag):
            return lambda function: function


        SUFFIX = str(1)


        @tagged(f"v{SUFFIX}")
        def f(table, key: str, default=f"no{SUFFIX}"):
            return table[f"k_{key}"], dict(value=f"{key}!"), default
        """,
        ("f({'k_a': 1}, 'a')",),
    ),
    Rewrites(
        "a chain in a lambda and in a comprehension",
        """
        def f(names: list[str]):
            return [name + "!" for name in names], (lambda: "a" + names[0])()
        """,
        """
        def f(names: list[str]):
            return [f"{name}!" for name in names], (lambda: f"a{names[0]}")()
        """,
        ("f(['a', 'b'])",),
    ),
    Rewrites(
        "a chain in an argument of a call that is an operand of a chain without literals",
        """
        def f(a: str):
            return a.replace("x", "<" + a + ">") + a
        """,
        """
        def f(a: str):
            return a.replace("x", f"<{a}>") + a
        """,
        ("f('x')",),
    ),
    Rewrites(
        "a metric for each label, as training scripts print them",
        """
        id2label: dict[int, str] = {0: "cat", 1: "dog"}
        for index, label in id2label.items():
            print("label " + str(index) + " is " + label)
        """,
        """
        id2label: dict[int, str] = {0: "cat", 1: "dog"}
        for index, label in id2label.items():
            print(f"label {index} is {label}")
        """,
    ),
]

OPERANDS = [
    joins("str() of an int loses its call", "n: int", '"n=" + str(n)', 'f"n={n}"', "3", "-1", "10**30"),
    joins("str() of a float loses its call", "x: float", '"x=" + str(x)', 'f"x={x}"', "0.1", "1e300", "float('nan')"),
    joins("str() of a bool loses its call", "x: bool", '"x=" + str(x)', 'f"x={x}"', "True", "False"),
    joins("str() of a str loses its call", "x: str", '"x=" + str(x)', 'f"x={x}"', "'a'"),
    joins("str() of None or an int", "x: int | None", '"x=" + str(x)', 'f"x={x}"', "None", "3"),
    joins("str() of a list", "x: list[int]", '"x=" + str(x)', 'f"x={x}"', "[1, 2]"),
    joins("str() of a dict", "x: dict[str, int]", '"x=" + str(x)', 'f"x={x}"', "{'a': 1}"),
    joins("str() of a tuple written out", "n: int", '"x=" + str((n, 2))', 'f"x={(n, 2)}"', "1"),
    joins("str() of bytes", "x: bytes", '"x=" + str(x)', 'f"x={x}"', "b'a'"),
    joins("str() of who knows what", "x", '"x=" + str(x)', 'f"x={x!s}"', "3", "'a'", "None", "[1]", "object"),
    joins("repr() of anything", "x", '"x=" + repr(x) + ";"', 'f"x={x!r};"', "3", "'a'", "None"),
    joins("ascii() of anything", "x", '"x=" + ascii(x)', 'f"x={x!a}"', "'é'", "3"),
    joins("str() with an encoding stays a call", "x: bytes", '"x=" + str(x, "ascii")', "f\"x={str(x, 'ascii')}\"", "b'a'"),
    joins("str() of nothing stays a call", "x: str", 'x + "a" + str()', 'f"{x}a{str()}"', "'x'"),
    joins("str() of what is starred stays a call", "x: list[str]", '"a" + str(*x)', 'f"a{str(*x)}"', "['x']"),
    joins("str() of an exception keeps its conversion", "x: str", '"failed: " + str(ValueError(x))', 'f"failed: {ValueError(x)!s}"', "'x'"),
    joins("a method of a str", "a: str", '"<" + a.upper() + ">"', 'f"<{a.upper()}>"', "'x'"),
    joins("an index and a slice of a str", "a: str", 'a[0] + "." + a[1:]', 'f"{a[0]}.{a[1:]}"', "'xyz'"),
    joins("a list of str looked into", "a: list[str]", '"_" + a[0]', 'f"_{a[0]}"', "['x']"),
    joins("join with a literal for a separator", "a: list[str]", '"(" + ", ".join(a) + ")"', "f\"({', '.join(a)})\"", "['x', 'y']"),
    joins("a conditional in parentheses", "n: int", '"item" + ("" if n == 1 else "s")', "f\"item{'' if n == 1 else 's'}\"", "1", "2"),
    joins("a conditional with an inequality", "n: int", '"item" + ("s" if n != 1 else "")', "f\"item{'s' if n != 1 else ''}\"", "1", "2"),
    joins("an `or` in parentheses", "a: str", '"a=" + (a or "none")', "f\"a={a or 'none'}\"", "'x'", "''"),
    joins("a sum in parentheses, all of it str", "a: str, b: str", '"x" + (a + b)', 'f"x{a}{b}"', "'p', 'q'"),
    joins("a sum in parentheses that holds the literal", "a: str, b: str", 'a + ("x" + b)', 'f"{a}x{b}"', "'p', 'q'"),
    joins("a literal in parentheses", "a: str", 'a + ("x")', 'f"{a}x"', "'p'"),
    joins("an implicit concatenation in parentheses", "a: str", 'a + ("def" "ghi")', 'f"{a}defghi"', "'p'"),
    joins("a sum of literals in the chain", "a: str", '"x" + "y" + a', 'f"xy{a}"', "'p'"),
    joins("two calls with arguments", "a: str", 'a.center(5) + "|" + a.ljust(9)', 'f"{a.center(5)}|{a.ljust(9)}"', "'p'"),
    joins(
        "calls without arguments do not count",
        "a: str",
        'a.lower() + "|" + a.upper() + a.title() + a.strip()',
        'f"{a.lower()}|{a.upper()}{a.title()}{a.strip()}"',
        "' pq '",
    ),
    joins("str() of a dict display, whose brace needs a space", "a: str", '"x" + str({a: 1})', 'f"x{ {a: 1}}"', "'p'"),
    joins("an f-string among the operands", "a: str, n: int", '"a" + f"{n:>5}" + a', 'f"a{n:>5}{a}"', "'p', 3"),
    joins("an f-string and a literal", "n: int", 'f"a{n}" + "b"', 'f"a{n}b"', "3"),
    joins("two f-strings", "n: int", 'f"a{n}" + f"b{n!r}"', 'f"a{n}b{n!r}"', "3"),
    joins("an f-string with a nested format spec", "a: str, n: int, w: int", 'f"{n:>{w}}" + a', 'f"{n:>{w}}{a}"', "'p', 3, 5"),
    joins("an f-string with a fill character in its format spec", "a: str, n: int", 'f"{n:#^9}" + a', 'f"{n:#^9}{a}"', "'p', 3"),
    joins("an f-string that shows its expression", "a: str, n: int", 'f"{n = }" + a + "."', 'f"{n = }{a}."', "'p', 3"),
    joins("an f-string with doubled braces", "a: str, n: int", 'f"{{{n}}}" + a', 'f"{{{n}}}{a}"', "'p', 3"),
    joins("an f-string without fields", "a: str", 'f"x" + a', 'f"x{a}"', "'p'"),
    joins("a plain literal implicitly joined to an f-string", "a: str, n: int", '"x{" f"{n}" + a', 'f"x{{{n}{a}"', "'p', 3"),
    Rewrites(
        "an await among the operands",
        """
        import asyncio


        async def name() -> str:
            return "x"


        async def g():
            return "a" + await name()


        def f():
            return asyncio.run(g())
        """,
        """
        import asyncio


        async def name() -> str:
            return "x"


        async def g():
            return f"a{await name()}"


        def f():
            return asyncio.run(g())
        """,
        ("f()",),
    ),
    Rewrites(
        "an operand of unknown class, under an assumption",
        """
        def f(name):
            return "Hello, " + name + "!"
        """,
        """
        def f(name):
            return f"Hello, {name}!"
        """,
        ("f('x')",),
        unsafe="type",
        because="`name` is a str",
    ),
    Rewrites(
        "several operands of unknown class, under one assumption",
        """
        def f(first, last):
            return first.name + ", " + last + first.name
        """,
        """
        def f(first, last):
            return f"{first.name}, {last}{first.name}"
        """,
        unsafe="type",
        because="`first.name` and `last` are str",
    ),
    Rewrites(
        "a yield, which keeps its parentheses",
        """
        def g():
            got = "a" + (yield 1)
            yield got


        def f():
            running = g()
            return next(running), running.send("b")
        """,
        """
        def g():
            got = f"a{(yield 1)}"
            yield got


        def f():
            running = g()
            return next(running), running.send("b")
        """,
        ("f()",),
        unsafe=True,
    ),
    Rewrites(
        "operands are evaluated from left to right, once each",
        """
        def f():
            seen = []

            def say(word: str) -> str:
                seen.append(word)
                return word

            return say("a") + "-" + say("b"), seen
        """,
        """
        def f():
            seen = []

            def say(word: str) -> str:
                seen.append(word)
                return word

            return f"{say('a')}-{say('b')}", seen
        """,
        ("f()",),
    ),
    Rewrites(
        "str() calls `__str__` where it did",
        """
        class Noisy:
            def __str__(self):
                print("str")
                return "noisy"

            def __format__(self, spec):
                print("format")
                return "wrong"


        def f():
            return "a" + str(Noisy()) + repr(1)
        """,
        """
        class Noisy:
            def __str__(self):
                print("str")
                return "noisy"

            def __format__(self, spec):
                print("format")
                return "wrong"


        def f():
            return f"a{Noisy()!s}{1!r}"
        """,
        ("f()",),
    ),
]

PERCENT = [
    joins("a `%s` of a str", "a: str", '"a " + "%s" % a + "b"', 'f"a {a}b"', "'x'"),
    joins("a `%` template that is a name", "a: str, t: str", '"a " + t % a', 'f"a {t % a}"', "'x', '<%s>'"),
    joins("a `%d` of an int", "n: int", '"a " + "%d items" % n', 'f"a {n:d} items"', "3", "True"),
    joins("a `%d` of an int that is no bool", "xs: list[str]", '"a " + "%d items" % len(xs)', 'f"a {len(xs)} items"', "['x']"),
    joins("a `%.2f` of a float", "x: float", '"loss " + "%.2f" % x + "."', 'f"loss {x:.2f}."', "1.005", "3"),
    joins("a tuple of two", "n: int, a: str", '"a " + "%s=%d;" % (a, n)', 'f"a {a}={n:d};"', "3, 'x'"),
    joins("a percent sign that is doubled", "n: int", '"a " + "%d%%" % n', 'f"a {n:d}%"', "3"),
    joins("a width aligns text to the right", "a: str", '"a " + "%5s|%-5s|" % (a, a)', 'f"a {a:>5}|{a:<5}|"', "'x'", "'abcdefg'"),
    joins(
        "a width aligns numbers to the left where told",
        "n: int",
        '"a " + "%-5d|%05d|%+d" % (n, n, n)',
        'f"a {n:<5d}|{n:05d}|{n:+d}"',
        "3",
        "-3",
    ),
    joins("a `%x` of an int", "n: int", '"0x" + "%04x" % n', 'f"0x{n:04x}"', "255", "-1"),
    joins("a `%r` of one element", "x", '"a " + "%r" % (x,)', 'f"a {x!r}"', "'x'", "(1, 2)"),
    joins("a `%s` of an unknown last element", "n: int, x", '"a " + "%d %s" % (n, x)', 'f"a {n:d} {x!s}"', "3, 'x'", "3, (1, 2)"),
    declines("a list that a later value of the template changes", "template-operand", "xs: list[int]", '"a" + "%s %d" % (xs, xs.pop())'),
    declines("a lone value that may be a tuple", "template-operand", "x", '"a" + "%s" % x'),
    declines("a tuple that is no literal", "template-operand", "x: tuple[int, int]", '"a" + "%d %d" % x'),
    declines("too few values, which must go on failing", "template-operand", "a: str", '"a" + "%s %s" % (a,)'),
    declines("a width from the values", "template-operand", "n: int", '"a" + "%*d" % (5, n)'),
    declines("names for the values", "template-operand", "n: int", '"a" + "%(n)d" % {"n": n}'),
    declines("a `%d` of a float, which cuts", "template-operand", "x: float", '"a" + "%d" % x'),
    declines("a percent sign spelled as an escape", "template-operand", "a: str", r'"a" + "\x25s" % a'),
    declines("unknown elements that could see each other", "template-operand", "x, y", '"a" + "%s %s" % (x(), y())'),
    declines("a format call", "template-operand", "a: str", '"a" + "{}".format(a)'),
    Declines(
        "a star among the values, which may be any number",
        "def f(b: tuple[str, ...], c: str):\n    return 'a' + '%s %s' % (*b, c)",
        "template-operand",
    ),
    Declines("a lone value that is a tuple", "def f(b: tuple[str, str]):\n    return 'a' + '%s' % b", "template-operand"),
]

SPELLING = [
    joins("braces are doubled", "a: str", '"{" + a + "}"', 'f"{{{a}}}"', "'x'"),
    joins("braces that are no field", "a: str", '"{x} " + a', 'f"{{x}} {a}"', "'x'"),
    joins("braces in an f-string stay doubled", "a: str, n: int", 'a + f"({n}={{0!e}})"', 'f"{a}({n}={{0!e}})"', "'x', 1"),
    joins("a newline keeps its spelling", "a: str", r'a + "\n"', r'f"{a}\n"', "'x'"),
    joins("escapes keep their spelling", "a: str", r'"\x1b[1m" + a + "\x1b[0m\t\u00e9\101"', r'f"\x1b[1m{a}\x1b[0m\t\u00e9\101"', "'x'"),
    joins("a named character is no field", "a: str", r'"\N{EM DASH} {" + a', r'f"\N{EM DASH} {{{a}"', "'x'"),
    joins("a backslash before a brace", "a: str", r'"\\{" + a', r'f"\\{{{a}"', "'x'"),
    joins("an escape that is none, before a brace", "a: str", r'"\{" + a', r'f"\{{{a}"', "'x'"),
    joins("a backslash and then an N before braces", "a: str", r'"\\N{x}" + a', r'f"\\N{{x}}{a}"', "'x'"),
    joins("a backslash before N in a raw literal", "a: str", r'r"\N" + a', r'rf"\N{a}"', "'x'"),
    joins("a character beyond the basic plane", "a: str", '"🎉 é " + a + " 𝒳"', 'f"🎉 é {a} 𝒳"', "'x'"),
    joins("a raw literal", "a: str", r'r"\d+" + a + r"\w"', r'rf"\d+{a}\w"', "'x'"),
    joins("a raw literal without backslashes stays raw among its own", "a: str", 'r"(" + a + r")*"', 'rf"({a})*"', "'x'"),
    joins("a raw literal without backslashes among others", "a: str", r'r"(" + a + ")\n"', r'f"({a})\n"', "'x'"),
    joins("a raw literal and one without backslashes", "a: str", r'"(" + a + r")\b"', r'rf"({a})\b"', "'x'"),
    joins("a raw literal that ends with backslashes", "a: str", r'r"\\" + a', r'rf"\\{a}"', "'x'"),
    joins("a raw literal with a quote behind a backslash", "a: str", r"""r'\'' + a""", r"""rf'\'{a}'""", "'x'"),
    joins("prefixes in upper case", "a: str", r'R"\d" + a + F"{a}"', r'rf"\d{a}{a}"', "'x'"),
    joins("a u prefix goes", "a: str", 'u"a" + a', 'f"a{a}"', "'x'"),
    joins("single quotes stay single", "a: str", "'a' + a + 'b'", "f'a{a}b'", "'x'"),
    joins("the quotes most literals have", "a: str", "'a' + a + 'b' + a + \"c\"", "f'a{a}b{a}c'", "'x'"),
    joins("an apostrophe", "a: str", '"it\'s " + a', 'f"it\'s {a}"', "'x'"),
    joins("an apostrophe in a literal that is not the first", "a: str", "'a ' + a + \"'s\"", 'f"a {a}\'s"', "'x'"),
    joins("double quotes in the text", "a: str", "'say \"' + a + '\"'", "f'say \"{a}\"'", "'x'"),
    joins("an escaped quote that other quotes need not", "a: str", r"'it\'s ' + a", '''f"it's {a}"''', "'x'"),
    joins("escaped quotes where both kinds stand in the text", "a: str", r'''"it's \"" + a + "\""''', r'''f"it's \"{a}\""''', "'x'"),
    joins("literals in a field take the other quotes", "a: dict[str, str]", '"k " + a["k"]', "f\"k {a['k']}\"", "{'k': 'v'}"),
    joins(
        "literals in a field take the other quotes, the other way round",
        "a: dict[str, str]",
        "'k ' + a['k']",
        "f'k {a[\"k\"]}'",
        "{'k': 'v'}",
    ),
    joins("literals in a field that have other quotes already", "a: dict[str, str]", "\"k \" + a['k']", "f\"k {a['k']}\"", "{'k': 'v'}"),
    declines("a quote in a literal of a field", "quotes", "a: str", '"a" + a.strip("\'")'),
    joins(
        "literals in the field of an f-string among the operands",
        "a: str, d: dict[str, str]",
        'f\'{d["k"]}\' + a + "b" + "c"',
        "f\"{d['k']}{a}bc\"",
        "'x', {'k': 'v'}",
    ),
    joins("no escape needs to end at the seam", "a: str", r'"\x41" + "1" + a', r'f"\x411{a}"', "'x'"),
    joins("an octal escape of three digits", "a: str", r'"\101" + "1" + a', r'f"\1011{a}"', "'x'"),
    joins("an empty literal between others", "a: str", '"x" + "" + a', 'f"x{a}"', "'x'"),
    declines("an octal escape that would run on", "octal", "a: str", r'"\1" + "2" + a'),
    declines("an octal escape that would run on over an empty literal", "octal", "a: str", r'"\1" + "" + "2" + a'),
    declines("raw backslashes and escapes", "raw", "a: str", r'r"\d" + a + "\n"'),
    declines("a raw literal with a quantifier", "raw-braces", "a: str", r'r"\d{2}" + a'),
    declines("a quantifier in one of several literals", "raw-braces", "a: str", r'r"u" + a + "{4}"'),
    declines("more braces than are read with ease", "braces", "a: str, b: str", '"{" + a + "}, {" + b + "}"'),
    declines("both quotes in the text", "quotes", "a: str", """'say "' + a + "'s\\""  """),
    declines("both quotes in the text, neither escaped", "quotes", "a: str", """'"' + a + "'" """),
    declines("both quotes in a field", "quotes", "a: dict[str, str]", """'"' + a["it's"] """),
    declines("a quote in a field that shows its expression", "quotes", "a: str, d: dict[str, str]", """f'{d["k"]=}' + "'" + a"""),
    declines("a backslash in the format spec of an f-string", "backslash", "a: str, n: int", r'f"{n:\x20>5}" + a'),
    declines("a backslash in a field before 3.12", "backslash", "a: list[str]", r'"a\n" + "\n".join(a)'),
    declines("a hash in a field before 3.12", "hash", "a: dict[str, str]", '"a" + a["#"]'),
    declines("a triple-quoted literal", "triple-quoted", "a: str", '"""a""" + a'),
    declines("a triple-quoted literal over several lines", "triple-quoted", "a: str", "a + '''\nb\n'''", skip=("crlf",)),
    declines("a literal that goes on behind a backslash", "continued-literal", "a: str", '"a\\\nb" + a'),
]

LINES = [
    Rewrites(
        "a chain over several lines that fits on one, in parentheses of its own",
        """
        def f(a: str):
            text = (
                "abc " + a
                + " def"
            )
            return text
        """,
        """
        def f(a: str):
            text = f"abc {a} def"
            return text
        """,
        ("f('x')",),
    ),
    Rewrites(
        "a chain over several lines that fits on one, in the parentheses of a call",
        """
        def f(a: str):
            raise ValueError(
                "abc "
                + a
            )
        """,
        """
        def f(a: str):
            raise ValueError(f"abc {a}")
        """,
        ("f('x')",),
    ),
    Rewrites(
        "a chain over several lines that fits on one, among other arguments",
        """
        def f(a: str):
            print(a,
                  "abc " +
                  a, sep="")
        """,
        """
        def f(a: str):
            print(a,
                  f"abc {a}", sep="")
        """,
        ("f('x')",),
        skip=("tabs",),
    ),
    Rewrites(
        "a chain continued with backslashes",
        """
        def f(a: str):
            return "abc " + a \\
                + 'b'
        """,
        """
        def f(a: str):
            return f"abc {a}b"
        """,
        ("f('x')",),
    ),
    Rewrites(
        "parentheses that nothing needs any more go",
        """
        def f(a: str):
            return ("abc " + a), ("x" + a).upper(), ("y" + a) * 2, -len(("z" + a))
        """,
        """
        def f(a: str):
            return f"abc {a}", f"x{a}".upper(), f"y{a}" * 2, -len(f"z{a}")
        """,
        ("f('x')",),
    ),
    Rewrites(
        "parentheses with a comment in them stay",
        """
        def f(a: str):
            return (  # kept
                "abc " + a
            )
        """,
        """
        def f(a: str):
            return (  # kept
                f"abc {a}"
            )
        """,
        ("f('x')",),
    ),
    Rewrites(
        "parentheses of a compound statement stay",
        """
        def f(a: str):
            for char in ("abc" + a):
                print(char)
        """,
        """
        def f(a: str):
            for char in (f"abc{a}"):
                print(char)
        """,
        ("f('x')",),
    ),
    Rewrites(
        "too long for the line: in parentheses, broken between operands",
        """
        def f(name: str, data: str, epochs: int):
            message = "The model " + name + " was trained on the data set " + data + " for " + str(epochs) + " epochs"
            return message
        """,
        """
        def f(name: str, data: str, epochs: int):
            message = (
                f"The model {name} was trained on the data set "
                f"{data} for {epochs} epochs"
            )
            return message
        """,
        ("f('m', 'd', 3)",),
        line_length=70,
        skip=("tabs",),
    ),
    Rewrites(
        "too long for the line, but not in parentheses",
        """
        def f(name: str, data: str):
            message = "The model " + name + " was trained on the data set " + data
            return message
        """,
        """
        def f(name: str, data: str):
            message = (
                f"The model {name} was trained on the data set {data}"
            )
            return message
        """,
        ("f('m', 'd')",),
        line_length=65,
        skip=("tabs",),
    ),
    Rewrites(
        "too long for the line, as the only argument of a call",
        """
        def f(name: str, data: str):
            raise ValueError("The model " + name + " was never trained on " + data + " or anything else")
        """,
        """
        def f(name: str, data: str):
            raise ValueError(
                f"The model {name} was never trained on "
                f"{data} or anything else"
            )
        """,
        ("f('m', 'd')",),
        line_length=60,
    ),
    Rewrites(
        "too long for the line, where nothing can be broken, but no longer than before",
        """
        def f(name: str):
            return [len("The model of which nobody knows the name: " + name), 3]
        """,
        """
        def f(name: str):
            return [len(f"The model of which nobody knows the name: {name}"), 3]
        """,
        ("f('m')",),
        line_length=40,
    ),
    Rewrites(
        "lines that do not fit on one stay as they are broken",
        """
        def f(name: str, data: str):
            return ("The model " + name + " was trained on the data set " + data +
                    ", which nobody else has seen")
        """,
        """
        def f(name: str, data: str):
            return (f"The model {name} was trained on the data set {data}"
                    ", which nobody else has seen")
        """,
        ("f('m', 'd')",),
        skip=("tabs",),
    ),
    Rewrites(
        "lines among other arguments stay as they are broken",
        """
        def f(name: str, data: str):
            print("x",
                  "The model " + name + " was trained on the data set " + data +
                  ", which nobody else has seen", sep="")
        """,
        """
        def f(name: str, data: str):
            print("x",
                  f"The model {name} was trained on the data set {data}"
                  ", which nobody else has seen", sep="")
        """,
        ("f('m', 'd')",),
        skip=("tabs",),
    ),
    Rewrites(
        "one operand a line, as formatters write it, is filled up",
        """
        def f(name: str, data: str):
            return (
                "The model "
                + name
                + " was trained on the data set "
                + data
                + ", which nobody else has seen, "
                + name
                + " excepted"
            )
        """,
        """
        def f(name: str, data: str):
            return (
                f"The model {name} was trained on the data set "
                f"{data}, which nobody else has seen, {name} excepted"
            )
        """,
        ("f('m', 'd')",),
        line_length=70,
    ),
    Rewrites(
        "lines of text stay lines",
        """
        def f(name: str):
            return ("usage: " + name + " [options]\\n" +
                    "  -h  help\\n")
        """,
        """
        def f(name: str):
            return (f"usage: {name} [options]\\n"
                    "  -h  help\\n")
        """,
        ("f('m')",),
        skip=("tabs",),
    ),
    Rewrites(
        "a keyword argument that is too long gets parentheses",
        """
        def f(name: str):
            return dict(
                help="The model of which nobody knows the name: " + name + " (it may be wrong)",
            )
        """,
        """
        def f(name: str):
            return dict(
                help=(
                    "The model of which nobody knows the name: "
                    f"{name} (it may be wrong)"
                ),
            )
        """,
        ("f('m')",),
        line_length=58,
        skip=("tabs",),
    ),
    Rewrites(
        "continued with backslashes and too long for a line",
        """
        def f(name: str, data: str):
            message = "The model " + name + " was trained on the data set " + data + \\
                ", which nobody else has seen"
            return message
        """,
        """
        def f(name: str, data: str):
            message = (
                f"The model {name} was trained on the data set {data}"
                ", which nobody else has seen"
            )
            return message
        """,
        ("f('m', 'd')",),
        line_length=80,
    ),
    Rewrites(
        "a line that holds a name only joins the one before",
        """
        def f(name: str, data: str):
            return ("The model was trained on a data set: " +
                    name +
                    ", which nobody else has seen, excepted " + data)
        """,
        """
        def f(name: str, data: str):
            return (f"The model was trained on a data set: {name}"
                    f", which nobody else has seen, excepted {data}")
        """,
        ("f('m', 'd')",),
        skip=("tabs",),
    ),
    joins("a choice and a conversion", "a, b", "'<' + str(a or b) + '>'", "f'<{(a or b)!s}>'", "0, 1", "[], ''"),
    joins("a sum and a conversion", "n", "'<' + str(n + 1) + '>'", "f'<{(n + 1)!s}>'", "1", "1.5", "True"),
    joins("a sum in brackets and a conversion", "n", "'<' + repr((n + 1)) + '>'", "f'<{(n + 1)!r}>'", "1", "1.5"),
    joins("a sign and a conversion", "n", "'<' + str(-n)", "f'<{(-n)!s}'", "1", "True"),
    joins("a comparison and a conversion", "a, b", "str(a == b) + '>'", "f'{(a == b)!s}>'", "1, 2", "1, 1"),
    joins("a condition and a conversion", "a, b", "'<' + str(a if b else 1)", "f'<{(a if b else 1)!s}'", "1, 2", "2, 0"),
    joins("an operation on a dict display and a conversion", "a", "'<' + str({1: 2} | a)", "f'<{({1: 2} | a)!s}'", "{3: 4}"),
    Rewrites(
        "an operation and a conversion of what prints otherwise as it is formatted",
        "class Odd:\n"
        "    def __add__(self, other): return self\n"
        "    def __str__(self): return 'str'\n"
        "    def __format__(self, spec): return 'format'\n"
        "def f(a):\n"
        "    return '<' + str(a + 1)\n",
        "class Odd:\n"
        "    def __add__(self, other): return self\n"
        "    def __str__(self): return 'str'\n"
        "    def __format__(self, spec): return 'format'\n"
        "def f(a):\n"
        "    return f'<{(a + 1)!s}'\n",
        ("f(Odd())",),
    ),
    joins("one operation in brackets", "a: int, b: int", "'<' + str((a + b) // 2)", "f'<{(a + b) // 2}'", "1, 2"),
    joins(
        "operations as arguments", "a: int, b: int", "'<' + str(max(abs(a - b), abs(a + b)))", "f'<{max(abs(a - b), abs(a + b))}'", "1, 2"
    ),
    joins(
        "quotes inside the operands", "d: dict[str, str]", """'a' + d["k"] + d["l"]""", """f'a{d["k"]}{d["l"]}'""", "{'k': 'a', 'l': 'b'}"
    ),
    declines("many brackets in an operand", "field", "s: str, n: int", "'<' + s * (-(-n // 2)) + '>'"),
    Declines(
        "nothing but a field on the first line, and words that would be pushed to the right",
        """
        def f(name: str, data: str):
            x = (
                name.center(30)
                + "the model of which nobody knows the name, for it has none\\n"
            )
            return x
        """,
        "too-long",
        line_length=70,
        skip=("tabs",),
    ),
    Declines(
        "nothing but a field on the second line",
        """
        def f(name: str, data: str):
            return print("The model of which nobody knows the name is called: \\n" +
                         name.center(40))
        """,
        "too-long",
        line_length=70,
    ),
    Rewrites(
        "where no operand starts a good line, broken between words",
        """
        def f(known: str):
            raise ValueError(
                f"Unknown warning when setting {known!r}: it is missing. Entries: "
                + ", ".join(sorted(known)))
        """,
        """
        def f(known: str):
            raise ValueError(
                f"Unknown warning when setting {known!r}: "
                f"it is missing. Entries: {', '.join(sorted(known))}"
            )
        """,
        ("f('m')",),
        line_length=74,
    ),
    Declines(
        "a pattern's count with a value in it",
        "def f(n: int):\n    return '^ {0,' + str(n) + '}'",
        "braces",
        mentions="`^ {0,`",
    ),
    Declines("a pattern's count beside a value", "def f(x: str):\n    return x + '{2,4}'", "braces"),
    Declines("a call whose value a brace of the text follows", "def f(x: str):\n    return x.upper() + '}\\n'", "braces"),
    Declines("a call whose value follows a brace of the text", "def f(x: str):\n    return '{' + x.upper()", "braces"),
    Declines(
        "a list element over several lines",
        """
        def f(name: str):
            return [1, "The model of which nobody knows the name: " + name +
                    " (it may be wrong)"]
        """,
        "too-long",
        line_length=70,
    ),
    Declines(
        "a comment between the operands",
        """
        def f(a: str):
            return ("abc" +  # the start
                    a)
        """,
        "comment",
        mentions="line 2",
    ),
    Declines(
        "an operand over several lines",
        """
        def f(a: str):
            return "a" + a.replace("x",
                                   "y")
        """,
        "multi-line-operand",
    ),
]

SURROUNDINGS = [
    declines("a chain in an f-string", "in-fstring", "a: str", "f\"{'x' + a}\""),
    declines("a chain in the format spec of an f-string", "in-fstring", "a: str", "f\"{a:{'>' + a}}\""),
    declines("a message for gettext", "translated", "a: str", '_("Hello, " + a)', mentions="`_`"),
    declines("a message for one of gettext's kin", "translated", "a: str", 'gettext_lazy("Hello, " + a)'),
    declines("a message for a method of a translator", "translated", "self, a: str", 'self.i18n.ngettext("a " + a, "b", 2)'),
    declines("a keyword argument of gettext", "translated", "a: str", 'gettext(message="Hello, " + a)'),
    Declines(
        "gettext under another name", "from gettext import gettext as said\ndef f(a: str):\n    return said('Hello, ' + a)", "translated"
    ),
    declines("a message in one branch of the argument", "translated", "a: str", '_("b" if a else "Hello, " + a)'),
    declines("a message for logging", "logged", "a: str", 'logging.info("a " + a)', mentions="logging.info"),
    declines("a message for a logger", "logged", "self, a: str", 'self.logger.warning("a " + a)'),
    declines("a message for a logger that is just fetched", "logged", "a: str", 'logging.getLogger(__name__).error("a " + a)'),
    declines("a message for a private logger", "logged", "a: str", '_LOG.debug("a " + a)'),
    joins("a function that is called info, of no logger", "a: str", 'dict().get("a" + a)', 'dict().get(f"a{a}")', "'x'"),
    declines("a template for `%`", "template", "a: str", '("a %s" + a) % a'),
    declines("a template for format", "template", "a: str", '("a {}" + a).format(a)'),
    declines("a template for format_map", "template", "a: str", '("a {}" + a).format_map({})'),
    declines("a chain that is subscripted", "subscripted", "a: str", '("a" + a)[1:]'),
    Declines(
        "a text that grows in a loop",
        """
        def f(parts: list[str]):
            text = ""
            for part in parts:
                text = text + part + ","
            return text
        """,
        "grows",
        mentions="`text`",
    ),
    Rewrites(
        "a text that grows once",
        """
        def f(path: str):
            path = path + ".txt"
            return path
        """,
        """
        def f(path: str):
            path = f"{path}.txt"
            return path
        """,
        ("f('a')",),
    ),
]

TYPES = [
    declines("an int, which must go on failing", "not-a-str", "n: int", '"a" + n', mentions="`n`"),
    declines("a number literal", "not-a-str", "a: str", '"a" + a + 1'),
    declines("bytes", "not-a-str", "a: str", 'a + "x" + b"y"'),
    declines("the ellipsis", "not-a-str", "a", 'a + ... + "b"', mentions="`...` is the ellipsis"),
    declines("None", "not-a-str", "a: str", 'a + "x" + None'),
    declines("a list", "not-a-str", "a: list[str]", '"a" + a'),
    declines("a str or None, of which None must go on failing", "type", "a: str | None", '"a" + a', unsafe=True),
    assumes("a parameter, whose class the caller chooses", "a", '"a" + a', "`a` is a str"),
    assumes("an attribute of anything", "a", '"a" + a.name', "`a.name` is a str"),
    assumes("lists or objects that add up before the literal", "x, y", 'x + y + "a"', "`x` and `y` are str"),
    assumes("what an unknown function gives", "g", 'g(1) + "a"', "`g(1)` is a str"),
    assumes("a sum of unknown things in parentheses stays one operand", "x, y", '"a" + (x + y)', "`x + y` is a str"),
    Declines(
        "a class of the file that adds itself to a str",
        """
        class Markup(str):
            def __radd__(self, other):
                return Markup("safe")


        def f():
            return "a" + Markup("b")
        """,
        "not-a-str",
    ),
    Declines(
        "a str enum",
        """
        import enum


        class Colour(str, enum.Enum):
            RED = "r"


        def f():
            return "a" + Colour.RED + "b"
        """,
        "not-a-str",
    ),
    Declines(
        "an str() that is not the builtin",
        """
        def str(x):
            return x


        def f(x):
            return "a" + str(x)
        """,
        "type",
        unsafe=True,
    ),
    Declines(
        "a file that takes its names from elsewhere",
        """
        from somewhere import *


        def f(x):
            return "a" + str(x)
        """,
        "type",
        unsafe=True,
    ),
]

READING = [
    declines("three calls with arguments", "reads-apart", "a: str", 'a.center(3) + "|" + a.ljust(4) + "|" + a.rjust(5)'),
    declines("an empty literal joins nothing", "nothing-to-join", "a: str", '"" + a'),
    declines("empty literals around a call to str", "nothing-to-join", "n: int", '"" + str(n) + ""'),
    joins(
        "a generator with a condition in a field",
        "a: list[str]",
        '"a" + ", ".join(x.upper() for x in a if x)',
        """f"a{', '.join(x.upper() for x in a if x)}\"""",
        "['b', '', 'c']",
    ),
    joins("a list comprehension in a field", "a: list[int]", '"a" + str([x + 1 for x in a])', 'f"a{[x + 1 for x in a]}"', "[1, 2]"),
    joins("a set comprehension as a field", "a: list[int]", '"a" + str({x for x in a})', 'f"a{ {x for x in a}}"', "[1]"),
    declines("two loops in a field", "field", "a: list[str]", '"a" + ",".join(y for x in a for y in x)'),
    declines("two conditions in a field", "field", "a: list[str]", '"a" + ",".join(x for x in a if x if x > "b")'),
    declines("a comprehension in a comprehension", "field", "a: list[str]", '"a" + str([[y for y in x] for x in a])'),
    declines("a lambda in a field", "field", "a: str", '"a" + str(lambda: a)'),
    declines("a walrus in a field", "field", "a: str", '"a" + (b := a) + "c"'),
    declines("an f-string in a field", "field", "a: str", '"a" + a.strip(f"{a}")'),
    declines("a message for translators among the operands", "message", "_, a: str", 'str(_("Usage:")) + " " + a', mentions="Usage"),
    declines("the same further inside", "message", "self, a: list[str]", 'a[0] + " " + ", ".join([self.gettext("x")])'),
    joins("a name looked up among the messages", "_, a: str", '"a " + str(_(a))', 'f"a {_(a)!s}"', "str, 'x'"),
    joins("one choice in a sentence", "n: int", '"file" + ("s" if n > 1 else "")', "f\"file{'s' if n > 1 else ''}\"", "1", "2"),
    joins("a choice between values", "a: str, b: str", '"a" + (a or b) + "," + ",".join(b)', "f\"a{a or b},{','.join(b)}\"", "'', 'x'"),
    joins(
        "a choice beside a key",
        "d: dict[str, str], n: int",
        '"a " + d["k"] + ("s" if n else "")',
        "f\"a {d['k']}{'s' if n else ''}\"",
        "{'k': 'x'}, 1",
    ),
    declines("two choices", "choice", "n: int", '"a" + ("s" if n > 1 else "") + ("" if n else "!")', mentions="other fields"),
    declines("a choice beside a join", "choice", "a: list[str]", "'Token' + ('.' if a else '') + '.'.join(a)"),
    declines("a choice of a bracket", "choice", "n: int", """'[^"' + (")" if n else "") + ']'""", mentions="brackets"),
    joins("a line of dashes above a value", "a: str", '"-" * 40 + "\\n" + a', "f\"{'-' * 40}\\n{a}\"", "'x'"),
    joins("a bar behind a number", "n: int", 'str(n + 1) + ": " + "*" * n', "f\"{n + 1}: {'*' * n}\"", "3", "-1"),
    joins("a bar whose number comes first", "n: int", '"Done: " + n * "." + str(n)', "f\"Done: {n * '.'}{n}\"", "3"),
    declines("a bar with nothing but words beside it", "field", "n: int", '"Done: " + n * "."'),
    joins("a gap between two values", "a: str, n: int", '"a:" + " " * (n - 1) + a', "f\"a:{' ' * (n - 1)}{a}\"", "'x', 3"),
    joins("a line that a class may print otherwise", "n", '"n: " + str(n) + "-" * 3', "f\"n: {n!s}{'-' * 3}\"", "1"),
    declines("a line of dashes", "field", "", '"-" * 40 + "\\n"'),
    declines("two lines of dashes", "field", "n: int", '"|" + "-" * 40 + "|" + "-" * n + "|"'),
    declines("an indentation", "field", "a: str, n: int", '" " * n + "- " + a'),
    declines("spaces behind a value, with no words behind them", "field", "a: str, n: int", '"a " + a + " " * n + "\\n|"'),
    declines("spaces before a value, with no words before them", "field", "a: str, n: int", '"\\t- " + " " * n + a'),
    joins("spaces before words", "a: str, n: int", 'a + " " * n + " b"', "f\"{a}{' ' * n} b\"", "'x', 3"),
    joins("spaces behind words", "a: str, n: int", '"b" + " " * n + a', "f\"b{' ' * n}{a}\"", "'x', 3"),
    declines("repeated text, as often as another is long", "field", "a: str", '"a" + a + "-" * len("b" * 3)'),
    declines("repeated text inside of an operand", "field", "a: list[str], n: int", '"a" + ("-" * n).join(a)'),
    declines("repeated text as it is printed", "field", "n", '"a" + str("-" * n)'),
    declines("repeated text as an argument", "field", "a: str, n: int", '"a" + a.strip("-" * n)'),
    declines("a call that is long", "field", "alphabet: str", 'alphabet.replace("abc", "defg").replace("efgh", "ijk") + "a"'),
    joins(
        "a long dotted name",
        "self",
        '"a" + str(self.configuration.training.learning_rates[self.step_of_this_run])',
        'f"a{self.configuration.training.learning_rates[self.step_of_this_run]!s}"',
    ),
    Rewrites(
        "the inner one of two chains",
        """
        def f(a: str):
            return "a" + a.strip("b" + a)
        """,
        """
        def f(a: str):
            return "a" + a.strip(f"b{a}")
        """,
        ("f('bbx')",),
    ),
    Declines(
        "more operands than can be followed",
        "def f(a: str):\n    return " + " + ".join(['a + "x"'] * 16) + "\n",
        "too-many",
    ),
    Declines(
        "more operands than Python can nest",
        "def f(a: str):\n    return " + " + ".join(['a + "x"'] * 300) + "\n",
        "too-many",
    ),
    Rewrites(
        "a product that grows, which no `+=` does",
        "def f(s: str):\n    for _ in (1, 2):\n        s = s * 2 + '!'\n    return s",
        "def f(s: str):\n    for _ in (1, 2):\n        s = f'{s * 2}!'\n    return s",
        ("f('a')",),
    ),
    Rewrites(
        "a function made in a loop, in which nothing grows",
        "def f(s: str):\n    for _ in (1, 2):\n        def g(t: str):\n            t = t + '!'\n            return t\n        s = g(s)\n    return s",
        "def f(s: str):\n    for _ in (1, 2):\n        def g(t: str):\n            t = f'{t}!'\n            return t\n        s = g(s)\n    return s",
        ("f('a')",),
    ),
    Rewrites(
        "what a generator is sent keeps its parentheses",
        "def f():\n    x = 'a' + (yield)\n    print(x)",
        "def f():\n    x = f'a{(yield)}'\n    print(x)",
        unsafe=True,
    ),
    Rewrites(
        "a function of the file that is called `str`",
        "def str(x): return 'z'\ndef f(x):\n    return 'a' + str(x)",
        "def str(x): return 'z'\ndef f(x):\n    return f'a{str(x)}'",
        ("f(1)",),
        wrap=False,
    ),
    Rewrites(
        "a template that a variable holds",
        "def f(fmt: str, a):\n    return fmt.format(a) + '!'",
        "def f(fmt: str, a):\n    return f'{fmt.format(a)}!'",
        ("f('<{}>', 1)",),
    ),
]

UNSEEN = [
    Ignores("literals only", 'x = "a" + "b"\n'),
    Ignores("literals only, over several lines", 'x = ("a" +\n     "b")\n'),
    Ignores("an f-string without fields and a literal", 'x = f"a" + "b"\n'),
    Ignores("a sum of names", "def f(a: str, b: str):\n    return a + b\n"),
    Ignores("a sum of numbers", "x = 1 + 2\n"),
    Ignores("a sum of bytes", 'def f(a: bytes):\n    return b"x" + a\n'),
    Ignores("a list of literals", 'def f(a: list[str]):\n    return ["x"] + a\n'),
    Ignores("a comment that looks like a chain", 'x = 1  # "a" + x\n'),
    Ignores("a literal that looks like a chain", "x = '\"a\" + x'\n"),
    Ignores("another operator", 'def f(a: str):\n    return "a" * 3, "b" in a\n'),
    Ignores("an f-string already", 'def f(a: str):\n    return f"a{a}"\n'),
]

LESSONS = [
    Declines(
        "a pattern with a backslash in a call that is an operand",
        """
        import re


        def f(name: str):
            return re.sub(r"\\.py$", "", name) + ".py"
        """,
        "backslash",
    ),
    joins("mixed prefixes", "a: str", r'"here" + r"\there" + a', r'rf"here\there{a}"', "'x'"),
    Declines(
        "a plus sign in a comment",
        """
        def f(a: str):
            return ("a"  # one + two
                    + a)
        """,
        "comment",
    ),
    declines("an f-string that is formatted once more", "template-operand", "a: str", 'f"foo {a}".format(1) + "b"'),
    joins("a join of literals (flynt#188)", "a: str", "';'.join(['a', a]) + 'b'", 'f\'{";".join(["a", a])}b\'', "'x'"),
    declines("a number, which an f-string would print", "not-a-str", "", "'x' + 3", mentions="`3` is int"),
    assumes("a sum of things that may not be str before the literal, in parentheses", "x, y", '(x + y) + "a"', "`x` and `y` are str"),
    Rewrites(
        "a dict display that is looked into needs a space after the brace",
        """
        def f(a: str):
            return "x" + {"k": a}["k"]
        """,
        """
        def f(a: str):
            return f"x{ {'k': a}['k']}"
        """,
        ("f('x')",),
    ),
    Rewrites(
        "several lines that would come out as nothing are reported, not passed over",
        """
        def f(a: str):
            return [
                "x" + a,
                "y" +
                a,
            ]
        """,
        """
        def f(a: str):
            return [
                f"x{a}",
                f"y{a}",
            ]
        """,
        ("f('x')",),
    ),
    Rewrites(
        "a plus sign before a name that a keyword follows",
        """
        def f(a: str):
            return a+"b"if a else"c"+a
        """,
        """
        def f(a: str):
            return f"{a}b"if a else f"c{a}"
        """,
        ("f('x')", "f('')"),
    ),
]

CASES: list[Case] = [*LESSONS, *GREETING, *OPERANDS, *PERCENT, *SPELLING, *LINES, *SURROUNDINGS, *TYPES, *READING, *UNSEEN]


NEWER = [
    joins("a backslash in a field", "a: list[str]", r'"a\n" + "\n".join(a)', r'''f"a\n{'\n'.join(a)}"''', "['x', 'y']", target=(3, 12)),
    joins("a hash in a field", "a: dict[str, str]", '"a" + a["#"]', "f\"a{a['#']}\"", "{'#': 'x'}", target=(3, 12)),
]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="what only Python 3.12 can read, an earlier one cannot verify")
@pytest.mark.parametrize("case", NEWER, ids=names(NEWER))
def test_string_concat_from_python_3_12_on(case: Case) -> None:
    check(case, "string-concat")


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_string_concat(case: Case) -> None:
    check(case, "string-concat")
