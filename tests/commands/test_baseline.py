"""`--write-baseline` and `--baseline`: a check fails for new sites only, and says which old ones are gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.call import BROKEN, SAFE, SAFE_AFTER, UNSAFE, call

MORE = b"def more(d: dict[str, int]) -> list[str]:\n    return list(d.keys())\n"


@pytest.fixture
def known(work: Path, write: Callable[..., None]) -> Path:
    write({"pkg/a.py": SAFE, "pkg/u.py": UNSAFE})
    result = call(".", "--write-baseline", "known.json")
    assert (result.status, result.lines, result.complaints) == (0, ["wrote known.json: 1 site"], [])
    assert (work / "pkg/a.py").read_bytes() == SAFE
    return work / "known.json"


def test_what_is_listed_does_not_fail_a_check(known: Path) -> None:
    result = call(".", "--check", "--baseline", "known.json")
    assert (result.status, result.lines) == (0, ["nothing to rewrite in 2 files; 1 more with --unsafe-fixes; 1 suppressed"])
    assert call(".", "--check").status == 1


@pytest.mark.parametrize("cached", [[], ["--no-cache"]])
def test_what_is_new_does(known: Path, work: Path, cached: list[str]) -> None:
    call(".", "--check", *cached)
    (work / "pkg/a.py").write_bytes(b"import os\n\n\n" + SAFE + b"\n\n" + MORE)
    result = call(".", "--check", "--baseline", "known.json", *cached)
    assert result.status == 1
    assert result.lines[0].startswith("pkg/a.py:10:17: dict-keys ")
    assert len(result.lines) == 2


def test_from_another_folder(known: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work / "pkg")
    assert call(".", "--check", "--baseline", "../known.json").status == 0


def test_new_sites_are_rewritten_and_old_ones_left(known: Path, work: Path) -> None:
    (work / "pkg/a.py").write_bytes(SAFE + MORE)
    result = call(".", "--baseline", "known.json")
    assert (result.status, result.lines[0]) == (0, "rewrote pkg/a.py: 1 site (dict-keys 1)")
    assert (work / "pkg/a.py").read_bytes() == SAFE + MORE.replace(b".keys()", b"")
    assert call("undo").status == 0
    assert (work / "pkg/a.py").read_bytes() == SAFE + MORE
    call(".", "--baseline", "known.json")
    assert call("undo", "--rule", "dict-keys").status == 0  # judged anew, as it was: with the old site held
    assert (work / "pkg/a.py").read_bytes() == SAFE + MORE


def test_what_is_gone_is_said(known: Path, work: Path) -> None:
    (work / "pkg/a.py").write_bytes(SAFE_AFTER)
    result = call(".", "--check", "--baseline", "known.json")
    assert result.status == 0
    assert result.complaints == [
        "pyfix: 1 site of known.json is no longer there; --write-baseline makes it anew",
        "  pkg/a.py: dict-keys in show",
    ]
    assert call(".", "--check", "--baseline", "known.json", "-q").complaints == []
    assert call("pkg/u.py", "--check", "--baseline", "known.json").complaints == []


def test_many_that_are_gone_are_counted(work: Path, write: Callable[..., None]) -> None:
    write({f"{number}.py": SAFE for number in range(8)})
    call(".", "--write-baseline", "known.json")
    write({f"{number}.py": SAFE_AFTER for number in range(8)})
    assert call(".", "--check", "--baseline", "known.json").complaints[-1] == "  and 3 more; -v shows them all"
    assert len(call(".", "--check", "--baseline", "known.json", "-v").complaints) == 9


def test_right_after_it_is_written_nothing_is_left_to_rewrite(work: Path, write: Callable[..., None]) -> None:
    """One site held lets another rule see the same loop."""
    write({"a.py": b"def show(d: dict[str, int]) -> None:\n    for key in d:\n        print(d[key])\n"})
    call(".", "--select", "mappings", "--write-baseline", "known.json")
    assert sorted(set(json.loads((work / "known.json").read_text())["files"]["a.py"].values())) == [
        "dict-items in show",
        "dict-values in show",
    ]
    assert call(".", "--select", "mappings", "--check", "--baseline", "known.json").status == 0


def test_standard_input_goes_by_it_too(known: Path) -> None:
    result = call("--stdin-filename", "pkg/a.py", "-", "--baseline", "known.json", stdin=SAFE + MORE)
    assert result.out == SAFE + MORE.replace(b".keys()", b"")


def test_sarif_says_that_they_are_held(known: Path) -> None:
    log = json.loads(call(".", "--check", "--baseline", "known.json", "--output-format", "sarif").out)
    assert [one["suppressions"][0]["kind"] for one in log["runs"][0]["results"] if "suppressions" in one] == ["external"]


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_listed(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "bad.py": BROKEN})
    result = call(".", "--write-baseline", "known.json")
    assert (result.status, result.lines) == (2, ["wrote known.json: 1 site"])
    assert [line.partition(":")[0] for line in result.complaints] == ["bad.py"]


@pytest.mark.parametrize("more", [["--check"], ["--diff"], ["--baseline", "x"], ["--output-format", "json"]])
def test_it_is_a_mode_of_its_own(work: Path, write: Callable[..., None], more: list[str]) -> None:
    write({"a.py": SAFE})
    result = call(".", "--write-baseline", "known.json", *more)
    assert (result.status, (work / "known.json").exists()) == (2, False)


def test_no_baseline_is_wrong_usage(work: Path, write: Callable[..., None]) -> None:
    write({"a.py": SAFE, "known.json": b"{"})
    for name, said in (("known.json", "known.json:1: is not JSON"), ("none.json", "none.json: there is no such file")):
        result = call(".", "--check", "--baseline", name)
        assert result.status == 2
        assert said in result.complaints[-1]
    outside = call(".", "--write-baseline", "sub/known.json")
    assert (outside.status, "lies outside of" in outside.complaints[-1]) == (2, True)
