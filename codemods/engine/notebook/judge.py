"""A notebook's bytes in, outcome out: its code cells are judged as one program, and what changes is put where it stands in the file."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from codemods.analysis.order.cells import Unknown, program, stretches
from codemods.analysis.text.positions import Lines
from codemods.analysis.text.pragmas import skip_reason
from codemods.engine import syntax, triage
from codemods.engine.decode import Decoded
from codemods.engine.landing import analysed
from codemods.engine.notebook.magics import read
from codemods.engine.notebook.placing import Places
from codemods.engine.notebook.source import CodeCell, NotRead, code_cells
from codemods.engine.passes import Passes
from codemods.engine.registry import NamedRule
from codemods.engine.splice import spliced
from codemods.model.outcome import CellChange, Chosen, Clean, Diagnostic, Edit, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.settings import LineRanges, Settings

_NAMED_BY_KERNEL = re.compile(r"\b(?:_{1,3}|_i{1,3}|_i?\d+|_[iod]h|In|Out)\b")
"""Variables that the kernel sets between cells: what was shown, what was run."""


class _Read(Struct, frozen=True, eq=False):
    """A notebook's program, and the cells whose text stands in it, in order."""

    text: str
    cells: tuple[CodeCell, ...]


def judge(data: bytes, settings: Settings, named: bool, rules: Mapping[str, NamedRule], chosen: Chosen | None = None) -> Outcome:
    """What becomes of a notebook; see `pipeline.process`. A file without any rule's pattern is no error, whatever is wrong with it."""
    try:
        text = data.decode()
        notebook = _read(code_cells(text))
    except UnicodeDecodeError as error:
        return _failed(data, Failed(data.count(b"\n", 0, error.start) + 1, f"is not utf-8: {error.reason}"), settings, rules)
    except NotRead as error:
        outcome = Skipped(error.cause) if error.asks else Failed(error.line, error.cause)
        return _failed(data, outcome, settings, rules)
    if not triage.admits(notebook.text.encode(), settings.rules, rules):
        return TriagedAway()
    if reason := skip_reason(notebook.text, generated=not named):
        return Skipped(reason)
    decoded = Decoded(notebook.text, "utf-8", bom=False)
    try:
        tree = syntax.parse(notebook.text)
    except syntax.Unreadable as error:
        return Failed(0, f"its cells together {error.cause}")
    lines = Lines(notebook.text)
    places = Places(notebook.text, lines)
    settings = replace(settings, lines=_lines(settings.lines, text, notebook, lines))
    passes = Passes(analysed(notebook.text, tree, settings), decoded, settings, rules, places.chosen(chosen) if chosen else None)
    passes.run()
    return _outcome(data, text, notebook, passes, places)


def _failed(data: bytes, outcome: Outcome, settings: Settings, rules: Mapping[str, NamedRule]) -> Outcome:
    return outcome if triage.admits(data, settings.rules, rules) else TriagedAway()


def _read(cells: Sequence[CodeCell]) -> _Read:
    unknown = Unknown()
    taken: list[tuple[CodeCell, str, bool]] = []
    for cell in cells:
        reading = read(cell.source, cell.language)
        unknown |= reading.unknown
        if reading.text.strip():
            taken.append((cell, reading.text, reading.frozen))
    names = frozenset(name for _, text, _ in taken for name in _NAMED_BY_KERNEL.findall(text))
    text = program(((cell.number, text, frozen) for cell, text, frozen in taken), unknown | Unknown(names=names))
    return _Read(text, tuple(cell for cell, _, _ in taken))


def _lines(ranges: LineRanges | None, text: str, notebook: _Read, lines: Lines) -> LineRanges | None:
    """Lines of the file as those of the program whose text stands on them."""
    if ranges is None:
        return None
    in_file, found = Lines(text), list[tuple[int, int]]()
    for cell, stretch in zip(notebook.cells, stretches(notebook.text), strict=True):
        for line in range(lines.line(stretch.start), lines.line(stretch.end)):
            at = in_file.line(cell.starts[min(lines.starts[line - 1] - stretch.start, len(cell.starts) - 1)])
            if any(min(first, last) <= at <= max(first, last) for first, last in ranges):
                found.append((line, line))
    return tuple(found)


