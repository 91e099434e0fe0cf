"""A commit on top of another one, made without the working tree and the index, and kept under a ref of ours.

Nothing that anybody sees changes before the ref does, in one step: a run that is killed leaves a temporary folder, and objects that nothing
leads to, which git clears away by and by.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping

from msgspec.structs import replace

from codemods.workspace.git.changes import Change
from codemods.workspace.git.command import Git, GitError

KEPT = "refs/pyfix/pre-push/"


def commit_on(git: Git, parent: str, contents: Mapping[Change, bytes], message: str) -> str:
    """A commit on `parent` in which the files have these contents. Raises GitError."""
    lines = []
    for change, data in contents.items():
        blob = os.fsdecode(git.run("hash-object", "-w", "--stdin", stdin=data)).strip()
        lines.append(f"{change.mode} {blob} 0\t{change.path}\0")
    with tempfile.TemporaryDirectory(prefix="pyfix-") as folder:
        apart = replace(git, environment={**git.environment, "GIT_INDEX_FILE": os.path.join(folder, "index")})
        apart.run("read-tree", parent)
        apart.run("update-index", "-z", "--index-info", stdin=os.fsencode("".join(lines)))
        tree = apart.line("write-tree")
    return _committed(git, tree, parent, message)


def _committed(git: Git, tree: str, parent: str, message: str) -> str:
    arguments = ("commit-tree", tree, "-p", parent)
    try:
        return os.fsdecode(git.run(*arguments, stdin=os.fsencode(message))).strip()
    except GitError:  # who has told git no name gets the one of the commit below
        name, email = git.items("log", "-1", "-z", "--no-show-signature", "--format=%an%x00%ae", parent)
        said = (("NAME", os.fsdecode(name)), ("EMAIL", os.fsdecode(email)))
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in said}
        named = replace(git, environment={**git.environment, **who})
        return os.fsdecode(named.run(*arguments, stdin=os.fsencode(message))).strip()


def kept(git: Git, branch: str, commit: str) -> str:
    """Keep `commit` for `branch`; the one that is kept already, where it is the same but for its date. Gives the ref. Raises GitError."""
    ref = KEPT + branch
    if _content(git, ref) == _content(git, commit):
        return ref
    try:
        git.run("update-ref", ref, commit)
    except GitError:  # `a` and `a/b` cannot both be there; no repository has both branches, so that one of them is of no more use
        for other in _in_the_way(git, branch):
            git.run("update-ref", "-d", other)
        git.run("update-ref", ref, commit)
    return ref


def forget(git: Git, branch: str) -> None:
    """What was kept for `branch` is of no more use. Raises GitError."""
    ref = KEPT + branch
    if git.run("for-each-ref", ref):
        git.run("update-ref", "-d", ref)


def _content(git: Git, name: str) -> bytes | None:
    """What a commit is made of: its tree and its parents; None where there is no such commit."""
    status, said = git.call("rev-parse", "--verify", "--quiet", f"{name}^{{tree}}", allowed=(0, 1, 128))
    return None if status else said + git.run("rev-parse", f"{name}^@")


def _in_the_way(git: Git, branch: str) -> list[str]:
    refs = os.fsdecode(git.run("for-each-ref", "--format=%(refname)", KEPT)).split()
    ref = KEPT + branch
    return [other for other in refs if other.startswith(f"{ref}/") or ref.startswith(f"{other}/")]
