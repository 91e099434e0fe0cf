"""Which rules there are. The package `codemods.rules` is walked, so that adding a rule edits no shared file.

A rule's name is its module's name with `-` for `_`, its area is the package it lies in, its page is the module's docstring. Names are
listed without importing any rule; a rule's module is imported when the rule is first asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from msgspec import Struct

from codemods.model.rule import Rule

ALL = "ALL"
# The rules that are off where nothing is selected, so that a run need not import a rule to know which are on.
ON_REQUEST = frozenset({"dict-values", "whitespace"})


class NamedRule(Struct, frozen=True):
    """A rule with what its place in the package says of it. `page` is its documentation, dedented."""

    name: str
    area: str
    page: str
    rule: Rule

    @property
    def default(self) -> bool:
        """Whether the rule is on where nothing is selected."""
        return self.name not in ON_REQUEST


class UnknownRule(ValueError):
    """A name given by the user is no rule and no area. `str()` is one line that offers the nearest names."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        import difflib

        alike = {one.lower(): one for one in known}
        matches = difflib.get_close_matches(name.lower().replace("_", "-"), alike, n=3, cutoff=0.6)
        self.nearest = tuple(alike[match] for match in matches)
        hint = f" (did you mean {' or '.join(f'`{near}`' for near in self.nearest)}?)" if self.nearest else ""
        super().__init__(f"unknown rule or area `{name}`{hint}")


@cache
def areas() -> Mapping[str, tuple[str, ...]]:
    """The areas, sorted, and the names of their rules, sorted. Imports no rule."""
    import codemods.rules

    found: dict[str, tuple[str, ...]] = {}
    for package in sorted(pkgutil.iter_modules(codemods.rules.__path__), key=lambda info: info.name):
        if package.ispkg:
            paths = [f"{path}/{package.name}" for path in codemods.rules.__path__]
            modules = sorted(info.name for info in pkgutil.iter_modules(paths) if not info.ispkg)
            found[package.name] = tuple(name.replace("_", "-") for name in modules)
    return MappingProxyType(found)


def names() -> tuple[str, ...]:
    """The names of all rules, sorted. Imports no rule."""
    return tuple(sorted(name for listed in areas().values() for name in listed))


@cache
def rule(name: str) -> NamedRule:
    """The rule of that name. Raises `UnknownRule`."""
    for area, listed in areas().items():
        if name in listed:
            import inspect

            module = importlib.import_module(f"codemods.rules.{area}.{name.replace('-', '_')}")
            return NamedRule(name, area, inspect.cleandoc(module.__doc__ or ""), module.RULE)
    raise UnknownRule(name, names())


class _Rules(Mapping[str, NamedRule]):
    """All rules by name, each imported when it is first asked for."""

    def __getitem__(self, name: str) -> NamedRule:
        return rule(name)

    def __iter__(self) -> Iterator[str]:
        return iter(names())

    def __len__(self) -> int:
        return len(names())


RULES = _Rules()


@cache
def load() -> Mapping[str, NamedRule]:
    """All rules by name, sorted by name. Imports every rule."""
    return MappingProxyType({name: rule(name) for name in names()})


def select(select: Sequence[str] | None, ignore: Sequence[str] = ()) -> tuple[str, ...]:
    """The names of the rules that `select` means and `ignore` does not, sorted.

    Both may hold rule names, areas and `ALL`, and several of them joined with commas. Nothing selected means the default rules. Raises
    `UnknownRule` for a name that is none of these.
    """
    wanted = _meant(select or ())
    if not wanted:
        wanted = set(names()) - ON_REQUEST
    return tuple(sorted(wanted - _meant(ignore)))


def _meant(given: Sequence[str]) -> set[str]:
    meant: set[str] = set()
    for word in (part.strip() for item in given for part in item.split(",")):
        if not word:
            continue
        if word == ALL:
            meant.update(names())
        elif word in areas():
            meant.update(areas()[word])
        elif word in names():
            meant.add(word)
        else:
            raise UnknownRule(word, (*names(), *areas(), ALL))
    return meant
