"""Which paths git would ignore. No git process is started.

Order of decision, as git has it: the `.gitignore` nearest to a path speaks first, then those above it up to the repository's root, then
`.git/info/exclude`; inside one file the last matching line wins. A folder that is ignored is not entered, so nothing below it comes back.
"""

from __future__ import annotations

import os
from collections.abc import Set

from msgspec import Struct

from codemods.workspace.files import ReadError, read_bounded
from codemods.workspace.globs import Globs

# Nobody writes an ignore file this large by hand; a larger one is hostile or a mistake, and is not read.
IGNORE_FILE_LIMIT = 200_000


class Ignores(Struct, frozen=True):
    """The ignore files that govern one folder.

    Attributes:
        base: the folder's absolute path.
        globs: what this folder's own ignore file says.
        above: the ignores of the folder above, None at a repository's root.
    """

    base: str
    globs: Globs | None = None
    above: Ignores | None = None

    def ignored(self, path: str, *, folder: bool) -> bool:
        """Whether git would ignore the absolute `path`, which lies below `base`, given that no folder above it is ignored."""
        scope: Ignores | None = self
        while scope is not None:
            if scope.globs is not None:
                verdict = scope.globs.verdict(relative_to(path, scope.base, folder=folder))
                if verdict is not None:
                    return verdict
            scope = scope.above
        return False

    def below(self, folder: str, names: Set[str]) -> Ignores:
        """The ignores of `folder`, which lies below `base` and holds `names`. A repository in it does not heed the one around it."""
        above = repository_ignores(folder) if ".git" in names else self
        if ".gitignore" not in names:
            return above
        globs = _read_globs(os.path.join(folder, ".gitignore"))
        return above if globs is None else Ignores(folder, globs, above)


def ignores_at(folder: str, working_folder: str) -> tuple[Ignores, bool]:
    """The ignores of the absolute `folder`, and whether git would ignore the folder itself.

    Outside a repository, ignore files count from `working_folder` down, or else in `folder` alone.
    """
    top = repository_root(folder)
    if top is None:
        top = working_folder if lies_in(folder, working_folder) else folder
    ignores = own_ignores(top)
    current = top
    for name in relative_to(folder, top).split("/") if folder != top else ():
        current = os.path.join(current, name)
        if ignores.ignored(current, folder=True):
            return ignores, True
        ignores = ignores.below(current, _names_that_matter(current))
    return ignores, False


def own_ignores(folder: str) -> Ignores:
    """The ignores of the absolute `folder` as if nothing above it spoke."""
    return Ignores(folder).below(folder, _names_that_matter(folder))


def repository_root(folder: str) -> str | None:
    """The nearest folder, from the absolute `folder` upward, that holds `.git`; None outside a repository."""
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def lies_in(path: str, folder: str) -> bool:
    """Whether the absolute `path` is `folder` or lies below it."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def repository_ignores(root: str) -> Ignores:
    """What `.git/info/exclude` of the repository at `root` says, also where `.git` is a file that names the real folder (worktrees)."""
    git = os.path.join(root, ".git")
    if os.path.isfile(git):
        git = _linked_git_folder(git)
    return Ignores(root, _read_globs(os.path.join(git, "info", "exclude")))


def relative_to(path: str, base: str, *, folder: bool = False) -> str:
    """`path`, which lies below `base` (both absolute), as globs want it: relative, forward slashes, a folder ending in one."""
    relative = path[len(base) :].lstrip(os.sep)
    if os.sep != "/":
        relative = relative.replace(os.sep, "/")
    return f"{relative}/" if folder else relative


def _names_that_matter(folder: str) -> set[str]:
    return {name for name in (".gitignore", ".git") if os.path.lexists(os.path.join(folder, name))}


def _linked_git_folder(pointer: str) -> str:
    """The repository's folder that the file `pointer` names in its `gitdir:` line; a worktree's `commondir` is followed once."""
    folder = os.path.dirname(pointer)
    line = _first_line(pointer)
    if not line.startswith("gitdir:"):
        return pointer
    git = os.path.join(folder, line.removeprefix("gitdir:").strip())
    common = _first_line(os.path.join(git, "commondir"))
    return os.path.join(git, common) if common else git


def _first_line(path: str) -> str:
    try:
        return os.fsdecode(read_bounded(path, 10_000)).split("\n", 1)[0].strip()
    except ReadError:
        return ""


def _read_globs(path: str) -> Globs | None:
    """The globs of one ignore file; None where there is none, where it cannot be read, and where it says nothing."""
    try:
        data = read_bounded(path, IGNORE_FILE_LIMIT)
    except ReadError:
        return None
    text = os.fsdecode(data.removeprefix(b"\xef\xbb\xbf"))
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    try:
        return Globs(lines)
    except ValueError:
        return Globs(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    """Git passes over a line that it cannot read, and heeds the others."""
    try:
        Globs([line])
    except ValueError:
        return False
    return True
