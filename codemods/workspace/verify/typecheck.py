"""A type checker as the judge: no new diagnostic in a rewritten file. It needs no tests, runs no code of the project's, and takes seconds.

The checker is the user's own where the project configures one, else the first that is installed. Its diagnostics are compared by file,
code and message, as often as each comes; lines, which rewrites move, are no part of them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sysconfig
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from codemods.workspace.verify import command
from codemods.workspace.verify.bisect import Answer
from codemods.workspace.verify.judges import Verdict, environment
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.sites import Site
from codemods.workspace.verify.workplace import Workplace

NAMES = ("ty", "pyrefly", "mypy")
SECONDS = 600.0
_LINE = re.compile(r"\bline \d+|:\d+(?::\d+)?\b")
_CANARY = "\npyfix_put_this_here_to_see_whether_it_is_noticed: int = ''\n"


class Diagnostic(Struct, frozen=True):
    """What a checker says of a place. `path` is below the root; `code` and `message` make it the same one where its line has moved."""

    path: str
    code: str
    message: str
    line: int

    @property
    def key(self) -> tuple[str, str, str]:
        return self.path, self.code, _LINE.sub("", self.message)


class TypesJudge:
    """A checker over the rewritten files.

    Args:
        name: one of NAMES; None for the project's own, or what is installed.
    """

    steady = True

    def __init__(self, place: Workplace, paths: Iterable[str], name: str | None = None) -> None:
        self._place = place
        self._paths = list(paths)
        self._checker, self._program = _found(place.folder, place.root, name)
        self.name = f"the type checker {self._checker}"
        self._variables = environment(place, self._paths)
        self._last: list[Diagnostic] = []
        self._before: Counter[tuple[str, str, str]] | None = None

    def __call__(self) -> Verdict:
        said = self._place.aside / "said"
        arguments = [self._program, *_ARGUMENTS[self._checker](self._place), "--", *self._paths]
        ended = command.run(arguments, self._place.folder, self._variables, said, SECONDS, errors=self._place.aside / "errors")
        if ended.status is None or ended.status > 1:
            raise VerifyError(f"{self.name} ended with {ended.words}", ended.tail or _text(self._place.aside / "errors"))
        self._last = self._read(said, ended)
        news = self._news()
        words = f"{len(news)} new diagnostic{'' if len(news) == 1 else 's'}"
        if self._before is None:
            words = f"{len(self._last)} diagnostic{'' if len(self._last) == 1 else 's'}"
        lines = "\n".join(f"{one.path}:{one.line}: {one.message} [{one.code}]" for one in news)
        return Verdict(Answer.BAD if news else Answer.GOOD, words, lines, ended.seconds)

    def begin(self, first: Verdict, second: Verdict) -> bool:
        self._before = Counter(one.key for one in self._last)
        return True

    def canary(self, data: bytes, path: str, sites: Collection[Site]) -> bytes | None:
        """The file with a wrong assignment at its end."""
        from codemods.engine.decode import decode

        decoded = decode(data)
        return decoded.encode(decoded.text + _CANARY)

    def _read(self, said: Path, ended: command.Ended) -> list[Diagnostic]:
        try:
            every = list(_READERS[self._checker](_text(said)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise VerifyError(f"{self.name} said something that is no list of diagnostics", ended.tail) from None
        wanted = set(self._paths)
        return [one for one in every if one.path in wanted]

    def _news(self) -> list[Diagnostic]:
        """The diagnostics that there are oftener than before."""
        if self._before is None:
            return []
        counted: Counter[tuple[str, str, str]] = Counter()
        news = []
        for one in self._last:
            counted[one.key] += 1
            if counted[one.key] > self._before[one.key]:
                news.append(one)
        return news


def _found(folder: Path, root: Path, name: str | None) -> tuple[str, str]:
    """The checker and its program. Raises VerifyError."""
    if name is not None and name not in NAMES:
        raise VerifyError(f"`{name}` is no type checker that is known here: {', '.join(NAMES)}")
    configured = [one for one in NAMES if _is_configured(folder, one)]
    for one in [name] if name is not None else [*configured, *(one for one in NAMES if one not in configured)]:
        if (program := program_of(one, root / ".venv" / "bin")) is not None:
            return one, program
    wanted = name or "ty, pyrefly or mypy"
    raise VerifyError(f"{wanted} is not installed: `pip install 'pyfix-codemods[types]'` brings one")


def program_of(name: str, *places: Path) -> str | None:
    """A checker's program: beside the running Python, on the path, or in one of `places`."""
    folders = [sysconfig.get_path("scripts"), os.environ.get("PATH", ""), *map(os.fspath, places)]
    return shutil.which(name, path=os.pathsep.join(folders))


def _is_configured(folder: Path, name: str) -> bool:
    if any((folder / one).exists() for one in (f"{name}.toml", f"{name}.ini", f".{name}.ini")):
        return True
    return any(header in _text(folder / file) for file, header in (("pyproject.toml", f"[tool.{name}"), ("setup.cfg", f"[{name}]")))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _ty(place: Workplace) -> list[str]:
    return ["check", "--output-format", "gitlab", "--no-progress"]


def _pyrefly(place: Workplace) -> list[str]:
    """Left to itself, a project that does not configure it has next to nothing checked."""
    own = [] if _is_configured(place.folder, "pyrefly") else ["--preset", "default", "--check-unannotated-defs=true"]
    return ["check", "--output-format", "json", "--summary", "none", *own]


def _mypy(place: Workplace) -> list[str]:
    return ["--output", "json", "--no-error-summary", "--cache-dir", os.fspath(place.aside / "mypy")]


def _read_ty(text: str) -> Iterator[Diagnostic]:
    for one in json.loads(text):
        where = one["location"]
        message = one["description"].removeprefix(f"{one['check_name']}: ")
        yield Diagnostic(_posix(where["path"]), one["check_name"], message, where["positions"]["begin"]["line"])


def _read_pyrefly(text: str) -> Iterator[Diagnostic]:
    for one in json.loads(text)["errors"]:
        yield Diagnostic(_posix(one["path"]), one["name"], one["description"], one["line"])


def _read_mypy(text: str) -> Iterator[Diagnostic]:
    for line in text.splitlines():
        one: Mapping[str, Any] = json.loads(line)
        yield Diagnostic(_posix(one["file"]), one["code"] or "", one["message"], one["line"])


def _posix(path: str) -> str:
    return path.replace(os.sep, "/").removeprefix("./")


_ARGUMENTS: Mapping[str, Callable[[Workplace], Sequence[str]]] = {"ty": _ty, "pyrefly": _pyrefly, "mypy": _mypy}
_READERS: Mapping[str, Callable[[str], Iterator[Diagnostic]]] = {"ty": _read_ty, "pyrefly": _read_pyrefly, "mypy": _read_mypy}
