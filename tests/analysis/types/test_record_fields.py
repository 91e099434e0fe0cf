"""What calls give the fields of dataclasses and named tuples, against what the fields are annotated with."""

from collections.abc import Callable

import pytest

HEAD = "import attr, dataclasses\nfrom dataclasses import KW_ONLY, dataclass, field\nfrom typing import ClassVar, NamedTuple\n"
A = f"{HEAD}@dataclass\nclass A:\n    a: str\n"
B = f"{A}@dataclass\nclass B(A):\n    b: str\n"
TUPLE = f"{HEAD}class A(NamedTuple):\n    a: str\n"
READ = "\ndef f(x: A): repr(x.a)"
READ_B = "\ndef f(x: B): repr(x.b)"


@pytest.mark.parametrize(
    "source",
    [
        f"{A}A(1){READ}",
        f"{A}A(a=1){READ}",
        f"{A}map(A, [1]){READ}",
        f"{A}dataclasses.replace(y, a=1){READ}",
        f"{A}class B(A): pass\nB(1){READ}",
        f"{A}class B(A):\n    def __init__(self): super().__init__(1){READ}",
        f"{A}class B(A):\n    def __init__(self): A.__init__(self, 1){READ}",
        f"{A}    @classmethod\n    def make(cls): return cls(1){READ}",
        f"{A}    def make(self): return type(self)(1){READ}",
        f"{B}B('a', 1){READ_B}",
        f"{B}B(1, 'a'){READ}",
        f"{B}B('a', b=1){READ_B}",
        f"{B}class C(B):\n    def __init__(self): super().__init__('a', 1){READ_B}",
        f"{TUPLE}A(1){READ}",
        f"{TUPLE}y._replace(a=1){READ}",
        f"{TUPLE}class B(A): pass\nB(1){READ}",
        f"{HEAD}@dataclass\nclass A:\n    n: ClassVar[int] = 1\n    a: str\nA(1){READ}",
        f"{HEAD}@dataclass\nclass A:\n    n: int = field(init=False)\n    a: str = ''\nA(1){READ}",
        f"{HEAD}@dataclass\nclass A:\n    n: int = field(init=True)\n    a: str = ''\nA(2, 1){READ}",
        f"{HEAD}@dataclass\nclass A:\n    n: int = field(kw_only=True)\n    a: str = ''\nA(1){READ}",
        f"{HEAD}@dataclass(kw_only=True)\nclass N:\n    n: int\n@dataclass\nclass A(N):\n    a: str\nA(1, n=2){READ}",
        f"{HEAD}class N:\n    n: int\n@dataclass\nclass A(N):\n    a: str\nA(1){READ}",
        f"{HEAD}@dataclass\nclass A:\n    def n(self): pass\n    y.n: int = 1\n    a: str\nA(1){READ}",
        f"{HEAD}@dataclass(frozen=True)\nclass A:\n    a: str\nA(1){READ}",
        f"{HEAD}@dataclass(kw_only=False)\nclass A:\n    a: str\nA(1){READ}",
        f"{HEAD}@dataclass\nclass A:\n    n: int\n    _: KW_ONLY\n    a: str = ''\n@dataclass\nclass B(A):\n    b: str\nB(1, 2){READ_B}",
        f"{HEAD}@attr.s\nclass A:\n    n: attr.x.y = attr.ib()\n    a: str = attr.ib()\nA(2, 1){READ}",
    ],
)
def test_against(shown: Callable[[str], str], source: str) -> None:
    assert shown(source) == "?"


@pytest.mark.parametrize(
    "source",
    [
        f"{A}A('a'){READ}",
        f"{B}B('a', 'b')\nA('a'){READ_B}",
        f"{HEAD}@dataclass\nclass N:\n    n: int\n@dataclass\nclass B(N):\n    b: str\nB(1, 'b'){READ_B}",
        f"{HEAD}@dataclass\nclass N:\n    n: int\n@dataclass\nclass B(N, C):\n    b: str\nB(1, 'b'){READ_B}",
        f"{HEAD}@dataclass\nclass A:\n    n: int\n    _: KW_ONLY\n    a: str\nA(1, 2){READ}",
        f"{HEAD}@dataclass(kw_only=True)\nclass A:\n    a: str\nA(1){READ}",
        f"{A}class B(A):\n    def __init__(self, n): super().__init__('a')\nB(1){READ}",
        f"{A}    def __init__(self, n): self.a = 'a'\nA(1){READ}",
    ],
)
def test_not_against(shown: Callable[[str], str], source: str) -> None:
    assert shown(source) == "str"
