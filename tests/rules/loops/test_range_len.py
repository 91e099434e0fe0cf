"""`range-len`: what it rewrites, what it sees and leaves, what it does not see."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, dedented, names

# --- the forms of the header ------------------------------------------------------------------------------------------------------------

FORMS = [
    Rewrites(
        "a first line that takes the element apart, with a star",
        """
        def f(rows: list, wanted):
            for index in range(len(rows)):
                key, *_ = rows[index]
                if key == wanted:
                    return index
        """,
        """
        def f(rows: list, wanted):
            for index, (key, *_) in enumerate(rows):
                if key == wanted:
                    return index
        """,
        ("f([(1, 2), (3,)], 3)", "f([()], 3)", "f([], 1)"),
    ),
    Rewrites(
        "a generator expression behind a space, before another argument",
        "def f(xs: list):\n    return sum( (xs[i] for i in range(len(xs))), 3)\n",
        "def f(xs: list):\n    return sum( (x for x in xs), 3)\n",
        ("f([1, 2])",),
    ),
    Rewrites(
        "the elements as they are, with more than a call around them",
        "def f(xs: list):\n    return sum((xs[i] for i in range(len(xs))), 3), [\n        # one\n        xs[i] for i in range(len(xs))]\n",
        "def f(xs: list):\n    return sum((x for x in xs), 3), [\n        # one\n        x for x in xs]\n",
        ("f([1, 2])",),
    ),
    Rewrites(
        "the elements as they are, where `list` means something else",
        "def f(xs: tuple, list):\n    return [xs[i] for i in range(len(xs))]\n",
        "def f(xs: tuple, list):\n    return [x for x in xs]\n",
        ("f((1, 2), 3)",),
    ),
    Rewrites(
        "the elements as they are, for a function alone",
        "def f(xs: list):\n    return max(xs[i] for i in range(len(xs))), {xs[i] for i in range(len(xs))}, [xs[i] for i in range(len(xs)) if xs[i]]\n",
        "def f(xs: list):\n    return max(xs), {x for x in xs}, [x for x in xs if x]\n",
        ("f([1, 2])",),
        line_length=120,
    ),
    Rewrites(
        "an exchange of elements keeps its subscripts",
        "def f(rows: list):\n    for i in range(len(rows)):\n        if rows[i]:\n            rows[i], rows[0] = rows[0], rows[i]\n",
        "def f(rows: list):\n    for i, row in enumerate(rows):\n        if row:\n            rows[i], rows[0] = rows[0], rows[i]\n",
        ("f([0, 2, 3])",),
    ),
    Rewrites(
        "an element that is only moved into a name is none that changes places",
        "def f(rows: list):\n    for i in range(len(rows)):\n        rows[i], x = -rows[i], rows[i]\n        print(x)\n",
        "def f(rows: list):\n    for i, row in enumerate(rows):\n        rows[i], x = -row, row\n        print(x)\n",
        ("f([0, 2, 3])",),
    ),
    Rewrites(
        "the elements alone, where the index is used for nothing else",
        "xs = [3, 1, 2]\nfor i in range(len(xs)):\n    print(xs[i])",
        "xs = [3, 1, 2]\nfor x in xs:\n    print(x)",
        because="`xs` is a list",
    ),
    Rewrites(
        "enumerate, where the index is used too",
        "rows = ['a', 'b']\nfor i in range(len(rows)):\n    print(i, rows[i])",
        "rows = ['a', 'b']\nfor i, row in enumerate(rows):\n    print(i, row)",
    ),
    Rewrites(
        "enumerate, where a use before the loop would read a global if the loop did not bind the index",
        "i = 5\ndef run(rows: list):\n    try: print(i)\n    except UnboundLocalError: print('unbound')\n    for i in range(len(rows)): print(rows[i])",
        "i = 5\ndef run(rows: list):\n    try: print(i)\n    except UnboundLocalError: print('unbound')\n    for i, row in enumerate(rows): print(row)",
        calls=("run([1, 2])",),
    ),
    Rewrites(
        "a range that starts at 0",
        "def total(values: list[int]) -> int:\n    s = 0\n    for i in range(0, len(values)):\n        s += values[i]\n    return s",
        "def total(values: list[int]) -> int:\n    s = 0\n    for value in values:\n        s += value\n    return s",
        calls=("total([1, 2, 3])", "total([])"),
    ),
    Rewrites(
        "a range that starts at 0 and steps by 1",
        "def show(values: list):\n    for i in range(0, len(values), 1):\n        print(i, values[i])",
        "def show(values: list):\n    for i, value in enumerate(values):\n        print(i, value)",
        calls=("show([1, 2])",),
    ),
    Rewrites(
        "a list comprehension",
        "def f(xs: list):\n    return [xs[i] + 1 for i in range(len(xs))]",
        "def f(xs: list):\n    return [x + 1 for x in xs]",
        calls=("f([1, 2])", "f([])"),
    ),
    Rewrites(
        "a list comprehension that counts",
        "def f(xs: list):\n    return [(i, xs[i]) for i in range(len(xs)) if xs[i] > 1]",
        "def f(xs: list):\n    return [(i, x) for i, x in enumerate(xs) if x > 1]",
        calls=("f([1, 2, 3])",),
    ),
    Rewrites(
        "a set comprehension",
        "def f(names: list[str]):\n    return {names[i].lower() for i in range(len(names))}",
        "def f(names: list[str]):\n    return {name.lower() for name in names}",
        calls=("f(['A', 'a', 'b'])",),
    ),
    Rewrites(
        "a dict comprehension, id2label with integer keys",
        "LABELS = ['neg', 'pos']\nid2label = {i: LABELS[i] for i in range(len(LABELS))}\nprint(id2label)",
        "LABELS = ['neg', 'pos']\nid2label = {i: label for i, label in enumerate(LABELS)}\nprint(id2label)",
    ),
    Rewrites(
        "a generator expression that sum consumes at once",
        "def f(xs: list):\n    return sum(xs[i] * i for i in range(len(xs)))",
        "def f(xs: list):\n    return sum(x * i for i, x in enumerate(xs))",
        calls=("f([1, 2, 3])", "f([])"),
    ),
    Rewrites(
        "a generator expression that join consumes at once",
        "def f(words: list[str]):\n    return ', '.join(words[i].upper() for i in range(len(words)))",
        "def f(words: list[str]):\n    return ', '.join(word.upper() for word in words)",
        calls=("f(['a', 'b'])",),
    ),
    Rewrites(
        "generator expressions in all, any, max with a start, sorted, list, set, tuple, dict",
        """
        def f(xs: list):
            return (
                all(xs[i] for i in range(len(xs))), any(xs[i] for i in range(len(xs))),
                max((xs[i] for i in range(len(xs))), default=None), sorted((xs[i] for i in range(len(xs))), reverse=True),
                list(xs[i] for i in range(len(xs))), set(xs[i] for i in range(len(xs))),
                tuple(xs[i] for i in range(len(xs))), dict((i, xs[i]) for i in range(len(xs))),
            )
        """,
        """
        def f(xs: list):
            return (
                all(xs), any(xs),
                max((x for x in xs), default=None), sorted((x for x in xs), reverse=True),
                list(xs), set(xs),
                tuple(xs), dict((i, x) for i, x in enumerate(xs)),
            )
        """,
        calls=("f([2, 0, 1])", "f([])"),
    ),
    Rewrites(
        "the second clause of a comprehension",
        "def f(xs: list, n: int):\n    return [xs[i] + k for k in range(n) for i in range(len(xs))]",
        "def f(xs: list, n: int):\n    return [x + k for k in range(n) for x in xs]",
        calls=("f([1, 2], 2)",),
    ),
    Rewrites(
        "both loops over a matrix",
        """
        def f(matrix: list[list[float]]):
            total = 0.0
            for i in range(len(matrix)):
                for j in range(len(matrix[i])):
                    total += matrix[i][j]
            return total
        """,
        """
        def f(matrix: list[list[float]]):
            total = 0.0
            for row in matrix:
                for item in row:
                    total += item
            return total
        """,
        calls=("f([[1.0, 2.0], [3.0]])",),
    ),
    Rewrites(
        "a dotted path",
        """
        class Table:
            def __init__(self):
                self.rows = ['a', 'b']
            def show(self):
                for i in range(len(self.rows)):
                    print(i, self.rows[i])
        """,
        """
        class Table:
            def __init__(self):
                self.rows = ['a', 'b']
            def show(self):
                for i, row in enumerate(self.rows):
                    print(i, row)
        """,
        calls=("Table().show()",),
    ),
    Rewrites(
        "a private name, mangled",
        """
        class Table:
            def __init__(self):
                self.__rows = ['a', 'b']
            def show(self):
                return [self.__rows[i] for i in range(len(self.__rows))]
        """,
        """
        class Table:
            def __init__(self):
                self.__rows = ['a', 'b']
            def show(self):
                return list(self.__rows)
        """,
        calls=("Table().show()",),
    ),
    Rewrites(
        "an async function and a generator",
        """
        import asyncio

        async def f(xs: list):
            for i in range(len(xs)):
                print(xs[i])

        def g(line: str):
            parts = line.split(',')
            for i in range(len(parts)):
                yield i, parts[i]

        asyncio.run(f([1]))
        print(list(g('a,b')))
        """,
        """
        import asyncio

        async def f(xs: list):
            for x in xs:
                print(x)

        def g(line: str):
            parts = line.split(',')
            for i, part in enumerate(parts):
                yield i, part

        asyncio.run(f([1]))
        print(list(g('a,b')))
        """,
        wrap=False,
    ),
]

# --- types ------------------------------------------------------------------------------------------------------------------------------

TYPES = [
    Rewrites(
        "a str, whose elements are chars",
        "def f(s: str):\n    n = 0\n    for i in range(len(s)):\n        if s[i].isdigit():\n            n += 1\n    return n",
        "def f(s: str):\n    n = 0\n    for char in s:\n        if char.isdigit():\n            n += 1\n    return n",
        calls=("f('a1b2')",),
        because="`s` is a str",
    ),
    Rewrites(
        "a tuple, a range, bytes and a deque",
        """
        from collections import deque

        def f(t: tuple, b: bytes):
            r = range(3)
            d = deque([1, 2])
            out = [t[i] for i in range(len(t))] + [b[i] for i in range(len(b))]
            return out + [r[i] for i in range(len(r))] + [d[i] for i in range(len(d))]
        """,
        """
        from collections import deque

        def f(t: tuple, b: bytes):
            r = range(3)
            d = deque([1, 2])
            out = list(t) + list(b)
            return out + list(r) + list(d)
        """,
        calls=("f((1, 2), b'ab')",),
        wrap=False,
    ),
    Rewrites(
        "the arguments of a function",
        "def f(*args):\n    for i in range(len(args)):\n        print(i, args[i])",
        "def f(*args):\n    for i, arg in enumerate(args):\n        print(i, arg)",
        calls=("f(1, 2)", "f()"),
    ),
    Rewrites(
        "a value that a test shows to be a list",
        "def f(x):\n    if isinstance(x, list):\n        for i in range(len(x)):\n            print(x[i])",
        "def f(x):\n    if isinstance(x, list):\n        for item in x:\n            print(item)",
        calls=("f([1])", "f(None)", "f({0: 1})"),
    ),
    Rewrites(
        "what split gives",
        "def f(line: str):\n    parts = line.split(',')\n    for i in range(len(parts)):\n        print(parts[i].strip())",
        "def f(line: str):\n    parts = line.split(',')\n    for part in parts:\n        print(part.strip())",
        calls=("f('a, b')",),
    ),
    Rewrites(
        "a parameter, whose type the caller chooses",
        "def f(xs):\n    for i in range(len(xs)):\n        print(xs[i])",
        "def f(xs):\n    for x in xs:\n        print(x)",
        calls=("f([1, 2])",),
        unsafe="type",
        because="`xs` is a list, a tuple or a str",
    ),
    Rewrites(
        "an abstract annotation, which proves nothing about the class",
        "from collections.abc import Sequence\n\ndef f(xs: Sequence):\n    return [xs[i] for i in range(len(xs))]",
        "from collections.abc import Sequence\n\ndef f(xs: Sequence):\n    return list(xs)",
        calls=("f([1, 2])",),
        unsafe="type",
        wrap=False,
    ),
    Rewrites(
        "a parameter that unknown code may change too",
        "def f(xs, callback):\n    for i in range(len(xs)):\n        callback(xs[i])",
        "def f(xs, callback):\n    for x in xs:\n        callback(x)",
        calls=("f([1, 2], print)",),
        unsafe="type-and-change",
        because="`callback(…)`",
    ),
    Declines(
        "a dict, where an index is a key", "d = {0: 1}\nfor i in range(len(d)):\n    print(d[i])", "not-a-sequence", mentions="a dict"
    ),
    Declines(
        "a number of dimensions: an array is no list",
        """
        import numpy as np

        def f(a: np.ndarray):
            for i in range(len(a)):
                print(a[i])
        """,
        "not-a-sequence",
    ),
    Rewrites(
        "a parameter for which every call of an inner function passes a list",
        """
        def f(n):
            def show(rows):
                for i in range(len(rows)):
                    print(rows[i])
            show([n])
            show(list(n))
        """,
        """
        def f(n):
            def show(rows):
                for row in rows:
                    print(row)
            show([n])
            show(list(n))
        """,
        ("f('ab')",),
    ),
    Declines(
        "a parameter of an inner function that one call passes anything",
        """
        def f(n):
            def show(rows):
                for i in range(len(rows)):
                    print(rows[i])
            show([n])
            show(n)
        """,
        "type",
        unsafe=True,
    ),
    Declines(
        "a parameter of an inner function that is handed on",
        """
        def f(n):
            def show(rows):
                for i in range(len(rows)):
                    print(rows[i])
            show([n])
            return show
        """,
        "type",
        unsafe=True,
    ),
    Declines(
        "a list passed to an inner function that calls what may change it",
        """
        def f(rows, grow):
            rows = list(rows)
            grow(rows)
            def show(xs):
                for i in range(len(xs)):
                    grow(1)
                    print(xs[i])
            show(rows)
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a list passed to an inner function under whose loop another inner function changes it",
        """
        def f(n):
            rows = [n]
            def grow():
                rows.append(1)
            def show(xs):
                for i in range(len(xs)):
                    grow()
                    print(xs[i])
            show(rows)
        """,
        "change",
        unsafe=True,
    ),
    Declines("a list that may be None", "def f(xs: list | None):\n    for i in range(len(xs)):\n        print(xs[i])", "type", unsafe=True),
    Declines(
        "an annotated list of which the file passes a subclass",
        """
        class Odd(list):
            def __iter__(self):
                return iter(())

        def f(xs: list):
            for i in range(len(xs)):
                print(xs[i])

        f(Odd([1]))
        """,
        "type",
        unsafe=True,
    ),
    Declines(
        "an instance of a class of the file",
        """
        class Rows:
            def __len__(self):
                return 2
            def __getitem__(self, i):
                return i

        rows = Rows()
        for i in range(len(rows)):
            print(rows[i])
        """,
        "not-a-sequence",
    ),
]

