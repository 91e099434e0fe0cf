"""Putting a hook into a repository and taking it out again.

A hook that is there already is kept beside ours, and runs first; taking ours out puts it back. At every moment the hook's name leads to the
old one, or to ours with the old one beside it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from msgspec import Struct

from codemods.workspace.git.command import Git, GitError, inherited

NAMES = ("pre-push", "pre-commit")
# By this line a hook is known as ours.
_MARK = "# Written by `pyfix hook install`; `pyfix hook uninstall` takes it out again."
_BEFORE = ".before-pyfix"

# `-P` keeps Python from taking a folder of the repository
# that happens to be called `codemods` for pyfix.
_SCRIPT = """\
#!/bin/sh
{mark}
before="${{0%/*}}/{name}{before}"
python={python}
{input}
if [ -x "$before" ]; then
    {feed}"$before" "$@" || exit $?
fi
case "${{PYFIX_SKIP:-0}}" in 0) ;; *) exit 0 ;; esac
if [ -x "$python" ] && "$python" -P -c 'import codemods.commands' 2> /dev/null; then
    {feed}"$python" -P -m codemods hook run {name} {options} -- "$@"
    status=$?
elif command -v pyfix > /dev/null 2>&1; then
    {feed}pyfix hook run {name} {options} -- "$@"
    status=$?
else
    echo "pyfix: was not found: neither with $python nor as the command pyfix" >&2
    status=127
fi
case $status in
    0 | 1) exit $status ;;
esac
echo "pyfix: the {what} was not judged; {consequence}" >&2
exit {failure}
"""
_INPUT = """\
# Both hooks are told what git says; what is printed behind it keeps the last line end.
lines=$(cat; printf x)
lines=${lines%x}"""
_FEED = "printf '%s' \"$lines\" | "


class Wanted(Struct, frozen=True):
    """How a hook is to behave.

    Attributes:
        mode: as of `pyfix hook run`.
        budget: seconds that judging a push may take.
        refuse: what git was asked for is refused where pyfix is missing or fails.
    """

    mode: str = "block"
    budget: float = 10.0
    refuse: bool = False


class Done(Struct, frozen=True):
    """What became of a hook: where it is, and what is to be said of it; `others`: the folder serves more repositories than this one."""

    path: Path
    said: str
    others: bool = False


def install(folder: Path, name: str, wanted: Wanted) -> Done:
    """Write the hook `name` of the repository that `folder` lies in. Raises GitError."""
    hooks, others = _hooks_folder(Git(folder, inherited()))
    path = hooks / name
    try:
        hooks.mkdir(parents=True, exist_ok=True)
        is_ours = _is_ours(path)
        if os.path.lexists(path) and not is_ours:
            _set_aside(path)
        _write(path, _script(name, wanted))
    except OSError as error:
        raise GitError(f"{path}: {error.strerror or error}") from None
    before = f"; what was there is {name}{_BEFORE} beside it, and runs first" if os.path.lexists(_before(path)) else ""
    return Done(path, ("written anew" if is_ours else "written") + before, others)


def uninstall(folder: Path, name: str) -> Done | None:
    """Take the hook out and put back what was there before; None where there is none of ours. Raises GitError."""
    hooks, others = _hooks_folder(Git(folder, inherited()))
    path = hooks / name
    try:
        if not _is_ours(path):
            if os.path.lexists(_before(path)):
                raise GitError(f"{path} is not as pyfix wrote it and was left alone; what was there before is {name}{_BEFORE} beside it")
            return None
        if os.path.lexists(_before(path)):
            os.replace(_before(path), path)
            return Done(path, "put back as it was", others)
        path.unlink()
    except OSError as error:
        raise GitError(f"{path}: {error.strerror or error}") from None
    return Done(path, "removed", others)


def _hooks_folder(git: Git) -> tuple[Path, bool]:
    """Where git looks for hooks, and whether that is for more repositories than this one. Raises GitError."""
    common = Path(git.folder, git.line("rev-parse", "--git-common-dir"))
    # `Git` sets a value of its own, which comes last.
    said = git.call("config", "--type=path", "--show-scope", "--get-all", "-z", "core.hooksPath", allowed=(0, 1))[1].split(b"\0")[:-3]
    if not said:
        return Path(os.path.abspath(common / "hooks")), False
    scope, value = said[-2], os.fsdecode(said[-1])
    if Path(value).parts[-2:] == (".husky", "_"):
        raise GitError('husky owns the hooks here: put `pyfix hook run pre-push -- "$@"` into .husky/pre-push')
    top = git.call("rev-parse", "--show-toplevel", allowed=(0, 128))[1]
    base = os.fsdecode(top.removesuffix(b"\n")) or os.fspath(common)
    return Path(os.path.abspath(os.path.join(base, value))), scope in (b"global", b"system")


def _before(path: Path) -> Path:
    return path.with_name(path.name + _BEFORE)


def _is_ours(path: Path) -> bool:
    try:
        return _MARK in path.read_text("utf-8", "replace").splitlines()[:3]
    except (FileNotFoundError, IsADirectoryError):
        return False


def _set_aside(path: Path) -> None:
    """A copy beside it, which is the hook itself as soon as ours takes its name."""
    before = _before(path)
    if os.path.lexists(before):
        raise GitError(f"{before} is there already, and {path} is not pyfix's: one of the two has to go")
    shutil.copy2(path, before, follow_symlinks=False)


def _write(path: Path, script: str) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".pyfix-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(script)
        os.chmod(temporary, 0o755)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _script(name: str, wanted: Wanted) -> str:
    is_push = name == "pre-push"
    what = name.removeprefix("pre-")
    consequence = f"it is refused ({name} --no-verify lets it through)" if wanted.refuse else "it goes on"
    options = f"--mode {wanted.mode}" + (f" --budget {wanted.budget:g}" if is_push else "")
    return _SCRIPT.format(
        mark=_MARK,
        before=_BEFORE,
        python=shlex.quote(Path(sys.executable).as_posix()),
        input=_INPUT if is_push else "",
        feed=_FEED if is_push else "",
        name=name,
        options=options,
        what=what,
        consequence=consequence.replace(f"{name} --no-verify", f"git {what} --no-verify"),
        failure=int(wanted.refuse),
    )
