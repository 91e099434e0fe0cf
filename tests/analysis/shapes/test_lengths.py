"""Whether a sequence certainly has an element for each index of another one."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.change.effects import Effects
from codemods.analysis.change.places import place_of
from codemods.analysis.module import Module
from codemods.analysis.shapes.lengths import reaches_as_far


def reaches(births: list[str], parameters: str) -> bool:
    """Whether `ages` reaches as far as `names` in a loop behind some lines."""
    lines = "".join(f"    {line}\n" for line in births)
    source = (
        "from collections import defaultdict\nfrom collections.abc import Mapping\n"
        f"def f({parameters}):\n{lines}    for i in range(len(names)):\n        print(names[i], ages[i])\n"
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
        (["names = list(found)", "found.get('q')", "ages = list(found.values())"], FOUND, True),
        (["names = list(found)", "log.append(1)", "ages = list(found.values())"], FOUND, True),
        (["names = list(found)", "found.pop('q')", "ages = list(found.values())"], FOUND, False),
        (["ages = list(names.values())"], "names: Mapping[int, str]", False),
        (["ages = list(names.values())"], "names: dict[int, str]", True),
        (["if len(names) != len(ages): return"], "names: list, ages: list, other: list", True),
        (["if len(names) != len(other): return"], "names: list, ages: list, other: list", False),
        (["if len(ages) != len(other): return"], "names: list, ages: list, other: list", False),
        (["if len(ages) != len(other) != len(names): return"], "names: list, ages: list, other: list", False),
    ],
)
def test_whether_it_reaches_as_far(births: list[str], parameters: str, expected: bool) -> None:
    assert reaches(births, parameters) is expected
