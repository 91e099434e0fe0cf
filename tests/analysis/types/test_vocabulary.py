"""The vocabulary of types."""

import pytest

from codemods.analysis.types.signatures import written
from codemods.analysis.types.vocabulary import INT, NEVER, NONE, STR, Type, fits, union, without


def read(text: str) -> Type:
    kind = written(text)
    assert kind is not None
    return kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (STR, "str"),
        (Type("list", (INT,)), "list[int]"),
        (Type("list"), "list"),
        (Type("list", (None,)), "list"),
        (Type("dict", (STR, None)), "dict[str, ?]"),
        (Type("tuple", (INT,), variadic=True), "tuple[int, ...]"),
        (Type("tuple", (INT, STR)), "tuple[int, str]"),
        (Type("collections.OrderedDict", (STR, INT)), "OrderedDict[str, int]"),
        (Type(".Point"), "Point"),
        (Type("Union", (STR, NONE)), "str | None"),
    ],
)
def test_as_a_person_writes_it(kind: Type, text: str) -> None:
    assert str(kind) == text


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["str"], "str"),
        (["str", "str"], "str"),
        (["str", "int"], "str | int"),
        (["str", "int", "str"], "str | int"),
        (["str | int", "int | None"], "str | int | None"),
        (["list[int]", "list[str]"], "list[int | str]"),
        (["list[int]", "list"], "list"),
        (["dict[str, int]", "dict[str, str]"], "dict[str, int | str]"),
        (["tuple[int, str]", "tuple[str, str]"], "tuple[int | str, str]"),
        (["tuple[int]", "tuple[int, int]"], "tuple[int] | tuple[int, int]"),
        (["tuple[int, ...]", "tuple[int]"], "tuple[int, ...] | tuple[int]"),
        (["tuple", "tuple[int]"], "tuple"),
    ],
)
def test_unions(kinds: list[str], expected: str) -> None:
    assert str(union([read(kind) for kind in kinds])) == expected


def test_unions_with_unknown_and_with_never() -> None:
    assert union([STR, None]) is None
    assert union([NEVER, STR]) == STR
    assert union([NEVER]) is NEVER
    assert union([]) is NEVER
    assert union([Type("list", (NEVER,)), Type("list", (STR,))]) == Type("list", (STR,))


def test_a_union_of_too_many_is_unknown() -> None:
    assert union([Type(f"a.B{index}") for index in range(9)]) is None


def test_contents_are_declared_only_if_all_say_so() -> None:
    said, seen = Type("list", (STR,), declared=True), Type("list", (STR,))
    for kinds in ([said, seen], [seen, said]):
        joined = union(kinds)
        assert joined is not None
        assert not joined.declared
    both = union([said, said])
    assert both is not None
    assert both.declared


def test_the_reason_is_no_part_of_equality() -> None:
    assert STR.said("a literal") == STR
    assert STR.said("a literal").because == "a literal"
    joined = union([Type("Union", (STR, NONE), because="so"), Type("Union", (STR, NONE), because="other")])
    assert joined is not None
    assert joined.because == "so"


@pytest.mark.parametrize(
    ("kind", "names", "expected"),
    [
        ("str | None", ["None"], "str"),
        ("str | int | None", ["None", "int"], "str"),
        ("str", ["None"], "str"),
        ("str | int", ["bool"], "str | int"),
    ],
)
def test_without(kind: str, names: list[str], expected: str) -> None:
    assert str(without(read(kind), *names)) == expected


def test_without_everything() -> None:
    assert without(STR, "str") is NEVER
    assert without(None, "str") is None


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        ("str", "str", True),
        ("int", "str", False),
        ("bool", "int", True),
        ("int", "bool", False),
        ("str", "str | None", True),
        ("list", "collections.abc.Sequence", True),
        ("collections.OrderedDict", "dict", True),
        ("collections.OrderedDict", "list", False),
        ("dict", "collections.OrderedDict", False),
        ("foo.Bar", "str", True),
        ("str", "foo.Bar", True),
        ("str", "pathlib.Path", False),
    ],
)
def test_fits(kind: str, said: str, expected: bool) -> None:
    assert fits(read(kind), read(said)) is expected


def test_a_class_of_the_file_fits_no_builtin() -> None:
    assert not fits(Type(".Point"), STR)
    assert fits(Type(".Point"), Type(".Base"))


def test_is_all() -> None:
    kind = union([STR, NONE])
    assert kind is not None
    assert kind.is_all("str", "None")
    assert not kind.is_all("str")
    assert kind.members() == (STR, NONE)
    assert STR.argument(0) is None


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        (Type("list", (STR,)), Type("list", (STR,)), True),
        (Type("list", (INT,)), Type("list", (STR,)), False),
        (Type("list"), Type("list", (STR,)), True),
        (Type("list", (None,)), Type("list", (STR,)), True),
        (Type("list", (INT,)), Type("list", (None,)), True),
        (Type("list", (NEVER,)), Type("list", (STR,)), True),
        (Type("list", (Type("Union", (STR, INT)),)), Type("list", (STR,)), False),
        (Type("tuple", (STR, STR)), Type("tuple", (STR,), variadic=True), True),
        (Type("tuple", (STR, INT)), Type("tuple", (STR,), variadic=True), False),
        (Type("list", (INT,)), Type("collections.abc.Sequence", (STR,)), True),
        (Type("collections.deque", (INT,)), Type("collections.deque", (STR,)), False),
        (Type("collections.OrderedDict"), Type("dict"), True),
        (Type("list"), Type("dict"), False),
    ],
)
def test_what_may_stand_where_an_annotation_says_so(kind: Type, said: Type, expected: bool) -> None:
    assert fits(kind, said) is expected


def test_types_of_two_patterns_differ() -> None:
    assert Type("re.Match", (STR,), record="1|") != Type("re.Match", (STR,), record="0|")


def test_what_a_union_keeps_of_members_of_one_class() -> None:
    match, generator = Type("re.Match", (STR,), record="1|"), Type("collections.abc.Generator", (STR,))
    assert union([match, match]) == match
    assert union([generator, Type("collections.abc.Generator", (STR, NONE, NONE))]) == Type("collections.abc.Generator")
    pair = Type("tuple", (STR, INT))
    assert union([pair, Type("tuple")]) == union([Type("tuple"), pair]) == Type("tuple")


def test_contents_are_declared_where_all_that_is_joined_says_so() -> None:
    said = Type("Union", (Type("list", (STR,), declared=True), NONE))
    seen = union([said, Type("list", (STR,))])
    assert seen is not None
    assert [one.declared for one in seen.members()] == [False, False]
