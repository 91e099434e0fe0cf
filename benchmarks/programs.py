"""Programs of any length to measure with: code that runs, with a site of each rule that is on by default among code without any."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from string import Template

SITES = {
    "range-len": """\
def shown_$n(rows: list[str]) -> None:
    for i in range(len(rows)):
        print(i, rows[i])
""",
    "string-concat": """\
def greeting_$n(name: str, count: int) -> str:
    return "Hello, " + name + "! You have " + str(count) + " messages."
""",
    "format-string": """\
def progress_$n(name: str, loss: float) -> str:
    return "%s: %.3f" % (name, loss)
""",
    "mutable-default": """\
def added_$n(item: int, to: list[int] = []) -> list[int]:
    to.append(item)
    return to
""",
    "dict-keys": """\
def known_$n(scores: dict[str, int]) -> None:
    for name in scores.keys():
        print(name)
""",
    "dict-items": """\
def printed_$n(scores: dict[str, int]) -> None:
    for name in scores:
        print(name, scores[name])
""",
    "comprehension": """\
def doubled_$n(numbers: list[int]) -> list[int]:
    found = []
    for number in numbers:
        if number > 0:
            found.append(number * 2)
    return found
""",
    "side-effect-comprehension": """\
def said_$n(rows: list[str]) -> None:
    [print(row) for row in rows]
""",
    "super-args": """\
class Shape_$n:
    def __init__(self, name: str) -> None:
        self.name = name


class Square_$n(Shape_$n):
    def __init__(self, size: float) -> None:
        super(Square_$n, self).__init__("square")
        self.size = size
""",
}
"""By the name of the rule, a definition in which it has exactly one site, and no other rule has any."""

PLAIN = (
    '''\
def largest_$n(values: list[int]) -> int:
    """The largest of the values, which must not be empty."""
    found = values[0]
    for value in values:
        if value > found:
            found = value
    return found
''',
    '''\
class Account_$n:
    """Money, and who has it."""

    def __init__(self, owner: str, balance: int = 0) -> None:
        self.owner = owner
        self.balance = balance

    def pay(self, amount: int) -> bool:
        if amount > self.balance:
            return False
        self.balance -= amount
        return True
''',
    '''\
def parsed_$n(text: str) -> tuple[str, str] | None:
    """The two sides of a line with an equals sign; None for a comment or an empty line."""
    line = text.strip()
    if not line or line.startswith("#"):
        return None
    try:
        name, value = line.split("=", 1)
    except ValueError:
        return None
    return name.strip(), value.strip()
''',
    """\
def steps_$n(number: int) -> int:
    taken = 0
    while number != 1:
        number = number // 2 if number % 2 == 0 else 3 * number + 1
        taken += 1
    return taken
""",
)
"""Definitions in which no rule has a site."""


def blocks() -> Iterator[str]:
    """Definitions without end, no two of which bind the same name. Every third holds a site; each rule has its turn."""
    kinds, plain = list(SITES.values()), 0
    for number in count():
        if number % 3 == 0:
            yield _filled(kinds[number // 3 % len(kinds)], number)
        else:
            yield _filled(PLAIN[plain % len(PLAIN)], number)
            plain += 1


def programs(lines: int, amount: int) -> list[str]:
    """So many programs of at least so many lines each, and no definition more than that takes. One goes on where the other ended."""
    found, stream = [], blocks()
    for _ in range(amount):
        text = next(stream)
        while text.count("\n") < lines:
            text += f"\n\n{next(stream)}"
        found.append(text)
    return found


def joined(several: list[str]) -> str:
    """One program in the place of several."""
    return "\n\n".join(several)


def program_of_sites(sites: int) -> str:
    """A program with exactly so many sites, of each rule in turn."""
    kinds = list(SITES.values())
    return "\n\n".join(_filled(kinds[number % len(kinds)], number) for number in range(sites))


def _filled(template: str, number: int) -> str:
    return Template(template).substitute(n=number)
