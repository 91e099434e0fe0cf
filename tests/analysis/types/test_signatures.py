"""The tables of builtins and of the standard library, held against the running interpreter."""

from __future__ import annotations

import ast
import builtins
import importlib
import json
import sys
import warnings
from pathlib import Path

import pytest

from codemods.analysis.types import builtin_signatures, signatures
from codemods.analysis.types.vocabulary import INT, NONE, STR, Type

INSTANCES = {
    "str": "a", "bytes": b"a", "bytearray": bytearray(b"a"), "int": 1, "bool": True, "float": 1.5, "complex": 1j, "list": [1], "tuple": (1,),
    "range": range(2), "dict": {"a": 1}, "set": {1}, "frozenset": frozenset({1}), "types.GeneratorType": (x for x in ()),
}  # fmt: skip


def resolved(name: str) -> object:
    """What a full name stands for in the running interpreter; `None` if it has no such thing."""
    parts = name.split(".")
    for split in range(len(parts) - 1, 0, -1):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found: object = importlib.import_module(".".join(parts[:split]))
                for part in parts[split:]:
                    found = getattr(found, part)
        except (ImportError, AttributeError):
            continue
        return found
    return getattr(builtins, name, None)


@pytest.mark.parametrize("kind", [kind for kind in builtin_signatures.METHODS if kind in INSTANCES])
def test_builtin_methods_exist(kind: str) -> None:
    newer = {"int.is_integer", "bool.is_integer"} if sys.version_info < (3, 12) else set()
    for names in builtin_signatures.METHODS[kind].values():
        assert not [name for name in names.split() if not hasattr(INSTANCES[kind], name) and f"{kind}.{name}" not in newer]


@pytest.mark.parametrize("kind", [kind for kind in builtin_signatures.METHODS if kind in INSTANCES])
def test_builtin_methods_without_arguments_give_what_is_said(kind: str) -> None:
    for notation, names in builtin_signatures.METHODS[kind].items():
        for name in names.split():
            value = INSTANCES[kind]
            value = type(value)(value) if isinstance(value, list | set | dict | bytearray) else value  # type: ignore[call-overload]
            try:
                result = getattr(value, name)()
            except (TypeError, ValueError, AttributeError):
                continue
            said = signatures.method_result(Type(kind, (INT,) if kind != "dict" else (STR, INT)), name)
            assert said is not None, (kind, name, notation)
            assert ("None" if result is None else type(result).__name__) in {member.name for member in said.members()}, (kind, name)


@pytest.mark.parametrize("kind", [kind for kind in builtin_signatures.ATTRIBUTES if kind in INSTANCES])
def test_builtin_attributes_are_what_is_said(kind: str) -> None:
    for notation, names in builtin_signatures.ATTRIBUTES[kind].items():
        for name in names.split():
            assert type(getattr(INSTANCES[kind], name)).__name__ == notation


def test_every_notation_can_be_read() -> None:
    tables = [
        builtin_signatures.FUNCTIONS,
        builtin_signatures.VALUES,
        *builtin_signatures.METHODS.values(),
        *builtin_signatures.ATTRIBUTES.values(),
    ]
    for table in tables:
        for notation in table:
            signatures.written(notation)
    library = signatures._library()
    for notation in [*library["functions"].values(), *library["values"].values()]:
        signatures.written(notation.partition("@")[0])
    for record in library["classes"].values():
        for notation in [*record.get("methods", {}).values(), *record.get("attributes", {}).values()]:
            signatures.written(notation)


def test_what_notations_mean() -> None:
    assert signatures.written("?") is None
    assert signatures.written("None") == NONE
    assert signatures.written("str | a.B") == Type("Union", (STR, Type("a.B")))
    assert signatures.written("tuple[a.B, ...]") == Type("tuple", (Type("a.B"),), variadic=True)
    assert signatures.written("dict[1, 0]") == Type("dict", (Type("?1"), Type("?0")))


