"""Journals and caches that somebody wrote for us: nothing is written that a run of ours did not write, and nothing waits or ends the process."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from codemods.engine import registry
from codemods.engine.pipeline import process
from codemods.model.outcome import Clean, Edit, Fixed
from codemods.model.settings import Settings
from codemods.model.verdict import Refused, Safe, Verdict
from codemods.workspace.outcomes import NAME
from codemods.workspace.records import record
from codemods.workspace.state import new_id
from tests.commands.call import SAFE, SAFE_AFTER, call

Write = Callable[..., None]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Journal:
    """A forged run in the state directory: its lines, and the old content it claims."""

    def __init__(self, target: str | Path, old: bytes = b"old", **more: Any) -> None:
        self.run = new_id()
        self.folder = Path(os.environ["PYFIX_STATE_DIR"]) / "runs" / self.run
        self.folder.mkdir(parents=True)
        (self.folder / "originals").write_bytes(old)
        head = {"format": 1, "kind": "fix", "of": None, "folder": os.getcwd()}
        entry = {"file": 0, "shown": "a.py", "target": str(target), "before": sha256(old), "after": sha256(SAFE)}
        entry |= {"offset": 0, "size": len(old), "rules": ["dict-keys"]} | more
        lines = [head, entry, {"done": 0}, {"end": True, "left": 0}]
        (self.folder / "journal.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))


class TestJournals:
    def test_the_forgery_is_good(self, work: Path, write: Write) -> None:
        """Else the tests below would say nothing: what a journal says truly is done."""
        write({"a.py": SAFE})
        Journal(work / "a.py")
        assert call("undo").status == 0
        assert Path("a.py").read_bytes() == b"old"

    @pytest.mark.parametrize("target", ["a.py", "../{folder}/a.py", "./a.py", "", "a\0.py", "~/a.py", "$PWD/a.py"])
    def test_a_target_that_is_no_absolute_path(self, work: Path, write: Write, target: str) -> None:
        write({"a.py": SAFE})
        Journal(target.format(folder=work.name))
        assert call("undo").lines == []
        assert Path("a.py").read_bytes() == SAFE

    @pytest.mark.parametrize("target", ["{work}/sub/../a.py", "{work}/link.py", "{work}/here/a.py", "{work}/./a.py", "{work}//a.py"])
    def test_a_target_by_a_way_round(self, work: Path, write: Write, target: str) -> None:
        """What pyfix writes down are paths without links and dots; another one is refused, wherever it leads."""
        write({"a.py": SAFE, "sub/b.py": b""})
        (work / "link.py").symlink_to("a.py")
        (work / "here").symlink_to(".")
        Journal(target.format(work=work))
        assert call("undo").lines == []
        assert Path("a.py").read_bytes() == SAFE

    def test_a_file_that_does_not_hold_what_the_run_wrote(self, work: Path, write: Write) -> None:
        write({"a.py": b"precious"})
        Journal(work / "a.py")
        result = call("undo")
        assert (result.status, result.complaints) == (2, ["a.py: not put back: changed since; it was left as it is"])
        assert Path("a.py").read_bytes() == b"precious"

    def test_old_content_that_is_not_what_the_journal_says(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE})
        (Journal(work / "a.py").folder / "originals").write_bytes(b"odd")
        assert call("undo").status == 2
        assert Path("a.py").read_bytes() == SAFE

    @pytest.mark.parametrize("target", ["/dev/zero", "/dev/stdin", "/proc/self/mem", "{work}/pipe", "{work}"])
    def test_a_target_that_is_no_file(self, work: Path, target: str) -> None:
        os.mkfifo("pipe")
        Journal(target.format(work=work))
        assert call("undo").status in (0, 2)

    @pytest.mark.parametrize(
        "more",
        [
            {"size": 10**18},
            {"offset": 10**30},
            {"offset": -1},
            {"size": "3"},
            {"before": None},
            {"file": [0]},
            {"file": 1.5},
            {"rules": {"a": 1}},
            {"rules": [["\x1b[2J"]]},
            {"edits": [[0, 10**18, "x", "dict-keys"]], "settings": [["dict-keys"], False, [3, 11], 88, "a.py"]},
            {"edits": "x" * 1000, "settings": [["../../x"], False, [3, 11], 88, "a.py"]},
            {"settings": [["no-such-rule"], False, [3, 11], 88, "../../../a.py"], "edits": [[0, 0, "", "dict-keys"]]},
        ],
    )
    def test_lines_of_wrong_types(self, work: Path, write: Write, more: dict[str, Any]) -> None:
        write({"a.py": SAFE})
        Journal(work / "a.py", **more)
        for arguments in (("undo", "--list"), ("undo", "--rule", "dict-keys"), ("undo",)):
            result = call(*arguments)
            assert result.status in (0, 2)
            assert b"Traceback" not in result.err
            assert b"\x1b" not in result.out + result.err
        assert Path("a.py").read_bytes() in (SAFE, b"old")

    def test_lines_that_are_no_lines(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE})
        journal = Journal(work / "a.py").folder / "journal.jsonl"
        whole = journal.read_bytes()
        for data in (b"[" * 100_000 + b"\n", b"\0" * 1000, b"\xff\n" * 1000, b'{"file": NaN}\n{"done": ' + b"9" * 5000 + b"}\n", b""):
            journal.write_bytes(whole + data)
            assert len(call("undo", "--list").lines) == 1
            journal.write_bytes(data + whole)
            assert len(call("undo", "--list").lines) == (not data)

    def test_names_of_runs_that_lead_elsewhere(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE})
        folder = Journal(work / "a.py").folder
        elsewhere = work / "elsewhere"
        folder.rename(elsewhere)
        for name in (f"../../{work.name}/elsewhere", str(elsewhere), ".", "", "\0", "*"):
            assert call("undo", "--run", name).status == 2
        assert Path("a.py").read_bytes() == SAFE

    def test_undos_of_each_other(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE})
        one, other = Journal(work / "a.py"), Journal(work / "a.py")
        for journal, of in ((one, other.run), (other, one.run)):
            text = (journal.folder / "journal.jsonl").read_text().replace('"kind": "fix", "of": null', f'"kind": "undo", "of": "{of}"')
            (journal.folder / "journal.jsonl").write_text(text)
        assert call("undo", "--list").status == 0
        assert call("undo").status == 0
        assert Path("a.py").read_bytes() == SAFE


class TestCaches:
    def forged(self, outcome: str, *arguments: str) -> None:
        for _ in range(2):  # a file so new is not known by its time, and noted by its bytes
            os.utime("a.py", (1, 1))
            call(*arguments, "--check", ".")
        with sqlite3.connect(Path(os.environ["PYFIX_CACHE_DIR"]) / NAME) as connection:
            forgery = connection.execute("UPDATE files SET outcome = ? WHERE substr(outcome, 3, 5) = 'fixed'", (outcome,))
            assert forgery.rowcount == 1  # the other row is of triage
        connection.close()

    def said(self, verdict: Verdict, *edits: Edit) -> str:
        """A record as pyfix would write it, with another verdict and other edits."""
        real = process(SAFE, Settings(registry.select(None, ()), filename="a.py"))
        assert isinstance(real, Fixed)
        site = replace(real.diagnostics[0], verdict=verdict, fixed=bool(edits))
        text = record(replace(real, diagnostics=(site,), edits=edits) if edits else Clean((site,)))
        assert text is not None
        return text

    def test_what_it_says_to_rewrite_is_never_written(self, work: Path, write: Write) -> None:
        write({"a.py": SAFE})
        self.forged(self.said(Safe("forged"), Edit(0, len(SAFE), "import os\n", ("dict-keys",))))
        assert b"forged" in call("--check", ".").out  # else the forgery would not be read at all
        assert call(".").status == 0
        assert Path("a.py").read_bytes() == SAFE_AFTER

    @pytest.mark.parametrize("active", ["\x1b[2J", "\u202e", "\n", "\x9b31m"])
    def test_what_it_says_does_not_act_on_the_terminal(self, work: Path, write: Write, active: str) -> None:
        write({"a.py": SAFE})
        self.forged(self.said(Refused("odd", f"forged {active}sentence")), "--show-refused")
        assert b"forged" in call("--show-refused", "--check", ".").out
        for more in (("--check", "--statistics"), ("--check", "--output-format", "json"), ("--diff",), ()):
            result = call("--show-refused", *more, ".")
            assert f"{active}sentence".encode() not in result.out + result.err

    @pytest.mark.parametrize(
        "outcome", ["[" * 100_000, '["clean", [' + "[]," * 100_000 + "[]]]", '["skipped", ' + '"' + "x" * 1_000_000 + '"]', "null"]
    )
    def test_any_record(self, work: Path, write: Write, outcome: str) -> None:
        write({"a.py": SAFE})
        self.forged(outcome)
        assert b"Traceback" not in call("--check", ".").err
        assert call(".").status == 0
