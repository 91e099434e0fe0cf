"""Which annotations let `None` in, and how `None` is added to those that do not."""

from __future__ import annotations

import ast

import pytest

from codemods.analysis.module import Module
from codemods.analysis.types.optionals import ANYTHING, NEVER, OPTIONAL, STRING, UNION, YES, is_type, lets_none_in, postponed, widened


def of(annotation: str, head: str = "", target: tuple[int, int] = (3, 11), filename: str = "") -> tuple[ast.expr, Module]:
    """The annotation of a parameter below the lines of `head`, and its module."""
    text = f"{head}\ndef f(x: {annotation}): pass\n"
    tree = ast.parse(text)
    function = tree.body[-1]
    assert isinstance(function, ast.FunctionDef)
    said = function.args.args[0].annotation
    assert said is not None
    return said, Module(text, tree, target, filename=filename)


@pytest.mark.parametrize(
    ("annotation", "head", "expected"),
    [
        ("None", "", YES),
        ("list", "", NEVER),
        ("f()", "", NEVER),
        ("list | None", "", YES),
        ("None | list", "", YES),
        ("list | str", "", NEVER),
        ("list | Any", "", ANYTHING),
        ("list + None", "", NEVER),
        ("'list | None'", "", YES),
        ("'list'", "", NEVER),
        ("'list['", "", NEVER),
        ("'Rows'", "Rows = None | list", NEVER),
        ("Optional[list]", "", YES),
        ("typing.Optional[list]", "", YES),
        ("Union[list, None]", "", YES),
        ("Union[list, str]", "", NEVER),
        ("Union[()]", "", NEVER),
        ("list[None]", "", NEVER),
        ("f()[None]", "", NEVER),
        ("Annotated[list | None, 1]", "", YES),
        ("Annotated[list, None]", "", NEVER),
        ("Final[None]", "", YES),
        ("Any", "", ANYTHING),
        ("t.Any", "", ANYTHING),
        ("object", "", ANYTHING),
        ("types.NoneType", "", YES),
        ("t.Rows", "", NEVER),
        ("Rows", "Rows = Optional[list]", YES),
        ("Rows", "Rows = list", NEVER),
        ("Rows", "Rows, Texts = Optional[list], list[str]", YES),
        ("Rows", "Rows = Optional[list]\nRows = list", NEVER),
        ("Rows", "for Rows in Optional[list]: pass", NEVER),
        ("Rows", "class Rows: pass", NEVER),
        ("A", "A = B\nB = A", NEVER),
    ],
)
def test_what_an_annotation_says_of_none(annotation: str, head: str, expected: int) -> None:
    assert lets_none_in(*of(annotation, head)) == expected


OPTIONAL_IS_HABIT = "from typing import Optional\nkept: Optional[int] = 1"


