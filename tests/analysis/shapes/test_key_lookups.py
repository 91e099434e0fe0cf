"""Where it could be noticed that a loop looks its keys up: the file's own hash and comparison of keys."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.shapes.key_lookups import noticed_look_up

PLAIN = "return hash(self.n)"


def noticed(text: str, body: str = "print(d[k])", of: str = "{K(1): 'a'}") -> str | None:
    text = f"import logging, sys\nasked = []\ndef note(x):\n    asked.append(x)\n{text}\nd = {of}\nfor k in d:\n    {body}\n"
    module = Module(text, ast.parse(text))
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For))
    assert isinstance(loop.iter, ast.Name)
    kind = module.type_of(loop.iter)
    assert kind is not None
    return noticed_look_up(loop, kind, module)


def key(body: str = PLAIN, name: str = "__hash__", more: str = "pass") -> str:
    return f"class K:\n    def __init__(self, n): self.n = self.m = n\n    def {name}(self, *a):\n        {body}\n    {more}\n"


@pytest.mark.parametrize("name", ["__hash__", "__eq__"])
@pytest.mark.parametrize(
    "body",
    [
        "print(self.n)", "input()", "sys.stdout.write('x')", "logging.info('x')", "logging.log_it('x')", "self.log.info('x')", "asked.append(1)", "note(1)", "K.asked += 1",
        "self.asked += 1", "self.asked = self.asked + 1", "self.asked[0] = 1", "global many; many = 1", "K.asked = 1", "del self.n",
    ],
)  # fmt: skip
def test_a_key_that_says_or_counts_what_is_asked_of_it(body: str, name: str) -> None:
    assert noticed(key(f"{body}; {PLAIN}", name)) == f"K.{name}"


@pytest.mark.parametrize(
    "body",
    [
        PLAIN, "return hash(tuple(self.n))", "self.kept = hash(self.n); return self.kept", "mine = []; mine.append(self.n); return 1", "return id(self)",
        "return hash(str(self))", "return self.n",
    ],
)  # fmt: skip
def test_a_key_of_which_nothing_is_heard(body: str) -> None:
    assert noticed(key(body)) is None
    assert noticed(key(f"print(1); {body}", name="other")) is None


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("class K:\n    def __init__(self, n): pass\n    __hash__ = lambda self: print(1) or 1", "K.__hash__"),
        ("def ask(self):\n    print(1)\n    return 1\nclass K:\n    def __init__(self, n): pass\n    __hash__ = ask", "K.__hash__"),
        ("def say(f):\n    def g(*a):\n        print(1)\n        return f(*a)\n    return g\n" + key(more="@say\n    def __eq__(self, other): return True"), "K.__eq__"),
        (key("return self.ask()", more="def ask(self):\n        note(1)\n        return 1"), "K.__hash__"),
        (key("return self.ask()", more="def ask(self):\n        return self.ask() or print(1)"), "K.__hash__"),
        ("class Base:\n    def __init__(self, n): pass\n    def __hash__(self):\n        note(1)\n        return 1\nclass K(Base): pass", "Base.__hash__"),
    ],
    ids=["a lambda", "a function of the file", "a decorator", "a method that it calls", "one that calls itself", "a base"],
)  # fmt: skip
def test_where_the_code_stands_otherwise(text: str, method: str) -> None:
    assert noticed(text) == method


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("k.n += 1; print(d[k])", True), ("k.n = 1; print(d[k])", True), ("del k.n; print(d[k])", True), ("k.grow(); print(d[k])", True), ("k.fill(); print(d[k])", True),
        ("grow(k); print(d[k])", True), ("k.n.append(1); print(d[k])", True), ("k.n[0] = 1; print(d[k])", True), ("k.m.append(1); print(d[k])", False), ("k.m = 1; print(d[k])", False), ("k.seen(); print(d[k])", False), ("print(k.n, d[k])", False),
        ("print(k.n[0], d[k])", False), ("k.n.count(1); print(d[k])", False), ("k.m[0] = 1; print(d[k])", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("hash_of", ["return hash(self.n)", "return hash(self.key())", "return hash(self.pair)"])
def test_a_key_that_the_loop_changes(body: str, found: bool, hash_of: str) -> None:
    methods = "grow(self): self.n += 1", "fill(self): self.n.append(1)", "seen(self): self.m = 1", "key(self): return self.n"
    more = "\n    ".join(f"def {one}" for one in methods) + "\n    @property\n    def pair(self): return self.n, 1\n"
    assert noticed(f"{key(hash_of, more=more)}def grow(k): k.n += 1\n", body) == ("K.__hash__" if found else None)


def test_a_hash_of_what_calls_itself() -> None:
    text = key("return self.depth()", more="def depth(self):\n        return self.depth() + self.n")
    assert noticed(text, "k.n += 1; print(d[k])") == "K.__hash__"
    assert noticed(text, "k.m += 1; print(d[k])") is None


def test_a_hash_of_all_fields_that_a_decorator_makes() -> None:
    text = "from dataclasses import dataclass\n@dataclass({})\nclass K:\n    n: int\n"
    assert noticed(text.format("unsafe_hash=True"), "k.n += 1; print(d[k])") == "K.__hash__"
    assert noticed(text.format("unsafe_hash=True"), "k.m += 1; print(d[k])") is None
    assert noticed(text.format("frozen=True"), "k.n += 1; print(d[k])") is None


@pytest.mark.parametrize("of", ["{'a': 1}", "{1: K(2)}", "{(1, 'a'): 1}"])
def test_keys_that_no_code_of_the_file_hashes(of: str) -> None:
    assert noticed(key("print(1); return 1"), of=of) is None


def test_keys_that_are_not_known() -> None:
    assert noticed(key("print(1); return 1"), of="dict(asked)") == "K.__hash__"
    assert noticed(f"{key('print(1); return 1')}import os", of="os.environ") is None
