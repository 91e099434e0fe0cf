"""Nothing of what pyfix reads is imported, executed, evaluated or unpickled, and no program is started that a repository names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.call import ROOT, SAFE, SAFE_AFTER, environment

Write = Callable[..., None]

# Installed as `pyfix` is: a launcher in a folder of its own. The hook sees whatever is executed, imported, unpickled or started.
LAUNCHER = """\
import os, sys

work, told = os.path.realpath(os.getcwd()), os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND)

def hook(event, arguments):
    if event == "exec":
        name = getattr(arguments[0], "co_filename", "")
        if name.startswith(work) or name in ("<text>", "<unknown>", "<stdin>"):
            os.write(told, f"executed {name}\\n".encode())
    elif event in ("pickle.find_class", "marshal.loads", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "ctypes.dlopen", "socket.connect"):
        if event != "pickle.find_class" or not str(arguments[0]).startswith(("codemods.", "collections", "pathlib")):
            if event != "ctypes.dlopen" and event != "marshal.loads":
                os.write(told, f"{event} {arguments[0]}\\n".encode())

sys.addaudithook(hook)
from codemods.commands import main
sys.exit(main())
"""
CANARY = b"open('ran', 'a').close()\nimport os; os.system('touch ran')\n"
# Modules that pyfix, its libraries and Python itself import, early and late.
MODULES = """json libcst click rich pygments msgspec tomllib sqlite3 pickle multiprocessing pathspec platformdirs codemods conftest setup site
sitecustomize usercustomize difflib string re encodings __init__ __main__""".split()


def run(work: Path, tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    """How a call ended, what the hook was told, and what was complained of."""
    launcher, told = tmp_path / "bin" / "pyfix.py", tmp_path / "told"
    launcher.parent.mkdir(exist_ok=True)
    launcher.write_text(LAUNCHER)
    told.write_bytes(b"")
    command = [sys.executable, os.fspath(launcher), os.fspath(told), *arguments]
    done = subprocess.run(command, cwd=work, env=environment(PYTHONPATH=os.fspath(ROOT)), capture_output=True, check=False)
    return done.returncode, told.read_text(), done.stderr.decode()


def test_the_hook_sees_what_it_is_there_for(work: Path, tmp_path: Path) -> None:
    for code in (
        "exec(compile('1', os.path.realpath('a.py'), 'exec'))",
        "import subprocess; subprocess.run(['true'])",
        "eval(compile('1', '<text>', 'eval'))",
    ):
        launcher, told = tmp_path / "pyfix.py", tmp_path / "told"
        launcher.write_text(LAUNCHER.replace("from codemods.commands import main", code).replace("sys.exit(main())", ""))
        told.write_bytes(b"")
        subprocess.run([sys.executable, launcher, told], cwd=work, check=True)
        assert told.read_text()


def test_a_tree_of_modules_that_would_act(work: Path, write: Write, tmp_path: Path) -> None:
    """They lie in the working folder, and in packages that bear the names of ours and of libraries."""
    files = {f"{name}.py": CANARY + SAFE for name in MODULES} | {
        f"{name}/__init__.py": CANARY + SAFE for name in ("rich", "libcst", "codemods")
    }
    write({**files, "setup.py": CANARY + b"from setuptools import setup\nsetup(python_requires=__import__('json'))\n" + SAFE})
    write({"evil.pth": b"import os; os.system('touch ran')\n", "pyproject.toml": b"[tool.pyfix]\nselect = ['ALL']\n[tool.pytest]\n"})
    status, told, complaints = run(work, tmp_path, ".", "-j", "2", "--show-refused", "--statistics")
    assert (status, told, complaints) == (0, "", "")
    assert Path("json.py").read_bytes() == CANARY + SAFE_AFTER
    status, told, complaints = run(work, tmp_path, "undo")
    assert (status, told, complaints) == (0, "", "")
    assert not Path("ran").exists()


ODD = [
    b"x = '%s' % __import__('os').system('touch ran')\n",
    b"def f(a=__import__('os').system('touch ran'), b=[]): return b\n",
    b"x = f\"{__import__('os').system('touch ran')}\" + 'a'\n",
    b"x: __import__('os').system('touch ran') = []\nfor i in range(len(x)): print(x[i])\n",
    b"@__import__('os').system\ndef f(x=[]): x.append(1)\n",
    b"class A(metaclass=lambda *a: __import__('os').system('touch ran')):\n    def f(self): super(A, self).f()\n",
    b"__import__('os').system('touch ran')\nassert __import__('os').system('touch ran')\nfrom os import *\n",
]


def test_code_in_the_place_of_a_constant(work: Path, write: Write, tmp_path: Path) -> None:
    write({f"{number}.py": CANARY + text + SAFE for number, text in enumerate(ODD)})
    status, told, complaints = run(work, tmp_path, ".", "--unsafe-fixes", "--show-refused", "--select", "ALL")
    assert (status, told, complaints) == (0, "", "")
    assert b"d.keys()" not in Path("0.py").read_bytes()
    assert not Path("ran").exists()


def test_what_is_kept_is_not_unpickled(work: Path, write: Write, tmp_path: Path) -> None:
    import pickle

    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.system, ("touch ran",)

    evil = pickle.dumps(Evil())
    write({"a.py": SAFE})
    for name in ("cache/outcomes.sqlite", "state/runs/20260101T000000.000000Z-00000000/journal.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(evil)
    for arguments in ((".",), ("undo",)):
        _, told, complaints = run(work, tmp_path, *arguments)
        assert (told, complaints) == ("", "")
    assert not Path("ran").exists()


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git, and programs that are scripts")
@pytest.mark.parametrize("arguments", [("--since", "HEAD", "--check"), ("--staged",)], ids=" ".join)
def test_no_program_that_a_repository_names(work: Path, write: Write, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    evil = f"touch {work}/ran-%s #"
    names = """core.fsmonitor core.pager core.editor core.sshCommand core.askPass core.alternateRefsCommand diff.external diff.evil.command
    diff.evil.textconv filter.evil.clean filter.evil.smudge merge.evil.driver pager.diff sequence.editor gpg.program uploadpack.packObjectsHook interactive.diffFilter"""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", os.fspath(work)]
    write({"a.py": SAFE, "b.py": SAFE})
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run([*git, *command], check=True, env=environment())
    write({".gitattributes": b"*.py diff=evil filter=evil merge=evil\n", "b.py": SAFE + SAFE.replace(b"show", b"more")})
    subprocess.run([*git, "add", "."], check=True, env=environment())
    for name in names.split():
        subprocess.run([*git, "config", name, evil % name], check=True, env=environment())
    for hook in ("pre-commit", "post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        (work / ".git" / "hooks").mkdir(exist_ok=True)
        (work / ".git" / "hooks" / hook).write_text(f"#!/bin/sh\n{evil % hook}\n")
        (work / ".git" / "hooks" / hook).chmod(0o755)
    status, _, complaints = run(work, tmp_path, *arguments, ".")
    assert (status, complaints) == (int("--check" in arguments), "")
    assert not list(work.glob("ran-*"))
