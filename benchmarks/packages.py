"""The packages that `real_packages` runs on: where their sources are, what their tests need, and how they are run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """A package of other people.

    Attributes:
        name, version: as the index knows them.
        imports: its import package, a folder of its source distribution, in `source`.
        tests: what pytest is given, relative to `folder`.
        folder: where the tests are run, relative to the source distribution.
        requires: what the tests need, pinned, pytest included; the package itself where they ask for its metadata, though its code there
            is never the one that is tested.
        source: the folder that the import package is in, relative to the source distribution: `.` or `src`.
        origin: `pypi`, or `debian` where the source distribution on PyPI comes without tests (then `version` is Debian's, and apt is used).
        deselect: tests that give another result from run to run, each with the reason.
    """

    name: str
    version: str
    imports: str
    tests: tuple[str, ...]
    requires: tuple[str, ...]
    folder: str = "."
    source: str = "."
    origin: str = "pypi"
    deselect: tuple[tuple[str, str], ...] = ()

    def code(self, root: Path) -> Path:
        """The folder of the import package in a copy of the source distribution at `root`."""
        return root / self.source / self.imports


PACKAGES = (
    Package("boltons", "26.2.0", "boltons", ("--doctest-modules", "boltons", "tests"), ("pytest==9.2.0",)),
    Package("more-itertools", "11.2.1", "more_itertools", ("tests",), ("pytest==9.2.0",)),
    Package("pygments", "2.21.0", "pygments", ("tests",), ("pytest==8.4.2", "wcag-contrast-ratio==0.9")),
    Package("docutils", "0.23", "docutils", (".",), ("pytest==9.2.0", "pygments==2.21.0"), folder="test"),
    Package(
        "rich",
        "13.3.1",
        "rich",
        ("tests",),
        ("pytest==7.4.4", "attrs==21.4.0", "pygments==2.14.0", "markdown-it-py==2.2.0"),
        origin="debian",
    ),
    Package(
        "mako",
        "1.4.3",
        "mako",
        ("test",),
        (
            "pytest==9.2.0",
            "beaker==1.14.1",
            "markupsafe==3.0.4",
            "pygments==2.21.0",
            "babel==2.18.0",
            "dogpile.cache==1.5.0",
            "lingua==4.16.2",
        ),
    ),
    Package("babel", "2.18.0", "babel", ("tests",), ("pytest==9.2.0", "freezegun==1.5.5", "pytz==2025.2")),
    Package("jinja2", "3.1.6", "jinja2", ("tests",), ("pytest==9.2.0", "markupsafe==3.0.4", "trio==0.32.0"), source="src"),
    Package("click", "8.5.1", "click", ("tests",), ("pytest==9.2.0", "click==8.5.1"), source="src"),
    Package("sqlparse", "0.6.1", "sqlparse", ("tests",), ("pytest==9.2.0",)),
    Package(
        "markdown",
        "3.11.3",
        "markdown",
        # Its unittest class `TestSuite` is no test, and its tests make every warning an error: pytest's own about that class, too.
        ("--ignore=tests/test_syntax/extensions/test_md_in_html.py", "tests"),
        ("pytest==9.2.0", "pyyaml==6.0.3"),
    ),
    Package("tabulate", "0.10.0", "tabulate", ("test",), ("pytest==9.2.0", "wcwidth==0.2.14")),
)
