"""The parts of `benchmarks.side_by_side` that need no network: counting what changed, and the page."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from benchmarks import changes, comparison, side_by_side
from benchmarks.tools import TOOLS

PLACES = {
    "the same code in another layout": ("x = {'a':1}\n", 'x = {"a": 1}  # now\n', []),
    "one format became an f-string": ("x = '%s' % a\ny = 1\n", "x = f'{a}'\ny = 1\n", ["f-string"]),
    "two of them in one statement": ("f('%s' % a, '%s' % b)\n", "f(f'{a}', f'{b}')\n", ["f-string"]),
    "a concatenation with an f-string in it": ("x = 'a' + f'{b}'\n", "x = f'a{b}'\n", ["f-string"]),
    "super lost its arguments": (
        "class C:\n    def f(self):\n        super(C, self).f()\n",
        "class C:\n    def f(self):\n        super().f()\n",
        ["super"],
    ),
    "a loop became a comprehension": (
        "ys = []\nfor x in xs:\n    ys.append(x)\nprint(ys)\n",
        "ys = [x for x in xs]\nprint(ys)\n",
        ["other"],
    ),
    "a default became None, with its guard": (
        "def f(a=[]):\n    return a\n",
        "def f(a=None):\n    if a is None:\n        a = []\n    return a\n",
        ["other"],
    ),
    "a loop's header and its body": (
        "for i in range(len(xs)):\n    f(xs[i])\n    g(1)\n",
        "for x in xs:\n    f(x)\n    g(1)\n",
        ["other", "other"],
    ),
    "a header, and a line that went with it": (
        "for i in range(len(xs)):\n    x = xs[i]\n    g(x)\n",
        "for x in xs:\n    g(x)\n",
        ["other"],
    ),
    "a statement deep inside": (
        "try:\n    f()\nexcept E:\n    if a:\n        f('%s' % a)\n    else:\n        g()\n",
        "try:\n    f()\nexcept E:\n    if a:\n        f(f'{a}')\n    else:\n        g()\n",
        ["f-string"],
    ),
    "a line put in and another changed": ("a = 1\nb = '%s' % a\n", "import c\na = 1\nb = f'{a}'\n", ["f-string"]),
}


@pytest.mark.parametrize(("old", "new", "kinds"), PLACES.values(), ids=PLACES)
def test_a_changed_statement_is_one_place(old: str, new: str, kinds: list[str]) -> None:
    assert list(changes.places(old.encode(), new.encode())) == kinds
    assert list(changes.places(old.encode(), old.encode())) == []


def test_a_tree_is_compared_file_by_file(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    files = {
        "same.py": ("x = 1\n", "x = 1\n"),
        "changed.py": ("# why\nx = '%s' % a\n", "x = f'{a}'\n"),
        "broken.py": ("x = '%s' % f('a')\n", "x = f'{f('\n"),
        "python2.py": ("print 'a'\n", "print('a')\n"),
    }
    for name, (before, after) in files.items():
        for folder, text in ((old, before), (new, after)):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(dedent(text))
    found = changes.tree(old, new)
    assert (found.places, found.files, found.unparsable, found.comments) == (1, 2, ["broken.py"], 1)


def run(tool: str, different: tuple[str, ...] | None, failure: str = "") -> comparison.Run:
    counted = changes.Changes(files=2)
    counted.kinds.update(["f-string", "f-string", "other"])
    return comparison.Run(tool, "toy", counted, failure, different, None if failure else True)


def test_the_page_says_what_broke_and_what_was_not_tested() -> None:
    first, second, third = TOOLS[:3]
    lines = tuple(f"test_{number}: 1 failed, only after" for number in range(7))
    page = comparison.page(TOOLS[:3], [run(first.label, ()), run(second.label, lines), run(third.label, None)])
    assert f"| `{first.label}` | 3 | 2 | 0 | 1 | 2 | 0 | 0 of 1 run | 0 | 0 | 1 of 1 |" in page
    assert f"| `{second.label}` | 3 | 2 | 0 | 1 | 2 | 0 | 1 of 1 run | 7 | 0 | 1 of 1 |" in page
    assert f"| `{third.label}` | 3 | 2 | 0 | 1 | 2 | 0 | 0 of 0 run | 0 | 0 | 1 of 1 |" in page
    assert "| toy | 3 | 3, **broken** | 3, not tested |" in page
    assert f"- `{second.label}` on toy: test_0: 1 failed, only after" in page
    assert f"- `{second.label}` on toy: and 2 more" in page


def test_a_tool_that_failed_is_said_to_have_failed() -> None:
    page = comparison.page(TOOLS[:1], [run(TOOLS[0].label, None, "stopped after 1200 seconds")])
    assert "| toy | failed |" in page
    assert "stopped after 1200 seconds" in page


def test_the_tools_are_pinned_and_told_apart(tmp_path: Path) -> None:
    assert len({tool.label for tool in TOOLS}) == len(TOOLS)
    assert all("==" in need for tool in TOOLS for need in tool.requires)
    (tmp_path / "a.py").write_text("")
    for tool in TOOLS:
        command = tool.command(Path("python"), Path("root"), tmp_path)
        assert command[0] == "python"
        assert command[-1] == str(tmp_path / "a.py" if tool.each_file else tmp_path)


def test_names_are_checked_before_anything_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        side_by_side.main(["no-such-package"])
    assert "no-such-package" in capsys.readouterr().err
