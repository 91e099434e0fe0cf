"""Why something cannot be verified: what the user is told, and what a search is ended by."""

from __future__ import annotations


class VerifyError(Exception):
    """Nothing can be verified here, or no more.

    Attributes:
        output: what the command said last, where that tells why. `str()` is one line.
        kind: a word for the cause: `baseline-red` where the code fails as it is, `blind` where a failure put in on purpose is not noticed,
            `not-verified` for the rest.
    """

    def __init__(self, cause: str, output: str = "", kind: str = "not-verified") -> None:
        super().__init__(cause)
        self.output = output
        self.kind = kind


class BudgetSpentError(Exception):
    """No more runs are allowed."""


class UnsteadyError(Exception):
    """The same tree was judged once so and once otherwise."""