# --- what stays behind the read ---------------------------------------------------------------------------------------------------------

WRITES = [
    Rewrites(
        "stores after the reads stay as they are",
        "def scale(v: list[float], k: float):\n    for i in range(len(v)):\n        v[i] = v[i] * k\n    return v",
        "def scale(v: list[float], k: float):\n    for i, item in enumerate(v):\n        v[i] = item * k\n    return v",
        calls=("scale([1.0, 2.0], 3.0)",),
    ),
    Rewrites(
        "a read behind the store stays too",
        """
        def f(rows: list):
            for i in range(len(rows)):
                print(rows[i])
                rows[i] = 0
                print(rows[i])
        """,
        """
        def f(rows: list):
            for i, row in enumerate(rows):
                print(row)
                rows[i] = 0
                print(rows[i])
        """,
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "a store on one path leaves the reads of the other",
        """
        def relu(v: list[float]):
            for i in range(len(v)):
                if v[i] < 0:
                    v[i] = 0.0
                else:
                    print(v[i])
            return v
        """,
        """
        def relu(v: list[float]):
            for i, item in enumerate(v):
                if item < 0:
                    v[i] = 0.0
                else:
                    print(item)
            return v
        """,
        calls=("relu([1.0, -2.0])",),
    ),
    Rewrites(
        "an augmented store reads the old element by itself",
        "def f(v: list[int]):\n    for i in range(len(v)):\n        v[i] += v[i]\n    return v",
        "def f(v: list[int]):\n    for i, item in enumerate(v):\n        v[i] += item\n    return v",
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "an element deleted on the way out",
        """
        def drop(rows: list, row):
            for i in range(len(rows)):
                if rows[i] == row:
                    del rows[i]
                    break
            return rows
        """,
        """
        def drop(rows: list, row):
            for i, item in enumerate(rows):
                if item == row:
                    del rows[i]
                    break
            return rows
        """,
        calls=("drop([1, 2, 3], 2)", "drop([1], 5)"),
    ),
    Rewrites(
        "an element of an element written: the name is the same object",
        "def f(rows: list[list]):\n    for i in range(len(rows)):\n        rows[i][0] = 9\n        rows[i].append(i)\n    return rows",
        "def f(rows: list[list]):\n    for i, row in enumerate(rows):\n        row[0] = 9\n        row.append(i)\n    return rows",
        calls=("f([[1], [2]])",),
    ),
    Rewrites(
        "the elements on both sides are other reads",
        "def rising(xs: list[int]):\n    return all(xs[i] < xs[i + 1] or i < 0 for i in range(len(xs)) if i + 1 < len(xs))",
        "def rising(xs: list[int]):\n    return all(x < xs[i + 1] or i < 0 for i, x in enumerate(xs) if i + 1 < len(xs))",
        calls=("rising([1, 2])", "rising([2, 1])"),
    ),
    Declines("nothing but stores", "def f(v: list):\n    for i in range(len(v)):\n        v[i] = 0", "no-element"),
    Declines("nothing but the index", "def f(v: list):\n    for i in range(len(v)):\n        print(i)", "no-element"),
    Declines("nothing but augmented stores", "def f(v: list):\n    for i in range(len(v)):\n        v[i] += 1", "no-element"),
    Declines("nothing but deletions", "def f(v: list):\n    for i in range(len(v)):\n        del v[i]\n        break", "no-element"),
    Declines(
        "reads only behind the store",
        """
        def f(a: list, j: int):
            for i in range(len(a)):
                a[i] = j + 1
                assert a[i] > j
        """,
        "read-later",
    ),
    Declines(
        "reads only in a closure",
        """
        def f(seq: list):
            out = []
            for i in range(len(seq)):
                out.append(lambda: seq[i])
            return out
        """,
        "read-later",
    ),
]

