"""`maintenance.mutation` on a toy: a guard that a test misses is killed, one that no test misses survives, one that never decides is idle,
or typed if the type checker misses it."""

from __future__ import annotations

import ast
import builtins
import subprocess
import sys
from pathlib import Path

import pytest

from maintenance.guards import PROBE, guards, watched, without
from maintenance.mutation import Results, argued, mutants, problems

ROOT = Path(__file__).resolve().parent.parent

TOY = """\
def half(n, strict=False):
    if n is None:
        return None
    if n % 2 and strict:
        raise ValueError(n)
    for m in [k for k in (n,) if k > 9]:
        return -1
    if n == 7:
        return 3
    return n // 2

class Kind:
    def of(self, value):
        match value:
            case int() if value > 3:
                return "big"
            case str():
                return "text"
            case _:
                return None

def loud(word: str | int) -> list[str]:
    return [one.upper() for one in [word] if isinstance(one, str)]
"""

TESTS = """\
import pytest
from toys.toy import Kind, half, loud

def test_none():
    assert half(None) is None

def test_half():
    assert half(4) == 2 == half(5)
    assert half(7) == 3

def test_kinds():
    assert [Kind().of(v) for v in (9, 1, "")] == ["big", None, "text"]

def test_weak():
    half(2, strict=True)
    assert loud("a") == ["A"]
"""


def run(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "toys").mkdir(exist_ok=True)
    (tmp_path / "toys" / "toy.py").write_text(TOY)
    (tmp_path / "test_toy.py").write_text(TESTS)
    code = "import sys, pathlib; from maintenance.mutation import main; sys.exit(main(sys.argv[1:], pathlib.Path.cwd()))"
    environment = {"PYTHONPATH": f"{ROOT}:{tmp_path}", "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code, "toys", "--tests", "test_toy.py", *options]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_guards_are_found_in_a_fixed_order() -> None:
    listed = guards(ast.parse(TOY), "toy.py")
    assert sorted(one.name for one in listed) == sorted(
        [
            "toy.py half [if never] n is None",
            "toy.py half [if never] n % 2 and strict",
            "toy.py half [and] n % 2 of n % 2 and strict",
            "toy.py half [and] strict of n % 2 and strict",
            "toy.py half [for if] k > 9",
            "toy.py half [if never] n == 7",
            "toy.py Kind.of [case] int()",
            "toy.py Kind.of [case if] int() if value > 3",
            "toy.py Kind.of [case] str()",
            "toy.py loud [for if] isinstance(one, str)",
        ]
    )
    assert [one.name for one in listed] == [one.name for one in guards(ast.parse(TOY), "toy.py")]
    assert {one.line for one in listed} == {2, 4, 6, 8, 15, 17, 23}


def test_guards_of_the_same_text_are_told_apart() -> None:
    listed = guards(ast.parse("def f(a):\n    if a:\n        a()\n    if a:\n        a()\n"), "toy.py")
    assert [one.name for one in listed] == ["toy.py f [if never] a", "toy.py f [if never] a #2"]


def test_one_guard_is_switched_off() -> None:
    for number, guard in enumerate(guards(ast.parse(TOY), "toy.py")):
        space: dict[str, object] = {}
        exec(without(TOY, "toy.py", number), space)
        half = space["half"]
        assert callable(half)
        if guard.text == "strict of n % 2 and strict":
            with pytest.raises(ValueError, match="3"):
                half(3)
        else:
            assert half(3) == (-1 if guard.text == "k > 9" else 1)


def test_each_value_of_a_guard_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, bool]] = []

    def probe(number: int, value: object) -> object:
        told.append((number, bool(value)))
        return value

    monkeypatch.setattr(builtins, PROBE, probe, raising=False)
    space: dict[str, object] = {}
    exec(watched(TOY, "toy.py", 100), space)
    half = space["half"]
    assert callable(half)
    assert half(3) == 1
    names = [one.text for one in guards(ast.parse(TOY), "toy.py")]
    assert sorted((names[number - 100], value) for number, value in told) == sorted(
        [
            ("n is None", False),
            ("n % 2 and strict", False),
            ("n % 2 of n % 2 and strict", True),
            ("strict of n % 2 and strict", False),
            ("k > 9", False),
            ("n == 7", False),
        ]
    )


def test_a_run_tells_what_no_test_misses(tmp_path: Path) -> None:
    done = run(tmp_path, "--results", "results")
    assert done.returncode == 1, done.stdout + done.stderr
    *listed, counts = done.stdout.split("\n\n")[-1].splitlines()
    assert listed == [
        "toys/toy.py:4: idle: half [if never] n % 2 and strict",
        "toys/toy.py:8: survived: half [if never] n == 7",
    ]
    assert counts == "10 guards: 7 killed, 1 survived, 1 idle, 1 typed"

    some = run(tmp_path, "--results", "results", "--again", "survived", "--again", "idle")
    assert some.stdout.split("\n\n")[-1] == done.stdout.split("\n\n")[-1]

    (tmp_path / "docs").mkdir()
    reasons = [f"- `{line.partition(':')[0]} {line.split(': ', 2)[2]}`: a toy.\n" for line in listed]
    (tmp_path / "docs" / "mutation.md").write_text("".join(reasons))
    again = run(tmp_path, "--results", "results")
    assert (again.returncode, again.stdout) == (0, "\n10 guards: 7 killed, 1 survived, 1 idle, 1 typed\n")


def test_an_argument_that_is_not_true_is_told(tmp_path: Path) -> None:
    (tmp_path / "toy.py").write_text("def f(a):\n    if a:\n        return 1\n")
    chosen = mutants([tmp_path], tmp_path)
    results = Results(chosen, None)
    results.add(chosen[0], "killed", "a test")
    expected = argued("# Title\n\n- `toy.py f [if never] a`: why.\n- `toy.py g [if never] a`: gone.\n")
    assert list(problems(chosen, results, expected, True)) == [
        "toy.py:2: argued, but a test misses it: f [if never] a",
        "there is no such guard: toy.py g [if never] a",
    ]
