"""`pyfix undo` from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from codemods.engine import pipeline
from codemods.model.outcome import Clean
from codemods.workspace import journal as journal_module
from tests.commands.call import NOTHING, SAFE, SAFE_AFTER, call, spawn

Write = Callable[[dict[str, bytes]], None]


def test_the_last_run_is_put_back(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "sub/b.py": SAFE})
    call(".")
    result = call("undo")
    assert (result.status, result.lines, result.err) == (0, ["put back a.py", "put back sub/b.py"], b"")
    assert (work / "a.py").read_bytes() == (work / "sub/b.py").read_bytes() == SAFE


def test_a_file_that_changed_since_is_left_and_named(work: Path, write: Write) -> None:
    write({"a.py": SAFE, "b.py": SAFE})
    call(".")
    write({"a.py": b"mine\n"})
    result = call("undo")
    assert (result.status, result.lines) == (2, ["put back b.py"])
    assert result.complaints[0].startswith("a.py: not put back: changed since")
    assert (work / "a.py").read_bytes() == b"mine\n"


def test_nothing_to_undo(work: Path) -> None:
    result = call("undo")
    assert (result.status, result.out) == (0, b"")
    assert "there is nothing to undo below" in result.complaints[0]


def test_runs_are_listed_and_put_back_by_name(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    call(".")
    call("undo")
    listed = call("undo", "--list").lines
    assert [line.split()[1:] for line in listed] == [["undo", "1", "file"], ["fix", "1", "file", "undone"]]
    assert call("undo", "--run", listed[0].split()[0]).status == 0
    assert (work / "a.py").read_bytes() == SAFE_AFTER
    assert call("undo", "--run", "nonsense").status == 2


def test_a_run_of_another_process_is_put_back(work: Path, write: Write) -> None:
    write({"a.py": SAFE})
    spawn(".")
    assert spawn("undo").out == b"put back a.py\n"
    assert (work / "a.py").read_bytes() == SAFE


TWO = SAFE + b'\n\ndef greet(name: str) -> str:\n    return "Hello, " + name + "!"\n'
TWO_AFTER = TWO.replace(b".keys()", b"").replace(b'"Hello, " + name + "!"', b'f"Hello, {name}!"')
# One line that two rules rewrite together.
JOINED = b'def show(rows: list[str]) -> None:\n    for i in range(len(rows)):\n        print("row " + rows[i] + "!")\n'


class TestFile:
    def test_one_of_several(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE, "b.py": SAFE, "sub/c.py": SAFE, "sub/d.py": SAFE})
        call(".")
        assert call("undo", "--file", "a.py", "--file", "sub").lines == ["put back a.py", "put back sub/c.py", "put back sub/d.py"]
        assert (work / "b.py").read_bytes() == SAFE_AFTER
        assert call("undo").lines == ["put back b.py"]  # the rest of the run, which was not undone as a whole
        assert call("undo").lines == []

    def test_again_goes_to_the_run_before(self, work: Path, write: Write) -> None:
        write({"a.py": TWO, "b.py": SAFE})
        call(".", "--select", "dict-keys")
        call(".", "--select", "string-concat")
        assert call("undo", "--file", "a.py").lines == ["put back a.py"]
        assert (work / "a.py").read_bytes() == TWO.replace(SAFE, SAFE_AFTER)
        assert call("undo", "--file", "a.py").lines == ["put back a.py"]
        assert (work / "a.py").read_bytes() == TWO
        again = call("undo", "--file", "a.py")
        assert (again.status, again.out, again.complaints) == (0, b"", ["pyfix: there is nothing to undo in a.py"])

    def test_one_that_the_run_did_not_change(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE, "b.py": NOTHING})
        call(".")
        result = call("undo", "--file", "b.py", "--file", "a.py")
        assert (result.status, result.lines) == (2, ["put back a.py"])
        assert result.complaints[0].startswith("b.py: not put back: was not changed by the run 2")

    def test_one_that_changed_since_is_refused_and_the_others_are_not_looked_at(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE, "b.py": SAFE})
        call(".")
        write({"a.py": b"mine\n", "b.py": b"mine\n"})
        result = call("undo", "--file", "a.py")
        assert (result.status, result.complaints) == (2, ["a.py: not put back: changed since; it was left as it is"])

    def test_it_can_be_outside_of_the_working_folder(self, work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write({"a.py": SAFE, "sub/b.py": NOTHING})
        (work / "link.py").symlink_to("a.py")
        call("a.py")
        monkeypatch.chdir(work / "sub")
        assert call("undo", "--file", "../link.py").lines == ["put back ../a.py"]


class TestRule:
    def test_what_another_rule_did_to_the_file_stays(self, work: Path, write: Write) -> None:
        write({"a.py": TWO, "b.py": SAFE, "c.py": TWO.partition(b"\n\n\n")[2]})
        call(".")
        assert (work / "a.py").read_bytes() == TWO_AFTER
        assert call("undo", "--rule", "dict-keys").lines == ["put back a.py", "put back b.py"]
        assert (work / "a.py").read_bytes() == TWO_AFTER.replace(SAFE_AFTER, SAFE)
        assert (work / "c.py").read_bytes().endswith(b'f"Hello, {name}!"\n')
        again = call("undo", "--rule", "dict-keys")
        assert (again.status, again.out) == (0, b"")
        assert again.complaints[0].startswith("pyfix: there is nothing of dict-keys to undo below ")

    def test_then_the_other_rule(self, work: Path, write: Write) -> None:
        write({"a.py": TWO})
        call(".")
        call("undo", "--rule", "dict-keys")
        assert call("undo", "--rule", "string-concat").lines == ["put back a.py"]
        assert (work / "a.py").read_bytes() == TWO

    def test_then_all(self, work: Path, write: Write) -> None:
        write({"a.py": TWO, "b.py": SAFE})
        call(".")
        call("undo", "--rule", "string-concat")
        assert call("undo").lines == ["put back a.py", "put back b.py"]
        assert ((work / "a.py").read_bytes(), (work / "b.py").read_bytes()) == (TWO, SAFE)
        assert call("undo").lines == []

    def test_all_its_rules_at_once(self, work: Path, write: Write) -> None:
        write({"a.py": TWO})
        call(".")
        assert call("undo", "--rule", "dict-keys", "--rule", "string-concat").lines == ["put back a.py"]
        assert (work / "a.py").read_bytes() == TWO

    def test_an_undo_of_it_and_it_again(self, work: Path, write: Write) -> None:
        write({"a.py": TWO})
        call(".")
        call("undo", "--rule", "dict-keys")
        undo = call("undo", "--list").lines[0].split()[0]
        assert call("undo", "--run", undo).lines == ["put back a.py"]
        assert (work / "a.py").read_bytes() == TWO_AFTER
        assert call("undo", "--rule", "dict-keys").lines == ["put back a.py"]
        assert (work / "a.py").read_bytes() == TWO_AFTER.replace(SAFE_AFTER, SAFE)

    @pytest.mark.parametrize("rule", ["range-len", "string-concat"])
    def test_where_two_rules_worked_on_the_same_words(self, work: Path, write: Write, rule: str) -> None:
        """It becomes what the run would have made of it without the rule, and the rest of the file stays."""
        write({"a.py": JOINED + TWO, "b.py": JOINED + TWO})
        call("a.py")
        call("b.py", "--ignore", rule)
        assert (work / "a.py").read_bytes() != (work / "b.py").read_bytes()
        assert call("undo", "--rule", rule, "--file", "a.py").status == 0
        assert (work / "a.py").read_bytes() == (work / "b.py").read_bytes()

    def test_in_any_encoding_and_with_any_line_ends(self, work: Path, write: Write) -> None:
        for encoding in ("latin-1", "utf-8-sig", "shift_jis"):
            name = "größe" if encoding == "latin-1" else "大きさ"
            text = f"# coding: {encoding}\n{name} = 1\n".encode(encoding) + TWO.replace(b"\n", b"\r\n")
            write({"a.py": text})
            assert call("a.py").status == 0
            assert call("undo", "--rule", "string-concat").lines == ["put back a.py"]
            assert (work / "a.py").read_bytes() == text.replace(b".keys()", b"")
            call("undo")

    def test_an_import_that_was_added_for_it_goes_too(self, work: Path, write: Write) -> None:
        text = b"def add(to: list[int] = []) -> None:\n    to.append(1)\n" + TWO
        write({"a.py": text})
        call("a.py", "--target-version", "3.9")
        assert b"from typing import Optional" in (work / "a.py").read_bytes()
        assert call("undo", "--rule", "mutable-default").status == 0
        assert (work / "a.py").read_bytes() == text.replace(TWO, TWO_AFTER)

    def test_a_file_that_changed_since_is_refused(self, work: Path, write: Write) -> None:
        write({"a.py": TWO, "b.py": SAFE})
        call(".")
        write({"a.py": TWO_AFTER + b"\n"})
        result = call("undo", "--rule", "dict-keys")
        assert (result.status, result.lines) == (2, ["put back b.py"])
        assert result.complaints == ["a.py: not put back: changed since; it was left as it is"]

    def test_what_would_not_stand_without_it_is_refused(self, work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        """Here a later pyfix makes another text of the old one."""
        write({"a.py": TWO})
        call(".")
        monkeypatch.setattr(pipeline, "process", lambda data, settings, **_: Clean())
        result = call("undo", "--rule", "dict-keys")
        assert (result.status, result.out) == (2, b"")
        assert result.complaints == [
            "a.py: not put back: its other rewrites do not stand without those of `dict-keys`; it was left as it is"
        ]
        assert call("undo").status == 0

    def test_an_edit_that_was_tampered_with_is_refused(self, work: Path, write: Write) -> None:
        write({"a.py": TWO})
        call(".")
        (journal,) = (work.parent / "state" / "runs").glob("*/journal.jsonl")
        for old, new in (
            (b"Hello, {name}", b"Hello, {evil}"),
            (b'"edits": [[', b'"edits": [[9'),
            (b'"string-concat"], ["dict', b'"x"], ["dict'),
        ):
            text = journal.read_bytes()
            journal.write_bytes(text.replace(old, new))
            if journal.read_bytes() == text:
                continue
            result = call("undo", "--rule", "dict-keys")
            assert result.status == 2
            assert "its edits are damaged in the journal" in result.complaints[0]
            journal.write_bytes(text)
        assert (work / "a.py").read_bytes() == TWO_AFTER

    def test_a_rename(self, work: Path, write: Write) -> None:
        write({"a.py": b"def f():\n    total = 1\n    return total\n"})
        assert call("rename", "a.py:2:5", "count").status == 0
        assert call("undo", "--rule", "dict-keys").out == b""
        assert call("undo", "--rule", "rename").lines == ["put back a.py"]

    def test_a_rule_that_there_is_not(self, work: Path) -> None:
        result = call("undo", "--rule", "dict-kyes")
        assert result.status == 2
        assert "did you mean `dict-keys`" in result.err.decode()

    def test_no_room_for_edits(self, work: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(journal_module, "as_recorded", lambda edits, settings: {})
        write({"a.py": TWO})
        call(".")
        result = call("undo", "--rule", "dict-keys")
        assert result.complaints == ["a.py: not put back: the journal does not say what `dict-keys` did in it; it was left as it is"]
        assert call("undo").status == 0
        assert (work / "a.py").read_bytes() == TWO


def test_a_listing_stands_alone(work: Path) -> None:
    assert call("undo", "--list", "--rule", "dict-keys").status == call("undo", "--list", "--file", "a.py").status == 2


def test_what_was_put_back_and_then_changed_is_the_users(work: Path, write: Write) -> None:
    write({"a.py": TWO, "b.py": TWO})
    call(".")
    call("undo", "--rule", "dict-keys", "--file", "a.py")
    call("undo", "--file", "b.py")
    write({"a.py": b"mine\n", "b.py": b"mine\n"})
    assert call("undo", "--rule", "dict-keys").complaints[0].startswith("pyfix: there is nothing of dict-keys to undo")
    result = call("undo")
    assert (result.status, result.complaints) == (2, ["a.py: not put back: changed since; it was left as it is"])  # string-concat's
    assert (work / "a.py").read_bytes() == (work / "b.py").read_bytes() == b"mine\n"
