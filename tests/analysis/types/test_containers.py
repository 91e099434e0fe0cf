"""What comes out of collections, as functions of types."""

import pytest

from codemods.analysis.types.containers import element, element_word, item, place, settled, shallow, sliced
from codemods.analysis.types.signatures import written
from codemods.analysis.types.vocabulary import INT, NEVER, STR, Type


def read(text: str) -> Type:
    kind = written(text)
    assert kind is not None
    return kind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("str", "str"),
        ("bytes", "int"),
        ("range", "int"),
        ("list[str]", "str"),
        ("list", "None"),
        ("dict[str, int]", "str"),
        ("collections.OrderedDict[str, int]", "str"),
        ("set[int]", "int"),
        ("tuple[int, str]", "int | str"),
        ("tuple[int, ...]", "int"),
        ("tuple", "None"),
        ("dict_items[tuple[str, int]]", "tuple[str, int]"),
        ("collections.abc.ItemsView[str, int]", "tuple[str, int]"),
        ("collections.abc.Iterator[str]", "str"),
        ("types.GeneratorType[str]", "str"),
        ("io.TextIOWrapper[str]", "str"),
        ("list[int] | tuple[str]", "int | str"),
        ("list[int] | int", "None"),
        ("int", "None"),
        ("foo.Bar[int]", "None"),
    ],
)
def test_elements(kind: str, expected: str) -> None:
    assert str(element(read(kind))) == expected


def test_elements_of_unknown_and_of_never() -> None:
    assert element(None) is None
    assert element(NEVER) is NEVER


@pytest.mark.parametrize(
    ("kind", "index", "expected"),
    [
        ("tuple[int, str]", 1, "str"),
        ("tuple[int, str]", 2, "None"),
        ("tuple[int, ...]", 2, "int"),
        ("list[str]", 0, "str"),
        ("dict[str, int]", 1, "str"),
        ("str", 0, "str"),
        ("None", 0, "Never"),
    ],
)
def test_places(kind: str, index: int, expected: str) -> None:
    assert str(place(read(kind), index)) == expected


@pytest.mark.parametrize(
    ("kind", "index", "number", "expected"),
    [
        ("str", "int", None, "str"),
        ("str", "str", None, "None"),
        ("bytes", "int", None, "int"),
        ("list[str]", "int", None, "str"),
        ("list[str]", "bool", None, "str"),
        ("list[str]", "slice", None, "None"),
        ("tuple[int, str]", "int", 1, "str"),
        ("tuple[int, str]", "int", -1, "str"),
        ("tuple[int, str]", "int", 5, "None"),
        ("tuple[int, str]", "int", None, "int | str"),
        ("dict[str, int]", "str", None, "int"),
        ("collections.abc.Mapping[str, int]", "str", None, "int"),
        ("collections.abc.Sequence[str]", "int", None, "str"),
        ("os._Environ[str, str]", "str", None, "str"),
        ("set[str]", "int", None, "None"),
        ("tuple[int, ...]", "int", 3, "int"),
        ("tuple", "int", 0, "None"),
        ("list[str] | tuple[int, ...]", "int", 0, "str | int"),
        ("int", "int", None, "None"),
    ],
)
def test_items(kind: str, index: str, number: int | None, expected: str) -> None:
    assert str(item(read(kind), read(index), number)) == expected


def test_items_of_dicts_need_no_index() -> None:
    assert item(read("dict[str, int]"), None) == INT
    assert item(read("list[int]"), None) is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("str", "str"),
        ("bytes", "bytes"),
        ("list[str]", "list[str]"),
        ("tuple[int, str]", "tuple[int | str, ...]"),
        ("tuple", "tuple"),
        ("list[str] | bytes", "list[str] | bytes"),
        ("dict", "None"),
    ],
)
def test_slices(kind: str, expected: str) -> None:
    assert str(sliced(read(kind))) == expected


@pytest.mark.parametrize(
    ("kind", "of_settled", "of_shallow"),
    [
        ("list[str]", "list", "list[str]"),
        ("list[list[str]]", "list", "list[list]"),
        ("tuple[list[str], int]", "tuple[list, int]", "tuple[list, int]"),
        ("dict[str, list[int]]", "dict", "dict[str, list]"),
        ("frozenset[str]", "frozenset[str]", "frozenset[str]"),
        ("dict_items[tuple[str, list[int]]]", "dict_items[tuple[str, list]]", "dict_items[tuple[str, list]]"),
        ("list[str] | None", "list | None", "list[str] | None"),
        ("str", "str", "str"),
    ],
)
def test_what_is_forgotten(kind: str, of_settled: str, of_shallow: str) -> None:
    assert str(settled(read(kind))) == of_settled
    assert str(shallow(read(kind))) == of_shallow


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("str", "char"),
        ("list[list[int]]", "row"),
        ("tuple[list[int], ...]", "row"),
        ("list[str]", "item"),
        ("set[list[int]]", "item"),
        ("list", "item"),
    ],
)
def test_what_an_element_is_called(kind: str, word: str) -> None:
    assert element_word(read(kind)) == word
    assert element_word(None) == "item"


def test_what_is_declared_is_not_forgotten() -> None:
    kind = Type("list", (Type("list", (STR,), declared=True),), declared=True)
    assert settled(kind) == kind
    assert str(settled(Type("list", (Type("list", (STR,)),), declared=True))) == "list[list]"
