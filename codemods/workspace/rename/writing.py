"""All files of a rename written, or none."""

from __future__ import annotations

import os
from pathlib import Path

from codemods.workspace.apply import Applied, apply
from codemods.workspace.files import ReadError, read
from codemods.workspace.pool import FileResult
from codemods.workspace.rename.refusal import NotRenamedError
from codemods.workspace.undo import undo


def write(results: list[FileResult], state: Path | None = None) -> list[Applied]:
    """Write the files through the journal. Where one cannot be written, the others are put back.

    Raises NotRenamedError, JournalError.
    """
    for result in results:
        try:
            same = result.snapshot is not None and read(result.path) == result.snapshot
        except ReadError as error:
            raise NotRenamedError(f"{result.path}: {error}") from None
        if not same:
            raise NotRenamedError(f"{result.path}: changed meanwhile")
    applied = list(apply(results, state=state))
    failed = [one for one in applied if not one.written]
    if failed:
        cause = f"{failed[0].result.path}: {failed[0].cause}"
        if len(failed) < len(applied):
            done = next(one for one in applied if one.written)
            left = undo(Path(os.path.dirname(os.path.realpath(done.result.path))), state=state).refused
            cause += f"; {left[0].path} could not be put back" if left else "; the other files were put back"
        raise NotRenamedError(cause)
    return applied
