"""Which rules there are, and which are meant."""

from __future__ import annotations

import pytest

from codemods.engine import registry
from codemods.engine.registry import NamedRule, UnknownRule


def test_names_come_from_paths() -> None:
    assert "range-len" in registry.names()
    assert "range-len" in registry.areas()["loops"]
    assert list(registry.names()) == sorted(registry.names())
    assert not [name for name in registry.names() if "_" in name or name.startswith("-")]


def test_a_rule_is_loaded_once() -> None:
    named = registry.rule("range-len")
    assert isinstance(named, NamedRule)
    assert (named.name, named.area) == ("range-len", "loops")
    assert named.page
    assert not named.page.startswith((" ", "\n"))
    assert registry.rule("range-len") is named
    assert registry.load()["range-len"] is named
    assert tuple(registry.load()) == registry.names()


def test_nothing_selected_means_the_default_rules() -> None:
    default = tuple(name for name, named in registry.load().items() if named.default)
    assert set(registry.names()) - set(default) == registry.ON_REQUEST
    assert registry.select(None) == registry.select(()) == registry.select([""]) == registry.select((), ()) == default


def test_names_areas_and_all() -> None:
    assert registry.select(["range-len"]) == ("range-len",)
    assert registry.select(["mappings"]) == registry.areas()["mappings"]
    assert registry.select(["ALL"]) == registry.names()
    assert registry.select(["range-len", "dict-keys"]) == ("dict-keys", "range-len")
    assert registry.select(["range-len, dict-keys ,"]) == ("dict-keys", "range-len")
    assert registry.select(["range-len", "range-len"]) == ("range-len",)


def test_what_is_ignored_is_taken_off() -> None:
    assert registry.select(["ALL"], ["loops"]) == tuple(name for name in registry.names() if name not in registry.areas()["loops"])
    assert "range-len" not in registry.select(None, ["range-len,dict-keys"])
    assert registry.select(["range-len"], ["ALL"]) == ()


@pytest.mark.parametrize(
    ("given", "nearest"),
    [("range_len", "range-len"), ("rangelen", "range-len"), ("dict-key", "dict-keys"), ("loop", "loops"), ("all", "ALL"), ("E501", None)],
)
def test_an_unknown_name_offers_the_nearest(given: str, nearest: str | None) -> None:
    for select, ignore in (([given], []), ([], [given])):
        with pytest.raises(UnknownRule) as caught:
            registry.select(select, ignore)
        assert isinstance(caught.value, ValueError)
        assert f"`{given}`" in str(caught.value)
        assert "\n" not in str(caught.value)
        if nearest is None:
            assert caught.value.nearest == ()
        else:
            assert nearest in caught.value.nearest
            assert f"`{nearest}`" in str(caught.value)


def test_asking_for_an_unknown_rule() -> None:
    with pytest.raises(UnknownRule):
        registry.rule("no-such-rule")
