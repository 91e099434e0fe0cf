"""Reading: bytes or one line, and nothing that is no file is ever opened."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace import files
from codemods.workspace.files import ReadError, read, read_bounded, sha256

Write = Callable[..., Path]


def test_bytes_come_as_they_are(write: Write) -> None:
    data = b"\xef\xbb\xbfx = 1\r\n\xff\x00"
    snapshot = read(write("a.py", data))
    assert snapshot.data == data
    assert snapshot.sha256 == sha256(data)
    assert snapshot.stamp.size == len(data)


def test_an_empty_file(write: Write) -> None:
    assert read(write("a.py")).data == b""


def test_a_link_gives_the_file_it_leads_to(write: Write, work: Path) -> None:
    target = write("a.py", b"x")
    (work / "link.py").symlink_to(target)
    assert read(work / "link.py").stamp == read(target).stamp


@pytest.mark.parametrize("name", ["new\nline.py", "caf\u00e9.py", os.fsdecode(b"\xff\xfe.py"), "-rf.py", "a" * 250 + ".py"])
def test_any_name_can_be_read(write: Write, name: str) -> None:
    assert read(write(name, b"x")).data == b"x"


def test_a_missing_file(work: Path) -> None:
    with pytest.raises(ReadError, match=r"^No such file or directory$"):
        read(work / "a.py")


def test_a_null_byte_in_the_path() -> None:
    with pytest.raises(ReadError, match="null"):
        read("a\0.py")


def test_a_loop_of_links(work: Path) -> None:
    (work / "a.py").symlink_to("b.py")
    (work / "b.py").symlink_to("a.py")
    with pytest.raises(ReadError, match="symbolic links"):
        read(work / "a.py")


def test_an_unreadable_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"x")
    monkeypatch.setattr(os, "open", _refuse)
    with pytest.raises(ReadError, match=r"^Permission denied$"):
        read(path)


def _refuse(*args: object, **kwargs: object) -> int:
    raise PermissionError(13, "Permission denied")


def test_a_folder(work: Path) -> None:
    with pytest.raises(ReadError, match="is a folder"):
        read(work)


def test_pipes_sockets_and_devices_are_not_opened(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(work / "pipe.py")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("socket.py")
    listener.close()
    monkeypatch.setattr(os, "open", lambda *args: pytest.fail("opened"))
    for name, words in (("pipe.py", "named pipe"), ("socket.py", "socket"), ("/dev/null", "device")):
        with pytest.raises(ReadError, match=words):
            read(name)


def test_a_pipe_that_takes_the_files_place_does_not_block(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"x")
    honest = os.stat(path)
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(os, "stat", lambda path: honest)
    with pytest.raises(ReadError, match="named pipe"):
        read(path)


def test_a_file_over_the_limit_is_not_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "READABLE_BYTES", 4_000_000)
    path = write("a.py")
    os.truncate(path, 4_000_000)
    monkeypatch.setattr(os, "read", lambda *args: pytest.fail("read"))
    with pytest.raises(ReadError, match=r"^is 4\.0 MB; files of 4\.0 MB and more are not read$"):
        read(path)


def test_a_file_that_grows_while_it_is_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"12345")
    really = os.read
    monkeypatch.setattr(os, "read", lambda handle, count: really(handle, count) or b"more")
    with pytest.raises(ReadError, match="grew"):
        read_bounded(str(path), 100)


def test_a_file_that_comes_in_pieces(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"123456789")
    really = os.read
    monkeypatch.setattr(os, "read", lambda handle, count: really(handle, min(count, 2)))
    assert read_bounded(str(path), 100) == b"123456789"
