"""The files of a project that can have to do with a name, read and analysed once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from codemods.analysis.module import Module
from codemods.engine import nesting, syntax
from codemods.engine.decode import Decoded, Undecodable, decode
from codemods.workspace.discover import Found
from codemods.workspace.discover import Problem as NotFound
from codemods.workspace.files import ReadError, Snapshot, read
from codemods.workspace.rename.mentions import Mention, mentions
from codemods.workspace.rename.refusal import NotRenamedError

_STAR = re.compile(rb"import[\s\\(]*\*")


@dataclass(eq=False)
class Source:
    """One file: its path as shown and in full, its bytes, text and facts."""

    path: Path
    real: str
    snapshot: Snapshot
    decoded: Decoded
    module: Module
    _mentions: dict[str, list[Mention]] = field(default_factory=dict)

    def mentions(self, name: str) -> list[Mention]:
        """All mentions of `name`. Raises NotRenamedError where their places cannot be told."""
        if name not in self._mentions:
            found = mentions(self.module, name)
            if found is None:
                raise NotRenamedError(f"{self.path}: the places where {name!r} stands cannot be told for certain")
            self._mentions[name] = found
        return self._mentions[name]

    def at(self, offset: int) -> str:
        """A place in words: `path:line`."""
        return f"{self.path}:{self.module.lines.line(offset)}"

    def where(self, node: object) -> str:
        """The place of a node in words."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    @cached_property
    def is_package(self) -> bool:
        return os.path.basename(self.real).startswith("__init__.")

    @cached_property
    def stem(self) -> str:
        """The last part of the module's name."""
        return os.path.basename(os.path.dirname(self.real)) if self.is_package else os.path.basename(self.real).partition(".")[0]


def load(path: Path) -> Source:
    """One file. Raises NotRenamedError where it cannot be read or does not parse."""
    try:
        return analysed(path, read(path))
    except ReadError as error:
        raise NotRenamedError(f"{path}: {error}") from None


def analysed(path: Path, snapshot: Snapshot) -> Source:
    """The file with what is known of it. Raises NotRenamedError."""
    try:
        decoded = decode(snapshot.data)
        module = Module(decoded.text, syntax.parse(decoded.text), filename=path.name)
        cause = "is nested too deeply for Python's own compiler" if nesting.is_too_deep(module.tree) else syntax.compiles(decoded.text)
    except (Undecodable, syntax.Unreadable) as error:
        raise NotRenamedError(f"{path}:{f'{error.line}:' if error.line else ''} {error.cause}") from None
    if cause is not None:
        raise NotRenamedError(f"{path}: {cause}")
    return Source(path, os.path.realpath(path), snapshot, decoded, module)


def project(found: Iterable[Found | NotFound], target: Source, names: set[str]) -> list[Source]:
    """The files that mention one of `names` or import with a star; `target` among them. Raises NotRenamedError."""
    spelled = re.compile(b"|".join(rb"(?<!\w)%s(?!\w)" % re.escape(name.encode()) for name in sorted(names)))
    sources = [target]
    for path, snapshot in _read(found):
        if os.path.realpath(path) == target.real:
            continue
        data = snapshot.data
        if not data.isascii() or spelled.search(data) or _STAR.search(data):
            sources.append(analysed(path, snapshot))
    return sources


def _read(found: Iterable[Found | NotFound]) -> Iterator[tuple[Path, Snapshot]]:
    for one in found:
        if isinstance(one, NotFound):
            raise NotRenamedError(f"{one.path}: {one.cause}")
        try:
            yield one.path, read(one.path)
        except ReadError as error:
            raise NotRenamedError(f"{one.path}: {error}") from None
