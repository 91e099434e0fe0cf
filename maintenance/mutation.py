"""Switches off one guard of the proofs after the other, and tells which ones no test misses.

    python -m maintenance.mutation [PATH...] [--results FILE] [--again survived] [--jobs N] [--patience SECONDS] [--tests PATH]

PATH is a file or folder of the package, by default `codemods/rules` and `codemods/analysis`. Printed is each guard that nothing misses,
as `path:line: [how] guard`, in two kinds: *survived* (tests decide by it, and pass without it too) and *idle* (it decides in no test).
Those argued in `docs/mutation.md` and `docs/mutation/` are expected; a line of those lists that is true no longer is printed as well.
Status 1 if anything is.

Everything is loaded once, and all tests are collected once. A first child runs each test with every guard watched: a guard can only matter
to a test in which it had the value that holds something back. Then each guard gets a child of its own, in which the functions of its file
are given the changed code, and which runs those tests alone until one fails. Tests over a second, tests that fail as things are, and random
programs are left out. A guard that decides in no test, but whose loss is an error for the type checker, is *typed*: it narrows a type, and
the checks miss it as tests would. With a results file, what is known already of a file that did not change is taken from there.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import functools
import gc
import hashlib
import importlib
import itertools
import json
import math
import os
import pickle
import re
import resource
import signal
import sys
import tempfile
import time
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from maintenance.guards import PROBE, Guard, codes, guards, watched, without
from maintenance.type_check import TypeCheck

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("codemods/rules", "codemods/analysis")
TESTS = ("tests/analysis", "tests/rules", "tests/engine")
SETTINGS = ("-q", "-s", "-p", "no:cacheprovider", "-p", "no:randomly", "--ignore-glob=*_random.py", "--ignore-glob=*test_property_*")
ARGUED = ("docs/mutation.md", "docs/mutation/*.md")
SLOW = 1.0
"""Seconds of the processor; a test that takes longer is left out."""

MEMORY = 4 << 30
"""Bytes that a child may use: a guard may be what ends a loop."""

KILLED, SURVIVED, IDLE, TYPED = "killed", "survived", "idle", "typed"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A guard by its place in its file, and what the result rests on.

    Attributes:
        source: the file's text.
        digest: of that text.
    """

    guard: Guard
    number: int
    source: str
    digest: str


@dataclass(slots=True)
class Known:
    """What the watched run told.

    Attributes:
        seconds: each test that counts, by its place among the collected ones, with how long it took.
        deciding: by the number of a guard among all, the tests in which it had the value that makes a difference.
    """

    seconds: dict[int, float] = field(default_factory=dict)
    deciding: dict[int, list[int]] = field(default_factory=dict)


def mutants(paths: Iterable[Path], root: Path) -> list[Mutant]:
    """All guards of files and of those below folders, in the order given."""
    found: list[Mutant] = []
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    for file in dict.fromkeys(files):
        source = file.read_text("utf-8")
        digest = hashlib.sha256(source.encode()).hexdigest()[:16]
        listed = guards(ast.parse(source), file.relative_to(root).as_posix())
        found += [Mutant(guard, number, source, digest) for number, guard in enumerate(listed)]
    return found


# --- in the process that runs the tests -----------------------------------------------------------------------------------------------


class Switch:
    """Puts other code into the functions of loaded modules."""

    def __init__(self, root: Path) -> None:
        self.functions: dict[tuple[str, str, int], list[types.FunctionType]] = defaultdict(list)
        self.caches: list[Any] = []
        for one in gc.get_objects():
            if isinstance(one, types.FunctionType):
                code = one.__code__
                self.functions[_relative(code.co_filename, root), code.co_qualname, code.co_firstlineno].append(one)
            elif isinstance(one, functools._lru_cache_wrapper):
                self.caches.append(one)

    def put(self, path: str, code: types.CodeType) -> None:
        """Gives the functions of the file at `path` their new code. Functions that cannot be told apart keep theirs."""
        for one in codes(code):
            mine = self.functions.get((path, one.co_qualname, one.co_firstlineno), [])
            if len({function.__code__ for function in mine}) == 1 and mine[0].__code__.co_freevars == one.co_freevars:
                for function in mine:
                    function.__code__ = one
        for cache in self.caches:
            if getattr(cache, "__module__", "").startswith("codemods"):
                cache.cache_clear()


