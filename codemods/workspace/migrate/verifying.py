"""A repository's rewrites before they are committed: which of them its own verification has nothing against.

The one place in a migration where a working tree is made, and where code of the repository runs.
"""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from codemods.model.migration import Culprit
from codemods.model.outcome import Outcome
from codemods.workspace.files import Snapshot, Stamp
from codemods.workspace.git.command import Git
from codemods.workspace.migrate.judging import Judged
from codemods.workspace.verify import session
from codemods.workspace.verify.case import case
from codemods.workspace.verify.choice import judge_for
from codemods.workspace.verify.sites import Rewrites, Site
from codemods.workspace.verify.workplace import Workplace
from codemods.workspace.worker import FileResult

# What a report can show of one culprit.
DIFF_LINES = 400
OUTPUT_CHARACTERS = 8000


class Verified(Struct, frozen=True):
    """What came of a verification.

    Attributes:
        kept: by path, the rules and places of the rewrites that stand; a file of which none does is missing.
        culprits: what was found and dropped; dropped: how many more were, since the search had to stop.
        runs: how often the command ran.
    """

    rewrites: Rewrites
    kept: dict[str, tuple[Site, ...]]
    culprits: tuple[Culprit, ...]
    dropped: int
    runs: int

    def outcome(self, path: str, rules: Sequence[str]) -> Outcome:
        """What becomes of a file with the kept rewrites of these rules and no others."""
        return self.rewrites.result(path, [site for site in self.kept.get(path, ()) if site.rule in rules]).outcome


def verified(git: Git, commit: str, fixed: Sequence[Judged], words: str, budget: int | None = session.BUDGET) -> Verified:
    """Which of the rewrites stand. Raises VerifyError, GitError, OSError.

    Args:
        git: the clone.
        words: the command, or what else `verify.choice` knows: `types`, `examples`.
    """
    with _checkout(git, commit) as place:
        results = [FileResult(place.root / one.entry.path, one.outcome, _snapshot(one), settings=one.settings) for one in fixed]
        rewrites = Rewrites(place.root, results)
        judge = judge_for(words, place, rewrites)
        found = session.verify(rewrites, judge, place, budget=budget)
        culprits = tuple(_culprit(rewrites, one, judge.name) for one in found.culprits)
    kept: dict[str, list[Site]] = {}
    for site in found.kept:
        kept.setdefault(site.path, []).append(site)
    return Verified(rewrites, {path: tuple(sites) for path, sites in kept.items()}, culprits, len(found.dropped), found.runs)


@contextmanager
def _checkout(git: Git, commit: str) -> Iterator[Workplace]:
    """The commit's files in a folder of their own. Raises GitError, OSError.

    Files that git-lfs keeps elsewhere are the pointers to them: nothing is downloaded for a verification.
    """
    git.run("worktree", "prune")  # what a job that was killed has left
    with tempfile.TemporaryDirectory(prefix="pyfix-", ignore_cleanup_errors=True) as folder:
        top = Path(os.path.realpath(folder))
        tree = top / "tree"
        quiet = Git(git.folder, {"GIT_LFS_SKIP_SMUDGE": "1"})
        quiet.run("worktree", "add", "--quiet", "--force", "--detach", "--", os.fspath(tree), commit)
        try:
            yield Workplace(tree, tree, tree, top)
        finally:
            git.call("worktree", "remove", "--force", "--force", "--", os.fspath(tree), allowed=(0, 1, 128))


def _snapshot(one: Judged) -> Snapshot:
    """The file as it would have been read. What tells one file from another plays no part here."""
    assert hasattr(one.outcome, "before")
    return Snapshot(one.outcome.before, Stamp(0, 0, one.entry.size, 0, 0, 1, 0, 0))


def _culprit(rewrites: Rewrites, found: session.Culprit, command: str) -> Culprit:
    sites = tuple(f"{site.rule} {site.path}:{site.place.line}" for site in found.sites)
    tree = rewrites.tree(found.sites)
    paths = sorted({site.path for site in found.sites})
    diff = "".join(_diff(path, rewrites.before(path), tree[path]) for path in paths)
    output = found.verdict.tail[-OUTPUT_CHARACTERS:]
    return Culprit(sites, diff, output, case(rewrites, found.sites[0], command, found.verdict.words))


def _diff(path: str, before: bytes, after: bytes) -> str:
    """A diff to look at; bytes that are no UTF-8 are shown as such."""
    old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
    shown = list(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))[:DIFF_LINES]
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in shown)
