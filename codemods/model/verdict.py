"""The closed scale of safety. A rule's `find` gives every site it sees exactly one of these three verdicts.

* `Safe`: the same observable behaviour, proved from the program. Applied by default.
* `Unsafe`: right under one stated assumption that could not be proved. Applied with `--unsafe-fixes`.
* `Refused`: seen, and left alone, with the reason.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace


class Fact(Struct, frozen=True):
    """One thing that a verdict rests on, as a sentence, and the 1-based line where it can be read; 0 where it is of no one line.

    `cell`: the cell of a notebook that the line is of, where that is not the site's own.
    """

    sentence: str
    line: int = 0
    cell: int = 0

    def __str__(self) -> str:
        return f"{self.sentence}, {_place(self.line, self.cell)}" if self.line else self.sentence


def _place(line: int, cell: int) -> str:
    return f"line {line} of cell {cell}" if cell else f"line {line}"


class Remedy(Struct, frozen=True):
    """A change of the program that would let pyfix prove more. Where a verdict has several, all of them are needed together.

    Attributes:
        kind: what is to be done: `annotate` a parameter or a variable where it is bound, say what a function `return`s, `test` a value
            with `isinstance` in front of a line, `rename` a variable; `other` is for the reader alone.
        name: of what: a variable, a dotted name, a function.
        line: where, 1-based, in the file as read; in a notebook in its cell, or in `cell` where that is another one.
        text: with what: the annotation, the class, the new name.
        example: other texts would do as well; which one is right, the program's author knows.
    """

    kind: str
    name: str
    line: int
    text: str
    example: bool = False
    cell: int = 0

    def __str__(self) -> str:
        place = _place(self.line, self.cell)
        match self.kind:
            case "annotate" if self.example:
                return f"annotate `{self.name}` at {place} with the class it has (for instance `{self.text}`)"
            case "return" if self.example:
                return f"say what class `{self.name}` returns, at {place} (for instance `{self.text}`)"
            case "test" if self.example:
                return f"test with `isinstance`, before {place}, of what class `{self.name}` is (for instance `{self.text}`)"
            case "annotate":
                return f"annotate `{self.name}` as `{self.text}` at {place}"
            case "return":
                return f"say that `{self.name}` returns `{self.text}`, at {place}"
            case "test":
                return f"test `isinstance({self.name}, {self.text})` before {place}"
            case "rename":
                return f"give the `{self.name}` of {place} another name, such as `{self.text}`"
            case _:
                return f"{self.text}, or whatever it is" if self.example else self.text


class Reasons(Struct, frozen=True):
    """What a verdict rests on, and what would make it a better one; `remedies` is empty where nothing would, or nothing is known to.

    `typed`: of every value whose class matters, the class is known.
    """

    facts: tuple[Fact, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    typed: bool = True

    def __add__(self, other: Reasons) -> Reasons:
        return Reasons((*self.facts, *other.facts), (*self.remedies, *other.remedies), self.typed and other.typed)


class Safe(Struct, frozen=True):
    """The rewrite is proved. `because` is a short clause saying from what, shown in the diff's header. `reasons`, as in all verdicts, only
    where they were asked for: they cost time."""

    because: str
    reasons: Reasons = Reasons()


class Unsafe(Struct, frozen=True):
    """The rewrite is right if `assumption` holds.

    `assumption` completes the words "assumes that …": "`d` is a dict". `code` names the kind of assumption in kebab case, for statistics;
    `sort` is one of `SORTS`.
    """

    code: str
    assumption: str
    reasons: Reasons = Reasons()
    sort: str = "assumption"


class Refused(Struct, frozen=True):
    """The site is left alone. `code` is a stable kebab-case reason code, `reason` a sentence with the names and lines that decide."""

    code: str
    reason: str
    reasons: Reasons = Reasons()
    sort: str = "meaning"


Verdict = Safe | Unsafe | Refused
AnyVerdict = TypeVar("AnyVerdict", bound=Verdict)


def with_reasons(verdict: AnyVerdict, reasons: Reasons) -> AnyVerdict:
    """The verdict with what it rests on; each fact and remedy once, in order."""
    once = Reasons(tuple(dict.fromkeys(reasons.facts)), tuple(dict.fromkeys(reasons.remedies)), reasons.typed)
    return replace(verdict, reasons=once)


SORTS = {
    "type": "needs a type",
    "change": "may change",
    "assumption": "needs to be known",
    "meaning": "would mean something else",
    "style": "reads better as it is",
}
"""What sorts of codes there are, in words: the first three could be proved, by a program that says more; the others never."""


class Refusal(Struct, frozen=True):
    """A reason to refuse, as a constant of a rule: its code and its sentence with `{named}` holes, and the sort of reason it is.

    Calling it fills the holes: `INDEX_REBOUND(index="i", line=14)` is a `Refused`. A hole left open raises `KeyError`.
    """

    code: str
    sentence: str
    sort: str = "meaning"

    def __call__(self, **names: object) -> Refused:
        return Refused(self.code, self.sentence.format(**names), sort=self.sort)


class Assumption(Struct, frozen=True):
    """An assumption a rule may ask the user to make, as a constant: its code and its clause with `{named}` holes."""

    code: str
    clause: str
    sort: str = "assumption"

    def __call__(self, **names: object) -> Unsafe:
        return Unsafe(self.code, self.clause.format(**names), sort=self.sort)
