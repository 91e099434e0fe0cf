"""Small repositories to migrate, and a look at what became of them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from codemods.model.migration import Repository, State
from codemods.workspace.git.command import Git
from codemods.workspace.migrate.campaign import Campaign, Wishes
from codemods.workspace.migrate.job import Answer, Job
from codemods.workspace.migrate.plan import Target
from codemods.workspace.migrate.store import Store
from codemods.workspace.migrate.work import perform

KEYS = b"def show(d: dict[str, int]) -> None:\n    for key in d.keys():\n        print(key)\n"
KEYS_AFTER = KEYS.replace(b".keys()", b"")
LOOP = b"def show(rows: list[int]) -> None:\n    for i in range(len(rows)):\n        print(rows[i])\n"
LOOP_AFTER = b"def show(rows: list[int]) -> None:\n    for row in rows:\n        print(row)\n"
BOTH = KEYS + b"\n\n" + LOOP.replace(b"show", b"list_all")
REFUSED = b"def show(d) -> None:\n    for key in d.keys():\n        print(key)\n"
FILES = {"pkg/a.py": BOTH, "pkg/b.py": KEYS, "pkg/c.py": b"x = 1\n", "README": b"text\n"}

Content = bytes | tuple[str, bytes]


def repository(path: Path, files: Mapping[str, Content], *, kind: str = "sha1", bare: bool = True, branch: str = "main") -> Git:
    """A repository of one commit. A file's content may come with its mode; one of a submodule is the commit's id."""
    path.mkdir(parents=True, exist_ok=True)
    git = Git(path)
    git.run("init", "--quiet", f"--object-format={kind}", f"--initial-branch={branch}", "--template=", *(["--bare"] if bare else []))
    commit(git, files, branch=branch)
    if not bare:
        git.run("reset", "--quiet", "--hard")
    return git


def commit(git: Git, files: Mapping[str, Content], *, branch: str = "main", when: int = 1_700_000_000) -> str:
    """One more commit on a branch, with nothing but these files."""
    stream = b"commit refs/heads/%b\ncommitter A <a@example.org> %d +0130\ndata 5\nstart\n" % (branch.encode(), when)
    status, tip = git.call("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}", allowed=(0, 1))
    stream += b"" if status else b"from " + tip + b"deleteall\n"
    for name, content in files.items():
        mode, data = content if isinstance(content, tuple) else ("100644", content)
        quoted = os.fsencode(name).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        if mode == "160000":
            stream += b'M 160000 %b "%b"\n' % (data, quoted)
        else:
            stream += b'M %b inline "%b"\ndata %d\n%b\n' % (mode.encode(), quoted, len(data), data)
    git.run("fast-import", "--quiet", "--force", stdin=stream + b"\n")
    return git.line("rev-parse", f"refs/heads/{branch}")


def refs(git: Git) -> dict[str, str]:
    """All refs of a repository."""
    lines = git.run("for-each-ref", "--format=%(refname) %(objectname)").decode().splitlines()
    return dict(tuple(line.split()) for line in lines)  # type: ignore[misc] # two words each


def read(git: Git, name: str) -> bytes:
    """An object: `pyfix/migrate:pkg/a.py`."""
    return git.run("cat-file", "blob", name)


def rules_of(git: Git, branch: str = "pyfix/migrate", base: str = "main") -> list[str]:
    """The rules of a branch's commits, the oldest first, as their trailers name them."""
    form = "--format=%(trailers:key=Pyfix-Rule,valueonly,separator=)"
    return git.run("log", "--reverse", form, f"{base}..{branch}").decode().split()


class Here:
    """An engine that does the jobs in this process. `jobs` are those that were asked for."""

    def __init__(self, slots: int = 1) -> None:
        self.slots = slots
        self.jobs: list[Job] = []
        self._guard = threading.Lock()

    def run(self, job: Job, reached: Callable[[State], None]) -> Answer:
        with self._guard:
            self.jobs.append(job)
        return perform(job, reached)

    def close(self) -> None:
        return


class Silent:
    """A watch that looks away, but for what ended."""

    def __init__(self) -> None:
        self.rows: list[Repository] = []

    def begun(self, target: Target) -> None:
        return

    def reached(self, target: Target, state: State) -> None:
        return

    def ended(self, target: Target, row: Repository) -> None:
        self.rows.append(row)


def migrated(folder: Path, *targets: Target, engine: Here | None = None, **wishes: bool) -> dict[str, Repository]:
    """Run a campaign whose state is in `folder`, and give what became of its repositories, by name."""
    store = Store(folder / "state.sqlite")
    try:
        store.enter(targets)
        Campaign(store, engine or Here(), folder / "clones", Wishes(**wishes), Silent()).run(targets)
        return {row.name: row for row in store.rows()}
    finally:
        store.close()


def target(git: Git, **more: object) -> Target:
    """A target that is this repository."""
    return Target(git.folder.name, os.fspath(git.folder), **more)  # type: ignore[arg-type] # whatever the test says
