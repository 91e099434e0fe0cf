"""Plans: TOML, lists, folders; and what is said of wrong ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from codemods.engine import registry
from codemods.workspace.git.command import Git
from codemods.workspace.migrate.plan import Plan, PlanError, Target
from codemods.workspace.migrate.plan_file import bytes_of, discovered, parse_list, read_plan

NOTHING = Target("", "")


def read(tmp_path: Path, text: str, name: str = "plan.toml", common: Target = NOTHING) -> Plan:
    (tmp_path / name).write_text(text)
    return read_plan(os.fspath(tmp_path / name), common, registry.select)


def test_a_list(tmp_path: Path) -> None:
    text = "# ours\n../one\n\n  /srv/git/two.git  # the old one\nhttps://example.org/team/three.git\r\ngit@example.org:team/four.git\n"
    found = read(tmp_path, text, "list").targets
    assert [one.name for one in found] == ["one", "two", "three", "four"]
    assert [one.source for one in found] == [
        os.fspath(tmp_path.parent / "one"),
        "/srv/git/two.git",
        "https://example.org/team/three.git",
        "git@example.org:team/four.git",
    ]


def test_tables(tmp_path: Path) -> None:
    text = """
branch = "tidy"
select = ["loops"]
verify = "pytest -q"
timeout = 60
[[repository]]
source = "one"
[[repository]]
source = "two"
name = "second"
base = "dev"
select = ["range-len", "dict-keys"]
verify = "make check"
owners = true
memory = "500M"
target-version = "3.9"
unsafe-fixes = true
author = "A <a@b>"
"""
    one, two = read(tmp_path, text).targets
    assert one == Target("one", os.fspath(tmp_path / "one"), branch="tidy", select=("loops",), verify="pytest -q", seconds=60.0)
    assert (two.name, two.base, two.select, two.verify, two.owners) == ("second", "dev", ("range-len", "dict-keys"), "make check", True)
    assert (two.branch, two.seconds, two.memory, two.target_version, two.unsafe_fixes) == ("tidy", 60.0, 500_000_000, (3, 9), True)


def test_the_command_line_wins(tmp_path: Path) -> None:
    text = 'branch = "tidy"\n[[repository]]\nsource = "one"\nselect = ["loops"]\n'
    (one,) = read(tmp_path, text, common=Target("", "", select=("dict-keys",), seconds=5.0)).targets
    assert (one.select, one.seconds, one.branch) == (("dict-keys",), 5.0, "tidy")


def test_names_tell_repositories_apart(tmp_path: Path) -> None:
    text = "/a/x/app\n/b/y/app.git\nhttps://one.org/z/app\nhttps://two.org/z/app\n/c/lib/.git\n"
    assert [one.name for one in read(tmp_path, text, "list").targets] == ["x/app", "y/app", "z/app", "z/app~2", "lib"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = [\n", "plan.toml:2: is not TOML: Invalid value"),
        ("", "plan.toml: names no repository"),
        ("repository = 3\n", "plan.toml:1: `repository` in the plan: expected `array`, got `int`"),
        ("x = 1\n", "plan.toml:1: unknown key `x` in the plan; the keys are `base`, "),
        ("\nbanch = 'x'\n", "plan.toml:2: unknown key `banch` in the plan; did you mean `branch`?"),
        ("[[repository]]\nname = 'a'\n", "plan.toml:1: `source` is missing in [[repository]]"),
        (
            "[[repository]]\nsource='a'\n[[repository]]\nsource='b'\nselect = 'x'\n",
            "plan.toml:5: `select` in [[repository]]: expected `array",
        ),
        ("select = ['lops']\n[[repository]]\nsource='a'\n", "plan.toml:3: unknown rule or area `lops` (did you mean `loops`?)"),
        ("[[repository]]\nsource='a'\n[[repository]]\nsource='./a'\n", "/a' stands in line 2 already"),
        (
            "[[repository]]\nsource='a'\nname='x'\n[[repository]]\nsource='b'\nname='x'\n",
            "plan.toml:5: the name 'x' is that of line 2 already",
        ),
        ("branch = 'a b'\n[[repository]]\nsource='a'\n", "plan.toml:1: `branch` 'a b' is no name for a branch"),
        ("[[repository]]\nsource='a'\nbase='-x'\n", "plan.toml:3: `base` '-x' is no name for a branch"),
        ("author = 'me'\n[[repository]]\nsource='a'\n", "plan.toml:1: `author` must be `Name <address>`, not 'me'"),
        ("memory = 'much'\n[[repository]]\nsource='a'\n", "plan.toml:1: `memory` must be a size such as 4G or 500M, not 'much'"),
        ("timeout = 0\n[[repository]]\nsource='a'\n", "plan.toml:1: `timeout` in the plan: expected `float` > 0.0"),
        ("target-version = '2.7'\n[[repository]]\nsource='a'\n", "plan.toml:1: `target-version` must be 3.8 or later, not 2.7"),
        ("forge = 'x'\n[[repository]]\nsource='a'\n", "plan.toml:1: `forge` must be github or gitlab, not 'x'"),
        (
            "[[repository]]\nsource='https://me:secret@example.org/a'\n",
            "plan.toml:2: the URL holds a password; leave that to a credential helper",
        ),
        ("[[repository]]\nsource='ext::sh -c x'\n", "plan.toml:2: 'ext::sh -c x' names a transport helper"),
        ("[[repository]]\nsource='--upload-pack=x'\n", "plan.toml:2: '--upload-pack=x' is no path and no URL"),
    ],
)
def test_what_is_said_of_a_wrong_plan(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PlanError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_that_names_one_twice(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"list:3: '.*/a' stands in line 1 already"):
        read(tmp_path, "a\n# again\n./a\n", "list")


def test_files_that_are_no_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="is a folder"):
        read_plan(os.fspath(tmp_path), NOTHING, registry.select)
    (tmp_path / "list").write_bytes(b"\xff\n")
    with pytest.raises(PlanError, match="is not UTF-8"):
        read_plan(os.fspath(tmp_path / "list"), NOTHING, registry.select)


def test_standard_input_is_from_the_working_folder() -> None:
    assert parse_list("a\n", "<stdin>", NOTHING, registry.select).targets[0].source == os.path.abspath("a")


def test_repositories_below_a_folder(tmp_path: Path) -> None:
    top = tmp_path / "all"
    for name in ("b/app", "a", "a/inner", ".venv/x", "c.git"):
        (top / name).mkdir(parents=True)
        Git(top / name).run("init", "--quiet", *(["--bare"] if name.endswith(".git") else []))
    os.symlink(top / "a", top / "z")
    (top / "d").mkdir()
    found = discovered(os.fspath(top), NOTHING, registry.select).targets
    assert [os.path.relpath(one.source, top) for one in found] == ["a", os.path.join("b", "app"), "c.git"]
    with pytest.raises(PlanError, match="holds no git repository"):
        discovered(os.fspath(top / "d"), NOTHING, registry.select)
    with pytest.raises(PlanError, match="is no folder"):
        discovered(os.fspath(top / "e"), NOTHING, registry.select)


@pytest.mark.parametrize(("text", "size"), [("4G", 4 * 10**9), ("500 MB", 500_000_000), ("12", 12), ("2k", 2000)])
def test_sizes(text: str, size: int) -> None:
    assert bytes_of(text) == size
