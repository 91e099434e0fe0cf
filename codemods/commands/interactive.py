"""`pyfix PATH -i`: the sites one after the other, each with its diff, and a key for what becomes of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import click
from msgspec import Struct, field
from msgspec.structs import replace

from codemods.commands.options import Options, configuration_of
from codemods.commands.reporting import diff_names
from codemods.commands.scope import scope_of
from codemods.commands.streams import console, err, is_rich, out, write
from codemods.engine.review import NotTakenError, Review
from codemods.model.outcome import Diagnostic, Failed, Fixed
from codemods.report.entry import Entry
from codemods.report.explanation import verdict_lines
from codemods.report.text import error_lines
from codemods.report.visible import visible
from codemods.workspace.pool import FileResult
from codemods.workspace.pool import run as judge

KEYS = {
    "y": "rewrite this site",
    "n": "leave this site",
    "a": "rewrite this site and all that its rule still has",
    "r": "leave this site and all that its rule still has",
    "f": "rewrite this site and the rest of the file",
    "d": "leave this site and the rest of the file",
    "e": "edit the rewrite, and take what you wrote",
    "s": "leave this site, and say so in a comment: `# pyfix: ignore[rule]`",
    "b": "go back to the site before, in this file",
    "q": "leave this site and all others; what was accepted is written",
    "?": "why, and what the keys do",
}


class Quit(Exception):
    """The reviewer has had enough."""


class Session(Struct):
    """What holds for more than one site: rules that are accepted or declined as a whole, and how far the review is."""

    total: int
    number: int = 0
    accepted: set[str] = field(default_factory=set)
    declined: set[str] = field(default_factory=set)


class Reviewed(Struct):
    """A file with its decisions. `suppressed`: ids of the sites that are to get a comment."""

    result: FileResult
    review: Review
    suppressed: set[str] = field(default_factory=set)


def run(options: Options) -> int:
    """Review, then write what was accepted. Returns the exit status. Raises UsageError."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("-i needs a terminal to ask in")
    failed, found = _found(options)
    session = Session(sum(len(Entry("", one.outcome).fixed) for one in found))
    reviewed: list[Reviewed] = []
    try:
        for result in found:
            one = _reviewed(result)
            reviewed.append(one)
            _walk(one, session, options)
    except Quit:
        pass
    except (KeyboardInterrupt, EOFError):
        out("")
        err("pyfix: interrupted; nothing was written")
        return 130
    _ask_for_comments(reviewed)
    return 2 if _write(reviewed) or failed else 0


def _found(options: Options) -> tuple[bool, list[FileResult]]:
    """The files with something to rewrite, and whether something went wrong with one."""
    configuration = configuration_of(replace(options, show_refused=True))
    scope = scope_of(options, configuration)
    settings_for = scope.settings_for
    if options.baseline is not None:
        from codemods.commands.baseline import Held

        settings_for = Held(options, settings_for).settings_for
    failed, kept = False, []
    with closing(judge(iter(scope.found), settings_for, jobs=options.jobs, limit=options.seconds)) as results:
        for result in results:
            for line in error_lines(Entry(os.fspath(result.path), result.outcome)):
                failed = True
                err(line)
            if isinstance(result.outcome, Fixed):
                kept.append(result)
    if not kept:
        out("nothing to rewrite")
    return failed, kept


def _reviewed(result: FileResult) -> Reviewed:
    assert isinstance(result.outcome, Fixed)
    assert result.settings is not None
    return Reviewed(result, Review(result.outcome, result.settings))


def _walk(one: Reviewed, session: Session, options: Options) -> None:
    """Ask about the sites of a file. Raises Quit."""
    begun = session.number
    while sites := one.review.undecided():
        site = sites[0]
        if site.rule in session.accepted:
            one.review.accept(site)
        elif site.rule in session.declined:
            one.review.decline(site)
        else:
            session.number += 1
            session.total = max(session.total, session.number)
            _show(one, site, options)
            if _decided(one, site, session) == "b":
                session.number = max(begun, session.number - 2)
            continue
        session.number += 1


