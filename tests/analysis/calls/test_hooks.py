"""Methods that are there to be overridden: what a loop calls, and then reads its element, keeps its index."""

from __future__ import annotations

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings

START = """
import abc
class CLASS:
    def __init__(self):
        self.rows = [1, 2]
    def go(self, other):
        for i in range(len(self.rows)):
            CALL
            print(self.rows[i])
    METHOD
"""


def is_rewritten(method: str, call: str = "self.m(i)", name: str = "Base", more: str = "") -> bool:
    text = START.replace("METHOD", method).replace("CALL", call).replace("CLASS", name) + more
    return isinstance(process(text.encode(), Settings(("range-len",))), Fixed)


HOOKS = [
    "def m(self, i): pass",
    "def m(self, i): ...",
    "def m(self, i): return",
    "def m(self, i): return None",
    "def m(self, i): return True",
    "def m(self, i): 'For heirs.'",
    "def m(self, i):\n        'For heirs.'\n        raise NotImplementedError",
    "def m(self, i): raise NotImplementedError('m')",
    "@abc.abstractmethod\n    def m(self, i): return i + 1",
    "async def m(self, i): pass",
]


@pytest.mark.parametrize("method", HOOKS)
def test_what_is_there_to_be_overridden_may_do_anything(method: str) -> None:
    """A private one that does nothing may, but the file keeps it to itself."""
    assert not is_rewritten(method)
    refuses = "raise" in method or "abstract" in method
    assert is_rewritten(method.replace("def m", "def _m"), "self._m(i)") is not refuses
    assert not is_rewritten(method, "sorted([i], key=self.m)")


@pytest.mark.parametrize("method", HOOKS)
def test_but_not_where_no_other_file_derives_from_the_class(method: str) -> None:
    assert is_rewritten(method, name="_Base")
    assert is_rewritten(method, "base.m(i)", more="base = Base()\n")
    assert is_rewritten(method, "Base().m(i)")
    make = "def make() -> Base: return other()\n"
    assert not is_rewritten(method, "make().m(i)", more="held = Base()\ndef make() -> Base: return held\n")
    assert not is_rewritten(method, "base.m(i)", more=f"{make}base = make()\n")
    assert not is_rewritten(method, "base.m(i)", more="first = Base()\nbase = first\n")
    assert not is_rewritten(method, "base.m(i)", more="base, other = Base()\n")
    enter = "\n    def __enter__(self) -> 'Base': return self.other\n    def __exit__(self, *rest): pass"
    assert not is_rewritten(method + enter, "base.m(i)", more="with Base() as base: pass\n")


@pytest.mark.parametrize(
    ("method", "call"),
    [
        ("def m(self, i): return i + 1", "self.m(i)"),
        ("def m(self, i): raise ValueError", "self.m(i)"),
        ("def m(self, i): return self", "self.m(i)"),
        ("def __len__(self): return 0", "self.__len__()"),
        ("def m(self, i): pass", "Base.m(self, i)"),
    ],
)
def test_what_says_what_it_does_is_taken_at_its_word(method: str, call: str) -> None:
    assert is_rewritten(method, call)


def test_a_parameter_may_be_of_a_class_below() -> None:
    method = "def m(self, i): pass"
    assert not is_rewritten(method, "other.m(i)")
    program = START.replace("(self, other)", "(self, other: 'Base')").replace("METHOD", method).replace("CLASS", "Base")
    assert not isinstance(process(program.replace("CALL", "other.m(i)").encode(), Settings(("range-len",))), Fixed)