# --- lessons, each named after its shape --------------------------------------------------------------------------------------------------

LESSONS = [
    Declines(
        "self inside its own __iter__, which would call itself",
        """
        class Rows:
            def __len__(self):
                return 2
            def __getitem__(self, i):
                return i
            def __iter__(self):
                for i in range(len(self)):
                    yield self[i]
        """,
        "not-a-sequence",
        mentions="an instance of `Rows`",
    ),
    Rewrites(
        "value[i] = int(value[i]) keeps its target",
        "def f(value: list[str]):\n    for i in range(len(value)):\n        value[i] = int(value[i])\n    return value",
        "def f(value: list[str]):\n    for i, item in enumerate(value):\n        value[i] = int(item)\n    return value",
        calls=("f(['1', '2'])",),
    ),
    Declines(
        "a write textually later reaches an earlier read through an inner loop",
        """
        def f(eqs: list[int]):
            for i in range(len(eqs)):
                while eqs[i] < 10:
                    eqs[i] += 1
        """,
        "read-later",
    ),
    Declines(
        "a write hides in a tuple target",
        """
        def f(rows: list):
            for i in range(len(rows)):
                rows[i], _ = (2, 1)
                print(rows[i])
        """,
        "read-later",
    ),
    Declines(
        "a write hides in a starred target",
        """
        def f(rows: list):
            for i in range(len(rows)):
                *rows[i], _ = (2, 1)
                print(rows[i])
        """,
        "read-later",
    ),
    Declines(
        "a write hides in a for target",
        """
        def f(rows: list):
            for i in range(len(rows)):
                for rows[i] in (1, 2):
                    pass
                print(rows[i])
        """,
        "read-later",
    ),
    *(
        Declines(
            f"a write hides in {where}",
            f"def f(rows: list):\n    for i in range(len(rows)):\n        {write}\n        print(rows[i])",
            "read-later",
        )
        for where, write in {
            "a nested tuple target": "a, (rows[i], b) = 1, (2, 3)",
            "a list target": "[rows[i]] = [2]",
            "a second target": "a = rows[i] = 2",
            "an annotated target": "rows[i]: int = 2",
            "a comprehension's target": "[0 for rows[i] in (8,)]",
            "a try": "try: rows[i] = 3\n        finally: pass",
            "a negative index": "rows[-1] = 2",
            "parentheses": "(rows)[i] = 2",
            "a dunder method": "rows.__setitem__(i, 2)",
        }.items()
    ),
    Declines(
        "a write hides in a with target",
        """
        def f(rows: list, path):
            for i in range(len(rows)):
                with open(path) as rows[i]:
                    print(rows[i])
        """,
        "read-later",
    ),
    Declines(
        "the collection bound again by a walrus",
        """
        def f(rows: list):
            for i in range(len(rows)):
                print((rows := [7, 8])[0], rows[i])
        """,
        "rebound",
    ),
    Declines(
        "the collection deleted", "def f(rows: list):\n    for i in range(len(rows)):\n        print(rows[i])\n        del rows", "rebound"
    ),
    Declines(
        "a method inserts before the read",
        """
        def f(parts: list):
            for i in range(len(parts)):
                parts.insert(i, 'X')
                print(parts[i])
        """,
        "resized",
    ),
    Rewrites(
        "a call that sees the list before the read",
        "def f(rows: list, call):\n    for i in range(len(rows)):\n        call(rows)\n        print(rows[i])",
        "def f(rows: list, call):\n    for row in rows:\n        call(rows)\n        print(row)",
        calls=("f([1, 2], len)",),
        unsafe="change",
        because="`call(…)` does not change `rows`",
    ),
    Declines(
        "the index bound again by an inner loop",
        """
        def f(seq: list):
            for i in range(len(seq)):
                for i in range(3):
                    print(seq[i])
        """,
        "index-rebound",
        mentions="line 3",
    ),
    Rewrites(
        "the for's else reads the last element",
        """
        def f(seq: list):
            for i in range(len(seq)):
                print(seq[i])
            else:
                return seq[i]
        """,
        """
        def f(seq: list):
            for i, item in enumerate(seq):
                print(item)
            else:
                return seq[i]
        """,
        calls=("f([1, 2])",),
    ),
    Declines(
        "the length of a generator",
        "def f():\n    gen = (x for x in 'ab')\n    for i in range(len(gen)):\n        print(gen[i])",
        "not-a-sequence",
    ),
    Rewrites(
        "the index used after the loop survives",
        """
        def f(xs: list[int], m: int):
            for i in range(len(xs)):
                if xs[i] == m:
                    break
            return m - i - 1
        """,
        """
        def f(xs: list[int], m: int):
            for i, x in enumerate(xs):
                if x == m:
                    break
            return m - i - 1
        """,
        calls=("f([1, 2, 3], 2)",),
    ),
    Ignores("a range that starts elsewhere", "def f(s: list):\n    for i in range(2, len(s)):\n        print(s[i])"),
    Ignores("a range from 0.0, which raises", "def f(s: list):\n    for i in range(0.0, len(s)):\n        print(s[i])"),
    Ignores("a range by 1.0, which raises", "def f(s: list):\n    for i in range(0, len(s), 1.0):\n        print(s[i])"),
    Ignores("a range that steps", "def f(s: list):\n    for i in range(0, len(s), 2):\n        print(s[i])"),
    Ignores("a range that goes backwards", "def f(s: list):\n    for i in range(len(s) - 1, -1, -1):\n        print(s[i])"),
    Ignores("a range that is one short", "def f(s: list):\n    for i in range(len(s) - 1):\n        print(s[i])"),
    Ignores(
        "a counter that a guard skips",
        "def f(s: list):\n    n = 0\n    for x in s:\n        if x:\n            continue\n        n += 1\n    return n",
    ),
    Ignores("a counter in an async for", "async def f(s):\n    n = 0\n    async for x in s:\n        n += 1\n        print(s[n])"),
    Ignores("a counter that a loop keeps by hand", "def f(s: list):\n    n = 0\n    for x in s:\n        n += 1\n        print(s[n - 1])"),
    Declines(
        "two sequences side by side",
        """
        def f(out: list, inp: list, off: int):
            for i in range(len(inp)):
                out[i + off] = inp[i]
        """,
        "parallel",
        mentions="out[i + off]",
    ),
    Rewrites(
        "an element that is another's index is used for nothing else",
        "def decode(tokens: list[int], vocabulary):\n    return [vocabulary[tokens[i]] for i in range(len(tokens))]",
        "def decode(tokens: list[int], vocabulary):\n    return [vocabulary[token] for token in tokens]",
        calls=("decode([1, 0], ['a', 'b'])", "decode([5], {5: 'c'})"),
    ),
    Rewrites(
        "names that are built for each number, in an attribute made just before",
        """
        class Config:
            def __init__(self, sizes: list[int]):
                self.sizes = sizes
                self.names = []
                for i in range(len(sizes)):
                    self.names.append(f'{i}_{sizes[i]}')
        """,
        """
        class Config:
            def __init__(self, sizes: list[int]):
                self.sizes = sizes
                self.names = []
                for i, size in enumerate(sizes):
                    self.names.append(f'{i}_{size}')
        """,
        calls=("Config([1, 2]).names",),
    ),
    Rewrites(
        "a layer that learns while the loop runs",
        """
        class Layer:
            def __init__(self, n: int):
                self.weights = [[0.0] * n for _ in range(n)]
            def learn(self, wanted: int):
                for row in range(len(self.weights)):
                    self.weights[row][wanted] += 1.0
                return wanted

        class Model:
            def __init__(self):
                self.output = Layer(3)
            def train(self, target: list[int]):
                for position in range(len(target)):
                    loss = self.output.learn(target[position])
                    print(loss, target[position])
        """,
        """
        class Layer:
            def __init__(self, n: int):
                self.weights = [[0.0] * n for _ in range(n)]
            def learn(self, wanted: int):
                for weight in self.weights:
                    weight[wanted] += 1.0
                return wanted

        class Model:
            def __init__(self):
                self.output = Layer(3)
            def train(self, target: list[int]):
                for item in target:
                    loss = self.output.learn(item)
                    print(loss, item)
        """,
        calls=("Model().train([1, 2])",),
    ),
    Declines(
        "two sequences read side by side", "def dot(a: list, b: list):\n    return sum(a[i] * b[i] for i in range(len(a)))", "parallel"
    ),
    Ignores("enumerate from 1 is another element", "def f(x: list):\n    for i, v in enumerate(x, start=1):\n        print(x[i - 1])"),
    Rewrites(
        "an attribute that another method fills",
        """
        class Basket:
            def __init__(self):
                self.items = []
            def add(self, item):
                self.items.append(item)
            def show(self):
                for i in range(len(self.items)):
                    print(self.items[i])

        basket = Basket()
        basket.add(1)
        basket.show()
        """,
        """
        class Basket:
            def __init__(self):
                self.items = []
            def add(self, item):
                self.items.append(item)
            def show(self):
                for item in self.items:
                    print(item)

        basket = Basket()
        basket.add(1)
        basket.show()
        """,
    ),
    Declines(
        "an attribute that a method called on the way sets",
        """
        class Basket:
            def __init__(self):
                self.items = []
            def reset(self):
                self.items = []
            def show(self):
                for i in range(len(self.items)):
                    self.reset()
                    print(self.items[i])
        """,
        "change",
        unsafe=True,
        mentions="self.reset()",
    ),
    Declines(
        "the list reversed on the way",
        "def f(xs: list):\n    for i in range(len(xs)):\n        xs.reverse()\n        print(xs[i])",
        "read-later",
    ),
    *(
        Declines(
            f"the list changed on the way by a function of the library: {write}",
            f"import bisect, heapq, operator, random\ndef f(xs: list):\n    for i in range(len(xs)):\n        {write}\n        print(xs[i])",
            code,
        )
        for write, code in {
            "list.reverse(xs)": "read-later",
            "list.sort(xs)": "read-later",
            "random.shuffle(xs)": "read-later",
            "heapq.heapify(xs)": "read-later",
            "list.append(xs, 1)": "resized",
            "bisect.insort(xs, 1)": "resized",
            "operator.setitem(xs, i, 3)": "resized",
        }.items()
    ),
    Rewrites(
        "the list sorted by a function of the library, behind the read",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i])\n        list.sort(xs)",
        "def f(xs: list):\n    for x in xs:\n        print(x)\n        list.sort(xs)",
        calls=("f([3, 2, 1])",),
    ),
    Declines(
        "the list written through another name",
        """
        def f(xs: list):
            ys = xs
            for i in range(len(xs)):
                ys[0] = 9
                print(xs[i])
        """,
        "change",
        unsafe=True,
        mentions="ys[0]",
    ),
    Rewrites(
        "a closure called after the loop keeps its subscript",
        """
        def f(seq: list):
            out = []
            for i in range(len(seq)):
                print(seq[i])
                out.append(lambda i=i: seq[i])
            seq[0] = 9
            return [one() for one in out]
        """,
        """
        def f(seq: list):
            out = []
            for i, item in enumerate(seq):
                print(item)
                out.append(lambda i=i: seq[i])
            seq[0] = 9
            return [one() for one in out]
        """,
        calls=("f([1, 2])",),
    ),
    Declines(
        "a class body, where names become attributes",
        """
        class C:
            xs = [1, 2]
            for i in range(len(xs)):
                print(xs[i])
        """,
        "class-body",
    ),
    Declines(
        "locals() sees the names",
        """
        def f(xs: list):
            for i in range(len(xs)):
                print(xs[i])
            return locals()
        """,
        "names-seen",
    ),
]

