"""One file replaced as a whole, or left with a reason."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace import replace
from codemods.workspace.apply import Applied
from tests.workspace.faults import fork

Write = Callable[..., Path]
Fix = Callable[..., list[Applied]]
Foreign = Callable[[], set[str]]


def cause(applied: list[Applied]) -> str:
    assert len(applied) == 1
    assert not applied[0].written
    assert "\n" not in applied[0].cause
    return applied[0].cause


def test_a_file_gets_its_new_bytes_as_another_file(write: Write, fix: Fix, foreign_names: Foreign) -> None:
    path = write("a.py", b"bad \r\n\xff")
    before = path.stat().st_ino
    (applied,) = fix(path)
    assert applied.written
    assert applied.cause == ""
    assert path.read_bytes() == b"good \r\n\xff"
    assert path.stat().st_ino != before
    assert foreign_names() == set()


@pytest.mark.parametrize(
    "name", ["new\nline.py", "caf\u00e9.py", os.fsdecode(b"\xff\xfe.py"), "-rf.py", "a b.py", "a" * 252 + ".py", "\x1b[31m.py"]
)
def test_any_name(write: Write, fix: Fix, name: str) -> None:
    path = write(f"sub/{name}", b"bad")
    assert fix(path)[0].written
    assert path.read_bytes() == b"good"
    assert os.listdir(path.parent) == [name]


class TestLinks:
    def test_a_link_stays_and_its_target_is_written(self, write: Write, fix: Fix, work: Path) -> None:
        target = write("real/a.py", b"bad")
        (work / "link.py").symlink_to("real/a.py")
        assert fix(Path("link.py"))[0].written
        assert os.readlink("link.py") == "real/a.py"
        assert target.read_bytes() == b"good"

    def test_a_chain_of_links_through_folders(self, write: Write, fix: Fix, work: Path) -> None:
        target = write("real/a.py", b"bad")
        (work / "folder").symlink_to("real")
        (work / "one.py").symlink_to("two.py")
        (work / "two.py").symlink_to(work / "folder" / "a.py")
        assert fix(work / "one.py")[0].written
        assert target.read_bytes() == b"good"
        assert (work / "one.py").is_symlink()
        assert (work / "two.py").is_symlink()

    def test_a_link_that_was_turned_elsewhere_meanwhile(self, write: Write, fix: Fix, work: Path, meanwhile: Callable[..., None]) -> None:
        write("a.py", b"bad")
        other = write("other.py", b"bad")
        link = work / "link.py"
        link.symlink_to("a.py")

        def turn() -> None:
            link.unlink()
            link.symlink_to("other.py")

        meanwhile(turn)
        assert cause(fix(link)) == "changed since it was read; it was left as it is"
        assert other.read_bytes() == b"bad"

    def test_hard_links_are_not_parted(self, write: Write, fix: Fix, work: Path) -> None:
        path = write("a.py", b"bad")
        os.link(path, work / "b.py")
        assert cause(fix(path)) == "has 2 hard links, which replacing it would part"
        assert path.samefile(work / "b.py")
        assert path.read_bytes() == b"bad"


@pytest.fixture(params=["before staging", "before the rename"])
def meanwhile(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`meanwhile(act)` has somebody else act at a moment between reading and writing."""

    def arrange(act: Callable[[], object]) -> None:
        name = "stage" if request.param == "before staging" else "put"
        really = getattr(replace, name)

        def acting(*args: object) -> object:
            act()
            return really(*args)

        monkeypatch.setattr(f"codemods.workspace.apply.{name}", acting)

    return arrange


class TestMeanwhile:
    @pytest.mark.parametrize("data", [b"bad and more", b"BAD", b""])
    def test_it_was_written_in_place(self, write: Write, fix: Fix, meanwhile: Callable[..., None], data: bytes) -> None:
        path = write("a.py", b"bad")
        status = path.stat()

        def act() -> None:
            path.write_bytes(data)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # also where the clock does not tell

        meanwhile(act)
        assert cause(fix(path)) == "changed since it was read; it was left as it is"
        assert path.read_bytes() == data

    def test_it_was_replaced(self, write: Write, fix: Fix, meanwhile: Callable[..., None]) -> None:
        path = write("a.py", b"bad")
        meanwhile(lambda: write("b.py", b"new").replace(path))
        assert cause(fix(path)).startswith("changed")
        assert path.read_bytes() == b"new"

    def test_it_was_removed(self, write: Write, fix: Fix, meanwhile: Callable[..., None]) -> None:
        path = write("a.py", b"bad")
        meanwhile(path.unlink)
        cause(fix(path))
        assert not path.exists()

    def test_it_became_a_folder(self, write: Write, fix: Fix, meanwhile: Callable[..., None]) -> None:
        path = write("a.py", b"bad")
        meanwhile(lambda: (path.unlink(missing_ok=True) if path.is_file() else None, path.mkdir(exist_ok=True)))
        cause(fix(path))
        assert path.is_dir()

    def test_its_folder_was_removed(self, write: Write, fix: Fix, meanwhile: Callable[..., None]) -> None:
        path = write("sub/a.py", b"bad")
        meanwhile(lambda: path.parent.exists() and (path.unlink(), path.parent.rmdir()))
        cause(fix(path))
        assert not path.parent.exists()

    def test_it_was_only_touched(self, write: Write, fix: Fix, meanwhile: Callable[..., None]) -> None:
        path = write("a.py", b"bad")
        meanwhile(path.touch)
        assert fix(path)[0].written


