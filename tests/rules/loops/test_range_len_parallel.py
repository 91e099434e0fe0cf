"""`range-len`: several sequences under one index, which `zip` goes through where none of them may be shorter."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Rewrites, check, names

LISTS = "    names = ['a', 'b']\n    ages = [3, 4]\n"
LOOP = "    for i in range(len(names)):\n        print(names[i], ages[i])\n"
ZIPPED = "    for name, age in zip(names, ages):\n        print(name, age)\n"


def function(births: str, loop: str = LOOP, parameters: str = "", head: str = "", end: str = "") -> str:
    """A function that makes the lists and goes through them."""
    return f"{head}def f({parameters}):\n{births}{loop}{end}"


def rewrites(name: str, births: str, parameters: str = "", calls: tuple[str, ...] = ("f()",), head: str = "", end: str = "") -> Rewrites:
    before, after = (function(births, loop, parameters, head, end) for loop in (LOOP, ZIPPED))
    return Rewrites(name, before, after, calls)


def declines(name: str, births: str, parameters: str = "", loop: str = LOOP, head: str = "", code: str = "parallel") -> Declines:
    return Declines(name, function(births, loop, parameters, head), code)


PAIR = "names: list[str], ages: list[int]"
PAIRS = ("f(['a', 'b'], [1, 2])", "f(['a'], [1, 2])", "f([], [])", "f(['a', 'b'], [1])")

CASES: list[Case] = [
    rewrites("two lists that stand there", LISTS),
    rewrites("the other one is longer", "    names = ['a', 'b']\n    ages = [3, 4, 5]\n"),
    Rewrites(
        "tuples and strings",
        function("    word = 'ab'\n    ages = 3, 4\n", "    for i in range(len(word)):\n        print(word[i], ages[i])\n"),
        function("    word = 'ab'\n    ages = 3, 4\n", "    for char, age in zip(word, ages):\n        print(char, age)\n"),
        ("f()",),
    ),
    rewrites("one made of the other", "    ages = [len(x) for x in names]\n", "names: list[str]", ("f(['a', 'bc'])", "f([])")),
    rewrites("one sorted from the other", "    ages = sorted(names, key=len)\n", "names: list[str]", ("f(['a', 'bc'])", "f([])")),
    rewrites("a copy", "    ages = names[:]\n", "names: list[str]", ("f(['a', 'bc'])", "f([])")),
    rewrites("as many zeros", "    ages = [0] * len(names)\n", "names: list[str]", ("f(['a', 'bc'])", "f([])")),
    rewrites("one for each turn of a count", "    ages = [x for x in range(len(names))]\n", "names: list[str]", ("f(['a'])", "f([])")),
    rewrites("numbered", "    ages = [x for x in enumerate(names)]\n", "names: list[str]", ("f(['a'])", "f([])")),
    rewrites("the one in the header made of the other", "    names = [str(x) for x in ages]\n", "ages: list[int]", ("f([1, 2])", "f([])")),
    rewrites(
        "both made of a third",
        "    names = [str(x) for x in rows]\n    ages = [x + 1 for x in rows]\n",
        "rows: list[int]",
        ("f([1, 2])", "f([])"),
    ),
    rewrites("numbers of turns", "    names = ['a'] * 3\n    ages = [x for x in range(3)]\n"),
    rewrites("parameters whose lengths a test compares", "    if len(names) != len(ages):\n        raise ValueError\n", PAIR, PAIRS),
    rewrites("the other way round", "    if len(ages) != len(names):\n        return\n", PAIR, PAIRS),
    rewrites("a test of several things", "    if not names or len(ages) != len(names):\n        return\n", PAIR, PAIRS),
    rewrites("an assertion", "    assert len(names) == len(ages), 'not alike'\n", PAIR, PAIRS),
    rewrites("an assertion of three", "    assert len(names) == len(ages) == 2\n", PAIR, PAIRS),
    rewrites(
        "keys and values",
        "    names = list(d.keys())\n    ages = list(d.values())\n",
        "d: dict[str, int]",
        ("f({'a': 1, 'b': 2})", "f({})"),
    ),
    Rewrites(
        "names that say nothing",
        "def f(a: list[int], b: list[int]):\n    assert len(a) == len(b)\n    for i in range(len(a)):\n        print(a[i] * b[i])\n",
        "def f(a: list[int], b: list[int]):\n    assert len(a) == len(b)\n    for x, y in zip(a, b):\n        print(x * y)\n",
        ("f([1, 2], [3, 4])",),
    ),
    rewrites("an element stored in between", f"{LISTS}    names[0] = 'c'\n    ages[1] += 1\n"),
    rewrites("sorted in between", f"{LISTS}    ages.sort()\n"),
    rewrites("changed after the loop", LISTS, end="    ages.pop()\n    return ages\n"),
    Rewrites(
        "a test around the loop",
        "def f(names: list[str], ages: list[int]):\n    if names and len(names) == len(ages):\n        for i in range(len(names)):\n"
        "            print(names[i], ages[i])\n",
        "def f(names: list[str], ages: list[int]):\n    if names and len(names) == len(ages):\n        for name, age in zip(names, ages):\n"
        "            print(name, age)\n",
        PAIRS,
    ),
    Rewrites(
        "a script",
        "names = ['a', 'b']\nages = [3, 4]\nfor i in range(len(names)):\n    print(names[i], ages[i])\n",
        "names = ['a', 'b']\nages = [3, 4]\nfor name, age in zip(names, ages):\n    print(name, age)\n",
        wrap=False,
    ),
    Rewrites(
        "the index is used as well",
        function(LISTS, "    for i in range(len(names)):\n        print(i, names[i], ages[i])\n"),
        function(LISTS, "    for i, (name, age) in enumerate(zip(names, ages)):\n        print(i, name, age)\n"),
        ("f()",),
    ),
    Rewrites(
        "the index is used after the loop",
        function(LISTS, end="    return i\n"),
        function(LISTS, "    for i, (name, age) in enumerate(zip(names, ages)):\n        print(name, age)\n", end="    return i\n"),
        ("f()",),
    ),
    Rewrites(
        "a dict is looked up under the index as well",
        function(LISTS, "    for i in range(len(names)):\n        print(d[i], names[i], ages[i])\n", "d: dict[int, str]"),
        function(LISTS, "    for i, (name, age) in enumerate(zip(names, ages)):\n        print(d[i], name, age)\n", "d: dict[int, str]"),
        ("f({0: 1, 1: 2})", "f({})"),
    ),
    Rewrites(
        "first lines that name the elements",
        function(
            LISTS, "    for i in range(len(names)):\n        old = ages[i]  # years\n        who = names[i]\n        print(who, old)\n"
        ),
        function(LISTS, "    for who, old in zip(names, ages):\n        # years\n        print(who, old)\n"),
        ("f()",),
    ),
    Rewrites(
        "a first line that names one of them",
        function(LISTS, "    for i in range(len(names)):\n        who = names[i]\n        print(who, ages[i], names[i])\n"),
        function(LISTS, "    for who, age in zip(names, ages):\n        print(who, age, who)\n"),
        ("f()",),
    ),
    Rewrites(
        "in a comprehension",
        "def f(xs: list[int]):\n    ys = [x * x for x in xs]\n    return sum(xs[i] * ys[i] for i in range(len(xs)) if ys[i])\n",
        "def f(xs: list[int]):\n    ys = [x * x for x in xs]\n    return sum(x * y for x, y in zip(xs, ys) if y)\n",
        ("f([1, 0, 2])",),
    ),
    Rewrites(
        "four of them",
        "def f():\n    a, b = [1, 2], [3, 4]\n    xs = [1, 2]\n    ys = [3, 4]\n    zs = [5, 6]\n    keys = ['p', 'q']\n"
        "    for i in range(len(xs)):\n        print(xs[i], zs[i], ys[i], keys[i])\n",
        "def f():\n    a, b = [1, 2], [3, 4]\n    xs = [1, 2]\n    ys = [3, 4]\n    zs = [5, 6]\n    keys = ['p', 'q']\n"
        "    for x, z, y, key in zip(xs, zs, ys, keys):\n        print(x, z, y, key)\n",
        ("f()",),
    ),
    Rewrites(
        "a first line whose name is bound again",
        function(LISTS, "    for i in range(len(names)):\n        who = names[i]\n        print(who, ages[i])\n        who = 1\n"),
        function(LISTS, "    for who, age in zip(names, ages):\n        print(who, age)\n        who = 1\n"),
        ("f()",),
    ),
    Rewrites(
        "a text and what is none, without names of their own",
        "def f():\n    word = 'ab'\n    data = (3, 4)\n    for i in range(len(word)):\n        print(word[i], data[i])\n",
        "def f():\n    word = 'ab'\n    data = (3, 4)\n    for char, item in zip(word, data):\n        print(char, item)\n",
        ("f()",),
    ),
    Rewrites(
        "a line that was too long before",
        "def f():\n    xs = [1]\n    ys = [2]\n    return [(xs[i], ys[i], 'something long') for i in range(len(xs))]\n",
        "def f():\n    xs = [1]\n    ys = [2]\n    return [(x, y, 'something long') for x, y in zip(xs, ys)]\n",
        ("f()",),
        line_length=40,
        wrap=False,
    ),
    Rewrites(
        "in a part of an expression",
        "def f(xs: list[int], a):\n    ys = [x * x for x in xs]\n    return [xs[i] * ys[i] for i in range(len(xs))] if a else []\n",
        "def f(xs: list[int], a):\n    ys = [x * x for x in xs]\n    return [x * y for x, y in zip(xs, ys)] if a else []\n",
        ("f([1, 0, 2], 1)",),
    ),
    rewrites("one for each of some that stand there", "    names = ['a', 'b']\n    ages = [x for x in (1, 2)]\n"),
    Rewrites(
        "a list of which only its length is known, by a test",
        function("    if len(names) != len(ages):\n        return\n", LOOP, "names, ages: list[int]"),
        function("    if len(names) != len(ages):\n        return\n", ZIPPED, "names, ages: list[int]"),
        PAIRS,
        unsafe="type",
    ),
    Rewrites(
        "two texts, told apart by what they are called",
        "def f(first_word: str, second_word: str, count: dict[str, int]):\n    if len(first_word) != len(second_word):\n        return 1\n"
        "    for i in range(len(first_word)):\n        count[first_word[i]] = 1\n        count[second_word[i]] = 2\n    return count\n",
        "def f(first_word: str, second_word: str, count: dict[str, int]):\n    if len(first_word) != len(second_word):\n        return 1\n"
        "    for first_char, second_char in zip(first_word, second_word):\n        count[first_char] = 1\n        count[second_char] = 2\n"
        "    return count\n",
        ("f('ab', 'bc', {})", "f('a', 'bc', {})"),
    ),
    Rewrites(
        "two lists, told apart by their numbers",
        "def f():\n    list1 = [1, 2]\n    list_2 = [3, 4]\n    for i in range(len(list1)):\n        print(list1[i], list_2[i])\n",
        "def f():\n    list1 = [1, 2]\n    list_2 = [3, 4]\n    for item1, item2 in zip(list1, list_2):\n        print(item1, item2)\n",
        ("f()",),
    ),
    Declines(
        "two lists that nothing tells apart",
        "def f(x):\n    a = 'ab'\n    b = 'cd'\n    for i in range(len(a)):\n        print(a[i], b[i])\n",
        "parallel",
    ),
    Declines(
        "more lists that nothing tells apart than there are letters",
        "def f():\n    a = b = c = d = 'cd'\n    for i in range(len(a)):\n        print(a[i], b[i], c[i], d[i])\n",
        "parallel",
    ),
    Declines(
        "two lists, where the names that tell them apart are taken",
        "def f(item2):\n    list1 = [1, 2]\n    list2 = [3, 4]\n    for i in range(len(list1)):\n        print(list1[i], list2[i], item2)\n",
        "parallel",
    ),
    declines(
        "two lists made of two others",
        "    names = [str(x) for x in rows]\n    ages = [x for x in cells]\n",
        "rows: list[int], cells: list[int]",
    ),
    declines("a third that is an iterator", "    rows = iter([1, 2])\n    names = [str(x) for x in rows]\n    ages = [1 for x in rows]\n"),
    declines("a list with others in it, several times", "    ages = [*names] * len(names)\n", "names: list[str]"),
    declines(
        "where a test says that they are no equals",
        "    if len(names) == len(ages):\n        print('?')\n    else:\n",
        PAIR,
        loop="        for i in range(len(names)):\n            print(names[i], ages[i])\n",
    ),
    declines(
        "what has a length and is none of the builtin sequences",
        "    if len(names) != len(ages):\n        return\n",
        "names: list[str], ages: Ages",
        head="class Ages:\n    def __len__(self): return 2\n    def __getitem__(self, i): return i\n    def __iter__(self): return iter([])\n\n",
    ),
    declines(
        "a header over several lines", LISTS, loop="    for i in range(\n        len(names)\n    ):\n        print(names[i], ages[i])\n"
    ),
    declines(
        "no good name",
        LISTS,
        "name, item, element, entry, name_item, names_item",
        loop=f"{LOOP}    print(name, item, element, entry, name_item, names_item)\n",
    ),
    declines("the other one is shorter", "    names = ['a', 'b']\n    ages = [3]\n"),
    declines("lengths nobody knows", "", PAIR),
    declines("a list with others in it", "    names = ['a', 'b']\n    ages = [3, *names[1:]]\n"),
    declines("some of the other", "    ages = [len(x) for x in names if x]\n", "names: list[str]"),
    declines("a part of the other", "    ages = names[1:]\n", "names: list[str]"),
    declines("a shadowed list", "    ages = sorted(names)\n", "names: list[str]", head="def sorted(x): return []\n\n"),
    declines("an element appended in between", f"{LISTS}    names.append('c')\n"),
    declines("an element taken away in between", f"{LISTS}    ages.pop()\n"),
    declines("taken away through another name", f"{LISTS}    other = ages\n    other.pop()\n"),
    declines("taken away by a function", f"{LISTS}    print_all(ages)\n", head="def print_all(x): x.pop()\n\n"),
    declines("bound anew in between", f"{LISTS}    if names[0]: ages = ages[1:]\n"),
    declines("bound in a branch alone", "    ages = []\n    if names: ages = [len(x) for x in names]\n", "names: list[str]"),
    declines("either of two", "    if names: ages = [3, 4]\n    else: ages = [3]\n", "names: list[str]"),
    declines("bound in one branch alone", "    if names: ages = [len(x) for x in names]\n", "names: list[str]"),
    declines("bound anew for certain", f"{LISTS}    ages = [3]\n"),
    declines("unpacked", "    names, ages = ['a', 'b', 'c'], [3]\n"),
    declines(
        "one of several lists",
        "    names = ['a', 'b']\n    for ages in [[1], [2]]:\n",
        loop="        for i in range(len(names)):\n            print(names[i], ages[i])\n",
    ),
    declines(
        "an attribute of a list that stands there",
        "    rows = [1]\n    ages = [3]\n",
        loop="    for i in range(len(rows.names)):\n        print(rows.names[i], ages[i])\n",
    ),
    declines(
        "the third changes in between",
        "    names = [str(x) for x in rows]\n    rows.append(1)\n    ages = [x for x in rows]\n",
        "rows: list[int]",
    ),
    declines(
        "the third changes afterwards, where they are made the other way round",
        "    ages = [x for x in rows]\n    rows.pop()\n    names = [str(x) for x in rows]\n",
        "rows: list[int]",
    ),
    declines("a third that gives its elements once", "    names = [str(x) for x in rows]\n    ages = [len(x) for x in rows]\n", "rows"),
    declines("the other changes after it was the model", "    names = [str(x) for x in ages]\n    ages.pop()\n", "ages: list[int]"),
    declines("the one changes after it was the model", "    ages = [len(x) for x in names]\n    names.append('c')\n", "names: list[str]"),
    declines("a test that goes on all the same", "    if len(names) != len(ages):\n        print('?')\n", PAIR),
    declines("a test of something else", "    if len(names) > len(ages):\n        return\n", PAIR),
    declines("a test of one part of it", "    if len(names) != len(ages) and names:\n        return\n", PAIR),
    declines("a test with an else", "    if len(names) != len(ages):\n        return\n    else:\n        ages.pop()\n", PAIR),
    declines("a test of another list", "    if len(names) != len(names[0]):\n        return\n", PAIR),
    declines("a test before a change", "    if len(names) != len(ages):\n        return\n    ages.pop()\n", PAIR),
    declines("an assertion before a change", "    assert len(names) == len(ages)\n    ages.pop()\n", PAIR),
    declines("an assertion of one thing or another", "    assert len(names) == len(ages) or not ages\n", PAIR),
    declines("an assertion in a branch", "    if names:\n        assert len(names) == len(ages)\n", PAIR),
    declines("unequal to one in between", "    if len(names) != len(names[0]) != len(ages):\n        return\n", PAIR),
    declines("views of what changes", "    names = list(d)\n    d.clear()\n    ages = list(d.values())\n", "d: dict[str, int]"),
    declines("views of anything", "    names = list(d.keys())\n    ages = list(d.values())\n", "d", code="parallel"),
    declines("a test that need not be come by", "    if names:\n        if len(names) != len(ages):\n            return\n", PAIR),
    declines(
        "a length of one's own", "    if len(names) != len(ages):\n        return\n", PAIR, head="len = lambda x: 1\n\n", code="shadowed"
    ),
    declines("a zip of one's own", LISTS, head="def zip(*x): return x\n\n"),
    declines(
        "a loop that resizes the other",
        LISTS,
        loop="    for i in range(len(names)):\n        print(names[i], ages[i])\n        ages.pop()\n",
    ),
    declines("a loop that stores", LISTS, loop="    for i in range(len(names)):\n        ages[i] = len(names[i])\n"),
    declines("a loop that stores and reads", LISTS, loop="    for i in range(len(names)):\n        ages[i] = names[i], ages[i]\n"),
    declines("a neighbour", LISTS, loop="    for i in range(len(names)):\n        print(names[i], ages[i - 1])\n"),
    declines("its own neighbour", LISTS, loop="    for i in range(len(names)):\n        print(names[i], ages[i], names[i - 1])\n"),
    declines("read later", LISTS, loop="    for i in range(len(names)):\n        print(names[i], lambda: ages[i])\n"),
    declines("what it shows itself", LISTS, loop="    for i in range(len(names)):\n        print(names[i], f'{ages[i]=}')\n"),
    declines(
        "another list, of which nothing is known",
        LISTS,
        "rows",
        loop="    for i in range(len(names)):\n        print(names[i], ages[i], rows[i])\n",
    ),
    declines(
        "another list that is no name", LISTS, "rows", loop="    for i in range(len(names)):\n        print(names[i], ages[i], rows()[i])\n"
    ),
    declines(
        "keys and values between which a look-up makes another",
        "    names = list(found)\n    found['q']\n    ages = list(found.values())\n",
        head="from collections import defaultdict\n\n",
        parameters="found: defaultdict[str, int]",
        loop="    for i in range(len(ages)):\n        print(ages[i], names[i])\n",
    ),
    declines("nothing of its own", LISTS, loop="    for i in range(len(names)):\n        print(ages[i])\n"),
    declines(
        "a name that is bound again",
        LISTS,
        loop="    for i in range(len(names)):\n        who = names[i]\n        print(who, ages[i], names[i])\n        who = 1\n",
    ),
    declines(
        "both named alike",
        LISTS,
        loop="    for i in range(len(names)):\n        who = names[i]\n        who = ages[i]\n        print(who)\n",
    ),
    declines(
        "a header too long for its line",
        LISTS.replace("names", "the_names_of_all_of_them_as_they_stand").replace("ages", "the_ages_of_all_of_them_as_they_stand"),
        loop=LOOP.replace("names", "the_names_of_all_of_them_as_they_stand").replace("ages", "the_ages_of_all_of_them_as_they_stand"),
    ),
    Declines(
        "five of them",
        "def f():\n    xs = [1]\n    ys = [1]\n    zs = [1]\n    ages = [1]\n    keys = [1]\n    for i in range(len(xs)):\n        print(xs[i], ys[i], zs[i], ages[i], keys[i])\n",
        "parallel",
    ),
    Declines(
        "lists of the module, in a function that other files call",
        "names = ['a', 'b']\nages = [3, 4]\n\ndef f():\n    for i in range(len(names)):\n        print(names[i], ages[i])\n",
        "parallel",
    ),
    Declines(
        "an attribute",
        "class C:\n    def f(self):\n        self.names = ['a', 'b']\n        self.ages = [3, 4]\n        for i in range(len(self.names)):\n            print(self.names[i], self.ages[i])\n",
        "parallel",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_case(case: Case) -> None:
    check(case, "range-len")