# --- the index --------------------------------------------------------------------------------------------------------------------------

INDEX = [
    *(
        Declines(
            f"the index bound again: {shape}",
            f"def f(xs: list, m):\n    for i in range(len(xs)):\n{body}\n        print(xs[i])",
            "index-rebound",
        )
        for shape, body in {
            "assigned": "        i = 0",
            "augmented": "        i += 0",
            "unpacked": "        (i, j) = 0, 1",
            "nested in an unpacked target": "        [j, (*k, (i, n))] = 1, (2, 3, (0, 4))",
            "walrus": "        print(i := 0)",
            "walrus in a comprehension": "        print([i := j for j in 'a'])",
            "with": "        with m() as i:\n            pass",
            "except": "        try:\n            m()\n        except ValueError as i:\n            pass",
            "import": "        import os as i",
            "import from": "        from os import path as i",
            "def": "        def i():\n            pass",
            "class": "        class i:\n            pass",
            "match": "        match m:\n            case [i]:\n                pass",
            "match, star": "        match m:\n            case [_, *i]:\n                pass",
            "match, mapping": "        match m:\n            case {**i}:\n                pass",
            "del": "        del i",
            "nonlocal in a function": "        def g():\n            nonlocal i\n            i = 0\n        g()",
            "another loop of the same name": "        for i in 'ab':\n            pass",
            "a loop over a range inside": "        for i in range(3):\n            pass",
        }.items()
    ),
    Rewrites(
        "a comprehension's own variable of the same name is another",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i], [i for i in 'ab'])",
        "def f(xs: list):\n    for x in xs:\n        print(x, [i for i in 'ab'])",
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "an inner function's own variable of the same name is another",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i], (lambda i: i)(3))",
        "def f(xs: list):\n    for x in xs:\n        print(x, (lambda i: i)(3))",
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "the index deleted after the loop",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i])\n    del i",
        "def f(xs: list):\n    for i, x in enumerate(xs):\n        print(x)\n    del i",
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "the index read in finally",
        """
        def f(xs: list):
            try:
                for i in range(len(xs)):
                    print(1 / xs[i])
            finally:
                print(i)
        """,
        """
        def f(xs: list):
            try:
                for i, x in enumerate(xs):
                    print(1 / x)
            finally:
                print(i)
        """,
        calls=("f([1, 0, 2])",),
    ),
    Rewrites(
        "the index bound anew before it is read again",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i])\n    i = 5\n    return i",
        "def f(xs: list):\n    for x in xs:\n        print(x)\n    i = 5\n    return i",
        calls=("f([1])",),
    ),
    Rewrites(
        "the index of the loop before is read in an outer loop",
        """
        def f(xs: list):
            i = 9
            for _ in 'ab':
                print(i)
                for i in range(len(xs)):
                    print(xs[i])
        """,
        """
        def f(xs: list):
            i = 9
            for _ in 'ab':
                print(i)
                for i, x in enumerate(xs):
                    print(x)
        """,
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "the module's index is in __all__",
        "__all__ = ['i']\nxs = [1, 2]\nfor i in range(len(xs)):\n    print(xs[i])",
        "__all__ = ['i']\nxs = [1, 2]\nfor i, x in enumerate(xs):\n    print(x)",
        wrap=False,
    ),
    Rewrites(
        "the module's index is read in a function",
        "xs = [1, 2]\nfor i in range(len(xs)):\n    print(xs[i])\ndef last():\n    return i",
        "xs = [1, 2]\nfor i, x in enumerate(xs):\n    print(x)\ndef last():\n    return i",
        calls=("last()",),
        wrap=False,
    ),
    Declines(
        "the index is the module's, declared global",
        """
        def f(xs: list):
            global i
            for i in range(len(xs)):
                print(xs[i])
        """,
        "index-outer",
    ),
    Declines(
        "the index is an attribute", "def f(self, xs: list):\n    for self.i in range(len(xs)):\n        print(xs[self.i])", "index-outer"
    ),
    Declines(
        "the index is a subscript", "def f(a: list, xs: list):\n    for a[0] in range(len(xs)):\n        print(xs[a[0]])", "index-outer"
    ),
    Declines(
        "another sequence of which nothing is known is subscripted too",
        "def f(a: list, b):\n    for i in range(len(a)):\n        print(a[i], b[i])",
        "parallel",
    ),
    Ignores("the length of what a star gives", "def f(xs: list):\n    for i in range(len(*xs)):\n        print(xs[i])"),
]

