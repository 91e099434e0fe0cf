"""`comprehension`: loops that add all elements of something at once, which become two loops in one comprehension."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Ignores, Rewrites, check, names


def loop(added: str, birth: str = "out = []", head: str = "for row in rows:", parameters: str = "rows, other=3") -> str:
    """A function that fills `out` and returns it."""
    inside = "\n".join(f"        {line}" for line in added.split("\n"))
    return f"def f({parameters}):\n    {birth}\n    {head}\n{inside}\n    return out\n"


def returned(value: str, parameters: str = "rows, other=3") -> str:
    return f"def f({parameters}):\n    return {value}\n"


CALLS = ("f(['ab', 'c'])", "f([])", "f(['ab', 3])", "f([[1, 2], [3]])")

CASES: list[Case] = [
    Rewrites(
        "words of lines",
        loop("out.extend(row.split())", parameters="rows: list[str]"),
        returned("[item for row in rows for item in row.split()]", "rows: list[str]"),
        CALLS,
    ),
    Rewrites(
        "a list's own elements, named after it",
        "def f(pages: list[list[str]]):\n    out = []\n    for lines in pages:\n        out.extend(lines)\n    return out\n",
        "def f(pages: list[list[str]]):\n    return [line for lines in pages for line in lines]\n",
        ("f([['a', 'b'], ['c']])", "f([])"),
    ),
    Rewrites(
        "a set of the elements of lists",
        loop("out.update(sorted(row))", birth="out = set()"),
        returned("{item for row in rows for item in sorted(row)}"),
        CALLS,
    ),
    Rewrites(
        "one of two lists",
        loop("out.extend(list(row) if other else 'abc')"),
        returned("[item for row in rows for item in (list(row) if other else 'abc')]"),
        (*CALLS, "f(['a'], 0)"),
    ),
    Rewrites(
        "a temporary that is spread",
        loop("parts = sorted(row)\nout.extend(parts)"),
        returned("[part for row in rows for part in sorted(row)]"),
        CALLS,
    ),
    Rewrites(
        "a list comprehension, whose loop is the inner one",
        loop("out.extend([str(cell) for cell in row])"),
        returned("[str(cell) for row in rows for cell in row]"),
        CALLS,
    ),
    Rewrites(
        "a set of the elements of list comprehensions",
        loop("out.update([(cell, row) for cell in row])", birth="out = set()", parameters="rows: list[str], other=3"),
        returned("{(cell, row) for row in rows for cell in row}", "rows: list[str], other=3"),
        CALLS,
    ),
    Rewrites(
        "a set of texts, which all have a hash",
        loop("out.update([str(cell) for cell in row])", birth="out = set()"),
        returned("{str(cell) for row in rows for cell in row}"),
        CALLS,
    ),
    Rewrites(
        "a list comprehension over what a choice gives",
        loop("out.extend([(row, c) for c in (row if other else 'ab')])"),
        returned("[(row, c) for row in rows for c in (row if other else 'ab')]"),
        CALLS,
    ),
    Rewrites(
        "a generator that calls nothing",
        loop("out.extend((row, cell) for cell in row)"),
        returned("[(row, cell) for row in rows for cell in row]"),
        CALLS,
    ),
    Rewrites(
        "what a class of one's own may be, which `extend` would ask for its length",
        loop("out.extend(row)"),
        returned("[item for row in rows for item in row]"),
        CALLS,
        unsafe="type",
        because="`row` is a list",
    ),
    Rewrites(
        "a set of the elements of sets, which come in another order",
        loop("out.update(set(range(row)))", birth="out = set()", head="for row in range(3):"),
        returned("{item for row in range(3) for item in set(range(row))}"),
        ("f(1)",),
        unsafe="set-order",
        because="the order of the set `out`",
    ),
    Declines(
        "what is known to be no collection at all",
        loop("out.update(row)", birth="out = set()", head="for row in range(3):"),
        "type",
        unsafe=True,
    ),
    Declines("three clauses", loop("if not row:\n    continue\nout.extend(sorted(row))"), "reads-better"),
    Declines("three clauses, one of them its own", loop("out.extend([c for c in row if c])"), "reads-better"),
    Declines("a generator that calls what may raise StopIteration", loop("out.extend(int(cell) for cell in row)"), "reads-better"),
    Declines("a generator over a call", loop("out.extend(cell for cell in sorted(row))"), "reads-better"),
    Declines("a set comprehension, whose order is another", loop("out.extend({cell for cell in row})"), "reads-better"),
    Declines(
        "a call for each element of a set, which may have no hash",
        loop("out.update([other(cell) for cell in row])", birth="out = set()"),
        "reads-better",
    ),
    Declines(
        "what may be a generator, which goes on before an element without a hash",
        loop("out.update([cell for cell in row])", birth="out = set()"),
        "reads-better",
    ),
    Declines(
        "a call in its condition, before an element without a hash",
        loop("out.update([cell for cell in row if other(cell)])", birth="out = set()", parameters="rows: list[list], other"),
        "reads-better",
    ),
    Declines("two loops in it", loop("out.extend([c for cell in row for c in cell])"), "reads-better"),
    Declines("a variable of the outer loop's name", loop("out.extend([row for row in row])"), "reads-better"),
    Declines(
        "a variable of a name that the outer loop reads",
        loop("if cell:\n    out.extend([cell for cell in row])", birth="cell = 1\n    out = []"),
        "reads-better",
    ),
    Declines(
        "a variable of a name that what is looped over has",
        loop("out.extend([cell for cell in cell])", birth="cell = 'ab'\n    out = []"),
        "reads-better",
    ),
    Declines("a function of its variable", loop("out.extend([lambda: cell for cell in row])"), "closure"),
    Declines("`:=`, which may not stand where something is looped over", loop("out.extend(list(x := row))"), "assigns"),
    Declines("`:=` in its list comprehension", loop("out.extend([x for cell in row if (x := cell)])"), "assigns"),
    Declines("the list itself", loop("out.extend(list(out))"), "read-inside"),
    Declines(
        "no good name",
        loop(
            "out.extend(sorted(row))",
            head="for row in rows:",
            parameters="rows, item=1, element=2, entry=3",
        )
        .replace("return out", "return out, item, element, entry")
        .replace("sorted(row)", "sorted((row, item, element, entry))"),
        "reads-better",
        mentions="no good name",
    ),
    Ignores("elements that stand there one by one", loop("out.extend([row, other])")),
    Ignores("a tuple of them", loop("out.extend((row, other))")),
    Ignores("a dict that is updated", loop("out.update(row)", birth="out = {}")),
    Ignores("a list that has no update", loop("out.update(row)")),
    Ignores("two arguments", loop("out.update(row, other)", birth="out = set()")),
    Ignores("one thing or many", loop("if row:\n    out.extend(row)\nelse:\n    out.append(row)")),
    Ignores("many things or one", loop("if row:\n    out.append(row)\nelse:\n    out.extend(row)")),
    Rewrites(
        "a list comprehension with two variables",
        loop("out.extend([(row, b) for a, b in row])"),
        returned("[(row, b) for row in rows for a, b in row]"),
        ("f([{(1, 2)}])", "f([])"),
    ),
    Ignores("many things either way", loop("if row:\n    out.extend(row)\nelse:\n    out.extend(other)")),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_case(case: Case) -> None:
    check(case, "comprehension")
