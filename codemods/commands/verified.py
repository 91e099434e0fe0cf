"""`--verify`: the rewrites of a run are verified before any of them is written."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from codemods.commands.options import Options
from codemods.commands.reporting import diff_names
from codemods.commands.streams import err, out
from codemods.model.outcome import Fixed
from codemods.report.diff import unified
from codemods.report.statistics import Tally
from codemods.report.verification import Dropped, Failure, Verification, lines
from codemods.report.visible import shown_source, visible
from codemods.workspace.files import ReadError, read
from codemods.workspace.undo import repository_root
from codemods.workspace.verify.case import case
from codemods.workspace.verify.choice import judge_for
from codemods.workspace.verify.problem import VerifyError
from codemods.workspace.verify.session import Culprit, Verified, verify
from codemods.workspace.verify.sites import Rewrites, Site, left
from codemods.workspace.verify.workplace import workplace
from codemods.workspace.worker import FileResult


class Verifier:
    """Lets those rewrites through that stand.

    Attributes:
        found: what came of it; None where nothing was verified.
        stopped: it could not be told, and nothing is written.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.found: Verification | None = None
        self.stopped = False

    def standing(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """The results with the rewrites that stand and no others; all of them are taken before the first one comes."""
        listed = list(results)
        if any(isinstance(one.outcome, Fixed) for one in listed):
            try:
                listed = self._verified(listed)
            except VerifyError as error:
                _explain(error)
                self.stopped = True
                listed = [left(one, "it was not verified") for one in listed]
        yield from listed

    def noted(self, tally: Tally, status: int) -> int:
        """Put what was found among the counts; the exit status, where `status` would be it."""
        tally.verification = self.found
        return 2 if self.stopped else status

    def report(self) -> None:
        """Print what was left out, and why; on standard error where standard output is for a diff or a program."""
        if self.found is None or (self._options.quiet and not self.found.failures):
            return
        beside = self._options.mode == "diff" or self._options.output_format != "text"
        for line in lines(self.found):
            (err if beside else out)(line)

    def _verified(self, results: Sequence[FileResult]) -> list[FileResult]:
        """Raises VerifyError."""
        options = self._options
        root, working = _places(options.paths)
        try:
            rewrites = Rewrites(root, results)
        except ValueError:
            raise VerifyError(f"all files must lie in one folder or repository, and some lie outside of {root}") from None
        tell: Callable[[str], None] = (lambda line: None) if options.quiet else (lambda line: err(f"pyfix: {visible(line)}"))
        tell(f"{_counted(rewrites)} verified by `{options.verify}` in a copy of {root}")
        with _ended_by_signals(), workplace(root, working) as place:
            judge = judge_for(options.verify or "", place, rewrites, report=options.known_failures, seconds=options.verify_timeout)
            found = verify(rewrites, judge, place, budget=options.bisect_budget, tell=tell)
        _require_unchanged(results)
        self.found = _told(found, rewrites, judge.name, options)
        out_of_it = [site for culprit in found.culprits for site in culprit.sites]
        words = {site.id: f"{judge.name} fails with it" for site in out_of_it}
        words |= {site.id: f"{judge.name} fails with it or another of its file or rule" for site in found.dropped}
        kept = {one.path: one for one in rewrites.results(found.kept, words)}
        return [kept.get(one.path, one) for one in results]


def _counted(rewrites: Rewrites) -> str:
    sites, files = len(rewrites.sites), len(rewrites.paths)
    return f"{sites} rewrite{'' if sites == 1 else 's'} in {files} file{'' if files == 1 else 's'}: to be"


def _places(paths: Sequence[str]) -> tuple[Path, Path]:
    """What is to be copied, and the folder in it that the command runs in: where the user stands, if that is in it."""
    here = Path(os.path.realpath(os.getcwd()))
    folders = [real if os.path.isdir(real) else os.path.dirname(real) for real in map(os.path.realpath, paths)]
    try:
        common = Path(os.path.commonpath(folders))
    except ValueError:
        raise VerifyError("all files must lie in one folder or repository") from None
    root = repository_root(common)
    if root == common and not os.path.lexists(root / ".git") and common.is_relative_to(here):
        root = here
    return root, here if here.is_relative_to(root) else root


def _require_unchanged(results: Sequence[FileResult]) -> None:
    """Raises VerifyError where a file to rewrite is no longer what was verified: then nothing was verified that could be written."""
    for one in results:
        if one.snapshot is None:
            continue
        try:
            same = read(one.path) == one.snapshot
        except ReadError:
            same = False
        if not same:
            raise VerifyError(f"{one.path} was changed while it was verified")


def _told(found: Verified, rewrites: Rewrites, by: str, options: Options) -> Verification:
    name_of = diff_names(options)

    def dropped(site: Site, words: str = "") -> Dropped:
        result = rewrites.result(site.path, (site,))
        shown = os.fspath(result.path)
        diff = unified(name_of(shown), result.outcome).decode("utf-8", "replace") if isinstance(result.outcome, Fixed) else ""
        made = case(rewrites, site, by, words) if words else ""
        return Dropped(site.id, shown, site.diagnostics[0], diff, made)

    def failure(one: Culprit) -> Failure:
        words = one.verdict.words
        return Failure(tuple(dropped(site, words) for site in one.sites), words, one.verdict.tail)

    failures = tuple(map(failure, found.culprits))
    suspected = tuple(dropped(site) for site in found.dropped)
    return Verification(by, found.runs, len(found.kept), found.flaky, failures, suspected)


def _explain(error: VerifyError) -> None:
    """Why nothing was verified, and the end of what the command said; on standard error, whatever the output's format."""
    for line in error.output.splitlines():
        err(f"  {shown_source(line)}".rstrip())
    err(f"pyfix: {visible(str(error))}; nothing was rewritten")


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Within, a polite end is an interrupt, so that the copy and the command are taken away."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        names = []
    kept = {number: signal.signal(number, _interrupt) for number in (getattr(signal, name) for name in names)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
