"""The lines of a report: one a file, one a site, one an error, and the summary."""

from __future__ import annotations

from collections.abc import Iterator

from codemods.model.outcome import Diagnostic, Failed, Skipped
from codemods.report.entry import Entry, Mode, code, counts, in_cell, kind, message, reason_lines
from codemods.report.statistics import Tally
from codemods.report.visible import visible


def file_line(entry: Entry) -> str:
    """What was rewritten in a file."""
    rules = ", ".join(f"{name} {count}" for name, count in counts(one.rule for one in entry.fixed))
    return f"rewrote {visible(entry.path)}: {_sites(len(entry.fixed))} ({rules})"


def site_lines(entry: Entry) -> Iterator[str]:
    """A line for each site that is or would be rewritten."""
    for one in entry.fixed:
        yield f"{_place(entry, one)}: {one.rule} {visible(message(one))}"


def left_lines(entry: Entry) -> Iterator[str]:
    """A line for each site that was seen and left, with the reason and its code; below it the facts, where they were asked for."""
    for one in entry.left:
        said = "" if kind(one) == "suppressed" else f" {kind(one)}:"  # a suppressed site's message says so itself
        yield f"{_place(entry, one)}: {one.rule}{said} {visible(message(one))} [{code(one)}]"
        yield from reason_lines(one, "  ")


def error_lines(entry: Entry) -> Iterator[str]:
    """A line for each thing that went wrong with a file: what makes the exit status 2."""
    match entry.outcome:
        case Failed(line=line, cause=cause):
            yield f"{visible(entry.path)}:{f'{line}:' if line else ''} {visible(cause)}"
    if entry.cause:
        yield f"{visible(entry.path)}: not rewritten: {visible(entry.cause)}"
    for defect in entry.defects:
        said = "stopped at its bound" if defect.kind == "bound" else "crashed"
        place = f"{visible(entry.path)}:{in_cell(defect.cell)}{defect.line}"
        yield f"{place}: {defect.rule} {said}: {visible(defect.cause)} (a defect of pyfix; please report it)"


def skipped_line(entry: Entry) -> str | None:
    """Why a file was not looked into, where it asks for that itself."""
    return f"{visible(entry.path)}: skipped: {visible(entry.outcome.reason)}" if isinstance(entry.outcome, Skipped) else None


def summary(tally: Tally, mode: Mode, *, show_refused: bool = False) -> str:
    """One line: what was or would be rewritten, what more `--unsafe-fixes` would do, and what was refused."""
    done = "rewrote" if mode == "fix" else "would rewrite"
    if tally.sites["rewritten"]:
        parts = [f"{done} {_sites(tally.sites['rewritten'])} in {_files(tally.changed)}"]
    else:
        parts = [f"nothing to rewrite in {_files(tally.seen)}"]
    if more := tally.sites["unsafe"]:
        parts.append(f"{more} more with --unsafe-fixes")
    if refused := tally.sites["refused"]:
        parts.append(f"{refused} refused" + ("" if show_refused else " (--show-refused lists them)"))
    if suppressed := tally.sites["suppressed"]:
        parts.append(f"{suppressed} suppressed")
    if tally.failed:
        parts.append(f"{_files(tally.failed)} could not be processed")
    return "; ".join(parts)


def _place(entry: Entry, one: Diagnostic) -> str:
    return f"{visible(entry.path)}:{in_cell(one.cell)}{one.line}:{one.column}"


def _sites(count: int) -> str:
    return f"{count} site{'' if count == 1 else 's'}"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
