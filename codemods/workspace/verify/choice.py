"""Which judge the user means by the words of `--verify`."""

from __future__ import annotations

from codemods.workspace.verify.judges import CommandJudge, Judge
from codemods.workspace.verify.sites import Rewrites
from codemods.workspace.verify.workplace import Workplace


def judge_for(words: str, place: Workplace, rewrites: Rewrites, *, report: str | None = None, seconds: float | None = None) -> Judge:
    """The judge that `words` name: `types`, with `:` and its name for one checker; `examples`; else a command. Raises VerifyError."""
    kind, _, which = words.partition(":")
    if kind == "types":
        from codemods.workspace.verify.typecheck import TypesJudge

        return TypesJudge(place, rewrites.paths, which or None)
    if words == "examples":
        from codemods.workspace.verify.examples import ExamplesJudge

        return ExamplesJudge(place, rewrites)
    return CommandJudge(words, place, rewrites.paths, report, seconds)
