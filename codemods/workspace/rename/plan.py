"""From a place and a new name to the new text of every file concerned, or a reason why not. Writes nothing."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from codemods.analysis.names.scopes import Variable
from codemods.engine.splice import spliced
from codemods.model.outcome import Diagnostic, Edit, Fixed
from codemods.model.verdict import Safe
from codemods.workspace.config import Configuration
from codemods.workspace.discover import discover
from codemods.workspace.files import Snapshot
from codemods.workspace.pool import FileResult
from codemods.workspace.rename import collisions
from codemods.workspace.rename.mentions import Mention, variable_of
from codemods.workspace.rename.parameters import called_by_name, keywords
from codemods.workspace.rename.project import Project, root_of
from codemods.workspace.rename.proof import require_same
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.rename.sources import Source, analysed
from codemods.workspace.rename.uses import Places, Uses
from codemods.workspace.rename.witness import require_agreement

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
RULE = "rename"


def plan(path: Path, line: int, column: int, new: str, configuration: Configuration) -> list[FileResult]:
    """What the rename makes of each file that it changes.

    Args:
        line, column: where the name stands: 1-based, the column in characters.
        configuration: how the project's files are discovered.

    Raises NotRenamedError.
    """
    root = root_of(path, os.getcwd())
    project = Project(root, list(discover([Path(os.path.relpath(root))], configuration)))
    if all(os.path.realpath(one.path) != os.path.realpath(path) for one in project.found):
        raise NotRenamedError(f"{path}: is no file of the project at {root}")
    given = project.source(path)
    offset, old = _name_at(given, line, column)
    collisions.require_name(new, old)
    source, variable = project.target(given, offset, old)
    uses, places = _places(project, source, variable, old, new)
    carrier = source if uses.carriers else None
    for one in uses.sources:
        collisions.require_unspelled(one, old, carrier)
        if one in uses.carriers:
            collisions.require_unspelled(one, old, one)
    for one, its in uses.variables:
        collisions.require_static(one, its, old)
    if carrier is not None or called_by_name(variable) is not None:
        collisions.require_no_stub(source)
    if carrier is not None:
        collisions.require_metadata_silent(root, carrier, old)
        collisions.require_module_free(uses, new)
    collisions.require_free(uses, places, new)
    if carrier is not None or called_by_name(variable) is not None:
        first = next(one for one in places[source] if variable_of(one, old, source.module) == variable)
        require_agreement(project, source, first, list(dict.fromkeys([*uses.sources, *places])), places)
    return [_result(one, found, old, new) for one, found in places.items()]


def _name_at(source: Source, line: int, column: int) -> tuple[int, str]:
    """The offset of the name at a place, and the name as the compiler reads it."""
    lines = source.module.lines
    if 0 < line <= len(lines.starts) and 0 < column <= len(lines.line_text(line)):
        offset = lines.starts[line - 1] + column - 1
        for match in _IDENTIFIER.finditer(source.module.text, lines.starts[line - 1]):
            if match.start() <= offset < match.end():
                return match.start(), unicodedata.normalize("NFKC", match[0])
            if match.start() > offset:
                break
    raise NotRenamedError(f"{source.path}:{line}:{column}: no name stands here")


def _places(project: Project, source: Source, variable: Variable, old: str, new: str) -> tuple[Uses, Places]:
    owned = variable[0].kind == "module"
    sources = project.sources(source, {old, new, source.stem}) if owned else [source]
    uses = Uses(project, sources, variable, old)
    places = {one: list(found) for one, found in uses.places.items()}
    if called_by_name(variable) is not None:
        for one, found in keywords(project, source, variable, old, new).items():
            places.setdefault(one, []).extend(found)
    for one, found in places.items():
        found.sort(key=lambda mention: mention.start)
        for mention in found:
            if mention.echoed:
                raise NotRenamedError(f"{one.at(mention.start)}: a field such as {{{old}=}} prints the name")
    return uses, places


def _result(source: Source, places: list[Mention], old: str, new: str) -> FileResult:
    text = source.module.text
    edits = tuple(Edit(one.start, one.end, new, (RULE,)) for one in places)
    renamed = spliced(text, edits)
    try:
        data = source.decoded.encode(renamed)
    except UnicodeEncodeError:
        raise NotRenamedError(f"{source.path}: its encoding, {source.decoded.encoding}, lacks a character of {new!r}") from None
    require_same(source, analysed(source.path, Snapshot(data, source.snapshot.stamp)), old, new, len(edits))
    lines = source.module.lines
    shown = tuple(
        Diagnostic(RULE, lines.line(one.start), lines.column(one.start), lines.line(one.end), lines.column(one.end),
                   Safe(f"{old} -> {new}, the same variable"), fixed=True)
        for one in places
    )  # fmt: skip
    return FileResult(source.path, Fixed(source.snapshot.data, data, shown, edits), source.snapshot)
