"""What the README promises: its commands, its rewrites, its options and its links."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from codemods.commands.group import pyfix
from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Fixed
from codemods.model.settings import Settings
from codemods.model.verdict import Safe
from codemods.workspace.schema import Source, parse_table

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
KOREAN = (ROOT / "README.ko.md").read_text("utf-8")
DOCUMENTS = [path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")) if path.name != "real-packages.md"]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


COMMANDS = [line for line in re.sub(r"\\\n\s*", "", blocks("sh")[0]).splitlines() if line.strip()]
REWRITES = re.findall(r"^`([\w-]+)`: [^\n]*\n\n```diff\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_first_block_holds_two_commands() -> None:
    assert len(COMMANDS) == 2
    assert "pyfix examples/bad --diff" in COMMANDS[0]
    assert "pytest" in COMMANDS[1]
    assert '".[test]"' in COMMANDS[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_works_alone(command: str) -> None:
    """As far as can be seen without running it, which CI does: it is valid, makes its own environment, and uses nothing else."""
    subprocess.run(["bash", "-n", "-c", command], check=True)
    first, *rest = [part.strip() for part in command.split("&&")]
    assert first == "python3 -m venv .venv"
    assert all(part.startswith(".venv/bin/") for part in rest)


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "pyproject.toml"], ids=lambda path: path.name)
def test_nobody_is_sent_to_somebody_else_s_project(path: Path) -> None:
    assert not re.search(r"pip3? install [^\n`&|;]*\bpyfix(?!-codemods|\w)", path.read_text("utf-8"))


def test_every_rule_that_is_on_by_default_is_shown() -> None:
    assert {name for name, _ in REWRITES} == set(registry.select(None))


@pytest.mark.parametrize(("name", "diff"), REWRITES, ids=[name for name, _ in REWRITES])
def test_the_rewrites_are_what_pyfix_does(name: str, diff: str) -> None:
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    after = "".join(line[1:] for line in lines if not line.startswith("-"))
    outcome = process(before.encode(), Settings(registry.select(None)))
    assert isinstance(outcome, Fixed)
    assert outcome.after.decode() == after
    assert [one.rule for one in outcome.diagnostics if one.fixed and isinstance(one.verdict, Safe)] == [name]


CONTEXT = click.Context(pyfix)
COMMANDS_OF_PYFIX = {name: command for name in pyfix.list_commands(CONTEXT) if (command := pyfix.get_command(CONTEXT, name)) is not None}


def test_the_options_exist() -> None:
    commands = [
        *COMMANDS_OF_PYFIX.values(),
        *(inner for one in COMMANDS_OF_PYFIX.values() for inner in getattr(one, "commands", {}).values()),
    ]
    parameters = [parameter for command in commands for parameter in command.params]
    known = {option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)}
    named = set(re.findall(r"(?<![\w-])--[a-z][\w-]+", "".join(re.findall(r"`[^`\n]+`", README))))
    assert named - known == {"--help"}


def test_the_commands_exist() -> None:
    assert set(re.findall(r"`pyfix (rules|explain|undo|\w+)\b", README)) <= {*COMMANDS_OF_PYFIX, "PATH"}


def test_the_configuration_is_one() -> None:
    table = parse_table(tomllib.loads(blocks("toml")[0])["tool"]["pyfix"], Source("README.md"))
    registry.select(table.select, table.ignore)
    assert len(table.per_file_ignores) == 1


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_ci_takes_the_commands_from_here() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
    assert 'open("README.md"' in script or 'Path("README.md")' in script
    assert not any(command in script for command in COMMANDS)


# --- the README in Korean ---


def fenced(text: str) -> list[str]:
    """The blocks of code, without what their comments say."""
    return [re.sub(r"(?m) +# .*$", "", block) for block in re.findall(r"^```\w+\n.*?^```$", text, re.DOTALL | re.MULTILINE)]


def cells(text: str) -> list[list[list[str]]]:
    """For each row of the tables and each of its cells what is said in code, and where its links lead; in order, but for the words."""
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("| ")]
    return [[sorted(re.findall(r"`[^`]+`|\]\([^)]+\)", cell)) for cell in row] for row in rows]


def test_the_korean_readme_has_the_same_commands_and_rewrites() -> None:
    assert fenced(KOREAN) == fenced(README), "README.ko.md holds the same blocks of code as README.md"


def test_the_korean_readme_has_the_same_tables() -> None:
    ours, theirs = cells(README), cells(KOREAN)
    missing = [row for row in ours if row not in theirs]
    assert theirs == ours, f"README.ko.md has the same rows as README.md, in Korean; it lacks, or has otherwise: {missing}"


def test_the_korean_readme_has_the_same_parts_and_links() -> None:
    def shape(text: str) -> list[str]:
        return re.findall(r"^#+(?= )|\]\((?!README)[^)]+\)", text, re.MULTILINE)

    assert shape(KOREAN) == shape(README)
    assert "](README.md)" in KOREAN
    assert "](README.ko.md)" in README


def test_the_korean_readme_is_in_korean() -> None:
    prose = re.sub(r"```.*?```|`[^`]*`|\([^)]*\)", "", KOREAN, flags=re.DOTALL)
    assert len(re.findall("[가-힣]", prose)) > len(re.findall("[A-Za-z]", prose))
