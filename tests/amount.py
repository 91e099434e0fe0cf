"""How many examples the random tests take: `PYFIX_EXAMPLES=20` makes it twenty times as many."""

import os

TIMES = int(os.environ.get("PYFIX_EXAMPLES", "1"))


def examples(count: int) -> int:
    """The number of examples for a test that takes `count` of them in CI."""
    return count * TIMES