@pytest.mark.parametrize(
    ("annotation", "head", "expected"),
    [
        ("list", "", (UNION, "")),
        ("list[int]", "", (UNION, "")),
        ("list | str", "", (UNION, "")),
        ("list | any", "", (UNION, "")),
        ("collections.deque", "import collections", (UNION, "")),
        ("ValueError", "", (UNION, "")),
        ("Rows", "", (UNION, "")),
        ("rows", "rows = list[int]", (UNION, "")),
        ("any", "", (OPTIONAL, "Optional")),
        ("np.array", "import numpy as np", (OPTIONAL, "Optional")),
        ("rows", "", (OPTIONAL, "Optional")),
        ("rows", "rows = 'list'", (OPTIONAL, "Optional")),
        ("f()[int]", "", (OPTIONAL, "Optional")),
        ("list", OPTIONAL_IS_HABIT, (OPTIONAL, "Optional")),
        ("list", "import typing\nkept: typing.Union[int, str] = 1", (OPTIONAL, "typing.Optional")),
        ("list", "import typing as t\nkept: t.Optional[int] = 1", (OPTIONAL, "t.Optional")),
        ("list", f"{OPTIONAL_IS_HABIT}\nother: int | None = 1", (UNION, "")),
        ("list", f"{OPTIONAL_IS_HABIT}\nother: None | int = 1", (UNION, "")),
        ("list", f"{OPTIONAL_IS_HABIT}\nother = 1 | 2", (OPTIONAL, "Optional")),
        ("list", "kept: dict[str, int] = {}", (UNION, "")),
        ("list", "def Optional(): pass\nkept: Optional[int] = 1", (UNION, "")),
        ("any", "Optional = 1", None),
        ("any", "from typing import Optional\nOptional = 1", None),
        ("any", "from .typing import Optional", None),
        ("any", "from typing_extensions import Optional", (OPTIONAL, "Optional")),
        ("any", "from elsewhere import typing as t", (OPTIONAL, "Optional")),
        ("any", "import types", (OPTIONAL, "Optional")),
        ("any", "import typing as t\nt = 1", (OPTIONAL, "Optional")),
        ("any", "from typing import Optional as typing", (OPTIONAL, "Optional")),
        ("any", "def typing(): pass", (OPTIONAL, "Optional")),
        ("'list'", "", (STRING, "'list | None'")),
        ("'list'", OPTIONAL_IS_HABIT, (STRING, "'Optional[list]'")),
        ("'list'", "def Optional(): pass\nkept: Optional[int] = 1", None),
        ('"""list"""', "", (STRING, '"""list | None"""')),
        ("'list['", "", None),
        ("' list'", "", None),
        ("'li' 'st'", "", None),
        ("r'list'", "", None),
        ("1", "", None),
        ("f()", "", None),
        ("list | 1", "", None),
        ("1 | list", "", None),
        ("None | list", "", (UNION, "")),
        ("Kinds", "Kinds = (int, str)", None),
        ("Kinds", "for Kinds in (int, str): pass", None),
        ("T", "T = TypeVar('T')", (UNION, "")),
        ("A", "A = B\nB = A", (UNION, "")),
        ("NotImplemented", "", None),
    ],
)
def test_how_none_is_added(annotation: str, head: str, expected: tuple[int, str] | None) -> None:
    found = widened(*of(annotation, head))
    assert (found and (found.kind, found.text)) == expected


def test_a_parameter_around_is_no_type() -> None:
    text = "def g(T):\n    def f(x: T): pass\n"
    tree = ast.parse(text)
    module = Module(text, tree)
    (said,) = [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation is not None]
    assert not is_type(said, module)


def test_a_module_that_a_parameter_hides_is_not_used() -> None:
    text = "import typing as t\ndef g(t):\n    def f(x: any): pass\n"
    tree = ast.parse(text)
    (said,) = [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation is not None]
    found = widened(said, Module(text, tree))
    assert found is not None
    assert found.text == "Optional"


def test_what_is_imported_for_it() -> None:
    imports = [found and found.imports for found in (widened(*of("any")), widened(*of("any", OPTIONAL_IS_HABIT)))]
    assert imports == [(("typing", "Optional"),), ()]
    text = widened(*of("'list'", "import types\nkept: Optional[int] = 1"))
    assert text is not None
    assert text.imports == (("typing", "Optional"),)


def test_what_a_target_below_310_takes() -> None:
    found = widened(*of("list", "", (3, 9)))
    assert found is not None
    assert found.kind == OPTIONAL
    late = widened(*of("list", "from __future__ import annotations", (3, 9)))
    assert late is not None
    assert late.kind == UNION


@pytest.mark.parametrize(
    ("head", "filename", "expected"),
    [
        ("", "", False),
        ("", "a.pyi", True),
        ("from __future__ import annotations", "", True),
        ('"""text"""\nfrom __future__ import annotations', "", True),
        ("from __future__ import division\nfrom __future__ import annotations", "", True),
        ("from __future__ import division", "", False),
        ("from elsewhere import annotations", "", False),
    ],
)
def test_annotations_that_are_not_evaluated(head: str, filename: str, expected: bool) -> None:
    assert postponed(of("list", head, filename=filename)[1]) is expected
    assert postponed(Module(head, ast.parse(head), filename=filename)) is expected
