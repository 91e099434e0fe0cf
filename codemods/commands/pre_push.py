"""What `pyfix hook run pre-push` does: judge what a push would bring, and keep the push back where there is something to rewrite in it.

Everything is said on standard error, where a user of `git push` sees it also under `--porcelain`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from codemods.commands.streams import console, err, is_rich
from codemods.model.outcome import Fixed
from codemods.report import text
from codemods.report.diff import unified
from codemods.report.entry import Entry, counts
from codemods.report.visible import visible
from codemods.workspace.folders import user_folder
from codemods.workspace.git.advice import Advice, advice
from codemods.workspace.git.answers import Answers
from codemods.workspace.git.command import Git, inherited
from codemods.workspace.git.committed import Judged, TimeOverError, judge
from codemods.workspace.git.fixing import KEPT, commit_on, forget, kept
from codemods.workspace.git.pushes import News, branch_of, distinct, from_environment, news_of, parse


class _Fix(Struct, frozen=True):
    """A push with something to rewrite: its files, and the fixing commit with the ref that it is kept under."""

    news: News
    judged: tuple[Judged, ...]
    commit: str
    ref: str
    advice: Advice


def run(mode: str, seconds: float, remote: str) -> int:
    """Judge the push that standard input, or pre-commit's environment, speaks of; the exit status. Raises GitError.

    Args:
        mode: `block`, `warn` or `commit`.
        seconds: after which the push goes on whatever is in it.
        remote: its name, or its address where it has none.
    """
    deadline = time.monotonic() + seconds
    git = Git(Path.cwd(), inherited())
    pushes = from_environment(git, os.environ)
    if pushes is None:
        pushes = parse(sys.stdin.buffer.read())
    remote = remote or os.environ.get("PRE_COMMIT_REMOTE_NAME", "")
    found = [news for push in pushes if (news := news_of(git, push, remote)) is not None]
    try:
        with closing(Answers(user_folder("cache"))) as answers:
            fixes = [fix for news in distinct(found) if (fix := _fix(git, news, remote, answers, deadline)) is not None]
    except TimeOverError:
        err(f"pyfix: not all of the push could be judged within {seconds:g} seconds (--budget); it goes on as it is")
        return 0
    return _told(git, fixes, mode) if fixes else 0


def _fix(git: Git, news: News, remote: str, answers: Answers, deadline: float) -> _Fix | None:
    """The fixing commit for a push, made and kept; None where there is nothing to rewrite, and nothing is kept any more."""
    judged = []
    for one in judge(git, news.commit, news.changes, answers, deadline):
        for line in text.error_lines(_entry(one)):
            err(f"pyfix: not judged: {line}")
        if isinstance(one.result.outcome, Fixed):
            judged.append(one)
    branch = branch_of(news.push)
    if not judged:
        if news.push.source != KEPT + branch:  # else it is itself what is pushed
            forget(git, branch)
        return None
    contents = {one.change: one.result.outcome.after for one in judged if isinstance(one.result.outcome, Fixed)}
    commit = commit_on(git, news.commit, contents, _message(judged))
    ref = kept(git, branch, commit)
    return _Fix(news, tuple(judged), git.line("rev-parse", ref), ref, advice(git, news, ref, remote))


def _entry(one: Judged) -> Entry:
    return Entry(os.fspath(one.result.path), one.result.outcome)


def _message(judged: Sequence[Judged]) -> str:
    """The fixing commit's message: how much, and by which rules."""
    rules = [one.rule for judgement in judged for one in _entry(judgement).fixed]
    said = ", ".join(f"{rule} {count}" for rule, count in counts(rules))
    return f"Rewrite {_amount(judged)} with pyfix\n\n{said}\n"


def _amount(judged: Sequence[Judged]) -> str:
    sites = sum(len(_entry(one).fixed) for one in judged)
    return f"{sites} site{'' if sites == 1 else 's'} in {len(judged)} file{'' if len(judged) == 1 else 's'}"


def _told(git: Git, fixes: Sequence[_Fix], mode: str) -> int:
    for fix in fixes:
        err(f"pyfix: {visible(branch_of(fix.news.push))}: {_amount(fix.judged)} to rewrite, on lines that this push brings:")
        for one in fix.judged:
            _diff(one)
    if mode == "commit" and (taken := [fix for fix in fixes if _took(git, fix)]):
        for fix in taken:
            err(f"pyfix: committed that on {visible(branch_of(fix.news.push))}, as {fix.commit[:12]}; push again")
        fixes = [fix for fix in fixes if fix not in taken]
    if fixes:
        err("pyfix: your files, index and branches are as they were; this takes the rewrites, a commit on top, and pushes again:")
        err(f"    {visible(_command(fixes))}")
    if mode == "warn":
        err("pyfix: the push goes on as it is")
        return 0
    err("pyfix: to push without: PYFIX_SKIP=1 git push … or git push --no-verify …")
    return 1


def _command(fixes: Sequence[_Fix]) -> str:
    steps = [*(fix.advice.take for fix in fixes), *(fix.advice.push for fix in fixes)]
    return " && ".join(dict.fromkeys(step for step in steps if step))


def _took(git: Git, fix: _Fix) -> bool:
    """Move the user's branch, where it is at hand, is what was pushed, and nothing lies about that is not committed."""
    if not fix.advice.is_current or git.line("rev-parse", "HEAD") != fix.news.commit:
        return False
    if git.run("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=none"):
        return False
    return git.call("merge", "--ff-only", "--quiet", fix.ref, allowed=range(256))[0] == 0


def _diff(one: Judged) -> None:
    outcome = one.result.outcome
    assert isinstance(outcome, Fixed)
    if is_rich(sys.stderr):
        from codemods.report.terminal import print_diff

        print_diff(_entry(one), outcome, console(sys.stderr))
    else:
        data = unified(os.fsencode(one.change.path), outcome)
        err(data.decode(sys.stderr.encoding or "utf-8", "backslashreplace").removesuffix("\n"))
