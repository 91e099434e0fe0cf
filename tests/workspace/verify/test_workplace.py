"""Copies of a tree: what is in them, that nothing leads out of them, and what becomes of them when a run is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from codemods.workspace.verify import copying
from codemods.workspace.verify.judges import CommandJudge
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.session import verify
from codemods.workspace.verify.sites import Rewrites
from codemods.workspace.verify.workplace import PREFIX, Workplace, sweep, workplace
from tests.workspace.verify.seeded import PROCESS, judged, project


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


def git(folder: Path, *arguments: str) -> str:
    name = ("-c", "user.name=a", "-c", "user.email=a@b")
    return subprocess.run(["git", *name, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(work: Path) -> Path:
    """One commit, and work in progress upon it."""
    git(work, "init", "--quiet")
    for name, text in {
        "kept.py": "1",
        "changed.py": "1",
        "staged.py": "1",
        "gone.py": "1",
        ".gitignore": "_version.py\n.venv\nbuild/\n",
    }.items():
        (work / name).write_text(text)
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "first")
    (work / "changed.py").write_text("2")
    (work / "staged.py").write_text("2")
    (work / "new.py").write_text("new")
    git(work, "add", "staged.py", "new.py")
    (work / "gone.py").unlink()
    (work / "untracked.py").write_text("untracked")
    (work / "_version.py").write_text("ignored")
    for name in ("build/made.txt", ".venv/pyvenv.cfg", "__pycache__/kept.pyc"):
        (work / name).parent.mkdir()
        (work / name).write_text(name)
    return work


def test_a_worktree_has_the_files_as_they_lie(repository: Path, temporary: Path) -> None:
    before = git(repository, "status", "--porcelain")
    with workplace(repository, repository) as place:
        found = {
            name: (place.folder / name).read_text()
            for name in ("kept.py", "changed.py", "staged.py", "new.py", "untracked.py", "_version.py")
        }
        assert found == {
            "kept.py": "1",
            "changed.py": "2",
            "staged.py": "2",
            "new.py": "new",
            "untracked.py": "untracked",
            "_version.py": "ignored",
        }
        assert not (place.folder / "gone.py").exists()
        assert (place.folder / "build" / "made.txt").is_file()
        assert not (place.folder / "build").is_symlink()
        assert (place.folder / ".venv").is_symlink()
        assert not (place.folder / "__pycache__").exists()
        assert git(place.folder, "rev-parse", "HEAD") == git(repository, "rev-parse", "HEAD")
        assert set(git(place.folder, "status", "--porcelain").splitlines()) == {*before.splitlines()} - {"?? __pycache__/"}
    assert git(repository, "status", "--porcelain") == before
    assert len(git(repository, "worktree", "list").splitlines()) == 1
    assert os.listdir(temporary) == []
    assert (repository / ".venv" / "pyvenv.cfg").exists()


def test_an_environment_that_nobody_has_told_git_of(repository: Path) -> None:
    (repository / "env" / "lib").mkdir(parents=True)
    (repository / "env" / "pyvenv.cfg").write_text("")
    with workplace(repository, repository) as place:
        assert (place.folder / "env").is_symlink()


def test_the_working_folder_is_the_user_s(repository: Path) -> None:
    (repository / "below").mkdir()
    (repository / "below" / "a.py").write_text("")
    with workplace(repository, repository / "below") as place:
        assert place.working == place.folder / "below"
        assert (place.working / "a.py").exists()


def test_a_repository_without_a_commit_and_a_folder_without_a_repository(work: Path, temporary: Path) -> None:
    (work / "a.py").write_text("1")
    with workplace(work, work) as place:
        assert (place.folder / "a.py").read_text() == "1"
    git(work, "init", "--quiet")
    with workplace(work, work) as place:
        assert (place.folder / "a.py").read_text() == "1"
        assert not (place.folder / ".git").exists()
    assert os.listdir(temporary) == []


def test_what_is_large_and_ignored_is_linked(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "LINKED_BYTES", 10)
    (repository / "build" / "made.txt").write_text("more than ten bytes")
    with workplace(repository, repository) as place:
        assert (place.folder / "build").is_symlink()
        assert not (place.folder / "_version.py").is_symlink()
    assert (repository / "build" / "made.txt").exists()


def test_a_folder_that_is_too_large(work: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "COPIED_BYTES", 10)
    (work / "a.py").write_text("more than ten bytes")
    with pytest.raises(VerifyError, match="19 bytes and more, too much to copy"), workplace(work, work):
        pass
    assert os.listdir(temporary) == []


def test_nothing_is_written_through_a_link_that_leads_out(work: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text("theirs")
    (work / "out.py").symlink_to(tmp_path / "outside.py")
    (work / "a.py").write_text("1")
    (work / "in.py").symlink_to(work / "a.py")
    with workplace(work, work) as place:
        place.put({"in.py": b"2"})
        assert (place.folder / "a.py").read_bytes() == b"2"
        with pytest.raises(VerifyError, match=r"out\.py leads out of the copy"):
            place.put({"out.py": b"2"})
    assert (work / "a.py").read_text() == "1"
    assert (tmp_path / "outside.py").read_text() == "theirs"


def test_a_change_of_the_same_size_in_the_same_second_is_seen_by_python(work: Path) -> None:
    """Else the compiled file of the version before would be run."""
    project(work, pkg__value="x = 1\n")
    with workplace(work, work) as place:
        for text in ("x = 2\n", "x = 3\n", "x = 1\n", "x = 2\n"):
            place.put({"pkg/value.py": text.encode()})
            done = subprocess.run(
                [sys.executable, "-c", "from pkg.value import x; print(x)"], cwd=place.folder, capture_output=True, text=True, check=True
            )
            assert text == f"x = {done.stdout}"


KILLED = """
import os, signal, sys
from pathlib import Path
from codemods.workspace.verify.workplace import workplace
with workplace(Path(sys.argv[1]), Path(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_goes_with_the_next(repository: Path, temporary: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", KILLED, str(repository)], env=environment, check=False)
    [left] = os.listdir(temporary)
    assert len(git(repository, "worktree", "list").splitlines()) == 2
    with workplace(repository, repository) as place:
        assert os.listdir(temporary) == [place.aside.name] != [left]
        sweep(temporary)  # another run that begins meanwhile leaves ours alone
        assert place.folder.exists()
    assert os.listdir(temporary) == []
    assert len(git(repository, "worktree", "list").splitlines()) == 1


def test_a_folder_that_another_run_is_making_is_left(temporary: Path, work: Path) -> None:
    (temporary / f"{PREFIX}mine").mkdir()
    (temporary / f"{PREFIX}mine" / "of").write_text("/")
    (temporary / f"{PREFIX}half").mkdir()
    (temporary / f"{PREFIX}old").mkdir()
    os.utime(temporary / f"{PREFIX}old", (1_600_000_000, 1_600_000_000))
    with workplace(work, work):
        pass
    assert sorted(os.listdir(temporary)) == [f"{PREFIX}half"]


# --- an editable install: the package is found in the user's own tree, wherever the tests run -------------------------------------------


@pytest.fixture
def editable(work: Path, tmp_path: Path) -> Iterator[Path]:
    """A project of the src layout whose check has the package installed: a `.pth` names the user's tree, as `pip install -e` writes it."""
    project(work / "src")
    site = tmp_path / "site"
    site.mkdir()
    (site / "pkg.pth").write_text(f"{work / 'src'}\n")
    check = (work / "src" / "check.py").read_text()
    (work / "src" / "check.py").unlink()
    (work / "check.py").write_text(f"import site\nsite.addsitedir({str(site)!r})\n{check}")
    return work


def found_by(folder: Path, command: str) -> list[tuple[str, int]]:
    rewrites = Rewrites(folder, judged(folder / "src"), PROCESS)
    with workplace(folder, folder) as place:
        result = verify(rewrites, CommandJudge(command, place, rewrites.paths), place)
    return [(site.path, site.place.line) for culprit in result.culprits for site in culprit.sites]


def test_an_editable_install_does_not_hide_the_copy(editable: Path) -> None:
    assert found_by(editable, f"{sys.executable} check.py") == [("src/pkg/sizes.py", 6)]


def test_a_command_that_imports_the_user_s_tree_all_the_same_is_found_out(editable: Path) -> None:
    """`-E` passes over PYTHONPATH: every run is green, the wrong rewrite and the failure on purpose notwithstanding."""
    with pytest.raises(VerifyError, match="cannot see the change"):
        found_by(editable, f"{sys.executable} -E check.py")


def test_a_path_that_names_the_user_s_tree_leads_to_the_copy(editable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(editable / "lib"), "/elsewhere"]))
    (editable / "lib").mkdir()
    with workplace(editable, editable) as place:
        path = CommandJudge("true", place, ["src/pkg/sizes.py"])._variables["PYTHONPATH"].split(os.pathsep)
    assert path == [str(place.folder), str(place.folder / "src"), str(place.folder / "lib"), "/elsewhere"]


def test_a_workplace_of_the_caller_s_own(work: Path, tmp_path: Path) -> None:
    """Whoever has a clone to spare verifies in it."""
    project(work)
    (tmp_path / "aside").mkdir()
    place = Workplace(work, work, work, tmp_path / "aside")
    rewrites = Rewrites(work, judged(work), PROCESS)
    result = verify(rewrites, CommandJudge(f"{sys.executable} check.py", place, rewrites.paths), place)
    place.put(rewrites.tree(result.kept))
    assert (work / "pkg" / "sizes.py").read_text().count("abs(") == 1
