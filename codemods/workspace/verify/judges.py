"""What judges a tree: a command of the user's. Others are `typecheck` and `examples`."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from codemods.workspace.disk import remove_file
from codemods.workspace.git.command import own_variables
from codemods.workspace.verify import command
from codemods.workspace.verify.bisect import Answer
from codemods.workspace.verify.canary import raising
from codemods.workspace.verify.junit import Tests, forgiving, read_tests
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.sites import Site
from codemods.workspace.verify.workplace import Workplace

# While nothing is known of how long a command takes; and then.
FIRST_SECONDS = 3600.0
TIMES_AS_LONG = 5.0
LEAST_SECONDS = 60.0


class Verdict(Struct, frozen=True):
    """What a judge says of a tree. `words`: how it came to that; `tail`: the end of what there is to read about it."""

    answer: Answer
    words: str = ""
    tail: str = ""
    seconds: float = 0.0
    tests: Tests | None = None


class Judge(Protocol):
    """Judges the tree in a workplace as it stands."""

    @property
    def name(self) -> str:
        """What it is called in messages."""
        ...

    @property
    def steady(self) -> bool:
        """Whether the same tree is always judged the same, so that once is enough."""
        ...

    def __call__(self) -> Verdict: ...

    def begin(self, first: Verdict, second: Verdict) -> bool:
        """Told what it said of the code as it was. Whether it can tell what is new, where that was no good. Raises VerifyError."""
        ...

    def canary(self, data: bytes, path: str, sites: Collection[Site]) -> bytes | None:
        """A file with something put in where `sites` were rewritten that must turn the verdict; None where nothing can be."""
        ...


class CommandJudge:
    """A command and its exit status, as `git bisect run` has it: 0 good, 125 cannot be judged, to 127 bad, above the end of it all.

    Args:
        report: the JUnit report that the command writes, relative to where it runs; then tests that failed before may fail again.
        seconds: how long the command may take; None lets the first run say.
    """

    steady = False

    def __init__(self, words: str, place: Workplace, paths: Iterable[str], report: str | None = None, seconds: float | None = None) -> None:
        self.name = f"`{words}`"
        self._command = command.split(words)
        self._place = place
        self._variables = environment(place, paths)
        self._report = place.working / report if report is not None else None
        self._seconds = seconds
        self._before: Tests | None = None

    def __call__(self) -> Verdict:
        if self._report is not None:
            remove_file(os.fspath(self._report))
        said = self._place.aside / "said"
        ended = command.run(self._command, self._place.working, self._variables, said, self._seconds or FIRST_SECONDS)
        if ended.status is not None and ended.status >= command.ABORT:
            raise VerifyError(f"{self.name} ended with {ended.words}, which no test does", ended.tail)
        tests = read_tests(self._report) if self._report is not None and ended.status is not None else None
        words, answer = ended.words, _answer(ended.status)
        if answer is Answer.BAD and tests is not None and self._before is not None:
            news = tests.news(self._before)
            # A command that fails without a test of its own failing (a crash while tests are collected) is bad for that.
            answer = Answer.BAD if news or not tests.failed else Answer.GOOD
            words = f"{words}, with {len(news)} new failure{'' if len(news) == 1 else 's'}: {', '.join(news[:5])}" if news else words
        return Verdict(answer, words, ended.tail, ended.seconds, tests)

    def begin(self, first: Verdict, second: Verdict) -> bool:
        if self._seconds is None:
            self._seconds = max(LEAST_SECONDS, TIMES_AS_LONG * max(first.seconds, second.seconds))
        if first.tests is None or second.tests is None:
            return False
        self._before = forgiving(first.tests, second.tests)
        return bool(self._before.failed)

    def canary(self, data: bytes, path: str, sites: Collection[Site]) -> bytes | None:
        return None if path.endswith((".pyi", ".ipynb")) else raising(data, sites)


def _answer(status: int | None) -> Answer:
    if status == 0:
        return Answer.GOOD
    return Answer.UNKNOWN if status == command.CANNOT_JUDGE else Answer.BAD


def environment(place: Workplace, paths: Iterable[str]) -> dict[str, str]:
    """The variables for a command in the copy, in which it imports the copy whatever is installed.

    First on the path are the copy and what lies in it as importable: with an editable install, tests would import the user's own tree.
    """
    variables = own_variables()
    moved = [_moved(entry, place) for entry in variables.get("PYTHONPATH", "").split(os.pathsep) if entry]
    roots = [place.folder, place.folder / "src", *(place.folder / one for one in import_roots(place.folder, paths))]
    entries = [os.fspath(one) for one in roots if one.is_dir()]
    return {**variables, "PYTHONPATH": os.pathsep.join(dict.fromkeys([*entries, *moved]))}


def import_roots(folder: Path, paths: Iterable[str]) -> list[str]:
    """The folders, below `folder`, that the packages among `paths` are imported from."""
    roots: dict[str, None] = {}
    for path in paths:
        above = os.path.dirname(path)
        if not (folder / above / "__init__.py").exists():
            continue
        while above and (folder / above / "__init__.py").exists():
            above = os.path.dirname(above)
        roots[above] = None
    return list(roots)


def _moved(entry: str, place: Workplace) -> str:
    """An entry of the path: where it leads into the user's tree, the same place of the copy."""
    if os.path.isabs(entry) and (real := Path(os.path.realpath(entry))).is_relative_to(place.root):
        return os.fspath(place.folder / real.relative_to(place.root))
    return entry
