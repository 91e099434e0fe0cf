"""Which files are found below a path, in which order, and how often."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace.config import Configuration, Overrides
from codemods.workspace.discover import ENVIRONMENT_MARKERS, SKIPPED_FOLDERS, Found, Problem, discover, is_excluded

Write = Callable[..., Path]


def configuration(**overrides: object) -> Configuration:
    return Configuration(lambda selected, ignored: (), Overrides(**overrides))  # type: ignore[arg-type]


def find(*paths: str, **overrides: object) -> list[str]:
    """The files found, as they are shown; a named one has a star, a problem is `path: cause`."""
    shown = []
    for item in discover([Path(path) for path in paths], configuration(**overrides)):
        match item:
            case Found(path=path, named=named):
                shown.append(f"{path}*" if named else str(path))
            case Problem(path=path, line=line, cause=cause):
                shown.append(f"{path}:{line}: {cause}")
    return shown


class TestFolders:
    def test_python_files_by_name(self, write: Write) -> None:
        for name in ("b.py", "a.pyw", "a/z.pyi", "a/b/c.py", "a.txt", "a.pyc", "py", ".py", "c.PY", ".hidden.py", "b.py.bak"):
            write(name)
        assert find(".") == [".hidden.py", ".py", "a/b/c.py", "a/z.pyi", "a.pyw", "b.py"]

    def test_paths_are_shown_as_they_were_given(self, write: Write, work: Path) -> None:
        write("src/a.py")
        assert find("src") == ["src/a.py"]
        assert find("./src/") == ["src/a.py"]
        assert find(str(work)) == [f"{work}/src/a.py"]
        assert find("src/../src") == ["src/../src/a.py"]

    @pytest.mark.parametrize("name", sorted(SKIPPED_FOLDERS))
    def test_some_folders_are_not_entered(self, write: Write, name: str) -> None:
        write(f"{name}/a.py")
        write(f"src/{name}/a.py")
        assert find(".") == []

    @pytest.mark.parametrize("marker", sorted(ENVIRONMENT_MARKERS))
    def test_environments_are_not_entered(self, write: Write, marker: str) -> None:
        write(f"some/env/{marker}/x" if marker == "conda-meta" else f"some/env/{marker}")
        write("some/env/lib/a.py")
        write("some/a.py")
        assert find(".") == ["some/a.py"]
        assert find("some/env") == ["some/env/lib/a.py"]

    def test_a_folder_named_outright_is_walked_whatever_its_name(self, write: Write) -> None:
        write("node_modules/a.py")
        assert find("node_modules") == ["node_modules/a.py"]

    def test_a_folder_named_outright_is_walked_also_if_git_ignores_it(self, write: Write) -> None:
        write(".git/HEAD")
        write(".gitignore", "build/\n*_x.py\n")
        write("build/.gitignore", "b.py\n")
        for name in ("a", "b", "c_x"):
            write(f"build/{name}.py")
        assert find("build") == ["build/a.py", "build/c_x.py"]
        assert find("build/..") == []

    def test_a_folder_called_like_a_file(self, write: Write) -> None:
        write("a.py/b.py")
        assert find(".") == ["a.py/b.py"]

    def test_an_unreadable_folder_costs_itself(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write("a/a.py")
        write("b/b.py")
        really = os.scandir

        def refuse(path: str) -> object:
            if path.endswith("/a"):
                raise PermissionError(13, "Permission denied")
            return really(path)

        monkeypatch.setattr(os, "scandir", refuse)
        assert find(".") == ["a:0: Permission denied", "b/b.py"]

    def test_a_tree_deeper_than_a_path_may_be(self, work: Path) -> None:
        folder = os.open(work, os.O_RDONLY)
        for _ in range(600):
            os.mkdir("deep" * 5, dir_fd=folder)
            below = os.open("deep" * 5, os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = below
        os.close(folder)
        found = find(str(work))
        assert len(found) == 1
        assert found[0].endswith(":0: File name too long")

    def test_it_is_lazy(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write("a/a.py")
        write("b/b.py")
        found = discover([Path()], configuration())
        assert next(found) == Found(Path("a/a.py"), named=False, top=os.path.realpath("."))
        monkeypatch.setattr(os, "scandir", lambda path: pytest.fail("walked") if path.endswith("/b") else None)
        found.close()  # type: ignore[attr-defined]


class TestNamed:
    def test_a_file_named_outright_is_found_whatever_it_is_called(self, write: Write) -> None:
        write(".git/HEAD")
        write(".gitignore", "ignored.py\n")
        write("pyproject.toml", "[tool.pyfix]\nexclude=['excluded.py']")
        for name in ("ignored.py", "excluded.py", "script", "node_modules/a.py"):
            write(name)
        assert find("ignored.py", "excluded.py", "script", "node_modules/a.py") == [
            "ignored.py*",
            "excluded.py*",
            "script*",
            "node_modules/a.py*",
        ]

    def test_unless_exclusion_is_forced(self, write: Write) -> None:
        write(".git/HEAD")
        write(".gitignore", "ignored.py\n")
        write("pyproject.toml", "[tool.pyfix]\nexclude=['excluded.py', 'out']")
        names = ("ignored.py", "excluded.py", "script", "node_modules/a.py", "out/a.py", "a.py")
        for name in names:
            write(name)
        assert find(*names, force_exclude=True) == ["script*", "a.py*"]

    def test_a_path_that_is_not_there(self, write: Write) -> None:
        write("a.py")
        assert find("missing.py", "a.py", "no/such") == [
            "missing.py:0: No such file or directory",
            "a.py*",
            "no/such:0: No such file or directory",
        ]

    def test_a_null_byte(self) -> None:
        (problem,) = find("a\0b")
        assert problem.startswith("a\0b:0: ")
        assert "null" in problem

    def test_a_loop_of_links(self, work: Path) -> None:
        (work / "a.py").symlink_to("a.py")
        assert find("a.py") == ["a.py:0: Too many levels of symbolic links"]

    def test_a_pipe_is_found_so_that_it_can_be_reported(self, work: Path) -> None:
        os.mkfifo(work / "a.py")
        assert find("a.py") == ["a.py*"]
        assert find(".") == []


class TestOnce:
    def test_the_same_file_by_two_arguments(self, write: Write, work: Path) -> None:
        write("src/a.py")
        assert find("src/a.py", "src", ".", str(work), "src/a.py") == ["src/a.py*"]

    def test_a_file_that_is_named_after_its_folder_is_named(self, write: Write) -> None:
        write("src/a.py")
        write("src/b.py")
        assert find("src", "src/a.py") == ["src/a.py*", "src/b.py"]

    def test_one_path_object_given_twice(self, write: Write) -> None:
        path = write("a.py")
        assert len(list(discover([path, path], configuration()))) == 1

    def test_an_excluded_file_that_is_named_after_its_folder(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nexclude=['a.py']")
        write("src/a.py")
        write("src/b.py")
        assert find("src", "src/a.py") == ["src/b.py", "src/a.py*"]

    def test_overlapping_folders(self, write: Write) -> None:
        write("a/b/c.py")
        write("a/d.py")
        assert find("a/b", "a", "a/b") == ["a/b/c.py", "a/d.py"]

    def test_hard_links(self, write: Write, work: Path) -> None:
        os.link(write("a.py"), work / "b.py")
        assert find(".") == ["a.py"]

    def test_equal_numbers_of_different_files(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        """Layered file systems may list one number for two files."""
        write("a.py")
        write("b.py")

        class Entry:
            def __init__(self, entry: os.DirEntry[str]) -> None:
                self.entry, self.name, self.path = entry, entry.name, entry.path
                self.is_dir, self.is_file, self.is_symlink = entry.is_dir, entry.is_file, entry.is_symlink

            def inode(self) -> int:
                return 7

        class Scan(list[Entry]):
            def __enter__(self) -> Scan:
                return self

            def __exit__(self, *args: object) -> None:
                pass

        really = os.scandir
        monkeypatch.setattr(os, "scandir", lambda path: Scan(Entry(entry) for entry in really(path)))
        assert find(".") == ["a.py", "b.py"]


class TestLinks:
    def test_a_linked_folder_is_not_entered(self, write: Write, work: Path) -> None:
        write("real/a.py")
        (work / "link").symlink_to("real")
        (work / "real" / "up").symlink_to("..")
        assert find(".") == ["real/a.py"]

    def test_a_linked_folder_named_outright_is_walked(self, write: Write, work: Path) -> None:
        write("real/a.py")
        (work / "link").symlink_to("real")
        assert find("link") == ["link/a.py"]
        assert find("link", "real") == ["link/a.py"]

    def test_a_link_to_a_file_found_by_itself_is_passed_over(self, write: Write, work: Path) -> None:
        write("z.py")
        (work / "a.py").symlink_to("z.py")
        assert find(".") == ["z.py"]

    def test_a_link_to_an_excluded_file_is_passed_over(self, write: Write, work: Path) -> None:
        write("pyproject.toml", "[tool.pyfix]\nexclude=['/z.py', 'tool']")
        write("z.py")
        write("tool")
        write("node_modules/script")
        for name, target in (("a.py", "z.py"), ("b.py", "tool"), ("c.py", "node_modules/script")):
            (work / name).symlink_to(target)
        assert find(".") == []

    def test_a_link_that_gives_a_script_its_suffix_is_taken(self, write: Write, work: Path) -> None:
        write("bin/tool")
        (work / "tool.py").symlink_to("bin/tool")
        (work / "tool2.py").symlink_to("bin/tool")
        assert find(".") == ["tool.py"]
        assert find(".", "bin/tool") == ["tool.py*"]

    def test_a_link_out_of_the_folder_is_passed_over(self, write: Write, work: Path) -> None:
        outside = write("outside/secret", b"x")
        write("tree/a.py")
        (work / "tree" / "link.py").symlink_to(outside)
        assert find("tree") == ["tree/a.py"]
        assert find("tree/link.py") == ["tree/link.py*"]

    def test_a_link_named_outright_and_its_target(self, write: Write, work: Path) -> None:
        write("z.py")
        (work / "a.py").symlink_to("z.py")
        assert find("a.py", "z.py") == ["a.py*"]

    def test_links_that_lead_nowhere(self, work: Path) -> None:
        (work / "a.py").symlink_to("nowhere.py")
        (work / "b.py").symlink_to("b.py")
        (work / "c.py").symlink_to("d.py")
        (work / "d.py").symlink_to("c.py")
        assert find(".") == []


class TestExclude:
    def test_globs_are_gitignores_and_relative_to_their_file(self, write: Write, monkeypatch: pytest.MonkeyPatch, work: Path) -> None:
        write("pyproject.toml", "[tool.pyfix]\nexclude=['/src/gen', '*_pb2.py', 'old/*', '!old/keep.py']")
        for name in ("a.py", "src/a.py", "src/gen/a.py", "gen/a.py", "x/y_pb2.py", "old/a.py", "old/keep.py"):
            write(name)
        assert find(".") == ["a.py", "gen/a.py", "old/keep.py", "src/a.py"]
        monkeypatch.chdir(work / "src")
        assert find(".") == ["a.py"]
        assert find("..") == ["../a.py", "../gen/a.py", "../old/keep.py", "../src/a.py"]

    def test_they_hold_in_a_folder_named_outright(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nexclude=['examples/bad']")
        write("examples/bad/deep/a.py")
        assert find("examples/bad", "examples/bad/deep") == []

    def test_unless_the_folder_has_a_table_of_its_own(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nexclude=['examples/bad']")
        write("examples/bad/pyproject.toml", "[tool.pyfix]")
        write("examples/bad/a.py")
        write("b.py")
        assert find(".") == ["b.py"]
        assert find("examples/bad") == ["examples/bad/a.py"]
        assert find("examples/bad/a.py", force_exclude=True) == []

    def test_those_of_the_command_line_are_relative_to_the_working_folder(self, write: Write) -> None:
        write("pyproject.toml", "[tool.pyfix]\nexclude=['b.py']")
        for name in ("a.py", "b.py", "c.py", "sub/c.py", "sub/d.py"):
            write(name)
        assert find(".", exclude=("/c.py", "d.py")) == ["a.py", "sub/c.py"]
        assert find("sub", exclude=("/sub/c.py",)) == ["sub/d.py"]

    def test_or_to_the_folder_walked_outside_of_it(self, write: Write, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write("tree/a.py")
        write("tree/sub/a.py")
        (work / "elsewhere").mkdir()
        monkeypatch.chdir(work / "elsewhere")
        assert find("../tree", exclude=("/a.py",)) == ["../tree/sub/a.py"]


class TestBrokenConfiguration:
    def test_it_is_reported_once_and_costs_what_it_governs(self, write: Write, work: Path) -> None:
        write("bad/pyproject.toml", "[tool.pyfix]\nx = 1")
        for name in ("a.py", "bad/a.py", "bad/sub/b.py", "c.py"):
            write(name)
        found = find(".", "bad/a.py")
        assert len(found) == 3
        assert found[0] == "a.py"
        assert found[1].startswith(f"{work}/bad/pyproject.toml:2: unknown key 'x' in [tool.pyfix]")
        assert found[2] == "c.py"

    def test_of_a_named_file(self, write: Write, work: Path) -> None:
        write("bad/pyproject.toml", "[tool.pyfix]\nx = 1")
        write("bad/a.py")
        write("bad/b.py")
        assert len(find("bad/a.py", "bad/b.py")) == 1


@pytest.mark.parametrize(
    "name", ["new\nline.py", "caf\u00e9.py", os.fsdecode(b"\xff\xfe.py"), "-rf.py", "a b.py", "\x1b[31m.py", "\u202egnp.py"]
)
def test_any_name_is_found(write: Write, name: str) -> None:
    write(f"sub/{name}")
    assert find(".") == [f"sub/{name}"]
    assert find(f"./sub/{name}") == [f"sub/{name}*"]


def test_a_file_that_does_not_exist_yet_can_be_judged(write: Write) -> None:
    write(".git/HEAD")
    write(".gitignore", "gen/\n")
    write("pyproject.toml", "[tool.pyfix]\nexclude=['out']")
    for name, excluded in (("gen/a.py", True), ("out/x/a.py", True), (".venv/a.py", True), ("src/a.py", False), ("a.py", False)):
        assert is_excluded(Path(name), configuration()) is excluded, name


def test_three_thousand_files_take_less_than_a_tenth_of_a_second(write: Write, work: Path) -> None:
    write(".git/HEAD")
    write(
        ".gitignore",
        "\n".join(
            f"*.{suffix}"
            for suffix in [
                "pyc",
                "pyo",
                "so",
                "log",
                "tmp",
                "bak",
                "swp",
                "orig",
                "rej",
                "o",
                "a",
                "lib",
                "dll",
                "exe",
                "cache",
                "db",
                "sqlite",
            ]
        ),
    )
    write("pyproject.toml", "[project]\nrequires-python='>=3.9'\n[tool.pyfix]\nexclude=['/build', '*_pb2.py']")
    for folder in range(300):
        for file in range(10):
            write(f"package_{folder % 17}/sub_{folder}/module_{file}.py")
    find(".")  # imports
    best = 1.0
    for _ in range(5):
        start = time.process_time()
        assert len(list(discover([work], configuration()))) == 3000
        best = min(best, time.process_time() - start)
    assert best < 0.2, f"{best:.3f} s"  # twice what it may take, since machines are busy
