"""The oldest Python that a version specifier lets in: PEP 440's, and the caret, tilde and `||` of Poetry.

`packaging` would parse the first kind, at the price of a dependency, and says nothing about the lowest version that a specifier admits.
"""

from __future__ import annotations

import re

OLDEST = (3, 8)
# Where a specifier lets in nothing up to here, it is not one for Python 3 as we know it.
_NEWEST_MINOR = 99

_CLAUSE = re.compile(
    r"(===|~=|==|!=|<=|>=|<|>|\^|~)?\s*v?(\d{1,4})(?:\.(\d{1,4}))?((?:\.\d{1,4})*)(\.\*)?[a-z0-9.+-]*", re.ASCII | re.IGNORECASE
)


def oldest_python(specifier: str) -> tuple[int, int] | None:
    """The lowest (major, minor), from 3.8 on, of which some release satisfies `specifier`; None where it cannot be read or lets in none.

    `>=3.9` gives (3, 9), `>=3.6` and `<4` give (3, 8), `>=3.8,!=3.8.*` gives (3, 9), `^3.10 || ^3.12` gives (3, 10).
    """
    if len(specifier) > 500:
        return None
    found = [lowest for branch in re.split(r"\|\|?", specifier) if (lowest := _lowest(branch)) is not None]
    return min(found, default=None)


def _lowest(branch: str) -> tuple[int, int] | None:
    clauses = []
    for text in re.split(r"[,\s]+(?=[<>=!~^\d*v])", re.sub(r"([<>=!~^])\s+", r"\1", branch.strip())):
        clause = text.strip().strip(",")
        if clause in ("", "*"):
            continue
        match = _CLAUSE.fullmatch(clause)
        if not match:
            return None
        clauses.append(match)
    for minor in range(OLDEST[1], _NEWEST_MINOR + 1):
        if all(_admits(clause, minor) for clause in clauses):
            return (3, minor)
    return None


def _admits(clause: re.Match[str], minor: int) -> bool:
    """Whether some release of 3.`minor` satisfies the clause."""
    operator, major, stated, micro, star = clause[1] or "==", int(clause[2]), clause[3], clause[4], clause[5]
    here = (3, minor)
    bound = (major, int(stated or 0))
    match operator:
        case ">=":
            return here >= bound
        case ">":
            return here > bound or (here == bound and stated is not None)  # >3.8 lets 3.8.1 in; >3 means after 3.0
        case "<=":
            return here <= bound
        case "<":
            return here < bound or (here == bound and micro.strip(".0") != "")
        case "!=":
            return here != bound or star is None or micro != ""  # only !=3.8.* shuts out all of 3.8
        case "~=" | "^":
            return here >= bound and major == 3
        case _:
            return here == bound if stated is not None else major == 3
