"""Names and kinds of files that are meant to harm: each is processed, or is one line on stderr, and nothing outside is touched."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.call import SAFE, SAFE_AFTER, call, spawn

Write = Callable[..., None]

NAMES = [
    b"new\nline.py",
    b"re\rturn.py",
    b"tab\t.py",
    b"\x1b[2J\x1b]0;title\x07.py",
    b"caf\xe9 latin.py",
    b"\xff\xfe.py",
    b"\xed\xa0\x80 surrogate.py",
    "\u202egnp.py".encode(),
    "e\u0301 and \u00e9.py".encode(),
    b"--diff.py",
    b"$(touch owned).py",
    b"; touch owned;.py",
    b"%s%n{0}.py",
    b"quote'\".py",
    b"back\\slash.py",
    b" space .py",
    b"*.py",
    b"[bold]markup[reset].py",
    b"a" * 252 + b".py",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_one_line_and_comes_back(work: Path, name: bytes) -> None:
    folder = os.fsencode(work)
    path = os.path.join(folder, b"./" + name)
    Path(os.fsdecode(path)).write_bytes(SAFE)
    result = call(".")
    assert (result.status, result.err) == (0, b"")
    assert [line.partition(": ")[2] for line in result.lines] == ["1 site (dict-keys 1)", ""]
    assert all(byte >= 32 for byte in result.out.replace(b"\n", b""))
    assert Path(os.fsdecode(path)).read_bytes() == SAFE_AFTER
    assert os.listdir(folder) == [name]
    assert call("undo").status == 0
    assert Path(os.fsdecode(path)).read_bytes() == SAFE


class TestLinks:
    def test_one_that_leaves_the_tree_is_not_written_through(self, work: Path, write: Write) -> None:
        write({"outside/a.py": SAFE, "outside/script": SAFE, "tree/b.py": SAFE})
        (work / "tree" / "link.py").symlink_to("../outside/a.py")
        (work / "tree" / "script.py").symlink_to("../outside/script")
        (work / "tree" / "folder").symlink_to("../outside")
        (work / "tree" / "absolute.py").symlink_to(work / "outside" / "script")
        assert call("tree").lines[-1] == "rewrote 1 site in 1 file"
        assert (work / "outside" / "a.py").read_bytes() == SAFE
        assert (work / "outside" / "script").read_bytes() == SAFE

    def test_one_that_is_named_is_written_through_and_stays_a_link(self, work: Path, write: Write) -> None:
        write({"outside/a.py": SAFE, "tree/b.py": b""})
        (work / "tree" / "link.py").symlink_to("../outside/a.py")
        assert call("tree/link.py").status == 0
        assert (work / "tree" / "link.py").is_symlink()
        assert (work / "outside" / "a.py").read_bytes() == SAFE_AFTER
        assert call("undo").status == 0
        assert (work / "outside" / "a.py").read_bytes() == SAFE

    def test_loops_end(self, work: Path, write: Write) -> None:
        write({"tree/a.py": SAFE})
        for name, target in (
            ("self.py", "self.py"),
            ("one.py", "other.py"),
            ("other.py", "one.py"),
            ("up", ".."),
            ("here", "."),
            ("in", "in"),
        ):
            (work / "tree" / name).symlink_to(target)
        assert call("tree").lines[-1] == "rewrote 1 site in 1 file"
        result = call("tree/self.py")
        assert (result.status, result.complaints) == (2, ["tree/self.py: Too many levels of symbolic links"])

    def test_a_file_that_turns_into_a_link_before_it_is_written(self, work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write({"tree/a.py": SAFE, "outside.py": SAFE})
        from codemods.workspace import apply as module

        really = module.resolve

        def turned(change: object) -> object:
            (work / "tree" / "a.py").unlink()
            (work / "tree" / "a.py").symlink_to(work / "outside.py")
            return really(change)  # type: ignore[arg-type]

        monkeypatch.setattr(module, "resolve", turned)
        result = call("tree")
        assert (result.status, result.complaints) == (2, ["tree/a.py: not rewritten: changed since it was read; it was left as it is"])
        assert (work / "outside.py").read_bytes() == SAFE

    @pytest.mark.parametrize("turns", ["a.py", "folder"])
    def test_one_that_turns_into_a_link_between_being_found_and_being_read(
        self, work: Path, write: Write, monkeypatch: pytest.MonkeyPatch, turns: str
    ) -> None:
        write({"tree/a.py": SAFE, "tree/folder/b.py": SAFE, "outside/a.py": SAFE, "outside/folder/b.py": SAFE})
        from codemods.workspace import pool as module

        really = module.content

        def turned(task: Any) -> object:
            if not (work / "tree" / turns).is_symlink():
                (work / "tree" / turns).rename(work / "gone")
                (work / "tree" / turns).symlink_to(work / "outside" / turns)
            return really(task)

        monkeypatch.setattr(module, "content", turned)
        result = call("tree", "-j1", "--no-cache")
        name = {"a.py": "tree/a.py", "folder": "tree/folder/b.py"}[turns]
        assert result.complaints == [f"{name}: not rewritten: became a link that leads out of the folder, after it was found"]
        assert (work / "outside" / "a.py").read_bytes() == (work / "outside" / "folder" / "b.py").read_bytes() == SAFE
        assert result.lines[-1].startswith("rewrote 1 site in 1 file")


class TestNoFiles:
    def made(self, work: Path) -> None:
        os.mkfifo(work / "pipe.py")
        (work / "zero.py").symlink_to("/dev/zero")
        (work / "terminal.py").symlink_to("/dev/tty")
        (work / "folder.py").mkdir()
        (work / "nowhere.py").symlink_to("missing")
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("socket.py")

    def test_found_in_a_folder_they_are_passed_over(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE})
        self.made(work)
        result = spawn(".")
        assert (result.status, result.lines[-1], result.err) == (0, "rewrote 1 site in 1 file", b"")

    def test_named_they_are_reported_and_not_opened(self, work: Path) -> None:
        self.made(work)
        result = spawn("pipe.py", "zero.py", "socket.py", "nowhere.py", "/dev/stdin", "\0.py" if os.name == "nt" else "/dev/null")
        assert result.status == 2
        assert result.complaints[:4] == [
            "pipe.py: is a named pipe, not a file",
            "zero.py: is a device, not a file",
            "socket.py: is a socket, not a file",
            "nowhere.py: No such file or directory",
        ]


def test_a_folder_nested_two_hundred_deep(work: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    try:
        for _ in range(200):
            os.mkdir("d")
            os.chdir("d")
        Path("a.py").write_bytes(SAFE)
    finally:
        os.fchdir(here)
        os.close(here)
    assert call(".").lines[-1] == "rewrote 1 site in 1 file"
    assert call("undo").status == 0