def _outcome(data: bytes, text: str, notebook: _Read, passes: Passes, places: Places) -> Outcome:
    lines, in_file = Lines(notebook.text), Lines(text)
    found = (_of_file(one, notebook, lines, in_file) for one in passes.diagnostics(lines))
    diagnostics = tuple(sorted(map(places.diagnostic, found), key=lambda one: (one.cell, one.line, one.column, one.rule)))
    defects = tuple(places.defect(one) for one in passes.defects.values())
    changes = _changes(notebook, passes.spliced.edits)
    if not changes:
        return Clean(tuple(one for one in diagnostics if not one.fixed), defects, passes.work)
    edits = tuple(cell.edit(edit) for cell, change in changes for edit in change.edits)
    after = spliced(text, edits)
    if not _as_judged(passes.spliced.text, notebook, changes) or not _holds(text, after, changes):
        raise AssertionError("the notebook would change outside of the code that was rewritten")
    return Fixed(data, after.encode(), diagnostics, edits, defects, passes.work, tuple(change for _, change in changes))


def _of_file(one: Diagnostic, notebook: _Read, lines: Lines, in_file: Lines) -> Diagnostic:
    """The site with its span in the file, and with what its rewrite alone changes as edits of the file."""
    local = _by_cell(notebook, one.edits)
    edits = tuple(notebook.cells[index].edit(edit) for index, edits in sorted(local.items()) for edit in edits)
    span = [lines.starts[one.line - 1] + one.column - 1, lines.starts[one.end_line - 1] + one.end_column - 1]
    ((index, (stretch,)),) = _by_cell(notebook, [Edit(span[0], span[1], "", ())]).items()
    cell = notebook.cells[index]
    start, end = cell.starts[stretch.start], cell.ends[stretch.end - 1]
    where = (in_file.line(start), in_file.column(start), in_file.line(end), in_file.column(end))
    return replace(one, edits=edits, file_span=where)


def _by_cell(notebook: _Read, edits: Sequence[Edit]) -> dict[int, list[Edit]]:
    """Edits of the program as edits of its cells' texts, under the cells' indexes."""
    starts = [one.start for one in stretches(notebook.text)]
    found: dict[int, list[Edit]] = {}
    for edit in edits:
        index = bisect_right(starts, edit.start) - 1
        end = min(edit.end - starts[index], len(notebook.cells[index].source))
        found.setdefault(index, []).append(Edit(min(edit.start - starts[index], end), end, edit.text, edit.rules))
    return found


def _changes(notebook: _Read, edits: Sequence[Edit]) -> list[tuple[CodeCell, CellChange]]:
    """The cells that change, by position."""
    changes: list[tuple[CodeCell, CellChange]] = []
    for index, own in sorted(_by_cell(notebook, edits).items()):
        cell = notebook.cells[index]
        changes.append((cell, CellChange(cell.number, cell.source, spliced(cell.source, own), tuple(own))))
    return changes


def _as_judged(text: str, notebook: _Read, changes: Sequence[tuple[CodeCell, CellChange]]) -> bool:
    """Whether the new cells, read as a notebook's, are what the new program `text` has in their place."""
    new = [text[one.start : one.end].removesuffix("\n") for one in stretches(text)]
    texts = {cell.number: one for cell, one in zip(notebook.cells, new, strict=True)}
    return all(read(change.after, cell.language).text.removesuffix("\n") == texts[cell.number] for cell, change in changes)


def _holds(before: str, after: str, changes: Sequence[tuple[CodeCell, CellChange]]) -> bool:
    """Whether the new file is the old one with the new text in those cells, and nothing else."""
    old, new = json.loads(before), json.loads(after)
    for _, change in changes:
        for notebook, text in ((old, change.before), (new, change.after)):
            cell = notebook["cells"][change.cell - 1]
            if "".join(cell["source"]) != text:
                return False
            cell["source"] = ""
    return repr(old) == repr(new)
