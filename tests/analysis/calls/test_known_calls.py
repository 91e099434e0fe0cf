"""The tables about code from outside agree with the Python that runs, and with each other."""

import builtins
import importlib

import pytest

from codemods.analysis.calls import known_calls
from codemods.analysis.change.freshness import BUILTINS


def resolved(name: str) -> object:
    module, _, rest = name.partition(".")
    found: object = importlib.import_module(module)
    for part in rest.split("."):
        if not hasattr(found, part):
            module = f"{module}.{part}"
            found = importlib.import_module(module)
        else:
            found = getattr(found, part)
    return found


@pytest.mark.parametrize("name", sorted(known_calls.READS_ONLY | known_calls.CALLBACKS | known_calls.BORROWS))
def test_a_builtin_exists(name: str) -> None:
    assert callable(getattr(builtins, name))


@pytest.mark.parametrize(
    "name",
    sorted(
        known_calls.CHANGED_ARGUMENT | known_calls.CALLING_BACK | known_calls.MANAGERS | known_calls.HANDS_BACK | known_calls.NEW_COLLECTIONS
        | known_calls.OBJECTS
    ),
)  # fmt: skip
def test_a_function_of_the_library_exists(name: str) -> None:
    assert callable(resolved(name))


@pytest.mark.parametrize(
    ("kind", "example"),
    [("list", [1]), ("dict", {1: 1}), ("set", {1}), ("bytearray", bytearray(b"a"))],
)
def test_no_method_that_changes_its_receiver_is_missing(kind: str, example: object) -> None:
    """Every public method is known to change it, or does not change it when called without arguments."""
    for name in dir(example):
        if name.startswith("_") or name in known_calls.MUTATORS[kind]:
            continue
        copy = example.copy()  # type: ignore[attr-defined]
        try:
            getattr(copy, name)()
        except TypeError:
            continue
        assert copy == example, name


def test_the_tables_fit_together() -> None:
    assert known_calls.BORROWS_ALL <= known_calls.BORROWS
    assert not known_calls.READING_METHODS & known_calls.ANY_MUTATOR
    assert not known_calls.COPYING_METHODS & known_calls.ANY_MUTATOR
    assert set(known_calls.MUTATORS) <= BUILTINS
    assert "rotate" not in known_calls.REORDERS
