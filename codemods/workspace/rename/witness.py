"""What rope says of the same name: a second opinion on everything that another file, or a caller, may see.

rope infers what objects are, which our own search does not; our search knows scopes that rope gets wrong (`nonlocal`, comprehensions). rope
reads files and never writes them or runs the project's code.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import warnings
from bisect import bisect_left
from typing import Any

from codemods.workspace.rename.mentions import Mention
from codemods.workspace.rename.project import Project
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source
from codemods.workspace.rename.uses import Places

MISSING = "needs rope to search the project: pip install 'pyfix-codemods[rename]'"


def require_agreement(project: Project, source: Source, mention: Mention, sources: list[Source], places: Places) -> None:
    """That rope is sure of no place that is not in `places`, and denies none in another file. Raises NotRenamedError."""
    if importlib.util.find_spec("rope") is None:
        raise NotRenamedError(MISSING)
    known = {(one.real, mention.start) for one, found in places.items() for mention in found}
    said: set[tuple[str, int]] = set()
    for one, offset, sure in _occurrences(project, source, mention, sources):
        said.add((one.real, offset))
        if sure and (one.real, offset) not in known and not _misplaced(one, offset, mention, source, known):
            raise NotRenamedError(f"{one.at(offset)}: this may be the same name (rope says so), and cannot be followed for certain")
    for one, found in places.items():
        for place in found:
            if one is not source and (one.real, place.start) not in said:
                raise NotRenamedError(f"{one.at(place.start)}: whether this is the same name is not certain (rope does not find it)")


def _misplaced(source: Source, offset: int, mention: Mention, target: Source, known: set[tuple[str, int]]) -> bool:
    """Whether rope, which counts wrongly in f-strings on Python 3.11, points at no name, in a line whose names are all known."""
    places = source.mentions(target.module.text[mention.start : mention.end])
    line = source.module.lines.line(offset)
    there = [one.start for one in places if source.module.lines.line(one.start) == line]
    return bool(there) and offset not in [one.start for one in places] and all((source.real, start) in known for start in there)


def _occurrences(project: Project, source: Source, mention: Mention, sources: list[Source]) -> list[tuple[Source, int, bool]]:
    """The places that rope finds, and whether it is sure of each. What it warns of (its own deprecations) is nobody's business here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _asked(project, source, mention, sources)


def _asked(project: Project, source: Source, mention: Mention, sources: list[Source]) -> list[tuple[Source, int, bool]]:
    project_module: Any = importlib.import_module("rope.base.project")
    findit: Any = importlib.import_module("rope.contrib.findit")
    rope = project_module.Project(
        project.root, ropefolder=None, save_objectdb=False, save_history=False, automatic_soa=False, soa_followed_calls=0,
        extension_modules=[], import_dynload_stdmods=False, ignore_bad_imports=True,
    )  # fmt: skip
    try:
        resources = {rope.get_resource(_relative(one, project)).path: (one, _Offsets(one)) for one in sources}
        files = [rope.get_resource(path) for path in resources]
        start = resources[_relative(source, project)][1].theirs(mention.start)
        found = findit.find_occurrences(rope, rope.get_resource(_relative(source, project)), start, unsure=True, resources=files)
        return [(one, offsets.ours(hit.offset), not hit.unsure) for hit in found for one, offsets in (resources[hit.resource.path],)]
    except Exception as error:  # whatever stops rope, there is no second opinion then, so nothing is renamed
        cause = " ".join(f"{type(error).__name__}: {error}".split())
        raise NotRenamedError(f"{source.path}: rope cannot search the project: {cause}") from error
    finally:
        rope.close()


def _relative(source: Source, project: Project) -> str:
    return os.path.relpath(source.real, project.root).replace(os.sep, "/")


class _Offsets:
    """rope counts each line end as one character, and a byte order mark as one."""

    def __init__(self, source: Source) -> None:
        text = source.module.text
        self._mark = int(source.decoded.bom)
        self._dropped = [index for index in range(len(text) - 1) if text.startswith("\r\n", index)]

    def theirs(self, offset: int) -> int:
        return offset - bisect_left(self._dropped, offset) + self._mark

    def ours(self, offset: int) -> int:
        offset -= self._mark
        for dropped in self._dropped:
            if dropped < offset:
                offset += 1
            else:
                break
        return offset
