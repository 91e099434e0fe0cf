"""Repositories as a migration leaves them, of every sort, and with the worst that they can hold."""

from __future__ import annotations

from codemods.model.migration import Branch, Commit, Culprit, FileProblem, Left, Repository, Result, RuleWork

EVIL = "<script>alert(1)</script>\x1b[31m|`*_\u202e"

DONE = Result(
    "verified",
    files=10,
    changed=2,
    rules=(RuleWork("dict-keys", 3, 2), RuleWork("range-len", 1, 1)),
    left=(Left("dict-keys", "unsafe", "type", 5, "a.py:3: assumes that `d` is a dict"), Left("range-len", "refused", "other", 1, EVIL)),
    branches=(Branch("pyfix/migrate", "b" * 40, (Commit("dict-keys", "a" * 40, 3, 2), Commit("range-len", "b" * 40, 1, 1)), ("@team",)),),
    seconds={"fetch": 0.25, "judge": 1.5},
    runs=4,
)
DIFF = "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-for k in d.keys():\n+for k in d:  # <b>\n"
CULPRIT = Culprit(("dict-keys a.py:3",), DIFF, f"E assert\n```\n{EVIL}", "def test(): ...")
CULLED = Result("culled", files=3, changed=1, rules=(RuleWork("dict-keys", 1, 1),), culprits=(CULPRIT,), branches=DONE.branches, runs=12)
BROKEN = Result("failed", problems=(FileProblem("x.py", 3, "bad"),))

ROWS = (
    Repository(
        "team/app", "/srv/app", "pr-open", base="c" * 40, attempts=1, seconds=2.0, requests=("https://forge.example/1",), result=DONE
    ),
    Repository("culled", "https://example.org/culled.git", "pushed", base="c" * 40, seconds=9.5, result=CULLED),
    Repository("local", "/srv/local", "committed", result=DONE),
    Repository("nothing", "/srv/nothing", "no-change", result=Result("no-change", files=4)),
    Repository(
        "red", "/srv/red", "skipped", "baseline-red", "fails", result=Result("skipped", "baseline-red", "fails", output="1 failed <b>")
    ),
    Repository("empty", "/srv/empty", "skipped", "empty", "has no commit"),
    Repository(EVIL, f"/srv/{EVIL}", "failed", "git", f"git fetch: {EVIL}", requests=("javascript:alert(1)",)),
    Repository("broken", "/srv/broken", "failed", "timeout", "took longer", result=BROKEN),
    Repository("waiting", "/srv/waiting", "planned"),
)