def test_functions_named_exist() -> None:
    names = [name for names in builtin_signatures.FUNCTIONS.values() for name in names.split()]
    newer = {"inspect.ismodule"} if sys.version_info < (3, 9) else set()
    assert not [name for name in [*names, *builtin_signatures.LIKE_ARGUMENT] if resolved(name) is None and name not in newer]


def test_values_are_what_is_said() -> None:
    for notation, names in builtin_signatures.VALUES.items():
        kind = signatures.written(notation)
        assert kind is not None
        for name in names.split():
            value = resolved(name)
            if value is not None:
                assert type(value).__name__.lstrip("_") == kind.name.rpartition(".")[2].lstrip("_"), name  # stubs hide some


def test_library_values_are_what_is_said() -> None:
    for name, notation in signatures._library()["values"].items():
        if name.partition(".")[0] in ("sys", "os", "string", "platform", "json", "re", "csv", "calendar", "keyword"):
            value, kind = resolved(name), signatures.written(notation)
            if value is not None and kind is not None and value is not Ellipsis:
                assert type(value).__name__ in {member.name.rpartition(".")[2] for member in kind.members()}, name


CALLS = [
    ("os.getcwd", ()),
    ("json.dumps", ([1],)),
    ("shlex.split", ("a b",)),
    ("textwrap.wrap", ("a b",)),
    ("platform.node", ()),
    ("time.strftime", ("%Y",)),
    ("string.capwords", ("a b",)),
    ("html.escape", ("<",)),
    ("os.path.exists", (".",)),
    ("keyword.iskeyword", ("if",)),
    ("math.sqrt", (2,)),
    ("math.gcd", (2, 4)),
    ("time.time", ()),
    ("random.random", ()),
    ("calendar.isleap", (2000,)),
    ("base64.b64encode", (b"a",)),
    ("zlib.crc32", (b"a",)),
    ("uuid.uuid4", ()),
    ("urllib.parse.quote", ("a b",)),
    ("unicodedata.normalize", ("NFC", "a")),
    ("secrets.token_hex", ()),
    ("tempfile.gettempdir", ()),
    ("inspect.cleandoc", ("a",)),
    ("ast.dump", (ast.Pass(),)),
    ("linecache.getlines", (__file__,)),
    ("datetime.datetime.now", ()),
    ("datetime.date.today", ()),
    ("difflib.get_close_matches", ("a", ["a"])),
]


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_a_call_gives_what_is_said(name: str, arguments: tuple[object, ...]) -> None:
    said = signatures.function_result(name)
    assert said is not None
    function = resolved(name)
    assert callable(function)
    assert type(function(*arguments)).__name__ in {member.name.rpartition(".")[2] for member in said.members()}


def test_the_library_is_written_in_order() -> None:
    """So that its diff can be read when typeshed moves on."""
    text = (Path(signatures.__file__).parent / "library.json").read_text("utf-8")
    for rows in json.loads(text).values():
        assert list(rows) == sorted(rows)


def test_unknown_things_are_unknown() -> None:
    assert signatures.function_result("os.unknown") is None
    assert signatures.function_result("foo.bar") is None
    assert signatures.function_result("os.path.basename") is None  # of bytes it gives bytes
    assert signatures.method_result(Type("foo.Bar"), "baz") is None
    assert signatures.method_result(STR, "baz") is None
    assert signatures.attribute(Type("pathlib.Path"), "baz") is None
    assert signatures.value("sys.unknown") is None


def test_arguments_of_the_receiver_are_filled_in() -> None:
    kind = Type("dict", (STR, INT))
    assert str(signatures.method_result(kind, "items")) == "dict_items[tuple[str, int]]"
    assert str(signatures.method_result(Type("dict"), "items")) == "dict_items[tuple]"
    assert signatures.method_result(Type("dict"), "keys") == Type("dict_keys")
    assert signatures._filled(Type("Union", (Type("?0"), NONE)), Type("list")) is None
    assert str(signatures.method_result(Type("collections.OrderedDict", (STR, INT)), "copy")) == "OrderedDict[str, int]"
    assert str(signatures.method_result(Type("pathlib.PosixPath"), "resolve")) == "PosixPath"
