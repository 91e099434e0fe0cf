"""What a printing method or a property of the file changes by its own words."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module


def module(text: str) -> Module:
    return Module(text, ast.parse(text))


CLASS = """
from other import escape, tool
class C:
    def bump(self): self.n += 1
    def name_of(self): return escape(self.name)
    @property
    def text(self): return self.n
    @property
    def counted(self):
        self.n += 1
        return self.n
    def __init__(self, handler):
        self.handler = handler
        self.rows = []
    def __str__(self):
        {0}
def bumped(c): c.n += 1
def made():
    made = C(None)
    made.n = 1
    return made
"""


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("self.n += 1", True),
        ("self.rows[0] = 1", True),
        ("del self.rows[0]", True),
        ("self.rows.append(1)", True),
        ("rows = self.rows; rows.append(1)", True),
        ("a, b = self.rows; a.append(1)", True),
        ("for row in self.rows: row.append(1)", True),
        ("self.all().append(1)", True),
        ("global N; N = 1", True),
        ("setattr(self, 'n', 1)", True),
        ("next(self.names)", True),
        ("self.bump()", True),
        ("bumped(self)", True),
        ("(lambda: self.rows.append(1))()", True),
        ("return self.counted", True),
        ("return self.text", False),
        ("return self.name_of()", False),
        ("return escape(self.name)", False),
        ("return self.handler(self.name)", False),
        ("return tool.shown(self)", False),
        ("rows = []; rows.append(self.n); return str(rows)", False),
        ("rows = [*self.rows]; rows[0] = 1", False),
        ("copied = C(None); copied.n = 2", False),
        ("made().n", False),
        ("n = 1; n += 1; return n", False),
        ("return str(self)", False),
        ("N.append(1)", True),
        ("unbound.append(1)", True),
        ("N[0] = 1", True),
        ("def inner(): made = []; made.append(1)", True),
    ],
)
def test_printing(body: str, changes: bool) -> None:
    assert module(CLASS.format(body)).hidden.changes_by_printing is changes


@pytest.mark.parametrize("method", ["__repr__", "__format__", "__str__"])
def test_what_prints(method: str) -> None:
    assert module(f"class C:\n    def {method}(self, *rest): self.n = 1\n").hidden.changes_by_printing
    for other in ("__eq__", "__add__"):
        text = f"class C:\n    def {other}(self, other): self.n = 1\n    def {method}(self, *rest): pass\n"
        assert not module(text).hidden.changes_by_printing


@pytest.mark.parametrize(("annotation", "changes"), [("str", False), ("object", True), ("list", False), ("C", True)])
def test_a_hook_of_attributes_has_no_say_in_those_of_builtins(annotation: str, changes: bool) -> None:
    facts = module(f"class C:\n    def __getattr__(self, name): self.n = name\ndef f(c: {annotation}): return c.upper\n")
    read = facts.tree.body[-1].body[0].value  # type: ignore[attr-defined]
    assert facts.hidden.changes_by_reading(read) is changes


@pytest.mark.parametrize(
    ("made", "changes"),
    [
        ("property(get)", False), ("property(get, put)", False), ("property(put)", True), ("property(put, get)", True),
        ("property(fget=put)", True), ("property(fset=put, fget=get)", False), ("property(*both)", False), ("property(get, put, None, 'doc')", False),
        ("property(lambda self: self.rows.append(1))", True), ("property(unknown)", False), ("property(**{'fget': put})", False),
    ],
)  # fmt: skip
def test_properties_that_are_made_by_a_call(made: str, changes: bool) -> None:
    text = f"class C:\n    def get(self): return self.n\n    def put(self, value=0): self.n = value\n    p = {made}\n"
    facts = module(f"{text}def f(c): return c.p\n")
    (read,) = (node for node in ast.walk(facts.tree) if isinstance(node, ast.Attribute) and node.attr == "p")
    assert facts.hidden.changes_by_reading(read) is changes


@pytest.mark.parametrize(
    ("attribute", "changes"),
    [
        ("field", True),
        ("cached", True),
        ("set", True),
        ("of_class", True),
        ("deep", False),
        ("of_other", False),
        ("other", False),
        ("size", False),
        ("plain", False),
    ],
)
def test_attributes_that_may_be_descriptors(attribute: str, changes: bool) -> None:
    text = "class Field:\n    def __get__(self, one, owner): self.n += 1\n"
    text += (
        "class C:\n    field = Field()\n    size = 1\n    @Field\n    def cached(self): pass\n    def plain(self): pass\nC.set = Field()\n"
        "def init(cls, c): cls.of_class = c.deep.n = Field(); c.of_other = Field(); c.x.deep = Field()\n"
    )
    facts = module(f"{text}def f(c): return c.{attribute}\n")
    read = next(node.value for node in ast.walk(facts.tree.body[-1]) if isinstance(node, ast.Return))
    assert isinstance(read, ast.Attribute)
    assert facts.hidden.changes_by_reading(read) is changes
