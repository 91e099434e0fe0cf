"""Why something cannot be verified: what the user is told, and what a search is ended by."""

from __future__ import annotations


class VerifyError(Exception):
    """Nothing can be verified here, or no more. `str()` is one line; `output` is what the command said last, where that tells why."""

    def __init__(self, cause: str, output: str = "") -> None:
        super().__init__(cause)
        self.output = output


class BudgetSpentError(Exception):
    """No more runs are allowed."""


class UnsteadyError(Exception):
    """The same tree was judged once so and once otherwise."""
