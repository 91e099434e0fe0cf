"""What stands behind a key of a dictionary that is written out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

DICTIONARY = [
    ("if other: c = dict(name=3, rate='x')\nrepr(c['name'])", "str | float | int"),
    ("repr(c['name'])", "str"),
    ("repr(c['rate'])", "float"),
    ("for k in c: print(k)\nrepr(c['name'])", "str"),
    ("print(c, len(c), c.items())\nrepr(c['name'])", "str"),
    ("c['other'] = None\nrepr(c['name'])", "str"),
    ("c['name'] = 3\nrepr(c['name'])", "str | int"),
    ("c[other] = 3\nrepr(c['name'])", "str | int"),
    ("c[other] = other\nrepr(c['name'])", "?"),
    ("c = {'name': 3, 'rate': 'x'}\nrepr(c['name'])", "str | int"),
    ("d = c\nd['name'] = 3\nrepr(c['name'])", "str | int"),
    ("repr(c['none'])", "str | float"),
    ("repr(c[other])", "str | float"),
    ("c['rate'] += 1\nrepr(c['name'])", "?"),
    ("c.update(name=3)\nrepr(c['name'])", "str | float | int"),
    ("c |= {'name': 3}\nrepr(c['name'])", "str | float | int"),
    ("c.setdefault('name', other)\nrepr(c['name'])", "?"),
    ("other(c)\nrepr(c['name'])", "?"),
    ("c = other\nrepr(c['name'])", "?"),
    ("g = lambda: other(c)\nrepr(c['name'])", "?"),
]


@pytest.mark.parametrize(("body", "kind"), DICTIONARY)
def test_a_dictionary_of_a_function(shown: Callable[[str], str], body: str, kind: str) -> None:
    program = "def f(other):\n    c = {'name': 'm', 'rate': 0.1}\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    assert shown(program) == kind


@pytest.mark.parametrize(
    ("display", "kind"),
    [
        ("{'name': 'm', **other, 'x': 1}", "?"),
        ("{'name': other, 'x': 'm'}", "?"),
        ("{'name': 1, 'name': 'm'}", "str"),
        ("{'name': 'm', other: 1}", "str | int"),
        ("dict(name='m', x=1)", "str | int"),
    ],
)
def test_other_displays(shown: Callable[[str], str], display: str, kind: str) -> None:
    assert shown(f"def f(other):\n    c = {display}\n    repr(c['name'])") == kind


ROWS = "rows = [{'name': 'm', 'rate': 0.1}, {'name': 'n', 'rate': 1}]\n"
EACH = "for row in rows: repr(row['name'])"


LIST = [
    (EACH, "str"),
    ("for row in rows: repr(row['rate'])", "float | int"),
    ("[repr(row['name']) for row in rows]", "str"),
    (f"rows.append({{'name': 'o'}})\n{EACH}", "str"),
    (f"rows.append({{'name': 3}})\n{EACH}", "str | int"),
    (f"rows.append({{'name': 3, **other}})\n{EACH}", "?"),
    (f"rows.append(other)\n{EACH}", "?"),
    (f"rows += other\n{EACH}", "?"),
    (f"rows[0] = other\n{EACH}", "?"),
    (f"print(len(rows))\n{EACH}", "str"),
    (f"print(rows[0]['name'])\n{EACH}", "str"),
    (f"rows[0]['name'] = 3\n{EACH}", "str | int"),
    (f"del rows[0]['name']\n{EACH}", "str"),
    (f"first = rows[0]\nfirst['name'] = 3\n{EACH}", "str | int"),
    (f"others = rows\nothers[0]['name'] = 3\n{EACH}", "str | int"),
    (f"others = list(rows)\nothers[0]['name'] = 3\n{EACH}", "str | int"),
    (f"other(rows)\n{EACH}", "?"),
    (f"for r in rows: r['name'] = 3\n{EACH}", "str | int"),
    (f"for r in rows: r['size'] = 3\n{EACH}", "str"),
    (f"for r in rows: r[other] = 3\n{EACH}", "str | int"),
    (f"for r in rows: r['rate'] += 1\n{EACH}", "?"),
    (f"for r in rows: r.update(name=3)\n{EACH}", "?"),
    (f"for r in rows: other(r)\n{EACH}", "?"),
    (f"for r, s in zip(rows, rows): r['name'] = 3\n{EACH}", "str | int"),
    (f"for r in sorted(rows, key=other): r['name'] = 3\n{EACH}", "?"),
    (f"[r.update(name=3) for r in rows]\n{EACH}", "?"),
    (f"rows = other\n{EACH}", "?"),
    (f"rows = []\n{EACH}", "str"),
    ("for i, row in enumerate(rows): repr(row['name'])", "str"),
    (f"rows.append(d)\n{EACH}", "?"),
    (f"rows += [d]\n{EACH}", "?"),
    (f"rows[0] = d\n{EACH}", "?"),
    (f"rows = [d]\n{EACH}", "?"),
    (f"other[rows[0]]\n{EACH}", "?"),
    (f"other[rows]\n{EACH}", "?"),
    (f"[1 for x in other if rows]\n{EACH}", "?"),
    ("for row in list(rows): repr(row['name'])", "str | float | int"),
    ("for row in rows: print()\nfor row in [{'name': 3}]: repr(row['name'])", "?"),
    ("for row in other: repr(row['name'])", "?"),
    (f"add = rows.append\nadd({{'name': 3}})\n{EACH}", "?"),
    (f"list(map(rows.append, [{{'name': 3}}]))\n{EACH}", "?"),
    ("for row in rows: print()\nfor row in other: repr(row['name'])", "?"),
]


@pytest.mark.parametrize(("body", "kind"), LIST)
def test_the_dictionaries_of_a_list(shown: Callable[[str], str], body: str, kind: str) -> None:
    program = "def f(other, d: dict[str, int | str]):\n" + "\n".join(f"    {line}" for line in (ROWS + body).split("\n"))
    assert shown(program) == kind


@pytest.mark.parametrize(("body", "kind"), DICTIONARY)
def test_a_dictionary_with_a_list_that_goes_out_of_sight(shown: Callable[[str], str], body: str, kind: str) -> None:
    program = "def f(other):\n    c = {'name': 'm', 'rate': 0.1, 'tags': ['a']}\n    other(c['tags'])\n"
    assert shown(program + "\n".join(f"    {line}" for line in body.split("\n"))) == kind.replace("str | float", "str | float | list")


ROW_IN_HAND = (
    "rows[0]['name'] = 3",
    "del rows[0]['name']",
    "first = rows[0]",
    "others = ",
    "zip(rows, rows)",
    "enumerate(rows)",
    "list(rows)",
)
"""What takes a row out by an index, or with others: such rows are followed only where all that is in them is in sight."""


@pytest.mark.parametrize(("body", "kind"), LIST)
def test_the_dictionaries_of_a_list_with_a_list_that_goes_out_of_sight(shown: Callable[[str], str], body: str, kind: str) -> None:
    rows = ROWS.replace("'rate': 1}", "'rate': 1, 'tags': ['a']}") + "for r in rows: other(r['tags'])\n"
    program = "def f(other, d: dict[str, int | str]):\n" + "\n".join(f"    {line}" for line in (rows + body).split("\n"))
    assert shown(program) == ("?" if any(part in body for part in ROW_IN_HAND) else kind)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("c = {'k': other[0], 'm': 1, 'n': 'a'}\nrepr(c['m'])", "int"),
        ("v = [][0]\nc = {'k': v, 'm': 1, 'n': 'a'}\nrepr(c['k'].x if other else 1)", "int"),
        ("rows = [{'a': 1}]\nfor row, x in rows: repr(row['a'])", "?"),
        ("repr(unbound['a'])", "?"),
    ],
)
def test_what_is_no_display(shown: Callable[[str], str], body: str, kind: str) -> None:
    assert shown("def f(other):\n" + "\n".join(f"    {line}" for line in body.split("\n"))) == kind


DECLARED = "rows: list[dict[str, float | str]] = [{'name': 'm', 'rate': 0.1, 'tags': other}]\n"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", "str"),
        ("print(len(rows))\n", "str"),
        ("rows.append({'name': 'n'})\n", "str"),
        ("rows.append({'name': 3.5})\n", "str | float"),
        ("add = rows.append\nadd({'name': 3.5})\n", "int | float | str"),
        ("other[rows][0]\n", "int | float | str"),
        ("len = other\nlen(rows)\n", "int | float | str"),
        ("rows[0] = d\n", "int | float | str"),
        ("rows.extend(d)\n", "int | float | str"),
        ("rows += d\n", "?"),
        ("rows[0]['name'] += d\n", "int | float | str"),
        ("for row, x in rows: repr(row['name'])\n", "?; int | float | str"),
    ],
)
def test_rows_whose_class_is_written_down_are_still_rows_of_their_own(shown: Callable[[str], str], body: str, kind: str) -> None:
    program = "def f(other, d):\n" + "\n".join(f"    {line}" for line in (DECLARED + body + EACH).split("\n"))
    assert shown(program) == kind
