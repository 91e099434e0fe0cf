"""Branches from judged files: one commit a rule, the same to the byte whenever the same work is done again.

One `git fast-import` writes all of them, into the object store and without an index, so that whatever else the commit's tree holds (links,
submodules, modes, files kept by git-lfs) is in the new trees as it was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from codemods import __version__
from codemods.engine import registry
from codemods.model.migration import Branch, Commit
from codemods.workspace.git.command import Git
from codemods.workspace.migrate.tree import Entry

_COMMITTER = re.compile(rb"^committer [^\n]*> (\d{1,14} [+-]\d{4})$", re.MULTILINE)
WIDTH = 72


class Change(Struct, frozen=True):
    """A file with its content after each rule that changes it, in the rules' order, and that rule's sites."""

    entry: Entry
    steps: tuple[tuple[str, bytes, int], ...]


class Draft(Struct, frozen=True):
    """A branch to be made: its name, whose files it changes, and the changes."""

    name: str
    changes: tuple[Change, ...]
    owners: tuple[str, ...] = ()


def committed(git: Git, base: str, drafts: Sequence[Draft], key: str, author: str) -> tuple[Branch, ...]:
    """Write the branches, each on top of the commit `base`, under refs of the clone (`ref_of`). Raises GitError.

    The refs appear together, when all objects are there; a process that is killed leaves none.
    """
    signature = author.encode("utf-8", "surrogateescape") + b" " + _date(git, base)
    plans = [(draft, list(_rules(draft))) for draft in drafts]
    stream = b"".join(_branch(draft, rules, ref_of(key, number), base, key, signature) for number, (draft, rules) in enumerate(plans))
    git.run("fast-import", "--quiet", "--force", "--done", stdin=stream + b"done\n")
    branches = []
    for number, (draft, rules) in enumerate(plans):
        oids = git.line("rev-list", "--reverse", f"{base}..{ref_of(key, number)}").split()
        commits = [Commit(rule, oid, sites, len(files)) for oid, (rule, sites, files) in zip(oids, rules, strict=True)]
        branches.append(Branch(draft.name, oids[-1], tuple(commits), draft.owners))
    return tuple(branches)


def ref_of(key: str, number: int) -> str:
    """The ref in the clone that names the n-th branch of a result."""
    return f"refs/pyfix/{key}/{number}"


def _rules(draft: Draft) -> Iterator[tuple[str, int, list[tuple[Entry, bytes]]]]:
    """The rules that change something, by name, each with its sites and the files as they are after it."""
    names = sorted({rule for change in draft.changes for rule, _, _ in change.steps})
    for name in names:
        found = [(change.entry, data, sites) for change in draft.changes for rule, data, sites in change.steps if rule == name]
        yield name, sum(sites for _, _, sites in found), [(entry, data) for entry, data, _ in found]


def _branch(
    draft: Draft, rules: list[tuple[str, int, list[tuple[Entry, bytes]]]], ref: str, base: str, key: str, signature: bytes
) -> bytes:
    parts = [b"reset ", ref.encode(), b"\nfrom ", base.encode(), b"\n\n"]
    for rule, sites, files in rules:
        parts += (b"commit ", ref.encode(), b"\nauthor ", signature, b"\ncommitter ", signature, b"\n")
        parts.append(_data(message(rule, sites, len(files), key).encode()))
        for entry, data in files:
            parts += (b"M ", entry.mode.encode(), b" inline ", _quoted(os.fsencode(entry.path)), b"\n", _data(data))
        parts.append(b"\n")
    return b"".join(parts)


def message(rule: str, sites: int, files: int, key: str) -> str:
    """What a commit says."""
    page = registry.rule(rule).page
    first = page.partition("\n\n")[0].replace("\n", " ").rstrip(".")
    count = f"{sites} place{'' if sites == 1 else 's'} in {files} file{'' if files == 1 else 's'}"
    said = (
        "Made by pyfix, which rewrites only what it can show to behave the same"
        if rule != "mutable-default"
        else "Made by pyfix. A default is no longer shared between calls, which is the one change of behaviour that pyfix makes on purpose"
    )
    body = _wrapped(f"{first[0].upper()}{first[1:]}: {count}. {said}; what it could not show was left alone.")
    return f"pyfix({rule}): rewrite {count}\n\n{body}\n\nPyfix-Rule: {rule}\nPyfix-Version: {__version__}\nPyfix-Key: {key}\n"


def _wrapped(text: str) -> str:
    import textwrap

    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _date(git: Git, base: str) -> bytes:
    """The base's own date: not now, so that a branch that is made again is the same."""
    found = _COMMITTER.search(git.run("cat-file", "commit", base).partition(b"\n\n")[0])
    return found[1] if found else b"0 +0000"


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: bytes) -> bytes:
    """A path as fast-import reads it."""
    return b'"' + path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'
