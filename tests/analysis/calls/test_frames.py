"""Functions that look at who called them find a comprehension there before Python 3.12."""

import pytest

from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings

HEAD = "import inspect, sys, traceback\nfrom sys import _getframe\n"
LOOKING = [
    "def log(x): return sys._getframe(1).f_code.co_name, x\n",
    "def log(x): return _getframe(x)\n",
    "def log(x): return inspect.currentframe().f_back, x\n",
    "def log(x): return inspect.stack()[1].function\n",
    "def log(x): return traceback.extract_stack()[-2], x\n",
    "def caller(): return inspect.stack()[2].function\ndef log(x): return caller(), x\n",
    "class A:\n    def log(self, x): return sys._getframe(1).f_lineno\na = A()\n",
]
QUIET = [
    "def log(x): return sys._getframe(1).f_globals['__name__'], x\n",
    "def log(x): return sys._getframe().f_code.co_name, x\n",
    "def log(x): return inspect.currentframe().f_lineno, x\n",
    "def log(x): return inspect.signature(x)\ndef other(): return inspect.stack()\n",
]
LOOPS = {
    "comprehension": "def f(xs):\n    out = []\n    for x in xs:\n        out.append({}(x))\n    return out\n",
    "side-effect-comprehension": "def f(xs):\n    [{}(x) for x in xs]\n",
}


def fixed(head: str, rule: str, called: str = "log", target: tuple[int, int] = (3, 11)) -> bool:
    text = HEAD + head + LOOPS[rule].format("a.log" if "class" in head else called)
    return isinstance(process(text.encode(), Settings((rule,), target=target)), Fixed)


@pytest.mark.parametrize("rule", LOOPS)
@pytest.mark.parametrize("head", LOOKING)
def test_a_function_that_looks_at_its_caller(head: str, rule: str) -> None:
    assert not fixed(head, rule)
    assert fixed(head, rule, target=(3, 12))


@pytest.mark.parametrize("rule", LOOPS)
@pytest.mark.parametrize("head", QUIET)
def test_a_function_that_does_not(head: str, rule: str) -> None:
    assert fixed(head, rule)


@pytest.mark.parametrize("read", ["sys._getframe().f_code", "inspect.currentframe()", "inspect.currentframe().f_globals"])
def test_a_frame_of_its_own(read: str) -> None:
    """A comprehension has one before Python 3.12, of which the globals are the same."""
    text = f"{HEAD}def f(xs):\n    out = []\n    for x in xs:\n        out.append(({read}, x))\n    return out\n"
    assert isinstance(process(text.encode(), Settings(("comprehension",), target=(3, 11))), Fixed) is read.endswith("globals")
    assert isinstance(process(text.encode(), Settings(("comprehension",), target=(3, 12))), Fixed)


@pytest.mark.parametrize("rule", LOOPS)
@pytest.mark.parametrize("called", ["sys._getframe", "inspect.stack", "inspect.currentframe"])
def test_looking_from_within(called: str, rule: str) -> None:
    assert not fixed("", rule, called)
