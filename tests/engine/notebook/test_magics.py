"""What of a cell is Python, what is read past, and what may do anything."""

from __future__ import annotations

import pytest

from codemods.analysis.order.cells import MAGIC, MARK, Unknown
from codemods.engine.notebook.magics import Reading, read

NOTHING = Unknown()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 1",
        "await x",
        "total = (a\n% b)",  # here the percent sign is an operator, for IPython too
        "x = '''\n%matplotlib inline\n!ls\n'''",
        "# what is this?",
        "return 1",  # the parser takes it, and no cell does: it is Python all the same
    ],
)
def test_python_is_taken_as_it_stands(text: str) -> None:
    assert read(text, "") == Reading(text)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("%matplotlib inline\nx = 1", f"#{MAGIC}atplotlib inline\nx = 1"),
        ("!pip install rich\n\n%cd ..\nimport rich", f"#{MAGIC}ip install rich\n\n#{MAGIC}d ..\nimport rich"),
        ("for i in x:\n    y\n%load_ext autoreload\n%autoreload 2", f"for i in x:\n    y\n#{MAGIC}oad_ext autoreload\n#{MAGIC}utoreload 2"),
        ("x = 1\nlen?\n?len", f"x = 1\n#{MAGIC}n?\n#{MAGIC}en"),
        ("%config InlineBackend.figure_format = 'svg'\r\nx", f"#{MAGIC}onfig InlineBackend.figure_format = 'svg'\r\nx"),
    ],
)
def test_quiet_magics_become_comments_of_the_same_length(text: str, taken: str) -> None:
    assert read(text, "") == Reading(taken)
    assert len(taken) == len(text)


@pytest.mark.parametrize("text", ["%%bash\necho $x", "%%html\n<b>", "%%writefile a.py\nx = 1", "x?", "??df.head", "%%markdown"])
def test_cells_that_touch_nothing_of_the_notebook_are_nothing(text: str) -> None:
    assert read(text, "") == Reading()


@pytest.mark.parametrize("first", ["%%time", "%%capture", "%%time  "])
def test_a_cell_that_a_magic_runs_is_read_only(first: str) -> None:
    assert read(f"{first}\nx = 1\n", "") == Reading(f"#{MAGIC}{first[2:]}\nx = 1\n", frozen=True)


@pytest.mark.parametrize(
    ("text", "star", "names"),
    [
        ("%run other.py", True, {"run", "other", "py"}),
        ("%pylab", True, {"pylab"}),
        ("%store -r x", True, {"store", "r", "x"}),
        ("%load_ext sql", True, {"load_ext", "sql"}),
        ("%autoreload 3", True, {"autoreload"}),
        ("files = !ls\nlen = 3", False, {"files", "ls", "len"}),
        ("%timeit f(x)", False, {"timeit", "x"}),
        ("%time def f(): pass", False, {"time", "f", "pass"} | {"def"}),
        ("%%capture out\nx = 1", False, {"capture", "out", "x"}),
        ("%%timeit\nx = 1", False, {"timeit", "x"}),
        ("%%sql\nselect 1", True, {"sql", "select"}),
        ("!echo {x}", False, {"echo", "x"}),
        ("%cd $x", False, {"cd", "x"}),
        ("!ls \\\nmore", False, {"ls", "more"}),
        ("x = (1,\n!ls\n)", False, {"x", "ls"}),
        ("if x:\n    1\n%cd a\nelse:\n    2", False, {"if", "x", "cd", "a", "else"}),
        ("if x:\n    !ls", False, {"if", "x", "ls"}),
        ("print 'a'", False, {"print", "a"}),
        (">>> x = 1", False, {"x"}),
        ("%timeit 1\nfrom x import *", True, {"timeit", "from", "x", "import"}),
        (f"x = '{MARK}'", False, {"x"}),
        ("x = '\ud800'", False, {"x"}),
        ("x = '\0'", False, {"x"}),
        ("/f 1", True, {"f"}),
    ],
)
def test_what_is_left_alone(text: str, star: bool, names: set[str]) -> None:
    reading = read(text, "")
    assert (reading.text, reading.frozen, reading.unknown.code, reading.unknown.star) == ("", False, True, star)
    assert reading.unknown.names == names


def test_a_cell_of_another_language() -> None:
    assert read("select = 1", "sql").unknown.code
    assert read("select = 1", "python") == Reading("select = 1")
