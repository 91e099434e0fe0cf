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

POINT = """class Point:
    def __init__(self, x):
        self.x = x

    @classmethod
    def parse(cls, text):
        return cls(text.strip())

    @staticmethod
    def sep():
        return ", "

    def title(self):
        if self.x:
            return "a point"
        return "nothing"

    @property
    def low(self):
        return self.title().lower()

"""

SAID = '    def said(self):\n        return "<" + self.title() + self.low + self.sep()\n'

METHODS = [
    proved("a method of a private class", f"{POINT}{SAID}".replace("Point", "_Point").rpartition("        return")[0] + "        ",
           'return "<" + self.title() + self.low + self.sep()', 'return f"<{self.title()}{self.low}{self.sep()}"', "_Point(1).said()"),
    proved("a static method by its class", f"{POINT}def f(a: str):\n    ", 'return "<" + Point.sep() + a', 'return f"<{Point.sep()}{a}"', "f('b')"),
    proved("an object made right there", f"{POINT}def f():\n    p = Point(1)\n    ", 'return "<" + p.title()', 'return f"<{p.title()}"', "f()"),
    doubted("a property that asks a method which others may override", f"{POINT}def f():\n    return \"<\" + Point(1).low\n"),
    Declines("a method that other files may override", f"{POINT}{SAID}", "type", unsafe=True, mentions="self.title()"),
    doubted("an object from elsewhere", f"{POINT}def f(p: Point):\n    return \"<\" + p.title()\n"),
    doubted("an object of a class below, made by its class method", f"{POINT}def f():\n    return \"<\" + Point.parse('a').title()\n"),
    doubted("a method that is patched", f"{POINT}Point.sep = staticmethod(len)\n\ndef f():\n    return \"<\" + Point.sep()\n"),
    doubted("a method that may be patched by name", f"{POINT}def put(name, x):\n    setattr(Point, name, x)\n\ndef f():\n    return \"<\" + Point.sep()\n"),
    doubted("a class that is set anew", f"{POINT}def f(other):\n    p = Point(1)\n    p.__class__ = other\n    return \"<\" + p.title()\n"),
    doubted("an heir in the file that gives something else",
            f"{POINT}{SAID}".replace("Point", "_Point") + "\nclass _Odd(_Point):\n    def sep(self):\n        return 1\n"),
    doubted("a private class with a public heir", f"{POINT}{SAID}".replace("Point", "_Point") + "\nclass Open(_Point):\n    pass\n"),
    doubted("a property taken from its class", 'class C:\n    @property\n    def p(self) -> str:\n        return "a"\n\ndef f():\n    return "<" + C.p\n'),
    doubted("a star import behind the class", f"{POINT}from m import *\n\ndef f():\n    return \"<\" + Point.sep()\n"),
    doubted("a class that `globals` may replace", f"{POINT}globals()[name] = 1\n\ndef f():\n    return \"<\" + Point.sep()\n"),
    doubted("a method whose text may be of a subclass", f"class Text(str):\n    pass\n\n{POINT}def f():\n    return \"<\" + Point.join(Point)\n"),
]  # fmt: skip

RUN = "import subprocess\n\ndef head(command: list[str]):\n    out = subprocess.run(command, capture_output=True, text=True)\n"

PROCESSES = [
    proved("the output of a program", f"{RUN}    ", 'return "got " + out.stdout', 'return f"got {out.stdout}"', "head(['echo', 'a'])"),
    Declines("output that is bytes", RUN.replace(", text=True", "") + '    return "got " + out.stdout\n', "not-a-str"),
    doubted("output that is set anew", RUN + '    out.stdout = None\n    return "got " + out.stdout\n'),
    doubted("a function of the library that the file replaces", f'{RUN}    return "got " + out.stdout\n\nsubprocess.run = fake\n'),
    doubted("a module that the file replaces", f'{RUN}    return "got " + out.stdout\n\nsubprocess = fake\n'),
    doubted("an attribute of the library that the file sets",
            'import argparse\np = argparse.ArgumentParser()\np.prog = None\n\ndef f():\n    return "a" + p.prog\n'),
]  # fmt: skip

NAMES = """class Names:
    def __init__(self):
        self._names = ["a"]
        self._by = {}

    def add(self, name: str):
        self._names.append(name)
        self._by[name] = name.upper()

"""

SHOW = "    def show(self):\n        "

SHOWN = f'{NAMES}{SHOW}return "<" + self._names[0]\n'

COLLECTIONS = [
    proved("what a private list holds", f"{NAMES}{SHOW}", 'return "<" + self._names[0]', 'return f"<{self._names[0]}"', "Names().show()"),
    proved("what a private dict holds", f"{NAMES}{SHOW}self.add('a')\n        ", "return '<' + self._by['a']", "return f'<{self._by[\"a\"]}'", "Names().show()"),
    doubted("a public list", SHOWN.replace("_names", "names")),
    doubted("a list that takes anything", f"{SHOWN}\n    def put(self, x):\n        self._names.append(x)\n"),
    doubted("a list that is handed out", f"{SHOWN}\n    def all(self):\n        return self._names\n"),
    doubted("a list that has another name", f"{SHOWN}\n    def put(self, x):\n        names = self._names\n        names.append(x)\n"),
    doubted("a list that an heir fills", f"{SHOWN}\nclass More(Names):\n    def put(self):\n        self._names.insert(0, 1)\n"),
    doubted("an attribute that is set by name", f"{SHOWN}\ndef put(thing, name, x):\n    setattr(thing, name, x)\n"),
    doubted("an attribute that is taken by name", f"{SHOWN}\ndef put(thing, name, x):\n    getattr(thing, name).append(x)\n"),
    doubted("an attribute behind `__dict__`", f"{SHOWN}\ndef put(thing, x):\n    thing.__dict__['_names'].append(x)\n"),
    doubted("text of a class derived from `str`", f"class Text(str):\n    pass\n\n{SHOWN}\ndef put(names, text):\n    names._names.append(Text(text))\n"),
    proved("what a pattern takes out of a list of text", "def f(parts: list[str]):\n    match parts:\n        case [first, *others]:\n            ",
           'return "<" + first', 'return f"<{first}"', "f(['a', 'b'])"),
    doubted("what a pattern takes out of a list of anything",
            'def f(parts: list):\n    match parts:\n        case [first, *others]:\n            return "<" + first\n'),
]  # fmt: skip

CASES: list[Case] = [*COLLECTIONS, *RECORDS, *METHODS, *PROCESSES]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_sources_of_text(case: Case) -> None:
    check(case, "string-concat")
