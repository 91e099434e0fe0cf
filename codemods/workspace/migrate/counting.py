"""Counts over the files of a repository: what each rule rewrote, and what was left, by reason."""

from __future__ import annotations

from codemods.model.migration import Left, RuleWork
from codemods.model.outcome import Clean, Diagnostic, Fixed, Outcome
from codemods.model.verdict import Refused, Safe, Unsafe


class Made:
    """What each rule did, over the files added so far."""

    def __init__(self) -> None:
        self._rules: dict[str, list[int]] = {}

    def add(self, steps: tuple[tuple[str, bytes, int], ...]) -> None:
        """Count a file, given the rules that changed it, and their sites."""
        for rule, _, sites in steps:
            counts = self._rules.setdefault(rule, [0, 0])
            counts[0] += sites
            counts[1] += 1

    def rules(self) -> tuple[RuleWork, ...]:
        """What each rule did, by name."""
        return tuple(RuleWork(rule, sites, files) for rule, (sites, files) in sorted(self._rules.items()))


class Counts:
    """What was left, over the files added so far. `files` are those that were looked into, also those where triage found nothing."""

    def __init__(self) -> None:
        self.files = 0
        self._left: dict[tuple[str, str, str], list[int]] = {}
        self._examples: dict[tuple[str, str, str], str] = {}

    def add(self, path: str, outcome: Outcome) -> None:
        """Count a file."""
        self.files += 1
        if not isinstance(outcome, Clean | Fixed):
            return
        for one in outcome.diagnostics:
            if not one.fixed:
                self._add_left(path, one)

    def left(self) -> tuple[Left, ...]:
        """What was left, by rule and reason."""
        return tuple(Left(*key, sites[0], self._examples[key]) for key, sites in sorted(self._left.items()))

    def _add_left(self, path: str, one: Diagnostic) -> None:
        code, said = _reason(one)
        key = (one.rule, _kind(one), code)
        self._left.setdefault(key, [0])[0] += 1
        self._examples.setdefault(key, f"{path}:{one.line}: {said}")


def _kind(one: Diagnostic) -> str:
    if one.suppressed:
        return "suppressed"
    return "unsafe" if isinstance(one.verdict, Unsafe) else "refused"


def _reason(one: Diagnostic) -> tuple[str, str]:
    match one.verdict:
        case Refused(code=code, reason=reason):
            return code, reason
        case Unsafe(code=code, assumption=assumption):
            return code, f"assumes that {assumption}"
        case Safe(because=because):
            return "proved", because
