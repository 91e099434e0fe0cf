"""The report as commands of a GitHub workflow, which show as annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.model.outcome import Diagnostic, Failed
from codemods.report.entry import Entry, kind, message
from codemods.report.visible import visible


def lines(entry: Entry, path: str) -> Iterator[str]:
    """A line for each thing that went wrong, and for each site that is not suppressed: a warning where it would be rewritten."""
    yield from _errors(entry, path)
    for one in () if entry.cause else entry.diagnostics:
        match kind(one):
            case "rewritten" if entry.written:
                yield _command("notice", path, one.rule, f"rewritten: {message(one)}", one)
            case "rewritten":
                yield _command("warning", path, one.rule, message(one), one)
            case "unsafe" | "refused" as word:
                yield _command("notice", path, f"{one.rule} ({word})", message(one), one)


def _errors(entry: Entry, path: str) -> Iterator[str]:
    match entry.outcome:
        case Failed(line=line, cause=cause):
            yield _command("error", path, "pyfix", cause, line)
    if entry.cause:
        yield _command("error", path, "pyfix", f"not rewritten: {entry.cause}", 0)
    for defect in entry.defects:
        yield _command("error", path, defect.rule, f"{defect.cause} (a defect of pyfix; please report it)", defect.line)


def _command(level: str, path: str, title: str, text: str, at: Diagnostic | int) -> str:
    place = {"file": visible(path)}
    match at:
        case Diagnostic(line=line, end_line=end) if line == end:  # columns count only within one line
            place |= {"line": f"{line}", "endLine": f"{line}", "col": f"{at.column}", "endColumn": f"{at.end_column}"}
        case Diagnostic(line=line, end_line=end):
            place |= {"line": f"{line}", "endLine": f"{end}"}
        case int() if at:
            place |= {"line": f"{at}"}
    given = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in {**place, "title": title}.items())
    return f"::{level} {given}::{_escaped(visible(text))}"


def _escaped(text: str, more: str = "") -> str:
    """What is special in a command, as the runner's toolkit writes it: in properties `:` and `,` as well."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
