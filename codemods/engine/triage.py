"""Which rules can have a site in a file, from its bytes alone: two files in three are done here, without being parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from codemods.engine import registry
from codemods.engine.registry import NamedRule


@lru_cache(maxsize=256)
def _search(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern)


def admits(data: bytes, names: Iterable[str], rules: Mapping[str, NamedRule] | None = None) -> tuple[str, ...]:
    """Those of the rules named whose triage regex matches somewhere in `data`, in the order given.

    `rules` stands in for the registry. Raises `registry.UnknownRule`.
    """
    return tuple(name for name in names if _search((rules[name] if rules else registry.rule(name)).rule.triage).search(data))
