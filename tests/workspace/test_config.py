"""Settings of a file: who speaks, in which order, and what is said about a wrong configuration."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from codemods.model.settings import Settings
from codemods.workspace.config import ConfigError, Configuration, Overrides
from codemods.workspace.discover import Problem, discover
from tests.workspace.fake import DEFAULT_RULES, select

Write = Callable[..., Path]


def settings(path: str = "a.py", **overrides: object) -> Settings:
    found = Configuration(select, Overrides(**overrides)).settings_for(Path(path))  # type: ignore[arg-type]
    assert found.filename == Path(path).name
    return replace(found, filename="")


def test_the_defaults() -> None:
    assert settings() == Settings(rules=DEFAULT_RULES, unsafe_fixes=False, target=(3, 11), line_length=88)


def test_the_table_speaks(write: Write) -> None:
    write("pyproject.toml", "[tool.pyfix]\nselect=['ALL']\nignore=['range-len']\nunsafe-fixes=true\ntarget-version='3.9'\nline-length=100")
    assert settings() == Settings(("comprehension", "dict-items", "dict-keys", "whitespace"), True, (3, 9), 100)


def test_the_command_line_speaks_louder(write: Write) -> None:
    write("pyproject.toml", "[tool.pyfix]\nselect=['ALL']\nunsafe-fixes=true\ntarget-version='3.9'\nline-length=100")
    found = settings(select=("dict-keys",), unsafe_fixes=False, target=(3, 13), line_length=79)
    assert found == Settings(("dict-keys",), False, (3, 13), 79)


def test_select_on_the_command_line_sets_the_tables_ignore_aside(write: Write) -> None:
    write("pyproject.toml", "[tool.pyfix]\nignore=['dict-keys']")
    assert settings(select=("dict-keys",)).rules == ("dict-keys",)


def test_ignore_on_the_command_line_adds_to_the_tables(write: Write) -> None:
    write("pyproject.toml", "[tool.pyfix]\nselect=['ALL']\nignore=['dict-keys']")
    assert settings(ignore=("range-len",)).rules == ("comprehension", "dict-items", "whitespace")


def test_an_empty_select_selects_nothing(write: Write) -> None:
    write("pyproject.toml", "[tool.pyfix]\nselect=[]\nper-file-ignores={'*'=['dict-keys']}")
    assert settings().rules == ()


class TestNearest:
    def test_a_folders_own_table_replaces_its_parents_wholly(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nline-length=100\nunsafe-fixes=true")
        write("sub/pyproject.toml", "[tool.pyfix]\nline-length=70")
        assert settings("a.py").line_length == 100
        assert settings("sub/deep/a.py") == Settings(DEFAULT_RULES, False, (3, 11), 70)

    def test_an_empty_table_is_a_table(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nline-length=100")
        write("sub/pyproject.toml", "[tool.pyfix]")
        assert settings("sub/a.py").line_length == 88

    def test_a_file_without_the_table_is_passed_over(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nline-length=100")
        write("sub/pyproject.toml", "[tool.other]\nx=1")
        assert settings("sub/a.py").line_length == 100

    def test_metadata_come_from_the_nearest_project(self, write: Write) -> None:
        write("pyproject.toml", "[project]\nrequires-python='>=3.9'\n[tool.pyfix]\nunsafe-fixes=true")
        write("examples/pyproject.toml", "[tool.pyfix]")
        write("vendored/pyproject.toml", "[project]\nrequires-python='>=3.12'")
        assert settings("a.py").target == (3, 9)
        assert settings("examples/a.py").target == (3, 9)
        assert settings("vendored/src/a.py") == Settings(DEFAULT_RULES, True, (3, 12), 88)

    def test_the_table_speaks_louder_than_the_project(self, write: Write) -> None:
        write("pyproject.toml", "[project]\nrequires-python='>=3.9'\n[tool.black]\nline-length=99\n[tool.pyfix]\ntarget-version='3.12'")
        assert settings().target == (3, 12)
        assert settings().line_length == 99

    def test_a_folder_that_does_not_exist(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nline-length=100")
        assert settings("no/such/folder/a.py").line_length == 100

    def test_a_very_deep_folder(self, work: Path) -> None:
        assert settings(f"{'/'.join(['d'] * 3000)}/a.py").line_length == 88

    def test_an_older_project_is_taken_for_the_oldest_there_is(self, write: Write) -> None:
        write("pyproject.toml", "[project]\nrequires-python='>=3.6'")
        assert settings().target == (3, 8)

    def test_the_folder_is_read_once(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write("pyproject.toml", "[tool.pyfix]\nline-length=100")
        configuration = Configuration(select)
        first = configuration.settings_for(Path("a.py"))
        monkeypatch.setattr(os, "open", lambda *args: pytest.fail("read again"))
        assert configuration.settings_for(Path("b.py")).line_length == first.line_length == 100
        assert configuration.settings_for(Path("sub/b.py")).line_length == 100


class TestPerFile:
    def test_rules_are_taken_away(self, write: Write) -> None:
        write(
            "pyproject.toml", "[tool.pyfix.per-file-ignores]\n'tests/' = ['dict-keys']\n'*_test.py' = ['range-len']\n'/only.py' = ['ALL']"
        )
        assert settings("a.py").rules == DEFAULT_RULES
        assert settings("sub/tests/a.py").rules == ("comprehension", "dict-items", "range-len")
        assert settings("tests/a_test.py").rules == ("comprehension", "dict-items")
        assert "range-len" in settings("sub/only.py").rules

    def test_they_hold_against_the_command_line(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix.per-file-ignores]\n'a.py' = ['dict-keys']")
        assert settings("a.py", select=("dict-keys", "range-len")).rules == ("range-len",)

    def test_globs_are_relative_to_their_file(self, write: Write, monkeypatch: pytest.MonkeyPatch, work: Path) -> None:
        write("pyproject.toml", "[tool.pyfix.per-file-ignores]\n'/sub/a.py' = ['dict-keys']")
        write("sub/a.py")
        monkeypatch.chdir(work / "sub")
        assert "dict-keys" not in settings("a.py").rules
        assert "dict-keys" in settings("../a.py").rules


class TestNamed:
    def test_a_file_in_the_place_of_all(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nline-length=100")
        write("other.toml", "[tool.pyfix]\nunsafe-fixes=true\nper-file-ignores={'/sub/*'=['dict-keys']}")
        found = settings("sub/a.py", config=Path("other.toml"))
        assert found.line_length == 88
        assert found.unsafe_fixes
        assert "dict-keys" not in found.rules

    @pytest.mark.parametrize(
        ("name", "text", "cause"),
        [
            ("missing.toml", None, "missing.toml: No such file or directory"),
            ("o.toml", "[tool.other]", "o.toml: has no table [tool.pyfix]"),
            ("o.toml", "# pyfix", "o.toml: has no table [tool.pyfix]"),
            ("o.toml", "x = 1 2", "o.toml:1: is not TOML"),
        ],
    )
    def test_one_that_cannot_be_used(self, write: Write, name: str, text: str | None, cause: str) -> None:
        if text is not None:
            write(name, text)
        with pytest.raises(ConfigError) as caught:
            Configuration(select, Overrides(config=Path(name)))
        assert str(caught.value).startswith(cause)

    def test_isolated_reads_nothing(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write("pyproject.toml", "[project]\nrequires-python='>=3.9'\n[tool.black]\nline-length=99\n[tool.pyfix]\nunsafe-fixes=true")
        monkeypatch.setattr(os, "open", lambda *args: pytest.fail("read"))
        assert settings(isolated=True) == Settings(DEFAULT_RULES)

    def test_both_exclude_each_other(self) -> None:
        with pytest.raises(ConfigError, match="--config and --isolated"):
            Configuration(select, Overrides(config=Path("x"), isolated=True))


class TestWrong:
    @pytest.mark.parametrize(
        ("text", "where"),
        [
            ("[tool.pyfix]\nselect = ['renge-len']", ":2: `select` in [tool.pyfix]: unknown rule or area `renge-len`"),
            ("[tool.pyfix]\nignore = ['x']", ":2: `ignore` in [tool.pyfix]: unknown rule or area `x`"),
            ("[tool.pyfix.per-file-ignores]\na = ['x']", ": `per-file-ignores` in [tool.pyfix]: unknown rule or area `x`"),
            ("[tool.pyfix]\n\nexclude = ['a', '!']", ":3: `exclude` in [tool.pyfix] holds a glob that cannot be read"),
            ("[tool.pyfix]\nline-length = ", ":2: is not TOML: Invalid value"),
            ("[tool.pyfix]\nx = [", ":2: is not TOML"),
            ("# pyfix\n[tool\nx", ":2: is not TOML"),
            ("[tool.pyfix]\nx = " + "[" * 200_000, ": is nested too deeply"),
            ("[tool.pyfix]\n# \udcff".encode("utf-8", "surrogateescape"), ": is not UTF-8"),
            (b"#" * 1_000_000, ": is 1.0 MB; files of 1.0 MB and more are not read"),
        ],
        ids=lambda value: str(value)[:30] if isinstance(value, str) and value.startswith(":") else "",
    )
    def test_it_is_named(self, write: Write, text: str | bytes, where: str) -> None:
        path = write("pyproject.toml", text)
        with pytest.raises(ConfigError) as caught:
            settings()
        assert str(caught.value).startswith(f"{path}{where}")
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("text", [b"[tool", b"# \xff", b"[project]\nx = " + b"[" * 200_000])
    def test_what_does_not_speak_of_us_is_not_ours_to_judge(self, write: Write, text: bytes) -> None:
        write("pyproject.toml", text)
        assert settings() == Settings(DEFAULT_RULES)

    def test_one_that_is_no_file_says_nothing(self, work: Path) -> None:
        (work / "pyproject.toml").mkdir()
        (work / "sub").mkdir()
        (work / "sub" / "pyproject.toml").symlink_to("nowhere")
        assert settings("sub/a.py").line_length == 88

    def test_a_pipe_is_named_and_not_opened(self, work: Path) -> None:
        os.mkfifo(work / "pyproject.toml")
        with pytest.raises(ConfigError, match="is a named pipe, not a file"):
            settings()

    def test_it_costs_the_folders_that_it_governs(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nx = 1")
        write("good/pyproject.toml", "[tool.pyfix]\nline-length = 70")
        configuration = Configuration(select)
        for name in ("a.py", "sub/a.py"):
            with pytest.raises(ConfigError):
                configuration.settings_for(Path(name))
        assert configuration.settings_for(Path("good/a.py")).line_length == 70

    def test_a_rule_on_the_command_line(self) -> None:
        with pytest.raises(ConfigError, match=r"^unknown rule or area `nope`$"):
            Configuration(select, Overrides(select=("nope",)))

    def test_a_glob_on_the_command_line(self) -> None:
        with pytest.raises(ConfigError, match="--exclude holds a glob that cannot be read"):
            Configuration(select, Overrides(exclude=("!",)))

    def test_a_byte_order_mark_is_no_error(self, write: Write) -> None:
        write("pyproject.toml", b"\xef\xbb\xbf[tool.pyfix]\nline-length=100")
        assert settings().line_length == 100


def test_where_settings_come_from(write: Write) -> None:
    path = write("pyproject.toml", "[tool.pyfix]\nexclude=['build']")
    configuration = Configuration(select, Overrides(exclude=("docs",)))
    assert configuration.origin_of(Path("sub/a.py")) == path
    assert configuration.exclude_of(Path("a.py")) == ("build", "docs")
    assert configuration.origin_of(Path("/a.py")) is None


def test_the_walk_finds_what_a_search_finds(write: Write, work: Path) -> None:
    """The walk tells the configuration which files a folder holds; it must come to the same as looking."""
    write("pyproject.toml", "[tool.pyfix]\nline-length=100")
    write("a/setup.cfg", "[options]\npython_requires = >=3.9")
    write("a/b/pyproject.toml", "[tool.pyfix]\nunsafe-fixes=true")
    for name in ("x.py", "a/x.py", "a/b/x.py", "a/b/c/x.py"):
        write(name)
    walked = Configuration(select)
    found = [item.path for item in discover([work], walked) if not isinstance(item, Problem)]
    assert len(found) == 4
    assert [walked.settings_for(path) for path in found] == [Configuration(select).settings_for(path) for path in found]
