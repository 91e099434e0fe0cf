"""What a verification found, as lines for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from codemods.model.outcome import Diagnostic
from codemods.report.visible import shown_source, visible

# Of what the command said, for people; programs get all that was kept.
TAIL_LINES = 15
CASE_LINES = 60


class Dropped(Struct, frozen=True):
    """A rewrite that was left out.

    Attributes:
        id: its id among all files.
        diff: what it would have been, alone, as a plain diff.
        case: a test that fails as long as pyfix rewrites it so; empty where it is only suspected.
    """

    id: str
    path: str
    site: Diagnostic
    diff: str = ""
    case: str = ""


class Failure(Struct, frozen=True):
    """Rewrites that fail together. `words`: how the command ended with them alone; `tail`: the end of what it said."""

    sites: tuple[Dropped, ...]
    words: str
    tail: str


class Verification(Struct, frozen=True):
    """A verification that came to an end.

    Attributes:
        by: the command, or what else was the judge.
        failures: what was found and left out.
        suspected: what was left out besides, when no more runs were allowed.
    """

    by: str
    runs: int
    kept: int
    flaky: bool = False
    failures: tuple[Failure, ...] = ()
    suspected: tuple[Dropped, ...] = ()


def lines(found: Verification) -> Iterator[str]:
    """What was left out, each with its diff, what was said of it, and the test for its rule."""
    for failure in found.failures:
        yield ""
        places = " together with ".join(f"{_place(one)} ({one.site.rule})" for one in failure.sites)
        yield f"left out: {places}: {visible(found.by)} fails with {'it' if len(failure.sites) == 1 else 'them'}: {visible(failure.words)}"
        for one in failure.sites:
            yield from _indented(one.diff, "  ")
        said = failure.tail.splitlines()
        if said:
            yield "  what it said last:"
            yield from _indented("\n".join(said[-TAIL_LINES:]), "    ")
        for one in failure.sites:
            if not one.case:
                continue
            if one.case.count("\n") > CASE_LINES:
                yield f"  a test that fails as long as pyfix rewrites this, {one.case.count(chr(10))} lines: see --output-format json"
            else:
                yield "  a test that fails as long as pyfix rewrites this:"
                yield from _indented(one.case, "    ")
    for one in found.suspected:
        yield f"left out, since no more runs were allowed: {_place(one)} ({one.site.rule})"
    yield ""
    yield summary(found)


def summary(found: Verification) -> str:
    """One line."""
    out = sum(len(one.sites) for one in found.failures) + len(found.suspected)
    parts = [f"{visible(found.by)} has nothing against {_count(found.kept, 'rewrite')}" if found.kept else "nothing is left to write"]
    if out:
        parts.append(f"{out} left out")
    parts.append(_count(found.runs, "run"))
    if found.flaky:
        parts.append("flaky: each verdict took up to three")
    return "; ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def data(found: Verification) -> dict[str, Any]:
    """As it stands in the JSON report."""
    return {
        "by": found.by,
        "runs": found.runs,
        "kept": found.kept,
        "flaky": found.flaky,
        "failures": [
            {"sites": [_site(one) for one in failure.sites], "ended": failure.words, "output": failure.tail} for failure in found.failures
        ],
        "suspected": [_site(one) for one in found.suspected],
    }


def _site(one: Dropped) -> dict[str, Any]:
    place = {"line": one.site.line, "column": one.site.column}
    return {"id": one.id, "rule": one.site.rule, "path": one.path, **place, "diff": one.diff, "case": one.case}


def _place(one: Dropped) -> str:
    return f"{visible(one.path)}:{one.site.line}:{one.site.column}"


def _indented(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"{indent}{shown_source(line)}".rstrip()
