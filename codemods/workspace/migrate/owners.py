"""Who owns a file, as CODEOWNERS says: the last pattern that matches decides, and one without owners takes them away.

Patterns are gitignore's with three differences, which GitHub documents: no `!`, no `[…]`, and `docs/*` means what lies in `docs` itself. Of
GitLab's sections the owners that a section gives to its lines are heeded, while all sections together are one list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

from codemods.workspace.globs import Globs

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where the file may lie; the first that is there counts."""
LIMIT = 3_000_000

_SECTION = re.compile(r"\^?\[[^\]]+\](?:\[\d+\])?\s*")


class _Line(Struct, frozen=True):
    """One pattern and its owners; `shallow`: it is for what lies in the folder itself."""

    globs: Globs
    shallow: bool
    owners: tuple[str, ...]


class Owners:
    """The owners of paths. A line that cannot be read owns nothing, as the forges have it."""

    def __init__(self, text: str) -> None:
        self._lines: list[_Line] = []
        given: tuple[str, ...] = ()
        for line in re.split(r"\r\n|\n|\r", text):
            if found := _SECTION.match(line):
                given = _owners(line[found.end() :])
            elif parsed := _parsed(line, given):
                self._lines.append(parsed)

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a file, in the order they are listed; none where nobody owns it."""
        for line in reversed(self._lines):
            if line.globs.verdict(path) if line.shallow else line.globs.takes(path):
                return line.owners
        return ()


def branch_names(branch: str, groups: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """A branch for each group of owners: `pyfix/migrate-org-team`. Not below `branch`, since a branch cannot lie in one."""
    named: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for owners in sorted(set(groups)):
        end = "-".join(re.sub(r"[^A-Za-z0-9]+", "-", owner).strip("-").lower() for owner in owners)[:80].strip("-") or "unowned"
        name, number = f"{branch}-{end}", 1
        while name in taken:
            number += 1
            name = f"{branch}-{end}-{number}"
        taken.add(name)
        named[owners] = name
    return named


def _parsed(line: str, given: tuple[str, ...]) -> _Line | None:
    line = line.strip()
    if not line or line.startswith("#"):
        return None
    pattern, *_ = re.split(r"(?<!\\)\s", line, maxsplit=1)
    owners = _owners(line[len(pattern) :])
    pattern = pattern.removeprefix("\\") if pattern.startswith("\\#") else pattern.replace("\\ ", " ")
    if pattern.startswith("!") or "[" in pattern:
        return None
    with suppress(ValueError):
        glob = f"\\{pattern}" if pattern.startswith("#") else pattern
        return _Line(Globs((glob,)), pattern.endswith("/*"), owners or given)
    return None


def _owners(text: str) -> tuple[str, ...]:
    return tuple(text.partition("#")[0].split())
