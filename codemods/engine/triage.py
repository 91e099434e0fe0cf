"""Which rules can have a site in a file, from its bytes alone: two files in three are done here, without being parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from codemods.engine import registry
from codemods.engine.registry import NamedRule

_GIVEN: dict[str, bytes] = {}
_ASKED: dict[str, bytes] = {}


@lru_cache(maxsize=256)
def _search(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern)


def admits(data: bytes, names: Iterable[str], rules: Mapping[str, NamedRule] | None = None) -> tuple[str, ...]:
    """Those of the rules named whose triage regex matches somewhere in `data`, in the order given.

    `rules` stands in for the registry. Raises `registry.UnknownRule`.
    """
    if rules is None or rules is registry.RULES:
        return tuple(name for name in names if _of_registry(name).search(data))
    return tuple(name for name in names if _search(rules[name].rule.triage).search(data))


def _of_registry(name: str) -> re.Pattern[bytes]:
    if name in _GIVEN:
        try:
            return _search(_GIVEN[name])
        except (re.error, OverflowError, RecursionError):
            del _GIVEN[name]
    pattern = registry.rule(name).rule.triage
    _ASKED[name] = pattern
    return _search(pattern)


def give(patterns: Mapping[str, bytes]) -> None:
    """Take over rules' regexes, as `learned` gave them in an earlier process with the same code, so that rules need not be imported.

    What is no regex counts as not given. Wrong ones may hide sites, or have rules look in vain; what is rewritten is proved as ever.
    """
    _GIVEN.update(patterns)


def learned() -> dict[str, bytes]:
    """All that is known, for `give`; nothing where nothing is new."""
    return {**_GIVEN, **_ASKED} if _ASKED else {}