class TestReadOnly:
    def test_a_file(self, write: Write, fix: Fix) -> None:
        path = write("a.py", b"bad")
        path.chmod(0o444)
        assert cause(fix(path)) == "is read-only"
        assert path.read_bytes() == b"bad"

    def test_a_folder(self, write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("sub/a.py", b"bad")
        really = os.access
        monkeypatch.setattr(os, "access", lambda name, mode: not str(name).endswith("sub") and really(name, mode))
        assert cause(fix(path)) == "lies in a folder that is read-only"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs a second user")
    def test_for_a_user_who_is_not_root(self, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
        """What root may do tells little; so a child gives its rights away first."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for path in (folder / "mine" / "a.py", folder / "theirs" / "a.py"):
                path.parent.mkdir()
                path.write_bytes(b"bad")
            (folder / "mine" / "a.py").chmod(0o666)
            for path in (folder, folder / "theirs", folder / "theirs" / "a.py"):
                os.chown(path, 65534, 65534)
            monkeypatch.chdir(folder)
            monkeypatch.setenv("PYFIX_STATE_DIR", str(folder / "state"))
            child = fork()
            if child == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
                mine, theirs = fix(Path("mine/a.py"), Path("theirs/a.py"))
                os._exit(0 if theirs.written and mine.cause == "lies in a folder that is read-only" else 1)
            assert os.waitpid(child, 0)[1] == 0
            monkeypatch.chdir("/")


class TestErrors:
    @pytest.mark.parametrize("number", [errno.EPERM, errno.EBUSY, errno.EROFS, errno.ENOSPC, errno.EIO])
    def test_of_the_rename(
        self, write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch, foreign_names: Foreign, state: Path, number: int
    ) -> None:
        path = write("a.py", b"bad")

        def refuse(*args: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "replace", refuse)
        assert cause(fix(path)) == os.strerror(number)
        assert path.read_bytes() == b"bad"
        assert foreign_names() == set()
        assert os.listdir(state / "runs") == []

    def test_of_writing_one_of_several(self, write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
        paths = [write(f"{number}.py", b"bad" + b"x" * number) for number in range(3)]
        really = os.write

        def full(handle: int, data: bytes) -> int:
            if bytes(data) == b"goodx":
                raise OSError(errno.ENOSPC, "No space left on device")
            return really(handle, data)

        monkeypatch.setattr(os, "write", full)
        applied = fix(*paths)
        assert [one.written for one in applied] == [True, False, True]
        assert applied[1].cause == "its new content cannot be written (No space left on device)"
        assert [path.read_bytes()[:4] for path in paths] == [b"good", b"badx", b"good"]


class TestOtherFileSystem:
    def test_by_a_file_without_a_name(self, other_file_system: Path, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
        path = other_file_system / "a.py"
        path.write_bytes(b"bad")
        path.chmod(0o741)
        linked = []
        really = os.link
        monkeypatch.setattr(os, "link", lambda *args, **options: (linked.append(args), really(*args, **options)))
        assert fix(path)[0].written
        assert len(linked) == 1
        assert path.read_bytes() == b"good"
        assert path.stat().st_mode & 0o777 == 0o741
        assert os.listdir(other_file_system) == ["a.py"]

    def test_by_a_name_where_there_are_none_without(self, other_file_system: Path, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
        path = other_file_system / "a.py"
        path.write_bytes(b"bad")
        really = os.open
        opened = []

        def without(name: str, flags: int, *args: int, **options: int) -> int:
            if hasattr(os, "O_TMPFILE") and flags & os.O_TMPFILE == os.O_TMPFILE:
                raise OSError(errno.EOPNOTSUPP, "Operation not supported")
            opened.append(str(name))
            return really(name, flags, *args, **options)

        monkeypatch.setattr(os, "open", without)
        assert fix(path)[0].written
        assert any("/.pyfix-" in name for name in opened)
        assert path.read_bytes() == b"good"
        assert os.listdir(other_file_system) == ["a.py"]

    def test_where_only_the_rename_tells(self, write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch, foreign_names: Foreign) -> None:
        """A folder that is mounted twice has one number, and no rename from the one place to the other."""
        path = write("a.py", b"bad")
        really = os.replace

        def across(source: str, target: str) -> None:
            if os.path.dirname(source) != os.path.dirname(target):
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            really(source, target)

        monkeypatch.setattr(os, "replace", across)
        assert fix(path)[0].written
        assert path.read_bytes() == b"good"
        assert foreign_names() == set()

    @pytest.mark.parametrize("failing", ["link", "replace"])
    def test_a_failure_leaves_no_name(self, other_file_system: Path, fix: Fix, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
        path = other_file_system / "a.py"
        path.write_bytes(b"bad")

        def refuse(*args: object, **options: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, failing, refuse)
        assert cause(fix(path)) == "Operation not permitted"
        assert path.read_bytes() == b"bad"
        assert os.listdir(other_file_system) == ["a.py"]
