"""The pre-push hook, by real pushes from a repository to a bare one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from codemods.engine import pipeline
from codemods.model.outcome import Outcome
from tests.commands.call import BROKEN, ROOT, SAFE, SAFE_AFTER, call
from tests.workspace.git.repository import Repository

OTHER = SAFE.replace(b"show", b"tell")
OLD = b"def old(d: dict[str, int]) -> None:\n    for key in d.keys():\n        print(key)\n"
REF = "refs/pyfix/pre-push/"
AMPLE = ("--budget", "1000")
"""A busy machine is no failure."""


RECORDER = """#!/bin/sh
cat > "$RECORDED/stdin"
printf '%s\\n' "$@" > "$RECORDED/arguments"
env | grep ^GIT_ > "$RECORDED/variables"
exit 1
"""


class Pushing:
    """A repository with one pushed commit, and the bare repository it pushes to.

    By default a push is a real one, whose hook notes what git says; pyfix is told that in this process, and then the push goes on or not.
    With `installed` it is the hook that pyfix writes, as a user has it.
    """

    def __init__(self, here: Repository, there: Repository, monkeypatch: pytest.MonkeyPatch, *, installed: bool = False) -> None:
        self.here, self.there, self.monkeypatch, self.installed = here, there, monkeypatch, installed
        self.mode = "block"

    def push(self, *arguments: str, status: int = 0, **variables: str) -> str:
        """What a user sees of `git push`."""
        if self.installed:
            return self.here("push", *arguments, status=status, PYTHONPATH=os.fspath(ROOT), **variables)
        with tempfile.TemporaryDirectory() as folder:
            done = self.here.call("push", *arguments, RECORDED=folder)
            if not (Path(folder) / "stdin").exists():
                assert done.returncode == 0, done.stderr
                return os.fsdecode(done.stderr)
            stdin, given, told = ((Path(folder) / name).read_bytes() for name in ("stdin", "arguments", "variables"))
        with self.monkeypatch.context() as context:
            for line in os.fsdecode(told).splitlines():
                context.setenv(*line.split("=", 1))
            context.setenv("GIT_CONFIG_GLOBAL", os.devnull)
            context.chdir(self.here.folder)
            result = call("hook", "run", "pre-push", "--mode", self.mode, *AMPLE, *os.fsdecode(given).splitlines(), stdin=stdin)
        assert (result.status, result.out) == (status, b""), result.err.decode()
        return result.err.decode() + ("" if status else self.here("push", "--no-verify", *arguments))

    def has(self, ref: str) -> str:
        """What the other side has there; empty for nothing."""
        return self.there("for-each-ref", "--format=%(objectname)", ref)

    def fixed(self, branch: str, path: str = "a.py") -> bytes:
        return self.here.blob(f"{REF}{branch}:{path}")

    def state(self) -> tuple[str, str, str]:
        """All that a hook may not touch: what lies about, the index, the branches."""
        heads = self.here("for-each-ref", "refs/heads", "refs/remotes", "refs/tags", "refs/stash")
        return self.here("status", "--porcelain", "--branch"), self.here("ls-files", "--stage"), heads + self.here("rev-parse", "HEAD")

    def elsewhere(self, here: Repository) -> Pushing:
        return Pushing(here, self.there, self.monkeypatch, installed=self.installed)


def pushing(work: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> Pushing:
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT", "PYFIX_SKIP"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    there = Repository.new(work.parent / "the other side.git", "--bare", *options)
    here = Repository.new(work, *options)
    here("remote", "add", "origin", os.fspath(there.folder))
    here.commit(old=OLD)
    here("push", "--quiet", "-u", "origin", "main")
    here.write(".git/hooks/pre-push", RECORDER.encode()).chmod(0o755)
    return Pushing(here, there, monkeypatch)


@pytest.fixture
def one(work: Path, monkeypatch: pytest.MonkeyPatch) -> Pushing:
    return pushing(work, monkeypatch)


@pytest.fixture
def installed(one: Pushing) -> Pushing:
    """With the hook that pyfix writes."""
    (one.here.folder / ".git" / "hooks" / "pre-push").unlink()
    assert call("hook", "install", *AMPLE).status == 0
    one.installed = True
    return one


def test_nothing_to_rewrite_says_nothing(one: Pushing) -> None:
    pushed = one.here.commit(a=SAFE_AFTER, old=OLD + b"# more\n")
    said = one.push()
    assert "pyfix" not in said
    assert one.has("refs/heads/main") == pushed


def test_what_is_pushed_is_kept_back_and_one_command_brings_it_up(installed: Pushing) -> None:
    pushed = installed.here.commit(a=SAFE)
    installed.here.write("a.py", b"# not committed\n")
    installed.here.write("staged.py", b"# staged\n")
    installed.here("add", "staged.py")
    before = installed.state()
    said = installed.push(status=1)
    assert "pyfix: main: 1 site in 1 file to rewrite, on lines that this push brings:\n--- a/a.py\n+++ b/a.py\n" in said
    assert "\n+    for key in d:\n" in said
    assert f"\n    git merge --ff-only {REF}main && git push\n" in said
    assert "PYFIX_SKIP=1 git push" in said
    assert "--no-verify" in said
    assert installed.state() == before
    assert installed.has("refs/heads/main") != pushed
    assert installed.fixed("main") == SAFE_AFTER
    assert installed.here.blob(f"{REF}main:old.py") == OLD
    assert installed.here("log", "-1", "--format=%P%n%B", f"{REF}main") == f"{pushed}\nRewrite 1 site in 1 file with pyfix\n\ndict-keys 1"

    kept = installed.here("rev-parse", f"{REF}main")
    installed.push(status=1)
    assert installed.here("rev-parse", f"{REF}main") == kept

    installed.here("checkout", "--", "a.py")
    installed.here("rm", "--quiet", "--force", "staged.py")
    installed.here("merge", "--quiet", "--ff-only", f"{REF}main")
    assert "pyfix" not in installed.push()
    assert installed.has("refs/heads/main") == kept
    assert installed.here("for-each-ref", REF) == ""


def test_the_commit_is_judged_and_not_the_working_tree(one: Pushing) -> None:
    """A user who repairs the file and pushes again, without a commit, pushes what was there."""
    one.here.commit(a=SAFE)
    one.here.write("a.py", SAFE_AFTER)
    one.push(status=1)
    one.here.write("a.py", SAFE)
    one.here("commit", "--quiet", "--all", "--amend", "-m", "x")
    one.here.write("pyproject.toml", b'[tool.pyfix]\nexclude = ["*"]\n')
    one.push(status=1)
    one.here.commit()  # with the configuration it is another matter
    one.push()


def test_modes(one: Pushing) -> None:
    one.here.commit(a=SAFE)
    one.mode = "warn"
    assert "the push goes on as it is" in one.push()
    assert one.fixed("main") == SAFE_AFTER

    one.mode = "commit"
    pushed = one.here.commit(b=OTHER)
    one.here.write("b.py", OTHER + b"# not committed\n")
    one.push(status=1)
    assert one.here("rev-parse", "HEAD") == pushed
    one.here("checkout", "--", "b.py")
    said = one.push(status=1)
    fixed = one.here("rev-parse", "HEAD")
    assert f"pyfix: committed that on main, as {fixed[:12]}; push again" in said
    assert one.here("rev-parse", "HEAD^") == pushed
    assert one.here("status", "--porcelain") == ""
    assert (one.here.folder / "b.py").read_bytes() == SAFE_AFTER.replace(b"show", b"tell")
    one.push()
    assert one.has("refs/heads/main") == fixed


def test_it_can_be_skipped(installed: Pushing) -> None:
    installed.here.commit(a=SAFE)
    assert "pyfix" not in installed.push("--dry-run", PYFIX_SKIP="1")
    assert "pyfix" not in installed.push("--no-verify")
    result = call("hook", "run", "pre-push", "origin", "x", stdin=b"what?\n")
    assert result.status == 2
    installed.monkeypatch.setenv("PYFIX_SKIP", "1")
    result = call("hook", "run", "pre-push", "origin", "x", stdin=b"what?\n")
    assert (result.status, result.complaints) == (0, ["pyfix: not judged, since PYFIX_SKIP is set"])


def test_a_new_branch_is_judged_from_where_it_parted(one: Pushing) -> None:
    one.here("checkout", "--quiet", "-b", "topic/ä b".replace(" ", "-"))
    one.here.commit(a=SAFE, old=OLD + b"# more\n")
    said = one.push("origin", "topic/ä-b", status=1)
    assert "topic/ä-b: 1 site in 1 file" in said
    assert f"git merge --ff-only '{REF}topic/ä-b' && git push origin 'topic/ä-b'" in said
    assert one.fixed("topic/ä-b") == SAFE_AFTER
    one.here("checkout", "--quiet", "-b", "same", "main")
    assert "pyfix" not in one.push("origin", "same")


def test_what_was_merged_from_the_other_side_is_not_new(one: Pushing) -> None:
    one.here("checkout", "--quiet", "-b", "topic")
    one.here.commit(a=SAFE_AFTER)
    one.here("checkout", "--quiet", "main")
    one.here.commit(b=OTHER)
    one.push("--no-verify")
    one.here("checkout", "--quiet", "topic")
    one.here("merge", "--quiet", "--no-edit", "main")
    assert "pyfix" not in one.push("origin", "topic")


def test_a_force_push(one: Pushing) -> None:
    """After a rebase, neither what the branch was before nor what it was put upon is new; what was changed on the way is."""
    one.here("checkout", "--quiet", "-b", "topic")
    one.here.commit(a=SAFE)
    one.push("--no-verify", "-u", "origin", "topic")
    one.here("checkout", "--quiet", "main")
    one.here.commit(b=OTHER)
    one.push("--no-verify")
    one.here("checkout", "--quiet", "topic")
    one.here("rebase", "--quiet", "main")
    assert "pyfix" not in one.push("--force")
    one.here.write("c.py", SAFE)
    one.here("add", "c.py")
    one.here("commit", "--quiet", "--amend", "-m", "x")
    said = one.push("--force", status=1)
    assert "topic: 1 site in 1 file" in said
    assert f"git merge --ff-only {REF}topic && git push --force-with-lease" in said
    one.here("reset", "--quiet", "--hard", "HEAD~1")
    assert "pyfix" not in one.push("--force")


def test_deletions_dry_runs_and_nothing_at_all(one: Pushing) -> None:
    assert "pyfix" not in one.push()
    one.here("branch", "gone", "main")
    one.push("origin", "gone")
    one.here.commit(a=SAFE)
    assert "pyfix" not in one.push("origin", ":gone")
    assert one.has("refs/heads/gone") == ""
    assert "1 site in 1 file" in one.push("--dry-run", status=1)


def test_several_refs_and_tags(one: Pushing) -> None:
    blob = one.here("rev-parse", "HEAD:old.py")
    one.here("tag", "a-blob", blob)
    one.here("checkout", "--quiet", "-b", "clean")
    one.here.commit(a=SAFE_AFTER)
    one.here("checkout", "--quiet", "-b", "first", "main")
    one.here.commit(b=SAFE)
    one.here("tag", "-a", "v1", "-m", "x")
    one.here("checkout", "--quiet", "-b", "second", "main")
    one.here.commit(c=SAFE)
    one.here("checkout", "--quiet", "main")
    said = one.push("origin", "clean", "first", "second", "v1", "a-blob", status=1)
    assert said.count("1 site in 1 file") == 2
    assert f"git fetch . {REF}first:first && git fetch . {REF}second:second && git push origin first && git push origin second" in said
    said = one.push("origin", "v1", status=1)
    assert f"git tag --force --annotate v1 {REF}tags/v1 && git push origin refs/tags/v1" in said
    assert "pyfix" not in one.push("origin", "clean", "a-blob")


def test_a_raw_object_and_a_detached_head(one: Pushing) -> None:
    one.here("checkout", "--quiet", "--detach")
    pushed = one.here.commit(a=SAFE)
    said = one.push("origin", f"{pushed}:refs/heads/raw", status=1)
    assert f"\n    git push origin {REF}raw:refs/heads/raw\n" in said
    said = one.push("origin", "HEAD:refs/heads/detached", status=1)
    assert f"git merge --ff-only {REF}detached && git push origin HEAD:refs/heads/detached" in said
    one.push("origin", f"{REF}raw:refs/heads/raw")
    assert one.there.blob("raw:a.py") == SAFE_AFTER


def test_a_linked_worktree(one: Pushing) -> None:
    linked = one.here.folder.parent / "linked wörk"
    one.here("worktree", "add", "--quiet", "-b", "linked", os.fspath(linked))
    other = one.elsewhere(Repository(linked))
    other.here.commit(a=SAFE)
    before = other.state(), one.state()
    assert f"git merge --ff-only {REF}linked && git push origin linked" in other.push("origin", "linked", status=1)
    assert f"git -C '{linked}' merge --ff-only {REF}linked && git push origin linked" in one.push("origin", "linked", status=1)
    assert (other.state(), one.state()) == before
    assert one.fixed("linked") == SAFE_AFTER


def test_a_shallow_clone(one: Pushing) -> None:
    one.here.commit(b=SAFE)
    one.push("--no-verify")
    folder = one.here.folder.parent / "shallow"
    one.here("clone", "--quiet", "--depth=1", one.there.folder.as_uri(), os.fspath(folder))
    shallow = one.elsewhere(Repository.new(folder))
    shallow.here.write(".git/hooks/pre-push", RECORDER.encode()).chmod(0o755)
    shallow.here.commit(a=SAFE, old=OLD + b"# more\n")
    assert "main: 1 site in 1 file" in shallow.push("origin", "main", status=1)
    assert shallow.fixed("main") == SAFE_AFTER


def test_an_address_instead_of_a_name_and_a_history_that_is_all_new(one: Pushing) -> None:
    one.here.commit(a=SAFE)
    assert "main: 1 site in 1 file" in one.push(os.fspath(one.there.folder), "main", status=1)
    one.here("checkout", "--quiet", "--orphan", "new")
    one.here.commit(b=OTHER)
    assert "new: 3 sites in 3 files" in one.push("origin", "new", status=1)


def test_a_repository_with_long_ids(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = pushing(work, monkeypatch, "--object-format=sha256")
    one.here("checkout", "--quiet", "-b", "topic")
    one.here.commit(a=SAFE)
    assert "topic: 1 site in 1 file" in one.push("origin", "topic", status=1)
    one.here("merge", "--quiet", "--ff-only", f"{REF}topic")
    one.push("origin", "topic")
    assert "pyfix" not in one.push("origin", ":topic")


def test_line_ends_modes_and_names_are_kept(one: Pushing) -> None:
    one.here.write(".gitattributes", b"crlf.py text eol=crlf\nraw.py -text\n")
    crlf = SAFE.replace(b"\n", b"\r\n")
    for name in ("crlf.py", "raw.py", "ü/new\nline.py"):
        one.here.write(name, crlf if name != "ü/new\nline.py" else SAFE)
    (one.here.folder / "raw.py").chmod(0o755)
    one.here.commit()
    said = one.push(status=1)
    assert "3 sites in 3 files" in said
    assert r'+++ "b/\303\274/new\nline.py"' in said
    assert one.fixed("main", "crlf.py") == one.fixed("main", "ü/new\nline.py") == SAFE_AFTER
    assert one.fixed("main", "raw.py") == SAFE_AFTER.replace(b"\n", b"\r\n")
    assert one.here("ls-tree", f"{REF}main", "raw.py").startswith("100755 ")
    one.here("merge", "--quiet", "--ff-only", f"{REF}main")
    assert one.here("status", "--porcelain") == ""


def test_a_file_that_cannot_be_judged_is_named_and_holds_nothing_up(one: Pushing) -> None:
    one.here.commit(broken=BROKEN)
    said = one.push()
    assert "pyfix: not judged: broken.py:" in said


def test_the_configuration_is_the_commit_s(one: Pushing) -> None:
    one.here.write("sub/pyproject.toml", b'[tool.pyfix]\nignore = ["dict-keys"]\n')
    one.here.write("sub/a.py", SAFE)
    one.here.write("vendored/a.py", SAFE)
    one.here.write("pyproject.toml", b'[tool.pyfix]\nexclude = ["vendored"]\n')
    one.here.commit()
    for name in ("pyproject.toml", "sub/pyproject.toml"):
        (one.here.folder / name).unlink()
    assert "pyfix" not in one.push()
    one.here.write("pyproject.toml", b"[tool.pyfix]\nignroe = []\n")
    one.here.commit(a=SAFE)
    assert "pyfix: not judged: pyproject.toml:2: " in one.push()


def test_after_its_time_the_push_goes_on(installed: Pushing) -> None:
    call("hook", "install", "--budget", "0.1")
    installed.here.commit(**{f"m{number}": OTHER * 40 for number in range(60)})
    assert "not all of the push could be judged within 0.1 seconds (--budget); it goes on as it is" in installed.push()


def test_answers_are_kept_by_blob(one: Pushing) -> None:
    """What is known to be clean is not judged again; on which lines counts, and so does what else a judgement depends on."""
    judged: list[bytes] = []
    real = pipeline.process

    def counting(data: bytes, *rest: Any, **more: Any) -> Outcome:
        judged.append(data)
        return real(data, *rest, **more)

    one.monkeypatch.setattr(pipeline, "process", counting)
    one.here.commit(a=SAFE_AFTER, b=OTHER)
    one.push("--dry-run", status=1)
    one.push("--dry-run", status=1)
    assert sorted(judged) == sorted([SAFE_AFTER, OTHER, OTHER])
    judged.clear()
    one.push("--no-verify")
    one.here("checkout", "--quiet", "-b", "topic", "HEAD~1")
    one.here.commit(b=OTHER.replace(b"key)", b"key)  # new"))
    one.push("--dry-run", "origin", "topic", status=1)
    one.here("reset", "--quiet", "--hard", "main")
    one.here.commit(b=OTHER.replace(b"key)", b"key)  # new"))
    one.push("--dry-run", "origin", "topic")
    one.push("--dry-run", "origin", "topic")
    assert len(judged) == 2


def test_killed_in_the_middle_nothing_is_half_done(one: Pushing) -> None:
    """A git that waits stands in for whatever it is that takes long; the hook is killed with it."""
    one.here.commit(a=SAFE)
    before = one.state()
    line = f"refs/heads/main {one.here('rev-parse', 'HEAD')} refs/heads/main {one.has('refs/heads/main')}\n"
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    for step in ("write-tree", "update-ref"):
        slow = one.here.folder.parent / step
        slow.mkdir()
        (slow / "git").write_text(
            f'#!/bin/sh\ncase " $* " in *" {step} "*) touch "{slow}/there"; exec sleep 60 ;; esac\nexec "{real}" "$@"\n'
        )
        (slow / "git").chmod(0o755)
        environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "PATH": f"{slow}:{os.environ['PATH']}"}
        process = subprocess.Popen(
            [sys.executable, "-m", "codemods", "hook", "run", "pre-push", *AMPLE, "origin", "x"],
            cwd=one.here.folder,
            env=environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert process.stdin is not None
        process.stdin.write(line.encode())
        process.stdin.close()
        for _ in range(3000):
            if (slow / "there").exists() or process.poll() is not None:
                break
            time.sleep(0.01)
        assert (slow / "there").exists()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert one.state() == before
        assert one.here("for-each-ref", REF) == ""
    one.push(status=1)
    assert one.fixed("main") == SAFE_AFTER


def test_refs_that_are_in_each_other_s_way(one: Pushing) -> None:
    one.here("checkout", "--quiet", "-b", "a")
    one.here.commit(a=SAFE)
    one.push("origin", "a", status=1)
    one.here("branch", "-m", "a", "a/b")
    one.push("origin", "a/b", status=1)
    assert one.here("for-each-ref", "--format=%(refname)", REF) == f"{REF}a/b"
    one.here("branch", "-m", "a/b", "a")
    one.push("origin", "a", status=1)
    assert one.here("for-each-ref", "--format=%(refname)", REF) == f"{REF}a"


def test_someone_without_a_name(one: Pushing) -> None:
    one.here.commit(a=SAFE)
    for name in ("user.name", "user.email"):
        one.here("config", "--unset", name)
    one.here("config", "user.useConfigOnly", "true")
    one.push(status=1)
    assert one.here("log", "-1", "--format=%an <%ae> %cn", f"{REF}main") == "A <a@example.org> A"


def test_what_is_no_standard_input_of_git_s(work: Path) -> None:
    Repository.new(work)
    result = call("hook", "run", "pre-push", "origin", "x", stdin=b"what?\n")
    assert (result.status, len(result.complaints)) == (2, 1)
    assert "standard input is not what git tells" in result.complaints[0]
    assert call("hook", "run", "pre-push", "origin", "x").status == 0
