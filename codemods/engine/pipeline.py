"""The pure core: bytes in, outcome out. File, standard input, editor, hook and batch all call `process`."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from codemods.engine import registry, triage
from codemods.engine.registry import NamedRule
from codemods.model.outcome import Chosen, Clean, Failed, Fixed, Outcome, Skipped, TriagedAway
from codemods.model.settings import NOTEBOOK, Settings

if TYPE_CHECKING:
    from codemods.engine.decode import Decoded
    from codemods.engine.passes import Passes

ALONE = 10
"""How many sites of a file are judged alone where somebody wants to know what each one's rewrite is."""


def process(
    data: bytes,
    settings: Settings,
    *,
    named: bool = False,
    rules: Mapping[str, NamedRule] | None = None,
    chosen: Chosen | None = None,
) -> Outcome:
    """What becomes of a file's bytes.

    Args:
        named: the file was named outright, so that it is read though it looks generated.
        rules: stands in for the registry (tests, rules under development); has every name of `settings.rules`.
        chosen: which of the sites may be rewritten; the others are reported as they were judged, and not fixed. None means all.

    Raises nothing but `registry.UnknownRule`, for a name in `settings.rules` that is no rule's.
    """
    is_notebook = settings.filename.endswith(NOTEBOOK)  # whose text is not the program's: there "\\n" is two characters
    if not is_notebook and not triage.admits(data, settings.rules, rules):
        return TriagedAway()
    known = rules if rules is not None else registry.RULES
    # With the cyclic collector on, building trees takes six times as long.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return (_notebook if is_notebook else _processed)(data, settings, named, known, chosen)
    finally:
        if collecting:
            gc.enable()


def _notebook(data: bytes, settings: Settings, named: bool, rules: Mapping[str, NamedRule], chosen: Chosen | None) -> Outcome:
    from codemods.engine.notebook.judge import judge  # few runs meet one

    return judge(data, settings, named, rules, chosen)


def _processed(data: bytes, settings: Settings, named: bool, rules: Mapping[str, NamedRule], chosen: Chosen | None) -> Outcome:
    # Here and not above: most files that a hook passes are done by then.
    from codemods.analysis.release import release
    from codemods.analysis.text.pragmas import skip_reason
    from codemods.engine import syntax
    from codemods.engine.decode import Undecodable, decode
    from codemods.engine.landing import analysed
    from codemods.engine.passes import Passes

    try:
        decoded = decode(data)
        if reason := skip_reason(decoded.text, generated=not named):
            return Skipped(reason)
        tree = syntax.parse(decoded.text)
    except (Undecodable, syntax.Unreadable) as error:
        return Failed(error.line, error.cause)
    passes = Passes(analysed(decoded.text, tree, settings), decoded, settings, rules, chosen)
    try:
        passes.run()
        outcome = _outcome(data, decoded, passes)
    finally:
        release(passes.module)
    return _with_edits(outcome, settings, rules) if settings.explain and isinstance(outcome, Fixed) else outcome


def _with_edits(outcome: Fixed, settings: Settings, rules: Mapping[str, NamedRule]) -> Fixed:
    """With the edits of the sites that had to wait for a later pass: each is rewritten alone, which what it holds does not prevent."""
    every = tuple(one.id for one in outcome.diagnostics)
    diagnostics = list(outcome.diagnostics)
    waited = [index for index, one in enumerate(diagnostics) if one.fixed and not one.edits]
    for index in waited[:ALONE]:
        one = diagnostics[index]
        held = tuple(name for name in every if name != one.id)
        alone = _processed(outcome.before, replace(settings, explain=False, held=held), True, rules, None)
        if isinstance(alone, Fixed) and [same.id for same in alone.diagnostics if same.fixed] == [one.id]:
            diagnostics[index] = replace(one, edits=alone.edits)
    return replace(outcome, diagnostics=tuple(diagnostics))


def _uncompilable(text: str) -> Failed | None:
    """What is said of a text in which a rule crashed, if the parser takes it and the compiler does not: no Python runs it."""
    from codemods.engine import nesting, syntax

    if nesting.is_too_deep(syntax.parse(text)):
        return None
    fault = syntax.uncompilable(text)
    return None if fault is None else Failed(fault.line, f"cannot be compiled: {fault.cause}")


def _outcome(data: bytes, decoded: Decoded, passes: Passes) -> Outcome:
    from codemods.analysis.text.positions import Lines

    if any(one.kind == "crash" for one in passes.defects.values()) and (fault := _uncompilable(decoded.text)):
        return fault
    diagnostics = tuple(sorted(passes.diagnostics(Lines(decoded.text)), key=lambda one: (one.line, one.column, one.rule)))
    defects = tuple(passes.defects.values())
    after = decoded.encode(passes.spliced.text)
    if after == data:
        diagnostics = tuple(one for one in diagnostics if not one.fixed)
        return Clean(diagnostics, defects, passes.work)
    return Fixed(data, after, diagnostics, passes.spliced.edits, defects, passes.work)