def _decided(one: Reviewed, site: Diagnostic, session: Session) -> str:
    """Ask until there is an answer, and do what it says. Raises Quit."""
    review = one.review
    while True:
        match _key(session):
            case "y":
                review.accept(site)
            case "n":
                review.decline(site)
            case "s":
                review.decline(site)
                one.suppressed.add(site.id)
            case "a" | "r" as key:
                (session.accepted if key == "a" else session.declined).add(site.rule)
                (review.accept if key == "a" else review.decline)(site)
            case "f" | "d" as key:
                _rest(review, review.accept if key == "f" else review.decline)
            case "e":
                if not _edited(review, site):
                    continue
            case "b":
                if not (last := review.back()):
                    out("this is the file's first site")
                    continue
                one.suppressed.discard(last)
                for again in review.undecided():
                    if again.id == last:
                        session.accepted.discard(again.rule)
                        session.declined.discard(again.rule)
                return "b"
            case "q":
                raise Quit
            case _:
                _explain(one, site)
                continue
        return ""


def _rest(review: Review, decide: Callable[[Diagnostic], None]) -> None:
    while sites := review.undecided():
        for site in sites:
            decide(site)


def _key(session: Session) -> str:
    """The key that is pressed, after the question; what is none of the keys counts as `?`. Raises KeyboardInterrupt, EOFError."""
    click.echo(f"({session.number}/{session.total}) Rewrite this? [{','.join(KEYS)}] ", nl=False)
    key = click.getchar().lower()
    out(key if key in KEYS else visible(key))
    return key if key in KEYS else "?"


def _show(one: Reviewed, site: Diagnostic, options: Options) -> None:
    shown = one.review.shown(site)
    path = os.fspath(one.result.path)
    if is_rich(sys.stdout):
        from codemods.report.terminal import print_diff

        print_diff(Entry(path, shown), shown, console(sys.stdout))
    else:
        from codemods.report.diff import unified

        write(unified(diff_names(options)(path), shown))


def _explain(one: Reviewed, site: Diagnostic) -> None:
    for line in verdict_lines(os.fspath(one.result.path), site, selected=True):
        out(line)
    for key, words in KEYS.items():
        out(f"  {key}  {words}")


def _edited(review: Review, site: Diagnostic) -> bool:
    """Let the reviewer write something else. Returns whether that decides it."""
    try:
        template, _ = review.template(site)
        text = click.edit(f"{template.text}\n", extension=".py")
        if text is None:
            out("nothing was saved")
            return False
        if (text := text.removesuffix("\n")) == template.text:
            review.accept(site)
        else:
            review.write(site, replace(template, text=_as_in_file(text, review.data)))
    except NotTakenError as error:
        out(f"not taken: {visible(str(error))}")
        return False
    except click.ClickException as error:  # there is no editor
        out(visible(error.format_message()))
        return False
    return True


def _as_in_file(text: str, data: bytes) -> str:
    """The text with the line ends of the file's first line."""
    first = data.partition(b"\n")[0] if b"\n" in data else b""
    newline = "\r\n" if first.endswith(b"\r") else "\n" if b"\n" in data or b"\r" not in data else "\r"
    return text.replace("\n", newline)


def _ask_for_comments(reviewed: list[Reviewed]) -> None:
    """Once, for all that was declined."""
    declined = sum(len(one.review.declined() - one.suppressed) for one in reviewed)
    if not declined:
        return
    count = f"{declined} site{'' if declined == 1 else 's'}"
    click.echo(f"Say `# pyfix: ignore[rule]` on the {count} that you left? [y,n] ", nl=False)
    try:
        key = click.getchar().lower()
    except (KeyboardInterrupt, EOFError):
        key = "n"
    out(key if key == "y" else "n")
    if key == "y":
        for one in reviewed:
            one.suppressed |= one.review.declined()


def _write(reviewed: list[Reviewed]) -> bool:
    """Write all files in one run of the journal. Returns whether something went wrong."""
    from codemods.report.text import file_line
    from codemods.workspace.apply import apply
    from codemods.workspace.history import JournalError

    failed = wrote = False
    try:
        for applied in apply(_results(reviewed)):
            entry = Entry(os.fspath(applied.result.path), applied.result.outcome, applied.written, applied.cause)
            for line in error_lines(entry):
                failed = True
                err(line)
            if applied.written:
                wrote = True
                out(file_line(entry))
    except JournalError as error:
        err(f"pyfix: {visible(str(error))}; nothing more was rewritten")
        return True
    if not wrote and not failed:
        out("nothing was rewritten")
    return failed


def _results(reviewed: list[Reviewed]) -> Iterator[FileResult]:
    for one in reviewed:
        outcome = one.review.outcome()
        settings = one.result.settings
        if one.suppressed and settings is not None:
            from codemods.engine.suppress import commented

            outcome = commented(outcome, one.review.data, replace(settings, explain=False), one.suppressed)
        if isinstance(outcome, Fixed | Failed):
            yield replace(one.result, path=Path(one.result.path), outcome=outcome, settings=None)
