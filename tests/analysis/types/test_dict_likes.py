"""Whether iterating over the receiver of `keys()` gives what that gives."""

import ast
from collections.abc import Callable

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.dict_likes import keys_are_elements
from codemods.model.verdict import Safe

Facts = Callable[[str], Module]

IMPORTS = "import collections, email, pandas, pathlib, os\nimport lxml.etree\nimport xml.etree.ElementTree as ET\n"

RECEIVERS = [
    ("x = {}\nx.keys()", "safe"),
    ("os.environ.keys()", "safe"),
    ("x = None\nx.keys()", "not-a-dict"),
    ("x = {} if y else None\nx.keys()", "not-none"),
    ("x = {} if y else 'a'\nx.keys()", "not-a-dict"),
    ("x = pathlib.Path()\nx.keys()", "type"),
    ("x = collections.ChainMap()\nx.keys()", "mapping"),
    ("x.keys()", "type"),
    ("pathlib.keys()", "module"),
    ("collections.Counter.keys()", "type"),
    ("from collections import Counter\nCounter.keys()", "not-a-dict"),
    ("class C: pass\nC.keys()", "not-a-dict"),
    ("if y:\n    class C: pass\nelse:\n    C = y\nC.keys()", "type"),
    ("class C(metaclass=M): pass\nC.keys()", "not-a-dict"),
    ("with lxml.etree.fromstring(y) as x: x.keys()", "type"),
    ("import foo\nfoo.fromstring(y).keys()", "type"),
    ("pandas.Series(y).keys()", "keys-differ"),
    ("email.message_from_string(y).keys()", "keys-differ"),
    ("k, v = email.message_from_string(y)\nk.keys()", "type"),
    ("for k, v in email.message_from_string(y): k.keys()", "type"),
    ("x = lxml.etree.fromstring(y)\nx.keys()", "keys-differ"),
    ("lxml.etree.tostring(y).keys()", "type"),
    ("x = lxml.etree.fromstring(y)\nx[0].keys()", "keys-differ"),
    ("x = lxml.etree.fromstring(y)\nx.find('a').keys()", "keys-differ"),
    ("x = lxml.etree.fromstring(y)\nx.get('a').keys()", "type"),
    ("x = lxml.etree.fromstring(y)\nfor z in x: z.keys()", "keys-differ"),
    ("x = lxml.etree.fromstring(y)\nx = z\nx.keys()", "type"),
    ("k, v = lxml.etree.fromstring(y)\nk.keys()", "type"),
    ("for k, v in lxml.etree.fromstring(y): k.keys()", "type"),
    ("def f():\n    x = x.find('a')\n    x.keys()", "type"),
    ("def f(x):\n    if hasattr(x, 'keys'): x.keys()", "asked-for"),
    ("def f(x):\n    if hasattr(x, 'values'): x.keys()", "type"),
    ("def f(x, z):\n    if hasattr(z, 'keys'): x.keys()", "type"),
    ("super().keys()", "super"),
]

OF_ITSELF = [
    ("class C(dict):\n    def f(self): self.keys()", "subclass"),
    ("class C(dict[str, int]):\n    def f(self): self.keys()", "subclass"),
    ("class C(dict, M):\n    def f(self): self.keys()", "subclass"),
    ("class C(M):\n    def f(self): self.keys()", "type"),
    ("from collections import Counter\nclass C(Counter):\n    def f(self): self.keys()", "subclass"),
    ("f = lambda x: x.keys()", "type"),
    ("class C(M, object):\n    def f(self): self.keys()", "type"),
    ("class C(object):\n    def f(self): self.keys()", "not-a-dict"),
    ("class C:\n    def f(self): self.keys()", "not-a-dict"),
    ("class B(dict): pass\nclass C(B):\n    def f(self): self.keys()", "subclass"),
    ("class B(dict):\n    def __iter__(self): yield 1\nclass C(B):\n    def f(self): self.keys()", "own-keys"),
    ("class C(B):\n    def f(self): self.keys()\nclass B(C): pass", "not-a-dict"),
    ("class C(dict):\n    @staticmethod\n    def f(self): self.keys()", "type"),
    ("class C(dict):\n    @kept\n    def f(self): self.keys()", "subclass"),
    ("class C(dict):\n    def f(self, other): other.keys()", "type"),
    ("class C(dict):\n    def f(self):\n        self = y\n        self.keys()", "type"),
    ("class C(dict): pass\ndef f(c: C): c.keys()", "subclass"),
]


@pytest.mark.parametrize(("source", "expected"), [*RECEIVERS, *OF_ITSELF])
def test_a_receiver(facts: Facts, source: str, expected: str) -> None:
    module = facts(f"{IMPORTS}{source}")
    found = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Attribute) and node.attr == "keys"]
    verdict = keys_are_elements(found[-1], module)
    assert ("safe" if isinstance(verdict, Safe) else verdict.code) == expected
