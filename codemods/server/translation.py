"""Sites, edits and reasons in the protocol's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lsprotocol import types

from codemods.engine import registry
from codemods.model.outcome import Diagnostic, Fixed
from codemods.model.verdict import Refused, Safe, Unsafe
from codemods.report.entry import reason, reason_lines
from codemods.report.visible import visible
from codemods.server.judging import Document, Judge, Judged
from codemods.server.units import Places

SOURCE = "pyfix"
FIX_ALL = "source.fixAll.pyfix"


def diagnostics(judged: Judged, encoding: str | None, *, refused: bool) -> list[types.Diagnostic]:
    """What is shown of a document."""
    places = Places(judged.document.text, encoding)
    return [diagnostic(one, places) for one in judged.sites(refused=refused)]


def diagnostic(one: Diagnostic, places: Places) -> types.Diagnostic:
    match one.verdict:
        case Safe():
            severity = types.DiagnosticSeverity.Information
        case Unsafe() | Refused():
            severity = types.DiagnosticSeverity.Hint
    return types.Diagnostic(places.of_site(one), message(one), severity, one.rule, source=SOURCE, data={"id": one.id})


def message(one: Diagnostic) -> str:
    """What the rule asks for, and what was decided."""
    summary = registry.rule(one.rule).page.partition("\n")[0].replace("`", "")
    match one.verdict:
        case Safe():
            said = f"Safe: {reason(one)}"
        case Unsafe():
            said = f"Unsafe: {reason(one)}"
        case Refused():
            said = f"Left alone: {reason(one)}"
    return f"{summary} {visible(said)}."


def wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether actions of a kind are asked for: `source` asks for `source.fixAll.pyfix`, `source.fixAll.other` does not."""
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") for asked in only)


def fix(one: Diagnostic, judged: Judged, places: Places) -> types.CodeAction:
    """The rewrite of one site, its edit still to be made."""
    assumed = f", which {reason(one)}" if isinstance(one.verdict, Unsafe) else ""
    return types.CodeAction(
        f"Rewrite ({one.rule}){visible(assumed)}",
        types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(one, places)],
        is_preferred=isinstance(one.verdict, Safe),
        data={"uri": judged.document.uri, "id": one.id},
    )


def fix_all(judged: Judged) -> types.CodeAction:
    """All that a run of `pyfix` would do to the file, the edit still to be made."""
    return types.CodeAction("Rewrite all (pyfix)", FIX_ALL, data={"uri": judged.document.uri})


def is_fixed(judged: Judged) -> bool:
    return isinstance(judged.outcome, Fixed)


def whole(judge: Judge, document: Document) -> Fixed | None:
    """The document as a run of `pyfix` leaves it; None where it changes nothing."""
    outcome = judge.judged(document).outcome
    return outcome if isinstance(outcome, Fixed) else None


def single(name: str) -> Callable[[Judge, Document], Fixed | None]:
    """The same with nothing but the site of that id rewritten."""
    return lambda judge, document: judge.alone(document, name)


def workspace_edit(outcome: Fixed, document: Document, encoding: str | None, *, versioned: bool) -> types.WorkspaceEdit:
    """The edits of a document, for the version that they are of."""
    edits = Places(document.text, encoding).edits(outcome.edits)
    if not versioned:
        return types.WorkspaceEdit(changes={document.uri: edits})
    target = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(target, list(edits))])


def hover(one: Diagnostic, places: Places, *, markdown: bool) -> types.Hover:
    """Why it was decided so, and what would prove more."""
    lines = list(_explained(one, markdown))
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, "\n".join(lines)), places.of_site(one))


def _explained(one: Diagnostic, markdown: bool) -> Iterator[str]:
    head = f"**{one.rule}**" if markdown else one.rule
    match one.verdict:
        case Safe():
            yield f"{head}: safe, {visible(reason(one))}"
        case Unsafe(code=code):
            yield f"{head}: unsafe ({code}), {visible(reason(one))}"
        case Refused(code=code):
            yield f"{head}: left alone ({code}), {visible(reason(one))}"
    yield ""
    for line in reason_lines(one, ""):
        # In Markdown a `+` would begin a list of its own.
        yield f"\n{line[2:]}" if markdown and line.startswith("+ ") else line
