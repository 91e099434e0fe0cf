"""Kills a real `pyfix`, and makes the system refuse it, at each single system call with which it writes, names, syncs or removes something.

    python -m maintenance.kill_everywhere PLACE [--other FOLDER] [--error ENOSPC]...

Needs Linux and strace. PLACE is a folder for a small tree and what pyfix keeps, made anew; with `--other`, a folder on another file system,
the tree stands there, so that content is staged beside the files. A run and an undo are watched once, and then done again as often as they
make such calls: killed before the call, and with each `--error` (default ENOSPC and EIO) refused by it. After each, every file must be
wholly old or new, an error must end in one line and no traceback, the next `pyfix undo` must bring all back, and then no foreign name
stands in the tree. Ends with 0 where that is so.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CALLS = """write pwrite64 fsync fdatasync rename renameat renameat2 link linkat unlink unlinkat rmdir mkdir mkdirat ftruncate fchmod fchown
fsetxattr fremovexattr openat""".split()
BEFORE = b"def show(d: dict[str, int]) -> None:\n    for key in d.keys():\n        print(key)\n"
NAMES = ("a.py", "sub/b.py", "sub/c.py")


@dataclass(frozen=True, slots=True)
class Call:
    """The `number`-th call of a name, from 1."""

    name: str
    number: int


@dataclass(slots=True)
class Place:
    """Where the tree stands, and what pyfix keeps."""

    tree: Path
    kept: Path

    def reset(self) -> None:
        for folder in (self.tree, self.kept):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        for name in NAMES:
            (self.tree / name).parent.mkdir(exist_ok=True)
            (self.tree / name).write_bytes(BEFORE)

    def pyfix(self, *arguments: str, strace: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
        variables = {"PYFIX_STATE_DIR": f"{self.kept}/state", "PYFIX_CACHE_DIR": f"{self.kept}/cache", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [*strace, sys.executable, "-m", "codemods", *arguments]
        environment = {**os.environ, **variables, "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, cwd=self.tree, env=environment, capture_output=True, check=False)

    def calls(self, *arguments: str) -> list[Call]:
        """The calls that `pyfix` makes which change something."""
        log = self.kept / "strace.txt"
        self.pyfix(*arguments, strace=("strace", "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(CALLS)}"))
        counts: Counter[str] = Counter()
        found = []
        for line in log.read_text(errors="replace").splitlines():
            called = re.match(r"\d+ +(\w+)\(", line)
            if called is None:
                continue
            counts[called[1]] += 1
            if called[1] != "openat" or re.search(r"O_CREAT|O_TMPFILE|O_WRONLY|O_RDWR", line):
                found.append(Call(called[1], counts[called[1]]))
        return found

    def problems(self) -> Iterator[str]:
        """What is wrong now, and after an undo."""
        for name, data in self._held().items():
            if data not in (BEFORE, BEFORE.replace(b".keys()", b"")) and not os.path.basename(name).startswith(".pyfix-"):
                yield f"{name} holds {data!r}"
        done = self.pyfix("undo")
        if done.returncode or b"Traceback" in done.stderr:
            yield f"undo ended with {done.returncode}: {done.stderr!r}"
        if self._held() != dict.fromkeys(NAMES, BEFORE):
            yield f"after undo there is {self._held()}"

    def _held(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.tree)): path.read_bytes() for path in self.tree.rglob("*") if path.is_file()}


def faults(place: Place, arguments: tuple[str, ...], prepare: tuple[str, ...], fault: str) -> tuple[int, list[str]]:
    """How many calls were met with the fault, and what went wrong."""

    def ready() -> None:
        place.reset()
        if prepare:
            place.pyfix(*prepare)

    ready()
    calls = place.calls(*arguments)
    found = []
    for call in calls:
        ready()
        inject = f"inject={call.name}:{fault}:when={call.number}"
        done = place.pyfix(*arguments, strace=("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call.name}", "-e", inject))
        if fault.startswith("error") and (done.returncode not in (0, 2) or b"Traceback" in done.stderr):
            found.append(f"{call}: ended with {done.returncode}: {done.stderr[-300:]!r}")
        found += [f"{call}: {problem}" for problem in place.problems()]
    return len(calls), found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", type=Path)
    parser.add_argument("--other", type=Path)
    parser.add_argument("--error", action="append")
    given = parser.parse_args()
    if shutil.which("strace") is None:
        print("needs strace", file=sys.stderr)
        return 2
    base = given.place.resolve()
    place = Place((given.other or base).resolve() / "tree", base / "kept")
    failed = 0
    for fault in ("signal=KILL", *(f"error={name}" for name in given.error or ("ENOSPC", "EIO"))):
        for arguments, prepare in ((("a.py", "sub"), ()), (("undo",), ("a.py", "sub"))):
            count, found = faults(place, arguments, prepare, fault)
            failed += len(found)
            print(f"{fault} in {' '.join(('pyfix', *arguments))}: {count} calls, {len(found)} problems", flush=True)
            for problem in found:
                print(f"  {problem}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
