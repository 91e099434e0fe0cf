"""A JUnit report: which tests failed and which did not, so that failures that were there before can be told from new ones."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from codemods.workspace.files import ReadError, read_bounded
from codemods.workspace.verify.problem import VerifyError

_BYTES = 100_000_000


class Tests(Struct, frozen=True):
    """The tests of a report, as `class::name`."""

    failed: frozenset[str]
    passed: frozenset[str]

    def news(self, before: Tests) -> tuple[str, ...]:
        """The tests that failed and had not, or passed before and did not run; sorted."""
        return tuple(sorted((self.failed - before.failed) | (before.passed - self.passed - self.failed)))


def forgiving(first: Tests, second: Tests) -> Tests:
    """What two runs of the same code say together: what failed in either of them may fail again, and need not be there."""
    failed = first.failed | second.failed
    return Tests(failed, (first.passed & second.passed) - failed)


def read_tests(path: Path) -> Tests:
    """The report in the file. Raises VerifyError.

    Python's own parser was taken: the format has been the same for twenty years, and a command that the user runs is trusted with its file.
    """
    from xml.etree import ElementTree

    try:
        tree = ElementTree.fromstring(read_bounded(str(path), _BYTES))
    except (ReadError, ElementTree.ParseError) as error:
        raise VerifyError(f"the command left no JUnit report in {path.name}: {' '.join(str(error).split())}") from None
    failed, passed = set(), set()
    for case in tree.iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failed.add(name)
        elif case.find("skipped") is None:
            passed.add(name)
    return Tests(frozenset(failed), frozenset(passed - failed))
