"""What other tools are told in a project: the oldest Python and the width of lines."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace.config import Configuration
from codemods.workspace.project import NOTHING, Project, project_at

Write = Callable[..., Path]


def seen(folder: Path, above: Project = NOTHING) -> Project:
    import tomllib

    try:
        pyproject = tomllib.loads((folder / "pyproject.toml").read_text())
    except (OSError, ValueError):
        pyproject = {}
    return project_at(str(folder), set(os.listdir(folder)), pyproject, above)


@pytest.mark.parametrize(
    ("name", "text", "target"),
    [
        ("pyproject.toml", "[project]\nrequires-python = '>=3.9'", (3, 9)),
        ("pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.10'", (3, 10)),
        ("pyproject.toml", "[tool.poetry.dependencies.python]\nversion = '^3.12'", (3, 12)),
        ("setup.cfg", "[options]\npython_requires = >=3.9", (3, 9)),
        ("setup.cfg", "[options]\npython_requires = >=3.9\n[options]\nx = %(y", (3, 9)),
        ("setup.py", "from setuptools import setup\nsetup(name='x', python_requires='>=3.9')", (3, 9)),
        ("setup.py", "import setuptools\nif True:\n    setuptools.setup(python_requires='>=3.12')", (3, 12)),
        ("setup.py", "from setuptools import setup\nV = '>=3.9'\nsetup(python_requires=V)", None),
        ("setup.py", "raise SystemExit('python_requires was executed')", None),
        ("setup.py", "def setup(python_requires='>=3.9')", None),
        ("setup.py", "# python_requires\n" + "(" * 5000, None),
        ("setup.py", "# python_requires\n\0", None),
        ("setup.py", "'\\d'\nsetup(python_requires='>=3.9')", (3, 9)),
        ("setup.cfg", "[options]\n; python_requires = >=3.9", None),
        ("setup.cfg", "python_requires = >=3.9", None),
        ("setup.cfg", "[metadata]\npython_requires = >=3.9", None),
    ],
)
def test_the_oldest_python(write: Write, work: Path, name: str, text: str, target: tuple[int, int] | None) -> None:
    write(name, text)
    assert seen(work).target == target


def test_the_order_in_one_folder(write: Write, work: Path) -> None:
    write("setup.py", "setup(python_requires='>=3.12')")
    assert seen(work).target == (3, 12)
    write("setup.cfg", "[options]\npython_requires = >=3.10")
    assert seen(work).target == (3, 10)
    write("pyproject.toml", "[project]\nrequires-python = '>=3.9'")
    assert seen(work).target == (3, 9)
    write("pyproject.toml", "[project]\ndynamic = ['requires-python']")
    assert seen(work).target == (3, 10)


@pytest.mark.parametrize(
    ("table", "target"),
    [
        ("[project]\nname = 'x'", None),
        ("[build-system]\nrequires = []", None),
        ("[tool.poetry]\nname = 'x'", None),
        ("[tool.other]\nx = 1", (3, 9)),
    ],
)
def test_a_project_that_is_silent_ends_the_search(write: Write, work: Path, table: str, target: tuple[int, int] | None) -> None:
    write("pyproject.toml", table)
    assert seen(work, Project((3, 9), None)).target == target


def test_a_repository_ends_the_search(write: Write, work: Path) -> None:
    (work / ".git").mkdir()
    write("tox.ini", "[tox]")
    assert seen(work, Project((3, 9), 120)) == NOTHING


@pytest.mark.parametrize(
    ("name", "text", "width"),
    [
        ("pyproject.toml", "[tool.black]\nline-length = 100", 100),
        ("pyproject.toml", "[tool.ruff]\nline-length = 101", 101),
        ("pyproject.toml", "[tool.ruff]\nline-length = 101\n[tool.black]\nline-length = 100", 100),
        ("ruff.toml", "line-length = 102", 102),
        (".ruff.toml", "line-length = 103", 103),
        ("setup.cfg", "[flake8]\nmax-line-length = 104", 104),
        ("setup.cfg", "[flake8]\nmax_line_length: 104", 104),
        ("tox.ini", "[flake8]\nmax-line-length=105", 105),
        (".flake8", "[flake8]\nmax-line-length =   106", 106),
        ("setup.cfg", "[pycodestyle]\nmax-line-length = 104", None),
        ("pyproject.toml", "[tool.black]\nline-length = '100'", 100),
        ("pyproject.toml", "[tool.black]\nline-length = true", None),
        ("pyproject.toml", "[tool.black]\nline-length = 5000", None),
        ("pyproject.toml", "[tool]\nblack = 3", None),
        (".flake8", "[flake8]\nmax-line-length = none", None),
        (".flake8", "[flake8]\nmax-line-length = " + "9" * 5000, None),
        ("ruff.toml", "line-length = ", None),
        ("ruff.toml", "a=" + "[" * 100_000, None),
    ],
)
def test_the_width(write: Write, work: Path, name: str, text: str, width: int | None) -> None:
    write(name, text)
    assert seen(work).line_length == width


def test_black_before_ruff_before_flake8(write: Write, work: Path) -> None:
    write(".flake8", "[flake8]\nmax-line-length = 90")
    write("tox.ini", "[flake8]\nmax-line-length = 91")
    assert seen(work).line_length == 91
    write("setup.cfg", "[flake8]\nmax-line-length = 92")
    assert seen(work).line_length == 92
    write("ruff.toml", "line-length = 93")
    assert seen(work).line_length == 93
    write(".ruff.toml", "line-length = 94")
    assert seen(work).line_length == 94
    write("pyproject.toml", "[tool.ruff]\nline-length = 95")
    assert seen(work).line_length == 94
    write("pyproject.toml", "[tool.black]\nline-length = 96")
    assert seen(work).line_length == 96


def test_huge_files_say_nothing(write: Write, work: Path) -> None:
    write("setup.cfg", b"[flake8]\nmax-line-length = 90\n" + b"#" * 1_000_000)
    write("setup.py", b"setup(python_requires='>=3.9')\n" + b"#" * 1_000_000)
    assert seen(work) == NOTHING


def test_a_pipe_in_the_place_of_a_configuration_is_not_opened(work: Path) -> None:
    for name in ("tox.ini", "setup.cfg", "ruff.toml", ".flake8", "setup.py"):
        os.mkfifo(work / name)
    settings = Configuration(lambda selected, ignored: ("a",)).settings_for(work / "a.py")
    assert settings.line_length == 88


def test_where_nothing_is_added_the_project_above_is_kept(write: Write, work: Path) -> None:
    above = Project((3, 9), 100)
    write("setup.cfg", "[options]\npython_requires = >=3.9")
    assert seen(work, above) is above