def _relative(filename: str, root: Path) -> str:
    path = Path(filename)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else filename


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def watch(items: list[pytest.Item], chosen: list[Mutant], switch: Switch) -> Known:
    """Runs every test with all guards watched. To be called in a child."""
    seen: set[int] = set()

    def probe(number: int, value: Any) -> Any:
        seen.add(2 * number + bool(value))
        return value

    setattr(builtins, PROBE, probe)
    first = 0
    places = {(mutant.guard.path, mutant.number): place for place, mutant in enumerate(chosen)}
    wanted: dict[int, int] = {}
    for path, group in _by_file(chosen).items():
        switch.put(path, watched(group[0].source, path, first))
        wanted |= {2 * (first + mutant.number) + mutant.guard.decides: places[path, mutant.number] for mutant in group}
        first += len(guards(ast.parse(group[0].source), path))
    known = Known()
    for place, item in enumerate(items):
        seen.clear()
        started = time.process_time()
        failed = _fails(item)
        seconds = time.process_time() - started
        if not failed and seconds <= SLOW:
            known.seconds[place] = seconds
            for key in seen & wanted.keys():
                known.deciding.setdefault(wanted[key], []).append(place)
    return known


def _by_file(chosen: list[Mutant]) -> dict[str, list[Mutant]]:
    groups: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in chosen:
        groups[mutant.guard.path].append(mutant)
    return groups


def _in_order(chosen: list[Mutant]) -> list[Mutant]:
    return [mutant for group in _by_file(chosen).values() for mutant in group]


def killer(items: list[pytest.Item], order: list[int], known: Known, mutant: Mutant, switch: Switch) -> int | None:
    """The first test that fails without the guard. To be called in a child, which a test that takes far too long ends by SIGPROF."""
    switch.put(mutant.guard.path, without(mutant.source, mutant.guard.path, mutant.number))
    for place in order:
        signal.setitimer(signal.ITIMER_PROF, 5 + 20 * known.seconds[place])
        if _fails(items[place]):
            return place
    return None


# --- children -------------------------------------------------------------------------------------------------------------------------


def forked(work: Callable[[], object], into: Path) -> int:
    """Starts a silent child whose `work` is pickled into a file; gives the process's number."""
    child = os.fork()
    if child:
        return child
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        result = work()
        into.write_bytes(pickle.dumps(result))
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a child never goes back into the loop of its parent
        os._exit(1)


def in_child(work: Callable[[], object], into: Path) -> Any:
    """What `work` gives, done in a child."""
    _, status = os.waitpid(forked(work, into), 0)
    assert status == 0, f"the child ended with status {status}"
    return pickle.loads(into.read_bytes())


class Run:
    """One run: a plugin of pytest that, in place of running the tests, tries the mutants on them."""

    def __init__(self, chosen: list[Mutant], jobs: int, patience: float, results: Results, root: Path) -> None:
        self.chosen = chosen
        self.jobs = jobs
        self.patience = patience
        self.results = results
        self.root = root
        self.folder = Path(tempfile.mkdtemp())
        self.killers: dict[str, list[int]] = defaultdict(list)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        for path in _by_file(self.chosen):
            importlib.import_module(path.removesuffix(".py").replace("/", "."))  # else a child would load the file as it is
        switch = Switch(self.root)
        chosen = [mutant for mutant in _in_order(self.chosen) if mutant.guard.name not in self.results.taken]
        gc.collect()
        gc.freeze()
        known: Known = in_child(lambda: watch(items, chosen, switch), self.folder / "known")
        say(f"{len(chosen)} guards, {len(known.seconds)} of {len(items)} tests in {sum(known.seconds.values()):.0f} s")
        idle = [mutant for number, mutant in enumerate(chosen) if number not in known.deciding]
        for mutant, typed in zip(idle, narrowing(idle, self.root), strict=True):
            self.results.add(mutant, TYPED if typed else IDLE, "mypy" if typed else "")
        running: dict[int, tuple[Mutant, Path]] = {}
        for number, places in sorted(known.deciding.items()):
            mutant = chosen[number]
            order = self._order(items, known, mutant, places)
            while len(running) >= self.jobs:
                self._reap(running, items)
            into = self.folder / str(number)
            running[forked(functools.partial(killer, items, order, known, mutant, switch), into)] = mutant, into
        while running:
            self._reap(running, items)
        return True

    def _order(self, items: list[pytest.Item], known: Known, mutant: Mutant, places: list[int]) -> list[int]:
        """Tests that killed neighbours first, then those of the file's own test file, then the quick ones, as far as patience goes."""
        killers = self.killers[mutant.guard.path][-20:]
        mirrored = f"test_{Path(mutant.guard.path).name}"
        ordered = sorted(places, key=lambda one: (one not in killers, items[one].path.name != mirrored, known.seconds[one]))
        spent = itertools.accumulate((known.seconds[one] for one in ordered), initial=0.0)
        return [one for one, seconds in zip(ordered, spent, strict=False) if seconds <= self.patience]

    def _reap(self, running: dict[int, tuple[Mutant, Path]], items: list[pytest.Item]) -> None:
        child, status = os.waitpid(-1, 0)
        mutant, into = running.pop(child)
        if status:
            self.results.add(mutant, KILLED, "time" if os.WIFSIGNALED(status) else "crash")
            return
        place = pickle.loads(into.read_bytes())
        if place is None:
            self.results.add(mutant, SURVIVED, "")
            return
        self.killers[mutant.guard.path].append(place)
        self.results.add(mutant, KILLED, items[place].nodeid)


