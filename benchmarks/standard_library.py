"""Rewrites a copy of the standard library of the running Python, and runs CPython's own tests of what was rewritten before and after.

    python -m benchmarks.standard_library PLACE [--test NAME]... [--jobs N]

PLACE is a folder for the copy; it is made anew. The copy has an interpreter of its own, so that processes which tests start, and which
heed no variable, run the copy as well. Tests themselves are not rewritten: they are the judge. Ends with 0 where every test case ended
as before, a second run found nothing, and undo gave back every byte.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from benchmarks.trees import Tree

VERSION = f"python{sys.version_info[0]}.{sys.version_info[1]}"
SKIPPED = ("/ensurepip/", "/test/", "lib2to3/tests/", "idlelib/idle_test/", "distutils/tests/", "tkinter/test/")
# They take minutes, need a network or a display, or look at where the interpreter is installed.
SLOW = frozenset(
    """test_asyncio test_multiprocessing test_multiprocessing_fork test_multiprocessing_spawn test_concurrent_futures test_venv test_tkinter
    test_ensurepip test_distutils test_lib2to3 test_idle test_ssl test_socket test_turtle test_pdb test_subprocess test_sysconfig""".split()
)
# What leans on many rewritten files and is the test of none of them by its name.
ALSO = ("test_doctest", "test_traceback", "test_typing", "test_generators", "test_exceptions", "test_unittest", "test_email", "test_json")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", type=Path)
    parser.add_argument("--test", action="append", default=[], help="a test module, such as test_ast; default: those of rewritten files")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    place = given.place.resolve()
    library = _copied(place)
    tree = Tree(place, library, SKIPPED)
    tree.keep()
    tests = given.test or _tests_of(tree.would_rewrite(), library)
    print(f"{len(tests)} test modules: {' '.join(tests)}", flush=True)
    before = _results(place, tests, given.jobs, "before")
    print(tree.rewrite(), flush=True)
    again = tree.finds_more()
    after = _results(place, tests, given.jobs, "after")
    different = sorted({*before.items()} ^ {*after.items()})
    for name, outcome in different:
        print(f"{name}: {outcome} only {'before' if before.get(name) == outcome else 'after'}")
    restored = tree.undo()
    print(f"{len(before)} test cases, {len(different)} results that differ; second run {'found more' if again else 'clean'}; "
          f"undo {'exact' if restored else 'NOT exact'}")  # fmt: skip
    return int(bool(different or again or not restored or not before))


def _copied(place: Path) -> Path:
    """A Python of its own below `place`; its library."""
    shutil.rmtree(place, ignore_errors=True)
    (place / "bin").mkdir(parents=True)
    source = Path(sys.base_prefix)
    shutil.copy2(source / "bin" / VERSION, place / "bin" / VERSION)
    library = place / "lib" / VERSION
    shutil.copytree(source / "lib" / VERSION, library, symlinks=True, ignore=shutil.ignore_patterns("site-packages", "__pycache__"))
    return library


def _tests_of(files: list[str], library: Path) -> list[str]:
    """The test modules that are named after a rewritten file or its package."""
    found = set(ALSO)
    for file in files:
        parts = file.removesuffix(".py").split("/")
        for name in {f"test_{parts[0].lstrip('_')}", f"test_{parts[-1].lstrip('_')}", f"test_{'_'.join(parts)}"}:
            if (library / "test" / f"{name}.py").exists() or (library / "test" / name / "__init__.py").exists():
                found.add(name)
    return sorted(found - SLOW)


def _results(place: Path, tests: list[str], jobs: int, when: str) -> dict[str, str]:
    """How each test case ended, as CPython's own runner has it."""
    report = place / f"{when}.xml"
    command = [place / "bin" / VERSION, "-m", "test", f"-j{jobs}", "--timeout=600", f"--junit-xml={report}", *tests]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=place, env={**environment, "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)
    print(f"{when}: " + " | ".join(line for line in done.stdout.splitlines()[-14:] if line.strip()), flush=True)
    if not report.exists():
        raise SystemExit(f"no report of the tests: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    found = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        kinds = sorted(child.tag for child in case if child.tag in ("failure", "error", "skipped"))
        found[case.get("name", "")] = " ".join(kinds) or case.get("result", "")
    return found


if __name__ == "__main__":
    sys.exit(main())
