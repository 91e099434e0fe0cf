"""What a pull request says: what changed, why it is safe, what was left and why."""

from __future__ import annotations

from codemods import __version__
from codemods.model.migration import Branch, Result
from codemods.report.migration.markdown import cell, code
from codemods.report.visible import visible

# A forge takes 65,536 characters; a reader fewer.
LEFT = 20
CULPRITS = 10


def body(result: Result, branch: Branch) -> str:
    """The text, as Markdown."""
    parts = ["One commit for each rule; each can be reverted, or taken, by itself.", "", "| rule | places | files |", "| --- | --- | --- |"]
    parts += [f"| {code(commit.rule)} | {commit.sites} | {commit.files} |" for commit in branch.commits]
    if branch.owners:
        parts += ["", f"Only files of {', '.join(map(code, branch.owners))} are in this branch."]
    parts += ["", "## Why it is safe", "", _safe(branch), *_verified(result)]
    if result.left:
        parts += ["", "## What was left alone", "", "| rule | reason | places | for example |", "| --- | --- | --- | --- |"]
        listed = sorted(result.left, key=lambda one: (-one.sites, one.rule, one.code))
        parts += [f"| {code(one.rule)} | {one.kind}: {one.code} | {one.sites} | {cell(one.example)} |" for one in listed[:LEFT]]
    return "\n".join([*parts, "", f"Made by pyfix {__version__}."]) + "\n"


def _safe(branch: Branch) -> str:
    said = (
        "pyfix rewrites only what it can show from the program to behave the same, and checks every result: it compiles, nothing outside "
        "the rewritten statements has changed by a byte, no comment is lost, and a second run finds nothing."
    )
    if any(commit.rule == "mutable-default" for commit in branch.commits):
        said += " `mutable-default` is the one rule that changes behaviour on purpose: a default is no longer shared between calls."
    return said


def _verified(result: Result) -> list[str]:
    if not result.runs:
        return []
    said = [
        "",
        f"The verification ran {result.runs} times: on the code as it was, on the rewritten code, and with a failure put in on purpose.",
    ]
    if result.culprits:
        said += ["", "It failed with these, which were dropped:", ""]
        said += [f"- {visible(', '.join(one.sites))}" for one in result.culprits[:CULPRITS]]
    return said