# --- results --------------------------------------------------------------------------------------------------------------------------


class Results:
    """What became of each guard, in memory and, a JSON line each, in a file."""

    def __init__(self, chosen: list[Mutant], file: Path | None, again: Iterable[str] = ()) -> None:
        self.file = file
        self.verdicts: dict[str, str] = {}
        self.taken: set[str] = set()
        wanted = {mutant.guard.name: mutant.digest for mutant in chosen}
        for line in file.read_text("utf-8").splitlines() if file is not None and file.exists() else ():
            entry = json.loads(line)
            if wanted.get(entry["guard"]) == entry["digest"]:
                self.verdicts[entry["guard"]] = entry["verdict"]
        self.taken = {name for name, verdict in self.verdicts.items() if verdict not in again}

    def add(self, mutant: Mutant, verdict: str, by: str) -> None:
        self.verdicts[mutant.guard.name] = verdict
        if verdict in (SURVIVED, IDLE):
            say(f"{mutant.guard.path}:{mutant.guard.line}: {verdict} [{mutant.guard.how}] {mutant.guard.text}  ({mutant.guard.function})")
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as out:
                print(json.dumps({"guard": mutant.guard.name, "digest": mutant.digest, "verdict": verdict, "by": by}), file=out)


def narrowing(chosen: list[Mutant], root: Path) -> Iterator[bool]:
    """Of each guard, whether the type checker misses it."""
    if chosen:
        with TypeCheck(root, Path(chosen[0].guard.path).parts[0]) as checker:
            for mutant in chosen:
                yield checker.misses(mutant.source, mutant.guard.path, mutant.number)


def argued(text: str) -> dict[str, str]:
    """The guards that a document lists as items "- `guard`: why", with why."""
    return {found[1]: found[2] for found in re.finditer(r"^- ``?(.+?)``?: (.+)$", text, re.MULTILINE)}


def problems(chosen: list[Mutant], results: Results, expected: dict[str, str], whole: bool) -> Iterator[str]:
    """What is to be printed at the end: survivors that nobody argues, and arguments about what is no survivor."""
    lines = {mutant.guard.name: mutant.guard for mutant in chosen}
    for name, guard in lines.items():
        verdict = results.verdicts.get(name)
        if verdict in (SURVIVED, IDLE) and name not in expected:
            yield f"{guard.path}:{guard.line}: {verdict}: {name.partition(' ')[2]}"
        if verdict in (KILLED, TYPED) and name in expected:
            who = "a test" if verdict == KILLED else "the type checker"
            yield f"{guard.path}:{guard.line}: argued, but {who} misses it: {name.partition(' ')[2]}"
    if whole:
        yield from (f"there is no such guard: {name}" for name in expected if name not in lines)


def say(text: str) -> None:
    """Prints a line at once: a run is long, and is watched."""
    print(text, flush=True)


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Parses the command's arguments, tries the guards of a repository, prints; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m maintenance.mutation", description="Which guards of the proofs does no test miss?")
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders of the package (codemods/rules and codemods/analysis)")
    parser.add_argument("--tests", action="append", help="tests to run (tests/analysis, tests/rules and tests/engine)")
    parser.add_argument("--results", type=Path, help="a file to keep results in, and to take them from")
    parser.add_argument(
        "--again", action="append", default=[], choices=[KILLED, SURVIVED, IDLE, TYPED], help="try these again all the same"
    )
    parser.add_argument(
        "--patience", type=float, default=math.inf, help="for a first look: seconds of tests after which a guard has survived"
    )
    parser.add_argument("--jobs", type=int, default=1, help="children at a time")
    options = parser.parse_args(arguments)
    paths = [path.resolve() for path in options.paths] or [root / path for path in PACKAGES]
    chosen = mutants(paths, root)
    results = Results(chosen, options.results, options.again)
    if len(results.taken) < len(chosen):
        os.environ["CI"] = "true"
        pytest.main([*SETTINGS, *(options.tests or TESTS)], plugins=[Run(chosen, options.jobs, options.patience, results, root)])
    counts = {verdict: sum(one == verdict for one in results.verdicts.values()) for verdict in (KILLED, SURVIVED, IDLE, TYPED)}
    expected = {
        guard: why for pattern in ARGUED for page in sorted(root.glob(pattern)) for guard, why in argued(page.read_text("utf-8")).items()
    }
    found = list(problems(chosen, results, expected, not options.paths))
    say("\n".join(["", *found, f"{len(chosen)} guards: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items())]))
    return 1 if found else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
