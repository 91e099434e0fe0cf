"""Which calls speak for or against the annotation of a parameter: those of its function, whatever fills the first parameter."""

from collections.abc import Callable

import pytest

STATIC = "class C:\n    @staticmethod\n    def f(x: str): repr(x)\n"
OF_CLASS = "class C:\n    @classmethod\n    def f(cls, x: str): repr(x)\n"
PLAIN = "class C:\n    def f(self, x: str): repr(x)\n"
MADE = "class C:\n    def __init__(self, x: str): repr(x)\n"
NEW = "class C:\n    def __new__(cls, x: str): repr(x)\n"


@pytest.mark.parametrize(
    "source",
    [
        f"{STATIC}C.f(1)",
        f"{STATIC}C().f(1)",
        f"{STATIC}    def g(self): self.f(1)",
        f"{STATIC}map(C.f, [1])",
        f"{OF_CLASS}C.f(1)",
        f"{OF_CLASS}C().f(1)",
        f"{OF_CLASS}C.f(x=1)",
        f"{OF_CLASS}map(C.f, [1])",
        f"{PLAIN}C().f(1)",
        f"{PLAIN}C.f(C(), 1)",
        f"{PLAIN}f(1)",
        f"{MADE}C(1)",
        f"{MADE}map(C, [1])",
        f"{MADE}class D(C): pass\nD(1)",
        f"{MADE}class D(C): pass\nclass E(D): pass\nE(1)",
        f"{MADE}class D(E, C): pass\nD(1)",
        f"{MADE}class D(C):\n    def __init__(self): super().__init__(1)",
        f"{MADE}class D(C):\n    def __init__(self): super(D, self).__init__(1)",
        f"{MADE}class D(C): pass\nclass E(D):\n    def __init__(self): super().__init__(1)",
        f"{MADE}class D(C):\n    def __init__(self): C.__init__(self, 1)",
        f"{MADE}    @classmethod\n    def make(cls): return cls(1)",
        f"{MADE}class D(C):\n    @classmethod\n    def make(cls): return cls(1)",
        f"{MADE}    def make(self): return type(self)(1)",
        f"{MADE}    def make(self): return self.__class__(1)",
        f"{NEW}C(1)",
        f"{NEW}class D(C):\n    def __new__(cls): return super().__new__(cls, 1)",
    ],
)
def test_against(shown: Callable[[str], str], source: str) -> None:
    assert shown(source) == "?"


@pytest.mark.parametrize(
    "source",
    [
        f"{STATIC}C.f('a')\nC().f('a')",
        f"{OF_CLASS}C.f('a')\nC().f('a')",
        f"{PLAIN}C().f('a')\nC.f(C(), 'a')",
        f"{PLAIN}C().g(1)",
        f"{MADE}C('a')\nclass D:\n    def __init__(self, x): pass\nD(1)",
        f"{MADE}class D(C):\n    def __init__(self, x): super().__init__('a')\nD(1)",
        f"{MADE}class D(C):\n    def __init__(self, x): super().__init__('a')\nclass E(D):\n    def __init__(self): super().__init__(1)",
        f"{MADE}class D(C):\n    def __init__(self, x): C.__init__(self, 'a')\n    @classmethod\n    def make(cls): return cls(1)",
        f"{MADE}class D:\n    def __init__(self): super().__init__(1)",
        f"{MADE}def f(): super().__init__(1)",
        f"{MADE}class D(E):\n    def __init__(self): E.__init__(self, 1)",
        f"{MADE}    def g(self): self.x.__init__(1); __init__(1)",
        f"{MADE}import dataclasses\n@dataclasses.dataclass\nclass D(C):\n    n: int\nD(1)",
        f"{MADE}def make(cls): return cls(1)",
        f"{MADE}def make(cls: list[C]): return cls(1)",
        f"{MADE}super().__init__(1)",
        "def __init__(x: str): repr(x)\n__init__('a')",
        f"{NEW}class D(C):\n    def __new__(cls): return super().__new__(cls, 'a')",
    ],
)
def test_not_against(shown: Callable[[str], str], source: str) -> None:
    assert shown(source) == "str"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class C:\n    @classmethod\n    def f(cls, *x: str): repr(x)\nC.f(1)", "tuple"),
        ("class C:\n    @staticmethod\n    def f(*x: str): repr(x)\nC().f('a')", "tuple[str, ...]"),
        ("class C:\n    def f(self, *x: str): repr(x)\nC.f(C(), 'a')\nC().f('a')", "tuple[str, ...]"),
        ("class C:\n    def f(self, *x: str): repr(x)\nC().f(1)", "tuple"),
    ],
)
def test_what_a_star_gathers(shown: Callable[[str], str], source: str, expected: str) -> None:
    assert shown(source) == expected
