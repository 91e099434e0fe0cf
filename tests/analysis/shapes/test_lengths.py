"""Whether a sequence certainly has an element for each index of another one."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.change.effects import Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module
from codemods.analysis.shapes.lengths import reaches_as_far


def reaches(births: list[str], parameters: str) -> bool:
    """Whether `ages` reaches as far as `names` in a loop behind some lines, or inside the last one."""
    lines = "".join(f"    {line}\n" for line in births)
    inside = "    " if births[-1].endswith(":") else ""
    source = (
        "from collections import defaultdict\nfrom collections.abc import Mapping\n"
        f"def f({parameters}):\n{lines}{inside}    for i in range(len(names)):\n{inside}        print(names[i], ages[i])\n"
    )
    module = Module(source, ast.parse(source))
    loop = next(node for node in ast.walk(module.tree) if isinstance(node, ast.For))
    subscripts = {ast.unparse(node.value): node.value for node in ast.walk(loop) if isinstance(node, ast.Subscript)}
    made = []
    for name in ("names", "ages"):
        place = place_of(subscripts[name], module)
        assert place is not None
        made.append(Effects(module, place, module.type_of(subscripts[name]), loop))
    return reaches_as_far(made[0], made[1])


FOUND = "found: defaultdict[str, int], log: list[int]"


@pytest.mark.parametrize(
    ("births", "parameters", "expected"),
    [
        (["names = list(found)", "ages = list(found.values())"], FOUND, True),
        (["names = list(found)", "found['q']", "ages = list(found.values())"], FOUND, False),
        (["names = list(found)", "found.__getitem__('q')", "ages = list(found.values())"], FOUND, False),
        (["names = list(found)", "def peek(d): return d['q']", "peek(found)", "ages = list(found.values())"], FOUND, False),
        (["names = list(found)", "found.get('q')", "ages = list(found.values())"], FOUND, True),
        (["names = list(found)", "log.append(1)", "ages = list(found.values())"], FOUND, True),
        (["names = list(found)", "found.pop('q')", "ages = list(found.values())"], FOUND, False),
        (["ages = list(names.values())"], "names: Mapping[int, str]", False),
        (["ages = list(names.values())"], "names: dict[int, str]", True),
        (["if len(names) != len(ages): return"], "names: list, ages: list, other: list", True),
        (["if len(names) != len(other): return"], "names: list, ages: list, other: list", False),
        (["if len(ages) != len(other): return"], "names: list, ages: list, other: list", False),
        (["if len(ages) != len(other) != len(names): return"], "names: list, ages: list, other: list", False),
        (["if len(names) != len(ages) != len(other): return"], "names: list, ages: list, other: list", False),
    ],
)
def test_whether_it_reaches_as_far(births: list[str], parameters: str, expected: bool) -> None:
    assert reaches(births, parameters) is expected


PAIR = "names: list, ages: list, other"


@pytest.mark.parametrize(
    ("births", "parameters", "expected"),
    [
        (["names = [1, 2]", "ages = 3, 4"], "", True),
        (["names = [1, 2]", "ages = [3]"], "", False),
        (["names = [1]", "ages = [3, 4]"], "", True),
        (["names = [1, *other]", "ages = [3, 4]"], "other", False),
        (["names = 'ab'", "ages = b'ab'"], "", True),
        (["names = 'abc'", "ages = b'ab'"], "", False),
        (["names = [0] * 2", "ages = [3, 4]"], "", True),
        (["names = [0] * 3", "ages = [3, 4]"], "", False),
        (["names = [*other] * 2", "ages = [3, 4]"], "other", False),
        (["ages = [0] * len(names)"], "names: list", True),
        (["ages = [0] * other"], "names: list, other: int", False),
        (["ages = [x for x in names]"], "names: list", True),
        (["ages = [x for x in names if x]"], "names: list", False),
        (["ages = [x for x in range(len(names))]"], "names: list", True),
        (["ages = list(enumerate(names))"], "names: list", True),
        (["ages = list(map(str, names))"], "names: list", False),
        (["names = list([1, 2])", "ages = tuple((3, 4))"], "", True),
        (["ages = list(names)"], "names: list, list", False),
        (["names = 'ab'", "ages = list(names)"], "", True),
        (["names = 'ab'", "ages = list(names)"], "list", False),
        (["names = [1, 2]", "if other:", "    ages = [1, 2]", "else:", "    ages = [3]", "print(1)"], "other", False),
        (["ages = names[:]"], "names: list", True),
        (["ages = names[1:]"], "names: list", False),
        (["names = list(ages)"], "ages: list", True),
        (["names = list(ages)", "ages.pop()"], "ages: list", False),
        (["names = list(other)", "ages = list(more)"], "other: list, more: list", False),
        (["names = [1]", "names = [1, 2]", "ages = [1]"], "", False),
        (["ages = names[::-1]"], "names: list", True),
        (["ages = names[::1]"], "names: list", True),
        (["ages = names[::2]"], "names: list", False),
        (["ages = names[::-2]"], "names: list", False),
        (["ages = names[:1]"], "names: list", False),
        (["names = list(other)", "ages = sorted(other)"], "other: list", True),
        (["names = list(other)", "ages = sorted(other)"], "other: Mapping", False),
        (["if other:", "    ages = list(names)", "print(1)"], PAIR, False),
        (["assert len(names) == len(ages)"], "names, ages", True),
        (["assert len(names) == len(ages)", "names.pop()"], PAIR, False),
        (["assert len(names) == len(ages)", "ages.pop()"], PAIR, False),
        (["assert len(names) == len(ages) == 2"], PAIR, True),
        (["assert other or len(names) == len(ages)"], PAIR, False),
        (["assert other and len(names) == len(ages)"], PAIR, True),
        (["if not names or len(ages) != len(names): return"], PAIR, True),
        (["if other and len(ages) != len(names): return"], PAIR, False),
        (["if len(names) < len(ages): return"], PAIR, False),
        (["if len(names) != len(ages): print(1)"], PAIR, False),
        (["if len(names) == len(ages):"], PAIR, True),
        (["if len(names) == len(ages):", "    pass", "else:"], PAIR, False),
        (["while len(names) == len(ages):"], PAIR, False),
    ],
)
def test_how_lengths_are_known(births: list[str], parameters: str, expected: bool) -> None:
    assert reaches(births, parameters) is expected
