"""`string-concat` where the text comes from: what of a file's own records, methods and collections proves that it is a `str`."""

from __future__ import annotations

import pytest

from tests.harness import Case, Declines, Rewrites, check, names


def proved(name: str, head: str, before: str, after: str, *calls: str) -> Rewrites:
    """`head` with the statement `before` as its last line becomes the same with `after`."""
    return Rewrites(name, f"{head}{before}\n", f"{head}{after}\n", calls, wrap=False)


def doubted(name: str, source: str) -> Declines:
    """One site that rests on an assumption about a type."""
    return Declines(name, source, "type", unsafe=True)


USER = """from typing import TypedDict

class User(TypedDict):
    name: str
    age: int

"""

GREET = 'def greet(user: User):\n    return "Hello, " + user["name"]\n'

RECORDS = [
    proved("a key of a TypedDict", f"{USER}def greet(user: User):\n    ", 'return "Hello, " + user["name"]', "return f\"Hello, {user['name']}\"",
           "greet({'name': 'a', 'age': 1})"),
    proved("a key of a nested one", f"{USER}class Team(TypedDict):\n    head: User\n\ndef greet(team: Team):\n    ",
           'return "Hello, " + team["head"]["name"]', "return f\"Hello, {team['head']['name']}\"", "greet({'head': {'name': 'a', 'age': 1}})"),
    doubted("a key that the TypedDict does not have", f"{USER}def greet(user: User):\n    return \"Hello, \" + user[\"nick\"]\n"),
    doubted("a key that is not written out", f"{USER}def greet(user: User, key: str):\n    return \"Hello, \" + user[key]\n"),
    doubted("a store of something else", f"{USER}{GREET}\ndef strip(user):\n    user[\"name\"] = user[\"name\"].encode()\n    user[\"name\"] = None\n"),
    doubted("a display of something else", f"{USER}{GREET}\ngreet({{\"name\": Text(\"a\"), \"age\": 1}})\n\nclass Text(str):\n    pass\n"),
    doubted("a call with something else", f"{USER}{GREET}\ngreet(User(name=None, age=1))\n"),
    doubted("a second class of that name", f"{USER}{GREET}\nif broken:\n    class User(dict):\n        pass\n"),
]  # fmt: skip

CASES: list[Case] = [*RECORDS]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_sources_of_text(case: Case) -> None:
    check(case, "string-concat")
