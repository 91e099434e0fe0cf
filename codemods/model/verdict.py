"""The closed scale of safety. A rule's `find` gives every site it sees exactly one of these three verdicts.

* `Safe`: the same observable behaviour, proved from the program. Applied by default.
* `Unsafe`: right under one stated assumption that could not be proved. Applied with `--unsafe-fixes`.
* `Refused`: seen, and left alone, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Safe:
    """The rewrite is proved. `because` is a short clause saying from what, shown in the diff's header."""

    because: str


@dataclass(frozen=True, slots=True)
class Unsafe:
    """The rewrite is right if `assumption` holds.

    `assumption` completes the words "assumes that …": "`d` is a dict". `code` names the kind of assumption in kebab case, for statistics.
    """

    code: str
    assumption: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The site is left alone. `code` is a stable kebab-case reason code, `reason` a sentence with the names and lines that decide."""

    code: str
    reason: str


Verdict = Safe | Unsafe | Refused


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason to refuse, as a constant of a rule: its code and its sentence with `{named}` holes.

    Calling it fills the holes: `INDEX_REBOUND(index="i", line=14)` is a `Refused`. A hole left open raises `KeyError`.
    """

    code: str
    sentence: str

    def __call__(self, **names: object) -> Refused:
        return Refused(self.code, self.sentence.format(**names))


@dataclass(frozen=True, slots=True)
class Assumption:
    """An assumption a rule may ask the user to make, as a constant: its code and its clause with `{named}` holes."""

    code: str
    clause: str

    def __call__(self, **names: object) -> Unsafe:
        return Unsafe(self.code, self.clause.format(**names))