# --- aliases and calls --------------------------------------------------------------------------------------------------------------------

_ALIAS = "def f(callback):\n    rows = [1, 2, 3]\n    {}\n    for i in range(len(rows)):\n        {}\n        print(rows[i])"

ALIASES = [
    *(
        Declines(f"another way to the list: {shape}", _ALIAS.format(before, write), "change", unsafe=True)
        for shape, (before, write) in {
            "a second name": ("ys = rows", "ys[0] = 9"),
            "two targets": ("ys = zs = rows", "zs[0] = 9"),
            "unpacking": ("ys, n = rows, 1", "ys[0] = 9"),
            "a walrus": ("print(ys := rows)", "ys[0] = 9"),
            "a with target": ("with callback(rows) as ys: pass", "ys[0] = 9"),
            "a for target": ("for ys in [rows]: pass", "ys[0] = 9"),
            "or": ("ys = rows or []", "ys[0] = 9"),
            "a conditional": ("ys = rows if callback else []", "ys[0] = 9"),
            "a container": ("box = [rows]", "box[0][0] = 9"),
            "a dict": ("box = {'k': rows}", "box['k'].append(9)"),
            "dict with keywords": ("box = dict(k=rows)", "box['k'].append(9)"),
            "max hands one back": ("ys = max(rows, [0])", "ys[0] = 9"),
            "next hands its default back": ("ys = next(iter(()), rows)", "ys[0] = 9"),
            "sum hands its start back": ("ys = sum([], rows)", "ys[0] = 9"),
            "getattr hands its default back": ("ys = getattr(callback, 'x', rows)", "ys[0] = 9"),
            "a bound method": ("push = rows.append", "push(9)"),
            "a method that hands back its list": ("ys = rows.__iadd__([])", "ys[0] = 9"),
            "a lambda that hands it out": ("get = lambda: rows", "get().append(9)"),
            "a closure": ("def push(): rows.append(9)", "callback(push)"),
            "a match capture": ("match rows:\n        case ys: pass", "ys[0] = 9"),
            "a default argument": ("def push(ys=rows): ys.append(9)", "push()"),
            "a lazy generator": ("source = (rows.append(9) for _ in 'ab')", "next(source, None)"),
            "a lazy map": ("source = map(rows.append, 'ab')", "next(source, None)"),
            "an augmented alias": ("ys = rows", "ys += [9]"),
            "a multiplied alias": ("ys = rows", "ys *= 2"),
            "an alias in the body": ("pass", "ys = rows; ys[0] = 9"),
        }.items()
    ),
    Declines(
        "a function of the file hands its argument back",
        """
        def same(value):
            return value

        def f():
            rows = [1, 2]
            ys = same(rows)
            for i in range(len(rows)):
                ys[0] = 9
                print(rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a function of the file returns a closure over its argument",
        """
        def setter(values):
            def store(value):
                values[0] = value
            return store

        def f():
            rows = [1, 2]
            store = setter(rows)
            for i in range(len(rows)):
                store(9)
                print(rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a generator of the file made before the loop and driven in it",
        """
        def wiping(values):
            while True:
                values[-1] = 0
                yield

        def f():
            rows = [1, 2]
            source = wiping(rows)
            for i in range(len(rows)):
                next(source)
                print(rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a generator of the file run by a for",
        """
        def wiping(values):
            for _ in range(2):
                values[-1] = 0
                yield

        def f(rows: list):
            source = wiping(rows)
            for i in range(len(rows)):
                for _ in source:
                    pass
                print(rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "functions that call each other",
        """
        def even(values, depth):
            if depth:
                odd(values, depth - 1)

        def odd(values, depth):
            even(values, depth)
            values.pop()

        def f(rows: list):
            for i in range(len(rows)):
                even(rows, 1)
                print(rows[i])
        """,
        "change",
        unsafe=True,
        mentions="even(rows, 1)",
    ),
    Declines(
        "a cached function hands out the same list",
        """
        from functools import lru_cache

        @lru_cache
        def rows():
            return [1, 2, 3]

        def f():
            xs = rows()
            ys = rows()
            for i in range(len(xs)):
                ys[0] = 0
                print(xs[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "the default object of a function that changes it",
        """
        ROWS = [1, 2]

        def put(value, into=ROWS):
            into.append(value)

        def f():
            for i in range(len(ROWS)):
                put(3)
                print(ROWS[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a property of the file that writes",
        """
        class C:
            def __init__(self):
                self.rows = [1, 2]
            @property
            def total(self):
                self.rows.append(0)
                return 1
            def show(self):
                for i in range(len(self.rows)):
                    print(self.total, self.rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a property setter of the file that writes",
        """
        class C:
            def __init__(self):
                self.rows = [1, 2]
            @property
            def total(self):
                return 1
            @total.setter
            def total(self, value):
                self.rows.append(value)
            def show(self):
                for i in range(len(self.rows)):
                    self.total = 1
                    print(self.rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a property is another list each time",
        """
        class C:
            def __init__(self):
                self.n = 0
            @property
            def rows(self) -> list:
                return [self.n] * 3
            def show(self):
                for i in range(len(self.rows)):
                    self.n += 1
                    print(self.rows[i])
        """,
        "computed",
    ),
    Declines(
        "an operator of the file that writes",
        """
        LOG = [1, 2]

        class Noisy:
            def __add__(self, other):
                LOG.append(other)
                return self

        def f():
            noisy = Noisy()
            for i in range(len(LOG)):
                noisy + 1
                print(LOG[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a context manager of the file that writes when it is left",
        """
        import contextlib

        @contextlib.contextmanager
        def wiped(values):
            yield
            values.clear()

        def f(rows: list):
            for i in range(len(rows)):
                with wiped(rows):
                    print(rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a decorator of the file that writes",
        """
        ROWS = [1, 2]

        def register(function):
            ROWS.append(function)
            return function

        def f():
            for i in range(len(ROWS)):
                @register
                def g():
                    pass
                print(ROWS[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "two attributes hold one list",
        """
        class C:
            def __init__(self):
                self.a = self.b = [1, 2]
            def show(self):
                for i in range(len(self.a)):
                    self.b[1] = 9
                    print(self.a[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "an attribute holds what the caller gave",
        """
        class C:
            def __init__(self, rows: list):
                self.rows = rows
            def show(self, others: list):
                for i in range(len(self.rows)):
                    others[0] = 9
                    print(self.rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a child's parent's children are the children",
        """
        class Node:
            def __init__(self, parent=None):
                self.parent = parent
                self.children: list = []
            def prune(self):
                for i in range(len(self.children)):
                    self.children[i].parent.children.pop()
                    print(self.children[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "setattr by name",
        """
        class C:
            def __init__(self):
                self.rows = [1, 2]
            def show(self):
                for i in range(len(self.rows)):
                    setattr(self, 'rows', [7, 8])
                    print(self.rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "the instance's dict",
        """
        class C:
            def __init__(self):
                self.rows = [1, 2]
            def show(self):
                for i in range(len(self.rows)):
                    print(self.rows[i])
                    self.__dict__['rows'] = [7, 8, 9]
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "the consumer of a generator is given the list",
        """
        def f():
            rows = [1, 2]
            for i in range(len(rows)):
                yield rows
                print(rows[i])
        """,
        "change",
        unsafe=True,
        mentions="`yield`",
    ),
    Declines(
        "another task may run at an await",
        """
        class C:
            def __init__(self):
                self.rows = [1, 2]
            async def show(self, queue):
                for i in range(len(self.rows)):
                    await queue.get()
                    print(self.rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "an async for awaits",
        """
        class C:
            def __init__(self):
                self.rows = [1, 2]
            async def show(self, ticks):
                for i in range(len(self.rows)):
                    async for _ in ticks:
                        pass
                    print(self.rows[i])
        """,
        "change",
        unsafe=True,
        mentions="async for",
    ),
    *(
        Declines(
            f"an operator of the file is given the sequence: {statement}",
            f"""
            import operator
            class C:
                def __eq__(self, other):
                    other[0] = None
                __radd__ = __iadd__ = __eq__
            def same(a, b):
                return a == b
            def f(c):
                rows = ["a", "b"]
                for i in range(len(rows)):
                    {statement}
                    print(rows[i])
            """,
            "change",
            unsafe=True,
        )
        for statement in (
            "rows == c",
            "rows in [c]",
            "(rows, 1) == (c, 1)",
            "{1: rows} == {1: C()}",
            "rows + c",
            "c += rows",
            "[C()].index(rows)",
            "same(rows, c)",
            "operator.eq(rows, c)",
            "(lambda: rows == c)()",
            "[z for z in [1] if rows == c]",
            "c in (1, rows)",
            "print(rows != c)",
        )
    ),
    Declines(
        "the key of max runs between two elements",
        """
        def f(xs: list):
            return max((xs[i] for i in range(len(xs))), key=lambda v: xs.append(v) or v)
        """,
        "lazy",
    ),
    Declines(
        "an argument behind the generator runs before it",
        "def f(xs: list):\n    return sum((xs[i] for i in range(len(xs))), xs.pop())",
        "lazy",
    ),
    Declines("a generator expression that is kept", "def f(xs: list):\n    return (xs[i] for i in range(len(xs)))", "lazy"),
    Declines("a generator expression given to unknown code", "def f(xs: list, g):\n    return g(xs[i] for i in range(len(xs)))", "lazy"),
    Declines(
        "a deque that is rotated",
        """
        from collections import deque

        def f():
            d = deque([1, 2])
            for i in range(len(d)):
                print(d[i])
                d.rotate(1)
        """,
        "resized",
    ),
    Declines(
        "a list that grows in the condition of a comprehension",
        "def f(xs: list):\n    return [xs[i] for i in range(len(xs)) if xs.append(1) is None]",
        "resized",
    ),
    Declines(
        "a parameter kept under augmented assignment is still the caller's",
        """
        def f(xs: list, callback):
            xs += [1]
            for i in range(len(xs)):
                callback()
                print(xs[i])
        """,
        "change",
        unsafe=True,
    ),
]

# --- proofs that go deep ------------------------------------------------------------------------------------------------------------------

_LIB = "def process(value): print('lib', value)\n"

PROOFS = [
    Rewrites(
        "unknown code cannot reach a list made here",
        """
        def f(callback, n: int):
            rows = []
            for k in range(n):
                rows.append(k)
            for i in range(len(rows)):
                callback(rows[i])
                print(rows[i])
        """,
        """
        def f(callback, n: int):
            rows = []
            for k in range(n):
                rows.append(k)
            for row in rows:
                callback(row)
                print(row)
        """,
        calls=("f(print, 3)",),
    ),
    Rewrites(
        "a tuple cannot be changed by anything",
        "def f(rows: tuple, callback):\n    for i in range(len(rows)):\n        callback(rows)\n        print(rows[i])",
        "def f(rows: tuple, callback):\n    for row in rows:\n        callback(rows)\n        print(row)",
        calls=("f((1, 2), print)",),
    ),
    Rewrites(
        "helpers of the file that change nothing of ours",
        """
        def fmt(value):
            return str(value).rjust(5)

        def show(rows: list):
            for i in range(len(rows)):
                print(fmt(rows[i]), fmt(rows[i]))
        """,
        """
        def fmt(value):
            return str(value).rjust(5)

        def show(rows: list):
            for row in rows:
                print(fmt(row), fmt(row))
        """,
        calls=("show([1, 2])",),
    ),
    Rewrites(
        "a helper that keeps a count",
        """
        count = 0

        def note(value):
            global count
            count += 1
            print(count, value)

        def show(rows: list):
            for i in range(len(rows)):
                note(rows[i])
                print(rows[i])
        """,
        """
        count = 0

        def note(value):
            global count
            count += 1
            print(count, value)

        def show(rows: list):
            for row in rows:
                note(row)
                print(row)
        """,
        calls=("show([1, 2])",),
        wrap=False,
    ),
    Rewrites(
        "two attributes that hold lists of their own",
        """
        class Table:
            def __init__(self):
                self.rows = [1, 2]
                self.out = []
            def note(self, value):
                self.out.append(value)
            def run(self):
                for i in range(len(self.rows)):
                    self.note(self.rows[i])
                    self.out.append(self.rows[i])
                return self.out
        """,
        """
        class Table:
            def __init__(self):
                self.rows = [1, 2]
                self.out = []
            def note(self, value):
                self.out.append(value)
            def run(self):
                for row in self.rows:
                    self.note(row)
                    self.out.append(row)
                return self.out
        """,
        calls=("Table().run()",),
    ),
    Declines(
        "a list that was passed, which may be what another attribute holds",
        """
        class Table:
            def __init__(self, out: list):
                self.rows = [1, 2]
                self.out = out
            def run(self):
                for i in range(len(self.rows)):
                    self.out.append(self.rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "an attribute that other code may have set since it was made",
        """
        class Table:
            def run(self, rows: list, attach):
                self.out = []
                attach(self, rows)
                for i in range(len(rows)):
                    self.out.append(rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Rewrites(
        "a private attribute that is left as it was made",
        """
        class Net:
            def __init__(self, layers):
                self._layers = [layer for layer in layers]
            def forward(self, x):
                for i in range(len(self._layers)):
                    x = self._layers[i](x)
                return x
        """,
        """
        class Net:
            def __init__(self, layers):
                self._layers = [layer for layer in layers]
            def forward(self, x):
                for layer in self._layers:
                    x = layer(x)
                return x
        """,
        calls=("Net([str, len]).forward(100)",),
    ),
    Rewrites(
        "an own list filled by the loop",
        """
        def f(words: list[str]):
            groups = {}
            for i in range(len(words)):
                groups.setdefault(words[i][0], []).append(words[i])
            return groups
        """,
        """
        def f(words: list[str]):
            groups = {}
            for word in words:
                groups.setdefault(word[0], []).append(word)
            return groups
        """,
        calls=("f(['ab', 'ac', 'b'])",),
    ),
    Rewrites(
        "a defaultdict of lists filled by the loop",
        """
        from collections import defaultdict

        def f(words: list[str]):
            groups = defaultdict(list)
            for i in range(len(words)):
                groups[words[i][0]].append(words[i])
            return groups
        """,
        """
        from collections import defaultdict

        def f(words: list[str]):
            groups = defaultdict(list)
            for word in words:
                groups[word[0]].append(word)
            return groups
        """,
        calls=("f(['ab', 'ac', 'b'])",),
        wrap=False,
    ),
    Rewrites(
        "a writer of the standard library",
        """
        import csv
        import io

        def f(rows: list):
            out = io.StringIO()
            writer = csv.writer(out)
            for i in range(len(rows)):
                writer.writerow(rows[i])
                print(rows[i])
            return out.getvalue()
        """,
        """
        import csv
        import io

        def f(rows: list):
            out = io.StringIO()
            writer = csv.writer(out)
            for row in rows:
                writer.writerow(row)
                print(row)
            return out.getvalue()
        """,
        calls=("f([[1, 2], [3]])",),
        wrap=False,
    ),
    Rewrites(
        "logging, files, math and random",
        """
        import logging
        import math
        import random

        log = logging.getLogger(__name__)

        def f(values: list[float], path: str):
            with open(path, 'w') as out:
                for i in range(len(values)):
                    log.info('%d %s', i, values[i])
                    out.write(str(values[i]) + '\\n')
                    random.random()
                    print(math.floor(values[i]))
        """,
        """
        import logging
        import math
        import random

        log = logging.getLogger(__name__)

        def f(values: list[float], path: str):
            with open(path, 'w') as out:
                for i, value in enumerate(values):
                    log.info('%d %s', i, value)
                    out.write(str(value) + '\\n')
                    random.random()
                    print(math.floor(value))
        """,
        calls=("f([1.5, 2.5], '/dev/null')",),
        wrap=False,
    ),
    Rewrites(
        "a constant of the module, under unknown calls",
        """
        NAMES = ['a', 'b']

        def main(callback):
            for i in range(len(NAMES)):
                callback(NAMES[i])
                print(NAMES[i])
        """,
        """
        NAMES = ['a', 'b']

        def main(callback):
            for name in NAMES:
                callback(name)
                print(name)
        """,
        calls=("main(print)",),
        wrap=False,
    ),
    Rewrites(
        "what a function of the file makes anew for each call",
        """
        def load(n: int):
            rows = []
            for k in range(n):
                rows.append(k)
            return rows

        def f(callback):
            rows = load(3)
            for i in range(len(rows)):
                callback()
                print(rows[i])
        """,
        """
        def load(n: int):
            rows = []
            for k in range(n):
                rows.append(k)
            return rows

        def f(callback):
            rows = load(3)
            for row in rows:
                callback()
                print(row)
        """,
        calls=("f(print)",),
    ),
    Declines(
        "a public list of the module, which other files may change",
        """
        rows = []

        def add(row):
            rows.append(row)

        def main(callback):
            for i in range(len(rows)):
                callback(rows[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a constant that only others can be filling",
        """
        HANDLERS = []

        def fire():
            for i in range(len(HANDLERS)):
                HANDLERS[i]()
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "a global that its name reaches",
        """
        ROWS = [1, 2]

        def put():
            globals()['ROWS'].append(3)

        def f():
            for i in range(len(ROWS)):
                put()
                print(ROWS[i])
        """,
        "change",
        unsafe=True,
    ),
    Declines(
        "an element whose source is printed, and nothing else",
        "def f(a: list):\n    for i in range(len(a)):\n        print(f'{a[i]=}')",
        "read-later",
    ),
    Declines(
        "an element that changes places with another one",
        "def f(rows: list):\n    for i in range(len(rows)):\n        rows[i], rows[0] = rows[0], rows[i]\n",
        "swapped",
        mentions="line 3",
    ),
    Declines(
        "an unknown call before the read, in a loop that has one turn",
        "def f(a: list, g):\n    for i in range(len(a)):\n        g()\n        print(a[i])\n        break",
        "change",
        unsafe=True,
        mentions="g()",
    ),
]

# --- the text that comes out --------------------------------------------------------------------------------------------------------------

TEXT = [
    Rewrites(
        "a first line that names the element becomes the target",
        """
        def f(rows: list[dict]):
            for i in range(len(rows)):
                row = rows[i]
                print(i, row['name'], rows[i])
        """,
        """
        def f(rows: list[dict]):
            for i, row in enumerate(rows):
                print(i, row['name'], row)
        """,
        calls=("f([{'name': 'a'}])",),
    ),
    Rewrites(
        "the comments of that line stay",
        """
        def f(rows: list):
            for i in range(len(rows)):  # each row
                # the one at hand
                current = rows[i]  # by index

                # show it
                print(current)
        """,
        """
        def f(rows: list):
            for current in rows:  # each row
                # the one at hand
                # by index

                # show it
                print(current)
        """,
        calls=("f([1])",),
    ),
    Rewrites(
        "the comment behind that line goes behind the header, where there is room",
        """
        def f(batches: list[list]):
            for number in range(len(batches)):
                # what comes next
                batch = batches[number]  # the tokens of one step
                print(number, len(batch))
            for number in range(len(batches)):
                b = batches[number]  # a comment so long that it would not fit behind the header any more, at all
                print(len(b))
        """,
        """
        def f(batches: list[list]):
            for number, batch in enumerate(batches):  # the tokens of one step
                # what comes next
                print(number, len(batch))
            for b in batches:
                # a comment so long that it would not fit behind the header any more, at all
                print(len(b))
        """,
        calls=("f([[1]])",),
    ),
    Rewrites(
        "a first line that unpacks the element becomes the target",
        """
        def f(pairs: list[tuple[int, int]]):
            for i in range(len(pairs)):
                a, b = pairs[i]
                print(a + b)
        """,
        """
        def f(pairs: list[tuple[int, int]]):
            for a, b in pairs:
                print(a + b)
        """,
        calls=("f([(1, 2)])",),
    ),
    Rewrites(
        "a first line that unpacks the element, and the index",
        """
        def f(pairs: list[tuple[int, int]]):
            for i in range(len(pairs)):
                a, b = pairs[i]
                print(i, a + b)
        """,
        """
        def f(pairs: list[tuple[int, int]]):
            for i, (a, b) in enumerate(pairs):
                print(i, a + b)
        """,
        calls=("f([(1, 2)])",),
    ),
    Rewrites(
        "a first line whose name is bound again serves for itself only",
        """
        def f(rows: list[int]):
            for i in range(len(rows)):
                row = rows[i]
                row += 1
                print(row, rows[i])
        """,
        """
        def f(rows: list[int]):
            for i, row in enumerate(rows):
                row += 1
                print(row, rows[i])
        """,
        calls=("f([1])",),
    ),
    Rewrites(
        "the only line of the body is no header",
        "def f(rows: list):\n    for i in range(len(rows)):\n        row = rows[i]\n    return row",
        "def f(rows: list):\n    for item in rows:\n        row = item\n    return row",
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "nothing runs into for and in",
        "def f(xs: list):\n    return[xs[i]for i in(range(len(xs)))]",
        "def f(xs: list):\n    return list(xs)",
        calls=("f([1])",),
    ),
    Rewrites(
        "subscripts however they are laid out",
        "def f(xs: list):\n    for i in range( len( xs ) ):\n        print((xs[i]), xs[ i ], xs[\n            i\n        ])",
        "def f(xs: list):\n    for x in xs:\n        print((x), x, x)",
        calls=("f([1])",),
    ),
    Rewrites(
        "words that follow a subscript without a space",
        """
        def f(xs: list, c):
            a = [xs[i]if xs[i]else xs[i]for i in range(len(xs))if xs[i]and c or xs[i]in(1, 2)or xs[i]is c for _ in 'a']
            b = {i: xs[i]for i in range(len(xs))if xs[i]or xs[i]not in(1, 2)if 1}
            for i in range(len(xs)):
                print(xs[i]if 1 == xs[i]else xs[i]and(c))
            return a, b
        """,
        """
        def f(xs: list, c):
            a = [x if x else x for x in xs if x and c or x in(1, 2)or x is c for _ in 'a']
            b = {i: x for i, x in enumerate(xs) if x or x not in(1, 2)if 1}
            for x in xs:
                print(x if 1 == x else x and(c))
            return a, b
        """,
        calls=("f([1, 0, 3], 2)",),
    ),
    Rewrites(
        "a field that prints its own source",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i], f'{xs[i]=} {i=}')",
        "def f(xs: list):\n    for i, x in enumerate(xs):\n        print(x, f'{xs[i]=} {i=}')",
        calls=("f([1, 2])",),
    ),
    Rewrites(
        "a body on the header's line",
        "def f(xs: list):\n    for i in range(len(xs)): print(xs[i]); print(i)",
        "def f(xs: list):\n    for i, x in enumerate(xs): print(x); print(i)",
        calls=("f([1])",),
    ),
    Rewrites(
        "reads in f-strings",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(f'{i}: {xs[i]!r:>5} {xs[i]}')",
        "def f(xs: list):\n    for i, x in enumerate(xs):\n        print(f'{i}: {x!r:>5} {x}')",
        calls=("f([1, 'b'])",),
    ),
    Rewrites(
        "reads beside triple-quoted text and tabs",
        'def f(xs: list):\n    for i in range(len(xs)):\n        print("""a\n\tb""", xs[i])',
        'def f(xs: list):\n    for x in xs:\n        print("""a\n\tb""", x)',
        calls=("f([1])",),
    ),
    Rewrites(
        "names that are not ASCII",
        "def f(größen: list):\n    for i in range(len(größen)):\n        print('é', größen[i], '🎉', größen[i])",
        "def f(größen: list):\n    for item in größen:\n        print('é', item, '🎉', item)",
        calls=("f([1])",),
    ),
    Rewrites(
        "two loops in one function, one in the other",
        """
        def f(xs: list, ys: list):
            for i in range(len(xs)):
                for j in range(len(ys)):
                    print(xs[i], ys[j])
            for i in range(len(ys)):
                print(ys[i])
        """,
        """
        def f(xs: list, ys: list):
            for x in xs:
                for y in ys:
                    print(x, y)
            for y in ys:
                print(y)
        """,
        calls=("f([1, 2], [3])",),
    ),
    Rewrites(
        "a name that is taken makes way for the next",
        "def f(rows: list, row):\n    for i in range(len(rows)):\n        print(rows[i], row)",
        "def f(rows: list, row):\n    for item in rows:\n        print(item, row)",
        calls=("f([1], 2)",),
    ),
    Rewrites(
        "names of nested scopes and of the module are taken",
        """
        item = 'taken'

        def f(rows: list):
            def row():
                return item
            for i in range(len(rows)):
                print(rows[i], row())
        """,
        """
        item = 'taken'

        def f(rows: list):
            def row():
                return item
            for element in rows:
                print(element, row())
        """,
        calls=("f([1])",),
        wrap=False,
    ),
    Declines(
        "every good name is taken",
        """
        def f(rows: list, row, item, element, entry, row_item):
            for i in range(len(rows)):
                print(rows[i])
        """,
        "no-name",
    ),
]

# --- what cannot be seen through ----------------------------------------------------------------------------------------------------------

SURROUNDINGS = [
    Declines(
        "range is another thing here",
        "def f(xs: list, range):\n    for i in range(len(xs)):\n        print(xs[i])",
        "shadowed",
        mentions="range",
    ),
    Declines("len is another thing here", "len = max\nxs = [1, 2]\nfor i in range(len(xs)):\n    print(xs[i])", "shadowed", mentions="len"),
    Declines(
        "enumerate is another thing here", "def enumerate(): pass\nxs = [1]\nfor i in range(len(xs)):\n    print(i, xs[i])", "shadowed"
    ),
    Declines(
        "a star import may bring another range", "from numpy import *\nxs = [1]\nfor i in range(len(xs)):\n    print(xs[i])", "shadowed"
    ),
    Declines(
        "a call's result, which may be another each time",
        "def f(get):\n    for i in range(len(get())):\n        print(get()[i])",
        "not-a-name",
    ),
    Declines("a literal", "for i in range(len([1, 2])):\n    print([1, 2][i])", "not-a-name"),
    Declines("an element of another list", "def f(m: list[list]):\n    for i in range(len(m[0])):\n        print(m[0][i])", "not-a-name"),
    Declines(
        "exec may write the names",
        "def f(xs: list, code):\n    for i in range(len(xs)):\n        exec(code)\n        print(xs[i])",
        "names-seen",
    ),
    Declines(
        "a deleted collection comes back under another name",
        """
        def f(xs: list):
            for i in range(len(xs)):
                print(xs[i])
                del xs
                xs = [1]
        """,
        "rebound",
    ),
    Declines(
        "the collection bound by import",
        "def f(os: list):\n    for i in range(len(os)):\n        import os\n        print(os[i])",
        "rebound",
    ),
    Declines(
        "the collection bound by except",
        """
        def f(xs: list, g):
            for i in range(len(xs)):
                print(xs[i])
                try:
                    g()
                except ValueError as xs:
                    pass
        """,
        "rebound",
    ),
    Declines(
        "the collection sliced away", "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i])\n        del xs[i:]", "resized"
    ),
    Declines(
        "the collection extended by +=",
        "def f(xs: list):\n    for i in range(len(xs)):\n        print(xs[i])\n        xs += [1]",
        "rebound",
    ),
    Declines(
        "the path's root bound again",
        """
        def f(model, other):
            model.rows = [1]
            for i in range(len(model.rows)):
                print(model.rows[i])
                model = other
        """,
        "rebound",
    ),
    Declines(
        "the middle of the path bound again",
        """
        def f(run):
            for i in range(len(run.model.rows)):
                print(run.model.rows[i])
                run.model = None
        """,
        "rebound",
    ),
    Ignores("an async for", "async def f(xs, range):\n    async for i in range(len(xs)):\n        print(xs[i])"),
    Ignores("the length of a length", "def f(xs: list):\n    for i in range(len(xs) * 2):\n        print(i)"),
    Ignores("keywords that range does not take", "def f(xs: list):\n    for i in range(stop=len(xs)):\n        print(xs[i])"),
    Ignores("stars", "def f(xs: list):\n    for i in range(*len(xs)):\n        print(xs[i])"),
    Ignores("enumerate already", "def f(xs: list):\n    for i, x in enumerate(xs):\n        print(i, x)"),
    Rewrites(
        "typed parameters in the new syntax",
        "def f(xs: 'list[int]') -> 'list[int]':\n    return [xs[i] for i in range(len(xs))]",
        "def f(xs: 'list[int]') -> 'list[int]':\n    return list(xs)",
        calls=("f([1])",),
    ),
    Rewrites(
        "a swallowed exception leaves the store before it on another path",
        """
        import contextlib

        def f(xs: list):
            for i in range(len(xs)):
                print(xs[i])
                with contextlib.suppress(ZeroDivisionError):
                    1 / i
                    xs[i] = 9
                print(xs[i])
        """,
        """
        import contextlib

        def f(xs: list):
            for i, x in enumerate(xs):
                print(x)
                with contextlib.suppress(ZeroDivisionError):
                    1 / i
                    xs[i] = 9
                print(xs[i])
        """,
        calls=("f([1, 2])",),
        wrap=False,
    ),
    Rewrites(
        "a finally writes after continue",
        """
        def f(xs: list):
            for i in range(len(xs)):
                try:
                    if xs[i] == 1:
                        continue
                    print(xs[i])
                finally:
                    xs[i] = 0
            return xs
        """,
        """
        def f(xs: list):
            for i, x in enumerate(xs):
                try:
                    if x == 1:
                        continue
                    print(x)
                finally:
                    xs[i] = 0
            return xs
        """,
        calls=("f([1, 2])",),
    ),
]

CASES = [*FORMS, *TYPES, *WRITES, *LESSONS, *INDEX, *ALIASES, *PROOFS, *TEXT, *SURROUNDINGS]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_range_len(case: Case) -> None:
    check(case, "range-len")


def test_there_are_enough_cases() -> None:
    declines = sum(isinstance(case, Declines) for case in CASES)
    assert len(CASES) >= 120
    assert declines >= len(CASES) // 3
    assert all(dedented(case.before) for case in CASES)
