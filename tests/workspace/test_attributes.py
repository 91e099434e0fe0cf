"""What a file has besides its bytes stays."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.workspace.apply import Applied

Write = Callable[..., Path]
Fix = Callable[..., list[Applied]]

needs_attributes = pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes on this platform")
needs_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
# An access list as the kernel stores it: owner rw, user 1 rw, group r, mask rw, others none.
ACCESS_LIST = bytes.fromhex("0200000001000600ffffffff020006000100000004000400ffffffff10000600ffffffff20000000ffffffff")


def set_attribute(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError:
        pytest.skip(f"no {name} on this file system")


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o640, 0o6755, 0o1777, 0o200])
def test_the_mode(write: Write, fix: Fix, mode: int) -> None:
    path = write("a.py", b"bad")
    path.chmod(mode)
    assert fix(path)[0].written
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_whatever_the_mask_for_new_files(write: Write, fix: Fix) -> None:
    path = write("a.py", b"bad")
    path.chmod(0o666)
    before = os.umask(0o077)
    try:
        assert fix(path)[0].written
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666


@needs_root
def test_the_owner(write: Write, fix: Fix) -> None:
    path = write("a.py", b"bad")
    os.chown(path, 1234, 5678)
    path.chmod(0o4755)
    assert fix(path)[0].written
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 5678, 0o4755)


def test_an_owner_that_cannot_be_kept(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"bad")
    really = os.fstat

    class Foreign:
        st_uid, st_gid = 99999, 99999

        def __init__(self, status: os.stat_result) -> None:
            self.status = status

        def __getattr__(self, name: str) -> object:
            return getattr(self.status, name)

    def refuse(*args: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("codemods.workspace.attributes.os.fstat", lambda handle: Foreign(really(handle)))
    monkeypatch.setattr(os, "fchown", refuse)
    (applied,) = fix(path)
    assert applied.cause == "its owner cannot be kept (Operation not permitted)"
    assert path.read_bytes() == b"bad"


@needs_attributes
def test_extended_attributes(write: Write, fix: Fix) -> None:
    path = write("a.py", b"bad")
    set_attribute(path, "user.origin", b"\x00\xff")
    set_attribute(path, "user.empty", b"")
    assert fix(path)[0].written
    assert path.read_bytes() == b"good"
    assert {name: os.getxattr(path, name) for name in os.listxattr(path)} == {"user.origin": b"\x00\xff", "user.empty": b""}


@needs_attributes
def test_access_lists(write: Write, fix: Fix) -> None:
    path = write("a.py", b"bad")
    set_attribute(path, "system.posix_acl_access", ACCESS_LIST)
    before = os.getxattr(path, "system.posix_acl_access")
    mode = path.stat().st_mode
    assert fix(path)[0].written
    assert os.getxattr(path, "system.posix_acl_access") == before
    assert path.stat().st_mode == mode


@needs_attributes
def test_nothing_is_inherited_from_where_the_content_was_made(write: Write, fix: Fix, state: Path) -> None:
    (state / "runs").mkdir(parents=True)
    set_attribute(state / "runs", "system.posix_acl_default", ACCESS_LIST)
    path = write("a.py", b"bad")
    path.chmod(0o644)
    assert fix(path)[0].written
    assert os.listxattr(path) == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@needs_attributes
def test_an_attribute_that_cannot_be_kept(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"bad")
    set_attribute(path, "user.origin", b"x")

    def refuse(*args: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "setxattr", refuse)
    (applied,) = fix(path)
    assert not applied.written
    assert applied.cause == "its extended attribute 'user.origin' cannot be kept (Operation not permitted)"
    assert path.read_bytes() == b"bad"
    assert os.getxattr(path, "user.origin") == b"x"


@needs_attributes
def test_an_attribute_that_cannot_be_taken_away(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"bad")
    really = os.listxattr
    monkeypatch.setattr(os, "listxattr", lambda file: [*really(file), *(["user.x"] if isinstance(file, int) else [])])
    (applied,) = fix(path)
    assert applied.cause.startswith("it would gain the extended attribute 'user.x'")
    assert path.read_bytes() == b"bad"


@needs_attributes
def test_a_label_of_the_system_is_no_reason_to_refuse(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.py", b"bad")
    really = os.listxattr
    monkeypatch.setattr(os, "listxattr", lambda file: [*really(file), *(["security.selinux"] if isinstance(file, int) else [])])
    assert fix(path)[0].written


@needs_attributes
def test_a_file_system_without_attributes(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(file: object) -> list[str]:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "listxattr", unsupported)
    assert fix(write("a.py", b"bad"))[0].written


@needs_attributes
def test_attributes_that_cannot_be_read(write: Write, fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(file: object) -> list[str]:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "listxattr", broken)
    assert fix(write("a.py", b"bad"))[0].cause == "its extended attributes cannot be read (Input/output error)"
