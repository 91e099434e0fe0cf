"""Forms of code that are rarer than those of the rules' own tests, and what each rule makes of them."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names

DICT_ITEMS: list[Case] = [
    Rewrites(
        "a value that is exchanged after it was read",
        """
        def f(d: dict[str, int]):
            for k in d:
                print(d[k])
                d[k], d["a"] = d["a"], d[k]
        """,
        """
        def f(d: dict[str, int]):
            for k, value in d.items():
                print(value)
                d[k], d["a"] = d["a"], d[k]
        """,
        ("f({'a': 1, 'b': 2})",),
    ),
    Rewrites(
        "a value that is exchanged after a call and a read",
        """
        def f(d: dict[str, int], g):
            for k in d:
                g(d)
                print(d[k])
                d[k], d["a"] = d["a"], d[k]
        """,
        """
        def f(d: dict[str, int], g):
            for k, value in d.items():
                g(d)
                print(value)
                d[k], d["a"] = d["a"], d[k]
        """,
        unsafe="change",
    ),
    Rewrites(
        "a pair of another name and the value",
        "def f(d: dict[str, int], x):\n    return [(x, d[k]) for k in d]\n",
        "def f(d: dict[str, int], x):\n    return [(x, value) for k, value in d.items()]\n",
        ("f({'a': 1}, 5)",),
    ),
    Rewrites(
        "a write to what may be the same dict, under the loop's own key",
        """
        def f(d: dict[str, int], other: dict[str, int]):
            for k in sorted(d):
                print(k, d[k])
                other[k] = 1
        """,
        """
        def f(d: dict[str, int], other: dict[str, int]):
            for k, value in sorted(d.items()):
                print(k, value)
                other[k] = 1
        """,
        unsafe="change",
    ),
    Rewrites(
        "a comment in the dict's parentheses",
        """
        def f(d: dict[str, int]):
            for k in (  # why
                d
            ):
                print(k, d[k])
        """,
        """
        def f(d: dict[str, int]):
            for k, value in (  # why
                d
            ).items():
                print(k, value)
        """,
        ("f({'a': 1})",),
    ),
    Rewrites(
        "parentheses that nothing needs",
        """
        def f(d: dict[str, int]):
            for k in (d):
                print(k, d[k])
        """,
        """
        def f(d: dict[str, int]):
            for k, value in d.items():
                print(k, value)
        """,
        ("f({'a': 1})",),
    ),
]

DICT_KEYS: list[Case] = [
    Declines(
        "a comment, beside what may be no dict",
        """
        def f(a: dict, b):
            return set(a
                # why
                .keys()) == set(b.keys())
        """,
        "comment",
        others=True,
    ),
    Declines(
        "a list or a dict, in a set",
        "def f(a: dict | list):\n    return list(set(a.keys()))\n",
        "not-a-dict",
    ),
    Rewrites(
        "an operation, which needs its parentheses in a loop alone",
        """
        def f(a: dict, b: dict):
            for k in (a or b).keys():
                print(k)
            return list((a or b).keys())
        """,
        """
        def f(a: dict, b: dict):
            for k in (a or b):
                print(k)
            return list(a or b)
        """,
        ("f({'a': 1}, {})",),
    ),
    Ignores(
        "keys between bytes",
        'def f(a: dict):\n    return b",".join(a.keys())\n',
    ),  # Clean
    Rewrites(
        "keys beside a call that is no view",
        """
        def f(a: dict[str, int], g):
            return list(zip(a.keys(), dir(g))), list(zip(a.keys(), g.__name__.upper()))
        """,
        "def f(a: dict[str, int], g):\n    return list(zip(a, dir(g))), list(zip(a, g.__name__.upper()))\n",
        ("f({'a': 1}, abs)",),
    ),
    Declines(
        "keys of two, one of which may be no dict",
        "def f(a: dict, b):\n    return set(a.keys()) == set(b.keys())\n",
        "type",
        unsafe=True,
    ),
    Rewrites(
        "keys compared with something else",
        "def f(a: dict, b: dict | None):\n    return list(a.keys()) == sorted(b.keys())\n",
        "def f(a: dict, b: dict | None):\n    return list(a) == sorted(b.keys())\n",
        ("f({'a': 1}, {'a': 2})",),
    ),
    Rewrites(
        "a full stop in a comment behind the dict",
        """
        def f(a: dict):
            return list((a  # a. b
                ).keys())
        """,
        """
        def f(a: dict):
            return list((a  # a. b
                ))
        """,
        ("f({'a': 1})",),
    ),
    Rewrites(
        "a comment before an operation in parentheses",
        """
        def f(a: dict, b: dict):
            return list((  # c
                a or b).keys())
        """,
        """
        def f(a: dict, b: dict):
            return list((  # c
                a or b))
        """,
        ("f({'a': 1}, {})",),
    ),
]

DICT_VALUES: list[Case] = [
    Rewrites(
        "keys taken apart of what may be no dict",
        """
        def f(x):
            for (a, b), v in x.items():
                print(v)
        """,
        """
        def f(x):
            for v in x.values():
                print(v)
        """,
        ("f({(1, 2): 3})",),
        unsafe="type-and-shape",
    ),
    Rewrites(
        "keys taken apart by a star",
        """
        def f(x: dict[tuple[int, int], int]):
            for *k, v in x.items():
                print(v)
        """,
        """
        def f(x: dict[tuple[int, int], int]):
            for v in x.values():
                print(v)
        """,
        ("f({(1, 2): 3})",),
        unsafe="key-shape",
    ),
    Declines(
        "keys of another class with two parameters",
        """
        from collections.abc import Mapping
        def f(x: dict[Mapping[str, int], int]):
            for (a, b), v in x.items():
                print(v)
        """,
        "key-shape",
        unsafe=True,
    ),
    Rewrites(
        "nothing to be taken apart",
        """
        def f(x: dict[str, tuple[()]]):
            for k, () in x.items():
                print(1)
        """,
        """
        def f(x: dict[str, tuple[()]]):
            for () in x.values():
                print(1)
        """,
        ("f({'a': ()})",),
    ),
    Rewrites(
        "one of two clauses",
        """
        def f(d: dict[str, int], e: dict[str, int]):
            return [(d[k], e[j], j) for k in d for j in e]
        """,
        """
        def f(d: dict[str, int], e: dict[str, int]):
            return [(value, e[j], j) for value in d.values() for j in e]
        """,
        ("f({'a': 1}, {'b': 2})",),
    ),
    Declines(
        "a key that is used after the loop, and for what is read too late",
        """
        def f(d: dict[str, int], g):
            for k in d:
                print(d[k])
                d.update(g)
                print(d[k])
            return k
        """,
        "key-seen",
    ),
    Ignores(
        "a key that is looked up in",
        """
        def f(d: dict[str, int]):
            for k in d:
                print(k[0])
        """,
    ),  # Clean
]

RANGE_LEN: list[Case] = [
    Rewrites(
        "an element that is exchanged after a call and a read",
        """
        def f(xs: list[int], g):
            for i in range(len(xs)):
                g(xs)
                print(xs[i])
                xs[i], xs[0] = xs[0], xs[i]
        """,
        """
        def f(xs: list[int], g):
            for i, x in enumerate(xs):
                g(xs)
                print(x)
                xs[i], xs[0] = xs[0], xs[i]
        """,
        unsafe="change",
    ),
    Rewrites(
        "a copy in brackets of its own, and with another argument",
        """
        def f(xs: list[int]):
            print(sum((xs[i] for i in range(len(xs))), 1), sum((xs[i] for i in range(len(xs)))))
            return max((xs[i] for i in range(len(xs))), default=1)
        """,
        """
        def f(xs: list[int]):
            print(sum((x for x in xs), 1), sum((x for x in xs)))
            return max((x for x in xs), default=1)
        """,
        ("f([1, 2])",),
    ),
    Rewrites(
        "more spaces than one",
        """
        def f(xs: list[int], c):
            for  i  in  range(len(xs)):
                print(xs[i]  if c else 1)
            return [xs[i] + j for i in range(len(xs))  for j in range(2)], [xs[i] + j for i in range(len(xs))for j in range(2)]
        """,
        """
        def f(xs: list[int], c):
            for  x  in  xs:
                print(x  if c else 1)
            return [x + j for x in xs  for j in range(2)], [x + j for x in xs for j in range(2)]
        """,
        ("f([1, 2], True)",),
    ),
    Rewrites(
        "comments and empty lines around an element's name",
        """
        def f(xs: list[int]):
            for i in range(len(xs)):

                # one
                x = xs[i]

                # two
                print(x)
            for i in range(len(xs)):
                x = xs[i]
                # three
                print(x)
            for i in range(len(xs)):
                x = xs[i]

                print(x)
            for i in range(len(xs)):
                # four
                x = xs[i]

                print(x)
        """,
        """
        def f(xs: list[int]):
            for x in xs:
                # one

                # two
                print(x)
            for x in xs:
                # three
                print(x)
            for x in xs:
                print(x)
            for x in xs:
                # four

                print(x)
        """,
        ("f([1, 2])",),
    ),
]

COMPREHENSION: list[Case] = [
    Declines(
        "a module's list, which the function returns",
        """
        def f(xs: list[int]):
            global rows
            rows = []
            for x in xs:
                rows.append(x + 1)
            return rows
        """,
        "outer",
    ),
]

MUTABLE_DEFAULT: list[Case] = [
    Rewrites(
        "empty lines in a default, which stay empty",
        """
        def f(
            a=[
                1,

                # two
                2,
            ],
            b=[
              1,

              2],
        ):
            return a, b
        """,
        """
        def f(
            a=None,
            b=None,
        ):
            if a is None:
                a = [
                    1,

                    # two
                    2,
                ]
            if b is None:
                b = [
                  1,

                  2]
            return a, b
        """,
        same_output=False,
    ),
    Rewrites(
        "a default that stands further to the left than what its line comes to be",
        """
        class A:
            def f(self, a=[
            1,
        # two
            2,
            ]):
                return a
        """,
        """
        class A:
            def f(self, a=None):
                if a is None:
                    a = [
                    1,
        # two
                    2,
                    ]
                return a
        """,
        same_output=False,
    ),
    Rewrites(
        "exec and locals as values",
        """
        def f(g, a=[]):
            g(exec, locals)
            return a
        """,
        """
        def f(g, a=None):
            if a is None:
                a = []
            g(exec, locals)
            return a
        """,
        same_output=False,
    ),
]

SIDE_EFFECT_COMPREHENSION: list[Case] = [
    Declines(
        "a function that looks at its caller",
        """
        import sys
        def g(x):
            print(sys._getframe(1).f_code.co_name)
        def f(xs):
            [g(x) for x in xs]
        """,
        "frame-seen",
    ),
    Rewrites(
        "a generator that is used up at once",
        "def f(xs):\n    [print(sum(y for y in x)) for x in xs]\n",
        """
        def f(xs):
            for x in xs:
                print(sum(y for y in x))
        """,
        ("f([[1]])",),
    ),
    Declines(
        "a generator that is handed on",
        "def f(xs, g):\n    [g(y for y in x) for x in xs]\n",
        "closure",
    ),
]

WHITESPACE: list[Case] = [
    Rewrites(
        "a table of one bracket among others",
        """
        f( x, [
            1,   2,
            100, 3,
            g( 4 ),
        ], [ 5,
             g( 6 )])
        """,
        """
        f(x, [
            1,   2,
            100, 3,
            g( 4 ),
        ], [ 5,
             g(6)])
        """,
        wrap=False,
    ),
    Rewrites(
        "what a manager is called",
        "with open('x') as ( f[ 1 ]):\n    pass\n",
        "with open('x') as ( f[1]):\n    pass\n",
        wrap=False,
    ),
    Declines(
        "the first of two reasons",
        "a = f( 1,  # type: ignore\n      g( 2))  # noqa\n",
        "pragma",
        mentions="line 1",
    ),
    Rewrites(
        "lines below an opening bracket that a line ends with",
        "x= f(\n     1)\n",
        "x = f(\n     1)\n",
        wrap=False,
    ),
    Rewrites(
        "lines below an opening bracket with a comment behind it",
        "y= f(  # c\n       1)\n",
        "y = f(  # c\n       1)\n",
        wrap=False,
    ),
    Rewrites(
        "a line of spaces in brackets",
        "z= f( 1,\n      \n   2)\n",
        "z = f(1,\n      \n   2)\n",
        wrap=False,
    ),
]

CASES = {
    "dict-items": DICT_ITEMS,
    "dict-keys": DICT_KEYS,
    "dict-values": DICT_VALUES,
    "range-len": RANGE_LEN,
    "comprehension": COMPREHENSION,
    "mutable-default": MUTABLE_DEFAULT,
    "side-effect-comprehension": SIDE_EFFECT_COMPREHENSION,
    "whitespace": WHITESPACE,
}

ALL = [(rule, case) for rule, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("rule", "case"), ALL, ids=names(case for _, case in ALL))
def test_rarer_forms(rule: str, case: Case) -> None:
    check(case, rule)
